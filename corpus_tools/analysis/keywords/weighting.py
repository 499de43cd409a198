"""Words that mark out a group of documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError


def tfidf(
    corpus: Corpus,
    *,
    by: str | Sequence[str] | None = None,
    top: int = 50,
    min_documents: int = 2,
    max_share: float = 1.0,
    words: WordFilter = CONTENT,
) -> pd.DataFrame:
    """Rank words by TF-IDF: frequent in a document, rare in the others; by default content words, or those of ``words``.

    Score of word t in document d: tf(t, d) · (ln((1 + N) / (1 + df(t))) + 1), each document's scores divided by their
    Euclidean length (TfidfTransformer of scikit-learn; N documents, df of them with t); a group's score is the mean
    over its documents. Columns: those of ``by``; ``term``; ``score`` (0 to 1); ``count``, in the group; ``documents``
    of the group with the term; ``n``, documents of the group. The ``top`` terms of each group, best first, of score
    above 0. Words in fewer than ``min_documents`` documents of the corpus are left out: they are mostly names and
    slips. So are words in more than ``max_share`` of them: idf is never below 1, so the commonest words of the genre (发展) lead
    every list unless a limit such as 0.5 is set. AnalysisError where no word is left, for an unknown column and an
    empty corpus.
    """
    corpus, groups = grouping.grouped(corpus, by)
    matrix = counts.document_term(corpus)
    spread = matrix.getnnz(axis=0)
    least, most = max(1, min_documents), max_share * len(corpus)
    keep = np.flatnonzero(words.mask(corpus.vocabulary) & (spread >= least) & (spread <= most))
    if not len(keep):
        raise AnalysisError(
            f"no such word stands in at least {least} and at most {most:.0f} of these {len(corpus)} documents; "
            "lower min_documents, raise max_share or ask for more words"
        )
    matrix, terms = csr_matrix(matrix[:, keep]), corpus.vocabulary["word"].iloc[keep].reset_index(drop=True)
    scores = groups.sums(weights(matrix)).toarray() / groups.sizes[:, None]
    total, documents = groups.sums(matrix).toarray(), groups.sums((matrix > 0).astype(np.int64)).toarray()
    rows = [_best(scores[row], terms, top=top) for row in range(len(groups.keys))]
    group = np.repeat(np.arange(len(rows)), [len(best) for best in rows])
    term = np.concatenate(rows)
    frame = groups.keys.iloc[group].reset_index(drop=True)
    return frame.assign(
        term=terms.iloc[term].to_numpy(),
        score=scores[group, term],
        count=total[group, term],
        documents=documents[group, term],
        n=groups.sizes[group],
    )


def weights(matrix: csr_matrix) -> csr_matrix:
    """TF-IDF weights of a count matrix, rows of Euclidean length 1 (or 0 where a row is empty)."""
    from sklearn.feature_extraction.text import TfidfTransformer

    return csr_matrix(TfidfTransformer().fit_transform(matrix.astype(np.float64)))


def _best(scores: npt.NDArray[np.float64], words: pd.Series, *, top: int) -> npt.NDArray[np.int64]:
    """Columns of the highest scores; equal scores in the order of the words, so that a result can be repeated."""
    order = np.lexsort((words.to_numpy(dtype=str), -scores))[:top]
    return order[scores[order] > 0]
