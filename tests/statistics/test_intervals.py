"""Intervals against worked examples of the papers they come from, and against their defining equations."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from corpus_tools.analysis.statistics import intervals


# Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3 (Wilson's score).
@pytest.mark.parametrize(
    ("held", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_shares_of_newcombes_table(held, n, low, high):
    found = intervals.share(np.asarray([held]), n)
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(3, 400))
def test_a_share_of_nothing_or_all_is_held_exactly(n):
    found = intervals.share(np.asarray([0, n]), n)
    assert found.low[0] == 0
    assert found.high[1] == 1
    assert intervals.silent(n) == pytest.approx(n * (1 - found.low[1]))


def test_too_few_documents_have_no_interval():
    assert np.isnan(intervals.share(np.asarray([1, 2]), 2)).all()
    assert np.isnan(intervals.score(np.ones(2), np.ones(2), 1)).all()
    assert np.isnan(intervals.score(np.zeros(1), np.zeros(1), 9)).all()


def test_a_mean_has_students_interval():
    values = np.asarray([[0.81, 3.0], [0.79, 5.0], [0.84, 4.0], [0.80, 4.5]])
    scipys = stats.t.interval(0.95, 3, loc=values.mean(axis=0), scale=stats.sem(values))
    assert np.asarray(intervals.mean(values)) == pytest.approx(np.asarray(scipys))
    assert np.isnan(intervals.mean(values[:2])).all()


def test_a_mean_of_shares_far_from_0_is_held_as_often_as_promised():
    # Shares about .8 that documents have, leaning downwards as those of real reports do.
    truth = stats.beta(24, 6)
    for n in (3, 10):
        found = intervals.mean(truth.rvs((n, 20_000), random_state=n))
        held = ((found.low <= truth.mean()) & (truth.mean() <= found.high)).mean()
        assert held == pytest.approx(0.95, abs=0.006)  # four standard errors of 20,000 samples


# Newcombe 1998, Interval estimation for the difference between independent proportions, table II, method 10.
@pytest.mark.parametrize(
    ("a", "m", "b", "n", "low", "high"),
    [(56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (5, 56, 0, 29, -0.0381, 0.1926)],
)
def test_differences_of_newcombes_table(a, m, b, n, low, high):
    sides = [(np.asarray([held / of]), *intervals.share(np.asarray([held]), of)) for held, of in ((a, m), (b, n))]
    away, found_low, found_high = intervals.difference(*sides)
    assert away[0] == pytest.approx(a / m - b / n)
    assert (found_low[0], found_high[0]) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500))
def test_of_counts_without_excess_it_is_raos_interval(count):
    # Brown, Cai and DasGupta 2003: (x + z²/2 ± z √(x + z²/4)) for a Poisson count x.
    z = stats.norm.ppf(0.975)
    found = intervals.score(np.asarray([float(count)]), np.sqrt([float(count)]), np.inf)
    reach = z * np.sqrt(count + z**2 / 4)
    assert (found.low[0], found.high[0]) == pytest.approx((count + z**2 / 2 - reach, count + z**2 / 2 + reach))


@given(st.floats(0.01, 100), st.floats(0.01, 2), st.integers(2, 60))
def test_each_bound_is_t_errors_away_as_its_own_rate_has_them(value, relative, freedom):
    error, t = relative * value, stats.t.ppf(0.975, freedom)
    found = intervals.score(np.asarray([value]), np.asarray([error]), freedom)
    assert 0 <= found.low[0] < value < found.high[0]
    for bound in (found.low[0], found.high[0]):
        assert (value - bound) ** 2 == pytest.approx(t**2 * error**2 * bound / value, rel=1e-4, abs=1e-6 * value**2)


def test_the_figures_of_the_documentation_can_be_made_again():
    benchmark = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "intervals.py"))
    assert {"coverage", "calibration", "dependence", "speed"} <= set(benchmark)
