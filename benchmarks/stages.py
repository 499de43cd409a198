"""What each stage of a build costs, in one process: its share of the time, and how fast it is.

    python benchmarks/stages.py FOLDER… [--runs 5]

The files of FOLDER go through the functions of a build, each timed where building/ calls it. A first run, in which dictionaries
load, is told apart. Prints milliseconds of processor a report of 8,400 Han characters, so that corpora can be compared
(medians of the runs, least and greatest), and shares.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from corpus_tools.building import chunks, frames, prepare
from corpus_tools.building.chunks import Finish, Job, chunked
from corpus_tools.building.frames import Glance, glance
from corpus_tools.building.inputs import sources
from corpus_tools.building.staging import Assembly, stage
from corpus_tools.building.worker import collect_rarely
from corpus_tools.characters import count_han
from corpus_tools.config import Config
from corpus_tools.corpus.looks import look
from corpus_tools.describing import dating

REPORT = 8_400  # Han characters
# The rooms that functions come from, or a stage of building/ itself, with what it does.
STAGES = {
    "reading": "reading: bytes to a page, twice: for what the site shows, and for the text",
    "templates": "what a page shows of its site",
    "cleaning": "cleaning",
    "script": "script: telling traditional from simplified, converting",
    "words": "cutting into words",
    "describing": "describing: title, year, place, body, sections, flags",
    "parts": "rows of all tables, signatures among them",
    "journal": "writing what is finished",
    "staging": "putting parts together and writing them",
    "rest": "the rest of building/",
}


class Clock:
    """Seconds of processor by stage; what a stage calls of another is the other's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._open: list[str] = ["rest"]
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted to a stage."""

        def call(*args: Any, **options: Any) -> Any:
            self._turn()
            self._open.append(stage)
            try:
                return function(*args, **options)
            finally:
                self._turn()
                self._open.pop()

        return call

    def read(self) -> dict[str, float]:
        """The seconds since the last reading."""
        self._turn()
        seconds, self.seconds = self.seconds, defaultdict(float)
        return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    collect_rarely()
    clock = Clock()
    for module in (prepare, frames, chunks):
        _time(module, clock)
    for name in ("evidence", "interval"):
        setattr(dating, name, clock.timed("describing", getattr(dating, name)))
    prepare.words_in = clock.timed("words", prepare.words_in)
    loading = sum(_run(args.folders[0], clock).values())
    for folder in args.folders:
        runs = [_run(folder, clock) for _ in range(args.runs)]
        loading -= median(sum(run.values()) for run in runs) if folder is args.folders[0] else 0
        _print(folder, runs, reports=_han(folder) / REPORT)
    print(f"\nLoading, once a process: {loading:.1f} s of processor")


def _time(module: Any, clock: Clock) -> None:
    """Have the functions that a module of building/ calls timed, by the room or the file they come from."""
    for name, function in list(vars(module).items()):
        home = getattr(function, "__module__", None) or ""
        stage = next((part for part in reversed(home.split(".")) if part in STAGES), None)
        if stage and home != module.__name__ and callable(function) and not isinstance(function, type):
            setattr(module, name, clock.timed(stage, function))


def _run(folder: Path, clock: Clock) -> dict[str, float]:
    config = Config()
    files = [(source, path, look(path)) for source, path in sources(folder)]
    with tempfile.TemporaryDirectory() as made:
        clock.read()
        for source, path, looked in files:
            glance(Glance(path, source, looked))
        finish, batches = Finish(Path(made)), {}
        jobs = [Job(path, source, looked, config) for source, path, looked in files]
        for chunk in chunked(jobs, parts=1, most=chunks.FILES):
            batch = finish([(job, chunks.work(job)) for job in chunk])
            batches[Path(made, batch.name)] = frozenset(batch.written)
        clock.timed("staging", stage)(Assembly(0, Path(made, "out"), Path(made), (), frozenset(), batches))
        return clock.read()


def _han(folder: Path) -> int:
    documents = (chunks.work(Job(path, source, look(path), Config())).outcome for source, path in sources(folder))
    return sum(count_han(document.text) for document in documents if hasattr(document, "text"))


def _print(folder: Path, runs: list[dict[str, float]], *, reports: float) -> None:
    whole = median(sum(run.values()) for run in runs)
    print(f"\n{folder.name}: {reports:,.0f} reports of {REPORT:,} characters\n")
    print("| stage | ms a report | share |\n| --- | --- | --- |")
    for name, what in STAGES.items():
        print(_row(what, [run[name] / reports for run in runs], whole / reports))
    print(_row("all", [sum(run.values()) / reports for run in runs], whole / reports), flush=True)


def _row(what: str, seconds: list[float], whole: float) -> str:
    least, middle, most = (1000 * f(seconds) for f in (min, median, max))
    return f"| {what} | {middle:.2f} ({least:.2f} to {most:.2f}) | {middle / whole / 1000:.2f} |"


if __name__ == "__main__":
    main()
