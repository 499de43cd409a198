from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from command import run
from PIL import Image

from corpus_tools.cli import output
from corpus_tools.cli.options import PlotSize
from corpus_tools.errors import ConfigError

RATES = pd.DataFrame({"year": [2019, 2020], "term": "云溪新路", "rate": [1.0, 2.0]})
CHANGES = pd.DataFrame({"term": ["云溪新路"], "year": [2020], "before": [1.0], "after": [2.0]})


@pytest.mark.parametrize(
    ("size", "pixels"), [("screen", 1210), ("page", 174 / 25.4 * 300), ("column", 84 / 25.4 * 300)]
)
def test_a_table_is_drawn_in_the_size_asked_for(tmp_path, size, pixels, capsys):
    output.draw("trend", tmp_path / "a.png", RATES, size=PlotSize(size), lang="en")
    assert Image.open(tmp_path / "a.png").size[0] == pytest.approx(pixels, abs=30 if size == "screen" else 1)
    assert "a.png" in capsys.readouterr().err


def test_charts_of_two_tables_and_of_panels_are_drawn(tmp_path):
    output.draw("changes", tmp_path / "a.svg", RATES, CHANGES)
    output.draw("small_multiples", tmp_path / "b.pdf", RATES, columns=1)
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<?xml")
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")


def test_no_picture_is_drawn_where_none_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    output.draw("trend", None, RATES)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "by", "says"), [("a.gif", None, ".png, .svg, .pdf"), ("a.png", "level", "no groups by level")]
)
def test_what_cannot_be_drawn_is_said_before_the_work(path, by, says):
    with pytest.raises(ConfigError, match=says):
        output.check_picture(Path(path), by)


def test_a_verb_draws_its_table(out, tmp_path):
    result = run("trends", "rate", out, "改革", "--plot", tmp_path / "a.svg")
    assert result.returncode == 0, result.stderr
    assert "a.svg" in result.stderr
    assert (tmp_path / "a.svg").stat().st_size > 5_000
