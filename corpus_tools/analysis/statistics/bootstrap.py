"""Intervals by a bootstrap over documents: a report is one observation, its words are not (Gries 2022)."""

from __future__ import annotations

import zlib
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix, csr_matrix

LEVEL = (2.5, 97.5)  # percentiles of a 95 % interval
BLOCK = 4_000_000  # weights drawn at a time (32 MB): documents × resamples of a large group would not fit in memory

Floats = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """Bounds of a 95 % percentile interval, one a column; NaN where there is none."""

    low: Floats
    high: Floats


def ratio(numerator: npt.NDArray[Any], denominator: npt.NDArray[Any] | np.float64) -> Floats:
    """Quotient of sums; NaN where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def of_ratios(values: csr_matrix, sizes: Floats, *, resamples: int, seed: list[int]) -> Interval:
    """Interval of sum(values) / sum(sizes) of each column (ratio estimator) over the documents, which are the rows.

    Documents are drawn with replacement, all columns from the same draws. NaN for fewer than two documents, and where all
    sizes are 0. A column that is 0 everywhere has the interval 0 to 0: no draw can hold what no document does.
    """
    n, columns = values.shape
    low, high = np.full(columns, np.nan), np.full(columns, np.nan)
    if n < 2 or not sizes.sum():
        return Interval(low, high)
    low[:], high[:] = 0.0, 0.0
    used = np.unique(values.indices)
    if not len(used):
        return Interval(low, high)
    by_column = csc_matrix(values)[:, used].T.astype(np.float64)
    random = np.random.default_rng(seed)
    drawn, step = np.empty((resamples, len(used))), max(1, BLOCK // n)
    for first in range(0, resamples, step):
        size = min(step, resamples - first)
        weights = random.multinomial(n, np.full(n, 1 / n), size=size).astype(np.float64)
        drawn[first : first + size] = ratio((by_column @ weights.T).T, (weights @ sizes)[:, None])
    drawn = drawn[~np.isnan(drawn[:, 0])]  # a draw of documents without a single character has no rate
    low[used], high[used] = np.percentile(drawn, LEVEL, axis=0) if len(drawn) else (np.nan, np.nan)
    return Interval(low, high)


def errors_of_ratios(values: csr_matrix, sizes: Floats, *, resamples: int, seed: list[int]) -> Floats:
    """Standard error of sum(values) / sum(sizes) of each column over the documents, which are the rows; all sizes above 0.

    The root of the mean square that ``resamples`` draws with replacement stand off the ratio of all, times √(n / (n - 1)):
    draws from n documents vary that much less than documents do (Efron and Tibshirani 1993, chapters 6 and 12.3). NaN for
    fewer than two documents. Memory is bounded: blocks of draws are summed, never kept.
    """
    n, columns = values.shape
    if n < 2:
        return np.full(columns, np.nan)
    by_column = csc_matrix(values, dtype=np.float64).T
    whole, squares = np.asarray(values.sum(axis=0)).ravel() / sizes.sum(), np.zeros(columns)
    random, step = np.random.default_rng(seed), max(1, BLOCK // max(n, columns))
    for first in range(0, resamples, step):
        weights = random.multinomial(n, np.full(n, 1 / n), size=min(step, resamples - first)).astype(np.float64)
        away = (by_column @ weights.T) / (weights @ sizes) - whole[:, None]
        squares += np.einsum("ij,ij->i", away, away)
    errors: Floats = np.sqrt(squares / resamples * n / (n - 1))
    return errors


def seed_of(seed: int, key: tuple[object, ...]) -> list[int]:
    """A seed of each group's own, so that its interval does not depend on which other groups are asked for."""
    return [seed, zlib.crc32(repr([str(part) for part in key]).encode())]
