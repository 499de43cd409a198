"""What has been learnt: the words of topics, and how any unit of text is shared out among them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from corpus_tools.analysis import grouping
from corpus_tools.analysis.topics.engines import Floats, folded, queried, rows_to_one, weighted
from corpus_tools.analysis.topics.material import Asked, units_with
from corpus_tools.corpus.corpus import Corpus


@dataclass(frozen=True)
class Model:
    """Topics as ``loadings``, topics × ``terms``, rows that add up to 1.

    ``asked``: the units they were found in. ``prior`` of the shares of topics in a unit where these are probabilities, None
    where they are weights of a factorisation of TF-IDF with these inverse frequencies (``idf``).
    """

    method: str
    asked: Asked
    terms: npt.NDArray[np.str_]
    idf: Floats
    loadings: Floats
    prior: float | None

    def weights(self, counts: csr_matrix) -> Floats:
        """Weight of each topic in units given as counts of the terms: units × topics."""
        if self.prior is not None:
            return queried(counts, self.loadings, prior=self.prior)
        return folded(weighted(counts, self.idf), self.loadings)

    def shares(self, corpus: Corpus) -> Floats:
        """Share of each topic in each document, documents × topics; NaN where no unit of a document has any weight."""
        total = np.zeros((len(corpus), len(self.loadings)))
        for block in units_with(corpus, self.asked, self.terms):
            total += sums(block.document, self.weights(block.counts), len(corpus))
        return shares(total)


def sums(document: npt.NDArray[np.int64], weights: Floats, documents: int) -> Floats:
    """Weights of units, each scaled to 1, added up within documents."""
    added: Floats = np.asarray(grouping.indicator(document, documents) @ rows_to_one(weights))
    return added


def shares(total: Floats) -> Floats:
    """Rows divided by their sums; NaN for rows of 0."""
    found = rows_to_one(total)
    found[total.sum(axis=1) == 0] = np.nan
    return found
