"""Sections cover the text; headings, depth and tense follow the standards."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.describing.sections import sections

BODY = "我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成。"
MARKS = (
    "一、",
    "二、",
    "（一）",
    "(二)",
    "1.",
    "（1）",
    "第一，",
    "第一部分",
    "2022年",
    "工作回顾",
    "主要工作",
    "名词解释",
)
PIECES = (*MARKS, "\n", "。", "：", "；", BODY)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text("科协一、（）1.\n ", max_size=6)), max_size=30).map("".join))
def test_sections_cover_the_text_from_first_to_last_character(text: str) -> None:
    found = sections(text)
    assert (found[0].start, found[-1].end) == (0, len(text))
    assert all(a.end == b.start for a, b in pairwise(found))
    assert all((s.depth == 0) == (s.heading == "") for s in found)
    assert all(text.startswith(s.heading, s.start) for s in found)
    assert all(b.depth <= a.depth + 1 for a, b in pairwise(found))


def parts(*lines: str) -> list[tuple[int, str, str]]:
    return [(s.depth, s.heading, s.tense) for s in sections("\n".join(lines))]


def headings(*lines: str) -> list[str]:
    return [heading for _, heading, _ in parts(*lines) if heading]


def test_text_without_headings_is_one_section_of_depth_0() -> None:
    assert parts("清河市科协工作报告", BODY) == [(0, "", "other")]
    assert parts("") == [(0, "", "other")]


def test_a_text_that_opens_with_a_heading_has_no_part_before_it() -> None:
    assert parts("一、工作回顾", BODY) == [(1, "一、工作回顾", "review")]


def test_a_heading_glued_to_its_paragraph_ends_at_the_first_stop() -> None:
    assert headings("报告", f"一、加强组织建设。{BODY}", f"二、夯实基础：{BODY}") == [
        "一、加强组织建设",
        "二、夯实基础",
    ]


def test_depth_follows_the_order_of_marks_in_the_text() -> None:
    assert parts("报告", "一、回顾", "（一）学术", "1.年会", "（二）科普", "二、党建", "1.学习") == [
        (0, "", "other"),
        (1, "一、回顾", "review"),
        (2, "（一）学术", "review"),
        (3, "1.年会", "review"),
        (2, "（二）科普", "review"),
        (1, "二、党建", "other"),
        (2, "1.学习", "other"),
    ]


def test_the_same_mark_may_lie_deeper_in_another_text() -> None:
    found = parts("报告", "2021年工作回顾", "一、学术", BODY, "2022年主要工作", "一、科普", BODY)
    assert [(d, h) for d, h, _ in found] == [
        (0, ""),
        (1, "2021年工作回顾"),
        (2, "一、学术"),
        (1, "2022年主要工作"),
        (2, "一、科普"),
    ]


def test_main_work_of_the_year_after_a_review_is_a_plan() -> None:
    found = parts("报告", "2021年工作回顾", "一、学术", "新发展阶段的形势和任务", "2022年主要工作", "一、科普")
    assert [tense for *_, tense in found] == ["other", "review", "review", "situation", "plan", "plan"]
    assert [t for *_, t in parts("报告", "一、2021年主要工作", "二、2022年主要工作")] == ["other", "review", "plan"]
    assert [t for *_, t in parts("报告", "一、二〇二一年主要工作", "二、二〇二二年重点工作")] == [
        "other",
        "review",
        "plan",
    ]
    assert [t for *_, t in parts("报告", "2021年主要工作", "2022年工作建议")] == ["other", "review", "plan"]


@pytest.mark.parametrize(
    ("heading", "tense"),
    [
        ("一、2021年工作回顾", "review"),
        ("一、过去五年的工作", "review"),
        ("一、目标任务完成情况", "review"),
        ("二、存在的问题和不足", "problems"),
        ("二、面临的形势和任务", "situation"),
        ("二、2025年工作总体要求", "situation"),
        ("三、2022年工作任务", "plan"),
        ("三、下步打算", "plan"),
        ("三、下半年工作计划", "plan"),
        ("三、对今后工作的建议", "plan"),
        ("四、衷心感谢", "thanks"),
        ("五、有关名词解释", "notes"),
    ],
)
def test_words_of_tense(heading: str, tense: str) -> None:
    assert parts("报告", heading, BODY)[1] == (1, heading, tense)


@pytest.mark.parametrize(
    "heading",
    ["（一）着力解决群众身边的问题", "（一）认真办理代表建议", "（一）贯彻落实上级决策部署", "（一）圆满完成各项任务"],
)
def test_solving_a_problem_or_fulfilling_a_task_says_nothing_of_tense(heading: str) -> None:
    assert parts("报告", "一、工作回顾", heading)[2] == (2, heading, "review")
    assert parts("报告", "一、工作打算", heading)[2] == (2, heading, "plan")


def test_a_heading_with_its_own_tense_keeps_it_and_gives_it_to_no_sibling() -> None:
    found = parts(
        "报告", "一、工作回顾", "（一）学术", "（二）存在的问题", "1.短板", "（三）科普", "二、工作打算", "（一）学术"
    )
    assert [t for *_, t in found] == ["other", "review", "review", "problems", "problems", "review", "plan", "plan"]


def test_the_title_tells_the_tense_where_the_whole_is_a_plan_or_a_summary() -> None:
    assert [t for *_, t in parts("清河市科协2022年工作要点", BODY, "一、学术", "1.年会")] == ["plan"] * 3
    found = parts("清河市科协2024年上半年工作总结及下半年工作计划", "一、学术", "二、存在的问题", "三、下半年工作计划")
    assert [t for *_, t in found] == ["review", "review", "problems", "plan"]
    assert [t for *_, t in parts("在工作总结会议上的讲话", "一、学术")] == ["other", "other"]


@pytest.mark.parametrize(
    "line",
    [
        "2024年6月25日",
        "2024年6月",
        "2024年1月5日在清河市人大会议上",
        "2022年工作报告",
        "清河市市长　王某",
        "各位委员、同志们：",
        "主要做了以下工作：",
        "2021年，我们服务企业三百家。",
        "12.5亿元用于民生",
        "1.5万人参加",
    ],
)
def test_dates_titles_introductions_and_figures_are_no_headings(line: str) -> None:
    assert headings("清河市科协工作报告", BODY, line, BODY) == []


def test_the_second_half_of_a_title_is_no_heading() -> None:
    assert headings("清河市科学技术协会", "2022年工作要点", BODY, "一、学术", BODY) == ["一、学术"]


def test_items_of_a_list_are_no_headings() -> None:
    items = ("1.建成科普馆三座；", "2.举办讲座四十场，覆盖乡镇；", "3.评选论文八十篇，奖励会员十人。")
    assert headings("报告", "一、主要任务", "全年做好以下工作：", *items, BODY) == ["一、主要任务"]
    sentences = ("1.建成科普馆三座，新增展品百件。", "2.举办讲座四十场，覆盖二十个乡镇。")
    assert headings("报告", "一、主要任务", *sentences, BODY) == ["一、主要任务"]


def test_headings_with_a_full_stop_and_text_below_stay_headings() -> None:
    found = headings("报告", "一、加强党建，凝聚力量。", BODY, "二、服务大局，促进发展。", BODY)
    assert found == ["一、加强党建，凝聚力量", "二、服务大局，促进发展"]
    assert headings("报告", "一、学术", "1.年会", "2.论文", "3.学会") == ["一、学术", "1.年会", "2.论文", "3.学会"]


def test_notes_stand_below_the_whole_report() -> None:
    found = parts("报告", "一、工作打算", "（一）学术", "1.年会", BODY, "名词解释：", "1.双减", BODY)
    assert found[-2:] == [(1, "名词解释", "notes"), (2, "1.双减", "notes")]


def test_a_list_after_the_notes_is_not_part_of_them() -> None:
    found = parts("报告", "一、工作打算", BODY, "名词解释", "1.双减", BODY, "2025年十件实事", "1.建馆")
    assert found[-2:] == [(1, "2025年十件实事", "other"), (2, "1.建馆", "other")]
