"""Worker processes: a file, or a task, that ends one costs itself alone; what cannot be written ends the run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus_tools.building import build as build_module
from corpus_tools.building.build import build
from corpus_tools.building.runners import Machine
from corpus_tools.config import Config
from corpus_tools.corpus.corpus import load

Contents = Callable[[Path], dict[str, str]]
ONE = Config(jobs=1)

pytestmark = pytest.mark.once


@pytest.mark.workers
def test_a_file_that_hangs_crashes_or_eats_memory_costs_itself_alone(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("hangs", "crashes", "eats", "bug"):
        (raw / f"{name}.txt").write_text("科协工作报告", "utf-8")
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import planted

    monkeypatch.setattr(build_module, "work", planted.planted)
    config = Config(jobs=2, seconds=20, megabytes=1500)
    result = build(raw, tmp_path / "out", config=config, progress=False)
    assert result.documents == 13
    rejected = load(tmp_path / "out").rejected.set_index("source")
    assert rejected.loc["hangs.txt", ["stage", "reason"]].tolist() == ["run", "timeout"]
    assert rejected.loc["crashes.txt", ["stage", "reason"]].tolist() == ["run", "crashed"]
    limited = sys.platform == "linux"  # elsewhere a system may not bound the memory of one process
    assert rejected.loc["eats.txt", "stage"] == "run"
    assert rejected.loc["eats.txt", "reason"] in (("memory",) if limited else ("memory", "crashed", "timeout"))
    assert rejected.loc["bug.txt", ["reason", "detail"]].tolist() == ["internal_error", "ZeroDivisionError: planted"]
    monkeypatch.undo()
    assert build(raw, tmp_path / "out", config=config, progress=False).done == 0
    again = build(raw, tmp_path / "out", config=config, retry=True, progress=False)
    assert (again.done, again.documents) == (4, 17)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    one = Machine(jobs=1, seconds=60, megabytes=1000)
    yield one
    one.close()


def test_a_chunk_is_done_again_without_the_task_that_kills(machine: Machine) -> None:
    import planted

    (done,) = machine.run(planted.dies_of_three, [[1, 2, 3, 4]], list)
    assert [task for task, _ in done] == [1, 2, 3, 4]
    assert [result for task, result in done if task != 3] == [-1, -2, -4]
    assert (done[2][1].stage, done[2][1].reason) == ("run", "crashed")
    assert list(machine.run(abs, [[-5]], list)) == [[(-5, 5)]]  # the next run has a process


def test_a_task_whose_process_was_killed_from_outside_is_done_again(machine: Machine, tmp_path: Path) -> None:
    import planted

    tasks = [tmp_path / name for name in ("a", "b.killed", "c", "d.killed")]
    (done,) = machine.run(planted.dies_the_first_time, [tasks], list)
    assert [result for _, result in done] == ["a", "b.killed", "c", "d.killed"]


def test_what_cannot_be_finished_together_is_finished_in_smaller_groups(machine: Machine) -> None:
    import planted

    assert list(machine.run(abs, [[-1, -2, -3, -4, -5]], planted.eats_together)) == [[1, 2], [3, 4], [5]]


@pytest.mark.parametrize(
    ("finish", "error"), [("writes_on_a_full_disk", "No space left"), ("dies_in_the_end", "cannot write .*exit code 9")]
)
def test_what_cannot_be_written_ends_the_run(machine: Machine, finish: str, error: str) -> None:
    import planted

    with pytest.raises(OSError, match=error):
        list(machine.run(abs, [[-1, -2]], getattr(planted, finish)))
