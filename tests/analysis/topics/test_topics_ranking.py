"""Ranks of words, worked out by hand for two topics of three words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.analysis.topics import matching, ranking

# Topic 1 is three quarters of the text.
LOADINGS = np.array([[0.6, 0.4, 0.0], [0.1, 0.4, 0.5]])
SIZES = np.array([3.0, 1.0])


def test_relevance_is_that_of_sievert_and_shirley():
    # p(word) of the first: .75 · .6 + .25 · .1 = .475
    expected = 0.6 * math.log(0.6) + 0.4 * math.log(0.6 / 0.475)
    assert ranking.relevance(LOADINGS, SIZES)[0, 0] == pytest.approx(expected)
    # The second word is as frequent in both topics and in all: only its logarithm counts.
    assert ranking.relevance(LOADINGS, SIZES)[:, 1] == pytest.approx([0.6 * math.log(0.4)] * 2)


def test_frex_is_the_harmonic_mean_of_two_ranks():
    # In topic 2 the third word is the most exclusive (1) and the most frequent: 3/3 and 3/3.
    # The second is second in both: exclusivity .5, frequency .4: 2/3 and 2/3.
    assert ranking.frex(LOADINGS)[1, 1:] == pytest.approx([2 / 3, 1])
    # In topic 1 the second word is second in both, the third of no weight: last in both.
    assert ranking.frex(LOADINGS)[0, 2] == pytest.approx(1 / 3)


def test_words_without_weight_are_in_no_row_by_either_rank():
    for by in ("weight", "relevance"):
        frame = ranking.terms(LOADINGS, SIZES, np.array(["山", "水", "田"]), by=by)
        assert frame[frame["topic"] == 1]["term"].tolist() == ["山", "水"]
    assert ranking.terms(LOADINGS, SIZES, np.array(["山", "水", "田"]), by="weight")["rank"].tolist() == [1, 2, 1, 2, 3]


def test_matching_gives_each_topic_its_partner():
    turned = LOADINGS[::-1]
    partner, similarity = matching.matched(matching.cosines(LOADINGS, turned))
    assert partner.tolist() == [1, 0]
    assert similarity == pytest.approx([1, 1])


def test_a_topic_comes_back_by_its_words_and_not_by_the_first_alone():
    """Cosine of both pairs .9 and more, made by the first word; of the other nine words one topic keeps six, the other two."""
    one = np.zeros((1, 20))
    one[0, :10] = [0.73, *[0.03] * 9]
    for kept, recurs in ((6, True), (2, False)):
        other = np.zeros((1, 20))
        other[0, [0, *range(1, kept + 1), *range(10, 19 - kept)]] = [0.73, *[0.03] * 9]
        refits = matching.refits_of(one, [other])
        assert refits["similarity"].item() > 0.9
        assert refits["words"].item() == pytest.approx((kept + 1) / 10)
        assert refits["recurs"].item() is recurs


def test_a_topic_of_few_words_is_compared_by_those():
    few = np.array([[0.6, 0.4, 0, 0], [0, 0, 0.5, 0.5]])
    assert matching.refits_of(few, [few[::-1], few[:1]])["words"].tolist() == [1, 1, 1, 0]
    assert matching.refits_of(few, []).dtypes.astype(str).to_dict() == {
        "refit": "int64", "topic": "int64", "similarity": "float64", "words": "float64", "recurs": "bool",
    }  # fmt: skip


def test_a_topic_without_partner_is_told():
    partner, similarity = matching.matched(matching.cosines(LOADINGS, LOADINGS[:1]))
    assert (partner.tolist(), similarity.tolist()) == ([0, -1], [pytest.approx(1), 0])


@given(st.integers(2, 6), st.integers(0, 10_000))
def test_any_order_of_the_same_topics_is_found_again(topics, seed):
    random = np.random.default_rng(seed)
    one = random.dirichlet(np.full(12, 0.3), topics)
    order = random.permutation(topics)
    partner, similarity = matching.matched(matching.cosines(one, one[order]))
    assert similarity == pytest.approx(np.ones(topics))
    assert (one[order][partner] == one).all()
