"""What a file looks like from outside: enough to know whether it has changed since it was read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from corpus_tools.corpus import storage

# What stores call the state of a file, the surest first. A listing and a single answer agree on the first alone.
STATES = ("ETag", "etag", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified", "updated", "created")


class Look(NamedTuple):
    """What tells whether a file has changed without reading it; zeros where there is none.

    ``mtime_ns`` is the time of a local file, and of one in a store a number made from what it says of its state.
    """

    size: int
    mtime_ns: int


def look(path: Path) -> Look:
    """The size and time of a file, or zeros where it cannot be looked at."""
    try:
        if not storage.is_local(path):
            return look_told(storage.system(path).info(storage.name(path)))
        status = path.stat()
    except OSError:
        return Look(0, 0)
    except Exception:  # packages of stores have errors of their own
        if storage.is_local(path):
            raise
        return Look(0, 0)
    return Look(status.st_size, status.st_mtime_ns)


def look_told(told: Mapping[str, Any]) -> Look:
    """The same from what a store has told of a file."""
    state = next((told[key] for key in STATES if told.get(key)), "")
    state = state.timestamp() if isinstance(state, datetime) else state  # as some tell it in a listing
    return Look(told.get("size") or 0, int.from_bytes(blake2b(str(state).encode(), digest_size=8).digest()) >> 1)
