"""Parting: where glued parts of a speech come apart, and where marks inside sentences do not."""

from __future__ import annotations

import pytest
from paragraphs import FIRST, SECOND, THIRD, TITLE, run

from corpus_tools.cleaning import parting


def speech(*marks: str) -> str:
    return FIRST + "".join(mark + "抓好落实。" + SECOND * 9 for mark in marks)


def test_a_series_without_gaps_is_split() -> None:
    found = run(parting.split_series, speech("一、", "二、", "三、")).split("\n")
    assert [line[:2] for line in found] == ["过去", "一、", "二、", "三、"]
    found = run(parting.split_series, speech("第一，", "第二，", "第三，")).split("\n")
    assert [line[:2] for line in found] == ["过去", "第一", "第二", "第三"]


@pytest.mark.parametrize(
    "marks", [("一、", "三、"), ("二、", "三、"), ("一、",), ("二、", "一、"), ("一、", "二、", "二、")]
)
def test_a_series_with_gaps_is_not_split(marks: tuple[str, ...]) -> None:
    text = speech(*marks) + SECOND * 30
    assert run(parting.split_series, text) == text


@pytest.mark.parametrize(
    ("numeral", "number"), [("一、", 1), ("九、", 9), ("十、", 10), ("第十二，", 12), ("二十、", 20), ("二十一、", 21)]
)
def test_numerals_are_read(numeral: str, number: int) -> None:
    assert parting._number(numeral) == number


def test_parts_inside_parts_are_split_level_by_level() -> None:
    text = f"一、过去工作{FIRST * 20}二、今年任务(一)组织建设。{SECOND * 9}(二)作风建设。{THIRD * 9}"
    found = run(parting.split_series, text).split("\n")
    assert [line[:6] for line in found] == ["一、过去工作", "二、今年任务", "(一)组织建", "(二)作风建"]


def test_a_closing_that_greets_is_split_off() -> None:
    closing = "各位委员、同志们！让我们再创佳绩。"
    text = speech("一、", "二、", "三、") + closing
    assert run(parting.split_series, text).split("\n")[-1] == closing


@pytest.mark.parametrize(
    "inside",
    [
        "获得一、二、三等奖",
        "围绕一、二、三产业融合",
        "报告分三个部分：一、回顾；二、形势；三、打算。",
        "做到“一、讲政治。二、讲规矩。”",
        "第一、第二产业",
    ],
)
def test_numbers_inside_sentences_part_nothing(inside: str) -> None:
    text = f"{FIRST}{inside}，{SECOND * 30}"
    assert run(parting.split_series, text) == text


def test_an_ordinary_paragraph_keeps_its_series() -> None:
    text = f"{FIRST}第一，抓学习。{SECOND}第二，抓落实。{THIRD}"
    assert run(parting.split_series, text) == text


@pytest.mark.parametrize(
    ("glued", "heading"),
    [
        (f"一、工作回顾2021年，{FIRST}", "一、工作回顾"),
        (f"二、2022年重点工作今年是关键一年。{FIRST}", "二、2022年重点工作"),
        (f"（三）存在的主要问题过去一年，{SECOND}", "（三）存在的主要问题"),
    ],
)
def test_a_heading_run_into_its_paragraph_is_parted(glued: str, heading: str) -> None:
    assert run(parting.split_run_in, glued).split("\n") == [heading, glued.removeprefix(heading)]


@pytest.mark.parametrize(
    "text",
    [
        f"一、认真总结过去一年的经验，{FIRST}",
        f"一、组织开展科普活动，{FIRST}",
        "一、工作回顾2021年",
        f"工作回顾2021年，{FIRST}",
    ],
)
def test_what_may_be_one_sentence_is_not_parted(text: str) -> None:
    assert run(parting.split_run_in, text) == text


def test_an_outline_on_one_line_is_parted_into_its_entries() -> None:
    text = f"{TITLE}\n目录 一、回顾……1二、打算……3\n一、回顾\n{FIRST}\n二、打算\n{SECOND}"
    assert run(parting.split_outline, text).split("\n")[1:4] == ["目录 ", "一、回顾……1", "二、打算……3"]


