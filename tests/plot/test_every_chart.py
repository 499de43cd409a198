"""What holds for every chart, found by asking the package for its names."""

from __future__ import annotations

import inspect
import typing

import matplotlib as mpl
import pandas as pd
import pytest
from gallery import FRAMES, covered, ink, outside, seen
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from corpus_tools import plot
from corpus_tools.errors import AnalysisError
from corpus_tools.plot import canvas, fonts

NO_CHARTS = {"figure", "save"}
CHARTS = sorted(set(plot.__all__) - NO_CHARTS)


def draw(chart, ax=None, lang="zh"):
    frames, _ = FRAMES[chart]
    return getattr(plot, chart)(*frames, ax=ax, lang=lang)


def test_the_gallery_has_every_chart():
    assert sorted(FRAMES) == CHARTS


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_takes_frames_axes_and_a_language_and_returns_axes(chart):
    function = getattr(plot, chart)
    parameters = inspect.signature(function).parameters
    assert next(iter(parameters)) == "frame"
    assert parameters["ax"].kind is parameters["lang"].kind is inspect.Parameter.KEYWORD_ONLY
    assert (parameters["ax"].default, parameters["lang"].default) == (None, "zh")
    assert typing.get_type_hints(function)["return"] is Axes
    positional = [p for p in parameters.values() if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    assert len(positional) == len(FRAMES[chart][0]) <= 3
    assert inspect.getdoc(function).count("AnalysisError") == 1


@pytest.mark.parametrize(("size", "lang"), [(None, "en"), ("column", "zh"), ("column", "en")])
@pytest.mark.parametrize("chart", CHARTS)
def test_all_that_is_written_has_glyphs_lies_in_the_picture_and_covers_nothing_else(chart, size, lang):
    frames = FRAMES[chart][0]
    ax = plot.figure(size) if size else None
    settings, copies = dict(mpl.rcParams), [frame.copy() for frame in frames]
    made = draw(chart, ax, lang)
    texts = seen(made.figure)
    assert texts
    for text in texts:
        assert fonts.missing([text.get_text()], text.get_fontfamily()) == set()
    assert outside(texts, made.figure) == []
    assert covered(texts) == []
    assert {text.get_rotation() for text in texts} == {0}  # a Chinese label that is turned lies on its back
    if size:
        sizes = {text.get_fontsize() for text in texts}
        assert max(sizes) == 8
        assert min(sizes) >= 6
    assert dict(mpl.rcParams) == settings
    for frame, copy in zip(frames, copies, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_draws_into_the_axes_it_is_given_and_makes_no_figure(chart):
    ax = Figure(figsize=(8, 6), layout="constrained").add_subplot()
    assert draw(chart, ax) is ax
    assert plt.get_fignums() == []
    assert ax.has_data() or ax.child_axes or ax.patches


@pytest.mark.parametrize("chart", ["heatmap", "keyness", "small_multiples", "trend"])
def test_charts_stand_side_by_side(chart):
    figure = Figure(figsize=(16, 6), layout="constrained")
    left, right = figure.subplots(1, 2)
    draw(chart, left)
    draw("comparison", right)
    assert outside(seen(figure), figure) == []
    assert left.get_tightbbox().x1 <= right.get_tightbbox().x0 + 1


@pytest.mark.parametrize("chart", CHARTS)
def test_frames_that_cannot_be_drawn(chart):
    frames, column = FRAMES[chart]
    function = getattr(plot, chart)
    with pytest.raises(AnalysisError, match="no rows"):
        function(frames[0].iloc[:0], *frames[1:])
    with pytest.raises(AnalysisError, match=f"no column '{column}'"):
        function(frames[0].drop(columns=column), *frames[1:])
    with pytest.raises(AnalysisError, match="'zh' or 'en'"):
        function(*frames, lang="fr")
    assert plt.get_fignums() == []  # all of it is checked before anything is made


@pytest.mark.parametrize(
    ("chart", "form"),
    [
        ("heatmap", "svg"),
        ("network", "svg"),
        ("small_multiples", "svg"),
        ("trend", "pdf"),
        ("word_cloud", "pdf"),
        ("keyness", "png"),
    ],
)
def test_equal_frames_give_equal_bytes(chart, form, tmp_path):
    files = [tmp_path / f"{number}.{form}" for number in range(2)]
    for file in files:
        plot.save(draw(chart, plot.figure("column")), file)
    one, other = (file.read_bytes() for file in files)
    assert one == other


def test_colours_are_told_apart_by_those_who_see_no_red_or_green():
    """Distances in the cone space of Viénot, Brettel and Mollon 1999, whose matrix for deuteranopes this is."""
    seen_as = [[0.625, 0.375, 0], [0.7, 0.3, 0], [0, 0.3, 0.7]]
    shades = [
        [sum(w * c for w, c in zip(row, to_rgb(colour), strict=True)) for row in seen_as] for colour in canvas.COLOURS
    ]
    apart = [
        sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        for n, one in enumerate(shades)
        for other in shades[:n]
    ]
    assert min(apart) > 0.1


def test_in_grey_print_marks_and_strokes_tell_lines_apart():
    frame = pd.DataFrame(
        [(year, f"路{n}", n) for n in range(28) for year in (2019, 2020)], columns=["year", "term", "rate"]
    )
    ax = plot.trend(frame)
    assert len({(line.get_marker(), line.get_linestyle()) for line in ax.lines}) == 28
    with pytest.raises(AnalysisError, match="28"):
        plot.trend(pd.concat([frame, frame.assign(term="又一路")[:2]]))


@pytest.mark.parametrize("chart", ["heatmap", "bars", "intervals", "keyness", "lifecycle"])
def test_sixty_rows_do_not_cover_each_other(chart):
    frame, column = FRAMES[chart][0][0], {"lifecycle": "slogan", "intervals": "level"}
    one = frame.drop_duplicates(name := column.get(chart, "term")).iloc[[0]]
    many = pd.concat([one.assign(**{name: f"云溪第{n}路"}) for n in range(60)], ignore_index=True)
    if chart == "keyness":
        many.loc[30:, ["log_ratio", "lrc"]] *= -1
    ax = getattr(plot, chart)(many, ax=plot.figure("column"), **({"top": 60} if chart in ("bars", "keyness") else {}))
    texts = seen(ax.figure)
    assert len([t for t in ax.get_yticklabels() if t in texts]) == 60
    assert covered(texts) == []
    assert outside(texts, ax.figure) == []
    more = pd.concat([many, many.iloc[[-1]].assign(**{name: "第六十一路"})], ignore_index=True)
    with pytest.raises(AnalysisError, match=r"61 .*at most 60"):
        getattr(plot, chart)(more, **({"top": 61} if chart in ("bars", "keyness") else {}))


def test_a_chinese_character_is_drawn_and_no_box():
    def image(character):
        figure = Figure(figsize=(1, 1))
        figure.text(0.2, 0.2, character, fontsize=40, fontfamily=fonts.families())
        return ink(figure)

    with pytest.warns(UserWarning, match="missing"):
        box = image("\U00020000")
    drawn = {character: image(character) for character in "云溪新路青岚发"}
    assert box.any()
    assert all((one != box).mean() > 0.02 for one in drawn.values())
    assert len({one.tobytes() for one in drawn.values()}) == 7


def test_a_minus_is_a_long_flat_stroke():
    ax = plot.comparison(FRAMES["comparison"][0][0])
    labels = [text for text in seen(ax.figure) if text.get_text().startswith("−")]
    assert labels
    figure = Figure(figsize=(1, 1))
    figure.text(0.2, 0.5, labels[0].get_text()[0], fontsize=40, fontfamily=labels[0].get_fontfamily())
    rows, columns = ink(figure).nonzero()
    assert len(rows)
    assert columns.max() - columns.min() > 4 * (rows.max() - rows.min())
    assert isinstance(labels[0], Text)
