"""What the pages of a corpus show of their sites, kept between builds.

What is known of a site follows from all its pages in the corpus, so a new page may change it. Each document therefore
carries a digest of the lines that its cleaning was told about (:meth:`Frames.digest`); a build prepares anew what has
another digest now. One build or ten, in any order, end with the same.
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from corpus_tools.building.prepare import frame_of
from corpus_tools.cleaning.templates import Frame, known_lines, learn
from corpus_tools.corpus import storage, store
from corpus_tools.corpus.looks import Look, look
from corpus_tools.errors import Rejected, StoreError
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
    """A file to look at for its frame; ``looked`` is how it looked when it was listed."""

    path: Path
    source: str
    looked: Look


def glance(job: Glance) -> tuple[Look, Frame]:
    """Read a file for its frame; none where it cannot be read."""
    looked = look(job.path)
    if job.path.suffix.lower() in OFFICE:
        return looked, Frame(None)
    try:
        return looked, frame_of(read_bytes(read_file(job.path), job.source), job.source)
    except Rejected as reason:
        return Look(0, 0) if reason.reason == "unreadable" else looked, Frame(None)


@dataclass(frozen=True, slots=True)
class Keep:
    """Writes the frames that :func:`glance` found in some files to a file of ``folder``; returns how many they were."""

    folder: Path
    identity: str

    def __call__(self, done: Sequence[tuple[Glance, tuple[Look, Frame] | Rejected]]) -> int:
        """Write the frames; a file without one is not looked at again either, but where that was no fault of its own."""
        seen = [(job, (_looked(job, r), Frame(None)) if isinstance(r, Rejected) else r) for job, r in done]
        rows = [
            (job.source, *looked, one.site, np.asarray(one.lines), np.asarray(one.prose)) for job, (looked, one) in seen
        ]
        columns = zip(zip(*rows, strict=True), SCHEMA, strict=True)
        name = blake2b("\n".join(job.source for job, _ in done).encode(), digest_size=12).hexdigest()
        table = pa.table([pa.array(column, field.type) for column, field in columns], schema=SCHEMA)
        _write(table, self.folder / f"{name}.parquet", self.identity)
        return len(done)


def _looked(job: Glance, why: Rejected) -> Look:
    return Look(0, 0) if why.reason in ("internal_error", "crashed") else job.looked


class Frames:
    """The frames of all files of a build, in ``path`` from one build to the next.

    They are kept as columns, eight bytes a line, and made into a :class:`Frame` one by one.
    """

    def __init__(self, path: Path, *, identity: str) -> None:
        self.path, self.identity = path, identity
        self.fresh = path.with_suffix("")
        self._table = pa.concat_tables([*self._read_fresh(), *_read(path, identity)])
        self._learnt: Mapping[str, frozenset[int]] = {}
        self._row: dict[str, int] = {}

    def _read_fresh(self) -> Iterator[pa.Table]:
        yield SCHEMA.empty_table()
        paths = sorted(self.fresh.glob("[!.]*.parquet"))
        for found in storage.each(self.fresh, lambda path: list(_read(path, self.identity)), paths):
            yield from found

    def missing(self, looks: Mapping[str, Look], *, retry: bool = False) -> list[str]:
        """Forget files that are gone or have changed; returns those that must be looked at.

        With ``retry`` also those of which nothing could be seen.
        """
        is_current = self._current(looks)
        rows = self._rows_of(looks, is_current)
        self._row = {s: row for s, row in rows.items() if is_current[row] and not (retry and self._is_blank(s, row))}
        self._table = self._table.take(pa.array(self._row.values(), pa.int64()))
        if storage.exists(self.fresh):  # of a build that was stopped: what is out of date in it must not come back
            self._save()
        storage.make_folder(self.fresh)
        return sorted(looks.keys() - self._row.keys())

    def learn(self, looks: Mapping[str, Look]) -> None:
        """Keep what was seen of these files, and count what the pages of each site share."""
        self._table = pa.concat_tables([*self._read_fresh(), self._table]).combine_chunks()
        self._row = self._rows_of(looks, self._current(looks))
        if len(self._row) < len(looks):
            raise StoreError(f"{self.fresh} cannot be read as it was written: build again")
        self._save()
        self._lines, self._prose = _Lists(self._table["lines"]), _Lists(self._table["prose"])
        sites = self._table["site"].combine_chunks().dictionary_encode()
        self._names = sites.dictionary.to_pylist()
        self._site = sites.indices.fill_null(len(self._names)).to_numpy()
        self._names.append(None)
        self._learnt = dict(self._learn())

    def _current(self, looks: Mapping[str, Look]) -> npt.NDArray[np.bool_]:
        """Of each row, whether its file looks as it did then."""
        columns = (self._table[name].to_pylist() for name in ("source", "size", "mtime_ns"))
        same = (looks.get(source) == (size, time) for source, size, time in zip(*columns, strict=True))
        return np.fromiter(same, dtype=bool, count=len(self._table))

    def _is_blank(self, source: str, row: int) -> bool:
        return not self._table["site"][row].is_valid and not source.lower().endswith(OFFICE)

    def _save(self) -> None:
        _write(self._table, self.path, self.identity)
        storage.remove_tree(self.fresh)

    def _rows_of(self, looks: Mapping[str, Look], is_current: npt.NDArray[np.bool_]) -> dict[str, int]:
        """The row of each of these files: the first where it looks as it does now, else the first."""
        first = pa.array(np.argsort(~is_current, kind="stable"))
        named = self._table["source"].combine_chunks().take(first)
        found = first.take(pc.index_in(pa.array(looks.keys(), pa.string()), value_set=named))
        return {source: row for source, row in zip(looks, found.to_pylist(), strict=True) if row is not None}

    def _learn(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Site by site, so that the frames of one are made at a time."""
        rows = np.fromiter(self._row.values(), dtype=np.int64)
        rows = rows[np.argsort(self._site[rows], kind="stable")]
        for of_site in np.split(rows, np.flatnonzero(np.diff(self._site[rows])) + 1):
            if len(of_site) > 1:
                yield from learn(map(self._frame, of_site)).items()

    def _frame(self, row: int) -> Frame:
        return Frame(self._names[self._site[row]], self._lines[row], self._prose[row])

    def known(self, source: str) -> frozenset[int]:
        """The lines of a file that its site is known to put there."""
        row = self._row.get(source)
        if row is None or self._names[self._site[row]] not in self._learnt:
            return frozenset()
        return known_lines(self._frame(row), self._learnt)


def digest(known: frozenset[int]) -> str:
    """A short hash of what is known of a file's site; empty where nothing is."""
    text = " ".join(map(str, sorted(known)))
    return blake2b(text.encode(), digest_size=8).hexdigest() if known else ""


class _Lists:
    """A column of lists of numbers, each made when it is asked for."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        lists = column.combine_chunks()
        self._numbers: npt.NDArray[np.int64] = lists.flatten().to_numpy()
        self._ends = np.cumsum([0, *lists.value_lengths().to_pylist()])

    def __getitem__(self, row: int) -> array[int]:
        return array("q", self._numbers[self._ends[row] : self._ends[row + 1]].tobytes())


def _write(table: pa.Table, path: Path, identity: str) -> None:
    with store.atomic(path, shared=True) as temporary:
        pq.write_table(table.replace_schema_metadata({"identity": identity}), temporary)


def _read(path: Path, identity: str) -> Iterator[pa.Table]:
    """The frames of a file; without them every file is looked at once more."""
    with contextlib.suppress(OSError, pa.ArrowException):
        table = pq.read_table(storage.openable(path), partitioning=None)
        if (table.schema.metadata or {}).get(b"identity") == identity.encode():
            yield table.cast(SCHEMA)
