"""From finished files to the corpus folder: parts staged one by one, then moved into place by a list.

The list (``commit.json``) is written when all that it names lies ready. Whoever finds it, this run or a later one,
carries it out; doing so twice, or half and then whole, ends the same.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_tools import progress
from corpus_tools.corpus import store
from corpus_tools.corpus.duplicates import duplicates
from corpus_tools.corpus.journal import Journal, Seen, concat, select
from corpus_tools.corpus.parts import assemble, part_of
from corpus_tools.errors import StoreError

NAMED = ["duplicate_of", "duplicate_kind", "duplicate_similarity"]
KEYS = ["doc_id", "source", "text_sha256", "year", "place", "province", "flags", "n_masks"]


@dataclass(frozen=True)
class Published:
    """What a corpus folder holds before a build: inputs with their hashes, parts with theirs; broken parts hold nothing.

    ``frames`` are digests of what was known of the sites of files, where anything was.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    frames: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    n_parts: int = 0
    broken: frozenset[int] = frozenset()


def published(out: Path, *, identity: str) -> Published:
    """Read what is there; nothing where there is no corpus of this identity. Inputs of broken parts are left out."""
    if not (out / "manifest.json").exists():
        return Published()
    manifest = store.manifest(out, any_format=True)
    if manifest["identity"] != identity:  # the format is part of it
        return Published()
    n = manifest["n_parts"]
    broken = frozenset(_part(name) for name in manifest["parts"] if not _is_sound(out / name))
    inputs = {s: h for s, h in manifest["inputs"].items() if part_of(s, n) not in broken}
    return Published(inputs, manifest["frames"], manifest["parts"], n, broken)


def _is_sound(path: Path) -> bool:
    try:
        pq.read_metadata(path)
    except (OSError, pa.ArrowInvalid):
        return False
    return True


