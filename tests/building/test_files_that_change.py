"""Files that vanish or change while a build reads them, two builds of one folder, a corpus opened while it is built."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.building import build as build_module
from corpus_tools.building import chunks, parts, publish
from corpus_tools.building.build import build
from corpus_tools.building.chunks import Job, Prepared, work
from corpus_tools.config import Config
from corpus_tools.corpus import looks, opened
from corpus_tools.corpus.corpus import Corpus, load
from corpus_tools.errors import Rejected, StoreError
from corpus_tools.reading import read_file

Contents = Callable[[Path], dict[str, str]]
ONE = Config(jobs=1)
OTHER = (
    "2013年青岚市总工会工作报告\n各位代表：\n现在我向大会报告工作。一年来，建成职工书屋31家，帮扶困难职工418人次。\n"
)


def vanishes(job: Job) -> Prepared:
    """What works on a file, where one has gone since it was listed."""
    if job.source == "a/01.txt":
        job.path.rename(job.path.with_suffix(".away"))
    return work(job)


def test_a_file_that_vanishes_is_rejected_and_comes_back(
    raw: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(raw, tmp_path / "undisturbed", config=ONE, progress=False)
    monkeypatch.setattr(build_module, "work", vanishes)
    report = build(raw, tmp_path / "out", config=ONE, progress=False)
    monkeypatch.undo()
    rejected = load(tmp_path / "out").rejected.set_index("source")
    assert report.documents == 12
    assert rejected.loc["a/01.txt", "reason"] == "unreadable"
    assert "No such file" in rejected.loc["a/01.txt", "detail"]
    (raw / "a" / "01.away").rename(raw / "a" / "01.txt")
    assert build(raw, tmp_path / "out", config=ONE, progress=False).done == 1
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")


def test_a_file_that_stays_away_leaves_the_corpus(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_module, "work", vanishes)
    build(raw, tmp_path / "out", config=ONE, progress=False)
    monkeypatch.undo()
    (raw / "a" / "01.away").unlink()
    assert build(raw, tmp_path / "out", config=ONE, progress=False).removed == 1
    corpus = load(tmp_path / "out", duplicates=True)
    assert "a/01.txt" not in {*corpus.documents["source"], *corpus.rejected["source"]}


def test_a_file_written_while_it_is_read_is_rejected_and_read_again(
    raw: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path) -> bytes:
        data = read_file(path)
        if path.name != "01.txt":
            return data
        path.write_text(OTHER, "utf-8")
        return data[: len(data) // 6 * 3]  # whole characters: nothing in the text tells that it was cut

    monkeypatch.setattr(chunks, "read_file", half)
    build(raw, tmp_path / "out", config=ONE, progress=False)
    monkeypatch.undo()
    rejected = load(tmp_path / "out").rejected.set_index("source")
    assert rejected.loc["a/01.txt", "reason"] == "changed"
    assert "build again" in rejected.loc["a/01.txt", "detail"]
    build(raw, tmp_path / "out", config=ONE, progress=False)
    build(raw, tmp_path / "undisturbed", config=ONE, progress=False)
    assert contents(tmp_path / "out") == contents(tmp_path / "undisturbed")
    assert "职工书屋" in load(tmp_path / "out").documents.set_index("source").loc["a/01.txt", "text"]


@pytest.mark.workers
def test_a_second_build_of_the_folder_says_that_one_is_running(raw: Path, tmp_path: Path, contents: Contents) -> None:
    """The real command, twice; the first waits for a pipe in its way, until the second has been refused."""
    out = tmp_path / "out"
    code = (
        "import sys\nfrom corpus_tools.building import build as b\nfrom corpus_tools.config import Config\n"
        "def wait(*_):\n    print('in', flush=True)\n    sys.stdin.readline()\n"
        "b._refuse_removal = wait\nb.build(sys.argv[1], sys.argv[2], config=Config(jobs=1), progress=False)"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code, str(raw), str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "in\n"
    command = [sys.executable, "-m", "corpus_tools.cli", "build", str(raw), str(out)]
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    first.communicate("go\n")
    assert (second.returncode, second.stderr) == (1, f"error: another build of {out} is running\n")
    assert first.returncode == 0
    build(raw, tmp_path / "undisturbed", config=ONE, progress=False)
    assert contents(out) == contents(tmp_path / "undisturbed")


@pytest.fixture
def two_states(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A corpus of several parts, and raw files that have changed since: no document more or less, one other in each part."""
    monkeypatch.setattr(parts, "FILES_PER_PART", 4)
    build(raw, tmp_path / "out", config=ONE, progress=False)
    for path in sorted(raw.rglob("*.txt"))[:8]:
        path.write_text(path.read_text("utf-8").replace("讲座", "流动科技馆巡展"), "utf-8")
    return raw, tmp_path / "out"


