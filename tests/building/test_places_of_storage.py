"""Raw files and corpora under a URL: what is there, and what holds, is as on a disk."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.building import locks
from corpus_tools.building.build import build
from corpus_tools.building.check import check
from corpus_tools.building.frames import Frames
from corpus_tools.config import Config
from corpus_tools.corpus import looks, storage, store
from corpus_tools.corpus.corpus import load
from corpus_tools.errors import ConfigError, MissingPackageError, Rejected, StoreError
from corpus_tools.reading import read_file

Contents = Callable[[Path], dict[str, str]]
ONE = Config(jobs=1)


@pytest.fixture
def memory(raw: Path) -> Iterator[Any]:
    """The sample files in the memory of this process, under /shelf/raw."""
    pytest.importorskip("upath")
    import fsspec

    system = fsspec.filesystem("memory")
    put(raw, system, "/shelf/raw")
    yield system
    system.rm("/shelf", recursive=True)


@pytest.fixture(scope="module")
def s3() -> Iterator[Any]:
    """An S3 server of this process, with a bucket."""
    server = pytest.importorskip("moto.server")
    fsspec = pytest.importorskip("s3fs") and pytest.importorskip("fsspec")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    told = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {
                **told,
                "AWS_ENDPOINT_URL": "http://{}:{}".format(*running.get_host_and_port()),
            }.items():
                patch.setenv(name, value)
            system = fsspec.filesystem("s3")
            system.mkdir("bucket")
            yield system
    finally:
        running.stop()


def put(raw: Path, system: Any, root: str) -> None:
    for path in raw.rglob("*"):
        if path.is_file():
            system.pipe_file(f"{root}/{path.relative_to(raw).as_posix()}", path.read_bytes())


def stored(system: Any, root: str) -> dict[str, str]:
    """What ``contents`` says of a folder on disk."""
    names = [name for name in system.find(root) if "/.build/" not in name]
    return {name[len(root) + 1 :]: hashlib.sha256(system.cat_file(name)).hexdigest() for name in names}


def grown_and_shrunk(raw: Path, system: Any, root: str, url: str, written: Callable[..., str]) -> None:
    """A new file is read, a changed one again, one that is gone leaves; and all is as before when they are put back."""
    system.pipe_file(f"{root}/raw/new.txt", written(77, year=2003).encode())
    system.pipe_file(f"{root}/raw/a/01.txt", written(78, year=2004).encode())
    system.rm_file(f"{root}/raw/b/02.txt")
    built = build(f"{url}/raw", f"{url}/out", config=ONE, progress=False)
    assert (built.done, built.skipped, built.removed) == (2, 12, 1)
    assert len(check(f"{url}/out", raw=f"{url}/raw")) == 0
    system.rm_file(f"{root}/raw/new.txt")
    put(raw, system, f"{root}/raw")
    build(f"{url}/raw", f"{url}/out", config=ONE, progress=False)


def test_memory_holds_what_a_disk_holds(
    memory: Any, raw: Path, tmp_path: Path, contents: Contents, written: Callable[..., str]
) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    built = build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False)
    assert (built.done, built.documents, str(built.out)) == (14, 13, "memory://shelf/out")
    assert stored(memory, "/shelf/out") == contents(tmp_path / "out")
    assert build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False).skipped == 14
    grown_and_shrunk(raw, memory, "/shelf", "memory://shelf", written)
    assert stored(memory, "/shelf/out") == contents(tmp_path / "out")
    there, on_disk = load("memory://shelf/out"), load(tmp_path / "out")
    assert there.documents.equals(on_disk.documents)
    assert list(there.vocabulary["count"]) == list(on_disk.vocabulary["count"])


@pytest.mark.workers
def test_memory_of_this_process_is_worked_on_by_threads_of_a_cluster_in_it(
    memory: Any, raw: Path, tmp_path: Path, contents: Contents
) -> None:
    distributed = pytest.importorskip("distributed")
    build(raw, tmp_path / "out", config=ONE, progress=False)
    with distributed.Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address=None) as client:
        build("memory://shelf/raw", "memory://shelf/out", cluster=client, progress=False)
    assert stored(memory, "/shelf/out") == contents(tmp_path / "out")


def test_s3_holds_what_a_disk_holds(
    s3: Any, raw: Path, tmp_path: Path, contents: Contents, written: Callable[..., str]
) -> None:
    put(raw, s3, "bucket/shelf/raw")
    build(raw, tmp_path / "out", config=ONE, progress=False)
    built = build("s3://bucket/shelf/raw", "s3://bucket/shelf/out", config=ONE, progress=False)
    assert (built.done, built.documents) == (14, 13)
    assert stored(s3, "bucket/shelf/out") == contents(tmp_path / "out")
    assert build("s3://bucket/shelf/raw", "s3://bucket/shelf/out", config=ONE, progress=False).skipped == 14
    grown_and_shrunk(raw, s3, "bucket/shelf", "s3://bucket/shelf", written)
    assert stored(s3, "bucket/shelf/out") == contents(tmp_path / "out")
    assert load("s3://bucket/shelf/out").documents.equals(load(tmp_path / "out").documents)
    assert [name for name in s3.find("bucket/shelf/out/.build") if "lock" in name or "staged" in name] == []


@pytest.mark.workers
def test_processes_read_and_write_s3(s3: Any, written: Callable[..., str]) -> None:
    for number in range(3):
        s3.pipe_file(f"bucket/few/raw/{number}.txt", written(number).encode())
    built = build("s3://bucket/few/raw", "s3://bucket/few/out", config=ONE, progress=False)
    assert (built.done, built.documents) == (3, 3)
    assert len(check("s3://bucket/few/out", raw="s3://bucket/few/raw")) == 0


def test_file_urls_are_paths(raw: Path, tmp_path: Path, contents: Contents) -> None:
    build(raw.as_uri(), (tmp_path / "by url").as_uri(), config=ONE, progress=False)
    build(raw, tmp_path / "by path", config=ONE, progress=False)
    assert contents(tmp_path / "by url") == contents(tmp_path / "by path")
    assert len(load((tmp_path / "by url").as_uri())) == 12


@pytest.mark.parametrize("moves", [0, 3, 8])
def test_a_build_cut_off_while_publishing_is_finished(
    memory: Any, raw: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    done: list[Path] = []
    move = storage.move

    def dies(source: Path, target: Path) -> None:
        if len(done) == moves:
            raise KeyboardInterrupt
        done.append(source)
        move(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "AT_ONCE", 1)
        patch.setattr(storage, "move", dies)
        with pytest.raises(KeyboardInterrupt):
            build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False)
    with pytest.raises(StoreError, match="cut off"):
        load("memory://shelf/out")
    build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False)
    assert stored(memory, "/shelf/out") == contents(tmp_path / "out")


@pytest.mark.parametrize(
    ("host", "age", "refused"),
    [("elsewhere", 10, True), ("elsewhere", 400, False), (socket.gethostname(), 10, False)],
)
def test_one_build_at_a_time(memory: Any, host: str, age: float, refused: bool) -> None:
    """A lock is a living build's while it is fresh, unless that ran here and its process is gone."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mark = json.dumps({"host": host, "pid": gone.pid, "time": time.time() - age})
    memory.pipe_file("/shelf/out/.build/lock", mark.encode())
    if refused:
        with pytest.raises(StoreError, match=r"on elsewhere; .* delete memory://shelf/out/\.build/lock"):
            build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False)
    else:
        assert build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False).documents == 13
        assert not memory.exists("/shelf/out/.build/lock")


