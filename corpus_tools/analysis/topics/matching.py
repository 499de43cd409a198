"""Whether topics of another fit are the same topics."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.analysis.topics.engines import Floats
from corpus_tools.analysis.topics.ranking import counted

# Cosine of two topics from which on they are the same. The likest topics of one fit reach .22, a topic of a fit to
# resampled documents mostly .9 and more (benchmarks/topics.py --stability).
SAME = 0.7
# Share of a topic's first ten words that must be among the first ten of the other. The cosine is made by the first one or two
# words: by it alone topics come back as often when all words were shuffled over the paragraphs (.75 of 20 topics, real ones
# .88). With six words of ten .08 and .83, with seven .02 and .77 (the 102 reports of the benchmark, three refits).
WORDS = 0.6
TOP = 10
STEADY = 0.7  # share of refits in which a topic must come back, so as not to be marked


def cosines(one: Floats, other: Floats) -> Floats:
    """Cosine of each topic of one with each of the other: both topics × the same words."""
    lengths = np.outer(np.linalg.norm(one, axis=1), np.linalg.norm(other, axis=1))
    return np.asarray(one @ other.T) / np.maximum(lengths, 1e-12)


def matched(similarity: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """For each row the column it is matched with (Kuhn 1955: the sum of all is largest; -1 for none), and how like they are."""
    from scipy.optimize import linear_sum_assignment

    row, column = linear_sum_assignment(similarity, maximize=True)
    partner, value = np.full(len(similarity), -1), np.zeros(len(similarity))
    partner[row], value[row] = column, similarity[row, column]
    return partner, value


def shared(loadings: Floats, other: Floats, partner: npt.NDArray[np.int64]) -> Floats:
    """Share of each topic's first ten words that are among the first ten of its match; 0 where it has none."""
    mine, theirs = _first(loadings), _first(other)
    both = (mine & theirs[partner]).sum(axis=1) * (partner >= 0)
    found: Floats = both / np.maximum(mine.sum(axis=1), 1)
    return found


def _first(loadings: Floats) -> npt.NDArray[np.bool_]:
    """Mark the first ten words of each topic, fewer where it has fewer."""
    rank = np.argsort(np.argsort(-loadings, axis=1, kind="stable"), axis=1)
    return (rank < TOP) & counted(loadings)


def refits_of(loadings: Floats, others: list[Floats]) -> pd.DataFrame:
    """Columns refit (from 1), topic, similarity (cosine with its match in that refit), words (share of its first ten words
    that are among the first ten of the match), recurs (.7 and .6 or more).
    """
    topic = np.arange(1, len(loadings) + 1)
    none = pd.DataFrame({"refit": [], "topic": [], "similarity": [], "words": []})
    frames = [none.astype({"refit": "int64", "topic": "int64"})]
    for number, other in enumerate(others, 1):
        partner, similarity = matched(cosines(loadings, other))
        words = shared(loadings, other, partner)
        frames.append(pd.DataFrame({"refit": number, "topic": topic, "similarity": similarity, "words": words}))
    whole = pd.concat(frames[1:] or frames, ignore_index=True)
    return whole.assign(recurs=(whole["similarity"] >= SAME) & (whole["words"] >= WORDS))
