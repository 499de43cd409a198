"""Parting what was glued: paragraphs at what is left of their indents, titles, parts of a speech, outlines, headings.

Every function parts only where the text itself proves it: at an indent, a greeting, the marks of a series that counts up
without a gap, or standing words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_tools.characters import HAN
from corpus_tools.cleaning.lines import DATE_LINE, TextLine, is_heading, is_prose, salutation, split_lines
from corpus_tools.data import wording
from corpus_tools.document import Edit

# A longer line may hold several paragraphs: of the 22 825 lines of 247 real reports, cleaned, two are longer, one of them glued.
GLUED = 1500
# The longest numbered heading without a comma in the same reports has 36 characters.
HEADING = 40
# Twenty headings of that length less their blanks; a longer line that begins with 目录 is text.
OUTLINE_ENTRIES = 600
_NUMERAL = "[一二三四五六七八九十]{1,3}"
# Marks of series, the outer before the inner ones.
_LEVELS = tuple(
    re.compile(mark)
    for mark in (
        rf"范[本文例]{_NUMERAL}、",
        rf"(?<!第){_NUMERAL}、",
        rf"第{_NUMERAL}[，,、]",
        rf"[（(]{_NUMERAL}[)）]",
        r"(?<![\d.．])\d{1,2}、",
    )
)
_SENTENCE_END = re.compile("[。！!？?…：:][”’」』）)]?")
_OUTLINE = re.compile(r"[【\[]?(?:目\s*录|提\s*纲|目录/提纲)[】\]]?\s*[:：]?[….·\s]*")
_ENTRY = re.compile(rf"(?<!第)(?:第?{_NUMERAL}[、章部]|[（(]{_NUMERAL}[)）]|\d{{1,2}}、)")
# Blanks with two ideographic spaces in them, or a tab behind the end of a sentence, or between that and the number of a
# heading: where a paragraph began before its line break was lost.
_INDENT = re.compile(
    r"(?<=\S)[ \t\xa0\u3000]*\u3000[ \t\xa0]*\u3000[\s\u3000]*"
    r"|(?<=[。！？”）])[ \xa0\u3000]*\t\s*"
    rf"|(?<=[。！？”）])[ \t\xa0\u3000]+(?=(?:[一二三四五六七八九十]{{1,3}}、|[（(][一二三四五六七八九十]{{1,3}}[)）])[{HAN}\d])"
)
_INDENT_BLANKS = " \t\xa0\u3000"
_AFTER_SENTENCE = tuple(re.compile(f"{blank}(?<=[。！？”）].)") for blank in " \xa0")
_BLANK_RUN = re.compile(f"[{_INDENT_BLANKS}]+")
# A greeting glued into its line ends within so many characters; a title may stand before it (the longest had 160).
GREETED_BY = 300


@cache
def _glued_title() -> re.Pattern[str]:
    office = rf"[^\s，。]{{0,14}}(?:{wording('offices')})[\s\u3000]{{0,4}}[{HAN}][\s\u3000]{{0,3}}[{HAN}\s]{{1,4}}$"
    gap = r"[\s\u3000]*"
    return re.compile(
        rf"(?<=[报总讲][告结话 ]){gap}(?={DATE_LINE})"
        rf"|(?<=[^\s—－\-]){gap}(?={DATE_LINE}.{{4,50}}会议?上)"
        rf"|(?<=[会议]上){gap}(?={office})"
        rf"|(?<=[{HAN}]){gap}(?=[(（][\dXx*]{{4}}年[\dXx*]{{1,2}}月[\dXx*]{{1,2}}日[)）]$)"
    )


def split_indented(text: str) -> Iterator[Edit]:
    """Break a text that lost its line breaks at the indents that are left (two or more ideographic spaces)."""
    for line in split_lines(text):
        if len(line.text) < 400 or not _may_hold_indent(line.text):
            continue
        for run in _BLANK_RUN.finditer(line.text):  # an indent begins with one of these blanks, behind none
            gap = _INDENT.match(line.text, run.start())
            if gap and _ends_paragraph(line.text, gap.start()):
                yield Edit(line.start + gap.start(), line.start + gap.end(), "\n", "layout", "lost-break")


def _may_hold_indent(line: str) -> bool:
    """Say, without a look at each letter, whether there is a wide blank, a tab, or another blank right behind a sentence."""
    return "\u3000" in line or "\t" in line or any(blank.search(line) for blank in _AFTER_SENTENCE)


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
        if len(line.text) < GLUED:
            continue
        yield from _breaks(line, _places(line.text, 0, len(line.text)), "glued-heading")
        ends = (m.end() for m in _SENTENCE_END.finditer(line.text))
        greetings = (end for end in ends if salutation().match(line.text, end))
        yield from _breaks(line, greetings, "glued-salutation")


def _breaks(line: TextLine, places: Iterator[int], rule: str) -> Iterator[Edit]:
    for place in places:
        if place:
            yield Edit(line.start + place, line.start + place, "\n", "layout", rule)


def _places(line: str, start: int, end: int, level: int = 0) -> Iterator[int]:
    """Where the parts of ``line[start:end]`` begin, and inside each of them the parts of the next level."""
    for depth in range(level, len(_LEVELS)):
        places = _series(_LEVELS[depth], line, start, end)
        if places:
            yield from places
            for a, b in zip(places, [*places[1:], end], strict=True):
                yield from _places(line, a, b, depth + 1)
            return


def _series(mark: re.Pattern[str], line: str, start: int, end: int) -> list[int]:
    """The places of a series that counts from one up without a gap; none where it does not."""
    places = [m.start() for m in mark.finditer(line, start, end) if _may_begin(line, m.start(), start)]
    numbers = [_number(line[p : p + 6]) for p in places]
    return places if len(places) > 1 and numbers == list(range(1, len(places) + 1)) else []


def _may_begin(line: str, at: int, start: int) -> bool:
    """A mark begins a part behind the end of a sentence; the first one also behind the heading of the part it is in."""
    if at == 0 or _after_sentence(line, at):
        return line[at - 1] not in "：:" or _number(line[at : at + 6]) == 1
    heading = line[start:at]
    return (
        0 < len(heading) <= HEADING
        and line[at] in "（("
        and _number(line[at : at + 6]) == 1
        and any(level.match(heading) for level in _LEVELS)
        and not re.search("[，。；：,;:]", heading)
    )


def _after_sentence(line: str, at: int) -> bool:
    return bool(
        _SENTENCE_END.fullmatch(line[max(0, at - 2) : at]) or _SENTENCE_END.fullmatch(line[max(0, at - 1) : at])
    )


def _number(text: str) -> int:
    """The number a mark begins with, in Chinese or Arabic numerals; 0 where there is none."""
    found = re.match(r"(?:第|范.|[（(])?(?:(\d{1,2})|([一二三四五六七八九]?)(十?)([一二三四五六七八九]?))", text)
    if found is None:
        return 0
    arabic, tens, ten, ones = found.groups()
    if arabic:
        return int(arabic)
    digits = "一二三四五六七八九"
    if not ten:
        return digits.find(tens) + 1 if tens else 0
    return (digits.find(tens) + 1 if tens else 1) * 10 + (digits.find(ones) + 1 if ones else 0)


def split_outline(text: str) -> Iterator[Edit]:
    """Give each entry of an outline that stands on one line a line of its own: 目录 一、… 二、…."""
    for line in split_lines(text)[:30]:
        found = _OUTLINE.match(line.text)
        if found is None or len(line.text) > OUTLINE_ENTRIES or re.search("[。；，]", line.text):
            continue
        entries = [m.start() for m in _ENTRY.finditer(line.text, found.end())]
        if len(entries) > 1:
            yield from _breaks(line, iter(entries), "glued-outline")


@cache
def _heading_run_in() -> re.Pattern[str]:
    year = r"(?:19|20)\d\d年|今年(?:是|以来|[，,])|去年[，,]|过去(?:[一五]年|的)|[一二三四五]年来|近年来"
    opening = rf"{year}|做好(?:今年|明年|20\d\d年)|各位|同志们"
    return re.compile(
        rf"(?:第{_NUMERAL}部分|{_NUMERAL}、|[（(]{_NUMERAL}[)）])[{HAN}\dXx*—\-－“”]{{0,24}}?(?:{wording('heading_ends')})"
        rf"(?=(?:{opening})[^\n]{{40}})"
    )


def split_run_in(text: str) -> Iterator[Edit]:
    """Part a numbered heading from its paragraph where its last words and the first ones of the paragraph are standing ones."""
    for line in split_lines(text):
        found = _heading_run_in().match(line.text)
        if found is not None:
            yield Edit(line.start + found.end(), line.start + found.end(), "\n", "layout", "glued-heading")


def mend_headings(text: str) -> Iterator[Edit]:
    """Give a broken heading back the words that its parallel siblings end with, from the head of the paragraph below it."""
    lines = split_lines(text)
    numbered = [i for i, line in enumerate(lines) if is_heading(line.text)]
    if len(numbered) < 3:
        return
    headings = [lines[i].text for i in numbered]
    for line, below in [lines[i : i + 2] for i in numbered if i + 1 < len(lines)]:
        if is_prose(below.text) and (end := _missing(line.text, below.text, headings, text)):
            yield Edit(line.end, below.start, "", "layout", "broken-heading")
            yield Edit(below.start + end, below.start + end, "\n", "layout", "broken-heading")


def _missing(heading: str, below: str, headings: list[str], text: str) -> int:
    """How many characters of ``below`` complete ``heading``; 0 where its siblings or the rest do not tell.

    Two siblings must share the words; what stands behind them there says how long the end may be; and what is left must
    begin as another clause of the text does.
    """
    for size in range(6, 2, -1):
        shared = below[:size]
        endings = [h.rpartition(shared)[2] for h in headings if h != heading and shared in h]
        if len(endings) < 2 or shared in heading or max(map(len, endings)) > 4:
            continue
        lengths = range(size + min(map(len, endings)), size + max(map(len, endings)) + 1)
        whole = [n for n in lengths if re.search(rf"[\n，,。；;、]{re.escape(below[n : n + 2])}", text)]
        return whole[0] if len(whole) == 1 else 0
    return 0
