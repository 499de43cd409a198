"""Rates over the years, with intervals that know that a document is one observation."""

from corpus_tools.analysis.trends.rates import rate as rate

__all__ = ["rate"]
