"""csv, JSON and the rule that undoes an apostrophe."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.cli.options import Format
from corpus_tools.cli.output import show
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.exports.cells import safe

DOCS = (Path(__file__).parents[2] / "docs" / "export.md").read_text("utf-8")
UNDO = re.search(r"str\.replace\(r\"(.+?)\", \"\", regex=True\)", DOCS)[1]  # type: ignore[index]
# Texts made of what matters: quotes, breaks, apostrophes, beginnings of formulae, and anything else.
TEXT = st.text(
    st.sampled_from("'=+-@＝＋－＠\t\r\n\",;x 科") | st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def paired(text: str) -> str:
    """Two halves of a pair side by side are the character that they are halves of, in JSON as in UTF-16."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def undone(text: str) -> str:
    return re.sub(UNDO, "", text)


@given(TEXT)
def test_what_the_page_says_undoes_the_apostrophe(text: str) -> None:
    assert undone(safe(text)) == text
    assert not re.match("[=+\\-@\t\r\n＝＋－＠]", safe(text))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1", "'=1"),
        ("'=1", "''=1"),
        ("''=", "'''="),
        ("'科", "'科"),
        ("科=", "科="),
        ("－１", "'－１"),
        ("\t=", "'\t="),
        ("", ""),
    ],
)
def test_which_texts_get_an_apostrophe(text: str, written: str) -> None:
    assert safe(text) == written


@given(
    st.lists(st.tuples(TEXT.filter(bool), st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)))
)
def test_csv_gives_back_texts_and_numbers(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "x.csv"
    ct.save(pd.DataFrame(rows, columns=["text", "number"], dtype=object), path)
    head, *found = read(path)
    assert head == ["text", "number"]
    assert [undone(text) for text, _ in found] == [text for text, _ in rows]
    assert [float(number) if number else None for _, number in found] == [
        None if number is None else float(number) for _, number in rows
    ]


@given(
    st.lists(
        st.tuples(st.text(), st.text(st.characters(categories=["Cs", "Cc", "Zl", "Zp"])), st.floats(allow_nan=False))
    )
)
def test_json_gives_back_everything(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, float]]
) -> None:
    folder = tmp_path_factory.mktemp("json")
    frame = pd.DataFrame(rows, columns=["a", "b", "c"], dtype=object)
    lines = ct.save(frame, folder / "x.jsonl").read_bytes().decode("utf-8").splitlines()
    expected = [{"a": a, "b": paired(b), "c": {np.inf: "Inf", -np.inf: "-Inf"}.get(c, c)} for a, b, c in rows]
    assert [json.loads(line) for line in lines] == expected
    assert json.loads(ct.save(frame, folder / "x.json").read_bytes()) == expected


