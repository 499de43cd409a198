from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from planted_topics import FISH, ROAD, TOWN, WOOD, paragraphs, topic_of

from corpus_tools.analysis import topics
from corpus_tools.analysis.topics.material import reports_of
from corpus_tools.errors import AnalysisError


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


def test_planted_themes_come_back(planted):
    found = topics.fit(planted, k=4)
    groups = {frozenset(found.terms[found.terms["topic"] == t].query("weight > 0.01")["term"]) for t in (1, 2, 3, 4)}
    assert groups == {frozenset(FISH), frozenset(WOOD), frozenset(ROAD), frozenset(TOWN)}
    assert sum(len(found.terms[found.terms["topic"] == t].query("weight > 0.01")) for t in (1, 2, 3, 4)) == 24
    assert (found.units, found.words, found.converged) == (48, 24, True)


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
    assert list(by_year.columns) == ["year", "topic", "label", "share", "low", "high", "n"]
    assert by_year[["low", "high"]].isna().all(axis=None)  # no year has three documents


def test_topics_are_numbered_by_size_and_named_by_their_words(planted):
    found = topics.fit(planted, k=4)
    assert found.labels["topic"].tolist() == [1, 2, 3, 4]
    assert found.labels["share"].is_monotonic_decreasing
    themes = {"渔业": FISH, "造林": WOOD, "社区": TOWN, "公路": ROAD}
    for word, theme in themes.items():
        parts = found.labels.set_index("topic")["label"][topic_of(found, word)].split("·")
        assert len(parts) == 3
        assert set(parts) <= set(theme)


def test_the_same_seed_gives_the_same_topics(planted):
    one, two = topics.fit(planted, k=4, seed=7), topics.fit(planted, k=4, seed=7)
    for frame in ("terms", "documents", "labels", "quality", "refits", "examples"):
        pd.testing.assert_frame_equal(getattr(one, frame), getattr(two, frame))


def test_another_seed_gives_the_same_topics_by_nmf(planted):
    one, two = topics.fit(planted, k=4, seed=1), topics.fit(planted, k=4, seed=2)
    assert one.terms.equals(two.terms)
    assert one.documents.equals(two.documents)
    assert not one.refits.equals(two.refits)  # other documents were drawn


def test_lda_finds_the_themes_too_and_its_shares_are_probabilities(planted):
    found = topics.fit(planted, k=4, method="lda", seeds=1)
    for theme in (FISH, WOOD, TOWN, ROAD):
        assert {topic_of(found, word) for word in theme} == {topic_of(found, theme[0])}
    assert found.documents.groupby("doc_id")["share"].sum().to_numpy() == pytest.approx(1)
    assert found.terms.groupby("topic")["relevance"].apply(lambda of: of.is_monotonic_decreasing).all()


def test_quality_counts_documents_and_units_by_hand(planted):
    found = topics.fit(planted, k=4)
    of = found.quality.set_index("topic")
    fish, wood, town = topic_of(found, "渔业"), topic_of(found, "造林"), topic_of(found, "社区")
    assert of.loc[fish, ["documents", "units"]].tolist() == [2, 12]  # d000 and d003, 8 + 4 paragraphs
    assert of.loc[wood, ["documents", "units"]].tolist() == [1, 12]
    assert of.loc[wood, "largest"] == pytest.approx(1, abs=0.02)
    assert of.loc[fish, "largest"] == pytest.approx(8 / 12, abs=0.05)
    assert "one document" in of.loc[town, "note"]
    assert "few words" in of.loc[town, "note"]


def test_a_topic_of_one_report_does_not_come_back_without_it(planted):
    """Drawn with replacement, a given one of six reports is missing from a third of the draws: (5/6)^6 = .33."""
    found = topics.fit(planted, k=4, seeds=41)
    stability = found.quality.set_index("topic")["stability"]
    assert stability[topic_of(found, "造林")] == pytest.approx(1 - (5 / 6) ** 6, abs=0.25)
    assert len(found.refits) == 40 * 4


def test_one_document_has_topics_but_no_stability(make):
    corpus = make([{"words": paragraphs(FISH, 12, 1) + "\n" + paragraphs(WOOD, 12, 2), "year": 2020}])
    found = topics.fit(corpus, k=2)
    assert found.quality["stability"].isna().all()
    assert found.quality["note"].str.contains("one document").all()
    assert found.by("year")["low"].isna().all()


def test_text_that_stands_in_several_reports_is_marked(make):
    formula = paragraphs(FISH, 1, 5)
    reports = [{"words": "\n".join([formula, paragraphs(WOOD if n % 2 else TOWN, 3, n)])} for n in range(10)]
    found = topics.fit(make(reports), k=3)
    of = found.quality.set_index("topic")
    assert of.loc[topic_of(found, formula.split()[0]), "repeated"] > 0.9
    assert "repeated text" in of.loc[topic_of(found, formula.split()[0]), "note"]
    assert of.loc[topic_of(found, "造林"), "repeated"] < 0.1


def test_examples_are_whole_paragraphs_of_different_documents(planted):
    found = topics.fit(planted, k=4)
    fish = found.examples[found.examples["topic"] == topic_of(found, "渔业")]
    assert sorted(fish["doc_id"]) == ["d000", "d003"]
    for row in fish.itertuples():
        text = planted.documents.set_index("doc_id").loc[row.doc_id, "text"]
        assert row.text == text.split("\n")[row.paragraph]
        assert any(word in row.text for word in FISH)


def test_sections_and_documents_can_be_units(make):
    texts = [paragraphs(FISH if n % 2 else WOOD, 3, n) for n in range(12)]
    for unit, size in (("document", 12), ("section", 12)):
        found = topics.fit(make([{"words": text} for text in texts]), k=2, unit=unit)
        assert found.units == size
        assert topic_of(found, "渔业") == topic_of(found, "水产") != topic_of(found, "造林")


