from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from corpus_tools.analysis import keywords, slogans, trends
from corpus_tools.analysis.statistics import bootstrap
from corpus_tools.errors import AnalysisError

pytestmark = pytest.mark.usefixtures("own_lexicon")

DOCUMENTS = [
    {"words": "甲", "text": "小康河谷小康河谷丙丁", "year": 2019},  # 2 hits in 10 characters
    {"words": "甲", "text": "没有没有没有没有没有没有没有没有没有没有没有没有没有没有没有", "year": 2019},  # 0 in 30
    {"words": "甲", "text": "全面建成小康河谷，河谷", "year": 2022},
    {"words": "甲", "text": "小康河谷", "year": None},
]


def test_the_rate_is_a_ratio_of_sums(make):
    first = trends.rate(make(DOCUMENTS), "小康河谷").iloc[0]
    assert first["rate"] == pytest.approx(2 / 40 * 10_000)
    assert (first["count"], first["documents"], first["n"]) == (2, 1, 2)


def test_two_documents_have_no_interval_and_three_have(make):
    assert trends.rate(make(DOCUMENTS), "小康河谷")[["low", "high"]].isna().all(axis=None)
    third = {"words": "甲", "text": "小康河谷" + "字" * 16, "year": 2019}
    first = trends.rate(make([*DOCUMENTS, third]), "小康河谷", resamples=20_000).iloc[0]
    # Three documents: 2 in 10, 0 in 30, 1 in 20, of which 27 draws can be made; their root mean square around 3/60.
    hits, han = np.asarray([2, 0, 1]), np.asarray([10, 30, 20])
    draws = np.asarray(list(itertools.product(range(3), repeat=3)))
    away = hits[draws].sum(axis=1) / han[draws].sum(axis=1) - 3 / 60
    spread = stats.t.ppf(0.975, 2) * math.sqrt((away**2).mean() * 3 / 2)
    # (3/60 - θ)² = spread² · θ / (3/60)
    low, high = sorted(np.roots([1, -2 * 0.05 - spread**2 / 0.05, 0.05**2]))
    assert (first["low"], first["high"]) == pytest.approx((low * 10_000, high * 10_000), rel=0.02)


def test_what_nobody_says_may_have_been_missed(make):
    corpus = make([{"words": "甲", "text": "字" * 50, "year": 2019}] * 4)
    (found,) = trends.rate(corpus, "小康河谷").to_dict("records")
    z2 = stats.norm.ppf(0.975) ** 2
    assert (found["rate"], found["low"]) == (0, 0)
    # Wilson's bound of 0 of 4 is z² / (4 + z²): as many of the four documents, once each, in 200 characters.
    assert found["high"] == pytest.approx(4 * z2 / (4 + z2) / 200 * 10_000)


def test_one_document_has_no_interval_and_a_gap_no_row(make):
    frame = trends.rate(make(DOCUMENTS), ["小康河谷", "河谷"])
    assert frame[["year", "term"]].to_records(index=False).tolist() == [
        (2019, "小康河谷"), (2019, "河谷"), (2022, "小康河谷"), (2022, "河谷"),
    ]  # fmt: skip
    last = frame[frame["year"] == 2022]
    assert last["low"].isna().all()
    assert last["high"].isna().all()
    # The slogan stands inside a longer one; 河谷 is no slogan and counts wherever it stands.
    assert last["count"].tolist() == [0, 2]


