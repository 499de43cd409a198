"""Shifted bytes: made here the way sites make them, byte by byte, and put right again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.cleaning.edits import apply, clean, undo
from corpus_tools.cleaning.mojibake import shifted_bytes

LOST = "\ufffd"


def run(text: str) -> str:
    return apply(text, clean(text, (shifted_bytes,)))


def without_double_a3(text: str) -> str:
    return text.encode("gbk").replace(b"\xa3\xa3", b"\xa3").decode("gbk", "replace")


def without_full_width_question_marks(text: str) -> str:
    return text.encode("gbk").replace(b"\xa3\xbf", b"?").decode("gbk", "replace")


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("。ㄒ唬┏闪⒘恕…", f"。（一）成立了{LOST}…"),
        ("高??茀f(xié)", "高校科協(xié)"),
        ("主干??偨Y(jié)", f"主干{LOST}總結(jié)"),
        ("他说：“完了?！?/p>", "他说：“完了。”"),
        ("任务完了?！?/p>", "任务完了。"),
        ("任务完了。?/p>", "任务完了。"),
    ],
)
def test_what_collected_pages_show(damaged: str, mended: str) -> None:
    assert run(damaged).startswith(mended)


def test_a_dropped_byte_is_put_back_and_the_text_after_it_stays() -> None:
    text = "云州市科协做了三件事。（一）成立了学会。（二）建立了机构。今后还要努力。\n下一段没有损坏。"
    damaged = without_double_a3(text)
    assert "（一）" not in damaged
    assert run(damaged) == text


def test_figures_of_full_width_come_back() -> None:
    text = "举办讲座。（２０１７年）增长一成。（１）办好实事。"
    assert run(without_double_a3(text)) == text


def test_a_letter_of_which_half_is_gone_is_marked_and_not_guessed() -> None:
    damaged = without_double_a3("做了实事。（一）成立了学会\n下一段")
    assert run(damaged) == f"做了实事。（一）成立了学{LOST}\n下一段"


@pytest.mark.parametrize(
    ("before", "letter"), [("推进高校", "校"), ("非常", "常"), ("推广科学。", None), ("提高。", None)]
)
def test_half_a_letter_comes_back_where_the_word_before_leaves_one_reading(before: str, letter: str | None) -> None:
    damaged = without_full_width_question_marks(f"{before}科技工作者来了\n")
    assert run(damaged).startswith((before if letter else before[:-1] + LOST) + "科技工作")


@pytest.mark.parametrize(
    "text",
    [
        "????清河市科学技术协会",
        "清河市??科学技术协会",
        "清河市??喆某某",
        "记者??婷婷，来到云州",
        "主任：??婷婷、怡怡",
        "。（二）办好。ǘ┙⒘嘶：",
        "做好工作。囧字不常见，犇牛也不常见",
        "确保环境，担保贷款，日常工作，学校教育",
        "开展了吗？开展了！",
        "注音ㄅㄆㄇ一例",
    ],
)
def test_what_is_whole_stays(text: str) -> None:
    assert run(text) == text


@given(
    st.lists(
        st.sampled_from(
            ["。", "（", "保", "校", "ㄒ", "唬", "┏", "?", "??", "茀f", "偨Y", LOST, "科协", "\n", "?/p>", "“"]
        )
    )
)
def test_it_can_be_undone_and_done_twice(pieces: list[str]) -> None:
    raw = "".join(pieces)
    edits = clean(raw, (shifted_bytes,))
    text = apply(raw, edits)
    assert undo(text, edits) == raw
    assert clean(text, (shifted_bytes,)) == ()


def test_text_that_only_looks_shifted_is_soon_given_up() -> None:
    assert list(shifted_bytes("ㄒ唬" * 20_000)) == []
