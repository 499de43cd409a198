"""Titles and years, read off invented reports; values follow the standards: delivered or adopted, never the upload."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.describing.titles import report_title
from corpus_tools.describing.years import arabic, masked_year, report_year

BODY = "过去一段时间，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成。"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["2023年清河市科协工作报告", "各位委员、同志们：", BODY], "2023年清河市科协工作报告"),
        (["政府工作报告", "——2023年1月5日在清河市人大会议上", "清河市市长　王某", BODY], "政府工作报告"),
        (["——2023年1月5日在清河市人大会议上", "政府工作报告", BODY], "政府工作报告"),
        (["清河市科学技术协会", "2023年工作要点", BODY], "清河市科学技术协会2023年工作要点"),
        (["清河市科协文件", "清科字〔2023〕1号", "关于印发工作要点的通知", BODY], "关于印发工作要点的通知"),
        (
            ["各县区科协：", "现将《清河市科协2023年工作要点》印发给你们，请认真落实。", BODY],
            "清河市科协2023年工作要点",
        ),
        (["在全市科协系统会议上的讲话", "来源：某网", BODY], "在全市科协系统会议上的讲话"),
        (["清河科协这一年", BODY], "清河科协这一年"),
        ([BODY, "2023年工作报告"], None),
        (["各位代表：", BODY], None),
    ],
)
def test_titles_are_read_off_the_first_lines(lines: list[str], title: str | None) -> None:
    assert report_title("\n".join(lines)) == title


@pytest.mark.parametrize(
    ("page_title", "title"),
    [
        ("2023年清河市科协工作报告_清河网", "2023年清河市科协工作报告"),
        ("2023年清河市科协工作报告 - 清河市科学技术协会", "2023年清河市科协工作报告"),
        ("清河网首页", None),
    ],
)
def test_the_pages_own_title_serves_where_the_text_has_none(page_title: str, title: str | None) -> None:
    assert report_title(f"各位委员、同志们：\n{BODY}", page_title) == title


def test_a_title_in_the_text_goes_before_the_pages_own() -> None:
    assert report_title(f"清河市科协工作总结\n{BODY}", "清河市科协工作报告_清河网") == "清河市科协工作总结"


def year(
    *lines: str, title: str | None = None, headings: tuple[str, ...] = (), file_name: str = ""
) -> tuple[object, object]:
    found = report_year("\n".join(lines), title, headings=headings, file_name=file_name)
    return found.year, found.basis


@pytest.mark.parametrize(
    "line",
    [
        "——2023年1月5日在清河市第五届人民代表大会第三次会议上",
        "（2023年1月5日在清河市第五届人民代表大会第三次会议上）",
        "（2023年1月5日）",
        "2023年1月",
        "（二〇二三年一月五日）",
        "（２０２３年１月５日）",
        "（二○二三年一月五日）",
    ],
)
def test_delivered(line: str) -> None:
    assert year("清河市科协工作报告", line, "各位代表：", BODY, title="清河市科协工作报告") == (2023, "delivered")


def test_adopted() -> None:
    line = "（2013年1月5日清河市第五届人民代表大会第三次会议通过）"
    assert year("关于工作报告的决议", line, BODY, title="关于工作报告的决议") == (2013, "adopted")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2013年清河市科协工作报告", 2013),
        ("二〇一三年清河市科协工作报告", 2013),
        ("２０１３年清河市科协工作报告", 2013),
        ("2013年度清河市科协工作总结", 2013),
        ("清河市科协2024年上半年工作总结及下半年工作计划", 2024),
        ("清河市科协2022年工作总结和2023年工作计划", 2023),
        ("清河市科协2021—2025年科普规划", 2021),
        ("清河市科协2016年至2020年工作总结", 2020),
        ("清河市科协1954年工作报告", 1954),
    ],
)
def test_title(title: str, expected: int) -> None:
    assert year(title, BODY, title=title) == (expected, "title")


def test_the_day_of_delivery_goes_before_the_year_in_the_title() -> None:
    title = "2022年清河市法院工作报告"
    assert year(title, "（2023年1月5日）", BODY, title=title) == (2023, "delivered")


@pytest.mark.parametrize("line", ["2023年1月5日", "二〇二三年一月五日", "2023年1月"])
def test_signed(line: str) -> None:
    assert year("清河市科协工作总结", *[BODY] * 14, "清河市科学技术协会", line, title="清河市科协工作总结") == (
        2023,
        "signed",
    )


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("一、2021年工作回顾", "二、2022年工作任务"), (2022, "plan")),
        (("2021年工作回顾", "2022年主要工作"), (2022, "plan")),
        (("一、2022年主要工作", "二、2023年工作"), (2023, "plan")),
        (("二〇二一年工作回顾", "二〇二二年工作安排"), (2022, "plan")),
        (("一、2021年工作回顾", "二、下步打算"), (2022, "review")),
        (("一、2021年主要工作",), (None, None)),
        (("一、加强党的建设",), (None, None)),
    ],
)
def test_plan_and_review(headings: tuple[str, ...], expected: tuple[object, object]) -> None:
    assert year("政府工作报告", BODY, title="政府工作报告", headings=headings) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2023年是贯彻会议精神的开局之年，任务繁重。", 2023),
        ("会议回顾总结了2022年工作，对今年工作作出部署。", 2023),
    ],
)
def test_text(sentence: str, expected: int) -> None:
    assert year("在会议上的讲话", BODY + sentence, title="在会议上的讲话") == (expected, "text")


def test_file_name() -> None:
    assert year("政府工作报告", BODY, title="政府工作报告", file_name="清河市_2016") == (2016, "file_name")
    assert year("政府工作报告", BODY, title="政府工作报告", file_name="清河市_2016_2017") == (None, None)
    assert year("政府工作报告", BODY, title="政府工作报告", file_name="doc-20160105123") == (None, None)


@pytest.mark.parametrize(
    "title",
    ["清河市科协201*年工作总结", "清河市科协20XX年工作总结", "清河市科协20xx年工作要点", "清河市科协20**年工作要点"],
)
def test_a_masked_year_is_unknown(title: str) -> None:
    assert year(title, BODY, title=title, file_name="2022年上传") == (None, None)
    assert masked_year(title)
    assert not masked_year("2022年工作总结")


@pytest.mark.parametrize(
    "line", ["时间:2022-05-21 11:05:02", "发布时间：2022年5月21日", "上传日期：2022-05-21", "2022-05-21"]
)
def test_an_upload_line_that_was_left_says_nothing(line: str) -> None:
    assert year("清河市科协工作总结", line, BODY, title="清河市科协工作总结") == (None, None)


def test_years_in_running_text_say_nothing() -> None:
    text = "自2008年起，我们服务企业三百家，到2035年基本实现现代化，这是2010年以来的最好水平。"
    assert year("政府工作报告", text, title="政府工作报告") == (None, None)


def test_figures_are_written_letter_for_letter() -> None:
    assert arabic("二〇一三年一月") == "2013年一月"
    assert arabic("二○一三年") == "2013年"
    assert arabic("２０１３年８月") == "2013年8月"
    assert arabic("一二三四") == "一二三四"


@given(st.text(alphabet="二〇○零一三年月０１２３2013第", max_size=30))
def test_length_is_kept(text: str) -> None:
    assert len(arabic(text)) == len(text)


@pytest.mark.parametrize(
    ("headings", "year", "basis"),
    [
        (
            ("一、“十三五”时期工作回顾", "二、“十四五”时期主要目标和2035年远景目标", "三、2021年重点工作安排"),
            2021,
            "plan",
        ),
        (("一、工作回顾", "二、到2025年的主要目标任务", "三、2021年重点任务"), 2021, "plan"),
        (("一、2016年至2020年工作回顾", "二、今后五年（2021年—2025年）的目标任务"), 2021, "review"),
        (("一、2016—2020年工作回顾",), 2021, "review"),
        (("二、我们在第二个五年计划的第二年——1959年经济战线上的任务",), 1959, "plan"),
    ],
)
def test_a_year_that_is_aimed_at_or_begins_a_span_is_not_that_of_the_report(headings, year, basis):
    assert report_year("云州市工作报告", "云州市工作报告", headings=headings) == (year, basis)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2022年是党和国家历史上极为重要的一年。今年是开局之年，我们要努力工作。", 2023),
        ("2022年是全市科协极不平凡的一年。2023年是全面落实规划的开局之年。", 2023),
        ("2023年是全面落实规划的开局之年。2025年是五年规划的收官之年。", None),
        ("2024年是实现规划目标任务的关键一年。", 2024),
    ],
)
def test_a_year_that_is_over_is_the_one_before_and_two_are_none(text, year):
    found = report_year(f"云州市工作报告\n{text}", "云州市工作报告")
    assert (found.year, found.basis) == (year, "text" if year else None)
