"""A worker process, seen from both sides: the line that feeds it, and what it does.

Over the pipe to it go chunks, each a list of tasks with the reason why one must not be tried, where there is one. From it
come, for each task, that it begins, and what :func:`perform` makes of some tasks together.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import json
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from corpus_tools.errors import Rejected, StoreError

# Tasks are finished together after so many seconds: so much work a kill of everything may cost, and one file each.
SECONDS = 5.0

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from corpus_tools.building.worker import serve; serve()"
)
_HEAD = struct.Struct("<Q")

Chunk = list[tuple[Any, Rejected | None]]
# What a worker says between its answers.
BEGINS, FINISHES, NO_MEMORY = "begins a task", "finishes some together", "has no memory left"


def perform(
    function: Callable[[Any], Any],
    finish: Callable[[list[tuple[Any, Any]]], Any],
    chunk: Chunk,
    most: int | None = None,
) -> Iterator[str | tuple[int, Any]]:
    """Do the tasks of a chunk; yields what it begins, and of those it has finished together their number and the answer.

    ``most`` tasks are finished together, where it is given.
    """
    done: list[tuple[Any, Any]] = []
    since = time.monotonic()
    for number, (task, refused) in enumerate(chunk, start=1):
        yield BEGINS
        done.append((task, refused or attempt(function, task)))
        if number == len(chunk) or len(done) == most or time.monotonic() - since > SECONDS:
            yield FINISHES
            yield len(done), finish(done)
            done, since = [], time.monotonic()


def attempt(function: Callable[[Any], Any], task: Any) -> Any:
    """The result of a task, or why there is none."""
    try:
        return function(task)
    except Rejected as rejected:
        return rejected
    except MemoryError:  # what is left of it may lie anywhere in this process
        raise
    except Exception as error:
        return Rejected("run", "internal_error", f"{type(error).__name__}: {error}")


class Line:
    """One worker process at a time; its memory is limited, and the time for each task."""

    def __init__(self, seconds: float, megabytes: int) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self.process: subprocess.Popen[bytes] | None = None
        self.stopped = False

    def ask(self, work: tuple[Any, Any], tasks: Sequence[Any]) -> Iterator[Any]:
        """Have a chunk done by the two functions of ``work`` (see :func:`perform`); yields the answers.

        The task that ends the process, or that cannot be finished even alone, is refused; the others are done again. What
        only ends it may do so for a reason outside, so it is tried a second time before it is refused.
        """
        left: Chunk = [(task, None) for task in tasks]
        suspected = set[int]()
        most: int | None = None
        while left:
            talk = _Talk(self._ready(), self.seconds)
            try:
                for count, answer in talk.answers((*work, left, most)):
                    left = left[count:]
                    yield answer
            except _DiedError as death:
                self._kill()
                if talk.finishing and talk.begun > 1:
                    most = talk.begun // 2
                    continue
                at = max(talk.begun - 1, 0)
                task, refused = left[at]
                if refused:
                    raise StoreError(f"a worker process cannot write what it has done: {death.why.detail}") from None
                if death.why.reason == "crashed" and id(task) not in suspected:
                    suspected.add(id(task))
                    continue
                left[at] = task, death.why

    def _ready(self) -> subprocess.Popen[bytes]:
        if self.stopped:
            raise StoreError("the work was stopped")
        if self.process is None:
            try:
                self.process = _started(self.megabytes, self.seconds)
            except (EOFError, OSError) as error:
                raise StoreError(f"a worker process cannot start: {error}") from None
            if self.stopped:  # while it started
                self._kill()
                raise StoreError("the work was stopped")
        return self.process

    def _kill(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()

    def stop(self) -> None:
        """End its process, and do no more."""
        self.stopped = True
        self._kill()


class _DiedError(Exception):
    def __init__(self, why: Rejected) -> None:
        super().__init__(why)
        self.why = why


class _Talk:
    """One chunk given to a process; ``begun`` are the tasks that are not yet finished, the last of them under way."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.process, self.seconds = process, seconds
        self.begun, self.finishing = 0, False
        self._deadline: float | None = None
        self._late, self._over = False, threading.Event()
        self._lock = threading.Lock()

    def answers(self, message: tuple[Any, Any, Chunk, int | None]) -> Iterator[tuple[int, Any]]:
        """Yield (number of tasks, answer); raises _DiedError where the process ends, and what finishing them raised."""
        threading.Thread(target=self._watch, daemon=True).start()
        left = len(message[2])
        try:
            self._send(message)
            while left:
                event = self._next()
                if isinstance(event, tuple):
                    left -= event[0]
                    yield event
        finally:
            self._over.set()

    def _send(self, message: Any) -> None:
        assert self.process.stdin is not None
        try:
            _send(self.process.stdin, message)
        except OSError as error:
            raise self._died(error) from None

    def _next(self) -> Any:
        assert self.process.stdout is not None
        try:
            event = _receive(self.process.stdout)
        except (EOFError, OSError) as error:
            raise self._died(error) from None
        except Exception as error:  # an answer that cannot be read back
            raise _DiedError(Rejected("run", "internal_error", f"{type(error).__name__}: {error}")) from None
        with self._lock:
            if self._late:
                raise self._died(EOFError())
            self._note(event)
        if event == NO_MEMORY:
            raise _DiedError(Rejected("run", "memory", "needed more memory than one file may take"))
        if isinstance(event, Exception):
            raise event
        return event

    def _note(self, event: Any) -> None:
        if event == BEGINS:
            self.begun += 1
            self._deadline = time.monotonic() + self.seconds
        elif event == FINISHES:
            self.finishing, self._deadline = True, None
        elif isinstance(event, tuple):
            self.begun, self.finishing = 0, False

    def _watch(self) -> None:
        while not self._over.wait(min(1.0, self.seconds / 5)):
            with self._lock:
                if self._deadline is not None and time.monotonic() > self._deadline:
                    self._late = True
                    self.process.kill()
                    return

    def _died(self, error: Exception) -> _DiedError:
        if self._late:
            return _DiedError(Rejected("run", "timeout", f"took longer than {self.seconds:g} seconds"))
        code = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self.process.wait(5)  # its pipe is closed, so it is ending
        return _DiedError(Rejected("run", "crashed", f"the process that worked on it died ({_cause(code, error)})"))


