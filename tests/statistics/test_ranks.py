from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csc_matrix, csr_matrix

from corpus_tools.analysis.statistics import ranks


def exact(values: np.ndarray, group: np.ndarray) -> float:
    """Mid-p of the sum of ranks over every choice of a group of that size."""
    rank = stats.rankdata(values)
    seen = rank[group].sum()
    sums = np.array([rank[list(chosen)].sum() for chosen in combinations(range(len(values)), int(group.sum()))])
    upper = (sums > seen + 1e-9).mean() + (np.abs(sums - seen) < 1e-9).mean() / 2
    return min(1.0, 2 * min(upper, 1 - upper))


def of_two(values: np.ndarray, group: np.ndarray) -> float:
    return float(
        ranks.mann_whitney(csc_matrix(values[:, None]), np.ones(len(values)), (~group).astype(np.int64), 2)[0, 0]
    )


def test_a_rare_term_all_in_a_small_group_has_the_p_of_that_draw():
    values, group = np.zeros(128), np.zeros(128, dtype=bool)
    group[0], values[0] = True, 3.0
    assert of_two(values, group) == pytest.approx(1 / 128)  # one of 128 documents, and it is this one: half of 2 / 128
    group[:8], values[:3] = True, (3.0, 2.0, 1.0)
    chance = 8 * 7 * 6 / (128 * 127 * 126)  # that three of 128 documents are all among these eight
    assert of_two(values, group) == pytest.approx(chance)
    usual = stats.mannwhitneyu(values[group], values[~group], method="asymptotic").pvalue
    assert usual < chance / 1e6  # why the usual approximation will not do


@settings(max_examples=60)
@given(st.data())
def test_few_documents_have_the_p_of_all_choices(data):
    rows = data.draw(st.integers(8, 13))
    size = data.draw(st.integers(1, rows - 1))
    values = np.asarray(
        data.draw(st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5]), min_size=rows, max_size=rows)), float
    )
    group = np.zeros(rows, dtype=bool)
    group[data.draw(st.permutations(range(rows)))[:size]] = True
    assert of_two(values, group) == pytest.approx(exact(values, group))


def test_without_every_choice_small_p_are_close(monkeypatch):
    rng = np.random.default_rng(2)
    for _ in range(60):
        values, group = np.where(rng.random(15) < 0.4, 0, rng.lognormal(size=15)), np.arange(15) < rng.integers(2, 6)
        values += group * (values > 0) * rng.choice([0, 3])
        monkeypatch.setattr(ranks, "EVERY", 0)
        assert of_two(values, group) == pytest.approx(exact(values, group), abs=0.08)


def test_values_that_are_all_different_give_the_usual_test():
    rng = np.random.default_rng(3)
    values = rng.lognormal(size=60) + 1
    group = rng.random(60) < 0.4
    usual = stats.mannwhitneyu(values[group], values[~group], method="asymptotic", use_continuity=False).pvalue
    assert of_two(values, group) == pytest.approx(usual, rel=1e-9)


def test_large_numbers_give_the_usual_test_with_its_ties():
    rng = np.random.default_rng(4)
    values = rng.poisson(0.7, 1200).astype(float)
    group = rng.random(1200) < 0.3
    usual = stats.mannwhitneyu(values[group], values[~group], method="asymptotic", use_continuity=False).pvalue
    assert of_two(values, group) == pytest.approx(usual, rel=1e-9)
    assert abs(np.log(of_two(values[:500], group[:500]) / exact_by_draws(values[:500], group[:500]))) < 0.1


def exact_by_draws(values: np.ndarray, group: np.ndarray) -> float:
    rng, rank = np.random.default_rng(5), stats.rankdata(values)
    drawn = np.array([rng.permutation(rank)[: int(group.sum())].sum() for _ in range(20_000)])
    seen = rank[group].sum()
    upper = (drawn > seen + 1e-9).mean() + (np.abs(drawn - seen) < 1e-9).mean() / 2
    return float(2 * min(upper, 1 - upper))


