"""The files under a raw folder: which are read, under which names, and what they look like."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus_tools.corpus import storage
from corpus_tools.corpus.looks import Look, look, look_told
from corpus_tools.errors import ConfigError, StoreError

# Not reports: what systems and repositories leave in a folder.
IGNORED = (".*", "README.md", "README.txt", "Thumbs.db", "desktop.ini", "~$*")
# Letters that a name with bytes outside Unicode would be written with.
_LIKE_BYTES = re.compile(r"\\(?=x(?:5c|[89a-f][0-9a-f]))")


class Files:
    """The files of a raw folder by their names, with their looks; a path is made when it is asked for."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self.looks: dict[str, Look] = {}
        self._paths: dict[str, Path] = {}  # of files whose names are no text
        for name, path, told in _found(raw):
            source = readable(name)
            self.looks[source] = look(path) if told is None else look_told(told)
            if source != name:
                self._paths[source] = path

    def path(self, source: str) -> Path:
        """Where a file lies."""
        return self._paths.get(source) or self.raw / source


def sources(raw: Path) -> Iterator[tuple[str, Path]]:
    """All files under ``raw`` that may be reports, named by their path below it, in order.

    Links to folders are followed once each. Raises StoreError for a folder that cannot be opened: its files would seem
    to be gone.
    """
    return ((readable(name), path) for name, path, _ in _found(raw))


def _found(raw: Path) -> Iterator[tuple[str, Path, Mapping[str, Any] | None]]:
    """Each file's name below ``raw``, its path, and what a store has told of it with its listing."""
    return ((name, path, None) for name, path in _walked(raw)) if storage.is_local(raw) else _listed(raw)


def _walked(raw: Path) -> Iterator[tuple[str, Path]]:
    visited: set[str] = set()
    for folder, names, found in os.walk(raw, followlinks=True, onerror=_closed):
        real = str(Path(folder).resolve())
        if real in visited:
            names.clear()
            continue
        visited.add(real)
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in sorted(found):
            if not _is_ignored(name):
                path = Path(folder, name)
                yield path.relative_to(raw).as_posix(), path


def _listed(raw: Path) -> Iterator[tuple[str, Path, Mapping[str, Any]]]:
    try:
        found = storage.system(raw).find(storage.name(raw), detail=True)
    except Exception as error:  # packages of stores have errors of their own
        raise StoreError(f"{raw} cannot be listed: {error}") from error
    above = len(storage.name(raw).rstrip("/")) + 1
    for key, told in sorted(found.items()):
        *folders, last = key[above:].split("/")
        if not _is_ignored(last) and not any(folder.startswith(".") for folder in folders):
            yield key[above:], raw / key[above:], told


def _is_ignored(name: str) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in IGNORED)


def readable(name: str) -> str:
    """A file's name as Unicode: bytes that are none are written with backslashes, and never like another file's letters."""
    return _LIKE_BYTES.sub(r"\\x5c", name).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def expanded(files: Iterable[str | Path]) -> list[Path]:
    """Files, and all files of folders, each once; raises ConfigError for one that is not there."""
    paths: list[Path] = []
    for path in map(Path, files):
        if path.is_dir():
            paths += [found for _, found in sources(path)]
        elif path.exists():
            paths.append(path)
        else:
            raise ConfigError(f"{path}: no such file")
    return list(dict.fromkeys(paths))


def _closed(error: OSError) -> None:
    raise StoreError(f"{error.filename} cannot be opened: {error.strerror}")
