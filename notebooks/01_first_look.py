# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 初识语料 · A first look
#
# 从一堆收集来的网页和文件，到可以信赖的语料，再到提法、关键词、主题和趋势。这里的报告都是虚构的（见 `raw/README.md`）；
# 把自己的文件放进另一个文件夹，改下面一行即可。
#
# From a heap of collected pages and files to a corpus one can trust, and on to slogans, keywords, topics and trends. All
# reports here are invented (see `raw/README.md`); put your own into another folder and change one line below.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")

pd.set_option("display.max_colwidth", 60)
plt.rcParams["figure.dpi"] = 100

# %% [markdown]
# ## 1 建库 · Build
#
# 每个文件要么成为一篇文档，要么被拒绝并说明原因，不会无声消失。
#
# Every file becomes a document or is rejected with a reason; none disappears in silence.

# %%
built = ct.build(raw, processed, progress=False)
print(f"{built.documents} documents, rejected: {dict(sorted(built.rejected.items()))}")

# %% [markdown]
# 再运行一次只处理有变化的文件。 · Running it again does only what has changed.

# %%
again = ct.build(raw, processed, progress=False)
print(f"{again.done} files done now, {again.skipped} unchanged")

# %%
corpus = ct.load(processed)
corpus

# %%
corpus.rejected[["source", "stage", "reason", "detail"]]

# %% [markdown]
# ## 2 有哪些文档 · What is in it
#
# 一行一篇。年份以正文为准，`year_basis` 说明依据；文件名里的年份常常是错的。
#
# One row a report. The year is the one the text gives, and `year_basis` says by what; the year in a file's name is often
# another one.

# %%
corpus.documents[["source", "title", "year", "year_basis", "kind", "organisation", "level", "place"]].head(8)

# %% [markdown]
# 每一项都能追到原文的字句；不知道的有多少，也要数。 · Each is traced to the words that say it; what is unknown is counted too.

# %%
said = ct.describe.files([raw / "qixiao-kexie" / "art_1_7712.html"])
said[~said["field"].isin(["section", "evidence"])].drop(columns="file")

# %%
coverage = ct.describe.coverage(corpus, by=["kind", "level", "event"])
coverage.round({"share": 2})

# %% [markdown]
# 年份是否可信？正文用到的提法、提到的党代会和规划，各自限定了可能的年份。
#
# Can the year be true? The formulae, congresses and plans that a text names each allow some years.

# %%
report = corpus.where(title="2019年霁垣县科协全委会工作报告").documents.iloc[0]
evidence = ct.dating.estimate(report)
print(report["year"], evidence.attrs["interval"])
evidence.sort_values("earliest", ascending=False).drop(columns="note").head(8)

# %%
corpus.documents.pivot_table(index="organisation", columns="year", values="doc_id", aggfunc="count", fill_value=0)

# %% [markdown]
# 不知道年份的不猜：例如年份被遮成 `20XX年` 的报告。 · An unknown year is not guessed, as where it was masked as `20XX年`.

# %%
corpus.where(year=None).documents[["source", "title", "kind"]]

# %% [markdown]
# 同一篇报告被几个网站转载，分析时只算一次。 · A report that several sites copied counts once.

# %%
everything = ct.load(processed, duplicates=True).documents
source_of = everything.set_index("doc_id")["source"]
copies = everything[everything["duplicate_of"].notna()]
copies[["source"]].assign(same_as=copies["duplicate_of"].map(source_of))

# %% [markdown]
# ## 3 清洗动了什么 · What cleaning changed
#
# 清洗只“指出”要删改之处，每一处都有类别和规则，可以查、可以数、可以撤销。先看一个文件（排版空行除外）：
#
# A cleaner only points: every change has a kind and a rule, and can be shown, counted and undone. One file first (without
# blank lines):

# %%
changes = ct.explain(raw / "wenku" / "gl-0042.txt")
changes[changes["kind"] != "layout"]

# %% [markdown]
# 再看全部：每条规则动了多少处、多少篇、多少字，并举一例。误伤要靠这张表来发现。
#
# Then all of them: places, reports and characters a rule touched, with an example. A rule that misfires is found here.

# %%
edits = corpus.edits.assign(characters=corpus.edits["removed"].str.len())
edits.groupby("kind").agg(
    places=("rule", "size"), reports=("doc_id", "nunique"), characters=("characters", "sum")
).sort_values("places", ascending=False)


# %%
def example(removed: pd.Series) -> str:
    """The most frequent of these, on one line and with blanks that can be seen."""
    return removed.value_counts().sort_index().idxmax().replace("\n", "¶").replace(" ", "␣")[:40]


