"""Many machines: a Dask cluster of two processes builds what one machine builds, and loses nothing when one is killed."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.building import build as build_module
from corpus_tools.building import cluster as machines
from corpus_tools.building.build import build
from corpus_tools.building.check import check
from corpus_tools.config import Config
from corpus_tools.corpus import clusters
from corpus_tools.corpus.corpus import load
from corpus_tools.errors import MissingPackageError, StoreError

pytestmark = pytest.mark.once

Contents = Callable[[Path], dict[str, str]]
FILES = 60


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two machines of one thread each."""
    distributed = pytest.importorskip("distributed")
    quiet = {"dashboard_address": None, "host": "127.0.0.1", "silence_logs": logging.CRITICAL}
    cluster = distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, **quiet)
    found = distributed.Client(cluster, set_as_default=False)  # so that nothing finds it but through what it was given
    yield found
    with contextlib.suppress(TimeoutError):  # a busy machine ends a process later than Dask waits for it
        found.close()
        cluster.close()


def page(text: str, number: int) -> str:
    """A page of one of two sites, which put a line of their own on each of theirs."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    site = f"https://site{number % 2}.example/{number}"
    return f"<html><head><link rel=canonical href='{site}'></head><body><p>乡音传四方</p>{body}<p>乡音传四方</p></body></html>"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, written: Callable[..., str]) -> Path:
    raw = tmp_path_factory.mktemp("many")
    for number in range(FILES - 1):
        text = written(number, year=2000 + number % 20)
        if number % 3:
            (raw / f"{number}.html").write_text(page(text, number), "utf-8")
        else:
            (raw / f"{number}.txt").write_text(text, "utf-8")
    (raw / "empty.txt").write_text("", "utf-8")
    return raw


@pytest.fixture(scope="module")
def alone(many: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one machine makes of them."""
    out = tmp_path_factory.mktemp("alone") / "out"
    build(many, out, config=Config(jobs=1), progress=False)
    return out


@pytest.mark.workers
def test_a_cluster_builds_the_same_bytes(
    client: Any, many: Path, alone: Path, tmp_path: Path, contents: Contents
) -> None:
    built = build(many, tmp_path / "out", cluster=client, progress=False)
    assert (built.done, built.documents, dict(built.rejected)) == (FILES, FILES - 1, {"empty": 1})
    assert contents(tmp_path / "out") == contents(alone)


@pytest.mark.workers
def test_a_cluster_is_found_by_its_address(client: Any, raw: Path, tmp_path: Path, contents: Contents) -> None:
    build(raw, tmp_path / "alone", config=Config(jobs=1), progress=False)
    by_address = Config(cluster=client.scheduler.address)
    assert build(raw, tmp_path / "out", config=by_address, progress=False).documents == 13
    assert contents(tmp_path / "out") == contents(tmp_path / "alone")


@pytest.mark.workers
def test_a_cluster_takes_a_folder_that_is_empty_by_now(client: Any, raw: Path, tmp_path: Path) -> None:
    build(raw, tmp_path / "out", config=Config(jobs=1), progress=False)
    shutil.rmtree(raw)
    raw.mkdir()
    built = build(raw, tmp_path / "out", cluster=client, allow_removal=True, progress=False)
    assert (built.documents, built.removed) == (0, 14)


@pytest.mark.workers
def test_a_worker_killed_in_the_middle_loses_nothing(
    client: Any, many: Path, alone: Path, tmp_path: Path, contents: Contents
) -> None:
    out, at_kill = tmp_path / "out", []

    def kill_when_something_is_done() -> None:
        while not (done := list((out / ".build" / "journal").glob("*/*.zip"))):
            time.sleep(0.02)
        os.kill(next(iter(pids)), signal.SIGKILL)
        at_kill.extend(done)

    pids = set(client.run(os.getpid).values())
    killer = threading.Thread(target=kill_when_something_is_done, daemon=True)
    killer.start()
    built = build(many, out, cluster=client, progress=False)
    killer.join(10)
    assert 0 < len(at_kill) < FILES // 8  # batches of seven files: most were still to come
    assert (built.done, built.documents) == (FILES, FILES - 1)
    assert contents(out) == contents(alone)
    assert len(check(out, raw=many)) == 0
    client.wait_for_workers(2, timeout=60)
    assert set(client.run(os.getpid).values()) != pids


@pytest.mark.workers
def test_a_file_that_kills_its_process_costs_itself_alone(
    client: Any, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = str(Path(__file__).parent)
    monkeypatch.syspath_prepend(here)
    client.run(sys.path.insert, 0, here)
    import planted

    (raw / "crashes.txt").write_text("科协工作报告", "utf-8")
    monkeypatch.setattr(build_module, "work", planted.planted)
    built = build(raw, tmp_path / "out", cluster=client, progress=False)
    assert (built.documents, dict(built.rejected)) == (13, {"crashed": 1, "empty": 1})
    assert load(tmp_path / "out").rejected.set_index("source")["reason"]["crashes.txt"] == "crashed"


def pretend_to_be_older() -> None:
    machines.versions = lambda: {"lxml": "0.1"}  # type: ignore[assignment]
    machines.identity = lambda config: "of another version"  # type: ignore[assignment]


def be_oneself() -> None:
    from corpus_tools.building.identity import identity, versions

    machines.versions, machines.identity = versions, identity


@pytest.mark.workers
def test_a_machine_with_other_versions_is_refused(client: Any, raw: Path, tmp_path: Path) -> None:
    client.run(pretend_to_be_older)
    try:
        with pytest.raises(StoreError, match=r"would build another corpus: .*lxml 0\.1 \(here "):
            build(raw, tmp_path / "out", cluster=client, progress=False)
    finally:
        client.run(be_oneself)


@pytest.mark.parametrize("mounted", [False, True])
def test_a_machine_that_does_not_see_the_folder_is_refused(tmp_path: Path, mounted: bool) -> None:
    """Nor is one where the folder is there, and empty: what was to be mounted on it is not."""
    (tmp_path / "report.txt").write_text("a report", "utf-8")
    if mounted:
        (tmp_path / "elsewhere").mkdir()
    places = (tmp_path, tmp_path / "elsewhere")
    ask = machines._Ask(Config(), places, "identity", {}, places)
    with pytest.raises(StoreError, match=r"does not see .*elsewhere: all machines must share it"):
        machines._check(ask)


def test_a_cluster_that_is_not_there(raw: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")  # before its settings are changed, which it would else lose with them
    import dask

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(StoreError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
    ):
        clusters.client_of("tcp://127.0.0.1:9")


@pytest.mark.parametrize("address", ["foo", "tcp://localhost", "localhost:8786"])
def test_what_is_no_address_is_refused_before_anybody_waits_for_it(address: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(StoreError, match="is no address of a Dask scheduler, such as tcp://host:8786"):
        clusters.client_of(address)


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPackageError, match=r"corpus-tools\[cluster\]"):
        clusters.client_of("tcp://127.0.0.1:8786")
