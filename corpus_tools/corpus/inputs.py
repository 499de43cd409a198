"""The files under a raw folder: which are read, under which names, and what they look like."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from corpus_tools.errors import ConfigError, StoreError

# Not reports: what systems and repositories leave in a folder.
IGNORED = (".*", "README.md", "README.txt", "Thumbs.db", "desktop.ini", "~$*")


class Look(NamedTuple):
    """What tells whether a file has changed without reading it; zeros where there is none."""

    size: int
    mtime_ns: int


def look(path: Path) -> Look:
    """The size and time of a file, or zeros where it cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return Look(0, 0)
    return Look(status.st_size, status.st_mtime_ns)


def sources(raw: Path) -> Iterator[tuple[str, Path]]:
    """All files under ``raw`` that may be reports, named by their path below it, in order.

    Links to folders are followed once each. Raises StoreError for a folder that cannot be opened: its files would seem
    to be gone.
    """
    visited: set[str] = set()
    for folder, names, found in os.walk(raw, followlinks=True, onerror=_closed):
        real = str(Path(folder).resolve())
        if real in visited:
            names.clear()
            continue
        visited.add(real)
        names[:] = sorted(n for n in names if not n.startswith("."))
        for name in sorted(found):
            if not any(fnmatch.fnmatch(name, pattern) for pattern in IGNORED):
                path = Path(folder, name)
                yield readable(path.relative_to(raw).as_posix()), path


def readable(name: str) -> str:
    """A file's name as Unicode: bytes that are none are written with backslashes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


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
