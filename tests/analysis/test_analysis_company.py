from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_matrix

from corpus_tools.analysis.slogans import company
from corpus_tools.analysis.slogans.company import together
from corpus_tools.analysis.statistics import poisson_binomial
from corpus_tools.errors import AnalysisError

A, B, C = "四个坚守", "双减双提", "小康河谷"
OTHER = "别的文字"

pytestmark = pytest.mark.usefixtures("own_lexicon")


def documents(*texts, **more):
    return [{"words": "甲", "text": text, "year": 2001 + n, **more} for n, text in enumerate(texts)]


def only(frame):
    assert len(frame) == 1
    return frame.iloc[0]


# Five paragraphs of four characters and one of eight; A stands in two of them, B in two, both in one.
FIRST = f"{A}{B}\n{A}\n{B}\n{OTHER}\n\n{OTHER}\n{OTHER}"


def test_paragraphs_and_their_table(make):
    row = only(together(make(documents(FIRST)), min_documents=1))
    assert (row["slogan_a"], row["slogan_b"]) == (A, B)
    assert (row["paragraphs"], row["paragraphs_a"], row["paragraphs_b"]) == (1, 2, 2)
    assert row["expected"] == pytest.approx(2 * 2 / 6)  # the empty line is no paragraph
    table = [[1, 1], [1, 3]]
    g2 = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert row["log_likelihood"] == pytest.approx(g2)
    by_hand = 2 * (1 * np.log(1 / (4 / 6)) + 2 * 1 * np.log(1 / (8 / 6)) + 3 * np.log(3 / (16 / 6)))
    assert row["log_likelihood"] == pytest.approx(by_hand)


def test_avoidance_has_a_negative_sign(make):
    texts = [f"{A}{B}\n" + f"{A}\n{B}\n" * 5] * 2
    assert only(together(make(documents(*texts)), min_documents=1))["log_likelihood"] < 0


def test_the_chance_of_a_document_is_that_of_its_paragraphs_by_length(make):
    # A once, B once, in paragraphs of 8, 4 and 12 characters of 24: both in the same with (8² + 4² + 12²) / 24².
    text = f"{A}{B}\n{OTHER}\n{OTHER * 3}"
    row = only(together(make(documents(text, text)), min_documents=1))
    chance = (8**2 + 4**2 + 12**2) / 24**2
    assert row["documents_expected"] == pytest.approx(2 * chance)
    assert row["p_value"] == row["q_value"] == pytest.approx(chance**2 / 2)  # mid-p of two of two


def test_a_document_is_one_observation_however_often_it_repeats(make):
    once = together(make(documents(f"{A}{B}\n{OTHER * 2}\n{OTHER * 2}")), min_documents=1)
    assert only(once)["p_value"] == pytest.approx((1 / 3) / 2)
    ten = "\n".join([A + B] * 10 + [OTHER * 2] * 20)
    frequent = only(together(make(documents(ten)), min_documents=1))
    assert frequent["paragraphs"] == 10
    assert (frequent["documents"], frequent["documents_a"], frequent["documents_both"]) == (1, 1, 1)
    assert frequent["p_value"] > 0.4  # in ten of thirty paragraphs each, they meet somewhere anyhow


def test_slogans_of_the_same_years_are_not_company(make):
    apart, mixed = f"{A}\n{B}" + f"\n{OTHER}" * 8, f"{A}{B}" + f"\n{OTHER}" * 9
    row = only(together(make(documents(*[apart] * 9, mixed)), min_documents=1))
    assert (row["documents"], row["documents_both"]) == (1, 10)
    assert row["p_value"] > 0.1


def test_reports_of_one_year_may_be_one_observation(make):
    texts = [f"{A}{B}\n{OTHER * 2}"] * 4
    corpus = make([entry | {"year": 2020 + n % 2} for n, entry in enumerate(documents(*texts))])
    row = only(together(corpus, unit="year", min_documents=2))
    assert (row["documents"], row["documents_a"], row["documents_both"]) == (2, 2, 2)
    chance = 1 - (1 - 1 / 2) ** 2  # of two documents of a year at least one
    assert row["documents_expected"] == pytest.approx(2 * chance)
    assert row["p_value"] == pytest.approx(chance**2 / 2)


