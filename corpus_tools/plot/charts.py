"""Charts of rates and shares: over the years, as bars, and with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import (
    COLOURS,
    MOST_ROWS,
    ROWS,
    STROKES,
    End,
    Style,
    axes_of,
    direct_labels,
    legend,
    name_heights,
    name_rows,
    name_widths,
    percent_axis,
    style,
    width_of,
    year_axis,
)
from corpus_tools.plot.frames import (
    check_columns,
    check_once,
    check_rows,
    check_top,
    first_of,
    name_of,
    numbers_of,
    words_of,
    years_of,
)
from corpus_tools.showing.languages import Lang

NAMES = ("term", "label", "slogan", "theme", "measure")
VALUES = ("rate", "share", "mean", "per_10k", "share_documents", "share_paragraphs")
# Where the interval of a value stands; no other value has one.
LIMITS = {
    "rate": ["low", "high"],
    "share": ["low", "high"],
    "mean": ["low", "high"],
    "value": ["low", "high"],
    "moving": ["moving_low", "moving_high"],
    "per_10k": ["per_10k_low", "per_10k_high"],
    "share_documents": ["share_low", "share_high"],
    "share_paragraphs": ["paragraphs_low", "paragraphs_high"],
}
MEASURES = ("rate", "share", "mean")  # of trends.rate, which knows ratios over several years beside them
FLAT = 2.5  # an interval that goes so many times higher than all values takes their heights away
MOST_LINES = len(COLOURS) * len(STROKES)  # as many as can be told apart
MOST_TERMS = 5  # as many whiskers as one row has room for


def trend(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh", value: str | None = None) -> Axes:
    """Draw rates or shares over the years, one line a term.

    ``frame``: ``trends.rate(corpus, …)`` (year, term, rate, low, high), ``slogans.count(corpus, by="year")`` or
    ``slogans.course(corpus)``, of a few slogans (per_10k or share_documents, with their bounds), ``topics.by("year")``
    (year, label, share) or ``themes.trend(corpus)`` (year, theme, share_paragraphs, share or rate). ``value`` is a column; by
    default ``rate``, ``share`` or ``per_10k``, whichever is there. Years without documents have no row,
    and the line breaks there; intervals are shaded where there are any, and are a thin upright line at a year that stands
    alone; one so wide that it would press the lines flat is cut, which is said. Where
    the frame has ``moving``, ratios over several years, these are the line, and single years are points. AnalysisError for
    missing columns, years that are no whole numbers, a term that stands twice in a year, more than 28 terms, or an unknown
    ``lang``.
    """
    words = words_of(lang)
    name, value, smooth = course_columns(frame, value)
    years = years_of(frame)
    check_rows(frame[name].nunique(), most=MOST_LINES, what="lines", column=name)
    ax = axes_of(ax)
    ends = [
        course(ax, rows, years, value=value, smooth=smooth, style=style(number), label=name_of(label, name, lang))
        for number, (label, rows) in enumerate(frame.groupby(name, sort=False, observed=True))
    ]
    top = cut_of(frame, value, smooth=smooth)
    says = "　".join(notes(frame, value, words, smooth=smooth, cut=top is not None))
    year_axis(ax, years[0], years[-1], label=says, names=[end.label for end in ends])
    finish(ax, value, unit_of(frame, value, words), top=top)
    direct_labels(ax, ends)
    fonts.dress(ax, fonts.families())
    return ax


def bars(
    frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh", value: str | None = None, top: int = 20
) -> Axes:
    """Draw the ``top`` rows of greatest ``value`` as horizontal bars, the greatest on top.

    ``frame``: slogans, keywords or topics, one row a name (choose one group first). ``value`` is a column; by default
    ``per_10k``, ``score``, ``share`` or ``count``, whichever is there. AnalysisError for missing columns, for names
    that stand twice, more than 60 rows, or an unknown ``lang``.
    """
    words = words_of(lang)
    check_top(top)
    name = first_of(frame, ("slogan", "term", "label", "theme"), "term")
    value = value or first_of(frame, ("per_10k", "score", "share", "count"), "count")
    check_columns(frame, value)
    check_once(frame, name)
    best = frame.assign(**{value: numbers_of(frame, value)})
    best = best.sort_values(value, ascending=False, kind="stable").head(top)
    check_rows(len(best), most=MOST_ROWS, what="rows", column=name)
    ax = axes_of(ax, height=1 + 0.26 * max(len(best), 3), most=ROWS)
    ax.barh(np.arange(len(best)), best[value].to_numpy(dtype=float), color=COLOURS[0], height=0.72)
    name_rows(ax, [str(label) for label in best[name]])
    name_widths(ax, words.get(value, value), names=[str(label) for label in best[name]])
    fonts.dress(ax, fonts.families())
    return ax


def intervals(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh", value: str | None = None) -> Axes:
    """Draw the rates of groups as points with their intervals, the greatest on top: what bars hide, this shows.

    ``frame``: ``trends.rate(corpus, terms, by="level")``, or by any other columns (these, term, rate, low, high, n), of at most
    5 terms; rows go by the first of them. Also any other frame whose columns of groups stand before ``term``, with a
    ``value`` of ``trend``. A group of fewer than three documents has no interval. AnalysisError for missing columns, a term
    that stands twice in a group, more than 60 groups, or an unknown ``lang``.
    """
    words = words_of(lang)
    name = first_of(frame, NAMES, "term")
    value = value or first_of(frame, VALUES, "rate")
    check_columns(frame, value)
    groups = [
        column for column in frame.columns[: list(frame.columns).index(name)] if (column, name) != ("topic", "label")
    ]
    if not groups:
        raise AnalysisError(f"no groups to draw: their columns stand before {name!r}, as in trends.rate(…, by='level')")
    check_once(frame, name, *groups)
    terms = list(frame[name].unique())
    check_rows(len(terms), most=MOST_TERMS, what="terms in a row", column=name)
    frame = frame.assign(_group=_group_names(frame, groups, lang, words["of"]))
    first = frame[frame[name] == terms[0]].sort_values(value, ascending=False, kind="stable")
    names = list(dict.fromkeys([*first["_group"], *frame["_group"]]))
    check_rows(len(names), most=MOST_ROWS, what="groups", column=groups[0])
    ax = axes_of(ax, height=1.3 + (0.2 + 0.1 * len(terms)) * max(len(names), 3), most=ROWS)
    handles = [
        _whiskers(
            ax, frame[frame[name] == term], names, value=value, style=style(number), aside=_aside(number, len(terms))
        )
        for number, term in enumerate(terms)
    ]
    name_rows(ax, names)
    for row in range(1, len(names)):
        ax.axhline(row - 0.5, color="#E4E4E4", linewidth=0.6, zorder=0)
    ax.set_xlim(left=0)
    said = [unit_of(frame, value, words), *([words["whisker"]] if limits_of(frame, value) else [])]
    name_widths(ax, "　".join(said), names=names)
    percent_axis(ax.xaxis, value)
    ax.grid(axis="x", alpha=0.25)
    ax.set_axisbelow(True)
    for handle, term in zip(handles, terms, strict=True):
        handle.set_label(name_of(term, name, lang))
    legend(ax, handles, columns=len(handles))
    fonts.dress(ax, fonts.families())
    return ax


def course_columns(frame: pd.DataFrame, value: str | None) -> tuple[str, str, bool]:
    """The column of names, that of heights, and whether a smoothed one belongs to it; checked."""
    name = first_of(frame, NAMES, "term")
    usual = first_of(frame, VALUES, "rate") if value is None else value
    check_columns(frame, usual, "year")
    years_of(frame)
    check_once(frame, name, "year")
    return name, usual, "moving" in frame and usual in MEASURES


def course(
    ax: Axes, rows: pd.DataFrame, years: npt.NDArray[np.int64], *, value: str, smooth: bool, style: Style, label: str
) -> End:
    """One term's line with its band: where it ends."""
    full = rows.assign(year=rows["year"].astype(int)).set_index("year").reindex(years)
    heights, line = numbers_of(full, value), numbers_of(full, line_of(value, smooth=smooth))
    size = mark_size(ax, len(years))
    mark = {"marker": style.mark, "markersize": size, "clip_on": False, "color": style.colour}
    if smooth:
        ax.plot(years, line, style.stroke, color=style.colour, linewidth=1 + size / 5, clip_on=False)
        ax.plot(years, heights, linestyle="", alpha=0.6, **mark)  # type: ignore[arg-type]
    else:
        ax.plot(years, heights, style.stroke, linewidth=1 + size / 6, **mark)  # type: ignore[arg-type]
    if limits := limits_of(rows, line_of(value, smooth=smooth)):
        _band(ax, years, full[limits].to_numpy(dtype=float, na_value=np.nan), colour=style.colour)
    last = np.flatnonzero(np.isfinite(line))[-1:]
    return End(label, style.colour, float(years[last].sum() or years[-1]), float(line[last].sum()))


