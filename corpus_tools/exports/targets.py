"""Where an export is written."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from lxml.etree import LxmlError

from corpus_tools.errors import CorpusToolsError, StoreError


@contextlib.contextmanager
def target(path: str | Path) -> Iterator[Path]:
    """What is to be replaced, behind all links, in a folder that is there.

    StoreError for what holds no data of its own, and where the block finds that it cannot be written: a full disk is told of by
    whichever library wrote.
    """
    given = Path(path)
    # Moving a file into the place of a device or a pipe (/dev/stdout) would take it away from every other program.
    if given.exists() and not given.is_file() and not given.is_dir():
        raise StoreError(f"{path} is no file that could be replaced")
    found = given.resolve()
    try:
        found.parent.mkdir(parents=True, exist_ok=True)
        yield found
    except CorpusToolsError:
        raise
    except (OSError, sqlite3.OperationalError, LxmlError) as error:
        raise StoreError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}") from error
