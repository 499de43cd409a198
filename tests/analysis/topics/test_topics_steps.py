"""The steps by which topics are learnt from all units, a part at a time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import small_corpus
from hypothesis import given, settings
from hypothesis import strategies as st
from planted_topics import FISH, ROAD, TOWN, WOOD, paragraphs
from scipy.optimize import nnls

from corpus_tools.analysis.topics import engines, streaming
from corpus_tools.analysis.topics.material import Asked, material
from corpus_tools.analysis.words import CONTENT

DOCUMENTS = [
    {"words": paragraphs(theme, 6, n) + "\n" + paragraphs(other, 6, 50 + n)}
    for n in range(24)
    for theme, other in [([FISH, WOOD, TOWN, ROAD][n % 4], [WOOD, TOWN, ROAD, FISH][n // 4 % 4])]
]
ASKED = Asked("paragraph", CONTENT, 15, 0.5, courtesies=False)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_least_squares_are_those_of_scipy(seed):
    random = np.random.default_rng(seed)
    weights, matrix = random.random((30, 3)), random.random((30, 7)) * random.integers(0, 2, (30, 7))
    found = streaming.least_squares(weights.T @ weights, weights.T @ matrix, random.random((3, 7)))
    expected = np.array([nnls(weights, column)[0] for column in matrix.T]).T
    ours, best = (np.linalg.norm(matrix - weights @ of) for of in (found, expected))
    assert best - 1e-9 <= ours <= best * 1.001


def test_a_topic_without_weight_stays_as_it_is():
    start = np.array([[0.5, 0.5], [0.25, 0.75]])
    found = streaming.least_squares(np.array([[2.0, 0.0], [0.0, 0.0]]), np.array([[4.0, 2.0], [0.0, 0.0]]), start)
    assert found.tolist() == [[2.0, 1.0], [0.25, 0.75]]


def test_a_step_brings_topics_nearer_to_the_texts(tmp_path):
    found = material(small_corpus.make(tmp_path, DOCUMENTS, parts=3), ASKED, streamed=True)
    matrix = np.vstack([engines.weighted(block.counts, found.idf).toarray() for block in found.blocks()])
    loadings = engines.rows_to_one(np.random.default_rng(0).random((4, matrix.shape[1])))
    residuals = []
    for _ in range(4):
        weights = np.array([nnls(loadings.T, row)[0] for row in matrix])
        residuals.append(np.linalg.norm(matrix - weights @ loadings))
        loadings = streaming.learnt(found, loadings)
    assert all(after < before * 1.001 for before, after in pairwise(residuals))
    assert residuals[-1] < residuals[0] * 0.95
    assert loadings.sum(axis=1) == pytest.approx(1)
