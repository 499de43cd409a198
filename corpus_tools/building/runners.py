"""Running a function over many tasks on this machine, so that a task can hang, crash or eat memory at its own cost only.

Tasks are done in chunks: a worker process does those of one chunk, one by one, and finishes them together; it says which
one it begins, so that each has its own time and it is known which one killed the process. That one is refused, and the
others are done again.

Workers are plain Python processes that speak over pipes. They are not forked (threads and locks of a notebook stay out)
and do not import the caller's ``__main__`` (a script needs no guard), which the pools of the standard library cannot
offer; joblib's can, but gives up the whole run when a worker dies and knows no limit per task.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from corpus_tools.building.worker import Line, perform
from corpus_tools.errors import Rejected

Task = TypeVar("Task")
Result = TypeVar("Result")
Answer = TypeVar("Answer")


class Workers(Protocol):
    """Who does the work: processes of this machine, this process alone, or a cluster."""

    @property
    def width(self) -> int:
        """Tasks that are done at the same time."""

    def run(
        self,
        function: Callable[[Any], Any],
        chunks: Iterable[Sequence[Any]],
        finish: Callable[[list[tuple[Any, Any]]], Answer],
    ) -> Iterator[Answer]:
        """Do the tasks of each chunk, and yield what ``finish`` makes of some of them and their results, as they come.

        Both functions must be importable by name. A task that fails has a Rejected for its result. Its stage is ``run``
        and its reason ``timeout`` (over its seconds), ``memory`` (over its megabytes, where the system can limit it),
        ``crashed`` (the process died) or ``internal_error`` (a bug of ours), where it is not one that ``function`` raised.
        ``finish`` gets the tasks of one chunk, all or, where they take long, those of some seconds; what it raises ends
        the run.
        """


class Machine:
    """Processes of this machine, which go on from one run to the next; ``close`` ends them."""

    def __init__(self, *, jobs: int, seconds: float, megabytes: int) -> None:
        self.width = jobs
        self._lines = [Line(seconds, megabytes) for _ in range(jobs)]

    def run(
        self,
        function: Callable[[Any], Any],
        chunks: Iterable[Sequence[Any]],
        finish: Callable[[list[tuple[Any, Any]]], Answer],
    ) -> Iterator[Answer]:
        """See :class:`Workers`. Chunks are made as they are needed, in threads of the lines."""
        answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
        waiting = _OneByOne(chunks)
        for line in self._lines:
            feed = (line, (function, finish), waiting, answers)
            threading.Thread(target=_feed, args=feed, daemon=True).start()
        at_work = len(self._lines)
        try:
            while at_work:
                answer, error = answers.get()
                if error is not None:
                    raise error
                if answer is None:
                    at_work -= 1
                else:
                    yield answer[0]
        finally:
            if at_work:
                self.close()

    def close(self) -> None:
        """End all processes."""
        for line in self._lines:
            line.stop()


def _feed(line: Line, work: Any, waiting: Iterator[Sequence[Any]], answers: queue.SimpleQueue[Any]) -> None:
    try:
        for chunk in waiting:
            for answer in line.ask(work, chunk):
                answers.put(((answer,), None))
    except BaseException as error:
        answers.put((None, error))
    answers.put((None, None))


class _OneByOne:
    """An iterator that several threads may ask."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._items = iter(items)
        self._lock = threading.Lock()

    def __iter__(self) -> _OneByOne:
        return self

    def __next__(self) -> Any:
        with self._lock:
            return next(self._items)


class Here:
    """This process alone, without limits: for places that no other process can see."""

    width = 1

    def run(
        self,
        function: Callable[[Any], Any],
        chunks: Iterable[Sequence[Any]],
        finish: Callable[[list[tuple[Any, Any]]], Answer],
    ) -> Iterator[Answer]:
        """See :class:`Workers`."""
        for chunk in chunks:
            for event in perform(function, finish, [(task, None) for task in chunk]):
                if isinstance(event, tuple):
                    yield event[1]

    def close(self) -> None:
        """Nothing was opened."""


def run(
    function: Callable[[Task], Result], tasks: Sequence[Task], *, jobs: int, seconds: float, megabytes: int
) -> Iterator[tuple[Task, Result | Rejected]]:
    """Yield (task, result) in the order they finish; see :class:`Workers` for a task that fails."""
    machine = Machine(jobs=min(jobs, len(tasks)), seconds=seconds, megabytes=megabytes)
    try:
        for pairs in machine.run(function, ([task] for task in tasks), list):
            yield from pairs
    finally:
        machine.close()
