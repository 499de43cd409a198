"""The evidence for the year of a document, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from corpus_tools.describing import dating
from corpus_tools.document import Document
from corpus_tools.language.script import simplify


def estimate(document: Document | Mapping[str, Any] | pd.Series[Any] | str) -> pd.DataFrame:
    """Tell what in a document bounds the year it can be from: a row of ``corpus.documents``, or a clean text.

    One row a piece of evidence, in the order of the text. Columns: kind (formula, plan, …: docs/describing.md); found;
    start (characters of the clean text, <NA> for what is said by the text as a whole); earliest, latest (years of
    delivery that it allows, <NA> for no bound); note (why); against (whether it contradicts the year that the document
    claims). ``frame.attrs["interval"]`` holds the years that all of it together allows, ``(earliest, latest)``, None for
    no bound.
    """
    text, year = _text_and_year(document)
    plain = simplify(text)
    found = sorted(dating.evidence(plain), key=lambda piece: (piece.start < 0, piece.start))
    against = set(dating.contradicted(plain, year, found)) if year is not None else set()
    rows = [(*piece, piece in against) for piece in found]
    frame = pd.DataFrame(rows, columns=[*dating.Evidence._fields, "against"])
    frame["start"] = frame["start"].where(frame["start"] >= 0, None)
    frame = frame.astype({"start": "Int64", "earliest": "Int64", "latest": "Int64", "against": bool})
    frame.attrs["interval"] = dating.interval(found)
    return frame


def _text_and_year(document: Document | Mapping[str, Any] | pd.Series[Any] | str) -> tuple[str, int | None]:
    if isinstance(document, str):
        return document, None
    if isinstance(document, Document):
        return document.text, document.year
    year = document["year"]
    return document["text"], None if pd.isna(year) else int(year)
