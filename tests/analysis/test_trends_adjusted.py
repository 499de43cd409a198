"""Post-stratified rates, worked out by hand and by the laws that hold for them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from corpus_tools.analysis import trends
from corpus_tools.errors import AnalysisError

pytestmark = pytest.mark.usefixtures("own_lexicon")


def report(year: int | None, level: str | None, hits: int, han: int, **more: str) -> dict[str, object]:
    return {"words": "甲", "text": "河谷" * hits + "字" * (han - 2 * hits), "year": year, "level": level, **more}


# 2001 is two thirds city, 2002 one third; every level says it as often in both years.
DOCUMENTS = [
    report(2001, "city", 4, 20), report(2001, "city", 4, 20), report(2001, "county", 1, 20),
    report(2002, "city", 4, 20), report(2002, "county", 1, 20), report(2002, "county", 1, 20),
    report(2002, None, 9, 20), report(None, "city", 9, 20),
]  # fmt: skip


def test_the_mix_of_levels_does_not_move_the_rate(make):
    frame = trends.adjusted(make(DOCUMENTS), "河谷")
    # The standard: 60 of 120 characters each, so that 0.5 · 0.2 + 0.5 · 0.05 in both years.
    assert frame["rate"].tolist() == pytest.approx([1250, 1250])
    assert frame["crude"].tolist() == pytest.approx([1500, 1000])
    assert frame[["coverage", "n", "unknown", "count"]].to_numpy().tolist() == [[1, 3, 0, 9], [1, 3, 1, 6]]


def test_weights_of_your_own(make):
    frame = trends.adjusted(make(DOCUMENTS), "河谷", weights={"city": 3, "county": 1})
    assert frame["rate"].tolist() == pytest.approx([0.75 * 2000 + 0.25 * 500] * 2)
    alone = trends.adjusted(make(DOCUMENTS), "河谷", weights={"city": 0, "county": 2})
    assert alone["rate"].tolist() == pytest.approx([500, 500])


def test_direct_standardisation_of_a_textbook(make):
    """Le 2003, Introductory Biostatistics, table 1.8: deaths of 100,000 in Alaska and Florida by age, 1970 standard million.

    Here people are characters, 10,000 of each age, deaths are hits, states kinds, and ages levels.
    """
    standard = {"0-4": 84_416, "5-19": 294_353, "20-44": 316_744, "45-64": 205_745, "65-": 98_742}
    of_100_000 = {
        "Alaska": [405.0, 83.6, 261.0, 777.6, 4933.3],
        "Florida": [375.3, 60.3, 190.5, 1101.5, 4397.9],
    }
    corpus = make(
        [{"words": "甲", "text": "字" * 10_000, "kind": kind, "level": age} for kind in of_100_000 for age in standard]
    )
    deaths = (
        pd.DataFrame(
            {"deaths": [rate for rates in of_100_000.values() for rate in rates]}, index=corpus.documents["doc_id"]
        )
        / 10
    )
    frame = trends.adjusted(corpus, deaths, by="kind", weights=standard)
    assert (frame["rate"] * 10).tolist() == pytest.approx(
        [788.6, 770.6], abs=0.1
    )  # from expected deaths as whole numbers


def test_groups_are_one_column_several_or_none(make):
    sections = [
        {"doc_id": f"d{n:03d}", "section": 0, "tense": "review", "start": 0, "end": 20} for n in range(len(DOCUMENTS))
    ]
    corpus = make(DOCUMENTS, sections=sections)
    years = trends.adjusted(corpus, "河谷")
    assert trends.adjusted(corpus, "河谷", by=["year"]).equals(years)
    # All but the document of unknown level: 4 + 4 + 1 + 4 + 1 + 1 + 9 hits in 140 characters, the standard itself.
    (whole,) = trends.adjusted(corpus, "河谷", by=None).to_dict("records")
    assert whole["rate"] == pytest.approx(24 / 140 * 10_000)
    assert whole["crude"] == pytest.approx(24 / 140 * 10_000)
    assert (whole["n"], whole["unknown"]) == (7, 1)
    tenses = trends.adjusted(corpus, "河谷", by=["tense", "year"])
    assert tenses[["tense", "year"]].to_numpy().tolist() == [["review", 2001], ["review", 2002]]
    assert tenses["rate"].tolist() == pytest.approx(years["rate"].tolist())


def test_a_level_without_documents_is_not_guessed(make):
    corpus = make([*DOCUMENTS, report(2003, "city", 4, 20)])
    last = trends.adjusted(corpus, "河谷").iloc[-1]
    assert math.isnan(last["rate"])
    assert (last["crude"], last["coverage"]) == pytest.approx((2000, 80 / 140))
    assert trends.adjusted(corpus, "河谷", renormalise=True).iloc[-1]["rate"] == pytest.approx(2000)


def test_a_mix_that_never_changes_changes_nothing(make):
    random = np.random.default_rng(4)
    corpus = make(
        [
            report(year, level, int(random.integers(0, 5)), 40)
            for year in (2001, 2002)
            for level in ("city", "county") * 3
        ]
    )
    for measure in ("rate", "share", "mean"):
        frame = trends.adjusted(corpus, ["河谷", "字字"], measure=measure)
        assert frame[measure].tolist() == pytest.approx(frame["crude"].tolist())
        crude = trends.rate(corpus, ["河谷", "字字"], measure=measure)
        assert frame["crude"].tolist() == pytest.approx(crude[measure].tolist())


def test_several_columns_make_strata_together(make):
    corpus = make(
        [
            report(2001, "city", 2, 20, place="云川"),
            report(2001, "city", 0, 10, place="石河"),
            report(2001, "county", 1, 10, place="云川"),
        ]
    )
    weights = {("city", "云川"): 1, ("city", "石河"): 1, ("county", "云川"): 2}
    frame = trends.adjusted(corpus, "河谷", over=["level", "place"], weights=weights)
    assert frame["rate"].tolist() == pytest.approx([(0.25 * 0.1 + 0.5 * 0.1) * 10_000])


def test_the_interval_adds_up_variances_of_strata(make):
    hits = {"city": [0, 3, 1, 2, 4, 2], "county": [1, 0, 0, 2, 1, 1]}
    corpus = make([report(2001, level, k, 40) for level, counts in hits.items() for k in counts])
    (found,) = trends.adjusted(corpus, "河谷", resamples=20_000).to_dict("records")
    parts = [np.var(counts, ddof=1) / 6 * 0.25 / 40**2 for counts in hits.values()]
    freedom = sum(parts) ** 2 / sum(part**2 / 5 for part in parts)  # Satterthwaite
    spread, value = stats.t.ppf(0.975, freedom) * math.sqrt(sum(parts)), found["rate"] / 10_000
    low, high = sorted(np.roots([1, -2 * value - spread**2 / value, value**2]))
    assert (found["low"], found["high"]) == pytest.approx((low * 10_000, high * 10_000), rel=0.03)


def test_shares_have_wilsons_interval_of_as_many_documents_as_tell_as_much(make):
    hits = {"city": [1, 0, 2, 1, 0], "county": [1, 0, 0, 0, 0, 0, 0, 3]}
    corpus = make([report(2001, level, k, 40) for level, counts in hits.items() for k in counts])
    (found,) = trends.adjusted(corpus, "河谷", measure="share", weights={"city": 3, "county": 1}).to_dict("records")
    n, value = 1 / (0.75**2 / 5 + 0.25**2 / 8), 0.75 * 3 / 5 + 0.25 * 2 / 8  # Kish 1965
    assert found["share"] == pytest.approx(value)
    z = stats.norm.ppf(0.975)
    for bound in (found["low"], found["high"]):  # Wilson 1927
        assert abs(value - bound) == pytest.approx(z * math.sqrt(bound * (1 - bound) / n))
    # A mix of all documents as it is: the interval of the share itself.
    plain = trends.rate(corpus, "河谷", measure="share")[["share", "low", "high"]]
    assert trends.adjusted(corpus, "河谷", measure="share")[["share", "low", "high"]].iloc[0].tolist() == pytest.approx(
        plain.iloc[0].tolist()
    )


@pytest.mark.parametrize("n", [2, 3])
def test_a_share_of_all_documents_leaves_doubt_and_none_is_above_1(make, n):
    documents = [report(2001, level, k, 40) for level in ("city", "county") for k in [1, 2, 1][:n]]
    for corpus in (make(documents), make([*documents, report(2001, "city", 0, 40)])):
        (found,) = trends.adjusted(corpus, "河谷", measure="share").to_dict("records")
        assert 0 < found["low"] < found["share"] <= found["high"] <= 1
        assert (found["high"] == 1) == (found["share"] == 1)
    assert trends.adjusted(make(documents[:2]), "河谷", measure="share")[["low", "high"]].isna().all(axis=None)


def test_a_stratum_of_one_document_leaves_no_interval(make):
    assert trends.adjusted(make(DOCUMENTS), "河谷")[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    "options",
    [
        {"over": []}, {"over": "year"}, {"over": "year", "by": ["kind", "year"]},
        {"over": "tense"}, {"over": "farbe"}, {"weights": {"city": 1}},
        {"weights": {"city": 1, "county": -1}}, {"weights": {"city": 0, "county": 0}},
        {"weights": {"city": 1, "county": 1, "province": 1}},
    ],
)  # fmt: skip
def test_questions_without_answer(make, options):
    with pytest.raises(AnalysisError):
        trends.adjusted(make(DOCUMENTS), "河谷", **options)
