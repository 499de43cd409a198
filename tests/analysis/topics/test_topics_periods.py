"""Topics of periods, where it was planted which go on, part, meet, are new or end."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import small_corpus
from planted_topics import FISH, ROAD, TOWN, WOOD, paragraphs

import corpus_tools as ct
from corpus_tools.errors import AnalysisError

CURE = ["医院", "门诊", "药品", "护士", "病房", "疫苗"]
TEACH = ["学校", "教师", "课堂", "招生", "学生", "校舍"]
EARLIER = [FISH, WOOD, TOWN, CURE + TEACH]  # in the later ten years cures and teaching part, roads are new,
LATER = [FISH, ROAD, CURE, TEACH]  # and nothing is said of woods and towns


def report(groups: list[list[str]], year: int | None, seed: int) -> dict[str, object]:
    """A report of four paragraphs on each group of words."""
    lines = [paragraphs(words, 4, [seed, number]) for number, words in enumerate(groups)]
    return {"words": "\n".join(lines), "year": year}


def reports(first: list[list[str]], second: list[list[str]], each: int = 4) -> list[dict[str, object]]:
    pairs = [(first, 2001), (second, 2011)]
    return [report(groups, year + n, 100 * year + n) for groups, year in pairs for n in range(each)]


PLANTED = reports(EARLIER, LATER)


@pytest.fixture
def found(make):
    return ct.topics.periods(make(PLANTED), k=4, max_share=1.0)


def word_of(found, period, topic):
    """The first of the planted groups that a topic's words are of; the group's name is its first word."""
    if pd.isna(topic):
        return None
    terms = found.terms[(found.terms["period"] == period) & (found.terms["topic"] == topic)]
    words = set(terms.loc[terms["weight"] > 0.02, "term"])
    return "·".join(group[0] for group in (FISH, WOOD, TOWN, ROAD, CURE, TEACH) if words & set(group))


def events(found):
    return {
        (word_of(found, row.period, row.topic), row.event, word_of(found, row.next_period, row.next_topic))
        for row in found.links.itertuples()
    }


def test_what_was_planted_goes_on_parts_ends_and_is_new(found):
    seen = events(found)
    assert {
        ("渔业", "continues", "渔业"),
        ("林业", "dies", None),
        ("社区", "dies", None),
        (None, "born", "公路"),
    } <= seen
    parted = {event for event in seen if event[0] == "医院·学校"}
    assert {event for _, event, _ in parted} == {"continues", "splits"}
    assert {word for _, _, word in parted} == {"医院", "学校"}
    assert len(found.links) == 6


def test_similarity_is_the_cosine(found):
    """Twelve words of like weight and six of them: 6 / √(12 · 6) = √½; nothing in common: 0; the same words: 1."""
    parted = found.links["event"].eq("splits")
    assert found.links.loc[parted, "similarity"].item() == pytest.approx(np.sqrt(0.5), abs=0.1)
    ended = found.links["event"].isin(["dies", "born"])
    assert found.links.loc[ended, "similarity"].max() < 0.05
    kept = [word_of(found, "2000–2009", topic) == "渔业" for topic in found.links["topic"]]
    assert found.links.loc[kept, "similarity"].item() > 0.95


def test_backwards_what_parts_meets_and_what_ends_is_new(make, found, tmp_path):
    mirror = {"continues": "continues", "splits": "merges", "dies": "born", "born": "dies"}
    backwards = small_corpus.make(tmp_path / "backwards", [entry | {"year": 4015 - entry["year"]} for entry in PLANTED])
    turned = ct.topics.periods(backwards, k=4, max_share=1.0)
    assert events(turned) == {(after, mirror[event], before) for before, event, after in events(found)}


def test_every_topic_has_one_end_and_one_beginning(found):
    ends = found.links[found.links["event"].isin(["continues", "merges", "dies"])]
    begins = found.links[found.links["event"].isin(["continues", "splits", "born"])]
    assert sorted(ends["topic"]) == sorted(begins["next_topic"]) == [1, 2, 3, 4]


def test_a_line_follows_what_continues(found):
    line = found.topics.set_index(["period", "topic"])["line"]
    for row in found.links.itertuples():
        if row.event == "continues":
            assert line[row.period, row.topic] == line[row.next_period, row.next_topic]
    assert found.topics["line"].nunique() == 8 - found.links["event"].eq("continues").sum()
    labels = found.topics.set_index(["period", "topic"])["label"]
    row = found.links[found.links["event"] == "splits"].iloc[0]
    assert (row["label"], row["next_label"]) == (
        labels[row["period"], row["topic"]],
        labels[row["next_period"], row["next_topic"]],
    )


def test_what_comes_back_is_steady(found):
    assert found.links["steady"].all()
    assert (found.topics["stability"] == 1).all()


def test_nothing_is_steady_where_documents_are_too_few_to_be_drawn_anew(make):
    found = ct.topics.periods(make(reports(EARLIER, LATER, each=2)), k=4, max_share=1.0)
    assert found.topics["stability"].isna().all()
    assert not found.links["steady"].any()
    assert len(found.links) == 6


@pytest.mark.parametrize(("new", "steady"), [(ROAD, False), (TEACH, True)])
def test_a_birth_is_not_steady_where_many_refits_of_the_period_before_have_the_topic(make, new, steady):
    """One of four earlier reports speaks of towns, one of roads, a little less: of three topics, towns are one, but in the
    refits that draw the report on roads more often than the other, roads are."""
    earlier = [report([FISH, WOOD], 2001 + n, n) for n in range(4)]
    earlier[0]["words"] += "\n" + paragraphs(TOWN, 9, 5)
    earlier[1]["words"] += "\n" + paragraphs(ROAD, 7, 6)
    later = [report([FISH, WOOD, new], 2011 + n, 10 + n) for n in range(4)]
    found = ct.topics.periods(make([*earlier, *later]), k=3, max_share=1.0, seeds=20)
    born = found.links[found.links["event"] == "born"]
    assert [word_of(found, "2010–2014", topic) for topic in born["next_topic"]] == [new[0]]
    assert found.topics.set_index(["period", "topic"])["stability"]["2010–2014", born["next_topic"].item()] == 1
    assert born["steady"].item() == steady


def test_what_one_report_alone_speaks_of_is_not_steady(make):
    """Two thirds of the draws of four reports with replacement hold a given one: 1 - (3/4)^4 = .68."""
    both = [report([FISH, WOOD], year, year) for year in (2001, 2002, 2003, 2004, 2011, 2012, 2013, 2014)]
    both[0]["words"] += "\n" + paragraphs(TOWN, 9, 5)
    both[4]["words"] += "\n" + paragraphs(ROAD, 9, 6)
    links = ct.topics.periods(make(both), k=3, max_share=1.0, seeds=20).links
    steady = links.set_index("event")["steady"]
    assert steady["continues"].tolist() == [True, True]
    assert not steady["born"]
    assert not steady["dies"]


def test_shares_and_numbers_are_of_the_period(found):
    assert found.topics.groupby("period")["share"].sum().to_numpy() == pytest.approx(1)
    assert (found.topics["n"] == 4).all()
    assert found.topics.groupby("period")["units"].sum().tolist() == [64, 64]
    assert found.periods["documents"].tolist() == [4, 4]
    assert found.periods["units"].tolist() == [64, 64]
    assert list(found.fits) == ["2000–2009", "2010–2014"]
    assert found.fits["2000–2009"].by("year")["year"].unique().tolist() == [2001, 2002, 2003, 2004]
    assert found.fits["2000–2009"].words_by("year")["year"].unique().tolist() == [2001, 2002, 2003, 2004]
    example = found.fits["2010–2014"].examples.iloc[0]
    assert example["doc_id"] in {"d004", "d005", "d006", "d007"}


def test_a_gap_breaks_the_chain_and_says_so(make):
    documents = [
        *reports(EARLIER, EARLIER),
        report([FISH], 2022, 1),
        report(EARLIER, 2041, 2),
        report(EARLIER, 2042, 3),
    ]
    found = ct.topics.periods(make(documents), k=4, max_share=1.0)
    gaps = found.periods.set_index("period")["gap"]
    assert gaps["2020–2029"] == "4 paragraphs are too few for 4 topics, which take 20"
    assert gaps["2030–2039"] == "no documents"
    assert gaps[["2000–2009", "2010–2019", "2040–2042"]].tolist() == ["", "", ""]
    assert set(zip(found.links["period"], found.links["next_period"], strict=True)) == {("2000–2009", "2010–2019")}
    assert found.topics.groupby("period")["line"].max().tolist() == [4, 4, 8]
    assert repr(found) == "Periods(3 with topics, 2 without; 4 continues)"


def test_periods_begin_with_the_years_that_are_given(make):
    documents = [report(EARLIER, year, year or 0) for year in (1999, 2001, 2004, 2005, 2006, None)]
    found = ct.topics.periods(make(documents), k=4, max_share=1.0, breaks=[2005, 2001], seeds=1)
    assert found.periods["period"].tolist() == ["2001–2004", "2005–2006"]
    assert found.periods["documents"].tolist() == [2, 2]
    assert found.left_out == {"year unknown": 1, "before 2001": 1}


def test_one_period_has_no_links(make):
    found = ct.topics.periods(make(PLANTED), k=4, max_share=1.0, width=100)
    assert found.periods["period"].tolist() == ["2000–2014"]
    assert found.links.empty
    assert found.topics["line"].tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"breaks": []}, "first years of periods"),
        ({"breaks": [2001, 2050]}, "none after 2014"),
        ({"breaks": ["2001"]}, "first years of periods"),
        ({"width": 0}, "at least 1"),
        ({"by": "place"}, "no document has a known place"),
        ({"by": "source"}, "holds no years"),
        ({"k": 14}, "no period can have 14 topics"),
        ({"k": 1}, "at least 2"),
        ({"seeds": 0}, "at least 1"),
        ({"unit": "page"}, "unit is 'page'"),
    ],
)
def test_what_cannot_be_asked_is_refused(make, asked, says):
    with pytest.raises(AnalysisError, match=says):
        ct.topics.periods(make(PLANTED), **({"k": 4, "max_share": 1.0} | asked))
