"""Repeats: titles, outlines, whole texts and page frames that stand several times in a file are kept once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from corpus_tools.cleaning.lines import BEGINS, TextLine, is_prose, salutation, split_lines
from corpus_tools.data import wording
from corpus_tools.document import Edit

# A later part of a file is a copy when this share of its paragraphs stands in the first part: copies of a page differ in a
# paragraph or two that a page break cut.
COPIED = 0.95
# The longest outline of a report seen had 60 entries.
OUTLINE = 120
_OUTLINE_HEAD = re.compile(r"[【\[]?(?:本文|文章)?(?:目\s*录|提\s*纲|目录/提纲|大纲|内容提要)[】\]]?\s*[:：]?[….·\s]*")
# A title in full has at most a year and a place more than its short form: 2025年湖南省 has 8 letters.
ADDED = 8
_STOP = re.compile("[。；！？]")
_PART_OF_YEAR = re.compile("[上下]半年|季度|月")


@cache
def _search_words() -> re.Pattern[str]:
    return re.compile(wording("search_words"))


@cache
def _title() -> re.Pattern[str]:
    """A line that ends as a title does and is no occasion: neither 2025年1月20日在…会议上 nor 作政府工作报告."""
    return re.compile(
        rf"(?!.*(?:\d年\d{{1,2}}月|[会议]上|(?<!工)作.*报告|听取|审议)).*(?:{wording('title_nouns')})(?:[(（][^()（）]*[)）])?\Z"
    )


def drop_repeated_title(text: str) -> Iterator[Edit]:
    """Keep a title that stands several times above the text once: the copy nearest to the text, or the one with a word more."""
    head = []
    for line in split_lines(text)[:14]:
        if salutation().match(line.text) or is_prose(line.text) or re.search("[。；！？：:]\\Z", line.text):
            break
        head.append(line)
    bare = [_search_words().sub("", line.text).strip('“”"《》') for line in head]
    for i, line in enumerate(head):
        # cells of a table recur too: 一等奖, 云州市第一中学, 二等奖, 云州市第一中学
        again = bare[i] in bare[i + 1 :] and (bare[i] == bare[0] or _title().match(bare[i]))
        # a title that a page frame repeats below stays: by it the frame is known (drop_echo, drop_second_copy)
        short = any(_shortens(bare[i], other) for other in bare) and text.find(line.text + "\n", head[-1].end) < 0
        if len(bare[i]) >= 4 and not BEGINS.match(line.text) and (again or short):
            yield Edit(line.start, line.end, "", "title", "repeated-title")
        elif _title().match(bare[i]) and any(_of_another_year(bare[i], other) for other in bare[i + 1 :]):
            yield Edit(line.start, line.end, "", "related", "neighbour-title")


def _of_another_year(title: str, other: str) -> bool:
    """Say whether two titles differ in the year alone: of such a list above a report the last is its own."""
    bare, bare_other = (re.sub(r"(?:19|20)\d\d年", "0年", t) for t in (title, other))
    return title != other and bare == bare_other


def _shortens(title: str, other: str) -> bool:
    """Say whether ``other`` is the same title with a word more: 2023年工作报告 or 工作报告, 2023年云州市工作报告."""
    if not 0 < len(other) - len(title) <= ADDED or not (_title().match(title) and _title().match(other)):
        return False
    if _PART_OF_YEAR.findall(title) != _PART_OF_YEAR.findall(other):
        return False
    letters = iter(other)
    same_year = title[:5] == other[:5] and title[-4:] == other[-4:] and all(letter in letters for letter in title)
    return bool(re.match(r"\d{4}年", other)) and (same_year or other.endswith(title))


def drop_outline(text: str) -> Iterator[Edit]:
    """Drop an outline above the text that repeats the headings which stand in the text."""
    lines = split_lines(text)
    for i, line in enumerate(lines[:30]):
        if not _OUTLINE_HEAD.fullmatch(line.text):
            continue
        later = [_bare(below.text) for below in lines[i + 1 :]]
        stop = i
        while stop - i < min(len(later), OUTLINE) and _recurs(later, stop - i):
            stop += 1
        if stop > i:
            yield Edit(line.start, lines[stop].end, "", "site", "outline")
        return


def _recurs(lines: list[str], i: int) -> bool:
    entry = lines[i]
    return 2 <= len(entry) <= 60 and any(lines[j].startswith(entry) for j in range(i + 1, len(lines)))


def _bare(line: str) -> str:
    return re.sub(r"[….·\s]*\d{0,3}$", "", re.sub(r"\s", "", line)).rstrip("….。")


def drop_echo(text: str) -> Iterator[Edit]:
    """Drop title lines that a page frame repeats below the text: two or more lines, the title among them, all seen above it."""
    lines = split_lines(text)
    first = next((i for i, line in enumerate(lines) if is_prose(line.text)), None)
    if first is None:
        return
    last = next(i for i in range(len(lines) - 1, -1, -1) if is_prose(lines[i].text))
    above = {line.text for line in lines[:first]}
    below = lines[last + 1 :]
    echoed = [line.text in above for line in below]
    start = len(below) - _same(list(reversed(echoed)), [True] * len(below))
    if len(below) - start >= 2 and any(line.text == lines[0].text for line in below[start:]):
        yield Edit(below[start].start, below[-1].end, "", "repeat", "echo")


def drop_second_copy(text: str) -> Iterator[Edit]:
    """Keep one copy of a text that stands several times in its file, and nothing of the frames between the copies."""
    lines = split_lines(text)
    first_line = next((line for line in lines if is_prose(line.text)), None)
    if first_line is None or text.find(first_line.text, first_line.end) < 0:
        return
    prose = [i for i, line in enumerate(lines) if is_prose(line.text)]
    again = next((i for i in prose[1:] if lines[i].text == lines[prose[0]].text), None)
    if again is None:
        return
    first = {lines[i].text for i in prose if i < again}
    end, last = max(i for i in prose if i < again), prose[-1]
    few = sum(lines[i].text in first for i in prose if i >= again) < COPIED * sum(i >= again for i in prose)
    if few or _says_more(lines, end, last):
        yield from _drop_block(lines, prose[0], again)
        return
    # What stands below the first copy and below the last one alike is the report's own end: kept once.
    own = _same([line.text for line in lines[end + 1 : again]], [line.text for line in lines[last + 1 :]])
    yield Edit(lines[end + 1 + own].start, lines[last + own].end, "", "repeat", "second-copy")


def _says_more(lines: Sequence[TextLine], end: int, last: int) -> bool:
    """Say whether short sentences and headings that stand nowhere above are more than frames between copies have."""
    first, below = {line.text for line in lines[: end + 1]}, [line.text for line in lines[end + 1 : last + 1]]
    new = sum(len(text) for text in below if text not in first and (BEGINS.match(text) or _STOP.search(text)))
    return new > (1 - COPIED) * sum(map(len, below))


def _drop_block(lines: Sequence[TextLine], first: int, again: int) -> Iterator[Edit]:
    """Drop a block that is repeated line by line, together with its heading lines, where more text follows."""
    period, copy = [x.text for x in lines[first:again]], [x.text for x in lines[again:]]
    stop = _same(period, copy)
    if stop >= 3 and stop >= 0.5 * len(period):
        start = again - _same([x.text for x in reversed(lines[:first])], [x.text for x in reversed(lines[:again])])
        yield Edit(lines[start].start, lines[again + stop - 1].end, "", "repeat", "second-copy")


def _same(a: list[Any], b: list[Any]) -> int:
    """How many items two lists share from their beginnings."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
