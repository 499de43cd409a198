"""Frequency lists that a corpus is held against."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from corpus_tools.errors import DataError

_ROW = re.compile(r"(?P<term>\S[^\t,]*?)(?:\s*[,\t]\s*|\s+)(?P<count>\d+(?:\.0+)?)(?:[\s,].*)?")


def frequency_list(given: str | Path | pd.DataFrame) -> pd.Series:
    """Counts by term, terms that stand several times added up.

    ``given``: a frame or a CSV file with columns ``term`` and ``count``, as ``keywords.frequencies`` gives, or a file of lines
    ``word count`` (blank, tab or comma between; what follows, such as the tag in jieba's dictionaries, is ignored). DataError
    names the row or line that is wrong, and says that a list is empty.
    """
    frame = given if isinstance(given, pd.DataFrame) else _read(Path(given))
    if missing := {"term", "count"} - set(frame.columns):
        raise DataError(f"a frequency list needs the columns term and count; it lacks {', '.join(sorted(missing))}")
    counted = pd.to_numeric(frame["count"], errors="coerce")
    if (wrong := counted.isna() | (counted < 0) | frame["term"].isna()).any():
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
    if lines and {"term", "count"} <= set(re.split(r"[,\t]", lines[0])):
        return pd.read_csv(path, sep="\t" if "\t" in lines[0] else ",", dtype={"term": str}, keep_default_na=False)
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if not (row := _ROW.fullmatch(line.strip())):
            raise DataError(f"{path}:{number}: {line[:40]!r} is no line of a word and its count")
        rows.append((row["term"], float(row["count"])))
    return pd.DataFrame(rows, columns=["term", "count"])
