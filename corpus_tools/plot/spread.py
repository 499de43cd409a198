"""Charts of how slogans spread: the staircase of levels, and adoption curves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import (
    COLOURS,
    MARKS,
    ROWS,
    STROKES,
    End,
    axes_of,
    direct_labels,
    legend,
    name_heights,
    name_rows,
    percent_axis,
    small_of,
    year_axis,
)
from corpus_tools.plot.frames import check_columns, check_rows, each, numbers_of, words_of, years_of
from corpus_tools.plot.levels import LEVELS
from corpus_tools.showing.languages import Lang
from corpus_tools.showing.values import names_of

MOST_STAIRS = 10  # more lines in one band of a level cannot be told apart
ASIDE = 0.006  # of the years shown: how far steps of one year lie from each other
MOST_LINES = 18  # as many labels as stand one above the other in a chart of ordinary height
BEFORE = 3  # years shown before the first place takes a slogan up


def staircase(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh") -> Axes:
    """Draw the years in which a few slogans reach each level: one line a slogan, down from level to level.

    ``frame``: ``slogans.diffusion(corpus)`` of at most 10 slogans (slogan, level, first, after, n). A point is the first
    year on a level; the bar that ends there begins with the year after the last one that has documents of the level and not
    the slogan; an arrow to the left says that the documents of the level begin with it. A level that a slogan has not reached
    says so at the right edge. AnalysisError for missing columns, unknown levels, too many slogans, a slogan that stands twice
    on a level, or an unknown ``lang``.
    """
    words = words_of(lang, "spread") | names_of("level", lang)
    check_columns(frame, "slogan", "level", "first", "after", "n")
    levels = _levels(frame)
    if frame.duplicated(["slogan", "level"]).any():
        raise AnalysisError("a slogan stands several times on a level")
    names = list(frame["slogan"].unique())
    check_rows(len(names), most=MOST_STAIRS)
    if not np.isfinite(first := numbers_of(frame, "first")).any():
        raise AnalysisError("nothing to draw: no slogan has reached a level")
    ax = axes_of(ax, height=1.6 + len(levels) * max(0.6, 0.2 * len(names)), most=ROWS)
    begins = np.fmin(first, numbers_of(frame, "after") + 1)
    year_axis(ax, np.nanmin(begins) - 0.5, np.nanmax(first) + 0.5, label=words["first"])
    handles = [_stairs(ax, rows, number, len(names), levels) for number, (_, rows) in enumerate(each(frame, names))]
    _unreached(ax, frame, names, levels, says=words["unseen"])
    _level_rows(ax, frame, levels, words)
    legend(ax, [*handles, *_keys_of_stairs(frame, words)], columns=3)
    fonts.dress(ax, fonts.families())
    return ax


def adoption(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh") -> Axes:
    """Draw the share of places that have taken up a slogan, one line of steps a level (and slogan).

    ``frame``: ``slogans.adoption(corpus, slogan)`` (slogan, level, year, n, share, low, high). Dots are years with documents of
    the level; between them the share stands still, as nothing new was seen. Intervals are shaded where there are two places
    or more. Shown from a few years before the first place takes it up. AnalysisError for missing columns, unknown levels, a
    year that stands twice, more than 18 lines, or an unknown ``lang``.
    """
    words = words_of(lang, "spread") | names_of("level", lang)
    check_columns(frame, "slogan", "level", "year", "n", "share", "low", "high")
    years, levels = years_of(frame), _levels(frame)
    if frame.duplicated(["slogan", "level", "year"]).any():
        raise AnalysisError("a level stands several times in a year")
    check_rows(len(frame[["slogan", "level"]].drop_duplicates()), most=MOST_LINES, what="lines of a slogan and level")
    names = list(frame["slogan"].unique())
    ax = axes_of(ax, height=4.6)
    ends = []
    for name, rows in each(frame, names):
        for level in (level for level in levels if (rows["level"] == level).any()):
            of = rows[rows["level"] == level].sort_values("year")
            colour, x, y = _steps(ax, of, levels.index(level), names.index(name), end=int(years[-1]))
            label = words["places"].format(level=words[level], n=of["n"].iloc[-1])
            ends.append(End(label if len(names) == 1 else f"{name}　{label}", colour, x, y))
    _finish_adoption(ax, frame, years, words, name=str(names[0]) if len(names) == 1 else "")
    direct_labels(ax, ends)
    fonts.dress(ax, fonts.families())
    return ax


def _levels(frame: pd.DataFrame) -> list[str]:
    """The levels of the frame, from the top down."""
    there = set(frame["level"])
    if unknown := there - set(LEVELS):
        raise AnalysisError(f"level {min(map(str, unknown))!r} is unknown; levels are {', '.join(LEVELS)}")
    return [level for level in LEVELS if level in there]


def _height(number: int, slogans: int, level: int) -> float:
    """Where a slogan's line lies in the band of a level: lines lie beside each other, in their order."""
    return level + ((number + 0.5) / slogans - 0.5) * 0.7


