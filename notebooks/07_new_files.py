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
# # 07 新文件入库 · New files for an existing corpus
#
# 问题：语料建好了，又来了十个文件。它们干净吗，该不该进来，进来之后结论变了没有？
#
# The question: a corpus is there, ten files arrive. Are they clean, do they belong, and do the results change?

# %%
import shutil
import tempfile
from pathlib import Path

import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
out = processed / "notebooks"
out.mkdir(parents=True, exist_ok=True)
pd.set_option("display.max_colwidth", 60)

# %% [markdown]
# ## 1 原有的语料 · The corpus so far
#
# 这里要改动输入，所以全在临时文件夹里做：`raw/` 的副本，先留出四个文件。
#
# Inputs change here, so all is done in a temporary folder: a copy of `raw/`, with four files set aside.

# %%
temporary = tempfile.TemporaryDirectory()
work = Path(temporary.name)
collected, folder, arrived = work / "collected", work / "corpus", work / "arrived"
shutil.copytree(raw, collected)
shutil.copytree("new_files", arrived)  # 六个新编的 · six of new invention
for name in (
    "gb/sk-2025.txt",
    "jingxiang/big5-0871.html",
    "wenku/yf-77120.txt",
    "word/gh2024.docx",
):
    (arrived / name).parent.mkdir(exist_ok=True)
    shutil.move(collected / name, arrived / name)

# %%
first = ct.build(collected, folder, progress=False)
before = ct.load(folder)
texts_before = before.documents.set_index("doc_id")["text_sha256"]
terms = ["新质生产力", "乡村振兴"]
rates_before = ct.trends.rate(before, terms)
print(first.done, "files read:", before)

# %% [markdown]
# ## 2 先单独清洗 · Clean them alone first
#
# 不动语料，只看新文件：清洗后的文本和全部改动写进另一个文件夹。
#
# The corpus is not touched: clean texts and all changes of the new files go to a folder of their own.

# %%
new = sorted(path for path in arrived.rglob("*") if path.is_file())
cleaned = ct.clean(new, to=work / "cleaned")
cleaned["file"] = [path.relative_to(arrived).as_posix() for path in new]
ct.table(cleaned[["file", "n_edits", "reason", "detail"]], caption="十个新文件 · Ten new files")

# %% [markdown]
# 一个被拒绝：存下来的是登录页，没有正文，得重新下载。 · One is rejected: a page that asks to log in was saved in its place.

# %% [markdown]
# ## 3 规则删了什么 · What the rules removed
#
# 每条规则在几个文件里删了多少字。 · What each rule took, from how many files.

# %%
edits = pd.read_json(work / "cleaned" / "edits.jsonl", lines=True)
edits = edits[edits["kind"] != "layout"].assign(characters=edits["removed"].str.len())
rules = edits.groupby(["kind", "rule"]).agg(
    files=("file", "nunique"), characters=("characters", "sum")
)
ct.table(
    rules.sort_values("characters", ascending=False).head(8).reset_index(), caption="规则 · Rules"
)

# %%
changes = ct.explain(arrived / "wenku" / "7781-30.txt")
shown = changes[changes["kind"] != "layout"].drop(columns=["start", "end", "inserted"])
ct.table(
    shown,
    caption="wenku/7781-30.txt：句子中间的广告也删了 · an advert inside a sentence is gone too",
)

# %% [markdown]
# 再看没删的：清洗后的头几行里，网站的“编者按”还在。它写得像正文，没有规则能认出来；笔记本 08 为这个网站写一条。
#
# And what was kept: the site's own note (编者按) is still there, since it reads like the report. Notebook 08 writes a rule.

# %%
text = (work / "cleaned" / "content_202.txt").read_text("utf-8")
print(text[:160])

# %% [markdown]
# 十个文件从头到尾看一遍：删去的字划线显示。 · All ten on one page to read, removals struck through.

# %%
rejected = ct.review(new, out / "07_review.html")
[error.detail for error in rejected.values()]

# %% [markdown]
# ## 4 入库 · Into the corpus
#
# 放进原文件夹，再建一次：只读新的。（新网页若认出了某网站的外框，那个网站的旧页也会重读。）
#
# Put them into the folder and build again: only the new are read. (Where new pages tell what a site's frame is, its old ones are too.)

