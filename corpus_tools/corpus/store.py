"""The on-disk contract: the tables of a corpus folder, their columns, and how parts are written and read.

A corpus folder holds one folder of part files per table (``documents.parquet/part-0000.parquet``, …) and
``manifest.json``. Which part a file belongs to follows from its name alone, so a part's bytes depend on nothing but the
files in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_tools.corpus import storage
from corpus_tools.errors import StoreError

FORMAT = 3

_text, _count, _offset = pa.string(), pa.int32(), pa.int32()

SCHEMAS: Mapping[str, pa.Schema] = {
    "documents": pa.schema(
        [
            pa.field("doc_id", _text, nullable=False),
            pa.field("source", _text, nullable=False),
            pa.field("sha256", _text, nullable=False),
            ("url", _text),
            ("site", _text),
            ("published", _text),
            ("origin", _text),
            ("title", _text),
            ("year", pa.int16()),
            ("year_basis", _text),
            ("delivered", _text),
            ("period", _text),
            ("reviewed_year", pa.int16()),
            ("planned_year", pa.int16()),
            ("earliest_year", pa.int16()),
            ("latest_year", pa.int16()),
            ("kind", _text),
            ("organisation", _text),
            ("level", _text),
            ("place", _text),
            ("province", _text),
            ("event", _text),
            ("session", _text),
            ("speaker", _text),
            pa.field("script", _text, nullable=False),
            pa.field("text", _text, nullable=False),
            pa.field("n_chars", _count, nullable=False),
            pa.field("n_han", _count, nullable=False),
            pa.field("n_tokens", _count, nullable=False),
            pa.field("n_masks", _count, nullable=False),
            pa.field("flags", pa.list_(_text), nullable=False),
            ("duplicate_of", _text),
            ("duplicate_kind", _text),
            ("duplicate_similarity", pa.float64()),
            pa.field("format", _text, nullable=False),
            ("encoding", _text),
            pa.field("undecodable", pa.float64(), nullable=False),
            pa.field("raw_sha256", _text, nullable=False),
            pa.field("text_sha256", _text, nullable=False),
        ]
    ),
    "sections": pa.schema(
        [
            pa.field("doc_id", _text, nullable=False),
            pa.field("section", _count, nullable=False),
            pa.field("depth", pa.int8(), nullable=False),
            pa.field("heading", _text, nullable=False),
            pa.field("tense", _text, nullable=False),
            pa.field("start", _offset, nullable=False),
            pa.field("end", _offset, nullable=False),
        ]
    ),
    "edits": pa.schema(
        [
            pa.field("doc_id", _text, nullable=False),
            pa.field("start", _offset, nullable=False),
            pa.field("end", _offset, nullable=False),
            pa.field("removed", _text, nullable=False),
            pa.field("inserted", _text, nullable=False),
            pa.field("kind", _text, nullable=False),
            pa.field("rule", _text, nullable=False),
        ]
    ),
    "tokens": pa.schema(
        [
            pa.field("doc_id", _text, nullable=False),
            pa.field("paragraph", _count, nullable=False),
            pa.field("word_ids", pa.list_(pa.int64()), nullable=False),
        ]
    ),
    "vocabulary": pa.schema(
        [
            pa.field("word_id", pa.int64(), nullable=False),
            pa.field("word", _text, nullable=False),
            pa.field("kind", _text, nullable=False),
            ("pos", _text),
            pa.field("count", pa.int64(), nullable=False),
            pa.field("documents", _count, nullable=False),
        ]
    ),
    "signatures": pa.schema(
        [
            pa.field("doc_id", _text, nullable=False),
            pa.field("runs", _count, nullable=False),
            pa.field("hashes", pa.list_(pa.uint32()), nullable=False),
        ]
    ),
    "rejected": pa.schema(
        [
            pa.field("source", _text, nullable=False),
            pa.field("sha256", _text, nullable=False),
            pa.field("stage", _text, nullable=False),
            pa.field("reason", _text, nullable=False),
            pa.field("detail", _text, nullable=False),
        ]
    ),
}

Tables = dict[str, pa.Table]

_PART = re.compile(r"part-[0-9]{4,}\.parquet")


def doc_id(source: str) -> str:
    """Name a document after its place under the raw folder: 16 hexadecimal digits."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()[:16]


@lru_cache(maxsize=1 << 17)
def word_id(word: str) -> int:
    """Number a word by its own letters, so that parts made apart, on any machine, count in the same numbers."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8"), digest_size=8).digest(), "big", signed=True)


def table(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Make a table of the contract from rows."""
    return pa.Table.from_pylist(list(rows), schema=SCHEMAS[name])


def empty() -> Tables:
    """One empty table of each kind."""
    return {name: schema.empty_table() for name, schema in SCHEMAS.items()}


def part_path(folder: Path, name: str, part: int) -> Path:
    """Where part ``part`` of table ``name`` lies."""
    return folder / f"{name}.parquet" / f"part-{part:04d}.parquet"


def write_part(folder: Path, tables: Tables, *, part: int) -> dict[str, str]:
    """Write one part of these tables; return the SHA-256 of each file by its path below ``folder``."""
    written = {}
    for name, content in tables.items():
        path = part_path(folder, name, part)
        storage.make_folder(path.parent)
        with atomic(path, shared=True) as temporary:
            pq.write_table(content.cast(SCHEMAS[name]).combine_chunks(), temporary, compression="zstd")
            written[path.relative_to(folder).as_posix()] = file_sha256(temporary)
    return written


