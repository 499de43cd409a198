"""Tests by shuffling documents: exact where what is shuffled could as well have been otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from corpus_tools import progress
from corpus_tools.analysis.statistics.bootstrap import BLOCK, Floats

Integers = npt.NDArray[np.int64]


def shuffles(strata: Integers, *, resamples: int, seed: int | list[int]) -> Iterator[Integers]:
    """Orders of the rows, each shuffled among the rows of the same stratum only; some at a time, orders × rows."""
    random, place = np.random.default_rng(seed), np.argsort(strata, kind="stable")
    _, code = np.unique(strata, return_inverse=True)
    step = max(1, BLOCK // max(len(strata), 1))
    with progress.bar("shuffles", unit="shuffles", total=resamples) as bar:
        for first in range(0, resamples, step):
            size = min(step, resamples - first)
            dealt = np.empty((size, len(strata)), dtype=np.int64)
            dealt[:, place] = np.argsort(code + random.random((size, len(strata))), axis=1)
            yield dealt
            bar.done += size


def p_values(seen: Floats, drawn: Iterable[Floats]) -> Floats:
    """Share of draws, the observed one among them, that are at least as large (Phipson and Smyth 2010).

    ``seen``: what was observed, at least 0, one a column; ``drawn``: the same of draws, some at a time, draws × columns. NaN
    where nothing was observed.
    """
    above, total = np.ones(len(seen)), 1
    for some in drawn:
        # A draw that gives the same again must count as as large, whatever the last digit.
        above += (some >= seen * (1 - 1e-9)).sum(axis=0)
        total += len(some)
    return np.where(np.isnan(seen), np.nan, above / total)


def each(orders: Iterable[Integers], statistic: Callable[[Integers], Floats]) -> Iterator[Floats]:
    """The statistic of each order, one column a term, for statistics of one order at a time."""
    for some in orders:
        yield np.stack([statistic(order) for order in some])
