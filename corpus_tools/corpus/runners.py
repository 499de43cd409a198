"""Running one function over many tasks on this machine, so that a task can hang, crash or eat memory at its own cost only.

Workers are plain Python processes that speak over pipes. They are not forked (threads and locks of a notebook stay out)
and do not import the caller's ``__main__`` (a script needs no guard), which the pools of the standard library cannot
offer; joblib's can, but gives up the whole run when a worker dies and knows no limit per task.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

from corpus_tools.errors import Rejected

Task = TypeVar("Task")
Result = TypeVar("Result")

_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from corpus_tools.corpus.runners import serve; serve()"
)
_HEAD = struct.Struct("<Q")


def run(
    function: Callable[[Task], Result], tasks: Iterable[Task], *, jobs: int, seconds: float, megabytes: int
) -> Iterator[tuple[Task, Result | Rejected]]:
    """Yield (task, result) in the order they finish; a task that fails yields its Rejected.

    ``function`` must be importable by name. Reasons of stage ``run``: ``timeout`` (over ``seconds``), ``memory`` (over
    ``megabytes``, where the system can limit it), ``crashed`` (the process died), ``internal_error`` (a bug of ours).
    """
    waiting: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
    finished: queue.SimpleQueue[tuple[Task, Result | Rejected]] = queue.SimpleQueue()
    listed = list(tasks)
    for task in listed:
        waiting.put(task)
    lines = [_Line(function, seconds, megabytes) for _ in range(min(jobs, len(listed)))]
    for line in lines:
        waiting.put(None)
        threading.Thread(target=line.work, args=(waiting, finished), daemon=True).start()
    try:
        for _ in listed:
            task, result = finished.get()
            if isinstance(result, RuntimeError):
                raise result
            yield task, result
    finally:
        for line in lines:
            line.stop()


class _Line:
    """One worker at a time, and the thread that feeds it."""

    def __init__(self, function: Callable[[Any], Any], seconds: float, megabytes: int) -> None:
        self.hello = (function, megabytes)
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None
        self.stopped = False

    def work(self, waiting: queue.SimpleQueue[Any], finished: queue.SimpleQueue[Any]) -> None:
        while not self.stopped and (task := waiting.get()) is not None:
            finished.put((task, self._ask(task)))
        self.stop()

    def _ask(self, task: Any) -> Any:
        late = threading.Event()
        try:
            process = self.process or self._start()
        except (EOFError, OSError) as error:
            return RuntimeError(f"a worker process cannot start: {_cause(self._kill(), error)}")
        timer = threading.Timer(self.seconds, _give_up, args=(process, late))
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            timer.start()
            _send(process.stdin, task)
            answer, healthy = _receive(process.stdout)
            if not healthy:
                self._kill()
        except (EOFError, OSError) as error:
            code = self._kill(grace=5)  # its pipe is closed, so it is ending: its own exit code says more than our kill
            if late.is_set():
                return Rejected("run", "timeout", f"took longer than {self.seconds:g} seconds")
            return Rejected("run", "crashed", f"the process that worked on it died ({_cause(code, error)})")
        except Exception as error:
            self._kill()
            return Rejected("run", "internal_error", f"{type(error).__name__}: {error}")
        finally:
            timer.cancel()
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self.process = process = subprocess.Popen(
            [sys.executable, "-c", _BOOT, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        _send(process.stdin, self.hello)
        _receive(process.stdout)
        return process

    def _kill(self, *, grace: float = 0) -> int | None:
        process, self.process = self.process, None
        if process is None:
            return None
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.wait(grace)
        process.kill()
        return process.wait()

    def stop(self) -> None:
        self.stopped = True
        if self.process is not None:
            self.process.kill()
        self._kill()


def _give_up(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _cause(code: int | None, error: Exception) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}" if code else type(error).__name__


def _send(pipe: IO[bytes], message: Any) -> None:
    data = pickle.dumps(message, protocol=5)
    pipe.write(_HEAD.pack(len(data)))
    pipe.write(data)
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
    """The worker's side: read tasks from standard input until it closes. Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    tasks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not fall into the answers
    function, megabytes = _receive(tasks)
    _limit_memory(megabytes)
    _send(answers, "ready")
    while True:
        try:
            task = _receive(tasks)
        except EOFError:
            return
        _send(answers, _attempt(function, task))


def _follow(parent: int) -> None:
    """End with the parent, even in the middle of a file that never ends."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


def _attempt(function: Callable[[Any], Any], task: Any) -> tuple[Any, bool]:
    """The answer, and whether this process can be trusted with another task."""
    try:
        return function(task), True
    except Rejected as rejected:
        return rejected, True
    except MemoryError:
        return Rejected("run", "memory", "needed more memory than one file may take"), False
    except Exception as error:
        return Rejected("run", "internal_error", f"{type(error).__name__}: {error}"), True


def _limit_memory(megabytes: int) -> None:
    """Bound the address space above what the process holds at its start, where the system can."""
    try:
        import resource

        held = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        limit = held + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        return
