"""How much of a group's documents topics take up, and with which words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools.analysis import grouping
from corpus_tools.analysis.counts import check_options
from corpus_tools.analysis.topics.engines import Floats, rows_to_one
from corpus_tools.analysis.topics.material import units_with
from corpus_tools.analysis.topics.model import Model
from corpus_tools.analysis.trends.estimates import Measured, tidy
from corpus_tools.corpus.corpus import Corpus


def prevalence(
    model: Model, corpus: Corpus, documents: pd.DataFrame, by: str | Sequence[str], *, resamples: int, seed: int
) -> pd.DataFrame:
    """Columns of ``by``, topic, share, low, high, n; ``documents`` is doc_id, topic, share of this corpus."""
    check_options(resamples=resamples)
    counted, groups = grouping.grouped(corpus, by)
    shares = model.shares(counted) if counted is not corpus else _wide(documents, corpus, len(model.loadings))
    code = np.where(np.isnan(shares).any(axis=1), -1, groups.code)
    known = grouping.Groups(code, groups.keys)
    topics = [str(number + 1) for number in range(len(model.loadings))]
    measured = Measured(counted, known, topics, csr_matrix(np.nan_to_num(shares)), "mean", resamples, seed)
    columns = []
    for group, key in groups.each():
        rows = measured.rows(group)
        value, low, high = measured.estimate(rows, key=key)
        # What a document has of a topic ends at all of it, which the interval of a rate does not know.
        columns.append({"share": value, "low": low, "high": np.minimum(high, 1), "n": len(rows)})
    frame = tidy(groups.keys, topics, columns).rename(columns={"term": "topic"}).astype({"topic": np.int64})
    return frame[frame["n"] > 0].reset_index(drop=True)


def words(model: Model, corpus: Corpus, by: str | Sequence[str], *, top: int) -> pd.DataFrame:
    """Columns of ``by``, topic, term, rank, weight, lift, units, n."""
    check_options(top=top)
    corpus, groups = grouping.grouped(corpus, by)
    held = np.zeros((len(groups.keys), *model.loadings.shape))
    units, speaks = np.zeros(held.shape[:2]), np.zeros(len(corpus), dtype=np.bool_)
    for block in units_with(corpus, model.asked, model.terms):
        counted = block.counts
        shares, code = rows_to_one(model.weights(counted)), groups.code[block.document]
        speaks[block.document[shares.any(axis=1)]] = True
        for group in np.unique(code[code >= 0]):
            rows = np.flatnonzero(code == group)
            held[group] += _said(csr_matrix(counted[rows]), shares[rows], model.loadings)
            units[group] += shares[rows].sum(axis=0)
    whole = rows_to_one(held.sum(axis=0))
    frames = [_words(rows_to_one(of), whole, model, top).assign(_group=group) for group, of in enumerate(held)]
    frame = pd.concat(frames, ignore_index=True)
    frame["units"] = units[frame["_group"], frame["topic"] - 1]
    frame["n"] = groups.sums(speaks.astype(np.int64))[frame["_group"]]
    keys = groups.keys.iloc[frame.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, frame], axis=1)


def _said(counts: csr_matrix, shares: Floats, loadings: Floats) -> Floats:
    """How often each topic says each word in these units: topics × words.

    A word of a unit is shared out among the topics as they foretell it there, share of the unit times weight of the word:
    shared out by the unit alone, a topic would get the words of those that it stands beside.
    """
    coo = counts.tocoo()
    expected = np.einsum("ij,ij->i", shares[coo.row], loadings.T[coo.col])
    ratio = np.divide(coo.data, expected, out=np.zeros(len(coo.data)), where=expected > 0)
    found: Floats = loadings * np.asarray(csr_matrix((ratio, (coo.row, coo.col)), shape=counts.shape).T @ shares).T
    return found


def _words(weights: Floats, whole: Floats, model: Model, top: int) -> pd.DataFrame:
    # By weight beyond that of any topic, as in the words of the topics themselves: what is common to all says little.
    ranked = weights * model.idf if model.prior is None else weights
    columns = np.argsort(-ranked, axis=1, kind="stable")[:, :top]
    topic, rank = np.indices(columns.shape) + 1
    weight, before = (np.take_along_axis(of, columns, axis=1).ravel() for of in (weights, whole))
    frame = pd.DataFrame(
        {"topic": topic.ravel(), "term": model.terms[columns.ravel()], "rank": rank.ravel(), "weight": weight}
    )
    frame["lift"] = np.divide(weight, before, out=np.full_like(weight, np.nan), where=before > 0)
    return frame[frame["weight"] > 0]


def _wide(documents: pd.DataFrame, corpus: Corpus, topics: int) -> Floats:
    """Documents × topics in the order of the corpus; NaN for documents without shares."""
    names = [name for name in documents.columns if name not in ("topic", "share")]
    wide = documents.pivot_table(index=names, columns="topic", values="share")
    rows = corpus.described.set_index(names).index
    return wide.reindex(index=rows, columns=range(1, topics + 1)).to_numpy(dtype=np.float64)
