from __future__ import annotations

import math

import numpy as np
import pytest

from corpus_tools.analysis import slogans, trends
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


def test_two_documents_have_the_interval_of_their_four_draws(make):
    # Draws: both first 2/10, both second 0, mixed 2/40; each extreme has probability 1/4, more than 2.5 %.
    first = trends.rate(make(DOCUMENTS), "小康河谷", resamples=500).iloc[0]
    assert (first["low"], first["high"]) == pytest.approx((0, 2000))


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


def test_slogans_have_the_rates_that_counting_gives(make):
    corpus = make(DOCUMENTS)
    counted = slogans.count(corpus, by="year").set_index(["year", "slogan"])["per_10k"]
    for found in trends.rate(corpus, ["小康河谷", "全面建成小康河谷"]).itertuples():
        assert found.rate == pytest.approx(counted[found.year, found.term])


def test_an_interval_depends_on_its_own_year_alone(make):
    corpus = make([*DOCUMENTS, {"words": "甲", "text": "小康河谷", "year": 2001}])
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
    # Documents of equal length: the ratio is a mean, whose standard error is s/√n; 95 % is ± 1.96 of it.
    hits = np.random.default_rng(3).integers(0, 4, 60)
    corpus = make([{"words": "甲", "text": "小康河谷" * k + "字" * (40 - 4 * k), "year": 2019} for k in hits])
    found = trends.rate(corpus, "小康河谷", resamples=4000).iloc[0]
    wide = 2 * 1.96 * hits.std() / math.sqrt(60) / 40 * 10_000
    assert found["high"] - found["low"] == pytest.approx(wide, rel=0.1)


def test_a_document_without_characters_has_no_rate_and_no_warning(make, recwarn):
    corpus = make([{"words": "甲", "text": "2019", "year": 2019}, {"words": "甲", "text": "2020", "year": 2019}])
    assert trends.rate(corpus, "小康河谷")["rate"].isna().all()
    mixed = make([{"words": "甲", "text": "2019", "year": 2019}, {"words": "甲", "text": "小康河谷", "year": 2019}])
    assert trends.rate(mixed, "小康河谷").iloc[0][["low", "high"]].tolist() == [2500, 2500]
    assert not list(recwarn)


@pytest.mark.parametrize(("terms", "options"), [([], {}), (["河谷"], {"resamples": 0}), (["河谷"], {"by": "jahr"})])
def test_questions_without_answer(make, terms, options):
    with pytest.raises(AnalysisError):
        trends.rate(make(DOCUMENTS), terms, **options)
