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
# # 08 自己的词表、提法、议题和站点规则 · Your own lists
#
# 问题：我研究的东西现成的词表里没有，怎样加进去，又怎样知道加对了？知识都在文本文件里，不用写程序。
#
# The question: what I study is in no list. How is it added, and how do I know it is right? All of it is text files, no code.

# %%
import shutil
import tempfile
from pathlib import Path

import pandas as pd

import corpus_tools as ct

raw, processed = Path("../raw"), Path("../processed")
ct.build(raw, processed, progress=False)
out = processed / "notebooks"
out.mkdir(exist_ok=True)
pd.set_option("display.max_colwidth", 60)

corpus = ct.load(processed)
temporary = tempfile.TemporaryDirectory()
mine = Path(temporary.name)  # 自己的文件都写在这里 · your own files go here
corpus

# %% [markdown]
# ## 1 词 · Words
#
# 一行一个词，格式同 jieba；频次写 0 就是拆开。 · A word a line, as in jieba; a frequency of 0 takes a word apart.

# %%
(mine / "words.txt").write_text("智汇沅泽\n科普信息化\n新质生产力 0\n", "utf-8")
sentence = "“智汇沅泽”品牌推动科普信息化，服务新质生产力。"
for dictionary in (None, mine / "words.txt"):
    print(" ".join(ct.segment(sentence, dictionary=dictionary)))

# %% [markdown]
# 加一个词，别的词会变吗？`conflicts` 说明这张词表除了加词还改了什么。
#
# Does a new word change others? `conflicts` says what the list does besides adding words.

# %%
config = ct.read_config(dictionary=str(mine / "words.txt"))
ct.table(ct.conflicts(config), caption="冲突 · Conflicts")

# %% [markdown]
# ## 2 站点规则 · A rule of a site
#
# 牧云市科协的网页里有“编者按”，清洗后还在，里面的提法也被数了进去。 · The site's own note stays, and its slogans are counted.

# %%
pages = mine / "pages"
shutil.copytree("new_files/muyun-kexie", pages)
print(ct.clean(pages.glob("*.html"), to=mine / "plain")["n_edits"].tolist(), "edits")
print((mine / "plain" / "content_202.txt").read_text("utf-8")[:75])

# %% [markdown]
# 七行就够：哪个网站，正文在哪个元素里，里面还要去掉什么。 · Seven lines: which site, which element, what goes in it.

# %%
(mine / "sites").mkdir()
rule = """
hosts = ["muyun-kexie.example"]
fingerprint = "div.lead-box"
body = "div.article"
title = "h1.headline"
date = "div.info"
source = "div.info"
drop = "div.lead-box"
"""
(mine / "sites" / "muyun.toml").write_text(rule, "utf-8")
ruled = ct.read_config(sites=str(mine / "sites"))
columns = ["file", "rule", "lines", "kept", "date"]
checked = ct.sites(sorted(pages.glob("*.html")), config=ruled)
ct.table(
    checked.assign(file=[Path(file).name for file in checked["file"]])[columns],
    caption="规则管到了吗 · Does it hold?",
)

# %%
changes = ct.explain(pages / "content_202.html", config=ruled)
ct.table(
    changes[changes["kind"] != "layout"][["line", "removed", "kind", "rule"]],
    caption="它删了什么 · What it takes",
)

# %% [markdown]
# ## 3 一份设置 · One file of settings
#
# `corpus.toml` 把选择写下来，随论文一起存档；设置变了，语料就全部重建。
#
# `corpus.toml` keeps these choices, to be archived with a paper. Other settings build the corpus anew.

# %%
(mine / "corpus.toml").write_text('dictionary = "words.txt"\nsites = "sites"\n', "utf-8")
shutil.copytree(raw / "yuanze-kexie", pages / "yuanze-kexie")
ct.build(pages, mine / "corpus", config=ct.read_config(mine / "corpus.toml"), progress=False)
own = ct.load(mine / "corpus")
for name, part in {"shipped": corpus, "mine": own}.items():
    words = part.vocabulary.set_index("word")["count"]
    print(
        name, {word: int(words.get(word, 0)) for word in ("智汇沅泽", "科普信息化", "新质生产力")}
    )

# %% [markdown]
# 两个语料篇目不同，只看有无。提法不受词表影响：它按字符匹配，`新质生产力` 虽被拆开，照样数得到。少的是编者按里的四处。
#
# The texts differ: see only what is a word. Slogans are matched by letters; what is gone are the four of the site's notes.

# %%
plain = sum(file.read_text("utf-8").count("新质生产力") for file in (mine / "plain").glob("*.txt"))
print(
    "without the rule:",
    plain,
    " with it:",
    len(ct.slogans.hits(own.where(place="牧云市"), "新质生产力")),
)

# %% [markdown]
# ## 4 提法 · Slogans
#
# 各地自己的品牌，现成的词典里没有。`add` 先查后写，写错的会被挡住。
#
# Brands of single places are in no lexicon. `add` checks a row before it writes it.

