"""A corpus folder made of documents whose words are written with spaces between them, about invented places."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa

from corpus_tools.corpus import corpus, store
from corpus_tools.language.vocabulary import describer

describe = describer({})


def make(
    folder: Path,
    documents: list[dict[str, Any]],
    *,
    edits: Any = (),
    rejected: Any = (),
    sections: Any = (),
    parts: int = 1,
) -> corpus.Corpus:
    """Write documents (``words``: paragraphs, one a line, words apart by a space) in so many parts; open them as a Corpus."""
    rows, tokens, spread = [], [], Counter[str]()
    total = Counter[str]()
    for number, entry in enumerate(documents):
        source = entry.get("source", f"r{number:03d}.txt")
        doc_id = entry.get("doc_id", f"d{number:03d}")
        paragraphs = [line.split(" ") for line in entry["words"].split("\n")]
        text = entry.get("text", entry["words"].replace(" ", ""))
        words = [word for paragraph in paragraphs for word in paragraph]
        total.update(words)
        spread.update(set(words))
        rows.append(
            {
                "doc_id": doc_id, "source": source, "text": text,
                "title": entry.get("title", "云川县科协工作报告"), "year": entry.get("year"), "kind": entry.get("kind"),
                "organisation": entry.get("organisation"), "level": entry.get("level"), "place": entry.get("place"),
                "script": "simplified", "n_chars": len(text), "n_han": len(re.findall(r"[一-鿿]", text)),
                "n_tokens": len(words), "duplicate_of": entry.get("duplicate_of"),
            }
        )  # fmt: skip
        tokens += [
            {"doc_id": doc_id, "paragraph": i, "word_ids": [store.word_id(w) for w in paragraph]}
            for i, paragraph in enumerate(paragraphs)
        ]
    vocabulary = [
        {"word_id": store.word_id(w), "word": w, "kind": kind, "pos": pos, "count": n, "documents": spread[w]}
        for w, n in sorted(total.items())
        for kind, pos in (describe(w),)
    ]
    tables = store.empty() | {
        name: store.table(name, [_filled(name, entry) for entry in content])
        for name, content in {
            "documents": rows, "tokens": tokens, "vocabulary": vocabulary, "edits": edits, "rejected": rejected,
            "sections": sections,
        }.items()
    }  # fmt: skip
    of = {row["doc_id"]: number % parts for number, row in enumerate(rows)}
    for part in range(parts):
        here = {
            name: [row for row in table.to_pylist() if of.get(row.get("doc_id"), 0) == part]
            for name, table in tables.items()
        }
        store.write_part(folder, {name: store.table(name, content) for name, content in here.items()}, part=part)
    content = {"format": store.FORMAT, "versions": {"corpus_tools": "0"}, "options": {}, "identity": "small"}
    content |= {"inputs": {}, "n_parts": 1, "parts": {}, "counts": {"files": 0, "documents": 0, "rejected": {}}}
    store.write_json(folder / "manifest.json", content)
    return corpus.load(folder)


def _filled(name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """Give every column that must have a value, and that analyses do not look at, an empty one."""
    needed = [column for column in store.SCHEMAS[name] if not column.nullable]
    return {column.name: _empty(column.type) for column in needed} | entry


def _empty(kind: pa.DataType) -> Any:
    if pa.types.is_list(kind):
        return []
    return "" if pa.types.is_string(kind) else 0
