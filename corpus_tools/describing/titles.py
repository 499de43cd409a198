"""The title of a report, read off its first lines."""

from __future__ import annotations

import re

_NOUN = re.compile("报告|总结|讲话|要点|计划|决议|决定|致辞|发言|公报|意见|方案|通知|纲要|汇报|说明|述职")
_FORWARDED = re.compile(r"现将《([^》]{4,60})》[^。]{0,12}(?:印发|下发|转发|发给)")
_NOT_TITLE = re.compile(
    r"[—\-－(（]|(?:来源|时间|作者)[:：]|各位|同志们|(?:\S{2,20}(?:省长|市长|县长|区长|主席|总理|书记|主任|院长|检察长)[\s\u3000]*\S{1,3}[\s\u3000]?\S{0,3})$|.*(?:字|发|号)〔"
)
LINES = 8
LONGEST = 90


def report_title(text: str, page_title: str | None = None) -> str | None:
    """Find the title in clean text; ``page_title`` is what an HTML page calls itself, used where the text has none.

    A notice that forwards a document (现将《…》印发) has that document's title. None where nothing looks like a title.
    """
    lines = text.split("\n")
    forwarded = _FORWARDED.search("\n".join(lines[:6]))
    if forwarded:
        return forwarded.group(1)
    head = _head(lines)
    for i, line in enumerate(head):
        if _NOUN.search(line):
            before = head[i - 1] if i else ""
            glued = re.match(r"(?:19|20)\d\d年", line) and 2 <= len(before) <= 30 and not _NOUN.search(before)
            return before + line if glued else line
    if page_title and _NOUN.search(page_title):
        return re.split(r"\s*[_|｜]\s*|\s+[-–—]\s+|[-–—](?=[^-–—]{2,12}$)", page_title.strip())[0]
    return head[0] if head else None


def _head(lines: list[str]) -> list[str]:
    head: list[str] = []
    for line in lines[:LINES]:
        if len(line) > LONGEST or re.search("[。；！？]", line) or re.match("各位|同志们|尊敬的", line):
            break
        if not _NOT_TITLE.match(line):
            head.append(line)
    return head
