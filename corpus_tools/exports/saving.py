"""Any frame as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from corpus_tools import progress
from corpus_tools.corpus.store import atomic
from corpus_tools.errors import AnalysisError
from corpus_tools.exports.cells import Table, plain, records
from corpus_tools.exports.targets import target
from corpus_tools.exports.text_files import write_csv, write_json, write_jsonl
from corpus_tools.exports.workbook import write_xlsx
from corpus_tools.showing.frames import index_speaks

SUFFIXES = (".csv", ".xlsx", ".json", ".jsonl")


def save(
    frame: pd.DataFrame | Sequence[pd.DataFrame] | Mapping[str, pd.DataFrame], path: str | Path, *, sheet: str = "data"
) -> Path:
    """Write a frame into a file of the kind that its name ends with: .csv, .xlsx, .json (an array) or .jsonl (a row a line).

    Columns as in the frame, with the index before them where it has a name or holds no whole numbers. Unknown is an empty
    cell, or null. csv: UTF-8 with a byte order mark; text that a spreadsheet would take for a formula gets an apostrophe in
    front (docs/export.md says how to undo it), numbers never. xlsx: text stays text, in a sheet named ``sheet``; a dict of
    frames by name, or several frames (sheets 1, 2, …), become sheets of one file; needs ``corpus-tools[excel]``, else
    MissingPackageError. Lists are ``a;b`` in csv and xlsx. A file that is there is replaced, whole or not at all. Returns the
    path. AnalysisError for another ending, several frames in a file that is not xlsx, columns of the same name or in several
    levels, and what a format cannot hold; StoreError for what cannot be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise AnalysisError(f"{path.name} must end in {', '.join(SUFFIXES)}")
    tables = [_table(name, one) for name, one in _named(frame, sheet).items()]
    if len(tables) != 1 and suffix != ".xlsx":
        raise AnalysisError(f"{path.name} holds one table, not {len(tables)}: only an .xlsx file has several sheets")
    with progress.bar("save"), target(path) as place, atomic(place) as temporary:
        if suffix == ".xlsx":
            write_xlsx(temporary, tables)
        elif suffix == ".jsonl":
            write_jsonl(temporary, records(tables[0]))
        else:
            (write_csv if suffix == ".csv" else write_json)(temporary, tables[0])
    return path


def _named(frame: Any, sheet: str) -> dict[str, pd.DataFrame]:
    if isinstance(frame, pd.DataFrame):
        return {sheet: frame}
    if isinstance(frame, Mapping):
        return {str(name): one for name, one in frame.items()}
    return {str(number): one for number, one in enumerate(frame, 1)}


def _table(name: str, frame: Any) -> Table:
    if not isinstance(frame, pd.DataFrame):
        raise AnalysisError(f"a frame is needed, not {type(frame).__name__}")
    if frame.columns.nlevels > 1:
        raise AnalysisError("the columns of this frame have several levels: give each one name")
    if index_speaks(frame.index):
        frame = frame.reset_index(allow_duplicates=True)  # which are refused below
    columns = [str(column) for column in frame.columns]
    if doubled := {column for column in columns if columns.count(column) > 1}:
        raise AnalysisError(f"two columns of this frame are named {min(doubled)!r}: give each a name of its own")
    return Table(name, columns, lambda: _rows(frame))


def _rows(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """The rows as plain values, a thousand at a time, so that a large frame is not there twice."""
    for start in range(0, len(frame), 1000):
        some = frame.iloc[start : start + 1000]
        columns = [some.iloc[:, at].tolist() for at in range(len(frame.columns))]
        yield from ([plain(value) for value in row] for row in zip(*columns, strict=True))
