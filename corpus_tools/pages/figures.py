"""Charts as SVG for a page: text stays text, in the font the page brings."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping, Sequence

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corpus_tools import plot
from corpus_tools.plot import fonts
from corpus_tools.showing.languages import Lang

SIZE = (9, 3.6)  # inches; the page scales it to its width
MAP = (9, 6)
SPARK = (240, 44)  # in units of the drawing, which the page stretches; 2 of them are free at each edge
STACK, LEFT, FOOT = (900, 250), 40, 24  # of stacked bars; what is free for the numbers of the axes
APART = 44  # units between two years that are written
INTERVAL = (120, 10)  # of a share with its interval


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


def stack(counts: Mapping[int, Sequence[int]], *, names: Sequence[str], colours: Sequence[int]) -> Markup:
    """Stacked bars by year, from the first year to the last; years that are not in ``counts`` have no bar.

    ``names`` and ``colours`` (classes ``s0``, ``s1``, …) are those of the parts of a bar, the lowest first.
    """
    width, height = STACK
    first, last = min(counts), max(counts)
    top = max(sum(row) for row in counts.values())
    step, rise = (width - LEFT - 4) / (last - first + 1), (height - FOOT - 8) / top
    floor = height - FOOT
    out = [
        Markup('<path class="grid" d="M{} {:.4g}H{}"/><text class="y" x="{}" y="{:.4g}">{}</text>').format(
            LEFT, floor - n * rise, width, LEFT - 6, floor - n * rise + 4, n
        )
        for n in range(0, top + 1, _round(top / 4, top))
    ]
    every = _round(APART / step, last)
    for year in range(first, last + 1):
        x = LEFT + (year - first) * step
        if year % every == 0:
            out.append(Markup('<text class="x" x="{:.4g}" y="{}">{}</text>').format(x + step / 2, height - 6, year))
        if year in counts:
            row = counts[year]
            parts = ", ".join(f"{name} {n}" for name, n in zip(names, row, strict=True) if n)
            said = f"{year}: {sum(row)} ({parts})"
            out.append(_bar(row, x=x + step * 0.1, width=step * 0.8, rise=rise, colours=colours, said=said))
    return Markup('<svg class="stack" viewBox="0 0 {} {}" role="img">{}</svg>').format(
        width, height, Markup("").join(out)
    )


def _bar(row: Sequence[int], *, x: float, width: float, rise: float, colours: Sequence[int], said: str) -> Markup:
    """One bar: where it begins, how wide it is, how high a document, and what it says to a pointer."""
    parts, done, floor = list[Markup](), 0, STACK[1] - FOOT
    for n, colour in zip(row, colours, strict=True):
        if n:
            done += n
            parts.append(
                Markup('<rect class="s{}" x="{:.5g}" y="{:.5g}" width="{:.4g}" height="{:.4g}"/>').format(
                    colour, x, floor - done * rise, width, n * rise
                )
            )
    return Markup("<g><title>{}</title>{}</g>").format(said, Markup("").join(parts))


def _round(wanted: float, most: int) -> int:
    """The first of 1, 2, 5, 10, 20, … that is no less than what is wanted."""
    steps = (digit * int(10**power) for power in range(len(str(most)) + 1) for digit in (1, 2, 5))
    return next(step for step in steps if step >= wanted)


def interval(share: float, low: float, high: float, *, most: float) -> Markup:
    """A bar from 0 to a share, of a width that holds ``most``, with its interval as a line; none where the bounds are NaN."""
    width, height = INTERVAL
    line = "" if low != low or high != high else f"M{width * low / most:.4g} {height / 2}H{width * high / most:.4g}"
    return Markup(
        '<svg class="interval" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{:.4g}" height="{}"/><path d="{}"/></svg>'
    ).format(width, height, width * share / most, height, line)


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
