"""Rules of sites: for pages whose making is known, where the report stands is looked up, not worked out.

A rule is a file of data/sites/ or of the user's own folder (docs/site-rules.md). One that no longer fits its site is not
trusted: the page is then treated like any other, and ``Ruling.failed`` says so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus_tools.cleaning.extract import LINKED, MENU, PAGES, has_title, title_before
from corpus_tools.cleaning.lines import is_prose
from corpus_tools.cleaning.skeleton import Skeleton, selector_fault, selector_names
from corpus_tools.data import site_files
from corpus_tools.document import CUT, Edit, Page
from corpus_tools.errors import DataError

SELECTORS = ("fingerprint", "body", "title", "date", "source", "drop")
LISTS = ("hosts", "drop_lines")
# A body with a smaller part of a page's running text is taken for a site that was rebuilt since its rule was written. Of
# 91 real pages under a rule the right bodies held .38 and more (the rest was comments and disclaimers), the wrong ones none.
TRUSTED = 1 / 3


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Where a site's pages keep what: selectors of ids, classes and tags; empty where the site has no such place.

    ``hosts`` are host names that the rule holds for, with all below them; ``fingerprint`` finds something that only pages
    of this making have. ``drop_lines`` are patterns of whole lines inside the body. ``own`` says whether it is the user's.
    """

    name: str
    body: str
    hosts: tuple[str, ...] = ()
    fingerprint: str = ""
    title: str = ""
    date: str = ""
    source: str = ""
    drop: str = ""
    drop_lines: tuple[re.Pattern[str], ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a rule says of a page.

    ``rule`` is the name of the rule that held, None where there was none, or none could be trusted (``failed``);
    ``edits`` point at the lines that are not the report; ``date`` and ``source`` are the texts of the lines that the rule
    calls so, None where it found none.
    """

    rule: str | None = None
    failed: bool = False
    edits: tuple[Edit, ...] = ()
    date: str | None = None
    source: str | None = None


def site_rules(folder: str | Path | None = None) -> tuple[SiteRule, ...]:
    """All rules in the order in which they are tried: those of ``folder``, then ours; each by name.

    A rule of the folder takes the place of ours of the same name. Raises DataError naming file and key.
    """
    own = sorted(Path(folder).glob("*.toml")) if folder else []
    rules = [_parsed(str(path), _text(path), own=True) for path in own]
    names = {rule.name for rule in rules}
    return (*rules, *(rule for rule in _ours() if rule.name not in names))


@cache
def _ours() -> tuple[SiteRule, ...]:
    return tuple(_parsed(f"data/sites/{name}", text, own=False) for name, text in site_files())


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from None


@cache
def _parsed(file: str, text: str, *, own: bool) -> SiteRule:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file}: {error}") from None
    for key, value in table.items():
        fault = _fault(key, value)
        if fault:
            raise DataError(f"{file}: {key}: {fault}")
    if not table.get("body"):
        raise DataError(f"{file}: body: a rule needs a selector of the element that holds the report")
    if not table.get("hosts") and not table.get("fingerprint"):
        raise DataError(f"{file}: hosts: a rule needs hosts, or a fingerprint, or both")
    lists = {
        "hosts": tuple(host.lower() for host in table.get("hosts", ())),
        "drop_lines": tuple(re.compile(pattern) for pattern in table.get("drop_lines", ())),
    }
    return SiteRule(name=Path(file).stem, own=own, **{**table, **lists})


def _fault(key: str, value: Any) -> str | None:
    """What is wrong with one key of a rule."""
    if key in SELECTORS:
        fault = selector_fault(value) if isinstance(value, str) else "must be a string of CSS"
        if key == "fingerprint" and not fault and None in selector_names(value):
            return "each of its parts needs an id or a class: a tag alone tells nothing"
        return fault
    if key not in LISTS:
        return f"no such key; known: {', '.join((*SELECTORS, *LISTS))}"
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        return "must be a list of strings"
    try:
        [re.compile(v) for v in value]
    except re.error as error:
        return f"not a regular expression: {error}"
    return None


def ruling(page: Page, rules: Sequence[SiteRule]) -> Ruling:
    """Point at the lines of a page that its site's rule puts outside the report.

    The user's rules are tried first, then those that know the page's host, then fingerprints. The first that can be
    trusted holds.
    """
    if page.format not in PAGES or not page.lines:
        return Ruling()
    skeleton = Skeleton(page.lines)
    failed = False
    for rule in _applying(page, skeleton, rules):
        body = _inside(page, skeleton.lines(rule.body))
        if _is_trusted(page, body):
            return _ruling(page, skeleton, rule=rule, body=body)
        failed = True
    return Ruling(failed=failed)


def _applying(page: Page, skeleton: Skeleton, rules: Sequence[SiteRule]) -> Iterator[SiteRule]:
    host = f".{page.host}"
    at_home = {rule.name for rule in rules if any(host.endswith(f".{known}") for known in rule.hosts)}
    for rule in sorted(rules, key=lambda rule: (not rule.own, rule.name not in at_home)):
        if rule.name in at_home or skeleton.lines(rule.fingerprint):
            yield rule


def _inside(page: Page, found: frozenset[int]) -> list[bool]:
    """Which lines are in the body. Where a path is cut nobody can say; such a line goes with a neighbour inside."""
    known = [i for i, line in enumerate(page.lines) if i in found or not line.path.startswith(CUT)]
    inside = [i in found for i in range(len(page.lines))]
    for before, after in zip([-1, *known], [*known, len(page.lines)], strict=True):
        if before in found or after in found:
            inside[before + 1 : after] = [True] * (after - before - 1)
    return inside


def _is_trusted(page: Page, body: list[bool]) -> bool:
    prose = [
        len(_line(page, i)) * (page.lines[i].links <= LINKED and is_prose(_line(page, i))) for i in range(len(body))
    ]
    held = sum(size for size, is_inside in zip(prose, body, strict=True) if is_inside)
    return held > 0 and held >= TRUSTED * sum(prose)


def _ruling(page: Page, skeleton: Skeleton, *, rule: SiteRule, body: list[bool]) -> Ruling:
    dropped = skeleton.lines(rule.drop)
    inside = [is_inside and i not in dropped and not _is_dropped(page, i, rule) for i, is_inside in enumerate(body)]
    dates, sources = skeleton.lines(rule.date), skeleton.lines(rule.source)
    titles = _titles(page, inside, skeleton.lines(rule.title))
    return Ruling(
        rule=rule.name,
        edits=tuple(_edits(page, inside, keep=titles, stated=dates | sources, rule=f"site:{rule.name}")),
        date=_texts(page, dates),
        source=_texts(page, sources),
    )


def _edits(
    page: Page, inside: list[bool], *, keep: frozenset[int], stated: frozenset[int], rule: str
) -> Iterator[Edit]:
    for i, line in enumerate(page.lines):
        if i in keep:
            continue
        if not inside[i]:
            yield Edit(line.start, line.end, "", "metadata" if i in stated else "page", rule)
        elif line.links > LINKED and line.end - line.start < MENU:
            yield Edit(line.start, line.end, "", "page", "links")


def _is_dropped(page: Page, i: int, rule: SiteRule) -> bool:
    return any(pattern.fullmatch(_line(page, i).strip()) for pattern in rule.drop_lines)


def _titles(page: Page, inside: list[bool], said: frozenset[int]) -> frozenset[int]:
    """The title's lines above the body, where the body itself has no title: the last run of lines that the rule names."""
    if True not in inside or has_title(page, inside):
        return frozenset()
    above = sorted(i for i in said if i < inside.index(True))
    if not above:
        found = title_before(page, inside)
        return frozenset() if found is None else frozenset((found,))
    run = [i for i in above if all(j in said for j in range(i, above[-1]))]
    return frozenset(run)


def _texts(page: Page, numbers: frozenset[int]) -> str | None:
    return "\n".join(_line(page, i) for i in sorted(numbers)) or None


def _line(page: Page, i: int) -> str:
    return page.text[page.lines[i].start : page.lines[i].end]
