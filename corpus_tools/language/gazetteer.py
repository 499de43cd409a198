"""The places of China and their names: provinces, prefectures and counties, of today and of the last decades."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from corpus_tools import data


class Place(NamedTuple):
    """One row of data/places.csv.

    ``code``: six figures of GB/T 2260. ``name``: 长治市. ``short``: the name without what kind of place it is (长治), None
    where that would be one character or no name of its own. ``level``: ``province``, ``prefecture`` or ``county``.
    ``province``, ``prefecture``: full names of the places that it belongs to, None where there is none.
    """

    code: str
    name: str
    short: str | None
    level: str
    province: str | None
    prefecture: str | None


@cache
def places() -> tuple[Place, ...]:
    """All places, by code; one that was renamed or raised stands there under each of its codes."""
    rows = csv.reader(data.text("places.csv").splitlines()[1:])
    return tuple(
        Place(code, name, short or None, level, up or None, mid or None) for code, name, short, level, up, mid in rows
    )
