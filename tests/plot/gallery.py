"""A frame for every chart, about invented places, and what a reader sees of a chart when it is drawn."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

NAN = math.nan
YEARS = (2015, 2016, 2019, 2020, 2021)  # 2017 and 2018 have no documents
TERMS = ("云溪新路", "青岚行动", "“两河”治理")

RATES = pd.DataFrame(
    [
        (year, term, rate := 3.0 + number + place % 3, rate - 1, rate + 2, 4, 3, 5)
        for place, year in enumerate(YEARS)
        for number, term in enumerate(TERMS)
    ],
    columns=["year", "term", "rate", "low", "high", "count", "documents", "n"],
)
LEVELS = pd.DataFrame(
    [
        ("national", "云溪新路", 2.0, NAN, NAN, 1),
        ("city", "云溪新路", 5.0, 4.0, 7.0, 12),
        ("county", "云溪新路", 3.0, 1.0, 6.0, 9),
        ("national", "青岚行动", 4.0, NAN, NAN, 1),
        ("city", "青岚行动", 1.0, 0.0, 2.5, 12),
        ("county", "青岚行动", 0.0, 0.0, 1.5, 9),
    ],
    columns=["level", "term", "rate", "low", "high", "n"],
)
KEYS = pd.DataFrame(
    [
        ("2021", "云溪", 8.0, 0.5, 4.0, 3.1, 0.001),
        ("2021", "新路", 2.0, 0.0, 3.0, 1.2, 0.01),
        ("2021", "青岚", 1.0, 0.9, 0.15, 0.0, 0.8),
        ("2021", "水车", 0.0, 6.0, -6.0, -4.5, 0.001),
        ("2021", "渡口", 3.0, 9.0, -1.58, -0.7, 0.2),
        ("2021", "等于", 1.0, 1.0, 0.0, 0.0, 1.0),
    ],
    columns=["year", "term", "per_10k", "per_10k_reference", "log_ratio", "lrc", "q_value"],
)
HITS = pd.DataFrame(
    [
        ("d3", 2021, "2021年青岚县政府工作报告", "云溪", 0.0),
        ("d1", 2019, "云溪市政府工作报告", "云溪", 0.25),
        ("d1", 2019, "云溪市政府工作报告", "新路", 0.5),
        ("d2", pd.NA, "一份没有年份而标题很长很长很长很长很长的工作报告", "云溪", 1.0),
        ("d3", 2021, "2021年青岚县政府工作报告", "新路", 0.75),
    ],
    columns=["doc_id", "year", "title", "query", "position"],
).astype({"year": "Int64"})
EDGES = pd.DataFrame(
    [("云溪", "新路", 9.0), ("新路", "青岚", 7.5), ("青岚", "云溪", 6.0), ("水车", "渡口", 3.0)],
    columns=["source", "target", "log_dice"],
)
COMPARED = pd.DataFrame(
    [
        (2015, "云溪新路", "province", "city", 4.0, 1.0, 3.0, 1.0, 5.0),
        (2016, "云溪新路", "province", "city", 3.0, 2.0, 1.0, -1.0, 3.0),
        (2019, "云溪新路", "province", "city", 2.0, 5.0, -3.0, -6.0, -1.0),
    ],
    columns=["year", "term", "a", "b", "rate_a", "rate_b", "difference", "low", "high"],
)
CHANGED = pd.DataFrame(
    [("云溪新路", 2019, 3.5, 4.0, 0.012), ("云溪新路", 2021, 4.0, 9.0, 0.0004)],
    columns=["term", "year", "before", "after", "p_value"],
)
ONE = RATES[RATES["term"] == "云溪新路"]
COURSE = RATES.rename(columns={"term": "slogan", "rate": "per_10k"}).assign(share_documents=0.6, burst=False)
LIVES = pd.DataFrame(
    [("云溪新路", 2016, 2015, 2021, 2019, pd.NA, "2019–2020", "热", 0.6, True)],
    columns=["slogan", "official", "first", "last", "peak", "half_life", "bursts", "peak_tier", "peak_share", "early"],
)
SPREAD = pd.DataFrame(
    [("云溪新路", "national", 2016, 2015, 4), ("云溪新路", "city", 2019, 2016, 9)],
    columns=["slogan", "level", "first", "after", "n"],
)
TAKEN = pd.DataFrame(
    [("云溪新路", "city", 2016, 0, 9, 0.0, 0.0, 0.2), ("云溪新路", "city", 2019, 3, 9, 0.33, 0.1, 0.6)],
    columns=["slogan", "level", "year", "places", "n", "share", "low", "high"],
)
CHOICE = pd.DataFrame(
    [
        (5, 0.95, 0.97, 0.004, 0.71, 0.21, False),
        (10, 0.9, 0.93, 0.005, 0.78, 0.3, True),
        (20, 0.6, 0.925, 0.005, 0.8, 0.33, False),
    ],
    columns=["k", "stability", "held_out", "held_out_error", "c_v", "npmi", "recommended"],
)
TOPICS = pd.DataFrame(
    [
        (1, "云溪·新路·渡口", 0.5, 0.4, 0.1, ""),
        (2, "青岚·水车·“两河”治理", 0.3, -0.3, 0.2, "unstable"),
        (3, "渔港", 0.2, 0.1, -0.4, ""),
    ],
    columns=["topic", "label", "share", "x", "y", "note"],
)
# Chart -> the frames that it takes, one column of the first that it cannot do without.
FRAMES: dict[str, tuple[tuple[pd.DataFrame, ...], str]] = {
    "adoption": ((TAKEN,), "share"),
    "bars": ((KEYS,), "term"),
    "changes": ((ONE, CHANGED), "rate"),
    "choice": ((CHOICE,), "held_out"),
    "comparison": ((COMPARED,), "difference"),
    "dispersion": ((HITS,), "position"),
    "heatmap": ((RATES,), "rate"),
    "intervals": ((LEVELS,), "rate"),
    "keyness": ((KEYS,), "log_ratio"),
    "lifecycle": ((LIVES,), "peak"),
    "network": ((EDGES,), "log_dice"),
    "small_multiples": ((RATES,), "year"),
    "staircase": ((SPREAD,), "after"),
    "topic_map": ((TOPICS,), "x"),
    "trend": ((RATES,), "rate"),
    "word_cloud": ((KEYS,), "term"),
}


def seen(figure):
    """Draw a figure, any warning (a missing glyph, no room) an error; the texts that were drawn, each once."""
    found: list[Text] = []
    draw = Text.draw

    def record(self, renderer):
        if self.get_visible() and self.get_text().strip():
            found.append(self)
        draw(self, renderer)

    Text.draw = record
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            FigureCanvasAgg(figure).draw()
    finally:
        Text.draw = draw
    return list({id(text): text for text in found}.values())


def ink(figure):
    """Where a figure is dark, as an array."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].mean(axis=2) < 128


def outside(texts, figure):
    """Texts that stick out of the figure by more than a pixel."""
    whole, found = figure.bbox.padded(1), []
    for text in texts:
        box = Text.get_window_extent(text)
        if not (whole.x0 <= box.x0 and box.x1 <= whole.x1 and whole.y0 <= box.y0 and box.y1 <= whole.y1):
            found.append(text.get_text())
    return found


def covered(texts):
    """Pairs of texts that cover each other."""
    boxes = [(text.get_text(), Text.get_window_extent(text).padded(-1)) for text in texts]
    return [(a, b) for n, (a, one) in enumerate(boxes) for b, other in boxes[:n] if one.overlaps(other)]
