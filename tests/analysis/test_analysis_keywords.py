from __future__ import annotations

import math

import pytest

from corpus_tools.analysis import keywords
from corpus_tools.errors import AnalysisError

DOCUMENTS = [
    {"words": "河谷 河谷 渔业", "year": 2019},
    {"words": "河谷 渔业 的 2019年", "year": 2019},
    {"words": "河谷 渔业 苗圃", "year": 2021},
    {"words": "苗圃 苗圃 孤词", "year": None},
]


def idf(documents, df):
    return math.log((1 + documents) / (1 + df)) + 1


def test_scores_are_the_mean_of_the_documents_scores(make):
    frame = keywords.tfidf(make(DOCUMENTS), by="year").set_index(["year", "term"])
    valley, fish = idf(4, 3), idf(4, 3)
    first = 2 * valley / math.hypot(2 * valley, fish)
    second = valley / math.hypot(valley, fish)
    assert frame.loc[(2019, "河谷"), "score"] == pytest.approx((first + second) / 2)
    assert frame.loc[(2019, "河谷"), ["count", "documents", "n"]].tolist() == [3, 2, 2]
    nursery = idf(4, 2)
    assert frame.loc[(2021, "苗圃"), "score"] == pytest.approx(nursery / math.hypot(valley, fish, nursery))


def test_words_of_one_document_stop_words_and_dates_are_left_out(make):
    frame = keywords.tfidf(make(DOCUMENTS))
    assert set(frame["term"]) == {"河谷", "渔业", "苗圃"}
    assert list(frame.columns) == ["term", "score", "count", "documents", "n"]
    assert frame["score"].is_monotonic_decreasing
    assert "孤词" in set(keywords.tfidf(make(DOCUMENTS), min_documents=1)["term"])


def test_words_that_stand_nearly_everywhere_can_be_left_out(make):
    assert set(keywords.tfidf(make(DOCUMENTS), max_share=0.5)["term"]) == {"苗圃"}


def test_top_is_a_limit_for_each_group(make):
    frame = keywords.tfidf(make(DOCUMENTS), by="year", top=1)
    assert frame["year"].tolist() == [2019, 2021]


def test_a_corpus_without_shared_words_says_what_to_do(make):
    with pytest.raises(AnalysisError, match="lower min_documents"):
        keywords.tfidf(make([{"words": "河谷"}, {"words": "渔业"}]))
