"""The two sides of a comparison: documents in which the same terms were counted, or a frequency list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix, vstack

from corpus_tools.analysis.counts import TermMatrix
from corpus_tools.analysis.statistics import effect
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.characters import count_han
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError, DataError
from corpus_tools.language.script import simplify

Integers = npt.NDArray[np.int64]


class Totals(NamedTuple):
    """Sums over the documents of a side: what effects need, and words of any kind."""

    sums: effect.Sums
    words: int

    @property
    def documents(self) -> Integers:
        """Documents that hold each term."""
        return self.sums.held.astype(np.int64)

    def minus(self, other: Totals) -> Totals:
        """The totals of the documents that the other has not."""
        return Totals(self.sums.minus(other.sums), self.words - other.words)


@dataclass(frozen=True)
class Sample:
    """Documents in which ``terms`` were counted.

    ``counts``: documents × terms; ``han``, Han characters, and ``words`` of each; ``side``: the group of each document.
    """

    terms: npt.NDArray[np.object_]
    counts: csr_matrix
    han: Floats
    words: Integers
    side: Integers

    def only(self, rows: npt.NDArray[np.bool_]) -> Sample:
        """Some of the documents."""
        if rows.all():
            return self
        return Sample(self.terms, csr_matrix(self.counts[rows]), self.han[rows], self.words[rows], self.side[rows])

    def of_common(self, min_documents: int) -> Sample:
        """The terms that stand in at least so many of these documents, and in one at least; AnalysisError where none does."""
        keep = np.flatnonzero(self.counts.getnnz(axis=0) >= max(1, min_documents))
        if not len(keep):
            raise AnalysisError(
                f"no such term stands in at least {max(1, min_documents)} of the {len(self.han)} documents that are compared; "
                "lower min_documents or ask for more words"
            )
        return Sample(self.terms[keep], csr_matrix(self.counts[:, keep]), self.han, self.words, self.side)

    @cached_property
    def totals(self) -> Totals:
        """Sums over the documents."""
        return Totals(effect.sums(self.counts, self.han), int(self.words.sum()))


def sample_of(corpus: Corpus, matrix: TermMatrix, side: Integers) -> Sample:
    """The documents of a corpus that are on a side (not -1) and have a Han character, whose number rates are divided by."""
    han = corpus.n_han.astype(np.float64)
    whole = Sample(matrix.terms, matrix.counts, han, matrix.words, side)
    return whole.only((side >= 0) & (han > 0))


def joined(first: Sample, second: Sample) -> Sample:
    """Both as one, with the terms of either."""
    terms = np.unique(np.concatenate([first.terms, second.terms]).astype(str)).astype(object)
    sides = (first, second)
    counted = csr_matrix(vstack([_with_terms(one, terms) for one in sides], format="csr"))
    han, words, side = (
        np.concatenate([getattr(one, name) for one in sides]) for name in ("han", "words", "side")
    )  # fmt: skip
    return Sample(terms, counted, han, words, side)


def _with_terms(sample: Sample, terms: npt.NDArray[np.object_]) -> csr_matrix:
    """The counts in the order of other terms, which hold all of the sample's."""
    column = np.searchsorted(terms.astype(str), sample.terms.astype(str))
    counted = sample.counts.tocsr()
    moved = csr_matrix((counted.data, column[counted.indices], counted.indptr), shape=(counted.shape[0], len(terms)))
    moved.sort_indices()
    return moved


@dataclass(frozen=True)
class Against:
    """What a group is compared with: counts, Han characters and words; sums over documents, of a list None."""

    count: Floats
    han: float
    words: float
    totals: Totals | None = None

    def rate(self, whole: float) -> effect.Rate:
        """Rates, where both sides have so many Han characters."""
        if self.totals is None:
            return effect.of_list(self.count, self.han, whole)
        return effect.of_documents(self.totals.sums, whole)


def against_documents(totals: Totals) -> Against:
    """Documents as a reference."""
    return Against(totals.sums.x, float(totals.sums.m), totals.words, totals)


def against_list(counted: pd.Series, terms: npt.NDArray[np.object_]) -> Against:
    """A frequency list as a reference: words and Han characters are the sums of its rows, simplified where the corpus is.

    DataError where none of the terms stands in the list.
    """
    known = frozenset(terms)
    counted = counted.groupby(lambda term: term if term in known else simplify(term)).sum()
    han = float(sum(count_han(str(term)) * times for term, times in counted.items()))
    if not han:
        raise DataError("the frequency list holds no Chinese word")
    if len(terms) and known.isdisjoint(counted.index):
        raise DataError(f"none of the words of the corpus stands in the frequency list, which has {counted.idxmax()!r}")
    count = counted.reindex(terms, fill_value=0).to_numpy(dtype=np.float64)
    return Against(count, han, float(counted.sum()))
