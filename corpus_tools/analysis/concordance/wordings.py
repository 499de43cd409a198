"""Where wordings stand in texts as they are written, without writing the texts as they are compared.

``phrases.normalise`` and a search would say the same at a hundred times the price. One expression finds a wording as it can be
written: any letter that becomes one of it in its place, what is left out between. Only a text with something beside a place
that may change it (a mask, an accent, a letter that becomes several) is looked at letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple, TypeAlias
from unicodedata import is_normalized

from corpus_tools.analysis.concordance.letters import Aligned, aligned, alone, joins, left_out, merged
from corpus_tools.placeholders import CROSSES, RINGS, SHAPES, STAND_IN, STARS, STROKES

Spans: TypeAlias = list[tuple[int, int]]

# Marks that join the letter before them where they follow it, as phrases.with_positions has it.
_JOINING = "\u0300-\u036f\u3099\u309a"
# Letters that may be a part of what hides something: marks, which are nothing else there, and those of years whose other
# figures are hidden (20XX年).
_MARKS = frozenset(CROSSES + STARS + STROKES + RINGS + SHAPES + "某" + STAND_IN)
_YEAR_MARKS = frozenset(CROSSES + STARS + STROKES)
_DATED = re.compile("[0-9零一二三四五六七八九年]")
_BESIDE = 5  # letters beside a mask by which it is told, at most
_SPARE = 12  # letters more than are asked for: these, and some that are left out
# What may be a part of a mask, or stand in one.
_UNSOUND = frozenset("零一二三四五六七八九十百千某")
_FEW = 24  # letters: to look for more one by one takes as long as a class of an expression


class Wording:
    """A normalised wording, ready to be found; offsets are those of the text as it is written."""

    def __init__(self, form: str) -> None:
        self.form = form
        self._overlaps = re.compile(f"(?={re.escape(form)})")
        self._apart = re.compile(re.escape(form))
        seen = max(form.split(STAND_IN), key=len)
        self._certain = bool(seen) and all(map(_is_plain, seen))
        if not self._certain:
            return
        self._slow = seen != form or not _MARKS.isdisjoint(form)
        self._dated = bool(_DATED.search(form))
        first = alone(seen[0])
        self._other_first = any_of(first)
        self._usual = re.compile(_expression(seen, seen[0]))
        self._any = re.compile(_expression(seen, seen[0] + first)) if first else self._usual
        self._wide = any_of(_sharing(seen) if seen == form else {wide for letter in seen for wide in merged(letter)})

    def apart(self, text: str) -> Spans:
        """Places from the left, none overlapping one before."""
        return self._places(text, overlapping=False)

    def everywhere(self, text: str) -> Spans:
        """All places."""
        return self._places(text, overlapping=True)

    def _places(self, text: str, *, overlapping: bool) -> Spans:
        if not self._certain:
            return self._by_letters(text, overlapping=overlapping)
        pattern = self._any if self._other_first(text) else self._usual
        if self._wide(text) or (self._slow and pattern.search(text)):
            return self._by_letters(text, overlapping=overlapping)
        if self._slow:
            return []
        found = list(_overlapping(pattern, text) if overlapping else pattern.finditer(text))
        spans = [match.span() for match in found]
        if any(match.lastindex for match in found) or (self._dated and any(_by_mask(text, *at) for at in spans)):
            return self._by_letters(text, overlapping=overlapping)
        return spans

    def _by_letters(self, text: str, *, overlapping: bool) -> Spans:
        letters, pattern = aligned(text), self._overlaps if overlapping else self._apart
        starts = (match.start() for match in pattern.finditer(letters.text))
        return letters.written((start, start + len(self.form)) for start in starts)


@lru_cache(maxsize=4096)
def wording(form: str) -> Wording:
    """The finder of a wording, made once."""
    return Wording(form)


def all_places(forms: Iterable[str]) -> Callable[[str], Spans]:
    """Return what finds all places of any of these wordings in a text, by start."""
    finders = [wording(form) for form in forms]
    may_hold = _may_hold(finders)
    return lambda text: sorted(at for finder in finders for at in finder.everywhere(text)) if may_hold(text) else []


def _may_hold(finders: list[Wording]) -> Callable[[str], bool]:
    """Return a quick test of texts, False only where none of these wordings stands.

    One expression for wordings that begin alike: with a letter to skip to it is ten times as fast as a choice of wordings.
    """
    if not all(finder._certain for finder in finders):
        return lambda text: True
    known = sorted(finders, key=lambda finder: finder._usual.pattern)
    searches = [
        re.compile(
            f"{re.escape(first)}(?:{'|'.join(f._usual.pattern.removeprefix(re.escape(first)) for f in of)})"
        ).search
        for first, of in groupby(known, key=lambda finder: max(finder.form.split(STAND_IN), key=len)[0])
    ]
    odd = [test for finder in finders for test in (finder._other_first, finder._wide) if test is not _none_of]
    return lambda text: any(search(text) for search in searches) or any(test(text) for test in odd)


def _expression(form: str, first: str) -> str:
    """How a form may be written; a group takes part where something joins its last letter."""
    letters = [first, *(letter + alone(letter) for letter in form[1:])]
    return f"{f'{left_out()}*'.join(map(_class, letters))}(?=({left_out()}*[{_JOINING}])?)"


def _class(letters: str) -> str:
    return f"[{re.escape(letters)}]" if len(letters) > 1 else re.escape(letters)


def _is_plain(letter: str) -> bool:
    """Whether it is known what becomes this letter, by itself: no accents, no syllables that are put together."""
    return letter <= "\uffff" and is_normalized("NFD", letter) and not joins(letter)


def _sharing(form: str) -> set[str]:
    """Letters that become several (㎡, ㍽) of which some may be a part of a place of the form."""
    found = set[str]()
    for wide, became in ((wide, became) for letter in set(form) for wide, became in merged(letter).items()):
        ends = range(1, min(len(form), len(became)) + 1)
        if became in form or form in became or any(became[-n:] == form[:n] or became[:n] == form[-n:] for n in ends):
            found.add(wide)
    return found


def any_of(letters: Iterable[str]) -> Callable[[str], bool]:
    """Return a test whether one of these letters stands in a text."""
    every = sorted(letters)
    if not every:
        return _none_of
    if len(every) > _FEW:
        search = re.compile(_class("".join(every))).search
        return lambda text: search(text) is not None
    return lambda text: any(letter in text for letter in every)


def _none_of(_: str) -> bool:
    return False


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    found = pattern.search(text)
    while found:
        yield found
        found = pattern.search(text, found.start() + 1)


def _by_mask(text: str, start: int, end: int) -> bool:
    """Whether a place may be a part of a year whose other figures are hidden: 20XX年 is none of 年 and none of 20."""
    while start and text[start - 1].isspace() and text[start - 1] not in "\r\n":
        start -= 1
    return (start > 0 and text[start - 1] in _YEAR_MARKS) or not _YEAR_MARKS.isdisjoint(text[end : end + 3])


class Window(NamedTuple):
    """A piece of a text around some ``places`` in it: where it begins, what is ``written`` there, and its letters."""

    start: int
    written: str
    letters: Aligned
    places: frozenset[tuple[int, int]]


def windows(text: str, spans: Spans, reach: int) -> list[Window]:
    """Pieces of a text that hold these places, which are in order, with so many normalised letters on each side.

    Places that are nearer to each other than that share one.
    """
    pieces, free = list[Spans](), -1
    for start, end in spans:
        if start > free:
            pieces.append([])
        pieces[-1].append((start, end))
        free = max(free, end + 2 * reach)
    return [_window(text, piece, reach) for piece in pieces]


def _window(text: str, places: Spans, reach: int) -> Window:
    """A piece that begins and ends with a letter beside which nothing is masked: what is masked in it is so in the text."""
    first, last, spare = places[0][0], max(end for _, end in places), _SPARE
    while True:
        start, end = max(0, first - reach - spare), min(len(text), last + reach + spare)
        while start and not _is_sound(text[start]):
            start -= 1
        while end < len(text) and not _is_sound(text[end - 1]):
            end += 1
        window = Window(start, text[start:end], aligned(text[start:end]), frozenset(places))
        starts, enough = window.letters.starts, reach + _BESIDE
        before = start == 0 or (len(starts) >= enough and starts[enough - 1] < first - start)
        if before and (end == len(text) or (len(starts) >= enough and starts[-enough] >= last - start)):
            return window
        spare *= 4  # so much is left out there that fewer letters stand around


def _is_sound(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff" and letter not in _UNSOUND
