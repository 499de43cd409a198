"""From finished files to the corpus folder: parts staged one by one, then moved into place by a list.

The list (``commit.json``) is written when all that it names lies ready. Whoever finds it, this run or a later one,
carries it out; doing so twice, or half and then whole, ends the same.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_tools.building.duplicates import duplicates
from corpus_tools.building.journal import Journal, Seen
from corpus_tools.building.parts import part_of
from corpus_tools.building.runners import Workers
from corpus_tools.building.staging import NAMED, Assembly, Named, Naming, by_part, named_columns, stage
from corpus_tools.corpus import storage, store
from corpus_tools.errors import Rejected, StoreError
from corpus_tools.progress import bar

T = TypeVar("T")
# Raises where a build does not hold its folder any more.
Held: TypeAlias = Callable[[], None]

LAST = [".build/seen.json", "manifest.json"]
_HEX = re.compile("[0-9a-f]{32}")
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
    if not storage.exists(out / "manifest.json"):
        return Published()
    manifest = store.manifest(out, any_format=True)
    if manifest["identity"] != identity:  # the format is part of it
        return Published()
    n, parts, there = manifest["n_parts"], manifest["parts"], _present(out)
    # Who has deleted the build's notes may have done so in the middle of a move: then nothing but the hashes tells.
    is_noted = storage.exists(out / ".build" / "seen.json")
    broken = frozenset(
        store.part_number(name)
        for name, sha256 in parts.items()
        if name not in there or not _is_sound(out / name, None if is_noted else sha256)
    )
    inputs = {s: h for s, h in manifest["inputs"].items() if part_of(s, n) not in broken}
    return Published(inputs, manifest["frames"], parts, n, broken)


def _is_sound(path: Path, sha256: str | None) -> bool:
    try:
        if sha256:
            return store.file_sha256(path) == sha256
        if storage.is_local(path):  # stores write files whole, and looking into each would take long
            pq.read_metadata(path)
    except (OSError, pa.ArrowInvalid):
        return False
    return True


class Publisher:
    """Stages the parts that must be written and publishes them with the manifest, as long as the folder is ``held``."""

    def __init__(
        self, out: Path, last: Published, journal: Journal, workers: Workers, held: Held, *, n_parts: int
    ) -> None:
        self.out, self.last, self.journal, self.workers, self.n_parts = out, last, journal, workers, n_parts
        self.held = held
        # A folder of its own, and in it one for parts whose duplicates were named: a worker that was given up, or one of a
        # build that has ended, may still write its part.
        self.staging = out / ".build" / "staged" / uuid.uuid4().hex
        self.naming = self.staging / "named"
        self.staged: dict[str, str] = {}
        self.named: dict[str, str] = {}

    def publish(self, seen: Mapping[str, Seen], head: Mapping[str, Any]) -> dict[str, Any]:
        """Publish the results of the files in ``seen``; returns the counts. The manifest begins with ``head``."""
        self.held()
        storage.remove_tree(self.staging.parent)
        self.staged = self._stage(list(self._assemblies(seen)), "publishing")
        if self.staged:
            self.named = self._stage(list(self._namings()), "naming duplicates")
        same = self.last.n_parts == self.n_parts
        written = {**(self.last.parts if same else {}), **self.staged, **self.named}
        counts = self._counts(len(seen))
        manifest = {
            **head,
            "format": store.FORMAT,
            "inputs": {s: seen[s].sha256 for s in seen},
            "frames": {s: seen[s].frame for s in seen if seen[s].frame},
            "n_parts": self.n_parts,
            "parts": written,
            "counts": counts,
        }
        store.write_json(self.staging / "manifest.json", manifest)
        store.write_json(self.staging / ".build" / "seen.json", seen)
        commit = {
            "staged": self.staging.name,
            "move": sorted(self.staged.keys() - self.named.keys()),
            "named": sorted(self.named),
            "last": LAST,
            "delete": sorted(_present(self.out) - written.keys()),
        }
        self.held()
        store.write_json(self.out / ".build" / "commit.json", commit)
        finish_commit(self.out)
        return counts

    def _stage(self, tasks: Sequence[Assembly | Naming], name: str) -> dict[str, str]:
        """Have parts written; returns the hash of each file by its name in the corpus."""
        of_part, staged = {task.part: task for task in tasks}, dict[str, str]()
        with bar(name, unit="parts", total=len(tasks)) as shown:
            for done in self.workers.run(stage, ([task] for task in tasks), by_part):
                for part, result in done.items():
                    # The limits are for one file; a part that they stop is made here.
                    staged |= stage(of_part[part]) if isinstance(result, Rejected) else result
                    shown.done += 1
        return staged

    def _assemblies(self, seen: Mapping[str, Seen]) -> Iterator[Assembly]:
        """The parts that are not as they were: those with files that are new, gone or other than before, and broken ones."""
        now, before = self._by_part(seen), self._by_part(self.last.inputs)
        fresh = {s for s, old in self.journal.seen.items() if s in seen and seen[s][2:] == old[2:]}
        for part in range(self.n_parts):
            same = self.last.n_parts == self.n_parts and part not in self.last.broken
            if not same or now[part] != before[part] or not now[part].isdisjoint(fresh):
                kept, batches = frozenset(now[part] - fresh), self.journal.batches(now[part] & fresh)
                yield Assembly(part, self.staging, self.out, self._old(part) if kept else (), kept, batches)

    def _old(self, part: int) -> tuple[int, ...]:
        """The parts of the corpus that may hold rows of a part."""
        return tuple(
            p
            for p in range(self.last.n_parts)
            if p not in self.last.broken and (p % self.n_parts == part or part % self.last.n_parts == p)
        )

    def _by_part(self, sources: Iterable[str]) -> Mapping[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for source in sources:
            found[part_of(source, self.n_parts)].add(source)
        return found

    def _namings(self) -> Iterator[Naming]:
        """Name duplicates anew over all parts; yields the parts where a name has changed."""
        keys = self._of_each_part(self._keys)
        signatures = self._of_each_part(lambda part: self._read("signatures", part))
        found = duplicates(pa.concat_tables(keys).drop_columns(list(NAMED)), pa.concat_tables(signatures))
        for part, table in enumerate(keys):
            doc_ids = table["doc_id"].to_pylist()
            columns = named_columns(doc_ids, found)
            if any(column != table[name].combine_chunks() for name, column in columns.items()):
                named: dict[str, Named] = {name: found[name] for name in doc_ids if name in found}
                yield Naming(part, self.naming, self._place("documents", part), named)

    def _keys(self, part: int) -> pa.Table:
        """What decides which copy of a report is kept (n_edits: the changes that cleaning made), and what was decided."""
        documents = self._read("documents", part, [*KEYS, *NAMED])
        counts = pc.value_counts(self._read("edits", part, ["doc_id"])["doc_id"]).to_pylist()
        edits = {row["values"]: row["counts"] for row in counts}
        n_edits = [edits.get(name, 0) for name in documents["doc_id"].to_pylist()]
        return documents.append_column("n_edits", pa.array(n_edits, pa.int64()))

    def _of_each_part(self, ask: Callable[[int], T]) -> list[T]:
        return storage.each(self.out, ask, range(self.n_parts))

    def _place(self, name: str, part: int) -> Path:
        """Where a part lies as it will be: staged, else in the corpus."""
        return self.staging if store.part_path(Path(), name, part).as_posix() in self.staged else self.out

    def _read(self, name: str, part: int, columns: list[str] | None = None) -> pa.Table:
        return store.part_table(self._place(name, part), name, part, columns=columns)

    def _counts(self, files: int) -> dict[str, Any]:
        rejected: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for table in self._of_each_part(lambda part: self._read("rejected", part, ["stage", "reason"])):
            for row in table.to_pylist():
                rejected[row["stage"]][row["reason"]] += 1
        documents = self._of_each_part(lambda part: len(self._read("documents", part, ["doc_id"])))
        return {"files": files, "documents": sum(documents), "rejected": rejected}


def finish_commit(out: Path) -> None:
    """Carry out the commit list of ``out``, if there is one."""
    state = out / ".build"
    path = state / "commit.json"
    if not storage.exists(path):
        return
    try:
        commit = json.loads(path.read_text("utf-8"))
        moved, named, deletions = commit["move"], commit["named"], commit["delete"]
        listed, is_named = [*moved, *named, *deletions], _HEX.fullmatch(commit["staged"])
        # A folder from a stranger must not reach beyond itself.
        if not is_named or commit["last"] != LAST or not all(map(store.is_part, listed)):
            raise ValueError("a name that no build writes")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StoreError(f"{path} is damaged: delete {state} and build again") from None
    staging = state / "staged" / commit["staged"]
    for folder, names in [(staging, moved), (staging / "named", named), (staging, LAST)]:
        _move(folder, out, names)
    storage.each(out, lambda name: (out / name).unlink(missing_ok=True), deletions)
    if storage.is_local(out):
        for folder in {(out / name).parent for name in (*listed, *LAST)}:
            storage.sync(folder)
    path.unlink()
    storage.remove_tree(state / "staged")


def _move(staged: Path, out: Path, names: Sequence[str]) -> None:
    storage.each(out, lambda name: storage.move(staged / name, out / name), names)


def _present(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for name in store.SCHEMAS for path in store.part_files(out, name)}
