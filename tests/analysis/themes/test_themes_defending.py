"""What defends a dictionary, worked out by hand: coverage, overlap, terms, what is missed."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from corpus_tools.analysis import themes
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

Make = Callable[..., Corpus]

MINE = pd.DataFrame(
    [
("水利", "水渠", ""), ("水利", "堤坝", "堤坝公园"), ("农田", "稻田", ""), ("农田", "水渠边", ""),
        ("学校", "学校", ""), ("空的", "从未", ""),
    ],
    columns=["theme", "term", "exclusions"],
)  # fmt: skip


def report(*lines: str, **more: object) -> dict[str, object]:
    return {"words": "甲", "text": "\n".join(lines), **more}


def test_coverage_by_hand(make: Make) -> None:
    corpus = make(
        [
            report("水渠稻田", "水渠一条", "学校一所好", "没有什么", year=2019),  # 4 + 4 + 5 + 4 Han characters
            report("没有什么", year=2019),
            report("学校", "好的", year=2020),
        ]
    )
    frame = themes.coverage(corpus, themes=MINE, by="year").set_index(["year", "theme"])
    assert frame.loc[(2019, "水利")].to_dict() == pytest.approx(
        {
            "documents": 1, "n": 2, "share_documents": 0.5, "paragraphs": 2, "n_paragraphs": 5, "share_paragraphs": 0.4,
            "share_han": 8 / 21, "alone": 1,
        }
    )  # fmt: skip
    any_theme = frame.loc[(2019, "任一议题")]
    assert any_theme["paragraphs"] == 3
    assert any_theme["share_han"] == pytest.approx(13 / 21)
    assert any_theme["alone"] == 2  # one with 水利 only, one with 学校 only
    assert any_theme["documents"] == 1
    assert frame.loc[(2020, "学校"), "share_paragraphs"] == 0.5
    assert frame.loc[(2020, "空的"), ["documents", "paragraphs", "alone"]].tolist() == [0, 0, 0]


def test_any_theme_is_never_less_than_one_and_never_more_than_all(make: Make) -> None:
    corpus = make([report("水渠稻田", "水渠", "学校", "好的", "稻田"), report("学校稻田")])
    frame = themes.coverage(corpus, themes=MINE).set_index("theme")
    each, whole = frame.drop("任一议题"), frame.loc["任一议题"]
    assert each["paragraphs"].max() <= whole["paragraphs"] <= each["paragraphs"].sum()
    assert each["alone"].sum() == whole["alone"]


def test_overlap_by_hand(make: Make) -> None:
    corpus = make([report("水渠边种稻", "水渠与稻田", "水渠", "稻田", "学校", "好的", "好的", "好的")])
    frame = themes.overlap(corpus, themes=MINE)
    assert len(frame) == 6  # pairs of four themes
    first = frame.iloc[0]
    assert (first["theme_a"], first["theme_b"]) == ("水利", "农田")
    # 水利 in 1, 2, 3; 农田 in 1, 2, 4; both in 1, 2, of 8 paragraphs.
    assert first[["paragraphs", "paragraphs_a", "paragraphs_b"]].tolist() == [2, 3, 3]
    assert first["jaccard"] == 2 / 4
    assert first["npmi"] == pytest.approx(math.log((2 / 8) / (3 / 8 * 3 / 8)) / -math.log(2 / 8))
    assert first["places"] == 1  # 水渠 lies in 水渠边
    never = frame[(frame["theme_a"] == "水利") & (frame["theme_b"] == "学校")].iloc[0]
    assert (never["jaccard"], never["npmi"]) == (0, -1)
    assert frame.loc[frame["theme_b"] == "空的", ["jaccard", "npmi"]].isna().all(axis=None)


def test_terms_of_two_themes_are_named(make: Make) -> None:
    both = pd.DataFrame({"theme": ["甲题", "甲题", "乙题", "乙题"], "term": ["水渠", "堤坝", "水渠", "稻田"]})
    (pair,) = themes.overlap(make([report("水渠"), report("水渠")]), themes=both).to_dict("records")
    assert (pair["terms"], pair["places"], pair["jaccard"], pair["npmi"]) == ("水渠", 2, 1, 1)


def test_terms_by_hand(make: Make) -> None:
    # Ten paragraphs of four Han characters each: equal lengths, so that expected is the plain share.
    lines = ["水渠堤坝"] * 4 + ["水渠好好"] * 2 + ["堤坝公园"] + ["好好好好"] * 3
    corpus = make([report(*lines[:5], year=2020), report(*lines[5:], year=2018), report("堤坝多多", year=None)])
    frame = themes.terms(corpus, themes=MINE[MINE["theme"] == "水利"]).set_index("term")
    canal, dam = frame.loc["水渠"], frame.loc["堤坝"]
    assert canal[["count", "documents", "first_year", "excluded", "across", "n"]].tolist() == [6, 2, 2018, 0, 0, 6]
    assert dam[["count", "documents", "first_year", "excluded", "n"]].tolist() == [5, 2, 2020, 1, 5]
    assert canal["share"] == pytest.approx(6 / 11)
    # Of 11 paragraphs 5 hold 堤坝: of the 6 with 水渠 so many would be expected to.
    assert (canal["beside"], canal["expected"], canal["lift"]) == (
        4,
        pytest.approx(6 * 5 / 11),
        pytest.approx(4 / (30 / 11)),
    )
    assert (dam["beside"], dam["expected"]) == (4, pytest.approx(5 * 6 / 11))


def test_what_stands_beside_a_doubtful_term(make: Make) -> None:
    doubtful = pd.DataFrame({"theme": "水利", "term": ["水渠", "河流", "小溪"], "weight": [1, 0.5, 0.5]})
    lines = ["河流河流小溪小溪"] * 2 + ["水渠河流好好好好"] * 3 + ["水渠好好好好好好"] * 2 + ["好好好好好好好好"]
    frame = themes.terms(make([report(*lines)]), themes=doubtful).set_index("term")
    # Beside 河流 another 河流 is nothing, 小溪 alone is half of enough, 水渠 is enough; in 5 of 8 paragraphs stands 水渠.
    assert frame.loc["河流", ["n", "beside", "expected"]].tolist() == pytest.approx([5, 3, 5 * 5 / 8])
    # Nowhere beside 水渠 is enough; without it it is in no paragraph, as 河流 and 小溪 make it in 2 of 8.
    assert frame.loc["水渠", ["n", "beside", "expected"]].tolist() == pytest.approx([5, 0, 5 * 2 / 8])


def test_length_alone_makes_no_lift(make: Make) -> None:
    # Long paragraphs hold 堤坝 half the time, whether 水渠 is there or not; short ones hold neither.
    long = ["水渠，堤坝，好好好好", "水渠，好好，好好好好", "好好，堤坝，好好好好", "好好，好好，好好好好"] * 5
    corpus = make([report(*long, *["好好"] * 100)])
    frame = themes.terms(corpus, themes=MINE[MINE["theme"] == "水利"]).set_index("term")
    assert frame["lift"].tolist() == pytest.approx([1, 1])


def test_a_term_of_few_paragraphs_has_no_lift(make: Make) -> None:
    frame = themes.terms(make([report("水渠堤坝", "水渠堤坝", "水渠堤坝", "水渠堤坝")]), themes=MINE).set_index("term")
    assert frame.loc["水渠", ["n", "beside"]].tolist() == [4, 4]
    assert math.isnan(frame.loc["水渠", "lift"])
    assert frame.loc["从未", "count"] == 0
    assert pd.isna(frame.loc["从未", "first_year"])
    assert math.isnan(frame.loc["从未", "share"])


def test_terms_stand_in_the_order_of_their_theme(make: Make) -> None:
    frame = themes.terms(make([report("堤坝堤坝水渠学校学校学校学校")]), themes=MINE)
    assert frame["term"].tolist() == ["堤坝", "水渠", "稻田", "水渠边", "学校", "从未"]


def test_what_is_missed_by_hand(make: Make) -> None:
    documents = [
        {"words": "水渠 清澈\n花园 盛开\n花园 安静"},
        {"words": "花园 盛开\n学校 花园\n水渠 花园 清澈"},
    ]
    corpus = make(documents)
    frame = themes.missed(corpus, themes=MINE).set_index("term")
    assert not {"水渠", "学校"} & set(frame.index)
    # 花园: in 5 of 6 paragraphs, of 3 that hold no theme in all.
    garden = frame.loc["花园"]
    assert garden[["documents", "paragraphs", "untouched"]].tolist() == [2, 5, 3]
    assert garden["expected"] == pytest.approx(5 * 3 / 6)
    assert frame.loc["盛开", ["documents", "paragraphs", "untouched"]].tolist() == [2, 2, 2]
    assert frame.loc["清澈", "log_likelihood"] < 0
    assert "安静" not in frame.index  # in one document
    assert "安静" in themes.missed(corpus, themes=MINE, min_documents=1)["term"].tolist()
    assert len(themes.missed(corpus, themes=MINE, top=1)) == 1


def test_slogans_that_are_missed(make: Make) -> None:
    lexicon = pd.DataFrame({"slogan": ["四个坚守", "稻田兴县"]})
    corpus = make([report("增强四个坚守。", "水渠。"), report("增强四个坚守。", "稻田兴县。")])
    frame = themes.missed(corpus, themes=MINE, unit="slogan", lexicon=lexicon)
    assert frame[["term", "documents", "paragraphs", "untouched"]].to_numpy().tolist() == [["四个坚守", 2, 2, 2]]


def test_missed_words_of_a_view_by_tense(make: Make) -> None:
    sections = [
        {"doc_id": "d000", "section": 0, "depth": 1, "tense": "review", "start": 0, "end": 5},
        {"doc_id": "d000", "section": 1, "depth": 1, "tense": "plan", "start": 5, "end": 9},
    ]
    corpus = make([{"words": "花园 盛开\n花园 安静"}], sections=sections)
    frame = themes.missed(corpus.where(tense="plan"), themes=MINE, min_documents=1)
    assert sorted(frame["term"]) == ["安静", "花园"]
    assert frame["paragraphs"].tolist() == [1, 1]


def test_lines_are_numbered_as_in_the_whole_text(make: Make) -> None:
    """Where notes above a paragraph are not counted, its words and its place in the text are still found."""
    text = "注释\n水渠好\n花园好\n花园盛开"
    sections = [
        {"doc_id": "d000", "section": 0, "depth": 1, "tense": "notes", "start": 0, "end": 7},
        {"doc_id": "d000", "section": 1, "depth": 1, "tense": "plan", "start": 7, "end": len(text)},
    ]
    corpus = make([{"words": "注释\n水渠 好\n花园 好\n花园 盛开"}], sections=sections)
    assert themes.count(corpus, themes=MINE)["hits"].sum() == 0
    assert themes.missed(corpus, themes=MINE, min_documents=1).set_index("term")["untouched"].to_dict() == {
        "花园": 2,
        "盛开": 1,
    }
    sheet, key = themes.sample(corpus, themes=MINE.iloc[:2], n=4)
    assert sorted(zip(sheet["text"], key["paragraph"], strict=True)) == [("花园好", 2), ("花园盛开", 3)]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"unit": "letter"}, "'word' or 'slogan'"),
        ({"top": 0}, "top is 0"),
        ({"min_documents": 0}, "min_documents is 0"),
    ],
)
def test_what_cannot_be_missed(make: Make, options: dict[str, object], says: str) -> None:
    with pytest.raises(AnalysisError, match=says):
        themes.missed(make([report("水渠")]), themes=MINE, **options)


def test_nothing_changes_its_argument(make: Make) -> None:
    corpus, before = make([report("水渠", "学校", year=2020)]), MINE.copy()
    documents = corpus.documents.copy()
    for verb in (themes.count, themes.coverage, themes.overlap, themes.terms, themes.missed, themes.sample):
        verb(corpus, themes=MINE)
    pd.testing.assert_frame_equal(MINE, before)
    pd.testing.assert_frame_equal(corpus.documents, documents)
    assert np.array_equal(corpus.n_han, make([report("水渠", "学校", year=2020)]).n_han)


def test_a_corpus_without_a_paragraph_has_answers(make: Make) -> None:
    corpus = make([report("2020", "1+1", year=2020)])
    assert themes.count(corpus, themes=MINE)[["hits", "paragraphs", "n_paragraphs"]].sum().tolist() == [0, 0, 0]
    assert themes.count(corpus, themes=MINE)[["share_paragraphs", "per_10k"]].isna().all(axis=None)
    assert themes.coverage(corpus, themes=MINE)["share_han"].isna().all()
    assert themes.terms(corpus, themes=MINE)["count"].sum() == 0
    assert themes.overlap(corpus, themes=MINE)["paragraphs"].sum() == 0
    assert themes.missed(corpus, themes=MINE).empty
    assert themes.sample(corpus, themes=MINE).sheet.empty
