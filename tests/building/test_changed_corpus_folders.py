"""Corpus folders that are not as the last build left them: notes deleted, files put there by others, parts damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from corpus_tools.building import parts, publish
from corpus_tools.building.build import build
from corpus_tools.building.check import check
from corpus_tools.building.frames import Frames, Glance, Keep
from corpus_tools.building.publish import Publisher
from corpus_tools.building.staging import Assembly, Naming, stage
from corpus_tools.cleaning.templates import Frame
from corpus_tools.config import Config
from corpus_tools.corpus import store
from corpus_tools.corpus.corpus import load
from corpus_tools.corpus.looks import Look
from corpus_tools.errors import Rejected, StoreError

Contents = Callable[[Path], dict[str, str]]
ONE = Config(jobs=1)


@pytest.fixture
def out(raw: Path, tmp_path: Path) -> Path:
    build(raw, tmp_path / "out", config=ONE, progress=False)
    return tmp_path / "out"


def one_more(raw: Path, written: Callable[..., str]) -> None:
    (raw / "one-more.txt").write_text(written(50, year=2001), "utf-8")


def rebuilt(raw: Path, tmp_path: Path) -> Path:
    build(raw, tmp_path / "anew", config=ONE, progress=False)
    return tmp_path / "anew"


@pytest.mark.parametrize("moves", [1, 4])
def test_notes_deleted_in_the_middle_of_publishing_lose_no_document(
    raw: Path,
    out: Path,
    tmp_path: Path,
    contents: Contents,
    monkeypatch: pytest.MonkeyPatch,
    written: Callable[..., str],
    moves: int,
) -> None:
    """One part was to become two; some of them are in place, and the list that would finish it is gone."""
    one_more(raw, written)
    done: list[Path] = []
    move = publish.storage.move

    def dies(source: Path, target: Path) -> None:
        if len(done) == moves:
            raise KeyboardInterrupt
        done.append(source)
        move(source, target)

    monkeypatch.setattr(parts, "FILES_PER_PART", 10)
    with monkeypatch.context() as patch:
        patch.setattr(publish.storage, "move", dies)
        with pytest.raises(KeyboardInterrupt):
            build(raw, out, config=ONE, progress=False)
    shutil.rmtree(out / ".build")
    build(raw, out, config=ONE, progress=False)
    assert contents(out) == contents(rebuilt(raw, tmp_path))


@pytest.mark.parametrize("table", ["documents", "rejected"])
def test_a_part_that_lacks_what_the_manifest_names_is_not_published_on(
    raw: Path, out: Path, table: str, written: Callable[..., str]
) -> None:
    path = store.part_path(out, table, 0)
    pq.write_table(pq.read_table(path).slice(1), path)
    one_more(raw, written)
    with pytest.raises(StoreError, match=r"lacks 1 of the files .* delete manifest\.json"):
        build(raw, out, config=ONE, progress=False)
    (out / "manifest.json").unlink()
    build(raw, out, config=ONE, progress=False)
    assert len(check(out, raw=raw)) == 0


def test_what_others_put_beside_the_parts_is_left_there_and_in_nobodys_way(
    raw: Path, out: Path, written: Callable[..., str]
) -> None:
    folder = out / "documents.parquet"
    (folder / "@eaDir").mkdir()
    (folder / "part-0000 (copy).parquet").write_bytes(b"a copy")
    one_more(raw, written)
    assert build(raw, out, config=ONE, progress=False).documents == 14
    assert len(load(out, duplicates=True)) == 14
    assert (folder / "@eaDir").is_dir()
    assert (folder / "part-0000 (copy).parquet").read_bytes() == b"a copy"


@pytest.mark.parametrize("link", ["documents.parquet", ".build", ".build/journal", ".build/staged/documents.parquet"])
def test_a_link_in_a_folder_from_a_stranger_is_refused(raw: Path, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "child").mkdir(parents=True)
    (elsewhere / "part-0007.parquet").write_text("kept", "utf-8")
    path = tmp_path / "out" / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(elsewhere)
    with pytest.raises(StoreError, match=r"is a link, which no build makes"):
        build(raw, tmp_path / "out", config=ONE, progress=False)
    assert sorted(p.name for p in elsewhere.iterdir()) == ["child", "part-0007.parquet"]


@pytest.mark.parametrize("staged", ["..", "named", "0" * 31, None])
def test_a_list_from_a_stranger_names_no_other_folder(raw: Path, out: Path, staged: str | None) -> None:
    commit = {"staged": staged, "move": [], "named": [], "last": publish.LAST, "delete": []}
    (out / ".build" / "commit.json").write_text(json.dumps(commit), "utf-8")
    with pytest.raises(StoreError, match="is damaged"):
        build(raw, out, config=ONE, progress=False)


def test_a_worker_of_a_build_that_has_ended_may_still_write_its_part(
    raw: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch, written: Callable[..., str]
) -> None:
    late: list[Assembly | Naming] = []
    staged = Publisher._stage

    def stops(self: Publisher, tasks: Sequence[Assembly | Naming], name: str) -> dict[str, str]:
        late.extend(tasks)
        raise KeyboardInterrupt

    def is_overtaken(self: Publisher, tasks: Sequence[Assembly | Naming], name: str) -> dict[str, str]:
        found = staged(self, tasks, name)
        for task in late:
            stage(task)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Publisher, "_stage", stops)
        with pytest.raises(KeyboardInterrupt):
            build(raw, tmp_path / "out", config=ONE, progress=False)
    one_more(raw, written)
    with monkeypatch.context() as patch:
        patch.setattr(Publisher, "_stage", is_overtaken)
        build(raw, tmp_path / "out", config=ONE, progress=False)
    assert late
    assert contents(tmp_path / "out") == contents(rebuilt(raw, tmp_path))


def test_where_a_users_list_lies_changes_nothing(raw: Path, tmp_path: Path, contents: Contents) -> None:
    """Its name and what stands in it do."""
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "own.txt").write_text("科普教育基地 9999 n\n", "utf-8")
    build(raw, tmp_path / "out", config=Config(jobs=1, dictionary=tmp_path / "here" / "own.txt"), progress=False)
    again = Config(jobs=1, dictionary=tmp_path / "there" / "own.txt")
    before = contents(tmp_path / "out")
    assert build(raw, tmp_path / "out", config=again, progress=False).done == 0
    assert contents(tmp_path / "out") == before
    (tmp_path / "there" / "own.txt").write_text("科普教育 9999 n\n", "utf-8")
    assert build(raw, tmp_path / "out", config=again, progress=False).done == 14


NOW, THEN = Look(5, 5), Look(4, 4)


@pytest.mark.parametrize("stale", [["a.html"], ["a.html", "b.html"]])
def test_what_was_seen_of_a_file_as_it_is_holds_against_what_comes_late(tmp_path: Path, stale: list[str]) -> None:
    keep = Keep(tmp_path / "frames", "this")
    (tmp_path / "frames").mkdir()
    for names, looked in ((stale, THEN), (["a.html", "b.html"] if len(stale) == 1 else ["a.html"], NOW)):
        keep([(Glance(tmp_path / name, name, looked), (looked, Frame("url:a.example"))) for name in names])
    frames = Frames(tmp_path / "frames.parquet", identity="this")
    assert "a.html" not in frames.missing({"a.html": NOW, "b.html": NOW})


@pytest.mark.parametrize(
    ("reason", "by_itself", "by_retry"),
    [("crashed", True, True), ("internal_error", True, True), ("timeout", False, True), ("memory", False, True)],
)
def test_a_file_of_which_nothing_could_be_seen_is_looked_at_again(
    tmp_path: Path, reason: str, by_itself: bool, by_retry: bool
) -> None:
    """At once where it was no fault of its own, else when it is asked for; a Word file never has anything to see."""
    (tmp_path / "frames").mkdir()
    done = [(Glance(tmp_path / "a.html", "a.html", NOW), Rejected("run", reason, "")), *no_site_around(tmp_path)]
    assert Keep(tmp_path / "frames", "this")(done) == 2
    for retry, again in ((False, by_itself), (True, by_retry)):
        frames = Frames(tmp_path / "frames.parquet", identity="this")
        assert frames.missing({"a.html": NOW, "b.docx": NOW}, retry=retry) == ["a.html"] * again


def no_site_around(folder: Path) -> list[tuple[Glance, tuple[Look, Frame]]]:
    return [(Glance(folder / "b.docx", "b.docx", NOW), (NOW, Frame(None)))]
