"""Lines: what a line of a text is, what kinds there are, and a tidy layout of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from corpus_tools.data import wording
from corpus_tools.document import Edit

# The last two are letters of private use that converters from GBK leave for a blank.
BLANKS = " \t\u3000\xa0\u2002\u2003\u2009\u200b\ufeff\ue004\ue5e5"
_LINE = re.compile(rf"[^\n{BLANKS}](?:[^\n]*[^\n{BLANKS}])?")
_LAYOUT = f"\n{BLANKS}"
_UNTIDY = re.compile(rf"\n(?:(?=[{_LAYOUT}])|(?<=[{_LAYOUT}]\n))")
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
    one = f"(?:尊敬的)?(?:(?:各位(?:{wording('addressed')})+)|{wording('greeted_alone')})"
    more = f"(?:[、，,和及\\s]*(?:各位)?(?:尊敬的)?(?:{wording('addressed')}))*"
    return re.compile(rf"{one}{more}\s*[:：!！]")


class TextLine(NamedTuple):
    """A line that holds something, without the blanks at its ends; offsets are of the whole text."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=4)  # a cleaner looks at the lines that the one before it has left
def split_lines(text: str) -> tuple[TextLine, ...]:
    """All lines of ``text`` that are not blank."""
    return tuple(TextLine(m.start(), m.end(), m.group()) for m in _LINE.finditer(text))


def is_prose(line: str) -> bool:
    """Say whether a line is running text: long enough for a sentence and holding a mark that ends one."""
    if len(line) < 40:
        return False
    return bool(SENTENCE_MARK.search(line)) or line.count("，") > 1 or line.count(",") > 1


def tidy(text: str) -> Iterator[Edit]:
    """Leave one paragraph a line: no blank lines, no blanks at the ends of lines."""
    if _is_tidy(text):
        return
    at = 0
    for i, line in enumerate(split_lines(text)):
        gap = "\n" if i else ""
        if text[at : line.start] != gap:
            yield Edit(at, line.start, gap, "layout", "blank")
        at = line.end
    if at < len(text):
        yield Edit(at, len(text), "", "layout", "blank")


def _is_tidy(text: str) -> bool:
    """Say whether all blanks and line breaks of a text stand between two letters of a line, or are a break between two lines."""
    return not _UNTIDY.search(text) and text[:1] not in _LAYOUT and text[-1:] not in _LAYOUT


def is_heading(line: str) -> bool:
    """Say whether a line is a numbered heading: a mark of the kind 一、 or （一）, and no sentence."""
    return bool(HEADING_MARK.match(line)) and not SENTENCE_MARK.search(line)
