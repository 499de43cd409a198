"""Masked names (***): restored only where the words around leave one reading, never by default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus_tools.data import toml
from corpus_tools.document import Edit


@dataclass(frozen=True, slots=True)
class Mask:
    """One context that decides what a mask hides."""

    pattern: re.Pattern[str]
    reading: str
    examples: tuple[str, ...]
    keeps: tuple[str, ...]


@cache
def masks() -> tuple[Mask, ...]:
    """Read data/masks.toml."""
    tables = toml("masks.toml")["mask"]
    return tuple(
        Mask(re.compile(t["pattern"]), t["reading"], tuple(t.get("examples", ())), tuple(t.get("keeps", ())))
        for t in tables
    )


def restore_masks(text: str) -> Iterator[Edit]:
    """Point at masks with one reading."""
    if "**" not in text:
        return
    for mask in masks():
        for found in mask.pattern.finditer(text):
            group = found.lastindex or 0
            yield Edit(found.start(group), found.end(group), mask.reading, "mask", mask.reading)
