"""What is counted of the documents of one part of a corpus folder: what a process, or a worker of a cluster, holds at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from corpus_tools.characters import count_han
from corpus_tools.corpus import store
from corpus_tools.errors import StoreError

# Stands for each character that is not counted: no phrase holds it, and none is found across it.
BLANK = "\0"

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """All words of a corpus as numbers.

    ``ids``: int32, rows of ``Corpus.vocabulary``, all paragraphs one after the other. ``ends``: int64, where each
    paragraph ends in ``ids``. ``document``: int32, the row of ``Corpus.documents`` each paragraph belongs to.
    ``paragraph``: int32, which line of the document's text it is, from 0.
    """

    ids: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int64]
    document: npt.NDArray[np.int32]
    paragraph: npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Part:
    """Some documents of one part of a corpus folder, read from there and from nowhere else.

    ``described``: a row a document (in a view by tense a document and tense), the columns COLUMNS, in the order of the corpus.
    ``notes`` and ``tenses`` say what is counted of the texts, as in the corpus.
    """

    COLUMNS = ("doc_id", "year", "place", "province", "script", "n_han", "tense")

    folder: Path
    number: int
    described: pd.DataFrame
    notes: bool
    tenses: frozenset[str] | None

    def __len__(self) -> int:
        return len(self.described)

    @cached_property
    def written(self) -> list[str]:
        """The clean texts, one a row."""
        table = store.part_table(self.folder, "documents", self.number, columns=["doc_id", "text"])
        found = pc.index_in(pa.array(self.described["doc_id"], pa.string()), value_set=table["doc_id"])
        if found.null_count:
            raise StoreError(f"{self.folder} was built anew since it was opened: load it again")
        texts: list[str] = table["text"].take(found).to_pylist()
        return texts

    @cached_property
    def texts(self) -> list[str]:
        """The texts as they are counted, as ``Corpus.texts``."""
        return [
            _blanked(text, self._left_out[row]) if row in self._left_out else text
            for row, text in enumerate(self.written)
        ]

    @cached_property
    def n_han(self) -> Integers:
        """Chinese characters of each of ``texts``; these are read only where a document is not counted whole."""
        han = self.described["n_han"].to_numpy(dtype=np.int64, copy=True)
        for row in self._left_out:
            han[row] = count_han(self.texts[row])
        return han

    @cached_property
    def sections(self) -> pd.DataFrame:
        """The rows of ``Corpus.sections`` of these documents."""
        table = store.part_table(self.folder, "sections", self.number)
        frame: pd.DataFrame = of_these(table, self.described["doc_id"]).to_pandas()
        return frame

    def tokens(self, word_ids: pa.Array) -> Tokens:
        """The words of these documents as numbers, as they are counted: places of theirs in ``word_ids``."""
        parts = store.part_table(self.folder, "tokens", self.number)
        document = self._rows_of(parts)
        keep = pc.is_valid(document)
        parts, document = parts.filter(keep), document.filter(keep)
        lists = parts["word_ids"].combine_chunks()
        ids = pc.index_in(lists.flatten(), value_set=word_ids)
        return Tokens(
            ids=np.array(ids, dtype=np.int32),  # a copy: what arrow lets go of it keeps for its next part
            ends=np.cumsum(lists.value_lengths().to_numpy(zero_copy_only=False), dtype=np.int64),
            document=document.to_numpy(zero_copy_only=False).astype(np.int32, copy=False),
            paragraph=parts["paragraph"].to_numpy().astype(np.int32, copy=False),
        )

    @cached_property
    def _left_out(self) -> dict[int, list[tuple[int, int]]]:
        """The rows that are not counted whole, each with the start and end of its sections that are not."""
        if self.notes and self.tenses is None and "tense" not in self.described:
            return {}
        sections, rows = self.sections, self.described[["doc_id"]].assign(row=np.arange(len(self)))
        if "tense" in self.described:
            pairs = sections.merge(rows.assign(of_row=self.described["tense"]), on="doc_id")
            counted = is_counted(pairs["tense"], notes=self.notes, tenses=self.tenses)
            pairs = pairs[~counted | (pairs["tense"] != pairs["of_row"])]
        else:
            counted = is_counted(sections["tense"], notes=self.notes, tenses=self.tenses)
            pairs = sections[~counted].merge(rows, on="doc_id")
        found: dict[int, list[tuple[int, int]]] = {}
        for row, start, end in zip(*(pairs[name].tolist() for name in ("row", "start", "end")), strict=True):
            found.setdefault(row, []).append((start, end))
        return found

    def _rows_of(self, paragraphs: pa.Table) -> pa.Array:
        """For each paragraph of a tokens table the row that counts it, null where none does."""
        names = self.described["doc_id"]
        of = pc.index_in(paragraphs["doc_id"].combine_chunks(), value_set=pa.array(names.unique(), pa.string()))
        if not self._left_out and names.is_unique:
            return of
        number, line = of.fill_null(-1).to_numpy(), paragraphs["paragraph"].to_numpy()
        order = np.argsort(number, kind="stable")
        code = pd.factorize(names)[0]
        first, last = (np.searchsorted(number[order], code, side=side) for side in ("left", "right"))
        found = np.full(len(number), -1, dtype=np.int32)
        for row, (start, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
            here = order[start:end]
            for span in self._left_out.get(row, ()):
                here = here[~np.isin(line[here], _lines(self.written[row], span))]
            found[here] = row
        return pa.array(found, mask=found < 0)


def is_counted(tense: pd.Series[str], *, notes: bool, tenses: frozenset[str] | None) -> pd.Series[bool]:
    """Mark the sections that are counted, by what they are about."""
    if tenses is not None:
        return tense.isin(tenses)
    return tense != "notes" if not notes else tense.notna()


def of_these(table: pa.Table, names: pd.Series[str]) -> pa.Table:
    """The rows of these documents."""
    return table.filter(pc.is_in(table["doc_id"], value_set=pa.array(names.unique(), pa.string())))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text, as long as before, with NULs for the characters of ``spans``."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        pieces += [text[done:start], BLANK * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def _lines(text: str, span: tuple[int, int]) -> npt.NDArray[np.int64]:
    """The lines of a section, which begins and ends with a line."""
    start, end = span
    return np.arange(text.count("\n", 0, start), text.count("\n", 0, end - 1) + 1)
