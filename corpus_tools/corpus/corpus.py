"""The Corpus: the documents of a folder, and views of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from corpus_tools.corpus import store
from corpus_tools.errors import AnalysisError, StoreError


@dataclass(frozen=True, slots=True)
class Tokens:
    """All words of a corpus as numbers.

    ``ids``: int32, rows of ``Corpus.vocabulary``, all paragraphs one after the other. ``ends``: int64, where each
    paragraph ends in ``ids``. ``document``: int32, the row of ``Corpus.documents`` each paragraph belongs to.
    """

    ids: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int64]
    document: npt.NDArray[np.int32]


def load(folder: str | Path, *, duplicates: bool = False) -> Corpus:
    """Open a corpus folder.

    Documents that repeat another (``duplicate_of``) are left out unless ``duplicates`` is set, so that analyses count a
    report once. Raises StoreError where the folder is no corpus or its build was cut off while publishing.
    """
    folder = Path(folder)
    if (folder / ".build" / "commit.json").exists():
        raise StoreError(f"a build of {folder} was cut off: run the same build again to finish it")
    store.manifest(folder)
    documents = store.read(folder, "documents").to_pandas()
    documents["year"] = documents["year"].astype("Int64")
    if not duplicates:
        documents = documents[documents["duplicate_of"].isna()]
    return Corpus(folder, documents.sort_values("source", ignore_index=True))


class Corpus:
    """Documents on disk, or a view of some of them. Nothing here changes a frame; copy one before you change it.

    ``documents`` is one row a report (the columns of documents.parquet); ``sections``, ``edits`` and ``rejected`` are the
    other tables as frames; ``tokens`` and ``vocabulary`` are the words as numbers.
    """

    def __init__(self, folder: Path, documents: pd.DataFrame) -> None:
        self.folder = folder
        self.documents = documents

    def __len__(self) -> int:
        return len(self.documents)

    def __repr__(self) -> str:
        years = self.documents["year"].dropna()
        span = f"{years.min()}–{years.max()}" if len(years) else "no years"
        places = self.documents["place"].nunique()
        return f"Corpus({len(self):,} reports, {span}{f', {places} places' if places else ''})"

    def where(self, **conditions: Any) -> Corpus:
        """Keep the documents whose columns meet every condition.

        A condition is a value, a list, set or range of values, or None for unknown:
        ``corpus.where(year=range(2012, 2025), level="city")``; flags match when one of them is among the values. Raises
        AnalysisError for a column that does not exist or cannot hold such a value.
        """
        keep = pd.Series(data=True, index=self.documents.index)
        for column, wanted in conditions.items():
            keep &= _matches(self._column(column), wanted)
        return Corpus(self.folder, self.documents[keep].reset_index(drop=True))

    def _column(self, name: str) -> pd.Series[Any]:
        if name not in self.documents:
            known = ", ".join(self.documents.columns)
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
        """word_id, word, count, documents: one row a word of the whole folder, ordered by word_id."""
        parts = store.read(self.folder, "vocabulary")
        words = parts.group_by(["word_id", "word"]).aggregate([("count", "sum"), ("documents", "sum")])
        words = words.rename_columns(["word_id", "word", "count", "documents"]).sort_by("word_id")
        frame: pd.DataFrame = words.to_pandas()
        if frame["word_id"].duplicated().any():
            raise StoreError(f"two words share a number in {self.folder}: its vocabulary is damaged")
        return frame

    @cached_property
    def tokens(self) -> Tokens:
        """The words of these documents as numbers."""
        rows = pa.array(self.documents["doc_id"])
        parts = store.read(self.folder, "tokens")
        document = pc.index_in(parts["doc_id"], value_set=rows)
        parts = parts.filter(pc.is_valid(document))
        lists = parts["word_ids"].combine_chunks()
        ids = pc.index_in(lists.flatten(), value_set=pa.array(self.vocabulary["word_id"]))
        return Tokens(
            ids=ids.to_numpy(zero_copy_only=False).astype(np.int32, copy=False),
            ends=np.cumsum(lists.value_lengths().to_numpy(zero_copy_only=False), dtype=np.int64),
            document=document.drop_null().to_numpy().astype(np.int32, copy=False),
        )

    def _of_these(self, name: str) -> pd.DataFrame:
        frame: pd.DataFrame = store.read(self.folder, name).to_pandas()
        return frame[frame["doc_id"].isin(self.documents["doc_id"])].reset_index(drop=True)


def _matches(column: pd.Series[Any], wanted: Any) -> pd.Series[bool]:
    if wanted is None:
        return column.isna()
    values = list(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]
    if column.name == "flags":
        return column.map(lambda flags: not set(values).isdisjoint(flags)).astype(bool)
    if pd.api.types.is_numeric_dtype(column) and any(isinstance(value, str) for value in values):
        raise AnalysisError(f"{column.name} holds numbers, not {wanted!r}")
    return column.isin(values)
