"""What files say of themselves, with the words that say it; and what a corpus holds, what is unknown included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from corpus_tools import progress
from corpus_tools.building.inputs import expanded, readable
from corpus_tools.building.prepare import prepare
from corpus_tools.config import Config
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.describing import dating
from corpus_tools.describing.dates import dates
from corpus_tools.describing.issuers import issuer
from corpus_tools.document import Document
from corpus_tools.errors import AnalysisError, Rejected
from corpus_tools.language.script import simplify
from corpus_tools.reading import read_file

# Columns of documents that say something of the report, in the order in which they are shown.
FIELDS = (
    *("title", "year", "delivered", "period", "reviewed_year", "planned_year", "earliest_year", "latest_year", "kind"),
    *("organisation", "level", "place", "province", "event", "session", "speaker", "published", "origin", "script"),
)  # fmt: skip
COVERED = ("year", "year_basis", "kind", "organisation", "level", "province", "place", "event")


class Said(NamedTuple):
    """One thing that a file says of itself: the field, its value, the words it was read from, and where they stand."""

    field: str
    value: str
    found: str = ""
    start: int | None = None


@progress.bar("describe")
def files(paths: Iterable[str | Path], *, config: Config | None = None) -> pd.DataFrame:
    """Tell what each file (and each file of folders) says of itself, as a build would read it.

    One row a thing said. Columns: file; field (a column of documents; ``date``: every date, its value begins with what it
    is; ``section``: every heading, its value is depth and tense; ``evidence``: what tells the year, see ``ct.dating``;
    ``flag``; ``rejected``: why a file is no document); value; found (the words it was read from); start (where they stand, in
    characters of the clean text; <NA> where they stand elsewhere or in several places). What is unknown has no row.
    ConfigError for a file that is not there.
    """
    rows = [
        (readable(str(path)), *said)
        for path in progress.steps(expanded(paths), "describe", unit="files")
        for said in _of_file(path, config or Config())
    ]
    return pd.DataFrame(rows, columns=["file", *Said._fields]).astype({"start": "Int64"})


def _of_file(path: Path, config: Config) -> Iterator[Said]:
    try:
        document = prepare(read_file(path), path.name, config=config)
    except Rejected as rejected:
        yield Said("rejected", rejected.reason, rejected.detail)
        return
    text = simplify(document.text)
    yield from _of_itself(document, text)
    for date in dates(text, document.edits):
        yield Said("date", f"{date.kind} {date.day}", date.found, date.start if date.start >= 0 else None)
    for section in document.sections:
        if section.heading:
            yield Said("section", f"{section.depth} {section.tense}", section.heading, section.start)
    for piece in dating.evidence(text):
        years = f"{piece.earliest or ''}–{piece.latest or ''}"
        yield Said("evidence", f"{piece.kind} {years}", piece.found, piece.start if piece.start >= 0 else None)
    yield from (Said("flag", flag) for flag in document.flags)


def _of_itself(document: Document, text: str) -> Iterator[Said]:
    found = dict(issuer(document.title, text).found)
    if document.year_basis:
        found["year"] = document.year_basis
    for field in FIELDS:
        value = getattr(document, field)
        if value is not None:
            words = found.get(field, "")
            start = text.find(words) if words and field != "year" else -1
            yield Said(field, str(value), words, start if start >= 0 else None)


def coverage(corpus: Corpus, *, by: str | Sequence[str] = COVERED) -> pd.DataFrame:
    """Count what a corpus holds: documents and characters of every value of some columns, unknown ones too.

    One row a column and value, values in their order, unknown last. Columns: column; value (as text, <NA> for unknown);
    documents; share (of all documents, 0 to 1); n_han (Chinese characters that are counted). The documents of a column add up
    to those of the corpus. AnalysisError for a column that does not exist.
    """
    columns = [by] if isinstance(by, str) else list(by)
    if not columns:
        raise AnalysisError("no columns: name at least one, for instance 'year'")
    return pd.concat([_covered(corpus, column) for column in columns], ignore_index=True)


def _covered(corpus: Corpus, column: str) -> pd.DataFrame:
    documents = corpus.described
    if column not in documents:
        raise AnalysisError(f"documents have no column {column!r}; they have: {', '.join(documents.columns)}")
    if column == "flags":
        raise AnalysisError("a document may have several flags, so that they do not add up: ask corpus.where(flags=…)")
    counted = documents[[column]].assign(documents=1, n_han=corpus.n_han)
    frame = counted.groupby(column, dropna=False, sort=True)[["documents", "n_han"]].sum().reset_index(names="value")
    frame["value"] = frame["value"].astype("string")
    return frame.assign(column=column, share=frame["documents"] / max(len(documents), 1))[
        ["column", "value", "documents", "share", "n_han"]
    ]
