"""What the pages of a corpus show of their sites, kept between builds.

What is known of a site follows from all its pages in the corpus, so a new page may change it. Each document therefore
carries a digest of the lines that its cleaning was told about (:meth:`Frames.digest`); a build prepares anew what has
another digest now. One build or ten, in any order, end with the same.
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus_tools.cleaning.templates import Frame, known_lines, learn
from corpus_tools.corpus import store
from corpus_tools.corpus.inputs import Look, look
from corpus_tools.corpus.prepare import frame_of
from corpus_tools.errors import Rejected
from corpus_tools.reading import read_bytes, read_file

SCHEMA = pa.schema(
    {
        "source": pa.string(),
        "size": pa.int64(),
        "mtime_ns": pa.int64(),
        "site": pa.string(),
        "lines": pa.list_(pa.int64()),
        "prose": pa.list_(pa.int64()),
    }
)
# These formats come without a site around the text, and are slow to read.
OFFICE = (".doc", ".docx", ".pdf")


@dataclass(frozen=True, slots=True)
class Glance:
    """A file to look at for its frame."""

    path: Path
    source: str


def glance(job: Glance) -> tuple[Look, Frame]:
    """Read a file for its frame (the function that worker processes run); none where it cannot be read."""
    looked = look(job.path)
    if job.path.suffix.lower() in OFFICE:
        return looked, Frame(None)
    try:
        return looked, frame_of(read_bytes(read_file(job.path), job.source), job.source)
    except Rejected:
        return looked, Frame(None)


class Frames:
    """The frames of all files of a build, in ``path`` from one build to the next."""

    def __init__(self, path: Path, *, identity: str) -> None:
        self.path, self.identity = path, identity
        self._rows: dict[str, tuple[Look, Frame]] = {}
        self._learnt: Mapping[str, frozenset[int]] = {}
        with contextlib.suppress(OSError, pa.ArrowException):  # without them every file is looked at once more
            table = pq.read_table(path, partitioning=None)
            if (table.schema.metadata or {}).get(b"identity") == identity.encode():
                self._rows = {source: (seen, one) for source, seen, one in _frames(table)}

    def missing(self, looks: Mapping[str, Look]) -> list[str]:
        """Forget files that are gone or have changed; returns those that must be looked at."""
        self._rows = {s: row for s, row in self._rows.items() if looks.get(s) == row[0]}
        return sorted(looks.keys() - self._rows.keys())

    def add(self, source: str, looked: Look, one: Frame) -> None:
        """Keep the frame of one file."""
        self._rows[source] = (looked, one)

    def save(self) -> None:
        """Bring what was seen to disk."""
        rows = sorted(self._rows.items())
        columns = [
            [source for source, _ in rows],
            [looked.size for _, (looked, _) in rows],
            [looked.mtime_ns for _, (looked, _) in rows],
            [one.site for _, (_, one) in rows],
            [list(one.lines) for _, (_, one) in rows],
            [list(one.prose) for _, (_, one) in rows],
        ]
        arrays = [pa.array(column, kind.type) for column, kind in zip(columns, SCHEMA, strict=True)]
        table = pa.Table.from_arrays(arrays, schema=SCHEMA.with_metadata({"identity": self.identity}))
        with store.atomic(self.path) as temporary:
            pq.write_table(table, temporary)

    def learn(self) -> None:
        """Count what the pages of each site share."""
        self._learnt = learn(one for _, one in self._rows.values())

    def known(self, source: str) -> frozenset[int]:
        """The lines of a file that its site is known to put there."""
        return known_lines(self._rows[source][1], self._learnt) if source in self._rows else frozenset()

    def digest(self, source: str) -> str:
        """A short hash of :meth:`known`; empty where nothing is known."""
        known = self.known(source)
        text = " ".join(map(str, sorted(known)))
        return blake2b(text.encode(), digest_size=8).hexdigest() if known else ""


def _frames(table: pa.Table) -> Iterator[tuple[str, Look, Frame]]:
    for batch in table.to_batches(max_chunksize=1000):
        columns = [batch.column(name).to_pylist() for name in SCHEMA.names]
        for source, size, mtime_ns, site, lines, prose in zip(*columns, strict=True):
            yield source, Look(size, mtime_ns), Frame(site, array("q", lines), array("q", prose))
