"""The lives of slogans, as a chart."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from corpus_tools.data import toml
from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import COLOURS, MOST_ROWS, ROWS, axes_of, legend, name_rows, small_of, year_axis
from corpus_tools.plot.frames import check_columns, check_rows, numbers_of, words_of
from corpus_tools.showing.languages import Lang

Floats = npt.NDArray[np.float64]

WARNING = COLOURS[1]  # vermilion: bursts on blue, and a slogan that is older than the lexicon says
DARK = "#333333"
ROOM = 0.35  # of the years seen: room on the left for official years; older ones stand at the edge, with their year


def lifecycle(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh") -> Axes:
    """Draw the lives of slogans, one row each, by first year.

    ``frame``: ``slogans.lifecycle(corpus)`` of at most 60 slogans (slogan, official, first, last, early, peak, half_life,
    bursts, peak_tier, peak_share). A thin line goes from the first year to the last, a thick one over each burst, both in the
    colour of the tier at the peak (the darker the hotter); marked are the peak, the half-life and the official year, this
    and the name in vermilion where the corpus has the slogan before it. AnalysisError for missing columns, too many slogans,
    a slogan that stands twice, or an unknown ``lang``.
    """
    words = words_of(lang, "lives")
    check_columns(frame, "slogan", "official", "first", "last", "early", "peak", "half_life", "bursts", "peak_tier")
    check_rows(len(frame), most=MOST_ROWS)
    if frame["slogan"].duplicated().any():
        raise AnalysisError("a slogan stands in several rows: choose one group, then draw it")
    frame = frame.sort_values(["first", "slogan"], ignore_index=True)
    years = {name: numbers_of(frame, name) for name in ("official", "first", "last", "peak", "half_life")}
    if np.isnan([years["first"], years["last"], years["peak"]]).any():
        raise AnalysisError("first, last and peak must be years")
    early = frame["early"].to_numpy(dtype=bool)
    tiers = _tier_colours(frame)
    colours = [tiers.get(str(tier), COLOURS[-1]) for tier in frame["peak_tier"]]
    ax = axes_of(ax, height=1.9 + 0.26 * max(len(frame), 3), width=9, most=ROWS)
    start = _start(years)
    _lives(ax, frame["bursts"].tolist(), years, colours, start=start)
    _marks(ax, years, early, colours, start=start)
    name_rows(ax, [str(name) for name in frame["slogan"]])
    for label in (label for label, warn in zip(ax.get_yticklabels(), early, strict=True) if warn):
        label.set_color(WARNING)
    year_axis(ax, start - 0.5, _end(years) + 0.5, label=words["year"], names=frame["slogan"].tolist())
    _explain_lives(ax, words, tiers, early=bool(early.any()), older=bool((years["official"] < start).any()))
    fonts.dress(ax, fonts.families())
    return ax


def _tier_colours(frame: pd.DataFrame) -> dict[str, str]:
    """A colour for each tier, coldest to hottest light to dark; the names of data/tiers.toml always have the same ones."""
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    tiers = list(toml("tiers.toml")["tiers"])[::-1]
    there = [str(tier) for tier in frame["peak_tier"].dropna()]
    if not set(there) <= set(tiers):  # the user's own: shares tell their order
        check_columns(frame, "peak_share")
        tiers = list(dict.fromkeys(frame.dropna(subset=["peak_tier"]).sort_values("peak_share")["peak_tier"].map(str)))
    shades = colormaps["viridis_r"](np.linspace(0.18, 1, max(len(tiers), 2)))
    return {tier: to_hex(shade) for tier, shade in zip(tiers, shades, strict=False) if tier in there}


def _half(years: dict[str, Floats]) -> Floats:
    """The years of half-life."""
    return years["peak"] + years["half_life"]


def _end(years: dict[str, Floats]) -> float:
    return float(np.nanmax(np.concatenate([years["official"], years["last"], _half(years)])))


def _start(years: dict[str, Floats]) -> float:
    """The first year shown: official years long before all that was seen would leave no room for the lives."""
    first = years["first"].min()
    return float(np.nanmax([np.nanmin([first, *years["official"]]), first - max(10, ROOM * (_end(years) - first))]))


def _lives(
    ax: Axes, bursts: Sequence[object], years: dict[str, Floats], colours: Sequence[str], *, start: float
) -> None:
    """Thin lines of lives, thick ones of bursts: these cover whole years, as 2013–2017 covers five."""
    rows = np.arange(len(bursts))
    ax.hlines(rows, years["first"], years["last"], color=colours, linewidth=1.4, zorder=2)
    for row, text in enumerate(bursts):
        for first, last in re.findall(r"(\d+)(?:–(\d+))?", text if isinstance(text, str) else ""):
            left, width = int(first) - 0.5, int(last or first) - int(first) + 1
            ax.barh(row, width, left=left, height=0.42, color=colours[row], zorder=2, clip_on=False)
    lag = np.isfinite(years["official"]) & (years["official"] != years["first"])
    official = np.maximum(years["official"], start)
    ax.hlines(rows[lag], official[lag], years["first"][lag], color="#9A9A9A", linewidth=0.9, linestyle=":", zorder=1)


def _marks(
    ax: Axes, years: dict[str, Floats], early: npt.NDArray[np.bool_], colours: Sequence[str], *, start: float
) -> None:
    rows, official, half = np.arange(len(early)), years["official"], _half(years)
    edges, there, older = np.where(early, WARNING, DARK), official >= start, official < start
    for shape, chosen, x in (("D", there, official), ("<", older, np.full(len(rows), start))):
        ax.scatter(x[chosen], rows[chosen], marker=shape, s=30, facecolor="white", edgecolor=edges[chosen], linewidth=1.3,
                   zorder=4)  # fmt: skip
    for row in rows[older]:
        ax.annotate(
            f"{official[row]:.0f}", (start, row), xytext=(7, 0), textcoords="offset points", fontsize=small_of(ax), va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )  # fmt: skip
    ax.scatter(years["peak"], rows, marker="o", s=52, facecolor=list(colours), edgecolor="white", linewidth=1, zorder=5)
    gone = np.isfinite(half)
    ax.scatter(half[gone], rows[gone], marker="v", s=26, facecolor="white", edgecolor=DARK, linewidth=1, zorder=4)
    ax.grid(axis="x", alpha=0.25)
    ax.set_axisbelow(True)


def _explain_lives(ax: Axes, words: dict[str, str], tiers: dict[str, str], *, early: bool, older: bool) -> None:
    def mark(shape: str, label: str, **style: object) -> Line2D:
        return Line2D([], [], linestyle="", marker=shape, label=words[label], **style)  # type: ignore[arg-type]

    grey = "#555555"
    handles: list[Artist] = [
        Line2D([], [], color=grey, linewidth=1.4, label=words["life"]),
        Patch(color=grey, label=words["burst"]),
        mark("o", "peak", color=grey, markersize=7),
        mark("v", "half", markerfacecolor="white", markeredgecolor=DARK),
        mark("D", "official", markerfacecolor="white", markeredgecolor=DARK),
    ]
    if older:
        handles.append(mark("<", "older", markerfacecolor="white", markeredgecolor=DARK))
    if early:
        handles.append(mark("D", "early", markerfacecolor="white", markeredgecolor=WARNING))
    handles += [Patch(color=shade, label=words["tier"].format(tier=tier)) for tier, shade in reversed(tiers.items())]
    legend(ax, handles, columns=3)
