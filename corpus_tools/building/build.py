"""Many files into a corpus folder: only what changed, in parallel, and never half done.

A build works in ``OUT/.build``: finished files go to a journal there, and when all are finished they are published at
once (publish.py). A build that is stopped or killed goes on from its journal when it is run again.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_tools.building.chunks import FILES, GLANCES, Finish, Job, Task, chunked, work
from corpus_tools.building.cluster import Cluster
from corpus_tools.building.frames import Frames, Glance, Keep, digest, glance
from corpus_tools.building.identity import identity, versions
from corpus_tools.building.inputs import Files
from corpus_tools.building.journal import Journal, Seen
from corpus_tools.building.locks import lock
from corpus_tools.building.parts import count_of_parts, part_of
from corpus_tools.building.publish import Held, Publisher, finish_commit, published
from corpus_tools.building.report import BuildReport
from corpus_tools.building.runners import Here, Machine, Workers
from corpus_tools.building.words import conflicts
from corpus_tools.config import Config
from corpus_tools.corpus import storage, store
from corpus_tools.errors import ConfigError, StoreError
from corpus_tools.progress import bar

if TYPE_CHECKING:
    from distributed import Client


def build(
    raw: str | Path,
    out: str | Path,
    *,
    config: Config | None = None,
    cluster: str | Client | None = None,
    retry: bool = False,
    allow_removal: bool = False,
    progress: bool = True,
) -> BuildReport:
    """Build the corpus folder ``out`` from the files under ``raw``, or bring it up to date.

    Files whose size and time are those of the last build are not read again; a change of settings or of an engine's
    version does everything anew, and ``retry`` those files that hung, crashed or took too much memory. The same files
    give the same bytes, whatever the number of processes, the order, or how often the build was killed and run again.
    Nothing is ever written inside ``raw``.

    ``raw`` and ``out`` are folders, or URLs of any store that fsspec knows (``s3://bucket/raw``). With ``cluster``, the
    address of a Dask scheduler (``tcp://host:8786``) or a ``distributed.Client``, its workers do the work, one process of
    theirs for each of their threads; both places must then be such that all machines see them.

    Raises ConfigError where the folders lie in each other, ``raw`` is none, or more than half of the corpus' files are
    gone from it and ``allow_removal`` is not set; StoreError where another build runs or a folder cannot be opened, and
    where a worker of a cluster is not like this machine; MissingPackageError names what a URL or a cluster needs.
    """
    raw, out = _resolved(raw), _resolved(out)
    if not storage.is_folder(raw):
        raise ConfigError(f"{raw} is not a folder")
    if raw == out or raw in out.parents or out in raw.parents:
        raise ConfigError(f"{out} and {raw} must not lie in each other: raw files are never touched")
    config = config or Config()
    state = out / ".build"
    _refuse_links(out)
    storage.make_folder(state)
    with lock(state / "lock", what=str(out)) as held, bar("build", show=progress):
        finish_commit(out)
        store.remove_temporary(state)
        files = Files(raw)
        if not allow_removal:
            _refuse_removal(out, files)
        with workers(config, cluster or config.cluster, (raw, out)) as found:
            return _Build(out, files, config, found, held, retry=retry).run()


def _resolved(folder: str | Path) -> Path:
    place = storage.place(folder)
    return place.resolve() if storage.is_local(place) else place


@contextlib.contextmanager
def workers(config: Config, cluster: str | Client | None, places: Sequence[Path]) -> Iterator[Workers]:
    """Who does the work of a build: a cluster, processes of this machine, or where no other process sees it, this one."""
    found: Cluster | Here | Machine
    if cluster is not None:
        found = Cluster(cluster, config, places)
    elif any(map(storage.in_one_process, places)):
        found = Here()
    else:
        found = Machine(**config.limits)
    try:
        yield found
    finally:
        found.close()


def _refuse_links(out: Path) -> None:
    """What is written to and removed must lie in the corpus folder itself, wherever the folder comes from."""
    state = out / ".build"
    if storage.is_local(out):
        for path in (*(out / f"{name}.parquet" for name in store.SCHEMAS), state, *state.rglob("*")):
            if path.is_symlink():
                raise StoreError(f"{path} is a link, which no build makes: remove it")


def _refuse_removal(out: Path, files: Files) -> None:
    """A share that is not mounted, or the wrong folder, must not empty a corpus."""
    inputs = store.manifest(out, any_format=True)["inputs"] if storage.exists(out / "manifest.json") else {}
    gone = len(inputs.keys() - files.looks.keys())
    if gone * 2 > len(inputs):
        raise ConfigError(f"{gone:,} of the {len(inputs):,} files of {out} are gone: if that is meant, --allow-removal")


class _Build:
    def __init__(self, out: Path, files: Files, config: Config, workers: Workers, held: Held, *, retry: bool) -> None:
        self.out, self.files, self.config, self.workers, self.held = out, files, config, workers, held
        self.identity = identity(config)
        self.last = published(out, identity=self.identity)
        self.n_parts = count_of_parts(len(files.looks))
        self.journal = Journal(out / ".build" / "journal", identity=self.identity)
        self.retry = retry
        self.again = _stopped(out, self.journal) if retry else frozenset()
        self.frames = Frames(out / ".build" / "frames.parquet", identity=self.identity)
        self.seen: dict[str, Seen] = {}

    def _known(self) -> dict[str, Seen]:
        """The files whose results are there: published ones, and those of a build that was stopped."""
        seen = {}
        with contextlib.suppress(OSError, ValueError, TypeError):  # without these notes every file is read once more
            notes = json.loads((self.out / ".build" / "seen.json").read_text("utf-8"))
            seen = {s: Seen(*v) for s, v in notes.items() if self.last.inputs.get(s) == v[2]}
        return seen | self.journal.seen

    def run(self) -> BuildReport:
        self._look_at_sites()
        self.seen = {s: v for s, v in self._known().items() if self._is_current(s, v)}
        waiting = sorted(self.files.looks.keys() - self.seen.keys(), key=lambda s: (part_of(s, self.n_parts), s))
        skipped = len(self.seen)
        for source in waiting:
            self.journal.forget(source)
        self._prepare(waiting)
        del self.frames  # what follows needs the room
        head = {"identity": self.identity, "versions": versions(), "options": self.config.identity()}
        publisher = Publisher(self.out, self.last, self.journal, self.workers, self.held, n_parts=self.n_parts)
        counts = publisher.publish(self.seen, head)
        self.journal.clear()
        reasons: Counter[str] = Counter()
        for of_stage in counts["rejected"].values():
            reasons.update(of_stage)
        gone = len(self.last.inputs.keys() - self.files.looks.keys())
        clashes = len(conflicts(self.config)) if waiting else 0
        return BuildReport(self.out, counts["documents"], dict(reasons), len(waiting), skipped, gone, clashes)

    def _look_at_sites(self) -> None:
        """See what each new file shows of its site, before any is cleaned by what the others show."""
        looks = self.files.looks
        missing = self.frames.missing(looks, retry=self.retry)
        jobs = (Glance(self.files.path(s), s, looks[s]) for s in missing)
        keep = Keep(self.frames.fresh, self.identity)
        with bar("looking at sites", unit="files", total=len(missing)) as shown:
            for number in self.workers.run(glance, self._chunks(jobs, len(missing), most=GLANCES), keep):
                shown.done += number
        self.frames.learn(looks)

    def _is_current(self, source: str, seen: Seen) -> bool:
        same = seen[:2] == self.files.looks.get(source) and seen.frame == digest(self.frames.known(source))
        return same and source not in self.again

    def _prepare(self, waiting: list[str]) -> None:
        """Have files prepared, and note in which batch of the journal their rows are."""
        skipped, rejected = len(self.seen), 0
        chunks = self._chunks(map(self._job, waiting), len(waiting), most=FILES, parts=self.n_parts)
        with bar("files", unit="files", total=len(self.files.looks), done=skipped) as shown:
            for batch in self.workers.run(work, chunks, Finish(self.journal.folder)):
                if batch.name:
                    self.journal.note(batch.name, batch.written)
                self.seen |= {**batch.written, **batch.unchanged}
                rejected += batch.rejected
                shown.done += len(batch.written) + len(batch.unchanged)
                shown.note = f"skipped {skipped}, rejected {rejected}"

    def _chunks(self, jobs: Iterable[Task], number: int, *, most: int, parts: int = 1) -> Iterator[list[Task]]:
        """Chunks of these jobs, small enough that no worker waits long for another's last one."""
        return chunked(jobs, parts=parts, most=max(1, min(most, number // (4 * self.workers.width))))

    def _job(self, source: str) -> Job:
        known = self.frames.known(source)
        # A file that was only touched has the published hash: it is read, but not prepared again.
        same = self.last.frames.get(source, "") == digest(known) and source not in self.again
        done = self.last.inputs.get(source) if same else None
        return Job(self.files.path(source), source, self.files.looks[source], self.config, known, done)


def _stopped(out: Path, journal: Journal) -> frozenset[str]:
    """Files that a limit stopped or that ended their process, in the corpus and in the journal of a build that was stopped."""
    rows = store.read(out, "rejected", columns=["source", "stage", "reason"]).to_pylist()
    published = {row["source"] for row in rows if row["stage"] == "run" or row["reason"] == "timeout"}
    return frozenset(published | {source for source, seen in journal.seen.items() if not seen.sha256})
