"""One value at a time: from what frames hold to what a cell of a file can hold."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from corpus_tools.errors import AnalysisError

# A spreadsheet takes a cell for a formula that begins so: = + - @, a tab or a line break before them, and the full-width
# forms that East Asian keyboards write. Apostrophes before are looked through, so that one more can be told from the text's own.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


class Table(NamedTuple):
    """Rows under named columns; ``rows`` gives them anew each time, so that they may be gone through twice."""

    name: str
    columns: Sequence[str]
    rows: Callable[[], Iterable[Sequence[Any]]]


def plain(value: Any) -> Any:
    """None, bool, int, float, str, or a list or dict of these; what is missing is None, dates are text as in ISO 8601."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, np.ndarray | list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(map(plain, value), key=str)
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if value is None or pd.isna(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool | int | float):
        return value
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def flat(value: Any) -> bool | int | float | str | None:
    """A plain value as one cell: lists as ``a;b``, dicts as JSON, infinite numbers as the text Inf and -Inf."""
    if isinstance(value, list):
        return ";".join(str(flat(item)) for item in value if item is not None)
    if isinstance(value, dict):
        return json.dumps(finite(value), ensure_ascii=False)
    return finite(value)  # type: ignore[no-any-return]


def finite(value: Any) -> Any:
    """A plain value with the text Inf and -Inf for numbers that JSON and Excel have no sign for; R reads them as numbers."""
    if isinstance(value, float) and math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    if isinstance(value, list):
        return [finite(item) for item in value]
    return {name: finite(item) for name, item in value.items()} if isinstance(value, dict) else value


def safe(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula.

    Undone without loss: where apostrophes and such a beginning stand, the first apostrophe goes (docs/export.md).
    """
    return "'" + text if _FORMULA.match(text) else text


def csv_cell(value: Any) -> str:
    """A plain value as a cell of a csv file; only text is made safe, numbers stay numbers, unknown is empty.

    AnalysisError for a NUL or half a surrogate pair, which no csv file can hold.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and math.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    if isinstance(value, int | float):
        return repr(value)
    text = str(flat(value))
    if found := _UNWRITABLE.search(text):
        raise AnalysisError(f"U+{ord(found[0]):04X} at character {found.start()} cannot be written into a csv file")
    return safe(text)


def records(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table with the names of its columns."""
    for row in table.rows():
        yield dict(zip(table.columns, row, strict=True))
