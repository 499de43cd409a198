"""Words inside and outside the windows around a node, counted in every document, a block of documents at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, vstack

from corpus_tools.analysis import grouping
from corpus_tools.analysis.concordance.words import Spans
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.language.vocabulary import MARK, SPACE

Integers = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

UNITS = ("paragraph", "sentence")
BLOCK = 20_000_000  # tokens looked at in one go: some 4,000 reports, and a gigabyte of working memory
_SENTENCE_END = "。！？!?"


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of a contingency table, of every document: matrices are documents × words, vectors have an entry a document.

    ``joint``: inside windows; ``words``: anywhere but in the node; ``inside``: how much is inside windows, whatever it is;
    ``size``: how much there is.
    """

    joint: csr_matrix
    words: csr_matrix
    inside: Integers
    size: Integers

    def of(self, rows: Integers) -> Table:
        """The same of some documents."""
        return Table(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands near a node. ``tokens`` counts words; ``units``, for windows that are whole units, the units that hold them.

    ``nodes``: places of the node (units that hold it) in each document; ``left``, ``right``: as ``joint`` of the table that is
    reported, on either side.
    """

    tokens: Table
    units: Table | None
    nodes: Integers
    left: csr_matrix
    right: csr_matrix

    @property
    def reported(self) -> Table:
        """The table that measures are made of."""
        return self.units or self.tokens


def check_window(window: int | str) -> None:
    """AnalysisError unless a window is a number of words or one of UNITS."""
    if isinstance(window, str) and window not in UNITS:
        raise AnalysisError(f"window is {window!r}; it can be a number of words, {' or '.join(map(repr, UNITS))}")
    if not isinstance(window, str) and window < 1:
        raise AnalysisError(f"window is {window}; it must be at least 1 word")


def count(corpus: Corpus, node: Spans, column: Integers, *, window: int | str) -> Counted:
    """Count words near a node; ``column`` gives the column of each word of the vocabulary, -1 for those not counted.

    Windows hold words to either side, punctuation and white space aside, and end with the paragraph. Each word counts
    once, however many windows it is in; the words of the node themselves do not.
    """
    parts = [_Block(corpus, part, node, column, window).counted() for part in _blocks(corpus)]
    return _added(parts)


def _blocks(corpus: Corpus) -> Iterator[slice]:
    """Runs of paragraphs that end with a document, of some BLOCK words."""
    tokens, start = corpus.tokens, 0
    while start < len(tokens.ends):
        before = int(tokens.ends[start - 1]) if start else 0
        end = int(np.searchsorted(tokens.ends, before + BLOCK, side="right"))
        end = min(max(end, start + 1), len(tokens.ends))
        while end < len(tokens.ends) and tokens.document[end] == tokens.document[end - 1]:
            end += 1
        yield slice(start, end)
        start = end


def _added(parts: list[Counted]) -> Counted:
    if len(parts) == 1:
        return parts[0]

    def table(of: list[Table]) -> Table:
        return Table(*(sum(getattr(part, field.name) for part in of) for field in fields(Table)))

    units = [part.units for part in parts if part.units]
    return Counted(
        table([part.tokens for part in parts]),
        table(units) if units else None,
        np.sum([part.nodes for part in parts], axis=0),
        sum(part.left for part in parts),
        sum(part.right for part in parts),
    )


def unit_of(corpus: Corpus, part: slice, unit: str) -> tuple[Integers, Integers]:
    """The unit of every token in a run of paragraphs, from 0, and the document of every unit."""
    tokens = corpus.tokens
    begin = int(tokens.ends[part.start - 1]) if part.start else 0
    ends = tokens.ends[part] - begin
    first = np.zeros(int(ends[-1]) + 1, dtype=np.int64)
    first[ends[:-1]] = 1
    if unit == "sentence":
        ending = corpus.vocabulary["word"].str.endswith(tuple(_SENTENCE_END)).to_numpy(dtype=np.bool_)
        first[1:] |= ending[tokens.ids[begin : begin + len(first) - 1]]
    first[0] = 0
    of = np.cumsum(first[:-1])
    document = np.repeat(tokens.document[part], np.diff(ends, prepend=0))
    row = np.zeros(int(of.max(initial=-1)) + 1, dtype=np.int64)
    row[of] = document
    return of, row


class _Block:
    """A run of paragraphs, with the node marked and its punctuation left out."""

    def __init__(self, corpus: Corpus, part: slice, node: Spans, column: Integers, window: int | str) -> None:
        tokens = corpus.tokens
        self.documents, self.columns = len(corpus), int(column.max(initial=-1)) + 1
        self.window = window
        begin, end = (int(tokens.ends[part.start - 1]) if part.start else 0), int(tokens.ends[part.stop - 1])
        ids = tokens.ids[begin:end]
        unit, self.row_of_unit = unit_of(corpus, part, "sentence" if window == "sentence" else "paragraph")
        is_word = ~corpus.vocabulary["kind"].isin((MARK, SPACE)).to_numpy(dtype=np.bool_)
        solid = is_word[ids]
        mine = slice(*np.searchsorted(node.first, [begin, end]))
        first, last = node.first[mine] - begin, np.minimum(node.end[mine], end) - begin
        before = np.concatenate([[0], np.cumsum(solid)])
        self.unit, self.column = unit[solid], column[ids[solid]]
        # In words: where each place of the node begins and ends, and its paragraph (or sentence) does.
        self.first, self.last = before[first], before[last]
        self.begin = np.searchsorted(self.unit, unit[first])
        self.end = np.searchsorted(self.unit, unit[last - 1], side="right")
        self.node_unit = unit[first]
        self.is_node = self._covered(self.first, self.last)

    def _covered(self, first: Integers, last: Integers) -> Mask:
        change = np.bincount(first, minlength=len(self.unit) + 1) - np.bincount(last, minlength=len(self.unit) + 1)
        return np.asarray(np.cumsum(change)[: len(self.unit)] > 0)

    def counted(self) -> Counted:
        if isinstance(self.window, str):
            left, right = self._covered(self.begin, self.first), self._covered(self.last, self.end)
        else:
            left = self._covered(np.maximum(self.begin, self.first - self.window), self.first)
            right = self._covered(self.last, np.minimum(self.end, self.last + self.window))
        other = ~self.is_node
        left, right = left & other, right & other
        tokens = Table(
            self._by_document(left | right), self._by_document(other), self._sizes(left | right), self._sizes(other)
        )
        if not isinstance(self.window, str):
            nodes = self._of_units(self.node_unit)
            return Counted(tokens, None, nodes, self._by_document(left), self._by_document(right))
        held = np.unique(self.node_unit)
        everywhere, nodes = np.unique(np.concatenate([self.unit, held])), self._of_units(held)
        sides = [self._units(side) for side in (left | right, other, left, right)]
        joint, words, left_units, right_units = (self._row_sums(units) for units in sides)
        return Counted(tokens, Table(joint, words, nodes, self._of_units(everywhere)), nodes, left_units, right_units)

    def _units(self, where: Mask) -> csr_matrix:
        """Units × words: 1 where a word of these stands in the unit."""
        where = where & (self.column >= 0)
        units = _matrix(self.unit[where], self.column[where], (len(self.row_of_unit), self.columns))
        units.data[:] = 1
        return units

    def _by_document(self, where: Mask) -> csr_matrix:
        where = where & (self.column >= 0)
        return _matrix(self.row_of_unit[self.unit[where]], self.column[where], (self.documents, self.columns))

    def _row_sums(self, units: csr_matrix) -> csr_matrix:
        return csr_matrix(grouping.indicator(self.row_of_unit, self.documents) @ units)

    def _sizes(self, where: Mask) -> Integers:
        return self._of_units(self.unit[where])

    def _of_units(self, units: Integers) -> Integers:
        """How many of these there are in each document."""
        return np.bincount(self.row_of_unit[units], minlength=self.documents).astype(np.int64)


def _matrix(row: Integers, column: Integers, shape: tuple[int, int]) -> csr_matrix:
    """How often each pair occurs."""
    return csr_matrix((np.ones(len(row), dtype=np.int64), (row, column)), shape=shape)


def incidence(corpus: Corpus, column: Integers, unit: str) -> tuple[csr_matrix, Integers]:
    """Units × words: 1 where a word stands in a unit; and the document of each unit. Units without any word are left out."""
    columns = int(column.max(initial=-1)) + 1
    parts, rows = list[csr_matrix](), list[Integers]()
    is_word = ~corpus.vocabulary["kind"].isin((MARK, SPACE)).to_numpy(dtype=np.bool_)
    for part in _blocks(corpus):
        of, row = unit_of(corpus, part, unit)
        begin = int(corpus.tokens.ends[part.start - 1]) if part.start else 0
        ids = corpus.tokens.ids[begin : begin + len(of)]
        counted = column[ids] >= 0
        held = _matrix(of[counted], column[ids][counted], (len(row), columns))
        held.data[:] = 1
        there = np.bincount(of[is_word[ids]], minlength=len(row)) > 0
        parts.append(held[there])
        rows.append(row[there])
    return csr_matrix(vstack(parts)), np.concatenate(rows)
