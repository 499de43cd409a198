"""Topics: groups of words that stand in the same paragraphs, and how much of each document they take."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.keywords import weighting
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

# A paragraph shorter than this is a heading or a formula of address (the size the engines were compared at).
MIN_TOKENS = 15
# A word must stand in this many paragraphs, and in one of a thousand of a large corpus; words in more than a quarter of
# the paragraphs (发展, 工作) belong to every topic.
MIN_PARAGRAPHS, MIN_SHARE, MAX_SHARE = 5, 0.001, 0.25
MAX_ITERATIONS = 400  # the 99 reports of the comparison need fewer than 200 at k=20
TERMS = 20  # words kept a topic
LABEL = 3  # words in a topic's label

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Topics:
    """Topics of a corpus, numbered from 1, the largest first.

    ``terms``: topic, term, weight (shares of the topic's words, 0 to 1), rank (from 1). ``documents``: doc_id, topic,
    share; the shares of a document add up to 1. Shares are weights of a matrix factorisation scaled to 1, no
    probabilities. A document without a long enough paragraph is in no row. ``labels``: topic, label (its first
    words), share (mean over documents). ``paragraphs`` and ``words``: what the model was fitted on. ``converged``:
    whether the fit had settled when it stopped.
    """

    terms: pd.DataFrame
    documents: pd.DataFrame
    labels: pd.DataFrame
    paragraphs: int
    words: int
    converged: bool
    corpus: Corpus = field(repr=False)

    def by(self, column: str | Sequence[str]) -> pd.DataFrame:
        """Mean share of each topic in the documents of each group.

        Columns: those asked for; ``topic``; ``label``; ``share`` (mean over documents, 0 to 1); ``n``, documents of the
        group that have shares. AnalysisError for an unknown column.
        """
        names, groups = grouping.columns(column), grouping.groups(self.corpus, column)
        of = self.corpus.documents[["doc_id"]].assign(_group=groups.code)
        frame = self.documents.merge(of[groups.code >= 0], on="doc_id").groupby(["_group", "topic"], as_index=False)
        shares = frame["share"].agg(share="mean", n="size").merge(self.labels[["topic", "label"]], on="topic")
        shares = shares.merge(groups.keys.assign(_group=groups.keys.index), on="_group")
        tidy: pd.DataFrame = shares.sort_values(["_group", "topic"], ignore_index=True)
        return tidy[[*names, "topic", "label", "share", "n"]]


def fit(
    corpus: Corpus, *, k: int = 20, seed: int = 0, min_tokens: int = MIN_TOKENS, words: WordFilter = CONTENT
) -> Topics:
    """Find ``k`` topics by non-negative matrix factorisation of TF-IDF weights.

    Units are paragraphs of ``min_tokens`` words or more, words are those of ``words`` that stand in at least 5 paragraphs
    (and one in a thousand) and at most a quarter of them; scikit-learn's NMF, init nndsvda, solver cd: of the engines
    compared on Chinese reports the most coherent for its time and the steadiest over seeds. A document's share of a
    topic: each paragraph's weights scaled to 1, averaged over the document's paragraphs. AnalysisError says what is
    possible where ``k`` is too large for the corpus; ``k`` is never changed.
    """
    tokens = corpus.tokens
    long = np.flatnonzero(np.diff(tokens.ends, prepend=0) >= min_tokens)
    matrix, vocabulary = _columns(corpus, csr_matrix(counts.paragraph_term(corpus)[long]), words)
    used = np.flatnonzero(matrix.getnnz(axis=1))
    _check(k, paragraphs=len(used), words=len(vocabulary), min_tokens=min_tokens)
    weight, loading, converged = _factors(weighting.weights(csr_matrix(matrix[used])), k=k, seed=seed)
    shares = _document_shares(weight, tokens.document[long[used]], len(corpus))
    order = np.argsort(-np.nanmean(shares, axis=1), kind="stable")
    terms = _terms(loading[order], vocabulary)
    labels = terms[terms["rank"] <= LABEL].groupby("topic")["term"].agg("·".join).rename("label").reset_index()
    labels["share"] = np.nanmean(shares, axis=1)[order]
    return Topics(terms, _long(shares[order], corpus), labels, len(used), len(vocabulary), converged, corpus)


def _columns(corpus: Corpus, matrix: csr_matrix, words: WordFilter) -> tuple[csr_matrix, npt.NDArray[np.str_]]:
    """Leave the columns of those words that are neither too rare nor everywhere."""
    spread = matrix.getnnz(axis=0)
    least = max(MIN_PARAGRAPHS, round(MIN_SHARE * matrix.shape[0]))
    often_enough = (spread >= least) & (spread <= MAX_SHARE * matrix.shape[0])
    keep = np.flatnonzero(often_enough & words.mask(corpus.vocabulary))
    return csr_matrix(matrix[:, keep]), corpus.vocabulary["word"].iloc[keep].to_numpy(dtype=str)


def _check(k: int, *, paragraphs: int, words: int, min_tokens: int) -> None:
    most = min(paragraphs, words)
    if k < 2:
        raise AnalysisError(f"k is {k}; topics need at least 2")
    if k > most:
        possible = f"k can be 2 to {most}" if most >= 2 else "no topics are possible"
        raise AnalysisError(
            f"{k} topics are too many for {paragraphs} paragraphs of {min_tokens} words or more and {words} words "
            f"that stand in at least {MIN_PARAGRAPHS} of them: {possible}"
        )


def _factors(matrix: csr_matrix, *, k: int, seed: int) -> tuple[Floats, Floats, bool]:
    """Return paragraph × topic weights, topic × word loadings (rows of both add up to 1 or 0), and if it settled."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(n_components=k, init="nndsvda", solver="cd", random_state=seed, max_iter=MAX_ITERATIONS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # said by Topics.converged
        weight = model.fit_transform(matrix)
    size = model.components_.sum(axis=1)
    weight = weight * size  # a factor's size may sit in either matrix: put it where shares are taken
    return _rows_to_one(weight), _rows_to_one(model.components_), bool(model.n_iter_ < MAX_ITERATIONS)


def _rows_to_one(matrix: Floats) -> Floats:
    total = matrix.sum(axis=1, keepdims=True)
    scaled: Floats = np.divide(matrix, total, out=np.zeros_like(matrix), where=total > 0)
    return scaled


def _document_shares(weight: Floats, document: npt.NDArray[np.int32], documents: int) -> Floats:
    """Topics × documents; NaN where no paragraph of a document has any weight."""
    total = _rows_to_one(np.asarray(grouping.indicator(document, documents) @ weight))
    total[total.sum(axis=1) == 0] = np.nan
    return total.T


def _terms(loading: Floats, words: npt.NDArray[np.str_]) -> pd.DataFrame:
    best = np.argsort(-loading, axis=1, kind="stable")[:, :TERMS]
    topic, rank = np.indices(best.shape) + 1
    frame = pd.DataFrame(
        {
            "topic": topic.ravel(),
            "term": words[best.ravel()],
            "weight": np.take_along_axis(loading, best, axis=1).ravel(),
            "rank": rank.ravel(),
        }
    )
    return frame[frame["weight"] > 0].reset_index(drop=True)


def _long(shares: Floats, corpus: Corpus) -> pd.DataFrame:
    topics, documents = shares.shape
    frame = pd.DataFrame(
        {
            "doc_id": np.repeat(corpus.documents["doc_id"].to_numpy(), topics),
            "topic": np.tile(np.arange(1, topics + 1), documents),
            "share": shares.T.ravel(),
        }
    )
    return frame.dropna(subset="share").reset_index(drop=True)
