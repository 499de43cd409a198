"""Charts as SVG for a page: text stays text, in the font the page brings."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corpus_tools import plot
from corpus_tools.plot import fonts
from corpus_tools.plot.charts import Lang

SIZE = (9, 3.6)  # inches; the page scales it to its width
MAP = (9, 6)
SPARK = (240, 44)  # in units of the drawing, which the page stretches; 2 of them are free at each edge


def trend(frame: pd.DataFrame, *, lang: Lang) -> Markup:
    """Draw ``plot.trend`` as one ``<svg>`` element; the same frame gives the same bytes on every machine."""
    return _svg(lambda ax: plot.trend(frame, ax=ax, lang=lang), size=SIZE)


def topic_map(frame: pd.DataFrame, *, lang: Lang) -> Markup:
    """Draw ``plot.topic_map`` as one ``<svg>`` element, its labels links to ``#topic-1``, ``#topic-2``, …"""

    def draw(ax: Axes) -> Axes:
        plot.topic_map(frame, ax=ax, lang=lang)
        for text, topic in zip(ax.texts, frame["topic"], strict=True):
            text.set_url(f"#topic-{topic}")
        return ax

    return _svg(draw, size=MAP)


def sparkline(shares: Mapping[int, float], *, first: int, last: int) -> Markup:
    """A small line of shares by year, from 0 to the highest; years that are not there are gaps, one alone is a point."""
    width, height = SPARK
    most, span = max(shares.values()) or 1, max(last - first, 1)
    lines: list[list[str]] = [[]]
    for year in range(first, last + 1):
        if year in shares:
            x, y = 2 + (width - 4) * (year - first) / span, height - 2 - (height - 4) * shares[year] / most
            lines[-1].append(f"{x:.4g} {y:.3g}")
        elif lines[-1]:
            lines.append([])
    alone = "".join(f"M{points[0]}h0" for points in lines if len(points) == 1)  # with round ends it is a point
    path = "".join(f"M{'L'.join(points)}" for points in lines if len(points) > 1)
    return Markup(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        '<path d="{}"/><path class="alone" d="{}"/></svg>'
    ).format(width, height, path, alone)


def _svg(draw: Callable[[Axes], Axes], *, size: tuple[float, float]) -> Markup:
    with mpl.rc_context(mpl.rcParamsDefault | {"svg.fonttype": "none", "svg.hashsalt": "corpus_tools"}):
        figure = Figure(figsize=size, layout="constrained")
        ax = draw(figure.add_subplot())
        fonts.dress(ax, fonts.families(shipped=True))
        target = io.StringIO()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing")  # left to the reader's own fonts
            figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = target.getvalue()
    return Markup(svg[svg.index("<svg") :])
