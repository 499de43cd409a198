"""Charts over the years: panels, smoothing, comparisons, changes, intervals of groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from gallery import CHANGED, COMPARED, LEVELS, NAN, ONE, RATES, TERMS, covered, outside, seen
from matplotlib.collections import LineCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.patches import StepPatch

from corpus_tools import plot
from corpus_tools.errors import AnalysisError
from corpus_tools.plot import canvas


def segments(ax):
    return [s.tolist() for c in ax.collections if isinstance(c, LineCollection) for s in c.get_segments()]


def test_each_term_has_a_panel_in_the_order_of_the_frame_over_the_same_years():
    ax = plot.small_multiples(RATES, columns=2)
    seen(ax.figure)
    panels = ax.child_axes
    assert [panel.get_title(loc="left") for panel in panels] == list(TERMS)
    assert {panel.get_xlim() for panel in panels} == {(2014.5, 2021.5)}
    assert len({panel.get_ylim() for panel in panels}) == 1
    first, second, third = (panel.get_window_extent() for panel in panels)
    assert (first.x1 < second.x0, first.y0) == (True, second.y0)
    assert (third.y1 < first.y0, third.x0) == (True, first.x0)
    assert first.width == pytest.approx(third.width)


def test_a_panel_has_its_own_line_in_front_of_the_others_in_grey():
    ax = plot.small_multiples(RATES)
    own = [line for line in ax.child_axes[1].lines if line.get_color() == canvas.COLOURS[0]]
    assert [line.get_ydata()[[0, 1, 4, 5, 6]].tolist() for line in own] == [[4, 5, 6, 4, 5]]
    assert np.isnan(own[0].get_ydata()[2:4]).all()
    assert len(ax.child_axes[1].lines) == 3
    apart = plot.small_multiples(RATES, share_y=False)
    assert [len(panel.lines) for panel in apart.child_axes] == [1, 1, 1]
    assert len({panel.get_ylim() for panel in apart.child_axes}) == 3


def test_sixty_panels_fill_a_page_and_one_more_is_too_much():
    many = pd.concat([ONE[:2].assign(term=f"第{n}路") for n in range(60)])
    ax = plot.small_multiples(many, ax=plot.figure("page"), columns=6)
    texts = seen(ax.figure)
    assert len(ax.child_axes) == 60
    assert covered(texts) == []
    assert outside(texts, ax.figure) == []
    with pytest.raises(AnalysisError, match=r"61 panels .*at most 60"):
        plot.small_multiples(pd.concat([many, ONE]))
    with pytest.raises(AnalysisError, match="columns is 0"):
        plot.small_multiples(RATES, columns=0)


def test_years_stand_under_the_lowest_panel_of_each_column():
    ax = plot.small_multiples(RATES, columns=2)
    years = {text for text in seen(ax.figure) if text.get_text().isdigit() and int(text.get_text()) > 1900}
    below = [any(label in years for label in panel.get_xticklabels()) for panel in ax.child_axes]
    assert below == [False, True, True]


def test_moving_ratios_are_the_line_and_single_years_are_points():
    moving = ONE.assign(
        moving=[NAN, 4.0, 4.5, 4.6, NAN], moving_low=[NAN, 3, 3, 3, NAN], moving_high=[NAN, 5, 6, 6, NAN]
    )
    ax = plot.trend(moving)
    line, points = ax.lines
    assert line.get_ydata()[[1, 4, 5]].tolist() == [4.0, 4.5, 4.6]
    assert (line.get_marker(), points.get_linestyle()) == ("None", "None")
    assert points.get_ydata()[[0, 1, 4, 5, 6]].tolist() == ONE["rate"].tolist()
    bands = [path.vertices for c in ax.collections if not isinstance(c, LineCollection) for path in c.get_paths()]
    assert max(vertices[:, 1].max() for vertices in bands) == 6
    assert "移动平均" in ax.get_xlabel()


def test_an_interval_that_would_press_a_course_flat_is_cut_and_it_is_said():
    wild = ONE.assign(high=[6.0, 900.0, 7.0, 5.0, 6.0])
    ax = plot.trend(wild)
    assert 5 < ax.get_ylim()[1] < 10
    assert "部分区间超出图幅" in ax.get_xlabel()
    assert "超出" not in plot.trend(ONE).get_xlabel()
    apart = plot.small_multiples(pd.concat([wild, ONE.assign(term="青岚行动")]), share_y=False)
    assert [panel.get_ylim()[1] < 10 for panel in apart.child_axes] == [True, True]
    assert "超出" in apart.get_xlabel()
    other = plot.small_multiples(wild.rename(columns={"rate": "value"}), value="value")
    low, high = other.child_axes[0].get_ylim()
    assert (low > -1, high < 10) == (True, True)


@pytest.mark.parametrize(("documents", "name"), [(True, "篇数比例"), (False, "份额")])
def test_a_share_is_of_documents_where_these_are_counted(documents, name):
    frame = ONE.rename(columns={"rate": "share"}).assign(share=[0.1, 0.2, 0.5, 0.9, 1.0])
    ax = plot.trend(frame.drop(columns=["low", "high", *([] if documents else ["documents"])]))
    assert ax.get_title(loc="left") == name
    assert "60%" in {text.get_text() for text in seen(ax.figure)}


def test_two_courses_stand_above_their_difference():
    ax = plot.comparison(COMPARED)
    upper, lower = ax.child_axes
    a, b = upper.lines
    assert a.get_ydata()[[0, 1, 4]].tolist() == [4, 3, 2]
    assert b.get_ydata()[[0, 1, 4]].tolist() == [1, 2, 5]
    assert [text.get_text() for text in upper.texts] == ["省级", "市级"]
    difference, zero = lower.lines
    assert difference.get_ydata()[[0, 1, 4]].tolist() == [3, 1, -3]
    assert np.isnan(difference.get_ydata()[2:4]).all()
    assert set(zero.get_ydata()) == {0}
    assert lower.get_title(loc="left") == "差（省级 − 市级）"
    assert segments(lower) == [[[2019, -6], [2019, -1]]]  # alone between gaps
    seen(ax.figure)
    assert upper.get_window_extent().y0 > lower.get_window_extent().y1


def test_shares_are_compared_as_percentages():
    frame = COMPARED.rename(columns={"rate_a": "share_a", "rate_b": "share_b"})
    frame[["share_a", "share_b", "difference", "low", "high"]] /= 10
    ax = plot.comparison(frame)
    labels = {text.get_text() for text in seen(ax.figure)}
    assert {"−50%", "40%"} <= labels
    assert not any("-" in label for label in labels)
    with pytest.raises(AnalysisError, match="several values in column 'term'"):
        plot.comparison(pd.concat([COMPARED, COMPARED.assign(term="青岚行动")]))


def test_means_of_segments_are_steps_that_begin_half_a_year_before():
    ax = plot.changes(ONE, CHANGED)
    (steps,) = (patch for patch in ax.patches if isinstance(patch, StepPatch))
    values, edges, _ = steps.get_data()
    assert values.tolist() == [3.5, 4.0, 9.0]
    assert edges.tolist() == [2014.5, 2018.5, 2020.5, 2021.5]
    labels = [text.get_text() for text in ax.texts]
    assert labels[:2] == ["2019 (p = .012)", "2021 (p < .001)"]


def test_changes_of_several_terms_have_no_names_and_unchanged_ones_no_steps():
    ax = plot.changes(RATES, CHANGED)
    assert sum(isinstance(patch, StepPatch) for patch in ax.patches) == 1
    assert sorted(text.get_text() for text in ax.texts) == sorted(TERMS)
    assert not plot.changes(ONE, CHANGED.iloc[:0]).patches
    with pytest.raises(AnalysisError, match="outside the years"):
        plot.changes(ONE, CHANGED.assign(year=2030))
    with pytest.raises(AnalysisError, match="no column 'after' in changes"):
        plot.changes(ONE, CHANGED.drop(columns="after"))
    with pytest.raises(AnalysisError, match=r"5 terms .*at most 4"):
        plot.changes(pd.concat([ONE.assign(term=f"第{n}路") for n in range(5)]), CHANGED)


def test_changes_beside_each_other_have_names_one_above_the_other():
    close = pd.DataFrame([("云溪新路", year, 1.0, 2.0, 0.01) for year in (2019, 2020, 2021)], columns=CHANGED.columns)
    for size in ("screen", "column"):
        assert covered(seen(plot.changes(ONE, close, ax=plot.figure(size)).figure)) == []


def test_groups_go_by_the_first_term_and_points_stand_at_their_rates():
    ax = plot.intervals(LEVELS)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["市级（12 篇）", "县级（9 篇）", "全国（1 篇）"]
    first, second = [line for line in ax.lines if line.get_marker() != "None"]
    assert list(zip(first.get_xdata(), first.get_ydata().round().tolist(), strict=True)) == [(2, 2), (5, 0), (3, 1)]
    assert second.get_xdata().tolist() == [4, 1, 0]
    assert (first.get_ydata() < second.get_ydata()).all()
    lows = sorted((a[0], b[0], round(a[1])) for a, b in filter(None, segments(ax)))
    assert lows == [(0, 1.5, 1), (0, 2.5, 0), (1, 6, 1), (4, 7, 0)]


def test_several_columns_of_groups_are_one_name():
    frame = LEVELS.assign(year=2020)[["year", *LEVELS.columns]]
    ax = plot.intervals(frame, lang="en")
    assert ax.get_yticklabels()[0].get_text() == "2020 · city (documents: 12)"
    with pytest.raises(AnalysisError, match="stand before 'term'"):
        plot.intervals(LEVELS.drop(columns="level"))
    with pytest.raises(AnalysisError, match="in several rows"):
        plot.intervals(pd.concat([LEVELS, LEVELS]))


KEYED = pd.DataFrame(
    [(2019, "云溪", 2.0), (2019, "青岚", -4.0), (2021, "云溪", -1.0), (2022, "云溪", 3.0), (2022, "青岚", 0.0)],
    columns=["year", "term", "log_ratio"],
)


def test_values_of_both_signs_have_two_colours_and_white_between():
    ax = plot.heatmap(KEYED)
    mesh = ax.collections[-1]
    assert isinstance(mesh, QuadMesh)
    red, green, blue = (np.asarray(mesh.cmap(mesh.norm(value))[:3]) for value in (-4.0, 0.0, 4.0))
    assert to_hex(green) == "#ffffff"
    assert to_hex(red) == canvas.COLOURS[1].lower()
    assert to_hex(blue) == canvas.COLOURS[0].lower()
    assert mesh.norm.vmin == -mesh.norm.vmax == -4
    assert "−4" in {text.get_text() for text in seen(ax.figure)}


def test_a_year_without_rows_is_no_gap_of_one_term():
    ax = plot.heatmap(KEYED)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["云溪", "青岚"]
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["该年无文献", "表中无此值"]
    absent, cells = (c.get_array().reshape(2, 4) for c in ax.collections if isinstance(c, QuadMesh))
    assert np.ma.getmaskarray(absent).tolist() == [[True] * 4, [True, True, False, True]]
    assert np.ma.getmaskarray(cells).tolist() == [[False, True, False, False], [False, True, True, False]]
    assert plot.heatmap(RATES).get_legend().get_texts()[-1].get_text() == "该年无文献"


def test_few_years_are_whole_and_narrow_axes_name_the_first_and_the_last():
    ax = plot.trend(pd.DataFrame({"year": [2020], "term": ["云溪"], "rate": [1.0]}))
    assert "2020" in {text.get_text() for text in seen(ax.figure)}
    many = pd.concat([ONE.assign(term=f"第{n}路") for n in range(6)])
    narrow = plot.small_multiples(many, ax=plot.figure("page"), columns=6)
    assert [label.get_text() for label in narrow.child_axes[0].get_xticklabels()] == ["2015", "2021"]


def test_a_change_that_was_not_tested_has_no_p():
    unknown = CHANGED.assign(p_value=pd.array([0.012, None], dtype="Float64"))
    texts = {text.get_text() for text in seen(plot.changes(ONE, unknown).figure)}
    assert {"2019 (p = .012)", "2021"} <= texts
