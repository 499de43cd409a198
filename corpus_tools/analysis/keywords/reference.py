"""Frequency lists that a corpus is held against."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from corpus_tools.errors import DataError

# "word 1,234" is no line: is it 1,234 times, or once?
_ROW = re.compile(
    r"(?!.*\s\d{1,3}(?:,\d{3})+(?:\s|$))"
    r"(?:(?P<parted>\S[^\t,]*?)\s*[,\t]\s*|(?P<whole>[^\s,]+)\s+)(?P<count>\d+(?:\.0+)?)(?:[\s,].*)?"
)


def frequency_list(given: str | Path | pd.DataFrame) -> pd.Series:
    """Counts by term, terms that stand several times added up.

    ``given``: a frame or a CSV file with columns ``term`` and ``count``, as ``keywords.frequencies`` gives, or a file of lines
    ``word count`` (tab or comma between, or a blank where none is in the word; what follows, such as the tag in jieba's
    dictionaries, is ignored). DataError names the row or line that is wrong, and says that a list is empty.
    """
    if not isinstance(given, pd.DataFrame | str | Path):
        raise DataError(
            f"{type(given).__name__} is no frequency list: give a file, or a frame with columns term and count"
        )
    frame = given if isinstance(given, pd.DataFrame) else _read(Path(given))
    if missing := {"term", "count"} - set(frame.columns):
        raise DataError(f"a frequency list needs the columns term and count; it lacks {', '.join(sorted(missing))}")
    counted = pd.to_numeric(frame["count"], errors="coerce")
    if (wrong := counted.isna() | (counted < 0) | counted.isin([np.inf]) | frame["term"].isna()).any():
        row = frame[wrong].iloc[0]
        raise DataError(f"frequency list: {row['term']!r} has the count {row['count']}")
    totals = counted.groupby(frame["term"].astype(str)).sum()
    if not totals.sum():
        raise DataError("the frequency list counts nothing")
    return totals


def _read(path: Path) -> pd.DataFrame:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise DataError(f"{path} is not in UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from None
    if lines and {"term", "count"} <= {name.strip('" ') for name in re.split(r"[,\t]", lines[0])}:
        return _table(path, sep="\t" if "\t" in lines[0] else ",")
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if not (row := _ROW.fullmatch(line.strip())):
            raise DataError(f"{path}:{number}: {line[:40]!r} is no line of a word and its count")
        rows.append((row["parted"] or row["whole"], float(row["count"])))
    return pd.DataFrame(rows, columns=["term", "count"])


def _table(path: Path, *, sep: str) -> pd.DataFrame:
    try:
        # No column is an index: pandas would take the first for one where lines have more fields than the head.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pd.errors.ParserWarning)
            return pd.read_csv(path, sep=sep, dtype=str, keep_default_na=False, index_col=False, skipinitialspace=True)
    except pd.errors.ParserError as error:
        raise DataError(f"{path} is no table: {error}") from None