SIBLINGS = ("一、服务大局，人才支撑进一步夯实", "二、服务基层，科普氛围进一步浓厚")


def test_a_broken_heading_gets_back_the_words_its_siblings_end_with() -> None:
    text = "\n".join(
        [SIBLINGS[0], FIRST, SIBLINGS[1], SECOND, "三、服务企业，创新的成效", "进一步显现过去一年，" + THIRD]
    )
    found = run(parting.mend_headings, text).split("\n")
    assert found[-2:] == ["三、服务企业，创新的成效进一步显现", "过去一年，" + THIRD]


@pytest.mark.parametrize(
    "tail",
    [
        ("三、服务企业", "进一步加强组织建设，" + THIRD),
        ("三、服务企业，创新活力进一步增强", "进一步显现过去一年，" + THIRD),
        ("三、服务企业", THIRD),
    ],
)
def test_a_whole_heading_takes_nothing_from_its_paragraph(tail: tuple[str, str]) -> None:
    text = "\n".join([SIBLINGS[0], FIRST, SIBLINGS[1], SECOND, *tail])
    assert run(parting.mend_headings, text) == text


def test_a_text_without_breaks_is_split_at_its_indents() -> None:
    text = f"\u3000\u3000{FIRST * 4}\u3000\u3000{SECOND * 4}\u3000\u3000{THIRD}"
    assert run(parting.split_indented, text).strip("\u3000").split("\n") == [FIRST * 4, SECOND * 4, THIRD]


def test_the_gap_before_a_speakers_name_is_no_indent() -> None:
    text = f"{FIRST * 10}\u3000\u3000清河市市长\u3000\u3000王某\u3000\u3000{SECOND}"
    assert "清河市市长\u3000\u3000王某" in run(parting.split_indented, text)


def test_short_lines_with_wide_gaps_are_tables_and_stay() -> None:
    text = "指标\u3000\u3000完成\u3000\u3000增长"
    assert run(parting.split_indented, text) == text


def test_title_and_text_are_parted_from_the_salutation() -> None:
    text = f"{TITLE}各位委员、同志们:{FIRST}"
    assert run(parting.split_salutation, text).split("\n") == [TITLE, "各位委员、同志们:", FIRST]


@pytest.mark.parametrize("text", ["各位代表：", f"会前，他说：各位代表好。{FIRST}", f"感谢各位代表和各位委员。{FIRST}"])
def test_no_salutation_is_split_where_none_is_glued(text: str) -> None:
    assert run(parting.split_salutation, text) == text


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        (
            "政府工作报告——2023年1月5日在清河市人大会议上清河市市长　王某",
            ["政府工作报告", "——2023年1月5日在清河市人大会议上", "清河市市长　王某"],
        ),
        (
            "政府工作报告——二〇二三年一月五日在清河市人大会议上",
            ["政府工作报告", "——二〇二三年一月五日在清河市人大会议上"],
        ),
        ("清河市科协工作报告（2023年1月5日）", ["清河市科协工作报告", "（2023年1月5日）"]),
    ],
)
def test_glued_title_lines_are_parted(glued: str, parted: list[str]) -> None:
    assert run(parting.split_title_lines, glued + "\n" + FIRST).split("\n") == [*parted, FIRST]


def test_a_year_in_a_title_is_no_date_line() -> None:
    text = f"清河市2021年至2023年科普工作报告\n{FIRST}"
    assert run(parting.split_title_lines, text) == text


def test_a_line_is_parted_at_tabs_behind_sentences_and_at_numbered_headings_behind_blanks() -> None:
    text = f"{FIRST * 9}\t\t{SECOND}\u3000 三、今年工作\u3000\u3000{THIRD}"
    assert run(parting.split_indented, text).split("\n") == [FIRST * 9, SECOND, "三、今年工作", THIRD]
