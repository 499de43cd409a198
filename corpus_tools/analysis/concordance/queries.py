"""What a query means: which kind it is, and every place where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from corpus_tools.analysis import counts, phrases
from corpus_tools.analysis.concordance import patterns, words
from corpus_tools.analysis.concordance.letters import Aligned, aligned, can_hold
from corpus_tools.analysis.concordance.words import Places, Spans
from corpus_tools.analysis.phrases import Found
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import NEAR, About, Matcher, abouts, matcher
from corpus_tools.corpus.corpus import BLANK, Corpus
from corpus_tools.corpus.places import Integers
from corpus_tools.errors import AnalysisError
from corpus_tools.language.borders import REACH
from corpus_tools.language.script import simplify

KINDS = ("word", "phrase", "slogan", "regex", "pattern")
_PARAGRAPH = re.compile(f"[^\n{BLANK}]+")
# What a pattern is full of and no wording holds; a mask (**市) may.
_SIGNS = re.compile(r"\*|\||(?<!\S)/[A-Za-z]")


class Query(NamedTuple):
    """A query with its kind, one of KINDS; ``numbers`` are the columns of ``wanted`` that a slogan stands for."""

    text: str
    kind: str
    match: str
    wanted: Matcher
    numbers: frozenset[int]


def read(query: str, kind: str | None, *, match: str, lexicon: Lexicon) -> Query:
    """Settle what a query is. Without a ``kind`` it is a slogan where the lexicon has it, else a phrase.

    AnalysisError for an unknown kind, a slogan that the lexicon lacks, and a query without kind that looks like a pattern.
    """
    counts.check_options(match=match)
    if kind not in (None, *KINDS):
        raise AnalysisError(
            f"kind is {kind!r}; it can be {', '.join(map(repr, KINDS))}, or None for a slogan or phrase"
        )
    if not query.strip():
        raise AnalysisError("an empty query: name a word, for instance '科普'")
    wanted = matcher(known(lexicon))
    numbers = frozenset(wanted.numbers(query)) if kind in (None, "slogan") else frozenset[int]()
    if kind == "slogan" and not numbers:
        raise AnalysisError(f"{query!r} is no slogan of the lexicon; see slogans.lexicon(), or use kind='phrase'")
    if kind is None and not numbers and (sign := _SIGNS.search(query)):
        said = patterns.pointed(query, sign.start(), "this may be a pattern or a wording")
        raise AnalysisError(f"{said}; say which with kind='pattern' or kind='phrase'")
    return Query(query, kind or ("slogan" if numbers else "phrase"), match, wanted, numbers)


class Hits:
    """Every place of a query, in the order of documents and texts; ``row`` is that of ``Corpus.documents``.

    Places of words are turned into characters only where they are asked for: a word may stand millions of times.
    """

    def __init__(self, corpus: Corpus, query: Query) -> None:
        self._corpus = corpus
        if query.kind in ("word", "pattern"):
            found = spans(corpus, query)
            row = words.rows(corpus, found)
            order = np.lexsort((found.first, row))
            self.row, self._spans = row[order], Spans(found.first[order], found.end[order])
        else:
            self._places = _places(corpus, query)
            self.row = self._places.row

    def places(self, chosen: Integers) -> Places:
        """Where these of the hits stand, by their numbers in ascending order."""
        if hasattr(self, "_places"):
            return Places(*(part[chosen] for part in self._places))
        return words.characters(self._corpus, Spans(*(part[chosen] for part in self._spans)))


def spans(corpus: Corpus, query: Query) -> Spans:
    """Every place of a query as a run of words, in the order of ``Corpus.tokens``: the words that it touches."""
    if query.kind in ("word", "pattern"):
        return (words.word if query.kind == "word" else words.pattern)(corpus, query.text)
    return words.of_places(corpus, _places(corpus, query))


def _places(corpus: Corpus, query: Query) -> Places:
    found = [(row, start, end) for row, of in enumerate(_in_texts(corpus, query)) for start, end in of]
    table = np.asarray(found, dtype=np.int64).reshape(-1, 3)
    return Places(*table.T)


def _in_texts(corpus: Corpus, query: Query) -> Iterable[Iterable[tuple[int, int]]]:
    """For each document where the query stands."""
    texts = phrases.simplified(corpus)
    if query.kind == "regex":
        return map(_regex(query.text), texts)
    if query.kind == "phrase":
        return map(_phrase(phrases.form_of(query.text)), texts)
    return map(_slogan(query), texts, abouts(corpus))


def _regex(query: str) -> Callable[[str], Iterator[tuple[int, int]]]:
    """Matches of an expression within paragraphs; empty ones are none."""
    try:
        pattern = re.compile(simplify(query))
    except re.error as error:
        at = min(error.pos or 0, max(len(query) - 1, 0))
        raise AnalysisError(patterns.pointed(query, at, f"no regular expression, {error.msg}")) from None

    def found(text: str) -> Iterator[tuple[int, int]]:
        for paragraph in _PARAGRAPH.finditer(text):
            at = paragraph.start()
            yield from ((at + m.start(), at + m.end()) for m in pattern.finditer(paragraph[0]) if m.end() > m.start())

    return found


def _phrase(form: str) -> Callable[[str], Iterator[tuple[int, int]]]:
    """Places of a wording that overlap none before, as ``phrases.apart`` leaves them."""
    may_hold, pattern = can_hold([form]), re.compile(re.escape(form))

    def found(text: str) -> Iterator[tuple[int, int]]:
        if may_hold(text):
            letters = aligned(text)
            yield from _as_written(letters, ((m.start(), m.end()) for m in pattern.finditer(letters.text)))

    return found


def _as_written(letters: Aligned, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return ((int(letters.starts[start]), int(letters.ends[end - 1])) for start, end in found)


def _slogan(query: Query) -> Callable[[str, About], Iterator[tuple[int, int]]]:
    """Places of a slogan as they are counted, in the documents that hold one of its wordings, around these alone."""
    # By wording, not number: a place whose reading cannot be told has a number of its own, and no form.
    wordings = {query.wanted.names[number].split("〔")[0] for number in query.numbers}
    readings = {number for number, slogan in enumerate(query.wanted.slogans) if slogan.wording in wordings}
    forms = tuple(form for form, of in query.wanted._readings.items() if not readings.isdisjoint(of))
    longest = max(len(form) for form in query.wanted._readings)
    may_hold, margin = can_hold(forms), longest + NEAR + REACH

    def found(text: str, about: About) -> Iterator[tuple[int, int]]:
        if may_hold(text):
            letters = aligned(text)
            held = phrases.everywhere(letters.text, forms)
            for first, last in _windows([(start, end) for _, start, end in held], margin, len(letters.text)):
                written = text[letters.starts[first] : letters.ends[last - 1]]
                around = query.wanted.places_in(letters.text[first:last], written, about)
                yield from _as_written(letters, ((first + a, first + b) for a, b in _counted(around, query)))

    return found


def _counted(places: Iterable[Found], query: Query) -> list[tuple[int, int]]:
    """Of the places of all slogans those that count for the one that is asked for."""
    chosen = phrases.longest(places) if query.match == "longest" else phrases.apart(places)
    return sorted((start, end) for slogan, start, end in chosen if slogan in query.numbers)


def _windows(held: list[tuple[int, int]], margin: int, length: int) -> list[tuple[int, int]]:
    """The places with what decides about them around; those that overlap are one."""
    windows = list[tuple[int, int]]()
    for start, end in sorted(held):
        first, last = max(0, start - margin), min(length, end + margin)
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(last, windows[-1][1]))
        else:
            windows.append((first, last))
    return windows