def _started(megabytes: int, seconds: float) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", _BOOT, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Arrow's own allocator reserves a gigabyte of addresses, which are what can be limited.
        env={**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    _send(process.stdin, (megabytes, seconds))
    _receive(process.stdout)
    return process


def _cause(code: int | None, error: Exception) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}" if code else type(error).__name__


def _send(pipe: IO[bytes], message: Any) -> None:
    data = pickle.dumps(message, protocol=5)
    pipe.write(_HEAD.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError("the pipe closed")
    (size,) = _HEAD.unpack(head)
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError("the pipe closed")
    return pickle.loads(data)


def serve() -> None:
    """The worker's side: do chunks from standard input until it closes. Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    chunks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not fall into the answers
    megabytes, seconds = _receive(chunks)
    _limit_memory(megabytes)
    _send(answers, "ready")
    with contextlib.suppress(EOFError):
        while True:
            for event in _safely(_receive(chunks)):
                _end_after(2 * seconds if event == BEGINS else None)
                _send(answers, event)


def collect_rarely() -> None:
    """Look for cycles after so many new objects; by Python's own 700 it would look all the time at rows, which hold none."""
    gc.set_threshold(50_000, *gc.get_threshold()[1:])


def _end_after(seconds: float | None) -> None:
    """End without a word of the parent, which may be gone: a pattern without end lets no other thread of Python run."""
    if seconds is None:
        faulthandler.cancel_dump_traceback_later()
    else:
        faulthandler.dump_traceback_later(min(seconds, 1e9), exit=True)


def _safely(message: tuple[Any, Any, Chunk, int | None]) -> Iterator[Any]:
    try:
        yield from perform(*message)
    except MemoryError:
        yield NO_MEMORY
    except Exception as error:
        yield error


def _follow(parent: int) -> None:
    """End with the parent, even in the middle of a file that never ends."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def _limit_memory(megabytes: int) -> None:
    """Bound the address space above what the process holds at its start, where the system can."""
    try:
        import resource

        held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        limit = held + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        return
