"""What bounds a report's year, by sentences about invented places; and how many real reports are caught when moved."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.data import toml
from corpus_tools.describing.dating import Evidence, _known_pairs, contradicted, evidence, interval
from corpus_tools.language.script import simplify
from corpus_tools.reading import read_bytes

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
CLOUD = (
    "云溪县2014年工作报告。过去的2013年，我们认真学习党的十八大精神，在以习近平同志为总书记的党中央领导下，"
    "扎实开展群众路线教育实践活动，推进“十二五”规划，反对享乐主义，把中央八项规定落到实处。"
)


def one(text: str, kind: str) -> Evidence:
    (found,) = (e for e in evidence(text) if e.kind == kind)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "found", "years"),
    [
        ("云溪县推动新质生产力发展", "formula", "新质生产力", (2023, None)),
        ("沧岭省深化“放管服”改革", "formula", "放管服改革", (2015, None)),
        ("云溪县与汶川地震灾区结对", "event", "汶川地震", (2008, None)),
        ("云溪县部署ＤｅｅｐＳｅｅｋ", "event", "DeepSeek", (2023, None)),
        ("云溪县完成“十二五”各项指标", "plan", "“十二五”", (2006, 2016)),
        ("云溪县七五期间办厂三家", "plan", "七五", (1981, 1991)),
        ("沧岭省编制第十四个五年规划", "plan", "第十四个五年规划", (2016, 2026)),
        ("第二个五年计划的头一年", "plan", "第二个五年计划", (None, 1963)),
        ("云溪县“六五”普法开局良好", "plan", "六五”普法", (2010, 2017)),
        ("沧岭省展望“二十五”规划", "plan", "“二十五”", (2046, 2056)),
        ("云溪县学习十八届三中全会公报", "congress", "十八届三中全会", (2013, 2017)),
        ("云溪县重温十一届三中全会历史", "congress", "十一届三中全会", (1978, None)),
        ("云溪县喜迎党的二十大召开", "congress", "党的二十大", (2021, 2022)),
        ("云溪县落实二十大精神", "congress", "二十大", (2021, 2028)),
        ("云溪县学习十九大报告", "congress", "十九大", (2016, 2023)),
        ("云溪县学习十届大报告", "congress", "", ()),
        ("共产党十八大报告", "congress", "共产党十八大", (2011, 2018)),
        ("中国共产党第十七次全国代表大会", "congress", "中国共产党第十七次全国代表大会", (2006, 2013)),
        ("云溪县学习十八届三中、四中全会公报", "congress", "十八届三中、四中全会", (2014, 2017)),
        ("一九六一年、一九六二年和一九六三年", "numeral", "", ()),
        (
            "云溪县传达第十二届全国人民代表大会第二次会议要求",
            "session",
            "第十二届全国人民代表大会第二次会议",
            (2013, None),
        ),
        ("——在第九届全国人民代表大会第一次会议上", "session", "第九届全国人民代表大会第一次会议", (1998, 1998)),
        ("云溪县传达十三届全国人大二次会议精神", "session", "十三届全国人大二次会议", (2018, None)),
        ("云溪县传达第十四届全国人大一次会议精神", "session", "十四届全国人大一次会议", (2022, None)),
        ("在以胡锦涛同志为总书记的党中央领导下", "leader", "以胡锦涛同志为总书记", (2002, 2013)),
        ("以江泽民同志为核心的党的第三代中央领导集体", "leader", "", ()),
        ("云溪县隆重庆祝新中国成立60周年", "anniversary", "隆重庆祝新中国成立60周年", (2008, 2010)),
        ("沧岭省纪念改革开放四十周年", "anniversary", "纪念改革开放四十周年", (2017, 2019)),
        ("云溪县到建国一百周年时建成强县", "anniversary", "", ()),
        ("一九五六年、一九六〇年、一九六一年、一九六二年和一九六三年", "numeral", "一九六三年", (None, 1965)),
        ("云溪县2025年起步，到2042年基本实现社会主义现代化", "pair", "2042年基本实现社会主义现代化", (2017, 2019)),
    ],
)
def test_kinds_of_evidence(text: str, kind: str, found: str, years: tuple[int | None, ...]) -> None:
    witnesses = [(e.found, (e.earliest, e.latest)) for e in evidence(text) if e.kind == kind]
    if not found:
        assert witnesses == []
    else:
        assert witnesses == [(found, years)]


@pytest.mark.parametrize(
    "text",
    [
        "云溪县农业产值比“八五”时期增长一倍",
        "党的十八大以来云溪县变化很大",
        "沧岭省印发第十五条措施",
        "云溪县提高铁路运力，建设一百五十六个一五时期项目",
        "云溪县2035年基本实现社会主义现代化，2030年前碳达峰",
        "云溪县2015年率先基本实现现代化，2012年汶川援建收尾",
        "沧岭省2017年香港回归二十周年展览，2019年新中国成立七十周年展览",
        "云溪县举办“六五”环境日活动",
        "云溪县某一年开了两次会",
    ],
)
def test_what_says_nothing_of_the_end(text: str) -> None:
    assert all(e.latest is None for e in evidence(text))


@pytest.mark.parametrize(("wording", "pattern", "_"), _known_pairs())
@given(st.data())
@settings(max_examples=20)
def test_what_matches_a_pair_holds_the_wording_it_is_looked_for_by(wording, pattern, _, data) -> None:
    assert wording
    assert wording in pattern.search(data.draw(st.from_regex(pattern))).group()


@pytest.mark.parametrize("formula", ["最多跑一次", "最多 跑\n一次", "“最多跑”一次", "\u3000最多跑一次", "𠀀最多跑一次"])
def test_a_formula_is_found_through_white_space_and_quotation_marks(formula: str) -> None:
    found = one(f"云溪县推行{formula}，便民", "formula")
    assert (found.start, found.found) == (f"云溪县推行{formula}，便民".index("最"), "最多跑一次")


def test_offsets_point_into_the_text() -> None:
    text = "云溪县\n在新　征程上，“四个 意识”更强，“十三五”收官。"
    for e in evidence(text):
        assert text[e.start] == {"formula": "四", "plan": "“"}[e.kind]


def test_fixed_years_of_different_things_show_even_a_small_move() -> None:
    moved = "云溪县2027年2027年2026年，到2037年基本实现社会主义现代化，2032年前碳达峰。"
    assert one(moved, "pair")[3:5] == (2024, 2026)
    one_alone = "云溪县2027年2027年，到2036年基本实现社会主义现代化。"
    assert "pair" not in {e.kind for e in evidence(one_alone)}


def test_a_true_year_is_not_contradicted_and_a_moved_one_is() -> None:
    assert contradicted(CLOUD, 2014) == ()
    assert {e.kind for e in contradicted(CLOUD, 2029)} >= {"plan", "congress", "leader"}
    assert contradicted(CLOUD, 2004)
    assert interval(evidence(CLOUD)) == (2012, 2016)


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2019, "学习中国工会十七大精神，推动改革。"),
        (2021, "庆祝云溪县人民政协成立40周年。"),
        (2020, "庆祝市人民代表大会成立40周年。"),
        (2023, "五年来，我们隆重庆祝中国共产党成立100周年。"),
        (2019, "十八届三中全会以来，改革不断深入。"),
        (2020, "学习党的十八大、十九大和十九届二中、三中、四中全会精神。"),
        (2021, "编制全县教育十五年规划。"),
        (2018, "科普馆是“十二五”期间建成的。"),
        (2018, "以胡锦涛同志为总书记的党中央提出科学发展观。"),
    ],
)
def test_one_sentence_that_looks_back_contradicts_nothing(year: int, sentence: str) -> None:
    """Ordinary sentences of right years, each of which a single witness could take for another year's."""
    assert contradicted(f"云溪县科协工作总结。{sentence}我们办了讲座。", year) == ()


