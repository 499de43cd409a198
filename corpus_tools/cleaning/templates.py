"""Templates: lines that stand on other pages of the same site belong to the site, not to the report.

A page shows its :class:`Frame`: where it comes from and a number for each of its lines. :func:`learn` counts, over the
pages of a site, on how many each line stands; copies of one report count as one page. What is known of a site is
used twice: to tell a page's body from its frame (extract.py) and to point at the frame's lines above and below the
text (:func:`site_lines`). Lines that reports of one issuer share (greetings, titles, signatures, formulae) stay.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b

from corpus_tools.cleaning.lines import BEGINS, is_prose, salutation, split_lines
from corpus_tools.data import toml, wording
from corpus_tools.document import Edit, Page

# Formats that web sites deliver; others have no frame around the text.
FORMATS = ("html", "mhtml", "md", "txt")
# Lines of a page that are numbered, from its head and from its tail: of 212 real pages nineteen in twenty have fewer than
# 320 in all; the longest has 1,462.
EDGE = 400
# The foot in which a site is named.
FOOT = 40
# A page that shares this much of its running text with pages counted before is a copy of theirs, not a witness.
COPY = 0.5
# Files of a folder may come from many sites: there a line is the site's only where this share of the pages has it.
FOLDER_SHARE = 0.5
# So many pages are enough to know a site by; of more, those are heard whose numbers are lowest, so that all agree who.
WITNESSES = 1000
# On a site of many pages a line stands on two by chance; it must stand on this share of them.
SITE_SHARE = 0.02
_STOP = re.compile("[。；！？]")


@dataclass(frozen=True, slots=True)
class Frame:
    """What one page shows of its site.

    ``site`` names it by address, foot or folder (None: nothing names it); ``lines`` are the numbers of the
    lines that can be the site's, ``prose`` those of all running text; both sorted, each number once, type q (8 bytes).
    """

    site: str | None
    lines: array[int] = field(default_factory=lambda: array("q"))
    prose: array[int] = field(default_factory=lambda: array("q"))


def frame(page: Page, *, folder: str = "") -> Frame:
    """The frame of a page whose text has been brought to simplified letters; ``folder`` names its site in default of better."""
    if page.format not in FORMATS:
        return Frame(None)
    texts = [line.text for line in split_lines(page.text)]
    texts = texts if len(texts) <= 2 * EDGE else texts[:EDGE] + texts[-EDGE:]
    site = _site(page, texts[-FOOT:], folder)
    if site is None:
        return Frame(None)
    lines = {number(text) for text in texts if not _of_report(text)}
    prose = {number(text) for text in texts if is_prose(text)}
    return Frame(site, array("q", sorted(lines)), array("q", sorted(prose)))


def number(line: str) -> int:
    """A line as a 63-bit number that is the same on every machine.

    White space does not count, nor the digits of dates, times and counters; other figures are a report's own.
    """
    bare = "".join(line.split())
    folded = re.sub(r"\d", "0", bare) if _frame_words().search(bare) else bare
    return int.from_bytes(blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


@cache
def _frame_words() -> re.Pattern[str]:
    return re.compile(wording("frame_words"))


def _site(page: Page, foot: list[str], folder: str) -> str | None:
    if page.host:
        return "url:" + page.host.removeprefix("www.")
    below = "\n".join(foot)
    for letters, mark in _site_marks():
        found = [sign[1] for sign in mark.finditer(below)] if letters in below else []
        if found:
            return "foot:" + found[-1].lower().removeprefix("www.")
    return f"folder:{folder}" if folder else None


@cache
def _site_marks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((letters, re.compile(mark)) for letters, mark in toml("wording.toml")["site_marks"])


def learn(frames: Iterable[Frame]) -> dict[str, frozenset[int]]:
    """Which lines are the site's, for each site with two or more different pages; the order of the frames is of no matter."""
    pages: dict[str, list[Frame]] = defaultdict(list)
    for one in frames:
        if one.site is not None:
            pages[one.site].append(one)
    learnt = {site: _learn(site, seen) for site, seen in pages.items() if len(seen) > 1}
    return {site: lines for site, lines in learnt.items() if lines}


def _learn(site: str, pages: list[Frame]) -> frozenset[int]:
    heard = sorted(pages, key=lambda page: (page.lines, page.prose))[:WITNESSES]
    witnesses = list(_different(heard))
    counts = Counter(number for page in witnesses for number in page.lines)
    share = FOLDER_SHARE if site.startswith("folder:") else SITE_SHARE
    least = max(2.0, share * len(witnesses))
    return frozenset(number for number, pages_with_it in counts.items() if pages_with_it >= least)


def _different(pages: list[Frame]) -> Iterator[Frame]:
    """Pages that are no copies of one another; the longer first, so that an excerpt never counts beside its whole."""
    seen: set[int] = set()
    for page in sorted(pages, key=lambda page: (-len(page.prose), page.prose, page.lines)):
        copied = sum(number in seen for number in page.prose)
        if not page.prose or copied <= COPY * len(page.prose):
            seen.update(page.prose)
            yield page


def known_lines(one: Frame, learnt: Mapping[str, frozenset[int]]) -> frozenset[int]:
    """What is known of a page's site and stands on that page: all that its cleaning depends on besides itself."""
    return learnt.get(one.site or "", frozenset()).intersection(one.lines)


def is_frame(line: str, known: frozenset[int]) -> bool:
    """Say whether a line stands on other pages of its site and is none that reports share for reasons of their own."""
    return number(line) in known and not _of_report(line)


def _of_report(line: str) -> bool:
    if _speaks(line) and not _frame_sentences().search(line):  # asked first: of most lines it is the whole answer
        return True
    bare = "".join(line.split())
    shared = _shared_lines().fullmatch(bare) or _shared_words().search(bare) or _titled().search(bare)
    return bool(shared or BEGINS.match(line) or salutation().search(line))


@cache
def _frame_sentences() -> re.Pattern[str]:
    return re.compile(wording("frame_sentences"))


@cache
def _shared_lines() -> re.Pattern[str]:
    return re.compile(wording("shared_lines"))


@cache
def _shared_words() -> re.Pattern[str]:
    return re.compile(wording("shared_words"))


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('title_nouns')}).{{0,12}}\Z")


def _speaks(line: str) -> bool:
    return "。" in line or bool(_STOP.search(line)) or (len(line) >= 30 and "，" in line)


def site_lines(known: frozenset[int]) -> Callable[[str], Iterator[Edit]]:
    """Make a cleaner that points at the frame's lines above the first and below the last line of the report's own text.

    There a line goes that says something only a page says of itself; one that does not, only above the title or below
    a line of the page: reports of one issuer share tables, headings and names as well.
    """

    def point(text: str) -> Iterator[Edit]:
        lines = split_lines(text)
        own = [i for i, line in enumerate(lines) if _is_own(line.text, known)]
        first, last = (own[0], own[-1]) if own else (len(lines), len(lines))
        title = max((i for i in range(first) if _is_title(lines[i].text)), default=0)
        below = False
        for i, line in enumerate(lines):
            if first <= i <= last or not is_frame(line.text, known):
                continue
            told = bool(_frame_words().search(line.text))
            below = below or (told and i > last)
            if told or below or i < title:
                yield Edit(line.start, line.end, "", "site", "template")

    return point


def _is_own(line: str, known: frozenset[int]) -> bool:
    return bool(salutation().match(line)) or (is_prose(line) and number(line) not in known)


def _is_title(line: str) -> bool:
    return bool(re.search(rf"(?:{wording('title_nouns')})[(（]?.{{0,12}}$", line)) and not _speaks(line)
