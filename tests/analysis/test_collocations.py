"""Which words stand near a node, worked out by hand and by a loop over every word."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from corpus_tools.analysis import collocations
from corpus_tools.analysis.collocations import windows
from corpus_tools.analysis.concordance.words import Spans
from corpus_tools.analysis.words import WordFilter
from corpus_tools.errors import AnalysisError

ALL = WordFilter(stopwords=(), length=1, kinds=("han",))
ANY = {"min_count": 1, "min_documents": 1, "words": ALL}


def row(frame: pd.DataFrame, word: str) -> pd.Series:
    found = frame[frame["collocate"] == word]
    assert len(found) == 1
    return found.iloc[0]


# Windows of two: in the first paragraph 甲 乙 | 丁 甲, in the second 乙 | 丙 (the comma is no word), in the last 丙 甲 with
# 甲 between two nodes.
DOCUMENTS = [
    {"words": "甲 乙 科普 丁 甲 乙\n乙 ， 科普 丙", "year": 2019},
    {"words": "丙 科普 甲 科普\n丁 丁 丁", "year": 2021},
]


def test_counts_by_hand(make):
    frame = collocations.around(make(DOCUMENTS), "科普", kind="word", window=2, **ANY)
    columns = ["count", "count_node", "count_collocate", "left", "right", "documents"]
    found = {word: tuple(numbers) for word, *numbers in frame[["collocate", *columns]].to_numpy().tolist()}
    assert found == {
        "甲": (3, 4, 3, 2, 2, 2),
        "乙": (2, 4, 3, 2, 0, 1),
        "丙": (2, 4, 2, 1, 1, 2),
        "丁": (1, 4, 4, 0, 1, 1),
    }
    first = row(frame, "甲")
    # 12 words that are no node, 8 of them in windows.
    assert first["expected"] == pytest.approx(8 * 3 / 12)
    assert first["mi"] == pytest.approx(np.log2(3 / 2))
    assert first["t"] == pytest.approx((3 - 2) / 3**0.5)
    assert first["log_dice"] == pytest.approx(14 + np.log2(2 * 3 / (4 + 3)))
    assert first["delta_p_from"] == pytest.approx(3 / 8 - 0 / 4)
    assert first["delta_p_to"] == pytest.approx(3 / 3 - 5 / 9)
    expected = stats.chi2_contingency([[3, 5], [0, 4]], correction=False, lambda_="log-likelihood").statistic
    assert first["g2"] == pytest.approx(expected)
    assert frame["log_dice"].is_monotonic_decreasing
    assert (frame.attrs["kind"], frame.attrs["window"]) == ("word", 2)


def test_paragraphs_by_hand(make):
    frame = collocations.around(make(DOCUMENTS), "科普", kind="word", window="paragraph", **ANY)
    first, last = row(frame, "甲"), row(frame, "丁")
    # Three of four paragraphs hold the node, 甲 stands in two of them, 丁 in one and in the fourth.
    assert (first["count"], first["count_node"], first["count_collocate"], first["expected"]) == (2, 3, 2, 1.5)
    assert (first["left"], first["right"]) == (2, 2)
    assert (last["count"], last["count_collocate"], last["expected"]) == (1, 2, 1.5)
    assert last["log_dice"] == pytest.approx(14 + np.log2(2 * 1 / (3 + 2)))


def test_sentences_end_windows_where_they_are_asked_to(make):
    corpus = make([{"words": "甲 科普 乙 。 丙 丙"}])
    assert set(collocations.around(corpus, "科普", kind="word", window=3, **ANY)["collocate"]) == {"甲", "乙", "丙"}
    assert set(collocations.around(corpus, "科普", kind="word", window="sentence", **ANY)["collocate"]) == {"甲", "乙"}


def test_a_phrase_of_several_words_is_a_node(make):
    corpus = make([{"words": "大力 推动 科普 发展 工作\n推动 发展"}, {"words": "推动 “ 科普 ” 发展 甲"}])
    frame = collocations.around(corpus, "推动科普", kind="phrase", window=1, **ANY)
    assert dict(zip(frame["collocate"], frame["count"], strict=True)) == {"大力": 1, "发展": 2}
    assert row(frame, "发展")["count_collocate"] == 3
    pattern = collocations.around(corpus, "推动 科普", kind="pattern", window=1, **ANY)
    assert pattern.equals(frame)


def naive(
    paragraphs: list[list[str]], node: set[int], width: int | None
) -> tuple[Counter[str], Counter[str], int, int]:
    """Words in windows, all words, how many are in windows, how many there are; ``node`` numbers words of the whole."""
    joint, every, inside, size, at = Counter[str](), Counter[str](), 0, 0, 0
    for words in paragraphs:
        places = [n for n in range(len(words)) if at + n in node]
        for n, word in enumerate(words):
            if n in places:
                continue
            size, near = size + 1, any(width is None or abs(n - p) <= width for p in places)
            every[word] += 1
            joint[word] += near
            inside += near
        at += len(words)
    return joint, every, inside, size


@pytest.mark.parametrize("width", [1, 3, None])
@pytest.mark.parametrize("block", [40, 10**6])
def test_counts_are_those_of_a_loop(make, monkeypatch, width, block):
    random = np.random.default_rng(5)
    letters = list("甲乙丙丁戊己")
    texts = [[list(random.choice(letters, random.integers(1, 12))) for _ in range(4)] for _ in range(12)]
    corpus = make([{"words": "\n".join(map(" ".join, text))} for text in texts])
    node = np.sort(random.choice(len(corpus.tokens.ids), 25, replace=False))
    monkeypatch.setattr(windows, "BLOCK", block)
    column = np.arange(len(corpus.vocabulary))
    window = width or "paragraph"
    found = windows.count(corpus, Spans(node, node + 1), column, window=window).tokens
    names, at = corpus.vocabulary["word"].tolist(), 0
    for document, text in enumerate(texts):
        length = sum(map(len, text))
        inside = {int(n) - at for n in node if at <= n < at + length}
        joint, every, within, size = naive(text, inside, width)
        assert {w: n for w, n in zip(names, found.joint[document].toarray()[0], strict=True) if n} == +joint
        assert {w: n for w, n in zip(names, found.words[document].toarray()[0], strict=True) if n} == +every
        assert (found.inside[document], found.size[document]) == (within, size)
        at += length


def test_the_test_takes_documents(make):
    # 乙 stands beside the node in ten documents, 丙 ten times in one of them: the same counts, another p.
    plain = {"words": "科普 乙 " + "甲 " * 30 + "丁"}
    corpus = make([plain] * 9 + [{"words": "科普 丙 " * 10 + "甲 " * 30 + "丁 科普 乙"}])
    frame = collocations.around(corpus, "科普", kind="word", window=1, **ANY)
    often, once = row(frame, "乙"), row(frame, "丙")
    assert (often["count"], once["count"]) == (10, 10)
    assert (often["documents_above"], once["documents_above"]) == (10, 1)
    # In a plain document one of 32 words is in a window; in the last 12 of 42, 丁 among them.
    assert often["documents_expected"] == pytest.approx(9 / 32 + 12 / 42)
    assert often["p_value"] < 1e-9 < 0.001 < once["p_value"]
    assert once["p_value"] <= once["q_value"]


def test_chance_is_binomial_and_mid_p(make):
    # Of 10 words 2 are in windows; 乙 stands twice: at least once in windows by chance 1 - .8² = .36.
    corpus = make([{"words": "乙 科普 甲 甲 甲 乙 甲 甲 甲 甲 甲"}])
    found = row(collocations.around(corpus, "科普", kind="word", window=1, **ANY), "乙")
    assert found["documents_expected"] == pytest.approx(0.36)
    assert found["p_value"] == pytest.approx(0.36 / 2)


def test_random_places_are_no_node(make):
    random, letters = np.random.default_rng(1), [chr(0x4E00 + n) for n in range(60)]
    texts = [" ".join(random.choice(letters, 300)) for _ in range(40)]
    corpus = make([{"words": text} for text in texts])
    p = []
    for _ in range(20):
        node = np.sort(random.choice(len(corpus.tokens.ids), 200, replace=False))
        column = np.arange(len(corpus.vocabulary))
        counted = windows.count(corpus, Spans(node, node + 1), column, window=5)
        p += collocations.nearby._tests(counted.tokens, column)["p_value"].tolist()
    assert 0.035 <= np.mean(np.array(p) < 0.05) <= 0.065


def test_groups_stand_by_themselves(make):
    corpus = make(DOCUMENTS)
    frame = collocations.around(corpus, "科普", kind="word", by="year", window=2, **ANY)
    for year in (2019, 2021):
        alone = collocations.around(corpus.where(year=year), "科普", kind="word", window=2, **ANY)
        of_year = frame[frame["year"] == year].drop(columns="year").reset_index(drop=True)
        pd.testing.assert_frame_equal(of_year, alone)


def test_thresholds_and_bad_options(make):
    corpus = make(DOCUMENTS)
    kept = collocations.around(corpus, "科普", kind="word", window=2, min_count=2, min_documents=2, words=ALL)
    assert set(kept["collocate"]) == {"甲", "丙"}
    for options in ({"window": 0}, {"window": "page"}, {"min_count": 0}, {"min_documents": 0}, {"by": "colour"}):
        with pytest.raises(AnalysisError):
            collocations.around(corpus, "科普", **options)
    with pytest.raises(AnalysisError, match="stands nowhere"):
        collocations.around(corpus, "天文", kind="phrase")


PARAGRAPHS = [
    {"words": "甲 乙 丙\n甲 乙\n甲 丁\n， 。"},
    {"words": "乙 甲 甲 。 丙 丁\n丁"},
]


def test_a_network_counts_paragraphs(make):
    corpus = make(PARAGRAPHS)
    frame = collocations.network(corpus, min_count=1, min_documents=1, min_log_dice=-99, words=ALL)
    found = {(r.source, r.target): (r[3], r.count_source, r.count_target, r.documents) for r in frame.itertuples()}
    # Of five paragraphs with words 甲 stands in four, 乙 and 丁 in three, 丙 in two.
    assert {pair: n for pair, (n, *_) in found.items() if "甲" in pair} == {
        ("甲", "乙"): 3,
        ("甲", "丙"): 2,
        ("甲", "丁"): 2,
    }
    assert found["甲", "乙"] == (3, 4, 3, 2)
    first = frame.set_index(["source", "target"]).loc[("甲", "乙")]
    assert first["expected"] == pytest.approx(4 * 3 / 5)
    assert first["log_dice"] == pytest.approx(14 + np.log2(2 * 3 / 7))
    assert first["delta_p_from"] == pytest.approx(3 / 4 - 0 / 1)
    assert first["delta_p_to"] == pytest.approx(3 / 3 - 1 / 2)
    assert frame["log_dice"].is_monotonic_decreasing
    assert len(frame.drop_duplicates(["source", "target"])) == len(frame) == 6


def test_a_network_of_sentences_of_given_words(make):
    frame = collocations.network(make(PARAGRAPHS), ["甲", "丙"], within="sentence", min_count=1, min_documents=1)
    assert frame[["source", "target", "count", "count_source", "count_target"]].to_numpy().tolist() == [
        ["甲", "丙", 1, 4, 2]
    ]
    assert collocations.network(make(PARAGRAPHS), ["甲", "丙"], min_count=9).columns.tolist() == frame.columns.tolist()


@pytest.mark.parametrize(
    "options",
    [{"terms": ["甲"]}, {"terms": ["甲", "天"]}, {"within": "page"}, {"min_count": 0}, {"top": -1, "words": ALL}],
)
def test_bad_networks(make, options):
    with pytest.raises(AnalysisError):
        collocations.network(make(PARAGRAPHS), **options)
