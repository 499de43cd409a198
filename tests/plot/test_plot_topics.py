"""Charts of topics: the map with its labels, the choice of their number, and their shares over the years."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from gallery import CHOICE, NAN, TOPICS, covered, outside, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex

from corpus_tools import plot
from corpus_tools.errors import AnalysisError
from corpus_tools.plot import canvas, labels


def topics(number, seed=0, spread=0.4):
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "topic": range(1, number + 1),
            "label": [f"云溪第{n}路·青岚·渡口治理" for n in range(1, number + 1)],
            "share": 1 / number,
            "x": random.normal(0, spread, number),
            "y": random.normal(0, spread, number),
        }
    )


def bubbles(ax):
    return {tuple(c.get_offsets()[0].tolist()): c for c in ax.collections}


def test_a_bubble_has_the_area_of_its_share_and_stands_at_its_place():
    found = bubbles(plot.topic_map(TOPICS))
    area = {place: bubble.get_sizes()[0] for place, bubble in found.items()}
    assert area[0.4, 0.1] / area[0.1, -0.4] == pytest.approx(0.5 / 0.2)
    assert area[-0.3, 0.2] / area[0.1, -0.4] == pytest.approx(0.3 / 0.2)


def test_a_topic_with_a_note_is_hollow_and_it_is_said():
    ax = plot.topic_map(TOPICS)
    filled = {place: bool(len(bubble.get_facecolor())) for place, bubble in bubbles(ax).items()}
    assert filled == {(0.4, 0.1): True, (-0.3, 0.2): False, (0.1, -0.4): True}
    assert "空心" in ax.get_xlabel()
    plain = plot.topic_map(TOPICS.drop(columns="note"))
    assert all(len(bubble.get_facecolor()) for bubble in bubbles(plain).values())
    assert "空心" not in plain.get_xlabel()
    assert plain.get_xlabel().startswith("面积：份额（20.0%–50.0%）")


@pytest.mark.parametrize("size", [None, "column"])
def test_one_unit_is_as_long_across_as_up(size):
    ax = plot.topic_map(topics(9), ax=plot.figure(size) if size else None)
    seen(ax.figure)
    (x0, y0), (x1, y1) = ax.transData.transform([(0, 0), (0.1, 0.1)])
    assert x1 - x0 == pytest.approx(y1 - y0, rel=1e-3)


@pytest.mark.parametrize("size", ["screen", "page", "column"])
@pytest.mark.parametrize("seed", [1, 2])
def test_labels_of_twenty_topics_cover_each_other_nowhere(size, seed):
    ax = plot.topic_map(topics(20, seed), ax=plot.figure(size))
    texts = seen(ax.figure)
    assert covered(texts) == []
    assert outside(texts, ax.figure) == []
    assert [text.get_text().split()[0] for text in ax.texts] == [str(n) for n in range(1, 21)]


def test_where_there_is_no_room_labels_are_cut_short_and_counted():
    crowd = topics(40, spread=0.01)
    ax = plot.topic_map(pd.concat([crowd, topics(1).assign(topic=41, x=3.0)]), ax=plot.figure("column"), lang="en")
    texts = [text.get_text() for text in ax.texts]
    whole = [f"{n} 云溪第{n}路·青岚·渡口治理" for n in range(1, 41)]
    short = {text for text, full in zip(texts, whole, strict=False) if text != full}
    assert short <= {f"{n} 云溪第{n}路" for n in range(1, 41)} | {str(n) for n in range(1, 41)}
    assert len(short) > 5
    assert ax.get_xlabel().endswith(f"labels cut short: {len(short)}")
    assert "cut short" not in plot.topic_map(TOPICS, lang="en").get_xlabel()


@pytest.mark.parametrize("frame", [topics(2), topics(3).assign(x=0.0, y=0.0), topics(1), topics(4).assign(share=0.0)])
def test_few_topics_and_those_of_one_place_are_drawn(frame):
    ax = plot.topic_map(frame)
    assert outside(seen(ax.figure), ax.figure) == []
    assert len(ax.texts) == len(frame)


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (TOPICS.assign(x=NAN), "x and y must be numbers"),
        (TOPICS.assign(share=-0.1), "share 0 or more"),
        (TOPICS.assign(share=NAN), "share 0 or more"),
        (TOPICS.assign(topic=1), "a topic stands in several rows"),
        (topics(61), "61 topics are too many"),
    ],
)
def test_maps_that_cannot_be_drawn(frame, says):
    with pytest.raises(AnalysisError, match=says):
        plot.topic_map(frame)


def shared(one, other):
    """Whether two boxes (middle, size) have an area in common, by their edges."""
    (ax, ay), (aw, ah) = one
    (bx, by), (bw, bh) = other
    across = min(ax + aw / 2, bx + bw / 2) - max(ax - aw / 2, bx - bw / 2)
    up = min(ay + ah / 2, by + bh / 2) - max(ay - ah / 2, by - bh / 2)
    return across > 1e-6 and up > 1e-6


@settings(max_examples=40, deadline=None)
@given(
    arrays(float, (6, 2), elements=st.floats(20, 280)),
    arrays(float, 6, elements=st.floats(1, 30)),
    arrays(float, 6, elements=st.floats(8, 120)),
)
def test_labels_that_are_called_free_cover_no_other_and_lie_in_the_room(centres, radii, widths):
    sizes = np.column_stack([widths, np.full(6, 12.0)])
    places, free = labels.beside(labels.Circles(centres, radii), sizes, room=np.asarray([300.0, 300.0]))
    boxes = list(zip(places, sizes, strict=True))
    for n, box in enumerate(boxes):
        assert not (free[n] and any(shared(box, other) for m, other in enumerate(boxes) if m != n))
    assert (places - sizes / 2 >= -1e-9).all()
    assert (places + sizes / 2 <= 300 + 1e-9).all()


def test_bubbles_far_apart_have_their_labels_at_their_sides():
    centres = np.asarray([[60.0, 60.0], [240.0, 60.0], [60.0, 240.0], [240.0, 240.0]])
    circles, sizes = labels.Circles(centres, np.full(4, 10.0)), np.full((4, 2), (40.0, 10.0))
    places, free = labels.beside(circles, sizes, room=np.asarray([300.0, 300.0]))
    assert free.all()
    lines = labels.ties(labels.Boxes(places, sizes), circles)
    assert (lines[:, 0] == lines[:, 1]).all()  # none needs a line
    gaps = np.linalg.norm(np.maximum(np.abs(places - centres) - sizes / 2, 0), axis=1) - 10
    assert (np.abs(gaps) < 5).all()


def test_what_each_number_of_topics_is_worth():
    ax = plot.choice(CHOICE.sample(frac=1, random_state=1))
    stability, held_out, coherence = ax.child_axes
    line, best = stability.lines[-2:]
    assert (line.get_xdata().tolist(), line.get_ydata().tolist()) == ([5, 10, 20], [0.95, 0.9, 0.6])
    assert (best.get_xdata().tolist(), best.get_ydata().tolist()) == ([10], [0.9])
    assert line.get_markerfacecolor() == "white"
    assert to_hex(best.get_markerfacecolor()) == canvas.COLOURS[0].lower()
    (whiskers,) = (c for c in held_out.collections if isinstance(c, LineCollection))
    ends = [segment.tolist() for segment in whiskers.get_segments()]
    assert ends[1] == [[10, pytest.approx(0.925)], [10, pytest.approx(0.935)]]
    assert [line.get_ydata().tolist() for line in coherence.lines if len(line.get_xdata()) == 3] == [
        [0.71, 0.78, 0.8],
        [0.21, 0.3, 0.33],
    ]
    texts = [text.get_text() for text in seen(ax.figure)]
    assert "建议 k = 10" in texts
    assert {"5", "10", "20", "C_V", "NPMI"} <= set(texts)


def test_many_numbers_of_topics_and_one_alone():
    many = pd.concat([CHOICE.iloc[[0]].assign(k=k, recommended=k == 60) for k in range(2, 61)])
    for frame in (many, CHOICE.iloc[[1]]):
        ax = plot.choice(frame, ax=plot.figure("column"), lang="en")
        texts = seen(ax.figure)
        assert covered(texts) == []
        assert outside(texts, ax.figure) == []
    with pytest.raises(AnalysisError, match="a k stands in several rows"):
        plot.choice(pd.concat([CHOICE, CHOICE]))


def test_shares_of_twenty_topics_over_the_years():
    """The frame of ``Topics.by("year")``: 2017 has no documents, 2019 too few for an interval."""
    rows = [
        (year, topic, f"云溪第{topic}路·渡口", 0.01 * topic, *((NAN, NAN) if year == 2019 else (0.0, 0.3)), 3)
        for year in (2015, 2016, 2018, 2019)
        for topic in range(1, 21)
    ]
    frame = pd.DataFrame(rows, columns=["year", "topic", "label", "share", "low", "high", "n"])
    ax = plot.small_multiples(frame, ax=plot.figure("page"), columns=4)
    texts = seen(ax.figure)
    assert covered(texts) == []
    assert [panel.get_title(loc="left") for panel in ax.child_axes][:2] == ["云溪第1路·渡口", "云溪第2路·渡口"]
    heights = ax.child_axes[19].lines[0].get_ydata()
    assert np.isnan(heights).tolist() == [False, False, True, False, False]
    assert heights[0] == pytest.approx(0.2)
    assert ax.get_xlabel().startswith("份额")
