"""A database: keys hold, counts are those of the exported texts, views and search answer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import corpus_tools as ct
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import StoreError


@pytest.fixture
def base(reports: Corpus, tmp_path: Path) -> sqlite3.Connection:
    return sqlite3.connect(ct.export(reports, tmp_path / "x.sqlite", to="sqlite"))


def test_tables_hold_what_the_corpus_has(base: sqlite3.Connection) -> None:
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("SELECT doc_id, year, title, text FROM documents ORDER BY row").fetchall()[1:] == [
        ("d000", 2020, "云川县科协工作报告", "云川县报告\n主席\u3000周砚。请审议！”\n谢谢"),
        ("d002", None, "=cmd|'/C calc'!A0", "=1+1\n'=是“a,b”"),
    ]
    assert base.execute('SELECT doc_id, tense, start, "end" FROM sections').fetchall() == [
        ("d001", "other", 0, 5), ("d001", "review", 5, 16), ("d001", "plan", 16, 26),
    ]  # fmt: skip
    assert base.execute("SELECT doc_id, removed, inserted FROM edits ORDER BY 1").fetchall() == [
        ("d000", "", "\n"), ("d001", "=首页", ""),
    ]  # fmt: skip
    assert base.execute("SELECT source, reason FROM rejected").fetchall() == [("x.doc", "unsupported")]
    assert dict(base.execute("SELECT * FROM about"))["texts"] == "without notes"


def test_words_are_counted_without_notes(base: sqlite3.Connection) -> None:
    assert base.execute("SELECT doc_id, count, year FROM word_counts WHERE word = '科普'").fetchall() == [
        ("d001", 2, 2021)
    ]
    assert base.execute("SELECT count(*) FROM words WHERE word = '普及'").fetchone() == (0,)
    totals = "SELECT doc_id, sum(count), n_tokens FROM counts JOIN documents USING (doc_id) GROUP BY doc_id"
    assert base.execute(totals).fetchall() == [("d000", 11, 11), ("d001", 14, 14), ("d002", 11, 11)]


def test_sections_have_their_texts(base: sqlite3.Connection) -> None:
    assert base.execute("SELECT text FROM section_texts WHERE tense = 'plan'").fetchall() == [("二、任务\n加强科普；",)]


def test_texts_can_be_searched(base: sqlite3.Connection) -> None:
    if sqlite3.sqlite_version_info < (3, 34):
        assert base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'search'").fetchone() == (0,)
        return
    found = "SELECT doc_id FROM search JOIN documents ON row = search.rowid WHERE search MATCH ?"
    assert base.execute(found, ["展科普"]).fetchall() == [("d001",)]
    assert base.execute(found, ['"=1+1"']).fetchall() == [("d002",)]


def test_a_view_has_its_own_edits_and_words(reports: Corpus, tmp_path: Path) -> None:
    base = sqlite3.connect(ct.export(reports.where(year=2020), tmp_path / "x.sqlite", to="sqlite"))
    assert base.execute("SELECT doc_id FROM edits").fetchall() == [("d000",)]
    assert base.execute("SELECT count(*) FROM words WHERE word = '科普'").fetchone() == (0,)


def test_a_search_that_cannot_be_written_is_an_error(
    reports: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a disk that is full: only an SQLite without such an index goes without it.
    monkeypatch.setattr("corpus_tools.exports.database._SEARCH", "SELECT * FROM missing")
    with pytest.raises(StoreError, match=r"x\.sqlite cannot be written: no such table"):
        ct.export(reports, tmp_path / "x.sqlite", to="sqlite")
    monkeypatch.setattr("corpus_tools.exports.database._searches", lambda: False)
    base = sqlite3.connect(ct.export(reports, tmp_path / "x.sqlite", to="sqlite"))
    assert base.execute("SELECT count(*) FROM documents").fetchone() == (3,)
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_flags_are_a_table(reports: Corpus, tmp_path: Path) -> None:
    documents = reports.documents.assign(flags=[["spun", "truncated"], [], ["spun"]])
    base = sqlite3.connect(ct.export(Corpus(reports.folder, documents), tmp_path / "x.sqlite", to="sqlite"))
    assert base.execute("SELECT doc_id FROM flags WHERE flag = 'spun'").fetchall() == [("d001",), ("d002",)]
    assert base.execute("SELECT flags FROM documents").fetchall() == [("spun;truncated",), ("",), ("spun",)]
