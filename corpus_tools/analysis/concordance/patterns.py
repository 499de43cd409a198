"""Short patterns of words with gaps: ``坚持 *{0,3} 领导``, ``推动|促进 发展``, ``/v 发展``, ``*主义``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.characters import narrow
from corpus_tools.errors import AnalysisError
from corpus_tools.language.script import simplify

WIDEST = 50  # words of a gap: some two sentences; beyond that two words have nothing to do with each other

_PIECE = re.compile(r"\S+")
_GAP = re.compile(r"\*(?:\{(?P<low>[0-9]{1,3})(?:,(?P<high>[0-9]{1,3}))?\})?")
# A choice between words: letters one by one, or behind a backslash as they are; | parts words, / begins a part of speech.
_LETTER = re.compile(r"\\.|[^\\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a pattern: any that matches one of the alternatives (a pattern of the word, how its tag begins)."""

    written: str
    alternatives: tuple[tuple[re.Pattern[str] | None, str | None], ...]

    def mask(self, words: pd.Series[str], tags: pd.Series[str]) -> npt.NDArray[np.bool_]:
        """Mark the words that it stands for; AnalysisError where one alternative stands for none."""
        found = np.zeros(len(words), dtype=np.bool_)
        for form, tag in self.alternatives:
            keep = np.ones(len(words), dtype=np.bool_)
            if form is not None:
                keep &= words.str.fullmatch(form).to_numpy(dtype=np.bool_)
            if tag is not None:
                keep &= tags.fillna("").str.startswith(tag).to_numpy(dtype=np.bool_)
            if not keep.any():
                raise AnalysisError(f"{self.written!r} of the pattern is no word of this corpus; {ELSE}")
            found |= keep
        return found


@dataclass(frozen=True, slots=True)
class Gap:
    """Any ``low`` to ``high`` words."""

    low: int
    high: int


ELSE = "it may be written otherwise, or be cut into several words there: look for it with kind='phrase'"
Pattern: TypeAlias = tuple[Choice, tuple[tuple[Gap, Choice], ...]]


def read(query: str) -> Pattern:
    """Read a pattern: its first word, then pairs of a gap and a word. AnalysisError points at the place that is wrong."""
    query_in_letters = narrow(simplify(query))
    first: Choice | None = None
    following, gap, gaps = list[tuple[Gap, Choice]](), Gap(0, 0), 0
    for piece in _PIECE.finditer(query_in_letters):
        if piece[0].startswith("*") and (one := _gap(query, piece)):
            gap, gaps = Gap(gap.low + one.low, gap.high + one.high), gaps + 1
            if first is None:
                _wrong(query, piece.start(), "a pattern begins with a word, not with a gap")
            if gap.high > WIDEST:
                _wrong(query, piece.start(), f"a gap of more than {WIDEST} words")
            continue
        choice = _choice(query, piece)
        if first is None:
            first = choice
        else:
            following.append((gap, choice))
        gap, gaps = Gap(0, 0), 0
    if first is None:
        raise AnalysisError(f"{query!r} has no word to look for")
    if gaps:
        _wrong(query, len(query.rstrip()) - 1, "a pattern ends with a word, not with a gap")
    return first, tuple(following)


def _gap(query: str, piece: re.Match[str]) -> Gap | None:
    """The gap that a piece is; None where it is a word with a star (*主义)."""
    found = _GAP.fullmatch(piece[0])
    if found is None:
        if piece[0].startswith("*{"):
            _wrong(query, piece.start(), "a gap is *, *{2} or *{0,3}")
        return None
    low = int(found["low"] or 1)
    high = int(found["high"] or low)
    if low > high:
        _wrong(query, piece.start(), f"a gap of at least {low} and at most {high} words")
    return Gap(low, high)


def _choice(query: str, piece: re.Match[str]) -> Choice:
    alternatives, start = list[tuple[re.Pattern[str] | None, str | None]](), piece.start()
    letters = _LETTER.findall(piece[0])
    if "".join(letters) != piece[0]:
        _wrong(query, piece.end() - 1, "nothing follows the backslash")
    while letters:
        length = letters.index("|") if "|" in letters else len(letters)
        alternatives.append(_alternative(query, start, letters[:length]))
        start += sum(map(len, letters[: length + 1]))
        if length == len(letters) - 1:
            _wrong(query, start - 1, "no word stands after |")
        letters = letters[length + 1 :]
    return Choice(piece[0], tuple(alternatives))


def _alternative(query: str, start: int, letters: list[str]) -> tuple[re.Pattern[str] | None, str | None]:
    slash = letters.index("/") if "/" in letters else len(letters)
    tag = "".join(letters[slash + 1 :])
    if not letters or (slash < len(letters) and not re.fullmatch("[A-Za-z]+", tag)):
        at = start + sum(map(len, letters[: slash + 1]))
        _wrong(
            query,
            min(at, len(query) - 1),
            "a part of speech is /v, or such as 发展/v" if letters else "no word stands here",
        )
    form = "".join(".*" if letter == "*" else re.escape(letter[-1]) for letter in letters[:slash])
    return (re.compile(form, re.DOTALL) if form else None), (tag if slash < len(letters) else None)


def _wrong(query: str, at: int, what: str) -> NoReturn:
    raise AnalysisError(pointed(query, at, what))


def pointed(query: str, at: int, what: str) -> str:
    """A message with the place in the query that it speaks of between ▸ and ◂."""
    return f"{what}: {query[:at]}▸{query[at : at + 1]}◂{query[at + 1 :]}"