def seen(corpus: Corpus) -> str:
    """``old``, ``new``, or that both are in it: every text against its length, and its words against it."""
    texts = corpus.documents.set_index("doc_id")
    assert list(texts["text"].str.len()) == list(texts["n_chars"])
    words = corpus.vocabulary["word"].to_numpy()[corpus.tokens.ids]
    assert "".join(words).count("流动科技馆") == sum(texts["text"].str.count("流动科技馆"))
    return "new" if texts["text"].str.contains("流动科技馆").any() else "old"


def test_a_corpus_opened_at_any_moment_of_publishing(
    two_states: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out = two_states
    found, move = [], publish.storage.move

    def moved(source: Path, target: Path) -> None:
        found.append(look(out))
        move(source, target)
        found.append(look(out))

    monkeypatch.setattr(publish.storage, "move", moved)
    assert look(out) == "old"
    build(raw, out, config=ONE, progress=False)
    assert look(out) == "new"
    assert len(found) > 8
    assert set(found) <= {"old", "new", "refused"}


def look(out: Path) -> str:
    try:
        return seen(load(out))
    except StoreError:
        return "refused"


def test_a_corpus_that_is_built_anew_while_it_is_open(two_states: tuple[Path, Path]) -> None:
    """Its tables are read when they are asked for; those of another build must not come under its rows."""
    raw, out = two_states
    asked: dict[str, Callable[[Corpus], Any]] = {
        "documents": lambda corpus: corpus.documents,
        "texts": lambda corpus: list(corpus.texts),
        "tokens": lambda corpus: corpus.tokens,
        "vocabulary": lambda corpus: corpus.vocabulary,
        "sections": lambda corpus: corpus.sections,
        "edits": lambda corpus: corpus.edits,
    }
    opened = {name: load(out) for name in asked}
    build(raw, out, config=ONE, progress=False)
    for name, ask in asked.items():
        with pytest.raises(StoreError, match="load it again"):
            ask(opened[name])
    assert seen(load(out)) == "new"


def test_a_corpus_that_is_built_anew_while_it_is_being_opened(
    two_states: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out = two_states
    manifest = publish.store.manifest
    waiting = [1]

    def then_built(folder: Path, **options: Any) -> Any:
        """The list of parts is read, and then they change."""
        content = manifest(folder, **options)
        if waiting and not options:
            waiting.clear()
            build(raw, out, config=ONE, progress=False)
        return content

    monkeypatch.setattr(publish.store, "manifest", then_built)
    assert look(out) in ("new", "refused")
    assert not waiting


def test_a_file_that_could_not_be_opened_is_never_taken_for_read(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path) -> bytes:
        raise Rejected("read", "unreadable", "Input/output error")

    monkeypatch.setattr(chunks, "read_file", fails)
    path = min(raw.rglob("*.txt"))
    assert work(Job(path, "a.txt", looks.look(path), ONE)).look == looks.Look(0, 0)


def test_a_file_that_was_written_to_while_it_was_read_is_looked_for_anew(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the second look failed for a moment, and the file is as it was."""
    path = min(raw.rglob("*.txt"))
    told = iter([looks.look(path), looks.Look(0, 0)])
    monkeypatch.setattr(chunks, "look", lambda _: next(told))
    prepared = work(Job(path, "a.txt", looks.look(path), ONE))
    assert isinstance(prepared.outcome, Rejected)
    assert (prepared.outcome.reason, prepared.look) == ("changed", looks.Look(0, 0))


def test_a_corpus_is_not_used_when_a_build_ends_while_it_is_looked_at(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts were moved already when the manifest was still the old one."""
    build(raw, tmp_path / "out", config=ONE, progress=False)
    corpus = load(tmp_path / "out")
    commit = tmp_path / "out" / ".build" / "commit.json"
    commit.write_text("{}", "utf-8")

    def ends(path: Path) -> looks.Look:
        found = looks.look(path)
        commit.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(opened, "look", ends)
    with pytest.raises(StoreError, match="load it again"):
        corpus.texts  # noqa: B018


@pytest.mark.parametrize(
    "name", ["../kept.txt", "documents.parquet/../../kept.txt", "documents.parquet/..", "/kept.txt"]
)
def test_a_list_from_a_stranger_reaches_nothing_outside(raw: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / ".build").mkdir(parents=True)
    (tmp_path / "kept.txt").write_text("kept", "utf-8")
    commit = {
        "staged": "0" * 32,
        "move": [],
        "named": [],
        "last": [".build/seen.json", "manifest.json"],
        "delete": [name],
    }
    (tmp_path / "out" / ".build" / "commit.json").write_text(json.dumps(commit), "utf-8")
    with pytest.raises(StoreError, match="is damaged"):
        build(raw, tmp_path / "out", config=ONE, progress=False)
    assert (tmp_path / "kept.txt").read_text("utf-8") == "kept"
