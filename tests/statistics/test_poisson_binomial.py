"""The tail of the Poisson-binomial distribution against a convolution, and against scipy's binomial where chances are equal."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from scipy import stats

from corpus_tools.analysis.statistics.poisson_binomial import tail

ROWS = st.lists(st.lists(st.floats(0, 1), max_size=12), min_size=1, max_size=5)


@given(ROWS, st.data())
def test_the_tail_is_that_of_a_convolution(rows, data):
    seen = [data.draw(st.integers(0, len(chances))) for chances in rows]
    number = np.repeat(np.arange(len(rows)), [len(chances) for chances in rows])
    flat = np.array([chance for chances in rows for chance in chances], dtype=float)
    expected, p = tail(number, flat, np.array(seen))
    for row, chances in enumerate(rows):
        dist = np.ones(1)
        for chance in chances:
            dist = np.convolve(dist, [1 - chance, chance])
        assert expected[row] == pytest.approx(sum(chances))
        assert p[row] == pytest.approx(dist[seen[row] :].sum() - dist[seen[row]] / 2, abs=1e-12)


@pytest.mark.parametrize(("n", "chance", "seen"), [(80, 0.3, 30), (400, 0.3, 140), (2000, 0.1, 230), (5, 0.01, 5)])
def test_equal_chances_are_a_binomial(n, chance, seen):
    _, p = tail(np.zeros(n, dtype=int), np.full(n, chance), np.array([seen]))
    exact = stats.binom.sf(seen, n, chance) + stats.binom.pmf(seen, n, chance) / 2
    assert p[0] == pytest.approx(exact, rel=0.02 if seen > 100 else 1e-9)


def test_small_probabilities_keep_their_digits():
    _, p = tail(np.zeros(30, dtype=int), np.full(30, 1e-3), np.array([20]))
    assert p[0] == pytest.approx(stats.binom.sf(20, 30, 1e-3) + stats.binom.pmf(20, 30, 1e-3) / 2, rel=1e-9)


def test_no_trials():
    expected, p = tail(np.empty(0, dtype=int), np.empty(0), np.array([0]))
    assert (expected[0], p[0]) == (0, 0.5)
