from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from corpus_tools.analysis import counts, grouping
from corpus_tools.errors import AnalysisError

DOCUMENTS = [
    {"words": "河谷 生态 河谷\n生态 河谷", "year": 2019, "level": "city"},
    {"words": "渔业 河谷", "year": 2021, "level": "county"},
    {"words": "渔业 渔业", "year": None, "level": "city"},
]


def test_document_term_counts_every_token_once(make):
    corpus = make(DOCUMENTS)
    matrix = counts.matrix(corpus).counts
    words = corpus.vocabulary["word"]
    for row, document in enumerate(DOCUMENTS):
        dense = dict(zip(words, matrix[row].toarray().ravel(), strict=True))
        assert {w: n for w, n in dense.items() if n} == Counter(document["words"].split())
    assert matrix.sum() == sum(len(d["words"].split()) for d in DOCUMENTS)


def test_counting_does_not_change_the_corpus(make):
    corpus = make(DOCUMENTS)
    before = corpus.tokens.ids.copy()
    counts.matrix(corpus)
    counts.matrix(corpus, unit="paragraph")
    assert np.array_equal(corpus.tokens.ids, before)


def test_paragraphs_add_up_to_documents(make):
    corpus = make(DOCUMENTS)
    paragraphs = counts.matrix(corpus, unit="paragraph").counts
    assert paragraphs.shape[0] == 4
    assert np.array_equal(paragraphs.sum(axis=0), counts.matrix(corpus).counts.sum(axis=0))


def test_a_view_counts_only_its_documents(make):
    city = make(DOCUMENTS).where(level="city")
    total = dict(zip(city.vocabulary["word"], np.asarray(counts.matrix(city).counts.sum(axis=0)).ravel(), strict=True))
    assert {w: n for w, n in total.items() if n} == {"河谷": 3, "生态": 2, "渔业": 2}


def test_texts_in_no_corpus_are_counted_as_one_would_by_hand():
    matrix, words = counts.term_matrix(["科协工作，科协", "", "２０２１年深入开展科协工作"])
    dense = [{w: int(n) for w, n in zip(words, row, strict=True) if n} for row in matrix.toarray()]
    assert dense == [{"科协": 2, "工作": 1, "，": 1}, {}, {"2021年": 1, "深入": 1, "开展": 1, "科协": 1, "工作": 1}]
    matrix, words = counts.term_matrix(["科协工作"], standard="jieba")
    assert (matrix.toarray().tolist(), words) == ([[1]], ["科协工作"])


def test_groups_leave_out_the_unknown_and_come_sorted(make):
    groups = grouping.groups(make(DOCUMENTS), "year")
    assert groups.keys["year"].tolist() == [2019, 2021]
    assert groups.code.tolist() == [0, 1, -1]
    assert groups.sizes.tolist() == [1, 1]


def test_groups_by_two_columns(make):
    groups = grouping.groups(make(DOCUMENTS), ["level", "year"])
    assert list(groups.keys.itertuples(index=False, name=None)) == [("city", 2019), ("county", 2021)]


@pytest.mark.parametrize(
    ("by", "says"), [("jahr", "columns to group by: doc_id"), ("text", "cannot group"), ("place", "known")]
)
def test_wrong_columns_are_named(make, by, says):
    with pytest.raises(AnalysisError, match=says):
        grouping.groups(make(DOCUMENTS), by)


def test_no_documents_is_an_error(make):
    with pytest.raises(AnalysisError, match="no documents"):
        grouping.groups(make(DOCUMENTS).where(year=1900), None)


def test_unknown_may_be_one_of_the_values_asked_for(make):
    corpus = make([{"words": "河谷", "year": year, "level": level} for year, level in ((2019, "city"), (None, None))])
    for column, values in (("year", [2019, None]), ("level", ["city", None]), ("year", [None])):
        assert corpus.where(**{column: values}).documents["year"].isna().sum() == 1
        assert len(corpus.without(**{column: values})) == 2 - len(values)
