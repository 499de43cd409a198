"""The verbs of ``corpus-tools style``, on the sample reports."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import run

from corpus_tools.analysis import style as analysis
from corpus_tools.analysis.style.measures import MEASURES


def table(*args: str | Path) -> pd.DataFrame:
    result = run("style", *args, "-f", "csv")
    assert result.returncode == 0, result.stderr
    return pd.read_csv(StringIO(result.stdout))


@pytest.mark.parametrize("verb", analysis.__all__)
def test_every_function_is_a_verb(verb: str) -> None:
    result = run("style", verb, "--help")
    assert result.returncode == 0
    assert set(MEASURES) <= set(result.stdout.replace(",", " ").replace(".", " ").split())


def test_groups_and_documents_agree(out: Path) -> None:
    years = table("measure", out, "--measure", "mattr,copied", "--seed", "1")
    documents = table("documents", out, "--measure", "mattr,copied")
    mattr = years[years["measure"] == "mattr"].set_index("year")
    assert mattr["value"].to_dict() == pytest.approx(
        documents.dropna(subset="mattr").groupby("year")["mattr"].mean().to_dict()
    )
    assert mattr["n"].sum() == documents.dropna(subset=["year", "mattr"]).shape[0]
    assert table("measure", out, "--by", "tense,level", "--measure", "word_length").columns.tolist()[:3] == [
        "tense", "level", "measure",
    ]  # fmt: skip


def test_pictures(out: Path, tmp_path: Path) -> None:
    picture = tmp_path / "style.png"
    result = run("style", "measure", out, "--measure", "mattr,sentence_length", "--plot", picture)
    assert result.returncode == 0, result.stderr
    assert picture.stat().st_size > 5_000
    grouped = run("style", "measure", out, "--by", "level", "--plot", picture)
    assert grouped.returncode == 2
    assert "--plot draws no groups" in grouped.stderr


def test_unknown_measures(out: Path) -> None:
    result = run("style", "measure", out, "--measure", "ttr")
    assert result.returncode == 1
    assert "unknown measure 'ttr'; measures are mattr" in result.stderr
