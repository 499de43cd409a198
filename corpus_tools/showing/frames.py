"""What of a frame is shown, and how: whether its index says something, and which columns are numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd


def index_speaks(index: pd.Index[Any]) -> bool:
    """Whether an index has a name or holds no whole numbers: numbers of rows say nothing."""
    return index.nlevels > 1 or index.name is not None or not pd.api.types.is_integer_dtype(index.dtype)


def is_number(column: pd.Series[Any]) -> bool:
    """Whether a column holds numbers, true and false not among them."""
    return pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
