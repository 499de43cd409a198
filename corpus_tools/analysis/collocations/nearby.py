"""Which words stand near a node more often than elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy
from scipy.sparse import csr_matrix
from scipy.special import bdtrc

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.collocations.windows import Counted, Integers, Table, check_window, count
from corpus_tools.analysis.concordance import queries
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.statistics.contingency import Tables, log_dice_interval
from corpus_tools.analysis.statistics.poisson_binomial import tail
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError


@progress.bar("collocates")
def around(
    corpus: Corpus,
    node: str,
    *,
    window: int | str = 5,
    kind: str | None = None,
    by: str | Sequence[str] | None = None,
    min_count: int = 5,
    min_documents: int = 3,
    words: WordFilter = CONTENT,
    lexicon: Lexicon = None,
) -> pd.DataFrame:
    """Which words stand near a ``node``: one row a group of ``by`` and collocate.

    ``node`` is any query of ``kwic`` (``kind`` as there). ``window``: so many words on either side, punctuation not
    counted, within the paragraph; or the whole ``"paragraph"`` or ``"sentence"``. Collocates are those of ``words`` that stand
    there ``min_count`` times in ``min_documents`` documents of the group; no place of the node's own words counts.

    Columns: those of ``by``; ``collocate``; ``count``, its places in windows, each once; ``count_node``, places of the node;
    ``count_collocate``, all its places but in the node; ``expected``, places in windows if it stood anywhere with
    equal chance; ``documents`` that hold it in a window; ``log_dice`` (Rychlý 2008: 14 + log2 of 2·count / (count_node +
    count_collocate)) with a 95 % interval over documents, ``log_dice_low`` and ``log_dice_high``; ``mi``, ``t``, ``g2``
    (Church & Hanks 1990, Church et al. 1991, Dunning 1993) and ``delta_p_from``, ``delta_p_to`` (Gries 2013: of the collocate
    given the window, and of the window given the collocate), all of the table window or not × collocate or not, in which
    each word of the corpus outside the node is one trial (Evert 2008, surface co-occurrence); ``left``, ``right``,
    places in windows on that side of a node (a word between two nodes is on both); ``documents_above``,
    ``documents_expected``, ``p_value``, ``q_value``. Of a paragraph or sentence all counts but these four are of
    paragraphs or sentences that hold the words (Evert's textual co-occurrence).

    G2 and t take words as independent, which they are not. ``p_value`` takes documents. The places of the collocate in a
    document that holds the node fall into windows by chance with the share of its words that are there (binomial).
    ``documents_above`` are those in which more do than so expected, ``documents_expected`` the sum of the chances of that,
    and ``p_value`` the probability of so many or more (Poisson-binomial, mid-p): one document, one observation, whatever it
    repeats. A word that merely stands in the same documents has no small p. ``q_value``: Benjamini & Hochberg's over all
    words that stand ``min_count`` times in ``min_documents`` of the documents with the node, near it or not.

    Rows: by group, then log_dice, highest first. AnalysisError for a bad query or option and a node that stands nowhere.
    """
    check_window(window)
    if min(min_count, min_documents) < 1:
        raise AnalysisError("min_count and min_documents must be at least 1")
    corpus, groups = grouping.grouped(corpus, by)
    asked = queries.read(node, kind, match="longest", lexicon=lexicon)
    found = queries.spans(corpus, asked)
    if not len(found.first):
        raise AnalysisError(f"{node!r} stands nowhere in this corpus (as a {asked.kind})")
    chosen = np.flatnonzero(words.mask(corpus.vocabulary))
    column = np.full(len(corpus.vocabulary), -1, dtype=np.int64)
    column[chosen] = np.arange(len(chosen))
    counted = count(corpus, found, column, window=window)
    names = corpus.vocabulary["word"].to_numpy(dtype=object)[chosen]
    frames = [
        _group(counted, np.flatnonzero(groups.code == row), names, min_count=min_count, min_documents=min_documents)
        for row, _ in groups.each()
    ]
    whole = pd.concat(frames, ignore_index=True)
    keys = groups.keys.loc[groups.keys.index.repeat([len(frame) for frame in frames])].reset_index(drop=True)
    whole = pd.concat([keys, whole], axis=1)
    whole.attrs.update(node=node, kind=asked.kind, window=window)
    return whole


def _group(
    counted: Counted, rows: Integers, names: npt.NDArray[np.object_], *, min_count: int, min_documents: int
) -> pd.DataFrame:
    """The collocates of one group."""
    table, nodes = counted.reported.of(rows), counted.nodes[rows]
    documents = table.joint.getnnz(axis=0)
    shown = np.flatnonzero((_sums(table.joint) >= min_count) & (documents >= min_documents))
    frame = _measures(table, nodes, shown)
    frame.insert(0, "collocate", names[shown])
    frame["left"], frame["right"] = (_sums(side[rows][:, shown]) for side in (counted.left, counted.right))
    tested = _family(table, nodes, min_count, min_documents)
    of_tested = _tests(counted.tokens.of(rows), tested).iloc[np.searchsorted(tested, shown)].reset_index(drop=True)
    frame = pd.concat([frame, of_tested], axis=1)
    return frame.sort_values(["log_dice", "collocate"], ascending=[False, True], ignore_index=True)


def _family(table: Table, nodes: Integers, min_count: int, min_documents: int) -> Integers:
    """The words that could have stood near the node often enough: what is tested must not depend on where they stand."""
    beside = table.words[np.flatnonzero(nodes)]
    return np.flatnonzero((_sums(beside) >= min_count) & (beside.getnnz(axis=0) >= min_documents))


def _measures(table: Table, nodes: Integers, shown: Integers) -> pd.DataFrame:
    joint, words = csr_matrix(table.joint[:, shown]), csr_matrix(table.words[:, shown])
    count, of_words, of_node = _sums(joint), _sums(words), int(nodes.sum())
    cells = Tables.of_margins(count, np.full(len(shown), table.inside.sum()), of_words, float(table.size.sum()))
    low, high = log_dice_interval(joint, nodes, words)
    delta_from, delta_to = cells.delta_p()
    with np.errstate(divide="ignore"):
        log_dice = 14 + np.log2(2 * count / (of_node + of_words))
    return pd.DataFrame(
        {
            "count": count,
            "count_node": of_node,
            "count_collocate": of_words,
            "expected": cells.expected,
            "documents": joint.getnnz(axis=0),
            "log_dice": log_dice,
            "log_dice_low": low,
            "log_dice_high": high,
            "mi": cells.mutual_information(),
            "t": cells.t_score(),
            "g2": cells.log_likelihood(),
            "delta_p_from": delta_from,
            "delta_p_to": delta_to,
        }
    )


def _tests(table: Table, tested: Integers) -> pd.DataFrame:
    """Documents in which each of these words is in windows more often than expected, how many are so by chance, p and q."""
    holding = np.flatnonzero(table.inside)
    joint, words = (csr_matrix(part[holding][:, tested]) for part in (table.joint, table.words))
    pairs = words.tocoo()
    share = (table.inside[holding] / np.maximum(table.size[holding], 1))[pairs.row]
    least = np.floor(pairs.data * share)
    seen = np.asarray(joint[pairs.row, pairs.col]).ravel() > least
    above = np.bincount(pairs.col[seen], minlength=len(tested)).astype(np.int64)
    expected, p = tail(pairs.col.astype(np.int64), bdtrc(least, pairs.data, share), above)
    q = scipy.stats.false_discovery_control(p) if len(p) else p
    return pd.DataFrame({"documents_above": above, "documents_expected": expected, "p_value": p, "q_value": q})


def _sums(matrix: csr_matrix) -> Integers:
    return np.asarray(matrix.sum(axis=0), dtype=np.int64).ravel()
