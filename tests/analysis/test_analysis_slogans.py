from __future__ import annotations

import itertools
from collections import Counter

import hypothesis.strategies as st
import pytest
from hypothesis import given

from corpus_tools.analysis import phrases, slogans
from corpus_tools.analysis.slogans.lexicon import known
from corpus_tools.analysis.slogans.matching import About, matcher
from corpus_tools.errors import AnalysisError
from corpus_tools.language import lexicon
from corpus_tools.placeholders import STAND_IN, fold

pytestmark = pytest.mark.usefixtures("own_lexicon")

# By hand: 四个坚守 twice (once inside its own variant), 小康河谷 once alone, once inside the longer one.
FIRST = "要增强“四个坚守”，\n守住四个 坚守。小康河谷在望，全面建成小康河谷。"
SECOND = "双减“双提”，守正、创新。"
DOCUMENTS = [
    {"words": "甲", "text": FIRST, "year": 2019},
    {"words": "甲", "text": SECOND, "year": 2019},
    {"words": "甲", "text": "没有提法的一年", "year": 2021},
    {"words": "甲", "text": "小康河谷", "year": None},
]


def row(frame, **wanted):
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_longest_match_counts_a_nested_slogan_once(make):
    frame = slogans.count(make(DOCUMENTS), by="year")
    short = row(frame, year=2019, slogan="小康河谷")
    assert (short["count"], short["count_all"], short["documents"], short["n"]) == (1, 2, 1, 2)
    assert row(frame, year=2019, slogan="全面建成小康河谷")["count"] == 1


def test_variants_count_for_their_slogan_once_a_place(make):
    found = row(slogans.count(make(DOCUMENTS), by="year"), year=2019, slogan="四个坚守")
    assert (found["count"], found["count_all"]) == (2, 2)


def test_rates_stand_on_the_group_s_han_characters(make):
    # FIRST has 27 Han characters (7 + 6 + 6 + 8), SECOND 8.
    found = row(slogans.count(make(DOCUMENTS), by="year"), year=2019, slogan="四个坚守")
    assert found["per_10k"] == pytest.approx(2 / 35 * 10_000)
    assert found["share_documents"] == 0.5


def test_a_year_with_documents_has_zeros_and_a_year_without_has_no_row(make):
    frame = slogans.count(make(DOCUMENTS), by="year")
    assert sorted(frame["year"].unique()) == [2019, 2021]
    assert (frame[frame["year"] == 2021]["count"] == 0).all()
    assert "从未说过" not in set(frame["slogan"])


def test_the_whole_corpus_counts_undated_documents_too(make):
    frame = slogans.count(make(DOCUMENTS))
    assert list(frame.columns) == [
        "slogan", "count", "count_all", "documents", "n", "share_documents", "share_low", "share_high",
        "per_10k", "per_10k_low", "per_10k_high",
    ]  # fmt: skip
    assert row(frame, slogan="小康河谷")["count"] == 2
    assert row(frame, slogan="小康河谷")["n"] == 4


def test_match_all_moves_documents_and_rates(make):
    corpus = make([{"words": "甲", "text": "全面建成小康河谷", "year": 2020}])
    assert row(slogans.count(corpus), slogan="小康河谷")["documents"] == 0
    assert row(slogans.count(corpus, match="all"), slogan="小康河谷")["per_10k"] == pytest.approx(1 / 8 * 10_000)


def test_unknown_match_is_an_error(make):
    with pytest.raises(AnalysisError, match="'longest' or 'all'"):
        slogans.count(make(DOCUMENTS), match="fuzzy")


def test_groups_add_up_to_the_whole(make):
    corpus = make(DOCUMENTS).where(year=range(2000, 2030))
    parts = slogans.count(corpus, by="year").groupby("slogan")["count"].sum()
    assert parts.to_dict() == slogans.count(corpus).set_index("slogan")["count"].to_dict()


def test_hits_point_into_the_clean_text(make):
    corpus = make(DOCUMENTS)
    frame = slogans.hits(corpus, "四个坚守")
    # The closing quotation mark after a form is not part of it, the opening one inside a form is.
    assert frame["found"].tolist() == ["增强“四个坚守", "四个 坚守"]
    for hit in frame.itertuples():
        text = corpus.documents.set_index("doc_id").loc[hit.doc_id, "text"]
        assert text[hit.start : hit.end] == hit.found
        assert hit.found in hit.context
    assert len(frame) == slogans.count(corpus).set_index("slogan").loc["四个坚守", "count"]


def test_hits_of_a_phrase_outside_the_lexicon_are_exact(make):
    assert slogans.hits(make(DOCUMENTS), "小康")["found"].tolist() == ["小康"] * 3
    with pytest.raises(AnalysisError, match="no character"):
        slogans.hits(make(DOCUMENTS), " “”")


def test_a_phrase_with_something_hidden_is_found_under_every_mark(make):
    corpus = make([{"words": "XX市科协 和 ××市科协 、 **市科协"}, {"words": "云州市科协 和 XX省科协"}])
    assert slogans.hits(corpus, "xx市科协")["found"].tolist() == ["XX市科协", "××市科协", "**市科协"]
    assert slogans.hits(corpus, "市科协")["doc_id"].tolist() == ["d000", "d000", "d000", "d001"]


CHARACTERS = st.sampled_from(
    "四个坚守增强意识小康河谷全面建成双减提，、。“”\"'《》「」１２ａ①㈠ﬁ é\u0301\u3000\nXx×*＊_某〓"
)


@given(st.text(CHARACTERS, max_size=60))
def test_positions_and_plain_normalisation_agree(text):
    clean, starts, ends = phrases.with_positions(text)
    assert clean == phrases.normalise(text)
    assert len(clean) == len(starts) == len(ends)
    pieces = [(c, lexicon.matched(text[a:b])) for c, a, b in zip(clean, starts, ends, strict=True)]
    assert all(c in piece for c, piece in pieces if c != STAND_IN)


@given(st.text(CHARACTERS, max_size=60))
def test_fast_normalisation_is_what_unicode_says(text):
    assert phrases.normalise(text) == lexicon.matched(fold(text))


@given(st.text(CHARACTERS, max_size=60))
def test_all_matches_of_one_phrase_are_what_str_count_finds(text):
    forms, clean = ["小康河谷", "四个", "守"], phrases.normalise(text)
    found = phrases.count([clean], forms).toarray().ravel().tolist()
    assert found == [clean.count(form) for form in forms]


@given(st.text(CHARACTERS, max_size=60))
def test_longest_matches_never_overlap_nor_outnumber_all_matches(text):
    wanted = matcher(known(None))
    places = wanted.places(text, About(None, ()))
    longest, everywhere = list(phrases.longest(places)), list(phrases.apart(places))
    assert all(end <= start for (_, _, end), (_, start, _) in itertools.pairwise(longest))
    assert not Counter(phrase for phrase, _, _ in longest) - Counter(phrase for phrase, _, _ in everywhere)
