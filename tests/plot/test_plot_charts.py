from __future__ import annotations

import math
import warnings
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from corpus_tools import plot
from corpus_tools.errors import AnalysisError
from corpus_tools.plot import canvas, fonts

NAN = math.nan
RATES = pd.DataFrame(
    [
        (2018, "高质量发展", 10.0, 8.0, 12.0),
        (2018, "“放管服”改革", 4.0, 3.0, 5.0),
        (2019, "高质量发展", 12.0, 9.0, 14.0),
        (2019, "“放管服”改革", 3.0, NAN, NAN),
        (2022, "高质量发展", 11.0, 9.0, 13.0),
        (2022, "“放管服”改革", 3.2, 2.0, 5.0),
    ],
    columns=["year", "term", "rate", "low", "high"],
)


@pytest.fixture
def ax():
    return Figure(figsize=(6, 4)).add_subplot()


def drawn(ax):
    """Draw as a user does; a missing glyph or any other warning is an error. Returns every character drawn."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        FigureCanvasAgg(ax.figure).draw()
    return [text.get_text() for text in ax.findobj(Text) if text.get_visible()]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("chart", ["trend", "bars"])
def test_every_character_drawn_has_a_glyph(ax, chart, lang):
    frame = RATES if chart == "trend" else RATES[RATES["year"] == 2018]
    getattr(plot, chart)(frame.rename(columns={"rate": "per_10k"}) if chart == "bars" else frame, ax=ax, lang=lang)
    ax.set_title("标题 −1")
    texts = drawn(ax)
    assert "高质量发展" in texts
    assert fonts.missing(texts, ax.title.get_fontfamily()) == set()


def test_a_missing_glyph_would_be_noticed(ax):
    ax.set_title("标题", fontfamily="DejaVu Sans")
    with pytest.raises(UserWarning, match="missing"):
        drawn(ax)


def test_a_line_breaks_where_years_are_missing(ax):
    plot.trend(RATES, ax=ax)
    line = ax.lines[0]
    assert list(line.get_xdata()) == [2018, 2019, 2020, 2021, 2022]
    assert np.isnan(line.get_ydata()[2:4]).all()
    assert line.get_ydata()[[0, 1, 4]].tolist() == [10, 12, 11]


def test_a_year_that_stands_alone_has_an_upright_interval(ax):
    plot.trend(RATES[RATES["term"] == "高质量发展"], ax=ax)
    upright = [c for c in ax.collections if len(c.get_paths()) == 1 and hasattr(c, "get_segments")]
    assert [segment.tolist() for c in upright for segment in c.get_segments()] == [[[2022, 9], [2022, 13]]]


def test_years_are_whole_numbers_on_the_axis(ax):
    plot.trend(RATES, ax=ax)
    drawn(ax)
    labels = [tick.get_text() for tick in ax.get_xticklabels()]
    assert all(label == "" or label.isdigit() for label in labels)


def test_many_labels_do_not_cover_each_other(ax):
    frame = pd.DataFrame(
        [(y, f"提法{i}", 5 + i / 100) for y in (2019, 2020) for i in range(12)], columns=["year", "term", "rate"]
    )
    plot.trend(frame, ax=ax)
    drawn(ax)
    boxes = sorted((Text.get_window_extent(t) for t in ax.texts), key=lambda box: box.y0)
    assert len(boxes) == 12
    assert all(low.y1 <= high.y0 + 1 for low, high in pairwise(boxes))
    assert boxes[-1].y1 <= ax.get_window_extent().y1 + boxes[-1].height
    assert len({(line.get_color(), line.get_linestyle()) for line in ax.lines}) == 12


@given(st.lists(st.floats(0, 1), min_size=1, max_size=18).map(sorted))
def test_labels_keep_their_order_and_their_distance_and_stay_beside_the_axes(wanted):
    heights = canvas._apart(np.asarray(wanted), 0.055)
    assert np.diff(heights).min(initial=1) >= 0.055 - 1e-9
    assert heights.max() <= 1 + 1e-9
    if np.diff(wanted).min(initial=1) >= 0.055:
        assert heights.tolist() == wanted


def test_bars_are_sorted_and_cut(ax):
    frame = pd.DataFrame({"slogan": ["甲", "乙", "丙"], "count": [2, 9, 5], "per_10k": [0.2, 0.9, 0.5]})
    plot.bars(frame, ax=ax, top=2)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["乙", "丙"]
    assert [bar.get_width() for bar in ax.patches] == [0.9, 0.5]


def test_signs_of_mathematics_and_markup_are_ordinary_characters(ax):
    plot.bars(pd.DataFrame({"term": ["$a^", "<b>&", "_始"], "score": [0.1, 0.2, 0.3]}), ax=ax)
    assert {"$a^", "<b>&", "_始"} <= set(drawn(ax))


def test_topics_can_be_drawn(ax):
    plot.trend(
        pd.DataFrame({"year": [2019, 2020], "topic": [1, 1], "label": ["林·草", "林·草"], "share": [0.4, 0.5]}), ax=ax
    )
    assert ax.get_title(loc="left") == "份额"


def test_nullable_years_are_years(ax):
    plot.trend(RATES.astype({"year": "Int64"}), ax=ax)
    assert list(ax.lines[0].get_xdata()) == [2018, 2019, 2020, 2021, 2022]


@pytest.mark.parametrize(
    ("chart", "frame", "options", "says"),
    [
        ("trend", RATES.drop(columns="rate"), {}, "no column 'rate'"),
        ("trend", RATES.drop(columns="year"), {}, "no column 'year'"),
        ("trend", RATES.assign(year=2019.5), {}, "whole numbers"),
        ("trend", RATES.iloc[:0], {}, "no rows"),
        ("trend", RATES, {"lang": "fr"}, "'zh' or 'en'"),
        ("bars", RATES.rename(columns={"rate": "count"}), {}, "several rows"),
        ("bars", RATES.rename(columns={"rate": "count"}), {"value": "weight"}, "no column 'weight'"),
    ],
)
def test_frames_that_cannot_be_drawn(ax, chart, frame, options, says):
    with pytest.raises(AnalysisError, match=says):
        getattr(plot, chart)(frame, ax=ax, **options)


def test_a_group_is_one_row_though_its_terms_are_told_of_other_numbers_of_documents(ax):
    frame = pd.DataFrame(
        [("city", "a", 1.0, 0.5, 1.5, 44), ("city", "b", 2.0, 1.5, 2.5, 27), ("county", "a", 3.0, 2.0, 4.0, 30)],
        columns=["level", "term", "rate", "low", "high", "n"],
    )
    plot.intervals(frame, ax=ax, lang="en")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["county (documents: 30)", "city (documents: 27–44)"]


def test_a_topic_is_no_group_of_its_label(ax):
    frame = pd.DataFrame(
        [("city", 1, "鱼", 0.4, 0.3, 0.5), ("city", 2, "林", 0.6, 0.5, 0.7)],
        columns=["level", "topic", "label", "share", "low", "high"],
    )
    plot.intervals(frame, ax=ax, lang="en")
    assert len(ax.get_yticklabels()) == 1


@pytest.mark.parametrize("bounds", [("paragraphs_low", "paragraphs_high"), ("low", "high")])
def test_shares_of_paragraphs_have_their_intervals(ax, bounds):
    rows = [("city", "党建", 0.4, 0.3, 0.5), ("county", "党建", 0.2, 0.1, 0.3)]
    frame = pd.DataFrame(rows, columns=["level", "theme", "share_paragraphs", *bounds])
    plot.intervals(frame, ax=ax, value="share_paragraphs")
    assert len(ax.collections) == 1
