"""Kleinberg's automaton, against a search through every sequence of states."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.analysis.statistics.bursts import bursts
from corpus_tools.errors import AnalysisError

SERIES = st.lists(st.integers(0, 9).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), min_size=1, max_size=9)


def cost(states: tuple[int, ...], series: list[tuple[int, int]], scaling: float, gamma: float) -> float:
    """What a sequence of states costs, term by term as in the paper."""
    base = sum(r for r, _ in series) / sum(d for _, d in series)
    shares = (base, min(scaling * base, (1 + base) / 2))
    batches = sum(d > 0 for _, d in series)
    total, before = 0.0, 0
    for state, (r, d) in zip(states, series, strict=True):
        likelihood = math.comb(d, r) * shares[state] ** r * (1 - shares[state]) ** (d - r)
        total += -math.log(likelihood) + gamma * math.log(batches) * (state > before)
        before = state
    return total


@given(SERIES, st.sampled_from([1.5, 2.0, 3.0]), st.sampled_from([0.0, 0.5, 1.0]))
def test_no_sequence_of_states_is_cheaper(series, scaling, gamma):
    relevant, documents = (list(column) for column in zip(*series, strict=True))
    found = bursts(relevant, documents, scaling=scaling, gamma=gamma)
    if not 0 < sum(relevant) < sum(documents):
        assert found == []
        return
    states = tuple(int(any(b.first <= t <= b.last for b in found)) for t in range(len(series)))
    every = itertools.product((0, 1), repeat=len(series))
    least = min(cost(one, series, scaling, gamma) for one in every)
    assert cost(states, series, scaling, gamma) == pytest.approx(least)


@given(SERIES, st.lists(st.integers(0, 9), max_size=3), st.sampled_from([0.0, 0.5, 1.0]))
def test_batches_without_documents_change_nothing(series, gaps, gamma):
    batches = [pair for pair in series if pair[1]]
    widened = [*batches]
    for gap in gaps:
        widened.insert(gap, (0, 0))
    at = [place for place, (_, d) in enumerate(widened) if d]
    alone, between = (bursts([r for r, _ in s], [d for _, d in s], gamma=gamma) for s in (batches, widened))
    assert between == [(at[b.first], at[b.last], b.weight) for b in alone]


@pytest.mark.parametrize(
    ("relevant", "documents"), [([], []), ([0, 0], [3, 2]), ([3, 2], [3, 2]), ([1], [2]), ([0], [0])]
)
def test_a_series_in_which_nothing_stands_out_has_no_burst(relevant, documents):
    assert bursts(relevant, documents) == []


def test_a_burst_by_hand():
    # 4 of 40 documents before and after, 9 of 10 in the middle: p₀ = 17/90, p₁ = 34/90.
    (one,) = bursts([2, 2, 9, 2, 2], [20, 20, 10, 20, 20])
    assert (one.first, one.last) == (2, 2)
    p, q = 17 / 90, 34 / 90
    assert one.weight == pytest.approx(9 * math.log(q / p) + math.log((1 - q) / (1 - p)))


def test_a_batch_without_documents_neither_ends_nor_makes_a_burst():
    spanned = bursts([0, 0, 0, 9, 0, 9, 0, 0, 0], [10, 10, 10, 10, 0, 10, 10, 10, 10])
    assert [(b.first, b.last) for b in spanned] == [(3, 5)]
    assert bursts([1, 0, 1], [2, 0, 2]) == []


@pytest.mark.parametrize(
    ("relevant", "documents", "options"),
    [([1], [1, 2], {}), ([3], [2], {}), ([-1], [2], {}), ([1], [2], {"scaling": 1}), ([1], [2], {"gamma": -1})],
)
def test_what_is_no_series(relevant, documents, options):
    with pytest.raises(AnalysisError):
        bursts(relevant, documents, **options)
