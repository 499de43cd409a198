"""kill -9 at random moments of a build, and the build after it: is what lies there the same to the byte as without the kill?

    python benchmarks/survival.py [--kills 100] [--files 300] [--seed 0] [--folder FOLDER]

Makes small reports, and what a later crawl changed of them; builds both states undisturbed; then starts `corpus-tools build`
again and again, on nothing and on the corpus of the first state, with one job and with two, and kills at a random moment of
the time that the undisturbed build took from its first worker on or, three times in four, from its first result on disk, in
turn

- `all`: every process of the build at once,
- `parent`: the command alone, so that its workers find themselves without it while the next build is already running,
- `worker`: one of its workers.

The next build is then run to its end.
Prints for each way how many were equal, where the kills fell, and what was left lying in `.build`. Needs Linux.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

WAYS = ("all", "parent", "worker")
PROGRAM = [sys.executable, "-m", "corpus_tools.cli"]
NOTHING = "1 loading, preparing the first files, or ending"  # nothing lies there that tells
DONE = (0, 3)  # 3: some files were rejected, as they should be


class Trial(NamedTuple):
    """What is built, how, and how long the undisturbed build took from its first worker and from its first result on."""

    name: str
    base: Path | None
    raw: Path
    jobs: int
    seconds: tuple[float, float]
    expected: dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    args = parser.parse_args()
    random.seed(args.seed)
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        trials = list(undisturbed(Path(name), args.files))
        results: dict[str, Counter[str]] = {way: Counter() for way in WAYS}
        for number, trial in zip(range(args.kills), cycle(trials), strict=False):
            way = WAYS[number // len(trials) % len(WAYS)]
            counted = list(killed(trial, way, Path(name, "out")))
            results[way].update(counted)
            print(f"{number + 1} of {args.kills}: {', '.join(counted)}", file=sys.stderr, flush=True)
        report(results)


def undisturbed(folder: Path, files: int) -> Iterator[Trial]:
    """The builds that will be killed, with what they give and how long they take."""
    before, after = folder / "before", folder / "after"
    write_reports(before, files)
    change_reports(before, after)
    for jobs in (1, 2):
        base = folder / f"base-{jobs}"
        for name, start, raw, out in (("first", None, before, base), ("again", base, after, folder / f"next-{jobs}")):
            lay(start, out)
            process = begun(raw, out, jobs)
            began = time.perf_counter()
            wait_for_results(process, out)
            loaded = time.perf_counter()
            assert process.wait() in DONE
            seconds = time.perf_counter() - began, time.perf_counter() - loaded
            rejected = json.loads((out / "manifest.json").read_text("utf-8"))["counts"]["rejected"]
            assert "run" not in rejected, "somebody else has killed a worker: begin again"
            yield Trial(name, start, raw, jobs, seconds, contents(out))


def write_reports(folder: Path, files: int) -> None:
    """Reports in words of our own: half of them text, half pages of a few sites, some twice, some none at all."""
    for number in range(files):
        path = folder / f"{number % 7}" / f"{number:04d}{'.txt' if number % 2 else '.html'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = report_text(number if number % 25 else 1)
        path.write_text(text if number % 2 else page(text, number % 5) if number % 26 else "", "utf-8")


def report_text(number: int) -> str:
    year = 2012 + number % 13
    tasks = "\n".join(
        f"（{n}）全年建设科普基地{number + n}个，举办讲座{number * n + 3}场，服务群众{number * 7 + n}人次，"
        f"为第{n}类企业办实事{n * 3 + number}件。"
        for n in range(1, 9)
    )
    return (
        f"{year}年青岚市科协第{number}次全委会工作报告\n各位委员：\n现在，我代表常委会向大会报告工作，请予审议。\n"
        f"一、{year - 1}年工作回顾\n{tasks}\n二、{year}年工作任务\n深入开展全民科学素质行动，建成科技小院{number}个。\n"
    )


def page(text: str, site: int) -> str:
    menu = f"<ul><li><a href='/'>青岚门户{site}</a></li><li><a href='/n'>通知公告{site}</a></li></ul>"
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f"<html><head><title>报告</title></head><body>{menu}<div>{paragraphs}</div><p>主办单位：青岚{site}</p></body></html>"


def change_reports(before: Path, after: Path) -> None:
    """A fifth of the files otherwise, a tenth gone, a tenth new."""
    shutil.copytree(before, after, copy_function=shutil.copy2)
    for number, path in enumerate(sorted(p for p in after.rglob("*") if p.is_file())):
        if number % 5 == 0:
            path.write_text(path.read_text("utf-8").replace("讲座", "论坛"), "utf-8")
        elif number % 10 == 1:
            path.rename(path.with_stem(f"n{path.stem}"))


def lay(base: Path | None, out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    if base:
        shutil.copytree(base, out, copy_function=shutil.copy2)


def built(raw: Path, out: Path, jobs: int) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "build", str(raw), str(out), "--jobs", str(jobs)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def contents(out: Path) -> dict[str, str]:
    files = [p for p in sorted(out.rglob("*")) if p.is_file() and ".build" not in p.parts]
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def killed(trial: Trial, way: str, out: Path) -> Iterator[str]:
    """Start a build, kill, build to the end; yields what is to be counted."""
    fell, stage = begun_and_killed(trial, way, out)
    again = built(trial.raw, out, trial.jobs)
    equal = again.returncode in DONE and contents(out) == trial.expected
    if not equal:
        print(f"NOT EQUAL: {trial.name}, {trial.jobs} jobs, {fell}, while {stage}: {again.stderr.strip()}", flush=True)
    yield "kills"
    yield "equal" if equal else "not equal"
    yield f"while: {stage}"
    yield f"killed: {fell}"
    yield from (f"left in .build: {name}" for name in left(out))


def begun(raw: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A build whose first worker is there: before, Python loads for seconds, and there is nothing to lose."""
    command = [*PROGRAM, "build", str(raw), str(out), "--jobs", str(jobs)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None and not children(process.pid):
        time.sleep(0.01)
    return process


def wait_for_results(process: subprocess.Popen[bytes], out: Path) -> None:
    """Wait for the first file that a worker has written."""
    while process.poll() is None and stage_of(out) == NOTHING:
        time.sleep(0.002)


def begun_and_killed(trial: Trial, way: str, out: Path) -> tuple[str, str]:
    """What was killed, and at what the build was; a build that was over before its moment is begun again."""
    loaded = random.random() < 0.75
    seconds = trial.seconds[loaded]
    while True:
        lay(trial.base, out)
        process = begun(trial.raw, out, trial.jobs)
        if loaded:
            wait_for_results(process, out)
        with contextlib.suppress(subprocess.TimeoutExpired):
            began = time.perf_counter()
            process.wait(random.random() * seconds)
            seconds = time.perf_counter() - began
            continue
        stage, fell = stage_of(out), kill(process, way)
        process.wait()
        return fell, stage


def kill(process: subprocess.Popen[bytes], way: str) -> str:
    """Kill in this way, or everything where there is no worker yet; says what was killed."""
    workers = children(process.pid)
    if way == "worker" and workers:
        os.kill(random.choice(workers), signal.SIGKILL)
        return "worker"
    if way == "parent":
        process.kill()
        return "parent"
    os.killpg(process.pid, signal.SIGKILL)
    return "all"


def children(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [int(child) for child in (task / "children").read_text("ascii").split()]
    except OSError:  # it is ending
        return found
    return found


def stage_of(out: Path) -> str:
    """What a build is at, by what lies there."""
    state = out / ".build"
    if (state / "commit.json").exists():
        return "5 moving into place"
    if (state / "staged").exists():
        return "4 writing parts"
    if any(state.glob("journal/*/*.zip")):
        return "3 preparing files"
    if any(state.glob("frames/*.parquet")):
        return "2 looking at sites"
    return NOTHING


def left(out: Path) -> Iterator[str]:
    """What no later build needs: temporary files, and whatever else an undisturbed build does not leave."""
    known = {"lock", "seen.json", "frames.parquet"}
    for path in (out / ".build").rglob("*"):
        if path.is_file() and path.relative_to(out / ".build").as_posix() not in known:
            yield path.suffix or path.name


def report(results: dict[str, Counter[str]]) -> None:
    print(f"equal: {sum(c['equal'] for c in results.values())} of {sum(c['kills'] for c in results.values())}\n")
    print("| meant | kills | equal |\n| --- | --- | --- |")
    for way, counts in results.items():
        print(f"| {way} | {counts['kills']} | {counts['equal']} |")
    everything = sum(results.values(), Counter[str]())
    for key, count in sorted(everything.items()):
        if ":" in key:
            print(f"- {key}: {count}")


if __name__ == "__main__":
    main()
