"""Keywords of one document from its own words alone: those that stand near many others that do so too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

BLOCK = 1_000_000  # tokens whose graphs are ranked at a time (200 MB), so that memory does not grow with the corpus
# Steps of the iteration until no score of any graph moves by more; each step leaves at most ``damping`` of the error.
TOLERANCE, STEPS = 1e-10, 1000


@progress.bar("textrank")
def textrank(
    corpus: Corpus,
    *,
    by: str | Sequence[str] | None = None,
    top: int = 20,
    window: int = 5,
    damping: float = 0.85,
    words: WordFilter = CONTENT,
) -> pd.DataFrame:
    """Rank the words of each document by TextRank (Mihalcea and Tarau 2004): words count as the words beside them do.

    Two words that are kept (content words, or those of ``words``) are joined once for each time that they stand within
    ``window`` words of one paragraph, as ``jieba.analyse.textrank`` does: words left out and punctuation take up room, and a
    word may stand beside itself. On this graph a reader goes from word to word, along joins as often as they occur, and with
    1 - ``damping`` jumps to any word. Columns: ``doc_id``, or those of ``by``, where the documents of a group have one graph;
    ``term``; ``score``, the share of time that the reader spends on it (1 in all, so scores of long texts are lower);
    ``count``; ``rank``, from 1. The ``top`` terms of each document or group, best first. Words near no other kept one are in no
    graph; where there is no graph, there is no row. The score follows ``count`` closely and knows nothing of other
    documents: the commonest words of the genre lead unless ``words`` leaves them out; what marks a report out, ``tfidf`` tells.
    AnalysisError for a ``window`` below 2, ``damping`` not between 0 and 1, an unknown column and an empty corpus.
    """
    if window < 2 or not 0 < damping < 1 or top < 1:
        raise AnalysisError(
            f"window is {window}, damping {damping}, top {top}; they must be at least 2, between 0 and 1, and at least 1"
        )
    corpus, groups = grouping.grouped(corpus, by or "doc_id")
    graphs = _graphs(corpus, groups.code, words.mask(corpus.vocabulary), window)
    alphabet = np.argsort(corpus.vocabulary["word"].to_numpy(dtype=object).argsort())
    found = [_best(graph, _ranked(graph, damping), alphabet, top=top) for graph in graphs]
    frame = pd.concat(found, ignore_index=True)
    frame["term"] = corpus.vocabulary["word"].to_numpy()[frame["term"]]
    keys = groups.keys.iloc[frame.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, frame], axis=1)


@dataclass(frozen=True, slots=True)
class Graph:
    """Words that stand near others: the graphs of several groups in one, no edge between them.

    Of each node, ordered by group: its ``group``, ``word`` (row of the vocabulary) and ``count`` there; ``edges``: nodes ×
    nodes, symmetric, how often two stand near each other. A word beside itself counts from both ends, as in jieba.
    """

    group: Integers
    word: Integers
    count: Integers
    edges: csr_matrix


def _graphs(corpus: Corpus, code: Integers, keep: npt.NDArray[np.bool_], window: int) -> Iterator[Graph]:
    """The graphs of all groups, as many at a time as memory should hold."""
    tokens = corpus.tokens
    lengths, group = np.diff(tokens.ends, prepend=0), code[tokens.document]
    order = np.argsort(group, kind="stable")[np.count_nonzero(group < 0) :]  # paragraphs, those of a group together
    # A group stays whole: it belongs to the block in which it ends.
    size = np.bincount(group[order], weights=lengths[order], minlength=code.max() + 1)
    block = (np.cumsum(size) // BLOCK)[group[order]]
    for chosen in np.split(order, np.flatnonzero(np.diff(block)) + 1):
        paragraph = np.repeat(np.arange(len(chosen)), lengths[chosen])
        place = np.arange(len(paragraph)) + (tokens.ends[chosen] - np.cumsum(lengths[chosen]))[paragraph]
        ids = tokens.ids[place].astype(np.int64)
        yield _graph(ids, group[chosen][paragraph], paragraph, keep[ids], window)


def _graph(ids: Integers, group: Integers, paragraph: Integers, kept: npt.NDArray[np.bool_], window: int) -> Graph:
    """The graph of words in the order of the text, each of a group and a paragraph."""
    words = int(ids.max(initial=0)) + 1
    code = group * words + ids
    nodes, count = np.unique(code[kept], return_counts=True)
    number = np.searchsorted(nodes, code)  # meaningless where a word is not kept
    edges = csr_matrix((len(nodes), len(nodes)))
    for apart in range(1, window):
        near = kept[apart:] & kept[:-apart] & (paragraph[apart:] == paragraph[:-apart])
        ends = number[:-apart][near], number[apart:][near]
        edges += csr_matrix((np.ones(len(ends[0])), ends), shape=edges.shape)
    edges = csr_matrix(edges + edges.T)
    joined = np.flatnonzero(edges.getnnz(axis=1))
    group, word = np.divmod(nodes[joined], words)
    return Graph(group, word, count[joined], csr_matrix(edges[joined][:, joined]))


def _ranked(graph: Graph, damping: float) -> Floats:
    """Share of time that a reader spends on each node of its group's graph: PageRank with weights (Brin and Page 1998)."""
    out = np.asarray(graph.edges.sum(axis=1)).ravel()
    start = 1 / np.bincount(graph.group)[graph.group]
    score = start
    for _ in range(STEPS):
        before, score = score, (1 - damping) * start + damping * (graph.edges @ (score / out))
        if np.abs(score - before).max(initial=0) < TOLERANCE:
            break
    return score


def _best(graph: Graph, scores: Floats, alphabet: Integers, *, top: int) -> pd.DataFrame:
    """The words (by number) of the highest scores of each group; of equal scores the more frequent, then by the alphabet."""
    # Rounded for the order, as the last digits of equal scores depend on the order in which they were added up.
    order = np.lexsort((alphabet[graph.word], -graph.count, -scores.round(9), graph.group))
    group = graph.group[order]
    rank = np.arange(len(group)) - np.searchsorted(group, group) + 1
    order, rank = order[rank <= top], rank[rank <= top]
    columns = {"term": graph.word[order], "score": scores[order], "count": graph.count[order], "rank": rank}
    return pd.DataFrame({"_group": graph.group[order], **columns})
