"""What sites put around and into a report: families of lines and spans, read from data/boilerplate.toml."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from corpus_tools.cleaning.lines import HEADING_MARK, TextLine, is_prose, split_lines
from corpus_tools.cleaning.needles import found_near
from corpus_tools.data import toml
from corpus_tools.document import Edit
from corpus_tools.errors import DataError

# A head or tail ends at the third paragraph of running text (a lead-in or a disclaimer may itself look like one), or
# after this many lines: the longest head seen in collected pages had 41, the longest tail 63.
ZONE_LINES = 80
ZONE_PROSE = 3
# Longer lines are paragraphs of the report, whatever words they hold: the longest lead-in seen had 380 characters.
LONGEST = 420
# A page counts its readers right below the title; long digits further down belong to a table.
TOP_LINES = 5
# Links break a licence of a wiki into lines of a few letters: its signs were seen up to 20 lines below the first.
LICENCE_LINES = 24
# Kinds whose words also stand in reports: what a report tells is kept from them.
GUARDED = ("site", "legal", "related", "lead", "metadata")
WHERE = ("top", "head", "tail", "edge", "any")
MATCH = ("line", "span", "rest", "end")
# How a heading or an item of a report begins. Figures stand before the names of other pages too.
_ITEM = re.compile(rf"{HEADING_MARK.pattern}|[一二三四五六七八九十]{{1,3}}是..")
KEYS = {"kind", "where", "match", "patterns", "needles", "examples", "keeps"}


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """One family of boilerplate: where it stands, how its pattern is tried, and lines that prove it.

    One of ``needles``, where there are any, is found in all that the pattern of a span fits; ``examples`` are pairs of a text
    and what is left of it.
    """

    name: str
    kind: str
    where: str
    match: str
    pattern: re.Pattern[str]
    needles: tuple[re.Pattern[str], ...]
    examples: tuple[tuple[str, str], ...]
    keeps: tuple[str, ...]


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(toml("page_words.toml")[name])


@cache
def families() -> tuple[Family, ...]:
    """Read data/boilerplate.toml; DataError names the family that breaks its schema."""
    tables = toml("boilerplate.toml")
    return tuple(_family(name, table) for name, table in tables.items())


def _matching(*ways: str) -> tuple[Family, ...]:
    return tuple(family for family in families() if family.match in ways)


def _family(name: str, table: dict[str, Any]) -> Family:
    unknown = table.keys() - KEYS
    if unknown:
        raise DataError(f"data/boilerplate.toml: [{name}] has an unknown key {min(unknown)!r}; known: {sorted(KEYS)}")
    where, match, patterns = table.get("where"), table.get("match", "line"), table.get("patterns")
    if where not in WHERE or match not in MATCH or "kind" not in table or not patterns or isinstance(patterns, str):
        raise DataError(f"data/boilerplate.toml: [{name}] needs kind, where in {WHERE}, match in {MATCH} and patterns")
    try:
        # Inline flags such as (?m) must stand at the start of a pattern, so they become scoped groups.
        joined = "|".join(re.sub(r"^\(\?([ms]+)\)(.*)$", r"(?\1:\2)", p, flags=re.DOTALL) for p in patterns)
        pattern = re.compile(joined)
        needles = tuple(map(re.compile, table.get("needles", ())))
    except re.error as error:
        raise DataError(f"data/boilerplate.toml: [{name}]: {error}") from None
    examples = tuple((e, "") if isinstance(e, str) else (e[0], e[1]) for e in table.get("examples", ()))
    return Family(name, table["kind"], where, match, pattern, needles, examples, tuple(table.get("keeps", ())))


def boilerplate_lines(text: str) -> Iterator[Edit]:
    """Point at whole lines of the head and tail that belong to the site."""
    lines = split_lines(text)
    head, tail = zones(lines)
    by_line = _matching("line", "rest")
    end = yield from _endings(lines)
    done = 0
    for i in sorted(head | tail):
        line = lines[i]
        if not done <= line.start < end or len(line.text) > LONGEST:
            continue
        family = next((f for f in _fitting(line.text, by_line) if _belongs(f, i, head, tail)), None)
        if family is not None and not _is_of_report(family, lines, i):
            done = _extent(family, lines, i)
            yield Edit(line.start, done, "", family.kind, family.name)


@lru_cache(maxsize=1024)  # each round of cleaning and each page of a site brings the same lines again
def _fitting(line: str, among: tuple[Family, ...]) -> tuple[Family, ...]:
    fitting = (family for family in among if family.pattern.fullmatch(line))
    return tuple(family for family in fitting if not (family.kind in GUARDED and _tells(line)))


def _tells(line: str) -> bool:
    """Say whether a line tells of work done, and has no word of the page on itself: running text, a figure with a unit.

    So does a heading or an item of the report, as its number shows.
    """
    if _ITEM.match(line):
        return True
    return bool((is_prose(line) or _words("figure").search(line)) and not _words("page").search(line))


def _is_of_report(family: Family, lines: Sequence[TextLine], i: int) -> bool:
    """Say whether the lines around tell that a line is of the report: the date of a signature, a list of what is attached."""
    if family.match == "rest":
        return i + 1 < len(lines) and bool(_words("numbered").fullmatch(lines[i + 1].text))
    dated = family.kind == "metadata" and _words("plain_date").fullmatch(lines[i].text)
    return bool(dated and i > 0 and _words("signer").fullmatch(lines[i - 1].text))


def _endings(lines: Sequence[TextLine]) -> Generator[Edit, None, int]:
    """Cut from the first line that begins a licence or the like to the end; returns where the text then ends.

    Notes may stand below it, so that it is looked for in more than the tail, but never above the middle of the text.
    """
    middle = lines[-1].end // 2 if lines else 0
    endings = _matching("end")
    for i, line in list(enumerate(lines))[-ZONE_LINES:]:
        for family in endings if line.start > middle and len(line.text) <= LONGEST else ():
            if family.pattern.fullmatch(line.text) and _is_licence(lines[i : i + 1 + LICENCE_LINES]):
                yield Edit(line.start, lines[-1].end, "", family.kind, family.name)
                return line.start
    return lines[-1].end if lines else 0


def _is_licence(lines: Sequence[TextLine]) -> bool:
    return not _tells(lines[0].text) and bool(_words("licence").search("".join(line.text for line in lines)))


def boilerplate_spans(text: str) -> Iterator[Edit]:
    """Point at parts of lines, and at runs over several lines, that a site put there."""
    lines = split_lines(text)
    head, tail = zones(lines)
    spans = _matching("span")
    held = {
        where: [zone for zone in _stretches(where, lines, head, tail) if gate.search(text, *zone)]
        for where, gate in _gates(spans).items()
    }
    for family in spans:
        guarded = family.kind in GUARDED and family.where != "any"
        for zone in held[family.where]:
            for found in found_near(family.needles, family.pattern, text, within=zone):
                if found.end() > found.start() and not (guarded and _is_telling_line(text, found)):
                    yield Edit(found.start(), found.end(), "", family.kind, family.name)


@cache
def _gates(spans: tuple[Family, ...]) -> dict[str, re.Pattern[str]]:
    """For each place a pattern that fits wherever a needle of its families does: most texts hold none, and are done with.

    Flags of the needles hold for all of it, so that each goes on beginning with its letter; it may fit more for that.
    """
    needles: dict[str, list[str]] = defaultdict(list)
    for family in spans:
        needles[family.where] += [re.sub(r"^\(\?[ms]+\)", "", needle.pattern) for needle in family.needles] or [""]
    return {where: re.compile("|".join(those), re.MULTILINE | re.DOTALL) for where, those in needles.items()}


def _is_telling_line(text: str, found: re.Match[str]) -> bool:
    """Say whether all of a line is found, and tells of work done."""
    start = text.rfind("\n", 0, found.start()) + 1
    stop = text.find("\n", found.end())
    line = text[start : stop if stop >= 0 else len(text)].strip()
    return line == found.group().strip() and _tells(line)


def zones(lines: Sequence[TextLine]) -> tuple[frozenset[int], frozenset[int]]:
    """Line numbers of the head and of the tail; in a short text they overlap."""
    return frozenset(_zone(lines, range(len(lines)))), frozenset(_zone(lines, range(len(lines) - 1, -1, -1)))


def _zone(lines: Sequence[TextLine], order: range) -> Iterator[int]:
    prose = 0
    for i in order[:ZONE_LINES]:
        yield i
        prose += is_prose(lines[i].text)
        if prose == ZONE_PROSE:
            return


def _belongs(family: Family, i: int, head: frozenset[int], tail: frozenset[int]) -> bool:
    if family.where in ("top", "head"):
        return i in head and (family.where == "head" or i < TOP_LINES)
    return i in tail if family.where == "tail" else True


def _extent(family: Family, lines: Sequence[TextLine], i: int) -> int:
    if family.match == "rest":
        while i + 1 < len(lines) and not _ends_list(lines[i + 1].text):
            i += 1
    return lines[i].end


def _ends_list(line: str) -> bool:
    if _ITEM.match(line):
        return True
    return is_prose(line) or any(_words(name).fullmatch(line) for name in ("organisation", "date"))


def _stretches(
    where: str, lines: Sequence[TextLine], head: frozenset[int], tail: frozenset[int]
) -> Iterator[tuple[int, int]]:
    if not lines:
        return
    if where == "any":
        yield 0, lines[-1].end
        return
    if where in ("head", "edge"):
        yield 0, lines[max(head)].end
    # in a short text the head is the tail
    if where == "tail" or (where == "edge" and head != tail):
        yield lines[min(tail)].start, lines[-1].end
