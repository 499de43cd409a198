"""Parts of the corpus made ready beside it: each is a task by itself, done by any process of any machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from corpus_tools.building.journal import concat, read_batch, select
from corpus_tools.building.parts import assemble
from corpus_tools.corpus import store
from corpus_tools.errors import Rejected, StoreError

Named = tuple[str | None, str | None, float | None]
NAMED = ("duplicate_of", "duplicate_kind", "duplicate_similarity")


@dataclass(frozen=True, slots=True)
class Assembly:
    """A part to put together: the rows of ``kept`` files from ``old`` parts of the corpus ``out``, others from ``batches``."""

    part: int
    staging: Path
    out: Path
    old: tuple[int, ...]
    kept: frozenset[str]
    batches: Mapping[Path, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Naming:
    """A part that lies in ``folder`` and whose duplicates are ``named``, by doc_id, with the values of ``NAMED``."""

    part: int
    staging: Path
    folder: Path
    named: Mapping[str, Named]


def stage(task: Assembly | Naming) -> dict[str, str]:
    """Write a part into the staging folder; returns the hash of each file by its name in the corpus."""
    tables = _assembled(task) if isinstance(task, Assembly) else {"documents": _named(task)}
    return store.write_part(task.staging, tables, part=task.part)


def by_part(
    done: Sequence[tuple[Assembly | Naming, dict[str, str] | Rejected]],
) -> dict[int, dict[str, str] | Rejected]:
    """What came of parts, without the tasks themselves."""
    return {task.part: result for task, result in done}


def _assembled(task: Assembly) -> store.Tables:
    old = concat([select(store.read_part(task.out, part), task.kept) for part in task.old])
    there = {source for table in ("documents", "rejected") for source in old[table]["source"].to_pylist()}
    if lost := task.kept - there:
        raise StoreError(
            f"{task.out} lacks {len(lost):,} of the files that its manifest.json names, {min(lost)} among them: "
            "delete manifest.json there and build again"
        )
    return assemble(concat([old, *(select(read_batch(path), wanted) for path, wanted in task.batches.items())]))


def _named(task: Naming) -> pa.Table:
    documents = store.part_table(task.folder, "documents", task.part)
    for name, column in named_columns(documents["doc_id"].to_pylist(), task.named).items():
        place = documents.column_names.index(name)
        documents = documents.set_column(place, documents.schema.field(name), column)
    return documents


def named_columns(doc_ids: Sequence[str], named: Mapping[str, Named]) -> dict[str, pa.Array]:
    """The columns that name duplicates, for documents in this order."""
    rows = [named.get(name, (None, None, None)) for name in doc_ids]
    fields = [store.SCHEMAS["documents"].field(name) for name in NAMED]
    return {field.name: pa.array([row[i] for row in rows], field.type) for i, field in enumerate(fields)}
