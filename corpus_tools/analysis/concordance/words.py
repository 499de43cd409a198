"""Words and patterns of words, found by their numbers; and places of words as places of characters, and back."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.analysis.concordance import patterns
from corpus_tools.analysis.concordance.patterns import ELSE, Gap, Pattern
from corpus_tools.characters import narrow
from corpus_tools.corpus.corpus import Corpus, Tokens
from corpus_tools.corpus.places import Integers, Paragraphs, paragraphs
from corpus_tools.errors import AnalysisError
from corpus_tools.language import lexicon
from corpus_tools.language.script import simplify

_TEXT = 1 << 32  # above the length of any text: document and offset make one number
_BLOCK = 1 << 22  # words looked at together, for which the rows of a pattern take some hundred megabytes


class Spans(NamedTuple):
    """Runs of words: ``first`` and behind the last (``end``), in ``Corpus.tokens.ids``; in order, none overlapping."""

    first: Integers
    end: Integers


class Places(NamedTuple):
    """Places in texts: ``row`` of ``Corpus.documents``, ``start`` and ``end`` in characters; in order of both."""

    row: Integers
    start: Integers
    end: Integers


def word(corpus: Corpus, query: str) -> Spans:
    """Every place of a word; AnalysisError where the vocabulary of the corpus does not have it."""
    words, plain = corpus.vocabulary["word"], narrow(simplify(query))
    for wanted in (words == narrow(query), words == plain, _plain(corpus) == plain):
        if wanted.any():
            break
    else:
        raise AnalysisError(f"{query!r} is no word of this corpus; {ELSE}")
    first = _standing(corpus, wanted.to_numpy())
    return Spans(first, first + 1)


def _standing(corpus: Corpus, wanted: npt.NDArray[np.bool_]) -> Integers:
    """Where in ``Corpus.tokens.ids`` words stand that are marked."""
    ids = corpus.tokens.ids
    return np.concatenate(
        [np.empty(0, dtype=np.int64)]
        + [np.flatnonzero(wanted[ids[at : at + _BLOCK]]) + at for at in range(0, len(ids), _BLOCK)]
    )


def pattern(corpus: Corpus, query: str) -> Spans:
    """Every place of a pattern, from the left, each as short as its gaps allow.

    White space and quotation marks are no words here: a pattern goes across them.
    """
    read = patterns.read(query)
    words, tags = _plain(corpus), corpus.vocabulary["pos"]
    choices = [read[0], *(choice for _, choice in read[1])]
    masks = [choice.mask(words, tags) for choice in choices]
    solid, found = ~left_out(corpus), [np.empty((2, 0), dtype=np.int64)]
    for some in _holding(corpus, masks):
        index, paragraph = _words_of(corpus, some, solid)
        ids = corpus.tokens.ids[index]
        first, last = _matched([mask[ids] for mask in masks], read, paragraph)
        keep = _apart(first, last)
        found.append(np.stack([index[first[keep]], index[last[keep]] + 1]))
    return Spans(*np.concatenate(found, axis=1))


def left_out(corpus: Corpus) -> npt.NDArray[np.bool_]:
    """Mark the words of the vocabulary of which nothing is left when texts are matched: spaces, quotation marks."""
    return corpus.vocabulary["word"].str.fullmatch(f"{lexicon.LEFT_OUT}+").to_numpy(dtype=np.bool_)


def _plain(corpus: Corpus) -> pd.Series[str]:
    """The vocabulary in simplified letters."""
    plain: pd.Series[str] = corpus.vocabulary["word"].map(simplify)
    return plain


def rows(corpus: Corpus, spans: Spans) -> Integers:
    """The row of ``Corpus.documents`` that each run of words stands in."""
    paragraph = np.searchsorted(corpus.tokens.ends, spans.first, side="right")
    return corpus.tokens.document[paragraph].astype(np.int64)


def _holding(corpus: Corpus, masks: list[npt.NDArray[np.bool_]]) -> list[Integers]:
    """The paragraphs that hold the rarest part of the pattern, by number, so many at a time as have a block of words."""
    tokens = corpus.tokens
    often = corpus.vocabulary["count"].to_numpy()
    rarest = min(masks, key=lambda mask: int(often[mask].sum()))
    holding = np.unique(np.searchsorted(tokens.ends, _standing(corpus, rarest), side="right"))
    words = np.cumsum(tokens.ends[holding] - _starts(tokens)[holding])
    return np.split(holding, np.flatnonzero(np.diff(words // _BLOCK)) + 1)


def _words_of(corpus: Corpus, paragraphs: Integers, solid: npt.NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """The words of these paragraphs that are marked as solid, and the paragraph of each."""
    starts, ends = _starts(corpus.tokens)[paragraphs], corpus.tokens.ends[paragraphs]
    index, paragraph = ranges(starts, ends), np.repeat(paragraphs, ends - starts)
    keep = solid[corpus.tokens.ids[index]]
    return index[keep], paragraph[keep]


def _starts(tokens: Tokens) -> Integers:
    return np.concatenate([[0], tokens.ends])


def _matched(holds: list[npt.NDArray[np.bool_]], read: Pattern, paragraph: Integers) -> tuple[Integers, Integers]:
    """First and last word of the shortest match from every word that one begins at."""
    n = len(paragraph)
    start = last = np.flatnonzero(holds[0])
    for (gap, _), hold in zip(read[1], holds[1:], strict=True):
        start, last = _step(start, last, gap, hold, paragraph)
    # Sorted by start, then last: the first of each start is the shortest.
    keep = np.diff(start, prepend=-1) != 0
    return (start[keep], last[keep]) if n else (start, last)


def _step(
    start: Integers, last: Integers, gap: Gap, hold: npt.NDArray[np.bool_], paragraph: Integers
) -> tuple[Integers, Integers]:
    """Matches so far, each with every word that may come next; sorted, each once."""
    n = len(paragraph)
    found = list[Integers]()
    for distance in range(gap.low + 1, gap.high + 2):
        following = last + distance
        inside = np.flatnonzero(following < n)
        to = following[inside]
        inside = inside[hold[to] & (paragraph[to] == paragraph[last[inside]])]
        found.append(start[inside] * n + following[inside])
    pairs = np.unique(np.concatenate(found))
    return pairs // max(n, 1), pairs % max(n, 1)


def _apart(first: Integers, last: Integers) -> list[int]:
    """Of matches in order those that overlap none before."""
    kept, free = list[int](), -1
    for number, (a, b) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        if a > free:
            kept.append(number)
            free = b
    return kept


def ranges(starts: Integers, ends: Integers) -> Integers:
    """The numbers of all these ranges, one range after the other."""
    lengths = ends - starts
    shift = np.repeat(starts - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) if len(starts) else starts
    return np.arange(lengths.sum()) + shift


class _Laid(NamedTuple):
    """Words of some paragraphs: their ``number`` in the tokens, and document and first character as one number."""

    number: Integers
    key: Integers


def _laid(corpus: Corpus, of: Paragraphs) -> _Laid:
    tokens = corpus.tokens
    starts, ends = _starts(tokens)[of.number], tokens.ends[of.number]
    index = ranges(starts, ends)
    lengths = corpus.vocabulary["word"].str.len().to_numpy(dtype=np.int64)[tokens.ids[index]]
    whole = np.concatenate([[0], np.cumsum(lengths)])
    sizes = ends - starts
    before = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    within = whole[:-1] - np.repeat(whole[before], sizes)
    return _Laid(index, np.repeat(of.row * _TEXT + of.start, sizes) + within)


def characters(corpus: Corpus, spans: Spans) -> Places:
    """Where runs of words stand in the texts; by document and place."""
    if not len(spans.first):
        return Places(*(np.empty(0, dtype=np.int64),) * 3)
    tokens = corpus.tokens
    paragraph = np.searchsorted(tokens.ends, spans.first, side="right")
    of = paragraphs(corpus, rows(corpus, spans))
    wanted = np.isin(of.number, paragraph)
    laid = _laid(corpus, Paragraphs(*(part[wanted] for part in of)))
    order = np.argsort(laid.number, kind="stable")
    number, key = laid.number[order], laid.key[order]
    start, last = (key[np.searchsorted(number, at)] for at in (spans.first, spans.end - 1))
    end = last + corpus.vocabulary["word"].str.len().to_numpy(dtype=np.int64)[tokens.ids[spans.end - 1]]
    order = np.argsort(start, kind="stable")
    return Places(start[order] // _TEXT, start[order] % _TEXT, end[order] % _TEXT)


def of_places(corpus: Corpus, places: Places) -> Spans:
    """The words that places in texts touch, in the order of the tokens; words that two places touch are in both."""
    if not len(places.row):
        return Spans(*(np.empty(0, dtype=np.int64),) * 2)
    of = paragraphs(corpus, places.row)
    keys = of.row * _TEXT + of.start
    touched = [
        np.searchsorted(keys, places.row * _TEXT + at, side="right") - 1 for at in (places.start, places.end - 1)
    ]
    wanted = np.unique(np.concatenate(touched))
    laid = _laid(corpus, Paragraphs(*(part[wanted] for part in of)))
    first, last = (
        laid.number[np.searchsorted(laid.key, places.row * _TEXT + at, side="right") - 1]
        for at in (places.start, places.end - 1)
    )
    order = np.argsort(first, kind="stable")
    return Spans(first[order], last[order] + 1)
