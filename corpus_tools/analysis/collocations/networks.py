"""Words that stand together, as the edges of a network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csc_matrix, csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.collocations.windows import UNITS, Integers, incidence
from corpus_tools.analysis.statistics.contingency import Tables, log_dice_interval
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

COLUMNS = (
    "source", "target", "count", "count_source", "count_target", "expected", "documents", "log_dice", "log_dice_low",
    "log_dice_high", "mi", "t", "g2", "delta_p_from", "delta_p_to",
)  # fmt: skip


@progress.bar("network")
def network(
    corpus: Corpus,
    terms: Sequence[str] | None = None,
    *,
    within: str = "paragraph",
    top: int = 60,
    min_count: int = 5,
    min_documents: int = 3,
    min_log_dice: float = 0.0,
    words: WordFilter = CONTENT,
) -> pd.DataFrame:
    """Which words stand together in paragraphs (or a ``sentence``: ``within``): one row a pair, the edges of a network.

    The words are ``terms``, or without them the ``top`` words of ``words`` that most documents hold. Columns: ``source``,
    ``target`` (``source`` is the word in more paragraphs); ``count``, paragraphs that hold both; ``count_source``,
    ``count_target``, that hold each; ``expected``, with both if they were spread alike over all; ``documents`` with at least
    one such paragraph; ``log_dice`` with ``log_dice_low`` and ``log_dice_high``, ``mi``, ``t``, ``g2``, ``delta_p_from`` (of the
    target given the source) and ``delta_p_to``, as of ``around``. Long paragraphs hold more of everything: compare pairs
    with each other, not with chance. Kept are pairs in ``min_count`` paragraphs of ``min_documents`` documents with a log
    Dice of ``min_log_dice``. Rows: by log_dice, highest first. A csv of it is a list of edges that Gephi reads.
    AnalysisError for a word that the corpus does not have, fewer than two words, and a bad option.
    """
    if within not in UNITS:
        raise AnalysisError(f"within is {within!r}; it can be {' or '.join(map(repr, UNITS))}")
    if min(min_count, min_documents) < 1:
        raise AnalysisError("min_count and min_documents must be at least 1")
    counts.check_options(top=top)
    chosen = _chosen(corpus, terms, top, words)
    column = np.full(len(corpus.vocabulary), -1, dtype=np.int64)
    column[chosen] = np.arange(len(chosen))
    held, row = incidence(corpus, column, within)
    names = corpus.vocabulary["word"].to_numpy(dtype=object)[chosen]
    order = np.argsort(-np.asarray(held.sum(axis=0)).ravel(), kind="stable")
    edges = _edges(held[:, order], row, len(corpus), min_count=min_count, min_documents=min_documents)
    edges = edges[edges["log_dice"] >= min_log_dice]
    edges = edges.assign(source=names[order][edges["source"]], target=names[order][edges["target"]])
    return edges.sort_values(["log_dice", "source", "target"], ascending=[False, True, True], ignore_index=True)


def _chosen(corpus: Corpus, terms: Sequence[str] | None, top: int, words: WordFilter) -> Integers:
    """Rows of the vocabulary."""
    vocabulary = corpus.vocabulary
    if terms is not None:
        wanted = list(dict.fromkeys([terms] if isinstance(terms, str) else terms))
        place = pd.Index(vocabulary["word"]).get_indexer(wanted)
        if (place < 0).any():
            raise AnalysisError(f"{wanted[int(np.argmin(place))]!r} is no word of this corpus")
        found = np.asarray(place, dtype=np.int64)
    else:
        held = counts.matrix(corpus, words=words)
        names = held.terms[np.argsort(-held.documents, kind="stable")[:top]]
        found = pd.Index(vocabulary["word"]).get_indexer(names).astype(np.int64)
    if len(found) < 2:
        raise AnalysisError("a network needs two words at least")
    return found


def _edges(held: csr_matrix, row: Integers, documents: int, *, min_count: int, min_documents: int) -> pd.DataFrame:
    """Pairs of columns, the word in more units first; ``source`` and ``target`` are columns."""
    by_word, units = csc_matrix(held), np.asarray(held.sum(axis=0), dtype=np.int64).ravel()
    of_document = csr_matrix(grouping.indicator(row, documents) @ held)
    frames = [pd.DataFrame(columns=list(COLUMNS))]
    for source in range(held.shape[1] - 1):
        beside = by_word.indices[by_word.indptr[source] : by_word.indptr[source + 1]]
        joint = csr_matrix(grouping.indicator(row[beside], documents) @ held[beside])[:, source + 1 :]
        count, spread = np.asarray(joint.sum(axis=0)).ravel(), joint.getnnz(axis=0)
        kept = np.flatnonzero((count >= min_count) & (spread >= min_documents))
        if len(kept):
            target = kept + source + 1
            first = of_document[:, [source]].toarray().ravel()
            low, high = log_dice_interval(joint[:, kept], first, of_document[:, target])
            cells = Tables.of_margins(
                count[kept], np.full(len(kept), units[source]), units[target], float(held.shape[0])
            )
            delta_from, delta_to = cells.delta_p()
            frames.append(
                pd.DataFrame(
                    {
                        "source": source, "target": target, "count": count[kept], "count_source": units[source],
                        "count_target": units[target], "expected": cells.expected, "documents": spread[kept],
                        "log_dice": cells.log_dice(), "log_dice_low": low, "log_dice_high": high,
                        "mi": cells.mutual_information(), "t": cells.t_score(), "g2": cells.log_likelihood(),
                        "delta_p_from": delta_from, "delta_p_to": delta_to,
                    }
                )
            )  # fmt: skip
    return pd.concat(frames[1:] or frames, ignore_index=True)
