"""Topics of corpora that outgrow memory: the same factorisation, a part of the corpus folder at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from corpus_tools import progress
from corpus_tools.analysis.topics import engines
from corpus_tools.analysis.topics.engines import Fitted, Floats, Task, rows_to_one, weighted
from corpus_tools.analysis.topics.material import Block, Material, in_order, joined
from corpus_tools.analysis.topics.resampling import FEWEST

METHOD = "streamed_nmf"
SAMPLE = 20_000  # units of whole documents that topics are first found in
# Steps from all. From topics of half of the paragraphs of the benchmark, the second gains under a tenth of what the first did,
# and two bring the residual below what scikit-learn's MiniBatchNMF reaches in the same time (--against-batch).
PASSES = 2
SETTLED = 1e-4  # change, as a share of all, below which a step is done


def fit(found: Material, *, k: int, seed: int) -> tuple[Fitted, Iterable[tuple[Block, Floats]]]:
    """Find topics in a sample of documents, then learn their words from all units by steps of the factorisation of the whole.

    Each step is two sums over units and one problem of least squares, so that parts and their order change nothing but the
    last digits. Memory: the sample, and one part of the folder.
    """
    first = sample(found, seed=seed, replace=False)
    start = engines.nmf(Task(first.counts, found.idf, k, seed))
    loadings = start.loadings
    for _ in range(PASSES):
        loadings = learnt(found, loadings)
    return Fitted(loadings, np.empty((0, k)), start.converged), _weighed(found, loadings)


def learnt(found: Material, loadings: Floats) -> Floats:
    """The words of topics that fit all units best, given the weights that topics of these words have there."""
    of_topics = np.zeros((len(loadings), len(loadings)))
    of_words = np.zeros_like(loadings)
    for block in found.blocks():
        matrix = weighted(block.counts, found.idf)
        weights = engines.folded(matrix, loadings)
        of_topics += weights.T @ weights
        of_words += np.asarray((matrix.T @ weights).T)
    return rows_to_one(least_squares(of_topics, of_words, loadings))


def least_squares(of_topics: Floats, of_words: Floats, start: Floats) -> Floats:
    """H ≥ 0 of least ‖X − WH‖, from WᵀW and WᵀX, a topic at a time (HALS, Cichocki & Phan 2009)."""
    loadings = start.copy()
    for _ in range(engines.MAX_ITERATIONS):
        before = loadings.copy()
        for topic in np.flatnonzero(np.diag(of_topics)):
            gradient = of_topics[topic] @ loadings - of_words[topic]
            loadings[topic] = np.maximum(loadings[topic] - gradient / of_topics[topic, topic], 0)
        if np.abs(loadings - before).sum() <= SETTLED * loadings.sum():
            break
    return loadings


def others(found: Material, *, k: int, seed: int, seeds: int) -> list[Floats]:
    """Topics of ``seeds`` − 1 samples of documents, drawn with replacement."""
    if len(np.unique(found.report)) < FEWEST:
        return []
    numbers = progress.steps(range(1, seeds), "refits", unit="fits")
    samples = (sample(found, seed=seed + number, replace=True).counts for number in numbers)
    return [engines.nmf(Task(counts, found.idf, k, seed)).loadings for counts in samples]


def sample(found: Material, *, seed: int, replace: bool) -> Block:
    """The units of as many reports as hold some 20,000 units; those drawn with replacement count once."""
    reports = len(np.unique(found.report))
    most = max(FEWEST, round(SAMPLE * reports / max(1, found.size)))
    chosen = np.random.default_rng(seed).choice(reports, size=min(most, reports), replace=replace)
    return in_order(joined([block.of(np.isin(found.report[block.document], chosen)) for block in found.blocks()]))


def _weighed(found: Material, loadings: Floats) -> Iterator[tuple[Block, Floats]]:
    for block in found.blocks():
        yield block, engines.folded(weighted(block.counts, found.idf), loadings)
