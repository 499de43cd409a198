"""Where themes stand: the terms of a dictionary in the paragraphs or sentences of a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import grouping, phrases
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.themes.dictionary import Term, Theme, Themes, known
from corpus_tools.characters import count_han
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part
from corpus_tools.errors import AnalysisError
from corpus_tools.language import borders

Integers = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]

WITHIN = ("paragraph", "sentence")
ENOUGH = 1 - 1e-9  # weights that sum to 1, but for rounding

_SENTENCE = re.compile(r".+?(?:[。！？!?]+[”’」』\"']*|$)")


class Place(NamedTuple):
    """One hit: number of the theme, of the term, and where it stands in the normalised passage."""

    theme: int
    term: int
    start: int
    end: int


class Places(NamedTuple):
    """The hits ``kept`` in a passage, and terms that do not count: ``excluded``, or with a word ``across`` their border."""

    kept: list[Place]
    excluded: list[int]
    across: list[int]


@dataclass(frozen=True)
class Matcher:
    """Themes, ready to be looked for; their terms are numbered through all themes."""

    themes: tuple[Theme, ...]

    @cached_property
    def terms(self) -> list[tuple[int, Term]]:
        """All terms, each with the number of its theme."""
        return [(number, term) for number, theme in enumerate(self.themes) for term in theme.terms]

    @cached_property
    def theme_of(self) -> Integers:
        """The theme of each term."""
        return np.asarray([theme for theme, _ in self.terms], dtype=np.int64)

    @cached_property
    def weight_of(self) -> Floats:
        """The weight of each term."""
        return np.asarray([term.weight for _, term in self.terms], dtype=np.float64)

    @cached_property
    def _roles(self) -> dict[str, tuple[list[tuple[int, int]], list[int]]]:
        """Of each form the terms that it is, as (theme, term), and the themes that it excludes."""
        roles: dict[str, tuple[list[tuple[int, int]], list[int]]] = {}
        for number, (theme, term) in enumerate(self.terms):
            roles.setdefault(term.form, ([], []))[0].append((theme, number))
        for number, excluding in enumerate(self.themes):
            for phrase in excluding.exclusions:
                roles.setdefault(phrases.form_of(phrase), ([], []))[1].append(number)
        return roles

    @cached_property
    def _forms(self) -> tuple[str, ...]:
        return tuple(self._roles)

    @cached_property
    def _of_form(self) -> list[tuple[list[tuple[int, int]], list[int]]]:
        return list(self._roles.values())

    def places(self, text: str) -> Places:
        """Find the terms in a normalised text.

        Within a theme the leftmost hit counts, of those that begin there the longest, and no character counts twice.
        """
        found = phrases.everywhere(text, self._forms)
        spans = [(theme, start, end) for form, start, end in found for theme in self._of_form[form][1]]
        excluded, across, terms = list[int](), list[int](), dict[phrases.Found, int]()
        for form, start, end in found:
            if (of := self._of_form[form][0]) and borders.crossed(text, start, end):
                across += [term for _, term in of]
                continue
            for theme, term in of:
                if any(excluding == theme and a <= start and end <= b for excluding, a, b in spans):
                    excluded.append(term)
                else:
                    terms[theme, start, end] = term
        kept = [Place(place[0], terms[place], *place[1:]) for place in phrases.apart(terms)]
        return Places(kept, excluded, across)


@lru_cache(maxsize=8)
def matcher(themes: tuple[Theme, ...]) -> Matcher:
    """The matcher of these themes, made once."""
    return Matcher(themes)


@dataclass(frozen=True)
class Tally:
    """What was found in the passages (paragraphs or sentences) of documents.

    ``hits``: passages × terms, int64. ``document``: the row of ``corpus.documents`` of each passage; ``paragraph``, its line in
    the text; ``piece``, its number there; ``han``, its Han characters. ``excluded``, ``across``: places of each term that do
    not count. ``shared``: themes × themes, pairs of hits of two themes that have characters in common.
    """

    matcher: Matcher
    hits: csr_matrix
    document: Numbers
    paragraph: Numbers
    piece: Numbers
    han: Numbers
    excluded: Integers
    across: Integers
    shared: Integers

    @property
    def names(self) -> list[str]:
        """The themes."""
        return [theme.name for theme in self.matcher.themes]

    @property
    def plain(self) -> csr_matrix:
        """Hits of each theme, passages × themes, int64."""
        return csr_matrix(self.hits @ self._sorted.T)

    @property
    def weighted(self) -> csr_matrix:
        """The same, each hit with its weight."""
        return self._summed(self.hits.data * self.matcher.weight_of[self.hits.indices])

    @property
    def once(self) -> csr_matrix:
        """The same, each term once however often a passage says it."""
        return self._summed(self.matcher.weight_of[self.hits.indices])

    @cached_property
    def held(self) -> csr_matrix:
        """Which passages hold which themes: 1 where weights sum to 1 or more, each term once; int64."""
        held = csr_matrix(self.once >= ENOUGH, dtype=np.int64)
        held.eliminate_zeros()
        return held

    def _summed(self, values: Floats) -> csr_matrix:
        """Sums of these values of the hits by theme; where the hits stand is not held twice, for they are many."""
        each = csr_matrix((values, self.hits.indices, self.hits.indptr), self.hits.shape)
        return csr_matrix(each @ self._sorted.T)

    @cached_property
    def _sorted(self) -> csr_matrix:
        return grouping.indicator(self.matcher.theme_of, len(self.matcher.themes))

    def by_document(self, values: csr_matrix, documents: int) -> csr_matrix:
        """Sums of the passages of each document."""
        return csr_matrix(grouping.indicator(self.document, documents) @ values)


def tally(corpus: Corpus, themes: Themes, *, within: str = "paragraph") -> Tally:
    """Look for themes in every passage that holds a Han character; AnalysisError for another ``within`` and no documents."""
    if within not in WITHIN:
        raise AnalysisError(f"within is {within!r}; it can be {' or '.join(map(repr, WITHIN))}")
    if not len(corpus):
        raise AnalysisError("this corpus has no documents")
    wanted = matcher(known(themes))
    found = corpus.over_parts(partial(_of_part, themes=wanted.themes, within=within), "matching")
    parts = [of._replace(document=rows[of.document].astype(np.int32)) for rows, of in found]
    of_passages = [np.concatenate(column) for column in zip(*(of[1:5] for of in parts), strict=True)]
    excluded, across, shared = (np.sum(column, axis=0) for column in zip(*(of[5:] for of in parts), strict=True))
    each = ((of.document, [of.hits]) for of in map(parts.pop, [0] * len(parts)))  # so that memory holds them once
    (hits,) = grouping.in_order(each, len(wanted.terms))
    order = np.argsort(of_passages[0], kind="stable")
    document, paragraph, piece, han = (column[order] for column in of_passages)
    return Tally(wanted, hits, document, paragraph, piece, han, excluded, across, shared)


class _Counted(NamedTuple):
    """What a :class:`Tally` is made of, of one part; ``document`` is a row there."""

    hits: csr_matrix
    document: Numbers
    paragraph: Numbers
    piece: Numbers
    han: Numbers
    excluded: Integers
    across: Integers
    shared: Integers


def _of_part(part: Part, *, themes: tuple[Theme, ...], within: str) -> _Counted:
    wanted = matcher(themes)
    rows, origin = list[list[int]](), list[tuple[int, int, int, int]]()
    left_out = Places([], [], [])
    shared = np.zeros((len(wanted.themes),) * 2, dtype=np.int64)
    for passage in counted(part, within):
        places = wanted.places(phrases.normalise(passage.written))
        rows.append([place.term for place in places.kept])
        origin.append((passage.document, passage.paragraph, passage.piece, passage.han))
        left_out.excluded.extend(places.excluded)
        left_out.across.extend(places.across)
        for a, b in _overlapping(places.kept):
            shared[a, b] += 1
    document, paragraph, piece, han = np.asarray(origin, dtype=np.int32).reshape(-1, 4).T
    terms = len(wanted.terms)
    excluded, across = (
        np.bincount(np.asarray(of, dtype=np.int64), minlength=terms) for of in (left_out.excluded, left_out.across)
    )
    return _Counted(phrases.matrix(rows, columns=terms), document, paragraph, piece, han, excluded, across, shared)


class Passage(NamedTuple):
    """A paragraph or sentence: row of its document, number of the paragraph and of the piece in it, words, Han characters."""

    document: int
    paragraph: int
    piece: int
    written: str
    han: int


def counted(part: Part, within: str) -> Iterator[Passage]:
    """The passages of a part's documents that hold a Han character, in simplified characters, without what is not counted."""
    texts = progress.steps(phrases.simplified(part), "matching", unit="documents")
    for document, (text, whole) in enumerate(zip(texts, part.written, strict=True)):
        start = 0
        # Lines are those of the whole text, as for its words: in the text that is counted some ends of lines are blank.
        for paragraph, line in enumerate(whole.split("\n")):
            for piece, written in enumerate(pieces(text[start : start + len(line)], within)):
                if han := count_han(written):
                    yield Passage(document, paragraph, piece, written, han)
            start += len(line) + 1


def pieces(line: str, within: str) -> list[str]:
    """The sentences of a paragraph, or the paragraph itself."""
    return _SENTENCE.findall(line) if within == "sentence" else [line]


def _overlapping(places: list[Place]) -> Iterator[tuple[int, int]]:
    """Themes of every two hits that have characters in common, the first in the dictionary first."""
    ordered = sorted(places, key=lambda place: place.start)
    for number, one in enumerate(ordered):
        for other in islice(ordered, number + 1, None):
            if other.start >= one.end:
                break
            if one.theme != other.theme:
                yield min(one.theme, other.theme), max(one.theme, other.theme)