def line_of(value: str, *, smooth: bool) -> str:
    """The column that is drawn as a line."""
    return "moving" if smooth else value


def mark_size(ax: Axes, years: int) -> float:
    """The size of a year's mark in points: 3.5, less where years lie closer."""
    return float(np.clip(0.7 * width_of(ax) / years, 1.6, 3.5))


def limits_of(frame: pd.DataFrame, value: str) -> list[str]:
    """The two columns of the interval of ``value``, if the frame has them with anything in them."""
    limits = LIMITS.get(value, [])
    if value == "share_paragraphs" and limits[0] not in frame:  # of themes.trend, which has one measure
        limits = ["low", "high"]
    return limits if set(limits) <= set(frame.columns) and bool(frame[limits].notna().any(axis=None)) else []


def cut_of(frame: pd.DataFrame, value: str, *, smooth: bool) -> float | None:
    """Where heights end, if an interval of few documents would press the course itself flat; None if none would."""
    line = line_of(value, smooth=smooth)
    if not (limits := limits_of(frame, line)):
        return None
    greatest = float(np.nanmax([*numbers_of(frame, value), *numbers_of(frame, line), 0]))
    return 1.6 * greatest if 0 < FLAT * greatest < np.nanmax(numbers_of(frame, limits[1])) else None