def test_documents_drawn_anew_may_hold_fewer_units_than_topics(make):
    """One report has 22 paragraphs, five have one: drawn without the first there are six units, and eight topics."""
    reports = [paragraphs(FISH + WOOD, 22, 1), *(paragraphs(TOWN, 1, n) for n in range(5))]
    found = topics.fit(make([{"words": words} for words in reports]), k=8, max_share=1.0, seeds=6)
    assert len(found) == 8
    assert found.refits["refit"].nunique() == 5


@pytest.mark.filterwarnings("error")
def test_more_topics_than_there_is_to_tell_apart(make):
    """All units are one of two: a third topic has nothing to say, and nothing fails over it."""
    found = topics.fit(make([{"words": "\n".join([" ".join(FISH * 3), " ".join(WOOD * 3)])}] * 9), k=3, max_share=1.0)
    assert {topic_of(found, word) for word in FISH} != {topic_of(found, word) for word in WOOD}
    assert found.documents["share"].notna().all()


def test_quality_is_of_the_words_that_a_topic_has(planted):
    """Each theme has six words, which all stand in its paragraphs alone: none of the others is asked in place of four more."""
    of = topics.fit(planted, k=4).quality
    assert of["exclusivity"].to_numpy() == pytest.approx(1, abs=0.01)
    assert (of["npmi"] > 0.8).all()


def test_words_without_order_come_back_less_often_than_their_cosines_say(make):
    """Words drawn by chance, as often as real ones (Zipf): the first word or two of a topic make the cosine of its match."""
    random, share = np.random.default_rng(0), 1 / np.arange(1, 201) ** 0.7
    words = [f"词{chr(0x4E00 + 37 * n)}" for n in range(200)]
    drawn = [" ".join(random.choice(words, 20, p=share / share.sum())) for _ in range(300)]
    found = topics.fit(make([{"words": "\n".join(drawn[n::20])} for n in range(20)]), k=6, max_share=0.5)
    alike = (found.refits["similarity"] >= 0.7).mean()
    assert alike > 0.25
    assert found.quality["stability"].mean() < 0.6 * alike


def test_reports_are_drawn_and_counted_whole_where_tenses_are_apart(make):
    """Each report looks back on fish and plans for wood; a view by tense has two rows a report."""
    parts = [(paragraphs(FISH, 3, n), paragraphs(WOOD, 3, n)) for n in range(6)]
    sections = []
    for number, texts in enumerate(parts):
        back, ahead = (len(text.replace(" ", "")) for text in texts)
        of = {"doc_id": f"d{number:03d}", "depth": 1, "heading": ""}
        sections.append(of | {"section": 0, "tense": "review", "start": 0, "end": back + 1})
        sections.append(of | {"section": 1, "tense": "plan", "start": back + 1, "end": back + ahead + 1})
    corpus = make([{"words": "\n".join(texts)} for texts in parts], sections=sections).by_tense()
    found = topics.fit(corpus, k=2, max_share=1.0)
    fish, wood = topic_of(found, "渔业"), topic_of(found, "造林")
    shares = found.by("tense").set_index(["tense", "topic"])["share"]
    assert (shares["review", fish] > 0.95, shares["plan", wood] > 0.95) == (True, True)
    assert found.documents.groupby(["doc_id", "tense"])["share"].sum().to_numpy() == pytest.approx(1)
    assert found.quality["documents"].tolist() == [6, 6]
    assert found.examples.groupby("topic")["doc_id"].nunique().tolist() == [3, 3]
    assert not found.quality["note"].str.contains("repeated").any()
    whole = topics.fit(corpus.where(tense="plan"), k=2, max_share=1.0, unit="document", min_words=9).examples["text"]
    assert all(text.strip() in {plan.replace(" ", "") for _, plan in parts} for text in whole)
    assert reports_of(corpus).tolist() == np.repeat(range(6), 2).tolist()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"max_share": 0}, "above 0, at most 1"),
        ({"max_share": 15}, "above 0, at most 1"),
        ({"unit": "page"}, "it can be paragraph, section, document"),
        ({"method": "magic"}, "it can be nmf"),
        ({"seeds": 0}, "at least 1"),
        ({"min_words": 0}, "at least 1"),
    ],
)
def test_bad_options_say_what_is_possible(planted, options, says):
    with pytest.raises(AnalysisError, match=says):
        topics.fit(planted, **({"k": 4} | options))


def test_a_corpus_of_courtesies_says_what_was_left_out(make):
    thanks = "我 代表 县 人民政府 ， 向 全县 人民 、 各位 委员 表示 衷心 感谢 和 崇高 敬意 ！"
    with pytest.raises(AnalysisError, match="left out: 6 courtesies"):
        topics.fit(make([{"words": "\n".join([thanks] * 3)}, {"words": "\n".join([thanks] * 3)}]), k=2)


def test_a_document_is_in_no_row_where_nothing_is_known_of_it(planted, make):
    found = topics.fit(planted, k=4)
    assert set(found.documents["doc_id"]) == {"d000", "d001", "d002", "d003", "d004"}


@pytest.mark.parametrize(("k", "says"), [(40, "k can be 2 to 23"), (1, "at least 2"), (0, "at least 2")])
def test_an_impossible_k_is_refused_with_what_is_possible(planted, k, says):
    with pytest.raises(AnalysisError, match=says):
        topics.fit(planted, k=k)


def test_too_few_paragraphs_say_so(make):
    with pytest.raises(AnalysisError, match="no topics are possible"):
        topics.fit(make([{"words": "渔业 短段", "year": 2023}]), k=2)
