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
# # 提法：数、找、看一生 · Slogans: count, find, follow
#
# 提法贵在一字不差。这里怎样才算一处，见 docs/slogans.md。
#
# The exact form of a slogan carries its meaning; docs/slogans.md says what counts as one.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
pd.set_option("display.max_colwidth", 50, "display.width", 200)

ct.build(raw, processed, progress=False)
corpus = ct.load(processed).where(kind="work_report")
corpus

# %% [markdown]
# ## 1 数 · Count
#
# `count` 只计最长的，`count_all` 连更长提法里的也计；比例的区间按 Wilson，频率的是得分区间，都以篇为样本。
#
# `count` takes the longest wording, `count_all` every one; intervals are over documents: Wilson's of shares, score intervals of rates.

# %%
ct.slogans.count(corpus).head(12).round(2)

# %% [markdown]
# 每个数都能回到原文。 · Every number leads back to its text.

# %%
ct.slogans.hits(corpus, "四个意识").head(6)

# %%
counted = ct.slogans.count(corpus, by="year")
shown = counted[counted["slogan"].isin(["新质生产力", "高质量发展", "科学发展观"])]
ct.plot.trend(shown)
plt.show()

# %% [markdown]
# ## 2 找 · Find
#
# 词表之外的提法：引号、数字、对仗、命名，以及多篇复现。 · What no lexicon has: quotation marks, numerals, parallels, names, recurrence.

# %%
found = ct.slogans.discover(corpus, top=400)
found[found["kind"] != "lexicon"].head(15)

# %% [markdown]
# ## 3 自己的提法 · Your own
#
# `ct.slogans.add` 写入自己的 CSV，先查后写。 · `ct.slogans.add` appends to your own CSV what passes the checks.

# %%
mine = processed / "my_slogans.csv"
mine.unlink(missing_ok=True)
ct.slogans.add({"slogan": "智汇沅泽", "category": "S&T"}, mine)
ct.slogans.count(corpus, lexicon=ct.slogans.lexicon(mine, shipped=False))

# %% [markdown]
# ## 4 一生 · A life
#
# 首见、峰值、半衰期、爆发、热度；没有文件的年份是空缺，不是零。
#
# First year, peak, half-life, bursts, tier; a year without documents is a gap, not a zero.

# %%
lives = ct.slogans.lifecycle(corpus)
columns = ["slogan", "official", "first", "lag", "last", "peak", "peak_share", "half_life", "bursts", "peak_tier", "tier"]
lives.sort_values("years", ascending=False).head(12)[columns].round(2)

# %%
leading = lives.nlargest(18, "years")["slogan"]
ct.plot.lifecycle(lives[lives["slogan"].isin(leading)])
plt.show()

# %%
course = ct.slogans.course(corpus)
ct.plot.heatmap(course[course["slogan"].isin(leading)])
plt.show()

# %% [markdown]
# ## 5 传播 · Diffusion
#
# 何时到达各级；空缺年份留下的余地写成上下界。 · When it reaches each level; what gaps leave open is given as bounds.

# %%
spread = ct.slogans.diffusion(corpus)
spread[spread["slogan"].isin(["高质量发展", "乡村振兴"])]

# %%
ct.plot.staircase(spread[spread["slogan"].isin(["高质量发展", "乡村振兴", "科学发展观"])])
plt.show()

# %% [markdown]
# ## 6 共现与更替 · Company and succession

# %%
ct.slogans.together(corpus).head(8).round(3)

# %%
ct.slogans.replacements(corpus).head(8).round(2)

# %% [markdown]
# ## 7 导出 · Export

# %%
lives.to_csv(processed / "slogan_lives.csv", index=False)
