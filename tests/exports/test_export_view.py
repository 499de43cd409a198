"""What of a document is exported: the parts that are counted, with places and sizes of what is there."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

import corpus_tools as ct
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError, StoreError
from corpus_tools.exports.material import Material


def exported(corpus: Corpus, path: Path) -> dict[str, dict[str, Any]]:
    lines = ct.export(corpus, path, to="jsonl").read_text("utf-8").split("\n")
    assert lines.pop() == ""
    return {row["doc_id"]: row for row in map(json.loads, lines)}


def test_notes_are_left_out(reports: Corpus, tmp_path: Path) -> None:
    row = exported(reports, tmp_path / "x.jsonl")["d001"]
    assert row["text"] == "工作报告\n一、回顾\n开展科普。\n二、任务\n加强科普；"
    assert (row["n_chars"], row["n_han"], row["n_tokens"], row["n_left_out"]) == (26, 18, 14, 9)
    assert row["text_sha256"] == hashlib.sha256(row["text"].encode()).hexdigest()
    assert [(s["tense"], row["text"][s["start"] : s["end"]]) for s in row["sections"]] == [
        ("other", "工作报告\n"),
        ("review", "一、回顾\n开展科普。\n"),
        ("plan", "二、任务\n加强科普；"),
    ]
    assert "doc_id" not in row["sections"][0]


def test_notes_are_there_where_they_are_counted(reports: Corpus, tmp_path: Path) -> None:
    row = exported(ct.load(reports.folder, notes=True), tmp_path / "x.jsonl")["d001"]
    assert row["text"].endswith("\n注释\n科普：普及")
    assert (row["n_chars"], row["n_tokens"], row["n_left_out"], len(row["sections"])) == (35, 18, 0, 4)


def test_a_view_of_tenses_is_these_sections(reports: Corpus, tmp_path: Path) -> None:
    rows = exported(reports.where(tense=["review", "notes"]), tmp_path / "x.jsonl")
    assert list(rows) == ["d001"]
    assert rows["d001"]["text"] == "一、回顾\n开展科普。"
    notes = exported(ct.load(reports.folder, notes=True).where(tense=["review", "notes"]), tmp_path / "x.jsonl")["d001"]
    assert notes["text"] == "一、回顾\n开展科普。\n注释\n科普：普及"
    assert [(s["section"], s["start"], s["end"]) for s in notes["sections"]] == [(1, 0, 11), (3, 11, 19)]


def test_only_the_documents_of_the_view(reports: Corpus, tmp_path: Path) -> None:
    assert list(exported(reports, tmp_path / "x.jsonl")) == ["d001", "d000", "d002"]
    assert list(exported(reports.where(level="county"), tmp_path / "x.jsonl")) == ["d000"]


def test_an_export_says_which_view_it_is(reports: Corpus) -> None:
    assert Material(reports).about()["view"] == "all documents"
    view = reports.where(level="county").without(year=[1999])
    assert Material(view).about()["view"] == "where(level='county').without(year=[1999])"


def test_what_cannot_be_exported(reports: Corpus, tmp_path: Path) -> None:
    with pytest.raises(AnalysisError, match="no documents"):
        ct.export(reports.where(year=1900), tmp_path / "x.csv", to="csv")
    with pytest.raises(AnalysisError, match="several times"):
        ct.export(reports.by_tense(), tmp_path / "x.csv", to="csv")
    with pytest.raises(AnalysisError, match="to is 'pdf'"):
        ct.export(reports, tmp_path / "x.pdf", to="pdf")  # type: ignore[arg-type]
    with pytest.raises(AnalysisError, match="segmented goes with csv and txt"):
        ct.export(reports, tmp_path / "x.jsonl", to="jsonl", segmented=True)
    with pytest.raises(StoreError, match="is a folder"):
        ct.export(reports, tmp_path, to="csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.parametrize("to", ["csv", "xlsx", "jsonl", "conll", "vertical", "sqlite"])
def test_a_file_is_replaced_whole_or_not_at_all(
    reports: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: Any
) -> None:
    path = tmp_path / "new" / "x"
    ct.export(reports.where(level="county"), path, to=to)
    small = path.read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr("corpus_tools.exports.material._moved", _fail)
        with pytest.raises(RuntimeError):
            ct.export(reports, path, to=to)
    assert path.read_bytes() == small
    ct.export(reports, path, to=to)
    assert path.stat().st_size > 0
    assert path.read_bytes() != small
    assert [file.name for file in path.parent.iterdir()] == ["x"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes in folders nor rights of this kind")
def test_only_files_are_replaced_behind_links_and_with_their_rights(reports: Corpus, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match="pipe is no file that could be replaced"):
        ct.export(reports, tmp_path / "pipe", to="csv")
    (tmp_path / "pipe.csv").symlink_to("pipe")
    with pytest.raises(StoreError, match=r"pipe\.csv is no file that could be replaced"):
        ct.save(reports.documents, tmp_path / "pipe.csv")
    assert (tmp_path / "pipe").is_fifo()
    (tmp_path / "file.csv").write_text("old", "utf-8")
    (tmp_path / "file.csv").chmod(0o600)
    (tmp_path / "link.csv").symlink_to("file.csv")
    assert ct.save(reports.documents, tmp_path / "link.csv") == tmp_path / "link.csv"
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "file.csv").stat().st_size > 3
    assert (tmp_path / "file.csv").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit of this kind")
@pytest.mark.parametrize("to", ["csv", "xlsx", "sqlite", "txt"])
# Of openpyxl's writer, when it is thrown away.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_is_told_of_and_leaves_the_old_export(reports: Corpus, tmp_path: Path, to: Any) -> None:
    import resource

    # As full a disk as a test can have: no file of this process can grow beyond 100 bytes.
    path = ct.export(reports.where(level="county"), tmp_path / "x", to=to)
    files = [path] if path.is_file() else sorted(path.rglob("*.*"))
    before = [file.read_bytes() for file in files]
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, old[1]))
    try:
        with pytest.raises(StoreError, match="x cannot be written: "):
            ct.export(reports, path, to=to)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        gc.collect()
    assert [file.read_bytes() for file in files] == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["out", "x"]


def _fail(*_: object) -> None:
    raise RuntimeError
