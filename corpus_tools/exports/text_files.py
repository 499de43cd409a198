"""Tables as text: csv for R and spreadsheets, JSON for everything else."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus_tools.errors import AnalysisError
from corpus_tools.exports.cells import Table, csv_cell, finite, records

# Halves of surrogate pairs, which UTF-8 cannot hold, and what some programs take for the end of a line: written as \uXXXX,
# which every reader of JSON undoes.
_ESCAPED = re.compile("[\ud800-\udfff\x7f-\x9f\u2028\u2029]")


def write_csv(path: Path, table: Table) -> None:
    """Write a csv file: UTF-8 with a byte order mark (Excel needs it), commas, quotes as in RFC 4180."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_csv_row(table, 0, table.columns))
        for number, row in enumerate(table.rows(), 1):
            writer.writerow(_csv_row(table, number, row))


def _csv_row(table: Table, number: int, row: Iterable[Any]) -> list[str]:
    cells = []
    for column, value in zip(table.columns, row, strict=True):
        try:
            cells.append(csv_cell(value))
        except AnalysisError as error:
            raise AnalysisError(f"row {number:,} of {table.name}, column {column}: {error}; use jsonl") from None
    return cells


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{dumped(row)}\n" for row in rows)


def write_json(path: Path, table: Table) -> None:
    """Write a JSON array, one object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        before = "[\n"
        for row in records(table):
            file.write(before + dumped(row))
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def dumped(row: Mapping[str, Any]) -> str:
    """One object of plain values as a line of JSON, numbers to their last digit."""
    line = json.dumps(finite(dict(row)), ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
