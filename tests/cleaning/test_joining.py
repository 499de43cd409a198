"""Joining: what a page or a width broke goes together again, and what stands by itself stays."""

from __future__ import annotations

import pytest
from paragraphs import FIRST, FOURTH, SECOND, THIRD, TITLE, run

from corpus_tools.cleaning import joining, lines

PIECES = (
    "过去一年，我们组织学习《\n科普条例\n》，举办讲座四十场，群众满意度稳步提升。",
    "各项任务如期完成，推动\n青年托举计划\n，建设院士工作站五家，引进专家三十名。",
    "学会治理更加规范，会员突破一万人，细颗粒物（PM\n2.5\n）浓度明显下降。",
    "第三，\n要加强自身建设，改进工作作风，严格执行各项规定。",
    "我们把“\n科技为民\n”作为根本要求，深入一线调查研究，帮助解决困难。",
)


def wrapped(text: str, width: int, indent: str = "") -> str:
    text = indent + text
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (FIRST + "使科普真正\n成为群众身边的服务。", FIRST + "使科普真正成为群众身边的服务。"),
        (FIRST[:-4] + "“\n来之不易”。", FIRST[:-4] + "“来之不易”。"),
        (FIRST[:-1] + "\n，也是大家努力的结果。", FIRST[:-1] + "，也是大家努力的结果。"),
        (FIRST + "我们找\n准切入点，把工作做实。", FIRST + "我们找准切入点，把工作做实。"),
        (FIRST + "我们找准切入点，\n把工作做实。", FIRST + "我们找准切入点，把工作做实。"),
    ],
)
def test_a_sentence_broken_by_a_page_is_joined(broken: str, whole: str) -> None:
    assert run(joining.join_broken, broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        f"一、加强组织建设\n{FIRST}",
        f"（一）加强组织建设，提升服务能力\n{FIRST}",
        f"{FIRST}\n二、加强组织建设\n{SECOND}",
        f"{TITLE}\n各位委员、同志们：\n{FIRST}",
        f"{TITLE}\n清河市科协主席　王某\n{FIRST}",
        "一、主要成效\n二、存在问题\n三、下步打算",
        "山高水长情意真\n科技下乡暖人心\n同心共筑强国梦",
        "科普进校园\n科普进社区\n科普进企业",
        "1.粮食产量\n2.工业产值\n3.财政收入",
        f"{FIRST}\n清河市科学技术协会\n2023年1月5日",
        f"{FIRST}\n附件：1.主要指标完成情况表\n2.名词解释",
        f"{FIRST[:-1]}\n——抓重点，补短板。",
    ],
)
def test_headings_verses_lists_and_signatures_are_not_joined(text: str) -> None:
    assert run(joining.join_broken, text) == text
    assert run(joining.join_wrapped, text) == text


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}我们为建设幸福家园贡献更多智慧和力量\n云州市科学技术协会",
        f"{FIRST}我们为建设幸福家园贡献更多智慧和力量\n王小明",
        f"{FIRST}我们为建设幸福家园贡献更多智慧和力量\n云州市科学技术协会\n清河市教育局\n2023年1月5日",
        f"围绕园区、学校、乡村三个阵地，组织志愿者走进田间地头，把科学知识送到群众手中，服务乡村振兴大局\n{SECOND}",
        f"{FIRST}正如一首诗写的那样，\n山高水长情意真，\n科技下乡暖人心，\n同心共筑强国梦。",
        f"山高水长情意真，\n科技下乡暖人心，\n{FIRST}",
    ],
)
def test_signatures_topic_lines_and_verses_are_not_run_into_prose(text: str) -> None:
    assert run(joining.join_broken, text) == text


def test_a_wrapped_date_line_is_joined_and_the_speaker_is_not() -> None:
    text = f"{TITLE}\n——2026年1月26日在云州市第十四届\n代表大会第五次会议上\n云州市市长　王某\n{FIRST}"
    assert run(joining.join_broken, text) == text.replace("届\n代", "届代")


@pytest.mark.parametrize("ending", ["", "\n云州市科学技术协会\n2023年1月5日"])
def test_a_list_of_entries_of_one_length_is_not_taken_for_wrapped(ending: str) -> None:
    names = [f"云州市第{n}中学校园科普展厅建设与提升项目" for n in "一二三四五六七八九十"]
    text = "清河市科协关于公布年度科普项目名单的通知\n各县（市、区）科协：\n" + "\n".join(names) + ending
    assert run(joining.join_broken, run(joining.join_wrapped, text)) == text


def test_a_list_of_entries_among_wrapped_paragraphs_stays() -> None:
    names = "\n".join(f"云州市第{n}中学校园科普展厅建设提升项目" for n in "一二三四五六")
    text = f"{wrapped(FIRST + SECOND, 20)}\n{names}\n2023年1月5日\n{wrapped(THIRD + FOURTH, 20)}"
    joined = run(joining.join_wrapped, text)
    assert joined == f"{FIRST}{SECOND}\n{names}\n2023年1月5日\n{THIRD}{FOURTH}"


