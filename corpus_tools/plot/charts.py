"""Charts of the frames that analyses return."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import (
    COLOURS,
    STROKES,
    axes_of,
    check_columns,
    direct_labels,
    first_of,
    percent_axis,
    words_of,
    year_axis,
    years_of,
)
from corpus_tools.plot.canvas import LABEL_HEIGHT as LABEL_HEIGHT
from corpus_tools.plot.canvas import Lang as Lang

# Where the interval of a value stands; no other value has one.
LIMITS = {
    "rate": ["low", "high"],
    "share": ["low", "high"],
    "per_10k": ["per_10k_low", "per_10k_high"],
    "share_documents": ["share_low", "share_high"],
}


def trend(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh", value: str | None = None) -> Axes:
    """Draw rates or shares over the years, one line a term.

    ``frame``: ``trends.rate(corpus, …)`` (year, term, rate, low, high), ``slogans.count(corpus, by="year")`` or
    ``slogans.course(corpus)``, of a few slogans (per_10k or share_documents, with their bounds), or ``topics.by("year")``
    (year, label, share). ``value`` is a column; by default ``rate``, ``share`` or ``per_10k``, whichever is there.
    Years without documents have no row, and the line breaks there; intervals are shaded where there are any, and are a
    thin upright line at a year that stands alone. AnalysisError for missing columns, years that are no whole numbers, a term
    that stands twice in a year, or an unknown ``lang``.
    """
    words = words_of(lang)
    name = first_of(frame, ("term", "label", "slogan"), "term")
    value = value or first_of(frame, ("rate", "share", "per_10k"), "rate")
    check_columns(frame, value)
    limits = _limits(frame, value)
    years = years_of(frame)
    if frame.duplicated([name, "year"]).any():
        raise AnalysisError(f"a {name} stands several times in a year: choose one group, then draw it")
    ax = axes_of(ax)
    lines = []
    for number, (label, rows) in enumerate(frame.groupby(name, sort=False, observed=True)):
        colour, stroke = COLOURS[number % len(COLOURS)], STROKES[number // len(COLOURS) % len(STROKES)]
        full = rows.assign(year=rows["year"].astype(int)).set_index("year").reindex(years)
        heights = full[value].to_numpy(dtype=float)
        ax.plot(years, heights, stroke, color=colour, marker="o", markersize=3.5, linewidth=1.8, clip_on=False)
        if limits:
            _band(ax, years, full[limits].to_numpy(dtype=float), colour=colour)
        lines.append((str(label), colour, float(heights[np.isfinite(heights)][-1:].sum())))
    _finish(ax, years, words=words, value=value, band=bool(limits) and bool(frame[limits].notna().any(axis=None)))
    direct_labels(ax, lines)
    fonts.dress(ax, fonts.families())
    return ax


def bars(
    frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh", value: str | None = None, top: int = 20
) -> Axes:
    """Draw the ``top`` rows of greatest ``value`` as horizontal bars, the greatest on top.

    ``frame``: slogans, keywords or topics, one row a name (choose one group first). ``value`` is a column; by default
    ``per_10k``, ``score``, ``share`` or ``count``, whichever is there. AnalysisError for missing columns, for names
    that stand twice, or an unknown ``lang``.
    """
    words = words_of(lang)
    name = first_of(frame, ("slogan", "term", "label"), "term")
    value = value or first_of(frame, ("per_10k", "score", "share", "count"), "count")
    check_columns(frame, value)
    if frame[name].duplicated().any():
        raise AnalysisError(f"a {name} stands in several rows: choose one group, then draw it")
    best = frame.sort_values(value, ascending=False, kind="stable").head(top)
    ax = axes_of(ax, height=1 + 0.26 * max(len(best), 3))
    places = np.arange(len(best))[::-1]
    ax.barh(places, best[value].to_numpy(dtype=float), color=COLOURS[0], height=0.72)
    ax.set_yticks(places, labels=[str(label) for label in best[name]])
    ax.set_ylim(-0.6, len(best) - 0.4)
    ax.set_xlabel(words.get(value, value))
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    fonts.dress(ax, fonts.families())
    return ax


def _limits(frame: pd.DataFrame, value: str) -> list[str]:
    """The two columns of the interval of ``value``, if the frame has them."""
    limits = LIMITS.get(value, [])
    return limits if set(limits) <= set(frame.columns) else []


def _band(ax: Axes, years: npt.NDArray[np.int64], limits: npt.NDArray[np.float64], *, colour: str) -> None:
    low, high = limits.T
    ax.fill_between(years, low, high, color=colour, alpha=0.15, linewidth=0)
    there = np.isfinite(low)
    alone = there & ~np.append(there[1:], False) & ~np.append(False, there[:-1])
    ax.vlines(years[alone], low[alone], high[alone], color=colour, alpha=0.35, linewidth=3)


def _finish(ax: Axes, years: npt.NDArray[np.int64], *, words: dict[str, str], value: str, band: bool) -> None:
    year_axis(ax, years[0], years[-1], label=words["year"] + (f"　{words['band']}" if band else ""))
    ax.set_ylim(bottom=0)
    ax.set_ylabel(words.get(value, value))
    if value == "share_documents":
        percent_axis(ax)
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", alpha=0.25)
    ax.set_axisbelow(True)
