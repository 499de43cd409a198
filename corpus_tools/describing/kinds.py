"""What a document is: a work report, or one of the things that stand among them."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.data import toml

HEAD = 800
COLLECTION = (
    "collection"  # the kind, and the flag, of a file that holds several reports: settled by describing/flags.py
)


def report_kind(title: str | None, text: str = "") -> str | None:
    """The kind that the title says; where it says none, a work report if the speaker begins as one (向大会报告工作).

    ``work_report``, ``speech``, ``summary``, ``plan`` (工作要点), ``policy`` (notices, measures, programmes of action),
    ``resolution`` (also decisions about a report), ``news`` about a report, ``template`` (how to write one). None where
    nothing says so.
    """
    return _first("kind", _left_out().sub("", title or "")) or _first("opening", text[:HEAD])


@cache
def _left_out() -> re.Pattern[str]:
    return re.compile("|".join(toml("kinds.toml")["left_out"]["words"]))


@cache
def _table(name: str) -> dict[str, list[re.Pattern[str]]]:
    return {value: [re.compile(p) for p in patterns] for value, patterns in toml("kinds.toml")[name].items()}


def _first(table: str, text: str) -> str | None:
    return next((value for value, patterns in _table(table).items() if any(p.search(text) for p in patterns)), None)
