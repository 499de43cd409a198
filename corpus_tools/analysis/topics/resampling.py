"""Fits to documents drawn anew: what comes back in them does not hang on a few reports."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus_tools import progress
from corpus_tools.analysis.topics.engines import Engine, Floats, Task

FEWEST = 3  # documents; fewer cannot be drawn anew


def loadings_of_resamples(engine: Engine, task: Task, document: npt.NDArray[np.int64], *, seeds: int) -> list[Floats]:
    """Topics of ``seeds`` − 1 fits, each with another seed and on as many documents drawn with replacement."""
    if len(np.unique(document)) < FEWEST:
        return []
    found = []
    for number in progress.steps(range(1, seeds), "refits", unit="fits"):
        rows = drawn(document, seed=task.seed + number)
        covariate = None if task.covariate is None else task.covariate[rows]
        again = task._replace(counts=task.counts[rows], seed=task.seed + number, covariate=covariate)
        found.append(engine(again).loadings)
    return found


def drawn(document: npt.NDArray[np.int64], *, seed: int) -> npt.NDArray[np.int64]:
    """Rows of the units of as many documents as there are, drawn with replacement."""
    names = np.unique(document)
    chosen = np.random.default_rng(seed).choice(names, size=len(names))
    order = np.argsort(document, kind="stable")
    starts = np.searchsorted(document[order], chosen)
    ends = np.searchsorted(document[order], chosen, side="right")
    return np.concatenate([order[start:end] for start, end in zip(starts, ends, strict=True)])
