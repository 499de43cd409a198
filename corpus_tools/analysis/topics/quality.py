"""What each topic is worth: whether its words stand together, whether it comes back, and what it stands on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from corpus_tools.analysis import grouping
from corpus_tools.analysis.topics import coherence, matching, ranking
from corpus_tools.analysis.topics.engines import Floats
from corpus_tools.analysis.topics.gathering import Gathered
from corpus_tools.analysis.topics.material import Material

MOSTLY = 0.5  # share of a topic in one document, or in repeated text, from which on it is marked

NOTES = {
    "unstable": "comes back in fewer than 70 % of the refits",
    "one document": "half of its weight is in a single document",
    "repeated text": "half of its weight is in units that stand word for word in several documents",
    "few words": "fewer than ten words have any weight",
}


def quality(
    material: Material, loadings: Floats, sizes: Floats, *, by: str, found: Gathered, refits: pd.DataFrame
) -> pd.DataFrame:
    """One row a topic, in the order of ``loadings`` and of the columns of ``found``; columns as of ``Topics.quality``."""
    columns = ranking.best(loadings, sizes, by=by, top=coherence.TOP)
    npmi, c_v = coherence.coherence(material.blocks(), ranking.known(loadings, columns))
    of_reports = grouping.indicator(material.report, int(material.report.max()) + 1)
    total, led = of_reports @ found.total, of_reports @ found.led
    of_topic = refits.groupby("topic")
    topic = np.arange(1, len(loadings) + 1)
    weight = np.maximum(total.sum(axis=0), ranking.LEAST)
    frame = pd.DataFrame(
        {
            "topic": topic,
            "npmi": npmi,
            "c_v": c_v,
            "exclusivity": ranking.exclusive(loadings, columns),
            "stability": of_topic["recurs"].mean().reindex(topic).to_numpy(dtype=np.float64),
            "similarity": of_topic["similarity"].mean().reindex(topic).to_numpy(dtype=np.float64),
            "documents": (led > 0).sum(axis=0),
            "units": led.sum(axis=0),
            "largest": total.max(axis=0) / weight,
            "repeated": found.repeated / weight,
        }
    )
    few = ranking.counted(loadings).sum(axis=1) < coherence.TOP
    marks = [frame["stability"] < matching.STEADY, frame["largest"] > MOSTLY, frame["repeated"] > MOSTLY, few]
    frame["note"] = [
        "; ".join(name for name, mark in zip(NOTES, row, strict=True) if mark) for row in zip(*marks, strict=True)
    ]
    return frame
