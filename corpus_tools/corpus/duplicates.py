"""The same report again: documents with the same clean text, of which one is counted."""

from __future__ import annotations

import pyarrow as pa


def duplicate_of(documents: pa.Table) -> dict[str, str]:
    """Name, for each document whose clean text stands in another, the one that is kept: the first by source.

    ``documents`` needs doc_id, source and text_sha256. Returns doc_id -> doc_id of the kept one.
    """
    rows = sorted(zip(*(documents[name].to_pylist() for name in ("source", "doc_id", "text_sha256")), strict=True))
    kept: dict[str, str] = {}
    repeated = {}
    for _, doc_id, text in rows:
        if text in kept:
            repeated[doc_id] = kept[text]
        else:
            kept[text] = doc_id
    return repeated
