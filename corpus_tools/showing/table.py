"""A frame as a table for notebooks: with a caption, columns that say what they mean, and numbers that can be read."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from corpus_tools.errors import AnalysisError
from corpus_tools.showing.cells import DIGITS, cell, visible
from corpus_tools.showing.columns import Meaning, meanings
from corpus_tools.showing.frames import index_speaks, is_number
from corpus_tools.showing.languages import Lang, check_lang
from corpus_tools.showing.markup import FAINT, RULE, block, safe
from corpus_tools.showing.text import text_blocks
from corpus_tools.showing.words import said

ROWS = 20
FOLDED, OPENED = 60, 2000  # characters of a long text that are seen, and that are there once it is unfolded
NARROW = 14  # characters: longer texts get room for as many in a line
WIDE = 160  # columns of the text form where no terminal says how many it has


@dataclass(frozen=True, repr=False)
class Table:
    """The first rows of a frame as they are shown; ``frame`` holds all of them, unchanged.

    ``known``: what its columns mean, where that is not to be told from the columns themselves.
    """

    frame: pd.DataFrame = field(compare=False)
    caption: str | None
    lang: Lang
    rows: int | None
    digits: int
    known: Mapping[str, Meaning | None] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE
        shown = self._shown()
        short = shown.map(lambda value: _shortened(value) if isinstance(value, str) else value)
        caption = f"{visible(self.caption)}\n" if self.caption else ""
        return f"{caption}{text_blocks(short, width=width, digits=self.digits)}{self._count(len(shown))}"

    def _repr_html_(self) -> str:
        shown = self._shown()
        names = list(shown.columns)
        known = meanings(names) if self.known is None else self.known
        numbers = [is_number(shown.iloc[:, place]) for place in range(len(names))]
        head = "".join(
            _head(name, known.get(name), self.lang, side="right" if number else "left")
            for name, number in zip(names, numbers, strict=True)
        )
        body = "".join(
            f"<tr>{''.join(self._cell(value, number) for value, number in zip(row, numbers, strict=True))}</tr>"
            for row in shown.itertuples(index=False, name=None)
        )
        caption = (
            f'<caption style="caption-side:top;text-align:left;font-weight:bold;padding:2px 0 4px">{safe(self.caption)}</caption>'
            if self.caption
            else ""
        )
        table = (
            f'<table style="border-collapse:collapse;table-layout:auto;margin:0;border:0">{caption}'
            f'<thead><tr style="border-bottom:{RULE}">{head}</tr></thead><tbody>{body}</tbody></table>'
        )
        return block(table, f'<div style="{FAINT};font-size:90%;padding:3px 0">{self._count(len(shown))}</div>')

    def _shown(self) -> pd.DataFrame:
        return _in_columns(self.frame.head(self.rows if self.rows is not None else len(self.frame)))

    def _cell(self, value: Any, number: bool) -> str:
        text = cell(value, self.digits)
        style = "text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums" if number else "text-align:left"
        room = f";min-width:{NARROW}em;overflow-wrap:anywhere" if len(text) > NARROW and not number else ""
        return f'<td style="{style};vertical-align:top;padding:2px 8px{room}">{self._said(text)}</td>'

    def _said(self, text: str) -> str:
        if len(text) <= FOLDED + 12:  # to fold a few letters hides more than it saves
            return safe(text)
        more = said("text", "more", self.lang, total=len(text)) if len(text) > OPENED else ""
        return (
            f"<details><summary>{safe(text[:FOLDED])}…</summary>"
            f'<div style="white-space:pre-line;max-width:60em">{safe(text[:OPENED])}{more}</div></details>'
        )

    def _count(self, shown: int) -> str:
        total = len(self.frame)
        key = "some" if shown < total else "none" if not total else "one" if total == 1 else "all"
        return said("rows", key, self.lang, shown=shown, total=total)


def table(
    frame: pd.DataFrame | pd.Series[Any],
    *,
    caption: str | None = None,
    lang: Lang = "zh",
    rows: int | None = ROWS,
    digits: int = DIGITS,
) -> Table:
    """Show a frame in a notebook as a table with a ``caption``, whose columns say what they mean.

    Columns have a short name in the language ``lang`` above their own, and their meaning and unit when one points at
    them (:func:`corpus_tools.columns`). ``rows``: how many are shown, the first ones (None: all); below stands of how many.
    ``digits``: decimals at most; a smaller number keeps two digits and is no 0. What is missing is an empty cell, a long
    text is folded, and nothing of it is taken for HTML. An index is shown where it has a name or holds no whole numbers. In a
    terminal the same as text. AnalysisError for another ``lang``, and ``rows`` or ``digits`` below 0.
    """
    check_lang(lang)
    if (rows is not None and rows < 0) or digits < 0:
        raise AnalysisError(f"rows is {rows} and digits is {digits}; neither can be below 0")
    if isinstance(frame, pd.Series):
        frame = frame.to_frame("" if frame.name is None else frame.name)
    return Table(frame, caption, lang, rows, digits)


def _in_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with names that are texts, its index among its columns where that says something."""
    index, frame = frame.index, frame.set_axis([_name(name) for name in frame.columns], axis=1)
    if not index_speaks(index):
        return frame
    levels = index.to_frame(index=False)
    levels.columns = pd.Index(["" if name is None else _name(name) for name in index.names])
    return pd.concat([levels.set_axis(index), frame], axis=1)


def _name(name: Any) -> str:
    return " / ".join(map(str, name)) if isinstance(name, tuple) else str(name)


def _head(name: str, meaning: Meaning | None, lang: Lang, *, side: str) -> str:
    start = f'<th scope="col" style="text-align:{side};vertical-align:bottom;padding:2px 8px;white-space:nowrap">'
    if meaning is None:
        return f"{start}{safe(name)}</th>"
    label, title = meaning.label.of(lang), f"{meaning.sentence.of(lang)} [{meaning.unit.of(lang)}]"
    own = f'<br><code style="font-weight:normal;{FAINT};background:none">{safe(name)}</code>' if label != name else ""
    abbr = f'<abbr title="{safe(title)}" style="text-decoration:underline dotted;cursor:help">{safe(label)}</abbr>'
    return f"{start}{abbr}{own}</th>"


def _shortened(text: str) -> str:
    shown = visible(text).replace("\n", "⏎")
    return shown if len(shown) <= FOLDED + 12 else f"{shown[:FOLDED]}…"
