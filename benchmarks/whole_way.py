"""From files to four results, beside the script that researchers write: ratios of time and of memory, in one run.

    python benchmarks/whole_way.py SCRIPT FOLDER… [--runs 5] [--processes 1,2]

SCRIPT is the script to compare with, called as ``python SCRIPT FOLDER OUT --processes N``. Both read the same files of each
FOLDER and write word counts and TF-IDF by year, standing formulae by year (ours: the shipped lexicon), and 20 topics with their
shares by year. Each run is a new process, the two in turn. The memory is that of one more run, for watching takes time: what all
its processes hold together at most (proportional set size, read ten times a second; needs /proc). Prints medians, and the least
and greatest ratio: of the whole, and of the way from files to words and formulae (the script's reading, cutting and formulae
against our build, which matches none but describes and keeps all, and our slogans). Where numbers of processes are compared, also
how much faster each side's longest part is with more of them. ``--ours`` runs our side alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass
class Run:
    """One run: seconds of each stage by the run's own clock, of the whole by ours; where it was watched, megabytes at most."""

    seconds: float
    megabytes: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("script", type=Path)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--processes", default="1,2")
    parser.add_argument(
        "--ours", type=int, metavar="PROCESSES", help="build and analyse FOLDER once, print seconds as JSON"
    )
    args = parser.parse_args()
    if args.ours:
        ours(args.folders[0], processes=args.ours)
        return
    for folder in args.folders:
        fewest = None
        for processes in map(int, args.processes.split(",")):
            found = compare(args.script, folder, processes=processes, runs=args.runs)
            if fewest:
                _print_gain(fewest, found)
            fewest = fewest or found


def compare(script: Path, folder: Path, *, processes: int, runs: int) -> dict[str, list[Run]]:
    """Run both sides in turn and print the ratios; returns the runs of each."""
    sides: dict[str, list[Run]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as out:
        commands: dict[str, list[object]] = {
            "script": [script, folder, out, "--processes", processes],
            "ours": [__file__, script, folder, "--ours", processes],
        }
        for _ in range(runs):
            for side, command in commands.items():
                sides[side].append(_run(command))
        held = {side: _run(command, watch=True).megabytes for side, command in commands.items()}
    pairs = list(zip(sides["script"], sides["ours"], strict=True))
    ratios = sorted(theirs.seconds / ours.seconds for theirs, ours in pairs)
    print(
        f"\n{folder.name}, {processes} {'process' if processes == 1 else 'processes'}, {runs} runs: "
        f"{median(ratios):.2f} times as fast ({ratios[0]:.2f} to {ratios[-1]:.2f}), "
        f"{held['ours'] / held['script']:.2f} of the memory",
        flush=True,
    )
    ways = sorted(
        (t.stages["read_clean_segment"] + t.stages["formulae"]) / (o.stages["build"] + o.stages["formulae"])
        for t, o in pairs
    )
    print(f"  from files to words and formulae: {median(ways):.2f} times as fast ({ways[0]:.2f} to {ways[-1]:.2f})")
    for name, found in sides.items():
        whole = median(run.seconds for run in found)
        shares = {s: median(run.stages[s] for run in found) / whole for s in found[0].stages if s != "files"}
        stages = ", ".join(f"{stage} {share:.2f}" for stage, share in shares.items())
        print(f"  {name}: shares of its time: {stages}; {held[name]:,.0f} MB", flush=True)
    return sides


def _print_gain(fewer: dict[str, list[Run]], more: dict[str, list[Run]]) -> None:
    """Say how much less time each side's work on files takes with more processes."""
    for side, stage in (("script", "read_clean_segment"), ("ours", "build")):
        before, after = (median(run.stages[stage] for run in runs[side]) for runs in (fewer, more))
        print(f"  {side}: {stage} {before / after:.2f} times as fast as with the fewest processes", flush=True)


def ours(folder: Path, *, processes: int) -> None:
    """The same four results by this package; prints seconds of each stage."""
    begin = time.perf_counter()
    import corpus_tools as ct
    from corpus_tools.config import Config

    seconds = {}
    with tempfile.TemporaryDirectory() as out:
        ct.build(folder, Path(out, "processed"), config=Config(jobs=processes), progress=False)
        seconds["build"], begin = time.perf_counter() - begin, time.perf_counter()
        corpus = ct.load(Path(out, "processed"))
        ct.keywords.frequencies(corpus, by="year").to_csv(Path(out, "words.csv"))
        ct.keywords.tfidf(corpus, by="year").to_csv(Path(out, "tfidf.csv"))
        seconds["keywords"], begin = time.perf_counter() - begin, time.perf_counter()
        ct.slogans.count(corpus, by="year").to_csv(Path(out, "formulae.csv"))
        seconds["formulae"], begin = time.perf_counter() - begin, time.perf_counter()
        ct.topics.fit(corpus, k=20, seeds=1).by("year").to_csv(Path(out, "topics.csv"))
        seconds["topics"] = time.perf_counter() - begin
    print(json.dumps(seconds))


def _run(command: list[object], *, watch: bool = False) -> Run:
    begin = time.perf_counter()
    process = subprocess.Popen([sys.executable, *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    watched = _Watched(process.pid)
    if watch:
        watched.start()
    printed, errors = process.communicate()
    seconds = time.perf_counter() - begin
    if process.returncode:
        raise SystemExit(errors.decode("utf-8", "replace"))
    if watch:
        watched.join()
    return Run(seconds, watched.megabytes, json.loads(printed.splitlines()[-1]))


class _Watched(threading.Thread):
    """What a process and all that come of it hold together, at most."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.megabytes = pid, 0.0

    def run(self) -> None:
        while held := sum(map(_held, _tree(self.pid))):
            self.megabytes = max(self.megabytes, held / 1000)
            time.sleep(0.1)


def _held(pid: int) -> int:
    """Kilobytes of a process, what it shares with others counted in part; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _tree(pid: int) -> list[int]:
    """A process and those that come of it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text("ascii").split()
        except OSError:
            continue
        found += [one for child in children for one in _tree(int(child))]
    return found


if __name__ == "__main__":
    main()
