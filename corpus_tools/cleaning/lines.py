"""Lines as a careful editor sees them: broken ones joined, glued ones split, blank ones dropped, repeats taken once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from corpus_tools.characters import HAN
from corpus_tools.data import wording
from corpus_tools.document import Edit

_BLANKS = " \t\u3000\xa0\u2002\u2003\u2009\u200b\ufeff"
_LINE = re.compile(rf"[^\n{_BLANKS}](?:[^\n]*[^\n{_BLANKS}])?")
_SENTENCE_MARK = re.compile("[。；;！？!?]")
_COMMA = re.compile("[，,、]")
_OPEN_END = re.compile(rf"[{HAN}，,、（(《“‘—\-]\Z")
_ENDED = re.compile("[。！？；：!?;:…][”’」』)）]?\\Z")
_OPEN_QUOTE = re.compile("[“‘《〈（(「『]\\Z")
_NARROW = re.compile("[^\u2e80-\U0010ffff“”‘’—…·]+")
# A run of blanks with two ideographic spaces in it: where a paragraph began before its line break was lost.
_INDENT = re.compile(r"[ \t\xa0\u3000](?<=\S.)(?:(?<=\u3000)|[ \t\xa0\u3000]*\u3000)[ \t\xa0]*\u3000[\s\u3000]*")
_OPENS = re.compile(rf"[{HAN}\d０-９“‘《（(A-Za-z]")
_CLOSES = re.compile("[，,、。；;：:！!？?）)》”’]")
# 十、 (三) 3. 第二, 一是 ——: marks that begin a heading, an item or a new paragraph, never the rest of a broken line.
BEGINS = re.compile(
    r"(?:[（(]?[一二三四五六七八九十百]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．是要]|第[一二三四五六七八九十]{1,3}[，,、部章节条]"
    r"|[（(]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|——|--|●|■|◆|★|▲|•|各位|同志们|附[件：:]|注[释：:])"
)
# Wrapped lines differ by a tenth or less: marks that may not begin a line pull a character or two down.
WRAP_SLACK = 10
# A later part of a file is a copy when this share of its paragraphs stands in the first part: copies of a page differ in a
# paragraph or two that a page break cut.
COPIED = 0.95
# A greeting glued into its line ends within so many characters; a title may stand before it (the longest had 160).
GREETED_BY = 300
# The longest outline of a report seen had 60 entries.
OUTLINE = 120
_DATE_LINE = r"[—－\-]{1,4}\s?[\d０-９〇○零一二三四五六七八九]{4}年[\d０-９一二三四五六七八九十]{1,2}月"


@cache
def salutation() -> re.Pattern[str]:
    """Whom the speaker greets, to the colon: 各位代表、同志们：."""
    one = f"(?:尊敬的)?(?:(?:各位(?:{wording('addressed')})+)|{wording('greeted_alone')})"
    more = f"(?:[、，,和及\\s]*(?:各位)?(?:尊敬的)?(?:{wording('addressed')}))*"
    return re.compile(rf"{one}{more}\s*[:：!！]")


@cache
def _glued_title() -> re.Pattern[str]:
    office = rf"[^\s，。]{{0,14}}(?:{wording('offices')})[\s\u3000]{{0,4}}[{HAN}][\s\u3000]{{0,3}}[{HAN}\s]{{1,4}}$"
    gap = r"[\s\u3000]*"
    return re.compile(
        rf"(?<=[报总讲][告结话 ]){gap}(?={_DATE_LINE})"
        rf"|(?<=[^\s—－\-]){gap}(?={_DATE_LINE}.{{4,50}}会议?上)"
        rf"|(?<=[会议]上){gap}(?={office})"
        rf"|(?<=[{HAN}]){gap}(?=[(（][\dXx*]{{4}}年[\dXx*]{{1,2}}月[\dXx*]{{1,2}}日[)）]$)"
    )


@cache
def _search_words() -> re.Pattern[str]:
    return re.compile(wording("search_words"))


class TextLine(NamedTuple):
    """A line that holds something, without the blanks at its ends; offsets are of the whole text."""

    start: int
    end: int
    text: str


def split_lines(text: str) -> list[TextLine]:
    """All lines of ``text`` that are not blank."""
    return list(_split(text))


@lru_cache(maxsize=4)
def _split(text: str) -> tuple[TextLine, ...]:
    return tuple(TextLine(m.start(), m.end(), m.group()) for m in _LINE.finditer(text))


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


def is_prose(line: str) -> bool:
    """Say whether a line is running text: long enough for a sentence and holding a mark that ends one."""
    if len(line) < 40:
        return False
    return bool(_SENTENCE_MARK.search(line)) or line.count("，") > 1 or line.count(",") > 1


def tidy(text: str) -> Iterator[Edit]:
    """Leave one paragraph a line: no blank lines, no blanks at the ends of lines."""
    at = 0
    for i, line in enumerate(split_lines(text)):
        gap = "\n" if i else ""
        if text[at : line.start] != gap:
            yield Edit(at, line.start, gap, "layout", "blank")
        at = line.end
    if at < len(text):
        yield Edit(at, len(text), "", "layout", "blank")


def split_indented(text: str) -> Iterator[Edit]:
    """Break a text that lost its line breaks at the indents that are left (two or more ideographic spaces)."""
    for line in split_lines(text):
        if len(line.text) < 400 or "\u3000" not in line.text:
            continue
        for gap in _INDENT.finditer(line.text):
            if _ends_paragraph(line.text, gap.start()):
                yield Edit(line.start + gap.start(), line.start + gap.end(), "\n", "layout", "lost-break")


def _ends_paragraph(line: str, at: int) -> bool:
    """An indent between a speaker's office and name is no break: 国务院总理　　某某."""
    before = re.split(r"[\u3000\n]{2}", line[max(0, at - 20) : at])[-1]
    return not (
        len(before) <= 16 and re.search(r"(?:总理|[省市州区县镇乡]长|主席|书记|主任|院长|检察长|会长)$", before)
    )


