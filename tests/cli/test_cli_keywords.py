from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import run


def table(*args: str | Path) -> pd.DataFrame:
    result = run("keywords", *args, "-f", "csv")
    assert result.returncode == 0, result.stderr
    return pd.read_csv(StringIO(result.stdout))


def test_a_frequency_list_may_be_the_reference(out: Path, tmp_path: Path) -> None:
    listed = table("frequencies", out, "--top", "100000")
    assert listed["count"].tolist() == sorted(listed["count"], reverse=True)
    file = tmp_path / "list.csv"
    listed.to_csv(file, index=False)
    keys = table("keyness", out, "--where", "year=2020:", "--reference", file, "--top", "5")
    assert (keys["lrc"] > 0).all()
    assert keys["n_reference"].isna().all()
    pairs = table("frequencies", out, "-n", "2", "--top", "3", "--by", "level,year")
    assert pairs["term"].str.contains(" ").all()
    assert pairs.groupby(["level", "year"]).size().max() == 3


def test_keyness_by_year_and_of_one_choice_against_another(out: Path) -> None:
    by = table("keyness", out, "--by", "year", "--top", "2")
    assert by.groupby("year").size().unique().tolist() == [2]
    most, least = (
        table("keyness", out, "--where", "year=2021:", "--reference-where", "year=:2015", *way)
        for way in ([], ["--negative"])
    )
    assert (most["log_ratio"] > 0).all()
    assert (least["log_ratio"] < 0).all()
    shown = run("keywords", "keyness", out, "--by", "year", "--top", "1").stdout
    assert "q_value" in shown
    assert "juilland_d" not in shown


def test_textrank_of_each_document(out: Path) -> None:
    rows = json.loads(run("keywords", "textrank", out, "--where", "year=2024", "--top", "4", "-f", "json").stdout)
    assert {row["rank"] for row in rows} == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("keyness", "OUT"), 2, "nothing to compare with"),
        (("keyness", "OUT", "--reference", "missing.csv"), 1, "cannot be read"),
        (("keyness", "OUT", "--reference", __file__, "--reference-where", "year=2020"), 2, "is no corpus folder"),
        (("keyness", "OUT", "--by", "year", "--test", "t"), 2, "mann-whitney"),
        (("frequencies", "OUT", "-n", "6"), 1, "1 to 5"),
        (("tfidf", "OUT", "--by", ","), 2, "names nothing"),
    ],
)
def test_wrong_questions_are_answered(out: Path, args: tuple[str, ...], code: int, says: str) -> None:
    result = run("keywords", *(str(out) if arg == "OUT" else arg for arg in args))
    assert (result.returncode, says in result.stderr) == (code, True), result.stderr


def test_unequal_lengths_are_told_of(out: Path, tmp_path: Path) -> None:
    by_tense = ["keywords", "keyness", out, "--by", "tense", "--top", "2"]
    assert "times as long" in run(*by_tense).stderr
    assert "times as long" not in run(*by_tense, "--test", "permutation").stderr


def test_pictures_of_keyness(out: Path, tmp_path: Path) -> None:
    years = run("keywords", "keyness", out, "--by", "year", "--plot", tmp_path / "years.png")
    assert years.returncode == 0, years.stderr
    pair = run(
        "keywords",
        "keyness",
        out,
        "--where",
        "year=2021:",
        "--reference-where",
        "year=:2015",
        "--plot",
        tmp_path / "pair.svg",
    )
    assert pair.returncode == 0, pair.stderr
    assert run("keywords", "keyness", out, "--by", "level", "--plot", tmp_path / "x.png").returncode == 2
