"""A corpus as a SQLite database: tables with keys between them, words as counts, a search over the texts."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_tools import progress
from corpus_tools.corpus import store
from corpus_tools.exports.cells import flat
from corpus_tools.exports.material import SECTIONS, Material, Record

_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE documents ({documents}, UNIQUE (doc_id));
CREATE TABLE flags (doc_id TEXT REFERENCES documents (doc_id), flag TEXT, PRIMARY KEY (doc_id, flag)) WITHOUT ROWID;
CREATE TABLE sections ({sections}, PRIMARY KEY (doc_id, section), FOREIGN KEY (doc_id) REFERENCES documents (doc_id));
CREATE TABLE edits ({edits}, FOREIGN KEY (doc_id) REFERENCES documents (doc_id));
CREATE TABLE rejected ({rejected});
CREATE TABLE words (word_id INTEGER PRIMARY KEY, word TEXT, kind TEXT, pos TEXT);
CREATE TABLE counts (
  doc_id TEXT REFERENCES documents (doc_id), word_id INTEGER REFERENCES words (word_id), count INTEGER,
  PRIMARY KEY (doc_id, word_id)
) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX documents_year ON documents (year);
CREATE INDEX edits_document ON edits (doc_id);
CREATE INDEX edits_rule ON edits (kind, rule);
CREATE INDEX flags_flag ON flags (flag);
CREATE INDEX words_word ON words (word);
CREATE INDEX counts_word ON counts (word_id);
CREATE VIEW section_texts AS
  SELECT doc_id, section, depth, heading, tense, year, substr(text, start + 1, "end" - start) AS text
  FROM sections JOIN documents USING (doc_id);
CREATE VIEW word_counts AS
  SELECT doc_id, year, organisation, level, place, documents.kind, word, words.kind AS word_kind, pos, count
  FROM counts JOIN words USING (word_id) JOIN documents USING (doc_id);
"""
# Finds any three characters or more inside the texts; older SQLite has no such index, and the database goes without it.
_SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(title, text, content='documents', content_rowid='row', tokenize='trigram')
"""


def write_sqlite(path: Path, material: Material) -> None:
    """Write the database; lists as ``a;b``, unknown as NULL, texts as they are."""
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as base, base:
        # What is left of a run that was stopped is thrown away: nothing need be undone.
        base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
        base.executescript(_schema(material))
        base.executemany("INSERT INTO about VALUES (?, ?)", material.about().items())
        _fill(base, material)
        with progress.bar("index"):
            base.executescript(_INDEXES)
            if _searches():
                base.execute(_SEARCH)
                base.execute("INSERT INTO search (search) VALUES ('rebuild')")


def _searches() -> bool:
    """Whether this SQLite can find three characters inside a text."""
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        try:
            base.execute("CREATE VIRTUAL TABLE search USING fts5(text, tokenize='trigram')")
        except sqlite3.OperationalError:
            return False
    return True


def _fill(base: sqlite3.Connection, material: Material) -> None:
    _insert(base, "words", _words(material))
    for record in progress.steps(material.records(), "export", unit="documents", total=len(material.corpus)):
        _insert(base, "documents", [(record.row, *map(flat, record.values.values()))])
        doc_id = record.values["doc_id"]
        _insert(base, "flags", ((doc_id, flag) for flag in dict.fromkeys(record.values["flags"])))
        _insert(base, "sections", ([*section.values()] for section in record.sections))
        _insert(base, "counts", _counts(material, record))
    _insert(base, "edits", _edits(material))
    _insert(base, "rejected", material.rejected().rows())


def _schema(material: Material) -> str:
    documents = _columns(store.SCHEMAS["documents"], material.columns)
    return _TABLES.format(
        documents=f"row INTEGER PRIMARY KEY, {documents}",
        sections=_columns(store.SCHEMAS["sections"], SECTIONS),
        edits=_columns(store.SCHEMAS["edits"]),
        rejected=_columns(store.SCHEMAS["rejected"]),
    )


def _columns(schema: pa.Schema, names: Sequence[str] | None = None) -> str:
    quoted = ((f'"{name.replace(chr(34), chr(34) * 2)}"', name) for name in names or schema.names)
    return ", ".join(f"{written} {_type(schema, name)}".strip() for written, name in quoted)


def _type(schema: pa.Schema, name: str) -> str:
    if name not in schema.names:
        return ""
    kind = schema.field(name).type
    return "INTEGER" if pa.types.is_integer(kind) else "REAL" if pa.types.is_floating(kind) else "TEXT"


def _insert(base: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    ready = iter(rows)
    if (first := next(ready, None)) is not None:
        command = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
        base.execute(command, first)
        base.executemany(command, ready)


def _words(material: Material) -> Iterator[tuple[int, str, str, str | None]]:
    """The words of the vocabulary that stand in these texts."""
    words = material.words
    ids = material.corpus.vocabulary["word_id"].tolist()
    for row in np.flatnonzero(np.bincount(words.ids, minlength=len(ids))).tolist():
        yield ids[row], words.word[row], words.kind[row], words.pos[row]


def _counts(material: Material, record: Record) -> Iterator[tuple[str, int, int]]:
    rows, counts = np.unique(material.words.of(record.row), return_counts=True)
    ids = material.corpus.vocabulary["word_id"].to_numpy()[rows]
    for word_id, count in zip(ids.tolist(), counts.tolist(), strict=True):
        yield record.values["doc_id"], word_id, count


def _edits(material: Material) -> Iterator[tuple[Any, ...]]:
    """The edits of these documents, a part of the folder at a time."""
    wanted = pa.array(material.corpus.documents["doc_id"])
    for part in store.stored(material.corpus.folder, "edits"):
        part = part.filter(pc.is_in(part["doc_id"], value_set=wanted)).select(store.SCHEMAS["edits"].names)
        for batch in part.to_batches(max_chunksize=10_000):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
