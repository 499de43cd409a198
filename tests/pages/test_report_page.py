from __future__ import annotations

import base64
import io
import re
import warnings
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pandas as pd
import pytest
import small_corpus
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from corpus_tools.corpus.corpus import load
from corpus_tools.errors import AnalysisError
from corpus_tools.pages import embed, figures, page, shell
from corpus_tools.pages.page import report
from corpus_tools.pages.sections import head, slogans
from corpus_tools.plot import fonts

NASTY = "<script>alert(1)</script>"
HANDLER = '"><img src=x onerror=alert(2)>'
THEMES = [
    "渔业 捕捞 渔港 渔船 鱼苗",
    "林业 造林 树种 林场 苗圃",
    "公路 桥梁 隧道 路面 车站",
    "社区 街道 物业 网格 居民",
]


class Tags(HTMLParser):
    """What a browser would do: the tags, their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def themed(year, theme, paragraphs=12):
    random = Random(theme)
    lines = [" ".join(random.choices(THEMES[theme].split(), k=16)) for _ in range(paragraphs)]
    return {"words": "\n".join(lines), "year": year}


@pytest.fixture
def small(tmp_path: Path):
    documents = [
        {"words": "全面从严治党 高质量发展 渔业 渔业", "year": 2019, "kind": "work_report", "level": "county"},
        {"words": "高质量发展 渔业 苗圃", "year": 2019, "kind": "work_report"},
        {"words": "高质量发展 苗圃", "year": 2022, "kind": "plan"},
        {"words": "乡村振兴 苗圃", "year": 2022, "kind": None},
        {"words": "乡村振兴", "year": None, "kind": "work_report"},
    ]
    edits = [
        {
            "doc_id": "d000",
            "start": 0,
            "end": 4,
            "removed": "打印本页",
            "inserted": "",
            "kind": "site",
            "rule": "toolbar",
        },
        {"doc_id": "d001", "start": 0, "end": 1, "removed": "\n", "inserted": "", "kind": "layout", "rule": "blank"},
    ]
    rejected = [{"source": f"坏{i}.doc", "stage": "read", "reason": "no_text", "detail": "空"} for i in range(60)]
    return small_corpus.make(tmp_path / "small", documents, edits=edits, rejected=rejected)


@pytest.fixture
def hostile(tmp_path: Path):
    """Markup in every place that comes from a file: source, title, body, words, organisation, edits, rejections."""
    documents = [
        {
            "doc_id": f"d{i}", "source": f"{NASTY}{i}.txt", "title": NASTY, "words": f"{NASTY} {HANDLER} x<b>{i % 2}",
            "year": 2019 + i % 2, "kind": NASTY, "organisation": HANDLER, "level": "</style>", "place": "</script>",
        }
        for i in range(4)
    ]  # fmt: skip
    edits = [{"doc_id": "d0", "removed": HANDLER, "inserted": NASTY, "kind": "<i>", "rule": "</code>", "start": 0}]
    edits[0]["end"] = len(HANDLER)
    rejected = [{"source": HANDLER, "stage": "<u>", "reason": NASTY, "detail": "</table>"}]
    return small_corpus.make(tmp_path / "hostile", documents, edits=edits, rejected=rejected)


def page_of(corpus, tmp_path, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        path = report(corpus, tmp_path / "out" / "report.html", **options)
    return path.read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_from_a_file_becomes_markup(hostile, tmp_path, lang):
    page = page_of(hostile, tmp_path, lang=lang)
    tags = Tags(page)
    names = {tag for tag, _ in tags.tags}
    assert not names & {"img", "iframe", "object", "embed", "u", "b"}
    assert not [key for _, attributes in tags.tags for key in attributes if key.startswith("on")]
    assert NASTY in "".join(tags.text)  # it is there to be read
    assert page.count("</style>") == 1
    *blocks, script = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert script == ("", shell.read("report.js"))
    assert all('type="application/json"' in attributes and "<" not in content for attributes, content in blocks)
    assert page.count("<script") == len(blocks) + 1


def test_nothing_is_fetched(small, tmp_path):
    page = page_of(small, tmp_path)
    attributes = [(tag, key, value) for tag, pairs in Tags(page).tags for key, value in pairs.items()]
    assert [a for a in attributes if a[1] in {"src", "srcset", "data", "action", "background", "ping"}] == []
    assert all(value.startswith("#") for _, key, value in attributes if key in {"href", "xlink:href"})
    assert all(url.startswith(("data:font/woff;base64,", "#")) for url in re.findall(r"url\(([^)]*)\)", page))
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_numbers_of_documents_and_reasons_are_said(small, tmp_path):
    text = " ".join(" ".join(Tags(page_of(small, tmp_path, lang="en")).text).split())
    assert "documents 5 years 2019–2022 places 0" in text
    assert "The corpus folder has 5 documents; this page is about 5 of them." in text
    assert "Of unknown year: 1, which count in totals, and in no year." in text
    assert "60 files of the whole corpus folder became no document" in text
    assert "10 more are not listed here" in text
    # Of 46 raw characters (the texts' 41, a notice of 4, a line break) the notice.
    assert "In 1 of 5 documents cleaning removed 4 characters, 8.7% of the raw text" in text
    assert "there are 2 changes in all. 3 documents were not touched, 1 more only in blanks" in text
    assert "3 / 5" in text  # 高质量发展 stands in three of five


@pytest.fixture
def parted(tmp_path: Path):
    """A report with a review of 8 characters (the title of 4 among them), and notes of 6."""
    sections = [
        {"doc_id": "d000", "section": n, "tense": tense, "start": start, "end": end}
        for n, (tense, start, end) in enumerate([("other", 0, 5), ("review", 5, 11), ("notes", 11, 18)])
    ]
    documents = [{"words": "工作 报告\n开展 科普 。\n科普 ： 普及 法", "year": 2020, "level": "city"}]
    return small_corpus.make(tmp_path / "parted", documents, sections=sections)


def test_characters_and_words_are_those_that_are_counted(parted):
    def said(corpus):
        part = head.part(corpus)
        return part["han"], part["tokens"], part["view"]

    assert said(parted) == (8, 4, "")  # 工作 报告 开展 科普, without the mark and the notes
    assert said(load(parted.folder, notes=True)) == (13, 7, "")
    assert said(parted.where(tense="review")) == (4, 2, "where(tense=['review'])")


def test_the_page_says_which_view_it_is(small, tmp_path):
    whole, view = (BeautifulSoup(page_of(c, tmp_path), "html.parser") for c in (small, small.where(level="county")))
    assert "本页是语料的一个视图：where(level='county')。" in view.header.get_text()
    assert "视图：where(level='county')" in view.select_one("#methods").get_text()
    assert "一个视图" not in whole.header.get_text()
    assert "没有筛选" in whole.select_one("#methods").get_text()


def test_a_view_by_tense_has_no_page(parted, tmp_path):
    with pytest.raises(AnalysisError, match="a view by tense has documents several times"):
        report(parted.by_tense(), tmp_path / "x.html")


def test_files_that_became_no_document_are_counted_as_files(small, tmp_path):
    tables = BeautifulSoup(page_of(small, tmp_path, lang="en"), "html.parser").select("#coverage table")
    (heads,) = ([th.get_text() for th in t.thead("th")] for t in tables if t.caption.get_text().startswith("Files")
        and "stage" in t.thead.get_text())  # fmt: skip
    assert heads == ["stage", "reason", "meaning", "files"]


def test_values_are_said_in_the_reader_s_language(small, tmp_path):
    assert "工作报告" in Tags(page_of(small, tmp_path)).text
    assert "work report" in Tags(page_of(small, tmp_path, lang="en")).text


def test_a_section_that_cannot_be_computed_says_why(small, tmp_path):
    text = "".join(Tags(page_of(small, tmp_path, lang="en")).text)
    assert "This section cannot be computed: 5 topics are too many for 0 paragraphs of 15 words or more" in text


def test_an_early_slogan_is_marked(tmp_path):
    corpus = small_corpus.make(tmp_path / "c", [{"words": "新质生产力", "year": 1998}, {"words": "无", "year": 1999}])
    part = slogans.part(corpus, lang="zh")
    assert [(row["slogan"], row["first"], row["early"]) for row in part["rows"]] == [("新质生产力", 1998, True)]
    assert part["figure"]


@pytest.mark.parametrize("years", [[None, None], [2019, 2019]])
def test_a_corpus_without_two_years_has_no_trend(tmp_path, years):
    corpus = small_corpus.make(tmp_path / "c", [{"words": "高质量发展", "year": year} for year in years])
    assert "不足两年" in page_of(corpus, tmp_path)


def test_the_same_corpus_gives_the_same_page(small, tmp_path):
    assert page_of(small, tmp_path) == page_of(small, tmp_path)


def test_a_page_that_cannot_be_made_leaves_the_old_one(small, tmp_path, monkeypatch):
    path = tmp_path / "report.html"
    path.write_text("old", "utf-8")
    with pytest.raises(AnalysisError, match="no documents"):
        report(small.where(year=1900), path)
    with pytest.raises(AnalysisError, match="'zh' or 'en'"):
        report(small, path, lang="fr")
    assert path.read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.glob("*.html*")] == ["report.html"]


def test_both_languages_have_the_same_words():
    zh, en = page.words("zh"), page.words("en")
    assert zh.keys() == en.keys()
    fields = re.compile(r"\{\w+\}")
    for key, said in zh.items():
        assert sorted(fields.findall(str(said))) == sorted(fields.findall(str(en[key]))), key
        if key != "flag_kinds" and isinstance(said, dict):
            assert said.keys() == en[key].keys(), key
        elif isinstance(said, list):
            assert len(said) == len(en[key]), key


def test_no_word_is_said_in_two_files():
    for lang in ("zh", "en"):
        keys = [key for name in page.WORDS for key in shell.words(lang, name)]
        assert sorted(set(keys)) == sorted([*keys, "html_lang"] if "html_lang" not in keys else keys)


def test_every_table_has_a_caption_scopes_and_a_box_that_scrolls(small, tmp_path):
    own = page_of(small, tmp_path)
    for name in ("coverage", "trust", "slogans", "keywords", "themes"):
        part = own[own.index(f'<section id="{name}"') :].split("</section>")[0]
        tables = part.split("<table")[1:]
        assert tables
        for before, table in zip(part.split("<table"), tables, strict=False):
            assert re.search(r'<div class="wide( list)?" tabindex="0" role="region" aria-label="[^"]+">$', before)
            assert re.match(r"[^>]*>\s*<caption>[^<]+</caption>", table)
            assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table))


def test_links_lead_to_what_is_there(small, tmp_path):
    tags = Tags(page_of(small, tmp_path)).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for tag, a in tags if tag == "a" and "href" in a} <= set(ids)
    assert next(a.get("href") for tag, a in tags if tag == "a") == "#main"


def test_dictionaries_that_were_asked_for_are_used(small, tmp_path):
    own = page_of(small, tmp_path, themes=["三农"], lang="en")
    assert "A dictionary of 1 themes" in own
    assert "The dictionary is one that was asked for." in own
    with pytest.raises(AnalysisError, match="no theme '渔'"):
        report(small, tmp_path / "x.html", themes=["渔"])


def embedded(css):
    return TTFont(io.BytesIO(base64.b64decode(re.search(r"base64,([^)]*)\)", css)[1])))


def test_the_page_brings_its_characters(small, tmp_path):
    page = page_of(small, tmp_path)
    held = embedded(page).getBestCmap()
    shown = {character for character in "".join(Tags(page.split("<body>")[1]).text) if character.isprintable()}
    assert {character for character in shown if ord(character) not in held and ord(character) < 0x9FFF} <= {"⚠"}
    assert embedded(page).flavor == "woff"


def test_a_page_of_many_characters_keeps_its_font_small():
    every = TTFont(fonts.shipped_path()).getBestCmap()
    rich = "".join(chr(code) for code in sorted(every)[-embed.MOST :])  # the last ones have most strokes
    css = embed.font_face("发发" + rich)
    assert len(css) < 800_000  # so that a page stays below 3 MB: see slogans.ROOM
    held = embedded(css).getBestCmap()
    assert ord("发") in held
    assert sum(ord(character) in held for character in rich) == embed.MOST - 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_the_shades_of_cells(scheme):
    css = shell.read("style.css")
    light, dark = re.findall(r":root \{([^}]*)\}", css)[:2]
    found = dict(re.findall(r"--(\w+): ([^;]+);", light if scheme == "light" else dark))
    ink, soft, paper = ([int(found[name][i : i + 2], 16) for i in (1, 3, 5)] for name in ("ink", "soft", "paper"))
    heat = [int(n) for n in found["heat"].split(",")]
    shades = [float(alpha) for alpha in re.findall(r"\.h\d \{ background: rgba\(var\(--heat\), (\.\d)\)", css)]
    assert len(shades) == 8
    for alpha in shades:
        cell = [alpha * h + (1 - alpha) * p for h, p in zip(heat, paper, strict=True)]
        assert contrast(ink, cell) >= 4.5, alpha  # WCAG 2.2, AA
    assert contrast(soft, paper) >= 4.5


def contrast(one, other):
    """The contrast of two colours as WCAG defines it, from 1 to 21."""

    def luminance(colour):
        parts = [c / 255 for c in colour]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return linear[0] * 0.2126 + linear[1] * 0.7152 + linear[2] * 0.0722

    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def test_a_figure_is_one_svg_element_with_its_text():
    frame = pd.DataFrame({"year": [2019, 2020], "term": ["<script>&高质量"] * 2, "rate": [1.0, 2.0]})
    svg = figures.trend(frame, lang="zh")
    assert svg.startswith("<svg")
    assert svg.rstrip().endswith("</svg>")
    assert "<script>" not in svg
    assert "高质量" in svg
    assert svg == figures.trend(frame, lang="zh")


def bars(svg):
    """Of each bar what it says and its parts: class, x, y, height."""
    return [
        (said, [(c, float(x), float(y), float(h)) for c, x, y, h in re.findall(
            r'<rect class="(s\d)" x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/>', parts)])
        for said, parts in re.findall(r"<g><title>([^<]*)</title>(.*?)</g>", svg)
    ]  # fmt: skip


def test_stacked_bars_stand_on_each_other_and_gaps_stay_empty():
    svg = figures.stack({2018: [1, 3], 2020: [2, 0]}, names=["<a>", "b"], colours=[0, 7])
    # 900 wide, 40 free at the left and 4 at the right: three years of 285.33; 226 is the floor, 218 the height of four.
    assert bars(svg) == [
        ("2018: 4 (&lt;a&gt; 1, b 3)", [("s0", 68.533, 171.5, 54.5), ("s7", 68.533, 8.0, 163.5)]),
        ("2020: 2 (&lt;a&gt; 2)", [("s0", 639.2, 117.0, 109.0)]),
    ]
    assert re.findall(r'<text class="x"[^>]*>(\d+)<', svg) == ["2018", "2019", "2020"]
    assert re.findall(r'<text class="y"[^>]*>(\d+)<', svg) == ["0", "1", "2", "3", "4"]


def test_the_years_of_a_century_are_not_all_written():
    svg = figures.stack({1923: [1], 2026: [21]}, names=["a"], colours=[0])
    # 104 years of 8.2 units: six of them would be apart enough, ten is the next round number.
    assert re.findall(r'<text class="x"[^>]*>(\d+)<', svg) == [str(year) for year in range(1930, 2021, 10)]
    assert re.findall(r'<text class="y"[^>]*>(\d+)<', svg) == ["0", "10", "20"]


def test_an_interval_is_a_bar_and_a_line():
    svg = figures.interval(0.2, 0.1, 0.4, most=0.4)
    assert 'width="60"' in svg
    assert 'd="M30 5.0H120"' in svg
    assert 'd=""' in figures.interval(0.2, float("nan"), float("nan"), most=0.4)
