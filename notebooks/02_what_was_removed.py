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
# # 删了什么 · What was removed
#
# 清洗只“指出”，不“剪掉”：每一处改动都有位置、类别和规则，可以查、可以数、可以撤销。
#
# Cleaning points and never cuts: every change has a place, a kind and a rule; it can be looked up, counted and undone.

# %%
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
pd.set_option("display.max_colwidth", 60)

ct.build(raw, processed, progress=False)
corpus = ct.load(processed)

# %% [markdown]
# ## 1 按类别和规则 · By kind and rule
#
# `chars` 是删去的字数，`files` 是涉及的文件数。 · `chars` counts removed characters, `files` the files concerned.

# %%
edits = corpus.edits.assign(chars=corpus.edits["removed"].str.len())
rules = edits.groupby(["kind", "rule"]).agg(chars=("chars", "sum"), files=("doc_id", "nunique")).reset_index()
rules.sort_values("chars", ascending=False).head(15)

# %%
by_kind = rules.groupby("kind")["chars"].sum().sort_values()
axes = by_kind.plot.barh(color="0.4", figsize=(6, 4))
axes.set_xlabel("removed characters")
axes.spines[["top", "right"]].set_visible(False)
plt.show()

# %% [markdown]
# ## 2 最长的删除 · The longest removals
#
# 规则若误删正文，会先出现在这里。 · A rule that takes running text shows up here first.

# %%
sources = corpus.documents.set_index("doc_id")["source"]
longest = edits[edits["kind"] != "layout"].nlargest(8, "chars")
longest.assign(source=longest["doc_id"].map(sources))[["source", "kind", "rule", "chars", "removed"]]

# %% [markdown]
# ## 3 一个文件 · One file

# %%
ct.explain(raw / "fanwen" / "doc-8841.txt").query("kind != 'layout'")

# %% [markdown]
# ## 4 洗不掉的毛病：标记 · What stays wrong: flags
#
# 标记的含义见 `docs/edits.md`；要排除就用 `where`。 · Meanings are in `docs/edits.md`; `where` leaves reports out.

# %%
corpus.documents.explode("flags")["flags"].value_counts()

# %% [markdown]
# ## 5 站点规则 · Rules of sites
#
# 这些网页由哪条规则处理；没有规则的由程序推断正文。 · Which rule holds for a page; without one, its body is worked out.

# %%
pages = sorted(raw.rglob("*.html"))
ct.sites(pages)[["file", "rule", "lines", "kept", "date", "source"]].head(8)

# %% [markdown]
# ## 6 一页看完 · One page to look through
#
# 删去的文字留在原处、划线显示；在浏览器里打开，`n` 下一处，`p` 上一处。
#
# Removals stand struck through in their place; open it in a browser, `n` goes on, `p` goes back.

# %%
rejected = ct.review([raw], processed / "review.html")
(processed / "review.html").stat().st_size > 0, sorted(error.reason for error in rejected.values())

# %%
rules.sort_values(["kind", "rule"]).to_csv(processed / "rules.csv", index=False, encoding="utf-8-sig")
