"""The verbs of ``corpus-tools slogans``, on the sample reports."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import run

from corpus_tools.analysis import slogans as analysis


def table(*args: str | Path) -> pd.DataFrame:
    result = run("slogans", *args, "-f", "csv")
    assert result.returncode == 0, result.stderr
    return pd.read_csv(StringIO(result.stdout))


@pytest.mark.parametrize("verb", analysis.__all__)
def test_every_function_is_a_verb(verb: str) -> None:
    result = run("slogans", verb, "--help")
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: ")


def test_hits_are_as_many_as_are_counted(out: Path) -> None:
    counts = table("count", out, "--top", "5")
    for row in counts.itertuples():
        assert len(table("hits", out, row.slogan)) == row.count


def test_lives_and_courses_agree(out: Path, tmp_path: Path) -> None:
    (life,) = table("lifecycle", out, "高质量发展").to_dict("records")
    course = table("course", out, "高质量发展")
    said = course[course["documents"] > 0]
    assert (life["first"], life["last"], life["years"]) == (said["year"].min(), said["year"].max(), len(said))
    (tmp_path / "own.csv").write_text("slogan\n无人说过\n", "utf-8")
    unsaid = run("slogans", "course", out, "无人说过", "--lexicon", tmp_path / "own.csv")
    assert unsaid.returncode == 1
    assert "no document of known year holds '无人说过'" in unsaid.stderr


@pytest.mark.parametrize("verb", ["course", "lifecycle", "diffusion", "adoption"])
def test_a_slip_in_a_name_is_said_before_the_work(out: Path, verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_tools.corpus.counted.Part.texts", property(lambda _: pytest.fail("the work began")))
    slip = run("slogans", verb, out, "新质生产刀")
    assert slip.returncode == 1
    assert "the lexicon has no slogan '新质生产刀'; near it: 新质生产力\n" in slip.stderr


def test_levels_and_places(out: Path) -> None:
    reached = table("diffusion", out, "高质量发展").set_index("level")
    adopted = table("adoption", out, "高质量发展")
    for level, curve in adopted.groupby("level"):
        said = curve[curve["places"] > 0]
        assert reached.loc[level, "first"] == said["year"].min()


def test_found_together_and_replaced(out: Path) -> None:
    assert len(table("discover", out, "--top", "20")) == 20
    (first,) = table("together", out, "--top", "1")["slogan_a"]
    beside = table("together", out, "--slogan", first, "--top", "3")
    assert len(beside)
    assert (beside[["slogan_a", "slogan_b"]] == first).any(axis=1).all()
    assert len(table("replacements", out, "--top", "5")) <= 5


def test_own_slogans(out: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    assert run("slogans", "add", "科普大集", "--year", "2019", "--to", mine).returncode == 0
    assert table("lexicon", "--lexicon", mine, "--alone")["slogan"].tolist() == ["科普大集"]
    assert set(table("count", out, "--lexicon", mine, "--alone")["slogan"]) <= {"科普大集"}
    again = run("slogans", "add", "科普大集", "--to", mine)
    assert again.returncode == 1
    assert "stands there already" in again.stderr
    replaced = run("slogans", "add", "中国梦", "--to", mine)
    assert "your row replaces it; its variants were: 中华民族伟大复兴的中国梦|" in replaced.stderr


@pytest.mark.parametrize(
    ("verb", "names"),
    [("course", ["高质量发展"]), ("lifecycle", []), ("diffusion", ["高质量发展"]), ("adoption", ["高质量发展"])],
)  # fmt: skip
def test_pictures(out: Path, tmp_path: Path, verb: str, names: list[str]) -> None:
    picture = tmp_path / f"{verb}.png"
    named = names or table("lifecycle", out)["slogan"].head(10).tolist()
    result = run("slogans", verb, out, *named, "--plot", picture)
    assert result.returncode == 0, result.stderr
    assert picture.stat().st_size > 5_000