def split_title_lines(text: str) -> Iterator[Edit]:
    """Part title, date line and speaker that are glued above the salutation: 报告——2006年3月5日在…会议上国务院总理某某."""
    for line in split_lines(text)[:8]:
        if salutation().match(line.text) or is_prose(line.text):
            return
        for found in _glued_title().finditer(line.text):
            yield Edit(line.start + found.start(), line.start + found.end(), "\n", "layout", "glued-title")


def split_salutation(text: str) -> Iterator[Edit]:
    """Part a title and a first paragraph that are glued to the salutation between them."""
    for line in split_lines(text)[:12]:
        found = salutation().search(line.text, 0, GREETED_BY)
        if found is None or re.search("[。；！？]", line.text[: found.start()]):
            continue
        a, b = line.start + found.start(), line.start + found.end()
        if a > line.start:
            yield Edit(a, a, "\n", "layout", "glued-salutation")
        if b < line.end:
            yield Edit(b, b, "\n", "layout", "glued-salutation")
        return


def split_series(text: str) -> Iterator[Edit]:
    """Break a whole speech on one line before its numbered parts, where the numbers run 一, 二, 三 without a gap."""
    for line in split_lines(text):
        if len(line.text) < 1500:
            continue
        for marks in ("[一二三四五六七八九十]{1,3}、", "第[一二三四五六七八九十]{1,3}[，,、]"):
            places = [m.start() for m in re.finditer(rf"(?<=[。！!；;：:])(?={marks})", line.text)]
            numbers = [_numeral(line.text[p:]) for p in places]
            if len(places) > 1 and numbers == list(range(1, len(places) + 1)):
                for place in places:
                    yield Edit(line.start + place, line.start + place, "\n", "layout", "glued-heading")
                break


