from __future__ import annotations

import math
import warnings

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from corpus_tools import plot
from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts, levels, slogans

NAN = math.nan
SHARES = {  # 2014 and 2015 have no documents
    "新质生产力": [0.0, 0.0, 0.5, 1.0],
    "脱贫攻坚": [0.2, 0.8, 0.8, 0.0],
    "“三农”": [0.9, 0.1, 0.0, 0.0],
    "从未": [0.0, 0.0, 0.0, 0.0],
}
RATES = {"新质生产力": [0, 0, 1, 9], "脱贫攻坚": [5, 1, 3, 0], "“三农”": [3, 1, 0, 0], "从未": [0, 0, 0, 0]}
COURSE = pd.DataFrame(
    [
        (year, name, share, float(rate), share >= 0.5)
        for name, shares in SHARES.items()
        for year, share, rate in zip((2012, 2013, 2016, 2017), shares, RATES[name], strict=True)
    ],
    columns=["year", "slogan", "share_documents", "per_10k", "burst"],
)
LIVES = pd.DataFrame(
    [
        ("高质量发展", 2017, 2018, 2026, 2026, pd.NA, "2018–2026", "沸", 1.0, False),
        ("四个现代化", 1954, 1978, 1989, 1979, 12, "1978–1981; 1985", "热", 0.4, False),
        ("动态清零", 2021, 2015, 2022, 2020, 2, "", "冷", 0.05, True),
        ("一带一路", pd.NA, 2014, 2026, 2016, pd.NA, "", "暖", 0.2, False),
    ],
    columns=[
        "slogan", "official", "first", "last", "peak", "half_life", "bursts", "peak_tier", "peak_share", "early",
    ],
).astype(dict.fromkeys(["official", "first", "last", "peak", "half_life"], "Int64"))  # fmt: skip
DIFFUSION = pd.DataFrame(
    [
        ("生态文明", "association", 2016, 2015, 7),
        ("生态文明", "province", 2010, 2007, 40),
        ("生态文明", "national", 2007, 2006, 80),
        ("新质生产力", "national", 2024, 2023, 80),
        ("新质生产力", "province", 2012, pd.NA, 40),
        ("新质生产力", "association", pd.NA, pd.NA, 7),
    ],
    columns=["slogan", "level", "first", "after", "n"],
).astype({"first": "Int64", "after": "Int64"})
ADOPTION = pd.DataFrame(
    [
        ("新质生产力", "province", 2024, 0, 10, 0.0, 0.0, 0.0),
        ("新质生产力", "province", 2026, 8, 20, 0.4, 0.2, 0.6),
        ("新质生产力", "national", 1990, 0, 1, 0.0, NAN, NAN),
        ("新质生产力", "national", 2023, 0, 1, 0.0, NAN, NAN),
        ("新质生产力", "national", 2024, 1, 1, 1.0, NAN, NAN),
    ],
    columns=["slogan", "level", "year", "places", "n", "share", "low", "high"],
)
COUNT = pd.DataFrame(
    [
        (2024, "营商环境", 3.0, 2.0, 4.0, 0.5, 0.3, 0.7),
        (2025, "营商环境", 4.0, 3.0, 6.0, 0.9, 0.8, 1.0),
        (2025, "放管服", 1.0, NAN, NAN, 1.0, NAN, NAN),
    ],
    columns=["year", "slogan", "per_10k", "per_10k_low", "per_10k_high", "share_documents", "share_low", "share_high"],
)
CHARTS = {"heatmap": COURSE, "lifecycle": LIVES, "staircase": DIFFUSION, "adoption": ADOPTION, "trend": COUNT}


@pytest.fixture
def ax():
    return Figure(figsize=(8, 5), layout="constrained").add_subplot()


