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


def test_movement_of_numbers_is_spearmans(make):
    random = np.random.default_rng(2)
    courses = {year: random.poisson(1 + (year - 2000) / 3, 4).tolist() for year in range(2000, 2009)}
    frame = trends.movement(corpus_of(make, courses), ["河谷", "无人"], measure="mean", resamples=4000)
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


def test_movement_of_a_rate_is_of_hits_beyond_the_rate_of_all(make):
    random = np.random.default_rng(3)
    years, han = np.repeat(range(2000, 2010), 3), random.integers(30, 200, 30)
    hits = random.binomial(han // 4, 0.2)
    documents = [
        {"words": "甲", "text": "河谷" * k + "字" * (n - 2 * k), "year": int(year), "place": place}
        for k, n, year, place in zip(hits, han, years, "甲乙丙" * 10, strict=True)
    ]
    loose, paired = (trends.movement(make(documents), "河谷", within=within).iloc[0] for within in (None, "place"))
    rank = stats.rankdata(years)
    assert loose["rho"] == pytest.approx(np.corrcoef(rank, hits - hits.sum() / han.sum() * han)[0, 1])
    away, place = np.zeros(30), np.tile([0, 1, 2], 10)
    for one in range(3):
        of = place == one
        away[of] = hits[of] - hits[of].sum() / han[of].sum() * han[of]
    assert paired["rho"] == pytest.approx(np.corrcoef(rank, away)[0, 1])


def test_documents_that_only_grow_longer_move_nothing(make):
    # One hit in 80 characters throughout: of four short reports one has it, of long ones each.
    lengths = {year: 20 if year < 2005 else 80 for year in range(2000, 2010)}
    documents = [
        {"words": "甲", "text": "河谷" * hit + "字" * (han - 2 * hit), "year": year}
        for year, han in lengths.items()
        for hit in ([1, 0, 0, 0] if han == 20 else [1, 1, 1, 1])
    ]
    (found,) = trends.movement(make(documents), "河谷").to_dict("records")
    assert found["rho"] == pytest.approx(0, abs=1e-9)
    assert found["p_value"] > 0.9
    shares = trends.movement(make(documents), "河谷", measure="share")
    assert shares["p_value"].iloc[0] < 0.01  # of documents more and more do hold it


def test_a_place_with_one_report_says_nothing_of_movement(make):
    documents = [
        {"words": "甲", "text": "河谷" * hits + "字" * han, "year": 2000 + hits, "place": f"地{hits}"}
        for hits, han in enumerate((31, 17, 23), start=1)
    ]
    assert trends.movement(make(documents), "河谷", within="place")[["rho", "p_value"]].isna().all(axis=None)


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
