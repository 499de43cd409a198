"""A frame as a text table that lines up Chinese."""

from __future__ import annotations

from io import StringIO

import pandas as pd

from corpus_tools.showing.cells import DIGITS, cell, visible
from corpus_tools.showing.frames import is_number

BETWEEN = 3  # columns that the table takes beside those of a cell


def text_table(frame: pd.DataFrame, *, width: int | None, digits: int = DIGITS) -> str:
    """A frame as an aligned table of so many columns (None: of the terminal), without its index.

    Where there is no room names and texts are folded, numbers never: half a number reads as another one. Control characters are
    written out.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    view = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    names, cells = _written(frame, digits)
    for place, column in enumerate(cells):
        number = is_number(frame.iloc[:, place])
        view.add_column(
            names[place], justify="right" if number else "left", overflow="fold",
            min_width=max(map(len, column), default=1) if number else None,
        )  # fmt: skip
    for row in zip(*cells, strict=True):
        view.add_row(*row)
    out = StringIO()
    # A notebook's kernel asks for colours, in what is stored of it too.
    console = Console(
        file=out, width=width, force_jupyter=False, force_terminal=False, markup=False, highlight=False, emoji=False
    )
    console.print(view, crop=False)
    return out.getvalue()


def text_blocks(frame: pd.DataFrame, *, width: int, digits: int = DIGITS) -> str:
    """The same of a frame that is wider than the room: as many columns as there is room for, then the next ones below."""
    from rich.cells import cell_len

    blocks, start, used = [], 0, 0
    for place, (name, column) in enumerate(zip(*_written(frame, digits), strict=True)):
        needed = max(map(cell_len, [name, *column])) + BETWEEN
        if used + needed > width and place > start:
            blocks.append((start, place))
            start, used = place, 0
        used += needed
    blocks.append((start, frame.shape[1]))
    return "".join(text_table(frame.iloc[:, a:b], width=width, digits=digits) for a, b in blocks)


def _written(frame: pd.DataFrame, digits: int) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, and their cells."""
    columns = (frame.iloc[:, place] for place in range(frame.shape[1]))
    return [visible(str(name)) for name in frame.columns], [[visible(cell(v, digits)) for v in one] for one in columns]
