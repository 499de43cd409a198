"""Many files into a corpus folder: only what changed, in parallel, and never half done.

A build works in ``OUT/.build``: finished files go to a journal there, and when all are finished they are published at
once (publish.py). A build that is stopped or killed goes on from its journal when it is run again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from corpus_tools.cleaning.templates import Frame
from corpus_tools.config import Config
from corpus_tools.corpus import overview, store
from corpus_tools.corpus.frames import Frames, Glance, glance
from corpus_tools.corpus.identity import identity, versions
from corpus_tools.corpus.inputs import look, sources
from corpus_tools.corpus.journal import Journal, Seen
from corpus_tools.corpus.parts import Job, Prepared, count_of_parts, part_of, rejected, work
from corpus_tools.corpus.publish import Publisher, finish_commit, published
from corpus_tools.corpus.runners import run
from corpus_tools.corpus.words import conflicts
from corpus_tools.errors import ConfigError, Rejected, StoreError
from corpus_tools.progress import bar, steps


@dataclass(frozen=True)
class BuildReport:
    """What a build did: files in the corpus by outcome (``documents``, ``rejected`` by reason), and work done this time.

    ``done`` were read now, ``skipped`` were already there unchanged, ``removed`` are gone from the raw folder. ``conflicts``
    counts what the user's dictionary does besides adding words (``corpus.words.conflicts``), where files were read.
    """

    out: Path
    documents: int
    rejected: Mapping[str, int] = field(default_factory=dict)
    done: int = 0
    skipped: int = 0
    removed: int = 0
    conflicts: int = 0

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {n}" for reason, n in self.rejected.items())
        refused = f"{sum(self.rejected.values()):,} rejected" + (f" ({reasons})" if reasons else "")
        work = f"{self.done:,} files done now, {self.skipped:,} unchanged, {self.removed:,} gone"
        clashes = (
            f"\n{self.conflicts:,} conflicts of your dictionary: corpus-tools words --conflicts"
            if self.conflicts
            else ""
        )
        return f"{self.documents:,} documents, {refused} in {self.out}; {work}{clashes}"

    def _repr_html_(self) -> str:
        return overview.of_build(self)


def build(
    raw: str | Path,
    out: str | Path,
    *,
    config: Config | None = None,
    retry: bool = False,
    allow_removal: bool = False,
    progress: bool = True,
) -> BuildReport:
    """Build the corpus folder ``out`` from the files under ``raw``, or bring it up to date.

    Files whose size and time are those of the last build are not read again; a change of settings or of an engine's
    version does everything anew, and ``retry`` those files that hung, crashed or took too much memory. The same files
    give the same bytes, whatever the number of processes, the order, or how often the build was killed and run again.
    Nothing is ever written inside ``raw``.

    Raises ConfigError where the folders lie in each other, ``raw`` is none, or more than half of the corpus' files are
    gone from it and ``allow_removal`` is not set; StoreError where another build runs or a folder cannot be opened.
    """
    raw, out = Path(raw).resolve(), Path(out).resolve()
    if not raw.is_dir():
        raise ConfigError(f"{raw} is not a folder")
    if raw == out or raw in out.parents or out in raw.parents:
        raise ConfigError(f"{out} and {raw} must not lie in each other: raw files are never touched")
    state = out / ".build"
    state.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(state / "lock", timeout=0), bar("build", show=progress):
            finish_commit(out)
            files = dict(sources(raw))
            if not allow_removal:
                _refuse_removal(out, files)
            return _Build(out, files, config or Config(), retry=retry).run()
    except Timeout:
        raise StoreError(f"another build of {out} is running") from None


def _refuse_removal(out: Path, files: Mapping[str, Path]) -> None:
    """A share that is not mounted, or the wrong folder, must not empty a corpus."""
    inputs = store.manifest(out, any_format=True)["inputs"] if (out / "manifest.json").exists() else {}
    gone = len(inputs.keys() - files.keys())
    if gone * 2 > len(inputs):
        raise ConfigError(f"{gone:,} of the {len(inputs):,} files of {out} are gone: if that is meant, --allow-removal")


class _Build:
    def __init__(self, out: Path, files: dict[str, Path], config: Config, *, retry: bool) -> None:
        self.out, self.files, self.config = out, files, config
        self.identity = identity(config)
        self.last = published(out, identity=self.identity)
        self.n_parts = count_of_parts(len(files))
        self.journal = Journal(out / ".build" / "journal", identity=self.identity)
        self.looks = {source: look(path) for source, path in files.items()}
        self.again = _failed_in_run(out) if retry else frozenset()
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
        waiting = sorted(self.files.keys() - self.seen.keys(), key=lambda s: (part_of(s, self.n_parts), s))
        skipped = len(self.seen)
        for source in waiting:
            self.journal.forget(source)
        try:
            self._prepare(waiting)
        except BaseException:
            with contextlib.suppress(OSError):
                self.journal.flush()
            raise
        head = {"identity": self.identity, "versions": versions(), "options": self.config.identity()}
        publisher = Publisher(self.out, self.last, self.journal, n_parts=self.n_parts)
        counts = publisher.publish(self.seen, head)["counts"]
        self.journal.clear()
        reasons = {reason: n for stage in counts["rejected"].values() for reason, n in stage.items()}
        gone = len(self.last.inputs.keys() - self.files.keys())
        clashes = len(conflicts(self.config)) if waiting else 0
        return BuildReport(self.out, counts["documents"], reasons, len(waiting), skipped, gone, clashes)

    def _look_at_sites(self) -> None:
        """See what each new file shows of its site, before any is cleaned by what the others show."""
        jobs = [Glance(self.files[s], s) for s in self.frames.missing(self.looks)]
        try:
            glances = run(glance, jobs, **self.config.limits)
            for job, result in steps(glances, "looking at sites", unit="files", total=len(jobs)):
                looked, one = (self.looks[job.source], Frame(None)) if isinstance(result, Rejected) else result
                self.frames.add(job.source, looked, one)
        finally:
            self.frames.save()
        self.frames.learn()

    def _is_current(self, source: str, seen: Seen) -> bool:
        same = seen[:2] == self.looks.get(source) and seen.frame == self.frames.digest(source)
        return same and source not in self.again

    def _prepare(self, waiting: list[str]) -> None:
        skipped, rejected = len(self.seen), 0
        with bar("files", unit="files", total=len(self.files), done=skipped) as shown:
            for was_rejected in self._results(waiting):
                rejected += was_rejected
                shown.done += 1
                shown.note = f"skipped {skipped}, rejected {rejected}"
        self.journal.flush()

    def _results(self, waiting: list[str]) -> Iterator[bool]:
        """Have files prepared and keep what comes of them; yields for each whether it was rejected."""
        for job, result in run(work, [self._job(source) for source in waiting], **self.config.limits):
            if isinstance(result, Rejected):
                result = Prepared(self.looks[job.source], "", rejected(job.source, "", result))
            self.seen[job.source] = seen = Seen(*result.look, result.sha256, self.frames.digest(job.source))
            if result.tables is not None:
                self.journal.add(job.source, seen, result.tables)
            yield result.tables is not None and len(result.tables["rejected"]) > 0

    def _job(self, source: str) -> Job:
        # A file that was only touched has the published hash: it is read, but not prepared again.
        same = self.last.frames.get(source, "") == self.frames.digest(source) and source not in self.again
        done = self.last.inputs.get(source) if same else None
        return Job(self.files[source], source, self.config, self.frames.known(source), done)


def _failed_in_run(out: Path) -> frozenset[str]:
    rows = store.read(out, "rejected", columns=["source", "stage"]).to_pylist()
    return frozenset(row["source"] for row in rows if row["stage"] == "run")
