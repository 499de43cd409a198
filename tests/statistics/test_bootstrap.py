"""Errors of the bootstrap, against a loop over the same draws and against theory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpus_tools.analysis.statistics import bootstrap

HITS = csr_matrix([[2, 0, 1], [0, 0, 3], [5, 0, 0], [1, 0, 2]])
SIZES = np.asarray([10.0, 30.0, 25.0, 5.0])


def test_the_error_is_that_of_a_loop_over_the_same_draws():
    random, ratios = np.random.default_rng([3]), []
    for _ in range(50):
        times = random.multinomial(4, [1 / 4] * 4)
        rows = np.repeat(np.arange(4), times)
        ratios.append(HITS[rows].toarray().sum(axis=0) / SIZES[rows].sum())
    whole = HITS.toarray().sum(axis=0) / SIZES.sum()
    by_hand = np.sqrt(((np.asarray(ratios) - whole) ** 2).mean(axis=0) * 4 / 3)
    found = bootstrap.errors_of_ratios(HITS, SIZES, resamples=50, seed=[3])
    assert found == pytest.approx(by_hand)
    assert found[1] == 0


def test_of_a_mean_it_is_the_standard_error():
    values = np.random.default_rng(1).poisson(3, (12, 200)).astype(float)
    found = bootstrap.errors_of_ratios(csr_matrix(values), np.ones(12), resamples=4000, seed=[0])
    assert found == pytest.approx(values.std(axis=0, ddof=1) / np.sqrt(12), rel=0.06)


def test_blocks_and_other_columns_change_nothing(monkeypatch):
    whole = bootstrap.errors_of_ratios(HITS, SIZES, resamples=200, seed=[5])
    monkeypatch.setattr(bootstrap, "BLOCK", 20)
    assert bootstrap.errors_of_ratios(HITS, SIZES, resamples=200, seed=[5]) == pytest.approx(whole)


@given(st.integers(3, 20), st.integers(1, 30), st.integers(1, 90), st.sampled_from([150, 900, 4000]), st.data())
def test_a_column_has_the_same_error_to_the_digit_whatever_stands_beside_it(n, columns, resamples, block, data):
    random = np.random.default_rng(data.draw(st.integers(0, 9)))
    values, sizes = csr_matrix(random.poisson(0.7, (n, columns))), random.integers(1, 90, n).astype(float)
    some = data.draw(st.lists(st.integers(0, columns - 1), min_size=1, max_size=5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "BLOCK", block)
        whole = bootstrap.errors_of_ratios(values, sizes, resamples=resamples, seed=[5])
        alone = bootstrap.errors_of_ratios(values[:, some], sizes, resamples=resamples, seed=[5])
    assert alone.tolist() == whole[some].tolist()


def test_one_document_has_no_error():
    assert np.isnan(bootstrap.errors_of_ratios(HITS[:1], SIZES[:1], resamples=9, seed=[0])).all()
