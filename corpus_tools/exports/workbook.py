"""Tables as an Excel workbook: never a formula, never a text cut short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus_tools.errors import AnalysisError, MissingPackageError
from corpus_tools.exports.cells import Table, flat

LONGEST = 32_767  # UTF-16 units that a cell can hold; openpyxl would cut the rest off without a word
ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet, its head included
DIGITS = 10**15  # Excel keeps 15 digits of a number: longer ones (word_id) are written as text
NARROWEST, WIDEST = 8, 60  # of a column, in characters

# What XML cannot hold, as Office Open XML writes it (ECMA-376, ST_Xstring); and what would be read as such.
_ILLEGAL = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
_SHEET = re.compile("(?!')[^\\[\\]:*?/\\\\\0-\x1f\ud800-\udfff\ufffe\uffff]{1,31}(?<!')")


def write_xlsx(path: Path, tables: Sequence[Table]) -> None:
    """Write each table into a sheet of its name, row by row.

    The head is frozen and can filter. Text is text, whatever it begins with. A column whose longest text has more than 32,767
    UTF-16 units goes on in name_2, name_3, …, cut between lines where it can be: joined they are the text. MissingPackageError
    without openpyxl; AnalysisError for more rows or columns than a sheet holds and for a name that no sheet can have.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingPackageError("an Excel file", "corpus-tools[excel]") from None
    _check_names([table.name for table in tables])
    book = Workbook(write_only=True)
    for table in tables:
        _write_sheet(book.create_sheet(table.name), table)
    book.save(path)


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        if not _SHEET.fullmatch(name) or name.lower() == "history":
            raise AnalysisError(f"{name!r} cannot be the name of a sheet: 1 to 31 characters, none of [ ] : * ? / \\")
    if not names or len({name.lower() for name in names}) < len(names):
        raise AnalysisError("a workbook needs a sheet, and no two of the same name")


def _write_sheet(sheet: Any, table: Table) -> None:
    pieces, widths, rows = _measured(table)
    if rows + 1 > ROWS:
        raise AnalysisError(f"{table.name} has {rows:,} rows, a sheet holds {ROWS - 1:,}: use csv or sqlite")
    names = _names(table.columns, pieces)
    if len(names) > COLUMNS:
        raise AnalysisError(f"{table.name} has {len(names):,} columns, a sheet holds {COLUMNS:,}: use csv")
    if not names:
        return
    sheet.freeze_panes = "A2"
    cells = _Cells(sheet)
    for name, width in zip(names, _spread(widths, pieces), strict=True):
        sheet.column_dimensions[cells.letters(names.index(name) + 1)].width = width
    sheet.append([cells.head(name) for name in names])
    for row in table.rows():
        sheet.append([cells.of(cell) for cell in _spread_row(row, pieces)])
    sheet.auto_filter.ref = f"A1:{cells.letters(len(names))}{rows + 1}"


def _measured(table: Table) -> tuple[list[int], list[int], int]:
    """For each column the cells that its longest text needs, and its width; and the number of rows."""
    pieces, widths, rows = [1] * len(table.columns), [len(name) + 2 for name in table.columns], 0
    for row in table.rows():
        rows += 1
        for at, value in enumerate(row):
            cell = flat(value)
            if isinstance(cell, str) and len(cell) * 7 > LONGEST:  # an escape is seven characters long
                pieces[at] = max(pieces[at], len(_pieces(cell)))
            # A Chinese character is as wide as two others; beyond the widest nothing counts.
            shown = str(cell)[:WIDEST]
            widths[at] = max(widths[at], sum(1 + (c > "\u2e7f") for c in shown) if cell is not None else 0)
    return pieces, [min(max(width, NARROWEST), WIDEST) for width in widths], rows


def _names(columns: Sequence[str], pieces: Sequence[int]) -> list[str]:
    names = [
        name if number == 1 else f"{name}_{number}"
        for name, count in zip(columns, pieces, strict=True)
        for number in range(1, count + 1)
    ]
    if len(set(names)) < len(names):
        raise AnalysisError("a text of this table is longer than a cell: rename the columns that end with _2, _3")
    return names


def _spread(values: Iterable[Any], pieces: Sequence[int]) -> Iterator[Any]:
    for value, count in zip(values, pieces, strict=True):
        yield from [value] * count


def _spread_row(row: Iterable[Any], pieces: Sequence[int]) -> Iterator[bool | int | float | str | None]:
    for value, count in zip(row, pieces, strict=True):
        cell = flat(value)
        found: list[Any] = _pieces(cell) if isinstance(cell, str) else [cell]
        yield from [*found, *[None] * (count - len(found))]


def _pieces(text: str) -> list[str]:
    """The text as cells hold it, in pieces that a cell can hold: cut behind a line break, if the second half has one."""
    pieces = []
    while _units(written := _escaped(text[:LONGEST])) > LONGEST or len(text) > LONGEST:
        cut = LONGEST
        while _units(_escaped(text[:cut])) > LONGEST:
            cut -= max((_units(_escaped(text[:cut])) - LONGEST) // 7, 1)
        cut = text.rfind("\n", cut // 2, cut) + 1 or cut
        pieces.append(_escaped(text[:cut]))
        text = text[cut:]
    return [*pieces, written]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _escaped(text: str) -> str:
    return _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


class _Cells:
    """Makes cells of one sheet."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self.sheet, self.make, self.bold, self.letters = sheet, WriteOnlyCell, Font(bold=True), get_column_letter

    def head(self, name: str) -> Any:
        """A name of a column."""
        cell = self.of(_escaped(name))
        cell.font = self.bold
        return cell

    def of(self, value: bool | int | float | str | None) -> Any:
        """A cell; text that openpyxl would take for a formula, an error or a date stays text, in Excel too once it is edited."""
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= DIGITS:
            value = str(value)
        cell = self.make(self.sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
            # All but Chinese may be taken for something else once it is edited: =1, 007, 2019-03, TRUE, 'a.
            if not "\u3400" <= value[:1] <= "\u9fff":
                cell.quotePrefix = True
        return cell