def notes(frame: pd.DataFrame, value: str, words: dict[str, str], *, smooth: bool, cut: bool) -> list[str]:
    """What stands under the years."""
    return [
        words["year"],
        *([words["moving"]] if smooth else []),
        *([words["band"]] if limits_of(frame, line_of(value, smooth=smooth)) else []),
        *([words["cut"]] if cut else []),
    ]


def unit_of(frame: pd.DataFrame, value: str, words: dict[str, str]) -> str:
    """The name of a value: a share of documents where the frame counts these, else of what it is a share of."""
    return words.get("share_documents" if value == "share" and "documents" in frame else value, value)


def finish(ax: Axes, value: str, unit: str, *, top: float | None = None) -> None:
    """Heights from 0 up (to ``top``), with their name, and a quiet grid."""
    ax.set_ylim(bottom=0, top=top)
    name_heights(ax, unit)
    percent_axis(ax.yaxis, value)
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", alpha=0.25)
    ax.set_axisbelow(True)


def _band(ax: Axes, years: npt.NDArray[np.int64], limits: npt.NDArray[np.float64], *, colour: str) -> None:
    low, high = limits.T
    ax.fill_between(years, low, high, color=colour, alpha=0.15, linewidth=0)
    there = np.isfinite(low)
    alone = there & ~np.append(there[1:], False) & ~np.append(False, there[:-1])
    ax.vlines(years[alone], low[alone], high[alone], color=colour, alpha=0.35, linewidth=3)


def _group_names(frame: pd.DataFrame, groups: Sequence[str], lang: Lang, of: str) -> list[str]:
    """The groups as rows name them, with their documents where the frame counts them."""
    parts = [["—" if pd.isna(cell) else name_of(cell, group, lang) for cell in frame[group]] for group in groups]
    names = [" · ".join(part) for part in zip(*parts, strict=True)]
    if "n" not in frame:
        return names
    counted = frame["n"].groupby(names).agg(["min", "max"])  # terms may be told of more documents or fewer
    said = {name: str(low) if low == high else f"{low}–{high}" for name, low, high in counted.itertuples()}
    return [of.format(level=name, n=said[name]) for name in names]


def _aside(number: int, of: int) -> float:
    """How far from the middle of its row a term's point lies."""
    return ((number + 0.5) / of - 0.5) * 0.55


def _whiskers(ax: Axes, rows: pd.DataFrame, names: Sequence[str], *, value: str, style: Style, aside: float) -> Line2D:
    heights = np.asarray([names.index(group) + aside for group in rows["_group"]])
    if limits := limits_of(rows, value):
        low, high = (numbers_of(rows, limit) for limit in limits)
        ax.hlines(heights, low, high, color=style.colour, linewidth=1.6)
    return ax.plot(
        numbers_of(rows, value), heights, linestyle="", marker=style.mark, markersize=5.5, color=style.colour, clip_on=False,
        zorder=3,
    )[0]  # fmt: skip
