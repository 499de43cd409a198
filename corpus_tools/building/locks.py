"""One build of a folder at a time."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from corpus_tools.corpus import storage
from corpus_tools.errors import StoreError

# A lock in a store is renewed every so many seconds; when it is older than the second number, its build is dead.
BEAT, STALE = 60.0, 300.0
# Seconds after which a lock is looked at once more: not every store can tell two builds apart that make one at a time.
SETTLE = 0.5


@contextlib.contextmanager
def lock(path: Path, *, what: str) -> Iterator[Callable[[], None]]:
    """Hold the file that only one build may hold; StoreError says who has it.

    What is yielded raises StoreError where the lock is another's by now: in a store, of a build that slept for long.
    """
    if not storage.is_local(path):
        with _remote_lock(path, what) as held:
            yield held
        return
    try:
        with FileLock(path, timeout=0):
            yield lambda: None
    except Timeout:
        raise StoreError(f"another build of {what} is running") from None


@contextlib.contextmanager
def _remote_lock(path: Path, what: str) -> Iterator[Callable[[], None]]:
    own = uuid.uuid4().hex
    if not _create(path, own):
        holder = _holder(path)
        if not _is_dead(holder):
            by = f"process {holder.get('pid')} on {holder.get('host')}"
            raise StoreError(
                f"another build of {what} is running, by {by}; if that one has died, wait {STALE / 60:g} minutes or delete {path}"
            )
        path.unlink(missing_ok=True)
        if not _create(path, own):
            raise StoreError(f"another build of {what} has just begun")

    def held() -> None:
        if not _is_own(path, own):
            raise StoreError(f"another build of {what} has begun: this one has lost its lock, {path}")

    time.sleep(SETTLE)
    held()
    over = threading.Event()
    beat = threading.Thread(target=_keep, args=(path, own, over), daemon=True)
    beat.start()
    try:
        yield held
    finally:
        over.set()
        beat.join()
        with contextlib.suppress(Exception):
            if _is_own(path, own):
                path.unlink()


def _create(path: Path, own: str) -> bool:
    """Write the lock where there is none; on stores that cannot do that in one step, in two."""
    try:
        storage.system(path).pipe_file(storage.name(path), _mark(own), mode="create")
    except FileExistsError:
        return False
    except (NotImplementedError, TypeError, ValueError):
        if storage.exists(path):
            return False
        path.write_bytes(_mark(own))
    return True


def _mark(own: str) -> bytes:
    told = {"host": socket.gethostname(), "pid": os.getpid(), "time": time.time(), "build": own}
    return json.dumps(told).encode()


def _holder(path: Path) -> dict[str, Any]:
    """What a lock says; one that cannot be read just now is somebody's."""
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError):
        return {"time": time.time()}


def _is_own(path: Path, own: str) -> bool:
    return _holder(path).get("build") == own


def _is_dead(holder: dict[str, Any]) -> bool:
    if time.time() - holder.get("time", 0) > STALE:
        return True
    if holder.get("host") != socket.gethostname() or os.name != "posix":
        return False
    try:
        os.kill(holder["pid"], 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _keep(path: Path, own: str, over: threading.Event) -> None:
    while not over.wait(BEAT):
        # Packages of stores have errors of their own, and the next beat may succeed.
        with contextlib.suppress(Exception):
            if _is_own(path, own):  # a build that slept for long may have lost it
                path.write_bytes(_mark(own))
