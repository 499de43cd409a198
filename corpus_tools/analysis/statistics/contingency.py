"""Measures of 2 × 2 tables, for arrays of tables: how far two counts are from what chance would give.

A table has cells ``a`` (both), ``b`` (first alone), ``c`` (second alone), ``d`` (neither). For keyness ``a`` is the count
of a word in one text, ``c`` in the other, ``b`` and ``d`` all other words; for collocation the first is one word, the second
the other.
Token counts are taken as independent here, so that none of these is a test of documents.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from scipy.special import stdtrit, xlogy

from corpus_tools.analysis.statistics.bootstrap import Floats, Interval


@dataclass(frozen=True, slots=True)
class Tables:
    """2 × 2 tables, one an element of arrays of one shape; all cells at least 0."""

    a: Floats
    b: Floats
    c: Floats
    d: Floats

    @staticmethod
    def of_margins(
        a: npt.NDArray[np.generic], first: npt.NDArray[np.generic], second: npt.NDArray[np.generic], n: float
    ) -> Tables:
        """Tables of joint counts, the counts of both events, and the number of trials."""
        a, first, second = (np.asarray(part, dtype=np.float64) for part in (a, first, second))
        return Tables(a, first - a, second - a, n - first - second + a)

    @property
    def n(self) -> Floats:
        """Trials."""
        return self.a + self.b + self.c + self.d

    @property
    def expected(self) -> Floats:
        """What ``a`` would be if both were independent."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray((self.a + self.b) * (self.a + self.c) / self.n)

    def log_likelihood(self) -> Floats:
        """G² (Dunning 1993), with the sign of ``a`` minus its expectation."""
        cells = np.stack(np.broadcast_arrays(self.a, self.b, self.c, self.d))
        rows, columns = np.stack([self.a + self.b, self.c + self.d]), np.stack([self.a + self.c, self.b + self.d])
        terms = [xlogy(part, part).sum(axis=0) for part in (cells, rows, columns)]
        g2 = 2 * (terms[0] - terms[1] - terms[2] + xlogy(self.n, self.n))
        return np.asarray(np.sign(self.a - self.expected) * np.maximum(g2, 0))

    def mutual_information(self) -> Floats:
        """Pointwise mutual information, log2 of observed by expected (Church & Hanks 1990); minus infinity where a is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.log2(self.a / self.expected))

    def t_score(self) -> Floats:
        """(observed - expected) / root of observed (Church et al. 1991); NaN where a is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.where(self.a > 0, (self.a - self.expected) / np.sqrt(self.a), np.nan))

    def log_dice(self) -> Floats:
        """14 + log2 of Dice's coefficient (Rychlý 2008): at most 14, and comparable between corpora of any size."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(14 + np.log2(2 * self.a / (2 * self.a + self.b + self.c)))

    def delta_p(self) -> tuple[Floats, Floats]:
        """ΔP of the second given the first, and of the first given the second (Gries 2013): -1 to 1."""
        with np.errstate(divide="ignore", invalid="ignore"):
            given_first = self.a / (self.a + self.b) - self.c / (self.c + self.d)
            given_second = self.a / (self.a + self.c) - self.b / (self.b + self.d)
        return np.asarray(given_first), np.asarray(given_second)


def bic(g2: Floats, n: npt.NDArray[np.generic] | float) -> Floats:
    """Bayes factor of a log-likelihood of one degree of freedom: G² - ln(n) (Wilson 2013); above 2 counts as evidence."""
    return np.asarray(np.abs(g2) - np.log(n))


def log_dice_interval(joint: csr_matrix, first: npt.NDArray[np.generic], second: csr_matrix) -> Interval:
    """95 % interval of the log Dice of sums over documents, which are the rows; one column a pair.

    ``joint`` and ``second`` are documents × pairs, ``first`` one number a document. Dice's coefficient is a ratio of sums
    over documents, so that its logarithm has the variance of a sum of what each document adds to it (linearisation:
    Cochran 1977, Sampling Techniques, §6.4; to first order that of a bootstrap over documents), and the bounds are those of
    Student's t with one degree of freedom fewer than documents that hold the pair. NaN where fewer than two do.
    """
    a, c, x = csr_matrix(joint, dtype=np.float64), csr_matrix(second, dtype=np.float64), np.asarray(first, np.float64)
    total = np.asarray(a.sum(axis=0)).ravel()
    both = x.sum() + np.asarray(c.sum(axis=0)).ravel()
    squares, crossed = (np.asarray(a.multiply(other).sum(axis=0)).ravel() for other in (a, c))
    marginal = (x**2).sum() + 2 * (x @ c) + np.asarray(c.multiply(c).sum(axis=0)).ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = 14 + np.log2(2 * total / both)
        variance = squares / total**2 - 2 * (x @ a + crossed) / (total * both) + marginal / both**2
    n, held = a.shape[0], a.getnnz(axis=0)
    known = (held >= 2) & (total > 0)
    half = np.full(len(total), np.nan)
    deviation = np.sqrt(np.maximum(variance[known], 0) * n / max(1, n - 1)) / np.log(2)
    half[known] = stdtrit(held[known] - 1, 0.975) * deviation
    return Interval(centre - half, centre + half)