def test_one_formula_alone_contradicts_nothing_and_two_do() -> None:
    assert contradicted("云溪县讲新质生产力", 2012) == ()
    assert len(contradicted("云溪县讲新质生产力，讲新时代文明实践", 2012)) == 2


def test_a_stray_witness_is_outvoted() -> None:
    stray = CLOUD + "附件：沧岭省“十六五”规划。"
    assert interval(evidence(stray)) != interval(evidence(CLOUD))
    assert contradicted(stray, 2014) == ()


def test_nothing_found_is_no_bound() -> None:
    assert evidence("云溪县今天有雨。") == ()
    assert interval(()) == (None, None)
    assert contradicted("云溪县今天有雨。", 2012) == ()


def test_a_long_text_that_names_nothing_new_is_not_of_today() -> None:
    old = "一国两制，经济特区，四项基本原则，社会主义初级阶段，两手抓，星火计划，三个面向。"
    assert one(old + "云溪县修路。" * 2000, "silence").latest == 1992
    assert not [e for e in evidence(old + "云溪县修路。") if e.kind == "silence"]


def test_lists_know_their_kinds() -> None:
    weights = toml("dating.toml")["weights"]
    assert set(weights) == {
        *("formula", "event", "leader", "plan", "congress"),
        *("session", "anniversary", "pair", "numeral", "silence"),
    }


@given(st.integers(1, 20))
def test_words_do_not_move_with_figures(by: int) -> None:
    moved = YEAR.sub(lambda m: str(int(m[0]) + by), CLOUD)
    words = [e for e in evidence(moved) if e.kind != "pair"]
    assert words == [e for e in evidence(CLOUD) if e.kind != "pair"]


bounds = st.one_of(st.none(), st.integers(1950, 2040))
witness = st.builds(
    Evidence, st.sampled_from(["plan", "formula"]), st.just("云"), st.just(0), bounds, bounds, st.just("")
)


@given(st.lists(witness, max_size=8))
def test_no_year_of_the_interval_is_contradicted(found: list[Evidence]) -> None:
    first, last = interval(found)
    for year in (first, last):
        if year is not None:
            assert contradicted("", year, found) == ()
    if first is not None and last is not None:
        assert first <= last


@given(st.text(alphabet="云溪第十一二三四五届中全会党的大“”计划年2019周庆祝建国", max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(-1 <= e.start < len(text) for e in evidence(text))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the real reports beside a developer's checkout are missing")
def test_real_reports_are_caught_when_moved_and_else_left_alone() -> None:
    reports = list(_real())
    assert len(reports) > 80
    accused = sum(bool(contradicted(text, year)) for year, text in reports)
    assert accused <= 0.02 * len(reports)
    for by in (7, 15):
        moved = [(year + by, YEAR.sub(lambda m: str(int(m[0]) + by), text)) for year, text in reports]  # noqa: B023
        caught = sum(bool(contradicted(text, year)) for year, text in moved)
        assert caught >= 0.9 * len(reports)


def _real() -> list[tuple[int, str]]:
    """State Council and provincial reports whose name holds their year, with some year in figures."""
    found = []
    for file in sorted(
        (*SHARED.glob("state_council/*.txt"), *SHARED.glob("provincial/*.txt"), *SHARED.glob("local/*.txt"))
    ):
        text = simplify(read_bytes(file.read_bytes(), file.name).text)
        if (m := re.search(r"(\d{4})\Z", file.stem)) and YEAR.search(text):
            found.append((int(m[1]), text))
    return found
