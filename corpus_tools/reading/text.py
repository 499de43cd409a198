"""Plain text and Markdown, as they stand."""

from __future__ import annotations

import re

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading.encoding import decode
from corpus_tools.reading.layout import Block, assemble

# Thirty times the longest report known; far longer texts are no reports, and cost memory many times their size.
MAX_TEXT = 10_000_000

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]")


def read_text(data: bytes, name: str) -> Page:
    """Read a text file: its characters as they stand, with universal newlines; no Line, since there is no markup."""
    text, encoding, bad = _decoded(data)
    return Page(text, "txt", encoding, bad)


def read_markdown(data: bytes, name: str) -> Page:
    """Read a Markdown file: text as it stands, one Line a line, ``h1`` to ``h6`` where it begins with that many #."""
    text, encoding, bad = _decoded(data)
    _, lines = assemble(Block(line, _tag(line)) for line in text.split("\n"))
    return Page(text, "md", encoding, bad, lines=lines)


def _decoded(data: bytes) -> tuple[str, str, float]:
    if len(data) > MAX_TEXT:
        raise Rejected("read", "too_large", f"more than {MAX_TEXT:,} bytes of text")
    return decode(data)


def _tag(line: str) -> str:
    heading = _HEADING.match(line)
    return f"h{len(heading[1])}" if heading else "p"
