"""Pictures of frames: every chart is ``plot.x(frame, *, ax=None, lang="zh") -> Axes``; nothing is computed here."""

from __future__ import annotations

from corpus_tools.plot.charts import bars, trend

__all__ = ["bars", "trend"]
