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
# # 03 关键词与逐句检索 · Keywords and concordance
#
# 问题：2019 年以来，科协的报告比以前多说了什么？数字背后的句子在哪里？
#
# The question: what do associations' reports say more since 2019 than before, and where are the sentences behind it?

# %%
from pathlib import Path

import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
ct.build(raw, processed, progress=False)
out = processed / "notebooks"
out.mkdir(exist_ok=True)
pd.set_option("display.max_colwidth", 60)

corpus = ct.load(processed).where(kind="work_report", organisation="科协")
corpus

# %% [markdown]
# ## 1 什么是一个词 · What is one word
#
# 一切计数从这里开始。默认按工作报告的标准切分；jieba 自己的切分只差一个选项。
#
# Every count begins here. Words are those of the standard of reports; jieba's own are one option away.

# %%
sentence = (
    "2021年，县科协工作深入开展，科普活动服务20余万人次，全面从严治党“第一议题”制度落地见效。"
)
for options in ({}, {"formulae": "parts"}, {"standard": "jieba"}):
    print(f"{options or 'reports'}: ", " ".join(ct.segment(sentence, **options)))

# %% [markdown]
# 某个词为什么这样切，哪张词表说的？ · Why is a term cut so, and which list says so?

# %%
ct.table(
    ct.words(["科协工作", "第一议题", "新质生产力", "20余万", "哈哈呵"]),
    caption="切分的理由 · Reasons",
)

# %% [markdown]
# ## 2 多说了什么 · What is said more
#
# 以篇为样本：一篇说四十次，也只是一篇。`lrc` 是对数比 95% 区间靠近 0 的一端：差别至少有这么大。
#
# Documents are the sample: forty times in one report is one report's word. `lrc` is how large the difference is at least (95 %).

# %%
late, early = corpus.where(year=range(2019, 2025)), corpus.where(year=range(2012, 2019))
keys = ct.keywords.keyness(late, reference=early)
columns = ["term", "count", "count_reference", "documents", "log_ratio", "lrc", "q_value"]
ct.table(keys[columns].head(10), caption="2019–2024 对 2012–2018 · against 2012–2018")

# %% [markdown]
# `log_ratio` 为 1 是两倍，为 2 是四倍。`q_value` 已按词数校正。比以前少说的：
#
# A `log_ratio` of 1 is twice as often, of 2 four times. `q_value` is corrected for many words. What is said less:

# %%
less = keys[keys["q_value"] < 0.05].sort_values("lrc")
ct.table(less[columns].head(6), caption="比以前少说的 · Said less than before")

# %% [markdown]
# 每年的词：出现在四分之一以上报告里的（发展、工作）不分年份，去掉。
#
# Words of each year, without those in more than a quarter of the reports, which tell no year from another.

# %%
words = ct.keywords.tfidf(corpus, by="year", top=6, max_share=0.25)
ct.table(
    words.groupby(["year", "n"])["term"].agg("　".join).reset_index().tail(6),
    caption="各年的词 · Words of the years",
)

# %% [markdown]
# 只看动词？数什么由 `WordFilter` 决定。 · Verbs only? A `WordFilter` says what is counted.

# %%
verbs = ct.WordFilter(pos=("v",), slogans=False)
said = ct.keywords.keyness(late, reference=early, words=verbs)
ct.table(said[columns].head(5), caption="动词 · Verbs")

# %% [markdown]
# ## 3 数字背后的句子 · The sentences behind a number
#
# `科普` 一词，有几处？按右侧排序，看它跟什么连用。`raw_start` 是在原始文件里的位置。
#
# How often 科普, and with what? Sorted by what follows. `raw_start` is its place in the raw file.

# %%
some = ct.kwic(corpus, "科普", kind="phrase", sort="right", width=12, sample=10, seed=1)
print(some.attrs["hits"], "places in", some.attrs["documents"], "reports")
ct.table(
    some[["year", "place", "left", "node", "right", "raw_start"]],
    caption="科普：抽十处 · ten places",
)

# %% [markdown]
# 中间可以有空档：“推进……建设”“推动……建设”。 · With gaps: 推进 or 推动, one or two words, 建设.

# %%
gaps = ct.kwic(corpus, "推进|推动 *{1,2} 建设", kind="pattern", width=8, sample=5, seed=1)
ct.table(gaps[["year", "left", "node", "right"]], caption="推进|推动 *{1,2} 建设")

# %% [markdown]
# ## 4 与谁为伍 · Company
#
# 与“科普”相邻五词之内出现得比别处多的词。`documents` 少的可能出自同一套话；样本报告共用段落，q 太小。
#
# Words within five of 科普 more often than elsewhere. Few `documents` may be one copied phrase; samples share text, q is too small.

# %%
near = ct.collocations.around(corpus, "科普", kind="word")
columns = ["collocate", "left", "right", "documents", "log_dice", "log_dice_low", "q_value"]
ct.table(near[columns].head(8), caption="科普的搭配 · Collocates of 科普")

# %% [markdown]
# **不能得出的结论**：词多了不等于事多了；前后两段的地区和层级不同，差别也可能由此而来。
#
# **Not to be concluded**: more words are not more deeds, and the two periods differ in places and levels too.

# %% [markdown]
# ## 5 可以付印的图 · A figure to print
#
# 圆点是 2019 年以来的频率，菱形是此前的；实心：q < .05。右栏是对数比，括号里是 `lrc`。
#
# Dots: the rate since 2019, diamonds: before; filled: q < .05. On the right the log ratio, and `lrc` in brackets.

# %%
ax = ct.plot.keyness(keys, top=18, ax=ct.plot.figure("page"))
ct.plot.save(ax, out / "03_keyness.pdf")

# %% [markdown]
# ## 6 带走 · Take away

# %%
ct.save(keys, out / "03_keyness.xlsx")
ct.save(ct.kwic(corpus, "科普", kind="phrase"), out / "03_concordance.csv")
sorted(path.name for path in out.glob("03_*"))
