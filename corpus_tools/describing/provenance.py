"""Where a text was found: the day its page says it was put up, the source the page states, the title the page gives it.

None of this is in the report. The day a page was put up says nothing of the report's year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from corpus_tools.data import toml
from corpus_tools.document import Edit

Meta = Sequence[tuple[str, str]]

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)")
_SOLID = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
# The web reached Chinese offices in the middle of the nineties: an earlier day is the report's, or a slip.
FIRST = 1994
LONGEST = 40  # characters of a source; the longest seen is an office and its section
LINE = 100  # characters of a line of such statements, without blanks; longer ones are sentences that quote one
KINDS = frozenset(("metadata", "page", "site"))


@cache
def _names(key: str) -> tuple[str, ...]:
    return tuple(toml("provenance.toml")[key])


@cache
def _published() -> re.Pattern[str]:
    labels, bare = "|".join(_names("published_labels")), "|".join(_names("bare_labels"))
    return re.compile(rf"(?:{labels}|(?<![\u4e00-\u9fff])(?:{bare}))\s*[:|]?\s*(?={_DATE.pattern})")


@cache
def _next() -> re.Pattern[str]:
    """Where a name ends: at a blank, a bracket, or the next label."""
    labels = "|".join(_names("published_labels") + _names("bare_labels") + _names("other_labels"))
    return re.compile("|".join((r"[\s|\[\]【】()]", rf"(?:{labels})\s*[:|]", *_names("tools"))))


@cache
def _origin() -> re.Pattern[str]:
    """A label, and the name behind it."""
    labels, end = "|".join(_names("origin_labels")), _next().pattern
    return re.compile(rf"(?:{labels})\s*[:|]\s*((?!{end})[^:]+?)(?={end}|$)")


def stated_lines(raw: str, edits: Sequence[Edit]) -> tuple[tuple[str, bool], ...]:
    """Lines taken out around the text that may say where it comes from, and whether they were known as such.

    The nearest to the beginning of the text come first: there a page speaks of the text, elsewhere of others.
    """
    first = _first_kept(raw, edits)
    found = [
        (abs(at - first), line, edit.kind == "metadata")
        for edit in edits
        if edit.kind in KINDS and edit.removed
        for at, line in _lines(edit)
    ]
    return tuple((line, known) for _, line, known in sorted(found))


def _first_kept(raw: str, edits: Iterable[Edit]) -> int:
    at = 0
    for edit in edits:
        if raw[at : edit.start].strip():
            break
        at = edit.end
    return at


def _lines(edit: Edit) -> Iterator[tuple[int, str]]:
    at = edit.start
    for line in (edit.removed or "").split("\n"):
        plain = unicodedata.normalize("NFKC", line).strip()
        if plain and (len(plain) <= LINE or len("".join(plain.split())) <= LINE):
            yield at, plain
        at += len(line) + 1


def published(meta: Meta, lines: Sequence[tuple[str, bool]], *, stated: str | None = None) -> str | None:
    """The day a page was put up, as YYYY-MM-DD: by its site's rule (``stated``), its ``meta``, or ``lines`` taken out."""
    said = [value for name in _names("published_meta") for key, value in meta if key == name]
    days = (_day(text) for text in (stated or "", *said))
    return next((day for day in days if day), None) or _labelled_day(lines) or _bare_day(lines)


def origin(meta: Meta, lines: Sequence[tuple[str, bool]], *, stated: str | None = None) -> str | None:
    """The source (来源) that a page states: by its site's rule (``stated``), its ``meta``, or ``lines`` taken out."""
    plain = unicodedata.normalize("NFKC", stated or "")
    said = (value for name in _names("origin_meta") for key, value in meta if key == name)
    labelled = (found[1] for line, _ in lines for found in _origin().finditer(line))
    return next((name for name in map(_source, (*_named(plain), *said, *labelled)) if name), None)


def stated_titles(meta: Meta) -> tuple[str, ...]:
    """What the page's head calls the text, the most telling first."""
    return tuple(value for name in _names("title_meta") for key, value in meta if key == name)


def _labelled_day(lines: Iterable[tuple[str, bool]]) -> str | None:
    days = (_day(line[found.end() :]) for line, _ in lines for found in _published().finditer(line))
    return next((day for day in days if day), None)


def _bare_day(lines: Iterable[tuple[str, bool]]) -> str | None:
    """A day without a label, with a clock or a source behind it; on a line known to be about the text its day alone."""
    for line, known in lines:
        found = _DATE.search(line) if known else _DATE.match(line)
        rest = line[found.end() :] if found else ""
        if found and (_CLOCK.search(rest) or _origin().search(rest) or (known and not found.start())):
            day = _day(line)
            if day:
                return day
    return None


def _day(text: str) -> str | None:
    plain = unicodedata.normalize("NFKC", text)
    found = _DATE.search(plain) or _SOLID.match(plain.strip())
    if found is None:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    return day.isoformat() if day.year >= FIRST else None


def _named(text: str) -> list[str]:
    """What lines that a rule calls the source may mean: what is labelled so, else what stands before or behind the day."""
    labelled = [found[1] for found in _origin().finditer(text)]
    first = _CLOCK.sub("", text.split("\n")[0])
    day = _DATE.search(first)
    around = (first[: day.start()], first[day.end() :].removeprefix("日")) if day else (first,)
    return labelled or [_next().split(side.strip(" :|·-\t"))[0] for side in around]


def _source(name: str) -> str | None:
    plain = unicodedata.normalize("NFKC", name).strip()
    labelled = _origin().search(plain)
    plain = labelled[1] if labelled else plain
    is_name = 2 <= len(plain) <= LONGEST and re.search(r"[^\W\d]", plain) and "://" not in plain
    return plain if is_name and not re.search(r"[。！？]", plain) else None
