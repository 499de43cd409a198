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
# # 05 主题与议题词典 · Topics and themes
#
# 问题：报告在谈什么，各占多少？主题从文本里学来，词典由人来写，两者互相检验。
#
# The question: what do reports speak of, and how much? Topics are learnt, themes are written by people. Each tests the other.

# %%
from pathlib import Path

import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
ct.build(raw, processed, progress=False)
out = processed / "notebooks"
out.mkdir(exist_ok=True)
pd.set_option("display.max_colwidth", 60)

corpus = ct.load(processed).where(kind="work_report")
corpus

# %% [markdown]
# ## 1 多少个主题 · How many topics
#
# 主题太少，说不出什么；太多，换一批报告就不见了。`choose` 两样都量。`seeds=3` 只重拟合两次，论文里要十次以上。
#
# Too few topics say little; too many are gone with other reports. `seeds=3` refits twice, for speed: take ten or more for a paper.

# %%
choice = ct.topics.choose(corpus, (6, 9, 12), seeds=3)
ct.table(choice.drop(columns="reason"), caption="主题数 · Numbers of topics")

# %% [markdown]
# 这里没有一个主题数够稳（要 0.80），“推荐”只是其中最好的。 · No number is steady here: the recommended one is the best of bad ones.

# %%
print(choice.loc[choice["recommended"], "reason"].iloc[0])
ax = ct.plot.choice(choice)

# %% [markdown]
# ## 2 主题及其可信程度 · Topics, and how far to trust them
#
# 样本报告是拼合而成的，同一段话见于多篇，所以每个主题都有 `note`，不可倚重。您自己的报告里应当少得多。
#
# The sample reports share passages: every topic has a `note`, not to be relied on. Your own reports should have far fewer.

# %%
k = int(choice.loc[choice["recommended"], "k"].iloc[0])
topics = ct.topics.fit(corpus, k=k, seeds=3)
words = topics.terms[topics.terms["rank"] <= 8].groupby("topic")["term"].agg("　".join)
shown = topics.labels.merge(topics.quality[["topic", "npmi", "stability", "note"]], on="topic")
ct.table(shown.assign(term=shown["topic"].map(words)), caption="主题 · Topics")

# %% [markdown]
# 名称只是前几个词，要看它的段落；这里三段是同一套话。 · A label is but words: read its paragraphs, here one text thrice.

# %%
last = topics.labels["topic"].iloc[-1]
ct.table(
    topics.examples[topics.examples["topic"] == last].drop(columns="doc_id").head(3),
    caption="最小的主题 · The smallest topic",
)

# %%
ax = ct.plot.topic_map(topics.positions())

# %% [markdown]
# ## 3 逐年 · Over the years
#
# 区间按篇抽样，很宽：每年只有三到七篇。 · Intervals are over documents, and wide: a year has three to seven reports.

# %%
by_year = topics.by("year")
ax = ct.plot.small_multiples(by_year, share_y=False)

# %% [markdown]
# 存起来，下次用在新报告上：只有 Parquet 和 JSON，没有 pickle。 · Kept for new reports: Parquet and JSON, no pickle.

# %%
again = ct.topics.load(topics.save(out / "05_topics"), corpus)
shares = again.transform(corpus.where(year=2024)).merge(
    again.labels[["topic", "label"]], on="topic"
)
means = shares.groupby("label", sort=False)["share"].mean().reset_index()
ct.table(means.head(4), caption="2024 年的四篇报告 · The four reports of 2024")

# %% [markdown]
# ## 4 议题词典 · Themes
#
# 每个词都可以查、可以辩、可以去掉。 · Each term can be looked up, argued about and left out.

# %%
counted = ct.themes.count(corpus, themes="association")
columns = ["theme", "share_paragraphs", "paragraphs_low", "paragraphs_high", "documents", "n"]
ct.table(
    counted.nlargest(8, "share_paragraphs")[columns],
    caption="各议题占段落的比例 · Shares of paragraphs",
)

# %% [markdown]
# ## 5 为词典辩护 · Defending a dictionary
#
# `lift`：含此词的段落，比同样长的段落多几倍含本议题的其他词。低于 1 的词站错了地方。
#
# `lift`: how much likelier a paragraph with the term holds others of its theme than one as long. Below 1 it stands elsewhere.

# %%
terms = ct.themes.terms(corpus, themes=["科普"])
columns = ["term", "count", "documents", "share", "excluded", "beside", "expected", "lift"]
ct.table(terms.nlargest(6, "count")[columns], caption="“科普”的词 · Terms of the theme 科普")

# %% [markdown]
# 数字背后的段落，和词典漏掉的词。 · The places behind a number, and words that the dictionary misses.

# %%
places = ct.kwic(corpus, "科技馆", kind="phrase", width=14, sample=4, seed=1)
ct.table(places[["year", "place", "left", "node", "right"]], caption="科技馆")

# %%
missed = ct.themes.missed(corpus, themes="association")
ct.table(missed.head(6), caption="没有议题触及的段落里的词 · Words of untouched paragraphs")

# %% [markdown]
# 两个议题常在同一段，就不能相加。 · Two themes of the same paragraphs must not be added up.

# %%
overlap = ct.themes.overlap(corpus, themes="association")
ct.table(overlap.nlargest(4, "paragraphs"), caption="重叠 · Overlap")

# %% [markdown]
# 最后由人来编码：词典的判断只在 `key` 里，编码员看不到。两人各自填 1 或 0，再算一致性（见笔记本 08）。
#
# Last, people code: what the dictionary says is in `key` alone. Two fill in 1 or 0, each without the other (notebook 08).

# %%
sheet, key = ct.themes.sample(corpus, themes=["科普"], n=20, seed=0)
ct.table(sheet.head(3), caption="编码表 · The coders' sheet")

# %% [markdown]
# ## 6 由词典引导的主题 · Topics guided by themes
#
# 从词典出发，学到词典里没有的词；`theme_similarity` 说明走了多远。 · They begin with a dictionary and learn its words.

# %%
guided = ct.topics.guided(corpus, ["科普", "人才", "乡村振兴"], free=3, seeds=2)
learnt = guided.terms[guided.terms["rank"] <= 8].groupby("topic")["term"].agg("　".join)
ct.table(
    guided.labels.drop(columns="words").assign(term=guided.labels["topic"].map(learnt)),
    caption="引导的主题 · Guided topics",
)

# %% [markdown]
# **不能得出的结论**：提到不等于重视。2025 年“科普”为零，只因那年的三篇都是政府报告。
#
# **Not to be concluded**: to name is not to care. 科普 is 0 in 2025 because that year's three reports are governments'.

# %% [markdown]
# ## 7 可以付印的图 · A figure to print

# %%
chosen = ct.themes.trend(corpus, ["科普", "人才", "乡村振兴", "疫情"])
ax = ct.plot.small_multiples(chosen, columns=2, ax=ct.plot.figure("page", height=100))
ct.plot.save(ax, out / "05_themes.pdf")

# %% [markdown]
# ## 8 带走 · Take away

# %%
ct.save(chosen, out / "05_themes_by_year.csv")
ct.save(by_year, out / "05_topics_by_year.xlsx")
sorted(path.name for path in out.glob("05_*.*"))