def drawn(ax):
    """Draw as a user does; a missing glyph or any other warning is an error. Returns the texts of the whole figure."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        FigureCanvasAgg(ax.figure).draw()
    return [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text()]


def rows(ax):
    """Names of rows from the top down."""
    low, high = ax.get_ylim()
    assert low > high
    return [label.get_text() for label in ax.get_yticklabels()]


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def points(ax, marker):
    """Where points of this marker lie, in data."""
    wanted = mpl.markers.MarkerStyle(marker)
    path = wanted.get_path().transformed(wanted.get_transform())
    found = [c for c in ax.collections if isinstance(c, PathCollection) and len(c.get_paths())]
    same = [c for c in found if np.array_equal(c.get_paths()[0].vertices, path.vertices)]
    return [tuple(map(float, xy)) for c in same for xy in c.get_offsets()]


def segments(ax):
    return [s.tolist() for c in ax.collections if isinstance(c, LineCollection) for s in c.get_segments()]


def spans(ax):
    """Rectangles as (left, right, row)."""
    boxes = [p for p in ax.patches if isinstance(p, Rectangle)]
    return [(b.get_x(), b.get_x() + b.get_width(), round(b.get_y() + b.get_height() / 2)) for b in boxes]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("chart", CHARTS)
def test_every_character_has_a_glyph_and_every_text_lies_in_the_picture(ax, chart, lang):
    getattr(plot, chart)(CHARTS[chart], ax=ax, lang=lang)
    for text in drawn(ax):
        assert fonts.missing([text.get_text()], text.get_fontfamily()) == set()
    whole = ax.figure.get_tightbbox()  # in inches; of what is drawn, not of the ticks beyond an axis
    assert min(whole.x0, whole.y0) >= 0
    assert whole.x1 <= 8
    assert whole.y1 <= 5


def test_rows_of_a_heat_map_go_by_peak_and_the_never_said_are_last(ax):
    plot.heatmap(COURSE.sample(frac=1, random_state=0), ax=ax)
    # 脱贫攻坚: of two years of share .8 that with the greater rate, 2016; before 新质生产力 with its peak of 2017.
    assert rows(ax) == ["“三农”", "脱贫攻坚", "新质生产力", "从未"]


def test_rows_of_equal_peak_go_by_first_year(ax):
    frame = pd.DataFrame(
        [("甲", 2012, 0), ("甲", 2013, 3), ("乙", 2012, 1), ("乙", 2013, 3)], columns=["slogan", "year", "per_10k"]
    )
    plot.heatmap(frame, ax=ax, value="per_10k")
    assert rows(ax) == ["乙", "甲"]
    assert legend(ax) == ["有文献而未出现"]  # no gaps, and no column of bursts
    other = plot.heatmap(frame[frame["per_10k"] > 0], value="per_10k")
    assert legend(other) == ["表中无此值"]  # no cell is 0, and none is said to be


def test_years_without_documents_are_masked_and_zero_is_not(ax):
    plot.heatmap(COURSE, ax=ax)
    (mesh,) = (c for c in ax.collections if isinstance(c, QuadMesh))
    cells = mesh.get_array().reshape(4, 6)
    assert np.ma.getmaskarray(cells).all(axis=0).tolist() == [False, False, True, True, False, False]
    assert not np.ma.getmaskarray(cells)[:, [0, 1, 4, 5]].any()
    assert cells[0, [0, 1, 4, 5]].tolist() == [0.9, 0.1, 0, 0]
    assert to_hex(mesh.cmap(mesh.norm(0.0))) == "#ffffff"
    assert to_hex(mesh.cmap(mesh.norm(0.01))) != "#ffffff"
    ground = ax.patches[0]
    assert ground.get_hatch()
    assert (ground.get_x(), ground.get_width(), ground.get_height()) == (2011.5, 6, 4)
    assert "该年无文献" in legend(ax)


def test_bursts_are_outlined_over_the_gaps_inside_them(ax):
    plot.heatmap(COURSE, ax=ax)
    bursts = [(b.get_x(), b.get_x() + b.get_width(), round(b.get_y() + 0.44)) for b in ax.patches[1:]]
    assert bursts == [(2011.5, 2012.5, 0), (2012.5, 2016.5, 1), (2015.5, 2017.5, 2)]
    assert {to_hex(b.get_edgecolor()) for b in ax.patches[1:]} == {slogans.WARNING.lower()}


@pytest.mark.parametrize(
    ("value", "unit", "most"), [("share_documents", "篇数比例", 1), ("per_10k", "每万汉字次数", 9)]
)
def test_the_bar_of_colours_has_a_unit(ax, value, unit, most):
    plot.heatmap(COURSE, ax=ax, value=value)
    texts = [text.get_text() for text in drawn(ax)]
    (mesh,) = (c for c in ax.collections if isinstance(c, QuadMesh))
    assert mesh.colorbar.ax.get_title(loc="right") == unit
    assert mesh.norm.vmax == most
    assert ("40%" in texts) == (value == "share_documents")


def test_lives_stand_in_the_order_of_their_first_year(ax):
    plot.lifecycle(LIVES, ax=ax)
    assert rows(ax) == ["四个现代化", "一带一路", "动态清零", "高质量发展"]
    lives = [s for s in segments(ax) if s[0][0] <= s[1][0]]
    for first, last, row in ((1978, 1989, 0), (2014, 2026, 1), (2015, 2022, 2), (2018, 2026, 3)):
        assert [[first, row], [last, row]] in lives


def test_bursts_of_lives_cover_whole_years(ax):
    plot.lifecycle(LIVES, ax=ax)
    assert spans(ax) == [(1977.5, 1981.5, 0), (1984.5, 1985.5, 0), (2017.5, 2026.5, 3)]


def test_peak_half_life_and_official_year_are_marked(ax):
    plot.lifecycle(LIVES, ax=ax)
    assert points(ax, "o") == [(1979, 0), (2016, 1), (2020, 2), (2026, 3)]
    assert points(ax, "v") == [(1991, 0), (2022, 2)]
    assert points(ax, "D") == [(2021, 2), (2017, 3)]
    # 1954 lies too long before 1978 to be shown in scale: at the edge, with its year.
    ((edge, row),) = points(ax, "<")
    assert (row, [t.get_text() for t in ax.texts]) == (0, ["1954"])
    assert 1960 < edge < 1978
    assert ax.get_xlim() == (edge - 1, 2027)


def test_a_slogan_older_than_its_official_year_is_a_warning(ax):
    plot.lifecycle(LIVES, ax=ax)
    drawn(ax)
    warned = [t.get_text() for t in ax.get_yticklabels() if to_hex(t.get_color()) == slogans.WARNING.lower()]
    assert warned == ["动态清零"]
    assert "首见早于提出年份" in legend(ax)
    other = Figure().add_subplot()
    plot.lifecycle(LIVES[~LIVES["early"]], ax=other)
    assert "首见早于提出年份" not in legend(other)


def test_hotter_is_darker(ax):
    plot.lifecycle(LIVES, ax=ax)
    tiers = [patch for patch in ax.get_legend().get_patches() if patch.get_label().startswith("峰值热度")]
    assert [patch.get_label()[-1] for patch in tiers] == ["沸", "热", "暖", "冷"]
    light = [np.dot(patch.get_facecolor()[:3], (0.2126, 0.7152, 0.0722)) for patch in tiers]
    assert light == sorted(light)
    peaks = next(c for c in ax.collections if isinstance(c, PathCollection) and len(c.get_offsets()) == 4)
    assert to_hex(peaks.get_facecolor()[3]) == to_hex(tiers[0].get_facecolor())


def test_tiers_of_one_s_own_are_ordered_by_their_shares(ax):
    plot.lifecycle(LIVES.assign(peak_tier=["多", "中", "少", "少"]), ax=ax)
    assert [name[-1] for name in legend(ax) if name.startswith("峰值热度")] == ["多", "中", "少"]


def test_levels_go_down_and_a_slogan_steps_through_those_it_reached(ax):
    plot.staircase(DIFFUSION, ax=ax)
    assert rows(ax) == ["全国（80 篇）", "省级（40 篇）", "群团（7 篇）"]
    first, second = ax.lines[:2]
    assert (first.get_label(), second.get_label()) == ("生态文明", "新质生产力")
    y = first.get_ydata()
    assert np.all(np.diff(y) >= 0)
    assert np.round([y[0], y[-1]]).tolist() == [0, 2]
    assert first.get_xdata()[[0, 3, 6]].tolist() == [2007, 2010, 2016]
    assert np.allclose(first.get_xdata()[[1, 2, 4, 5]], [2010, 2010, 2016, 2016], atol=0.2)
    # The other came to the provinces before it came to the nation, and to no association.
    assert second.get_xdata()[[0, -1]].tolist() == [2024, 2012]
    assert round(second.get_ydata()[-1]) == 1


def test_a_bar_shows_the_years_in_which_a_slogan_may_have_come(ax):
    plot.staircase(DIFFUSION, ax=ax)
    bars = sorted((a[0], b[0], round(a[1])) for a, b in segments(ax))
    assert bars == [(2007, 2007, 0), (2008, 2010, 1), (2016, 2016, 2), (2024, 2024, 0)]
    assert [(x, round(y)) for x, y in points(ax, "<")] == [(2012, 1)]
    assert len(points(ax, "o")) == 4
    assert {"首见所在区间（其间无文献）", "语料始于该年，或更早"} <= set(legend(ax))


@pytest.mark.parametrize(("lang", "says"), [("zh", "未见"), ("en", "not seen")])
def test_a_level_that_was_not_reached_says_so_beside_its_row(ax, lang, says):
    plot.staircase(DIFFUSION, ax=ax, lang=lang)
    (text,) = ax.texts
    assert (text.get_text(), round(text.xy[1])) == (says, 2)
    assert to_hex(text.get_color()) == to_hex(ax.lines[1].get_color())


def test_lines_of_one_level_lie_beside_each_other(ax):
    frame = pd.DataFrame(
        [(f"提法{i}", level, 2012, 2011, 3) for i in range(10) for level in ("national", "city")],
        columns=["slogan", "level", "first", "after", "n"],
    )
    plot.staircase(frame, ax=ax)
    starts = [line.get_ydata()[0] for line in ax.lines[:10]]
    assert np.diff(starts).min() > 0.05
    assert -0.5 < min(starts) < max(starts) < 0.5
    assert len({line.get_xdata()[1] for line in ax.lines[:10]}) == 10


def test_adoption_goes_in_steps_and_holds_to_the_edge(ax):
    plot.adoption(ADOPTION, ax=ax)
    national, province = ax.lines
    assert {line.get_drawstyle() for line in ax.lines} == {"steps-post"}
    assert national.get_xdata().tolist() == [1990, 2023, 2024, 2026.5]
    assert national.get_ydata().tolist() == [0, 0, 1, 1]
    assert province.get_ydata().tolist() == [0, 0.4, 0.4]
    assert province.get_markevery() == [0, 1]  # a dot a year with documents; the edge is none
    assert ax.get_xlim() == (2020.5, 2026.5)  # a few years before the first place
    assert [text.get_text() for text in ax.texts] == ["省级（20 个地区）", "全国（1 个地区）"]
    assert ax.get_title(loc="left") == "新质生产力　已采用的地区比例"


def test_adoption_shades_only_levels_of_several_places(ax):
    plot.adoption(ADOPTION, ax=ax)
    shaded = [path for c in ax.collections for path in c.get_paths() if len(path.vertices)]
    (band,) = shaded
    assert band.vertices[:, 1].max() == 0.6
    assert "95%" in ax.get_xlabel()
    other = Figure().add_subplot()
    plot.adoption(ADOPTION[ADOPTION["level"] == "national"], ax=other)
    assert "95%" not in other.get_xlabel()


def test_several_slogans_are_named_at_their_lines(ax):
    plot.adoption(pd.concat([ADOPTION, ADOPTION.assign(slogan="生态文明")]), ax=ax, lang="en")
    assert "生态文明　province (places: 20)" in {text.get_text() for text in ax.texts}
    assert len({(line.get_color(), line.get_linestyle()) for line in ax.lines}) == 4
    assert ax.get_title(loc="left") == "share of places that have taken it up"


@pytest.mark.parametrize(
    ("value", "heights", "limits"), [("per_10k", [3, 4], (2, 6)), ("share_documents", [0.5, 0.9], (0.3, 1))]
)
def test_a_trend_of_slogans_has_the_intervals_of_its_value(ax, value, heights, limits):
    plot.trend(COUNT, ax=ax, value=value)
    assert ax.lines[0].get_ydata().tolist() == heights
    shaded = np.concatenate([p.vertices[:, 1] for p in ax.collections[0].get_paths()])
    assert (shaded.min(), shaded.max()) == limits
    assert "95%" in ax.get_xlabel()
    texts = [text.get_text() for text in drawn(ax)]
    assert ("40%" in texts) == (value == "share_documents")


def test_a_trend_of_single_reports_promises_no_intervals(ax):
    plot.trend(COUNT[COUNT["slogan"] == "放管服"], ax=ax)
    assert "95%" not in ax.get_xlabel()


MANY = pd.concat([COURSE[COURSE["slogan"] == "从未"].assign(slogan=f"提法{i}") for i in range(61)])


@pytest.mark.parametrize(
    ("chart", "frame", "options", "says"),
    [
        *((chart, frame.iloc[:0], {}, "no rows") for chart, frame in CHARTS.items()),
        *((chart, frame.drop(columns="slogan"), {}, "no column") for chart, frame in CHARTS.items()),
        *((chart, frame, {"lang": "fr"}, "'zh' or 'en'") for chart, frame in CHARTS.items()),
        *((chart, pd.concat([frame, frame]), {}, "several") for chart, frame in CHARTS.items()),
        ("heatmap", COURSE, {"value": "count"}, "no column 'count'"),
        ("heatmap", COURSE.drop(columns="per_10k"), {"value": "per_10k"}, "no column 'per_10k'"),
        ("heatmap", COURSE.assign(share_documents="viel"), {}, "must hold numbers"),
        ("heatmap", COURSE.assign(year=2019.5), {}, "whole numbers"),
        ("heatmap", MANY, {}, r"61 slogans are too many.*isin"),
        ("lifecycle", pd.concat([LIVES.iloc[[0]]] * 61), {}, r"61 slogans are too many.*isin"),
        ("lifecycle", LIVES.assign(peak=pd.NA), {}, "must be years"),
        ("staircase", MANY.assign(level="city", first=2012, after=2011, n=3), {}, "several times on a level"),
        (
            "staircase",
            MANY[MANY["year"] == 2012].assign(level="city", first=2012, after=2011, n=3),
            {},
            r"61 slogans .*at most 10",
        ),
        ("staircase", DIFFUSION.assign(level="galaxy"), {}, "level 'galaxy' is unknown"),
        ("staircase", DIFFUSION.assign(first=pd.NA), {}, "no slogan has reached"),
        ("adoption", ADOPTION.drop(columns="low"), {}, "no column 'low'"),
        ("adoption", pd.concat([ADOPTION.assign(slogan=f"提法{i}") for i in range(10)]), {}, "20 lines"),
        ("trend", COUNT, {"value": "weight"}, "no column 'weight'"),
    ],
)
def test_frames_that_cannot_be_drawn(ax, chart, frame, options, says):
    with pytest.raises(AnalysisError, match=says):
        getattr(plot, chart)(frame, ax=ax, **options)


def test_the_levels_are_those_of_the_analysis():
    from corpus_tools.analysis.slogans.diffusion import LEVELS

    assert levels.LEVELS == LEVELS