# %%
shutil.copytree(arrived, collected, dirs_exist_ok=True)
second = ct.build(collected, folder, progress=False)
print(second.done, "read,", second.skipped, "unchanged")
print(second.documents, "documents,", sum(second.rejected.values()), "rejected")

# %% [markdown]
# 旧的一字未动：比较每篇文本的哈希值。 · The old ones are what they were: compare the hashes of all texts.

# %%
after = ct.load(folder)
now = ct.load(folder, duplicates=True).documents.set_index("doc_id")["text_sha256"]
print((texts_before == now[texts_before.index]).sum(), "of", len(texts_before), "texts unchanged")

# %% [markdown]
# ## 5 该不该用 · Which of them to use
#
# 一篇是已有报告的转载，一篇的年份与内容矛盾（“2016 年”的报告说到党的二十大）。
#
# One copies a report that is there; of one the year contradicts the text (a report of "2016" that speaks of 2022).

# %%
everything = ct.load(folder, duplicates=True).documents
source_of = everything.set_index("doc_id")["source"]
arrivals = everything[
    ~everything["doc_id"].isin(texts_before.index)
    & everything["source"].isin(cleaned["file"])
]
arrivals = arrivals.assign(same_as=arrivals["duplicate_of"].map(source_of))
ct.table(
    arrivals[["source", "title", "year", "flags", "same_as"]],
    caption="入库的九篇 · The nine",
)

# %%
doubted = after.where(flags="year_contradicted").documents.iloc[0]
evidence = ct.dating.estimate(doubted)
ct.table(
    evidence.sort_values("earliest", ascending=False).head(5).drop(columns="note"),
    caption="何时写的 · When it was written",
)

# %% [markdown]
# 一篇这样的报告就能写错一段历史：`新质生产力` 的首见年份从 2024 变成 2016。标记的用处在此。
#
# One such report writes false history: the first year of 新质生产力 becomes 2016. That is what flags are for.

# %%
sound = after.without(flags=["year_contradicted"])
hits = ct.slogans.hits(after, "新质生产力").merge(after.documents[["doc_id", "year"]])
for name, part in {"before": before, "with all": after, "without the contradicted": sound}.items():
    own = hits[hits["doc_id"].isin(part.documents["doc_id"])]
    print(f"{name}: first {own['year'].min()}, {len(own)} places, {own['doc_id'].nunique()} texts")

# %% [markdown]
# ## 6 结论变了没有 · Do the results change?
#
# 只有新文件所在的年份动了。“乡村振兴”2025 年的区间反而变宽：原来四篇碰巧相近，那个窄是靠不住的。
#
# Only years of new files move. 乡村振兴 in 2025 has a wider interval now: four reports happened to agree before.

# %%
old, new = rates_before, ct.trends.rate(sound, terms)
rates = old.merge(new, on=["year", "term"], suffixes=("", "_after"))
moved = rates[rates["n"] != rates["n_after"]]
counts = ["count", "documents", "count_after", "documents_after"]
ct.table(
    moved.drop(columns=counts).sort_values(["term", "year"]), caption="前与后 · Before and after"
)

# %% [markdown]
# **不能得出的结论**：新文件不是随机来的。2024、2025 年多了牧云市，升降里有它的一份。
#
# **Not to be concluded**: new files do not come at random. 2024 and 2025 now hold 牧云市, and part of a change is its own.

# %% [markdown]
# ## 7 可以付印的图 · A figure to print

# %%
twice = pd.concat([old.assign(name="原有 before"), new.assign(name="加入之后 after")])
twice = twice[(twice["term"] == "新质生产力") & (twice["year"] >= 2019)]
ax = ct.plot.trend(twice.assign(term=twice["name"]), ax=ct.plot.figure("page"))
ct.plot.save(ax, out / "07_before_and_after.pdf")

# %% [markdown]
# ## 8 带走 · Take away

# %%
ct.save(rates, out / "07_before_and_after.csv")
ct.save(arrivals.drop(columns=["text"]), out / "07_arrivals.xlsx")
temporary.cleanup()
sorted(path.name for path in out.glob("07_*"))
