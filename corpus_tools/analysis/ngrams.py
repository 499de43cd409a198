"""Sequences of words (n-grams) as numbers, found level by level.

A sequence that stands in enough documents is made of shorter ones that do (Agrawal & Srikant 1994, Apriori), so that each
level looks only at what can still be extended, and a sequence is one number: that of its beginning and that of its last word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part, Tokens

LONGEST = 5  # words of a sequence

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Terms:
    """Words or sequences that are counted.

    ``number``: for each row of the vocabulary the number of the word, -1 where it is not counted. ``words``: by number.
    ``levels``: for each word after the first the sequences, ascending: number of the beginning × words + number of the last.
    """

    number: Integers
    words: npt.NDArray[np.object_]
    levels: tuple[Integers, ...] = ()

    def __len__(self) -> int:
        return len(self.levels[-1]) if self.levels else len(self.words)

    @cached_property
    def names(self) -> npt.NDArray[np.object_]:
        """The terms in the order of their numbers, words with blanks between."""
        names = self.words
        for keys in self.levels:
            names = names[keys // len(self.words)] + " " + self.words[keys % len(self.words)]
        return names

    def numbers(self, tokens: Tokens) -> Integers:
        """For each token the number of the term that begins there, -1 where none does."""
        word = self.number[tokens.ids]
        term = word
        for level, keys in enumerate(self.levels, start=1):
            pairs = self.pairs(term, word, tokens, level)
            at = np.searchsorted(keys, pairs)
            at[at == len(keys)] = 0
            term = np.where((pairs >= 0) & (keys[at] == pairs), at, -1) if len(keys) else np.full(len(word), -1)
        return term

    def pairs(self, term: Integers, word: Integers, tokens: Tokens, level: int) -> Integers:
        """Each term with the word that follows it, as one number; -1 where there is no such word in its paragraph."""
        following, left = np.full(len(word), -1), _left(tokens)
        following[: max(0, len(word) - level)] = word[level:]
        return np.where((term >= 0) & (following >= 0) & (left > level), term * len(self.words) + following, -1)


def terms_of(corpus: Corpus, keep: npt.NDArray[np.bool_], *, n: int, min_documents: int) -> Terms:
    """The words that are kept, or the sequences of ``n`` of them in at least so many documents."""
    number = np.full(len(keep), -1)
    number[keep] = np.arange(int(keep.sum()))
    terms = Terms(number, corpus.vocabulary["word"].to_numpy(dtype=object)[keep])
    for level in range(1, n):
        found = corpus.over_parts(partial(_in_part, word_ids=corpus.word_ids, terms=terms, level=level), "words")
        keys, documents = _together(counted for _, counted in found)
        terms = Terms(terms.number, terms.words, (*terms.levels, keys[documents >= min_documents]))
    return terms


def _left(tokens: Tokens) -> Integers:
    """Tokens from each one to the end of its paragraph, itself among them."""
    return np.repeat(tokens.ends, np.diff(tokens.ends, prepend=0)) - np.arange(len(tokens.ids))


def _in_part(part: Part, *, word_ids: pa.Array, terms: Terms, level: int) -> tuple[Integers, Integers]:
    """The sequences of a part that are one word longer than ``terms``, and in how many documents each stands."""
    tokens = part.tokens(word_ids)
    pairs = terms.pairs(terms.numbers(tokens), terms.number[tokens.ids], tokens, level)
    there = np.flatnonzero(pairs >= 0)
    document = np.repeat(tokens.document, np.diff(tokens.ends, prepend=0))[there]
    order = np.lexsort((document, pairs[there]))
    key, document = pairs[there][order], document[order]
    new = np.append(True, (np.diff(key) != 0) | (np.diff(document) != 0))[: len(key)]
    return _added(key[new], np.ones(int(new.sum()), dtype=np.int64))


def _together(parts: Iterable[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    """Sum what parts have counted; parts wait until they are as many as what was summed, so that each is sorted few times."""
    keys = counts = np.empty(0, dtype=np.int64)
    waiting: list[tuple[Integers, Integers]] = []
    for part in parts:
        waiting.append(part)
        if sum(len(key) for key, _ in waiting) >= len(keys):
            keys, counts = _merged([(keys, counts), *waiting])
            waiting = []
    return _merged([(keys, counts), *waiting])


def _merged(parts: list[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    return _added(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _added(key: Integers, count: Integers) -> tuple[Integers, Integers]:
    """Different keys, ascending, with the sums of their counts."""
    keys, inverse = np.unique(key, return_inverse=True)
    return keys, np.bincount(inverse, weights=count, minlength=len(keys)).astype(np.int64)
