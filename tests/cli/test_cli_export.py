"""The verb export: names, exit codes, and that it does what the function does."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from command import run

import corpus_tools as ct
from corpus_tools.cli.exporting import Form
from corpus_tools.exports import exporting

FORMS = {
    "csv": "out.csv", "xlsx": "out.xlsx", "jsonl": "out.jsonl", "txt": "out-txt", "conll": "out.conllu",
    "vertical": "out.vert", "sqlite": "out.sqlite",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written_beside_the_caller(out: Path, tmp_path: Path, form: str) -> None:
    result = run("export", out, "--to", form, "--where", "year=2019", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    documents = len(ct.load(out).where(year=2019))
    assert result.stderr == f"{documents} documents: {FORMS[form]}\n"
    assert [path.name for path in tmp_path.iterdir()] == [FORMS[form]]


def test_the_verb_has_the_forms_of_the_function() -> None:
    assert [form.value for form in Form] == list(exporting.FORMS)


def test_where_notes_and_place(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "plans.jsonl"
    assert run("export", out, "--to", "jsonl", "--where", "tense=plan", "--into", path).returncode == 0
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {section["tense"] for row in rows for section in row["sections"]} == {"plan"}
    whole = ct.load(out).documents.set_index("doc_id")["text"]
    assert sum(row["n_chars"] for row in rows) < whole.str.len().sum()
    assert all(row["n_chars"] + row["n_left_out"] == len(whole[row["doc_id"]]) for row in rows)


def test_counts_in_the_database_are_those_of_the_analyses(out: Path, tmp_path: Path) -> None:
    assert run("export", out, "--to", "sqlite", "--into", tmp_path / "x").returncode == 0
    corpus = ct.load(out)
    expected = ct.keywords.frequencies(corpus, words=ct.WordFilter(stopwords=()), top=20)
    base = sqlite3.connect(tmp_path / "x")
    for term, count in zip(expected["term"], expected["count"], strict=True):
        found = base.execute("SELECT sum(count), count(*) FROM word_counts WHERE word = ?", [term]).fetchone()
        assert found[0] == count


def test_segmented_csv(out: Path, tmp_path: Path) -> None:
    assert run("export", out, "--to", "csv", "--segmented", "--into", tmp_path / "x.csv").returncode == 0
    text = pd.read_csv(tmp_path / "x.csv")["text"].str.cat(sep="\n")
    assert " 新质生产力 " in text


def test_wrong_calls(out: Path, tmp_path: Path) -> None:
    for code, words, *args in (
        (2, "--segmented is for --to csv and --to txt", out, "--to", "sqlite", "--segmented"),
        (2, "'pdf' is not one of", out, "--to", "pdf"),
        (2, "Missing option '--to'", out),
        (1, "is no corpus", tmp_path, "--to", "csv"),
        (1, "no document of", out, "--to", "csv", "--where", "year=1900"),
        (1, "which no export wrote", out, "--to", "txt", "--into", out),
    ):
        result = run("export", *args, cwd=tmp_path)
        assert (result.returncode, result.stdout) == (code, ""), result.stderr
        assert words in result.stderr
    assert list(tmp_path.iterdir()) == []
