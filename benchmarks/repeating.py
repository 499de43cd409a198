"""Large corpora made of small ones: the documents of a folder again and again, under new names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from corpus_tools.corpus import store

BY_DOCUMENT = ("documents", "sections", "edits", "tokens")


def repeated(
    source: Path, folder: Path, reports: int, *, tables: Sequence[str] = BY_DOCUMENT, texts: bool = True
) -> None:
    """Write a corpus folder of so many reports, or a few more: a part for each time that those of ``source`` are repeated.

    Of the tables of documents only ``tables``; without ``texts`` these are empty lines. Duplicates are left out.
    """
    documents = store.read(source, "documents")
    documents = documents.filter(pa.compute.is_null(documents["duplicate_of"]))
    found = {name: store.read(source, name) for name in tables if name != "documents"}
    found = {name: t.filter(pa.compute.is_in(t["doc_id"], value_set=documents["doc_id"])) for name, t in found.items()}
    if not texts:
        field = store.SCHEMAS["documents"].field("text")
        lines = pa.compute.replace_substring_regex(documents["text"], "[^\n]+", "")
        documents = documents.set_column(documents.schema.get_field_index("text"), field, lines)
    found["documents"], vocabulary = documents, store.read(source, "vocabulary")
    for part in range(-(-reports // len(documents))):
        named = {name: _renamed(table, part) for name, table in found.items()}
        store.write_part(folder, store.empty() | named | {"vocabulary": vocabulary}, part=part)
    store.write_json(folder / "manifest.json", store.manifest(source))


def _renamed(table: pa.Table, part: int) -> pa.Table:
    for name in {"doc_id", "source"} & set(table.column_names):
        numbered = pa.compute.binary_join_element_wise(pa.scalar(f"{part:04d}"), table[name], "")
        table = table.set_column(table.schema.get_field_index(name), table.schema.field(name), numbered)
    return table
