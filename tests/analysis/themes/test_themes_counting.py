"""Counts of themes that were worked out by hand, on reports of invented places."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.analysis import themes, trends
from corpus_tools.analysis.themes.dictionary import Term, Theme, known
from corpus_tools.analysis.themes.matching import Matcher, Place, tally
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

Make = Callable[..., Corpus]

# 堤坝公园 is a park; 河流 speaks of water works only in company. 水渠 stands in two themes.
MINE = pd.DataFrame(
    [
        ("水利", "水渠", 1.0, ""), ("水利", "堤坝", 1.0, "堤坝公园"), ("水利", "河流", 0.5, ""), ("水利", "水渠堤坝", 1.0, ""),
        ("农田", "稻田", 1.0, ""), ("农田", "水渠", 1.0, ""),
    ],
    columns=["theme", "term", "weight", "exclusions"],
)  # fmt: skip

DOCUMENTS = [
    {
        "words": "甲",
        "year": 2019,
        "text": "修水渠，修堤坝。\n河流清清。\n稻田青青，堤坝公园开放。",
    },  # 9 + 4 + 10 Han characters
    {"words": "甲", "year": 2019, "text": "河流、河流。\n没有别的话要说。"},  # 4 + 7
    {"words": "甲", "year": 2020, "text": "2020\n别的话。"},  # 3, and a line without any
    {"words": "甲", "year": None, "text": "水渠。"},
]


def row(frame: pd.DataFrame, theme: str, **where: object) -> pd.Series:
    keep = frame["theme"] == theme
    for column, value in where.items():
        keep &= frame[column] == value
    (found,) = frame[keep].to_dict("records")
    return pd.Series(found)


def test_counts_by_hand(make: Make) -> None:
    frame = themes.count(make(DOCUMENTS), themes=MINE, by="year")
    water = row(frame, "水利", year=2019)
    # 水渠, 堤坝 (not in the park), 河流 three times a half.
    assert (water["hits"], water["count"]) == (5, 3.5)
    # Paragraphs: 水渠 and 堤坝; not 河流 alone, which is no company for itself either.
    assert (water["paragraphs"], water["n_paragraphs"], water["share_paragraphs"]) == (1, 5, 0.2)
    assert (water["documents"], water["n"], water["share_documents"]) == (1, 2, 0.5)
    assert water["per_10k"] == pytest.approx(3.5 / (6 + 4 + 10 + 4 + 7) * 10_000)
    field = row(frame, "农田", year=2019)
    assert (field["hits"], field["count"], field["paragraphs"], field["documents"]) == (2, 2, 2, 1)
    quiet = row(frame, "农田", year=2020)
    assert (quiet["hits"], quiet["paragraphs"], quiet["n_paragraphs"], quiet["share_paragraphs"]) == (0, 0, 1, 0)
    assert frame[["year", "theme"]].to_numpy().tolist() == [[y, t] for y in (2019, 2020) for t in ("水利", "农田")]


def test_documents_of_unknown_year_are_in_no_group(make: Make) -> None:
    corpus = make(DOCUMENTS)
    assert themes.count(corpus, themes=MINE, by="year")["hits"].sum() == 7
    assert themes.count(corpus, themes=MINE)["hits"].sum() == 9


def test_sentences_hold_less_than_paragraphs(make: Make) -> None:
    corpus = make([{"words": "甲", "text": "河流清清。河流缓缓！修水渠？“好。”修好了"}])
    paragraph = row(themes.count(corpus, themes=MINE), "水利")
    sentence = row(themes.count(corpus, themes=MINE, within="sentence"), "水利")
    assert (paragraph["paragraphs"], paragraph["n_paragraphs"]) == (1, 1)
    # 河流清清。 河流缓缓！ 修水渠？ “好。” 修好了
    assert (sentence["paragraphs"], sentence["n_paragraphs"]) == (1, 5)
    assert sentence["count"] == paragraph["count"] == 2


def test_the_longest_of_a_theme_counts_and_no_character_twice() -> None:
    (water, _) = known(MINE)
    found = Matcher((water,)).places("修水渠堤坝水渠")
    assert [(place.start, place.end) for place in found.kept] == [(1, 5), (5, 7)]


def test_a_word_across_the_border_is_no_hit(make: Make) -> None:
    theme = pd.DataFrame({"theme": ["工业"], "term": ["产能"]})
    corpus = make([{"words": "甲", "text": "生产能力提高，产能也提高。"}])
    assert row(themes.count(corpus, themes=theme), "工业")["hits"] == 1
    assert themes.terms(corpus, themes=theme)["across"].tolist() == [1]


def test_traditional_letters_and_quotation_marks(make: Make) -> None:
    corpus = make([{"words": "甲", "text": "修“水\u3000渠”。"}])
    assert row(themes.count(corpus, themes=MINE), "水利")["hits"] == 1
    traditional = pd.DataFrame({"theme": ["農業"], "term": ["農業"]})
    assert row(themes.count(make([{"words": "甲", "text": "农业好。"}]), themes=traditional), "農業")["hits"] == 1


def test_by_tense(make: Make) -> None:
    text = "一、回顾\n修水渠。\n二、计划\n种稻田。"
    sections = [
        {"doc_id": "d000", "section": 0, "depth": 1, "tense": "review", "start": 0, "end": 10},
        {"doc_id": "d000", "section": 1, "depth": 1, "tense": "plan", "start": 10, "end": len(text)},
    ]
    corpus = make([{"words": "甲", "text": text}], sections=sections)
    frame = themes.trend(corpus, MINE, by="tense")
    assert row(frame, "水利", tense="review")["share_paragraphs"] == 0.5
    assert row(frame, "水利", tense="plan")["share_paragraphs"] == 0
    assert row(frame, "农田", tense="plan")["share_paragraphs"] == 0.5


def many(make: Make) -> Corpus:
    """Ten reports a year, of different lengths, that say the themes to a different extent."""
    texts = [
        "修水渠。\n" * (n % 3) + "稻田。\n" * (n % 4) + "河流，堤坝。\n" * (n % 2) + "别的话很多。\n" * (1 + n % 5)
        for n in range(20)
    ]
    return make([{"words": "甲", "year": 2019 + n // 10, "text": text} for n, text in enumerate(texts)])


@pytest.mark.parametrize(("measure", "numbers"), [("rate", "count"), ("share", "share_paragraphs")])
def test_rates_and_shares_are_those_of_trends(make: Make, measure: str, numbers: str) -> None:
    corpus = many(make)
    ours = themes.trend(corpus, MINE, measure=measure, seed=3)
    own = themes.documents(corpus, themes=MINE, measure=numbers)
    theirs = trends.rate(corpus, own, measure=measure, seed=3).rename(columns={"term": "theme"})
    columns = ["year", "theme", measure, "low", "high", "documents", "n"]
    pd.testing.assert_frame_equal(ours[columns], theirs[columns], check_dtype=False)
    if measure == "rate":
        np.testing.assert_array_equal(ours["count"], theirs["count"])


def test_the_share_of_paragraphs_is_a_ratio_of_sums_with_an_interval(make: Make) -> None:
    corpus = many(make)
    found = themes.trend(corpus, MINE)
    held = themes.documents(corpus, themes=MINE, measure="share_paragraphs")
    lines = np.asarray([text.count("\n") for text in corpus.texts])
    for number, theme in enumerate(["水利", "农田"]):
        paragraphs = held[theme].to_numpy() * lines
        expected = [paragraphs[:10].sum() / lines[:10].sum(), paragraphs[10:].sum() / lines[10:].sum()]
        of = found[found["theme"] == theme]
        assert of["share_paragraphs"].tolist() == pytest.approx(expected), number
        assert ((of["low"] < of["share_paragraphs"]) & (of["share_paragraphs"] < of["high"])).all()
        assert of["high"].max() <= 1


def test_numbers_of_documents_leave_out_those_without_a_paragraph(make: Make) -> None:
    corpus = make([*DOCUMENTS, {"words": "甲", "text": "2020"}])
    assert themes.documents(corpus, themes=MINE).shape == (5, 2)
    shares = themes.documents(corpus, themes=MINE, measure="share_paragraphs")
    assert shares["水利"].to_dict() == pytest.approx({"d000": 1 / 3, "d001": 0, "d002": 0, "d003": 1})


def test_nothing_depends_on_other_themes(make: Make) -> None:
    corpus = many(make)
    both, one = themes.count(corpus, themes=MINE), themes.count(corpus, themes=MINE[MINE["theme"] == "农田"])
    pd.testing.assert_frame_equal(both[both["theme"] == "农田"].reset_index(drop=True), one)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda corpus: themes.count(corpus, themes=MINE, within="page"), "it can be 'paragraph' or 'sentence'"),
        (lambda corpus: themes.count(corpus, themes=MINE, by="colour"), "cannot group by 'colour'"),
        (lambda corpus: themes.count(corpus, themes=MINE, resamples=0), "resamples is 0"),
        (lambda corpus: themes.trend(corpus, MINE, measure="mean"), "measure is 'mean'; it can be share_paragraphs, share, rate"),
        (lambda corpus: themes.documents(corpus, themes=MINE, measure="rate"), "it can be 'count' or 'share_paragraphs'"),
        (lambda corpus: themes.count(corpus.where(year=1900), themes=MINE), "this corpus has no documents"),
        (lambda corpus: themes.documents(corpus.where(year=1900), themes=MINE), "this corpus has no documents"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(make: Make, ask: Callable[[Corpus], object], says: str) -> None:
    with pytest.raises(AnalysisError, match=says):
        ask(make(DOCUMENTS))


def by_hand(text: str, terms: list[str], exclusions: list[str]) -> list[tuple[str, int]]:
    """The rule as docs/themes.md says it, letter by letter."""
    inside = [
        (start, start + len(phrase))
        for phrase in exclusions
        for start in range(len(text))
        if text.startswith(phrase, start)
    ]
    found, at = list[tuple[str, int]](), 0
    while at < len(text):
        here = [
            term
            for term in sorted(terms, key=len, reverse=True)
            if text.startswith(term, at) and not any(a <= at and at + len(term) <= b for a, b in inside)
        ]
        if here:
            found.append((here[0], at))
        at += len(here[0]) if here else 1
    return found


# Letters of which no two make a word, so that no word stands across a border.
LETTERS = st.text("叕焱燚", min_size=1, max_size=4)


@given(
    st.lists(LETTERS, min_size=1, max_size=4, unique=True),
    st.lists(LETTERS, max_size=3, unique=True),
    st.text("叕焱燚", max_size=30),
)
def test_places_are_those_of_the_rule(terms: list[str], exclusions: list[str], text: str) -> None:
    excluding = tuple(phrase for phrase in exclusions if phrase not in terms and any(term in phrase for term in terms))
    theme = Theme("甲", "", tuple(Term(term, term) for term in terms), excluding)
    found = Matcher((theme,)).places(text)
    assert not found.across
    assert [(terms[place.term], place.start) for place in found.kept] == by_hand(text, terms, list(excluding))


def test_two_themes_may_hold_the_same_words() -> None:
    found = Matcher(known(MINE)).places("水渠")
    assert sorted(found.kept) == [Place(0, 0, 0, 2), Place(1, 5, 0, 2)]


def test_weights_that_sum_to_one_but_for_rounding(make: Make) -> None:
    three = pd.DataFrame({"theme": "水利", "term": ["水渠", "堤坝", "河流"], "weight": [0.1, 0.2, 0.7]})
    corpus = make([{"words": "甲", "text": "水渠、堤坝、河流。"}])
    assert tally(corpus, three).held.sum() == 1


@pytest.mark.parametrize(
    ("text", "paragraphs", "count"),
    [
        ("河流、河流、河流。", 0, 1.5),
        ("河流、小溪。", 1, 1),
        ("河流、河流、小溪。", 1, 1.5),
        ("水渠、河流。", 1, 1.5),
        ("河流。\n小溪。", 0, 1),
    ],
)
def test_a_doubtful_term_is_no_company_for_itself(make: Make, text: str, paragraphs: int, count: float) -> None:
    doubtful = pd.DataFrame({"theme": "水利", "term": ["水渠", "河流", "小溪"], "weight": [1, 0.5, 0.5]})
    found = row(themes.count(make([{"words": "甲", "text": text}]), themes=doubtful), "水利")
    assert (found["paragraphs"], found["count"]) == (paragraphs, count)


SHARED = Path(__file__).parents[4] / "shared" / "corpus" / "state_council"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no real reports beside this checkout")
def test_what_is_known_of_the_years(tmp_path: Path) -> None:
    import corpus_tools as ct

    for year in (1981, 1997, 2003, 2004, 2007, 2018, 2020, 2022, 2025):
        (file,) = SHARED.glob(f"*{year}*.txt")
        (tmp_path / "raw").mkdir(exist_ok=True)
        (tmp_path / "raw" / file.name).write_bytes(file.read_bytes())
    ct.build(tmp_path / "raw", tmp_path / "out")
    frame = themes.trend(ct.load(tmp_path / "out"), ["疫情", "港澳台", "三农", "数字", "乡村振兴"], measure="rate")
    rate = frame.pivot(index="theme", columns="year", values="rate")
    # SARS came after the report of March 2003, Covid between those of 2019 and 2020.
    assert rate.loc["疫情", 2004] > 5 * rate.loc["疫情", [1997, 2003, 2007, 2018]].max()
    assert rate.loc["疫情", [2020, 2022]].min() > 5 * rate.loc["疫情", [1997, 2018, 2025]].max()
    assert rate.loc["港澳台", 1997] > rate.loc["港澳台", [1981, 2025]].max()
    assert rate.loc["三农"].idxmax() in (2004, 2007)
    assert rate.loc["数字", 2025] > 5 * rate.loc["数字", [1981, 1997]].max()
    assert rate.loc["乡村振兴", [1997, 2003]].max() < 1 < rate.loc["乡村振兴", [2018, 2022, 2025]].min()


def test_a_share_near_one_has_no_bound_above_it(make: Make) -> None:
    corpus = make(
        [{"words": "甲", "text": "修水渠。\n" * held + "别的话。\n" * rest} for held, rest in ((9, 0), (9, 0), (5, 4))]
    )
    water = row(themes.count(corpus, themes=MINE), "水利")
    assert water["share_paragraphs"] == pytest.approx(23 / 27)
    assert 0 < water["paragraphs_low"] < water["share_paragraphs"]
    assert water["paragraphs_high"] == 1
