"""Engines that find topics: each turns units × words into topics × words, and weights of the topics in each unit."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

MAX_ITERATIONS = 400  # the reports of the comparison need fewer than 100 at k=20
LDA_ITERATIONS = 20  # passes; the comparison found no better topics after more

ROUNDING = 1e-6  # of the largest singular value: what is below is none

Floats = npt.NDArray[np.float64]


class Task(NamedTuple):
    """What an engine is given: units × words, the words' inverse frequencies, how many topics, and a seed.

    ``covariate``: a value of each unit, for engines whose topics depend on one. ``start``: topics × words, for
    engines that begin with given ones.
    """

    counts: csr_matrix
    idf: Floats
    k: int
    seed: int
    covariate: npt.NDArray[Any] | None = None
    start: Floats | None = None


class Fitted(NamedTuple):
    """``loadings``: topics × words, rows add up to 1. ``weights``: units × topics. ``converged``: whether the fit had settled.

    ``prior``: of the shares of topics in a unit, where these are probabilities; else None. ``by_covariate``: what the engine
    says of the topics at each value of the covariate.
    """

    loadings: Floats
    weights: Floats
    converged: bool
    prior: float | None = None
    by_covariate: pd.DataFrame | None = None


def weighted(counts: csr_matrix, idf: Floats) -> csr_matrix:
    """TF-IDF: (1 + ln count) · idf, rows of Euclidean length 1: a word repeated in a paragraph says little more of its topic."""
    from sklearn.preprocessing import normalize

    values = counts.astype(np.float64)
    values.data = (1 + np.log(values.data)) * idf[values.indices]
    return csr_matrix(normalize(values, copy=False))


def nmf(task: Task) -> Fitted:
    """Non-negative matrix factorisation of TF-IDF by coordinate descent (Cichocki & Phan 2009), from :func:`first_guess`.

    The guess is exact, so that nothing is left to chance: ``seed`` changes nothing.
    """
    # In single precision: a third faster, and every unit in the same topic (benchmarks/topics.py).
    matrix = weighted(task.counts, task.idf).astype(np.float32)
    return factorised(matrix, *first_guess(matrix, task.k))


def factorised(matrix: csr_matrix, weights: Floats, loadings: Floats) -> Fitted:
    """The factors that coordinate descent finds from these."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning

    model = NMF(len(loadings), init="custom", solver="cd", max_iter=MAX_ITERATIONS)
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # its error of an exact fit: the root of less than 0
        warnings.simplefilter("ignore", ConvergenceWarning)  # said by Fitted.converged
        weights = model.fit_transform(matrix, W=weights, H=loadings)
    found = model.components_.astype(np.float64)
    size = found.sum(axis=1)  # a factor's size may sit in either matrix: put it where shares are taken
    return Fitted(rows_to_one(found), weights * size, bool(model.n_iter_ < MAX_ITERATIONS))


def first_guess(matrix: csr_matrix, k: int) -> tuple[Floats, Floats]:
    """Factors to start from by singular vectors, NNDSVDa (Boutsidis & Gallopoulos 2008): units × k and k × words.

    scikit-learn's own start is the same from approximate singular vectors, and ends in one of two solutions by its seed (on
    the reports of the benchmark: adjusted Rand index .87 over ten seeds).
    """
    from scipy.sparse.linalg import svds

    weights, loadings = np.zeros((matrix.shape[0], k)), np.zeros((k, matrix.shape[1]))
    # Documents drawn anew may hold fewer units, or fewer different ones, than there are topics: the rest begin alike.
    most = min(k, min(matrix.shape) - 1)
    with np.errstate(invalid="ignore"):
        left, size, right = svds(matrix.astype(np.float64), k=most, v0=np.ones(min(matrix.shape)))
    found = np.flatnonzero(size > ROUNDING * np.nanmax(size))
    for topic, factor in enumerate(found[np.argsort(-size[found], kind="stable")]):
        sides = [(np.maximum(sign * left[:, factor], 0), np.maximum(sign * right[factor], 0)) for sign in (1, -1)]
        lengths = [(float(np.linalg.norm(x)), float(np.linalg.norm(y))) for x, y in sides]
        (x, y), (of_x, of_y) = max(zip(sides, lengths, strict=True), key=lambda side: side[1][0] * side[1][1])
        scale = np.sqrt(size[factor])
        weights[:, topic] = scale * np.sqrt(of_y / of_x) * x
        loadings[topic] = scale * np.sqrt(of_x / of_y) * y
    mean = matrix.mean()
    for factor in (weights, loadings):
        factor[factor == 0] = mean
    return weights.astype(matrix.dtype), loadings.astype(matrix.dtype)


def folded(matrix: csr_matrix, loadings: Floats) -> Floats:
    """Weights of known topics in other units, by the same factorisation with the topics held."""
    from sklearn.decomposition import non_negative_factorization
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        found: tuple[Floats, Floats, int] = non_negative_factorization(
            matrix, H=loadings, n_components=len(loadings), update_H=False, max_iter=MAX_ITERATIONS
        )
    return found[0]


def lda(task: Task) -> Fitted:
    """Latent Dirichlet allocation by variational Bayes over all units at once (Blei, Ng & Jordan 2003)."""
    from sklearn.decomposition import LatentDirichletAllocation

    model = LatentDirichletAllocation(
        task.k, max_iter=LDA_ITERATIONS, learning_method="batch", random_state=task.seed
    ).fit(task.counts)
    loadings, prior = rows_to_one(model.components_), 1 / task.k
    return Fitted(loadings, queried(task.counts, loadings, prior=prior), True, prior)


def queried(counts: csr_matrix, loadings: Floats, *, prior: float, iterations: int = 100) -> Floats:
    """Share of each topic in each unit where the words of topics are probabilities: units × topics, rows add up to 1, or 0 where
    a unit has no words.

    The topics are held and the shares found by expectation and maximisation with a Dirichlet prior of this size on them
    (folding in, Hofmann 1999; MAP estimate with pseudo-counts, Asuncion et al. 2009).
    """
    coo, words = counts.tocoo(), loadings.T.copy()
    share = np.full((counts.shape[0], len(loadings)), 1 / len(loadings))
    for _ in range(iterations):
        expected = np.einsum("ij,ij->i", share[coo.row], words[coo.col])
        ratio = csr_matrix((coo.data / np.maximum(expected, 1e-300), (coo.row, coo.col)), shape=counts.shape)
        new = rows_to_one(share * (ratio @ words) + prior)
        moved = float(np.abs(new - share).max(initial=0))
        share = new
        if moved < 1e-4:
            break
    share[np.diff(counts.indptr) == 0] = 0  # of a unit without words nothing is known
    return share


def rows_to_one(matrix: Floats) -> Floats:
    """Rows divided by their sums; rows of 0 stay."""
    total = matrix.sum(axis=1, keepdims=True)
    scaled: Floats = np.divide(matrix, total, out=np.zeros_like(matrix), where=total > 0)
    return scaled


Engine = Callable[[Task], Fitted]
