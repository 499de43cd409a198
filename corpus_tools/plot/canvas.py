"""What the charts share: axes of years, colours, names at the lines' ends, words in two languages, checks of frames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from corpus_tools.errors import AnalysisError

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


def words_of(lang: str, *more: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The words of a language, those of ``more`` too; AnalysisError for another one."""
    if lang not in WORDS:
        raise AnalysisError(f"lang is {lang!r}; it can be {' or '.join(map(repr, WORDS))}")
    return {key: word for table in (WORDS, *more) for key, word in table[lang].items()}


def first_of(frame: pd.DataFrame, wanted: Sequence[str], usual: str) -> str:
    """The first of these columns that the frame has."""
    if frame.empty:
        raise AnalysisError("nothing to draw: the frame has no rows")
    for column in wanted:
        if column in frame:
            return column
    raise AnalysisError(f"no column {usual!r} to draw; there are: {', '.join(map(str, frame.columns))}")


def check_columns(frame: pd.DataFrame, *columns: str) -> None:
    """AnalysisError unless the frame has rows and all these columns."""
    for column in columns:
        first_of(frame, (column,), column)


def numbers_of(frame: pd.DataFrame, column: str) -> npt.NDArray[np.float64]:
    """A column as numbers, NaN where missing; AnalysisError for anything else."""
    try:
        return pd.to_numeric(frame[column]).to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise AnalysisError(f"column {column!r} must hold numbers") from None


def years_of(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Every year from the first to the last, those without documents too."""
    first_of(frame, ("year",), "year")
    numbers = pd.to_numeric(frame["year"], errors="coerce").astype(float)
    if numbers.isna().any() or (numbers % 1 != 0).any():
        raise AnalysisError("years must be whole numbers")
    return np.arange(int(numbers.min()), int(numbers.max()) + 1)


def axes_of(ax: Axes | None, *, height: float = 4.2, width: float = 8) -> Axes:
    """These axes, or new ones of this size in inches."""
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def year_axis(ax: Axes, first: float, last: float, *, label: str) -> None:
    """Whole years on the x-axis, half a year of room on either side."""
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda year, _: f"{year:.0f}")
    ax.set_xlim(first - 0.5, last + 0.5)
    ax.set_xlabel(label)


def percent_axis(ax: Axes) -> None:
    """Shares on the y-axis as percentages."""
    from matplotlib.ticker import PercentFormatter

    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=None))


def direct_labels(ax: Axes, lines: list[tuple[str, Any, float]]) -> None:
    """Name each line (label, colour, last height) at the right edge, moved apart where labels would cover each other."""
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


def check_rows(rows: int, *, most: int, what: str = "slogans") -> None:
    """AnalysisError for more slogans than can be read."""
    if rows > most:
        raise AnalysisError(
            f"{rows} {what} are too many to draw (at most {most}): "
            "choose some first, as in frame[frame['slogan'].isin(['新质生产力', '生态文明'])]"
        )


def each(frame: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each slogan with its rows."""
    return ((name, frame[frame["slogan"] == name]) for name in names)


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """Rows from the top down, each with its name on the left."""
    ax.set_yticks(range(len(names)), labels=list(names))
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)


def legend(ax: Axes, handles: Sequence[Artist], *, columns: int) -> None:
    """A legend under the name of the x-axis, wherever that is: the distance is in letters, not in parts of the axes."""
    ax.legend(
        handles=list(handles), loc="upper center", bbox_to_anchor=(0.5, 0), borderaxespad=4, ncols=columns,
        frameon=False, fontsize="small", columnspacing=1.6, handletextpad=0.6,
    )  # fmt: skip
