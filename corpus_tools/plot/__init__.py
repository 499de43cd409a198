"""Pictures of frames: every chart is ``plot.x(frame, *, ax=None, lang="zh") -> Axes``; nothing is computed here."""

from __future__ import annotations

from corpus_tools.plot.charts import bars, trend
from corpus_tools.plot.slogans import heatmap, lifecycle
from corpus_tools.plot.spread import adoption, staircase

__all__ = ["adoption", "bars", "heatmap", "lifecycle", "staircase", "trend"]