def test_each_group_against_all_others_and_column_by_column(monkeypatch):
    rng = np.random.default_rng(6)
    values, code = rng.poisson(0.8, (40, 9)).astype(float), rng.integers(0, 4, 40)
    sizes = rng.integers(1, 9, 40).astype(float)
    whole = ranks.mann_whitney(csc_matrix(values * sizes[:, None]), sizes, code, 5)
    for group in range(4):
        for column in range(9):
            assert whole[group, column] == pytest.approx(of_two(values[:, column], code == group))
    assert np.isnan(whole[4]).all()  # a group without documents
    monkeypatch.setattr(ranks, "BLOCK", 20)
    np.testing.assert_array_equal(ranks.mann_whitney(csc_matrix(values * sizes[:, None]), sizes, code, 5), whole)


def test_equal_values_tell_nothing():
    group = np.arange(10) < 4
    assert of_two(np.zeros(10), group) == 1
    assert of_two(np.full(10, 2.0), group) == 1


def log_variance(x: np.ndarray, m: np.ndarray, whole: float) -> float:
    if not x.sum():
        return float(whole / m.sum())
    equal = m.sum() ** 2 / (m**2).sum()
    return float(equal / (equal - 1) * ((x - x.sum() / m.sum() * m) ** 2).sum() / x.sum() ** 2)


def test_permuted_documents_agree_with_all_permutations():
    rng = np.random.default_rng(7)
    counts, sizes = rng.poisson(0.7, (11, 3)), rng.integers(50, 150, 11).astype(float)
    group = np.arange(11) < 4
    found = ranks.permutation(csr_matrix(counts), sizes, group, resamples=19_999, seed=[1])
    for column in range(3):

        def difference(chosen: np.ndarray, x: np.ndarray = counts[:, column]) -> float:
            whole, sides = sizes.sum(), (chosen, ~chosen)
            rates = [(x[side].sum() or sizes[side].sum() / whole) / sizes[side].sum() for side in sides]
            error = np.sqrt(sum(log_variance(x[side], sizes[side], whole) for side in sides))
            return float(abs(np.log(rates[0] / rates[1])) / error)

        every = []
        for chosen in combinations(range(11), 4):
            mask = np.zeros(11, dtype=bool)
            mask[list(chosen)] = True
            every.append(difference(mask))
        share = np.mean(np.asarray(every) >= difference(group) - 1e-12)
        assert found[column] == pytest.approx(share, abs=0.015)


def test_a_group_of_one_is_compared_by_the_difference_of_rates():
    counts, group = np.asarray([[9], [1], [2], [3], [4], [5], [6], [7], [8], [9]]), np.arange(10) == 0
    p = ranks.permutation(csr_matrix(counts), np.ones(10), group, resamples=9_999, seed=[1])
    # The mean of all is 5.4: of ten draws those of 9, 9 and 1 are as far from the mean of the others as this one.
    assert p[0] == pytest.approx(0.3, abs=0.02)


def test_permutation_holds_where_the_documents_of_one_side_are_short():
    rng = np.random.default_rng(8)
    sizes = np.repeat([2000.0, 10_000.0], [6, 40])
    counts = rng.poisson(0.0002 * sizes[:, None] * rng.gamma(3, 1 / 3, (46, 1500)))
    counts = counts[:, (counts > 0).sum(axis=0) >= 3]
    p = ranks.permutation(csr_matrix(counts), sizes, sizes < 5000, resamples=199, seed=[2])
    assert 0.02 < (p <= 0.05).mean() < 0.075  # the plain difference of rates: three times as many


def test_a_permutation_without_a_rest_is_missing():
    assert np.isnan(
        ranks.permutation(csr_matrix([[1]]), np.ones(1), np.ones(1, dtype=bool), resamples=9, seed=[0])
    ).all()


def test_q_values_of_the_worked_example():
    # Benjamini & Hochberg (1995), section 3.2: fifteen p, of which the first four are significant at .05.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    q = ranks.q_values(np.asarray([*p, np.nan]))
    assert (q[:15] < 0.05).tolist() == [True] * 4 + [False] * 11
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert np.isnan(q[15])
