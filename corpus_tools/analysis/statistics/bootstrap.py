"""Errors by a bootstrap over documents: a report is one observation, its words are not (Gries 2022)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix, csr_matrix

from corpus_tools import progress

BLOCK = 4_000_000  # numbers held at a time (32 MB): documents × resamples of a large group would not fit in memory

Floats = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """Bounds of a 95 % interval, one a column; NaN where there is none."""

    low: Floats
    high: Floats


def ratio(numerator: npt.NDArray[Any], denominator: npt.NDArray[Any] | np.float64) -> Floats:
    """Quotient of sums; NaN where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def errors_of_ratios(values: csr_matrix, sizes: Floats, *, resamples: int, seed: list[int]) -> Floats:
    """Standard error of sum(values) / sum(sizes) of each column over the documents, which are the rows; all sizes above 0.

    The root of the mean square that ``resamples`` draws with replacement stand off the ratio of all, times √(n / (n - 1)):
    draws from n documents vary that much less than documents do (Efron and Tibshirani 1993, chapters 6 and 12.3). NaN for
    fewer than two documents. All columns are of the same draws, and what a column gets does not depend, to the last digit, on
    which others are asked for. Memory is bounded: blocks of draws are summed, never kept.
    """
    n, columns = values.shape
    if n < 2:
        return np.full(columns, np.nan)
    by_column, squares = csc_matrix(values, dtype=np.float64).T, np.zeros(columns)
    random, step = np.random.default_rng(seed), max(1, BLOCK // n)
    for first in progress.steps(range(0, resamples, step), "resamples", unit="blocks"):
        weights = random.multinomial(n, np.full(n, 1 / n), size=min(step, resamples - first)).astype(np.float64)
        drawn = (weights / (weights @ sizes)[:, None] - 1 / sizes.sum()).T  # times values: how far each draw stands off
        if n * 2 < drawn.shape[1]:  # many draws of few documents: n columns have the same sums of squares
            found, directions = np.linalg.eigh(drawn @ drawn.T)
            drawn = directions * np.sqrt(np.maximum(found, 0))
        drawn = np.ascontiguousarray(drawn)
        for block in _slices(columns, max(1, BLOCK // drawn.shape[1])):
            away = by_column[block] @ drawn
            squares[block] += np.einsum("ij,ij->i", away, away)
    errors: Floats = np.sqrt(squares / resamples * n / (n - 1))
    return errors


def _slices(length: int, step: int) -> Iterator[slice]:
    return (slice(first, first + step) for first in range(0, length, step))


def seed_of(seed: int, key: tuple[object, ...]) -> list[int]:
    """A seed of each group's own, so that its interval does not depend on which other groups are asked for."""
    return [seed, zlib.crc32(repr([str(part) for part in key]).encode())]
