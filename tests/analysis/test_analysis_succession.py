from __future__ import annotations

import numpy as np
import pytest

from corpus_tools.analysis.slogans import succession
from corpus_tools.analysis.slogans.succession import replacements
from corpus_tools.errors import AnalysisError

A, B, C, D = "四个坚守", "双减双提", "小康河谷", "守正、创新"

pytestmark = pytest.mark.usefixtures("own_lexicon")


def said(slogan):
    return f"我们要深入贯彻{slogan}精神，做好各项工作。"


def seen(slogan):
    return f"沿河望见{slogan}风光，游人如织。"


# A until 2003, B from 2003, both in the slot 贯彻…精神; C all the while, and D in 2006, elsewhere.
HISTORY = {
    2001: said(A) + seen(C),
    2002: said(A) + seen(C),
    2003: said(A) + said(B) + seen(C),
    2005: said(B) + seen(C),
    2006: said(B) + seen(C) + seen(D),
}


def documents(history):
    return [{"words": "甲", "text": text, "year": year} for year, text in history.items()]


def test_the_pair_with_its_slot_and_its_movement(make):
    frame = replacements(make(documents(HISTORY)), min_documents=2)
    assert len(frame) == 1
    row = frame.iloc[0]
    assert (row["old"], row["new"], row["documents_old"], row["documents_new"]) == (A, B, 3, 3)
    assert set(row["slot"].split("|")) == {"深入贯彻…", "…精神"}
    assert row["similarity"] == pytest.approx(1)
    assert row["theme"] > 0.99  # in 2003 both stand beside each other
    # Shares of A: 1 1 1 0 0, of B: 0 0 1 1 1; 2004 has no documents and is no year. Both have the mean 3/5 and the squares
    # 6/5 around it; products: 2 · (2/5 · -3/5) + 4/25 + 2 · (-3/5 · 2/5) = -4/5.
    assert row["association"] == pytest.approx(-2 / 3)
    assert row["score"] == pytest.approx(2 / 3 * np.sqrt(row["theme"]))
    assert row["crossing"] == 2003
    assert row["fall"] == pytest.approx(1 - 1 / 3)
    assert row["rise"] == pytest.approx(1)


def test_years_without_either_before_and_after_do_not_count(make):
    around = {1990: "别的", 1991: "别的"} | HISTORY | {2010: "别的"}
    plain, wider = (replacements(make(documents(h)), min_documents=2).iloc[0] for h in (HISTORY, around))
    movement = ["fall", "rise", "crossing", "association"]
    assert plain[movement].tolist() == pytest.approx(wider[movement].tolist())


def test_shares_are_of_documents_of_the_year(make):
    more = [
        *documents(HISTORY),
        {"words": "甲", "text": "别的", "year": 2001},
        {"words": "甲", "text": A, "year": None},
    ]
    row = replacements(make(more), min_documents=2).iloc[0]
    old, new = [0.5, 1, 1, 0, 0], [0, 0, 1, 1, 1]
    assert row["association"] == pytest.approx(np.corrcoef(old, new)[0, 1])
    assert row["documents_old"] == 3


def test_one_slogan_s_pairs_are_rows_of_all_with_a_q_of_their_own(make):
    corpus = make(documents(HISTORY))
    whole = replacements(corpus, min_documents=1)
    own = replacements(corpus, slogan=B, min_documents=1)
    assert own["p_value"].tolist() == whole.loc[(whole[["old", "new"]] == B).any(axis=1), "p_value"].tolist()
    assert (own["q_value"] <= whole["q_value"].max()).all()
    assert replacements(corpus, slogan=D, min_documents=2).empty


def test_the_same_seed_gives_the_same_p(make):
    corpus = make(documents(HISTORY))
    frames = [replacements(corpus, min_documents=1, seed=seed) for seed in (7, 7)]
    assert frames[0].equals(frames[1])


def test_a_slot_ends_with_its_clause_and_has_two_to_four_characters():
    assert succession._slots("以邓小平理论，全面贯彻", "的精神") == [
        "贯彻…",
        "面贯彻…",
        "全面贯彻…",
        "…的精",
        "…的精神",
    ]
    assert succession._slots("。", "、科学") == ["…、科", "…、科学"]
    assert succession._longest(["贯彻…", "深入贯彻…", "…精神"]) == ["深入贯彻…", "…精神"]


def test_p_is_a_share_of_dealt_histories_and_1_for_what_is_never_alike():
    random = np.random.default_rng(0)
    alike, against = (np.triu(random.random((2, 30, 30)), 1)[k] for k in range(2))
    alike[0, 1] = against[0, 1] = 1.0
    alike[2, 3] = 0.0
    p = succession._mantel(alike + alike.T, against + against.T, np.full(30, 5), resamples=50, seed=0)
    pairs = np.triu_indices(30, 1)
    assert p[0, 1] == p[1, 0] == p[pairs].min() < 0.01
    assert p[2, 3] == 1
    assert 0.45 < p[pairs].mean() < 0.55  # of random surroundings and histories p is even


def test_q_counts_the_pairs_without_a_row():
    assert succession._controlled(np.asarray([0.01, 0.04]), 10).tolist() == pytest.approx([0.1, 0.2])
    assert len(succession._controlled(np.empty(0), 0)) == 0


def test_bad_questions(make):
    corpus = make(documents(HISTORY))
    with pytest.raises(AnalysisError, match="no slogan '没有的'"):
        replacements(corpus, slogan="没有的")
    with pytest.raises(AnalysisError, match="1 year"):
        replacements(corpus.where(year=2001))
    with pytest.raises(AnalysisError, match="'source' is no column of years"):
        replacements(corpus, by="source")
    with pytest.raises(AnalysisError, match="no documents"):
        replacements(corpus.where(year=1900))
    with pytest.raises(AnalysisError, match="resamples"):
        replacements(corpus, resamples=0)


def test_a_corpus_without_slogans_has_no_pairs(make):
    frame = replacements(make(documents(dict.fromkeys(range(2001, 2006), "别的"))))
    assert frame.empty
    assert list(frame.columns) == succession._COLUMNS
