"""Measures of 2 × 2 tables against the papers that they come from, and against other implementations."""

from __future__ import annotations

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from scipy import stats
from scipy.sparse import csr_matrix

from corpus_tools.analysis.statistics.contingency import Tables, bic, log_dice_interval

CELLS = st.integers(1, 10_000)


def table(a: float, b: float, c: float, d: float) -> Tables:
    return Tables(*(np.array([float(cell)]) for cell in (a, b, c, d)))


@pytest.mark.parametrize(
    ("cells", "g2"),
    [
        # Dunning 1993, table 2: bigrams of the Union Bank of Switzerland, -2 log λ and the cells A B, ~A B, A ~B, ~A ~B.
        ((110, 2442, 111, 29114), 270.72),
        ((29, 13, 123, 31612), 263.90),
        ((31, 23, 139, 31584), 256.84),
        ((10, 0, 3, 31764), 167.23),
    ],
)
def test_log_likelihood_is_dunning_s(cells, g2):
    a, b, c, d = cells
    assert table(a, b, c, d).log_likelihood()[0] == pytest.approx(g2, abs=0.005)


@given(CELLS, CELLS, CELLS, CELLS)
def test_log_likelihood_is_scipy_s(a, b, c, d):
    found = table(a, b, c, d)
    expected = stats.chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")
    assert abs(found.log_likelihood()[0]) == pytest.approx(expected.statistic, rel=1e-6, abs=1e-6)
    assert found.expected[0] == pytest.approx(expected.expected_freq[0, 0])


def test_repelled_words_have_a_negative_log_likelihood():
    assert table(1, 99, 99, 801).log_likelihood()[0] < 0 < table(20, 80, 80, 820).log_likelihood()[0]


def test_mutual_information_is_church_and_hanks():
    # Church & Hanks 1990, table of "doctors": dentists, f(x, y) = 8, f(x) = 1105, f(y) = 44 in 15 million words give 11.3;
    # nurses, 30, 1105, 241, give 10.7.
    found = Tables.of_margins(np.array([8, 30]), np.array([1105, 1105]), np.array([44, 241]), 15e6)
    assert found.mutual_information().round(1).tolist() == [11.3, 10.7]


@pytest.mark.parametrize(
    ("first", "second", "t"),
    [(42, 20, 4.4721), (14907, 9017, 2.3714), (13484, 10570, 2.2446), (14734, 13478, 1.3685), (14093, 14776, 1.2176)],
)
def test_t_score_is_church_et_al(first, second, t):
    # The score of Church et al. 1991, with the figures of Manning & Schütze 1999, table 5.6: bigrams that stand 20 times in
    # 14,307,668 words.
    found = Tables.of_margins(np.array([20]), np.array([first]), np.array([second]), 14_307_668)
    assert found.t_score()[0] == pytest.approx(t, abs=0.0001)


def test_log_dice_is_rychly_s():
    # Rychlý 2008, section 3: at most 14, where the words stand nowhere apart; 0 is less than one in 16,000 of either; one
    # point more is twice as often.
    found = Tables.of_margins(
        np.array([50, 1, 10, 20]), np.array([50, 16_384, 100, 100]), np.array([50, 16_384, 60, 60]), 1e6
    )
    assert found.log_dice().tolist() == pytest.approx([14, 0, 14 + np.log2(20 / 160), 14 + np.log2(40 / 160)])
    # It does not depend on the size of the corpus.
    larger = Tables.of_margins(np.array([10]), np.array([100]), np.array([60]), 1e9)
    assert larger.log_dice()[0] == found.log_dice()[2]


def test_delta_p_is_gries_s():
    # Gries 2013, table 2: of course, 5,610 together, of without course 168,938, course without of 2,257, neither 10,233,063:
    # ΔP(course | of) = 0.032, ΔP(of | course) = 0.697.
    from_of, from_course = table(5_610, 168_938, 2_257, 10_233_063).delta_p()
    assert from_of[0] == pytest.approx(0.032, abs=0.0005)
    assert from_course[0] == pytest.approx(0.697, abs=0.0005)


def test_bic_is_wilson_s():
    assert bic(np.array([20.0, -20.0]), np.array([np.e**5]))[0] == pytest.approx(15)
    assert bic(np.array([20.0, -20.0]), np.array([np.e**5]))[1] == pytest.approx(15)


def test_measures_without_a_joint_count():
    found = table(0, 10, 10, 80)
    assert np.isneginf(found.mutual_information()[0])
    assert np.isnan(found.t_score()[0])
    assert np.isneginf(found.log_dice()[0])


def documents(seed: int, n: int = 80) -> tuple[csr_matrix, np.ndarray, csr_matrix]:
    """A pair in many documents, some of which repeat it."""
    random = np.random.default_rng(seed)
    joint = random.poisson(random.gamma(1, 2, size=(n, 1)), size=(n, 2))
    return csr_matrix(joint), joint[:, 0] + random.poisson(5, n), csr_matrix(joint + random.poisson(9, (n, 2)))


def test_the_interval_of_log_dice_is_that_of_a_bootstrap_over_documents():
    joint, first, second = documents(1)
    found = log_dice_interval(joint, first, second)
    random = np.random.default_rng(0)
    drawn = []
    for _ in range(4000):
        rows = random.integers(0, 80, 80)
        a, x, c = joint[rows].toarray().sum(axis=0), first[rows].sum(), second[rows].toarray().sum(axis=0)
        drawn.append(14 + np.log2(2 * a / (x + c)))
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    assert found.low == pytest.approx(low, abs=0.06)
    assert found.high == pytest.approx(high, abs=0.06)


def test_the_interval_of_log_dice_covers():
    joint, first, second = documents(2, 2000)
    a, c = joint.toarray().sum(axis=0), second.toarray().sum(axis=0)
    true, random, covered = 14 + np.log2(2 * a / (first.sum() + c)), np.random.default_rng(3), 0
    for _ in range(500):
        rows = random.integers(0, 2000, 60)
        found = log_dice_interval(joint[rows], first[rows], second[rows])
        covered += int(((found.low <= true) & (true <= found.high)).sum())
    assert 0.92 <= covered / 1000 <= 0.97


def test_one_document_has_no_interval():
    found = log_dice_interval(csr_matrix([[3], [0]]), np.array([4, 1]), csr_matrix([[5], [1]]))
    assert np.isnan([found.low[0], found.high[0]]).all()
