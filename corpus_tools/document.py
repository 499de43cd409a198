"""The nouns that every room speaks: Line and Page (what was read), Edit (what was changed), Document (what is kept).

Of lines and edits there are thousands in a report; they are tuples, which are made in a third of the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

# What a section is about: work done, work to be done, the world around, what is wrong, thanks, explanations.
TENSES = ("review", "plan", "situation", "problems", "thanks", "notes", "other")
CUT = "…"  # how a path begins whose outer part was left out, because pages can be nested without end


class Line(NamedTuple):
    """What the markup says of one line of a page.

    ``start`` and ``end`` are offsets in ``Page.text`` (the line break not included). ``tag`` is the block that holds the
    line (``p``, ``h1``–``h6``, ``li``, ``td``, ``title``, …), ``path`` the tags, ids and classes around it, outermost
    first (``div#zoom.TRS_Editor``; it begins with ``…`` where its outer part was left out), ``links`` the share of its
    characters that lie inside links (0 to 1).
    """

    start: int
    end: int
    tag: str
    path: str = ""
    links: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One file as read: bytes turned into text, nothing judged, nothing dropped that a reader of it would see.

    ``text`` is the raw text that every Edit counts in: for text files the decoded characters as they stand, for HTML, docx
    and PDF the visible lines in document order. ``lines`` is empty where a format has no markup. ``encoding`` is the codec
    that decoded the bytes (None where the format is not text), ``undecodable`` the share of characters that it could not
    decode (0 to 1). ``title`` and ``url`` are what the page's head says of itself, or None; ``meta`` holds its other
    statements, name (in small letters) and value, in order.
    """

    text: str
    format: str
    encoding: str | None = None
    undecodable: float = 0.0
    title: str | None = None
    url: str | None = None
    lines: tuple[Line, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()

    @property
    def host(self) -> str:
        """The host that ``url`` names, in small letters; empty where it names none."""
        found = re.match(r"(?i)https?://([^/:?#]+)", self.url or "")
        return found[1].lower() if found else ""


class Edit(NamedTuple):
    """One change to a text: characters ``start`` to ``end`` become ``inserted``.

    ``kind`` says why in one word (see docs/edits.md), ``rule`` names the rule that pointed here. Offsets count
    characters of the text that the edit was made for; in a Document that is always the raw text. ``removed`` holds the
    characters that stood there, once the edit has been recorded against its text; a cleaner need not fill it.
    """

    start: int
    end: int
    inserted: str
    kind: str
    rule: str
    removed: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, in characters of the clean text; depth 0 is text before any heading."""

    depth: int
    heading: str
    tense: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its clean text, every change that led to it, and what the text says of itself. Unknown is None."""

    doc_id: str
    source: str
    sha256: str
    format: str
    encoding: str | None
    undecodable: float
    raw: str
    text: str
    edits: tuple[Edit, ...]
    script: str
    url: str | None = None
    site: str | None = None
    published: str | None = None
    origin: str | None = None
    title: str | None = None
    year: int | None = None
    year_basis: str | None = None
    delivered: str | None = None
    period: str | None = None
    reviewed_year: int | None = None
    planned_year: int | None = None
    earliest_year: int | None = None
    latest_year: int | None = None
    kind: str | None = None
    organisation: str | None = None
    level: str | None = None
    place: str | None = None
    province: str | None = None
    event: str | None = None
    session: str | None = None
    speaker: str | None = None
    sections: tuple[Section, ...] = ()
    tokens: tuple[tuple[str, ...], ...] = ()
    flags: tuple[str, ...] = field(default=())
