"""The title of a report, read off its first lines."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.data import wording

_FORWARDED = re.compile(r"现将《([^》]{4,60})》[^。]{0,12}(?:印发|下发|转发|发给)")
# A second half of a title that needs its first: 2022年工作要点 under the name of the body.
_BARE = re.compile(r"(?:19|20)\d\d年度?(?:上半年|下半年)?(?:重点)?(?:工作)?(?:报告|总结|要点|计划|安排)")
LINES = 8
LONGEST = 90


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(wording("title_nouns"))


@cache
def _not_title() -> re.Pattern[str]:
    """Date lines, fields, salutations, speakers and document numbers."""
    speaker = rf"\S{{0,20}}(?:{wording('offices')})[\s\u3000]*\S{{1,3}}[\s\u3000]?\S{{0,3}}$"
    return re.compile(rf"[—\-－(（]|(?:来源|时间|作者)[:：]|各位|同志们|(?:{speaker})|.*(?:字|发|号)〔")


def report_title(text: str, *page_titles: str | None) -> str | None:
    """Find the title in clean text; ``page_titles`` are what an HTML page calls itself, used where the text has none.

    A notice that forwards a document (现将《…》印发) has that document's title. None where nothing looks like a title.
    """
    lines = text.split("\n")
    forwarded = _FORWARDED.search("\n".join(lines[:6]))
    if forwarded:
        return forwarded.group(1)
    head = _head(lines)
    for i, line in enumerate(head):
        if _noun().search(line):
            before = head[i - 1] if i else ""
            glued = _BARE.fullmatch(line) and 2 <= len(before) <= 30 and not _noun().search(before)
            return before + line if glued else line
    said = next((title for title in page_titles if title and _noun().search(title)), None)
    if said:
        return re.split(r"\s*[_|｜]\s*|\s+[-–—]\s+|[-–—](?=[^-–—]{2,12}$)", said.strip())[0]
    return head[0] if head else None


def _head(lines: list[str]) -> list[str]:
    head: list[str] = []
    for line in lines[:LINES]:
        if len(line) > LONGEST or re.search("[。；！？]", line) or re.match("各位|同志们|尊敬的", line):
            break
        if not _not_title().match(line):
            head.append(line)
    return head
