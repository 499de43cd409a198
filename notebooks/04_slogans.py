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
# # 04 提法：数、找、看一生 · Slogans: count, find, follow
#
# 问题：一个提法何时登场、何时最盛、被谁取代？提法贵在一字不差，怎样才算一处见 `docs/slogans.md`。
#
# The question: when does a slogan enter, when is it strongest, what takes its place? Its exact form carries the meaning.

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
# ## 1 数 · Count
#
# `count` 只计最长的（“乡村振兴战略”不算“乡村振兴”），`count_all` 连套在里面的也计；区间以篇为样本。
#
# `count` takes the longest wording only, `count_all` also those inside longer ones; intervals are over documents.

# %%
counted = ct.slogans.count(corpus)
columns = ["slogan", "count", "count_all", "documents", "n", "share_low", "share_high"]
ct.table(counted[columns].head(10), caption="最常见的提法 · The most frequent slogans")

# %% [markdown]
# 每个数都能回到原文：哪一篇、哪一句、怎么写的。 · Every number leads back to its text.

# %%
hits = ct.slogans.hits(corpus, "新质生产力").merge(corpus.documents[["doc_id", "year", "source"]])
ct.table(
    hits[["year", "source", "found", "tense", "context"]].head(6),
    caption="新质生产力：原句 · in its places",
)

# %% [markdown]
# 一个提法有几种写法？变体由词典声明，从不模糊匹配。 · Wordings of one slogan: the lexicon declares them, nothing is fuzzy.

# %%
wordings = ct.slogans.hits(corpus, "乡村振兴").merge(corpus.documents[["doc_id", "year"]])
ct.table(
    wordings.groupby(["found", "year"]).size().unstack(fill_value=0).reset_index(),
    caption="乡村振兴：写法与年份 · wordings, years",
)

# %% [markdown]
# 说的是做过的事，还是要做的事？ · Said of what was done, or of what is to be done?

# %%
by_tense = ct.slogans.count(corpus, by="tense").pivot(
    index="slogan", columns="tense", values="per_10k"
)
chosen = ["脱贫攻坚", "乡村振兴", "新质生产力", "科技工作者之家"]
ct.table(
    by_tense.loc[chosen, ["review", "plan"]].reset_index(),
    caption="每万字：回顾与计划 · Per 10,000: review, plan",
)

# %% [markdown]
# ## 2 找 · Find
#
# 词表之外的提法：引号、数字、对仗、命名、多篇复现。`local` 是唯一使用它的地方。这些只是候选，要逐条看。
#
# What no lexicon has, found by how it is written. `local` is the one place that says it. They are candidates, to be read.

# %%
found = ct.slogans.discover(corpus, top=200)
new = found[found["kind"] != "lexicon"]
ct.table(
    new[["candidate", "kind", "count", "documents", "local", "example"]].head(10),
    caption="候选 · Candidates",
)

# %% [markdown]
# ## 3 一生 · A life
#
# `lag`：首见晚于官方年份几年（“改革开放”的 34 年只因语料始于 2012）；`half_life`：自峰值到降至一半以下几年。
#
# `lag`: years from the official one to the first seen (34 only since the corpus begins in 2012); `half_life`: from peak to half.

# %%
lives = ct.slogans.lifecycle(corpus)
columns = ["slogan", "official", "first", "lag", "peak", "half_life", "bursts", "tier"]
leading = lives.nlargest(14, "years")
ct.table(leading[columns], caption="提法的一生 · Lives of slogans")

# %%
ax = ct.plot.lifecycle(leading)

# %% [markdown]
# 早于官方年份的（`early`）：词典错了，或报告的日期错了，也可能只是同形的普通词。
#
# Earlier than its official year (`early`): the lexicon is wrong, or the report's date, or it was an ordinary word then.

# %%
ct.table(
    lives[lives["early"]][["slogan", "official", "confidence", "first", "lag"]],
    caption="过早的提法 · Too early",
)

# %% [markdown]
# ## 4 传播 · Diffusion
#
# 何时到达各级；缺年份留下的余地写成上下界（`lag_low` 到 `lag`）。 · When it reaches each level; gaps leave bounds.

# %%
spread = ct.slogans.diffusion(corpus)
spread = spread[spread["slogan"].isin(["高质量发展", "乡村振兴"])]
columns = ["slogan", "level", "official", "first", "after", "lag_low", "lag", "documents", "n"]
ct.table(spread[columns], caption="到达各级 · Levels")

# %% [markdown]
# ## 5 同伴与更替 · Company and succession
#
# 同一段里的提法。检验假定各篇互不抄录；样本报告共用段落，所以 `q_value` 小得不可信。
#
# Slogans of one paragraph. The test takes reports for independent; these share passages, so that `q_value` is far too small.

# %%
pairs = ct.slogans.together(corpus)
columns = ["slogan_a", "slogan_b", "paragraphs", "documents", "documents_expected", "q_value"]
ct.table(pairs[columns].head(5), caption="同段的提法 · Company")

# %% [markdown]
# 谁在同样的句位上接替了谁？`q_value` 大的只是猜想，这里条条都是。 · What takes a slogan's place? By `q_value` all are guesses.

# %%
changed = ct.slogans.replacements(corpus)
ct.table(
    changed[["old", "new", "slot", "crossing", "score", "p_value", "q_value"]].head(5),
    caption="更替 · Succession",
)

# %% [markdown]
# **不能得出的结论**：不再说，不等于不再做；没有报告的年份是空缺，不是零。
#
# **Not to be concluded**: what is no longer said may still be done. A year without reports is a gap, not a zero.

# %% [markdown]
# ## 6 可以付印的图 · A figure to print
#
# 各年有多大比例的报告提到它，按首见年份排列。 · The share of each year's reports that say it, in the order of first years.

# %%
course = ct.slogans.course(corpus)
names = lives.nlargest(24, "years").sort_values(["first", "peak"])["slogan"]
ax = ct.plot.heatmap(course[course["slogan"].isin(names)], ax=ct.plot.figure("page"))
ct.plot.save(ax, out / "04_slogans.pdf")

# %% [markdown]
# ## 7 带走 · Take away

# %%
ct.save(course[course["count"] > 0], out / "04_slogans_by_year.csv")
ct.save(lives, out / "04_lives.xlsx")
sorted(path.name for path in out.glob("04_*"))
