"""Charts of the frames that analyses return."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts

Lang = Literal["zh", "en"]

# Okabe and Ito's palette without yellow and black (told apart with every common colour blindness, and in print); after
# seven lines the stroke changes, so that colour is never alone.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6F6F6F")
STROKES = ("-", "--", ":", "-.")
LABEL_HEIGHT = 0.055  # of the axes: what a label of ordinary size needs in a chart of ordinary height

WORDS = {
    "zh": {"year": "年份", "rate": "每万汉字次数", "per_10k": "每万汉字次数", "score": "TF-IDF 均值", "count": "次数",
           "share": "份额", "documents": "篇数", "share_documents": "篇数比例",
           "band": "阴影：95% 区间（按篇自助抽样）"},
    "en": {"year": "year", "rate": "per 10,000 Han characters", "per_10k": "per 10,000 Han characters",
           "score": "mean TF-IDF", "count": "occurrences", "share": "share", "documents": "documents",
           "share_documents": "share of documents", "band": "shaded: 95% interval (bootstrap over documents)"},
}  # fmt: skip


def trend(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh") -> Axes:
    """Draw rates or shares over the years, one line a term.

    ``frame``: ``trends.rate(corpus, …)`` (year, term, rate, low, high) or ``topics.by("year")`` (year, label, share).
    Years without documents have no row, and the line breaks there; intervals are shaded where there are any, and are a
    thin upright line at a year that stands alone. AnalysisError for missing columns, years that are no whole numbers,
    or an unknown ``lang``.
    """
    words = _words(lang)
    name = _first(frame, ("term", "label", "slogan"), "term")
    value = _first(frame, ("rate", "share", "per_10k"), "rate")
    years = _years(frame)
    ax = _axes(ax)
    lines = []
    for number, (label, rows) in enumerate(frame.groupby(name, sort=False, observed=True)):
        colour, stroke = COLOURS[number % len(COLOURS)], STROKES[number // len(COLOURS) % len(STROKES)]
        full = rows.assign(year=rows["year"].astype(int)).set_index("year").reindex(years)
        heights = full[value].to_numpy(dtype=float)
        ax.plot(years, heights, stroke, color=colour, marker="o", markersize=3.5, linewidth=1.8, clip_on=False)
        if {"low", "high"} <= set(full.columns):
            _band(ax, years, full[["low", "high"]].to_numpy(dtype=float), colour=colour)
        lines.append((str(label), colour, float(heights[np.isfinite(heights)][-1:].sum())))
    _finish(ax, years, words=words, value=value, band={"low", "high"} <= set(frame.columns))
    _direct_labels(ax, lines)
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
    words = _words(lang)
    name = _first(frame, ("slogan", "term", "label"), "term")
    value = value or _first(frame, ("per_10k", "score", "share", "count"), "count")
    if value not in frame:
        raise AnalysisError(f"no column {value!r} to draw; there are: {', '.join(map(str, frame.columns))}")
    if frame[name].duplicated().any():
        raise AnalysisError(f"a {name} stands in several rows: choose one group, then draw it")
    best = frame.sort_values(value, ascending=False, kind="stable").head(top)
    ax = _axes(ax, height=1 + 0.26 * max(len(best), 3))
    places = np.arange(len(best))[::-1]
    ax.barh(places, best[value].to_numpy(dtype=float), color=COLOURS[0], height=0.72)
    ax.set_yticks(places, labels=[str(label) for label in best[name]])
    ax.set_ylim(-0.6, len(best) - 0.4)
    ax.set_xlabel(words.get(value, value))
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    fonts.dress(ax, fonts.families())
    return ax


def _words(lang: str) -> dict[str, str]:
    if lang not in WORDS:
        raise AnalysisError(f"lang is {lang!r}; it can be {' or '.join(map(repr, WORDS))}")
    return WORDS[lang]


def _first(frame: pd.DataFrame, wanted: Sequence[str], usual: str) -> str:
    """The first of these columns that the frame has."""
    if frame.empty:
        raise AnalysisError("nothing to draw: the frame has no rows")
    for column in wanted:
        if column in frame:
            return column
    raise AnalysisError(f"no column {usual!r} to draw; there are: {', '.join(map(str, frame.columns))}")


def _years(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Every year from the first to the last, those without documents too."""
    _first(frame, ("year",), "year")
    numbers = pd.to_numeric(frame["year"], errors="coerce").astype(float)
    if numbers.isna().any() or (numbers % 1 != 0).any():
        raise AnalysisError("years must be whole numbers")
    return np.arange(int(numbers.min()), int(numbers.max()) + 1)


def _axes(ax: Axes | None, *, height: float = 4.2) -> Axes:
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.subplots(figsize=(8, height), layout="constrained")[1]


def _band(ax: Axes, years: npt.NDArray[np.int64], limits: npt.NDArray[np.float64], *, colour: str) -> None:
    low, high = limits.T
    ax.fill_between(years, low, high, color=colour, alpha=0.15, linewidth=0)
    there = np.isfinite(low)
    alone = there & ~np.append(there[1:], False) & ~np.append(False, there[:-1])
    ax.vlines(years[alone], low[alone], high[alone], color=colour, alpha=0.35, linewidth=3)


def _finish(ax: Axes, years: npt.NDArray[np.int64], *, words: dict[str, str], value: str, band: bool) -> None:
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.xaxis.set_major_formatter(lambda year, _: f"{year:.0f}")
    ax.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    ax.set_ylim(bottom=0)
    ax.set_xlabel(words["year"] + (f"　{words['band']}" if band else ""))
    ax.set_ylabel(words[value])
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", alpha=0.25)
    ax.set_axisbelow(True)


def _direct_labels(ax: Axes, lines: list[tuple[str, Any, float]]) -> None:
    """Name each line at the right edge, at its last height, moved apart where labels would cover each other."""
    bottom, top = ax.get_ylim()
    wanted = [(last - bottom) / (top - bottom) for _, _, last in lines]
    order = np.argsort(wanted, kind="stable")
    heights = np.asarray(wanted, dtype=float)[order]
    for i in range(1, len(heights)):
        heights[i] = max(heights[i], heights[i - 1] + LABEL_HEIGHT)
    over = max(0.0, float(heights[-1]) - 1) if len(heights) else 0.0
    for i in range(len(heights) - 1, -1, -1):  # too many at the top: let the crowd slide down together
        heights[i] = min(heights[i], 1 - LABEL_HEIGHT * (len(heights) - 1 - i)) if over else heights[i]
    for place, number in enumerate(order):
        label, colour, _ = lines[number]
        ax.annotate(
            label, (1, heights[place]), xycoords="axes fraction", xytext=(6, 0), textcoords="offset points",
            color=colour, va="center", annotation_clip=False,
        )  # fmt: skip