rules = edits.query("kind != 'layout' and removed != ''").groupby(["kind", "rule"])
rules.agg(
    places=("rule", "size"),
    reports=("doc_id", "nunique"),
    characters=("characters", "sum"),
    example=("removed", example),
).sort_values("reports", ascending=False).head(25)

# %% [markdown]
# 检查：撤销全部改动能否逐字还原原文，文件是否与建库时一致？ · Do all edits undone give the raw text back, are all files those
# of the build?

# %%
findings = ct.check(processed, raw=raw)
print(f"{len(findings)} findings")

# %% [markdown]
# ## 4 词 · Words
#
# 一个词是什么，决定一切计数。默认按工作报告的标准切分；jieba 自己的切分只差一个选项。
#
# What is one word decides every count. By default words are those of the standard of reports; jieba's own are one option away.

# %%
sentence = "2021年，县科协工作深入开展，科普活动服务20余万人次，全面从严治党“第一议题”制度落地见效。"
for options in ({}, {"formulae": "parts"}, {"standard": "jieba"}):
    print(f"{options or 'reports'}: ", " ".join(ct.segment(sentence, **options)))

# %% [markdown]
# 某个词为什么这样切？来自哪张词表？ · Why is a term cut as it is, and which list says so?

# %%
ct.words(["科协工作", "第一议题", "新质生产力", "长治市", "20余万", "哈哈呵"])

# %% [markdown]
# 词类和词性按词记一次。数名词、数动词，还是连套话一起数，由 `WordFilter` 决定。
#
# Kind and part of speech are noted once a word. A `WordFilter` says what is counted: nouns, verbs, or the words of procedure too.

# %%
vocabulary = corpus.vocabulary.sort_values(["count", "word"], ascending=[False, True])
vocabulary.groupby("kind").agg(
    words=("word", "size"), tokens=("count", "sum"), example=("word", lambda w: "　".join(w.head(5)))
)

# %%
verbs = ct.WordFilter(pos=("v",), slogans=False)
ct.keywords.tfidf(corpus, by="organisation", top=6, words=verbs).groupby("organisation")["term"].agg("　".join)

# %% [markdown]
# 哪些文件是繁体，哪些是镜像网站转换出来的繁体？ · Which files are in traditional characters, and which did a mirror site convert?

# %%
found = ct.scripts([raw])
found[found["script"].isin(["traditional", "mixed"])].drop(columns=["line", "reason"])

# %% [markdown]
# ## 5 提法 · Slogans
#
# 词典里的提法逐年出现多少次。`count` 不重复计算套在长提法里的短提法；`per_10k` 是每万汉字次数。
#
# How often the slogans of the lexicon stand in the reports of a year. `count` leaves out a short slogan inside a longer one;
# `per_10k` is per 10,000 Han characters.

# %%
slogans = ct.slogans.count(corpus, by="year")
said = slogans[slogans["count"] > 0]
said.groupby("year").head(5).groupby("year")["slogan"].agg("　".join).to_frame("most frequent")

# %% [markdown]
# 语料的一部分还是语料：头三年与末三年并排。 · A part of a corpus is a corpus: the first three years beside the last three.

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
ct.plot.bars(ct.slogans.count(corpus.where(year=range(2012, 2015))), ax=left, top=12)
ct.plot.bars(ct.slogans.count(corpus.where(year=range(2023, 2026))), ax=right, top=12)
left.set_title("2012–2014")
right.set_title("2023–2025");

# %% [markdown]
# ## 6 关键词 · Keywords
#
# 处处都有的词（发展、工作）说明不了年份：`max_share` 去掉出现在四分之一以上报告里的词。只看科协，以免年份之差其实是机构之差。
#
# Words that stand everywhere say nothing about a year: `max_share` leaves out those in more than a quarter of the reports. Only
# one kind of body here, so that a difference between years is none between bodies.

# %%
kexie = corpus.where(organisation="科协")
keywords = ct.keywords.tfidf(kexie, by="year", top=8, max_share=0.25)
keywords.groupby(["year", "n"])["term"].agg("　".join).reset_index("n")

# %% [markdown]
# ## 7 主题 · Topics
#
# 主题是常在同一段里出现的词。份额是矩阵分解的权重，不是概率；k 是研究者的选择，换一个 k 再看看。
#
# A topic is words that stand in the same paragraphs. Shares are weights of a factorisation, no probabilities; k is the
# researcher's choice: try another.

# %%
topics = ct.topics.fit(corpus, k=12, seed=0)
words = topics.terms[topics.terms["rank"] <= 8].groupby("topic")["term"].agg("　".join)
print(f"{topics.units} paragraphs, {topics.words} words, settled: {topics.converged}")
topics.labels.assign(words=topics.labels["topic"].map(words)).set_index("topic").round({"share": 3})

