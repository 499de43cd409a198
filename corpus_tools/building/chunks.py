"""A chunk of files: the unit of a build's work. Its files are read one by one and written together as one batch."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

from corpus_tools.building.frames import Glance, digest
from corpus_tools.building.journal import Seen, write_batch
from corpus_tools.building.parts import part_of, rows
from corpus_tools.building.prepare import prepare
from corpus_tools.config import Config
from corpus_tools.corpus import storage, store
from corpus_tools.corpus.looks import Look, look
from corpus_tools.document import Document
from corpus_tools.errors import Rejected
from corpus_tools.language.segment import setting
from corpus_tools.language.tagging import describer_of
from corpus_tools.reading import read_file

# Files and bytes of a chunk at most: so much is held in memory at once, and done anew when all machines lose power.
FILES, BYTES = 64, 32_000_000
# Files looked at together: their frames are small, and should make few files.
GLANCES = 512


@dataclass(frozen=True, slots=True)
class Job:
    """One file to prepare.

    ``looked`` is how it looked when it was listed; ``site_lines`` are what is known of its site; ``done`` is the SHA-256
    that needs no new preparation, if any.
    """

    path: Path
    source: str
    looked: Look
    config: Config
    site_lines: frozenset[int] = frozenset()
    done: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of a file: how it looked before it was read, its hash, and its document; none where nothing was to do."""

    look: Look
    sha256: str
    outcome: Document | Rejected | None


class Batch(NamedTuple):
    """What became of files that were finished together; the rows of those in ``written`` lie in the batch ``name``."""

    name: str | None
    written: dict[str, Seen]
    unchanged: dict[str, Seen]
    rejected: int


Task = TypeVar("Task", Job, Glance)


def chunked(jobs: Iterable[Task], *, parts: int, most: int) -> Iterator[list[Task]]:
    """Put files together that come one after the other and belong to one part, ``most`` or :data:`BYTES` of them."""
    chunk: list[Task] = []
    size, part = 0, -1
    for job in jobs:
        own = part_of(job.source, parts)
        if chunk and (own != part or len(chunk) == most or size + job.looked.size > BYTES):
            yield chunk
            chunk, size = [], 0
        part = own
        chunk.append(job)
        size += job.looked.size
    if chunk:
        yield chunk


def work(job: Job) -> Prepared:
    """Read and prepare one file."""
    looked, sha256 = look(job.path), ""
    try:
        data = read_file(job.path)
        if storage.is_local(job.path) and look(job.path) != looked:  # a store gives a file whole
            raise Rejected("read", "changed", "it was written to while it was read: build again")
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == job.done:
            return Prepared(looked, sha256, None)
        return Prepared(looked, sha256, prepare(data, job.source, config=job.config, known=job.site_lines))
    except Rejected as reason:
        # What could not be opened, or not in peace, may be the next time: it is looked for anew.
        unopened = not sha256 and reason.reason in ("unreadable", "changed")
        return Prepared(Look(0, 0) if unopened else looked, sha256, reason)


@dataclass(frozen=True, slots=True)
class Finish:
    """Writes what :func:`work` made of some files as one batch into the journal ``folder``."""

    folder: Path

    def __call__(self, done: Sequence[tuple[Job, Prepared | Rejected]]) -> Batch:
        """Write the batch; what is returned is small."""
        results = [(job, Prepared(job.looked, "", r) if isinstance(r, Rejected) else r) for job, r in done]
        seen = {job.source: Seen(*r.look, r.sha256, digest(job.site_lines)) for job, r in results}
        unchanged = {job.source: seen.pop(job.source) for job, r in results if r.outcome is None}
        if not seen:
            return Batch(None, seen, unchanged, 0)
        tables = _tables(results)
        return Batch(write_batch(self.folder, seen, tables), seen, unchanged, len(tables["rejected"]))


def _tables(results: Sequence[tuple[Job, Prepared]]) -> store.Tables:
    documents = [r.outcome for _, r in results if isinstance(r.outcome, Document)]
    refused = [
        {"source": job.source, "sha256": r.sha256, "stage": why.stage, "reason": why.reason, "detail": why.detail}
        for job, r in results
        if isinstance(why := r.outcome, Rejected)
    ]
    config = results[0][0].config
    made = rows(documents, describe=describer_of(setting(**config.cutting)))
    return made | {"rejected": store.table("rejected", refused)}