def _numeral(text: str) -> int:
    digits = "一二三四五六七八九"
    found = re.match("第?([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)", text)
    if found is None:
        return 0
    tens, ten, ones = found.groups()
    if not ten:
        return digits.find(tens) + 1
    return (digits.find(tens) + 1 if tens else 1) * 10 + (digits.find(ones) + 1 if ones else 0)


def join_wrapped(text: str) -> Iterator[Edit]:
    """Join the lines of a text that was wrapped at a fixed width; indents, where it has them, begin its paragraphs."""
    lines = split_lines(text)
    # each line with its indent
    whole = [a.text for a in lines[:1]] + [
        text[text.rfind("\n", a.end, b.start) + 1 : b.end] for a, b in pairwise(lines)
    ]
    full = _full_lines(whole)
    if full is None:
        return
    gaps = ["", *(text[a.end : b.start] for a, b in pairwise(lines))]
    indented = sum(map(_is_indented, gaps)) >= 3
    for i in range(len(lines) - 1):
        line, below, gap = lines[i].text, lines[i + 1].text, gaps[i + 1]
        starts = _is_indented(gap) or _stands_alone(line) or salutation().match(below)
        ended = _ENDED.search(line) and (not indented or BEGINS.match(below))
        if full[i] and gap.count("\n") == 1 and not starts and not ended:
            yield Edit(lines[i].end, lines[i + 1].start, "", "layout", "wrapped-line")


def _is_indented(gap: str) -> bool:
    return bool(re.search("\u3000|  $", gap))


def join_broken(text: str) -> Iterator[Edit]:
    """Join lines that a page broke inside a sentence."""
    lines = split_lines(text)
    for i in range(len(lines) - 1):
        if _broken_between(lines, i):
            yield Edit(lines[i].end, lines[i + 1].start, "", "layout", "broken-line")


def _broken_between(lines: list[TextLine], i: int) -> bool:
    line, below = lines[i].text, lines[i + 1].text
    if _OPEN_QUOTE.search(line, len(line) - 1):
        return True
    if _CLOSES.match(below):
        return bool(re.search(rf"[{HAN}\dA-Za-z%％”》）)]\Z", line))
    if (
        BEGINS.match(below)
        or salutation().match(below)
        or not _OPEN_END.search(line, len(line) - 1)
        or not _OPENS.match(below)
    ):
        return False
    if i + 2 < len(lines) and len(below) <= 30 and is_prose(line) and re.match("[，,、。；;！!]", lines[i + 2].text):
        return True
    if re.search("[，,、]\\Z", line):
        return is_prose(line) or is_prose(below)
    return _is_running(line) and not _stands_alone(line)


def _is_running(line: str) -> bool:
    """A line that is surely in the middle of a sentence: it has sentences, or several clauses, before its open end."""
    last = _SENTENCE_MARK.split(line)[-1]
    return len(line) >= 40 and (last != line or len(_COMMA.findall(line)) >= 2) and len(last) >= 1


def _stands_alone(line: str) -> bool:
    """A numbered heading without a sentence in it."""
    return bool(BEGINS.match(line)) and not _SENTENCE_MARK.search(line)


def _columns(line: str) -> int:
    """Width in columns of a terminal: a Chinese character or mark takes two."""
    return 2 * len(line) - sum(map(len, _NARROW.findall(line)))


def _full_lines(lines: list[str]) -> list[bool] | None:
    """Which lines run to the width a text was wrapped at; None where it was not wrapped.

    Programs wrap at so many columns or at so many characters; the measure that more of the lines share is taken.
    """
    open_lines = [i for i, line in enumerate(lines) if _is_open(line.strip())]
    if len(open_lines) < 8:
        return None
    by_columns = _wrapped([_columns(line) for line in lines], open_lines)
    by_letters = _wrapped([len(line) for line in lines], open_lines)
    if by_columns is None or by_letters is None:
        found = by_columns or by_letters
        return found[1] if found else None
    return max(by_columns, by_letters, key=lambda found: found[0])[1]


def _is_open(line: str) -> bool:
    return len(line) >= 16 and not _ENDED.search(line, len(line) - 2) and not _stands_alone(line)


