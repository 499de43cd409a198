from __future__ import annotations

from collections import Counter
from itertools import permutations

import numpy as np
import pytest

from corpus_tools.analysis.statistics import permutation


def test_rows_are_shuffled_within_their_stratum_and_evenly():
    strata = np.asarray([7, 2, 7, 2, 7])
    orders = np.concatenate(list(permutation.shuffles(strata, resamples=6000, seed=1)))
    assert (strata[orders] == strata).all()
    seen = Counter(map(tuple, orders[:, [0, 2, 4]].tolist()))
    assert set(seen) == set(permutations((0, 2, 4)))
    assert max(seen.values()) - min(seen.values()) < 250  # 1000 each, standard deviation 29


def test_blocks_give_as_many_orders(monkeypatch):
    monkeypatch.setattr(permutation, "BLOCK", 12)
    found = list(permutation.shuffles(np.zeros(4, dtype=np.int64), resamples=10, seed=0))
    assert [len(some) for some in found] == [3, 3, 3, 1]


def test_the_observed_counts_among_the_draws():
    drawn = [np.asarray([[1.0, 5.0, 0.0], [3.0, 2.0, 0.0]]), np.asarray([[2.0, 4.0, 0.0]])]
    found = permutation.p_values(np.asarray([2.0, 9.0, np.nan]), drawn)
    assert found[:2] == pytest.approx([3 / 4, 1 / 4])
    assert np.isnan(found[2])
