"""A network of words or slogans."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke

from corpus_tools.errors import AnalysisError, MissingPackageError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import COLOURS, axes_of, letters, name_widths, small_of
from corpus_tools.plot.frames import check_columns, numbers_of, words_of
from corpus_tools.showing.languages import Lang

Floats = npt.NDArray[np.float64]

MOST_NODES = 80  # labels of more hardly fit on a screen
LABEL = 1.5  # of the type: what a label needs of the height, its point included
FULL = 0.55  # of the axes, covered by labels; more can hardly be moved apart
PUSHES = 400  # rounds of moving labels apart; most networks of 60 words lie still after 100


def network(
    frame: pd.DataFrame,
    *,
    ax: Axes | None = None,
    lang: Lang = "zh",
    weight: str = "log_dice",
    seed: int = 0,
) -> Axes:
    """Draw pairs of words as a network: the greater the ``weight`` of a pair, the wider its line and the nearer its words.

    ``frame``: source, target and ``weight``, one row a pair, of at most 80 words; choose the strongest first:
    ``frame.nlargest(60, "log_dice")``. The size of a point is the sum of the weights of its lines. Words are laid out
    by the Fruchterman-Reingold algorithm from ``seed`` and then moved until labels no longer cover each other; distances are
    no measure. Needs ``corpus-tools[pictures]``, else MissingPackageError. AnalysisError for missing columns, a pair that
    stands twice (in either direction), a word paired with itself, a weight that is missing or not above 0, too many words, or
    an unknown ``lang``.
    """
    words = words_of(lang, "network")
    check_columns(frame, "source", "target", weight)
    weights = numbers_of(frame, weight)
    pairs = list(zip(frame["source"].astype(str), frame["target"].astype(str), strict=True))
    _check(pairs, weights, weight)
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    if len(names) > MOST_NODES:
        raise AnalysisError(
            f"{len(names)} words are too many to draw (at most {MOST_NODES}): "
            f"choose the strongest pairs first, as in frame.nlargest(60, {weight!r})"
        )
    try:
        import networkx as nx  # noqa: F401 - before a figure is made
    except ImportError:
        raise MissingPackageError("a network", "corpus-tools[pictures]") from None
    ax = axes_of(ax, height=6, most=1)
    ends = np.asarray([[names.index(source), names.index(target)] for source, target in pairs])
    strength = np.bincount(ends.ravel(), np.repeat(weights, 2), minlength=len(names))
    places = _apart(ax, _lay_out(names, pairs, weights, seed=seed), names)
    _draw(ax, places, ends, weights, strength)
    for name, place in zip(names, places, strict=True):
        ax.annotate(
            name, tuple(place), xytext=(0, 4), textcoords="offset points", ha="center", va="bottom", fontsize=small_of(ax),
            zorder=4, path_effects=[withStroke(linewidth=2, foreground="white")],
        )  # fmt: skip
    name_widths(ax, words["key"].format(weight=words.get(weight, weight)))
    fonts.dress(ax, fonts.families())
    return ax


def _check(pairs: list[tuple[str, str]], weights: Floats, weight: str) -> None:
    if not (weights > 0).all():
        raise AnalysisError(f"{weight} must be greater than 0 for every pair: leave the others out")
    seen: set[frozenset[str]] = set()
    for source, target in pairs:
        if source == target:
            raise AnalysisError(f"{source!r} is paired with itself")
        if (pair := frozenset((source, target))) in seen:
            raise AnalysisError(f"{source!r} and {target!r} are paired twice: choose one group, then draw it")
        seen.add(pair)


def _lay_out(names: list[str], pairs: list[tuple[str, str]], weights: Floats, *, seed: int) -> Floats:
    """Places from 0 to 1, in the order of the names."""
    import networkx as nx

    graph: Any = nx.Graph()
    graph.add_nodes_from(names)
    scaled = weights / weights.max()
    graph.add_weighted_edges_from((*pair, number) for pair, number in zip(pairs, scaled, strict=True))
    found = nx.spring_layout(graph, seed=seed, iterations=200, k=2 / np.sqrt(len(names)))
    places = np.asarray([found[name] for name in names], dtype=float)
    extent = np.ptp(places, axis=0)
    return np.asarray((places - places.min(axis=0)) / np.where(extent > 0, extent, 1))


def _apart(ax: Axes, places: Floats, names: list[str]) -> Floats:
    """The places, in points of the axes, moved until the boxes of their labels no longer cover each other."""
    box, points = ax.get_window_extent(), 72 / ax.figure.dpi
    room = np.asarray([box.width, box.height]) * points
    sizes = np.column_stack([[letters(name) for name in names], np.full(len(names), LABEL + 0.4)]) * small_of(ax) + 3
    if sizes.prod(axis=1).sum() > FULL * room.prod():
        raise AnalysisError(
            f"{len(names)} words do not fit into these axes: choose fewer, or larger axes (plot.figure)"
        )
    places = places * (room - sizes) + sizes / 2
    for _ in range(PUSHES):
        apart = places[:, None] - places[None]
        overlap = (sizes[:, None] + sizes[None]) / 2 - np.abs(apart)
        covered = (overlap > 0).all(axis=2) & ~np.eye(len(names), dtype=bool)
        if not covered.any():
            break
        # Along the shorter way out; two at one place part by their order.
        across = overlap[..., 0] < overlap[..., 1]
        order = np.sign(np.arange(len(names))[:, None] - np.arange(len(names))[None])
        ways = np.where(apart == 0, order[..., None], np.sign(apart))
        push = np.where(np.stack([across, ~across], axis=2) & covered[..., None], overlap * ways, 0) / 2
        places = np.clip(places + push.sum(axis=1) * 0.6, sizes / 2, room - sizes / 2)
    return places / room


def _draw(ax: Axes, places: Floats, ends: npt.NDArray[np.int64], weights: Floats, strength: Any) -> None:
    scaled = weights / weights.max()
    least = scaled.min()
    spread = (scaled - least) / (1 - least) if least < 1 else np.ones_like(scaled)
    ax.add_collection(
        LineCollection(list(places[ends]), linewidths=0.7 + 3 * spread, colors=COLOURS[6], alpha=0.6, zorder=1)
    )
    ax.scatter(places[:, 0], places[:, 1], s=14 + 90 * strength / strength.max(), color=COLOURS[0], zorder=2)
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_frame_on(False)
