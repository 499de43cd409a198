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

from corpus_tools.errors import AnalysisError
from corpus_tools.pages import embed, figures, sections, shell
from corpus_tools.pages.page import report

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
    edits = [
        {"doc_id": "d0", "removed": HANDLER, "inserted": NASTY, "kind": "<i>", "rule": "</code>", "start": 0, "end": 9}
    ]
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
    assert not names & {"script", "img", "iframe", "object", "embed", "i", "u", "b", "form"}
    assert not [key for _, attributes in tags.tags for key in attributes if key.startswith("on")]
    assert NASTY in "".join(tags.text)  # it is there to be read
    assert page.count("</style>") == 1


def test_nothing_is_fetched_and_nothing_runs(small, tmp_path):
    page = page_of(small, tmp_path)
    attributes = [(tag, key, value) for tag, pairs in Tags(page).tags for key, value in pairs.items()]
    assert [a for a in attributes if a[1] in {"src", "srcset", "data", "action", "background", "ping"}] == []
    assert all(value.startswith("#") for _, key, value in attributes if key in {"href", "xlink:href"})
    assert all(url.startswith(("data:font/woff;base64,", "#")) for url in re.findall(r"url\(([^)]*)\)", page))
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_numbers_of_documents_and_reasons_are_said(small, tmp_path):
    text = " ".join(" ".join(Tags(page_of(small, tmp_path, lang="en")).text).split())
    assert "5 documents, 2019–2022," in text
    assert "1 of them have no known year" in text
    assert "60 files of the whole corpus folder became no document" in text
    assert "10 more are not listed here" in text
    assert "2 changes in 2 documents took away 5 characters" in text
    assert "打印本页 ×1" in text
    assert "3 / 5" in text  # 高质量发展 stands in three of five


def test_values_are_said_in_the_reader_s_language(small, tmp_path):
    assert "工作报告" in Tags(page_of(small, tmp_path)).text
    assert "work report" in Tags(page_of(small, tmp_path, lang="en")).text


def test_a_section_that_cannot_be_computed_says_why(small, tmp_path):
    text = "".join(Tags(page_of(small, tmp_path, lang="en")).text)
    assert "This section cannot be computed: 5 topics are too many for 0 paragraphs of 15 words or more" in text


def test_an_early_slogan_is_marked(tmp_path):
    corpus = small_corpus.make(tmp_path / "c", [{"words": "新质生产力", "year": 1998}, {"words": "无", "year": 1999}])
    part = sections.leading_slogans(corpus, lang="zh")
    assert [(row["slogan"], row["first"], row["early"]) for row in part["rows"]] == [("新质生产力", 1998, True)]
    assert part["figure"]


@pytest.mark.parametrize("years", [[None, None], [2019, 2019]])
def test_a_corpus_without_two_years_has_no_trend(tmp_path, years):
    corpus = small_corpus.make(tmp_path / "c", [{"words": "高质量发展", "year": year} for year in years])
    assert "不足两年" in page_of(corpus, tmp_path)


def test_the_share_removed_is_of_the_raw_text(small):
    # Clean: 15 + 9 + 7 + 6 + 4 = 41 characters; 5 removed, none put in: raw 46.
    assert sections.trust(small)["share"] == pytest.approx(5 / 46)


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
    zh, en = shell.words("zh"), shell.words("en")
    assert zh.keys() == en.keys()
    fields = re.compile(r"\{\w+\}")
    assert all(sorted(fields.findall(str(zh[key]))) == sorted(fields.findall(str(en[key]))) for key in zh)
    assert len(zh["methods_list"]) == len(en["methods_list"])


def embedded(css):
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(base64.b64decode(re.search(r"base64,([^)]*)\)", css)[1])))


def test_the_page_brings_its_characters(small, tmp_path):
    page = page_of(small, tmp_path)
    held = embedded(page).getBestCmap()
    shown = {character for character in "".join(Tags(page.split("<body>")[1]).text) if character.isprintable()}
    assert {character for character in shown if ord(character) not in held and ord(character) < 0x9FFF} <= {"⚠"}
    assert embedded(page).flavor == "woff"


def test_a_page_of_many_characters_keeps_its_font_small():
    every = "".join(map(chr, range(0x4E00, 0x9FA5)))
    assert len(embed.font_face("发发" + every)) < 1_400_000
    assert ord("发") in embedded(embed.font_face("发发" + every)).getBestCmap()


def test_a_figure_is_one_svg_element_with_its_text():
    frame = pd.DataFrame({"year": [2019, 2020], "term": ["<script>&高质量"] * 2, "rate": [1.0, 2.0]})
    svg = figures.trend(frame, lang="zh")
    assert svg.startswith("<svg")
    assert svg.rstrip().endswith("</svg>")
    assert "<script>" not in svg
    assert "高质量" in svg
    assert svg == figures.trend(frame, lang="zh")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\n\n  ", "¶¶··"), ("a\n", "a¶"), ("\x07x", "\\x07x"), ("　", "··"), ("长" * 80, "长" * 59 + "…")],
)
def test_samples_show_what_has_no_shape(text, shown):
    assert sections._short(text) == shown
