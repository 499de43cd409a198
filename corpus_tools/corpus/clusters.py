"""A Dask cluster: how it is found, and how many tasks it is given at a time."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from corpus_tools.errors import MissingPackageError, StoreError

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_ADDRESS = re.compile(r"inproc://.+|[a-z]+://.+:[0-9]+")

# Tasks that wait at a thread while it works: enough that it never waits for the next.
AHEAD = 2
# Times that a chunk is tried again where storage fails it. A machine that is lost counts apart (Dask's allowed-failures).
RETRIES = 2


def client_of(cluster: str | Client) -> Client:
    """The client of a cluster, which is given itself or by its scheduler's address (``tcp://host:8786``).

    MissingPackageError names the extra that is needed, StoreError the address where nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingPackageError("a Dask cluster", "corpus-tools[cluster]") from None
    if not isinstance(cluster, str):
        return cluster
    if not _ADDRESS.fullmatch(cluster):  # Dask would wait for it without an end
        raise StoreError(f"{cluster!r} is no address of a Dask scheduler, such as tcp://host:8786")
    try:
        return Client(cluster, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"no Dask scheduler answers at {cluster}: {error}") from None


def in_order(client: Any, function: Callable[..., Answer], items: Iterable[Item], *others: Any) -> Iterator[Answer]:
    """What ``function`` makes of each item, in their order, with no more tasks at a time than keep all workers busy.

    ``others`` are its further arguments; of a future the workers have what it stands for.
    """
    waiting: deque[Any] = deque()
    try:
        for item in items:
            waiting.append(client.submit(function, item, *others, pure=False, retries=RETRIES))
            while len(waiting) > at_once(client):
                yield answer_of(waiting.popleft())
        while waiting:
            yield answer_of(waiting.popleft())
    finally:
        client.cancel(list(waiting))


def at_once(client: Any) -> int:
    """How many tasks a cluster is given at a time."""
    return (1 + AHEAD) * threads_of(client)


def threads_of(client: Any) -> int:
    """Threads of the workers that are there now."""
    threads: int = sum(client.nthreads().values())
    return max(1, threads)


def answer_of(future: Any) -> Any:
    """What a task has found; StoreError where it ended one worker after another."""
    from distributed import KilledWorker

    try:
        return future.result()
    except KilledWorker as error:
        raise StoreError(
            f"a task ended one worker after another, the last of them {error.last_worker}: {error}"
        ) from None
