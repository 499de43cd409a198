"""From numbers of documents to numbers of groups: rates, shares and means, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.counts import PER
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.statistics import bootstrap, intervals
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.trends import terms as asked
from corpus_tools.analysis.trends.terms import Terms
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

# Hits / characters, documents that hold it / documents, sum / documents; what each is multiplied by.
MEASURES = {"rate": PER, "share": 1, "mean": 1}

Rows = npt.NDArray[np.int64]


class Estimate(NamedTuple):
    """A number with the bounds of its 95 % interval, one a term; NaN where there is none."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Measured:
    """What is to be compared: ``hits``, documents × ``terms``, as they were counted; what a ``measure`` divides by; groups."""

    corpus: Corpus
    groups: grouping.Groups
    terms: list[str]
    hits: csr_matrix
    measure: str
    resamples: int
    seed: int

    @cached_property
    def values(self) -> csr_matrix:
        """What is added up: hits, or 1 for a document that holds the term."""
        return csr_matrix(self.hits > 0, dtype=np.float64) if self.measure == "share" else self.hits

    @cached_property
    def sizes(self) -> Floats:
        """What sums are divided by, one a document: Han characters for rates, else 1."""
        return self.corpus.n_han.astype(np.float64) if self.measure == "rate" else np.ones(len(self.corpus))

    @property
    def scale(self) -> float:
        """What a ratio is multiplied by."""
        return float(MEASURES[self.measure])

    def only(self, number: int) -> Measured:
        """The same of one term."""
        return replace(self, terms=[self.terms[number]], hits=self.hits[:, [number]])

    def rows(self, group: int) -> Rows:
        """The documents of a group."""
        return np.flatnonzero(self.groups.code == group)

    def ratio(self, rows: Rows) -> Floats:
        """Sum of values / sum of sizes over these documents, in units of the measure."""
        return bootstrap.ratio(_sums(self.values[rows]), np.float64(self.sizes[rows].sum())) * self.scale

    def error(self, rows: Rows, *, key: tuple[object, ...]) -> tuple[Floats, int]:
        """Standard error of the ratio, and how many documents have anything to divide by; ``key`` makes the draws their own."""
        there = rows[self.sizes[rows] > 0]
        seed = bootstrap.seed_of(self.seed, key)
        error = bootstrap.errors_of_ratios(self.values[there], self.sizes[there], resamples=self.resamples, seed=seed)
        return error * self.scale, len(there)

    def estimate(self, rows: Rows, *, key: tuple[object, ...]) -> Estimate:
        """The ratio over these documents with its interval."""
        value = self.ratio(rows)
        if self.measure == "share":
            return Estimate(value, *intervals.share(_sums(self.values[rows]), len(rows)))
        interval = intervals.of_rates if self.measure == "rate" else intervals.of_ratios
        seed = bootstrap.seed_of(self.seed, key)
        found = interval(self.values[rows], self.sizes[rows], resamples=self.resamples, seed=seed)
        return Estimate(value, *(bound * self.scale for bound in found))

    def counted(self, rows: Rows) -> dict[str, Any]:
        """Columns that say what a row stands on: ``count``, ``documents``, ``n``."""
        of = self.hits[rows]
        total = _sums(of)
        whole = np.issubdtype(self.hits.dtype, np.integer)
        return {"count": total.astype(np.int64) if whole else total, "documents": of.getnnz(axis=0), "n": len(rows)}


def blocks(values: csr_matrix) -> Iterator[Floats]:
    """Columns of a matrix, so many at a time that they may be filled with their zeros."""
    step = max(1, bootstrap.BLOCK // values.shape[0])
    for first in range(0, values.shape[1], step):
        yield values[:, first : first + step].toarray().astype(np.float64)


def _sums(matrix: csr_matrix) -> Floats:
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()


def measured(
    corpus: Corpus,
    terms: Terms,
    *,
    by: str | Sequence[str] | None,
    measure: str,
    unit: str,
    match: str,
    lexicon: Lexicon,
    resamples: int,
    seed: int,
) -> Measured:
    """Count terms in the documents of a corpus and sort these into groups; AnalysisError for what cannot be asked."""
    if measure not in MEASURES:
        raise AnalysisError(f"measure is {measure!r}; it can be {', '.join(MEASURES)}")
    counts.check_options(match=match, resamples=resamples)
    names = asked.names_of(terms)
    corpus, _ = grouping.grouped(corpus, by)
    corpus = asked.known_to(corpus, terms)
    groups = grouping.groups(corpus, by)
    hits = asked.count(corpus, terms, unit=unit, match=match, lexicon=lexicon)
    hits.eliminate_zeros()
    return Measured(corpus, groups, names, hits, measure, resamples, seed)


def tidy(keys: pd.DataFrame, terms: list[str], columns: list[dict[str, Any]]) -> pd.DataFrame:
    """One row a group and term: the group's keys, ``term``, and the columns of each group, one value a term."""
    frame = keys.loc[keys.index.repeat(len(terms))].reset_index(drop=True)
    frame["term"] = terms * len(keys)
    parts = pd.concat([pd.DataFrame(part, index=range(len(terms))) for part in columns], ignore_index=True)
    return pd.concat([frame, parts], axis=1)
