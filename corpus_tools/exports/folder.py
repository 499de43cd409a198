"""A folder of text files and one table about them, written aside and moved into place whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from corpus_tools import progress
from corpus_tools.corpus import store
from corpus_tools.errors import StoreError
from corpus_tools.exports.cells import Table
from corpus_tools.exports.material import Material
from corpus_tools.exports.names import names
from corpus_tools.exports.text_files import write_csv

MARKER = "export.json"
# What systems leave in a folder that somebody has looked into.
_LEFT = (".DS_Store", "Thumbs.db", "desktop.ini")


def write_folder(path: Path, material: Material, *, segmented: bool) -> None:
    """Write ``texts/`` with a file a document, ``metadata.csv`` and ``export.json``, which lists the files.

    A folder that is there is replaced where it holds an earlier export and nothing else; else StoreError.
    """
    aside, old = (path.with_name(f".{path.name}.{ending}") for ending in ("tmp", "old"))
    _put_back(path, old)
    _check(path)
    shutil.rmtree(aside, ignore_errors=True)
    try:
        (aside / "texts").mkdir(parents=True)
        files = _write(aside, material, segmented=segmented)
        about = material.about() | {"segmented": segmented, "files": files}
        store.write_json(aside / MARKER, about)
        if path.exists():
            path.replace(old)
        aside.replace(path)
    finally:
        _put_back(path, old)
        shutil.rmtree(aside, ignore_errors=True)


def _put_back(path: Path, old: Path) -> None:
    """Where a run was stopped between both moves the old folder comes back; otherwise it goes."""
    if old.exists() and not path.exists():
        old.replace(path)
    shutil.rmtree(old, ignore_errors=True)


def _write(folder: Path, material: Material, *, segmented: bool) -> list[str]:
    documents = material.corpus.documents
    found = list(names(zip(documents["source"].tolist(), documents["doc_id"].tolist(), strict=True)))
    columns = [name for name in material.columns if name != "text"]
    for record in progress.steps(material.records(), "export", unit="documents", total=len(found)):
        text = material.words.apart(record.row) if segmented else record.values["text"]
        (folder / "texts" / found[record.row]).write_text(f"{text}\n", "utf-8", newline="\n")
    write_csv(
        folder / "metadata.csv",
        Table(
            "metadata",
            ["file", *columns],
            lambda: ([found[record.row], *(record.values[name] for name in columns)] for record in material.records()),
        ),
    )
    return ["metadata.csv", MARKER, *(f"texts/{name}" for name in found)]


def _check(path: Path) -> None:
    """StoreError for what is there and is not an earlier export alone."""
    if not path.exists():
        return
    if not path.is_dir():
        raise StoreError(f"{path} is a file: name a folder that is not there yet")
    there = {file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file() and file.name not in _LEFT}
    try:
        own = set(json.loads((path / MARKER).read_text("utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        own = set()
    if strange := sorted(there - own):
        raise StoreError(f"{path} holds {strange[0]}, which no export wrote: name a folder that is not there yet")
