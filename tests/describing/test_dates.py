"""Dates and numbered sessions of invented reports."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.describing.dates import dates, delivered
from corpus_tools.describing.sessions import number, session
from corpus_tools.describing.years import period, report_year, reviewed_and_planned, years_of_title
from corpus_tools.document import Edit

TEXT = (
    "云溪县政府工作报告\n——２０１９年３月４日在云溪县第十五届人民代表大会第三次会议上\n各位代表：\n"
    "一、工作回顾\n二〇一八年十二月，水库建成。2018年5月20日，园区开园。\n"
    "二、任务\n完成修路。\n三、保障\n落实责任。\n四、结语\n谢谢。\n云溪县人民政府\n2019年3月10日"
)


def test_every_date_says_what_it_is() -> None:
    upload = Edit(0, 0, "", "metadata", "fields", "发布时间：2021-06-01 08:00")
    found = list(dates(TEXT, [upload]))
    assert [(date.kind, date.day) for date in found] == [
        ("delivered", "2019-03-04"), ("mentioned", "2018-12"), ("mentioned", "2018-05-20"), ("signed", "2019-03-10"),
        ("uploaded", "2021-06-01"),
    ]  # fmt: skip
    assert all(TEXT[date.start : date.start + len(date.found)] == date.found for date in found[:-1])
    assert found[-1].start == -1


LINES = [
    "（2019年2月3日）",
    "2019年2月",
    "——2018年1月2日在云溪县大会上",
    "各位代表：",
    "云溪县科协",
    "2017年5月6日，园区开园。",
    "",
]


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_the_day_of_delivery_is_the_first_such_date(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert delivered(text) == next((date.day for date in dates(text) if date.kind == "delivered"), None)


@pytest.mark.parametrize(
    "line", ["（2019年2月3日）", "2019年2月3日", "（2019年2月3日云溪县第一届人民代表大会第二次会议通过）"]
)
def test_a_date_above_the_text_is_that_of_delivery(line: str) -> None:
    assert [d.kind for d in dates(f"决议\n{line}\n各位代表：\n报告如下。")] == ["delivered"]


def test_a_date_under_the_body_that_signs_is_a_signature_wherever_it_stands() -> None:
    text = "各县科协：\n现将要点印发。\n云溪县科学技术协会\n2022年7月18日\n云溪县科协2022年工作要点\n一、任务\n办讲座。"
    assert [d.kind for d in dates(text)] == ["signed"]
    assert report_year(text, "科协工作要点") == (2022, "signed")


@pytest.mark.parametrize("text", ["2019年13月1日", "2019年0月", "2019年", "1.2019.5", "12019-01-01"])
def test_what_is_no_date(text: str) -> None:
    assert list(dates(text)) == []


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("十四", 14), ("二十", 20), ("二十一", 21), ("五", 5), ("14", 14)]
)
def test_numbers_of_sessions(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("第十一届全国人民代表大会第四次会议关于政府工作报告的决议", 2011),
        ("第五届全国人民代表大会第一次会议", 1978),
        ("第二届全国人民代表大会第三次会议", 1962),
        ("十一届全国人大三次会议", 2010),
        ("在中国共产党第十八次全国代表大会上的报告", 2012),
        ("向党的第十二次全国代表大会作报告", 1982),
        ("第三届全国人民代表大会第九次会议", None),  # there was none
        ("在云溪县第十五届人民代表大会第三次会议上", None),
        ("在云溪县十四届人大四次会议上", None),
        ("云溪县科协第九次代表大会（九大）工作报告", None),
    ],
)
def test_national_sessions_tell_the_year(text: str, year: int | None) -> None:
    found = session(text)
    assert (found and found.year) == year
    assert report_year(f"{text}\n各位代表：\n报告工作。", text).year == year
    if year:
        assert report_year(f"{text}\n各位代表：\n报告工作。", text).basis == "session"


@pytest.mark.parametrize(
    ("line", "title", "year"),
    [
        ("2017年5月，我县成立社会科学普及协会。", "2019年工作总结", (2019, "title")),
        ("2018年12月26日，县委召开常委会议。", "2019年工作总结", (2019, "title")),
        ("2008年8月8日，北京奥运会开幕。", "工作总结", (None, None)),
        ("2019年1月5日在云溪县科协全委会议上", "工作报告", (2019, "delivered")),
        ("（2019年1月5日云溪县第三次会议）", "工作报告", (2019, "delivered")),
        ("云溪县第十四个五年规划", "云溪县第十四个五年规划和2035年远景目标纲要", (None, None)),
    ],
)
def test_a_sentence_with_a_date_and_a_meeting_is_no_date_of_delivery(
    line: str, title: str, year: tuple[int | None, str | None]
) -> None:
    assert report_year(f"{title}\n{line}\n各位代表：\n我们办了讲座。", title) == year


def test_a_session_that_the_text_only_mentions_tells_nothing() -> None:
    text = "云溪县工作报告\n各位代表：\n我们学习了第十一届全国人民代表大会第四次会议精神。"
    assert report_year(text, "云溪县工作报告").year is None


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("云溪县科协2024年上半年工作总结及下半年工作计划", "H1"), ("2024年下半年工作计划", "H2"),
        ("2023年第三季度工作总结", "Q3"), ("2023年前三季度工作总结", "Q1-Q3"), ("2023年一季度总结", "Q1"),
        ("2023年工作总结", None), (None, None),
    ],
)  # fmt: skip
def test_parts_of_a_year(title: str | None, part: str | None) -> None:
    assert period(title) == part


def test_the_title_says_what_it_sums_up_and_plans() -> None:
    assert years_of_title("云溪县科协2019年工作总结及2020年工作计划") == (2019, 2020)
    assert years_of_title("云溪县科协2019年度工作总结") == (2019, None)
    assert years_of_title("云溪县科协2022年工作要点") == (None, 2022)
    assert years_of_title("云溪县科协2024年上半年工作总结及下半年工作计划") == (2024, 2024)
    assert years_of_title(None) == (None, None)


def test_many_dates_are_read_in_the_time_of_their_number() -> None:
    start = time.process_time()
    assert sum(1 for _ in dates("2019年3月4日，召开。\n" * 80_000)) == 80_000
    assert time.process_time() - start < 60  # in the square of their number it would be minutes; it is a second


def test_reviewed_and_planned_years() -> None:
    assert reviewed_and_planned(["一、2020年工作回顾", "二、2021年工作任务"]) == (2020, 2021)
    assert reviewed_and_planned(["二〇二〇年工作总结"]) == (2020, None)
    assert reviewed_and_planned(["2020年工作回顾", "2021年主要工作"]) == (2020, 2021)
    assert reviewed_and_planned(["工作回顾"]) == (None, None)
