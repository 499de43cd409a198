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
    (found,) = trends.contrast(corpus, "河谷", resamples=20_000).to_dict("records")
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
