"""A heat map of terms over years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import CenteredNorm, Colormap, LinearSegmentedColormap, ListedColormap, Normalize, PowerNorm
from matplotlib.patches import Patch, Rectangle

from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import (
    COLOURS,
    MOST_ROWS,
    ROWS,
    Percent,
    axes_of,
    legend,
    name_heights,
    name_rows,
    type_of,
    width_of,
    year_axis,
)
from corpus_tools.plot.frames import (
    PERCENT,
    check_columns,
    check_once,
    check_rows,
    first_of,
    numbers_of,
    words_of,
    years_of,
)
from corpus_tools.plot.paper import sized
from corpus_tools.showing.languages import Lang

Floats = npt.NDArray[np.float64]

# Of a frame that has several of these the first is drawn.
VALUES = ("share_documents", "rate", "share", "log_ratio", "per_10k")
WARNING = COLOURS[1]  # vermilion: bursts on blue
EDGE, GROUND, UNKNOWN = "#B5B5B5", "#ECECEC", "#F4EFE3"


def heatmap(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh", value: str | None = None) -> Axes:
    """Draw terms (rows) over years (columns) as cells, the darker the more often said.

    ``frame``: ``slogans.course(corpus)`` (slogan, year, share_documents, per_10k, burst), ``slogans.count(corpus, by="year")``,
    ``trends.rate(corpus, …)`` (term, year, rate), ``keywords.keyness(corpus, by="year")`` (term, year, log_ratio) or
    ``topics.by("year")``, of at most 60 terms; choose them first: ``frame[frame["term"].isin([…])]``. ``value`` is a column; by
    default share_documents, rate, share, log_ratio or per_10k, whichever is there. A column with values below 0 is drawn in two
    colours, blue above 0 and vermilion below, white at 0. Bursts are outlined where the frame has them. Rows: by the year
    of the greatest value (of equal shares that of the greatest rate, then the first), then first year; terms never said last.
    Years without rows (no documents) are hatched, and a cell without a row in a year that has others is tinted. AnalysisError
    for missing columns, too many terms, a term that stands twice in a year, or an unknown ``lang``.
    """
    words = words_of(lang, "heat")
    name = first_of(frame, ("slogan", "term", "label"), "term")
    value = value or first_of(frame, VALUES, "rate")
    check_columns(frame, value)
    years = years_of(frame)
    check_rows(frame[name].nunique(), most=MOST_ROWS, what=f"{name}s", column=name)
    check_once(frame, name, "year")
    names = _by_peak(frame, name, value)
    cells = _wide(frame, name, value).reindex(index=names, columns=years).to_numpy()
    ax = axes_of(ax, height=1.5 + 0.26 * max(len(names), 3), width=min(3.6 + 0.16 * max(len(years), 30), 14), most=ROWS)
    there = np.isin(years, frame["year"].astype(int))
    signed = bool((cells < 0).any())
    _cells(
        ax, cells, years, there, scale=_scale(cells, value, signed=signed), label=words.get(value, value), value=value
    )
    outlined = _outlines(ax, frame, name, names)
    name_rows(ax, names)
    year_axis(ax, years[0], years[-1], label=words["year"], names=names)
    handles = {
        "none": not signed and bool((cells == 0).any()),
        "gap": not there.all(),
        "absent": bool(np.isnan(cells[:, there]).any()),
        "burst": outlined,
    }
    _explain(ax, words, [key for key, drawn in handles.items() if drawn])
    fonts.dress(ax, fonts.families())
    return ax


def _wide(frame: pd.DataFrame, name: str, value: str) -> pd.DataFrame:
    """Values with a row for each term and a column for each year; NaN where the frame has none."""
    numbers = frame.assign(year=frame["year"].astype(int), **{value: numbers_of(frame, value)})
    return numbers.pivot(index=name, columns="year", values=value).astype(float)


def _by_peak(frame: pd.DataFrame, name: str, value: str) -> list[str]:
    """Terms in the order of the years in which they are said most, those never said at the end."""
    order = [name, value, *(["per_10k"] if "per_10k" in frame and value != "per_10k" else [])]
    numbers = frame.assign(**{key: numbers_of(frame, key) for key in order[1:]}, year=frame["year"].astype(int))
    said = numbers[numbers[value] > 0]
    peaks = said.sort_values([*order, "year"], ascending=[True, *[False] * (len(order) - 1), True])
    keys = said.groupby(name)["year"].min().to_frame("first")
    keys = keys.assign(peak=peaks.drop_duplicates(name).set_index(name)["year"]).reset_index()
    named = keys.sort_values(["peak", "first", name])[name].tolist()
    return [*named, *sorted(set(frame[name]) - set(named))]


def _scale(cells: Floats, value: str, *, signed: bool) -> tuple[Colormap, Normalize]:
    """The colours of values and how values become colours."""
    from matplotlib import colormaps

    finite = cells[np.isfinite(cells)]
    if signed:
        poles = [WARNING, "#F6B88F", "white", "#8FC1E3", COLOURS[0]]
        most = float(np.abs(finite).max())
        return LinearSegmentedColormap.from_list("signed", poles, N=257), CenteredNorm(0, most)  # odd: 0 is white
    blues = LinearSegmentedColormap.from_list("said", colormaps["Blues"](np.linspace(0.22, 1, 256)))
    percent = value in PERCENT
    greatest = 1.0 if value == "share_documents" else float(finite.max(initial=0))
    # 0 lies under the scale, and is white; roots, as a rate of one great year would make all others pale.
    return blues.with_extremes(under="white"), PowerNorm(1 if percent else 0.5, 1e-9, greatest or 1.0)


def _cells(
    ax: Axes, cells: Floats, years: npt.NDArray[np.int64], there: npt.NDArray[np.bool_], *,
    scale: tuple[Colormap, Normalize], label: str, value: str,
) -> None:  # fmt: skip
    """The cells over a hatched ground, which shows where there are none, and the bar of their colours."""
    height, width = cells.shape
    left = years[0] - 0.5
    ax.add_patch(Rectangle((left, -0.5), width, height, facecolor=GROUND, edgecolor=EDGE, hatch="////", lw=0))
    across, down = np.arange(width + 1) + left, np.arange(height + 1) - 0.5
    style: dict[str, Any] = {"edgecolors": "#DADADA", "linewidth": min(0.4, 0.05 * width_of(ax) / width)}
    absent = np.isnan(cells) & there
    if absent.any():
        ax.pcolormesh(
            across, down, np.ma.array(np.ones_like(cells), mask=~absent), cmap=ListedColormap([UNKNOWN]), **style
        )
    mesh = ax.pcolormesh(across, down, np.ma.array(cells, mask=np.isnan(cells)), cmap=scale[0], norm=scale[1], **style)
    bar = ax.figure.colorbar(
        mesh, ax=ax, fraction=0.05, pad=0.015, aspect=18, shrink=min(1, 9 / height), anchor=(0, 1), panchor=False,
        format=Percent(1, decimals=0) if value in PERCENT else None,
    )  # fmt: skip
    bar.outline.set_linewidth(0.4)
    sized(bar.ax, type_of(ax))
    name_heights(bar.ax, label, right=True)
    fonts.dress(bar.ax, fonts.families())


def _outlines(ax: Axes, frame: pd.DataFrame, name: str, names: Sequence[str]) -> bool:
    """Outline the bursts; a year without documents belongs to the state around it. Whether there are any."""
    if "burst" not in frame:
        return False
    found = False
    for row, term in enumerate(names):
        ordered = frame[frame[name] == term].sort_values("year")
        state = np.concatenate([[0], numbers_of(ordered, "burst") == 1, [0]])
        years = ordered["year"].to_numpy(dtype=int)
        for start, end in zip(np.flatnonzero(np.diff(state) == 1), np.flatnonzero(np.diff(state) == -1), strict=True):
            corner, width = (years[start] - 0.5, row - 0.44), years[end - 1] - years[start] + 1
            ax.add_patch(
                Rectangle(corner, width, 0.88, fill=False, edgecolor=WARNING, linewidth=1.4, zorder=3, clip_on=False)
            )
            found = True
    return found


def _explain(ax: Axes, words: dict[str, str], keys: Sequence[str]) -> None:
    patches = {
        "none": Patch(facecolor="white", edgecolor=EDGE),
        "gap": Patch(facecolor=GROUND, edgecolor=EDGE, hatch="////"),
        "absent": Patch(facecolor=UNKNOWN, edgecolor=EDGE),
        "burst": Patch(fill=False, edgecolor=WARNING, linewidth=1.4),
    }
    for key in keys:
        patches[key].set_label(words[key])
    if keys:
        legend(ax, [patches[key] for key in keys], columns=3)
