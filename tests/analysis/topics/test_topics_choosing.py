from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from planted_topics import FISH, ROAD, TOWN, WOOD, paragraphs
from scipy.sparse import csr_matrix

from corpus_tools.analysis import topics
from corpus_tools.analysis.topics import choosing
from corpus_tools.errors import AnalysisError


@pytest.fixture
def planted(make):
    """Four themes, two in each of twenty reports."""
    themes = [FISH, WOOD, TOWN, ROAD]
    return make(
        [
            {"words": paragraphs(themes[n % 4], 4, n) + "\n" + paragraphs(themes[(n + 1 + n // 4 % 3) % 4], 4, 100 + n)}
            for n in range(20)
        ]
    )


def test_the_planted_number_is_recommended(planted):
    frame = topics.choose(planted, (2, 3, 4, 8), max_share=0.5)
    assert frame["k"].tolist() == [2, 3, 4, 8]
    assert frame.loc[frame["recommended"], "k"].tolist() == [4]
    assert frame.set_index("k")["stability"][4] == 1
    assert frame.set_index("k")["steady"][4] == 4
    assert frame["residual"].is_monotonic_decreasing  # more topics always fit better; what is held out tells
    assert (frame["reason"] != "").all()


def test_without_k_it_is_what_is_recommended(planted):
    found = topics.fit(planted, max_share=0.5)
    assert len(found) == found.choice.loc[found.choice["recommended"], "k"].item()
    assert found.choice["k"].tolist() == [k for k in choosing.LADDER if k < 24]


def test_the_rule_by_hand():
    frame = pd.DataFrame(
        {
            "k": [5, 10, 20, 30, 40],
            "stability": [0.95, 0.9, 0.85, 0.82, 0.5],
            "held_out": [0.99, 0.955, 0.951, 0.95, 0.90],
            "held_out_error": [0.004, 0.004, 0.004, 0.004, 0.004],
        }
    )
    # 40 foretells best, but does not come back; 30 is the best of the others, and 20 within its error (10 is not).
    chosen = choosing._recommended(frame)
    assert chosen.loc[chosen["recommended"], "k"].tolist() == [20]
    assert chosen["reason"].str.contains("do not come back").tolist() == [False, False, False, False, True]
    # Where none is steady, the steadiest.
    unsteady = choosing._recommended(frame.assign(stability=[0.3, 0.5, 0.6, 0.4, 0.2]))
    assert unsteady.loc[unsteady["recommended"], "k"].tolist() == [20]
    assert unsteady["reason"][2] == "no topics come back often enough, these most: stability 0.60, asked for 0.80"
    # Where the most that were compared are the best, more might be better.
    assert choosing._recommended(frame.loc[:1])["reason"][1].endswith("more topics were not compared")
    assert not chosen["reason"].str.contains("not compared").any()


def test_the_residual_is_that_of_the_filled_matrices():
    random = np.random.default_rng(0)
    matrix, weights, loadings = random.random((6, 5)), random.random((6, 2)), random.random((2, 5))
    plain = np.square(matrix - weights @ loadings).sum(axis=1)
    assert choosing._residual(csr_matrix(matrix), weights, loadings) == pytest.approx(plain)


@pytest.mark.parametrize(
    ("ks", "options", "says"),
    [((), {}, "no numbers"), ((4, 99), {}, "k can be 2 to 23"), ((4,), {"seeds": 1}, "at least 2")],
)
def test_what_cannot_be_compared_is_said(planted, ks, options, says):
    with pytest.raises(AnalysisError, match=says):
        topics.choose(planted, ks, max_share=0.5, **options)


def test_too_few_documents_cannot_choose(make):
    corpus = make([{"words": paragraphs(FISH, 9, n) + "\n" + paragraphs(WOOD, 9, n)} for n in range(4)])
    with pytest.raises(AnalysisError, match="at least 10; give k"):
        topics.choose(corpus, (2, 3), max_share=1.0)
