from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

from corpus_tools.analysis import slogans
from corpus_tools.errors import AnalysisError

OWN = pd.DataFrame({"slogan": ["云岭新路", "石桥精神"], "year": ["2012", ""]})
SAID, SILENT = "走云岭新路", "没有说到它"


def one(year, level, text, *, place=None, organisation="政府"):
    return {"words": "甲", "text": text, "year": year, "level": level, "place": place, "organisation": organisation}


DOCUMENTS = [
    one(2011, "national", SILENT), one(2013, "national", SAID),
    one(2012, "city", SILENT, place="甲市"), one(2015, "city", SAID, place="甲市"),
    one(2014, "city", SILENT, place="乙市"), one(2016, "city", SILENT, place="乙市"), one(2017, "city", SAID, place="丙市"),
    one(2016, "county", SILENT, place="丁县"),
    one(2013, "city", SAID, place="甲市", organisation="科协"),
    one(None, "county", SAID, place="丁县"),
]  # fmt: skip


def test_a_slogan_reaches_levels_by_hand(make):
    frame = slogans.diffusion(make(DOCUMENTS), lexicon=OWN).set_index("level")
    assert frame.index.tolist() == ["national", "city", "county", "association"]
    assert set(frame["slogan"]) == {"云岭新路"}
    city = frame.loc["city"]
    # Of cities there is nothing between 2014 and 2015: it came in 2015. The nation's came in 2012 or 2013.
    assert city[["first", "after", "documents", "n"]].tolist() == [2015, 2014, 2, 5]
    assert city[["lag", "lag_low", "lag_national", "lag_national_low", "lag_national_high"]].tolist() == [3, 3, 2, 2, 3]
    assert city[["after_n", "until"]].tolist() == [1, 2017]
    assert frame.loc["national", ["first", "after", "lag", "lag_low"]].tolist() == [2013, 2011, 1, 0]
    assert frame.loc["national", ["lag_national", "lag_national_low", "lag_national_high"]].tolist() == [0, 0, 0]
    assert pd.isna(frame.loc["county", "first"])  # of the one that says it the year is unknown
    assert frame.loc["county", ["until", "documents", "n"]].tolist() == [2016, 0, 1]
    assert frame.loc["association", "first"] == 2013
    assert pd.isna(frame.loc["association", "after"])  # the corpus begins with it


def test_an_adoption_curve_by_hand(make):
    frame = slogans.adoption(make(DOCUMENTS), "云岭新路", lexicon=OWN)
    city = frame[frame["level"] == "city"]
    assert city[["year", "places", "n"]].to_numpy().tolist() == [
        [2012, 0, 1], [2014, 0, 2], [2015, 1, 2], [2016, 1, 2], [2017, 2, 3],
    ]  # fmt: skip
    assert city["share"].tolist() == [0, 0, 1 / 2, 1 / 2, 2 / 3]
    assert city[city["year"] < 2017][["low", "high"]].isna().all(axis=None)  # two places are too few
    (last,) = city[city["year"] == 2017][["low", "high"]].to_numpy()
    assert last == pytest.approx(stats.binomtest(2, 3).proportion_ci(method="wilson"))


def test_adoption_falls_only_where_places_come(make):
    documents = [one(2010 + i, "city", SAID if i == k else SILENT, place=f"{k}市") for k in range(4) for i in range(6)]
    assert slogans.adoption(make(documents), ["云岭新路"], lexicon=OWN)["share"].is_monotonic_increasing


def test_documents_of_one_place_are_one_and_those_of_masked_places_none(make):
    documents = [
        one(2012, "city", SILENT, place="甲市"), one(2013, "city", SAID, place="甲市", organisation=None),
        one(2013, "city", SAID, place="甲市", organisation="党委"),
        one(2013, "city", SAID, place="XX市"), one(2013, "city", SAID, place="某市"), one(2013, "city", SAID),
        one(2013, "city", SAID, place="甲市", organisation="科协"),
        one(2013, "city", SILENT, place="甲市", organisation="工会"),
        one(2012, "national", SILENT), one(2013, "national", SAID, organisation="党委"),
    ]  # fmt: skip
    frame = slogans.adoption(make(documents), "云岭新路", lexicon=OWN)
    assert frame[["level", "year", "places", "n"]].to_numpy().tolist() == [
        ["national", 2012, 0, 1], ["national", 2013, 1, 1], ["city", 2012, 0, 1], ["city", 2013, 1, 1],
        ["association", 2013, 1, 2],
    ]  # fmt: skip


def test_adoption_by_either_way_of_matching(make):
    own = pd.DataFrame({"slogan": ["云岭新路", "走云岭新路"]})
    corpus = make([one(2013, "national", SAID)])
    places = [slogans.adoption(corpus, "云岭新路", match=match, lexicon=own)["places"] for match in ("longest", "all")]
    assert [one.tolist() for one in places] == [[0], [1]]


def test_questions_without_answer(make):
    with pytest.raises(AnalysisError, match="no slogan '没有'"):
        slogans.adoption(make(DOCUMENTS), "没有", lexicon=OWN)
    with pytest.raises(AnalysisError, match="no document has a known year and level"):
        slogans.diffusion(make([one(None, "city", SAID)]), lexicon=OWN)
    with pytest.raises(AnalysisError, match="no document has a known year, level and place"):
        slogans.adoption(make([one(2013, "city", SAID, place="XX市")]), "云岭新路", lexicon=OWN)


def test_a_level_without_dated_documents_has_no_row(make):
    frame = slogans.diffusion(make([one(2013, "national", SAID), one(None, "city", SAID)]), lexicon=OWN)
    assert frame["level"].tolist() == ["national"]
