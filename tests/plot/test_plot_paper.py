"""Sizes of print, and files."""

from __future__ import annotations

import re

import pytest
from gallery import RATES, seen
from matplotlib.figure import Figure
from PIL import Image

from corpus_tools import plot
from corpus_tools.errors import AnalysisError, StoreError


@pytest.mark.parametrize(
    ("size", "millimetres", "points"), [("screen", 203.2, 10), ("page", 174, 8), ("column", 84, 8)]
)
def test_a_figure_is_as_wide_as_its_size_says_with_type_that_fits(size, millimetres, points):
    ax = plot.trend(RATES, ax=plot.figure(size))
    assert ax.figure.get_figwidth() * 25.4 == pytest.approx(millimetres)
    texts = {text.get_text(): text.get_fontsize() for text in seen(ax.figure)}
    assert texts["云溪新路"] == texts["每万汉字次数"] == points
    assert texts["2020"] == pytest.approx(0.9 * points)


def test_the_height_is_what_the_chart_needs_or_what_is_asked_for():
    low = plot.bars(RATES[:3].assign(count=1), ax=plot.figure("column"))
    high = plot.bars(RATES.assign(term=range(len(RATES)), count=1), ax=plot.figure("column"))
    assert low.figure.get_figheight() < high.figure.get_figheight()
    given = plot.bars(RATES[:3], ax=plot.figure("column", height=100))
    assert given.figure.get_figheight() * 25.4 == pytest.approx(100)
    wide = plot.trend(RATES, ax=plot.figure("column")).figure
    assert wide.get_figheight() <= 0.75 * wide.get_figwidth()


@pytest.mark.parametrize(
    ("options", "says"), [({"size": "poster"}, "'screen', 'page', 'column'"), ({"height": 0}, "greater than 0")]
)
def test_sizes_that_cannot_be(options, says):
    with pytest.raises(AnalysisError, match=says):
        plot.figure(**options)


def test_a_png_for_print_has_three_hundred_dots_an_inch(tmp_path):
    plot.save(plot.trend(RATES, ax=plot.figure("column")), tmp_path / "print.png")
    plot.save(plot.trend(RATES, ax=plot.figure()), tmp_path / "screen.png")
    assert Image.open(tmp_path / "print.png").size[0] == pytest.approx(84 / 25.4 * 300, abs=1)
    assert Image.open(tmp_path / "screen.png").size[0] == 8 * 150


def test_an_svg_has_outlines_and_a_pdf_brings_its_letters_and_neither_a_date(tmp_path):
    ax = plot.trend(RATES, ax=plot.figure("column"))
    for form in ("svg", "pdf"):
        plot.save(ax, tmp_path / f"a.{form}")
    svg, pdf = (tmp_path / "a.svg").read_text("utf-8"), (tmp_path / "a.pdf").read_bytes()
    assert "<text" not in svg
    assert svg.count("<use ") > 20
    assert "dc:date" not in svg
    assert b"CreationDate" not in pdf
    assert b"/CIDFontType2" in pdf  # TrueType in a composite font: type 42 of matplotlib, not drawn shapes (type 3)
    assert b"/Type3" not in pdf
    assert len(pdf) < 100_000  # a subset: the whole font has 2.2 MB


def test_an_svg_is_one_well_formed_tree(tmp_path):
    from lxml import etree

    plot.save(plot.heatmap(RATES), tmp_path / "a.svg")
    root = etree.parse(tmp_path / "a.svg").getroot()
    assert etree.QName(root).localname == "svg"
    assert re.fullmatch(r"[\d.]+pt", root.get("width"))


def test_a_figure_of_one_s_own_is_cut_to_what_is_drawn(tmp_path):
    figure = Figure(figsize=(12, 9))
    ax = figure.add_axes((0.4, 0.4, 0.3, 0.3))
    plot.save(plot.trend(RATES, ax=ax), tmp_path / "a.png")
    assert Image.open(tmp_path / "a.png").size[0] < 12 * 150 * 0.7


def test_a_part_of_a_figure_is_saved_with_the_whole(tmp_path):
    left, right = Figure(figsize=(12, 4), layout="constrained").subfigures(1, 2)
    plot.trend(RATES, ax=left.add_subplot())
    plot.save(plot.small_multiples(RATES, ax=right.add_subplot()), tmp_path / "a.png")
    assert Image.open(tmp_path / "a.png").size[0] > 12 * 150 * 0.9


def test_other_endings_are_errors(tmp_path):
    with pytest.raises(AnalysisError, match=r"\.png, \.svg or \.pdf"):
        plot.save(plot.trend(RATES), tmp_path / "a.gif")


def test_a_picture_makes_its_folder_and_says_where_it_cannot(tmp_path):
    ax = plot.trend(RATES)
    plot.save(ax, tmp_path / "new" / "x.png")
    assert (tmp_path / "new" / "x.png").stat().st_size
    (tmp_path / "file.txt").write_text("", "utf-8")
    with pytest.raises(StoreError, match=r"x\.png cannot be written"):
        plot.save(ax, tmp_path / "file.txt" / "x.png")