@pytest.fixture
def several(make):
    """25 documents of 2011 to 2014, six a year but of 2014 seven, and two of 2015; 小康河谷 is silent in 2012."""
    random, words = np.random.default_rng(7), ["小康河谷", "四个坚守", "双减双提", "科普", "会议", "梯田"]
    drawn = [random.choice(words[:1] * (n % 4 != 1) + words[1:], size=random.integers(9, 40)) for n in range(27)]
    return make(
        [
            {"words": " ".join(some), "year": 2015 if n > 24 else 2011 + n % 4, "level": ("city", "county")[n // 4 % 2]}
            for n, some in enumerate(drawn)
        ]
    )


@pytest.mark.parametrize("by", ["year", ["level", "year"]])
def test_a_slogan_has_one_rate_one_share_and_one_interval_of_each(several, by):
    terms, keys = ["小康河谷", "双减双提"], [*([by] if isinstance(by, str) else by), "term"]
    counted = slogans.count(several, by=by, seed=3).rename(columns={"slogan": "term"}).set_index(keys)
    for measure, names in (
        ("rate", ["per_10k", "per_10k_low", "per_10k_high"]),
        ("share", ["share_documents", "share_low", "share_high"]),
    ):
        found = trends.rate(several, terms, by=by, measure=measure, seed=3).set_index(keys)[[measure, "low", "high"]]
        wanted = counted.loc[found.index, names].set_axis(found.columns, axis=1)
        pd.testing.assert_frame_equal(found, wanted, check_exact=True)
        assert found["low"].isna().sum() == 2  # those of 2015
    assert counted.loc[(2012, "小康河谷") if by == "year" else ("city", 2012, "小康河谷"), "per_10k_high"] > 0


def test_a_word_has_one_interval_in_lists_and_trends(several):
    listed = keywords.frequencies(several, by="year", seed=3).set_index(["year", "term"])
    found = trends.rate(several, ["科普", "梯田"], unit="word", seed=3).set_index(["year", "term"])
    wanted = listed.loc[found.index, ["per_10k", "per_10k_low", "per_10k_high"]]
    assert found[["rate", "low", "high"]].iloc[:8].notna().all(axis=None)
    pd.testing.assert_frame_equal(
        found[["rate", "low", "high"]], wanted.set_axis(["rate", "low", "high"], axis=1), check_exact=True
    )


def test_an_interval_depends_on_its_own_year_alone(make):
    corpus = make([*DOCUMENTS, *DOCUMENTS[:2], {"words": "甲", "text": "小康河谷", "year": 2001}])
    every, one = trends.rate(corpus, "小康河谷"), trends.rate(corpus.where(year=2019), "小康河谷")
    columns = ["rate", "low", "high", "n"]
    assert every[every["year"] == 2019][columns].to_numpy().tolist() == one[columns].to_numpy().tolist()


def test_blocks_of_resamples_change_nothing_but_memory(make, monkeypatch):
    corpus = make([{"words": "甲", "text": "小康河谷" * (i % 3) + "字" * 20, "year": 2019} for i in range(12)])
    whole = trends.rate(corpus, "小康河谷", resamples=4000)
    monkeypatch.setattr(bootstrap, "BLOCK", 50)
    parts = trends.rate(corpus, "小康河谷", resamples=4000)
    assert parts[["low", "high"]].to_numpy() == pytest.approx(whole[["low", "high"]].to_numpy())


def test_the_interval_is_as_wide_as_theory_says(make):
    # Documents of equal length: the ratio is a mean, whose standard error is s/√n; 95 % is about ± t of it.
    hits = np.random.default_rng(3).integers(0, 4, 60)
    corpus = make([{"words": "甲", "text": "小康河谷" * k + "字" * (40 - 4 * k), "year": 2019} for k in hits])
    found = trends.rate(corpus, "小康河谷", resamples=4000).iloc[0]
    wide = 2 * stats.t.ppf(0.975, 59) * hits.std(ddof=1) / math.sqrt(60) / 40 * 10_000
    assert found["high"] - found["low"] == pytest.approx(wide, rel=0.05)
    assert found["high"] - found["rate"] > found["rate"] - found["low"]


def test_a_document_without_characters_has_no_rate_and_no_warning(make, recwarn):
    corpus = make([{"words": "甲", "text": "2019", "year": 2019}, {"words": "甲", "text": "2020", "year": 2019}])
    assert trends.rate(corpus, "小康河谷")["rate"].isna().all()
    assert not list(recwarn)


def test_documents_without_characters_give_no_certainty(make):
    said = [{"words": "甲", "text": "小康河谷" + "字" * k, "year": 2019} for k in (0, 4)]
    corpus = make([*said, {"words": "甲", "text": "2020", "year": 2019}])
    found = trends.rate(corpus, "小康河谷").iloc[0]
    assert found["n"] == 3
    assert math.isnan(found["low"])


def test_shares_have_wilsons_interval(make):
    corpus = make([{"words": "甲", "text": "小康河谷" * (k < 15) * 3 + "字" * 9, "year": 2019} for k in range(148)])
    (found,) = trends.rate(corpus, "小康河谷", measure="share").to_dict("records")
    # 15 of 148: Newcombe 1998, table I.
    assert found["share"] == 15 / 148
    assert (found["low"], found["high"]) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert (found["count"], found["documents"], found["n"]) == (45, 15, 148)


def test_words_are_tokens_and_phrases_are_places(make):
    corpus = make([{"words": "科协 科协工作 会议\n科协", "year": 2019}, {"words": "科协工作 开展", "year": 2020}])
    assert trends.rate(corpus, ["科协工作", "科协"])["count"].tolist() == [1, 3, 1, 1]
    words = trends.rate(corpus, ["科协工作", "科协"], unit="word")
    assert words["count"].tolist() == [1, 2, 1, 0]
    assert words["documents"].tolist() == [1, 1, 1, 0]
    with pytest.raises(AnalysisError, match="'科' is no word of this corpus; words that hold it: 科协工作, 科协"):
        trends.rate(corpus, "科", unit="word")


@pytest.mark.parametrize("unit", ["word", "phrase"])
def test_a_term_in_both_scripts_counts_twice_alike(make, unit):
    corpus = make([{"words": "经济 发展 经济", "year": 2019}, {"words": "发展 经济", "year": 2020}])
    frame = trends.rate(corpus, ["經濟", "发展", "经济"], unit=unit)
    assert frame["term"].tolist() == ["經濟", "发展", "经济"] * 2
    assert frame["count"].tolist() == [2, 1, 2, 1, 1, 1]


def own_numbers(values: dict[str, list[float]], *rows: str) -> pd.DataFrame:
    return pd.DataFrame(values, index=list(rows))


def test_your_own_numbers_go_the_same_way(make):
    corpus = make([{"words": "甲", "text": "字" * 20, "year": year} for year in (2019, 2019, 2019, 2019, 2020)])
    shares = own_numbers({"水": [0.5, 0.1, 0.3], "山": [0, 0, 0.2]}, "d002", "d000", "d001")
    found = trends.rate(corpus, shares, measure="mean")
    # Two documents have no numbers, and are not counted, the year of one of them neither.
    assert found[["year", "term", "n", "documents"]].to_numpy().tolist() == [[2019, "水", 3, 3], [2019, "山", 3, 1]]
    assert found["mean"].tolist() == pytest.approx([0.3, 0.2 / 3])
    assert found["count"].tolist() == pytest.approx([0.9, 0.2])
    counts = own_numbers({"甲": [1, 0, 0, 1, 2]}, *(f"d00{k}" for k in range(5)))
    assert trends.rate(corpus, counts)["rate"].tolist() == pytest.approx([2 / 80 * 10_000, 2 / 20 * 10_000])


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (own_numbers({"水": [1.0]}, "x"), "no document of this corpus"),
        (own_numbers({"水": [1.0, 2.0]}, "d000", "d000"), "two rows"),
        (own_numbers({"水": [-1.0]}, "d000"), "below 0"),
        (own_numbers({"水": [math.nan]}, "d000"), "missing"),
        (own_numbers({"水": ["viel"]}, "d000"), "no numbers"),
        (own_numbers({}, "d000"), "no terms"),
    ],
)
def test_numbers_that_cannot_be(make, numbers, message):
    with pytest.raises(AnalysisError, match=message):
        trends.rate(make(DOCUMENTS), numbers)


