"""What a notebook shows of topics, and of topics of periods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from corpus_tools.showing.cells import DIGITS
from corpus_tools.showing.columns import meaning_of
from corpus_tools.showing.table import Table
from corpus_tools.showing.words import both

if TYPE_CHECKING:
    from corpus_tools.analysis.topics.periods import Periods
    from corpus_tools.analysis.topics.result import Topics

WORDS = 10  # of each topic
ROWS = 50


def of_topics(topics: Topics) -> str:
    """One row a topic: its label, share and first words, and what there is to say of its quality."""
    words = topics.terms[topics.terms["rank"] <= WORDS].groupby("topic")["term"].agg(" ".join)
    frame = topics.labels[["topic", "label", "share"]].merge(words.reset_index(), on="topic", how="left")
    frame = frame.merge(topics.quality[["topic", "stability", "npmi", "note"]], on="topic")
    places = {"topic": "Topics.labels", "label": "Topics.labels", "share": "Topics.labels", "term": "Topics.terms"}
    return _shown(frame, places, of="Topics.quality", caption=repr(topics))


def of_periods(periods: Periods) -> str:
    """One row a period with its topics, then what became of them."""
    labels = periods.topics.groupby("period")["label"].agg("；".join)
    frame = periods.periods.merge(labels.reset_index(), on="period", how="left")
    frame = frame[["period", "documents", "units", "label", "gap"]]
    links = periods.links[["period", "label", "event", "next_period", "next_label", "similarity", "steady"]]
    first = _shown(frame, {"label": "Periods.topics"}, of="Periods.periods", caption=repr(periods))
    return first + _shown(links, {}, of="Periods.links", caption=both("links"))


def _shown(frame: pd.DataFrame, places: Mapping[str, str], *, of: str, caption: str) -> str:
    known = {str(name): meaning_of(str(name), places.get(str(name), of)) for name in frame.columns}
    return Table(frame, caption, "zh", ROWS, DIGITS, known)._repr_html_()
