"""docs/corpus-folder.md names every table and column on disk, and docs/settings.md every setting with its default."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from corpus_tools.config import Config
from corpus_tools.corpus.store import SCHEMAS

DOCS = Path(__file__).parents[2] / "docs"


def rows(name: str) -> dict[str, list[str]]:
    """Rows of the tables of a page, by their first cell."""
    lines = [line for line in (DOCS / name).read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return {first: rest for first, *rest in cells}


def test_every_column_on_disk_stands_there() -> None:
    told = rows("corpus-folder.md")
    documents = {name for cell in told for name in cell.split(", ")}
    assert set(SCHEMAS["documents"].names) <= documents
    for table in SCHEMAS.keys() - {"documents"}:
        unlinked = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", told[table][0])
        names = re.sub(r"\([^)]*\)|;.*", "", unlinked).split(",")
        assert [name.strip() for name in names] == SCHEMAS[table].names


def test_every_setting_stands_there_with_its_default() -> None:
    told = rows("settings.md")
    for field in fields(Config):
        assert field.name in told, field.name
        if isinstance(field.default, str | int):
            assert told[field.name][1].startswith(str(field.default))
