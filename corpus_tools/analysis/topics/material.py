"""What topics are found in: units of text as counts of words that are neither too rare nor everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools.analysis import counts
from corpus_tools.analysis.topics.courtesies import Courtesies
from corpus_tools.analysis.words import ANY, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part, Tokens
from corpus_tools.errors import AnalysisError

MIN_WORDS = 15  # a unit shorter than this is a heading or a form of address (the size the engines were compared at)
# A word must stand in this many units, and in one of a thousand of a large corpus.
MIN_UNITS, MIN_SHARE = 5, 0.001
# Words in more of the units than this belong to every topic (发展, 工作, 建设). Of paragraphs, the fewer
# the better by coherence (benchmarks/topics.py --limits), but .10 leaves out what is asked after: 农村, 教育, 创新, 投资. Larger
# units hold more words.
MAX_SHARE = {"paragraph": 0.15, "section": 0.3, "document": 0.5}
FEW = 20  # in so few units no word is everywhere

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Some units of text. ``words``: columns of the words in the order of the text; ``ends``: where each unit ends in them.

    ``document``: the row of the corpus' documents each unit belongs to. ``number``: its paragraph or section, -1 where it is
    in none. ``print``: a number that units of the same words share.
    """

    words: npt.NDArray[np.int32]
    ends: Integers
    document: Integers
    number: Integers
    print: npt.NDArray[np.uint64]
    columns: int

    def only(self, column: npt.NDArray[np.int32], columns: int) -> Block:
        """The same units with some of the words: ``column`` is the new number of each, -1 where it is left out."""
        words = column[self.words]
        keep = np.concatenate([[0], np.cumsum(words >= 0)])
        return Block(words[words >= 0], keep[self.ends], self.document, self.number, self.print, columns)

    def of(self, units: npt.NDArray[Any]) -> Block:
        """Some of the units, as a mask or in an order of their numbers."""
        units = np.flatnonzero(units) if units.dtype == np.bool_ else units
        length = np.diff(self.ends, prepend=0)[units]
        ends = np.cumsum(length)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.ends[units] - ends, length)
        return Block(
            self.words[places], ends, self.document[units], self.number[units], self.print[units], self.columns
        )

    @property
    def counts(self) -> csr_matrix:
        """Units × words, float64."""
        ones = np.ones(len(self.words))
        starts = np.concatenate([[0], self.ends])
        counted = csr_matrix((ones, self.words, starts), shape=(len(self.ends), self.columns), copy=True)
        counted.sum_duplicates()
        return counted


@dataclass(frozen=True)
class Asked:
    """What is asked of a corpus: its ``unit`` of text, the ``words`` that may be counted, and which units are too short.

    Without ``courtesies``, paragraphs by which a report opens, thanks and closes are left out.
    """

    unit: str
    words: WordFilter
    min_words: int
    max_share: float
    courtesies: bool


@dataclass(frozen=True)
class Material:
    """Units × words of a corpus: ``terms``, the words; ``spread``, the units that hold each; ``size``, the units.

    ``left_out``: units that were left out, by reason. ``repeated``: the prints of units that stand in several documents.
    ``blocks``: goes through the units, a part of the corpus folder at a time, or all at once.
    """

    corpus: Corpus
    asked: Asked
    terms: npt.NDArray[np.str_]
    spread: Integers
    size: int
    left_out: dict[str, int]
    repeated: npt.NDArray[np.uint64]
    blocks: Callable[[], Iterable[Block]]

    @property
    def report(self) -> Integers:
        """The report that each row of the documents is of: several rows where tenses are counted apart."""
        return reports_of(self.corpus)

    @property
    def idf(self) -> npt.NDArray[np.float64]:
        """Inverse frequency of each word in units: ln((1 + units) / (1 + units that hold it)) + 1."""
        idf: npt.NDArray[np.float64] = np.log((1 + self.size) / (1 + self.spread)) + 1
        return idf


