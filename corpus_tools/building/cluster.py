"""The machines of a Dask cluster doing a build's work.

To a worker of the cluster goes a chunk of files by their paths; it has a process of its own do them, as on one machine, with
the same limits. What is made goes to storage, and only what is small comes back.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from corpus_tools.building.identity import identity, versions
from corpus_tools.building.runners import Here
from corpus_tools.building.worker import Line
from corpus_tools.config import Config
from corpus_tools.corpus import storage
from corpus_tools.corpus.clusters import RETRIES, answer_of, at_once, client_of, threads_of
from corpus_tools.errors import StoreError

if TYPE_CHECKING:
    from distributed import Client

Answer = TypeVar("Answer")


class Cluster:
    """The workers of a cluster; see :class:`~corpus_tools.building.runners.Workers`."""

    def __init__(self, cluster: str | Client, config: Config, places: Sequence[Path]) -> None:
        self.ask = _Ask(config, tuple(places), identity(config), _versions(), tuple(filter(_is_filled, places)))
        self.client: Any = client_of(cluster)
        self.is_ours = isinstance(cluster, str)

    @property
    def width(self) -> int:
        """Threads of the workers that are there now."""
        return threads_of(self.client)

    def run(
        self,
        function: Callable[[Any], Any],
        chunks: Iterable[Sequence[Any]],
        finish: Callable[[list[tuple[Any, Any]]], Answer],
    ) -> Iterator[Answer]:
        """See :class:`~corpus_tools.building.runners.Workers`. A chunk is one task of the cluster."""
        from distributed import as_completed

        waiting = iter(chunks)
        under_way: Any = as_completed(loop=self.client.loop)
        submit = self._submitter(function, finish)
        try:
            while True:
                while under_way.count() < at_once(self.client) and (chunk := next(waiting, None)) is not None:
                    under_way.add(submit(chunk))
                if not under_way.count():
                    return
                yield from answer_of(next(under_way))
        finally:
            self.client.cancel(list(under_way.futures))

    def _submitter(self, function: Any, finish: Any) -> Callable[[Sequence[Any]], Any]:
        return lambda chunk: self.client.submit(
            _perform, self.ask, function, finish, list(chunk), pure=False, retries=RETRIES
        )

    def close(self) -> None:
        """End the processes that were started for this build, and the connection if it was made here."""
        with contextlib.suppress(Exception):  # a machine that cannot be reached has ended them
            self.client.run(_release, self.ask.build, on_error="ignore")
        if self.is_ours:
            self.client.close()


@dataclass(frozen=True, slots=True)
class _Ask:
    """What a worker must know of a build besides its files, and what it must be like to take part."""

    config: Config
    places: tuple[Path, ...]
    identity: str
    versions: dict[str, str]
    filled: tuple[Path, ...]
    build: str = field(default_factory=lambda: uuid.uuid4().hex)


def _perform(ask: _Ask, function: Any, finish: Any, chunk: Sequence[Any]) -> list[Any]:
    """Do a chunk on a worker of the cluster."""
    if any(map(storage.in_one_process, ask.places)):
        return list(Here().run(function, [chunk], finish))
    return list(_line(ask).ask((function, finish), chunk))


_lines: dict[tuple[str, int], Line] = {}
_lock = threading.Lock()


def _line(ask: _Ask) -> Line:
    """The process of this thread for a build; there from its first chunk to its last, so that dictionaries load once."""
    key = (ask.build, threading.get_ident())
    with _lock:
        if key not in _lines:
            _check(ask)
            for other in [other for other in _lines if other[1] == key[1]]:  # of a build whose client is gone
                _lines.pop(other).stop()
            _lines[key] = Line(ask.config.seconds, ask.config.megabytes)
        return _lines[key]


def _release(build: str) -> None:
    with _lock:
        for key in [key for key in _lines if key[0] == build]:
            _lines.pop(key).stop()


def _check(ask: _Ask) -> None:
    """A machine with other versions would mix other results into the corpus; one that sees another disk would lose them."""
    host = socket.gethostname()
    for place in ask.places:
        # Where nothing is mounted there may be an empty folder.
        if storage.is_local(place) and not (_is_filled(place) if place in ask.filled else place.is_dir()):
            raise StoreError(f"{host} does not see {place}: all machines must share it, under the same path")
    own = _versions()
    if identity(ask.config) == ask.identity and own == ask.versions:
        return
    other = [
        f"{name} {own.get(name)} (here {version})" for name, version in ask.versions.items() if own.get(name) != version
    ]
    raise StoreError(f"{host} would build another corpus: {', '.join(other) or 'its code, lists or dictionary differ'}")


def _is_filled(place: Path) -> bool:
    return storage.is_local(place) and place.is_dir() and any(place.iterdir())


def _versions() -> dict[str, str]:
    """What a part's bytes follow from: of Arrow too, which names itself in each file."""
    return {**versions(), "pyarrow": version("pyarrow")}
