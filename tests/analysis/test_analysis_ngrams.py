from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import small_corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_tools.analysis import counts
from corpus_tools.analysis.words import ANY, CONTENT, WordFilter
from corpus_tools.errors import AnalysisError

WORDS = ["河谷", "生态", "渔业", "的", "，", "2019年"]
PARAGRAPH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)
DOCUMENTS = st.lists(st.lists(PARAGRAPH, min_size=1, max_size=3), min_size=1, max_size=6)


def by_hand(documents: list[list[list[str]]], n: int, least: int) -> list[Counter[str]]:
    """Sequences of n words one by one; a mark ends one, and so does the paragraph."""
    found = [
        Counter(
            " ".join(words[at : at + n])
            for words in paragraphs
            for at in range(len(words) - n + 1)
            if "，" not in words[at : at + n]
        )
        for paragraphs in documents
    ]
    spread = Counter(term for one in found for term in one)
    return [Counter({term: count for term, count in one.items() if spread[term] >= least}) for one in found]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(DOCUMENTS, st.integers(1, 5), st.integers(1, 3), st.integers(1, 3))
def test_sequences_equal_those_counted_one_by_one(tmp_path_factory, documents, n, least, parts):
    rows = [{"words": "\n".join(" ".join(words) for words in paragraphs)} for paragraphs in documents]
    corpus = small_corpus.make(tmp_path_factory.mktemp("c"), rows, parts=parts)
    expected = by_hand(documents, n, least)
    if not any(expected):
        with pytest.raises(AnalysisError, match="stands in at least"):
            counts.matrix(corpus, n=n, min_documents=least)
        return
    found = counts.matrix(corpus, n=n, min_documents=least)
    for row, one in zip(found.counts.toarray(), expected, strict=True):
        assert {term: count for term, count in zip(found.terms, row, strict=True) if count} == one
    assert found.units["doc_id"].tolist() == corpus.documents["doc_id"].tolist()
    assert found.documents.tolist() == [sum(term in one for one in expected) for term in found.terms]
    pieces = list(counts.parts(corpus, n=n, min_documents=least))
    whole = dict(zip(found.terms, np.asarray(found.counts.sum(axis=0)).ravel(), strict=True))
    added = Counter[str]()
    for piece in pieces:
        added.update(dict(zip(piece.terms, np.asarray(piece.counts.sum(axis=0)).ravel().tolist(), strict=True)))
    assert {term: added[term] for term in whole} == whole


def test_sections_and_paragraphs_add_up_to_documents(make):
    documents = [
        {"words": "序 言\n一 回顾\n河谷 生态\n河谷 ， 渔业\n二 打算\n渔业 渔业"},
        {"words": "没有 章节 的 河谷"},
    ]  # fmt: skip
    text = documents[0]["words"].replace(" ", "")
    ends = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n"), len(text)]
    sections = [
        {"doc_id": "d000", "section": 0, "depth": 1, "tense": "review", "start": ends[1], "end": ends[4]},
        {"doc_id": "d000", "section": 1, "depth": 1, "tense": "plan", "start": ends[4], "end": ends[6]},
    ]  # fmt: skip
    corpus = make(documents, sections=sections, parts=2)
    found = counts.matrix(corpus, unit="section")
    assert found.units["doc_id"].tolist() == ["d000", "d000", "d000", "d001"]
    assert found.units["section"].fillna(-1).tolist() == [0, 1, -1, -1]
    table = dict(zip(found.terms, found.counts.toarray().T.tolist(), strict=True))
    assert (table["河谷"], table["渔业"], table["序"]) == ([2, 0, 0, 1], [1, 2, 0, 0], [0, 0, 1, 0])
    assert found.words.tolist() == [6, 4, 2, 4]
    assert found.documents[found.terms == "河谷"] == 2
    paragraphs, whole = counts.matrix(corpus, unit="paragraph"), counts.matrix(corpus)
    assert paragraphs.units["paragraph"].tolist() == [0, 1, 2, 3, 4, 5, 0]
    assert np.array_equal(paragraphs.counts.sum(axis=0), whole.counts.sum(axis=0))
    assert np.array_equal(found.counts.sum(axis=0), whole.counts.sum(axis=0))


def test_a_document_without_such_a_word_has_a_row_of_zeros(make):
    found = counts.matrix(make([{"words": "河谷"}, {"words": "的"}, {"words": "生态 河谷"}], parts=2), words=CONTENT)
    assert found.units["doc_id"].tolist() == ["d000", "d001", "d002"]
    assert found.counts.sum(axis=1).ravel().tolist() == [[1, 0, 2]]
    assert found.words.tolist() == [1, 1, 2]


def test_what_is_counted_is_asked_by_a_filter(make):
    corpus = make([{"words": "河谷 的 生态 ， 2019年 渔业"}])
    assert set(counts.matrix(corpus).terms) == {"河谷", "的", "生态", "2019年", "渔业"}
    assert set(counts.matrix(corpus, words=CONTENT).terms) == {"河谷", "生态", "渔业"}
    assert set(counts.matrix(corpus, n=2).terms) == {f"{a} {b}" for a, b in pairwise(["河谷", "的", "生态"])} | {
        "2019年 渔业"
    }
    assert set(counts.matrix(corpus, words=WordFilter(kinds="date")).terms) == {"2019年"}
    assert not ANY.mask(corpus.vocabulary)[corpus.vocabulary["word"] == "，"].any()


@pytest.mark.parametrize(
    ("options", "says"),
    [({"unit": "sentence"}, "can be document, section"), ({"n": 6}, "1 to 5"), ({"min_documents": 2}, "in at least 2")],
)  # fmt: skip
def test_impossible_counts_say_why(make, options, says):
    with pytest.raises(AnalysisError, match=says):
        counts.matrix(make([{"words": "河谷"}, {"words": "生态"}]), **options)
    with pytest.raises(AnalysisError, match="no documents"):
        counts.matrix(make([{"words": "河谷", "year": 2019}]).where(year=1900))