def material(corpus: Corpus, asked: Asked, *, streamed: bool = False) -> Material:
    """Choose the words of a corpus and count its units; ``streamed`` goes through its parts anew each time.

    AnalysisError for an unknown unit, an empty corpus, and where nothing is left to find topics in.
    """
    check(corpus, asked)
    units, left_out = _Units(corpus, asked, asked.words.mask(corpus.vocabulary)), Counter[str]()
    spread, once = np.zeros(len(corpus.vocabulary), dtype=np.int64), list[Block]()
    prints, report, size = list[npt.NDArray[np.uint64]](), reports_of(corpus), 0
    blocks = units.blocks(corpus, left_out)
    for block in blocks if streamed else [in_order(joined(list(blocks)))]:
        spread += np.bincount(block.counts.indices, minlength=len(spread))
        prints.append(_once(block.print, report[block.document]))
        size += len(block.ends)
        once += [] if streamed else [block]
    repeated = _repeated(np.concatenate(prints))
    keep = np.flatnonzero((spread >= max(MIN_UNITS, round(MIN_SHARE * size))) & (spread <= _most(asked, size)))
    column = np.full(len(spread), -1, dtype=np.int32)
    column[keep] = np.arange(len(keep))
    kept = [block.only(column, len(keep)) for block in once]

    def stream() -> Iterator[Block]:
        return (block.only(column, len(keep)) for block in units.blocks(corpus))

    terms = corpus.vocabulary["word"].to_numpy(dtype=str)[keep]
    return Material(
        corpus, asked, terms, spread[keep], size, dict(left_out), repeated, stream if streamed else lambda: kept
    )


def units_with(corpus: Corpus, asked: Asked, terms: npt.NDArray[np.str_]) -> Iterator[Block]:
    """The units of a corpus as counts of given words, a part of its folder at a time."""
    check(corpus, asked)
    number = pd.Series(np.arange(len(terms), dtype=np.int32), index=terms)
    column = np.asarray(number.reindex(corpus.vocabulary["word"], fill_value=-1), dtype=np.int32)
    return (block.only(column, len(terms)) for block in _Units(corpus, asked, column >= 0).blocks(corpus))


def check(corpus: Corpus, asked: Asked) -> None:
    """Raise AnalysisError for an unknown unit, a bad limit and an empty corpus."""
    if asked.unit not in MAX_SHARE:
        raise AnalysisError(f"unit is {asked.unit!r}; it can be {', '.join(MAX_SHARE)}")
    if not 0 < asked.max_share <= 1:
        raise AnalysisError(f"max_share is {asked.max_share}; it is a share of the {asked.unit}s: above 0, at most 1")
    if asked.min_words < 1:
        raise AnalysisError(f"min_words is {asked.min_words}; it must be at least 1")
    if not len(corpus):
        raise AnalysisError("this corpus has no documents")


def joined(blocks: list[Block]) -> Block:
    """Several blocks as one."""
    done = np.cumsum([0, *(len(block.words) for block in blocks)])[:-1].tolist()
    ends = [block.ends + before for block, before in zip(blocks, done, strict=True)]
    words, document, number, prints = (
        np.concatenate([getattr(block, name) for block in blocks]) for name in ("words", "document", "number", "print")
    )
    return Block(words, np.concatenate(ends), document, number, prints, blocks[0].columns)


def in_order(block: Block) -> Block:
    """The same units in the order of their documents: whatever the parts of the folder."""
    order = np.argsort(block.document, kind="stable")
    return block if np.array_equal(order, np.arange(len(order))) else block.of(order)


def reports_of(corpus: Corpus) -> Integers:
    """The number of the report that each row of a corpus' documents is of."""
    return pd.factorize(corpus.described["doc_id"])[0].astype(np.int64)


