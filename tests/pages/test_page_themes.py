"""The themes on the page: the numbers of ct.themes, and paragraphs in which the terms are marked."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
import small_corpus

from corpus_tools.analysis import themes as analysis
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages.sections import themes

FARMING, SCIENCE = "农业 农村 建设", "科技 创新 中心"


@pytest.fixture
def corpus(tmp_path):
    """Four documents a year in 2018 and 2020; every fourth speaks of science in one of three paragraphs, others of farming."""
    documents = [
        {
            "words": "\n".join([FARMING, "会议 召开", SCIENCE if n % 4 == 0 else FARMING]),
            "year": year,
            "organisation": "政府",
        }
        for year in (2018, 2020)
        for n in range(4)
    ]
    return small_corpus.make(tmp_path / "c", documents)


def rows_of(part):
    return {row["theme"]: row for row in part["rows"]}


def test_numbers_are_those_of_the_analysis(corpus):
    part = themes.part(corpus)
    expected = analysis.count(corpus).set_index("theme")
    rows = rows_of(part)
    assert rows.keys() == set(expected.index[expected["paragraphs"] > 0])
    for name, row in rows.items():
        said = expected.loc[name, ["paragraphs", "documents", "share_paragraphs", "paragraphs_low", "paragraphs_high"]]
        assert [row[key] for key in ("paragraphs", "documents", "share", "low", "high")] == pytest.approx(said.tolist())
    assert [row["share"] for row in part["rows"]] == sorted((row["share"] for row in part["rows"]), reverse=True)
    assert (part["paragraphs"], part["any"], part["themes"]) == (24, 16, len(expected))
    assert len(part["nowhere"]) == len(expected) - len(rows)
    assert rows["三农"]["paragraphs"] == 14
    assert rows["科技"]["paragraphs"] == 2


def test_of_fewer_than_three_documents_there_is_no_interval(tmp_path):
    part = themes.part(small_corpus.make(tmp_path / "c", [{"words": "农业 农村"}, {"words": "农民"}]))
    assert part["rows"]
    assert all(np.isnan([row["low"], row["high"]]).all() for row in part["rows"])


def test_years_are_those_of_the_trend(corpus):
    rows = rows_of(themes.part(corpus))
    trend = analysis.trend(corpus, ["三农"]).set_index("year")["share_paragraphs"]
    course = rows["三农"]["course"]
    assert (course["first"], course["last"]) == (2018, 2020)
    assert course["most"] == pytest.approx(trend.max()) == pytest.approx(7 / 12)
    assert 'class="alone"' in course["line"]  # 2019 is a gap: two points, no line
    assert re.findall(' d="([^"]*)"', course["line"]) == ["", "M2 2h0M238 2h0"]


def test_years_of_one_report_are_drawn_only_where_most_are_such():
    years = np.array([2018, 2019, 2020])
    assert themes._drawn(years, np.array([3, 1, 3])).tolist() == [2018, 2020]
    assert themes._drawn(years, np.array([3, 1, 1])).tolist() == [2018, 2019, 2020]
    assert themes._drawn(years[:2], np.array([3, 1])).tolist() == [2018, 2019]


@pytest.mark.parametrize(
    ("bodies", "chosen"),
    [
        (["政府", "党委"], "general"),
        (["科协", "工会", "政府"], "association"),
        (["科协", "政府"], "general"),
        ([None], "general"),
    ],
)
def test_the_set_is_that_of_most_documents(tmp_path, bodies, chosen):
    corpus = small_corpus.make(tmp_path / "c", [{"words": SCIENCE, "organisation": body} for body in bodies])
    part = themes.part(corpus)
    assert part["set"] == chosen
    assert part["known"] == sum(body is not None for body in bodies)
    assert all(row["course"] is None for row in part["rows"])
    assert themes.part(corpus, themes=["科技"])["set"] is None


def test_examples_are_of_different_documents_with_their_terms_marked(tmp_path):
    long = "为了推进农业和农村的各项建设，全县上下齐心协力，扎实工作，取得了新的成绩和进步。"
    documents = [
        {"words": long, "year": 2018},
        {"words": long, "year": 2019},
        {"words": f"{long}\n农业农村农民<b>", "year": 2020},
    ]
    row = rows_of(themes.part(small_corpus.make(tmp_path / "c", documents)))["三农"]
    names, texts = zip(*row["examples"], strict=True)
    assert names == ("云川县科协工作报告 (2018)", "云川县科协工作报告 (2019)")  # the short paragraph is passed over
    assert texts[0] == long.replace("农业", "<mark>农业</mark>").replace("农村", "<mark>农村</mark>")
    assert [term for term, _ in row["terms"]] == ["农业", "农村", "农民", "农业农村"]
    assert [n for _, n in row["terms"]] == [3, 3, 1, 1]


def test_terms_are_marked_where_they_are_written(tmp_path):
    own = pd.DataFrame({"theme": ["茶"], "term": ["采茶节"]})
    corpus = small_corpus.make(tmp_path / "c", [{"words": "县里办了“采茶”节<i>，採茶節"}])
    (_, text), *_ = themes.part(corpus, themes=own)["rows"][0]["examples"]
    assert text == "县里办了“<mark>采茶”节</mark>&lt;i&gt;，採茶節"
    corpus = small_corpus.make(tmp_path / "t", [{"words": "會議\n縣裡舉辦了\u3000採茶節"}])
    corpus = Corpus(corpus.folder, corpus.documents.assign(script="traditional"))
    (_, text), *_ = themes.part(corpus, themes=own)["rows"][0]["examples"]
    assert text == "縣裡舉辦了\u3000<mark>採茶節</mark>"


def test_long_paragraphs_are_cut(tmp_path):
    corpus = small_corpus.make(tmp_path / "c", [{"words": "农业" + "长" * 500}])
    (_, text), *_ = themes.part(corpus, themes=["三农"])["rows"][0]["examples"]
    assert text == "<mark>农业</mark>" + "长" * (2 * themes.MANY - 2) + "…"
