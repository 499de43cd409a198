"""Lines: what a line of a text is, what kinds there are, and a tidy layout of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corpus_tools.data import wording
from corpus_tools.document import Edit

# The last two are letters of private use that converters from GBK leave for a blank.
BLANKS = " \t\u3000\xa0\u2002\u2003\u2009\u200b\ufeff\ue004\ue5e5"
SENTENCE_MARK = re.compile("[。；;！？!?]")
HEADING_MARK = re.compile("[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")
# 十、 (三) 3. 第二, 一是 ——: marks that begin a heading, an item or a new paragraph, never the rest of a broken line.
BEGINS = re.compile(
    r"(?:[（(]?[一二三四五六七八九十百]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．是要]|第[一二三四五六七八九十]{1,3}[，,、部章节条]"
    r"|[（(]\d{1,2}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|——|--|●|■|◆|★|▲|•|各位|同志们|附[件：:]|注[释：:])"
)
DATE_LINE = r"[—－\-]{1,4}\s?[\d０-９〇○零一二三四五六七八九]{4}年[\d０-９一二三四五六七八九十]{1,2}月"


@cache
def salutation() -> re.Pattern[str]:
    """Whom the speaker greets, to the colon: 各位代表、同志们：."""
    one = f"各位(?:{wording('addressed')})+|{wording('greeted_alone')}"
    more = f"(?:[、，,和及\\s]*(?:各位)?(?:尊敬的)?(?:{wording('addressed')}))*"
    # Each alternative begins with a letter, so that a search leaps from one such letter to the next.
    return re.compile(rf"(?:尊敬的(?:{one})|{one}){more}\s*[:：!！]")


class TextLine(NamedTuple):
    """A line that holds something, without the blanks at its ends; offsets are of the whole text."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=4)  # a cleaner looks at the lines that the one before it has left
def split_lines(text: str) -> tuple[TextLine, ...]:
    """All lines of ``text`` that are not blank."""
    lines, at = list[TextLine](), 0
    for piece in text.split("\n"):
        end = at + len(piece)
        if line := piece.strip(BLANKS):
            start = end - len(piece.lstrip(BLANKS))
            # without a call of TextLine's own constructor, which takes as long as all the rest
            lines.append(tuple.__new__(TextLine, (start, start + len(line), line)))
        at = end + 1
    return tuple(lines)


def is_prose(line: str) -> bool:
    """Say whether a line is running text: long enough for a sentence and holding a mark that ends one."""
    if len(line) < 40:
        return False
    # nearly all hold a full stop, and to look for one letter takes a tenth of the time
    return "。" in line or bool(SENTENCE_MARK.search(line)) or line.count("，") > 1 or line.count(",") > 1


def tidy(text: str) -> Iterator[Edit]:
    """Leave one paragraph a line: no blank lines, no blanks at the ends of lines."""
    lines = split_lines(text)
    if is_tidy(text, lines):
        return
    at = 0
    for i, line in enumerate(lines):
        gap = "\n" if i else ""
        if text[at : line.start] != gap:
            yield Edit(at, line.start, gap, "layout", "blank")
        at = line.end
    if at < len(text):
        yield Edit(at, len(text), "", "layout", "blank")


def is_tidy(text: str, lines: Sequence[TextLine]) -> bool:
    """Say whether the lines of a text stand side by side: nothing is left of it but a break between two of them."""
    return sum([len(line.text) for line in lines]) + len(lines) == len(text) + 1


def is_heading(line: str) -> bool:
    """Say whether a line is a numbered heading: a mark of the kind 一、 or （一）, and no sentence."""
    return bool(HEADING_MARK.match(line)) and not SENTENCE_MARK.search(line)
