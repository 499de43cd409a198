"""What a view says of itself: the calls that led to it, written out so that they can be made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

LONGEST = 100  # characters of a call where it is shown in short


def fixed(conditions: Mapping[str, Any]) -> dict[str, Any]:
    """Conditions that can be read more than once."""
    return {column: list(wanted) if isinstance(wanted, Iterator) else wanted for column, wanted in conditions.items()}


def call(verb: str, conditions: Mapping[str, Any]) -> str:
    """A view as it was asked for, every value in it, those of a set in order; empty without conditions."""
    said = ", ".join(f"{column}={_written(wanted)}" for column, wanted in conditions.items())
    return f"{verb}({said})" if said else ""


def shortened(view: Iterable[str]) -> str:
    """The calls of a view one after the other, long ones cut."""
    return ".".join(one if len(one) <= LONGEST else f"{one[: LONGEST - 2]}…)" for one in view)


def _written(wanted: Any) -> str:
    if isinstance(wanted, np.generic):
        return repr(wanted.item())
    if isinstance(wanted, str | range) or not isinstance(wanted, Iterable):
        return repr(wanted)
    values = [_written(value) for value in wanted]
    if isinstance(wanted, set | frozenset) and values:
        return f"{{{', '.join(sorted(values))}}}"
    return f"[{', '.join(values)}]"
