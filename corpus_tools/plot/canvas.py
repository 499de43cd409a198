"""What charts are drawn on: sizes, axes of years, colours and marks, names of axes, rows and lines, legends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import MaxNLocator, PercentFormatter
from matplotlib.transforms import ScaledTranslation, Transform

from corpus_tools.plot.frames import PERCENT
from corpus_tools.plot.paper import Sheet

# Okabe and Ito's palette without yellow and black (told apart with every common colour blindness). Each has a mark of its
# own, for grey print; after seven lines the stroke changes.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#6F6F6F")
MARKS = ("o", "s", "^", "D", "v", "P", "X")
STROKES = ("-", "--", ":", "-.")
LINE_HEIGHT = 1.35  # of the type: what a line of Chinese needs
NARROW = 4  # axes with room for fewer years than this name the first and the last
ROWS = float("inf")  # how high a chart of rows may be, in parts of its width
CELL = 1.2  # axes before any layout are about three quarters of the width of their figure
MOST_ROWS = 60  # at 0.26 inches a row: two pages of paper


class Percent(PercentFormatter):
    """Percentages with as many decimals as the ticks need, and the minus of all other numbers."""

    def set_locs(self, locs: Sequence[float]) -> None:
        """Take the ticks that are to be told apart."""
        super().set_locs(locs)  # type: ignore[arg-type]  # any sequence of numbers will do
        shares = 100 * np.asarray(locs, dtype=float)
        self.decimals = next((n for n in range(4) if np.allclose(shares, shares.round(n), atol=1e-6)), 4)

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The label of a tick."""
        return self.fix_minus(super().__call__(x, pos))


class Style(NamedTuple):
    """How the lines of one term are told from those of the others."""

    colour: str
    mark: str
    stroke: str


class End(NamedTuple):
    """Where a line ends, and what it is called."""

    label: str
    colour: str
    x: float
    y: float


