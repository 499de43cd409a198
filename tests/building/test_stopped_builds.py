"""Builds that were stopped or killed end, when they are run again, as if nothing had been."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_tools.building import build as build_module
from corpus_tools.building.build import build
from corpus_tools.config import Config
from corpus_tools.corpus.corpus import load
from corpus_tools.errors import StoreError

Contents = Callable[[Path], dict[str, str]]
ONE = Config(jobs=1)

pytestmark = pytest.mark.once


_SLOW = """
import sys, time
sys.path.insert(0, sys.argv[3])
import corpus_tools.building.build as module
module.FILES = 2
from corpus_tools.config import Config
from corpus_tools.building.build import build
build(sys.argv[1], sys.argv[2], config=Config(jobs=1), progress=False)
"""


def test_a_killed_build_is_finished_by_running_it_again(raw: Path, tmp_path: Path, contents: Contents) -> None:
    build(raw, tmp_path / "calm", config=ONE, progress=False)
    chance = random.Random(5)
    out, journal = tmp_path / "killed", tmp_path / "killed" / ".build" / "journal"
    for batches in (0, 1, 3):  # killed a moment after so many were finished
        process = subprocess.Popen([sys.executable, "-c", _SLOW, str(raw), str(out), str(Path(__file__).parents[2])])
        while process.poll() is None and len(list(journal.glob("*/*.zip"))) < batches:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.05))
        assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert build(raw, out, config=ONE, progress=False).skipped >= 3
    assert contents(out) == contents(tmp_path / "calm")


def site_page(name: str, *, banner: str) -> str:
    return (
        f"<html><head><link rel=canonical href='https://xiangyin.example/{name}'></head><body><p>{banner}</p>"
        f"<h1>2018年{name}县科协工作报告</h1><p>{name}县科协举办科普讲座三场，{name}县群众踊跃参加，场场座无虚席，反响热烈。</p>"
        f"<p>{banner}</p></body></html>"
    )


@pytest.mark.parametrize("changed", list("甲丙戊庚壬"))
def test_a_page_that_changes_while_a_build_is_stopped_is_looked_at_anew(
    tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in "甲乙丙丁戊己庚辛壬":  # two of them in a chunk, and in the second build the changed one alone
        (raw / f"{name}.html").write_text(site_page(name, banner="乡音传四方"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(build_module.Frames, "learn", stopped)
        with pytest.raises(KeyboardInterrupt):
            build(raw, tmp_path / "out", config=ONE, progress=False)
    (raw / f"{changed}.html").write_text(site_page(changed, banner="另一行完全不同的字"), "utf-8")
    build(raw, tmp_path / "out", config=ONE, progress=False)
    build(raw, tmp_path / "anew", config=ONE, progress=False)
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")
    assert build(raw, tmp_path / "out", config=ONE, progress=False).done == 0


def stopped(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("moves", range(0, 8, 2))
def test_a_build_killed_while_publishing_is_finished(
    raw: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    build(raw, tmp_path / "calm", config=ONE, progress=False)
    done = 0
    replace = Path.replace

    def dies(self: Path, target: Path) -> Path:
        nonlocal done
        if "staged" in self.parts and self.parent.suffix == ".parquet" and target.parent.parent == tmp_path / "out":
            if done == moves:
                raise KeyboardInterrupt
            done += 1
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", dies)
    with pytest.raises(KeyboardInterrupt):
        build(raw, tmp_path / "out", config=ONE, progress=False)
    with pytest.raises(StoreError, match="cut off"):
        load(tmp_path / "out")
    monkeypatch.undo()
    build(raw, tmp_path / "out", config=ONE, progress=False)
    assert contents(tmp_path / "out") == contents(tmp_path / "calm")