# %%
by_year = topics.by("year")
(100 * by_year.pivot(index="label", columns="year", values="share")).round().astype(int).loc[topics.labels["label"]]

# %% [markdown]
# 每行是一个主题，数字是百分比。逐年变动不大：报告的骨架是稳定的，变的是提法。每年只有五到九篇，几个百分点的起伏不足为凭。
#
# A row is a topic, a number a percentage. They move little: the skeleton of the reports stays, the slogans change. A year has
# five to nine reports: a few percentage points up or down prove nothing.

# %% [markdown]
# ## 8 趋势 · Trends
#
# 三个提法，阴影是 95% 区间。一篇报告是一个观察：同一篇里说十次，不等于十个独立的证据。
#
# Three slogans with 95 % intervals. A report is one observation: ten times in one report is not ten independent witnesses.

# %%
terms = ["科学发展观", "脱贫攻坚", "新质生产力"]
trend = ct.trends.rate(corpus, terms)
trend.pivot(index="year", columns="term", values="rate")[terms].round(1)

# %%
ax = ct.plot.trend(trend)

# %% [markdown]
# 回顾与计划分开数：同一个提法，说的是做过的事还是要做的事？ · Review and plan apart: is a slogan said of what was done, or of what is
# to be done?

# %%
by_tense = ct.slogans.count(corpus, by="tense").pivot(index="slogan", columns="tense", values="per_10k")
by_tense.loc[["脱贫攻坚", "乡村振兴", "新质生产力", "科技工作者之家"], ["review", "plan"]].round(1)

# %% [markdown]
# 一个数字让人意外，就去看原句：算进去的是哪种说法，在哪一年？ · A number that surprises is looked up: which wording was counted, and
# when?

# %%
hits = ct.slogans.hits(corpus, "科学发展观").merge(corpus.documents[["doc_id", "source", "year"]])
pd.crosstab(hits["found"], hits["year"])

# %%
hits.dropna(subset="year").sort_values("year", kind="stable")[["year", "source", "found", "context"]].tail(3)

# %% [markdown]
# ## 9 带走 · Take it away
#
# 一页可以发给同事的报告（离线、自带中文字体），和一张任何软件都能打开的表。
#
# A page to send to a colleague (offline, with its own Chinese font), and a table for any other program.

# %%
page = ct.report(corpus, processed / "report.html")
table = processed / "trend.csv"
trend.to_csv(table, index=False, encoding="utf-8-sig")  # with a mark at its start, so that Excel reads it as UTF-8
print(page.name, table.name)

# %% [markdown]
# ## 10 一张图 · One picture
#
# 最常见的二十四个提法，按其重心年份排列；圆的面积是每万汉字次数，下方是当年报告篇数。有的退场，有的登场，有的一直都在。
#
# The 24 most frequent slogans in the order of their mean year; a circle's area is the rate per 10,000 Han characters, below
# each year the number of its reports. Some leave, some enter, some stay.

# %%
from corpus_tools.plot import fonts

rates = slogans.pivot(index="slogan", columns="year", values="per_10k").astype(float)
rates = rates.loc[slogans.groupby("slogan")["count"].sum().nlargest(24).index]
mean_year = (rates * rates.columns.to_numpy(dtype=float)).sum(axis=1) / rates.sum(axis=1)
rates = rates.loc[mean_year.sort_values(ascending=False).index]
reports = slogans.groupby("year")["n"].first()

figure, ax = plt.subplots(figsize=(9.5, 8.5), layout="constrained")
for height, (slogan, row) in enumerate(rates.iterrows()):
    ax.scatter(row.index, [height] * len(row), s=28 * row, color="#B5342B", alpha=0.8, linewidth=0)
ax.set_yticks(range(len(rates)), labels=rates.index)
ax.set_xticks(reports.index, labels=[f"{year}\n{n} 篇" for year, n in reports.items()])
ax.set_ylim(-0.8, len(rates) - 0.1)
ax.set_xlim(reports.index.min() - 0.6, reports.index.max() + 0.7)
for size in (2, 10):
    label = f"{size} 次／万字 per 10,000 characters"
    ax.scatter([], [], s=28 * size, color="#B5342B", alpha=0.8, linewidth=0, label=label)
ax.legend(loc="lower left", labelspacing=1.2, borderpad=1, framealpha=1, edgecolor="none")
ax.set_title("提法的兴衰 · Slogans come and go", loc="left", fontsize=14, pad=12)
ax.grid(alpha=0.25)
ax.set_axisbelow(True)
ax.tick_params(length=0)
ax.spines[:].set_visible(False)
fonts.dress(ax, fonts.families())
figure.savefig(processed / "slogans.pdf")
