"""Many files into a corpus folder: only what changed, in parallel, and never half done.

A build works in ``OUT/.build``: finished files go to a journal there, finished parts are staged there, and only when all
is ready are the parts moved into place by a list (``commit.json``) that a later run can finish if this one is killed.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
from filelock import FileLock, Timeout
from tqdm import tqdm

from corpus_tools.config import Config
from corpus_tools.corpus import store
from corpus_tools.corpus.duplicates import duplicate_of
from corpus_tools.corpus.journal import Journal, Seen, concat, select
from corpus_tools.corpus.parts import Job, Prepared, assemble, count_of_parts, part_of, rejected, work
from corpus_tools.corpus.runners import run
from corpus_tools.errors import ConfigError, Rejected, StoreError
from corpus_tools.version import __version__

# Not reports: what systems and repositories leave in a folder.
IGNORED = (".*", "README.md", "README.txt", "Thumbs.db", "desktop.ini", "~$*")
# What decides the content besides the files and the settings: with another version of these everything is done anew.
ENGINES = ("beautifulsoup4", "jieba", "lxml", "opencc", "pypdf", "python-docx", "resiliparse", "rjieba")


@dataclass(frozen=True)
class BuildReport:
    """What a build did: files in the corpus by outcome (``documents``, ``rejected`` by reason), and work done this time.

    ``done`` were prepared now, ``skipped`` were already there unchanged, ``removed`` are gone from the raw folder.
    """

    out: Path
    documents: int
    rejected: Mapping[str, int] = field(default_factory=dict)
    done: int = 0
    skipped: int = 0
    removed: int = 0

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {n}" for reason, n in self.rejected.items())
        refused = f"{sum(self.rejected.values()):,} rejected" + (f" ({reasons})" if reasons else "")
        work = f"{self.done:,} files done now, {self.skipped:,} unchanged, {self.removed:,} gone"
        return f"{self.documents:,} documents, {refused} in {self.out}; {work}"


def build(
    raw: str | Path, out: str | Path, *, config: Config | None = None, retry: bool = False, progress: bool = True
) -> BuildReport:
    """Build the corpus folder ``out`` from the files under ``raw``, or bring it up to date.

    Files whose size and time are those of the last build are not read again; a change of settings or of an engine's
    version does everything anew, and ``retry`` those files that hung, crashed or took too much memory. The same files
    give the same bytes, whatever the number of processes, the order, or how often the build was killed and run again.
    Nothing is ever written inside ``raw``.

    Raises ConfigError where the folders lie in each other or ``raw`` is none, StoreError where another build runs.
    """
    raw, out = Path(raw).resolve(), Path(out).resolve()
    if not raw.is_dir():
        raise ConfigError(f"{raw} is not a folder")
    if raw == out or raw in out.parents or out in raw.parents:
        raise ConfigError(f"{out} and {raw} must not lie in each other: raw files are never touched")
    out.mkdir(parents=True, exist_ok=True)
    state = out / ".build"
    state.mkdir(exist_ok=True)
    try:
        with FileLock(state / "lock", timeout=0):
            return _Build(raw, out, config or Config(), retry=retry).run(progress=progress)
    except Timeout:
        raise StoreError(f"another build of {out} is running") from None


class _Build:
    def __init__(self, raw: Path, out: Path, config: Config, *, retry: bool) -> None:
        self.raw, self.out, self.config = raw, out, config
        self.state = out / ".build"
        finish_commit(out)
        self.identity = identity(config)
        self.manifest = self._last()
        self.files = dict(sources(raw))
        self.parts = count_of_parts(len(self.files))
        self.journal = Journal(self.state / "journal", identity=self.identity)
        self.again = self._failed_in_run() if retry else frozenset()
        self.seen = {s: v for s, v in self._unchanged().items() if s not in self.again}

    def _last(self) -> dict[str, Any]:
        if (self.out / "manifest.json").exists():
            last = store.manifest(self.out)
            if last["identity"] == self.identity:
                return last
        return {"inputs": {}, "parts": {}, "n_parts": 0}

    def _unchanged(self) -> dict[str, Seen]:
        """The files that need no reading: they look as they did when their result was made."""
        path = self.state / "seen.json"
        seen = {s: Seen(*v) for s, v in json.loads(path.read_text("utf-8")).items()} if path.exists() else {}
        seen = {s: v for s, v in seen.items() if self.manifest["inputs"].get(s) == v.sha256} | self.journal.seen
        return {s: v for s, v in seen.items() if s in self.files and v[:2] == _look(self.files[s])}

    def _failed_in_run(self) -> frozenset[str]:
        rejected = store.read(self.out, "rejected", columns=["source", "stage"]).to_pylist()
        return frozenset(row["source"] for row in rejected if row["stage"] == "run")

    def run(self, *, progress: bool) -> BuildReport:
        jobs = [
            Job(self.files[s], s, self.config, self._known(s))
            for s in sorted(self.files.keys() - self.seen.keys(), key=lambda s: (part_of(s, self.parts), s))
        ]
        bar = tqdm(
            total=len(self.files), initial=len(self.seen), unit="file", disable=None if progress else True, leave=False
        )
        tally = {"done": 0, "skipped": len(self.seen), "rejected": 0}
        try:
            with bar:
                for was_rejected in self._prepared(jobs):
                    tally["done"] += 1
                    tally["rejected"] += was_rejected
                    bar.set_postfix(tally, refresh=False)
                    bar.update()
        finally:
            self.journal.flush()
        return self._publish(done=len(jobs))

    def _known(self, source: str) -> str | None:
        """The hash with which a file needs no new preparation: it was only touched, or copied anew."""
        return None if source in self.again else self.manifest["inputs"].get(source)

    def _prepared(self, jobs: list[Job]) -> Iterator[bool]:
        """Prepare files and journal them; yields for each whether it was rejected."""
        limits = {"jobs": self.config.processes, "seconds": self.config.seconds, "megabytes": self.config.megabytes}
        for job, result in run(work, jobs, **limits):  # type: ignore[arg-type]
            look = _look(job.path)
            if isinstance(result, Rejected):
                sha256 = _sha256_or_nothing(job.path)
                result = Prepared(sha256, rejected(job.source, sha256, result))
            seen = Seen(*look, result.sha256)
            if result.tables is not None:
                self.journal.add(job.source, seen, result.tables)
            self.seen[job.source] = seen
            yield result.tables is not None and len(result.tables["rejected"]) > 0

    def _publish(self, *, done: int) -> BuildReport:
        staged = self._stage()
        written = {
            p: h
            for p, h in self.manifest["parts"].items()
            if _part(p) not in staged and self.manifest["n_parts"] == self.parts
        }
        staging = self.state / "staged"
        shutil.rmtree(staging, ignore_errors=True)
        for part, tables in staged.items():
            written |= store.write_part(staging, tables, part=part)
        removed = len(self.manifest["inputs"].keys() - self.files.keys())
        manifest = self._new_manifest(written, staged)
        store.write_json(
            self.state / "commit.json",
            {
                "move": sorted(p.relative_to(staging).as_posix() for p in staging.glob("*.parquet/*")),
                "delete": sorted(self._present() - written.keys()),
                "manifest": manifest,
                "seen": self.seen,
            },
        )
        finish_commit(self.out)
        self.journal.clear()
        counts = manifest["counts"]
        reasons = {reason: n for stage in counts["rejected"].values() for reason, n in stage.items()}
        return BuildReport(self.out, counts["documents"], reasons, done, len(self.files) - done, removed)

    def _present(self) -> set[str]:
        return {
            p.relative_to(self.out).as_posix()
            for name in store.SCHEMAS
            for p in (self.out / f"{name}.parquet").glob("*")
        }

    def _stage(self) -> dict[int, store.Tables]:
        """The parts that must be written: those with a file that is new, changed or gone, or whose duplicates changed."""
        by_part: dict[int, set[str]] = defaultdict(set)
        for source in self.files:
            by_part[part_of(source, self.parts)].add(source)
        staged = {p: self._assembled(p, by_part[p]) for p in range(self.parts) if self._is_dirty(p, by_part[p])}
        keys = {p: (staged.get(p) or store.read_part(self.out, p))["documents"] for p in range(self.parts)}
        repeated = duplicate_of(pa.concat_tables(t.select(["source", "doc_id", "text_sha256"]) for t in keys.values()))
        for p, documents in keys.items():
            column = pa.array([repeated.get(d) for d in documents["doc_id"].to_pylist()], pa.string())
            if column != documents["duplicate_of"].combine_chunks():
                tables = staged.get(p) or store.read_part(self.out, p)
                at = documents.column_names.index("duplicate_of")
                staged[p] = {
                    **tables,
                    "documents": documents.set_column(at, store.SCHEMAS["documents"].field(at), column),
                }
        return staged

    def _is_dirty(self, part: int, now: set[str]) -> bool:
        if self.manifest["n_parts"] != self.parts:
            return True
        before = {s for s in self.manifest["inputs"] if part_of(s, self.parts) == part}
        return (
            before != now
            or any(s in self.journal.seen for s in now)
            or not store.part_path(self.out, "documents", part).exists()
        )

    def _assembled(self, part: int, wanted: set[str]) -> store.Tables:
        fresh = wanted & self.journal.seen.keys()
        old = [
            select(store.read_part(self.out, p), wanted - fresh)
            for p in range(self.manifest["n_parts"])
            if p % self.parts == part or part % self.manifest["n_parts"] == p
        ]
        return assemble(concat([*old, self.journal.read(fresh)]))

    def _new_manifest(self, written: dict[str, str], staged: dict[int, store.Tables]) -> dict[str, Any]:
        counts: dict[str, Any] = {
            "files": len(self.files),
            "documents": 0,
            "rejected": defaultdict(lambda: defaultdict(int)),
        }
        for part in range(self.parts):
            tables = staged.get(part) or store.read_part(self.out, part)
            counts["documents"] += len(tables["documents"])
            for row in tables["rejected"].select(["stage", "reason"]).to_pylist():
                counts["rejected"][row["stage"]][row["reason"]] += 1
        return {
            "format": store.FORMAT,
            "identity": self.identity,
            "versions": versions(),
            "options": self.config.identity(),
            "inputs": {s: self.seen[s].sha256 for s in sorted(self.files)},
            "n_parts": self.parts,
            "parts": written,
            "counts": counts,
        }


def finish_commit(out: Path) -> None:
    """Move staged parts into place as a commit list says; doing it again, or half of it again, ends the same."""
    state = out / ".build"
    path = state / "commit.json"
    if not path.exists():
        return
    commit = json.loads(path.read_text("utf-8"))
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


def sources(raw: Path) -> Iterator[tuple[str, Path]]:
    """All files under ``raw`` that may be reports, named by their path below it, in order.

    Links to folders are followed once each. A name that is not valid Unicode is written with backslashes.
    """
    visited: set[str] = set()
    for folder, names, found in os.walk(raw, followlinks=True):
        real = str(Path(folder).resolve())
        if real in visited:
            names.clear()
            continue
        visited.add(real)
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in sorted(found):
            if not any(fnmatch.fnmatch(name, pattern) for pattern in IGNORED):
                path = Path(folder, name)
                source = path.relative_to(raw).as_posix()
                yield source.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"), path


def _look(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _sha256_or_nothing(path: Path) -> str:
    try:
        return store.file_sha256(path)
    except OSError:
        return ""


def _part(path: str) -> int:
    return int(path.rsplit("-", 1)[1].removesuffix(".parquet"))


@cache
def versions() -> dict[str, str]:
    """Versions of this package and of the engines that decide a corpus' content."""
    return {"corpus-tools": __version__, **{name: version(name) for name in ENGINES}}


def identity(config: Config) -> str:
    """A short hash of all that decides a corpus' content besides its files: settings, versions, code and lists."""
    content = {
        "format": store.FORMAT,
        "options": config.identity(),
        "versions": versions(),
        "knowledge": _knowledge(config),
        "code": _code(),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """A hash of the rooms that a file goes through, so that a changed rule is never mixed with results of the old one."""
    package = Path(__file__).parents[1]
    rooms = ("reading", "cleaning", "describing", "language", "corpus")
    found = sorted(path for room in rooms for path in (package / room).glob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()


def _knowledge(config: Config) -> dict[str, str]:
    shipped = {f.name: f.read_bytes() for f in files("corpus_tools.data").iterdir() if f.is_file()}
    own = {p: Path(p).read_bytes() for p in (config.dictionary, config.slogans) if p}
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted((shipped | own).items())}


Builder = Callable[..., BuildReport]
