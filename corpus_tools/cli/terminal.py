"""For a terminal: tables that line up Chinese, and a raw text with its edits marked."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any

import pandas as pd

from corpus_tools.showing.cells import visible
from corpus_tools.showing.text import text_table

RED, GREEN, DIM, PLAIN = "\x1b[31;9m", "\x1b[32m", "\x1b[2m", "\x1b[0m"
LONGEST = 400
WIDE = 200  # columns where no terminal says how many it has
_HEAD, _NODE = 40, 40  # columns of a concordance that number, year and title, and the node, may take


def table(frame: pd.DataFrame) -> str:
    """A frame as an aligned text table; numbers with three decimals at most, those below that with two digits."""
    return text_table(frame, width=None if sys.stdout.isatty() else WIDE)


def concordance(frame: pd.DataFrame) -> str:
    """A concordance (hit, year, title, left, node, right) as lines with the node in one column, cut to the terminal's width."""
    from rich.cells import cell_len, set_cell_size

    heads = [
        f"{hit:>6} {_text(year):>4}  {_text(title)}"
        for hit, year, title in zip(frame["hit"], frame["year"], frame["title"], strict=True)
    ]
    nodes = [_text(node) for node in frame["node"]]
    head = min(_HEAD, max(map(cell_len, heads), default=0))
    node = min(_NODE, max(map(cell_len, nodes), default=0))
    beside = max(10, (_columns() - head - node - 6) // 2)
    lines = [
        "  ".join(
            (
                set_cell_size(start, head),
                set_cell_size(_text(left)[::-1], beside)[::-1],
                set_cell_size(middle, node),
                set_cell_size(_text(right), beside).rstrip(),
            )
        )
        for start, left, middle, right in zip(heads, frame["left"], nodes, frame["right"], strict=True)
    ]
    return "".join(f"{line}\n" for line in lines)


def _columns() -> int:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE


def _text(value: Any) -> str:
    """A cell of one line."""
    return "" if pd.isna(value) else visible(str(value)).replace("\n", "⏎")


def marked(raw: str, edits: pd.DataFrame) -> str:
    """The raw lines that ``edits`` change, removed characters struck through in red and insertions in green.

    Without a colour terminal removals stand in ``[-…-]`` and insertions in ``{+…+}``. A summary by kind and rule ends it.
    """
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    lines = []
    rows: list[Any] = list(edits.itertuples(index=False))
    i = 0
    while i < len(rows):
        start = raw.rfind("\n", 0, rows[i].start) + 1
        end, first = start, i
        while i < len(rows) and rows[i].start <= (end := _line_end(raw, max(end, start))):
            end = _line_end(raw, rows[i].end)
            i += 1
        rules = ", ".join(dict.fromkeys(f"{r.kind}/{r.rule}" for r in rows[first:i]))
        head = f"line {rows[first].line} · {rules}"
        lines.append(f"{DIM}{head}{PLAIN}" if colour else head)
        lines.append(_line(raw[start:end], rows[first:i], start=start, colour=colour) + "\n")
    summary = (
        edits.assign(chars=edits["removed"].str.len())
        .groupby(["kind", "rule"], as_index=False)
        .agg(edits=("start", "size"), characters=("chars", "sum"))
    )
    return "\n".join(lines) + "\n" + (table(summary) if len(summary) else "nothing to change\n")


def _line_end(raw: str, at: int) -> int:
    end = raw.find("\n", at)
    return len(raw) if end < 0 else end


def _line(text: str, edits: list[Any], *, start: int, colour: bool) -> str:
    """Raw ``text``, which begins at ``start``, with its edits marked."""
    parts, at = [], 0
    for edit in edits:
        parts.append(_short(text[at : edit.start - start]))
        removed, inserted = visible(edit.removed), visible(edit.inserted)
        if removed:
            parts.append(f"{RED}{removed}{PLAIN}" if colour else f"[-{removed}-]")
        if inserted:
            parts.append(f"{GREEN}{inserted}{PLAIN}" if colour else f"{{+{inserted}+}}")
        at = edit.end - start
    return "".join([*parts, _short(text[at:])])


def _short(text: str) -> str:
    """Unchanged text, its middle left out where it is long."""
    return visible(text if len(text) <= LONGEST // 4 else f"{text[:40]} … {text[-40:]}")
