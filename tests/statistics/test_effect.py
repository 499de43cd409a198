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


def test_documents_of_unequal_length_count_as_fewer():
    # x = 1, 3 of 10, 30: no residual. x = 2, 2: r = .1, residuals 1 and -1, squares 2 / 4² = .125; 40² / (10² + 30²) = 1.6.
    rate = rates([2, 2], [10, 30], 80)
    assert rate.log_variance[0] == pytest.approx(1.6 / 0.6 * 0.125)
    assert rate.freedom[0] == pytest.approx(0.6)
    assert rates([1, 3], [10, 30], 80).log_variance[0] == pytest.approx(0)


def test_freedom_is_that_of_the_documents_that_hold_a_term():
    # Ten documents of 10; 8 and 4 in two of them: r = .12, Σ(x - 1.2)² = 6.8² + 2.8² + 8 · 1.2² = 65.6, variance
    # 10 / 9 · 65.6 / 144 = .50617, of it 1 / 12 a Poisson count's: .50617² / ((.50617 - .08333)² / 1) = 1.433.
    rate = rates([8, 4, *[0] * 8], [10] * 10, 200)
    assert rate.log_variance[0] == pytest.approx(0.50617, abs=1e-5)
    assert rate.freedom[0] == pytest.approx(1.433, abs=1e-3)
    assert rates([1, 1, *[0] * 8], [10] * 10, 200).freedom[0] == 9  # no more than a Poisson count varies
    assert rates([0] * 10, [10] * 10, 200).freedom[0] == 9


def test_words_that_few_documents_repeat_are_not_sure():
    rng = np.random.default_rng(3)
    counts = (rng.random((350, 4000)) < 0.05) * rng.geometric(1 / 30, (350, 4000))
    sizes = np.full(350, 10_000.0)
    sides = [effect.sums(csr_matrix(counts[part]), sizes[part]) for part in (slice(130), slice(130, 350))]
    ratio = effect.log_ratio(*(effect.of_documents(side, float(sizes.sum())) for side in sides))
    assert 0.94 <= ((ratio.low <= 0) & (ratio.high >= 0)).mean() <= 0.98  # with n - 1 degrees of freedom .91


def test_intervals_hold_where_lengths_differ_tenfold():
    rng, held, all_of = np.random.default_rng(2), 0, 0
    for _ in range(30):
        sizes = np.exp(rng.uniform(np.log(3e3), np.log(3e4), 65)).round()
        counts = rng.poisson(0.001 * sizes[:, None] * rng.gamma(3, 1 / 3, (65, 200)))
        sides = [effect.sums(csr_matrix(counts[part]), sizes[part]) for part in (slice(5), slice(5, 65))]
        ratio = effect.log_ratio(*(effect.of_documents(side, float(sizes.sum())) for side in sides))
        held, all_of = held + ((ratio.low <= 0) & (ratio.high >= 0)).sum(), all_of + 200
    assert 0.92 <= held / all_of <= 0.97  # with n - 1 in place of equal documents .905


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
