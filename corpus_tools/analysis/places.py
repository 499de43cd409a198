"""Which section a place of a text belongs to."""

from __future__ import annotations

import pandas as pd


def in_sections(sections: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add ``section`` (Int64) and ``tense`` to rows with ``doc_id`` and ``start``: those of the innermost section there.

    ``sections`` are those of a corpus or part. Both are missing where the document has no section at that place.
    """
    if places.empty:
        return places.assign(section=pd.array([], dtype="Int64"), tense=pd.Series([], dtype=object))
    sections = sections[["doc_id", "section", "tense", "start", "end"]]
    sections = sections[sections["doc_id"].isin(places["doc_id"])]  # of many documents few may be asked for
    order = sections.sort_values(["start", "end"], ascending=[True, False], kind="stable")
    order = order.rename(columns={"end": "_end"}).astype({"start": "int64"})
    left = places.reset_index(names="_row").astype({"start": "int64"}).sort_values("start", kind="stable")
    found = pd.merge_asof(left, order, on="start", by="doc_id").sort_values("_row")
    inside = found["start"] < found["_end"]
    return places.assign(
        section=found["section"].where(inside).astype("Int64").to_numpy(),
        tense=found["tense"].where(inside).to_numpy(dtype=object),
    )
