"""Measures of style on documents small enough to measure by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import corpus_tools as ct
from corpus_tools.analysis import style
from corpus_tools.analysis.statistics import diversity
from corpus_tools.analysis.style import sentences as parts
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

Make = Callable[..., Corpus]
TRANSCRIPTIONS = Path(__file__).parents[2].parent / "shared" / "corpus"

# Two sentences, of 13 Han characters in 2 clauses and of 11 in 3, below a heading of 5.
REPORT = "一 、 总体 情况\n全县 粮食 增产 1,000 吨 ， 超额 完成 任务 。 农业 ， 工业 ； 和 商业 都 有 发展 ！"


def value(frame: pd.DataFrame, measure: str) -> float:
    (found,) = frame.loc[frame["measure"] == measure, "value"]
    return float(found)


def test_sentences_and_clauses_by_hand(make: Make) -> None:
    (found,) = style.documents(make([{"words": REPORT}])).to_dict("records")
    first, second = "全县粮食增产吨超额完成任务", "农业工业和商业都有发展"
    assert (len(first), len(second)) == (13, 11)
    assert found["sentences"] == 2
    assert found["sentence_length"] == 12
    assert found["clause_length"] == 24 / 5  # the comma of 1,000 parts nothing
    assert found["in_sentences"] == pytest.approx(24 / 29)
    assert found["words"] == 16  # 一 and 1,000 are numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("标题\n我们来了。他们走了！", ["我们来了", "他们走了"]),
        ("他说：“我们来了。”然后走了。", ["他说：“我们来了", "然后走了"]),
        ("真的吗？！是的！！", ["真的吗", "是的"]),
        ("要做到：\n一是种树；\n二是修路。", ["要做到：一是种树；二是修路"]),
        ("我们来了。没有说完\n他们走了。", ["我们来了", "他们走了"]),
        ("我们来了\0\0\0他们走了。", ["他们走了"]),
        ("增长3.5%。！1。", ["增长3.5%"]),
        ("没有句号", []),
        ("", []),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert parts._of_text(text) == expected


@given(
    st.lists(st.sampled_from(["我们来了。", "他们，", "走了！", "修路；", "种树：", "粮食、", "丰收？"]), min_size=1),
    st.data(),
)
def test_lines_that_end_with_a_mark_can_be_set_anyhow(pieces: list[str], data: st.DataObject) -> None:
    breaks = data.draw(st.lists(st.booleans(), min_size=len(pieces), max_size=len(pieces)))
    broken = "".join(piece + "\n" * new for piece, new in zip(pieces, breaks, strict=True))
    assert parts._of_text(broken) == parts._of_text("".join(pieces))


def test_words_are_varied_as_the_statistics_say(make: Make) -> None:
    rng = np.random.default_rng(1)
    words = [f"词{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'子丑寅卯辰巳午未申酉'[n // 10]}" for n in rng.integers(0, 80, 300)]
    between = " ".join(f"{word} ， 2020" for word in words)  # marks and numbers are no words here
    found = style.documents(make([{"words": between}, {"words": " ".join(words[:99])}]), window=50)
    numbers = np.unique(words, return_inverse=True)[1]
    assert found["mattr"].tolist() == pytest.approx([diversity.mattr(n, window=50) for n in (numbers, numbers[:99])])
    assert found["mtld"][0] == pytest.approx(diversity.mtld(numbers))
    assert np.isnan(found["mtld"][1])  # 99 words
    assert found["word_length"].tolist() == [3, 3]
    few = style.documents(make([{"words": between}]), words=ct.WordFilter(pattern="词甲."), measures="mattr", window=10)
    assert few["words"].tolist() == [sum(word.startswith("词甲") for word in words)]


def test_formulas_are_the_characters_inside_slogans(make: Make, own_lexicon: None) -> None:
    text = "我们 全面建成小康河谷 ， 守正 、 创新 ， 增强 “ 四个坚守 ” 。"
    (found,) = style.documents(make([{"words": text}]), measures="formulas").to_dict("records")
    inside = "全面建成小康河谷守正创新增强四个坚守"  # 小康河谷 stands inside; 、 is no Han character
    assert found["formulas"] == pytest.approx(len(inside) / (len(inside) + 2))


LONG = "我们在全县建设梯田和水渠"  # 12
OTHER = "粮食产量连续三年获得丰收"  # 12
THIRD = "今年要修建通往山村的公路"  # 12
NEW = "明年继续做好各项服务工作"  # 12


def document(*lines: str, **more: Any) -> dict[str, Any]:
    told = {"organisation": "政府", "level": "county", "place": "云川县", "kind": "work_report"}
    return {"words": "。".join(lines) + "。", **told, **more}


def test_copied_is_what_stood_in_an_earlier_year(make: Make) -> None:
    corpus = make(
        [
            document(LONG, "请予审议", year=2018),  # the first: nothing to copy
            document(LONG, OTHER, "请予审议", year=2019, place="河谷县"),  # half; four characters are too short to tell
            document("我们在全县，建设梯田和水渠", OTHER, THIRD, year=2020),  # punctuation apart it is the same
            document(THIRD, THIRD, NEW, year=2020, place="河谷县"),  # the same year is not earlier
            document(LONG, year=None),
        ]
    )
    found = style.documents(corpus, measures=["copied", "repeated"])
    assert found["copied"].tolist() == pytest.approx([np.nan, 1 / 2, 2 / 3, 0, np.nan], nan_ok=True)
    assert found["repeated"].tolist() == pytest.approx([np.nan, np.nan, 1 / 3, 0, np.nan], nan_ok=True)
    assert found["previous"].tolist() == [pd.NA, pd.NA, 2018, 2019, pd.NA]
    by_year = style.measure(corpus, measures="copied").set_index("year")
    assert by_year["value"].to_dict() == pytest.approx({2019: 1 / 2, 2020: 24 / 72})
    assert by_year["n"].to_dict() == {2019: 1, 2020: 2}


def test_a_report_of_an_unknown_issuer_repeats_none(make: Make) -> None:
    corpus = make(
        [
            document(LONG, year=2018, place=None),
            document(LONG, year=2019, place=None),
            document(LONG, year=2018, place=None, level="national"),
            document(LONG, year=2021, place=None, level="national"),
            document(LONG, year=2021, place=None, level="national", kind="plan"),
        ]
    )
    found = style.documents(corpus, measures="repeated")
    assert found["repeated"].tolist() == pytest.approx([np.nan, np.nan, np.nan, 1, np.nan], nan_ok=True)


def test_traditional_and_wide_letters_are_the_same_sentence() -> None:
    one, other = parts._keys(["增长８％的任务（全部）完成了", "增长8%的任务 全部完成了"])
    assert one == other
    assert len(parts._keys(["，", "。。"])) == 2


def test_letters_of_private_use_move_no_sentence(make: Make) -> None:
    """Old pages write rare letters and bullets with them."""
    first = document("第一条建设梯田和水渠\ue001的事", LONG, year=2018)
    corpus = make([first, document(OTHER, year=2018, place="河谷县"), document(OTHER, LONG, NEW, year=2019)])
    assert style.documents(corpus, measures="copied")["copied"].iloc[-1] == pytest.approx(2 / 3)
    assert len(parts._keys(["梯田\ue001水渠", "\ue001"])) == 2


def test_ratios_of_sums_and_means_over_documents(make: Make) -> None:
    """One document of one sentence of 4, one of three of 2: 10 characters by 4 sentences, not the mean of 4 and 2."""
    corpus = make([{"words": "我们 来了 。", "year": 2020}, {"words": "走了 。 来了 。 到了 。", "year": 2020}])
    frame = style.measure(corpus, measures=["sentence_length", "mattr"], window=2)
    assert value(frame, "sentence_length") == 10 / 4
    assert value(frame, "mattr") == 1
    assert frame[["low", "high"]].isna().all(axis=None)  # two documents are too few


def test_sums_have_a_score_interval_and_mattr_students(make: Make) -> None:
    """Sentences of 4, of 2 three times, of 3 twice; words of which 4 of 4, 3 of 4 and 2 of 4 differ."""
    words = ["我们 来了 。", "走了 。 来了 。 到了 。", "他们 走 。 他们 来 。"]
    other = ["甲乙 丙丁 戊己 庚辛", "甲乙 丙丁 戊己 甲乙", "甲乙 丙丁 甲乙 丙丁"]
    corpus = make([{"words": f"{one}\n{two}", "year": 2020} for one, two in zip(words, other, strict=True)])
    frame = style.measure(corpus, measures="sentence_length", resamples=20_000)
    han, number = np.array([4, 6, 6]), np.array([1, 3, 2])
    draws = np.array(list(itertools.product(range(3), repeat=3)))
    away = han[draws].sum(axis=1) / number[draws].sum(axis=1) - 16 / 6
    spread = stats.t.ppf(0.975, 2) * np.sqrt((away**2).mean() * 3 / 2)
    bounds = sorted(np.roots([1, -2 * 16 / 6 - spread**2 / (16 / 6), (16 / 6) ** 2]))
    assert frame[["low", "high"]].to_numpy()[0].tolist() == pytest.approx(bounds, rel=0.02)
    corpus = make([{"words": line, "year": 2020} for line in other])
    frame = style.measure(corpus, measures="mattr", window=4)
    low, high = stats.t.interval(0.95, 2, loc=0.75, scale=stats.sem([1, 0.75, 0.5]))
    assert high > 1
    assert frame[["value", "low", "high"]].to_numpy()[0].tolist() == pytest.approx([0.75, low, 1])


def test_what_is_never_found_has_no_interval(make: Make) -> None:
    corpus = make([document(LONG, year=2018), *(document(NEW, year=2019, place=f"{n}县") for n in range(4))])
    assert style.measure(corpus, measures="copied")[["value", "n"]].to_numpy().tolist() == [[0, 4]]
    assert style.measure(corpus, measures="copied")[["low", "high"]].isna().all(axis=None)


def test_rows(make: Make) -> None:
    long = " ".join(["梯田", "河谷", "丰收"] * 40) + " 。"
    corpus = make(
        [
            {"words": long, "year": 2020, "level": "county"},
            {"words": REPORT, "year": 2022, "level": "county"},
            {"words": long, "year": None, "level": "city"},
        ]
    )
    frame = style.measure(corpus)
    assert frame.columns.tolist() == ["year", "measure", "value", "low", "high", "n"]
    assert set(frame["year"]) == {2020, 2022}
    assert "mattr" not in set(frame.loc[frame["year"] == 2022, "measure"])  # 16 words are too few
    assert frame[["low", "high"]].isna().all(axis=None)  # one document a year has no interval
    both = style.measure(corpus, by=["level", "year"], measures="word_length")
    assert both[["level", "year"]].to_numpy().tolist() == [["county", 2020], ["county", 2022]]
    whole = style.measure(corpus, by=None, measures=["mattr", "word_length"])
    assert whole.columns.tolist() == ["measure", "value", "low", "high", "n"]
    assert whole["n"].tolist() == [2, 3]


def test_documents_agree_with_groups_of_one(make: Make, own_lexicon: None) -> None:
    corpus = make([document(LONG, OTHER, year=2018), document(LONG, NEW, "双减双提", year=2019)])
    wide = style.documents(corpus, window=2).set_index("doc_id")
    narrow = style.measure(corpus, by="doc_id", window=2).pivot(index="doc_id", columns="measure", values="value")
    for measure in narrow:
        assert wide[measure].to_dict() == pytest.approx(narrow[measure].to_dict(), nan_ok=True)
    assert set(style.tables.MEASURES) - set(narrow) == {"mattr", "mtld"}  # a line is one word here


def test_tenses_are_measured_apart(make: Make) -> None:
    """Review, plan, review: what lies between is no part of either, and no sentence goes on across it."""
    lines = ["我们 建设 梯田 ，", "明年 修路 。", "收获 粮食 。"]
    ends = np.cumsum([len(line.replace(" ", "")) + 1 for line in lines])
    ends[-1] -= 1
    spans = zip(("review", "plan", "review"), [0, *ends[:-1].tolist()], ends.tolist(), strict=True)
    sections = [
        {"doc_id": "d000", "section": n, "tense": tense, "start": start, "end": end}
        for n, (tense, start, end) in enumerate(spans)
    ]
    corpus = make([{"words": "\n".join(lines), "year": 2020}], sections=sections)
    found = style.measure(corpus, by="tense", measures=["sentence_length", "mattr"], window=5)
    rows = found.set_index(["tense", "measure"])["value"].to_dict()
    assert rows == {("plan", "sentence_length"): 4, ("review", "sentence_length"): 4, ("review", "mattr"): 1}
    assert style.documents(corpus.by_tense())["tense"].tolist() == ["plan", "review"]


def test_the_seed_repeats_the_interval(make: Make) -> None:
    reports = [{"words": "我们 来了 。 " * n + "他们 也 都 走了 。", "year": 2020} for n in range(1, 9)]
    corpus = make(reports)
    one, same, other = (style.measure(corpus, measures="sentence_length", seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert one["value"].equals(other["value"])
    assert (one["low"] < one["value"]).all()
    assert (one["value"] < one["high"]).all()


def test_wrong_questions(make: Make) -> None:
    corpus = make([{"words": REPORT, "year": 2020}])
    for wrong in ({"measures": "ttr"}, {"measures": []}, {"window": 1}, {"by": "text"}, {"resamples": 0}):
        with pytest.raises(AnalysisError):
            style.measure(corpus, **wrong)
    empty = corpus.where(year=1900)
    for ask in (style.measure, style.documents):
        with pytest.raises(AnalysisError):
            ask(empty)


def test_a_document_without_words_has_no_measure(make: Make) -> None:
    found = style.documents(make([{"words": "2020 。", "year": 2020}, {"words": REPORT, "year": 2021}]))
    assert found.loc[0, list(style.tables.MEASURES)].isna().all()
    assert found.loc[1, "formulas"] == 0


@pytest.mark.shared
@pytest.mark.skipif(not TRANSCRIPTIONS.exists(), reason="the real reports are not beside this checkout")
def test_other_transcriptions_of_a_report_have_the_same_style(tmp_path: Path) -> None:
    """Two transcriptions of a report set its lines, headings and figures otherwise."""
    raw, folders, years = tmp_path / "raw", ("state_council", "state_council_oneline"), (1956, 1975, 2020)
    raw.mkdir()
    for folder in folders:
        for year in years:
            copyfile(TRANSCRIPTIONS / folder / f"{year}.txt", raw / f"{folder}_{year}.txt")
    ct.build(raw, tmp_path / "out", config=ct.Config(jobs=1), progress=False)
    corpus = ct.load(tmp_path / "out", duplicates=True)
    found = style.documents(
        corpus, measures=["mattr", "mtld", "sentence_length", "clause_length", "word_length", "formulas"]
    )
    assert found["year"].value_counts().to_dict() == dict.fromkeys(years, 2)
    extremes = found.drop(columns=["doc_id"]).groupby("year").agg(["min", "max"])
    for measure in ("mattr", "mtld", "sentence_length", "clause_length", "word_length", "formulas"):
        assert extremes[measure]["max"].tolist() == pytest.approx(extremes[measure]["min"].tolist(), rel=0.02)
