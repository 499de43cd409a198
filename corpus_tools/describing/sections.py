"""The parts of a report: its headings, how deep they lie, and whether they look back or ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_tools.data import toml
from corpus_tools.document import Section

# The mark of a heading, outermost first as most reports nest them; depth follows the order of first use in each text.
_MARKS = (
    ("part", re.compile(r"第[一二三四五六七八九十]{1,3}部分")),
    ("han", re.compile(r"[一二三四五六七八九十]{1,3}、")),
    ("ordinal", re.compile(r"第[一二三四五六七八九十]{1,3}[，,、]")),
    ("bracket", re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]")),
    ("figure", re.compile(r"\d{1,2}[、.．](?!\d)")),
)
_YEAR_HEADING = re.compile(
    r"(?:20|19)\d\d年[^，。；：:]{2,24}|[^，。；：:\s]{2,16}(?:回顾|建议|形势和任务|主要工作|工作安排|名词解释)"
)
LONGEST = 60


def sections(text: str) -> tuple[Section, ...]:
    """Cut clean text into sections; together they cover it from the first character to the last.

    A heading stands alone on its line, or opens a paragraph with its mark (then it ends at the first stop). The text
    before the first heading is depth 0 with an empty heading. A heading without words of its own tense takes its parent's.
    """
    found = list(_headings(text))
    starts = [(0, 0, "", "")] if not found or found[0][0] > 0 else []
    depths: list[str] = []
    for start, mark, heading in found:
        if mark not in depths:
            depths.append(mark)
        del depths[depths.index(mark) + 1 :]
        starts.append((start, len(depths), heading, mark))
    return tuple(_sections(starts, len(text)))


def _sections(starts: list[tuple[int, int, str, str]], length: int) -> Iterator[Section]:
    tenses = ["other"]
    for i, (start, depth, heading, _) in enumerate(starts):
        del tenses[max(depth, 1) :]
        while len(tenses) < depth:
            tenses.append(tenses[-1])
        tense = _tense(heading) or tenses[-1]
        if depth:
            tenses.append(tense)
        yield Section(depth, heading, tense, start, starts[i + 1][0] if i + 1 < len(starts) else length)


def _headings(text: str) -> Iterator[tuple[int, str, str]]:
    at = 0
    for i, line in enumerate(text.split("\n")):
        mark = next((name for name, pattern in _MARKS if pattern.match(line)), None)
        if mark is not None:
            heading = re.split("[。：:；！]", line[: LONGEST + 1])[0]
            if len(heading) <= LONGEST:
                yield at, mark, heading
        elif i and len(line) <= 30 and _YEAR_HEADING.fullmatch(line):
            yield at, "year", line
        at += len(line) + 1


def _tense(heading: str) -> str | None:
    return next((t for t, patterns in _tenses().items() if any(p.search(heading) for p in patterns)), None)


@cache
def _tenses() -> dict[str, list[re.Pattern[str]]]:
    table = toml("tenses.toml")
    return {tense: [re.compile(p) for p in patterns] for tense, patterns in table.items()}
