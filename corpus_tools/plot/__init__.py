"""Pictures of frames: every chart is ``plot.x(frame, *, ax=None, lang="zh") -> Axes``; nothing is computed here.

A chart of several panels divides the Axes it is given and returns it; its panels are ``ax.child_axes``. ``figure`` makes Axes
of a journal's sizes, ``save`` writes them to a file.
"""

from __future__ import annotations

from corpus_tools.plot.charts import bars, intervals, trend
from corpus_tools.plot.cloud import word_cloud
from corpus_tools.plot.contrasts import changes, comparison
from corpus_tools.plot.heat import heatmap
from corpus_tools.plot.keys import keyness
from corpus_tools.plot.multiples import small_multiples
from corpus_tools.plot.net import network
from corpus_tools.plot.paper import figure, save
from corpus_tools.plot.places import dispersion
from corpus_tools.plot.slogans import lifecycle
from corpus_tools.plot.spread import adoption, staircase
from corpus_tools.plot.topics import choice, topic_map

__all__ = [
    "adoption",
    "bars",
    "changes",
    "choice",
    "comparison",
    "dispersion",
    "figure",
    "heatmap",
    "intervals",
    "keyness",
    "lifecycle",
    "network",
    "save",
    "small_multiples",
    "staircase",
    "topic_map",
    "trend",
    "word_cloud",
]