def check_k(k: int, found: Material) -> None:
    """Raise AnalysisError where so many topics cannot be found in so many units and words."""
    most = min(found.size, len(found.terms)) - 1  # as many factors as rows or columns would be no summary
    if not isinstance(k, int | np.integer) or k < 2:
        raise AnalysisError(f"k is {k!r}; it must be a whole number of at least 2")
    if k > most:
        possible = f"k can be 2 to {most}" if most >= 2 else "no topics are possible"
        left = ", ".join(f"{n} {reason}" for reason, n in found.left_out.items() if n)
        raise AnalysisError(
            f"{k} topics are too many for {found.size} {found.asked.unit}s of {found.asked.min_words} words or more and "
            f"{len(found.terms)} words that stand in at least {MIN_UNITS} of them: {possible}"
            + (f" (left out: {left})" if left else "")
        )


class _Units:
    """Cuts the words of a corpus into units."""

    def __init__(self, corpus: Corpus, asked: Asked, counted: npt.NDArray[np.bool_]) -> None:
        self._word_ids, self._asked, self._counted = corpus.word_ids, asked, counted
        self._is_word = ANY.mask(corpus.vocabulary)
        self._courtesies = None if asked.courtesies else Courtesies(corpus.vocabulary)
        self._prints = np.random.default_rng(0).integers(2**63, size=len(counted), dtype=np.uint64)

    def blocks(self, corpus: Corpus, left_out: Counter[str] | None = None) -> Iterator[Block]:
        """The units that are long enough, with all words that may be counted, of each part of a corpus.

        Adds to ``left_out`` how many units are not there.
        """
        for rows, part in corpus.parts("words"):
            block = self._block(part, Counter() if left_out is None else left_out)
            yield replace(block, document=rows[block.document])

    def _block(self, part: Part, left_out: Counter[str]) -> Block:
        tokens = part.tokens(self._word_ids)
        if self._courtesies is not None:
            courteous = self._courtesies.mask(tokens)
            left_out["courtesies"] += int(courteous.sum())
            tokens = _paragraphs(tokens, ~courteous)
        frame, document, of_paragraph = counts.units_of(part, tokens, self._asked.unit)
        unit = np.repeat(of_paragraph, np.diff(tokens.ends, prepend=0))
        length = np.bincount(unit[self._is_word[tokens.ids]], minlength=len(frame))
        long = length >= self._asked.min_words
        left_out["short"] += int((~long).sum())
        there = self._counted[tokens.ids] & long[unit]
        words, unit = tokens.ids[there], unit[there]
        if (np.diff(unit) < 0).any():  # a section that goes on after one inside it
            order = np.argsort(unit, kind="stable")
            words, unit = words[order], unit[order]
        ends = np.cumsum(np.bincount(unit, minlength=len(frame))[long])
        number = frame.iloc[:, -1].to_numpy(dtype=np.int64, na_value=-1) if len(frame.columns) > 1 else document
        so_far = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(self._prints[words])])
        prints = np.diff(so_far[ends], prepend=np.uint64(0))
        return Block(words, ends, document[long], number[long], prints, len(self._counted))


def _paragraphs(tokens: Tokens, keep: npt.NDArray[np.bool_]) -> Tokens:
    """The tokens of some paragraphs."""
    length = np.diff(tokens.ends, prepend=0)
    return Tokens(
        tokens.ids[np.repeat(keep, length)], np.cumsum(length[keep]), tokens.document[keep], tokens.paragraph[keep]
    )


def _most(asked: Asked, size: int) -> float:
    return max(asked.max_share * size, FEW)


def _once(prints: npt.NDArray[np.uint64], reports: Integers) -> npt.NDArray[np.uint64]:
    """The prints of a part, each once a report; a report is in one part."""
    order = np.lexsort((prints, reports))
    prints, reports = prints[order], reports[order]
    new = np.ones(len(prints), dtype=np.bool_)
    new[1:] = (prints[1:] != prints[:-1]) | (reports[1:] != reports[:-1])
    return prints[new]


def _repeated(prints: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The prints that stand several times."""
    prints.sort()
    return np.unique(prints[1:][prints[1:] == prints[:-1]])
