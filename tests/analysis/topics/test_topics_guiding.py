"""Topics that begin with themes, where the words that they must learn are planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from planted_topics import FISH, ROAD, TOWN, WOOD, paragraphs, topic_of

import corpus_tools as ct
from corpus_tools.analysis.themes.dictionary import known
from corpus_tools.analysis.topics import engines, guiding
from corpus_tools.analysis.topics.material import Asked, material
from corpus_tools.analysis.words import CONTENT
from corpus_tools.errors import AnalysisError, DataError

PLANTED = [
    {"words": paragraphs(FISH, 6, 1) + "\n" + paragraphs(WOOD, 6, 2), "year": 2019},
    {"words": paragraphs(WOOD, 6, 3) + "\n" + paragraphs(ROAD, 6, 4), "year": 2020},
    {"words": paragraphs(ROAD, 6, 5) + "\n" + paragraphs(TOWN, 6, 6), "year": 2021},
    {"words": paragraphs(TOWN, 6, 7) + "\n" + paragraphs(FISH, 6, 8), "year": 2022},
]
THEMES = {"水": ["渔业", "鱼苗"], "山": {"造林": 1, "林场": 0.5}}


@pytest.fixture
def found(make):
    return ct.topics.guided(make(PLANTED), THEMES, free=2)


def of_theme(found, theme):
    topic = int(found.labels.set_index("theme").loc[theme, "topic"])
    terms = found.terms[found.terms["topic"] == topic]
    return set(terms.loc[terms["weight"] > 0.02, "term"])


def test_a_theme_learns_the_words_that_stand_with_its_terms(found):
    assert of_theme(found, "水") == set(FISH)
    assert of_theme(found, "山") == set(WOOD)


def test_what_no_theme_covers_goes_to_the_free_topics(found):
    free = found.labels.loc[found.labels["theme"].isna(), "topic"]
    assert set(free) == {topic_of(found, "公路"), topic_of(found, "社区")}
    last = found.documents[found.documents["doc_id"] == "d003"].set_index("topic")["share"]
    assert last[topic_of(found, "渔业")] == pytest.approx(0.5, abs=0.02)
    assert last[topic_of(found, "社区")] == pytest.approx(0.5, abs=0.02)


def test_without_free_topics_themes_share_out_everything(make):
    found = ct.topics.guided(make(PLANTED), THEMES, free=0, seeds=1)
    assert found.labels["theme"].notna().all()
    assert found.documents.groupby("doc_id")["share"].sum().to_numpy() == pytest.approx(1)


def test_labels_say_the_theme_and_how_far_it_went(found):
    labels = found.labels.set_index("theme")
    assert labels.loc["水", "words"] == labels.loc["山", "words"] == 2
    assert labels.loc["水", "label"].startswith("水：")
    assert not found.quality["note"].str.contains("drifted").any()
    free = found.labels[found.labels["theme"].isna()]
    assert free[["theme_similarity", "words"]].isna().all(axis=None)
    assert not free["label"].str.contains("：").any()
    # Six words of like weight, of which the theme begins with two: the cosine is 2 / √(2 · 6).
    assert labels.loc["水", "theme_similarity"] == pytest.approx(2 / np.sqrt(12), abs=0.1)


def test_topics_come_back_where_every_word_is_said_in_several_reports(found):
    assert (found.quality["stability"] >= 0.75).all()
    assert (found.method, found.converged, len(found)) == ("guided_nmf", True, 4)


def crowded():
    """Three reports on woods, roads and towns; waters are spoken of in a few paragraphs, and there mostly of towns."""
    for seed in range(3):
        random = np.random.default_rng([seed, 1])
        mixed = [" ".join([*random.choice(FISH, 6), *random.choice(TOWN, 10)]) for _ in range(4)]
        rest = [paragraphs(words, 12, [seed, number]) for number, words in enumerate((TOWN, WOOD, ROAD), 2)]
        yield {"words": "\n".join([*mixed, *rest])}


@pytest.mark.parametrize(("free", "stays"), [(1, False), (2, True)])
def test_a_theme_that_goes_off_with_other_words_is_marked_and_loses_the_name(make, free, stays):
    """Roads take the first free topic, so that towns have one of their own only where there is a second."""
    found = ct.topics.guided(make(list(crowded())), {"水": FISH, "山": WOOD[:3]}, free=free, seeds=1, max_share=1.0)
    topic, label, similarity = found.labels.set_index("theme").loc["水", ["topic", "label", "theme_similarity"]]
    note = found.quality.set_index("topic").loc[topic, "note"]
    assert (similarity > 0.9) == (label.startswith("水：")) == stays
    assert note.endswith("drifted from 水") == (similarity < 0.2) == (not stays)
    assert not found.quality["note"].str.contains("山").any()


def test_a_theme_is_held_to_its_terms(make, monkeypatch):
    corpus = make(list(crowded()))
    similarity = []
    for pull in (guiding.PULL, 0.0):
        monkeypatch.setattr(guiding, "PULL", pull)
        found = ct.topics.guided(corpus, {"水": FISH, "山": WOOD[:3]}, free=2, seeds=1, max_share=1.0)
        similarity.append(found.labels.set_index("theme").loc["水", "theme_similarity"])
    assert similarity[0] > similarity[1] + 0.02


def test_the_term_it_began_with_weighs_no_more_than_what_is_said(make):
    """Alone in its paragraphs, a theme that begins with one word ends as the topic that is found without any."""
    corpus = make(PLANTED)
    found = ct.topics.guided(corpus, {"水": ["渔业"]}, free=3, seeds=1)
    plain = ct.topics.fit(corpus, k=4, seeds=1)
    one, other = (
        of.terms[of.terms["topic"] == topic_of(of, "渔业")].set_index("term")["weight"][FISH] for of in (found, plain)
    )
    assert one.to_numpy() == pytest.approx(other.to_numpy(), abs=0.01)


def test_shares_are_what_transform_gives_and_are_kept_on_disk(make, tmp_path):
    found = ct.topics.guided(make(list(crowded())), {"水": FISH, "山": WOOD[:3]}, free=2, seeds=1, max_share=1.0)
    again = found.transform(found.corpus).merge(found.documents, on=["doc_id", "topic"])
    assert again["share_x"].to_numpy() == pytest.approx(again["share_y"].to_numpy(), abs=1e-4)
    loaded = ct.topics.load(found.save(tmp_path / "topics"), found.corpus)
    pd.testing.assert_frame_equal(loaded.labels, found.labels)


def test_a_theme_begins_with_weight_times_the_root_of_what_its_terms_say(make):
    corpus = make(PLANTED)
    units = material(corpus, Asked("paragraph", CONTENT, 15, 0.5, False))
    (block,) = units.blocks()
    task = engines.Task(block.counts, units.idf, 2, 0)
    themes = known(pd.DataFrame({"theme": "山", "term": ["造林", "林场", "山林"], "weight": [1, 0.5, 1]}))
    (row,) = guiding.started(task, units, themes, free=0)
    counts = block.counts.toarray()
    weights = np.where(counts > 0, (1 + np.log(np.maximum(counts, 1))) * units.idf, 0)
    total = (weights / np.linalg.norm(weights, axis=1, keepdims=True)).sum(axis=0)
    place = {word: column for column, word in enumerate(units.terms)}
    expected = np.zeros(len(row))
    expected[place["造林"]], expected[place["林场"]] = (
        np.sqrt(total[place["造林"]]),
        0.5 * np.sqrt(total[place["林场"]]),
    )
    assert row == pytest.approx(expected / np.linalg.norm(expected))


def test_a_word_that_only_holds_a_term_does_not_begin_it(make):
    """居民 holds 民, and 老旧小区 holds 小区: neither is a term of the theme."""
    found = ct.topics.guided(make(PLANTED), {"邻里": ["小区", "民", "街道"], "水": FISH}, free=2, seeds=1)
    assert found.labels.set_index("theme").loc["邻里", "words"] == 1
    assert of_theme(found, "邻里") == set(TOWN)


def test_themes_may_be_names_or_what_is_left_of_the_dictionary(make):
    words = ["教育", "学校", "教师", "学生", "课堂", "校舍", "招生", "老师"]
    corpus = make(
        [{"words": paragraphs(words, 8, n) + "\n" + paragraphs(FISH, 8, 9 + n), "year": 2020} for n in range(3)]
    )
    shipped = ct.themes.dictionary(["教育"])
    for themes in (["教育"], shipped, shipped[shipped["term"].isin(["教育", "学校"])]):
        found = ct.topics.guided(corpus, themes, free=1, seeds=1, max_share=1.0)
        assert set(found.labels["theme"].dropna()) == {"教育"}
        assert of_theme(found, "教育") == set(words)


@pytest.mark.parametrize(
    ("themes", "more", "error", "says"),
    [
        ({"海": ["灯塔"], "水": FISH, "天": ["云"]}, {}, AnalysisError, "no term of 海, 天 is one of the 24 words"),
        ({"水": "渔业"}, {}, AnalysisError, "'水' needs a list of terms"),
        ({"水": []}, {}, AnalysisError, "'水' needs a list of terms"),
        ({"水": {"渔业": 2}}, {}, DataError, "no weight above 0 and up to 1"),
        ({}, {}, DataError, "no row"),
        (["没有"], {}, AnalysisError, "no theme '没有'"),
        (THEMES, {"free": -1}, AnalysisError, "at least 0"),
        (THEMES, {"free": 40}, AnalysisError, "42 topics are too many"),
        (THEMES, {"seeds": 0}, AnalysisError, "at least 1"),
    ],
)
def test_what_cannot_be_asked_is_refused(make, themes, more, error, says):
    with pytest.raises(error, match=says):
        ct.topics.guided(make(PLANTED), themes, **({"free": 2, "seeds": 1} | more))
