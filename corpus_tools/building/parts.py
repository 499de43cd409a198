"""From prepared files to parts of the corpus: rows of one document, and the assembling of a part in its final order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from corpus_tools.building.signatures import signature
from corpus_tools.characters import count_han
from corpus_tools.corpus import store
from corpus_tools.document import Document, Edit
from corpus_tools.language.vocabulary import Numbered
from corpus_tools.placeholders import placeholders

# Files a part may hold on average: some 20 MB of text, a fraction of a second to write.
FILES_PER_PART = 1000


def rows(documents: Sequence[Document], *, describe: Callable[[str], tuple[str, str | None]]) -> store.Tables:
    """The rows of documents in every table; ``describe`` tells the kind and the part of speech of a word.

    The counts of ``vocabulary`` are zeros: words are counted when a part is assembled.
    """
    tokens, words = _tokens(documents)
    return store.empty() | {
        "documents": store.table("documents", map(_document_row, documents)),
        "sections": _from_rows("sections", (row for d in documents for row in _section_rows(d))),
        "edits": _edits(documents),
        "tokens": tokens,
        "vocabulary": _vocabulary_rows(words, describe),
        "signatures": _from_rows("signatures", ((d.doc_id, *signature(d.text, d.sections)) for d in documents)),
    }


def _document_row(document: Document) -> dict[str, object]:
    columns = [name for name in store.SCHEMAS["documents"].names if hasattr(document, name)]
    return {
        **{name: getattr(document, name) for name in columns},
        "flags": list(document.flags),
        "n_chars": len(document.text),
        "n_han": count_han(document.text),
        "n_tokens": sum(map(len, document.tokens)),
        "n_masks": sum(1 for _ in placeholders(document.text)),
        **dict.fromkeys(("duplicate_of", "duplicate_kind", "duplicate_similarity")),
        "raw_sha256": store.text_sha256(document.raw),
        "text_sha256": store.text_sha256(document.text),
    }


def _from_rows(name: str, found: Iterable[tuple[object, ...]]) -> pa.Table:
    """A table from rows that hold its columns in their order: for rows by the thousand three times as fast as from dicts."""
    return _from_columns(name, list(zip(*found, strict=True)) or [()] * len(store.SCHEMAS[name]))


def _from_columns(name: str, columns: Iterable[Any]) -> pa.Table:
    schema = store.SCHEMAS[name]
    return pa.table([pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)], schema)


def _section_rows(document: Document) -> Iterator[tuple[object, ...]]:
    for number, part in enumerate(document.sections):
        yield document.doc_id, number, part.depth, part.heading, part.tense, part.start, part.end


def _vocabulary_rows(words: Mapping[str, int], describe: Callable[[str], tuple[str, str | None]]) -> pa.Table:
    kinds, tags = zip(*map(describe, words), strict=True) if words else ((), ())
    none = np.zeros(len(words), np.int32)
    return _from_columns("vocabulary", (list(words.values()), list(words), kinds, tags, none, none))


def _edits(documents: Sequence[Document]) -> pa.Table:
    """The rows of ``edits``, made of whole columns: a traditional text has thousands."""
    columns = zip(*chain.from_iterable(d.edits for d in documents), strict=True)
    of_edits = dict(zip(Edit._fields, columns, strict=False)) or dict.fromkeys(Edit._fields, ())
    owners = np.repeat(np.arange(len(documents), dtype=np.int32), [len(d.edits) for d in documents])
    doc_ids = pa.array([d.doc_id for d in documents], pa.string()).take(pa.array(owners))
    schema = store.SCHEMAS["edits"]
    found = {"doc_id": doc_ids} | {n: pa.array(of_edits[n], schema.field(n).type) for n in Edit._fields}
    return pa.table([found[name] for name in schema.names], schema)


def _tokens(documents: Sequence[Document]) -> tuple[pa.Table, dict[str, int]]:
    """The rows of ``tokens``, and the number of each different word."""
    lines = [line for document in documents for line in document.tokens]
    of_word = Numbered()
    places = np.fromiter(map(of_word.__getitem__, chain.from_iterable(lines)), dtype=np.int32)
    ids = np.fromiter(map(store.word_id, of_word), dtype=np.int64)
    numbered = [(d.doc_id, i) for d in documents for i in range(len(d.tokens))]
    names, paragraphs = zip(*numbered, strict=True) if numbered else ((), ())
    ends = np.cumsum([0, *map(len, lines)], dtype=np.int32)
    lists = pa.ListArray.from_arrays(ends, ids[places])
    columns = [pa.array(names, pa.string()), pa.array(paragraphs, pa.int32()), lists]
    return pa.table(columns, store.SCHEMAS["tokens"]), dict(zip(of_word, ids.tolist(), strict=True))


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
