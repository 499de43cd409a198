"""Two groups beside each other, against sums by hand and the count of every shuffle."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from scipy import stats

from corpus_tools.analysis import trends
from corpus_tools.errors import AnalysisError

pytestmark = pytest.mark.usefixtures("own_lexicon")


def report(year: int, level: str, hits: int, han: int = 40, **more: str) -> dict[str, object]:
    return {"words": "甲", "text": "河谷" * hits + "字" * (han - 2 * hits), "year": year, "level": level, **more}


DOCUMENTS = [
    report(2001, "city", 4), report(2001, "city", 6, 60), report(2001, "city", 3), report(2001, "county", 1),
    report(2001, "county", 2, 20), report(2001, "county", 0), report(2002, "city", 5), report(2002, "city", 2),
    report(2002, "county", 1), report(2002, "county", 2, 30), report(2003, "city", 9), report(2004, "county", 9),
]  # fmt: skip


def test_years_that_both_have_lie_side_by_side(make):
    corpus = make(DOCUMENTS)
    frame = trends.compare(corpus, ["河谷", "无人"])
    assert frame["year"].tolist() == [2001, 2001, 2002, 2002]
    assert set(frame["a"]) | set(frame["b"]) == {"city", "county"}
    alone = [trends.rate(corpus.where(level=level), ["河谷", "无人"]) for level in ("city", "county")]
    for column, one in zip(("rate_a", "rate_b"), alone, strict=True):
        assert frame[column].tolist() == pytest.approx(one[one["year"] < 2003]["rate"].tolist())
    first = frame.iloc[0]
    assert first["difference"] == pytest.approx((13 / 140 - 3 / 100) * 10_000)
    assert first["low"] < first["difference"] < first["high"]
    assert first[["n_a", "n_b"]].tolist() == [3, 3]
    assert frame["low"].isna().tolist() == [False, False, True, True]  # two documents have no interval


def level_of(year: np.ndarray, hits: np.ndarray, han: np.ndarray, city: np.ndarray) -> tuple[float, float]:
    """Mantel and Haenszel's difference, and how the years vary about it, term by term."""
    away, weights = [], []
    for one in np.unique(year):
        a, b = (year == one) & city, (year == one) & ~city
        away.append(hits[a].sum() / han[a].sum() - hits[b].sum() / han[b].sum())
        weights.append(han[a].sum() * han[b].sum() / (han[a].sum() + han[b].sum()))
    mean = np.average(away, weights=weights)
    return mean, float((np.asarray(weights) * (np.asarray(away) - mean) ** 2).sum())


def test_level_and_course_against_every_shuffle(make):
    shared = [row for row in DOCUMENTS if row["year"] in (2001, 2002)]
    year, city = np.asarray([r["year"] for r in shared]), np.asarray([r["level"] == "city" for r in shared])
    hits = np.asarray([float(r["text"].count("河谷")) for r in shared])
    han = np.asarray([float(len(r["text"])) for r in shared])
    (found,) = trends.contrast(make(DOCUMENTS), "河谷", resamples=4000).to_dict("records")
    level, course = level_of(year, hits, han, city)
    assert found["difference"] == pytest.approx(level * 10_000)
    assert found["rate_a"] - found["rate_b"] == pytest.approx(level * 10_000)
    assert np.isnan(found["low"])  # the documents of 2002 alone say how much a document varies: too few
    assert (found["years"], found["n_a"], found["n_b"]) == (2, 5, 5)
    levels, courses = [], []
    for first, second in product(combinations(range(6), 3), combinations(range(6, 10), 2)):
        dealt = np.zeros(10, dtype=bool)
        dealt[[*first, *second]] = True
        levels.append(abs(level_of(year, hits, han, dealt)[0]))
        courses.append(level_of(year, hits - city * han * level, han, dealt)[1])
    assert found["p_value"] == pytest.approx(np.mean(np.asarray(levels) >= abs(level) * (1 - 1e-9)), abs=0.02)
    assert found["p_shape"] == pytest.approx(np.mean(np.asarray(courses) >= course * (1 - 1e-9)), abs=0.03)


def mean_of_years(counts: list[list[int]]) -> tuple[float, float, float]:
    """The mean rate of years of equal weight with its score interval, term by term."""
    value = np.mean([np.mean(year) for year in counts]) / 40
    parts = [np.var(year, ddof=1) / len(year) / 40**2 / 4 for year in counts]
    freedom = sum(parts) ** 2 / sum(part**2 / 3 for part in parts)
    spread = stats.t.ppf(0.975, freedom) * np.sqrt(sum(parts))
    low, high = sorted(np.roots([1, -2 * value - spread**2 / value, value**2]))
    return value * 10_000, low * 10_000, high * 10_000


