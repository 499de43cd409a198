from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

from corpus_tools.analysis import slogans
from corpus_tools.errors import AnalysisError

OWN = pd.DataFrame({"slogan": ["云岭新路", "石桥精神"], "year": ["2012", "2018"], "category": ["economy", "culture"]})
SAID, SILENT = "走云岭新路", "没有说到它"


def year(number: int, said: int, n: int, text: str = SAID):
    return [{"words": "甲", "text": text if i < said else SILENT, "year": number} for i in range(n)]


# Shares of 云岭新路: 2011 0, 2012 .25, 2013 1, (2014, 2015: no documents), 2016 .75, 2017 .5, 2018 .75, 2019 .25, 2020 0.
DOCUMENTS = [
    *year(2011, 0, 4), *year(2012, 1, 4), *year(2013, 4, 4), *year(2016, 3, 4), *year(2017, 2, 4), *year(2018, 3, 4),
    *year(2019, 1, 4), *year(2020, 0, 4), *year(2017, 1, 1, "石桥精神"), {"words": "甲", "text": SAID, "year": None},
]  # fmt: skip


def life(frame, slogan):
    (row,) = frame[frame["slogan"] == slogan].to_dict("records")
    return row


def test_a_life_by_hand(make):
    row = life(slogans.lifecycle(make(DOCUMENTS), lexicon=OWN), "云岭新路")
    assert (row["category"], row["official"], row["first"], row["last"], row["lag"]) == ("economy", 2012, 2012, 2019, 0)
    assert (row["after"], row["peak_n"], row["tier_n"]) == (2011, 4, 4)
    assert (row["years"], row["peak"], row["peak_share"]) == (6, 2013, 1.0)
    # 2018 is the last year above half of the peak's share, 2019 the next one with documents.
    assert row["half_life"] == 2019 - 2013
    assert row["peak_tier"] == "沸"
    assert pd.isna(row["tier"])  # nobody says it in 2020
    # All four documents say it: Wilson's lower bound is n / (n + z²).
    assert (row["peak_low"], row["peak_high"]) == pytest.approx((4 / (4 + stats.norm.ppf(0.975) ** 2), 1))
    assert not row["early"]


def test_a_slogan_before_its_official_year_is_flagged(make):
    row = life(slogans.lifecycle(make(DOCUMENTS), lexicon=OWN), "石桥精神")
    assert (row["first"], row["official"], row["lag"], row["early"]) == (2017, 2018, -1, True)


def test_a_slogan_that_has_not_cooled_has_no_half_life(make):
    corpus = make(DOCUMENTS).where(year=range(2011, 2017))
    row = life(slogans.lifecycle(corpus, lexicon=OWN), "云岭新路")
    assert pd.isna(row["half_life"])
    assert row["tier"] == "烫"  # three of four in 2016


def test_a_slogan_with_which_the_corpus_begins_may_be_older(make):
    row = life(slogans.lifecycle(make(DOCUMENTS).where(year=range(2013, 2021)), lexicon=OWN), "云岭新路")
    assert (row["first"], row["lag"]) == (2013, 1)
    assert pd.isna(row["after"])


def test_years_of_few_documents_tell_of_no_peak_where_that_is_asked(make):
    # Shares .8, 1 (of one document), .6, .2, and 1 (of one).
    sizes = [(2011, 4, 5), (2012, 1, 1), (2013, 3, 5), (2014, 1, 5), (2015, 1, 1)]
    corpus = make([document for of in sizes for document in year(*of)] + year(2015, 1, 1, "石桥精神"))
    every, enough = (slogans.lifecycle(corpus, lexicon=OWN, min_n=n) for n in (1, 5))
    columns = ["first", "last", "years", "peak", "peak_n", "half_life", "tier_n"]
    assert [life(every, "云岭新路")[name] for name in columns] == [2011, 2015, 5, 2012, 1, 2, 2]
    assert [life(enough, "云岭新路")[name] for name in columns] == [2011, 2015, 5, 2011, 5, 3, 5]
    assert (life(enough, "云岭新路")["peak_tier"], life(enough, "云岭新路")["tier"]) == ("沸", "暖")
    rare = life(enough, "石桥精神")  # stands in 2015 alone
    assert rare["first"] == 2015
    assert pd.isna([rare["peak"], rare["peak_share"], rare["half_life"], rare["peak_tier"], rare["tier"]]).all()
    rows = slogans.course(corpus, lexicon=OWN, min_n=5).query("slogan == '云岭新路'")
    assert rows["tier"].fillna("").tolist() == ["沸", "", "烫", "暖", ""]
    with pytest.raises(AnalysisError, match="min_n is 6; no year has more than 5"):
        slogans.lifecycle(corpus, lexicon=OWN, min_n=6)


def test_the_course_has_a_row_for_each_year_with_documents(make):
    frame = slogans.course(make(DOCUMENTS), lexicon=OWN)
    rows = frame[frame["slogan"] == "云岭新路"].set_index("year")
    assert rows.index.tolist() == [2011, 2012, 2013, 2016, 2017, 2018, 2019, 2020]
    assert rows["documents"].tolist() == [0, 1, 4, 3, 2, 3, 1, 0]
    assert rows["tier"].fillna("").tolist() == ["", "暖", "沸", "烫", "热", "烫", "暖", ""]
    assert rows.loc[2017, "share_documents"] == 2 / 5


def test_a_burst_is_named_by_its_years(make):
    documents = [*year(2001, 0, 9), *year(2002, 0, 9), *year(2003, 9, 9), *year(2005, 9, 9), *year(2006, 0, 9)]
    row = life(slogans.lifecycle(make(documents), lexicon=OWN), "云岭新路")
    assert row["bursts"] == "2003–2005"


@pytest.mark.parametrize("tiers", [{}, {"热": 0.5}, {"热": 0.2, "温": 0.5, "冷": 0}, {"热": 2, "冷": 0}])
def test_tiers_fall_to_nothing(make, tiers):
    with pytest.raises(AnalysisError, match="shares must fall"):
        slogans.course(make(DOCUMENTS), lexicon=OWN, tiers=tiers)


def test_own_tiers_and_other_years(make):
    frame = slogans.course(make(DOCUMENTS), lexicon=OWN, tiers={"hot": 0.7, "cold": 0})
    assert set(frame["tier"].dropna()) == {"hot", "cold"}
    with pytest.raises(AnalysisError, match="organisation"):
        slogans.lifecycle(make([{"words": "甲", "text": SAID, "organisation": "科协"}]), by="organisation", lexicon=OWN)
