"""docs/columns.md is made from the data, and docs/corpus-folder.md has the columns of the schemas."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from corpus_tools.corpus import store

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from make_columns_page import PAGE, PARTS, page

from corpus_tools.showing.columns import frames, tables

ROOT = Path(__file__).parents[2]


def test_the_page_is_made_from_the_data() -> None:
    assert PAGE.read_text("utf-8") == page(), "python tools/make_columns_page.py writes docs/columns.md anew"


def test_every_frame_has_its_part_of_the_page() -> None:
    makers = [maker for part in PARTS.values() for maker in part]
    assert sorted(set(makers)) == sorted(makers)
    assert {name.split(".")[0] for name in frames() if name not in tables()} == set(makers)


def test_the_contract_names_the_same_columns() -> None:
    contract = (ROOT / "docs" / "corpus-folder.md").read_text("utf-8")
    documents, others = contract.split("## The other tables")
    table = documents.split("## documents")[1]
    named = [name for cell in re.findall(r"^\| ([\w, ]+) \|", table, re.MULTILINE) for name in cell.split(", ")]
    assert sorted(named[1:]) == sorted(store.SCHEMAS["documents"].names)  # the first is the head of the table
    rows = dict(re.findall(r"^\| (\w+) \| (.*) \|$", others.split("##")[0], re.MULTILINE))
    assert set(rows) - {"table"} == set(store.SCHEMAS) - {"documents"}
    for name, said in rows.items():
        if name != "table":
            plain = re.sub(r"\([^)]*\)", "", said.split(";")[0])  # without what is in brackets, links too
            assert re.findall(r"\w+", plain) == store.SCHEMAS[name].names, name
    assert "(columns.md)" in contract
