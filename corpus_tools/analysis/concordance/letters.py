"""Texts as phrases are compared, letter by letter and fast, and the quick question whether a text can hold a phrase.

What ``phrases.with_positions`` gives is given here from tables of the letters, some fifty times as fast: a concordance asks
for places in every text that holds its node.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import category, is_normalized

import numpy as np
import numpy.typing as npt

from corpus_tools.analysis import phrases
from corpus_tools.language import lexicon
from corpus_tools.placeholders import STAND_IN, split

Integers = npt.NDArray[np.int64]

_LETTERS = 0x10000  # what the tables hold: letters beyond are few, and a text with one of them takes the slow way
_HALVES = range(0xD800, 0xE000)
_JAMO = range(0x1100, 0x1200)  # Korean letters, which NFC joins to syllables
_DROPPED = ord(" ")


class Aligned(NamedTuple):
    """A normalised text; for each of its characters start and end of where it came from in the text as written."""

    text: str
    starts: Integers
    ends: Integers


class _Tables(NamedTuple):
    """Of each letter: what becomes of it (``length`` letters of ``became`` from ``place`` on), and whether it may join others."""

    length: npt.NDArray[np.uint8]
    place: npt.NDArray[np.int32]
    became: npt.NDArray[np.uint32]
    joins: npt.NDArray[np.bool_]


@cache
def _became() -> tuple[str, ...]:
    """What normalising makes of every letter by itself."""
    return tuple(chr(code) if code in _HALVES else lexicon.matched(chr(code)) for code in range(_LETTERS))


@cache
def _tables() -> _Tables:
    became = _became()
    length = np.array([len(letters) for letters in became], dtype=np.uint8)
    place = np.concatenate([[0], np.cumsum(length[:-1], dtype=np.int32)]).astype(np.int32)
    flat = np.frombuffer("".join(became).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    joins = [
        code in _JAMO or any(category(c).startswith("M") for c in became[code] + chr(code)) for code in range(_LETTERS)
    ]
    return _Tables(length, place, flat, np.array(joins))


def aligned(text: str) -> Aligned:
    """A text as ``phrases.normalise`` writes it, with the places of its letters, as ``phrases.with_positions`` gives them."""
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    tables = _tables()
    if len(codes) != len(text) or tables.joins.take(codes).any():
        return Aligned(*phrases.with_positions(text))
    hidden = list(_hidden(text))
    if hidden:
        codes = codes.copy()
        for start, end in hidden:
            codes[start], codes[start + 1 : end] = ord(STAND_IN), _DROPPED
    length = tables.length.take(codes)
    starts = np.flatnonzero(length)
    at = tables.place.take(codes.take(starts))
    if length.max(initial=0) > 1:
        length = length.take(starts).astype(np.int64)
        within = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
        starts, at = np.repeat(starts, length), np.repeat(at, length) + within
    ends = starts + 1
    if hidden:
        begins, lasts = np.array(hidden).T
        ends[np.searchsorted(starts, begins)] = lasts
    return Aligned(tables.became.take(at).tobytes().decode("utf-32-le", "surrogatepass"), starts, ends)


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for number, piece in enumerate(split(text)):
        if number % 2:
            yield at, at + len(piece)
        at += len(piece)


def can_hold(forms: Iterable[str]) -> Callable[[str], bool]:
    """Return a quick test of texts as they are written: False only where none of these normalised forms stands."""
    tests = [_test(form) for form in forms]
    if None in tests:
        return lambda text: True
    searches = [pattern.search for test in tests if test for pattern in test]
    return lambda text: any(search(text) for search in searches)


@lru_cache(maxsize=4096)
def _test(form: str) -> tuple[re.Pattern[str], ...] | None:
    """Patterns of which a text that holds the form matches at least one; None where no pattern can tell.

    Each letter may be any that becomes it, and what is left out may stand between. A letter that becomes several (㎡) may
    hold a part of the form: a text with such a one is always looked at.
    """
    seen = max(form.split(STAND_IN), key=len)
    if not seen or any(letter > "\uffff" or not is_normalized("NFD", letter) or _joins(letter) for letter in seen):
        return None
    one, several = _origins()
    pattern = f"{_gap()}*".join(_any_of(letter + one.get(letter, "")) for letter in seen)
    wide = "".join(sorted({origin for letter in seen for origin in several.get(letter, "")}))
    return (re.compile(pattern), *([re.compile(f"[{re.escape(wide)}]")] if wide else []))


def _joins(letter: str) -> bool:
    return bool(_tables().joins[ord(letter)])


def _any_of(letters: str) -> str:
    return f"[{re.escape(letters)}]" if len(letters) > 1 else re.escape(letters)


@cache
def _gap() -> str:
    """What is left out of a text, as a class of letters."""
    left_out = "".join(chr(code) for code, became in enumerate(_became()) if not became)
    return rf"[\s{re.escape(left_out)}]"


@cache
def _origins() -> tuple[dict[str, str], dict[str, str]]:
    """For a letter those that become it, and those that become several letters, it among them."""
    one, several = dict[str, str](), dict[str, str]()
    for code, became in enumerate(_became()):
        into = one if len(became) == 1 else several
        for letter in set(became) - {chr(code)}:
            into[letter] = into.get(letter, "") + chr(code)
    return one, several
