"""Charts as SVG for a page: text stays text, in the font the page brings."""

from __future__ import annotations

import io
import warnings

import matplotlib as mpl
import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure

from corpus_tools import plot
from corpus_tools.plot import fonts
from corpus_tools.plot.charts import Lang

SIZE = (9, 3.6)  # inches; the page scales it to its width


def trend(frame: pd.DataFrame, *, lang: Lang) -> Markup:
    """Draw ``plot.trend`` as one ``<svg>`` element; the same frame gives the same bytes on every machine."""
    with mpl.rc_context(mpl.rcParamsDefault | {"svg.fonttype": "none", "svg.hashsalt": "corpus_tools"}):
        figure = Figure(figsize=SIZE, layout="constrained")
        ax = plot.trend(frame, ax=figure.add_subplot(), lang=lang)
        fonts.dress(ax, fonts.families(shipped=True))
        target = io.StringIO()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing")  # left to the reader's own fonts
            figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = target.getvalue()
    return Markup(svg[svg.index("<svg") :])
