"""Is a corpus folder what it says it is? Hashes, schemas, and the law that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from corpus_tools import progress
from corpus_tools.building.inputs import sources
from corpus_tools.building.signatures import signature
from corpus_tools.characters import narrow
from corpus_tools.cleaning.edits import undo
from corpus_tools.corpus import storage, store
from corpus_tools.document import Edit, Section


@progress.bar("check")
def check(folder: str | Path, *, raw: str | Path | None = None) -> pd.DataFrame:
    """Examine a corpus folder; returns one row a finding (``where``, ``finding``), none where all is well.

    Looked at: every part's SHA-256 and schema, every input in documents or rejected and in one of them only, ``undo`` of
    every document down to the hash of its raw text, words that join back to the text, sections inside it, its signature,
    duplicates that name a document which is kept. With ``raw`` the input files are hashed again too. Raises StoreError
    where the folder is no corpus.
    """
    folder = storage.place(folder)
    manifest = store.manifest(folder)
    findings = list(_parts(folder, manifest["parts"]))
    if storage.exists(folder / ".build" / "commit.json"):
        findings.append((".build/commit.json", "a build was cut off while publishing: run it again"))
    if not findings:
        findings += _inputs(folder, manifest["inputs"])
        findings += _duplicates(folder)
        for part in range(manifest["n_parts"]):
            findings += _documents(store.read_part(folder, part))
    if raw is not None:
        findings += _raw(storage.place(raw), manifest["inputs"])
    return pd.DataFrame(findings, columns=["where", "finding"])


def _parts(folder: Path, parts: dict[str, str]) -> Iterator[tuple[str, str]]:
    present = {p.relative_to(folder).as_posix() for p in folder.glob("*.parquet/*")}
    yield from ((name, "not in the manifest") for name in sorted(present - parts.keys()))
    for name, sha256 in progress.steps(sorted(parts.items()), "hashes", unit="parts"):
        path = folder / name
        if not path.is_file():
            yield name, "missing"
        elif store.file_sha256(path) != sha256:
            yield name, "changed since the build"
        elif pq.read_schema(storage.openable(path)) != store.SCHEMAS[name.split(".", 1)[0]]:
            yield name, "not of the schema"


def _inputs(folder: Path, inputs: dict[str, str]) -> Iterator[tuple[str, str]]:
    documents = _hashes(store.read(folder, "documents"))
    rejected = _hashes(store.read(folder, "rejected"))
    for source in sorted(inputs.keys() | documents.keys() | rejected.keys()):
        places = (source in documents) + (source in rejected)
        if source not in inputs:
            yield source, "not in the manifest"
        elif places != 1:
            yield source, "in documents and in rejected" if places else "neither in documents nor in rejected"
        elif inputs[source] != {**rejected, **documents}[source]:
            yield source, "its hash differs from the manifest's"


def _hashes(table: pa.Table) -> dict[str, str]:
    return dict(zip(table["source"].to_pylist(), table["sha256"].to_pylist(), strict=True))


def _duplicates(folder: Path) -> Iterator[tuple[str, str]]:
    columns = ["doc_id", "source", "duplicate_of", "duplicate_kind"]
    rows = store.read(folder, "documents", columns=columns).to_pylist()
    kept = {row["doc_id"] for row in rows if row["duplicate_of"] is None}
    for row in rows:
        if row["duplicate_of"] is not None and row["duplicate_of"] not in kept:
            yield row["source"], "the document it repeats is not kept"
        if (row["duplicate_of"] is None) != (row["duplicate_kind"] is None):
            yield row["source"], "duplicate_of and duplicate_kind do not go together"


def _documents(tables: store.Tables) -> Iterator[tuple[str, str]]:
    edits: dict[str, list[Edit]] = {}
    columns = ("start", "end", "inserted", "kind", "rule", "removed")
    for row in tables["edits"].to_pylist():
        edits.setdefault(row["doc_id"], []).append(Edit(*(row[c] for c in columns)))
    words = dict(zip(*(tables["vocabulary"][c].to_pylist() for c in ("word_id", "word")), strict=True))
    paragraphs: dict[str, list[str]] = {}
    for row in tables["tokens"].to_pylist():
        paragraphs.setdefault(row["doc_id"], []).append("".join(words.get(i, "\0") for i in row["word_ids"]))
    sections: dict[str, list[Section]] = {}
    for row in tables["sections"].to_pylist():
        parts = sections.setdefault(row["doc_id"], [])
        parts.append(Section(*(row[c] for c in ("depth", "heading", "tense", "start", "end"))))
    signatures = {row["doc_id"]: (row["runs"], row["hashes"]) for row in tables["signatures"].to_pylist()}
    for row in progress.steps(tables["documents"].to_pylist(), "undoing edits", unit="documents"):
        source, text, name = row["source"], row["text"], row["doc_id"]
        is_text = store.text_sha256(text) == row["text_sha256"]
        if not is_text:
            yield source, "its text is not the one that was built"
        try:
            if store.text_sha256(undo(text, edits.get(name, []))) != row["raw_sha256"]:
                yield source, "undoing its edits does not give the raw text"
        except ValueError as error:
            yield source, f"its edits cannot be undone: {error}"
        if list(map(narrow, paragraphs.get(name, []))) != narrow(text).split("\n"):
            yield source, "its words do not join to its text"
        if max((section.end for section in sections.get(name, [])), default=None) != len(text):
            yield source, "its sections do not cover its text"
        runs, hashes = signature(text, sections.get(name, []))
        if is_text and signatures.get(name) != (runs, hashes.tolist()):
            yield source, "its signature is not that of its text"


def _raw(raw: Path, inputs: dict[str, str]) -> Iterator[tuple[str, str]]:
    files = dict(sources(raw))
    for source, sha256 in progress.steps(sorted(inputs.items()), "raw files", unit="files"):
        if source not in files:
            yield source, "the raw file is gone"
        elif (
            sha256 and store.file_sha256(files[source]) != sha256
        ):  # without a hash it could not be read, and is rejected
            yield source, "the raw file has changed since the build"