def test_a_lock_that_cannot_be_read_is_somebodys(memory: Any) -> None:
    memory.pipe_file("/shelf/out/.build/lock", b'{"host": "else')
    with pytest.raises(StoreError, match="another build"):
        build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False)
    assert memory.exists("/shelf/out/.build/lock")


def test_a_lock_is_kept_fresh(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "BEAT", 0.01)
    path = storage.place("memory://shelf/lock")
    with locks.lock(path, what="a corpus"):
        first = json.loads(path.read_text())["time"]
        for _ in range(500):
            with contextlib.suppress(ValueError):
                if json.loads(path.read_text())["time"] > first:
                    break
            time.sleep(0.01)
        else:
            pytest.fail("the lock grows old")
        with pytest.raises(StoreError, match="another build of a corpus"), locks.lock(path, what="a corpus"):
            pass
    assert not path.exists()


def test_a_lock_is_kept_though_a_store_fails_for_a_moment(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an error of its package's own, which is no OSError."""
    monkeypatch.setattr(locks, "BEAT", 0.01)
    path, failed = storage.place("memory://shelf/lock"), list[int]()
    is_own = locks._is_own

    def fails_at_first(path: Path, own: str) -> bool:
        if threading.current_thread() is not threading.main_thread() and len(failed) < 3:
            failed.append(1)
            raise RuntimeError("no connection")
        return is_own(path, own)

    monkeypatch.setattr(locks, "_is_own", fails_at_first)
    with locks.lock(path, what="a corpus"):
        first = json.loads(path.read_text())["time"]
        deadline = time.monotonic() + 30
        while json.loads(path.read_text())["time"] == first:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert len(failed) == 3


@pytest.mark.parametrize("at", ["begins", "publishes"])
def test_a_build_that_has_lost_its_lock_publishes_nothing(
    memory: Any, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """It slept until another took the lock, or made its own at the same moment."""

    def lose(*_: object) -> None:
        told = {"host": "elsewhere", "pid": 1, "time": time.time(), "build": "another"}
        memory.pipe_file("/shelf/out/.build/lock", json.dumps(told).encode())

    if at == "begins":
        monkeypatch.setattr(locks.time, "sleep", lose)
    else:
        learn = Frames.learn
        monkeypatch.setattr(Frames, "learn", lambda self, looks: (lose(), learn(self, looks))[1])
    with pytest.raises(StoreError, match="this one has lost its lock"):
        build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False)
    assert not memory.exists("/shelf/out/manifest.json")
    assert not memory.exists("/shelf/out/.build/commit.json")
    assert memory.exists("/shelf/out/.build/lock")


class NoConnection(Exception):
    """An error as packages of stores have them."""


def test_what_a_store_cannot_tell_is_not_taken_for_a_no(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = storage.place("memory://shelf/raw/empty.txt")

    def fails(*_: object, **__: object) -> None:
        raise NoConnection("no connection")

    assert storage.exists(place)
    with monkeypatch.context() as patch:
        patch.setattr(type(memory), "info", fails)
        with pytest.raises(StoreError, match="cannot be looked at: no connection"):
            storage.exists(place)
        with pytest.raises(StoreError, match="cannot be looked at: no connection"):
            storage.move(place, storage.place("memory://shelf/raw/moved.txt"))
        assert looks.look(place) == looks.Look(0, 0)
        with pytest.raises(Rejected, match="no connection") as rejected:
            read_file(place)
        assert rejected.value.reason == "unreadable"


def test_a_folder_that_a_store_cannot_list_ends_the_build(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files would seem to be gone."""

    def fails(*_: object, **__: object) -> None:
        raise NoConnection("no connection")

    with monkeypatch.context() as patch:
        patch.setattr(type(memory), "find", fails)
        with pytest.raises(StoreError, match="memory://shelf/raw cannot be listed: no connection"):
            build("memory://shelf/raw", "memory://shelf/out", config=ONE, progress=False)


def test_what_a_store_does_not_take_is_told_and_leaves_nothing_here(
    memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise NoConnection("no connection")

    monkeypatch.setattr(type(memory), "put_file", fails)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    target = storage.place("memory://shelf/out/manifest.json")
    with pytest.raises(StoreError, match="cannot be written: no connection"), store.atomic(target) as temporary:
        temporary.write_text("{}", "utf-8")
    assert set(tmp_path.iterdir()) == before


def test_places_must_not_lie_in_each_other(memory: Any) -> None:
    for out in ("memory://shelf/raw", "memory://shelf/raw/out", "memory://shelf"):
        with pytest.raises(ConfigError, match="must not lie in each other"):
            build("memory://shelf/raw", out, config=ONE, progress=False)
    with pytest.raises(ConfigError, match="is not a folder"):
        build("memory://shelf/nothing", "memory://shelf/out", config=ONE, progress=False)


def test_errors_name_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("upath")
    with pytest.raises(ConfigError, match="nowhere://x"):
        storage.place("nowhere://x")
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(MissingPackageError, match="gs:// addresses needs: pip install 'gcsfs'"):
        storage.place("gs://bucket/x")
    monkeypatch.setitem(sys.modules, "upath", None)
    with pytest.raises(MissingPackageError, match=r"corpus-tools\[remote\]"):
        storage.place("s3://bucket/x")


def test_a_disk_needs_none_of_it(raw: Path, tmp_path: Path) -> None:
    shutil.rmtree(raw / "a")
    code = (
        "import sys; from corpus_tools.config import Config; from corpus_tools.building.build import build\n"
        "from corpus_tools.corpus.corpus import load\n"
        "build(*sys.argv[1:], config=Config(jobs=1), progress=False); load(sys.argv[2])\n"
        "print(sorted({'fsspec', 'upath', 'distributed', 'dask'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(raw), str(tmp_path / "out")]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "TQDM_DISABLE": "1"})
    assert told.stdout.strip() == "[]"
