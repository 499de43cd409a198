"""Pages: which lines of an HTML page are the report. What stands outside its container is pointed at, line by line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from corpus_tools.cleaning.lines import salutation
from corpus_tools.cleaning.templates import is_frame
from corpus_tools.data import wording
from corpus_tools.document import Edit, Line, Page

PAGES = ("html", "mhtml")
# Characters in links count this much against a container: of .5, 1, 1.5, 2, 2.5 and 3 the best on real pages whose main
# text is known, those of the sites alone that benchmarks/extraction.py does not keep out; under 2 menus come in.
LINK_COST = 2.0
LINKED = 0.5
# Of lists of links with a date beside each, the share that lies in links is as low as this.
LINKED_BESIDE_DATE = 0.2
# Longer lines are text even where they are linked, and short ones can be menus.
MENU = 60
# Shorter lines are no evidence of running text: most captions and entries of menus have fewer characters.
RUNNING = 30
# A page with less running text outside links than this may have put its text into one (an <a> that was never closed);
# then paragraphs of several sentences stand in links, where lists of links have titles.
BARE = 100
_STOP = re.compile("[。！？]")
# The innermost tag of a path can be the body itself only if it is one that holds paragraphs.
_CONTAINERS = r"(?:div|td|article|section|main|center|body|font|form)\b"
_SENTENCE = re.compile("[，。；！？,;!?]")
# What readers say, and the forms in which they say it, by the names that makers of sites give to them.
_TALK = re.compile(r"comment|pinglun|liuyan|guestbook|reply", re.IGNORECASE)
# The beginning of another page, shown beside a link to it.
_TEASER = ("...", "…", "[全文]", "[详细]")
_TEASER_LENGTH = 200
_DATE = re.compile(r"[(（\[]?\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,2})?[^\u4e00-\u9fff]{0,12}$|^\W?\d{1,4}[-/]\d{1,2}\b")


class _Seen(NamedTuple):
    """A line of a page and what it looks like: a menu, readers' talk, running text."""

    line: Line
    text: str
    linked: bool
    talk: bool
    running: bool

    @property
    def menu(self) -> bool:
        return self.linked and not self.running and len(self.text) < MENU


def outside_body(page: Page, known: frozenset[int] = frozenset()) -> Iterator[Edit]:
    """Point at the lines of a page that do not belong to its report; nothing for formats without a page around the text.

    ``known`` are the lines that stand on other pages of the site (templates.py). Letters should be simplified ones.
    """
    if page.format not in PAGES or not page.lines:
        return
    lines = _looked_at(page, known)
    body = _body(lines)
    inside = [_is_inside(seen.line.path, body) for seen in lines]
    title = None if has_title(page, inside) else title_before(page, inside)
    for i, seen in enumerate(lines):
        rule = "outside-body" if not inside[i] else "links" if seen.menu else "talk" if seen.talk else None
        if rule and i != title:
            yield Edit(seen.line.start, seen.line.end, "", "page", rule)


def markup(page: Page) -> Iterator[Edit]:
    """Point at the marks of Markdown headings."""
    if page.format == "md":
        for found in re.finditer(r"(?m)^#{1,6}[ \t]+", page.text):
            yield Edit(found.start(), found.end(), "", "layout", "markdown")


def _looked_at(page: Page, known: frozenset[int]) -> list[_Seen]:
    texts = [page.text[line.start : line.end] for line in page.lines]
    linked = [_is_linked(text, line) for text, line in zip(texts, page.lines, strict=True)]
    talk = [line.tag == "textarea" or _is_talk(line.path) for line in page.lines]
    teasers = [len(text) < _TEASER_LENGTH and text.rstrip().endswith(_TEASER) for text in texts]
    several = sum(teasers) > 1  # one paragraph may end in dots, a list of teasers has two
    sentences = [
        _is_sentence(text) and not (talk[i] or (several and teasers[i]) or (known and is_frame(text, known)))
        for i, text in enumerate(texts)
    ]
    own = [sentences[i] and not linked[i] for i in range(len(texts))]
    bare = sum(len(text) for i, text in enumerate(texts) if own[i])
    wrapped = sum(
        len(text) for i, text in enumerate(texts) if sentences[i] and linked[i] and len(_STOP.findall(text)) > 1
    )
    running = sentences if bare < BARE and wrapped > 2 * bare else own
    return [_Seen(*columns) for columns in zip(page.lines, texts, linked, talk, running, strict=True)]


