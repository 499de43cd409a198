"""The verbs of ``corpus-tools themes``, on the sample reports."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import run

import corpus_tools as ct
from corpus_tools.analysis import themes as analysis


def table(*args: str | Path) -> pd.DataFrame:
    result = run("themes", *args, "-f", "csv")
    assert result.returncode == 0, result.stderr
    return pd.read_csv(StringIO(result.stdout))


def test_every_function_is_a_verb_and_every_verb_a_function() -> None:
    listed = run("themes", "--help").stdout
    for verb in analysis.__all__:
        result = run("themes", verb, "--help")
        assert result.returncode == 0
        assert f" {verb} " in listed


def test_dictionaries() -> None:
    assert table("dictionary")["theme"].nunique() >= 20
    assert table("dictionary", "--themes", "港澳台,三农")["theme"].unique().tolist() == ["港澳台", "三农"]
    unknown = run("themes", "dictionary", "--themes", "三家")
    assert unknown.returncode == 1
    assert "no theme '三家'" in unknown.stderr
    assert run("themes", "dictionary", "--themes", ",").returncode == 2


def test_tables_are_those_of_the_functions(out: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('["科普"]\nterms = ["科普", "科技馆"]\n["党建"]\nterms = ["党建"]\n', "utf-8")
    corpus, names = ct.load(out), ["--themes", mine]
    pairs = [
        (
            table("count", out, *names, "--by", "level", "--seed", "1"),
            analysis.count(corpus, themes=mine, by="level", seed=1),
        ),
        (table("trend", out, *names, "--within", "sentence"), analysis.trend(corpus, mine, within="sentence")),
        (table("trend", out, *names, "--measure", "rate"), analysis.trend(corpus, mine, measure="rate")),
        (table("documents", out, *names), analysis.documents(corpus, themes=mine).reset_index()),
        (table("coverage", out, *names, "--by", "year"), analysis.coverage(corpus, themes=mine, by="year")),
        (table("overlap", out, *names), analysis.overlap(corpus, themes=mine)),
        (table("terms", out, *names), analysis.terms(corpus, themes=mine)),
        (table("missed", out, *names, "--top", "9"), analysis.missed(corpus, themes=mine, top=9)),
        (table("missed", out, *names, "--unit", "slogan"), analysis.missed(corpus, themes=mine, unit="slogan", top=50)),
    ]
    for printed, frame in pairs:
        again = pd.read_csv(StringIO(frame.to_csv(index=False)))
        pd.testing.assert_frame_equal(printed, again)


def test_where_and_association(out: Path) -> None:
    association = table("count", out, "--themes", "association", "--where", "organisation=科协")
    assert association["theme"].nunique() >= 12
    assert association.set_index("theme").loc["科普", "documents"] > 30


def test_pictures(out: Path, tmp_path: Path) -> None:
    picture = tmp_path / "themes.png"
    for more in (["--themes", "科技,三农"], []):
        result = run("themes", "trend", out, *more, "--plot", picture)
        assert result.returncode == 0, result.stderr
        assert picture.stat().st_size > 5_000
        picture.unlink()
    result = run("themes", "count", out, "--plot", picture)
    assert result.returncode == 0, result.stderr
    assert picture.stat().st_size > 5_000
    grouped = run("themes", "trend", out, "--by", "level", "--plot", picture)
    assert grouped.returncode == 2
    assert "--plot draws no groups" in grouped.stderr


def test_from_sample_to_agreement(out: Path, tmp_path: Path) -> None:
    sheet, key = tmp_path / "sheet.csv", tmp_path / "key.csv"
    drawn = run("themes", "sample", out, "--to", sheet, "--key", key, "--themes", "科普,党建", "-n", "10")
    assert drawn.returncode == 0, drawn.stderr
    assert drawn.stdout == ""
    assert "20 items to code" in drawn.stderr
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")  # spreadsheets take it for UTF-8 then
    nobody = run("themes", "agreement", sheet, "--key", key)
    assert nobody.returncode == 1
    assert "nobody coded" in nobody.stderr
    verdict = pd.read_csv(key)["verdict"].astype(int)
    pd.read_csv(sheet).assign(coder_1=verdict, coder_2=1).to_csv(sheet, index=False)
    frame = table("agreement", sheet, "--key", key).set_index(["theme", "a", "b"])
    assert frame.loc[("科普", "coder_1", "dictionary"), ["n", "kappa", "precision", "recall"]].tolist() == [10, 1, 1, 1]
    assert frame.loc[("党建", "coder_1", "coder_2"), "agreement"] == 0.5


def test_a_paragraph_is_no_formula(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = analysis.sample(ct.load(out), themes=["科普"], n=4)
    texts = ["=1+1", "科普", "-3%", "@云溪"]
    drawn = drawn._replace(sheet=drawn.sheet.assign(text=texts, coder_1=[1, 0, 1, 0]))
    monkeypatch.setattr(analysis, "sample", lambda *_, **__: drawn)
    sheet, key = tmp_path / "sheet.csv", tmp_path / "key.csv"
    assert run("themes", "sample", out, "--to", sheet, "--key", key).returncode == 0
    assert pd.read_csv(sheet)["text"].tolist() == ["'=1+1", "科普", "'-3%", "'@云溪"]
    assert drawn.sheet["text"].tolist() == texts
    assert table("agreement", sheet, "--key", key)["n"].tolist()[-1] in (0, 4)


def test_codes_are_not_written_over(out: Path, tmp_path: Path) -> None:
    sheet, key, coded = tmp_path / "sheet.csv", tmp_path / "key.csv", "hours of work"
    sheet.write_text(coded, "utf-8")
    for to, keyed, says in (
        (sheet, key, "is there already"),
        (key, sheet, "is there already"),
        (key, key, "are both"),
        (key, tmp_path / "nowhere" / "key.csv", "there is no folder"),
    ):
        result = run("themes", "sample", out, "--to", to, "--key", keyed, "--themes", "科普", "-n", "4")
        assert result.returncode == 2
        assert says in result.stderr
    assert sheet.read_text("utf-8") == coded
    assert not key.exists()


@pytest.mark.parametrize("args", [["--within", "page"], ["--measure", "mean"]])
def test_usage(out: Path, args: list[str]) -> None:
    assert run("themes", "trend", out, *args).returncode == 2
