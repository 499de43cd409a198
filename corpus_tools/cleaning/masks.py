"""Masked names (***): restored only where the words around, and the years the text speaks of, leave one reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus_tools.data import toml
from corpus_tools.document import Edit
from corpus_tools.errors import DataError
from corpus_tools.placeholders import CROSSES, SHAPES, STARS, STROKES, emphasis

# Which marks a family reads. A word filter writes asterisks over what it dislikes; the other marks are also written
# over places and numbers, so that they need a context that no place can stand in.
MARKS = {"asterisks": (STARS,), "any": (STARS, CROSSES, STROKES, SHAPES, "某")}
KEYS = {"before", "marks", "letters", "after", "reading", "needs", "unless", "examples", "keeps"}
REQUIRED = ("marks", "letters", "after", "reading", "examples")


@dataclass(frozen=True, slots=True)
class Mask:
    """One context that decides what a mask hides.

    Group 1 of ``pattern`` is the mask. ``needs`` must stand somewhere in the text and ``unless`` must not: they tell the
    years of a text, or a site's habit.
    """

    name: str
    pattern: re.Pattern[str]
    reading: str
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    examples: tuple[str, ...]
    keeps: tuple[str, ...]


@cache
def masks() -> tuple[Mask, ...]:
    """Read data/masks.toml; DataError names the family that breaks its schema."""
    tables = toml("masks.toml")
    evidence = {name: "|".join(phrases) for name, phrases in tables["evidence"].items()}
    return tuple(_mask(name, table, evidence) for name, table in tables["mask"].items())


def _mask(name: str, table: dict[str, Any], evidence: dict[str, str]) -> Mask:
    where = f"data/masks.toml: [mask.{name}]"
    if unknown := table.keys() - KEYS:
        raise DataError(f"{where} has an unknown key {min(unknown)!r}; known: {sorted(KEYS)}")
    if missing := [key for key in REQUIRED if not table.get(key)]:
        raise DataError(f"{where} lacks {missing[0]!r}")
    if table["marks"] not in MARKS or len(table["letters"]) != 2:
        raise DataError(f"{where}: marks is one of {sorted(MARKS)}, letters the shortest and the longest mask")
    named = {*table.get("needs", ()), *table.get("unless", ())}
    if absent := named - evidence.keys():
        raise DataError(f"{where} names evidence {min(absent)!r}, which [evidence] does not hold")
    try:
        pattern = re.compile(f"(?:{table.get('before', '')})({_runs(table)})(?={table['after']})")
        needs, unless = (_any(table.get(key, ()), evidence) for key in ("needs", "unless"))
    except re.error as error:
        raise DataError(f"{where}: {error}") from None
    examples, keeps = (tuple(table.get(key, ())) for key in ("examples", "keeps"))
    return Mask(name, pattern, table["reading"], needs, unless, examples, keeps)


def _runs(table: dict[str, Any]) -> str:
    """A run of one kind of mark, whole: part of a longer run, or of a Latin word or number, is no mask."""
    least, most = table["letters"]
    runs = (rf"(?<![{m}A-Za-z0-9])[{m}]{{{least},{most}}}(?![{m}A-Za-z0-9])" for m in MARKS[table["marks"]])
    return "|".join(runs)


def _any(names: tuple[str, ...], evidence: dict[str, str]) -> re.Pattern[str] | None:
    return re.compile("|".join(evidence[name] for name in names)) if names else None


_SOME_MARK = re.compile(f"[{''.join(MARKS['any'])}]")


def restore_masks(text: str) -> Iterator[Edit]:
    """Point at masks with one reading; the edit's rule is the family that read it."""
    if not _SOME_MARK.search(text):
        return
    marks = emphasis(text)
    holds = cache(lambda pattern: pattern.search(text) is not None)
    for mask in masks():
        for found in mask.pattern.finditer(text):
            if found.start(1) not in marks and _decided(mask, holds):
                yield Edit(found.start(1), found.end(1), mask.reading, "mask", mask.name)


def _decided(mask: Mask, holds: Callable[[re.Pattern[str]], bool]) -> bool:
    return (mask.needs is None or holds(mask.needs)) and (mask.unless is None or not holds(mask.unless))
