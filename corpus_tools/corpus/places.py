"""Places of a corpus in its other coordinates: characters of the clean text as those of the raw text, and as words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_tools.corpus import storage
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import StoreError

Integers = npt.NDArray[np.int64]
# Above the length of any text, so that document and offset make one number by which places can be searched.
_TEXT = 1 << 32


class RawPlaces(NamedTuple):
    """Characters of raw texts: where places begin and end."""

    start: Integers
    end: Integers


def raw_places(corpus: Corpus, rows: Integers, start: Integers, end: Integers) -> RawPlaces:
    """Where characters ``start`` to ``end`` of clean texts came from, in characters of the raw texts.

    ``rows`` are those of ``corpus.documents``; no place is empty. What was removed inside a place lies inside its raw place,
    too; of what an edit inserted, all that it replaced. What was inserted and replaced nothing has an empty raw place.
    """
    names = pa.array(corpus.documents["doc_id"].iloc[np.unique(rows)].unique())
    mapped = _Edits(*_edits(corpus.folder, names))
    of_places = pc.index_in(pa.array(corpus.documents["doc_id"].iloc[rows]), value_set=names)
    document = np.asarray(of_places, dtype=np.int64)
    return RawPlaces(mapped.first(document, start), mapped.last(document, end - 1) + 1)


def _edits(folder: Path, names: pa.Array) -> Integers:
    """The edits of these documents: four rows, their number among ``names``, start, end, and characters inserted."""
    parts = [np.empty((4, 0), dtype=np.int64)]
    # Part by part: a large corpus has more edits than a question about some of its documents should hold in memory.
    for part in _stored(folder):
        document = _decoded(part["doc_id"], lambda known: pc.index_in(known, value_set=names).fill_null(-1))
        rows = np.flatnonzero(document >= 0)
        start, end = (part[name].to_numpy()[rows] for name in ("start", "end"))
        parts.append(np.stack([document[rows], start, end, _decoded(part["inserted"], pc.utf8_length)[rows]]))
    return np.concatenate(parts, axis=1)


def _stored(folder: Path) -> Iterator[pa.Table]:
    """The edits, names and insertions as codes: as strings they take eight times as long to read."""
    columns, encoded = ["doc_id", "start", "end", "inserted"], ["doc_id", "inserted"]
    for path in sorted((folder / "edits.parquet").glob("part-*.parquet")):
        try:
            part = pq.read_table(storage.openable(path), columns=columns, read_dictionary=encoded, partitioning=None)
        except (pa.ArrowInvalid, OSError) as error:
            raise StoreError(f"{path} cannot be read ({error}): build again") from None
        if len(part):
            yield part


def _decoded(column: pa.ChunkedArray, number: Callable[[pa.Array], pa.Array]) -> Integers:
    """The number of each value of an encoded column, worked out once for each different value."""
    joined = column.unify_dictionaries().combine_chunks()
    numbers: Integers = number(joined.dictionary).to_numpy(zero_copy_only=False).astype(np.int64)
    found: Integers = numbers[joined.indices.to_numpy()]
    return found


class _Edits:
    """Edits of documents, which have numbers here, all of one document together and in order."""

    def __init__(self, document: Integers, start: Integers, end: Integers, inserted: Integers) -> None:
        order = np.argsort(document, kind="stable")
        document, start, end, inserted = (part[order] for part in (document, start, end, inserted))
        grown = np.cumsum(inserted - (end - start))
        before = np.searchsorted(document, document)
        grown -= np.concatenate([[0], grown])[before]  # within each document
        self.document, self.start, self.end = document, start, end
        clean_end = end + grown
        self.key = document * _TEXT + clean_end
        self.clean_end, self.clean_start = clean_end, clean_end - inserted

    def first(self, document: Integers, at: Integers) -> Integers:
        """The raw character that stands at a clean place, or the first that was replaced by what stands there."""
        return self._raw(document, at, self.start)

    def last(self, document: Integers, at: Integers) -> Integers:
        """The raw character that stands at a clean place, or the last that was replaced by what stands there."""
        return self._raw(document, at, self.end - 1)

    def _raw(self, document: Integers, at: Integers, replaced: Integers) -> Integers:
        if not len(self.key):
            return at
        done = np.searchsorted(self.key, document * _TEXT + at, side="right") - 1  # the last edit that ends before
        known = (done >= 0) & (self.document[np.maximum(done, 0)] == document)
        raw = at + np.where(known, self.end[done] - self.clean_end[done], 0)
        following = np.minimum(done + 1, len(self.key) - 1)
        inside = (done + 1 < len(self.key)) & (self.document[following] == document)
        inside &= (self.clean_start[following] <= at) & (at < self.clean_end[following])
        found: Integers = np.where(inside, replaced[following], raw)
        return found


class Paragraphs(NamedTuple):
    """Paragraphs of some documents: their ``number`` in ``Corpus.tokens``, row in ``documents``, ``start`` in the text."""

    number: Integers
    row: Integers
    start: Integers


def paragraphs(corpus: Corpus, rows: Integers) -> Paragraphs:
    """The counted paragraphs of these rows of ``corpus.documents``, by row, then in the order of the text."""
    tokens = corpus.tokens
    number = np.flatnonzero(np.isin(tokens.document, np.unique(rows)))
    number = number[np.argsort(tokens.document[number], kind="stable")]
    row, line = tokens.document[number].astype(np.int64), tokens.paragraph[number]
    found, first, size = np.unique(row, return_index=True, return_counts=True)
    texts, start = corpus.documents["text"], np.empty(len(number), dtype=np.int64)
    for of, at, n in zip(found.tolist(), first.tolist(), size.tolist(), strict=True):
        lengths = [len(written) + 1 for written in str(texts.iat[of]).split("\n")]
        start[at : at + n] = np.cumsum([0, *lengths])[line[at : at + n]]
    return Paragraphs(number, row, start)
