"""Small multiples: one panel a term, all over the same years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import COLOURS, MARKS, ROWS, Style, axes_of, name_widths, percent_axis, type_of, year_axis
from corpus_tools.plot.charts import course, course_columns, cut_of, line_of, notes, unit_of
from corpus_tools.plot.frames import check_rows, name_of, numbers_of, words_of, years_of
from corpus_tools.plot.panels import grid
from corpus_tools.showing.languages import Lang

MOST_PANELS = 60  # ten rows of six fill a page
MOST_BEHIND = 12  # more grey lines than this are a grey area
BEHIND = "#D0D0D0"
FROM_ZERO = (
    "rate",
    "share",
    "mean",
    "per_10k",
    "share_documents",
    "share_paragraphs",
    "count",
)  # others, such as a mean length, lie far from 0


def small_multiples(
    frame: pd.DataFrame,
    *,
    ax: Axes | None = None,
    lang: Lang = "zh",
    value: str | None = None,
    columns: int = 3,
    share_y: bool = True,
) -> Axes:
    """Draw each term's course in a panel of its own, in the order of the frame.

    ``frame`` and ``value`` as in ``plot.trend``, of at most 60 terms; also ``style.measure(corpus)`` with ``value="value"``, a
    panel a measure. All panels have the same years, and with ``share_y`` the same heights; then the other terms, if there are
    12 at most, stand behind each in grey. The panels are ``ax.child_axes``. AnalysisError as in ``plot.trend``, and for
    fewer ``columns`` than 1.
    """
    words = words_of(lang)
    if columns < 1:
        raise AnalysisError(f"columns is {columns}; it must be 1 or more")
    name, value, smooth = course_columns(frame, value)
    years = years_of(frame)
    terms = [(name_of(term, name, lang), rows) for term, rows in frame.groupby(name, sort=False, observed=True)]
    check_rows(len(terms), most=MOST_PANELS, what="panels", column=name)
    columns = min(columns, len(terms))
    rows_of_panels = -(-len(terms) // columns)
    ax = axes_of(ax, height=1 + 1.3 * rows_of_panels, width=max(8, 1.6 * columns), most=ROWS)
    points = type_of(ax)
    panels = grid(ax, len(terms), columns=columns, gaps=((1 if share_y else 3.6) * points, 2.2 * points))
    tops: list[float | None] = []
    for number, (panel, (term, rows)) in enumerate(zip(panels, terms, strict=True)):
        if share_y and len(terms) <= MOST_BEHIND:
            others = [other for n, (_, other) in enumerate(terms) if n != number]
            _behind(panel, others, years, value=line_of(value, smooth=smooth))
        course(panel, rows, years, value=value, smooth=smooth, style=Style(COLOURS[0], MARKS[0], "-"), label=term)
        panel.set_title(term, loc="left", pad=0.3 * points, fontsize=points)
        tops.append(cut_of(frame if share_y else rows, value, smooth=smooth))
        _finish(
            panel,
            years,
            value,
            top=tops[-1],
            outer=(number + columns >= len(terms), number % columns == 0 or not share_y),
        )
    if share_y:
        lows, highs = zip(*(panel.get_ylim() for panel in panels), strict=True)
        for panel in panels:
            panel.set_ylim(min(lows), max(highs))
    said = notes(frame, value, words, smooth=smooth, cut=any(tops))
    name_widths(ax, "　".join([unit_of(frame, value, words), *said[1:]]))
    ax.xaxis.labelpad = 2 * points  # below the years of the panels
    fonts.dress(ax, fonts.families())
    return ax


def _behind(panel: Axes, others: Sequence[pd.DataFrame], years: npt.NDArray[np.int64], *, value: str) -> None:
    for rows in others:
        full = rows.assign(year=rows["year"].astype(int)).set_index("year").reindex(years)
        panel.plot(years, numbers_of(full, value), color=BEHIND, linewidth=0.8, zorder=1)


def _finish(
    panel: Axes, years: npt.NDArray[np.int64], value: str, *, top: float | None, outer: tuple[bool, bool]
) -> None:
    """Years under the lowest panel of each column, heights left of the first of each row."""
    year_axis(panel, years[0], years[-1], label="")
    panel.yaxis.set_major_locator(MaxNLocator(nbins=3))
    if value in FROM_ZERO or top is not None:
        panel.set_ylim(bottom=0, top=top)
    percent_axis(panel.yaxis, value)
    panel.tick_params(labelbottom=outer[0], labelleft=outer[1], length=2)
    panel.spines[["top", "right"]].set_visible(False)
    panel.grid(axis="y", alpha=0.25)
    panel.set_axisbelow(True)
