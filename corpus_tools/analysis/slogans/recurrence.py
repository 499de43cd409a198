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
BLOCK = 2_000_000  # words looked at at a time

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
    """All words one after the other, cut into blocks of whole documents that are looked at in turn.

    ``ids``: -1 for marks and numbers. ``begins``: whether a paragraph begins. ``starts``, ``document``: where each paragraph
    begins, and whose it is. ``blocks``: where each block begins and ends.
    """

    ids: npt.NDArray[np.int32]
    begins: npt.NDArray[np.bool_]
    starts: Ints
    document: npt.NDArray[np.int32]
    blocks: list[tuple[int, int]]


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
        places = _places(level, stream)
        cohesion = _cohesion(level, shorter, places, single, stream.ids, size, total)
        company = np.minimum(_company(level, stream, -1), _company(level, stream, size))
        spread = _documents(level, stream)
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
    starts = np.concatenate([[0], tokens.ends[:-1]]).astype(np.int64)
    begins = np.zeros(len(tokens.ids) + 1, dtype=np.bool_)
    begins[starts] = True
    blocks, first = list[tuple[int, int]](), 0
    for start in starts[1:][np.diff(tokens.document) != 0]:
        if start - first >= BLOCK:
            blocks.append((first, int(start)))
            first = int(start)
    blocks.append((first, len(tokens.ids)))
    ids = np.empty(len(tokens.ids), dtype=np.int32)
    for a, b in blocks:
        ids[a:b] = np.where(inside[tokens.ids[a:b]], tokens.ids[a:b], -1)
    return _Stream(ids, begins[: len(ids)], starts, tokens.document, blocks)


def _singles(stream: _Stream, single: Ints, fewest: int) -> _Level:
    frequent = single >= fewest
    renumbered = np.where(frequent, np.cumsum(frequent) - 1, -1).astype(np.int32)
    which = np.full(len(stream.ids), -1, dtype=np.int32)
    for a, b in stream.blocks:
        ids = stream.ids[a:b]
        which[a:b] = np.where(ids >= 0, renumbered[ids], -1)
    return _Level(which, single[frequent].astype(np.int64))


def _longer(level: _Level, stream: _Stream, fewest: int, *, first: bool) -> _Level:
    """The frequent n-grams one word longer: places where a frequent shorter one begins, and another one word on."""
    counted = _Counted()
    for a, b in stream.blocks:
        counted.add(_pairs(level, stream, a, b, first=first)[1])
    keys, counts = counted.keys[counted.counts >= fewest], counted.counts[counted.counts >= fewest]
    which = np.full(len(level.which), -1, dtype=np.int32)
    if len(keys):
        for a, b in stream.blocks:
            at, pair = _pairs(level, stream, a, b, first=first)
            place = np.minimum(np.searchsorted(keys, pair), len(keys) - 1)
            which[at] = np.where(keys[place] == pair, place, -1)
    return _Level(which, counts)


def _pairs(level: _Level, stream: _Stream, a: int, b: int, *, first: bool) -> tuple[Ints, Ints]:
    """Places of a block where two n-grams follow one another word by word, and both as one number."""
    here, there = level.which[a : b - 1], level.which[a + 1 : b]
    both = (here >= 0) & (there >= 0)
    if first:
        both &= ~stream.begins[a + 1 : b]
    at = np.flatnonzero(both)
    return at + a, here[at].astype(np.int64) * len(level.counts) + there[at]


class _Counted:
    """How often each number came: ``keys`` in order, and their ``counts``."""

    def __init__(self) -> None:
        self.keys, self.counts = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)

    def add(self, numbers: Ints) -> None:
        """Count some more."""
        new, n = np.unique(numbers, return_counts=True)
        self.keys, inverse = np.unique(np.concatenate([self.keys, new]), return_inverse=True)
        weights = np.concatenate([self.counts, n])
        self.counts = np.bincount(inverse, weights=weights, minlength=len(self.keys)).astype(np.int64)


def _standing(level: _Level, a: int, b: int) -> Ints:
    """The places of a block where a frequent n-gram begins."""
    return np.flatnonzero(level.which[a:b] >= 0) + a


def _places(level: _Level, stream: _Stream) -> Ints:
    """The first place of each n-gram."""
    first = np.zeros(len(level.counts), dtype=np.int64)
    for a, b in reversed(stream.blocks):
        at = _standing(level, a, b)[::-1]
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
    counted, free = _Counted(), level.counts.astype(np.float64)
    edges, kinds = np.zeros(len(free)), np.int64(stream.ids.max(initial=0)) + 1
    for a, b in stream.blocks:
        at = _standing(level, a, b)
        gram = level.which[at].astype(np.int64)
        beside = np.clip(at + offset, 0, len(stream.ids) - 1)
        edge = (at + offset != beside) | (stream.begins[at] if offset < 0 else stream.begins[beside])
        edge |= stream.ids[beside] < 0
        counted.add(gram[~edge] * kinds + stream.ids[beside[~edge]])
        edges += np.bincount(gram[edge], minlength=len(free))
    of = counted.keys // kinds
    share = counted.counts / free[of]
    entropy = np.bincount(of, weights=-share * np.log(share), minlength=len(free))
    return np.asarray(entropy + edges / free * np.log(free), dtype=np.float64)


def _documents(level: _Level, stream: _Stream) -> Ints:
    """How many documents hold each n-gram."""
    spread = np.zeros(len(level.counts), dtype=np.int64)
    kinds = np.int64(stream.document.max(initial=0)) + 1
    for a, b in stream.blocks:
        at = _standing(level, a, b)
        document = stream.document[np.searchsorted(stream.starts, at, side="right") - 1]
        pairs = np.unique(level.which[at].astype(np.int64) * kinds + document)
        spread += np.bincount(pairs // kinds, minlength=len(spread))
    return spread
