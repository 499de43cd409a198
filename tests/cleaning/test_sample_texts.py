"""Every sample report comes out as its expected text, to the character, and says of itself what the index says."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from corpus_tools.building.prepare import edits_of, prepare
from corpus_tools.cleaning.edits import apply, undo
from corpus_tools.config import Config
from corpus_tools.document import Document, Page

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "expected"
with (EXPECTED / "index.csv").open(encoding="utf-8", newline="") as index:
    SAMPLES = {row["path"]: row for row in csv.DictReader(index)}
# A news item says nowhere but in its upload line when it appeared: null rather than the year of an upload.
NO_YEAR = {"ribao/n2-51520.html"}


@cache
def document(path: str) -> Document:
    return prepare((ROOT / "raw" / path).read_bytes(), path, config=Config())


@pytest.mark.parametrize("path", SAMPLES)
def test_clean_text_is_the_expected_one(path: str) -> None:
    expected = (EXPECTED / f"{Path(path).stem}.txt").read_text("utf-8")
    assert document(path).text + "\n" == expected


@pytest.mark.parametrize("path", SAMPLES)
def test_nothing_is_lost_and_cleaning_again_changes_nothing(path: str) -> None:
    result = document(path)
    assert undo(result.text, result.edits) == result.raw
    assert apply(result.raw, result.edits) == result.text
    assert edits_of(Page(result.text, "txt"), config=Config()) == ()


@pytest.mark.parametrize("path", SAMPLES)
def test_columns_are_those_of_the_index(path: str) -> None:
    row, result = SAMPLES[path], document(path)
    year = None if path in NO_YEAR else int(row["year"] or 0) or None
    assert (result.title, result.year) == (row["title"], year)
    by = ("kind", "organisation", "level", "place")
    assert [getattr(result, column) for column in by] == [row[column] for column in by]
