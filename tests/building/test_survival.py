"""What must not lose or spoil a corpus: files that change, folders that close, notes that are torn."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.building import build as build_module
from corpus_tools.building.batch import clean
from corpus_tools.building.build import build
from corpus_tools.building.check import check
from corpus_tools.building.runners import run
from corpus_tools.config import Config
from corpus_tools.corpus import store
from corpus_tools.corpus.corpus import load
from corpus_tools.errors import ConfigError, Rejected, StoreError

pytestmark = pytest.mark.once

Contents = Callable[[Path], dict[str, str]]
ONE = Config(jobs=1)


def stop_before_publishing(*_: Any) -> None:
    raise KeyboardInterrupt


def test_a_stopped_builds_result_is_not_used_when_its_file_was_put_back(
    raw: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, file = tmp_path / "out", raw / "a" / "01.txt"
    build(raw, out, config=ONE, progress=False)
    before, text, status = contents(out), file.read_text("utf-8"), file.stat()
    file.write_text(text.replace("科普", "科技"), "utf-8")
    monkeypatch.setattr(build_module.Publisher, "publish", stop_before_publishing)
    with pytest.raises(KeyboardInterrupt):
        build(raw, out, config=ONE, progress=False)
    monkeypatch.undo()
    file.write_text(text, "utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    build(raw, out, config=ONE, progress=False)
    assert contents(out) == before
    assert len(check(out, raw=raw)) == 0


def test_a_file_that_changes_while_it_is_read_is_read_again(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import planted

    monkeypatch.setattr(build_module, "work", planted.changed_after)
    build(raw, tmp_path / "out", config=ONE, progress=False)
    monkeypatch.undo()
    assert build(raw, tmp_path / "out", config=ONE, progress=False).done == 1
    assert len(check(tmp_path / "out", raw=raw)) == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_in_the_folder_is_rejected(raw: Path, tmp_path: Path) -> None:
    os.mkfifo(raw / "pipe.txt")
    build(raw, tmp_path / "out", config=ONE, progress=False)
    rejected = load(tmp_path / "out").rejected.set_index("source")
    assert rejected.loc["pipe.txt", "reason"] == "unreadable"


def test_a_folder_that_cannot_be_opened_stops_the_build(
    raw: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    before, scandir = contents(tmp_path / "out"), os.scandir

    def closed(path: Any) -> Any:
        if Path(path) == raw / "a":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(StoreError, match="cannot be opened"):
        build(raw, tmp_path / "out", config=ONE, progress=False)
    monkeypatch.undo()
    assert contents(tmp_path / "out") == before


def test_a_corpus_is_not_emptied_by_a_folder_that_is_not_mounted(raw: Path, tmp_path: Path, contents: Contents) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    before = contents(tmp_path / "out")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match="14 of the 14 files"):
        build(tmp_path / "empty", tmp_path / "out", config=ONE, progress=False)
    assert contents(tmp_path / "out") == before
    assert build(tmp_path / "empty", tmp_path / "out", config=ONE, allow_removal=True, progress=False).removed == 14


@pytest.mark.parametrize("table", ["documents", "tokens", "rejected"])
@pytest.mark.parametrize("damage", ["torn", "missing"])
def test_a_broken_part_is_made_again(raw: Path, tmp_path: Path, contents: Contents, table: str, damage: str) -> None:
    out = tmp_path / "out"
    build(raw, out, config=ONE, progress=False)
    before, path = contents(out), store.part_path(out, table, 0)
    if damage == "torn":
        path.write_bytes(path.read_bytes()[:100])
        with pytest.raises(StoreError, match="cannot be read"):
            store.read(out, table)
    else:
        path.unlink()
    build(raw, out, config=ONE, progress=False)
    assert contents(out) == before


def test_torn_notes_cost_reading_not_the_corpus(raw: Path, tmp_path: Path, contents: Contents) -> None:
    out = tmp_path / "out"
    build(raw, out, config=ONE, progress=False)
    before = contents(out)
    (out / ".build" / "seen.json").write_text("{", "utf-8")
    assert build(raw, out, config=ONE, progress=False).done == 14
    assert contents(out) == before
    (out / ".build" / "commit.json").write_text("{", "utf-8")
    with pytest.raises(StoreError, match="damaged"):
        build(raw, out, config=ONE, progress=False)
    assert "cut off while publishing" in check(out)["finding"].item()
    (out / ".build" / "commit.json").unlink()
    (out / "manifest.json").write_text(f'{{"format": {store.FORMAT}}}', "utf-8")
    with pytest.raises(StoreError, match="it lacks"):
        check(out)


def test_check_with_raw_knows_odd_names_and_dead_links(raw: Path, tmp_path: Path) -> None:
    (raw / "gone.txt").symlink_to(raw / "nowhere.txt")
    Path(os.fsdecode(os.fsencode(raw) + b"/\xff.txt")).write_text("云渡县工会工作报告。", "utf-8")
    build(raw, tmp_path / "out", config=ONE, progress=False)
    assert len(check(tmp_path / "out", raw=raw)) == 0


def test_clean_never_writes_over_a_raw_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("当前位置：首页\n云渡县科协工作报告\n", "utf-8")
    with pytest.raises(ConfigError, match="would be written over"):
        clean([tmp_path / "a.txt"], to=tmp_path, config=ONE)
    assert (tmp_path / "a.txt").read_text("utf-8") == "当前位置：首页\n云渡县科协工作报告\n"
    assert not (tmp_path / "edits.jsonl").exists()


def test_clean_keeps_endings_apart(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md", "b.txt"):
        (tmp_path / name).write_text("云渡县科协工作报告\n", "utf-8")
    frame = clean([tmp_path], to=tmp_path / "done", config=ONE)
    assert sorted(Path(text).name for text in frame["text"]) == ["a.md.txt", "a.txt.txt", "b.txt"]


def test_an_answer_that_cannot_be_sent_costs_one_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import planted

    tasks = ["good", "odd", "leaves", "good"]
    results = [result for _, result in run(planted.answer, tasks, jobs=1, seconds=30, megabytes=1000)]
    assert [r if isinstance(r, str) else (r.stage, r.reason) for r in results] == [
        "good",
        ("run", "internal_error"),
        ("run", "crashed"),
        "good",
    ]
    assert isinstance(results[2], Rejected)
    assert "exit code 3" in results[2].detail


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize(("task", "seconds"), [("sleep", 3600), ("never_matches", 3)])
def test_workers_end_with_a_killed_parent(task: str, seconds: int) -> None:
    code = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "import planted\nfrom corpus_tools.building.runners import run\n"
        f"list(run(planted.{task}, ['x'], jobs=1, seconds={seconds}, megabytes=1000))"
    )
    here = Path(__file__).parent
    parent = subprocess.Popen([sys.executable, "-c", code, str(here.parents[1]), str(here)])
    workers: list[str] = []
    while parent.poll() is None and not workers:
        workers = [c for t in Path(f"/proc/{parent.pid}/task").iterdir() for c in (t / "children").read_text().split()]
        time.sleep(0.05)
    assert workers
    time.sleep(1)  # it is at work by now, or will be when its parent is gone: both must end it
    parent.kill()
    parent.wait()
    for _ in range(300):
        if not any(Path(f"/proc/{worker}").exists() for worker in workers):
            break
        time.sleep(0.1)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