def _wrapped(sizes: list[int], open_lines: list[int]) -> tuple[float, list[bool]] | None:
    """The share of lines ending no sentence that have one size, and which lines are of it; None where few are."""
    ends = sorted(sizes[i] for i in open_lines)
    slack = max(ends[len(ends) // 2] // WRAP_SLACK, 2)
    near = {w: bisect_right(ends, w) - bisect_left(ends, w - slack) for w in set(ends)}
    width = max(near, key=lambda w: (near[w], w))
    wider = sum(n > width + slack for n in sizes) / len(sizes)
    if near[width] < 0.6 * len(ends) or wider > 0.2:
        return None
    return near[width] / len(ends), [n >= width - 2 * slack for n in sizes]


def drop_repeated_title(text: str) -> Iterator[Edit]:
    """Keep a title that stands several times above the text once: the copy nearest to the text."""
    head = []
    for line in split_lines(text)[:14]:
        if salutation().match(line.text) or is_prose(line.text):
            break
        head.append(line)
    bare = [_search_words().sub("", line.text).strip('“”"《》') for line in head]
    for i, line in enumerate(head):
        if len(bare[i]) >= 4 and not BEGINS.match(line.text) and bare[i] in bare[i + 1 :]:
            yield Edit(line.start, line.end, "", "title", "repeated-title")


def drop_outline(text: str) -> Iterator[Edit]:
    """Drop an outline above the text that repeats the headings which stand in the text."""
    lines = split_lines(text)
    for i, line in enumerate(lines[:30]):
        if not re.fullmatch(
            r"[【\[]?(?:本文|文章)?(?:目\s*录|提\s*纲|目录/提纲|大纲|内容提要)[】\]]?\s*[:：]?[….·\s]*", line.text
        ):
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
    prose = [i for i, line in enumerate(lines) if is_prose(line.text)]
    if not prose:
        return
    above = {line.text for line in lines[: prose[0]]}
    below = lines[prose[-1] + 1 :]
    echoed = [line.text in above for line in below]
    start = len(below) - _same(list(reversed(echoed)), [True] * len(below))
    if len(below) - start >= 2 and any(line.text == lines[0].text for line in below[start:]):
        yield Edit(below[start].start, below[-1].end, "", "repeat", "echo")


def drop_second_copy(text: str) -> Iterator[Edit]:
    """Keep one copy of a text that stands several times in its file, and nothing of the frames between the copies."""
    lines = split_lines(text)
    prose = [i for i, line in enumerate(lines) if is_prose(line.text)]
    again = next((i for i in prose[1:] if lines[i].text == lines[prose[0]].text), None)
    if again is None:
        return
    first = {lines[i].text for i in prose if i < again}
    if sum(lines[i].text in first for i in prose if i >= again) < COPIED * sum(i >= again for i in prose):
        yield from _drop_block(lines, prose[0], again)
        return
    end, last = max(i for i in prose if i < again), prose[-1]
    # What stands below the first copy and below the last one alike is the report's own end: kept once.
    own = _same([line.text for line in lines[end + 1 : again]], [line.text for line in lines[last + 1 :]])
    yield Edit(lines[end + 1 + own].start, lines[last + own].end, "", "repeat", "second-copy")


def _drop_block(lines: list[TextLine], first: int, again: int) -> Iterator[Edit]:
    """Drop a block that is repeated line by line, together with its heading lines, where more text follows."""
    period, copy = [x.text for x in lines[first:again]], [x.text for x in lines[again:]]
    stop = _same(period, copy)
    if stop >= 3 and stop >= 0.5 * len(period):
        start = again - _same([x.text for x in reversed(lines[:first])], [x.text for x in reversed(lines[:again])])
        yield Edit(lines[start].start, lines[again + stop - 1].end, "", "repeat", "second-copy")


def _same(a: list[Any], b: list[Any]) -> int:
    """How many items two lists share from their beginnings."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
