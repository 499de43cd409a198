"""Measures of the variety of words, against their definitions written out."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.analysis.statistics import diversity

texts = st.lists(st.integers(0, 12), max_size=60).map(lambda words: np.asarray(words, dtype=np.int32))


def words_of(text: str) -> np.ndarray:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(word, len(numbers)) for word in text.split()])


@given(texts, st.integers(1, 25))
def test_mattr_is_the_mean_of_all_stretches(words: np.ndarray, window: int) -> None:
    stretches = [words[at : at + window] for at in range(len(words) - window + 1)]
    found = diversity.mattr(words, window=window)
    if not stretches:
        assert isnan(found)
    else:
        assert found == pytest.approx(np.mean([len(set(stretch.tolist())) / window for stretch in stretches]))


def test_mattr_by_hand() -> None:
    # a b, b b, b a: 2, 1 and 2 different words of 2
    assert diversity.mattr(words_of("a b b a"), window=2) == pytest.approx((1 + 0.5 + 1) / 3)


def test_mtld_of_the_example_of_its_paper() -> None:
    """McCarthy and Jarvis 2010: of the people by the people ends a factor at .667; what is left has a ratio of 1.

    Backwards, people the for people by the people by the of, at people the for the people it is .6, and four words are left.
    """
    assert diversity.mtld(words_of("of the people by the people for the people")) == 9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b a", 3),  # 1, 1, .667: one factor, both ways
        ("a b c a", 4 / ((1 - 0.75) / (1 - 0.72))),  # never below .72; .75 is .893 of the way
        ("a a a a b c d", (7 / 2 + 7 / 1) / 2),  # a a | a a | b c d, but d c b a a a | a
    ],
)
def test_mtld_by_hand(text: str, expected: float) -> None:
    assert diversity.mtld(words_of(text)) == pytest.approx(expected)


def factors(words: list[int], factor: float) -> float:
    """A set and a length, as the paper tells it."""
    total, kinds, length = 0.0, set[int](), 0
    for word in words:
        kinds.add(word)
        length += 1
        if len(kinds) / length < factor:
            total, kinds, length = total + 1, set(), 0
    return total + (1 - len(kinds) / length) / (1 - factor) if length else total


@given(texts, st.sampled_from([0.6, 0.72, 0.8]))
def test_mtld_goes_both_ways(words: np.ndarray, factor: float) -> None:
    both = [factors(order, factor) for order in (words.tolist(), words[::-1].tolist())]
    found = diversity.mtld(words, factor=factor)
    if 0 in both:
        assert isnan(found)
    else:
        assert found == pytest.approx(np.mean([len(words) / ways for ways in both]))
        assert found == pytest.approx(diversity.mtld(words[::-1], factor=factor))


@given(texts)
def test_the_last_occurrence_is_the_last_before(words: np.ndarray) -> None:
    order = words.tolist()
    expected = [max((n for n in range(at) if order[n] == order[at]), default=-1) for at in range(len(order))]
    assert diversity.last_occurrence(words).tolist() == expected


def test_types_over_tokens_fall_with_length_and_these_do_not() -> None:
    rng = np.random.default_rng(0)
    chance = 1 / np.arange(1, 3001)
    words = rng.choice(3000, size=20_000, p=chance / chance.sum())
    means = [np.mean([diversity.mtld(cut) for cut in np.split(words, n)]) for n in (20, 1)]
    assert means[0] == pytest.approx(means[1], rel=0.03)
    means = [np.mean([diversity.mattr(cut, window=100) for cut in np.split(words, n)]) for n in (20, 1)]
    assert means[0] == pytest.approx(means[1], rel=0.005)
    ratios = [np.mean([len(np.unique(cut)) / len(cut) for cut in np.split(words, n)]) for n in (20, 1)]
    assert ratios[0] > 2 * ratios[1]
