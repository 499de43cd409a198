"""Keywords of a group against a reference, as pairs of points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, MaxNLocator

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
    room_of,
    small_of,
    type_of,
)
from corpus_tools.plot.frames import check_columns, check_once, check_rows, check_top, numbers_of, words_of
from corpus_tools.showing.languages import Lang

Floats = npt.NDArray[np.float64]

ABOVE, BELOW, REFERENCE = COLOURS[0], COLOURS[1], "#555555"
SURE = 0.05  # q below it: the share of false keys among all that are drawn filled


def keyness(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh", top: int = 15) -> Axes:
    """Draw the rates of keywords in a group and in its reference as pairs of points on a scale of logarithms.

    ``frame``: ``keywords.keyness(corpus, …)`` of one group (term, per_10k, per_10k_reference, log_ratio; lrc and q_value where
    there are any). Above stand the ``top`` terms said more often in the group, below the ``top`` said less
    often, each by the conservative log ratio, or the log ratio where that is equal or missing; both are written on the right. A
    point is filled where q < .05, hollow where not or unknown. A rate of 0, which no logarithm has, stands at the left edge,
    named 0. AnalysisError for missing columns, several groups, a term that stands twice, more than 60 rows, or an unknown
    ``lang``.
    """
    words = words_of(lang, "keyness")
    check_top(top)
    check_columns(frame, "term", "per_10k", "per_10k_reference", "log_ratio")
    _one_group(frame)
    best = _best(frame, top)
    check_rows(len(best), most=MOST_ROWS, what="rows", column="term")
    ax = axes_of(ax, height=1.6 + 0.26 * max(len(best), 3), most=ROWS)
    ratio = numbers_of(best, "log_ratio")
    rates = np.column_stack([numbers_of(best, "per_10k"), numbers_of(best, "per_10k_reference")])
    names = [str(term) for term in best["term"]]
    floor = _scale(ax, rates, room=room_of(ax, names))
    _pairs(ax, np.where(rates > 0, rates, floor), ratio, _sure(best))
    name_rows(ax, names)
    _write(ax, best, words)
    if (ratio > 0).any() and (ratio < 0).any():
        ax.axhline((ratio > 0).sum() - 0.5, color="#9A9A9A", linewidth=0.8)
    name_widths(ax, words["per_10k"], names=names)
    legend(ax, list(_handles(best, ratio, words, zero=bool((rates == 0).any()))), columns=3)
    fonts.dress(ax, fonts.families())
    return ax


def _one_group(frame: pd.DataFrame) -> None:
    check_once(frame, "term")
    for column in frame.columns[: list(frame.columns).index("term")]:
        if frame[column].nunique(dropna=False) > 1:
            raise AnalysisError(f"several groups in column {column!r}: choose one, then draw it")


def _best(frame: pd.DataFrame, top: int) -> pd.DataFrame:
    """The terms most clearly above the reference, and those most clearly below, the least clear in the middle."""
    keys = ["lrc", "log_ratio"] if "lrc" in frame else ["log_ratio"]
    frame = frame.assign(**{key: numbers_of(frame, key) for key in keys})
    ordered = frame.sort_values(keys, ascending=False, kind="stable")
    above, below = ordered[ordered["log_ratio"] > 0], ordered[ordered["log_ratio"] < 0]
    if above.empty and below.empty:
        raise AnalysisError("nothing to draw: no term is said more or less often than in the reference")
    return pd.concat([above.head(top), below.tail(top)], ignore_index=True)


def _sure(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    return numbers_of(frame, "q_value") < SURE if "q_value" in frame else np.zeros(len(frame), dtype=bool)


def _scale(ax: Axes, rates: Floats, *, room: float) -> float:
    """A scale of logarithms with plain numbers, in so many points; where 0 stands on it."""
    said = rates[rates > 0]
    if not len(said):
        raise AnalysisError("nothing to draw: all rates are 0")
    least, most = float(said.min()), float(said.max())
    floor = least / max((most / least) ** 0.12, 1.8)  # an eighth of the width to the left
    ax.set_xscale("log")
    ax.set_xlim(floor / 1.15 if (rates == 0).any() else least / 1.3, most * 1.3)
    steps = (1,) if most / least > 100 else (1, 3) if most / least > 20 else (1, 2, 5)
    decades = range(int(np.floor(np.log10(least))), int(np.ceil(np.log10(most))) + 1)
    ticks = [step * 10.0**power for power in decades for step in steps]
    ticks = [tick for tick in ticks if least / 1.3 <= tick <= most * 1.3]
    if len(ticks) < 2:  # rates of one size
        ticks = [float(tick) for tick in MaxNLocator(4).tick_values(least, most) if tick > 0]
    if (rates == 0).any():
        apart = (most * 1.3 / floor) ** (
            2 * type_of(ax) / room
        )  # so that the labels of 0 and the first number do not touch
        ticks = [floor, *(tick for tick in ticks if tick > floor * apart)]
        ax.axvline(np.sqrt(floor * least), color="#9A9A9A", linewidth=0.8, linestyle=":", zorder=0)
    ax.xaxis.set_major_locator(FixedLocator(ticks))
    ax.xaxis.set_minor_locator(FixedLocator([]))
    ax.xaxis.set_major_formatter(lambda tick, _: "0" if (rates == 0).any() and tick == floor else f"{tick:g}")
    ax.grid(axis="x", alpha=0.25)
    ax.set_axisbelow(True)
    return float(floor)


def _pairs(ax: Axes, places: Floats, ratio: Floats, sure: npt.NDArray[np.bool_]) -> None:
    rows = np.arange(len(places))
    colours = np.where(ratio > 0, ABOVE, BELOW)
    ax.hlines(rows, places.min(axis=1), places.max(axis=1), color=list(colours), linewidth=1.6, alpha=0.55, zorder=2)
    ax.scatter(places[:, 1], rows, marker="D", s=20, facecolor="white", edgecolor=REFERENCE, linewidth=1.1, zorder=3,
               clip_on=False)  # fmt: skip
    ax.scatter(places[:, 0], rows, marker="o", s=42, facecolor=list(np.where(sure, colours, "white")),
               edgecolor=list(colours), linewidth=1.4, zorder=4, clip_on=False)  # fmt: skip


def _write(ax: Axes, best: pd.DataFrame, words: dict[str, str]) -> None:
    """The log ratios on the right, each in its row, below their name."""
    low = "lrc" in best
    written = [_signed(number) for number in best["log_ratio"]]
    if low:
        bounds = map(_signed, best["lrc"])
        written = [words["both"].format(ratio=ratio, bound=bound) for ratio, bound in zip(written, bounds, strict=True)]
    lines = [(row, text) for row, text in enumerate(written)]
    for row, text in [(-0.95, words["header" if low else "plain"]), *lines]:
        ax.annotate(
            text, (1, row), xycoords=ax.get_yaxis_transform(), xytext=(8, 0), textcoords="offset points", va="center",
            fontsize=small_of(ax), annotation_clip=False,
        )  # fmt: skip


def _signed(number: float) -> str:
    """A number with its sign, the minus as long as the plus."""
    if np.isnan(number):
        return "—"
    return f"{number:+.2f}".replace("-", "−") if round(number, 2) else "0"


def _handles(best: pd.DataFrame, ratio: Floats, words: dict[str, str], *, zero: bool) -> Sequence[Line2D]:
    def mark(label: str, shape: str = "", **style: object) -> Line2D:
        return Line2D([], [], linestyle="", marker=shape, label=words[label], **style)  # type: ignore[arg-type]

    colour, sure = ABOVE if (ratio > 0).any() else BELOW, _sure(best)
    handles = [
        mark("group", "o", color=colour),
        mark("reference", "D", markerfacecolor="white", markeredgecolor=REFERENCE, markersize=5),
    ]
    if "q_value" in best:
        handles += [mark("sure", "o", color=colour)] if sure.any() else []
        handles += [mark("unsure", "o", markerfacecolor="white", markeredgecolor=colour)] if not sure.all() else []
    return [*handles, *([mark("zero")] if zero else [])]
