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
# # 06 逐年的趋势 · Trends over the years
#
# 问题：“乡村振兴”真的在升吗，还是那几年恰好收到了爱说它的报告？
#
# The question: does 乡村振兴 really rise, or do those years just hold reports that like to say it?

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
# ## 1 频率与区间 · Rates and intervals
#
# `rate` 是每万汉字次数。一篇报告是一个观察：同一篇里说十次，不等于十个独立的证人。
#
# `rate` is per 10,000 Han characters. A report is one observation: ten times in one report is not ten witnesses.

# %%
terms = ["科学发展观", "脱贫攻坚", "乡村振兴", "新质生产力"]
rates = ct.trends.rate(corpus, terms)
ct.table(rates[rates["term"] == "乡村振兴"], caption="乡村振兴：逐年 · year by year")

# %%
ax = ct.plot.trend(rates)

# %% [markdown]
# 数字让人意外，就去看原句：`脱贫攻坚` 到 2022 年还在说什么？说的是成果巩固。 · A number that surprises is looked up.

# %%
late = ct.kwic(corpus.where(year=range(2022, 2026)), "脱贫攻坚", width=16)
ct.table(
    late[["year", "place", "left", "node", "right"]],
    caption="2022 年以来的“脱贫攻坚” · since 2022",
)

# %% [markdown]
# ## 2 空缺 · Gaps
#
# 省一级只有几年有报告。没有报告的年份不是零：表里没有这一行，图上断线；少于三篇没有区间。
#
# Of the province few years have reports. The others are no zeros: no row, a broken line; below three reports no interval.

# %%
province = ct.trends.rate(corpus.where(level="province"), ["乡村振兴", "高质量发展"])
ax = ct.plot.trend(province)

# %%
ct.table(
    province[province["term"] == "乡村振兴"],
    caption="省级：每年几篇 · The province: how many reports",
)

# %% [markdown]
# ## 3 升还是降，何时变 · Rising or falling, and when
#
# `movement`：按篇打乱年份来检验升降。`changes`：水平在哪一年变了。 · Tested by shuffling the years of documents.

# %%
ct.table(ct.trends.movement(corpus, terms), caption="升降 · Movement")

# %% [markdown]
# `脱贫攻坚` 先升后降，只有 `changes` 看得出。一段至少三年，所以 2024 年才有的 `新质生产力`，转折落在 2023。
#
# 脱贫攻坚 rises and falls: only `changes` sees that. A level has 3 years or more: 新质生产力, first said in 2024, changes in 2023.

# %%
changes = ct.trends.changes(corpus, terms, seed=0)
columns = ["term", "year", "before", "after", "difference", "low", "high", "q_value"]
ct.table(changes[columns], caption="转折的年份 · Years of change")

# %%
rural = rates[rates["term"] == "乡村振兴"]
ax = ct.plot.changes(rural, changes[changes["term"] == "乡村振兴"])

# %%
ct.table(ct.trends.bursts(corpus, terms), caption="流行的时段 · Bursts")

# %% [markdown]
# ## 4 会不会只是构成变了 · Or did the mix change?
#
# 各年的层级构成不同，频率会跟着动。`adjusted` 把构成固定住，`coverage` 说明当年缺了多少。
#
# Where the mix of levels changes rates follow. `adjusted` holds it fast, and `coverage` says what a year lacks.

# %%
adjusted = ct.trends.adjusted(corpus, "乡村振兴", over="level", renormalise=True)
ct.table(
    adjusted[["year", "rate", "crude", "coverage", "n"]].tail(6),
    caption="固定构成 · The mix held fast",
)

# %% [markdown]
# 固定构成之后仍在升：升不能只归于层级的构成。地区和文种的构成没有管到。 · It rises with the mix held fast, too.

# %% [markdown]
# 两组的趋势不同吗？看得见的差别未必站得住。 · Do two groups differ? What the eye sees need not hold.

# %%
contrast = ct.trends.contrast(corpus, ["乡村振兴", "科普"], groups=("city", "county"))
columns = ["term", "rate_a", "rate_b", "difference", "p_value", "q_value", "years", "n_a", "n_b"]
ct.table(contrast[columns], caption="市与县 · City (a) and county (b)")

# %%
ax = ct.plot.comparison(ct.trends.compare(corpus, ["乡村振兴"], groups=("city", "county")))

# %% [markdown]
# ## 5 自己的数字 · Your own numbers
#
# 任何逐篇的量都能画成趋势：文风、议题、您自己的编码。 · Whatever is measured of each report can be followed: style, themes, codes.

# %%
style = ct.style.measure(corpus, measures=["mattr", "sentence_length", "formulas"])
wide = style.pivot(index="year", columns="measure", values="value").reset_index()
ct.table(wide.tail(5), caption="文风 · Style")

# %%
shares = ct.themes.documents(corpus, themes=["科普", "人才"], measure="share_paragraphs")
ct.table(
    ct.trends.rate(corpus, shares, by="level", measure="mean"),
    caption="议题均值，按层级 · Themes by level",
)

# %% [markdown]
# **不能得出的结论**：十来个地区，不是全国。区间只管抽样，不管收集的偏差；报告之间抄录，p 还会太小。
#
# **Not to be concluded**: some ten places, not a country. Intervals know nothing of how files were collected, p nothing of copying.

# %% [markdown]
# ## 6 可以付印的图 · A figure to print
#
# 阴影是 95% 区间。四格同一尺度，才能互相比较。 · Shaded: 95 % intervals. Panels share one scale, so that they compare.

# %%
ax = ct.plot.small_multiples(rates, columns=2, ax=ct.plot.figure("page", height=100))
ct.plot.save(ax, out / "06_trends.pdf")

# %% [markdown]
# ## 7 带走 · Take away

# %%
ct.save(rates, out / "06_rates.csv")
ct.save(changes, out / "06_changes.xlsx")
sorted(path.name for path in out.glob("06_*"))
