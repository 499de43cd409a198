"""Every date that a file names, and what it says: when the report was delivered, signed, put up, or something else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from corpus_tools.describing.sessions import number
from corpus_tools.describing.years import ADOPTED, DATE_LINE, DELIVERED, HEAD_LINES, SIGNATURE, TAIL_LINES, arabic
from corpus_tools.document import Edit

DELIVERED_ON, SIGNED_ON, UPLOADED_ON, MENTIONED = "delivered", "signed", "uploaded", "mentioned"
_PART = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"((?:19|20)(?<!\d..)\d\d)(?:[^\S\n]?年[^\S\n]?{_PART}[^\S\n]?月(?:[^\S\n]?{_PART}[^\S\n]?日)?|[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d))"
)
_LONGEST = 120


class Date(NamedTuple):
    """A date: ``kind`` (delivered, signed, uploaded, mentioned); ``day`` as 2025-01-18, or 2025-01 where no day is named.

    ``start``: characters of the clean text, -1 for what was removed from around it; ``found``: as written.
    """

    kind: str
    day: str
    start: int
    found: str


def dates(text: str, edits: Iterable[Edit] = ()) -> Iterator[Date]:
    """Yield the dates of a clean text in order, then those of the lines about the page that cleaning removed."""
    yield from _dated(text.split("\n"))
    for edit in edits:
        if edit.kind == "metadata":
            yield from (Date(UPLOADED_ON, day, -1, found) for day, _, found in _written(edit.removed or ""))


def delivered(text: str) -> str | None:
    """The day that a clean text says it was delivered on, as in :class:`Date`, or None; only its first lines can say so."""
    return next((date.day for date in _dated(text.split("\n"), HEAD_LINES) if date.kind == DELIVERED_ON), None)


def _dated(lines: list[str], first: int | None = None) -> Iterator[Date]:
    """The dates of a text, or of its ``first`` lines."""
    starts = list(accumulate((len(line) + 1 for line in lines[:first]), initial=0))
    for day, start, found in _written("\n".join(lines[:first])):
        yield Date(_kind(lines, bisect_right(starts, start) - 1), day, start, found)


def _written(line: str) -> Iterator[tuple[str, int, str]]:
    for found in _DATE.finditer(arabic(line)):
        month, day = (number(part or "0") for part in (found[2] or found[4], found[3] or found[5]))
        if 1 <= month <= 12 and day <= 31:
            written = line[found.start() : found.end()]
            yield f"{found[1]}-{month:02}" + (f"-{day:02}" if day else ""), found.start(), written


def _kind(lines: list[str], row: int) -> str:
    line, above = lines[row], lines[row - 1] if row else ""
    said = arabic(line)
    if row < HEAD_LINES and len(line) < _LONGEST and (ADOPTED.search(said) or DELIVERED.fullmatch(said)):
        return DELIVERED_ON
    if DATE_LINE.fullmatch(said):
        if SIGNATURE.search(above):
            return SIGNED_ON
        if row < min(HEAD_LINES, len(lines) / 2):
            return DELIVERED_ON
        if row >= len(lines) - TAIL_LINES:
            return SIGNED_ON
    return MENTIONED
