"""The Corpus: the documents of a folder, and views of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from corpus_tools import progress
from corpus_tools.characters import count_han
from corpus_tools.corpus import overview, store, views
from corpus_tools.document import TENSES
from corpus_tools.errors import AnalysisError, StoreError

YEARS = ("year", "reviewed_year", "planned_year", "earliest_year", "latest_year")
# Stands for each character that is not counted: no phrase holds it, and none is found across it.
BLANK = "\0"


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


@progress.bar("open the corpus")
def load(folder: str | Path, *, duplicates: bool = False, notes: bool = False) -> Corpus:
    """Open a corpus folder.

    Documents that repeat another (``duplicate_of``) are left out unless ``duplicates`` is set, so that analyses count a
    report once. What analyses count of each is its text without the notes below it; ``notes`` counts them too. Raises
    StoreError where the folder is no corpus or its build was cut off while publishing.
    """
    folder = Path(folder)
    if (folder / ".build" / "commit.json").exists():
        raise StoreError(f"a build of {folder} was cut off: run the same build again to finish it")
    store.manifest(folder)
    documents = store.read(folder, "documents").to_pandas()
    documents = documents.astype(dict.fromkeys(YEARS, "Int64"))
    if not duplicates:
        documents = documents[documents["duplicate_of"].isna()]
    return Corpus(folder, documents.sort_values("source", ignore_index=True), notes=notes)


class Corpus:
    """Documents on disk, or a view of some of them. Nothing here changes a frame; copy one before you change it.

    ``documents`` is one row a report (the columns of documents.parquet); ``sections``, ``edits`` and ``rejected`` are the
    other tables as frames; ``tokens`` and ``vocabulary`` are the words as numbers. ``texts``, ``n_han`` and ``tokens``
    are what analyses count: without the sections of tense ``notes`` (glossaries), unless it was loaded with ``notes``; of a
    view of some tenses only those. ``view`` holds the calls of ``where`` and the like that led from the folder to this corpus,
    every value in them.
    """

    def __init__(
        self,
        folder: Path,
        documents: pd.DataFrame,
        *,
        notes: bool = False,
        tenses: frozenset[str] | None = None,
        view: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder
        self.documents = documents
        self.notes = notes
        self.tenses = tenses
        self.view = view

    def __len__(self) -> int:
        return len(self.documents)

    def __repr__(self) -> str:
        years = self.documents["year"].dropna()
        span = f"{years.min()}–{years.max()}" if len(years) else "no years"
        places = self.documents["place"].nunique()
        reports = self.documents["doc_id"].nunique()
        return f"Corpus({reports:,} reports, {span}{f', {places} places' if places > 1 else ''})"

    def _repr_html_(self) -> str:
        return overview.of_corpus(self)

    def where(self, **conditions: Any) -> Corpus:
        """Keep the documents whose columns meet every condition.

        A condition is a value, a list, set or range of values; None is what is unknown:
        ``corpus.where(year=range(2012, 2025), level="city")``; flags match when one of them is among the values. ``tense``
        is no column but what a section is about: ``corpus.where(tense="plan")`` keeps the documents that have such
        sections, and of their texts only these. Raises AnalysisError for a column that does not exist or cannot hold such
        a value.
        """
        if "tense" in conditions and "tense" not in self.documents:
            return self._of_tenses(conditions.pop("tense")).where(**conditions)
        conditions = views.fixed(conditions)
        keep = pd.Series(data=True, index=self.documents.index)
        for column, wanted in conditions.items():
            keep &= _matches(self._column(column), wanted)
        return self._only(keep, views.call("where", conditions))

    def without(self, **conditions: Any) -> Corpus:
        """Leave out the documents whose columns meet any condition of :meth:`where`; what is unknown stays.

        ``corpus.without(flags=["truncated", "spun"])``.
        """
        if "tense" in conditions and "tense" not in self.documents:
            return self._of_tenses(set(TENSES) - self._tenses(conditions.pop("tense"))).without(**conditions)
        conditions = views.fixed(conditions)
        keep = pd.Series(data=True, index=self.documents.index)
        for column, unwanted in conditions.items():
            keep &= ~_matches(self._column(column), unwanted)
        return self._only(keep, views.call("without", conditions))

    def by_tense(self) -> Corpus:
        """A view with one row for each document and tense that it has sections of, in the column ``tense``.

        ``texts``, ``n_han`` and ``tokens`` of a row are those of these sections. What groups by ``tense`` makes this view
        itself: ``ct.slogans.count(corpus, by="tense")``.
        """
        if "tense" in self.documents:
            return self
        sections = self.sections[self._is_counted(self.sections["tense"])]
        pairs = sections[["doc_id", "tense"]].drop_duplicates()
        documents = self.documents.merge(pairs, on="doc_id").sort_values(["source", "tense"], ignore_index=True)
        return self._view(documents, self.tenses, "by_tense()")

    @staticmethod
    def _tenses(wanted: Any) -> frozenset[str]:
        values = list(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]
        if unknown := [value for value in values if value not in TENSES]:
            raise AnalysisError(f"unknown tense {unknown[0]!r}; tenses are {', '.join(TENSES)}")
        return frozenset(values)

    def _of_tenses(self, wanted: Any) -> Corpus:
        """The documents that have counted sections of these tenses, and of their texts only those."""
        tenses = self._tenses(wanted)
        if self.tenses is not None:
            tenses &= self.tenses
        elif not self.notes and tenses != {"notes"}:
            tenses -= {"notes"}
        having = self.sections.loc[self.sections["tense"].isin(tenses), "doc_id"]
        documents = self.documents[self.documents["doc_id"].isin(having)].reset_index(drop=True)
        return self._view(documents, tenses, views.call("where", {"tense": sorted(tenses)}))

    def _view(self, documents: pd.DataFrame, tenses: frozenset[str] | None, call: str) -> Corpus:
        view = (*self.view, call) if call else self.view
        return Corpus(self.folder, documents, notes=self.notes, tenses=tenses, view=view)

    def _only(self, keep: pd.Series[bool], call: str) -> Corpus:
        return self._view(self.documents[keep].reset_index(drop=True), self.tenses, call)

    def _column(self, name: str) -> pd.Series[Any]:
        if name not in self.documents:
            near = get_close_matches(name, self.documents.columns, n=1)
            known = ", ".join(self.documents.columns) + (f"; did you mean {near[0]!r}?" if near else "")
            raise AnalysisError(f"documents have no column {name!r}; they have: {known}")
        return self.documents[name]

    @property
    def manifest(self) -> dict[str, Any]:
        """What the corpus was built from and with."""
        return store.manifest(self.folder)

    @cached_property
    def sections(self) -> pd.DataFrame:
        """doc_id, section, depth, heading, tense, start, end (characters of the clean text)."""
        return self._of_these("sections")

    @cached_property
    def edits(self) -> pd.DataFrame:
        """doc_id, start, end, removed, inserted, kind, rule (characters of the raw text)."""
        return self._of_these("edits")

    @cached_property
    def rejected(self) -> pd.DataFrame:
        """source, sha256, stage, reason, detail: the files that became no document."""
        frame: pd.DataFrame = store.read(self.folder, "rejected").to_pandas()
        return frame

    @cached_property
    def vocabulary(self) -> pd.DataFrame:
        """One row a word of the whole folder, its notes included, ordered by word_id.

        Columns: word_id, word, kind, pos (part of speech), count, documents.
        """
        parts, fixed = store.read(self.folder, "vocabulary"), ["word_id", "word", "kind", "pos"]
        words = parts.group_by(fixed).aggregate([("count", "sum"), ("documents", "sum")])
        words = words.rename_columns([*fixed, "count", "documents"]).sort_by("word_id")
        frame: pd.DataFrame = words.to_pandas()
        if frame["word_id"].duplicated().any():
            raise StoreError(f"two words share a number in {self.folder}: its vocabulary is damaged")
        return frame

    @cached_property
    def texts(self) -> list[str]:
        """The texts as they are counted, one a document: as long as the clean text, with NULs in place of what is left out."""
        texts = self.documents["text"].tolist()
        for row, spans in self._left_out.items():
            texts[row] = _blanked(texts[row], spans)
        return texts

    @cached_property
    def n_han(self) -> npt.NDArray[np.int64]:
        """Chinese characters of each of ``texts``: what rates are divided by."""
        han = self.documents["n_han"].to_numpy(dtype=np.int64, copy=True)
        for row in self._left_out:
            han[row] = count_han(self.texts[row])
        return han

    def _is_counted(self, tense: pd.Series[str]) -> pd.Series[bool]:
        if self.tenses is not None:
            return tense.isin(self.tenses)
        return tense != "notes" if not self.notes else tense.notna()

    @cached_property
    def _left_out(self) -> dict[int, list[tuple[int, int]]]:
        """The rows of documents that are not counted whole, each with the start and end of its sections that are not."""
        sections, rows = self.sections, self.documents[["doc_id"]].assign(row=np.arange(len(self.documents)))
        if "tense" in self.documents:
            pairs = sections.merge(rows.assign(of_row=self.documents["tense"]), on="doc_id")
            pairs = pairs[~self._is_counted(pairs["tense"]) | (pairs["tense"] != pairs["of_row"])]
        else:
            pairs = sections[~self._is_counted(sections["tense"])].merge(rows, on="doc_id")
        found: dict[int, list[tuple[int, int]]] = {}
        for row, start, end in zip(*(pairs[name].tolist() for name in ("row", "start", "end")), strict=True):
            found.setdefault(row, []).append((start, end))
        return found

    def _rows_of(self, parts: pa.Table) -> pa.Array:
        """For each paragraph of a tokens table the row of documents that counts it, null where none does."""
        if self._row_of_paragraph is None:
            return pc.index_in(parts["doc_id"], value_set=pa.array(self.documents["doc_id"]))
        names, start, row = self._row_of_paragraph
        name = pc.index_in(parts["doc_id"], value_set=names).combine_chunks()
        there = name.is_valid().to_numpy(zero_copy_only=False)
        found = np.full(len(there), -1, dtype=np.int32)
        found[there] = row[start[name.drop_null().to_numpy()] + parts["paragraph"].to_numpy()[there]]
        return pa.array(found, mask=found < 0)

    @cached_property
    def _row_of_paragraph(self) -> tuple[pa.Array, npt.NDArray[np.int64], npt.NDArray[np.int32]] | None:
        """The row of documents that counts a paragraph; None where every document is counted whole, and once.

        Names of documents, where the paragraphs of each begin, and of all paragraphs the row, -1 where it is not counted.
        """
        if "tense" not in self.documents and not self._left_out:
            return None
        names, texts = self.documents["doc_id"], self.documents["text"]
        first = ~names.duplicated()
        lines = texts[first].str.count("\n").to_numpy(dtype=np.int64) + 1
        start = np.cumsum(lines) - lines
        found = np.full(int(lines.sum()), -1, dtype=np.int32)
        of_name = pd.Series(start, index=names[first])[names].to_numpy()
        end_of_name = pd.Series(start + lines, index=names[first])[names].to_numpy()
        for row, (begin, end, text) in enumerate(zip(of_name.tolist(), end_of_name.tolist(), texts, strict=True)):
            counted = np.ones(end - begin, dtype=np.bool_)
            for span in self._left_out.get(row, ()):
                counted[_lines(text, span)] = False
            found[begin:end][counted] = row
        return pa.array(names[first]), start, found

    @cached_property
    def tokens(self) -> Tokens:
        """The words of these documents as numbers, paragraph by paragraph, as they are counted."""
        return _joined(list(self.token_parts()))

    def token_parts(self) -> Iterator[Tokens]:
        """The same, a part of the folder at a time, which some thousand documents fill; a document is in one part."""
        parts = map(self._numbered, store.stored(self.folder, "tokens"))
        return progress.steps(parts, "words", unit="parts", total=store.number_of_parts(self.folder, "tokens"))

    def _numbered(self, parts: pa.Table) -> Tokens:
        document = self._rows_of(parts)
        keep = pc.is_valid(document)
        parts, document = parts.filter(keep), document.filter(keep)
        lists = parts["word_ids"].combine_chunks()
        ids = pc.index_in(lists.flatten(), value_set=self._word_ids)
        return Tokens(
            ids=np.array(ids, dtype=np.int32),  # a copy: what arrow lets go of it keeps for its next part
            ends=np.cumsum(lists.value_lengths().to_numpy(zero_copy_only=False), dtype=np.int64),
            document=document.to_numpy(zero_copy_only=False).astype(np.int32, copy=False),
            paragraph=parts["paragraph"].to_numpy().astype(np.int32, copy=False),
        )

    @cached_property
    def _word_ids(self) -> pa.Array:
        return pa.array(self.vocabulary["word_id"])

    def _of_these(self, name: str) -> pd.DataFrame:
        frame: pd.DataFrame = store.read(self.folder, name).to_pandas()
        return frame[frame["doc_id"].isin(self.documents["doc_id"])].reset_index(drop=True)


def _joined(parts: list[Tokens]) -> Tokens:
    """The words of all parts, which are let go of one by one: a large corpus fits in memory once, not twice."""
    words = np.cumsum([0, *(len(part.ids) for part in parts)])
    none, before = np.empty(0, dtype=np.int32), words[:-1].tolist()
    ends = np.concatenate([none, *(part.ends + done for part, done in zip(parts, before, strict=True))]).astype(
        np.int64
    )
    document = np.concatenate([none, *(part.document for part in parts)])
    paragraph = np.concatenate([none, *(part.paragraph for part in parts)])
    ids = np.empty(words[-1], dtype=np.int32)
    for start, end in pairwise(words.tolist()):
        ids[start:end] = parts.pop(0).ids
    return Tokens(ids, ends, document, paragraph)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text, as long as before, with NULs for the characters of ``spans``."""
    pieces, done = [], 0
    for start, end in sorted(spans):
        pieces += [text[done:start], BLANK * (end - start)]
        done = end
    return "".join([*pieces, text[done:]])


def _lines(text: str, span: tuple[int, int]) -> range:
    """The lines of a section, which begins and ends with a line."""
    start, end = span
    return range(text.count("\n", 0, start), text.count("\n", 0, end - 1) + 1)


def _matches(column: pd.Series[Any], wanted: Any) -> pd.Series[bool]:
    if wanted is None:
        return column.isna()
    values = list(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]
    if column.name == "flags":
        return column.map(lambda flags: not set(values).isdisjoint(flags)).astype(bool)
    if pd.api.types.is_numeric_dtype(column) and any(isinstance(value, str) for value in values):
        raise AnalysisError(f"{column.name} holds numbers, not {wanted!r}")
    return column.isin(values) | (column.isna() if None in values else False)
