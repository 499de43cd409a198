"""Searching only where it can be worth it: in the lines of a text that hold something a pattern cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence


def lines_holding(
    needles: Iterable[re.Pattern[str]], text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int]]:
    """Start and end of each run of lines, the last line break included, that a needle touches between ``start`` and ``end``."""
    end = len(text) if end is None else end
    first = stop = start
    for a, b in sorted(found.span() for needle in needles for found in needle.finditer(text, start, end)):
        if a >= stop:
            if stop > first:
                yield first, stop
            first = max(stop, text.rfind("\n", stop, a) + 1)
        if b > stop:
            stop = text.find("\n", b - 1, end) + 1 or end
    if stop > first:
        yield first, stop


def found_near(
    needles: Sequence[re.Pattern[str]], pattern: re.Pattern[str], text: str, *, within: tuple[int, int] | None = None
) -> Iterator[re.Match[str]]:
    """What ``pattern`` fits in the lines that a needle touches: all that it fits, if in each such there is a needle.

    Without needles the whole text is searched, or what of it lies ``within`` a start and an end.
    """
    start, end = within or (0, len(text))
    for first, stop in lines_holding(needles, text, start, end) if needles else ((start, end),):
        yield from pattern.finditer(text, first, stop)
