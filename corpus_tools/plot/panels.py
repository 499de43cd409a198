"""Several panels in one Axes: the chart still takes ``ax=`` and returns it; its panels are ``ax.child_axes``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from corpus_tools.plot.canvas import type_of
from corpus_tools.plot.paper import sized

# From where to where a panel goes across and down its host, in parts of it.
Span: TypeAlias = tuple[tuple[float, float], tuple[float, float]]


class Place:
    """Where a panel stands in its host, found anew at each drawing: gaps are in points, so that titles fit at every size."""

    def __init__(self, host: Axes, spans: Span, gaps: tuple[float, float]):
        self.host, self.spans, self.gaps = host, spans, gaps

    def __call__(self, ax: object, renderer: object) -> Bbox:
        """The panel's box in parts of the figure, as matplotlib asks for it."""
        box, dots = self.host.bbox, self.host.figure.dpi / 72
        (left, right), (top, bottom) = self.spans
        across, down = (gap * dots for gap in self.gaps)
        # A gap belongs to the panel on its left and above it; the host is a gap longer, so that the last panels end at its edge.
        width, height = box.width + across, box.height + down
        x0, x1 = box.x0 + left * width, box.x0 + right * width - across
        y0, y1 = box.y1 - bottom * height + down, box.y1 - top * height
        smallest = 1.0  # a layout engine may ask while the host has no room
        placed = Bbox.from_extents(x0, y0, max(x1, x0 + smallest), max(y1, y0 + smallest))
        return placed.transformed(self.host.figure.transSubfigure.inverted())


def grid(ax: Axes, number: int, *, columns: int, gaps: tuple[float, float]) -> list[Axes]:
    """``number`` panels of equal size in rows of ``columns``; ``gaps`` between them in points, across and down."""
    rows = -(-number // columns)
    spans = [
        ((n % columns / columns, (n % columns + 1) / columns), (n // columns / rows, (n // columns + 1) / rows))
        for n in range(number)
    ]
    return _divide(ax, spans, gaps=gaps)


def stack(ax: Axes, heights: Sequence[float], *, gap: float) -> list[Axes]:
    """Panels one above the other, of heights in this proportion; ``gap`` in points."""
    ends = [sum(heights[:n]) / sum(heights) for n in range(len(heights) + 1)]
    return _divide(ax, [((0.0, 1.0), span) for span in pairwise(ends)], gaps=(0, gap))


def _divide(ax: Axes, spans: Sequence[Span], *, gaps: tuple[float, float]) -> list[Axes]:
    """Panels do not share axes: matplotlib's sharing takes time that grows with the square of their number."""
    ax.set_frame_on(False)
    ax.tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
    panels: list[Axes] = []
    for span in spans:
        panel, place = ax.inset_axes((0, 0, 1, 1)), Place(ax, span, gaps)
        panel.set_axes_locator(place)
        panel.apply_aspect(place(panel, None))  # so that what is drawn into it can ask how much room there is
        panels.append(sized(panel, type_of(ax)))
    return panels
