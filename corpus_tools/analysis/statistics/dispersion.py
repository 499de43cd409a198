"""How evenly a term is spread over documents, whatever their lengths."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from corpus_tools.analysis.statistics.bootstrap import Floats


class Dispersion(NamedTuple):
    """Measures of each column; NaN for a term that nowhere stands, and where there are fewer than two documents.

    ``dp_norm``: Gries' deviation of proportions divided by its maximum (Lijffijt & Gries 2012): 0 as even as the lengths of
    the documents, 1 all in the shortest one. ``juilland_d``: Juilland's D of the rates, 1 even to 0 all in one (Juilland &
    Chang-Rodríguez 1964, with rates for documents of unequal length).
    """

    dp_norm: Floats
    juilland_d: Floats


def dispersion(counts: csr_matrix, sizes: Floats) -> Dispersion:
    """Measure the spread of each column's counts over the documents, which are the rows, of these sizes.

    Documents of size 0 are left out: they can hold nothing.
    """
    kept = np.flatnonzero(sizes > 0)
    counts, sizes = csr_matrix(counts[kept]), sizes[kept]
    n, columns = counts.shape
    total = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()
    if n < 2:
        return Dispersion(np.full(columns, np.nan), np.full(columns, np.nan))
    expected = sizes / sizes.sum()
    row = np.repeat(np.arange(n), np.diff(counts.indptr))
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = counts.data / total[counts.indices]
        # Where a term is not, the deviation is the document's whole share: all shares, less those where it is.
        excess = np.abs(observed - expected[row]) - expected[row]
        dp = (1 + _by_column(excess, counts)) / 2
        rate = counts.data / sizes[row]
        mean = _by_column(rate, counts) / n
        variance = np.maximum(_by_column(rate**2, counts) / n - mean**2, 0)
        juilland = 1 - np.sqrt(variance) / mean / np.sqrt(n - 1)
    there = total > 0
    return Dispersion(
        np.where(there, np.clip(dp / (1 - expected.min()), 0, 1), np.nan),
        np.where(there, np.clip(juilland, 0, 1), np.nan),
    )


def _by_column(values: Floats, counts: csr_matrix) -> Floats:
    return np.asarray(np.bincount(counts.indices, weights=values, minlength=counts.shape[1]), dtype=np.float64)
