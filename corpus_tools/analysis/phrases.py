"""Exact phrases in texts: which wording is counted, where, and when a wording inside a longer one counts.

Text and wordings are compared as ``lexicon.matched`` writes them: NFKC, without white space and quotation marks.
Nothing is fuzzy. Only what stands for something hidden is one in both, whatever its mark: XX市科协 finds ××市科协 and
**市科协.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import is_normalized, normalize

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part
from corpus_tools.errors import AnalysisError
from corpus_tools.language import lexicon
from corpus_tools.language.script import simplify
from corpus_tools.placeholders import PLACEHOLDER, STAND_IN, fold

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# A character or placeholder with the marks that NFKC may join to it: the smallest piece that can be normalised by itself.
# Also across what is left out: a quotation mark between a letter and its accent does not keep them apart.
_MARKS = rf"(?:{lexicon.LEFT_OUT}*[\u0300-\u036f\u3099\u309a])*"
_PIECE = re.compile(rf"({PLACEHOLDER.pattern}){_MARKS}|.{_MARKS}", re.DOTALL)
# What most texts are written with, and what NFKC and the contract make of it.
_COMMON = tuple((wide, normalize("NFKC", wide)) for wide in "，：；（）？！％")
# Runs of letters that NFKC writes otherwise, but for those that it joins to their neighbours.
_COMPATIBLE = re.compile("[\u00a0\u2000-\u206f\u2100-\u24ff\u3200-\u33ff\uff00-\uffef]+")
_LEFT_OUT = re.compile(lexicon.LEFT_OUT)
# What parts words though it is left out: the end of a line, a quotation mark, a blank between figures or Latin letters.
_PARTING = frozenset("\n" + lexicon.QUOTES)
_PARTS = re.compile(rf"[\n{lexicon.QUOTES}]|(?<=[0-9A-Za-z])\s(?=[0-9A-Za-z])")
_MARK = "\ue000"  # a private letter, which Unicode never writes otherwise


# One place of a phrase: its number in the list that was looked for, start and end in the normalised text. Plain tuples, as
# the automaton gives them: of a named kind a third of the time of matching would go into making them.
Found: TypeAlias = tuple[int, int, int]


def everywhere(text: str, forms: tuple[str, ...]) -> list[Found]:
    """Every place of every form in a normalised text, also inside and across others."""
    found: list[Found] = automaton(forms).find_matches_as_indexes(text, overlapping=True)
    return found


def longest(places: Iterable[Found]) -> Iterator[Found]:
    """Of these places those that lie inside no longer one, of each phrase those that do not overlap another of it.

    Of wordings that overlap, each is said: 全面深化改革 and 改革开放 in 全面深化改革开放.
    """
    return apart(_outer(places))


def _outer(places: Iterable[Found]) -> Iterator[Found]:
    covered = 0
    for found in sorted(places, key=_from_the_left):
        _, _, end = found
        if end > covered:
            covered = end
            yield found


def apart(places: Iterable[Found]) -> Iterator[Found]:
    """Of these places those of each phrase that do not overlap another of the same phrase, as if it were the only one."""
    free_from: dict[int, int] = {}
    for found in sorted(places, key=_from_the_left):
        phrase, start, end = found
        if start >= free_from.get(phrase, 0):
            free_from[phrase] = end
            yield found


def _from_the_left(found: Found) -> tuple[int, int]:
    """Order of places: by start, the longer first."""
    _, start, end = found
    return start, -end


def count(texts: Iterable[str], phrases: Iterable[str]) -> csr_matrix:
    """How often the exact wording of each phrase stands in each normalised text: texts × phrases, int64."""
    forms = tuple(form_of(phrase) for phrase in phrases)
    rows = ([phrase for phrase, _, _ in apart(everywhere(text, forms))] for text in texts)
    return matrix(rows, columns=len(forms))


def matrix(rows: Iterable[list[int]], *, columns: int) -> csr_matrix:
    """Count numbers in lists, one list a row: rows × columns, int64."""
    ends, found = [0], list[int]()
    for row in rows:
        found += row
        ends.append(len(found))
    ones, indices = np.ones(len(found), dtype=np.int64), np.asarray(found, dtype=np.int64)
    counted = csr_matrix((ones, indices, np.asarray(ends)), shape=(len(ends) - 1, columns))
    counted.sum_duplicates()
    return counted


def simplified(corpus: Corpus | Part) -> list[str]:
    """The texts of a corpus, or of a part, as they are counted, traditional ones in simplified characters, as long as before."""
    scripts = corpus.described["script"]
    return [
        text if script == "simplified" else simplify(text) for text, script in zip(corpus.texts, scripts, strict=True)
    ]


def normalise(text: str) -> str:
    """A text, or a phrase, as both are compared: what ``lexicon.matched`` makes of it with its masks folded.

    What Chinese texts are full of is replaced letter by letter, which is many times as fast as asking the whole of Unicode.
    """
    text = fold(text)
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow)
    if not is_normalized("NFKC", text):
        text = _COMPATIBLE.sub(lambda run: normalize("NFKC", run[0]), text)
    text = "".join(text.split())
    for quote in lexicon.QUOTES:
        text = text.replace(quote, "")
    return text if is_normalized("NFKC", text) else lexicon.matched(text)


def parted(written: str, length: int) -> frozenset[int]:
    """Offsets of the normalised text (of this ``length``) where something parts words as it was written."""
    gaps = [gap.start() for gap in _LEFT_OUT.finditer(written)]
    # Every other letter is one letter still; where a mask shrank and an ellipsis grew, the lengths alone would say so too.
    if len(written) - len(gaps) == length and all(map(_is_one, frozenset(written))) and fold(written) == written:
        return frozenset(at - n for n, at in enumerate(gaps) if written[at] in _PARTING or _PARTS.match(written, at))
    marked = normalise(_PARTS.sub(_MARK, fold(written)))
    return frozenset(mark.start() - number for number, mark in enumerate(re.finditer(_MARK, marked)))


@cache
def _is_one(letter: str) -> bool:
    return len(normalize("NFKC", letter)) == 1


def with_positions(text: str) -> tuple[str, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the normalised text and, for each of its characters, start and end of where it came from in ``text``."""
    pieces, starts, ends = list[str](), list[int](), list[int]()
    for piece in _PIECE.finditer(text):
        hidden = len(piece[1] or "")
        became = _matched_piece(STAND_IN + piece[0][hidden:] if hidden else piece[0])
        pieces.append(became)
        starts.extend([piece.start()] * len(became))
        ends.extend([piece.end()] * len(became))
    return "".join(pieces), np.asarray(starts, dtype=np.int64), np.asarray(ends, dtype=np.int64)


@cache
def _matched_piece(piece: str) -> str:
    return lexicon.matched(piece)


def form_of(phrase: str) -> str:
    """A phrase as it is looked for; AnalysisError where it has no character to match."""
    if form := normalise(simplify(phrase)):
        return form
    raise AnalysisError(f"{phrase!r} has no character to look for")


@lru_cache(maxsize=16)
def automaton(forms: tuple[str, ...]) -> AhoCorasick:
    """The automaton of these forms, made once."""
    from ahocorasick_rs import AhoCorasick, Implementation

    # The largest and fastest of its kinds: a third faster, for some tens of megabytes.
    return AhoCorasick(list(forms), implementation=Implementation.DFA)
