"""From prepared files to parts of the corpus: rows of one document, and the assembling of a part in its final order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_tools.characters import count_han
from corpus_tools.config import Config
from corpus_tools.corpus import store
from corpus_tools.corpus.inputs import Look, look
from corpus_tools.corpus.prepare import prepare
from corpus_tools.corpus.signatures import signature
from corpus_tools.document import Document
from corpus_tools.errors import Rejected
from corpus_tools.language.segment import setting
from corpus_tools.language.tagging import describer_of
from corpus_tools.placeholders import placeholders
from corpus_tools.reading import read_file

# Files a part may hold on average: some 20 MB of text, a fraction of a second to write.
FILES_PER_PART = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """One file to prepare.

    ``site_lines`` are what is known of its site; ``done`` is the SHA-256 that needs no new preparation, if any.
    """

    path: Path
    source: str
    config: Config
    site_lines: frozenset[int] = frozenset()
    done: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of a file: how it looked before it was read, its hash, and its rows; none where nothing was to do."""

    look: Look
    sha256: str
    tables: store.Tables | None


def work(job: Job) -> Prepared:
    """Read and prepare one file (the function that worker processes run)."""
    looked, sha256 = look(job.path), ""
    try:
        data = read_file(job.path)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == job.done:
            return Prepared(looked, sha256, None)
        document = prepare(data, job.source, config=job.config, known=job.site_lines)
        return Prepared(looked, sha256, rows(document, describe=describer_of(setting(**job.config.cutting))))
    except Rejected as reason:
        return Prepared(looked, sha256, rejected(job.source, sha256, reason))


def rejected(source: str, sha256: str, reason: Rejected) -> store.Tables:
    """The one row of a file that became no document."""
    row = {"source": source, "sha256": sha256, "stage": reason.stage, "reason": reason.reason, "detail": reason.detail}
    return {**store.empty(), "rejected": store.table("rejected", [row])}


def rows(document: Document, *, describe: Callable[[str], tuple[str, str | None]]) -> store.Tables:
    """The rows of one document in every table; ``describe`` tells the kind and the part of speech of a word."""
    words = Counter(word for paragraph in document.tokens for word in paragraph)
    ids = {word: store.word_id(word) for word in words}
    content: dict[str, Iterable[dict[str, object]]] = {
        "documents": [_document_row(document, sum(words.values()))],
        "sections": ({"section": i, **asdict(section)} for i, section in enumerate(document.sections)),
        "edits": (edit._asdict() for edit in document.edits),
        "tokens": ({"paragraph": i, "word_ids": [ids[w] for w in words]} for i, words in enumerate(document.tokens)),
        "vocabulary": (
            {"word_id": ids[word], "word": word, "kind": kind, "pos": pos, "count": n, "documents": 1}
            for word, n in words.items()
            for kind, pos in (describe(word),)
        ),
        "signatures": [signature(document.text, document.sections)._asdict()],
    }
    name = {"doc_id": document.doc_id}
    return store.empty() | {key: store.table(key, ({**name, **row} for row in found)) for key, found in content.items()}


def _document_row(document: Document, n_tokens: int) -> dict[str, object]:
    columns = [name for name in store.SCHEMAS["documents"].names if hasattr(document, name)]
    return {
        **{name: getattr(document, name) for name in columns},
        "flags": list(document.flags),
        "n_chars": len(document.text),
        "n_han": count_han(document.text),
        "n_tokens": n_tokens,
        "n_masks": sum(1 for _ in placeholders(document.text)),
        **dict.fromkeys(("duplicate_of", "duplicate_kind", "duplicate_similarity")),
        "raw_sha256": store.text_sha256(document.raw),
        "text_sha256": store.text_sha256(document.text),
    }


def count_of_parts(files: int) -> int:
    """How many parts so many files make: a power of two, so that a part only ever splits or merges whole."""
    parts = 1
    while files > parts * FILES_PER_PART:
        parts *= 2
    return parts


def part_of(source: str, parts: int) -> int:
    """The part a file belongs to: by its name alone, whatever else is there."""
    return int(store.doc_id(source), 16) % parts


def assemble(tables: store.Tables) -> store.Tables:
    """Bring a part's rows into their final order, its vocabulary counted anew."""
    documents = tables["documents"].sort_by("source")
    order = documents["doc_id"]
    keys = {"sections": "section", "edits": "start", "tokens": "paragraph", "signatures": "doc_id"}
    sorted_ = {name: _in_order(tables[name], order, key) for name, key in keys.items()}
    return {
        "documents": documents,
        **sorted_,
        "vocabulary": _vocabulary(sorted_["tokens"], tables["vocabulary"]),
        "rejected": tables["rejected"].sort_by("source"),
    }


def _in_order(table: pa.Table, order: pa.ChunkedArray, key: str) -> pa.Table:
    rank = pc.index_in(table["doc_id"], value_set=order.combine_chunks())
    # The row number keeps edits that start at the same place in the order in which they apply.
    keyed = table.append_column("_rank", rank).append_column("_row", pa.array(np.arange(len(table))))
    return keyed.sort_by([("_rank", "ascending"), (key, "ascending"), ("_row", "ascending")]).drop_columns(
        ["_rank", "_row"]
    )


def _vocabulary(tokens: pa.Table, words: pa.Table) -> pa.Table:
    fixed = ["word_id", "word", "kind", "pos"]
    words = words.select(fixed).group_by(fixed).aggregate([]).sort_by("word_id")
    lists = tokens["word_ids"].combine_chunks()
    ids = pc.index_in(lists.flatten(), value_set=words["word_id"].combine_chunks()).to_numpy(zero_copy_only=False)
    lengths = lists.value_lengths().to_numpy(zero_copy_only=False)
    document = np.repeat(tokens["doc_id"].combine_chunks().dictionary_encode().indices.to_numpy(), lengths)
    pairs = np.sort(document.astype(np.int64) * max(len(words), 1) + ids)
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]  # seven times as fast as np.unique on millions of pairs
    counts = np.bincount(ids.astype(np.int64), minlength=len(words))
    documents = np.bincount(pairs % max(len(words), 1), minlength=len(words))
    table = words.append_column("count", pa.array(counts, pa.int64())).append_column(
        "documents", pa.array(documents, pa.int32())
    )
    return table.filter(pc.greater(table["count"], 0)).cast(store.SCHEMAS["vocabulary"])
