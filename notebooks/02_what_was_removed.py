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
# # 02 删了什么 · What was removed
#
# 问题：凭什么相信清洗后的文本？清洗只“指出”，不“剪掉”：每处改动都有位置、类别和规则，可查、可数、可撤销。
#
# The question: why trust a cleaned text? A cleaner points and never cuts: every change has a place, a kind and a rule.

# %%
from pathlib import Path

import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
ct.build(raw, processed, progress=False)
out = processed / "notebooks"
out.mkdir(exist_ok=True)
pd.set_option("display.max_colwidth", 60)

corpus = ct.load(processed)
corpus

# %% [markdown]
# ## 1 一个文件 · One file
#
# `line` 是原文的第几行。空白的改动（`layout`）先不看。 · `line` is a line of the raw text; changes of blanks are left out.

# %%
changes = ct.explain(raw / "wenku" / "gl-0042.txt")
shown = changes[changes["kind"] != "layout"].drop(columns=["start", "end"])
ct.table(shown, caption="wenku/gl-0042.txt：动了哪些字 · what changed")

# %% [markdown]
# 清洗前后，同一处： · The same place, before and after:

# %%
from corpus_tools.reading import read

report = corpus.where(source="wenku/gl-0042.txt").documents.iloc[0]
for text in (read(raw / report["source"]).text, report["text"]):
    print(*[line for line in text.split("\n") if line.strip()][:6], "————", sep="\n")

# %% [markdown]
# ## 2 全部文件 · All files
#
# 每条规则动了多少处、多少篇、多少字，并举一例。 · Places, reports and characters that each rule touched, with an example.

# %%
edits = corpus.edits.assign(characters=corpus.edits["removed"].str.len())
rules = edits.groupby(["kind", "rule"]).agg(
    edits=("rule", "size"),
    reports=("doc_id", "nunique"),
    characters=("characters", "sum"),
    example=("removed", lambda texts: texts.mode()[0].strip()[:40]),
)
rules = rules.reset_index().sort_values(["reports", "characters"], ascending=False)
ct.table(
    rules[rules["kind"] != "layout"].head(15),
    caption="动得最多的规则 · The rules that touch most reports",
)

# %% [markdown]
# 有规则误伤吗？最长的删除最先露馅：这里一条是同一篇报告的第二遍，两条是目录，其余是网页外框。
#
# Does a rule misfire? The longest removals tell first: a report's second copy, two tables of contents, frames of pages.

# %%
source_of = corpus.documents.set_index("doc_id")["source"]
longest = edits[~edits["kind"].isin(["layout", "script"])].nlargest(6, "characters")
longest = longest.assign(
    source=longest["doc_id"].map(source_of), removed=longest["removed"].str.slice(0, 40)
)
ct.table(
    longest[["source", "kind", "rule", "characters", "removed"]],
    caption="最长的删除 · The longest removals",
)

# %% [markdown]
# 对着一条规则问到底：`advert` 在哪些句子里删了什么？ · Ask a rule everything: what did `advert` take, and where?

# %%
adverts = edits[edits["rule"] == "advert"]
ct.table(
    adverts.assign(source=adverts["doc_id"].map(source_of))[["source", "start", "removed"]],
    caption="规则 advert · The rule advert",
)

# %% [markdown]
# ## 3 撤销 · Undo
#
# 从后往前把删去的字放回去，得到的就是原文，一字不差。`ct.check` 对每一篇都这样做。
#
# Put back from the end what was removed, and there is the raw text, to the letter. `ct.check` does so for every report.

# %%
from corpus_tools.cleaning.edits import undo
from corpus_tools.document import Edit

rows = edits[edits["doc_id"] == report["doc_id"]].drop(columns=["doc_id", "characters"])
restored = undo(report["text"], [Edit(**row) for row in rows.to_dict("records")])
print(restored == read(raw / report["source"]).text, len(ct.check(processed, raw=raw)), "findings")

# %% [markdown]
# ## 4 改了字的地方 · Where letters were changed
#
# 繁体转为简体；遮盖的人名（`***`）默认不猜，只计数。 · Traditional letters become simplified; masked names are counted, not guessed.

# %%
found = ct.scripts([raw])
ct.table(
    found[found["script"] == "traditional"].drop(columns=["line", "reason"]),
    caption="繁体文件 · Traditional files",
)

# %%
masked = corpus.where(flags="masked").documents[["source", "year", "n_masks", "flags"]]
ct.table(
    masked, caption="有遮盖的报告：人名和提法要慎数 · Masked: count names and slogans with care"
)

# %% [markdown]
# ## 5 网页的正文在哪里 · Where a page's text is
#
# 有站点规则的按规则取正文（`rule`），没有的由程序推断。怎样自己写规则，见笔记本 08。
#
# A rule of the site says where the text is, or else it is worked out. Notebook 08 writes such a rule.

# %%
pages = ct.sites(sorted(raw.rglob("*.html")))
ct.table(pages[["file", "rule", "lines", "kept"]].head(8), caption="网页与规则 · Pages and rules")

# %% [markdown]
# ## 6 一页看完 · One page to look through
#
# 删去的文字留在原处、划线显示。在浏览器里打开，`n` 下一处，`p` 上一处。
#
# Removals stand struck through in their places. Open it in a browser: `n` goes on, `p` goes back.

# %%
rejected = ct.review([raw], out / "02_review.html")
sorted(error.reason for error in rejected.values())

# %% [markdown]
# **不能得出的结论**：没有误删的迹象，不等于没有误删；请抽几篇从头看到尾。
#
# **Not to be concluded**: no sign of a misfire is no proof of none. Read some reports on the page from top to bottom.

# %% [markdown]
# ## 7 可以付印的图 · A figure to print
#
# 删改了多少字，按类别。方法附录里常要这样一张。 · Characters by kind of change, as an appendix on methods needs it.

# %%
kinds = edits.groupby("kind").agg(characters=("characters", "sum"), reports=("doc_id", "nunique"))
kinds = kinds.drop(index="layout").rename_axis("term").reset_index()
names = (
    "代码残留 插入 导语 版权 来源 网页外框 相关链接 修补 整篇重复 繁体 站点用语 重复标题".split()
)
kinds["term"] = [f"{name} {kind}" for name, kind in zip(names, kinds["term"], strict=True)]
ax = ct.plot.bars(kinds, value="characters", ax=ct.plot.figure("column"))
ax.xaxis.label.set_text("删改的字数 characters")
ct.plot.save(ax, out / "02_removed.pdf")

# %% [markdown]
# ## 8 带走 · Take away
#
# 规则一表，逐篇一表：`characters` 是清洗后的字数，`removed` 是删去的字数。
#
# One table of rules, one of reports: `characters` are left in the clean text, `removed` are gone.

# %%
gone = edits.groupby("doc_id")["characters"].sum()
reports = corpus.documents[["source", "title", "year", "n_chars"]].rename(
    columns={"n_chars": "characters"}
)
reports["removed"] = corpus.documents["doc_id"].map(gone).fillna(0).astype(int)
ct.save(reports, out / "02_reports.csv")
ct.save(rules, out / "02_rules.xlsx")
ct.table(reports.nlargest(5, "removed"), caption="删去最多的报告 · Most removed")
