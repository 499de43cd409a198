"""What verbs print: numbers to the last digit, never halved or rounded to 0, and every document that a bound holds."""

from __future__ import annotations

import json
import math
import sys
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from command import apart, run

from corpus_tools import plot
from corpus_tools.cli import output, terminal
from corpus_tools.cli.app import _wanted, load_corpus
from corpus_tools.cli.options import Format
from corpus_tools.corpus.corpus import Corpus, load

SMALL = pd.DataFrame(
    {
        "term": ["云溪", None],
        "year": pd.array([2021, None], dtype="Int64"),
        "p_value": [3.25e-17, math.nan],
        "rate": [1 / 3, -0.0002],
        "count": [12345, 0],
        "early": [True, False],
    }
)


def test_json_has_every_digit_and_null_for_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    output.show(SMALL, Format.json)
    assert json.loads(capsys.readouterr().out, parse_constant=pytest.fail) == [
        {"term": "云溪", "year": 2021, "p_value": 3.25e-17, "rate": 1 / 3, "count": 12345, "early": True},
        {"term": None, "year": None, "p_value": None, "rate": -0.0002, "count": 0, "early": False},
    ]
    output.show(SMALL[:0], Format.json)
    assert json.loads(capsys.readouterr().out) == []


def test_a_small_number_is_not_shown_as_0() -> None:
    cells = terminal.table(SMALL).split()
    assert {"3.2e-17", "0.333", "-0.0002", "12345", "0"} <= set(cells)
    assert "-0" not in cells


def test_a_narrow_terminal_folds_words_but_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "WIDE", 24)
    cells = terminal.table(SMALL.assign(term="云溪新路行动计划")).split()
    assert {"2021", "3.2e-17", "0.333", "-0.0002", "12345"} <= set(cells)


def test_bounds_hold_for_numbers_of_any_size(out: Path) -> None:
    documents = load(out).documents
    for column, low, high in (("n_han", 1200, 10**6), ("year", 2020, 2021), ("undecodable", 0.0, 0.5)):
        within = documents[documents[column].between(low, high)]
        chosen = load_corpus(out, [f"{column}={low}:{high}"]).documents
        assert chosen["doc_id"].tolist() == within["doc_id"].tolist()
    long = Corpus(out, documents.assign(n_han=range(9_990, 9_990 + len(documents))))
    assert len(long.where(n_han=_wanted(long, "n_han", "9999:"))) == len(documents) - 9


def test_digits_of_a_column_of_words_are_words(out: Path) -> None:
    corpus = load(out)
    named = Corpus(out, corpus.documents.assign(session=["12", *corpus.documents["session"][1:]]))
    assert len(named.where(session=_wanted(named, "session", "12"))) == 1


def test_check_answers_in_json_too(out: Path) -> None:
    assert json.loads(run("check", out, "-f", "json").stdout) == []


def test_a_bar_for_every_row_of_the_table(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[int, int]] = []
    bars = plot.bars
    monkeypatch.setattr(
        plot, "bars", lambda frame, **options: drawn.append((len(frame), options["top"])) or bars(frame, **options)
    )
    for verb in (("slogans", "count"), ("keywords", "frequencies"), ("keywords", "tfidf")):
        assert run(*verb, out, "--top", "25", "--plot", tmp_path / "a.svg").returncode == 0
    assert drawn == [(25, 25)] * 3


def test_groups_of_several_columns_are_drawn_with_their_intervals(out: Path, tmp_path: Path) -> None:
    result = run("trends", "rate", out, "科普", "--by", "level,tense", "--plot", tmp_path / "a.svg", "-f", "csv")
    assert result.returncode == 0, result.stderr
    assert pd.read_csv(StringIO(result.stdout)).columns[:3].tolist() == ["level", "tense", "term"]
    assert (tmp_path / "a.svg").is_file()


def test_alone_needs_a_lexicon(out: Path) -> None:
    result = run("slogans", "count", out, "--alone")
    assert result.returncode == 2
    assert "--lexicon" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="sets a locale")
def test_a_process_of_its_own_writes_utf8_and_needs_no_window(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("MPLBACKEND", "module://nowhere"),
        ("PYTHONUTF8", "0"),
        ("PYTHONCOERCECLOCALE", "0"),
        ("LC_ALL", "C"),
    ):
        monkeypatch.setenv(name, value)  # an ASCII pipe; and what a notebook leaves to the programs that it calls
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    result = apart("slogans", "count", out, "--top", "3", "-f", "csv", "--plot", tmp_path / "a.png")
    assert result.returncode == 0, result.stderr
    assert "高质量发展" in result.stdout
