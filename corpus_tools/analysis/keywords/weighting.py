"""Words that mark out a group of documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.counts import TermMatrix
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError


@progress.bar("tfidf")
def tfidf(
    corpus: Corpus,
    *,
    by: str | Sequence[str] | None = None,
    top: int = 50,
    min_documents: int = 2,
    max_share: float = 1.0,
    n: int = 1,
    words: WordFilter = CONTENT,
) -> pd.DataFrame:
    """Rank words by TF-IDF: frequent in a document, rare in the others.

    Ranked are content words, or those of ``words``, or sequences of ``n`` of them. Score of word t in document d: tf(t, d) ·
    (ln((1 + N) / (1 + df(t))) + 1), each document's scores divided by their Euclidean length (TfidfTransformer of
    scikit-learn; N documents, df of them with t); a group's score is the mean over its documents. Columns: those of ``by``
    (``doc_id`` for each document by itself); ``term``; ``score`` (0 to 1); ``count``, in the group; ``documents`` of the group
    with the term; ``n``, documents of the group. The ``top`` terms of each group, best first, of score above 0. Words in fewer
    than ``min_documents`` documents of the corpus are left out: they are mostly names and slips. So are words in more than
    ``max_share`` of them: idf is never below 1, so the commonest words of the genre (发展) lead every list unless a limit such
    as 0.5 is set. AnalysisError where no word is left, for an unknown column and an empty corpus.
    """
    counts.check_options(top=top)
    corpus, groups = grouping.grouped(corpus, by)
    terms = _chosen(corpus, n=n, words=words, min_documents=max(1, min_documents), max_share=max_share)
    scores = groups.sums(weights(terms.counts))
    total, documents = groups.sums(terms.counts), groups.sums((terms.counts > 0).astype(np.int64))
    frames = []
    for row in range(len(groups.keys)):
        score = np.asarray(scores[[row]].toarray()).ravel() / groups.sizes[row]
        best = _best(score, terms.terms, top=top)
        frames.append(
            pd.DataFrame(
                {
                    "_group": row,
                    "term": terms.terms[best],
                    "score": score[best],
                    "count": total[[row]].toarray().ravel()[best],
                    "documents": documents[[row]].toarray().ravel()[best],
                    "n": groups.sizes[row],
                }
            )
        )
    frame = pd.concat(frames, ignore_index=True)
    keys = groups.keys.iloc[frame.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, frame], axis=1)


def _chosen(corpus: Corpus, *, n: int, words: WordFilter, min_documents: int, max_share: float) -> TermMatrix:
    """Terms that are neither too rare nor everywhere."""
    terms = counts.matrix(corpus, n=n, words=words, min_documents=min_documents)
    most = max_share * len(corpus)
    keep = np.flatnonzero(terms.documents <= most)
    if not len(keep):
        raise AnalysisError(
            f"every such word stands in more than {most:g} of these {len(corpus)} documents; raise max_share"
        )
    return terms.only(keep)


def weights(matrix: csr_matrix) -> csr_matrix:
    """TF-IDF weights of a count matrix, rows of Euclidean length 1 (or 0 where a row is empty)."""
    from sklearn.feature_extraction.text import TfidfTransformer

    return csr_matrix(TfidfTransformer().fit_transform(matrix.astype(np.float64)))


def _best(scores: npt.NDArray[np.float64], terms: npt.NDArray[np.object_], *, top: int) -> npt.NDArray[np.int64]:
    """Columns of the highest scores; equal scores in the order of the words, so that a result can be repeated."""
    there = np.flatnonzero(scores > 0)
    order = np.lexsort((terms[there].astype(str), -scores[there]))[:top]
    return there[order]
