"""Pages: which lines of an HTML page are the report. What stands outside its container is pointed at, line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from corpus_tools.cleaning.lines import salutation
from corpus_tools.data import wording
from corpus_tools.document import Edit, Line, Page

PAGES = ("html", "mhtml")
# Characters in links count this much against a container: of .5, 1, 1.5, 2, 2.5 and 3 the best on 212 real pages whose
# main text is known; under 2 menus come in, over 2 paragraphs are lost.
LINK_COST = 2.0
LINKED = 0.5
# The innermost tag of a path can be the body itself only if it is one that holds paragraphs.
_CONTAINERS = r"(?:div|td|article|section|main|center|body|font|form)\b"
_SENTENCE = re.compile("[，。；！？,;!?]")


def outside_body(page: Page) -> Iterator[Edit]:
    """Point at the lines of a page that do not belong to its report; nothing for formats without a page around the text."""
    if page.format not in PAGES or not page.lines:
        return
    body = _body(page)
    inside = [_is_inside(line.path, body) for line in page.lines]
    title = None if _has_title(page, inside) else _title_before(page, inside)
    for i, line in enumerate(page.lines):
        linked = line.links > LINKED and line.end - line.start < 60
        if (not inside[i] and i != title) or (linked and i != title):
            rule = "links" if inside[i] else "outside-body"
            yield Edit(line.start, line.end, "", "page", rule)


def markup(page: Page) -> Iterator[Edit]:
    """Point at the marks of Markdown headings."""
    if page.format == "md":
        for found in re.finditer(r"(?m)^#{1,6}[ \t]+", page.text):
            yield Edit(found.start(), found.end(), "", "layout", "markdown")


def _body(page: Page) -> str:
    """The container that best tells running text from the rest of the page, widened while that adds no menu.

    Of each container the precision (running text among its characters, menus counted double) and the recall (of all
    running text of the page) make an F score; of equal ones the innermost is taken.
    """
    prose: dict[str, float] = defaultdict(float)
    other: dict[str, float] = defaultdict(float)
    for line in page.lines:
        text = page.text[line.start : line.end]
        kind, size = (prose, len(text)) if _is_running(text, line) else (other, _cost(text, line))
        for container in _containers(line.path):
            kind[container] += size
    whole = prose[""] or 1.0
    score = {path: 2 * prose[path] / (prose[path] + other[path] + whole) for path in {**prose, **other}}
    body = max(score, key=lambda path: (score[path], len(path)), default="")
    menus = [line.path for line in page.lines if line.links > LINKED]
    while body and not any(_is_inside(path, _parent(body)) and not _is_inside(path, body) for path in menus):
        body = _parent(body)
    return body


def _is_running(text: str, line: Line) -> bool:
    return line.links <= LINKED and (
        (len(text) >= 30 and bool(_SENTENCE.search(text))) or bool(salutation().match(text))
    )


def _cost(text: str, line: Line) -> float:
    return LINK_COST * len(text) if line.links > LINKED else min(len(text), 2.0)


def _containers(path: str) -> Iterator[str]:
    parts = path.split(">")
    inner = len(parts) + (re.match(_CONTAINERS, parts[-1]) is not None)
    for depth in range(inner):
        yield ">".join(parts[:depth])


def _parent(path: str) -> str:
    return path.rpartition(">")[0]


def _is_inside(path: str, body: str) -> bool:
    return not body or path == body or path.startswith(body + ">")


def _has_title(page: Page, inside: list[bool]) -> bool:
    first = [_text(page, i) for i, is_inside in enumerate(inside) if is_inside][:6]
    return any(_is_title(text) for text in first)


def _is_title(text: str) -> bool:
    marks = _SENTENCE.search(text) or re.search("[:：>＞»]", text)
    return bool(re.search(wording("title_nouns"), re.sub(r"\s", "", text))) and 6 <= len(text) < 80 and not marks


def _title_before(page: Page, inside: list[bool]) -> int | None:
    """The heading above the body: the last h1–h3, else the last line that reads like a title or begins the page's own."""
    above = range(inside.index(True)) if True in inside else range(0)
    headings = [i for i in above if page.lines[i].tag in ("h1", "h2", "h3") and page.lines[i].links < LINKED]
    if headings:
        return headings[-1]
    nouns = [i for i in above if page.lines[i].links < LINKED and _is_title(_text(page, i))]
    if nouns:
        return nouns[-1]
    own = re.sub(r"\s", "", page.title or "")
    same = [i for i in above if len(t := re.sub(r"\s", "", _text(page, i))) >= 6 and own.startswith(t)]
    return same[-1] if same else None


def _text(page: Page, i: int) -> str:
    return page.text[page.lines[i].start : page.lines[i].end]
