"""Which words stand for a topic."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy

from corpus_tools.analysis.topics.engines import Floats

TERMS = 25  # words kept a topic
LAMBDA = 0.6  # of relevance: what readers told topics apart by best in Sievert & Shirley's study
BALANCE = 0.5  # of frex: how often and how much alone weigh alike (the default of stm)
LEAST = 1e-12  # a word of no weight, so that logarithms exist
SLIGHT = 0.001  # of the weight of a topic's first word: words of less do not stand for it


def relevance(loadings: Floats, sizes: Floats) -> Floats:
    """λ · ln p(word | topic) + (1 − λ) · ln(p(word | topic) / p(word)), λ = 0.6 (Sievert & Shirley 2014); topics × words."""
    whole = np.maximum((sizes / sizes.sum()) @ loadings, LEAST)
    logs = np.log(np.maximum(loadings, LEAST))
    found: Floats = LAMBDA * logs + (1 - LAMBDA) * (logs - np.log(whole))
    return found


def exclusivity(loadings: Floats) -> Floats:
    """A word's weight in a topic divided by its weights in all topics; 0 to 1, topics × words."""
    found: Floats = loadings / np.maximum(loadings.sum(axis=0), LEAST)
    return found


def frex(loadings: Floats) -> Floats:
    """Harmonic mean of how frequent and how exclusive a word is, both as ranks within the topic (Bischof & Airoldi 2012)."""
    ranks = [scipy.stats.rankdata(values, axis=1) / loadings.shape[1] for values in (exclusivity(loadings), loadings)]
    found: Floats = 1 / (BALANCE / ranks[0] + (1 - BALANCE) / ranks[1])
    return found


def counted(loadings: Floats) -> npt.NDArray[np.bool_]:
    """Mark the words that have more than slight weight in a topic; topics × words."""
    return np.asarray(loadings > SLIGHT * loadings.max(axis=1, keepdims=True))


def best(loadings: Floats, sizes: Floats, *, by: str, top: int = TERMS) -> npt.NDArray[np.int64]:
    """Columns of the first words of each topic, by ``weight`` or ``relevance``: topics × top, fewer where words are fewer."""
    values = loadings if by == "weight" else relevance(loadings, sizes)
    # A word of no weight may rank high by relevance alone, as all of them share one floor.
    values = np.where(counted(loadings), values, -np.inf)
    return np.argsort(-values, axis=1, kind="stable")[:, :top]


def known(loadings: Floats, columns: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The same columns, -1 for words of slight weight, which come last: those that a topic of few words does not have."""
    return np.where(np.take_along_axis(counted(loadings), columns, axis=1), columns, -1)


def exclusive(loadings: Floats, columns: npt.NDArray[np.int64]) -> Floats:
    """Mean exclusivity of these words of each topic, those that it has."""
    there = known(loadings, columns) >= 0
    values = np.take_along_axis(exclusivity(loadings), columns, axis=1)
    found: Floats = (values * there).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
    return found


def terms(loadings: Floats, sizes: Floats, words: npt.NDArray[np.str_], *, by: str) -> pd.DataFrame:
    """Columns topic, term, rank, weight, relevance, frex; words of slight weight (a thousandth of the first's) are in no row."""
    columns = best(loadings, sizes, by=by)
    topic, rank = np.indices(columns.shape) + 1
    values = {"weight": loadings, "relevance": relevance(loadings, sizes), "frex": frex(loadings)}
    frame = pd.DataFrame({"topic": topic.ravel(), "term": words[columns.ravel()], "rank": rank.ravel()})
    for name, of in values.items():
        frame[name] = np.take_along_axis(of, columns, axis=1).ravel()
    there = np.take_along_axis(counted(loadings), columns, axis=1).ravel()
    return frame[there].reset_index(drop=True)