def test_the_interval_of_a_level_is_newcombes_from_both(make):
    # In both years and groups documents of one length, so that years weigh the same.
    hits = {
        ("city", 2001): [4, 6, 5, 3],
        ("city", 2002): [3, 5, 2, 4],
        ("county", 2001): [0, 2, 1, 1],
        ("county", 2002): [2, 1, 3, 0],
    }
    corpus = make([report(year, level, k) for (level, year), counts in hits.items() for k in counts])
    (found,) = trends.contrast(corpus, "河谷", resamples=6_000).to_dict("records")
    (a, a_low, a_high), (b, b_low, b_high) = (
        mean_of_years([hits[level, 2001], hits[level, 2002]]) for level in ("city", "county")
    )
    assert found["low"] == pytest.approx(a - b - np.hypot(a - a_low, b_high - b), rel=0.03)
    assert found["high"] == pytest.approx(a - b + np.hypot(a_high - a, b - b_low), rel=0.03)


def test_places_are_dealt_whole(make):
    # Every place says the same in all years: 3 and 3 places make 20 deals, of which the observed and its mirror are largest.
    documents = [
        report(year, "city" if place < 3 else "county", 6 - place, place=f"地{place}")
        for year in range(2001, 2009)
        for place in range(6)
    ]
    corpus = make(documents)
    alone, whole = (trends.contrast(corpus, "河谷", cluster=cluster).iloc[0] for cluster in (None, "place"))
    assert alone["p_value"] < 0.01
    assert whole["p_value"] == pytest.approx(2 / 20, abs=0.03)
    moved = make([*documents, report(2001, "county", 1, place="地0")])
    with pytest.raises(AnalysisError, match="地0"):
        trends.contrast(moved, "河谷", cluster="place")


def test_an_interval_of_places_takes_a_place_as_one_observation(make):
    # Documents of one length and years of one weight: the mean of a group is that of its places, and so is its error.
    hits = {"city": [1, 4, 6, 9], "county": [0, 2, 3, 3]}
    documents = [
        report(year, level, k, place=f"{level}{place}")
        for year in range(2001, 2007)
        for level, counts in hits.items()
        for place, k in enumerate(counts)
    ]
    alone, whole = (trends.contrast(make(documents), "河谷", cluster=cluster).iloc[0] for cluster in (None, "place"))
    (a, a_low, a_high), (b, b_low, b_high) = (mean_of_places(counts) for counts in hits.values())
    assert whole["difference"] == pytest.approx(alone["difference"])
    assert (whole["rate_a"], whole["rate_b"]) == pytest.approx((a, b))
    assert whole["low"] == pytest.approx(a - b - np.hypot(a - a_low, b_high - b))
    assert whole["high"] == pytest.approx(a - b + np.hypot(a_high - a, b - b_low))
    assert whole["low"] < 0 < alone["low"]
    two = [row for row in documents if str(row["place"])[-1] not in "23"]
    assert trends.contrast(make(two), "河谷", cluster="place")[["low", "high"]].isna().all(axis=None)


def test_shares_of_places_stay_shares(make):
    documents = [
        report(year, level, int(level == "city" or place == 0), place=f"{level}{place}")
        for year in range(2001, 2007)
        for level in ("city", "county")
        for place in range(4)
    ]
    (found,) = trends.contrast(make(documents), "河谷", cluster="place", measure="share").to_dict("records")
    assert (found["share_a"], found["share_b"]) == pytest.approx((1, 0.25))
    # Four places that all hold it are four observations; the others have an error of 0.25, and t of 3 degrees.
    z, t = stats.norm.ppf(0.975), stats.t.ppf(0.975, 3)
    n = 0.25 * 0.75 / 0.25**2 * (z / t) ** 2
    a_low = 4 / (4 + z**2)
    middle = (0.25 + z**2 / 2 / n) / (1 + z**2 / n)
    reach = z * np.sqrt(0.25 * 0.75 / n + z**2 / 4 / n**2) / (1 + z**2 / n)
    assert found["low"] == pytest.approx(0.75 - np.hypot(1 - a_low, middle + reach - 0.25))
    assert found["high"] == pytest.approx(0.75 + np.hypot(0, 0.25 - (middle - reach)))
    assert found["high"] <= 1


def mean_of_places(counts: list[int]) -> tuple[float, float, float]:
    value, spread = np.mean(counts) / 40, stats.t.ppf(0.975, len(counts) - 1) * stats.sem(counts) / 40
    low, high = sorted(np.roots([1, -2 * value - spread**2 / value, value**2]))
    return value * 10_000, low * 10_000, high * 10_000


