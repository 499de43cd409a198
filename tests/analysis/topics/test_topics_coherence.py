"""Coherence against hand-worked numbers and, where it is installed, against gensim."""

from __future__ import annotations

import math

import numpy as np
import pytest

from corpus_tools.analysis.topics import coherence
from corpus_tools.analysis.topics.material import Block


def block(units, columns):
    ends = np.cumsum([len(unit) for unit in units])
    words = np.array([word for unit in units for word in unit], dtype=np.int32)
    none = np.zeros(len(units), dtype=np.int64)
    return Block(words, ends, none, none, none.astype(np.uint64), columns)


def test_npmi_of_pairs_by_hand():
    # Of four units words 0 and 1 share two; word 2 stands alone in one.
    units = block([[0, 1], [0, 1, 3], [0], [2, 3]], 4)
    npmi, _ = coherence.coherence([units], np.array([[0, 1], [0, 2]]))
    together = math.log(0.5 / (0.75 * 0.5)) / -math.log(0.5)
    assert npmi == pytest.approx([together, -1], abs=1e-9)


def test_words_that_a_topic_does_not_have_are_not_asked():
    units = block([[0, 1], [0, 1, 3], [0], [2, 3]], 4)
    whole = coherence.coherence([units], np.array([[0, 1]]))
    fewer = coherence.coherence([units], np.array([[0, 1, -1, -1], [2, -1, -1, -1]]))
    assert [values[0] for values in fewer] == pytest.approx([values[0] for values in whole])
    assert np.isnan([values[1] for values in fewer]).all()


def test_parts_add_up():
    random = np.random.default_rng(3)
    units = [random.integers(0, 12, size=size).tolist() for size in random.integers(20, 300, size=30)]
    topics = np.array([[0, 1, 2, 3], [4, 5, 6, 7]])
    whole = coherence.coherence([block(units, 12)], topics)
    parts = coherence.coherence([block(units[:7], 12), block(units[7:8], 12), block(units[8:], 12)], topics)
    assert np.array(parts) == pytest.approx(np.array(whole))


def test_windows_slide_over_long_units_one_word_at_a_time():
    # Words 0 and 1 stand 110 words apart: in 112 words there are three windows, and none holds both.
    units = block([[0, *[2] * 109, 1, 2]], 3)
    _, apart = coherence.coherence([units], np.array([[0, 1]]))
    units = block([[0, *[2] * 108, 1, 2, 2]], 3)
    _, near = coherence.coherence([units], np.array([[0, 1]]))
    assert near[0] > apart[0]


def c_v_of_sets(windows, topic):
    """C_V by its definition, window by window and pair by pair, as plain as can be."""

    def npmi(a, b):
        p_a, p_b = (sum(word in window for window in windows) / len(windows) for word in (a, b))
        both = sum(a in window and b in window for window in windows) / len(windows) + 1e-12
        return math.log(both / (p_a * p_b)) / -math.log(both)

    vectors = [np.array([npmi(a, b) for b in topic]) for a in topic]
    total = sum(vectors)
    return np.mean([v @ total / (np.linalg.norm(v) * np.linalg.norm(total)) for v in vectors])


def test_c_v_of_long_and_short_units_is_that_of_plain_sets():
    random = np.random.default_rng(5)
    units = [random.integers(0, 40, size=size).tolist() for size in (3, 20, 109, 110, 111, 150, 240)]
    windows = [set(unit[first : first + 110]) for unit in units for first in range(max(1, len(unit) - 109))]
    topics = np.array([[0, 1, 2, 3], [20, 21, 22, 23]])
    _, c_v = coherence.coherence([block(units, 40)], topics)
    assert c_v == pytest.approx([c_v_of_sets(windows, topic) for topic in topics.tolist()], abs=1e-6)


def test_c_v_of_short_units_is_gensims():
    """Of longer ones it is not: gensim lets a word go when one of its places leaves the window, though others are in it."""
    models = pytest.importorskip("gensim.models.coherencemodel", reason="gensim is not installed (extra bench)")
    from gensim.corpora import Dictionary

    random = np.random.default_rng(5)
    units = [random.integers(0, 20, size=size).tolist() for size in random.integers(2, 30, 60)]
    topics = np.array([range(10), range(5, 15)])
    texts = [[f"w{word}" for word in unit] for unit in units]
    model = models.CoherenceModel(
        topics=[[f"w{word}" for word in topic] for topic in topics],
        texts=texts, dictionary=Dictionary(texts), coherence="c_v", topn=10, processes=1,
    )  # fmt: skip
    _, c_v = coherence.coherence([block(units, 20)], topics)
    assert c_v == pytest.approx(model.get_coherence_per_topic(), abs=1e-6)
