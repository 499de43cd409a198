"""Which documents and rows are asked for: ``--where``, ``--by`` and ``--top``, and what is said of what they leave out."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
from command import run

import corpus_tools as ct


def test_wrong_questions_name_what_is_right(out: Path) -> None:
    result = run("slogans", "count", out, "--by", "yaer")
    assert result.returncode == 1
    assert "yaer" in result.stderr
    assert "year" in result.stderr
    assert "COLUMN=VALUE" in run("slogans", "count", out, "--where", "year").stderr
    assert "no document of" in run("slogans", "count", out, "--where", "year=1949").stderr
    assert "2022 comes after 2013" in run("slogans", "count", out, "--where", "year=2022:2013").stderr
    assert "holds numbers" in run("slogans", "count", out, "--where", "year=lately").stderr


def test_conditions_with_open_ends_and_flags(out: Path) -> None:
    frame = pd.read_csv(StringIO(run("trends", "rate", out, "科普", "--where", "year=2024:", "-f", "csv").stdout))
    assert frame["year"].tolist() == [2024, 2025]
    flagged = run("slogans", "count", out, "--where", "flags=truncated", "--top", "1", "-f", "csv").stdout.splitlines()
    assert len(flagged) == 2


def test_conditions_of_several_values_and_of_the_unknown(out: Path) -> None:
    def sources(*conditions: str) -> set[str]:
        args = [part for condition in conditions for part in ("--where", condition)]
        return set(pd.read_csv(StringIO(run("coverage", out, "--by", "source", "-f", "csv", *args).stdout))["value"])

    frame = ct.load(out).documents
    either = frame[frame["level"].isin(["city", "county"])]
    assert sources("level=city,county") == set(either["source"])
    assert sources("year=2013,2020:2021") == set(frame.loc[frame["year"].isin([2013, 2020, 2021]), "source"])
    assert sources("speaker=") == set(frame.loc[frame["speaker"].isna(), "source"])
    assert sources("level=city,county", "year=2020:") == set(either.loc[either["year"].fillna(0) >= 2020, "source"])
    slip = run("coverage", out, "--where", "level=city,conty")
    assert (slip.returncode, slip.stdout) == (1, "")
    assert "no document has 'conty'; did you mean county or city?" in slip.stderr
    for condition, part in (
        ("year=2013,2120", "2120"),
        ("year=2013,2120:2130", "2120:2130"),
        ("flags=truncated,truncatd", "truncatd"),
    ):
        slip = run("coverage", out, "--where", condition)
        assert (slip.returncode, slip.stdout) == (1, "")
        assert f"no document has '{part}'" in slip.stderr
    never = run("coverage", out, "--where", "level=city", "--where", "level=county")
    assert "meets --where level=city and --where level=county\n" in never.stderr
    assert "; write year=NUMBER, FROM:TO" in run("coverage", out, "--where", "year=2013-2020").stderr
    assert "did you mean 'organisation'?" in run("coverage", out, "--where", "organization=政府").stderr


def test_what_is_left_out_is_said(out: Path) -> None:
    args = ("slogans", "count", out, "--by", "year", "--where", "year=2012,2024", "--top")
    whole = run(*args, "9999", "-f", "csv")
    assert whole.stderr == ""
    counts = pd.read_csv(StringIO(whole.stdout))["count_all"]
    assert (
        f"6 of {len(counts):,} rows, the first 3 of each group: more by --top\n" in run(*args, "3", "-f", "csv").stderr
    )
    table = run(*args, "9999")
    assert (
        f"{(counts == 0).sum():,} rows of count_all 0 are not shown (slogans that other documents hold)" in table.stderr
    )
    assert len(table.stdout.splitlines()) == (counts > 0).sum() + 4  # a blank line, the head, a rule, a blank line


def test_hidden_rows_are_of_slogans_that_stand_in_other_documents(out: Path, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("slogan\n无人说过\n新质生产力\n", "utf-8")
    args = ("slogans", "count", out, "--by", "year", "--top", "9999", "--lexicon", tmp_path / "own.csv")
    frame = pd.read_csv(StringIO(run(*args, "-f", "csv").stdout))
    held = {hit for hit in frame["slogan"].unique() if frame.loc[frame["slogan"] == hit, "count_all"].sum()}
    unsaid = set(frame["slogan"]) - held  # in documents of unknown year alone
    assert "无人说过" not in set(frame["slogan"])
    for name in unsaid:
        hits = pd.read_csv(StringIO(run("slogans", "hits", out, name, "--match", "all", "-f", "csv").stdout))
        assert len(hits)
    own = frame[frame["slogan"] == "新质生产力"]
    assert (own["count_all"] == 0).any()
    assert run(*args).stdout.count(" 新质生产力 ") == len(own)