def test_an_interval_of_places_against_a_bootstrap_of_places(make):
    """Places of unequal length in unequal years: the linearised error is that of drawing places, of which there are many."""
    random = np.random.default_rng(5)
    documents = [
        report(year, level, int(random.binomial(han // 3, leaning)), int(han), place=f"{level}{place}")
        for level in ("city", "county")
        for place in range(40)
        for leaning in [random.beta(2, 5)]
        for year, han in zip((2001, 2002, 2003), random.integers(30, 120, 3), strict=True)
        if random.random() < 0.8
    ]
    (found,) = trends.contrast(make(documents), "河谷", cluster="place", resamples=1).to_dict("records")
    year, city = (
        np.asarray([row["year"] for row in documents]),
        np.asarray([row["level"] == "city" for row in documents]),
    )
    han = np.asarray([float(len(str(row["text"]))) for row in documents])
    hits = np.asarray([float(str(row["text"]).count("河谷")) for row in documents])
    place = np.asarray([row["place"] for row in documents])
    weights = [
        han[(year == one) & city].sum() * han[(year == one) & ~city].sum() / han[year == one].sum()
        for one in (2001, 2002, 2003)
    ]
    of = {name: np.flatnonzero(place == name) for name in np.unique(place)}
    cities, drawn = [name for name in of if name.startswith("city")], []
    for _ in range(2000):
        rows = np.concatenate([of[name] for name in random.choice(cities, len(cities))])
        rates = [hits[rows][year[rows] == one].sum() / han[rows][year[rows] == one].sum() for one in (2001, 2002, 2003)]
        drawn.append(np.average(rates, weights=weights) * 10_000)
    a = found["rate_a"]
    spread = stats.t.ppf(0.975, len(cities) - 1) * np.std(drawn)
    a_low = min(np.roots([1, -2 * a - spread**2 / a, a**2]))
    options = {"groups": ("county", "city"), "cluster": "place"}
    (flipped,) = trends.contrast(make(documents), "河谷", **options).to_dict("records")
    assert (flipped["low"], flipped["high"]) == pytest.approx((-found["high"], -found["low"]))
    # Both sides vary about alike, so that the distance below is that of the first times about the root of 2.
    assert (found["difference"] - found["low"]) / (a - a_low) == pytest.approx(2**0.5, rel=0.25)


@pytest.mark.parametrize("year", [2000, 2001, 2009])
def test_what_cannot_be_dealt_counts_in_no_column(make, year):
    documents = [
        report(one, level, hits, place=f"{level}{hits}")
        for one in (2001, 2002)
        for level, hits in (("city", 3), ("city", 5), ("county", 1), ("county", 2))
    ]
    expected = trends.contrast(make(documents), "河谷", cluster="place")
    nowhere = [report(year, "city", 19), report(year, "county", 0)]
    assert trends.contrast(make([*documents, *nowhere]), "河谷", cluster="place").equals(expected)
    silent = [{**report(2009, "city", 0), "text": "abc", "place": "city3"}, report(2009, "county", 9, place="county1")]
    assert trends.contrast(make([*documents, *silent]), "河谷", cluster="place").equals(expected)
    with pytest.raises(AnalysisError, match="share no year"):
        trends.contrast(make(silent), "河谷")


def test_two_corpora(make):
    corpus = make(DOCUMENTS)
    one, other = corpus.where(level="city"), corpus.where(level="county")
    beside, within = (
        trends.compare(one, "河谷", between=other, groups=("city", "county")),
        trends.compare(corpus, "河谷"),
    )
    assert beside.equals(within)
    assert trends.contrast(one, "河谷", between=other)[["a", "b"]].to_numpy().tolist() == [["this", "other"]]
    with pytest.raises(AnalysisError, match="same documents"):
        trends.compare(corpus, "河谷", between=corpus.where(year=2001))


def test_one_year_has_no_course_and_a_silent_term_no_test(make):
    frame = trends.contrast(make(DOCUMENTS[:6]), ["河谷", "无人"])
    assert frame["p_shape"].isna().all()
    assert frame["p_value"].isna().tolist() == [False, True]
    assert frame["q_value"].iloc[0] == frame["p_value"].iloc[0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"groups": ("city", "moon")}, "'moon'"), ({"groups": ("city", "city")}, "name two"),
        ({"between": "source"}, "12 values"), ({"between": "farbe"}, "farbe"), ({"by": "level"}, "no years"),
        ({"between": "year", "groups": (2003, 2004)}, "share no year"), ({"measure": "odds"}, "odds"),
    ],
)  # fmt: skip
def test_questions_without_answer(make, options, message):
    for verb in (trends.compare, trends.contrast):
        with pytest.raises(AnalysisError, match=message):
            verb(make(DOCUMENTS), "河谷", **options)