# %%
rows = mine / "slogans.csv"
for name in ("智汇沅泽", "科普栖霄行", "科技兴棠"):
    ct.slogans.add({"slogan": name, "category": "S&T"}, rows)
try:
    ct.slogans.add({"slogan": "创新瀚澜", "category": "science"}, rows)
except ValueError as error:
    print(str(error).replace(str(mine), "…"))

# %%
lexicon = ct.slogans.lexicon(rows, shipped=False)
by_place = ct.slogans.count(corpus, by="place", lexicon=lexicon)
said = by_place[by_place["count"] > 0]
ct.table(
    said[["place", "slogan", "count", "documents", "n", "share_documents"]],
    caption="哪里在说 · Who says it",
)

# %% [markdown]
# 回到原句，才知道它是品牌、活动还是口号。 · Only the sentences tell whether it is a brand, an event or a motto.

# %%
places = ct.slogans.hits(corpus, "科普栖霄行", lexicon=lexicon)
ct.table(places[["tense", "found", "context"]].head(3), caption="科普栖霄行")

# %% [markdown]
# ## 5 议题 · A theme
#
# 一个议题是一张词单；拿不准的词给一半的权重，写明理由。 · A theme is a list of terms; a doubtful one gets half a weight, and a reason.

# %%
theme = """
["乡村科技"]
english = "science for villages"
terms = ["科技特派员", "农技协", "科技小院", "科技下乡", "农技专家", "科技示范户", "农民"]
weights = { "农民" = 0.5 }
why = { "农民" = "farmers are also spoken of without science" }
"""
(mine / "themes.toml").write_text(theme, "utf-8")
counted = ct.themes.count(corpus, themes=mine / "themes.toml")
columns = ["theme", "count", "hits", "paragraphs", "share_paragraphs", "documents", "n"]
ct.table(counted[columns], caption="自己的议题 · Your own theme")

# %% [markdown]
# 每个词起了什么作用？`lift` 低于 1 的站错了地方，`beside` 只有一两段的，再高也不作数。
#
# What does each term do? Below a `lift` of 1 it stands elsewhere; with an `n` below 5, or a `beside` of 1, it says nothing.

# %%
terms = ct.themes.terms(corpus, themes=mine / "themes.toml")
ct.table(
    terms[["term", "weight", "count", "documents", "share", "n", "beside", "lift"]],
    caption="每个词 · Each term",
)

# %% [markdown]
# 一个词的权重值多少？“农民”算一半时，只有它的段落不算数；算一，段落就翻了一番多。
#
# What is a weight worth? At a half, paragraphs that only say 农民 do not count; at 1 there are more than twice as many.

# %%
frame = ct.themes.dictionary(mine / "themes.toml")
lists = {
    "农民 0.5": frame,
    "农民 1": frame.assign(weight=1.0),
    "no 农民": frame[frame["term"] != "农民"],
}
weighed = pd.concat(
    [ct.themes.count(corpus, themes=one).assign(list=name) for name, one in lists.items()]
)
ct.table(
    weighed[["list", "count", "paragraphs", "share_paragraphs", "documents"]],
    caption="换一张词单 · Other lists",
)

# %% [markdown]
# 人来裁决：抽段落，两人各自填 1 或 0（这里用两条规则冒充）。查全率的区间很宽：四十段太少，要两百段。
#
# People decide: two code paragraphs, here rules of thumb for show. Recall has a wide interval: 40 are few, draw 200.

# %%
sheet, key = ct.themes.sample(corpus, themes=mine / "themes.toml", n=40, seed=0)
sheet["coder_1"] = sheet["text"].str.contains("农.*技|技.*农").astype(int)
sheet["coder_2"] = sheet["text"].str.contains("科技.*[村户农]|农技|科技小院").astype(int)
agreed = ct.themes.agreement(sheet, key)
columns = ["a", "b", "agreement", "kappa", "precision", "recall", "recall_low", "recall_high"]
ct.table(agreed[columns], caption="一致性 · Agreement")

# %% [markdown]
# **不能得出的结论**：词单越长，数字越大；没有人工编码撑腰的比例，只能和它自己比。
#
# **Not to be concluded**: a longer list makes a larger number. A share that nobody has coded compares with itself alone.

# %% [markdown]
# ## 6 可以付印的图 · A figure to print

# %%
rates = ct.trends.rate(corpus, ["智汇沅泽", "科普栖霄行", "科技兴棠"], lexicon=lexicon)
ax = ct.plot.small_multiples(rates, columns=3, ax=ct.plot.figure("page", height=60))
ct.plot.save(ax, out / "08_own_slogans.pdf")

# %% [markdown]
# ## 7 带走 · Take away
#
# 把词表和数字一起存档，别人才能重做。 · Keep the lists beside the numbers, or nobody can do it again.

# %%
ct.save(said, out / "08_own_slogans.csv")
ct.save(weighed, out / "08_own_theme.xlsx")
for name in ("words.txt", "slogans.csv", "themes.toml", "corpus.toml", "sites/muyun.toml"):
    shutil.copy(mine / name, out / f"08_{Path(name).name}")
temporary.cleanup()
sorted(path.name for path in out.glob("08_*"))