class Publisher:
    """Stages the parts that must be written and publishes them with the manifest."""

    def __init__(self, out: Path, last: Published, journal: Journal, *, n_parts: int) -> None:
        self.out, self.last, self.journal, self.n_parts = out, last, journal, n_parts
        self.staging = out / ".build" / "staged"
        self.staged: dict[str, str] = {}

    def publish(self, seen: Mapping[str, Seen], head: Mapping[str, Any]) -> dict[str, Any]:
        """Publish the results of the files in ``seen``; returns the manifest, which begins with ``head``."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self._stage_parts(seen)
        if self.staged:
            self._stage_duplicates()
        kept = (
            {}
            if self.last.n_parts != self.n_parts
            else {p: h for p, h in self.last.parts.items() if p not in self.staged}
        )
        written = {**kept, **self.staged}
        manifest = {
            **head,
            "format": store.FORMAT,
            "inputs": {s: seen[s].sha256 for s in sorted(seen)},
            "frames": {s: seen[s].frame for s in sorted(seen) if seen[s].frame},
            "n_parts": self.n_parts,
            "parts": written,
            "counts": self._counts(len(seen)),
        }
        commit = {
            "move": sorted(self.staged),
            "delete": sorted(_present(self.out) - written.keys()),
            "manifest": manifest,
            "seen": seen,
        }
        store.write_json(self.out / ".build" / "commit.json", commit)
        finish_commit(self.out)
        return manifest

    def _stage_parts(self, seen: Mapping[str, Seen]) -> None:
        now, before = defaultdict(set), defaultdict(set)
        for source in seen:
            now[part_of(source, self.n_parts)].add(source)
        for source in self.last.inputs:
            before[part_of(source, self.n_parts)].add(source)
        fresh = {s for s, old in self.journal.seen.items() if s in seen and seen[s][2:] == old[2:]}
        for part in progress.steps(range(self.n_parts), "publishing", unit="parts"):
            same = self.last.n_parts == self.n_parts and part not in self.last.broken
            if not same or now[part] != before[part] or now[part] & fresh:
                tables = self._assembled(part, now[part], fresh)
                self.staged |= store.write_part(self.staging, tables, part=part)

    def _assembled(self, part: int, wanted: set[str], fresh: set[str]) -> store.Tables:
        """The rows of these files: from the journal where they are new, else from the old parts that held them."""
        old = [
            select(store.read_part(self.out, p), wanted - fresh)
            for p in range(self.last.n_parts)
            if p not in self.last.broken and (p % self.n_parts == part or part % self.last.n_parts == p)
        ]
        return assemble(concat([*old, self.journal.read(wanted & fresh)]))

    def _stage_duplicates(self) -> None:
        """Name duplicates anew over all parts, and stage the documents of those where a name changed."""
        keys = [self._keys(part) for part in range(self.n_parts)]
        signatures = pa.concat_tables(self._read("signatures", part) for part in range(self.n_parts))
        found = duplicates(pa.concat_tables(keys), signatures)
        fields = [store.SCHEMAS["documents"].field(name) for name in NAMED]
        for part, table in enumerate(keys):
            rows = [found.get(name, (None, None, None)) for name in table["doc_id"].to_pylist()]
            columns = [pa.array([row[i] for row in rows], field.type) for i, field in enumerate(fields)]
            known = self._read("documents", part, NAMED)
            if all(new == old.combine_chunks() for new, old in zip(columns, known, strict=True)):
                continue
            documents = self._read("documents", part)
            for named, column in zip(fields, columns, strict=True):
                documents = documents.set_column(documents.column_names.index(named.name), named, column)
            self.staged |= store.write_part(self.staging, {"documents": documents}, part=part)

    def _keys(self, part: int) -> pa.Table:
        """What decides which copy of a report is kept; n_edits are the changes that cleaning made."""
        documents = self._read("documents", part, KEYS)
        counts = pc.value_counts(self._read("edits", part, ["doc_id"])["doc_id"]).to_pylist()
        edits = {row["values"]: row["counts"] for row in counts}
        n_edits = [edits.get(name, 0) for name in documents["doc_id"].to_pylist()]
        return documents.append_column("n_edits", pa.array(n_edits, pa.int64()))

    def _read(self, name: str, part: int, columns: list[str] | None = None) -> pa.Table:
        """A part as it will be: staged, else as it lies in the corpus."""
        path = store.part_path(self.staging, name, part)
        if not path.exists():
            path = store.part_path(self.out, name, part)
        return pq.read_table(path, columns=columns, partitioning=None)

    def _counts(self, files: int) -> dict[str, Any]:
        rejected: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        documents = 0
        for part in range(self.n_parts):
            documents += len(self._read("documents", part, ["doc_id"]))
            for row in self._read("rejected", part, ["stage", "reason"]).to_pylist():
                rejected[row["stage"]][row["reason"]] += 1
        return {"files": files, "documents": documents, "rejected": rejected}


def finish_commit(out: Path) -> None:
    """Carry out the commit list of ``out``, if there is one."""
    state = out / ".build"
    path = state / "commit.json"
    if not path.exists():
        return
    try:
        commit = json.loads(path.read_text("utf-8"))
    except ValueError:
        raise StoreError(f"{path} is damaged: delete {state} and build again") from None
    for name in commit["move"]:
        staged = state / "staged" / name
        if staged.exists():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            staged.replace(out / name)
    for name in commit["delete"]:
        (out / name).unlink(missing_ok=True)
    store.write_json(out / "manifest.json", commit["manifest"])
    store.write_json(state / "seen.json", commit["seen"])
    path.unlink()
    shutil.rmtree(state / "staged", ignore_errors=True)


def _present(out: Path) -> set[str]:
    found = (p for name in store.SCHEMAS for p in (out / f"{name}.parquet").glob("*"))
    return {p.relative_to(out).as_posix() for p in found}


def _part(path: str) -> int:
    return int(path.rsplit("-", 1)[1].removesuffix(".parquet"))
