"""Laws of the edit core, for arbitrary texts and arbitrary cleaners."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.cleaning.edits import Edit, apply, clean, compose, difference, record, settle, undo

TEXT = st.text(alphabet="科协工作报告 。,\n?ab", max_size=40)


@st.composite
def edits_of(draw: Callable, text: str) -> list[Edit]:
    spans = draw(
        st.lists(
            st.tuples(st.integers(0, len(text)), st.integers(0, 6), st.text(alphabet="XYZ\n", max_size=4)), max_size=6
        )
    )
    return settle(text, [Edit(a, min(len(text), a + n), s, "kind", "rule") for a, n, s in spans])


def cleaner_from(numbers: list[int]) -> Callable[[str], Iterable[Edit]]:
    """An arbitrary but repeatable cleaner: where it points depends on the text's length and on ``numbers``."""

    def cleaner(text: str) -> Iterable[Edit]:
        for n in numbers:
            start = n % (len(text) + 1)
            end = min(len(text), start + n % 5)
            yield Edit(start, end, "新" * (n % 3), "kind", f"rule{n % 7}")

    return cleaner


@st.composite
def two_steps(draw: Callable) -> tuple[str, list[Edit], list[Edit]]:
    raw = draw(TEXT)
    first = draw(edits_of(raw))
    second = draw(edits_of(apply(raw, first)))
    return raw, first, second


@given(two_steps())
def test_composing_equals_applying_one_after_the_other(steps: tuple[str, list[Edit], list[Edit]]) -> None:
    raw, first, second = steps
    joined = compose(first, second)
    assert apply(raw, joined) == apply(apply(raw, first), second)
    assert all(a.end <= b.start for a, b in itertools.pairwise(joined))


@given(st.text(max_size=60), st.lists(st.lists(st.integers(0, 500), max_size=4), max_size=4))
def test_undo_gives_back_the_raw_text(raw: str, numbers: list[list[int]]) -> None:
    edits = clean(raw, tuple(cleaner_from(ns) for ns in numbers))
    assert undo(apply(raw, edits), edits) == raw
    assert all(raw[e.start : e.end] == e.removed for e in edits)


def test_successive_cleaners_work_in_coordinates_of_the_raw_text() -> None:
    def drop_x(text: str) -> Iterable[Edit]:
        return [Edit(m.start(), m.end(), "", "cut", "x") for m in re.finditer("x", text)]

    def widen(text: str) -> Iterable[Edit]:
        return [Edit(m.start(), m.end(), "——", "fix", "dash") for m in re.finditer("一一", text)]

    raw = "科一x一学x家"
    edits = clean(raw, (drop_x, widen))
    assert apply(raw, edits) == "科——学家"
    # the removal of x between the two dashes keeps its own name: the later edit is parted around it
    assert [(e.start, e.end, e.inserted, e.rule, e.removed) for e in edits] == [
        (1, 2, "——", "dash", "一"),
        (2, 3, "", "x", "x"),
        (3, 4, "", "dash", "一"),
        (5, 6, "", "x", "x"),
    ]


def test_an_edit_reaching_into_an_insertion_becomes_one_edit() -> None:
    first = [Edit(2, 4, "甲乙丙", "a", "one")]  # 科协工作报告 -> 科协甲乙丙报告
    second = [Edit(3, 6, "丁", "b", "two")]  # -> 科协甲丁告
    assert compose(first, second) == [Edit(2, 5, "甲丁", "b", "two")]


def test_two_edits_inside_one_insertion() -> None:
    first = [Edit(1, 1, "甲乙丙丁戊", "a", "one")]
    second = [Edit(2, 3, "", "b", "two"), Edit(4, 5, "己", "c", "three")]
    assert apply("科协", compose(first, second)) == "科甲丙己戊协"
    assert len(compose(first, second)) == 1


def test_an_insertion_taken_back_leaves_nothing() -> None:
    edits = record("科协", compose([Edit(1, 1, "甲", "a", "one")], [Edit(1, 2, "", "b", "two")]))
    assert edits == ()


def test_of_overlapping_edits_the_earlier_then_the_longer_stays() -> None:
    found = settle("科协工作报告", [Edit(2, 3, "", "k", "c"), Edit(1, 2, "", "k", "b"), Edit(1, 4, "", "k", "a")])
    assert [e.rule for e in found] == ["a"]


def test_an_edit_outside_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="outside"):
        settle("科协", [Edit(1, 3, "", "k", "r")])


def test_undo_refuses_edits_that_do_not_know_what_they_removed() -> None:
    with pytest.raises(ValueError, match="does not know"):
        undo("科", [Edit(0, 1, "", "k", "r")])


def test_undo_refuses_a_text_the_edits_did_not_leave() -> None:
    with pytest.raises(ValueError, match="not what"):
        undo("科学", [Edit(1, 2, "协", "k", "r", "会")])


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_difference_turns_one_text_into_the_other(pairs: list[tuple[str, str]]) -> None:
    before, after = "\n".join(a for a, _ in pairs), "\n".join(b for _, b in pairs)
    edits = list(difference(before, after, kind="script", rule="t2s"))
    assert apply(before, edits) == after


def test_difference_points_at_single_characters() -> None:
    edits = list(difference("科協工作\n報告", "科协工作\n报告", kind="script", rule="t2s"))
    assert [(e.start, e.end, e.inserted) for e in edits] == [(1, 2, "协"), (5, 6, "报")]
