"""The verbs of topics: each does what its function does, and says what is marked."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import Result, run

import corpus_tools as ct


def frame(result: Result) -> pd.DataFrame:
    assert result.returncode == 0, result.stderr
    return pd.read_csv(StringIO(result.stdout))


@pytest.fixture(scope="module")
def saved(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "topics"
    result = run("topics", "fit", out, "-k", "6", "--seeds", "3", "--to", folder, "-f", "csv")
    assert f"topics: {folder}" in result.stderr
    assert frame(result)["topic"].nunique() == 6
    return folder


@pytest.mark.parametrize("table", ["terms", "labels", "quality", "examples", "documents", "refits", "positions"])
def test_every_table_of_topics_can_be_printed_again(saved: Path, table: str) -> None:
    printed = frame(run("topics", "load", saved, "--show", table, "-f", "csv"))
    topics = ct.topics.load(saved)
    expected = topics.positions() if table == "positions" else getattr(topics, table)
    assert list(printed.columns) == list(expected.columns)
    assert len(printed) == len(expected)


def test_marked_topics_are_named_on_the_other_stream(saved: Path) -> None:
    marked = ct.topics.load(saved).quality.query("note != ''")
    result = run("topics", "load", saved)
    assert result.stderr.count("is marked:") == len(marked)


def test_shares_of_another_corpus(out: Path, saved: Path) -> None:
    shares = frame(run("topics", "transform", saved, out, "--where", "year=2020", "-f", "csv"))
    expected = ct.topics.load(saved).transform(ct.load(out).where(year=2020))
    assert shares["share"].to_numpy() == pytest.approx(expected["share"].to_numpy())


def test_numbers_of_topics_are_compared_and_drawn(out: Path, tmp_path: Path) -> None:
    picture = tmp_path / "choice.png"
    compared = frame(run("topics", "choose", out, "--ks", "4,6", "--seeds", "2", "-f", "csv", "--plot", picture))
    assert compared["k"].tolist() == [4, 6]
    assert compared["recommended"].sum() == 1
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_maps_and_shares_are_drawn(out: Path, tmp_path: Path) -> None:
    for name, more in {"map": [], "years": ["--by", "year"]}.items():
        picture = tmp_path / f"{name}.svg"
        result = run("topics", "fit", out, "-k", "6", "--seeds", "1", "--plot", picture, *more)
        assert result.returncode == 0, result.stderr
        assert "<svg" in picture.read_text("utf-8")


def test_topics_of_periods_and_what_became_of_them(out: Path) -> None:
    asked = ("topics", "periods", out, "-k", "4", "--breaks", "2012,2019", "--seeds", "2", "-f", "csv")
    links = frame(run(*asked))
    assert links["period"].unique().tolist() == ["2012–2018"]
    assert set(links["event"]) <= {"continues", "splits", "merges", "born", "dies"}
    assert frame(run(*asked, "--show", "periods"))["period"].tolist() == ["2012–2018", "2019–2025"]


def test_topics_that_begin_with_themes(out: Path) -> None:
    labels = frame(run("topics", "guided", out, "--themes", "科普,人才", "--free", "3", "--seeds", "1", "-f", "csv"))
    assert set(labels["theme"].dropna()) == {"科普", "人才"}
    assert len(labels) == 5


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("fit", "-k", "100000"), "k can be 2 to"),
        (("fit", "-k", "5", "--method", "magic"), "it can be nmf"),
        (("choose", "--ks", "five"), "whole numbers with commas between"),
        (("guided", "--themes", "没有这个"), "没有这个"),
        (("periods", "--breaks", "2090"), "none after 2025"),
        (("fit", "-k", "5", "--by", "colour"), "cannot group by 'colour'"),
    ],
)
def test_what_cannot_be_done_is_said(out: Path, options: tuple[str, ...], says: str) -> None:
    result = run("topics", options[0], out, *options[1:])
    assert result.returncode in (1, 2)
    assert says in result.stderr
