"""What a build has finished and not yet published, so that a killed build goes on where it stopped."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from corpus_tools.corpus import store

# Results held in memory before they go to disk: a kill costs at most this many files, and this many seconds.
BATCH = 64
SECONDS = 5.0


class Seen(NamedTuple):
    """One input file as it was when it was read, and a digest of what was known of its site (frames.py)."""

    size: int
    mtime_ns: int
    sha256: str
    frame: str = ""


class Journal:
    """Batches of finished files under ``folder``; each is written whole or not at all."""

    def __init__(self, folder: Path, *, identity: str) -> None:
        self.folder = folder / identity
        for other in folder.glob("*"):
            if other != self.folder:
                shutil.rmtree(other, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        for torn in self.folder.glob(".*"):
            shutil.rmtree(torn, ignore_errors=True)
        self.seen: dict[str, Seen] = {}
        self._batch_of: dict[str, Path] = {}
        self._pending: dict[str, tuple[Seen, store.Tables]] = {}
        self._next = 0
        self._flushed = monotonic()
        for batch in sorted(self.folder.iterdir()):
            self._note(batch, {s: Seen(*v) for s, v in json.loads((batch / "seen.json").read_text("utf-8")).items()})

    def _note(self, batch: Path, seen: dict[str, Seen]) -> None:
        self.seen.update(seen)
        self._batch_of.update(dict.fromkeys(seen, batch))
        self._next = int(batch.name) + 1

    def add(self, source: str, seen: Seen, tables: store.Tables) -> None:
        """Keep one file's result."""
        self._pending[source] = (seen, tables)
        if len(self._pending) >= BATCH or monotonic() - self._flushed > SECONDS:
            self.flush()

    def forget(self, source: str) -> None:
        """Drop the result of a file that has changed since."""
        self.seen.pop(source, None)
        self._batch_of.pop(source, None)

    def flush(self) -> None:
        """Bring what is held in memory to disk."""
        self._flushed = monotonic()
        if not self._pending:
            return
        batch = self.folder / f"{self._next:08d}"
        torn = self.folder / f".{batch.name}"
        tables = [tables for _, tables in self._pending.values()]
        store.write_part(torn, {name: pa.concat_tables(t[name] for t in tables) for name in store.SCHEMAS}, part=0)
        seen = {source: seen for source, (seen, _) in self._pending.items()}
        store.write_json(torn / "seen.json", seen)
        torn.rename(batch)
        self._note(batch, seen)
        self._pending.clear()

    def read(self, sources: set[str]) -> store.Tables:
        """The results of these files; those that are not in the journal are left out."""
        self.flush()
        wanted: dict[Path, set[str]] = defaultdict(set)
        for source in sources & self._batch_of.keys():
            wanted[self._batch_of[source]].add(source)
        return concat([select(store.read_part(batch, 0), wanted[batch]) for batch in sorted(wanted)])

    def clear(self) -> None:
        """Forget everything: it has been published."""
        shutil.rmtree(self.folder, ignore_errors=True)


def concat(parts: list[store.Tables]) -> store.Tables:
    """Put tables of the same names one under the other."""
    return {
        name: pa.concat_tables([schema.empty_table(), *(p[name] for p in parts)])
        for name, schema in store.SCHEMAS.items()
    }


def select(tables: store.Tables, sources: set[str]) -> store.Tables:
    """Keep the rows of these files in every table; the vocabulary stays whole."""
    wanted = pa.array(sorted(sources), pa.string())
    ids = pa.array(sorted(store.doc_id(s) for s in sources), pa.string())
    kept = {}
    for name, table in tables.items():
        if "source" in table.column_names:
            table = table.filter(pc.is_in(table["source"], value_set=wanted))
        elif "doc_id" in table.column_names:
            table = table.filter(pc.is_in(table["doc_id"], value_set=ids))
        kept[name] = table
    return kept
