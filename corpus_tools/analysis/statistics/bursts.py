"""Bursts: stretches of time in which something is said markedly more often than over all of it.

Kleinberg's two-state automaton for batches (J. Kleinberg 2002, Bursty and Hierarchical Structure in Streams, section 4): of the
``documents`` of each batch some are ``relevant``; in the base state each is so with the share p₀ of all, in the burst state
with p₁. A sequence of states costs the negative logarithm of its likelihood and γ·ln(batches) for each step up into a burst;
the cheapest sequence holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus_tools.errors import AnalysisError


class Burst(NamedTuple):
    """A burst: its first and last batch, counted from 0, and its weight, the cost (in nats) that it saves."""

    first: int
    last: int
    weight: float


def bursts(
    relevant: Sequence[int], documents: Sequence[int], *, scaling: float = 2.0, gamma: float = 1.0
) -> list[Burst]:
    """Return the bursts of a series, in order.

    ``relevant[t]`` of ``documents[t]`` in batch t. A batch without documents is a gap, and the result is that of the series
    without it: a year without reports is no evidence that a burst ended, so that a burst spans a gap, however wide, when it
    holds on both sides, and never begins or ends in one. p₁ is ``scaling`` times p₀, but at most halfway from p₀ to 1: with a
    cap just below 1 instead, one document that is silent would end the burst of a slogan that half of all hold. A step up
    costs ``gamma`` · ln(number of batches), a step down nothing; a series may begin in a burst at the price of a step.
    AnalysisError for unequal lengths, negative numbers or more relevant than there are documents, and for ``scaling`` of 1
    or less or a negative ``gamma``.
    """
    r, d = np.asarray(relevant, dtype=np.int64), np.asarray(documents, dtype=np.int64)
    if r.shape != d.shape or (r < 0).any() or (r > d).any():
        raise AnalysisError("relevant and documents must be of one length, and 0 ≤ relevant ≤ documents in each batch")
    if scaling <= 1 or gamma < 0:
        raise AnalysisError(f"scaling is {scaling}, gamma {gamma}; scaling must be above 1 and gamma not negative")
    if not 0 < r.sum() < d.sum():
        return []
    there = np.flatnonzero(d)
    r, d = r[there], d[there]
    base = r.sum() / d.sum()
    burst = min(scaling * base, (1 + base) / 2)
    costs = [-(r * np.log(p) + (d - r) * np.log1p(-p)) for p in (base, burst)]
    found = _runs(_cheapest(*costs, step=gamma * np.log(len(r))), costs[0] - costs[1])
    return [Burst(int(there[first]), int(there[last]), weight) for first, last, weight in found]


def _cheapest(base: np.ndarray, burst: np.ndarray, *, step: float) -> list[bool]:
    """Whether each batch is in the burst state, in the cheapest sequence; of equal ones that with the fewest bursts."""
    low, high = 0.0, step
    came_from = list[tuple[bool, bool]]()
    for cost_low, cost_high in zip(base, burst, strict=True):
        down, up = high < low, low + step <= high
        came_from.append((down, not up))
        low, high = min(low, high) + cost_low, min(high, low + step) + cost_high
    state, states = bool(high < low), list[bool]()
    for from_high_when_low, from_high_when_high in reversed(came_from):
        states.append(state)
        state = from_high_when_high if state else from_high_when_low
    return states[::-1]


def _runs(states: list[bool], saved: np.ndarray) -> list[Burst]:
    edges = np.flatnonzero(np.diff([0, *map(int, states), 0]))
    return [Burst(int(a), int(b) - 1, float(saved[a:b].sum())) for a, b in zip(edges[::2], edges[1::2], strict=True)]
