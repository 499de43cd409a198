"""One value as text, for terminals and notebooks alike."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

DIGITS = 3
EXACT = 10.0**15  # a float has no more digits than that: the rest would be made up


def cell(value: Any, digits: int = DIGITS) -> str:
    """A value as a person reads it: missing as nothing, lists with commas, numbers with so many decimals at most.

    A number that would become 0 keeps two digits: a p-value of 0 there is none. One with more than 15 digits is in powers of ten.
    """
    if isinstance(value, list | tuple | set | frozenset | np.ndarray):
        return ", ".join(cell(item, digits) for item in value)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if not isinstance(value, float | np.floating):
        return str(value)
    number = float(value) + 0.0  # no minus before a 0
    if abs(number) >= EXACT:
        return f"{number:.{digits}e}"
    shown = f"{number:.{digits}f}"
    if number and not float(shown):
        return f"{number:.2g}"
    return shown.rstrip("0").rstrip(".") if digits else shown


def visible(text: str) -> str:
    """The text with its control characters written out: a collected file must not steer a terminal."""
    return "".join(c if c.isprintable() or c in "\n\u3000\xa0" else repr(c)[1:-1] for c in text)
