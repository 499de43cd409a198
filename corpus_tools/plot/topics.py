"""Charts of topics: how many there should be, and how near they lie to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator

from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import (
    COLOURS,
    LINE_HEIGHT,
    End,
    Style,
    axes_of,
    direct_labels,
    height_of,
    letters,
    name_heights,
    name_widths,
    percent_axis,
    small_of,
    style,
    type_of,
    width_of,
)
from corpus_tools.plot.frames import check_columns, check_once, check_rows, numbers_of, words_of
from corpus_tools.plot.labels import Boxes, Circles, beside, ties
from corpus_tools.plot.panels import stack
from corpus_tools.showing.languages import Lang

Floats = npt.NDArray[np.float64]

MOST_TOPICS = 60
# Axes before any layout take this of their cell, across and up (matplotlib's defaults); a layout leaves an edge, in points.
CELL_PARTS, EDGE = (0.775, 0.77), 10
BUBBLES = 0.08  # of the axes: what all bubbles cover together
CUT = 4  # of the labels without room one in so many is cut short at a time
WIDEST = 0.1  # of the shorter side: the radius of a bubble, where topics are few


def choice(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh") -> Axes:
    """Draw what each number of topics is worth: stability, error of unseen words, coherence; the recommended one is marked.

    ``frame``: ``topics.choose(corpus)`` (k, stability, held_out, held_out_error, c_v, npmi, recommended). The three panels are
    ``ax.child_axes``. AnalysisError for missing columns, a k that stands twice, or an unknown ``lang``.
    """
    words = words_of(lang, "topics")
    check_columns(frame, "k", "stability", "held_out", "held_out_error", "c_v", "npmi", "recommended")
    check_once(frame, "k")
    ax = axes_of(ax, height=5.4, most=1.2)
    points, frame = type_of(ax), frame.sort_values("k")
    panels = stack(ax, (3, 3, 3), gap=2.6 * points)
    for panel, value in zip(panels, ("stability", "held_out", "coherence"), strict=True):
        _k_axis(panel, frame)
        name_heights(panel, words[value], above=1.4 * small_of(ax) if panel is panels[0] else 0)
    stability, held_out, coherence = panels
    _course(stability, frame, "stability", style(0))
    stability.set_ylim(0, 1.04)
    percent_axis(stability.yaxis, "share")
    _course(held_out, frame, "held_out", style(1))
    ends = [_course(coherence, frame, value, style(n)) for n, value in ((2, "c_v"), (3, "npmi"))]
    coherence.set_ylim(min(0.0, numbers_of(frame, "npmi").min()), 1)
    for panel in panels[:-1]:
        panel.tick_params(labelbottom=False)
    name_widths(coherence, words["k"])
    _recommended(stability, frame, words["recommended"])
    direct_labels(coherence, ends)
    fonts.dress(ax, fonts.families())
    return ax


def topic_map(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh") -> Axes:
    """Draw topics as bubbles of the area of their shares, like ones near each other, each with its number and label.

    ``frame``: ``Topics.positions()`` (topic, label, share, x, y, note), of at most 60 topics; those with a note are hollow.
    Labels cover no other; where there is no room for one it is its first word, or the number alone, which is said.
    ``ax.texts`` are in the order of the frame. AnalysisError for missing columns, a topic that stands twice, too many
    topics, places or shares that are no numbers, or an unknown ``lang``.
    """
    words = words_of(lang, "topics")
    check_columns(frame, "topic", "label", "share", "x", "y")
    check_once(frame, "topic")
    check_rows(len(frame), most=MOST_TOPICS, what="topics", column="topic")
    places, shares = np.column_stack([numbers_of(frame, "x"), numbers_of(frame, "y")]), numbers_of(frame, "share")
    if not (np.isfinite(places).all() and (shares >= 0).all()):
        raise AnalysisError("x and y must be numbers, and share 0 or more")
    ax = axes_of(ax, height=6.4, most=1)
    says = [words["map"].format(least=shares.min(), most=shares.max())]
    says += [words["hollow"]] if _noted(frame).any() else []
    name_widths(ax, "　".join([*says, words["short"].format(n=len(frame))]))
    room = _room(ax)
    area = _areas(shares, room)
    radii = np.sqrt(area / np.pi)
    bubbles = Circles(_spread(ax, places, room, margin=float(radii.max())), radii)
    _bubbles(ax, places, area, _noted(frame))
    cut = _labels(ax, frame, bubbles, room=room)
    name_widths(ax, "　".join([*says, *([words["short"].format(n=cut)] if cut else [])]))
    fonts.dress(ax, fonts.families())
    return ax


def _k_axis(panel: Axes, frame: pd.DataFrame) -> None:
    """Numbers of topics that were compared, as many of them named as there is room for."""
    k, best = numbers_of(frame, "k"), frame["recommended"].to_numpy(dtype=np.bool_)
    room = max((k[-1] - k[0]) / 20, 0.5)
    panel.set_xlim(k[0] - room, k[-1] + room)
    panel.xaxis.set_major_locator(FixedLocator(k.tolist(), nbins=max(int(width_of(panel) / (2 * type_of(panel))), 1)))
    panel.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
    for value in k[best]:
        panel.axvline(value, color="#555555", linewidth=0.9, linestyle=":", zorder=0)
    panel.spines[["top", "right"]].set_visible(False)
    panel.grid(axis="y", alpha=0.25)
    panel.set_axisbelow(True)


def _course(panel: Axes, frame: pd.DataFrame, value: str, style: Style) -> End:
    """A line with hollow points, that of the recommended number filled."""
    k, heights, best = numbers_of(frame, "k"), numbers_of(frame, value), frame["recommended"].to_numpy(dtype=np.bool_)
    if f"{value}_error" in frame:
        error = numbers_of(frame, f"{value}_error")
        panel.vlines(k, heights - error, heights + error, color=style.colour, linewidth=1.2)
    panel.plot(k, heights, style.stroke, color=style.colour, marker=style.mark, markersize=4.5, markerfacecolor="white",
               linewidth=1.4, clip_on=False)  # fmt: skip
    panel.plot(k[best], heights[best], linestyle="", color=style.colour, marker=style.mark, markersize=6, clip_on=False)
    return End({"c_v": "C_V", "npmi": "NPMI"}.get(value, value), style.colour, float(k[-1]), float(heights[-1]))


def _recommended(panel: Axes, frame: pd.DataFrame, label: str) -> None:
    """The recommended number above its line, inside the axes."""
    first, last = panel.get_xlim()
    for k in numbers_of(frame[frame["recommended"].to_numpy(dtype=np.bool_)], "k"):
        right = k > (first + last) / 2
        panel.annotate(
            label.format(k=f"{k:.0f}"), (k, 1), xycoords=panel.get_xaxis_transform(), xytext=(2 if right else -2, 2),
            textcoords="offset points", ha="right" if right else "left", va="bottom", fontsize=small_of(panel),
        )  # fmt: skip


def _noted(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    return (frame["note"].fillna("") != "").to_numpy() if "note" in frame else np.zeros(len(frame), dtype=np.bool_)


def _room(ax: Axes) -> Floats:
    """The size that a layout will leave to these axes, in points: their cell, without the lines below; else what they have."""
    room = np.asarray([width_of(ax), height_of(ax)])
    if ax.figure.figure.get_layout_engine() is None:
        return room
    below = LINE_HEIGHT * type_of(ax) * (1 + ax.get_xlabel().count("\n"))
    return np.asarray(room / CELL_PARTS - [EDGE, EDGE + below])


def _areas(shares: Floats, room: Floats) -> Floats:
    """The areas of bubbles in square points."""
    a_share = BUBBLES * room.prod() / (shares.sum() or 1)
    return np.asarray(shares * min(a_share, np.pi * (WIDEST * room.min()) ** 2 / (shares.max() or 1)))


def _spread(ax: Axes, places: Floats, room: Floats, *, margin: float) -> Floats:
    """Set the limits so that one unit is as long across as up; where the places lie, in points from the lower left corner.

    The shape of the axes is held: a layout makes them larger or smaller, and what does not overlap now will not then.
    """
    low, extent = places.min(axis=0), np.ptp(places, axis=0)
    free = room - 2 * (margin + type_of(ax))
    scale = float((free[extent > 0] / extent[extent > 0]).min(initial=np.inf))
    scale = scale if np.isfinite(scale) else 1.0
    start = low + extent / 2 - room / 2 / scale
    end = start + room / scale
    ax.set_xlim(start[0], end[0])
    ax.set_ylim(start[1], end[1])
    ax.set_box_aspect(room[1] / room[0])
    ax.set_anchor("N")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_color("#A8A8A8")
    return np.asarray((places - start) * scale)


def _bubbles(ax: Axes, places: Floats, area: Floats, noted: npt.NDArray[np.bool_]) -> None:
    for number in np.argsort(-area, kind="stable"):  # the smaller in front
        ax.scatter(
            places[number, 0], places[number, 1], s=area[number] * 4 / np.pi, linewidth=0.8, zorder=2,
            facecolor="none" if noted[number] else (COLOURS[0], 0.28), edgecolor=(COLOURS[0], 0.8),
        )  # fmt: skip


def _labels(ax: Axes, frame: pd.DataFrame, bubbles: Circles, *, room: Floats) -> int:
    """Write each topic's number and label beside its bubble, tied to it where it lies apart; how many had to be cut short.

    Of many labels in each other's way those of small topics are cut several at a time: finding places anew takes long.
    """
    whole = [f"{topic} {label}" for topic, label in zip(frame["topic"], frame["label"], strict=True)]
    texts = list(whole)
    while True:
        labels, free = _laid_out(texts, bubbles, points=small_of(ax), room=room)
        shorter = {n: short for n in np.flatnonzero(~free).tolist() if (short := _shorter(texts[n])) != texts[n]}
        if not shorter:
            break
        smallest = sorted(shorter, key=lambda n: (bubbles.radii[n], -n))
        for n in smallest[: max(len(shorter) // CUT, 1)]:
            texts[n] = shorter[n]
    for text, place in zip(texts, _placed(frame, labels, bubbles), strict=True):
        ax.annotate(
            text, **place, textcoords="offset points", ha="center", va="center", fontsize=small_of(ax), zorder=4
        )
    return sum(text != full for text, full in zip(texts, whole, strict=True))


def _laid_out(
    texts: list[str], bubbles: Circles, *, points: float, room: Floats
) -> tuple[Boxes, npt.NDArray[np.bool_]]:
    # The dot in the middle is as wide as a character in a Chinese font.
    sizes = np.asarray([[letters(text.replace("·", "　")) * points + 4, LINE_HEIGHT * points] for text in texts])
    places, free = beside(bubbles, sizes, room=room)
    return Boxes(places, sizes), free


def _placed(frame: pd.DataFrame, labels: Boxes, bubbles: Circles) -> Iterator[dict[str, Any]]:
    """Where matplotlib is to write the labels and to draw the lines that tie those that lie apart."""
    for n, (start, end) in enumerate(ties(labels, bubbles)):
        tie = {"arrowstyle": "-", "color": "#777777", "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0,
               "relpos": tuple((end - labels.places[n]) / labels.sizes[n] + 0.5)}  # fmt: skip
        yield {
            "xy": (frame["x"].iloc[n], frame["y"].iloc[n]),
            "xytext": tuple(labels.places[n] - bubbles.centres[n]),
            "arrowprops": tie if (start != end).any() else None,
        }


def _shorter(text: str) -> str:
    """Number and label with the first word of the label alone, and where that is all, the number."""
    return text.partition("·")[0] if "·" in text else text.partition(" ")[0]