def style(number: int) -> Style:
    """The style of the first, second, … term; 28 differ."""
    turn = number % len(COLOURS)
    return Style(COLOURS[turn], MARKS[turn], STROKES[number // len(COLOURS) % len(STROKES)])


def axes_of(ax: Axes | None, *, height: float = 4.2, width: float = 8, most: float = 0.75) -> Axes:
    """These axes, or new ones of this size in inches.

    A sheet of ``paper.figure`` keeps its width, and takes the height that the chart wants, in proportion to its type, but at
    ``most`` this part of its width; charts of rows need what they need.
    """
    if ax is None:
        from matplotlib import pyplot as plt

        return plt.subplots(figsize=(width, height), layout="constrained")[1]
    sheet = ax.get_figure()
    if isinstance(sheet, Sheet) and sheet.open:
        wanted = height * type_of(ax) / 10
        sheet.set_figheight(min(wanted, most * sheet.get_figwidth()))
    return ax


def type_of(ax: Axes) -> float:
    """The size of ordinary type in these axes, in points: that of the names of their axes."""
    return float(ax.xaxis.label.get_fontsize())


def small_of(ax: Axes) -> float:
    """The size of small type in these axes, in points."""
    return 0.85 * type_of(ax)


def name_widths(ax: Axes, label: str, *, names: Sequence[str] = ()) -> None:
    """Name the x-axis, and say what else must be said there, on as many lines as it takes."""
    room = room_of(ax, names) / type_of(ax)
    lines = _filled(re.split("(?<=　)", label), room)
    lines = [
        part for line in lines for part in (_filled(line.split(" "), room, " ") if letters(line) > room else [line])
    ]
    ax.set_xlabel("\n".join(line.strip() for line in lines))


def _filled(pieces: Sequence[str], room: float, between: str = "") -> list[str]:
    """Lines of as many pieces as there is room for, at least one."""
    lines = [pieces[0]]
    for piece in pieces[1:]:
        if letters(lines[-1] + between + piece.rstrip()) > room:
            lines.append(piece)
        else:
            lines[-1] += between + piece
    return lines


def room_of(ax: Axes, names: Sequence[str]) -> float:
    """The width that a layout may leave to these axes beside names of rows or lines, in points."""
    figure = CELL * width_of(ax)
    beside = max(map(letters, names), default=0) * type_of(ax)
    return max(figure - max(beside, 0.2 * width_of(ax)), 0.2 * figure)


def width_of(ax: Axes) -> float:
    """The width of these axes before any layout, in points."""
    return float(ax.get_window_extent().width / ax.figure.dpi * 72)


def height_of(ax: Axes) -> float:
    """The height of these axes before any layout, in points."""
    return float(ax.get_window_extent().height / ax.figure.dpi * 72)


def name_heights(ax: Axes, label: str, *, right: bool = False, above: float = 0) -> None:
    """Name the y-axis above its end, level: a turned label lays Chinese characters on their backs.

    It is the title on the left (or right), for which layouts make room; the title in the middle stays free. ``above`` in points.
    """
    ax.set_title(label, loc="right" if right else "left", fontsize=type_of(ax), pad=0.6 * type_of(ax) + above)


def year_axis(ax: Axes, first: float, last: float, *, label: str, names: Sequence[str] = ()) -> None:
    """Whole years on the x-axis, half a year of room on either side; ``names`` of rows take room from it."""
    ax.set_xlim(first - 0.5, last + 0.5)
    name_widths(ax, label, names=names)
    room = room_of(ax, names)
    bins = int(min(room / (3 * type_of(ax)), 9))
    if bins < NARROW and last > first:  # the first and the last, inside the axes
        shown = [first, last] if room > 5.4 * type_of(ax) else [first]
        ax.set_xticks(shown, labels=[f"{year:.0f}" for year in shown])
        for text, year in zip(ax.get_xticklabels(), shown, strict=True):
            text.set_horizontalalignment("left" if year == first else "right")
        return
    ax.xaxis.set_major_locator(MaxNLocator(bins or 1, integer=True, min_n_ticks=1, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(lambda year, _: f"{year:.0f}")


def percent_axis(axis: Axis, value: str) -> None:
    """Parts of a whole as percentages; other values as they are."""
    if value in PERCENT:
        axis.set_major_formatter(Percent(1, decimals=0))


def direct_labels(ax: Axes, ends: Sequence[End]) -> None:
    """Name each line at the right edge, labels moved apart where they would cover each other and tied to their lines."""
    bottom, top = ax.get_ylim()
    line = label_height(ax)
    order = sorted(range(len(ends)), key=lambda number: ends[number].y)
    wanted = np.asarray([(ends[number].y - bottom) / (top - bottom) for number in order])
    for number, height, was in zip(order, _apart(wanted, line), wanted, strict=True):
        end = ends[number]
        moved = abs(height - was) > line / 4
        ax.annotate(
            end.label, (end.x, end.y), xytext=(1, height), textcoords=_beside(ax), color=end.colour, va="center",
            fontsize=type_of(ax), annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": end.colour, "linewidth": 0.6, "shrinkA": 1, "shrinkB": 3,
                        "relpos": (0, 0.5)} if moved else None,
        )  # fmt: skip


def label_height(ax: Axes) -> float:
    """What a label needs of the height of these axes."""
    return min(LINE_HEIGHT * type_of(ax) / height_of(ax), 1.0)


def _apart(wanted: npt.NDArray[np.float64], line: float) -> npt.NDArray[np.float64]:
    """Heights in order, a line apart at least; too many at the top slide down together."""
    heights = wanted.copy()
    for i in range(1, len(heights)):
        heights[i] = max(heights[i], heights[i - 1] + line)
    if len(heights) and heights[-1] > 1:
        heights = np.minimum(heights, 1 - line * np.arange(len(heights))[::-1])
    return heights


def _beside(ax: Axes) -> Transform:
    """Parts of the axes, moved to the right by the room of a short leader."""
    return ax.transAxes + ScaledTranslation(14 / 72, 0, ax.figure.figure.dpi_scale_trans)


def name_rows(ax: Axes, names: Sequence[str]) -> None:
    """Rows from the top down, each with its name on the left."""
    ax.set_yticks(range(len(names)), labels=list(names), fontsize=row_type(ax, len(names)))
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)


def row_type(ax: Axes, rows: int) -> float:
    """The size of the names of rows: ordinary type, less where rows lie closer than its lines do."""
    return min(0.9 * type_of(ax), max(height_of(ax) / max(rows, 1) / 1.1, 3.0))


def legend(ax: Axes, handles: Sequence[Artist], *, columns: int) -> None:
    """A legend under the name of the x-axis, wherever that is: the distance is in letters, not in parts of the axes.

    In a narrow figure it has fewer columns, and ends at the right edge of the axes, so that it may lie under names of rows.
    """
    room = width_of(ax)
    widths = [(letters(str(handle.get_label())) + 4.5) * small_of(ax) for handle in handles]
    while columns > 1 and _wide(widths, columns) > room:
        columns -= 1
    wide = _wide(widths, columns) > 0.6 * room
    below = 4 + LINE_HEIGHT * ax.get_xlabel().count("\n") * type_of(ax) / small_of(ax)  # in letters of the legend
    ax.legend(
        handles=list(handles), loc="upper right" if wide else "upper center", bbox_to_anchor=(1 if wide else 0.5, 0),
        borderaxespad=below, ncols=columns, frameon=False, fontsize=small_of(ax), columnspacing=1.6, handletextpad=0.6,
    )  # fmt: skip


def letters(text: str) -> float:
    """The width of a text in its type: a Chinese character is one, a Latin letter about half of one."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.55 for letter in text)


def _wide(widths: Sequence[float], columns: int) -> float:
    """The width of a legend whose entries run down its columns."""
    rows = -(-len(widths) // columns)
    return sum(max(widths[start : start + rows]) for start in range(0, len(widths), rows))
