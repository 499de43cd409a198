"""A build that is killed, a disk that is full or read-only: words say so, and the next build ends with the same bytes."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.building.build import build
from corpus_tools.config import Config
from corpus_tools.corpus.corpus import load

pytestmark = pytest.mark.once

Contents = Callable[[Path], dict[str, str]]
PROGRAM = [sys.executable, "-m", "corpus_tools.cli", "build"]
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
LINUX = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds workers in /proc")


@pytest.fixture
def states(raw: Path, tmp_path: Path) -> Path:
    """A folder with the raw files before and after a change: one other, one gone, one new."""
    folder = tmp_path / "states"
    shutil.copytree(raw, folder / "before", copy_function=shutil.copy2)
    shutil.copytree(raw, folder / "after", copy_function=shutil.copy2)
    after = folder / "after"
    (after / "a" / "01.txt").write_text((raw / "a" / "03.txt").read_text("utf-8").replace("科普", "科技"), "utf-8")
    (after / "b" / "04.txt").unlink()
    (after / "new.txt").write_text((raw / "b" / "06.txt").read_text("utf-8").replace("讲座", "论坛"), "utf-8")
    return folder


def tried(how: str, states: Path, every: int) -> list[dict[str, Any]]:
    program = [sys.executable, str(Path(__file__).with_name("crashing.py")), how, str(states), str(every)]
    root = {"PYTHONPATH": str(Path(__file__).parents[2])}
    found: list[dict[str, Any]] = json.loads(
        subprocess.run(program, capture_output=True, check=True, env=os.environ | root).stdout
    )
    return found


@FORKS
def test_killed_at_any_step_the_next_build_ends_with_the_same_bytes(states: Path) -> None:
    trials = tried("kill", states, 31)
    assert {trial["exit"] for trial in trials} == {137}
    assert [trial for trial in trials if not (trial["equal"] and trial["next"] == 3)] == []
    assert [trial["left"] for trial in trials if trial["left"]] == []
    # What lies there meanwhile is the old corpus, the new one, or says that it is neither.
    words = ("whole", "run the same build again", "is no corpus")
    assert [trial["load"] for trial in trials if not any(word in trial["load"] for word in words)] == []
    assert [
        trial for trial in trials if trial["untouched"] and trial["build"] == "again" and trial["load"] != "whole"
    ] == []


@FORKS
@pytest.mark.parametrize(("how", "number"), [("full", errno.ENOSPC), ("readonly", errno.EROFS)])
def test_a_disk_that_takes_no_more(states: Path, how: str, number: int) -> None:
    failed = [trial for trial in tried(how, states, 47) if trial["exit"] != 3]  # 3: what failed did not matter any more
    assert {trial["build"] for trial in failed} == {"first", "again"}
    for trial in failed:
        assert trial["exit"] == 1, trial
        (line,) = trial["said"].splitlines()
        assert line.startswith("error: ")
        assert os.strerror(number) in line
        assert str(states / "out") in line
        assert trial["untouched"] or "run the same build again" in trial["load"], trial
        assert trial["load"] == "whole" or trial["build"] == "first" or not trial["untouched"], trial
        assert trial["equal"], trial


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    """A disk of 4 MB; filled up but for so many bytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        done = False
    if not done:
        pytest.skip("no disk can be mounted here")

    def fill(left: int) -> None:
        (folder / "filling").unlink(missing_ok=True)
        free = shutil.disk_usage(folder).free
        (folder / "filling").write_bytes(bytes(free - left))

    yield folder, fill
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.workers
def test_a_disk_that_is_really_full(states: Path, small_disk: Any, contents: Contents) -> None:
    """Arrow writes through no file of Python's, and a worker writes in a process of its own."""
    disk, fill = small_disk
    out, config = disk / "out", Config(jobs=1)
    build(states / "before", out, config=config, progress=False)
    before = contents(out)
    messages = []
    for left in (0, 20_000):
        fill(left)
        done = subprocess.run([*PROGRAM, str(states / "after"), str(out)], capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stderr
        messages += done.stderr.splitlines()
        assert contents(out) == before
        assert len(load(out).documents) == 12
    assert len(messages) == 2
    assert all(line.startswith("error: ") and str(out) in line and "No space left" in line for line in messages), (
        messages
    )
    (disk / "filling").unlink()
    build(states / "after", out, config=config, progress=False)
    build(states / "after", states / "other", config=config, progress=False)
    assert contents(out) == contents(states / "other")


@LINUX
@pytest.mark.workers
def test_processes_killed_for_real(states: Path, tmp_path: Path, contents: Contents) -> None:
    """On nothing, and on what that left; benchmarks/survival.py does so a hundred times."""
    build(states / "after", tmp_path / "undisturbed", config=Config(jobs=1), progress=False)
    expected = contents(tmp_path / "undisturbed")
    out = tmp_path / "out"
    for raw, way in ((states / "before", "parent"), (states / "after", "worker")):
        kill(raw, out, way)
    command = [*PROGRAM, str(states / "after"), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert contents(out) == expected


def kill(raw: Path, out: Path, way: str) -> None:
    """Begin a build and kill it, or a part of it, when its workers are there."""
    command = [*PROGRAM, str(raw), str(out), "--jobs", "2"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    worker = first_worker(process)
    time.sleep(0.3)
    if way == "parent":
        process.kill()  # its workers may be at work still when the next build begins
    elif way == "worker" and worker:
        with contextlib.suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def first_worker(process: subprocess.Popen[bytes]) -> int | None:
    while process.poll() is None:
        for task in Path(f"/proc/{process.pid}/task").iterdir():
            if children := (task / "children").read_text("ascii").split():
                return int(children[0])
        time.sleep(0.01)
    return None