def _colour(number: int) -> tuple[str, str]:
    return COLOURS[number % len(COLOURS)], STROKES[number // len(COLOURS) % len(STROKES)]


def _stairs(ax: Axes, rows: pd.DataFrame, number: int, slogans: int, levels: Sequence[str]) -> Line2D:
    """One slogan's steps through the levels it has reached; steps of one year lie beside each other, points where they are."""
    colour, stroke = _colour(number)
    first, after = numbers_of(rows, "first"), numbers_of(rows, "after")
    heights = np.asarray([_height(number, slogans, levels.index(level)) for level in rows["level"]])
    order = [place for place in np.argsort(heights) if np.isfinite(first[place])]
    first, after, heights = first[order], after[order], heights[order]
    begun = np.isnan(after)
    ax.hlines(heights[~begun], after[~begun] + 1, first[~begun], color=colour, linewidth=5, alpha=0.35)
    ax.scatter(first[~begun], heights[~begun], marker="o", s=26, color=colour, zorder=3)
    ax.scatter(first[begun], heights[begun], marker="<", s=58, facecolor="white", edgecolor=colour, zorder=3)
    aside = first[1:] + (number - (slogans - 1) / 2) * ASIDE * np.ptp(ax.get_xlim())
    x = np.column_stack([first[:-1], aside, aside]).ravel()
    y = np.column_stack([heights[:-1], heights[:-1], heights[1:]]).ravel()
    x, y = np.append(x, first[-1:]), np.append(y, heights[-1:])
    return ax.plot(x, y, stroke, color=colour, linewidth=1.4, label=str(rows["slogan"].iloc[0]), zorder=1.5)[0]


def _unreached(ax: Axes, frame: pd.DataFrame, names: Sequence[str], levels: Sequence[str], *, says: str) -> None:
    for name, level, first in zip(frame["slogan"], frame["level"], numbers_of(frame, "first"), strict=True):
        if np.isnan(first):
            number = names.index(name)
            ax.annotate(
                says, (1, _height(number, len(names), levels.index(level))), xycoords=ax.get_yaxis_transform(),
                xytext=(6, 0), textcoords="offset points", color=_colour(number)[0], fontsize=small_of(ax), va="center",
                annotation_clip=False,
            )  # fmt: skip


def _level_rows(ax: Axes, frame: pd.DataFrame, levels: Sequence[str], words: dict[str, str]) -> None:
    n = frame.groupby("level")["n"].max()
    name_rows(ax, [words["of"].format(level=words[level], n=n[level]) for level in levels])
    for level in range(1, len(levels)):
        ax.axhline(level - 0.5, color="#DADADA", linewidth=0.8, zorder=0)


def _keys_of_stairs(frame: pd.DataFrame, words: dict[str, str]) -> Iterator[Line2D]:
    """What bars and arrows mean, where there are any."""
    first, after = numbers_of(frame, "first"), numbers_of(frame, "after")
    if (first - after > 1).any():
        yield Line2D([], [], color="#555555", linewidth=5, alpha=0.35, label=words["between"])
    if (np.isfinite(first) & np.isnan(after)).any():
        yield Line2D(
            [], [], linestyle="", marker="<", markersize=7, markerfacecolor="white", markeredgecolor="#555555",
            label=words["open"],
        )  # fmt: skip


def _steps(ax: Axes, rows: pd.DataFrame, level: int, name: int, *, end: int) -> tuple[str, float, float]:
    """One curve: it holds its height until the next year with documents, the last one to the edge. Colour, and where it ends."""
    colour, stroke = COLOURS[level % len(COLOURS)], STROKES[name % len(STROKES)]
    years = np.append(rows["year"].to_numpy(dtype=float), end + 0.5)
    share, low, high = (np.append(a, a[-1]) for a in (numbers_of(rows, c) for c in ("share", "low", "high")))
    width = max(3.4 - 0.6 * level, 1.2)  # what a later line covers shows beside it
    ax.fill_between(years, low, high, step="post", color=colour, alpha=0.12, linewidth=0)
    ax.plot(years, share, stroke, color=colour, linewidth=width, drawstyle="steps-post", marker=MARKS[level % len(MARKS)],
            markersize=5,
            markevery=list(range(len(rows))))  # fmt: skip
    return colour, float(years[-1]), float(share[-1])


def _finish_adoption(
    ax: Axes, frame: pd.DataFrame, years: npt.NDArray[np.int64], words: dict[str, str], *, name: str
) -> None:
    taken = frame.loc[numbers_of(frame, "share") > 0, "year"]
    start = max(years[0], int(taken.min()) - BEFORE) if len(taken) else years[0]
    notes = [words["year"], words["dots"], *([words["band"]] if np.isfinite(numbers_of(frame, "low")).any() else [])]
    year_axis(ax, start, years[-1], label="　".join(notes))
    ax.set_ylim(-0.01, 1.02)
    name_heights(ax, f"{name}　{words['taken']}".lstrip("　"))
    percent_axis(ax.yaxis, "share")
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", alpha=0.25)
    ax.set_axisbelow(True)
