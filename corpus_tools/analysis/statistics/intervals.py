"""Intervals of rates, shares and means that hold for the few documents that a year has.

A percentile interval of the bootstrap is too short then: of 5 real reports it held the true rate of a word in 41 to 49 of 100
draws where it should in 95 (benchmarks/intervals.py). What is used instead is the score interval, which widens with the
quantile of Student's t, leans to the side of the long tail and is never below 0.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.special import ndtri, stdtrit

from corpus_tools.analysis.statistics import bootstrap
from corpus_tools.analysis.statistics.bootstrap import Floats, Interval

LEAST = 3  # documents: with two, t has one degree of freedom, and the upper bound is up to 160 times the rate
_TAIL = 0.975  # of a two-sided 95 % interval
_Z = float(ndtri(_TAIL))
_ROUNDING = 1e-12  # what a weighted mean of ones may lack


def score(value: Floats, error: Floats, freedom: Floats | float) -> Interval:
    """95 % score interval of rates whose variance grows as the rate does, as counts' does (quasi-likelihood).

    Every θ whose distance from ``value`` is at most t standard errors of a rate θ: (value - θ)² ≤ t² · error² · θ / value, t
    of ``freedom`` degrees. With error² = value / exposure it is Rao's score interval of a Poisson rate (Brown, Cai and
    DasGupta 2003, Interval estimation in exponential families, Statistica Sinica 13); the observed error lets the counts
    of a document hang together. NaN for ``freedom`` below 2, an unknown error, and a rate of 0, which knows none.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(np.asarray(freedom) >= LEAST - 1, stdtrit(freedom, _TAIL), np.nan) * error
        half = spread**2 / np.where(value > 0, value, np.nan) / 2
        middle, reach = value + half, np.sqrt(spread**2 + half**2)
    return Interval(np.maximum(middle - reach, 0.0), middle + reach)


def share(held: npt.NDArray[np.generic], n: int) -> Interval:
    """95 % interval of the share of documents that hold something, ``held`` of ``n`` (Wilson 1927); NaN for fewer than 3."""
    if n < LEAST:
        return Interval(*np.full((2, len(held)), np.nan))
    return wilson(np.asarray(held, dtype=np.float64) / n, n)


def wilson(p: Floats, n: Floats | float) -> Interval:
    """Wilson's interval of a share ``p`` of ``n``, which need not be whole: the effective number of a weighted sample."""
    z2 = _Z**2
    middle, reach = p + z2 / (2 * n), _Z * np.sqrt(np.maximum(p * (1 - p), 0) / n + z2 / (4 * n**2))
    low, high = (middle - reach) / (1 + z2 / n), (middle + reach) / (1 + z2 / n)
    # At both ends exactly: rounding would leave out a share of 1 that all documents have.
    return Interval(np.where(p <= _ROUNDING, 0.0, low), np.where(p >= 1 - _ROUNDING, 1.0, high))


def effective(p: Floats, error: Floats, n: int) -> Floats:
    """As how many independent documents ``n`` clusters of them tell of a share with this error: p(1 - p)/error², less what t
    is above the normal quantile (Korn and Graubard 1998, Survey Methodology 24); ``n`` where all clusters say the same.
    """
    wider = (stdtrit(max(n - 1, 1), _TAIL) / _Z) ** 2
    spread = p * (1 - p)
    alike = (error == 0) | (spread <= _ROUNDING)
    found: Floats = np.where(alike, n, spread / np.where(alike, 1, error**2 * wider))
    return found


def mean(values: Floats) -> Interval:
    """95 % interval of the mean of each column over the documents, which are the rows: value ± t · s / √n.

    For numbers whose spread does not grow with them (Student 1908, The probable error of a mean, Biometrika 6). NaN for fewer
    than 3 documents.
    """
    n, columns = values.shape
    if n < LEAST:
        return Interval(*np.full((2, columns), np.nan))
    middle, reach = values.mean(axis=0), stdtrit(n - 1, _TAIL) * values.std(axis=0, ddof=1) / np.sqrt(n)
    return Interval(middle - reach, middle + reach)


def silent(n: int) -> float:
    """Upper bound of how many of ``n`` documents could have held what none of them does (Wilson 1927); NaN for fewer than 3."""
    return float(share(np.zeros(1), n).high[0] * n)


def of_ratios(values: csr_matrix, sizes: Floats, *, resamples: int, seed: list[int]) -> Interval:
    """95 % interval of sum(values) / sum(sizes) of each column over the documents, which are the rows: :func:`score`.

    Its error is that of ``resamples`` bootstrap draws. Documents of size 0 say nothing of a rate, and do not count. A column
    that is 0 everywhere has no interval: see :func:`silent`.
    """
    there = np.flatnonzero(sizes > 0)
    values, sizes = values[there], sizes[there]
    ratio = bootstrap.ratio(np.asarray(values.sum(axis=0), dtype=np.float64).ravel(), np.float64(sizes.sum()))
    error = bootstrap.errors_of_ratios(values, sizes, resamples=resamples, seed=seed)
    return score(ratio, error, len(there) - 1)


def of_rates(hits: csr_matrix, sizes: Floats, *, resamples: int, seed: list[int]) -> Interval:
    """The same of counts, where 0 is no end of knowledge: 0 to as many documents as :func:`silent` allows, once each."""
    low, high = of_ratios(hits, sizes, resamples=resamples, seed=seed)
    unsaid, n = np.asarray(hits.sum(axis=0)).ravel() == 0, int((sizes > 0).sum())
    if n >= LEAST:
        low[unsaid], high[unsaid] = 0.0, silent(n) / sizes.sum()
    return Interval(low, high)


def difference(
    first: tuple[Floats, Floats, Floats], second: tuple[Floats, Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """First minus second, with its 95 % interval, from value, low and high of both, which are independent.

    The distances of each bound from its value are added as squares, which keeps both sides' lean (Newcombe 1998, method 10;
    Zou and Donner 2008, Construction of confidence limits about effect measures, Statistics in Medicine 27).
    """
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    away: Floats = a - b
    return away, away - np.hypot(a - a_low, b_high - b), away + np.hypot(a_high - a, b - b_low)