@lru_cache(maxsize=4096)  # the lines of a list and the pages of a site have the same paths
def _is_talk(path: str) -> bool:
    return bool(_TALK.search(path))


def _is_linked(text: str, line: Line) -> bool:
    return line.links > LINKED or (line.links > LINKED_BESIDE_DATE and len(text) < 80 and bool(_DATE.search(text)))


def _is_sentence(text: str) -> bool:
    if salutation().match(text):
        return True
    return len(text) >= RUNNING and bool(_SENTENCE.search(text)) and not _legal().search(text)


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(wording("legal"))


def _body(lines: Sequence[_Seen]) -> str:
    """The container that best tells running text from the rest of the page, widened while that adds no menu.

    Of each container the precision (running text among its characters, menus counted double) and the recall (of all
    running text of the page) make an F score; of equal ones the innermost is taken.
    """
    prose = _sizes((seen.line.path, len(seen.text)) for seen in lines if seen.running)
    other = _sizes((seen.line.path, _cost(seen)) for seen in lines if not seen.running)
    whole = prose[""] or 1.0
    score = {path: 2 * prose[path] / (prose[path] + other[path] + whole) for path in {**prose, **other}}
    body = max(score, key=lambda path: (score[path], len(path)), default="")
    menus = {seen.line.path for seen in lines if seen.linked or seen.talk}
    while body and not any(_is_inside(path, _parent(body)) and not _is_inside(path, body) for path in menus):
        body = _parent(body)
    return body


def _sizes(lines: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The size of what stands in each container."""
    of_paths: dict[str, float] = defaultdict(float)
    for path, size in lines:
        of_paths[path] += size
    sizes: dict[str, float] = defaultdict(float)
    for path, size in of_paths.items():
        for container in _containers(path):
            sizes[container] += size
    return sizes


def _cost(seen: _Seen) -> float:
    return LINK_COST * len(seen.text) if seen.linked else min(len(seen.text), 2.0)


@lru_cache(maxsize=4096)
def _containers(path: str) -> tuple[str, ...]:
    parts = path.split(">")
    inner = len(parts) + (re.match(_CONTAINERS, parts[-1]) is not None)
    return tuple(">".join(parts[:depth]) for depth in range(inner))


def _parent(path: str) -> str:
    return path.rpartition(">")[0]


def _is_inside(path: str, body: str) -> bool:
    return not body or path == body or path.startswith(body + ">")


def has_title(page: Page, inside: Sequence[bool]) -> bool:
    """Say whether one of the first lines inside the body reads like a title."""
    first = [_text(page, i) for i, is_inside in enumerate(inside) if is_inside][:6]
    return any(_is_title(text) for text in first)


def _is_title(text: str) -> bool:
    marks = _SENTENCE.search(text) or re.search("[:：>＞»]", text)
    return bool(re.search(wording("title_nouns"), re.sub(r"\s", "", text))) and 6 <= len(text) < 80 and not marks


def title_before(page: Page, inside: Sequence[bool]) -> int | None:
    """Find the heading above the body: the last h1–h3, else the last line that reads like a title or begins the page's own."""
    above = [i for i in range(inside.index(True) if True in inside else 0) if page.lines[i].links < LINKED]
    headings = [i for i in above if page.lines[i].tag in ("h1", "h2", "h3")]
    nouns = [i for i in above if _is_title(_text(page, i))]
    own = re.sub(r"\s", "", page.title or "")
    same = [i for i in above if len(t := re.sub(r"\s", "", _text(page, i))) >= 6 and own.startswith(t)]
    found = headings or nouns or same
    return found[-1] if found else None


def _text(page: Page, i: int) -> str:
    return page.text[page.lines[i].start : page.lines[i].end]
