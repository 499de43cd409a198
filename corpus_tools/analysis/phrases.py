"""Exact phrases in texts: which wording is counted, where, and when a wording inside a longer one counts.

Text and wordings are compared as ``lexicon.matched`` writes them: NFKC, without white space and quotation marks.
Nothing is fuzzy: a variant counts for its slogan because the lexicon declares it. Only what stands for something hidden
is one in both, whatever its mark: XX市科协 finds ××市科协 and **市科协.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from corpus_tools.errors import AnalysisError
from corpus_tools.language import lexicon
from corpus_tools.placeholders import PLACEHOLDER, STAND_IN, fold

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# A character or placeholder with the marks that NFKC may join to it: the smallest piece that can be normalised by itself.
# Also across what is left out: a quotation mark between a letter and its accent does not keep them apart.
_MARKS = rf"(?:{lexicon.LEFT_OUT}*[\u0300-\u036f\u3099\u309a])*"
_PIECE = re.compile(rf"({PLACEHOLDER.pattern}){_MARKS}|.{_MARKS}", re.DOTALL)


class Found(NamedTuple):
    """One place of a phrase: ``phrase`` counts in ``Phrases.names``, offsets in the normalised text."""

    phrase: int
    start: int
    end: int


@dataclass(frozen=True)
class Phrases:
    """Phrases to look for, each with its forms; ``owner[i]`` is the phrase of form ``i``."""

    names: tuple[str, ...]
    forms: tuple[str, ...]
    owner: tuple[int, ...]

    @classmethod
    def of(cls, forms: dict[str, Iterable[str]]) -> Phrases:
        """Make phrases from names and their forms; AnalysisError where a phrase has no character to match."""
        pairs = [(form, number) for number, name in enumerate(forms) for form in _forms(name, forms[name])]
        return cls(tuple(forms), tuple(form for form, _ in pairs), tuple(number for _, number in pairs))

    def longest(self, text: str) -> Iterator[Found]:
        """Places that do not overlap, from the left, the longest form at each: a nested wording is not counted."""
        for form, start, end in _automaton(self.forms, longest=True).find_matches_as_indexes(text):
            yield Found(self.owner[form], start, end)

    def all(self, text: str) -> Iterator[Found]:
        """Places of each phrase as if it were the only one: also inside other phrases, its own forms once a place."""
        matches = _automaton(self.forms, longest=False).find_matches_as_indexes(text, overlapping=True)
        places = [Found(self.owner[form], start, end) for form, start, end in matches]
        last, free_from = -1, 0
        for found in sorted(places, key=lambda f: (f.phrase, f.start, -f.end)):
            if found.phrase != last or found.start >= free_from:
                last, free_from = found.phrase, found.end
                yield found


def slogans() -> Phrases:
    """Every slogan of the lexicon with its declared variants."""
    return _lexicon_phrases()


@cache
def _lexicon_phrases() -> Phrases:
    return Phrases.of({slogan.slogan: slogan.forms for slogan in lexicon.slogans()})


def count(texts: Iterable[str], phrases: Phrases, *, match: str) -> csr_matrix:
    """How often each phrase stands in each text: texts × phrases, int64; ``match`` is ``longest`` or ``all``."""
    ends, columns = [0], list[int]()
    for text in texts:
        places = phrases.longest(text) if match == "longest" else phrases.all(text)
        columns.extend(found.phrase for found in places)
        ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.int64)
    indices = np.asarray(columns, dtype=np.int64)
    matrix = csr_matrix((ones, indices, np.asarray(ends)), shape=(len(ends) - 1, len(phrases.names)))
    matrix.sum_duplicates()
    return matrix


def check_match(match: str) -> None:
    """Raise AnalysisError unless ``match`` is ``longest`` or ``all``."""
    if match not in ("longest", "all"):
        raise AnalysisError(f"match is {match!r}; it can be 'longest' or 'all'")


def normalise(text: str) -> str:
    """A text, or a phrase, as both are compared."""
    return lexicon.matched(fold(text))


def normalised(texts: Iterable[str]) -> list[str]:
    """Texts as phrases are matched in them."""
    return [normalise(text) for text in texts]


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


def _forms(name: str, forms: Iterable[str]) -> list[str]:
    clean = list(dict.fromkeys(normalise(form) for form in forms))
    if not clean or not all(clean):
        raise AnalysisError(f"{name!r} has no character to look for")
    return clean


@lru_cache(maxsize=16)
def _automaton(forms: tuple[str, ...], *, longest: bool) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest if longest else MatchKind.Standard)
