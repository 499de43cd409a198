"""Words that return together across documents: n-grams of word numbers that hold together and stand in free company.

Counted level by level: n words can only be frequent where their first and their last n - 1 are (Agrawal & Srikant 1994), so
that every level looks at fewer places than the one before. Holding together is pointwise mutual information, free company
the entropy of the words beside (branching entropy, Jin & Tanaka-Ishii 2006).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_tools.analysis.words import WordFilter
from corpus_tools.corpus.corpus import Corpus, Tokens
from corpus_tools.language.vocabulary import HAN, LATIN

LONGEST = 6  # words
FEWEST = 5  # documents that must hold them, and times they must stand there: below, entropy says nothing
SHARE = 0.001  # of the documents, in a large corpus
PMI_FROM = 3.0  # nats by which words stand together more often than by chance, at the weaker end
ENTROPY_FROM = 1.0  # nats: the company of three equally frequent neighbours on each side
SHORTEST = 4  # characters
BLOCK = 10_000_000  # places counted at a time

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Collocation(NamedTuple):
    """Words that return together: joined, how often, in how many documents, how sure (0 to 1), and an example."""

    text: str
    times: int
    documents: int
    weight: float
    example: str


class _Stream(NamedTuple):
    """All words one after the other: ``ids`` (-1 for marks and numbers), where paragraphs begin, and the documents."""

    ids: npt.NDArray[np.int32]
    begins: npt.NDArray[np.bool_]
    document: npt.NDArray[np.int32]


class _Level(NamedTuple):
    """The frequent n-grams: which one begins at each place of the stream (-1: none), and how often each stands there."""

    which: npt.NDArray[np.int32]
    counts: Ints


def collocations(corpus: Corpus, *, known: frozenset[str] = frozenset()) -> list[Collocation]:
    """Find what of 2 to 6 words returns in at least 5 documents and a thousandth of them, ``known`` words not among them."""
    words = corpus.vocabulary["word"].to_numpy(dtype=object)
    inside = WordFilter(stopwords=(), length=1, kinds=(HAN, LATIN)).mask(corpus.vocabulary)
    inside = inside & ~corpus.vocabulary["word"].isin(known).to_numpy()
    outside = WordFilter(length=1).mask(corpus.vocabulary)
    fewest, found = max(FEWEST, round(SHARE * len(corpus))), list[Collocation]()
    stream = _stream(corpus.tokens, inside)
    single = np.bincount(stream.ids[stream.ids >= 0], minlength=len(words))
    level, total = _singles(stream, single, fewest), max(1, int(single.sum()))
    for size in range(2, LONGEST + 1):
        shorter, level = level, _longer(level, stream, fewest, first=size == 2)
        if not len(level.counts):
            break
        places = _places(level)
        cohesion = _cohesion(level, shorter, places, single, stream.ids, size, total)
        company = np.minimum(_company(level, stream, -1), _company(level, stream, size))
        spread = _documents(level, stream.document)
        for gram in np.flatnonzero((cohesion >= PMI_FROM) & (company >= ENTROPY_FROM) & (spread >= fewest)):
            at = places[gram]
            ids = stream.ids[at : at + size]
            text = "".join(words[ids])
            if outside[ids[0]] and outside[ids[-1]] and len(text) >= SHORTEST:
                weight = min(0.6, 0.03 * float(cohesion[gram]) + 0.08 * float(company[gram]))
                example = "".join(words[corpus.tokens.ids[max(0, at - 6) : at + size + 6]])
                found.append(Collocation(text, int(level.counts[gram]), int(spread[gram]), weight, example))
    return found


def _stream(tokens: Tokens, inside: npt.NDArray[np.bool_]) -> _Stream:
    lengths = np.diff(tokens.ends, prepend=0)
    begins = np.zeros(len(tokens.ids) + 1, dtype=np.bool_)
    begins[np.concatenate([[0], tokens.ends]).astype(np.int64)] = True
    ids = np.where(inside[tokens.ids], tokens.ids, -1).astype(np.int32)
    return _Stream(ids, begins[: len(ids)], np.repeat(tokens.document, lengths).astype(np.int32))


def _singles(stream: _Stream, single: Ints, fewest: int) -> _Level:
    frequent = single >= fewest
    renumbered = np.where(frequent, np.cumsum(frequent) - 1, -1).astype(np.int32)
    which = np.where(stream.ids >= 0, renumbered[stream.ids], -1).astype(np.int32)
    return _Level(which, single[frequent].astype(np.int64))


def _longer(level: _Level, stream: _Stream, fewest: int, *, first: bool) -> _Level:
    """The frequent n-grams one word longer: places where a frequent shorter one begins, and another one word on."""
    here, there = level.which[:-1], level.which[1:]
    both = (here >= 0) & (there >= 0)
    if first:
        both &= ~stream.begins[1:]
    at = np.flatnonzero(both)
    size = len(level.counts)
    keys, counts = _counted(at, here, there, size)
    keys, counts = keys[counts >= fewest], counts[counts >= fewest]
    which = np.full(len(level.which), -1, dtype=np.int32)
    if len(keys):
        for part in _blocks(at):
            wanted = here[part].astype(np.int64) * size + there[part]
            place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
            which[part] = np.where(keys[place] == wanted, place, -1)
    return _Level(which, counts)


def _counted(at: Ints, here: npt.NDArray[np.int32], there: npt.NDArray[np.int32], size: int) -> tuple[Ints, Ints]:
    """Each pair as one number, in order, and how often it stands at these places; block by block."""
    keys, counts = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    for part in _blocks(at):
        new, n = np.unique(here[part].astype(np.int64) * size + there[part], return_counts=True)
        keys, inverse = np.unique(np.concatenate([keys, new]), return_inverse=True)
        counts = np.bincount(inverse, weights=np.concatenate([counts, n]), minlength=len(keys)).astype(np.int64)
    return keys, counts


def _blocks(at: Ints) -> list[Ints]:
    return [at[start : start + BLOCK] for start in range(0, len(at), BLOCK)]


def _places(level: _Level) -> Ints:
    """The first place of each n-gram."""
    at = np.flatnonzero(level.which >= 0)[::-1]
    first = np.zeros(len(level.counts), dtype=np.int64)
    first[level.which[at]] = at  # the last write holds: that of the first place
    return first


def _cohesion(
    level: _Level, shorter: _Level, places: Ints, single: Ints, ids: npt.NDArray[np.int32], size: int, total: int
) -> Floats:
    """Pointwise mutual information of the first word with the rest and of the last word with what precedes it; the lesser."""
    together = np.log(level.counts) + np.log(total)
    start = np.log(shorter.counts[shorter.which[places]]) + np.log(single[ids[places + size - 1]])
    end = np.log(single[ids[places]]) + np.log(shorter.counts[shorter.which[places + 1]])
    lesser: Floats = together - np.maximum(start, end)
    return lesser


def _company(level: _Level, stream: _Stream, offset: int) -> Floats:
    """Entropy of the words at ``offset`` from each n-gram, in nats; an edge of a clause is another neighbour each time."""
    at = np.flatnonzero(level.which >= 0)
    beside = np.clip(at + offset, 0, len(stream.ids) - 1)
    edge = (at + offset != beside) | (stream.begins[at] if offset < 0 else stream.begins[beside])
    edge |= stream.ids[beside] < 0
    gram, free = level.which[at].astype(np.int64), level.counts.astype(np.float64)
    kinds = np.int64(stream.ids.max(initial=0)) + 1
    pairs, n = np.unique(gram[~edge] * kinds + stream.ids[beside[~edge]], return_counts=True)
    share = n / free[pairs // kinds]
    entropy = np.bincount(pairs // kinds, weights=-share * np.log(share), minlength=len(free))
    edges = np.bincount(gram[edge], minlength=len(free))
    return np.asarray(entropy + edges / free * np.log(free), dtype=np.float64)


def _documents(level: _Level, document: npt.NDArray[np.int32]) -> Ints:
    at = np.flatnonzero(level.which >= 0)
    kinds = np.int64(document.max(initial=0)) + 1
    pairs = np.unique(level.which[at].astype(np.int64) * kinds + document[at])
    return np.bincount(pairs // kinds, minlength=len(level.counts)).astype(np.int64)
