from __future__ import annotations

import numpy as np
import pytest

from corpus_tools.analysis import topics
from corpus_tools.errors import AnalysisError

FISH = ["渔业", "捕捞", "渔港", "渔船", "鱼苗", "水产"]
WOOD = ["林业", "造林", "树种", "林场", "苗圃", "护林"]
TOWN = ["社区", "街道", "老旧小区", "物业", "网格", "居民"]
ROAD = ["公路", "桥梁", "隧道", "路面", "车站", "货运"]


def paragraphs(words, count, seed):
    random = np.random.default_rng(seed)
    return "\n".join(" ".join(random.choice(words, 16)) for _ in range(count))


@pytest.fixture
def planted(make):
    """Four themes of six words, twelve paragraphs each (a quarter: the most a word may have); d003 is of two."""
    return make(
        [
            {"words": paragraphs(FISH, 8, 1), "year": 2018},
            {"words": paragraphs(WOOD, 12, 2), "year": 2019},
            {"words": paragraphs(ROAD, 8, 3), "year": 2020},
            {"words": paragraphs(FISH, 4, 4) + "\n" + paragraphs(ROAD, 4, 5), "year": 2022},
            {"words": paragraphs(TOWN, 12, 6), "year": 2022},
            {"words": "渔业 短段", "year": 2023},
        ]
    )


def topic_of(found, word):
    return int(found.terms.set_index("term").loc[word, "topic"])


def test_planted_themes_come_back(planted):
    found = topics.fit(planted, k=4)
    groups = {frozenset(found.terms[found.terms["topic"] == t].query("weight > 0.01")["term"]) for t in (1, 2, 3, 4)}
    assert groups == {frozenset(FISH), frozenset(WOOD), frozenset(ROAD), frozenset(TOWN)}
    assert sum(len(found.terms[found.terms["topic"] == t].query("weight > 0.01")) for t in (1, 2, 3, 4)) == 24
    assert (found.paragraphs, found.words, found.converged) == (48, 24, True)


def test_shares_of_a_document_add_up_to_one_and_follow_its_paragraphs(planted):
    found = topics.fit(planted, k=4)
    assert found.documents.groupby("doc_id")["share"].sum().to_numpy() == pytest.approx(1)
    mixed = found.documents[found.documents["doc_id"] == "d003"].set_index("topic")["share"]
    assert mixed[topic_of(found, "渔业")] == pytest.approx(0.5, abs=0.05)
    assert mixed[topic_of(found, "公路")] == pytest.approx(0.5, abs=0.05)
    assert "d005" not in set(found.documents["doc_id"])  # its only paragraph is too short


def test_by_year_is_the_mean_over_documents_with_their_number(planted):
    by_year = topics.fit(planted, k=4).by("year")
    assert sorted(by_year["year"].unique()) == [2018, 2019, 2020, 2022]
    assert by_year.groupby("year")["share"].sum().to_numpy() == pytest.approx(1)
    assert by_year.drop_duplicates("year").set_index("year")["n"].to_dict() == {2018: 1, 2019: 1, 2020: 1, 2022: 2}
    assert list(by_year.columns) == ["year", "topic", "label", "share", "n"]


def test_topics_are_numbered_by_size_and_named_by_their_words(planted):
    found = topics.fit(planted, k=4)
    assert found.labels["topic"].tolist() == [1, 2, 3, 4]
    assert found.labels["share"].is_monotonic_decreasing
    first = found.terms[(found.terms["topic"] == 1) & (found.terms["rank"] <= 3)]["term"]
    assert found.labels["label"].iloc[0] == "·".join(first)


def test_the_same_seed_gives_the_same_topics(planted):
    one, two = topics.fit(planted, k=4, seed=7), topics.fit(planted, k=4, seed=7)
    assert one.terms.equals(two.terms)
    assert one.documents.equals(two.documents)


@pytest.mark.parametrize(("k", "says"), [(40, "k can be 2 to 24"), (1, "at least 2"), (0, "at least 2")])
def test_an_impossible_k_is_refused_with_what_is_possible(planted, k, says):
    with pytest.raises(AnalysisError, match=says):
        topics.fit(planted, k=k)


def test_too_few_paragraphs_say_so(make):
    with pytest.raises(AnalysisError, match="no topics are possible"):
        topics.fit(make([{"words": "渔业 短段", "year": 2023}]), k=2)
