"""Repeats: what stands several times is kept once, and what only looks alike stays."""

from __future__ import annotations

import pytest
from paragraphs import FIRST, FOURTH, SECOND, THIRD, TITLE, run

from corpus_tools.cleaning import repeats
from corpus_tools.cleaning.lines import tidy


def test_a_repeated_title_is_kept_once_nearest_to_the_text() -> None:
    text = f"{TITLE}\n时间\n{TITLE}\n{FIRST}"
    assert run(tidy, run(repeats.drop_repeated_title, text)) == f"时间\n{TITLE}\n{FIRST}"


def test_a_title_with_search_words_is_a_repetition() -> None:
    text = f"{TITLE}范文\n{TITLE}\n{FIRST}"
    assert run(tidy, run(repeats.drop_repeated_title, text)) == f"{TITLE}\n{FIRST}"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n{FIRST}\n{TITLE}",
        f"{TITLE}\n清河市科协\n{FIRST}",
        f"一、总结\n一、总结\n{FIRST}",
        f"教育\n教育\n{FIRST}",
        # an occasion is no longer form of the title, nor is a title of half the year
        f"2025年云州市工作报告\n2025年1月20日在云州市第三次代表大会上市长王某作工作报告\n{FIRST}",
        f"2022年工作报告\n2022年1月5日在清河市科协全委会议上的工作报告\n{FIRST}",
        f"2023年科普工作总结\n2023年上半年科普工作总结\n{FIRST}",
        f"2023年科普总结\n现将情况报告如下。\n2023年清河市科普总结\n{FIRST}",
        # cells of a table
        "清河市科普竞赛获奖名单\n一等奖\n云州市第一中学\n二等奖\n云州市第一中学",
        "任务进展\n修订章程\n正在推进\n市科协普及部\n换届\n正在推进\n市科协普及部",
    ],
)
def test_other_lines_are_no_repeated_titles(text: str) -> None:
    assert run(repeats.drop_repeated_title, text) == text


@pytest.mark.parametrize("short", ["工作报告", "2025年工作报告"])
def test_of_two_title_lines_the_one_that_says_more_is_kept(short: str) -> None:
    full = "2025年云州市工作报告"
    assert run(tidy, run(repeats.drop_repeated_title, f"{full}\n{short}\n{FIRST}")) == f"{full}\n{FIRST}"


def test_an_outline_that_repeats_the_headings_is_dropped() -> None:
    text = f"{TITLE}\n目录\n一、回顾……1\n二、打算……3\n一、回顾\n{FIRST}\n二、打算\n{SECOND}"
    kept = f"{TITLE}\n一、回顾\n{FIRST}\n二、打算\n{SECOND}"
    assert run(tidy, run(repeats.drop_outline, text)) == kept


def test_an_outline_that_repeats_nothing_stays() -> None:
    text = f"{TITLE}\n目录\n一、回顾\n{FIRST}\n二、打算\n{SECOND}"
    assert run(repeats.drop_outline, text) == text


def test_title_lines_echoed_below_the_text_are_dropped() -> None:
    text = f"{TITLE}\n清河市科协\n{FIRST}\n{SECOND}\n清河市科协\n{TITLE}"
    assert run(tidy, run(repeats.drop_echo, text)) == f"{TITLE}\n清河市科协\n{FIRST}\n{SECOND}"


def test_a_signature_that_names_the_body_again_is_no_echo() -> None:
    text = f"{TITLE}\n清河市科协\n{FIRST}\n{SECOND}\n清河市科协"
    assert run(repeats.drop_echo, text) == text


def test_one_copy_of_a_text_that_stands_twice_is_kept() -> None:
    once = f"{TITLE}\n{FIRST}\n{SECOND}\n{THIRD}"
    assert run(tidy, run(repeats.drop_second_copy, f"{once}\n返回\n{once}\n{once}")) == once


def test_the_signature_of_the_last_copy_is_kept_once() -> None:
    once = f"{FIRST}\n{SECOND}\n清河市科协\n2023年1月5日"
    assert run(tidy, run(repeats.drop_second_copy, f"{once}\n{once}")) == once


def test_a_sentence_said_twice_is_no_copy() -> None:
    text = "\n".join([FIRST, SECOND, THIRD, FIRST, FOURTH])
    assert run(repeats.drop_second_copy, text) == text


def test_a_repeated_block_is_dropped_and_what_follows_kept() -> None:
    block = f"一、回顾\n{FIRST}\n{SECOND}\n{THIRD}"
    text = f"{block}\n{block}\n{FOURTH}\n{FOURTH[:-1]}！"
    assert run(tidy, run(repeats.drop_second_copy, text)) == f"{block}\n{FOURTH}\n{FOURTH[:-1]}！"


def test_short_sentences_that_stand_once_are_no_second_copy() -> None:
    paragraph = "今年以来，市科协围绕中心、服务大局，团结带领科技工作者，各项工作取得新的进展，得到群众好评。"
    once = ["一、科普工作", "全年举办讲座四十场，参加三千人。", "建成科普馆两座。", "二、学会工作", "十二家学会换届。"]
    text = "\n".join(["云州市科协工作总结", "各位委员：", paragraph, *once, paragraph, "谢谢大家。"])
    assert list(repeats.drop_second_copy(text)) == []


def test_of_titles_that_differ_in_the_year_alone_the_last_is_the_reports() -> None:
    titles = ["2020年云州市科协工作报告", "2022年云州市科协工作报告", "2021年云州市科协工作报告"]
    text = "\n".join([*titles, "各位委员、同志们：", "一年来，我们办讲座。"])
    edits = list(repeats.drop_repeated_title(text))
    assert [(text[e.start : e.end], e.rule) for e in edits] == [(t, "neighbour-title") for t in titles[:2]]
    short = "2021年云州市科协工作报告\n云州市科协工作报告\n各位委员："
    assert [short[e.start : e.end] for e in repeats.drop_repeated_title(short)] == ["云州市科协工作报告"]
    both = "2021年云州市科协工作总结\n2022年云州市科协工作计划\n各位委员："
    assert list(repeats.drop_repeated_title(both)) == []
