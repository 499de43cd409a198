"""What a build has finished and not yet published, so that a killed build goes on where it stopped.

A batch is one file: a ZIP archive, not compressed, of ``seen.json`` and a Parquet file for each table. So it is there
whole or not at all, on a disk and on stores that can write nothing but whole files.
"""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_tools.corpus import storage, store
from corpus_tools.errors import StoreError

# A batch is read once and whole: without dictionaries and statistics it is written in half the time, and is as small.
QUICK = {"compression": "zstd", "use_dictionary": False, "write_statistics": False}


class Seen(NamedTuple):
    """One input file as it was when it was read, and a digest of what was known of its site (frames.py)."""

    size: int
    mtime_ns: int
    sha256: str
    frame: str = ""


def write_batch(folder: Path, seen: Mapping[str, Seen], tables: store.Tables) -> str:
    """Write the rows of these files; returns the name of the batch, which follows from what the files were.

    Whoever writes it again, because a machine was lost or was only thought to be, writes the same.
    """
    notes = json.dumps(seen, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    name = f"{blake2b(notes, digest_size=12).hexdigest()}.zip"
    with store.atomic(folder / name, shared=True) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        archive.writestr("seen.json", notes)
        for table, content in tables.items():
            if len(content):
                written = BytesIO()
                pq.write_table(content, written, **QUICK)
                archive.writestr(f"{table}.parquet", written.getbuffer())
    return name


def read_batch(path: Path) -> store.Tables:
    """The rows of all files of a batch."""
    tables = store.empty()
    try:
        with path.open("rb") as file, zipfile.ZipFile(BytesIO(file.read())) as archive:
            for name in set(archive.namelist()) - {"seen.json"}:
                content = pa.BufferReader(archive.read(name))
                table = name.removesuffix(".parquet")
                tables[table] = pq.read_table(content, schema=store.SCHEMAS[table], partitioning=None)
    except (zipfile.BadZipFile, pa.ArrowInvalid, OSError) as error:
        raise StoreError(f"{path} cannot be read ({error}): delete it and build again") from None
    return tables


class Journal:
    """The batches under ``folder`` of this identity; those of others are removed."""

    def __init__(self, folder: Path, *, identity: str) -> None:
        self.folder = folder / identity
        storage.make_folder(self.folder)
        for other in folder.glob("*"):
            if other.name != identity:
                storage.remove_tree(other)
        self.seen: dict[str, Seen] = {}
        self._batch_of: dict[str, str] = {}
        names = sorted(path.name for path in self.folder.glob("*.zip"))
        for name, seen in zip(names, storage.each(folder, _notes, map(self.folder.joinpath, names)), strict=True):
            self.note(name, seen)

    def note(self, batch: str, seen: Mapping[str, Seen]) -> None:
        """Remember in which batch the rows of these files are."""
        self.seen.update(seen)
        self._batch_of.update(dict.fromkeys(seen, batch))

    def forget(self, source: str) -> None:
        """Drop the result of a file that has changed since."""
        self.seen.pop(source, None)
        self._batch_of.pop(source, None)

    def batches(self, sources: set[str]) -> dict[Path, frozenset[str]]:
        """Where the rows of these files are, and which files' rows are wanted from there."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for source in sources:
            wanted[self._batch_of[source]].add(source)
        return {self.folder / batch: frozenset(wanted[batch]) for batch in sorted(wanted)}

    def clear(self) -> None:
        """Forget everything: it has been published."""
        storage.remove_tree(self.folder)


def _notes(path: Path) -> dict[str, Seen]:
    """Which files a batch holds; none where a loss of power has torn it."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            return {source: Seen(*seen) for source, seen in json.loads(archive.read("seen.json")).items()}
    except (zipfile.BadZipFile, OSError, ValueError, KeyError):
        return {}


def concat(parts: list[store.Tables]) -> store.Tables:
    """Put tables of the same names one under the other."""
    return {
        name: pa.concat_tables([schema.empty_table(), *(p[name] for p in parts)])
        for name, schema in store.SCHEMAS.items()
    }


def select(tables: store.Tables, sources: frozenset[str]) -> store.Tables:
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
