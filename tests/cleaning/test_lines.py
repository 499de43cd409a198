"""Lines: a tidy layout, and what is running text."""

from __future__ import annotations

from paragraphs import run

from corpus_tools.cleaning import lines


def test_tidy_leaves_one_paragraph_a_line() -> None:
    assert run(lines.tidy, "\n  \u3000甲  \n\n\xa0\n乙\u3000\n") == "甲\n乙"
    assert run(lines.tidy, " \n \n") == ""
    assert run(lines.tidy, "甲 乙\n丙") == "甲 乙\n丙"
