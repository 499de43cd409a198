"""Where in its documents a term stands."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import PercentFormatter

from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import (
    COLOURS,
    MOST_ROWS,
    ROWS,
    axes_of,
    legend,
    name_rows,
    name_widths,
    type_of,
    width_of,
)
from corpus_tools.plot.frames import check_columns, check_rows, numbers_of, words_of
from corpus_tools.showing.languages import Lang

MOST_DOCUMENTS = 2 * MOST_ROWS  # rows of one letter and a tick may lie closer than those with marks
MOST_TERMS = 4  # as many ticks as lie one below the other in a row
LONGEST = 22  # characters of a title
PART = 0.4  # of the width, which titles may take


def dispersion(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh") -> Axes:
    """Draw a row for each document and a tick for each hit, from the document's beginning to its end.

    ``frame``: ``kwic(corpus, query)`` (doc_id, year, title, position from 0 to 1), one row a hit, of at most 120 documents;
    with several terms in ``term`` or ``query``, 4 at most, each has a colour and a height in the row. Documents go by year,
    those of unknown year last; documents without a hit have no row. AnalysisError for missing columns, positions outside 0 to 1,
    too many documents or terms, or an unknown ``lang``.
    """
    words = words_of(lang, "dispersion")
    check_columns(frame, "doc_id", "year", "title", "position")
    positions = numbers_of(frame, "position")
    if not ((positions >= 0) & (positions <= 1)).all():
        raise AnalysisError("positions must be numbers from 0 to 1")
    name = next((column for column in ("term", "query") if column in frame), None)
    terms = list(frame[name].unique()) if name else []
    check_rows(len(terms), most=MOST_TERMS, what="terms in a row", column=name or "term")
    documents = frame.drop_duplicates("doc_id").assign(year=lambda rows: numbers_of(rows, "year"))
    documents = documents.sort_values(["year", "title", "doc_id"], na_position="last")
    check_rows(len(documents), most=MOST_DOCUMENTS, what="documents", column="doc_id")
    row_of = {doc_id: row for row, doc_id in enumerate(documents["doc_id"])}
    ax = axes_of(ax, height=1.2 + (0.26 if len(documents) <= MOST_ROWS else 0.18) * max(len(documents), 3), most=ROWS)
    for number, term in enumerate(terms or [None]):
        chosen = frame[name] == term if name else np.ones(len(frame), dtype=bool)
        rows = np.asarray([row_of[doc_id] for doc_id in frame.loc[chosen, "doc_id"]], dtype=float)
        _ticks(ax, positions[np.asarray(chosen)], rows, number=number, of=max(len(terms), 1))
    longest = min(LONGEST, int(PART * width_of(ax) / type_of(ax)))
    name_rows(ax, [_label(row, words, longest=longest) for row in documents.itertuples(index=False)])
    ax.hlines(range(len(documents)), 0, 1, color="#DADADA", linewidth=0.6, zorder=0)
    ax.set_xlim(-0.005, 1.005)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    name_widths(ax, words["position"])
    if terms:
        keys = [Line2D([], [], color=COLOURS[n], linewidth=3, label=str(t)) for n, t in enumerate(terms)]
        legend(ax, keys, columns=len(keys))
    fonts.dress(ax, fonts.families())
    return ax


def _ticks(ax: Axes, positions: np.ndarray, rows: np.ndarray, *, number: int, of: int) -> None:
    top = rows - 0.38 + 0.76 * number / of
    ax.vlines(positions, top, top + 0.76 / of, color=COLOURS[number], linewidth=1.1)


def _label(row: object, words: dict[str, str], *, longest: int) -> str:
    year, title = getattr(row, "year", np.nan), getattr(row, "title", None)
    named = str(getattr(row, "doc_id", "")) if pd.isna(title) or not title else str(title)
    if not pd.isna(year):
        named = named.removeprefix(f"{year:.0f}年") or named
    short = named if len(named) <= longest else named[: longest - 1] + "…"
    return f"{short}　{words['unknown'] if pd.isna(year) else f'{year:.0f}'}"
