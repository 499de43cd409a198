"""Excel: text is text, nothing is cut, and the names of sheets hold."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import corpus_tools as ct
from corpus_tools.corpus import store
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError, MissingPackageError

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://x")',
    "#N/A",
    "＝1",
    "2020-01-02",
    "007",
    "'=x",
    "TRUE",
    "科=1",
]


def sheet(path: Path, number: int = 1) -> Any:
    with zipfile.ZipFile(path) as file:
        return etree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))


def texts(path: Path) -> list[list[str]]:
    """What the XML itself says, its escapes undone as Excel undoes them."""
    rows = []
    for row in sheet(path).iter(f"{NAMESPACE}row"):
        cells = ["".join(t.text or "" for t in cell.iter(f"{NAMESPACE}t")) for cell in row]
        rows.append([re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), cell) for cell in cells])
    return rows


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    path = ct.save(pd.DataFrame({"=head": FORMULAE, "n": range(len(FORMULAE))}), tmp_path / "x.xlsx")
    cells = list(openpyxl.load_workbook(path)["data"].iter_rows(min_col=1, max_col=1))
    assert [cell.value for (cell,) in cells] == ["=head", *FORMULAE]
    assert {cell.data_type for (cell,) in cells} == {"s"}
    assert [bool(cell.quotePrefix) for (cell,) in cells] == [not str(cell.value).startswith("科") for (cell,) in cells]
    assert sheet(path).findall(f".//{NAMESPACE}f") == []
    first = {cell.get("t") for cell in sheet(path).iter(f"{NAMESPACE}c") if cell.get("r").startswith("A")}
    assert first <= {"inlineStr", "s"}


def test_numbers_are_numbers_until_excel_would_round_them(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [-1.5, float("inf"), None], "b": [10**15 - 1, -(2**62), 0], "c": [True, False, True]})
    rows = list(
        openpyxl.load_workbook(ct.save(frame, tmp_path / "x.xlsx"))["data"].iter_rows(min_row=2, values_only=True)
    )
    assert rows == [(-1.5, 999_999_999_999_999, True), ("Inf", "-4611686018427387904", False), (None, 0, True)]


@settings(max_examples=40)
@given(
    st.lists(
        st.text(st.characters() | st.sampled_from("_x000D_\r\n\t\x00\x0b\ufffe =")).filter(bool), min_size=1, max_size=5
    )
)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, values: list[str]) -> None:
    path = ct.save(pd.DataFrame({"text": values}, dtype=object), tmp_path_factory.mktemp("xlsx") / "x.xlsx")
    assert texts(path) == [["text"], *([value] for value in values)]


@pytest.mark.parametrize(
    "text",
    [
        "科" * 32_767,
        "科" * 32_768,
        "科" * 20_000 + "\n" + "普" * 20_000,
        "𠮷" * 40_000,
        "\x0b" * 10_000,
        "a" * 70_000 + "_x000A_",
    ],
)
def test_a_text_longer_than_a_cell_goes_on_in_the_next(tmp_path: Path, text: str) -> None:
    path = ct.save(pd.DataFrame({"text": ["short", text], "n": [1, 2]}), tmp_path / "x.xlsx")
    head, short, long = texts(path)
    *names, last = head
    assert names == ["text", *(f"text_{n}" for n in range(2, len(names) + 1))]
    assert last == "n"
    assert short[0] == "short"
    assert "".join(long[:-1]) == text
    assert (len(names) == 1) == (text == "科" * 32_767)
    raw = [t.text or "" for t in sheet(path).iter(f"{NAMESPACE}t")]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in raw) <= 32_767


def test_it_is_cut_between_lines(tmp_path: Path) -> None:
    text = "科" * 20_000 + "\n" + "普" * 20_000
    path = ct.save(pd.DataFrame({"text": [text]}), tmp_path / "x.xlsx")
    assert texts(path)[1] == ["科" * 20_000 + "\n", "普" * 20_000]
    with pytest.raises(AnalysisError, match="rename the columns that end with _2"):
        ct.save(pd.DataFrame({"text": [text], "text_2": [""]}), path)


def test_sheets(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [1]})
    assert openpyxl.load_workbook(ct.save({"年": frame, "all": frame}, tmp_path / "x.xlsx")).sheetnames == ["年", "all"]
    assert openpyxl.load_workbook(ct.save([frame, frame], tmp_path / "x.xlsx")).sheetnames == ["1", "2"]
    book = openpyxl.load_workbook(ct.save(frame, tmp_path / "x.xlsx", sheet="slogans"))
    assert book.sheetnames == ["slogans"]
    assert (book["slogans"].freeze_panes, book["slogans"].auto_filter.ref) == ("A2", "A1:A2")
    for wrong in ("a/b", "x" * 32, "", "'a", "History"):
        with pytest.raises(AnalysisError, match="cannot be the name of a sheet"):
            ct.save(frame, tmp_path / "x.xlsx", sheet=wrong)
    for several in ({"a": frame, "A": frame}, {}):
        with pytest.raises(AnalysisError, match="no two of the same name"):
            ct.save(several, tmp_path / "x.xlsx")


def test_a_corpus_as_a_workbook(reports: Corpus, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(ct.export(reports, tmp_path / "x.xlsx", to="xlsx"))
    assert book.sheetnames == ["documents", "sections", "rejected", "columns", "about"]
    head, *rows = book["documents"].iter_rows(values_only=True)
    assert head[0] == "doc_id"
    assert head[-1] == "text"
    assert [row[-1] for row in rows][1:] == ["云川县报告\n主席\u3000周砚。请审议！”\n谢谢", "=1+1\n'=是“a,b”"]
    assert [row[:3] for row in book["sections"].iter_rows(min_row=2, values_only=True)] == [
        ("d001", 0, 0), ("d001", 1, 1), ("d001", 2, 1),
    ]  # fmt: skip
    assert [row[3] for row in book["rejected"].iter_rows(min_row=2, values_only=True)] == ["unsupported"]
    assert ("texts", "without notes") in list(book["about"].iter_rows(values_only=True))


def test_each_column_of_the_workbook_has_its_meaning(reports: Corpus, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(ct.export(reports, tmp_path / "x.xlsx", to="xlsx"))
    rows = list(book["columns"].iter_rows(min_row=2, values_only=True))
    explained = {(row[0], row[1]) for row in rows if row[2] and row[3]}
    schemas = {(name, column) for name in ("documents", "sections", "rejected") for column in store.SCHEMAS[name].names}
    assert explained == schemas | {("documents", "n_left_out")}
    assert {row[2] for row in rows if row[:2] == ("documents", "n_chars")} == {"Characters of the exported text."}
    assert {row[2] for row in rows if row[:2] == ("rejected", "stage")} == {
        "Where the file was refused: read, clean or run."
    }


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingPackageError, match=r"an Excel file needs: pip install 'corpus-tools\[excel\]'"):
        ct.save(pd.DataFrame({"a": [1]}), tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("columns", "fits"), [(16_384, True), (16_385, False)])
def test_a_sheet_holds_so_many_columns(tmp_path: Path, columns: int, fits: bool) -> None:
    frame = pd.DataFrame([[1] * columns])
    if fits:
        ct.save(frame, tmp_path / "wide.xlsx")
        assert openpyxl.load_workbook(tmp_path / "wide.xlsx").active.max_column == columns
    else:
        with pytest.raises(AnalysisError, match="16,385 columns, a sheet holds 16,384"):
            ct.save(frame, tmp_path / "wide.xlsx")


def test_a_frame_without_columns_is_an_empty_sheet(tmp_path: Path) -> None:
    ct.save(pd.DataFrame(), tmp_path / "empty.xlsx")
    assert list(openpyxl.load_workbook(tmp_path / "empty.xlsx").active.values) == []


@pytest.mark.parametrize("name", ["a\uffff", "a\ud800"])
def test_what_no_file_can_hold_is_no_name_of_a_sheet(tmp_path: Path, name: str) -> None:
    with pytest.raises(AnalysisError, match="cannot be the name of a sheet"):
        ct.save({name: pd.DataFrame({"a": [1]})}, tmp_path / "book.xlsx")
