"""ct.columns: by a name, a table, a function, a frame; and the verb that prints it."""

from __future__ import annotations

import json
import unicodedata

import pandas as pd
import pytest
from typer.testing import CliRunner

import corpus_tools as ct
from corpus_tools import data
from corpus_tools.cli import app
from corpus_tools.errors import AnalysisError
from corpus_tools.showing import columns as known


def test_a_column_has_a_row_for_each_thing_that_it_means() -> None:
    found = ct.columns("line")
    assert list(found.columns) == ["column", "frame", "unit", "meaning", "label_zh", "label_en"]
    assert found["frame"].isna().tolist() == [True, False, False, False]
    assert set(found["frame"].dropna()) == {"explain", "scripts", "Periods.topics"}
    assert found["meaning"].is_unique


def test_a_table_has_its_columns_in_order_with_their_own_meaning() -> None:
    found = ct.columns("edits").set_index("column")
    assert list(found.index) == ["doc_id", "start", "end", "removed", "inserted", "kind", "rule"]
    assert "raw text" in found.loc["start", "meaning"]
    assert "raw text" not in ct.columns("sections").set_index("column").loc["start", "meaning"]
    assert ct.columns("edits", lang="zh")["meaning"][1].startswith("改动在原文中")
    assert ct.columns("edits", lang="zh")["unit"][1] == "字符"


def test_a_name_of_both_gives_both() -> None:
    found = ct.columns("documents")
    assert found["column"].iloc[0] == "documents"
    assert found["column"].iloc[-1] == "text_sha256"


def test_of_a_frame_the_meaning_is_that_of_the_function_that_makes_such_frames() -> None:
    burst = pd.DataFrame(columns=["term", "start", "end", "weight", "share_in", "share_out", "rate_in", "rate_out"])
    found = ct.columns(burst).set_index("column")
    assert found.loc["start", ["unit", "meaning"]].tolist() == ["year", "First year of the burst."]
    assert found.loc["weight", "unit"] == "nats"


def test_what_cannot_be_told_is_said_in_general_and_what_is_not_ours_not_at_all() -> None:
    found = ct.columns(pd.DataFrame(columns=["kind", "start", "my own"])).set_index("column")
    assert found.loc["start", "meaning"] == ct.columns("start")["meaning"][0]  # of edits, of conflicts, …
    assert found.loc["my own"].isna().all()


def test_columns_grouped_by_are_those_of_documents() -> None:
    found = ct.columns(pd.DataFrame(columns=["kind", "term", "count", "score", "documents", "n"])).set_index("column")
    assert found.loc["kind", "label_zh"] == "文种"
    assert found.loc["score", "label_en"] == "TF-IDF"


def test_an_unknown_name_says_what_is_near() -> None:
    with pytest.raises(AnalysisError, match=r"'lcr'.*lrc"):
        ct.columns("lcr")
    with pytest.raises(AnalysisError, match=r"'trends\.rat'.*trends\.rate"):
        ct.columns("trends.rat")
    with pytest.raises(AnalysisError, match=r"corpus-tools columns$"):
        ct.columns("")
    with pytest.raises(AnalysisError, match="lang is 'de'; it can be 'zh' or 'en'"):
        ct.columns("n", lang="de")  # type: ignore[arg-type]


def test_everything_is_everything() -> None:
    every = ct.columns()
    assert set(every["column"]) == set(known.all_columns())
    assert every.drop(columns="frame").notna().all(axis=None)


def test_sentences_are_sentences() -> None:
    for name in known.all_columns():
        for meaning in known.all_columns()[name].values():
            assert meaning.sentence.en.endswith((".", "…")), (name, meaning.sentence.en)
            assert meaning.sentence.zh.endswith("。"), (name, meaning.sentence.zh)
            assert sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in meaning.label.zh) <= 20, name


def test_special_meanings_are_of_frames_that_have_the_column() -> None:
    for name, entry in data.toml("columns.toml")["columns"].items():
        for frames in entry.get("in", {}):
            for frame in frames.split():
                assert name in known.frames()[frame].columns, (name, frame)


def test_the_verb_prints_what_is_asked_for() -> None:
    shown = CliRunner().invoke(app, ["columns", "lrc", "trends.bursts", "--format", "json"])
    assert shown.exit_code == 0
    rows = json.loads(shown.stdout)
    assert [row["column"] for row in rows] == [
        "lrc", "term", "start", "end", "weight", "share_in", "share_out", "rate_in", "rate_out",
    ]  # fmt: skip
    assert rows[0]["frame"] is None
    chinese = CliRunner().invoke(app, ["columns", "lrc", "--lang", "zh"])
    assert "保守对数比" in chinese.stdout
    assert len(json.loads(CliRunner().invoke(app, ["columns", "-f", "json"]).stdout)) == len(ct.columns())
