from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_matrix

from corpus_tools.analysis.statistics.dispersion import dispersion

# The five parts of Gries (2008, International Journal of Corpus Linguistics 13: 403–437), one letter a word.
PARTS = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]


def measured(letter: str) -> tuple[float, float]:
    counts = csr_matrix([[part.count(letter)] for part in PARTS])
    found = dispersion(counts, np.asarray([len(part) for part in PARTS], dtype=float))
    return float(found.dp_norm[0]), float(found.juilland_d[0])


def test_the_worked_example_of_gries():
    dp_norm, juilland = measured("a")
    assert dp_norm == pytest.approx(0.18 / (1 - 0.18), abs=1e-9)  # DP .18 in the paper; the smallest part is 9 of 50
    assert juilland == pytest.approx(0.785, abs=0.001)


def test_all_in_the_shortest_part_is_1_and_in_proportion_0():
    assert measured("i")[0] == pytest.approx(1)
    even = dispersion(csr_matrix([[2, 1], [4, 1]]), np.asarray([100.0, 200.0]))
    assert even.dp_norm[0] == pytest.approx(0)
    assert even.juilland_d[0] == pytest.approx(1)


def test_nothing_to_measure_is_missing():
    found = dispersion(csr_matrix([[0], [0]]), np.asarray([10.0, 10.0]))
    assert np.isnan(found).all()
    assert np.isnan(dispersion(csr_matrix([[3]]), np.asarray([10.0]))).all()


@given(arrays(np.int64, (6, 4), elements=st.integers(0, 5)), arrays(np.int64, 6, elements=st.integers(0, 50)))
def test_equal_to_the_definitions_one_by_one(counts, sizes):
    found = dispersion(csr_matrix(counts), sizes.astype(float))
    used = sizes > 0
    if used.sum() < 2:
        assert np.isnan(found).all()
        return
    s = sizes[used] / sizes[used].sum()
    for column in range(4):
        x = counts[used, column]
        if not x.sum():
            assert np.isnan([found.dp_norm[column], found.juilland_d[column]]).all()
            continue
        dp = 0.5 * np.abs(x / x.sum() - s).sum()
        rates = x / sizes[used]
        d = 1 - rates.std() / rates.mean() / np.sqrt(used.sum() - 1)
        assert found.dp_norm[column] == pytest.approx(dp / (1 - s.min()), abs=1e-9)
        assert found.juilland_d[column] == pytest.approx(max(d, 0), abs=1e-6)
