"""How a text opens: the lines above the salutation, and in whose name the speaker speaks."""

from __future__ import annotations

import re

HEAD_LINES, HEAD, LONGEST = 10, 1000, 90
_GREETING = re.compile("各位|同志们|尊敬的")
_FOR = re.compile(r"(?:代表(?!大会|们)|受)([^，。；]{2,40}?)(?:委托|[，,]?向|[，,]?(?:作|做|报告))")


def above_salutation(text: str) -> list[str]:
    """Short lines above the first salutation: title, where, when and by whom; none where nobody is greeted."""
    lines = text[: HEAD * 2].split("\n")[:HEAD_LINES]
    greeted = next((i for i, line in enumerate(lines) if _GREETING.match(line)), None)
    if greeted is None:
        above = _GREETING.split(lines[0])[0]
        return [above[-200:]] if above != lines[0] else []
    return [line for line in lines[:greeted] if len(line) <= LONGEST]


def spoken_for(text: str) -> str:
    """The body in whose name the speaker speaks (我代表省人民政府，向大会报告), empty where none is named."""
    found = _FOR.search(text[:HEAD])
    return found[1] if found else ""


def first_clause(text: str) -> str:
    """The clause that says in whose name and to whom the speaker speaks, empty where there is none."""
    found = _FOR.search(text[:HEAD])
    return text[found.start() : found.end() + 40].split("。")[0] if found else ""
