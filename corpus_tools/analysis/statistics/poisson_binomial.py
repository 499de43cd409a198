"""How likely so many successes are in trials of unequal chances: the Poisson-binomial distribution."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from corpus_tools.analysis.statistics.bootstrap import BLOCK, Floats

Integers = npt.NDArray[np.int64]

EXACT = 100  # successes up to which the tail is summed; above, the normal distribution with skewness is as good


def tail(row: Integers, chance: Floats, seen: Integers) -> tuple[Floats, Floats]:
    """Expected successes, and mid-p (Lancaster 1961) of as many as ``seen`` or more, of each row's trials.

    ``chance`` of a trial and the ``row`` it belongs to; ``seen`` has an entry a row. Exact up to 100 successes, above by the
    refined normal approximation (Hong 2013, On computing the distribution function for the Poisson binomial distribution).
    """
    expected: Floats = np.bincount(row, weights=chance, minlength=len(seen)).astype(np.float64)
    p = _normal(row, chance, seen, expected)
    order = np.argsort(row, kind="stable")
    sizes = np.bincount(row, minlength=len(seen))
    starts = np.cumsum(sizes) - sizes
    # Rows of as many successes and trials together: each block is as wide and as long as its largest row.
    exact = np.flatnonzero(seen <= EXACT)
    exact = exact[np.lexsort((sizes[exact], seen[exact]))]
    done = 0
    while done < len(exact):
        rows = max(1, BLOCK // int(max(sizes[exact[done:]].max(initial=1), EXACT)))
        # No wider than twice the first row's successes.
        rows = min(rows, int(np.searchsorted(seen[exact[done:]], 2 * seen[exact[done]] + 1, side="right")))
        block = exact[done : done + rows]
        size = sizes[block]
        trials = np.zeros((len(block), size.max(initial=0)))
        filled = np.arange(trials.shape[1]) < size[:, None]
        trials[filled] = chance[order[(starts[block][:, None] + np.arange(trials.shape[1]))[filled]]]
        p[block] = _summed(trials, seen[block])
        done += rows
    return expected, p


def _summed(trials: Floats, seen: Integers) -> Floats:
    """The same of rows of trials, summed from the small end so that the smallest keep their digits."""
    dist = np.zeros((len(seen), int(seen.max(initial=0)) + 1))
    dist[:, 0], rows = 1.0, np.arange(len(seen))
    p = (seen == 0).astype(np.float64)
    for trial in trials.T[:, :, None]:
        p += dist[rows, seen - 1] * trial[:, 0] * (seen > 0)
        dist[:, 1:] = dist[:, 1:] * (1 - trial) + dist[:, :-1] * trial
        dist[:, :1] *= 1 - trial
    # Half of what was seen counts: mid-p.
    halved: Floats = np.clip(p - dist[rows, seen] / 2, 0.0, 1.0)
    return halved


def _normal(row: Integers, chance: Floats, seen: Integers, expected: Floats) -> Floats:
    variance = np.bincount(row, weights=chance * (1 - chance), minlength=len(seen))
    third = np.bincount(row, weights=chance * (1 - chance) * (1 - 2 * chance), minlength=len(seen))
    deviation = np.sqrt(np.maximum(variance, 1e-12))
    x = (seen - expected) / deviation
    skew = third / deviation**3 * (1 - x**2) * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi) / 6
    p: Floats = np.clip(ndtr(-x) - skew, 0.0, 1.0)
    return p