def test_pairs_never_together_have_no_row_but_count_in_q(make):
    text = f"{A}{B}\n{C}\n" + f"{OTHER}\n" * 6
    frame = together(make(documents(text, text)), min_documents=2)
    assert frame[["slogan_a", "slogan_b"]].to_numpy().tolist() == [[A, B]]
    assert only(frame)["q_value"] == pytest.approx(3 * only(frame)["p_value"])
    assert together(make(documents(text, text)), min_documents=3).empty


def test_sentences_are_closer_than_paragraphs(make):
    corpus = make(documents(f"{A}在前。{B}在后！\n{A}，{C}"))
    pairs = [
        {frozenset(pair) for pair in together(corpus, within=w, min_documents=1)[["slogan_a", "slogan_b"]].to_numpy()}
        for w in ("paragraph", "sentence")
    ]
    assert pairs == [{frozenset((A, B)), frozenset((A, C))}, {frozenset((A, C))}]


def test_a_pair_says_the_same_from_both_sides(make):
    corpus = make(documents(FIRST, f"{A}{C}\n{B}{C}\n{OTHER}", f"{C}\n{A}{B}{C}"))
    whole = together(corpus, min_documents=1)
    numbers = [
        "paragraphs",
        "expected",
        "log_likelihood",
        "documents",
        "documents_both",
        "documents_expected",
        "p_value",
    ]
    assert len(whole) == 3
    for row in whole.itertuples():
        for one, other in ((row.slogan_a, row.slogan_b), (row.slogan_b, row.slogan_a)):
            frame = together(corpus, slogan=one, min_documents=1)
            assert set(frame["slogan_a"]) == {one}
            found = only(frame[frame["slogan_b"] == other])
            assert found[numbers].tolist() == pytest.approx([getattr(row, name) for name in numbers])
    assert (whole["paragraphs"] <= whole[["paragraphs_a", "paragraphs_b"]].min(axis=1)).all()
    assert (whole["documents"] <= whole["documents_both"]).all()


def test_a_nested_slogan_does_not_accompany_the_longer_one(make):
    assert together(make(documents("全面建成小康河谷")), min_documents=1).empty


def test_bad_questions(make):
    corpus = make(documents(FIRST))
    with pytest.raises(AnalysisError, match="'paragraph' or 'sentence'"):
        together(corpus, within="chapter")
    with pytest.raises(AnalysisError, match="no slogan '没有的'"):
        together(corpus, slogan="没有的")
    with pytest.raises(AnalysisError, match="cannot group by 'colour'"):
        together(corpus, unit="colour")
    with pytest.raises(AnalysisError, match="no documents"):
        together(corpus.where(year=1900))


def test_a_corpus_without_slogans_has_no_pairs(make):
    assert together(make(documents(OTHER))).empty
    assert "q_value" in together(make(documents(OTHER)))


def test_many_successes_go_by_the_normal_with_little_error():
    chances = np.random.default_rng(0).uniform(0.1, 0.9, 400)
    for seen in (180, 200, 215):
        row = np.zeros(400, dtype=np.int64)
        exact = poisson_binomial._summed(chances[None], np.asarray([seen]))
        assert poisson_binomial.tail(row, chances, np.asarray([seen]))[1] == pytest.approx(exact, abs=5e-4)


@given(st.lists(st.integers(1, 300), min_size=1, max_size=20), st.data())
def test_the_places_of_a_slogan_add_up_to_how_many_it_has(han, data):
    numbers = np.asarray([data.draw(st.integers(1, len(han)))])
    chance = company._inclusion(numbers, np.asarray(han))
    assert chance.sum() == pytest.approx(numbers[0])
    assert ((chance >= 0) & (chance <= 1 + 1e-12)).all()


def test_shuffled_paragraphs_are_significant_as_often_as_they_should():
    documents, paragraphs, slogans = 20, 10, 40
    random = np.random.default_rng(3)
    held = np.zeros((documents, paragraphs, slogans), dtype=np.int64)
    for document, slogan in np.ndindex(documents, slogans):
        held[document, random.choice(paragraphs, random.integers(1, 4), replace=False), slogan] = 1
    owner, han = np.repeat(np.arange(documents), paragraphs), np.full(documents * paragraphs, 100)
    pieces = company._Pieces(csr_matrix(held.reshape(-1, slogans)), owner, han)
    pairs = company._Company(pieces, np.arange(documents))
    p = np.concatenate([pairs.of(a, 5, one=False)["p_value"] for a in range(slogans)])
    assert len(p) == slogans * (slogans - 1) / 2
    assert 0.03 < (p < 0.05).mean() < 0.07
    assert p.mean() == pytest.approx(0.5, abs=0.03)