def test_cells_of_a_csv_file(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "-n": [-1.5, np.nan, np.inf],
            "whole": pd.array([-3, None, 2**62], dtype="Int64"),
            "day": [pd.Timestamp("2020-01-02"), pd.NaT, pd.Timestamp("2020-01-02 03:04:05")],
            "list": [["a", "b"], [], np.array(["=x"], dtype=object)],
            "yes": [True, False, None],
            "text": ["-1", None, '=a,"b"\nc'],
        }
    )
    ct.save(frame, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().decode("utf-8") == (
        "\ufeff'-n,whole,day,list,yes,text\r\n"
        "-1.5,-3,2020-01-02T00:00:00,a;b,TRUE,'-1\r\n"
        ",,,,FALSE,\r\n"
        'Inf,4611686018427387904,2020-01-02T03:04:05,\'=x,,"\'=a,""b""\nc"\r\n'
    )


@pytest.mark.parametrize("text", ["a\0b", "a\ud800"])
def test_what_csv_cannot_hold_is_named(tmp_path: Path, text: str) -> None:
    code = f"U\\+{ord(text[1]):04X} at character 1"
    with pytest.raises(AnalysisError, match=f"row 2 of data, column heading: {code}"):
        ct.save(pd.DataFrame({"heading": ["x", text]}, dtype=object), tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []
    ct.save(pd.DataFrame({"heading": ["x", text]}, dtype=object), tmp_path / "x.jsonl")
    assert json.loads((tmp_path / "x.jsonl").read_text("utf-8").splitlines()[1]) == {"heading": text}


def test_a_corpus_as_csv(reports: Corpus, tmp_path: Path) -> None:
    path = ct.export(reports, tmp_path / "x.csv", to="csv")
    frame = pd.read_csv(path, keep_default_na=False, na_values=[""])
    assert list(frame.columns) == [*reports.documents.columns, "n_left_out"]
    assert frame["text"].str.replace(UNDO, "", regex=True).tolist() == [
        "工作报告\n一、回顾\n开展科普。\n二、任务\n加强科普；",
        "云川县报告\n主席\u3000周砚。请审议！”\n谢谢",
        "=1+1\n'=是“a,b”",
    ]
    assert frame["text"][2].startswith("'=1+1")
    assert frame["title"][2] == "'=cmd|'/C calc'!A0"
    assert frame["year"].tolist()[:2] == [2021, 2020]
    assert np.isnan(frame["year"][2])


def test_words_with_blanks_between_them(reports: Corpus, tmp_path: Path) -> None:
    path = ct.export(reports, tmp_path / "x.csv", to="csv", segmented=True)
    rows = {row["doc_id"]: row for row in csv.DictReader(path.open(encoding="utf-8-sig", newline=""))}
    assert rows["d000"]["text"] == "云川县 报告\n主席 周砚 。 请 审议 ！ ”\n谢谢"
    assert rows["d001"]["text"] == "工作 报告\n一 、 回顾\n开展 科普 。\n二 、 任务\n加强 科普 ；"
    assert rows["d001"]["n_tokens"] == "14"


def test_jsonl_holds_every_column_and_writes_the_same_again(reports: Corpus, tmp_path: Path) -> None:
    path = ct.export(reports, tmp_path / "x.jsonl", to="jsonl")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for row, (_, document) in zip(rows, reports.documents.iterrows(), strict=True):
        assert list(row) == [*reports.documents.columns, "n_left_out", "sections"]
        for name in ("source", "title", "level", "year", "script", "undecodable"):
            assert row[name] == (None if pd.isna(document[name]) else document[name])
    assert rows[2]["text"] == "=1+1\n'=是“a,b”"
    assert rows[2]["flags"] == []
    again = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    assert path.read_bytes() == again.encode()


def test_what_verbs_print_is_for_programs_and_left_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show(pd.DataFrame({"term": ["=1", "'-x"], "n": [-1, 2]}), Format.csv)
    assert capsys.readouterr().out == "term,n\n=1,-1\n'-x,2\n"


def test_an_index_that_says_something_is_kept(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": [2, 1]})
    for index, head in (
        ([7, 3], ["n"]),
        (pd.Index(["甲", "乙"]), ["index", "n"]),
        (pd.Index([1, 2], name="year"), ["year", "n"]),
    ):
        ct.save(frame.set_index(pd.Index(index)), tmp_path / "x.csv")
        assert read(tmp_path / "x.csv")[0] == head


def test_what_save_refuses(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [1]})
    for wrong, name, message in (
        (frame, "x.txt", "must end in .csv, .xlsx, .json, .jsonl"),
        ({"a": frame, "b": frame}, "x.csv", "holds one table, not 2"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "x.csv", "two columns of this frame are named 'a'"),
        (frame.set_index(pd.Index([7], name="a")), "x.csv", "two columns of this frame are named 'a'"),
        (pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])), "x.json", "several levels"),
        ([1], "x.xlsx", "a frame is needed, not int"),
    ):
        with pytest.raises(AnalysisError, match=message):
            ct.save(wrong, tmp_path / name)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_an_empty_frame_is_a_head(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [], "b": []})
    assert read(ct.save(frame, tmp_path / "x.csv")) == [["a", "b"]]
    assert json.loads(ct.save(frame, tmp_path / "x.json").read_text("utf-8")) == []
    assert ct.save(frame, tmp_path / "deep" / "x.jsonl").read_text("utf-8") == ""
