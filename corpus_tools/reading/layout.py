"""From blocks in reading order to a text and its lines: shared by every format that has markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from corpus_tools.document import Line
from corpus_tools.errors import Rejected

MAX_TAGS = 1_000_000  # of pages and Word documents; the largest of some 400 real ones had 15,397


class Block(NamedTuple):
    """One visible line before it has a place: its text (no line break in it) and what the markup says of it."""

    text: str
    tag: str = "p"
    path: str = ""
    links: float = 0.0


def assemble(blocks: Iterable[Block]) -> tuple[str, tuple[Line, ...]]:
    """Join blocks with line breaks; the lines' offsets count characters of the joined text."""
    texts: list[str] = []
    lines: list[Line] = []
    start = 0
    for text, tag, path, links in blocks:
        end = start + len(text)
        texts.append(text)
        lines.append(Line(start, end, tag, path, links))
        start = end + 1
    return "\n".join(texts), tuple(lines)


def refuse_many_tags(count: int) -> None:
    """Raise Rejected for more tags than any report has: a tree of them would fill the memory."""
    if count > MAX_TAGS:
        raise Rejected("read", "too_large", f"{count:,} tags; the limit is {MAX_TAGS:,}")
