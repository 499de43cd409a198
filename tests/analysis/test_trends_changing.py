"""Changes, movements and bursts of invented courses."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from corpus_tools.analysis import trends
from corpus_tools.errors import AnalysisError

pytestmark = pytest.mark.usefixtures("own_lexicon")


def corpus_of(make, courses: dict[int, list[int]], *, han: int = 60, **more):
    """One document a number of hits, in its year."""
    documents = [
        {"words": "甲", "text": "河谷" * k + "字" * (han - 2 * k), "year": year, "place": f"地{n}", **more}
        for year, counts in courses.items()
        for n, k in enumerate(counts)
    ]
    return make(documents)


STEP = {year: [1, 0, 1, 2] if year < 2006 else [5, 4, 6, 5] for year in (*range(2000, 2004), *range(2006, 2011))}


def test_a_step_is_found_with_its_levels(make):
    (found,) = trends.changes(corpus_of(make, STEP), "河谷").to_dict("records")
    assert (found["term"], found["year"], found["last"]) == ("河谷", 2006, 2003)
    assert (found["before"], found["after"]) == pytest.approx((1 / 60 * 10_000, 5 / 60 * 10_000))
    assert found["difference"] == pytest.approx(4 / 60 * 10_000)
    assert 0 < found["low"] < found["difference"] < found["high"]
    assert (found["n_before"], found["n_after"]) == (16, 20)
    assert found["p_value"] == found["q_value"] == 1 / 1001


def test_a_visit_and_its_end_are_two_changes(make):
    courses = {year: [4, 5, 4] if 2004 <= year < 2008 else [0, 1, 0] for year in range(2000, 2013)}
    frame = trends.changes(corpus_of(make, courses), ["河谷", "无人说过"])
    assert frame["year"].tolist() == [2004, 2008]
    assert frame["after"].iloc[0] == frame["before"].iloc[1]
    assert (frame["q_value"] < 0.01).all()


def test_a_level_that_stays_has_no_change(make):
    frame = trends.changes(corpus_of(make, {year: [2, 1, 2] for year in range(2000, 2012)}), ["河谷", "无人"])
    assert frame.empty
    assert frame.columns.tolist() == [
        "term", "year", "last", "before", "after", "difference", "low", "high", "n_before", "n_after", "p_value", "q_value",
    ]  # fmt: skip


def test_a_change_within_every_place_stays_where_places_differ(make):
    # Five places that say it 0 to 8 times, and one time more from 2005 on.
    courses = {year: [0, 2, 4, 6, 8] if year < 2005 else [1, 3, 5, 7, 9] for year in range(2000, 2010)}
    corpus = corpus_of(make, courses)
    loose, paired = trends.movement(corpus, "河谷"), trends.movement(corpus, "河谷", within="place")
    assert loose["p_value"].iloc[0] > 0.05 > 0.005 > paired["p_value"].iloc[0]
    counted = pd.DataFrame(
        {"x": [k for year in courses for k in courses[year]]}, index=[f"d{n:03d}" for n in range(50)]
    )
    for within, most in ((None, 1.0), ("place", 0.005)):
        frame = trends.changes(corpus, counted, within=within, measure="mean")
        assert (frame["p_value"] <= most).all()


def test_too_few_years_cannot_change(make):
    with pytest.raises(AnalysisError, match="only 5 years have documents"):
        trends.changes(corpus_of(make, {year: [1] for year in range(2000, 2005)}), "河谷")
    with pytest.raises(AnalysisError, match="holds no years"):
        trends.changes(corpus_of(make, STEP), "河谷", by="place")


def test_movement_is_spearmans(make):
    random = np.random.default_rng(2)
    courses = {year: random.poisson(1 + (year - 2000) / 3, 4).tolist() for year in range(2000, 2009)}
    frame = trends.movement(corpus_of(make, courses), ["河谷", "无人"], resamples=4000)
    years = np.repeat(list(courses), 4)
    rho, p = stats.spearmanr(years, [k for counts in courses.values() for k in counts])
    first, second = frame.to_dict("records")
    assert first["rho"] == pytest.approx(rho)
    assert first["p_value"] == pytest.approx(p, abs=0.01)
    assert (first["n"], first["first"], first["last"]) == (36, 2000, 2008)
    assert math.isnan(second["rho"])
    assert math.isnan(second["p_value"])
    assert first["q_value"] == first["p_value"]  # what nobody says is not tested
    with pytest.raises(AnalysisError, match="of one year"):
        trends.movement(corpus_of(make, {2000: [1, 2, 3]}), "河谷")


def test_blocks_of_terms_change_nothing(make, monkeypatch):
    corpus, terms = corpus_of(make, STEP), ["河谷", "字字", "河"]
    whole = trends.movement(corpus, terms)
    monkeypatch.setattr("corpus_tools.analysis.statistics.bootstrap.BLOCK", 40)
    pd.testing.assert_frame_equal(trends.movement(corpus, terms), whole)


def test_bursts_are_those_of_lifecycles(make):
    courses = {year: [1, 2, 3] if year in (2005, 2006) else [0, 0, int(year == 2001)] for year in range(2000, 2011)}
    (found,) = trends.bursts(corpus_of(make, courses), "河谷").to_dict("records")
    assert (found["start"], found["end"]) == (2005, 2006)
    assert (found["share_in"], found["share_out"]) == pytest.approx((1, 1 / 27))
    assert (found["rate_in"], found["rate_out"]) == pytest.approx((2 / 60 * 10_000, 1 / 60 / 27 * 10_000))
    # γ · ln 11 is what the step costs; the weight is what the two years save, before it.
    base, high = 7 / 33, 14 / 33
    assert found["weight"] == pytest.approx(6 * math.log(high / base))
    assert trends.bursts(corpus_of(make, courses), "无人").empty


def test_a_seed_repeats_everything(make):
    corpus = corpus_of(make, STEP)
    for verb in (trends.changes, trends.movement):
        assert verb(corpus, ["河谷", "河"], seed=3).equals(verb(corpus, ["河谷", "河"], seed=3))
