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
# # 01 建库与核对 · Build and check a corpus
#
# 问题：这一堆文件里有多少篇报告，哪年、哪里、谁写的，哪些不能用？这里的报告都是虚构的（`raw/README.md`）。
#
# The question: how many reports are in this heap, of what year, place and body, and which are no use? All are invented.

# %%
from pathlib import Path

import pandas as pd

import corpus_tools as ct

# 换成自己的文件夹 · put your own folders here
raw, processed = Path("../raw"), Path("../processed")
out = processed / "notebooks"
pd.set_option("display.max_colwidth", 60)

# %% [markdown]
# ## 1 建库 · Build
#
# 每个文件要么成为一篇文档，要么被拒绝并说明原因，不会无声消失。
#
# Every file becomes a document or is rejected with a reason; none disappears in silence.

# %%
built = ct.build(raw, processed, progress=False)
out.mkdir(exist_ok=True)
print(f"{built.documents} documents, rejected: {dict(sorted(built.rejected.items()))}")

# %% [markdown]
# 再运行一次，只处理有变化的文件。 · Running it again does only what has changed.

# %%
again = ct.build(raw, processed, progress=False)
print(f"{again.done} files done now, {again.skipped} unchanged")

# %%
corpus = ct.load(processed)
corpus

# %% [markdown]
# 91 篇文档，却只有 89 篇报告：有一篇被转载了两次（见第 3 节）。另有两个文件没能成为文档：
#
# 91 documents, yet 89 reports: one is there three times (section 3). Two files became no document:

# %%
ct.table(
    corpus.rejected[["source", "stage", "reason", "detail"]],
    caption="被拒绝的文件 · Rejected files",
)

# %% [markdown]
# ## 2 一篇报告说自己是谁 · What a report says of itself
#
# 年份、地区、机构都取自正文，不看上传日期；`year_basis` 是年份的依据，只有万不得已才看文件名（`file_name`）。
#
# Year, place and body are read off the text, never off the day of an upload; a file's name is the last resort (`year_basis`).

# %%
columns = ["source", "title", "year", "year_basis", "organisation", "level", "place"]
ct.table(corpus.documents[columns].iloc[20:26], caption="一行一篇 · One row a report")

# %% [markdown]
# 依据是原文的哪几个字，在第几个字？ · Which words of the text say so, and where?

# %%
said = ct.describe.files([raw / "qixiao-kexie" / "art_1_7712.html"])
shown = said[said["field"].isin(["date", "place", "level", "organisation", "event", "speaker"])]
ct.table(shown.drop(columns="file"), caption="依据 · The words behind each field")

# %% [markdown]
# 不知道的就空着，例如年份被遮成 `20XX年` 的。猜出来的年份会悄悄进入每一张趋势图。
#
# What is unknown stays empty, as a year masked as `20XX年`. A guessed year would silently enter every trend.

# %%
unknown = corpus.where(year=None).documents
ct.table(unknown[["source", "title", "kind", "flags"]], caption="年份不明 · No known year")

# %% [markdown]
# ## 3 核对 · Check
#
# 年份可信吗？正文提到的提法、会议和规划，各自限定了可能的年份。
#
# Can the year be true? The formulae, congresses and plans that a text names each allow some years only.

# %%
report = corpus.where(title="2019年霁垣县科协全委会工作报告").documents.iloc[0]
evidence = ct.dating.estimate(report)
print(report["year"], evidence.attrs["interval"])
narrow = evidence.sort_values("earliest", ascending=False).drop(columns="note").head(6)
ct.table(narrow, caption="正文透露的年份 · What the text gives away")

# %% [markdown]
# 同一篇报告被几个网站转载，分析时只算一次。 · A report that several sites copied counts once.

# %%
everything = ct.load(processed, duplicates=True).documents
source_of = everything.set_index("doc_id")["source"]
copies = everything[everything["duplicate_of"].notna()]
ct.table(
    copies[["source", "duplicate_similarity"]].assign(
        same_as=copies["duplicate_of"].map(source_of)
    ),
    caption="重复的报告 · Copies",
)

# %% [markdown]
# 洗不好的毛病记为标记（含义见 `docs/edits.md`），用不用由研究者决定：`corpus.without(flags=["truncated"])`。
#
# What cleaning cannot mend is flagged (`docs/edits.md`), and to use it or not is the researcher's choice.

# %%
flags = (
    corpus.documents.explode("flags")
    .groupby("flags")
    .agg(reports=("doc_id", "nunique"), example=("source", "first"))
)
ct.table(flags.reset_index(), caption="标记 · Flags")

# %% [markdown]
# 最后：撤销全部改动能否逐字还原原文，文件是否仍是建库时的？
#
# Last: do all edits undone give the raw text back to the letter, and are all files still those of the build?

# %%
findings = ct.check(processed, raw=raw)
print(f"{len(findings)} findings")

# %% [markdown]
# ## 4 能回答什么 · What it can answer
#
# 分组之前先看各格有几篇：省一级十四年里只有八篇，逐年的省级比较因此无从谈起。
#
# Look at the cells before you group: eight reports of the province in fourteen years carry no comparison year by year.

# %%
coverage = ct.describe.coverage(corpus, by=["level", "organisation", "kind"])
ct.table(coverage, caption="构成 · What the corpus holds")

# %% [markdown]
# **不能得出的结论**：样本不是总体。收集到的多，可能只因为网站保存得好。
#
# **Not to be concluded**: a sample is no census. Many reports of a year may only mean that a site kept its pages.

# %% [markdown]
# ## 5 可以付印的图 · A figure to print
#
# 米色：当年没有收到这个地区的报告。地名被遮的（XX市、xx县）各算一行，其实不知是哪里。
#
# Beige: no report of that place and year was collected. XX市 and xx县 are masked: nobody knows which places they are.

# %%
cells = corpus.documents.pivot_table(
    index="place", columns="year", values="doc_id", aggfunc="count"
)
cells = cells.rename_axis("term").reset_index().melt("term", value_name="documents").dropna()
ax = ct.plot.heatmap(cells.astype({"year": int}), value="documents", ax=ct.plot.figure("page"))
next(part.colorbar for part in ax.collections if part.colorbar).set_ticks([1, 2, 3])
ct.plot.save(ax, out / "01_coverage.pdf")

# %% [markdown]
# ## 6 带走 · Take away
#
# 一行一篇的清单（不含正文），可用 Excel、R 打开。 · The list of reports, without their texts, for Excel and R.

# %%
listed = corpus.documents.drop(columns=["text", "sha256", "raw_sha256", "text_sha256"])
ct.save(listed, out / "01_reports.xlsx")
ct.save(listed, out / "01_reports.csv")
sorted(path.name for path in out.glob("01_*"))
