"""The bones of a page: a tree of the tags, ids and classes around its lines, for selectors to be asked of."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from corpus_tools.document import CUT, Line

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

# What a skeleton has: tags, ids, classes, one inside the other. Everything else of CSS would silently find nothing.
_NAME = r"-?[^\W\d][\w-]*"
_COMPOUND = rf"(?:[A-Za-z][\w-]*)?(?:[#.]{_NAME})+|[A-Za-z][\w-]*"
_SELECTOR = re.compile(rf"(?:{_COMPOUND})(?:\s+(?:{_COMPOUND}))*")
# These stand in no path: around every line, or inside lines (with an id or a class they do).
_UNSEEN = frozenset(("html", "body", "a", "span", "b", "strong", "em", "i", "u", "font", "small"))
# The parts of one step of a path: an id may hold dots and hashes of its own, a class holds neither.
_STEP = re.compile(r"([^#.]*)(?:#([^.]*))?(.*)")


def selector_fault(selector: str) -> str | None:
    """Say why a skeleton could not answer a selector; None where it can."""
    for alternative in selector.split(","):
        if not _SELECTOR.fullmatch(alternative.strip()):
            return f"{alternative.strip()!r}: only tags, #ids, .classes and blanks between them can be asked for"
        unseen = next((step for step in alternative.split() if step.lower() in _UNSEEN), None)
        if unseen:
            return f"{unseen!r} stands in no path without an id or a class"
    return None


@lru_cache(maxsize=1024)  # every page is asked for the same ones
def selector_names(selector: str) -> tuple[str | None, ...]:
    """One id or class of each alternative of a selector, None where it has none: where it is not, nothing can match."""
    return tuple((re.findall(rf"[#.]({_NAME})", alternative) or [None])[-1] for alternative in selector.split(","))


class Skeleton:
    """The tree of a page's lines, built when it is first asked.

    Neighbours of one path stand in one element, so that a container holds its lines as it does in the page.
    """

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        self._paths = "\n".join(dict.fromkeys(line.path for line in lines))

    def may_match(self, selector: str) -> bool:
        """Say, without building the tree, whether an id or class of each part of the selector is in a path at all."""
        return any(name is None or name in self._paths for name in selector_names(selector))

    def lines(self, selector: str) -> frozenset[int]:
        """Numbers of the lines that stand in an element the selector finds."""
        if not selector or not self.may_match(selector):
            return frozenset()
        return frozenset(int(number) for tag in self._soup.select(selector) for number in tag.strings)

    @cached_property
    def _soup(self) -> BeautifulSoup:
        from bs4 import BeautifulSoup
        from bs4.element import NavigableString

        soup = BeautifulSoup("", "html.parser")
        steps: list[str] = []
        tags: list[Tag] = [soup]
        for number, line in enumerate(self._lines):
            path = line.path.split(">") if line.path else []
            same = next((i for i, pair in enumerate(zip(steps, path, strict=False)) if pair[0] != pair[1]), None)
            same = min(len(steps), len(path)) if same is None else same
            del tags[same + 1 :]
            for step in path[same:]:
                tags.append(_element(soup, step))
                tags[-2].append(tags[-1])
            tags[-1].append(NavigableString(f"{number}"))
            steps = path
        return soup


def _element(soup: BeautifulSoup, step: str) -> Tag:
    found = _STEP.fullmatch(step)
    tag, ident, classes = found.groups() if found else ("", None, "")
    attributes = {"id": ident, "class": classes.strip(".").replace(".", " ")}
    return soup.new_tag("div" if tag in ("", CUT) else tag, attrs={name: v for name, v in attributes.items() if v})
