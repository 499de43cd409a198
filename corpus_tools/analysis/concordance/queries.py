"""What a query means: which kind it is, and every place where it stands."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from corpus_tools.analysis import counts, phrases
from corpus_tools.analysis.concordance import patterns, words
from corpus_tools.analysis.concordance.wordings import Spans, all_places, windows, wording
from corpus_tools.analysis.concordance.words import Places
from corpus_tools.analysis.phrases import Found
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import About, Matcher, abouts, matcher
from corpus_tools.corpus.corpus import BLANK, Corpus
from corpus_tools.corpus.places import Integers
from corpus_tools.errors import AnalysisError
from corpus_tools.language.script import simplify

KINDS = ("word", "phrase", "slogan", "regex", "pattern")
_PARAGRAPH = re.compile(f"[^\n{BLANK}]+")
# What a pattern is full of and no wording holds; a mask (**市) may.
_SIGNS = re.compile(r"\*|\||(?<!\S)/[A-Za-z]")
# What an expression may ask beside its matches, or what would run on over all paragraphs. Others are looked for in whole texts,
# which is ten times as fast: a match of theirs that stays in one paragraph is also the one that is found there alone.
_ASKS_WHERE = re.compile(r"(?<!\[)\^|\[\^\]|\$|\(\?(?!:)|\\[\[AZDW]|[*+?}]\+")

# Choices, groups, escapes, and classes with a bracket in them; of what remains all that may match more than one letter.
_NOT_PLAIN = re.compile(r"[|()\\]|\[\^?\]")
_OPEN = re.compile(r"\[[^]]*\](?:[*?]|\{[^}]*\})?|.(?:[*?]|\{[^}]*\})|[.^$*+?]")


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
    if not isinstance(query, str) or not query.strip():
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
            order = np.argsort(row, kind="stable")
            self.row, self._spans = row[order], words.Spans(found.first[order], found.end[order])
        else:
            self._places = _places(corpus, query)
            self.row = self._places.row

    def places(self, chosen: Integers) -> Places:
        """Where these of the hits stand, by their numbers in ascending order."""
        if hasattr(self, "_places"):
            return Places(*(part[chosen] for part in self._places))
        return words.characters(self._corpus, words.Spans(*(part[chosen] for part in self._spans)))


def spans(corpus: Corpus, query: Query) -> words.Spans:
    """Every place of a query as a run of words, in the order of ``Corpus.tokens``: the words that it touches."""
    if query.kind in ("word", "pattern"):
        return (words.word if query.kind == "word" else words.pattern)(corpus, query.text)
    return words.of_places(corpus, _places(corpus, query))


def _places(corpus: Corpus, query: Query) -> Places:
    counts, flat = (
        array("q"),
        array("q"),
    )  # millions of places may be found: as pairs they would take ten times the memory
    for found in _in_texts(corpus, query):
        counts.append(len(found))
        flat.extend(chain.from_iterable(found))
    start, end = np.array(flat, dtype=np.int64).reshape(-1, 2).T
    return Places(np.repeat(np.arange(len(counts)), counts), start, end)


def _in_texts(corpus: Corpus, query: Query) -> Iterable[Spans]:
    """For each document where the query stands."""
    texts = _simplified(corpus)
    if query.kind == "regex":
        return map(_regex(query.text), texts)
    if query.kind == "phrase":
        return map(wording(phrases.form_of(query.text)).apart, texts)
    return map(_slogan(query), texts, abouts(corpus))


# Of a corpus that is in use the texts in simplified letters: to ask each whether it is traditional takes longer than to look
# for a wording in it. Traditional ones are held twice, others are those of the corpus.
_KNOWN: WeakKeyDictionary[Corpus, list[str]] = WeakKeyDictionary()


def _simplified(corpus: Corpus) -> list[str]:
    if corpus not in _KNOWN:
        _KNOWN[corpus] = phrases.simplified(corpus)
    return _KNOWN[corpus]


def _regex(query: str) -> Callable[[str], Spans]:
    """Matches of an expression within paragraphs; empty ones are none."""
    try:
        pattern = re.compile(simplify(query))
    except re.error as error:
        at = min(error.pos or 0, max(len(query) - 1, 0))
        raise AnalysisError(patterns.pointed(query, at, f"no regular expression, {error.msg}")) from None

    # At its beginning there is at most one match in a paragraph: no need to try every letter.
    first_only = pattern.pattern.startswith("^") and "|" not in pattern.pattern
    matches = _first(pattern) if first_only else pattern.finditer

    def in_paragraphs(text: str) -> Spans:
        return [
            (paragraph.start() + start, paragraph.start() + end)
            for paragraph in _PARAGRAPH.finditer(text)
            for start, end in map(re.Match.span, matches(paragraph[0]))
            if end > start
        ]

    needed = _needed(pattern.pattern)
    if _ASKS_WHERE.search(pattern.pattern):
        return lambda text: in_paragraphs(text) if all(letters in text for letters in needed) else []
    whole = re.compile(pattern.pattern.replace("[^", f"[^\n{BLANK}"))

    def found(text: str) -> Spans:
        if not all(letters in text for letters in needed):
            return []
        spans = [(start, end) for start, end in map(re.Match.span, whole.finditer(text)) if end > start]
        within = all(text.find("\n", *at) < 0 and text.find(BLANK, *at) < 0 for at in spans)
        return spans if within else in_paragraphs(text)

    return found


def _needed(expression: str) -> list[str]:
    """Letters without which nothing matches, where a plain expression says so: to ask for them costs a tenth of matching."""
    return [] if _NOT_PLAIN.search(expression) else [run for run in _OPEN.split(expression) if run]


def _first(pattern: re.Pattern[str]) -> Callable[[str], Iterable[re.Match[str]]]:
    return lambda text: [found] if (found := pattern.match(text)) else []


def _slogan(query: Query) -> Callable[[str, About], Spans]:
    """Places of a slogan as they are counted, looked for around its wordings alone."""
    # By wording, not number: a place whose reading cannot be told has a number of its own, and no form.
    wordings = {query.wanted.names[number].split("〔")[0] for number in query.numbers}
    readings = {number for number, slogan in enumerate(query.wanted.slogans) if slogan.wording in wordings}
    forms = [form for form, of in query.wanted.readings.items() if not readings.isdisjoint(of)]
    places, deciding = all_places(forms), query.wanted.deciding(forms)

    def found(text: str, about: About) -> Spans:
        spans = list[tuple[int, int]]()
        for window in windows(text, places(text), deciding.letters):
            around = query.wanted.places_in(window.letters.text, window.written, about, only=deciding)
            counted = window.letters.written(_counted(around, query))
            spans += (
                at for start, end in counted if (at := (window.start + start, window.start + end)) in window.places
            )
        return spans

    return found


def _counted(places: Iterable[Found], query: Query) -> Spans:
    """Of the places of all slogans those that count for the one that is asked for."""
    chosen = phrases.longest(places) if query.match == "longest" else phrases.apart(places)
    return sorted((start, end) for slogan, start, end in chosen if slogan in query.numbers)
