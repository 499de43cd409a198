"""Sections by what they are about: every analysis can be kept to some, or grouped by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from corpus_tools.analysis import counts, keywords, slogans, trends
from corpus_tools.analysis.words import WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.language.vocabulary import KINDS

REVIEW = "增强 四个坚守 ， 建设 河谷"  # 10 Han characters
PLAN = "增强 四个坚守 四个坚守\n建设 梯田"  # 14
NOTES = "四个坚守 是 提法"  # 7

EVERY = WordFilter(stopwords=(), length=1, kinds=KINDS, slogans=False)  # marks too


@pytest.fixture
def corpus(make: Callable[..., Any], own_lexicon: None) -> Corpus:
    """One document with all three, one that only plans."""
    texts = [[REVIEW, PLAN, NOTES], [PLAN]]
    tenses = [["review", "plan", "notes"], ["plan"]]
    sections = []
    for number, (parts, names) in enumerate(zip(texts, tenses, strict=True)):
        ends = np.cumsum([len(part.replace(" ", "")) + 1 for part in parts])
        ends[-1] -= 1
        starts = [0, *ends[:-1].tolist()]
        sections += [
            {"doc_id": f"d{number:03d}", "section": i, "tense": tense, "start": start, "end": int(end)}
            for i, (tense, start, end) in enumerate(zip(names, starts, ends, strict=True))
        ]
    return make([{"words": "\n".join(parts), "year": 2020} for parts in texts], sections=sections)


def test_slogans_are_grouped_by_tense(corpus: Corpus) -> None:
    found = slogans.count(corpus, by="tense").set_index(["tense", "slogan"])
    assert found["count"].xs("四个坚守", level="slogan").to_dict() == {"plan": 4, "review": 1}
    assert found["n"].xs("四个坚守", level="slogan").to_dict() == {"plan": 2, "review": 1}
    assert found.loc[("plan", "四个坚守"), "per_10k"] == pytest.approx(4 / 28 * 10_000)
    assert found.loc[("review", "四个坚守"), "per_10k"] == pytest.approx(1 / 10 * 10_000)


def test_by_tense_and_another_column(corpus: Corpus) -> None:
    found = trends.rate(corpus, ["梯田"], by=["year", "tense"]).set_index(["year", "tense"])
    assert found["count"].to_dict() == {(2020, "plan"): 2, (2020, "review"): 0}


def test_keywords_by_tense_count_the_words_of_their_sections(corpus: Corpus) -> None:
    found = keywords.tfidf(corpus, by="tense", min_documents=1).set_index(["tense", "term"])
    assert found.loc[("plan", "梯田"), "count"] == 2
    assert ("review", "梯田") not in found.index
    assert found.loc[("review", "河谷"), "count"] == 1


def test_a_corpus_can_be_kept_to_some_tenses(corpus: Corpus) -> None:
    plan, review = corpus.where(tense="plan"), corpus.where(tense="review", year=2020)
    assert (len(plan), len(review)) == (2, 1)
    assert slogans.count(plan).set_index("slogan").loc["四个坚守", "count"] == 4
    assert review.n_han.tolist() == [10]
    assert counts.matrix(review, words=EVERY).counts.sum() == 5
    both = corpus.where(tense=["plan", "review"])
    assert len(both) == 2
    assert slogans.count(both).set_index("slogan").loc["四个坚守", "count"] == 5
    assert slogans.count(both.where(tense="review"))["count"].sum() == 1


def test_notes_count_where_they_are_asked_for(corpus: Corpus) -> None:
    notes = corpus.where(tense="notes")
    assert slogans.count(notes).set_index("slogan").loc["四个坚守", "count"] == 1
    assert notes.n_han.tolist() == [7]


def test_the_parts_of_a_text_are_the_text(corpus: Corpus) -> None:
    """Words and characters of all tenses add up to those of the corpus."""
    parts = corpus.by_tense()
    assert parts.documents[["doc_id", "tense"]].values.tolist() == [
        ["d000", "plan"],
        ["d000", "review"],
        ["d001", "plan"],
    ]
    assert parts.n_han.sum() == corpus.n_han.sum()
    assert (
        counts.matrix(parts, words=EVERY).counts.sum(axis=0) == counts.matrix(corpus, words=EVERY).counts.sum(axis=0)
    ).all()
    assert slogans.hits(parts, "四个坚守").duplicated().sum() == 0
    assert len(slogans.hits(parts, "四个坚守")) == len(slogans.hits(corpus, "四个坚守"))


def test_a_view_of_tenses_is_not_split_again(corpus: Corpus) -> None:
    assert corpus.by_tense().by_tense().documents["tense"].tolist() == ["plan", "review", "plan"]


def test_as_many_documents_hold_a_term_as_min_documents_counts(corpus: Corpus) -> None:
    """The rows of a view are what counts: a document of two tenses is two, however many documents the folder has."""
    view = corpus.by_tense()
    every = counts.matrix(view, words=EVERY)
    for least in (2, 3):
        found = counts.matrix(view, words=EVERY, min_documents=least)
        assert set(found.terms) == set(every.terms[every.documents >= least])
    assert "四个坚守" in found.terms  # in both tenses of one document, and in one of the other


def test_what_is_planned_can_be_held_against_what_is_reviewed(corpus: Corpus) -> None:
    frame = keywords.keyness(
        corpus.where(tense="plan"), reference=corpus.where(tense="review"), words=EVERY, min_documents=1
    )
    by = keywords.keyness(corpus, by="tense", words=EVERY, min_documents=1).query("tense == 'plan'")
    assert (
        frame[["term", "count", "count_reference", "n_reference"]].to_numpy().tolist()
        == by[["term", "count", "count_reference", "n_reference"]].to_numpy().tolist()
    )


def test_a_tense_that_is_none_is_named(corpus: Corpus) -> None:
    with pytest.raises(AnalysisError, match="unknown tense 'future'; tenses are review, plan"):
        corpus.where(tense="future")
    for wrong in (None, 5):
        with pytest.raises(AnalysisError, match="unknown tense"):
            corpus.where(tense=wrong)


def test_tenses_can_be_left_out_and_exclude_one_another(corpus: Corpus) -> None:
    assert corpus.without(tense="plan").n_han.tolist() == [10]
    assert len(corpus.where(tense="plan").where(tense="review")) == 0
    assert repr(corpus.by_tense()) == repr(corpus)