def test_a_moving_rate_pools_the_years_around(make):
    hits = {2001: 1, 2002: 0, 2004: 3, 2005: 2, 2006: 0}  # and no 2003
    corpus = make(
        [
            {"words": "甲", "text": "河谷" * k + "字" * (10 * n - 2 * k), "year": y}
            for n, (y, k) in enumerate(hits.items(), 1)
        ]
    )
    frame = trends.rate(corpus, "河谷", moving=3)
    assert frame["moving"].isna().tolist() == [True, False, False, False, True]
    # 2002: 2001 to 2003; 2004: 2003 to 2005; 2005: 2004 to 2006.
    assert frame["moving"][1:4].tolist() == pytest.approx([1e4 * 1 / 30, 1e4 * 5 / 70, 1e4 * 5 / 120])
    assert frame["moving_years"][1:4].tolist() == [2, 2, 3]
    assert frame["moving_n"][1:4].tolist() == [2, 2, 3]
    assert frame["moving_low"].notna().tolist() == [False, False, False, True, False]
    assert frame["rate"].tolist() == pytest.approx(trends.rate(corpus, "河谷")["rate"].tolist())
    for wrong in (2, 1, 4):
        with pytest.raises(AnalysisError, match="odd"):
            trends.rate(corpus, "河谷", moving=wrong)
    with pytest.raises(AnalysisError, match="no years"):
        trends.rate(corpus, "河谷", moving=3, by="source")


@pytest.mark.parametrize(
    ("terms", "options"),
    [([], {}), (["河谷"], {"resamples": 0}), (["河谷"], {"by": "jahr"}),
     (["河谷"], {"measure": "odds"}), (["河谷"], {"unit": "letter"})],
)  # fmt: skip
def test_questions_without_answer(make, terms, options):
    with pytest.raises(AnalysisError):
        trends.rate(make(DOCUMENTS), terms, **options)


def test_a_column_of_years_may_stand_in_a_list(make, own_lexicon):
    corpus = make([{"words": "增强 四个坚守", "year": year} for year in range(2018, 2023)])
    one, several = (trends.rate(corpus, "四个坚守", by=by, moving=3) for by in ("year", ["year"]))
    pd.testing.assert_frame_equal(one, several)