def test_a_text_wrapped_at_a_width_is_joined_paragraph_by_paragraph() -> None:
    parts = (FIRST + SECOND, THIRD + FOURTH, SECOND + THIRD)
    text = "\n".join(wrapped(part, 20, "\u3000\u3000") for part in parts)
    assert run(lines.tidy, run(joining.join_wrapped, text)).split("\n") == list(parts)


def test_a_heading_in_wrapped_text_stays_alone() -> None:
    text = "\n".join(
        [
            wrapped(FIRST + SECOND, 20, "\u3000\u3000"),
            "\u3000\u3000一、加强组织建设",
            wrapped(THIRD + FOURTH, 20, "\u3000\u3000"),
        ]
    )
    assert "一、加强组织建设" in [line.strip("\u3000") for line in run(joining.join_wrapped, text).split("\n")]


def test_paragraphs_of_uneven_length_are_not_taken_for_wrapped() -> None:
    text = "\n".join(TITLE[:n] for n in (3, 9, 5, 7, 4, 8, 6, 9, 3, 5))
    assert run(joining.join_wrapped, text) == text


@pytest.mark.parametrize("gap", ["\n\n", "\n\u3000\u3000", "\n\n\u3000\u3000"])
def test_pieces_of_a_paragraph_are_joined_where_paragraphs_are_set_off(gap: str) -> None:
    text = gap.join(PIECES)
    joined = run(joining.join_broken, run(lines.tidy, run(joining.join_pieces, text)))
    assert joined.split("\n") == [piece.replace("\n", "") for piece in PIECES]


def test_a_line_of_nothing_but_a_zero_width_space_is_the_place_of_a_link() -> None:
    text = "\n\n".join([*PIECES, "成绩可观，交出一份人\n\u200b\n民满意、世界瞩目、可以载入史册的答卷。"])
    assert "交出一份人民满意、世界瞩目" in run(joining.join_pieces, text)


@pytest.mark.parametrize(
    "block",
    [
        f"专栏1　科普工程\n{FIRST}",
        f"一、加强组织建设，提升能力\n{FIRST}",
        f"{FIRST}\n{SECOND}",
        f"{FIRST}\n清河市科协\n2023年1月5日",
        "政府工作报告\n国务院总理\n王某",
        "山高水长情意真，\n科技下乡暖人心，\n同心共筑强国梦。",
        f"{FIRST[:-1]}（责任单位：市科协。）\n{SECOND}",
    ],
)
def test_lines_of_their_own_stay_so_among_paragraphs_set_off(block: str) -> None:
    text = "\n\n".join([*(piece.replace("\n", "") for piece in PIECES), block, THIRD, FOURTH, SECOND])
    assert block in run(joining.join_pieces, text)


def test_paragraphs_that_are_set_off_by_nothing_are_not_taken_for_pieces() -> None:
    text = f"{TITLE}\n\n{FIRST}\n在座的各位委员\n{SECOND}\n科技下乡，\n{THIRD}"
    assert run(joining.join_pieces, text) == text


def test_the_first_sentence_in_bold_goes_back_to_its_paragraph_where_that_is_a_habit() -> None:
    blocks = [f"{i}号工程加快推进。\n{FIRST}" for i in range(9)]
    text = "\n\n".join([*blocks, SECOND, THIRD])
    assert run(joining.join_pieces, text) == text.replace("。\n过", "。过")
    few = "\n\n".join([*blocks[:3], *[SECOND] * 9])
    assert run(joining.join_pieces, few) == few


def test_a_paragraph_that_lost_its_stop_is_not_run_into_one_that_begins_as_others_do() -> None:
    begun = "市长指出，" + SECOND
    text = "\n".join([begun, FIRST[:-1], "市长指出，" + THIRD])
    assert run(joining.join_broken, text) == text
    assert run(joining.join_broken, f"{FIRST[:-2]}\n{FIRST[-2:]}{SECOND}") == FIRST + SECOND


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (f"他说：“{FIRST}\n”会议结束。", f"他说：“{FIRST}”会议结束。"),
        ("关于《清河市\n科普条例》的说明", "关于《清河市科普条例》的说明"),
        (f"{FIRST}细颗粒物PM\n2.5\n浓度下降。", f"{FIRST}细颗粒物PM2.5浓度下降。"),
        ("政府工作报\n告", "政府工作报告"),
    ],
)
def test_brackets_subscripts_and_words_are_joined(broken: str, whole: str) -> None:
    assert run(joining.join_broken, run(joining.join_broken, broken)) == whole


@pytest.mark.parametrize("text", [f"{FIRST}\n”十四五”规划顺利实施。", f"{FIRST}\n2.5"])
def test_a_mark_that_closes_nothing_joins_nothing(text: str) -> None:
    assert run(joining.join_broken, text) == text
