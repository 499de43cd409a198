"""What ``where`` and ``without`` ask of the columns of documents."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import chain
from typing import Any

import pandas as pd

from corpus_tools.data import toml
from corpus_tools.errors import AnalysisError


def matches(column: pd.Series[Any], wanted: Any) -> pd.Series[bool]:
    """Which documents have a wanted value: one, a list, set or range of them, None for what is unknown.

    AnalysisError for what the column cannot hold: it would be met by none, and nobody would see it.
    """
    if wanted is None:
        return column.isna()
    values = list(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else [wanted]
    if wrong := [value for value in values if isinstance(value, slice | list | set | dict)]:
        raise AnalysisError(f"{column.name}={wrong[0]!r}: name a value, or a list, set or range of values")
    if column.name == "flags":
        _check_flags(values, column)
        return column.map(lambda flags: not set(values).isdisjoint(flags)).astype(bool)
    if pd.api.types.is_numeric_dtype(column) and any(isinstance(value, str) for value in values):
        raise AnalysisError(f"{column.name} holds numbers, not {wanted!r}")
    if pd.api.types.is_string_dtype(column) and any(isinstance(value, int | float) for value in values):
        raise AnalysisError(f"{column.name} holds texts, not {wanted!r}")
    return column.isin(values) | (column.isna() if None in values else False)


def _check_flags(values: list[Any], column: pd.Series[Any]) -> None:
    known = {*toml("flags.toml"), *chain.from_iterable(column)}
    for value in values:
        if value not in known:
            near = get_close_matches(str(value), known, n=1)
            raise AnalysisError(f"there is no flag {value!r}{f'; did you mean {near[0]!r}?' if near else ''}")
