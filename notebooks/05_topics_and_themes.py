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
# # 主题与议题词典 · Topics and themes
#
# 主题是从文本里学来的，词典是人写的。两者互相检验。 · Topics are learnt from the texts, themes are written by people. Each tests the other.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
pd.set_option("display.max_colwidth", 60, "display.width", 200)

ct.build(raw, processed, progress=False)
corpus = ct.load(processed).where(kind="work_report")
corpus

# %% [markdown]
# ## 1 多少个主题 · How many topics
#
# 主题太少，说不出什么；太多，换一批报告就不见了。`choose` 两样都量，并说明理由。
#
# Too few topics say little; too many are gone with other reports. `choose` measures both, and gives its reason.

# %%
choice = ct.topics.choose(corpus, (6, 9, 12, 15, 20))
choice.round(3).set_index("k")

# %%
ct.plot.choice(choice)
plt.show()

# %% [markdown]
# ## 2 主题及其可信程度 · Topics, and how far to trust them
#
# 样本报告是拼合而成的，同一段话见于多篇，所以多数主题被标为 `repeated text`；您自己的报告不会如此。
#
# The sample reports share passages, so that most topics are marked `repeated text`; those of your own reports should not be.

# %%
k = int(choice.loc[choice["recommended"], "k"].iloc[0])
topics = ct.topics.fit(corpus, k=k)
topics

# %%
words = topics.terms[topics.terms["rank"] <= 8].groupby("topic")["term"].agg("　".join)
topics.labels.merge(topics.quality, on="topic").assign(words=topics.labels["topic"].map(words)).round(2)[
    ["topic", "label", "share", "npmi", "c_v", "stability", "documents", "note", "words"]
]

# %%
topics.examples.head(6)

# %%
ct.plot.topic_map(topics.positions())
plt.show()

# %% [markdown]
# ## 3 逐年 · Over the years
#
# 区间按篇抽样；没有报告的年份是空缺，不是零。 · Intervals are over documents; a year without reports is a gap, not a zero.

# %%
by_year = topics.by("year")
ct.plot.small_multiples(by_year, share_y=False)
plt.show()

# %% [markdown]
# ## 4 新的报告，下一次 · New reports, another day
#
# 不用 pickle：Parquet 和 JSON。 · No pickle: Parquet and JSON.

# %%
folder = topics.save(processed / "topics")
again = ct.topics.load(folder, corpus)
again.transform(corpus.where(year=2024)).merge(again.labels[["topic", "label"]], on="topic").nlargest(5, "share").round(2)

# %% [markdown]
# ## 5 议题词典 · Themes
#
# 每个词都可以查、可以辩、可以去掉。 · Each term can be looked up, argued about and left out.

# %%
counted = ct.themes.count(corpus, themes="association")
counted.nlargest(8, "share_paragraphs")[["theme", "share_paragraphs", "paragraphs_low", "paragraphs_high", "documents", "n"]].round(3)

# %%
chosen = ["科普", "人才", "乡村振兴", "疫情"]
ct.plot.small_multiples(ct.themes.trend(corpus, chosen), columns=2)
plt.show()

# %% [markdown]
# ## 6 为词典辩护 · Defending a dictionary
#
# 每个词的 `lift`：含此词的段落，比同样长的段落多几倍含本议题的其他词；低于 1 的词站错了地方。
#
# `lift`: how much likelier a paragraph that holds the term holds others of its theme than paragraphs as long. Below 1 a term stands elsewhere.

# %%
terms = ct.themes.terms(corpus, themes=["科普"])
terms.nlargest(6, "count").round(2)

# %%
overlap = ct.themes.overlap(corpus, themes="association")
overlap.nlargest(5, "paragraphs").round(2)

# %%
sheet, key = ct.themes.sample(corpus, themes=["科普"], n=20, seed=0)
sheet.head(4)

# %% [markdown]
# 词典的判断只在 `key` 里，编码员看不到。两人填好之后： · What the dictionary says stands in `key` alone. When two people have coded:

# %%
sheet["coder_1"] = sheet["coder_2"] = key["verdict"].astype(int)  # 真用时由两人分别填写 · in earnest two people, each alone
ct.themes.agreement(sheet, key).round(2)

# %% [markdown]
# ## 7 由词典引导的主题 · Topics guided by themes
#
# 从词典出发，学到词典里没有的词；`theme_similarity` 说明走了多远。 · They start from a dictionary and learn its words; `theme_similarity` says how far they went.

# %%
guided = ct.topics.guided(corpus, ["科普", "人才", "乡村振兴"], free=3, seeds=3)
learnt = guided.terms[guided.terms["rank"] <= 8].groupby("topic")["term"].agg("　".join)
guided.labels.assign(words=guided.labels["topic"].map(learnt)).round(2)

# %% [markdown]
# ## 8 带走 · To take away

# %%
ct.themes.trend(corpus, chosen).to_csv(processed / "themes_by_year.csv", index=False)
by_year.to_csv(processed / "topics_by_year.csv", index=False)
sorted(path.name for path in processed.glob("*_by_year.csv"))
