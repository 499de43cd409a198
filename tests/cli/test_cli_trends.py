"""The verbs of ``corpus-tools trends``, on the sample reports."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import run

from corpus_tools.analysis import trends as analysis


def table(*args: str | Path) -> pd.DataFrame:
    result = run("trends", *args, "-f", "csv")
    assert result.returncode == 0, result.stderr
    return pd.read_csv(StringIO(result.stdout))


@pytest.mark.parametrize("verb", analysis.__all__)
def test_every_function_is_a_verb(verb: str) -> None:
    result = run("trends", verb, "--help")
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: ")


def test_rates_shares_and_words(out: Path, tmp_path: Path) -> None:
    rates = table("rate", out, "科普", "改革", "--moving", "3", "--plot", tmp_path / "rate.png")
    shares = table("rate", out, "科普", "改革", "--measure", "share", "--unit", "word")
    assert rates.columns[:5].tolist() == ["year", "term", "rate", "low", "high"]
    assert shares.columns[2] == "share"
    assert (shares["count"] <= rates["count"]).all()
    assert (tmp_path / "rate.png").stat().st_size > 5_000
    missing = run("trends", "rate", out, "科普改革", "--unit", "word")
    assert missing.returncode == 1
    assert "no word of this corpus" in missing.stderr


def test_many_terms_are_drawn_in_panels(out: Path, tmp_path: Path) -> None:
    names = ["科普", "改革", "创新", "人才", "服务", "发展", "建设"]
    table("rate", out, *names, "--plot", tmp_path / "panels.svg")
    assert (tmp_path / "panels.svg").stat().st_size > 20_000


def test_adjusted_rates(out: Path, tmp_path: Path) -> None:
    frame = table("adjusted", out, "改革", "--over", "level,kind", "--renormalise", "--plot", tmp_path / "adjusted.png")
    assert frame["coverage"].between(0, 1).all()
    assert (tmp_path / "adjusted.png").exists()


def test_changes_movement_and_bursts(out: Path, tmp_path: Path) -> None:
    for verb in ("changes", "movement", "bursts"):
        frame = table(verb, out, "改革", "科普", "--plot", tmp_path / f"{verb}.png")
        assert set(frame["term"]) <= {"改革", "科普"}
        assert (tmp_path / f"{verb}.png").stat().st_size > 5_000


def test_two_groups(out: Path, tmp_path: Path) -> None:
    picture = tmp_path / "compare.png"
    frame = table("compare", out, "改革", "--groups", "city,county", "--plot", picture)
    assert frame["a"].eq("city").all()
    assert picture.stat().st_size > 5_000
    (tested,) = table("contrast", out, "改革", "--groups", "city,county").to_dict("records")
    assert tested["years"] == len(frame)
    assert 0 < tested["p_value"] <= 1
    for wrong, message in ((("--groups", "city"), "name two"), (("--measure", "share", "--plot", picture), "one term")):
        result = run("trends", "compare", out, "改革", *wrong)
        assert result.returncode == 2
        assert message in result.stderr