def read_part(folder: Path, part: int) -> Tables:
    """Read one part of every table; StoreError as :func:`read`."""
    return {name: _read(part_path(folder, name, part), None, schema) for name, schema in SCHEMAS.items()}


def read(folder: Path, name: str, *, columns: list[str] | None = None) -> pa.Table:
    """Read a whole table, parts in order; StoreError names a part that cannot be read."""
    return pa.concat_tables(
        [SCHEMAS[name].empty_table().select(columns or SCHEMAS[name].names), *stored(folder, name, columns=columns)]
    )


def stored(folder: Path, name: str, *, columns: list[str] | None = None) -> Iterator[pa.Table]:
    """Read a table part by part, in order, so that no more than one needs to be in memory; StoreError as :func:`read`."""
    for path in part_files(folder, name):
        yield _read(path, columns)


def part_table(folder: Path, name: str, part: int, *, columns: list[str] | None = None) -> pa.Table:
    """Read one part of a table; StoreError as :func:`read`."""
    return _read(part_path(folder, name, part), columns)


def _read(path: Path, columns: list[str] | None, schema: pa.Schema | None = None) -> pa.Table:
    try:
        return pq.read_table(storage.openable(path), columns=columns, schema=schema, partitioning=None)
    except (pa.ArrowInvalid, OSError) as error:
        raise StoreError(f"{path} cannot be read ({error}): delete it and build again") from None


def number_of_parts(folder: Path, name: str) -> int:
    """How many parts a table is in."""
    return len(part_files(folder, name))


def part_files(folder: Path, name: str) -> list[Path]:
    """The files of a table's parts, in order; what else lies in its folder (copies, other programs' notes) is none of ours."""
    found = (folder / f"{name}.parquet").glob("part-*.parquet")
    return sorted((p for p in found if _PART.fullmatch(p.name)), key=lambda path: part_number(path.name))


def is_part(name: str) -> bool:
    """Whether this is the name of a part file by its path below a corpus folder."""
    table, _, file = name.partition(".parquet/")
    return table in SCHEMAS and bool(_PART.fullmatch(file))


def part_number(path: str) -> int:
    """The number in the name of a part file."""
    return int(path.rsplit("-", 1)[1].removesuffix(".parquet"))


def manifest(folder: Path, *, any_format: bool = False) -> dict[str, Any]:
    """Read ``manifest.json``; StoreError where the folder is no corpus, or not of this format (unless ``any_format``)."""
    path = folder / "manifest.json"
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
        written = content["format"]
        missing = {"identity", "inputs", "n_parts", "parts", "counts"} - content.keys()
    except FileNotFoundError:
        raise StoreError(
            f"{folder} is no corpus: it has no manifest.json; make one with: corpus-tools build RAW {folder}"
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} was not written by corpus-tools: {error}") from None
    if written != FORMAT and not any_format:
        raise StoreError(f"{folder} is of format {written}, this version reads {FORMAT}: build it again")
    if missing:
        raise StoreError(f"{path} is damaged, it lacks {', '.join(sorted(missing))}: delete it and build again")
    return content


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write JSON atomically, keys sorted, so that equal content is equal bytes."""
    storage.make_folder(path.parent)
    pieces = json.JSONEncoder(ensure_ascii=False, indent=1, sort_keys=True).iterencode(content)
    with atomic(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)  # one by one: a million files make a text that memory need not hold
        file.write("\n")


class atomic:  # noqa: N801 - reads as a verb: with atomic(path) as temporary
    """A temporary file that takes the place of ``path``, flushed to disk, when the block ends without error.

    It is a neighbour of ``path``, with a name of its own where it is ``shared``: where others may be writing the same.
    """

    def __init__(self, path: Path, *, shared: bool = False) -> None:
        own = f".{uuid.uuid4().hex}" if shared else ""
        self.path = path
        self.temporary = (
            path.with_name(f".{path.name}{own}.tmp")
            if storage.is_local(path)
            else Path(tempfile.gettempdir(), f"{uuid.uuid4().hex}.tmp")
        )

    def __enter__(self) -> Path:
        return self.temporary

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        try:
            if error is None:
                self._replace() if storage.is_local(self.path) else storage.put(self.temporary, self.path)
        except OSError as failed:
            error = failed
        except Exception as failed:  # packages of stores have errors of their own
            if storage.is_local(self.path) or isinstance(failed, MemoryError):
                raise
            raise StoreError(f"{self.path} cannot be written: {failed}") from failed
        finally:
            with contextlib.suppress(OSError):
                self.temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and not isinstance(error, StoreError):
            # Arrow, and a worker's error on its way here, do not say which file it was.
            reason = os.strerror(error.errno) if error.errno else error
            raise StoreError(f"{self.path} cannot be written: {reason}") from None

    def _replace(self) -> None:
        with self.temporary.open("rb+") as handle:
            os.fsync(handle.fileno())
        if self.path.exists():
            shutil.copymode(self.path, self.temporary)  # what its owner has closed to others stays so
        self.temporary.replace(self.path)
        storage.sync(self.path.parent)


def remove_temporary(folder: Path) -> None:
    """Remove what :class:`atomic` left in a folder of this machine when its process was killed."""
    for path in folder.glob(".*.tmp") if storage.is_local(folder) else ():
        path.unlink(missing_ok=True)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def text_sha256(text: str) -> str:
    """SHA-256 of a text as UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
