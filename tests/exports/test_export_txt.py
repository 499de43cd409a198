"""A folder of texts: names that every system holds, and a folder that is only replaced by its own kind."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import StoreError
from corpus_tools.exports.names import names


def test_texts_and_metadata(reports: Corpus, tmp_path: Path) -> None:
    folder = ct.export(reports, tmp_path / "x", to="txt")
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")) == [
        "export.json", "metadata.csv", "texts/a_2.txt", "texts/b_云川.txt", "texts/c.txt",
    ]  # fmt: skip
    assert (folder / "texts" / "b_云川.txt").read_bytes().decode() == "云川县报告\n主席\u3000周砚。请审议！”\n谢谢\n"
    assert (folder / "texts" / "c.txt").read_bytes().startswith(b"=1+1\n")
    rows = list(csv.DictReader((folder / "metadata.csv").open(encoding="utf-8-sig", newline="")))
    assert [(row["file"], row["doc_id"], row["year"]) for row in rows] == [
        ("a_2.txt", "d001", "2021"), ("b_云川.txt", "d000", "2020"), ("c.txt", "d002", ""),
    ]  # fmt: skip
    assert "text" not in rows[0]
    assert json.loads((folder / "export.json").read_text("utf-8"))["texts"] == "without notes"


def test_words_apart(reports: Corpus, tmp_path: Path) -> None:
    folder = ct.export(reports, tmp_path / "x", to="txt", segmented=True)
    assert (folder / "texts" / "b_云川.txt").read_text("utf-8") == "云川县 报告\n主席 周砚 。 请 审议 ！ ”\n谢谢\n"


def test_an_earlier_export_is_replaced(reports: Corpus, tmp_path: Path) -> None:
    (ct.export(reports, tmp_path / "x", to="txt") / "texts" / ".DS_Store").write_bytes(b"")
    folder = ct.export(reports.where(level="county"), tmp_path / "x", to="txt")
    assert [path.name for path in (folder / "texts").iterdir()] == ["b_云川.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "x"]


def test_what_is_not_an_export_stays(reports: Corpus, tmp_path: Path) -> None:
    for name in ("mine", "x"):
        (tmp_path / name).mkdir()
    (tmp_path / "mine" / "notes.docx").write_text("!", "utf-8")
    ct.export(reports, tmp_path / "x", to="txt")  # an empty folder is nobody's
    (tmp_path / "x" / "texts" / "mine.txt").write_text("!", "utf-8")
    for name, stranger in (("mine", "notes.docx"), ("x", "texts/mine.txt"), ("out", ".*parquet")):
        with pytest.raises(StoreError, match=f"holds {stranger}, which no export wrote"):
            ct.export(reports, tmp_path / name, to="txt")
    (tmp_path / "file").write_text("!", "utf-8")
    with pytest.raises(StoreError, match="is a file"):
        ct.export(reports, tmp_path / "file", to="txt")
    assert (tmp_path / "x" / "texts" / "mine.txt").exists()
    assert len(ct.load(tmp_path / "out")) == 3


def test_a_run_that_stops_leaves_the_old_folder(
    reports: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ct.export(reports.where(level="county"), tmp_path / "x", to="txt")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus_tools.exports.folder.write_csv", stopped)
    with pytest.raises(KeyboardInterrupt):
        ct.export(reports, folder, to="txt")
    assert [path.name for path in (folder / "texts").iterdir()] == ["b_云川.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "x"]
    # Killed when the old folder had been moved and the new one had not: the next run, which stops too, brings it back.
    folder.replace(tmp_path / ".x.old")
    with pytest.raises(KeyboardInterrupt):
        ct.export(reports, folder, to="txt")
    assert [path.name for path in (folder / "texts").iterdir()] == ["b_云川.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "x"]


def test_a_folder_behind_a_link(reports: Corpus, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "x").symlink_to(tmp_path / "disk", target_is_directory=True)
    for _ in range(2):
        assert ct.export(reports, tmp_path / "x", to="txt") == tmp_path / "x"
    assert len(list((tmp_path / "disk" / "texts").iterdir())) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["disk", "out", "x"]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["a/b.html", "a/b.docx", "A/B.txt"], ["a_b.txt", "a_b-1.txt", "A_B-2.txt"]),
        (["CON.txt", "com1.报告.txt", "aux /x", "nul"], ["_CON.txt", "_com1.报告.txt", "aux _x.txt", "_nul.txt"]),
        (['a:b?c"<>|*.txt', " . .txt", "b. .txt"], ["a_b_c_.txt", "_.txt", "b.txt"]),
        (["e\u0301.txt", "é.txt", "2019.12"], ["é.txt", "é-1.txt", "2019.12.txt"]),
        (["科" * 90 + ".txt"], ["科" * 60 + "-0.txt"]),
        (["=1.txt", "-a/b.txt", "＋.txt", "'=.txt"], ["_=1.txt", "_-a_b.txt", "_＋.txt", "_'=.txt"]),
    ],
)
def test_names(sources: list[str], expected: list[str]) -> None:
    assert list(names((source, str(number)) for number, source in enumerate(sources))) == expected


@given(
    st.lists(st.text(st.characters() | st.sampled_from('/\\:.CONaA "é\u0301ß'), min_size=1, max_size=200), unique=True)
)
def test_names_hold_everywhere(sources: list[str]) -> None:
    found = list(names((source, f"{number:016x}") for number, source in enumerate(sources)))
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in found}) == len(sources)
    for name in found:
        assert len(name.encode("utf-8", "surrogatepass")) <= 255
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d) *(\..*)?", name)
        assert name[0] not in " ."
        assert name.removesuffix(".txt")[-1] not in " ."
