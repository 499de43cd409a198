"""A corpus folder that is open: what all views of it share, and where their work is done."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from corpus_tools import progress
from corpus_tools.corpus import storage, store
from corpus_tools.corpus.counted import Integers, Part
from corpus_tools.corpus.looks import Look, look
from corpus_tools.errors import StoreError

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")


class Opened:
    """What is read of a folder once, however many views are made; ``cluster``: the Dask cluster that counts, None for here."""

    def __init__(self, folder: Path, cluster: str | Client | None = None) -> None:
        self.folder, self._client = folder, _client(cluster)
        self._look, self._parts_then = self._state()
        if isinstance(cluster, str):
            weakref.finalize(self, self._client.close)

    def _state(self) -> tuple[Look, Any]:
        looked = look(self.folder / "manifest.json")
        return looked, store.manifest(self.folder)["parts"]

    def check(self) -> None:
        """Raise StoreError where the folder is not as it was when it was opened: what was read may be of two builds."""
        # In this order: where nothing is being published and the manifest is the old one afterwards, nothing was moved before.
        moving = storage.exists(self.folder / ".build" / "commit.json")
        if not moving and look(self.folder / "manifest.json") == self._look:
            return
        looked, parts = self._state()
        if moving or parts != self._parts_then:
            raise StoreError(f"{self.folder} was built anew since it was opened: load it again")
        self._look = looked

    @cached_property
    def vocabulary(self) -> pd.DataFrame:
        """The words of all parts as one, ordered by word_id; StoreError where two have one number."""
        parts, fixed = store.read(self.folder, "vocabulary"), ["word_id", "word", "kind", "pos"]
        self.check()
        words = parts.group_by(fixed).aggregate([("count", "sum"), ("documents", "sum")])
        words = words.rename_columns([*fixed, "count", "documents"]).sort_by("word_id")
        frame: pd.DataFrame = words.to_pandas()
        if frame["word_id"].duplicated().any():
            raise StoreError(f"two words share a number in {self.folder}: its vocabulary is damaged")
        return frame

    @cached_property
    def word_ids(self) -> pa.Array:
        """The numbers of the vocabulary's words on disk."""
        return pa.array(self.vocabulary["word_id"])

    @cached_property
    def tenses(self) -> pd.DataFrame:
        """doc_id and tense: what the sections of each document are about, each tense once."""
        columns = ["doc_id", "tense"]
        parts = store.stored(self.folder, "sections", columns=columns)
        pairs = [part.group_by(columns, use_threads=False).aggregate([]) for part in parts]
        frame: pd.DataFrame = pa.concat_tables(pairs).to_pandas()
        self.check()
        return frame

    def rows(self, names: pd.Series[str]) -> list[tuple[int, Integers]]:
        """The parts that hold these documents, each with the rows of its own, ascending."""
        at = self._parts.index.get_indexer(pd.Index(names, dtype=object))
        if (at < 0).any():
            raise StoreError(f"{self.folder} was built anew since it was opened: load it again")
        part = self._parts.to_numpy()[at]
        order = np.argsort(part, kind="stable")
        numbers, first = np.unique(part[order], return_index=True)
        return list(zip(numbers.tolist(), np.split(order, first)[1:], strict=True))

    def each(
        self, function: Callable[[Part], T], parts: Iterable[tuple[Integers, Part]]
    ) -> Iterator[tuple[Integers, T]]:
        """What a function finds in each part, with the rows of its documents, in order: here or on the cluster."""
        if self._client is None:
            yield from ((rows, function(part)) for rows, part in parts)
            return
        from corpus_tools.corpus import clusters

        shared = self._client.submit(_same, function, pure=False)  # it travels once, with all that it carries
        here, there = tee(parts)
        found = clusters.in_order(self._client, _call, (part for _, part in there), shared)
        yield from zip((rows for rows, _ in here), found, strict=True)
        self.check()  # parts were handed out before they were read

    @cached_property
    def _parts(self) -> pd.Series[int]:
        """The part of every document of the folder, by its name."""
        parts = range(store.number_of_parts(self.folder, "documents"))
        names = [store.part_table(self.folder, "documents", n, columns=["doc_id"])["doc_id"].to_pylist() for n in parts]
        number = np.repeat(np.arange(len(names), dtype=np.int32), list(map(len, names)))
        self.check()
        return pd.Series(number, index=pd.Index([name for part in names for name in part], dtype=object))


def _client(cluster: str | Client | None) -> Any:
    if cluster is None:
        return None
    from corpus_tools.corpus import clusters

    return clusters.client_of(cluster)


def _same(function: Callable[[Part], T]) -> Callable[[Part], T]:
    return function


def _call(part: Part, function: Callable[[Part], T]) -> T:
    with progress.bar("part", show=False):  # nobody looks at a worker
        return function(part)
