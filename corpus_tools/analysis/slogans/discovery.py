"""Slogans that no lexicon knows: what is written like one inside a report, and what returns across reports."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import grouping, phrases
from corpus_tools.analysis.slogans import recurrence, surface
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import About, Matcher, abouts, matcher
from corpus_tools.analysis.slogans.surface import COINAGE, LEXICON, NUMERAL, PARALLEL, QUOTED, Candidate
from corpus_tools.characters import narrow
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.placeholders import STAND_IN

AROUND = 20  # characters of the example on each side
KEPT = (
    1_000_000  # candidates held at a time; beyond, those seen least are let go (lossy counting, Manku & Motwani 2002)
)
LEAST = 0.3  # score of what is shown
SPARE = 5  # times as many candidates as are asked for are counted everywhere, since some are in too few documents
TRUST = {"high": 0.95, "medium": 0.8, "low": 0.7}  # weight of a wording of the lexicon
_RANK = {LEXICON: 4, QUOTED: 3, PARALLEL: 2, NUMERAL: 1, COINAGE: 0}
LOCAL_FROM = 3  # documents of one place, and of others, from which a candidate may be called local
COLUMNS = ["candidate", "kind", "count", "documents", "score", "local", "example"]


@progress.bar("discovery")
def discover(corpus: Corpus, *, top: int = 100, min_documents: int = 1, lexicon: Lexicon = None) -> pd.DataFrame:
    """Find what may be a slogan, known or new, best first.

    Columns: ``candidate``, as it is written, without quotation marks; ``kind``: ``lexicon`` (a wording of the lexicon),
    ``quoted`` (in quotation marks), ``numeral`` (三会一课, 1+6+N), ``parallel`` (守正创新、勇毅前行), ``coinage`` (the name of a
    programme, or words that return together across documents); ``count``, of its exact wording wherever it stands;
    ``documents`` that hold it (at least ``min_documents``); ``score``, 0 to 1, how sure its dress and its return make us;
    ``local``, the place whose documents alone use it, at least 3 of them, while there are as many of other places, missing
    otherwise; ``example``, the text around its first place. The ``top`` best are given; candidates of low score are left out
    however few there are.

    Inside a document a candidate is known by how it is written (analysis/slogans/surface.py), since most slogans
    stand once in a report. Across documents words that return together are found by pointwise mutual information and branching
    entropy on both sides (Jin & Tanaka-Ishii 2006); of a corpus under 5 documents none. Time grows with the text; memory
    with the candidates, at most a million of which are held. AnalysisError for an empty corpus.
    """
    grouping.groups(corpus, None)  # an empty corpus is an error
    if top < 1:
        raise AnalysisError(f"top is {top}; it must be at least 1")
    table, wanted, texts = _Table(), matcher(known(lexicon)), phrases.simplified(corpus)
    for text, about in zip(progress.steps(texts, "reading", unit="documents"), abouts(corpus), strict=True):
        table.add(text, in_document(narrow(text), about, wanted))
    if len(corpus) >= recurrence.FEWEST:
        forms = frozenset(form for slogan in wanted.slogans for form in slogan.forms)
        table.add_collocations(recurrence.collocations(corpus, known=forms))
    best = table.frame(min_documents=min_documents).head(SPARE * top)
    best = _recounted(best, texts, corpus.described["place"])
    best = best[best["documents"] >= min_documents]
    return best.head(top).reset_index(drop=True)[COLUMNS]


def _recounted(frame: pd.DataFrame, texts: list[str], place: pd.Series[str]) -> pd.DataFrame:
    """The candidates with every place of theirs counted, however it is dressed."""
    held = csr_matrix(phrases.count(map(phrases.normalise, texts), frame["candidate"])).tocsc()
    documents = held.getnnz(axis=0)
    code, names = pd.factorize(place)
    of_places = np.bincount(code[code >= 0], minlength=len(names))
    local = np.full(held.shape[1], None, dtype=object)
    for column in range(held.shape[1]):
        where = code[held.indices[held.indptr[column] : held.indptr[column + 1]]]
        only = int(where[0]) if len(where) >= LOCAL_FROM and (where == where[0]).all() else -1
        if only >= 0 and of_places.sum() - of_places[only] >= LOCAL_FROM:
            local[column] = names[only]
    total = np.asarray(held.sum(axis=0)).ravel()
    return frame.assign(count=total, documents=documents, local=local)


def in_document(text: str, about: About, wanted: Matcher) -> list[Candidate]:
    """The candidates of one text, slogans of the lexicon among them; offsets in the text."""
    found, start = list[Candidate](), 0
    for paragraph in text.split("\n"):
        known_ones = list(_of_lexicon(paragraph, about, wanted))
        for c in _settled([*known_ones, *surface.candidates(paragraph)]):
            found.append(c._replace(start=c.start + start, end=c.end + start))
        start += len(paragraph) + 1
    return found


def _of_lexicon(paragraph: str, about: About, wanted: Matcher) -> Iterator[Candidate]:
    places = list(phrases.longest(wanted.places(paragraph, about)))
    if places:
        text, starts, ends = phrases.with_positions(paragraph)
        for slogan, start, end in places:
            bare = _bare(text[start:end], wanted, slogan)
            yield Candidate(LEXICON, bare, int(starts[start]), int(ends[end - 1]), _trust(wanted, slogan))


def _trust(wanted: Matcher, number: int) -> float:
    """A formula with a year that is known for sure before one of unknown date, which may be a set phrase."""
    return TRUST[wanted.slogans[number].confidence] if number < len(wanted.slogans) else TRUST["low"]


def _bare(found: str, wanted: Matcher, number: int) -> str:
    """A wording without the verb before it or the noun behind it that a variant adds: 四个意识 in 增强四个意识."""
    forms = wanted.slogans[number].forms if number < len(wanted.slogans) else ()
    found = found.lstrip(STAND_IN)
    for form in sorted(forms, key=len):
        before, inside, after = found.partition(form)
        if inside and before in surface.launching() and not (before and after):
            return form
    return found


def _settled(found: list[Candidate]) -> list[Candidate]:
    """Of candidates at one place those of the surest dress: a parallel run may hold known slogans, others hold nothing."""
    taken, at = list[Candidate](), dict[int, list[Candidate]]()
    for one in sorted(found, key=lambda c: (-_RANK[c.kind], -c.weight, c.start - c.end)):
        beside = (other for place in range(one.start, one.end) for other in at.get(place, ()))
        if not any(_bars(other, one) for other in beside):
            taken.append(one)
            for place in range(one.start, one.end):
                at.setdefault(place, []).append(one)
    return taken


def _bars(other: Candidate, one: Candidate) -> bool:
    """Whether a candidate that was taken leaves no room for another that shares a place with it."""
    holds = one.start <= other.start and other.end <= one.end
    return not (holds and one.kind in (QUOTED, PARALLEL) and one.text != other.text)


@dataclass(slots=True)
class _Entry:
    """What is known of one candidate so far: its surest dress, and how often it was dressed."""

    kind: str
    weight: float
    example: str
    count: int = 0
    documents: int = 0
    dressless: bool = False


class _Table:
    """Candidates as they come, document by document."""

    def __init__(self) -> None:
        self.entries: dict[str, _Entry] = {}
        self.bound = 0

    def add(self, text: str, found: list[Candidate]) -> None:
        """Count the candidates of one document."""
        for key in {self._add_one(text, candidate) for candidate in found}:
            self.entries[key].documents += 1
        while len(self.entries) > KEPT:
            self.bound += 1
            self.entries = {key: entry for key, entry in self.entries.items() if entry.count > self.bound}

    def _add_one(self, text: str, candidate: Candidate) -> str:
        key = phrases.normalise(candidate.text)
        entry = self.entries.get(key)
        if entry is None:
            around = text[max(0, candidate.start - AROUND) : candidate.end + AROUND].replace("\n", " ")
            entry = self.entries[key] = _Entry(candidate.kind, candidate.weight, around)
        elif candidate.weight > entry.weight:
            entry.kind, entry.weight = candidate.kind, candidate.weight
        entry.count += 1
        return key

    def add_collocations(self, found: Iterable[recurrence.Collocation]) -> None:
        """Add words that return together, where nothing else has told of them."""
        for one in found:
            entry = _Entry(COINAGE, one.weight, one.example, one.times, one.documents, dressless=True)
            self.entries.setdefault(one.text, entry)

    def frame(self, *, min_documents: int) -> pd.DataFrame:
        """The candidates that may be shown, best first."""
        rows = [
            (text, entry.kind, entry.count, _score(entry), entry.example)
            for text, entry in self.entries.items()
            if text and entry.documents >= min_documents and _score(entry) >= LEAST
        ]
        frame = pd.DataFrame(rows, columns=["candidate", "kind", "count", "score", "example"])
        return frame.sort_values(["score", "count", "candidate"], ascending=[False, False, True], ignore_index=True)


def _score(entry: _Entry) -> float:
    """The weight of the dress, nearer to 1 the more often the candidate returns; of mere words their weight already says it."""
    if entry.dressless:
        return entry.weight
    return 1 - (1 - entry.weight) / (1 + math.log(entry.count) / 2)
