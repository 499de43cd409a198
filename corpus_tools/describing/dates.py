"""Every date that a file names, and what it says: when the report was delivered, signed, put up, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus_tools.describing.years import ADOPTED, DATE_LINE, DELIVERED, HEAD_LINES, SIGNATURE, TAIL_LINES, arabic
from corpus_tools.document import Edit

DELIVERED_ON, SIGNED_ON, UPLOADED_ON, MENTIONED = "delivered", "signed", "uploaded", "mentioned"
_NUMERALS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
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
    lines = text.split("\n")
    for day, start, found in _written(text):
        yield Date(_kind(lines, text.count("\n", 0, start)), day, start, found)
    for edit in edits:
        if edit.kind == "metadata":
            yield from (Date(UPLOADED_ON, day, -1, found) for day, _, found in _written(edit.removed or ""))


def _written(line: str) -> Iterator[tuple[str, int, str]]:
    for found in _DATE.finditer(arabic(line)):
        month, day = (_value(part) for part in (found[2] or found[4], found[3] or found[5]))
        if 1 <= month <= 12 and day <= 31:
            written = line[found.start() : found.end()]
            yield f"{found[1]}-{month:02}" + (f"-{day:02}" if day else ""), found.start(), written


def _value(part: str | None) -> int:
    if part is None:
        return 0
    if part.isdecimal():
        return int(part)
    tens, ten, ones = part.rpartition("十")
    return (10 * (_NUMERALS.get(tens, 1)) if ten else 0) + _NUMERALS.get(ones, 0)


def _kind(lines: list[str], number: int) -> str:
    line, above = lines[number], lines[number - 1] if number else ""
    said = arabic(line)
    if number < HEAD_LINES and len(line) < _LONGEST and (ADOPTED.search(said) or DELIVERED.fullmatch(said)):
        return DELIVERED_ON
    if DATE_LINE.fullmatch(said):
        if SIGNATURE.search(above):
            return SIGNED_ON
        if number < min(HEAD_LINES, len(lines) / 2):
            return DELIVERED_ON
        if number >= len(lines) - TAIL_LINES:
            return SIGNED_ON
    return MENTIONED
