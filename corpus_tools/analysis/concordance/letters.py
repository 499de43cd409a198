"""Texts as phrases are compared, letter by letter and fast, and which letters become which.

What ``phrases.with_positions`` gives is given here from tables of the letters, some fifty times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple
from unicodedata import category, decomposition

import numpy as np
import numpy.typing as npt

from corpus_tools.analysis import phrases
from corpus_tools.language import lexicon
from corpus_tools.placeholders import STAND_IN, split

Integers = npt.NDArray[np.int64]

_LETTERS = 0x10000  # what the tables hold: letters beyond are few, and a text with one of them takes the slow way
_BEYOND = range(_LETTERS, 0x30000)  # where letters beyond stand that become others
_HALVES = range(0xD800, 0xE000)
_JAMO = range(0x1100, 0x1200)  # Korean letters, which NFC joins to syllables
_DROPPED = ord(" ")


class Aligned(NamedTuple):
    """A normalised text; for each of its characters start and end of where it came from in the text as written."""

    text: str
    starts: Integers
    ends: Integers

    def written(self, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where places of the normalised text stand in the text as written."""
        return [(int(self.starts[start]), int(self.ends[end - 1])) for start, end in places]


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


def joins(letter: str) -> bool:
    """Whether a letter may become one with those beside it."""
    return bool(_tables().joins[ord(letter)])


@cache
def left_out() -> str:
    """What is left out of a text, as a class of letters for regular expressions."""
    letters = "".join(chr(code) for code, became in enumerate(_became()) if not became)
    return rf"[\s{re.escape(letters)}]"


def alone(letter: str) -> str:
    """The other letters that become this one: Ａ and 𝐀 of A."""
    return _origins()[0].get(letter, "")


def merged(letter: str) -> Mapping[str, str]:
    """The letters that become several, this one among them, each with what it becomes: ㍽ is 大正."""
    return _origins()[1].get(letter, {})


@cache
def _origins() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    one, several = dict[str, str](), dict[str, dict[str, str]]()
    beyond = ((code, lexicon.matched(chr(code))) for code in _BEYOND if decomposition(chr(code)))
    for code, became in (*enumerate(_became()), *beyond):
        for letter in set(became) - {chr(code)}:
            if len(became) == 1:
                one[letter] = one.get(letter, "") + chr(code)
            else:
                several.setdefault(letter, {})[chr(code)] = became
    return one, several
