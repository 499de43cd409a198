"""Change points against a search through every cut, and against ruptures' own cost where all times weigh the same."""

from __future__ import annotations

import sys
from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
import ruptures
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_tools.analysis.statistics import changepoints
from corpus_tools.errors import MissingPackageError

SERIES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=6, max_size=12)


def cost(series: np.ndarray, weights: np.ndarray, cuts: tuple[int, ...]) -> float:
    """Squares around the levels in units of the noise, and the penalty, as the docstring defines them."""
    t = len(series)
    variance = np.mean([(series[i + 1] - series[i]) ** 2 / (1 / weights[i] + 1 / weights[i + 1]) for i in range(t - 1)])
    total = len(cuts) * 2 * np.log(t)
    for start, end in pairwise((0, *cuts, t)):
        x, w = series[start:end], weights[start:end]
        total += (w * (x - (w * x).sum() / w.sum()) ** 2).sum() / variance
    return total


@settings(deadline=None)
@example([(0, 1), (0, 1), (0, 1), (1, 1), (1, 2), (1, 1), (0, 3)])  # PELT prunes the cheapest cut
@given(SERIES)
def test_no_other_cut_is_cheaper(pairs):
    series, weights = np.asarray(pairs, dtype=float).T
    found = tuple(changepoints.changes(series, weights))
    if len(set(series)) == 1:
        assert found == ()
        return
    times = range(3, len(series) - 2)
    allowed = [
        cuts for k in range(4) for cuts in combinations(times, k)
        if all(b - a >= 3 for a, b in pairwise((0, *cuts, len(series))))
    ]  # fmt: skip
    assert found in allowed
    assert cost(series, weights, found) == pytest.approx(min(cost(series, weights, cuts) for cuts in allowed))


def test_with_equal_weights_it_is_ruptures_least_squares():
    series = np.concatenate([np.zeros(7), np.full(5, 4.0), np.full(9, 1.0)]) + np.random.default_rng(0).normal(
        0, 0.4, 21
    )
    penalty = 2 * np.log(21) * changepoints.noise(series, np.ones(21))
    theirs = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(series).predict(pen=penalty)[:-1]
    assert changepoints.changes(series, np.full(21, 8.0)) == theirs == [7, 12]


def test_noise_by_hand():
    # Differences 3, -1, 0 between times of weights 1, 1, 2, 2: (9 / 2 + 1 / 1.5 + 0) / 3.
    assert changepoints.noise(np.asarray([1.0, 4, 3, 3]), np.asarray([1.0, 1, 2, 2])) == pytest.approx(
        (4.5 + 2 / 3) / 3
    )


def test_without_ruptures_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ruptures", None)
    with pytest.raises(MissingPackageError, match=r"corpus-tools\[changes\]"):
        changepoints.changes(np.arange(8.0), np.ones(8))


@given(SERIES)
def test_a_stretch_saves_what_its_own_level_does(pairs):
    sums, sizes = np.asarray(pairs, dtype=float).T
    where = changepoints.stretches(len(sums))
    x = sums / sizes

    def squares(of: np.ndarray) -> float:
        return (sizes[of] * (x[of] - sums[of].sum() / sizes[of].sum()) ** 2).sum()

    every = np.ones(len(sums), dtype=bool)
    for first, end, saved in zip(*where, changepoints.gains(sums, sizes, where), strict=True):
        inside = np.zeros(len(sums), dtype=bool)
        inside[first:end] = True
        assert saved == pytest.approx(squares(every) - squares(inside) - squares(~inside), abs=1e-7)


def test_where_changes_can_be():
    assert list(zip(*changepoints.single(8), strict=True)) == [(0, 3), (0, 4), (0, 5)]
    assert list(zip(*changepoints.stretches(6), strict=True)) == [(0, 3), (3, 6)]
    assert (3, 6) in list(zip(*changepoints.stretches(9), strict=True))
    assert (0, 9) not in list(zip(*changepoints.stretches(9), strict=True))


def test_the_chance_is_that_of_all_orders():
    values, sizes = np.asarray([0.0, 1, 0, 2, 3, 9]), np.asarray([3.0, 2, 4, 2, 3, 5])
    where = changepoints.single(6)
    seen = changepoints.gains(values, sizes, where).max()
    every = [changepoints.gains(values[list(o)], sizes[list(o)], where).max() for o in permutations(range(6))]
    exact = np.mean(np.asarray(every) >= seen * (1 - 1e-9))
    options = {"where": changepoints.single, "strata": np.zeros(6, dtype=np.int64), "resamples": 4000, "seed": 1}
    found = changepoints.chance(values, sizes, np.arange(6), **options)
    assert found == pytest.approx(exact, abs=0.03)
    shuffled = [3, 0, 5, 2, 1, 4]
    assert changepoints.chance(values[shuffled], sizes[shuffled], np.arange(6)[shuffled], **options) == found
    assert np.isnan(changepoints.chance(np.zeros(6), sizes, np.arange(6), **options))
