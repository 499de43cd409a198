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
# # 词与趋势：比较、回到原文、看年份 · Words and trends: compare, read, follow
#
# 以篇为样本：一篇报告说四十次，也只是一篇报告。 · Documents are the sample: said forty times in one report is one report's word.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
pd.set_option("display.max_colwidth", 40, "display.width", 200)

ct.build(raw, processed, progress=False)
corpus = ct.load(processed).where(kind="work_report")
corpus

# %% [markdown]
# ## 1 谁多说什么 · What one group says more
#
# `lrc` 是对数比置信区间靠近 0 的一端：至少有把握的差别。`q_value` 按篇检验并作多重校正。
#
# `lrc` is the bound of the log ratio that is nearer to 0: what is at least sure. `q_value` is over documents, corrected for many words.

# %%
keys = ct.keywords.keyness(corpus.where(organisation=["科协", "政府"]), by="organisation")
columns = ["organisation", "term", "count", "count_reference", "documents", "documents_reference", "log_ratio", "lrc", "q_value"]
keys.groupby("organisation").head(6)[columns].round(3)

# %%
ct.plot.keyness(keys[keys["organisation"] == "科协"], top=10)
plt.show()

# %% [markdown]
# ## 2 回到原文 · Back to the text
#
# 每个数字都能回到原文，`raw_start`、`raw_end` 是在原始文件中的位置。 · `raw_start` and `raw_end` are places in the raw file.

# %%
lines = ct.kwic(corpus, "科普", sort="right", width=12, sample=8, seed=1)
lines[["year", "place", "left", "node", "right", "tense", "raw_start"]]

# %%
ct.kwic(corpus, "推进|推动 *{0,2} 发展", kind="pattern", width=8, sample=5, seed=1)[["left", "node", "right"]]

# %%
ct.collocations.around(corpus, "科普", kind="word")[["collocate", "count", "documents", "log_dice", "g2", "q_value"]].head(8).round(3)

# %% [markdown]
# ## 3 逐年 · Year by year

# %%
terms = ["科普", "乡村振兴", "脱贫攻坚", "高质量发展"]
rates = ct.trends.rate(corpus, terms)
ct.plot.small_multiples(rates, columns=2)
plt.show()

# %% [markdown]
# 升还是降，何时变：按篇打乱年份来检验。 · Rising or falling, and when it changes: tested by shuffling the years of documents.

# %%
ct.trends.movement(corpus, terms).round(3)

# %%
changes = ct.trends.changes(corpus, terms, seed=0)
changes[["term", "year", "before", "after", "difference", "low", "high", "p_value", "q_value"]].round(2)

# %% [markdown]
# 各年的级别构成不同，频率会跟着动；`adjusted` 把构成固定住，`coverage` 说明当年缺了多少。
#
# Where the mix of levels changes rates follow it; `adjusted` holds it fast, and `coverage` says what a year lacks.

# %%
adjusted = ct.trends.adjusted(corpus, "科普", over="level", renormalise=True)
adjusted[["year", "rate", "crude", "coverage", "n"]].round(2).tail(6)

# %%
contrast = ct.trends.contrast(corpus, ["科普", "乡村振兴"], groups=("city", "county"))
contrast.drop(columns=["low", "high", "q_shape"]).round(3)

# %% [markdown]
# ## 4 文风 · Style

# %%
style = ct.style.measure(corpus, measures=["mattr", "sentence_length", "formulas"])
style.pivot(index="year", columns="measure", values="value").round(3).tail(6)

# %% [markdown]
# ## 5 导出 · Export

# %%
keys.to_csv(processed / "keyness.csv", index=False)
rates.to_csv(processed / "rates.csv", index=False)
