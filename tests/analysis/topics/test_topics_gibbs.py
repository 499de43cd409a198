"""Engines of tomotopy, and topics that depend on a column of the documents."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest
from planted_topics import FISH, ROAD, TOWN, WOOD, paragraphs, topic_of
from scipy.sparse import csr_matrix

from corpus_tools.analysis import topics
from corpus_tools.analysis.topics import covariates, gibbs
from corpus_tools.analysis.topics.engines import Task
from corpus_tools.errors import AnalysisError, MissingPackageError, StoreError

YEARS = range(2010, 2022)


def of_year(n, year):
    """A report of twelve paragraphs, of which one more a year is of roads and one fewer of fish; none is of woods in 2016 on."""
    roads = year - 2010
    return {
        "words": "\n".join(
            [
                *([paragraphs(FISH, 12 - roads, n)] if roads < 12 else []),
                *([paragraphs(ROAD, roads, 30 + n)] if roads else []),
            ]
        ),
        "year": year,
    }


@pytest.fixture
def by_level(make):
    """Three of four paragraphs of cities are of fish, and one of woods; of counties the other way round."""
    pytest.importorskip("tomotopy", reason="the extra topics is not installed")
    shares = {"city": (9, 3), "county": (3, 9)}
    return make(
        [
            {"words": paragraphs(FISH, fish, n) + "\n" + paragraphs(WOOD, wood, 50 + n), "level": level}
            for n in range(12)
            for level, (fish, wood) in [(["city", "county"][n % 2], shares[["city", "county"][n % 2]])]
        ]
        + [{"words": paragraphs(FISH, 12, 99), "level": None}]
    )


@pytest.fixture
def by_year(make):
    pytest.importorskip("tomotopy", reason="the extra topics is not installed")
    return make([of_year(n, year) for n, year in enumerate(YEARS)])


def test_planted_themes_come_back(make):
    pytest.importorskip("tomotopy", reason="the extra topics is not installed")
    themes = (FISH, WOOD, TOWN, ROAD)
    found = topics.fit(
        make([{"words": paragraphs(theme, 10, n)} for n, theme in enumerate(themes * 2)]),
        k=4,
        method="gibbs_lda",
        seeds=2,
    )
    assert len({topic_of(found, theme[0]) for theme in themes}) == 4
    for theme in themes:
        assert {topic_of(found, word) for word in theme} == {topic_of(found, theme[0])}
    assert found.documents.groupby("doc_id")["share"].max().min() > 0.95
    assert found.converged
    assert (found.refits["similarity"] > 0).all()


def test_words_keep_their_columns():
    """Topics weighed by their sizes make up the frequencies of the words, whatever the order tomotopy gives them."""
    pytest.importorskip("tomotopy", reason="the extra topics is not installed")
    rates = np.array([5.0, 0.1, 2.0, 0.0, 9.0, 1.0, 0.5])
    counts = csr_matrix(np.vstack([np.random.default_rng(0).poisson(rates, (80, 7)), np.zeros((1, 7))]).astype(float))
    found = gibbs.gibbs_lda(Task(counts, np.ones(7), 2, 0))
    length = np.asarray(counts.sum(axis=1)).ravel()
    expected = (length @ found.weights / length.sum()) @ found.loadings
    assert expected == pytest.approx(np.asarray(counts.sum(axis=0)).ravel() / counts.sum(), abs=0.04)
    assert (found.loadings[:, 3] == 0).all()  # a word that nowhere stands
    assert found.weights.shape == (81, 2)  # a unit without words is a row too


def test_dmr_finds_what_depends_on_the_level(by_level):
    found = topics.fit(by_level, k=2, max_share=1.0, method="dmr", covariate="level", seeds=1)
    assert list(found.by_covariate.columns) == ["level", "topic", "share"]
    share = found.by_covariate.set_index(["level", "topic"])["share"]
    fish = topic_of(found, "渔业")
    assert share["city", fish] == pytest.approx(0.75, abs=0.08)
    assert share["county", fish] == pytest.approx(0.25, abs=0.08)
    assert share.groupby("level").sum().to_numpy() == pytest.approx(1)


def test_documents_of_unknown_value_are_left_out_and_counted(by_level):
    found = topics.fit(by_level, k=2, max_share=1.0, method="dmr", covariate="level", seeds=2)
    assert found.left_out["documents of unknown level"] == 1
    assert found.units == 12 * 12
    assert "d012" not in set(found.documents["doc_id"])


def test_gdmr_follows_a_number(by_year):
    found = topics.fit(by_year, k=2, max_share=1.0, method="gdmr", covariate="year", seeds=1)
    of = found.by_covariate[found.by_covariate["topic"] == topic_of(found, "公路")]
    assert of["year"].tolist() == list(YEARS)
    expected = np.array([(year - 2010) / 12 for year in YEARS])
    assert np.abs(of["share"].to_numpy() - expected).mean() < 0.08


@pytest.mark.parametrize(("method", "column"), [("gibbs_lda", None), ("dmr", "year"), ("gdmr", "year")])
def test_the_same_seed_gives_the_same_topics(by_year, method, column):
    one, two = (
        topics.fit(by_year, k=2, max_share=1.0, method=method, covariate=column, seed=3, seeds=2) for _ in range(2)
    )
    for frame in ("terms", "documents", "quality", "refits"):
        pd.testing.assert_frame_equal(getattr(one, frame), getattr(two, frame))
    if column:
        pd.testing.assert_frame_equal(one.by_covariate, two.by_covariate)


def test_new_reports_are_shared_out_as_those_of_the_fit(by_level):
    found = topics.fit(by_level, k=2, max_share=1.0, method="dmr", covariate="level", seeds=1)
    again = found.transform(by_level).merge(found.documents, on=["doc_id", "topic"], suffixes=("", "_fitted"))
    assert again["share"].to_numpy() == pytest.approx(again["share_fitted"].to_numpy())


def test_what_was_found_can_be_kept(by_level, tmp_path):
    found = topics.fit(by_level, k=2, max_share=1.0, method="dmr", covariate="level", seeds=1)
    found.save(tmp_path / "topics")
    pd.testing.assert_frame_equal(topics.load(tmp_path / "topics").by_covariate, found.by_covariate)


@pytest.mark.parametrize(
    ("method", "column", "says"),
    [
        ("dmr", None, "dmr needs a covariate: a column of the documents"),
        ("nmf", "level", "nmf takes no covariate; dmr, gdmr do"),
        ("streamed_nmf", "level", "streamed_nmf takes no covariate"),
        ("dmr", "colour", "no column 'colour'; they have: .*level"),
        ("gdmr", "level", "gdmr needs numbers"),
        ("dmr", "flags", "flags holds lists"),
        ("dmr", "kind", "kind has 0 known values"),
        ("dmr", "script", "script has 1 known values"),
    ],
)
def test_a_covariate_that_cannot_be_says_why(make, method, column, says):
    corpus = make([{"words": paragraphs(FISH, 4, n), "level": level} for n, level in enumerate(["city", "county"])])
    with pytest.raises(AnalysisError, match=says):
        topics.fit(corpus, k=2, method=method, covariate=column)


def test_every_method_with_a_covariate_is_an_engine():
    assert set(covariates.TAKEN) <= set(topics.fitting.ENGINES)


def test_without_tomotopy_the_extra_is_named(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "tomotopy", None)
    with pytest.raises(MissingPackageError, match=r"corpus-tools\[topics\]"):
        topics.fit(make([{"words": paragraphs(FISH + WOOD, 12, 1)}]), k=2, method="gibbs_lda")


def test_topics_with_a_covariate_come_back_with_the_corpus_they_were_asked_of(make, tmp_path):
    """Also where it has documents of unknown value, which they were not found in."""
    documents = [{"words": paragraphs(FISH, 6, n), "year": 2020 + n if n else None} for n in range(8)]
    corpus = make(documents)
    found = topics.fit(corpus, k=2, max_share=1.0, method="gdmr", covariate="year", seeds=1)
    found.save(tmp_path / "saved")
    pd.testing.assert_frame_equal(topics.load(tmp_path / "saved", corpus).by("year"), found.by("year"))
    with pytest.raises(StoreError, match="not the one"):
        topics.load(tmp_path / "saved", corpus.where(year=[2021, 2022]))


@pytest.mark.parametrize("column", ["text", "tense"])
def test_what_has_no_one_value_a_document_is_no_covariate(make, column):
    corpus = make([{"words": paragraphs(FISH, 6, n), "year": 2020} for n in range(4)])
    with pytest.raises(AnalysisError, match=f"{column} cannot be the covariate"):
        topics.fit(corpus, k=2, max_share=1.0, method="dmr", covariate=column, seeds=1)
