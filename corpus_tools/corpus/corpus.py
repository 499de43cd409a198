"""The Corpus: the documents of a folder, and views of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from corpus_tools import progress
from corpus_tools.corpus import overview, storage, store, views
from corpus_tools.corpus.conditions import matches
from corpus_tools.corpus.counted import BLANK as BLANK
from corpus_tools.corpus.counted import Integers, Part, is_counted, of_these
from corpus_tools.corpus.counted import Tokens as Tokens
from corpus_tools.corpus.opened import Opened
from corpus_tools.document import TENSES
from corpus_tools.errors import AnalysisError, StoreError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

YEARS = ("year", "reviewed_year", "planned_year", "earliest_year", "latest_year")
COLUMNS = store.SCHEMAS["documents"].names


@progress.bar("open the corpus")
def load(
    folder: str | Path, *, duplicates: bool = False, notes: bool = False, cluster: str | Client | None = None
) -> Corpus:
    """Open a corpus folder.

    Documents that repeat another (``duplicate_of``) are left out unless ``duplicates`` is set, so that analyses count a
    report once. What analyses count of each is its text without the notes below it; ``notes`` counts them too. With a
    ``cluster``, the address of a Dask scheduler (``tcp://…``) or a ``dask.distributed.Client``, its workers count the parts of
    the folder, which they must be able to read under the same name; results are the same. Raises StoreError where the folder is
    no corpus, its build was cut off while publishing, or nobody answers at the address.
    """
    folder = storage.place(folder)
    if storage.exists(folder / ".build" / "commit.json"):
        raise StoreError(f"a build of {folder} was cut off: run the same build again to finish it")
    opened = Opened(folder, cluster)
    documents = store.read(folder, "documents", columns=[name for name in COLUMNS if name != "text"]).to_pandas()
    opened.check()
    documents = documents.astype(dict.fromkeys(YEARS, "Int64"))
    if not duplicates:
        documents = documents[documents["duplicate_of"].isna()]
    documents = documents.sort_values("source", ignore_index=True)
    return Corpus(folder, documents, notes=notes, opened=opened)


class Corpus:
    """Documents on disk, or a view of some of them. Nothing here changes a frame; copy one before you change it.

    ``documents`` is one row a report (the columns of documents.parquet); ``sections``, ``edits`` and ``rejected`` are the
    other tables as frames; ``tokens`` and ``vocabulary`` are the words as numbers. ``texts``, ``n_han`` and ``tokens``
    are what analyses count: without the sections of tense ``notes`` (glossaries), unless it was loaded with ``notes``; of a
    view of some tenses only those. ``view`` holds the calls of ``where`` and the like that led from the folder to this corpus,
    every value in them. Only ``described``, the documents without their texts, is in memory from the start; ``over_parts`` goes
    through the rest a part of the folder at a time. Texts are always those of the folder, whatever a frame of your own says.
    """

    def __init__(
        self,
        folder: Path,
        documents: pd.DataFrame,
        *,
        notes: bool = False,
        tenses: frozenset[str] | None = None,
        view: tuple[str, ...] = (),
        opened: Opened | None = None,
    ) -> None:
        self.folder = folder
        self.described = documents.drop(columns="text", errors="ignore")
        self.notes = notes
        self.tenses = tenses
        self.view = view
        self._opened = opened or Opened(folder)

    def __len__(self) -> int:
        return len(self.described)

    def __repr__(self) -> str:
        years = self.described["year"].dropna()
        span = f"{years.min()}–{years.max()}" if len(years) else "no years"
        places = self.described["place"].nunique()
        reports = self.described["doc_id"].nunique()
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
        if "tense" in conditions and "tense" not in self.described:
            return self._of_tenses(conditions.pop("tense")).where(**conditions)
        conditions = views.fixed(conditions)
        keep = pd.Series(data=True, index=self.described.index)
        for column, wanted in conditions.items():
            keep &= matches(self._column(column), wanted)
        return self._only(keep, views.call("where", conditions))

    def without(self, **conditions: Any) -> Corpus:
        """Leave out the documents whose columns meet any condition of :meth:`where`; what is unknown stays.

        ``corpus.without(flags=["truncated", "spun"])``.
        """
        if "tense" in conditions and "tense" not in self.described:
            return self._of_tenses(set(TENSES) - self._tenses(conditions.pop("tense"))).without(**conditions)
        conditions = views.fixed(conditions)
        keep = pd.Series(data=True, index=self.described.index)
        for column, unwanted in conditions.items():
            keep &= ~matches(self._column(column), unwanted)
        return self._only(keep, views.call("without", conditions))

    def by_tense(self) -> Corpus:
        """A view with one row for each document and tense that it has sections of, in the column ``tense``.

        ``texts``, ``n_han`` and ``tokens`` of a row are those of these sections. What groups by ``tense`` makes this view
        itself: ``ct.slogans.count(corpus, by="tense")``. Of this view a row is what is counted (``n``, ``documents``), so that
        a report counts once for each tense where ``by`` does not name ``tense``.
        """
        if "tense" in self.described:
            return self
        pairs = self._opened.tenses
        pairs = pairs[is_counted(pairs["tense"], notes=self.notes, tenses=self.tenses)]
        documents = self.described.merge(pairs, on="doc_id").sort_values(["source", "tense"], ignore_index=True)
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
        having = self._opened.tenses.loc[self._opened.tenses["tense"].isin(tenses), "doc_id"]
        documents = self.described[self.described["doc_id"].isin(having)].reset_index(drop=True)
        return self._view(documents, tenses, views.call("where", {"tense": sorted(tenses)}))

    def _view(self, documents: pd.DataFrame, tenses: frozenset[str] | None, call: str) -> Corpus:
        view = (*self.view, call) if call else self.view
        return Corpus(self.folder, documents, notes=self.notes, tenses=tenses, view=view, opened=self._opened)

    def _only(self, keep: pd.Series[bool], call: str) -> Corpus:
        return self._view(self.described[keep].reset_index(drop=True), self.tenses, call)

    def _column(self, name: str) -> pd.Series[Any]:
        if name == "text":
            return self.documents[name]
        if name not in self.described:
            near = get_close_matches(name, self.described.columns, n=1)
            known = ", ".join(self.described.columns) + (f"; did you mean {near[0]!r}?" if near else "")
            raise AnalysisError(f"documents have no column {name!r}; they have: {known}")
        return self.described[name]

    @property
    def manifest(self) -> dict[str, Any]:
        """What the corpus was built from and with."""
        return store.manifest(self.folder)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """``described`` with the clean texts, all of them in memory."""
        written, names = self._of_rows(lambda part: part.written), self.described["doc_id"]
        texts = pd.Series(written, index=names.index, dtype=names.dtype)
        frame = self.described.copy(deep=False)
        frame.insert(min(COLUMNS.index("text"), len(frame.columns)), "text", texts)
        return frame

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
        self._opened.check()
        return frame

    @property
    def vocabulary(self) -> pd.DataFrame:
        """One row a word of the whole folder, its notes included, ordered by word_id.

        Columns: word_id, word, kind, pos (part of speech), count, documents.
        """
        return self._opened.vocabulary

    @property
    def word_ids(self) -> pa.Array:
        """The column word_id of the vocabulary, by which parts number their words."""
        return self._opened.word_ids

    @cached_property
    def texts(self) -> list[str]:
        """The texts as they are counted, one a document: as long as the clean text, with NULs in place of what is left out."""
        return self._of_rows(lambda part: part.texts)

    @cached_property
    def n_han(self) -> npt.NDArray[np.int64]:
        """Chinese characters of each of ``texts``: what rates are divided by."""
        han = np.empty(len(self), dtype=np.int64)
        for rows, of_part in self.over_parts(_n_han):
            han[rows] = of_part
        return han

    @cached_property
    def tokens(self) -> Tokens:
        """The words of these documents as numbers, paragraph by paragraph, as they are counted."""
        return _joined(list(self.token_parts()))

    def token_parts(self) -> Iterator[Tokens]:
        """The same, a part of the folder at a time, which some thousand documents fill; a document is in one part."""
        for rows, part in self.parts("words"):
            tokens = part.tokens(self.word_ids)
            yield replace(tokens, document=rows.astype(np.int32)[tokens.document])

    def parts(self, name: str = "parts") -> Iterator[tuple[Integers, Part]]:
        """The documents a part of the folder at a time, with their rows, ascending; parts without any are left out."""
        for number, rows in progress.steps(self._opened.rows(self.described["doc_id"]), name, unit="parts"):
            columns = [column for column in Part.COLUMNS if column in self.described]
            described = self.described[columns].iloc[rows].reset_index(drop=True)
            yield rows, Part(self.folder, number, described, self.notes, self.tenses)
            self._opened.check()

    def over_parts(self, function: Callable[[Part], T], name: str = "parts") -> Iterator[tuple[Integers, T]]:
        """What a function finds in each part, with the rows of its documents, in the order of the parts.

        One after the other, or on the cluster that the corpus was loaded with, whose workers read their parts themselves: the
        function must be importable (a ``functools.partial`` of one that is), and what it returns small.
        """
        return self._opened.each(function, self.parts(name))

    def of(self, rows: npt.NDArray[np.integer[Any]]) -> Corpus:
        """The documents of these rows, in this order: what a few of them say is read from their parts alone."""
        return self._view(self.described.iloc[rows].reset_index(drop=True), self.tenses, "")

    def _of_rows(self, found: Callable[[Part], list[str]]) -> list[str]:
        """What parts have found of each document, in the order of the documents."""
        whole = np.empty(len(self), dtype=object)
        for rows, part in self.parts("texts"):
            whole[rows] = found(part)
        listed: list[str] = whole.tolist()
        return listed

    def _of_these(self, name: str) -> pd.DataFrame:
        parts = (of_these(part, self.described["doc_id"]) for part in store.stored(self.folder, name))
        frame: pd.DataFrame = pa.concat_tables([store.SCHEMAS[name].empty_table(), *parts]).to_pandas()
        self._opened.check()
        return frame


def _n_han(part: Part) -> Integers:
    return part.n_han


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
