from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpus_tools.analysis.statistics import effect


def rates(counts: list[int], sizes: list[float], whole: float) -> effect.Rate:
    sums = effect.sums(csr_matrix(np.asarray(counts)[:, None]), np.asarray(sizes, dtype=float))
    return effect.of_documents(sums, whole)


def test_twice_as_often_is_1():
    ratio = effect.log_ratio(rates([4, 4], [100, 100], 400), rates([2, 2], [100, 100], 400))
    assert ratio.log_ratio[0] == pytest.approx(1)
    assert ratio.conservative[0] == pytest.approx(1)  # no document differs from its fellows


def test_the_variance_is_that_of_the_linearised_ratio():
    # x = 1, 3 of 10, 10 characters: r = .2, residuals -1 and 1, so 2 / 1 · (1 + 1) / 4² = .25
    assert rates([1, 3], [10, 10], 40).log_variance[0] == pytest.approx(0.25)


def test_the_interval_widens_with_few_documents_and_holds_the_estimate():
    few = effect.log_ratio(rates([1, 3], [10, 10], 40), rates([1, 1], [10, 10], 40))
    many = effect.log_ratio(rates([1, 3] * 20, [10, 10] * 20, 800), rates([1, 1] * 20, [10, 10] * 20, 800))
    assert few.low[0] < many.low[0] < many.log_ratio[0] == few.log_ratio[0] < many.high[0] < few.high[0]
    assert few.conservative[0] == 0  # the interval holds 0
    assert many.conservative[0] == many.low[0] > 0


def test_one_document_has_no_interval():
    ratio = effect.log_ratio(rates([5], [10], 20), rates([1], [10], 20))
    assert ratio.log_ratio[0] == pytest.approx(np.log2(5))
    assert np.isnan([ratio.low[0], ratio.high[0], ratio.conservative[0], ratio.p[0]]).all()


@given(st.integers(1, 50), st.integers(1, 10_000), st.integers(1, 10_000))
def test_what_is_not_said_is_never_said_more(count, size, other):
    whole = 2.0 * (size + other)
    absent, there = rates([0, 0], [size, size], whole), rates([count, 0], [other, other], whole)
    assert effect.log_ratio(absent, there).log_ratio[0] < 0 < effect.log_ratio(there, absent).log_ratio[0]


def test_the_intervals_of_a_known_difference_hold_it():
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(300):
        sizes = rng.integers(3000, 9000, 40).astype(float)
        lift = np.repeat([2.0, 1.0], 20) * rng.gamma(4, 1 / 4, 40)  # documents differ, beyond Poisson
        counts = rng.poisson(0.001 * sizes * lift)
        sides = [effect.sums(csr_matrix(counts[part][:, None]), sizes[part]) for part in (slice(20), slice(20, 40))]
        ratio = effect.log_ratio(*(effect.of_documents(side, float(sizes.sum())) for side in sides))
        held += bool(ratio.low[0] <= 1 <= ratio.high[0])
    assert 0.91 <= held / 300 <= 0.99


def test_a_list_varies_as_poisson_counts():
    rate = effect.of_list(np.asarray([4.0, 0.0]), 100.0, 200.0)
    assert rate.log_variance.tolist() == [0.25, 2.0]
    assert rate.rate.tolist() == [0.04, 0.005]
