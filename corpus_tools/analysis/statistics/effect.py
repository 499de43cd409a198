"""How many times as often a term is said in one group as in another, and how sure that is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import stdtr, stdtrit

from corpus_tools.analysis.statistics.bootstrap import Floats, ratio

LEVEL = 0.975  # upper quantile of a two-sided 95 % interval
# Degrees of freedom where one document holds a term: it tells nothing of others; bounds are then hundreds of errors away.
ONE_HOLDS = 0.5


class Sums(NamedTuple):
    """Sums over the documents of a group: counts x, x², x·m and documents that hold it (one a term), sizes m, m², documents.

    Of many groups of as many documents at once, the first six are arrays: terms × groups, m and m² one a group.
    """

    x: Floats
    xx: Floats
    xm: Floats
    held: Floats
    m: float | Floats
    mm: float | Floats
    n: int

    def minus(self, other: Sums) -> Sums:
        """The sums over the documents that the other has not."""
        return Sums(
            self.x - other.x, self.xx - other.xx, self.xm - other.xm, self.held - other.held,
            self.m - other.m, self.mm - other.mm, self.n - other.n,
        )  # fmt: skip


def sums(counts: csr_matrix, sizes: Floats) -> Sums:
    """Add up the documents, which are the rows."""
    counts = csr_matrix(counts, dtype=np.float64)
    x, xx, xm = (np.asarray(part).ravel() for part in (counts.sum(axis=0), counts.power(2).sum(axis=0), sizes @ counts))
    held = np.asarray(counts.getnnz(axis=0), dtype=np.float64)
    return Sums(x, xx, xm, held, float(sizes.sum()), float((sizes**2).sum()), len(sizes))


class Rate(NamedTuple):
    """Rates, the variances of their logarithms, and the degrees of freedom these have."""

    rate: Floats
    log_variance: Floats
    freedom: float | Floats


def of_documents(of: Sums, whole: float) -> Rate:
    """Rates with the variance over documents (ratio estimator, linearised: Cochran 1977, ch. 6).

    A count of 0, which has no logarithm, stands as the side's share of one occurrence, size / ``whole``, with the variance of a
    Poisson count of that: .5 for sides of equal size (Hardie 2014), and less for a small one, which could hardly show the term.
    NaN for fewer than two documents. Documents count as the number of equal ones that would say as much, m² / Σm² (Kish 1965,
    Survey Sampling, ch. 11): with lengths that differ tenfold, n of them make the variance too small and intervals of 90 %.

    Of the variance only what is beyond a Poisson count's, 1 / x, must be learnt from documents, and those without the term
    teach little of it: its degrees of freedom are one fewer than the documents that hold the term, those of the whole
    Satterthwaite's (1946). With n - 1 a word that few documents repeat often has intervals of 70 to 90 %.
    """
    zero = of.m / whole
    if of.n < 2 or not np.all(of.m):
        nothing = np.full(of.x.shape, np.nan)
        return Rate(np.where(of.x > 0, of.x, zero) / of.m if np.all(of.m) else nothing, nothing, np.nan)
    r = of.x / of.m
    residual = np.maximum(of.xx - 2 * r * of.xm + r**2 * of.mm, 0)
    equal = of.m**2 / of.mm
    variance = np.where(of.x > 0, equal / (equal - 1) * ratio(residual, of.x**2), 1 / zero)
    return Rate(np.where(of.x > 0, of.x, zero) / of.m, variance, _freedom(of, variance, equal - 1))


def _freedom(of: Sums, variance: Floats, most: float | Floats) -> Floats:
    beyond = np.maximum(variance - ratio(np.ones_like(of.x), of.x), 0)
    least = np.maximum(np.minimum(of.held - 1, most), ONE_HOLDS)
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = np.maximum(variance**2 / (beyond**2 / least), least)
    return np.where((of.x > 0) & (beyond > 0), np.minimum(freedom, most), most)


def of_list(counts: Floats, size: float, whole: float) -> Rate:
    """Rates of a frequency list, which has no documents: with the variance of Poisson counts."""
    shown = np.where(counts > 0, counts, size / whole)
    return Rate(shown / size, 1 / shown, np.inf)


class LogRatio(NamedTuple):
    """Log ratios (base 2), 95 % intervals, the bound that is nearer to 0 (0 where the interval holds it), p of no difference."""

    log_ratio: Floats
    low: Floats
    high: Floats
    conservative: Floats
    p: Floats


def log_ratio(group: Rate, reference: Rate) -> LogRatio:
    """Binary logarithm of the ratio of two rates (Hardie 2014), with an interval of Student's t and Welch's degrees of freedom.

    ``conservative`` is Evert's LRC (2022) with documents in place of words as the sample, and not corrected for the number of
    terms, which is what q values are for.
    """
    estimate = np.log2(ratio(group.rate, reference.rate))
    mine, its = group.log_variance, reference.log_variance
    error = np.sqrt(mine + its) / np.log(2)
    freedom = ratio((mine + its) ** 2, mine**2 / group.freedom + its**2 / reference.freedom)
    freedom = np.where(error == 0, np.inf, freedom)  # documents that do not differ at all
    half = stdtrit(freedom, LEVEL) * error
    low, high = estimate - half, estimate + half
    nearer = np.where(low > 0, low, np.where(high < 0, high, np.where(np.isnan(half), np.nan, 0.0)))
    return LogRatio(estimate, low, high, nearer, 2 * stdtr(freedom, -_distance(estimate, error)))


def studentised(group: Rate, reference: Rate) -> Floats:
    """Log ratios without their sign, in standard errors; differences of rates where one document is a side: it has no error."""
    error = np.sqrt(group.log_variance + reference.log_variance)
    log_ratios = _distance(np.log(ratio(group.rate, reference.rate)), error)
    return np.where(np.isnan(error), np.abs(group.rate - reference.rate), log_ratios)


def _distance(estimate: Floats, error: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(estimate == 0, 0.0, np.abs(estimate) / error)
