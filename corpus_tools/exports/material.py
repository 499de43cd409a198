"""What is exported of a corpus: its documents one by one, each with the text that analyses count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from corpus_tools.corpus.corpus import BLANK, Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.exports.cells import Table, plain
from corpus_tools.exports.words import Words
from corpus_tools.placeholders import placeholders
from corpus_tools.version import __version__

LEFT_OUT = "n_left_out"
SECTIONS = ("doc_id", "section", "depth", "heading", "tense", "start", "end")


class Record(NamedTuple):
    """A document as it is exported: its row in the corpus, its columns, and the sections of its text (SECTIONS)."""

    row: int
    values: dict[str, Any]
    sections: list[dict[str, Any]]


class Material:
    """The documents of a corpus, made one after the other.

    The text of each is what analyses count: without the notes below the report unless the corpus was loaded with ``notes``, and
    of a view of some tenses these sections alone. n_chars, n_han, n_tokens, n_masks and text_sha256 are those of this text,
    places of sections are places in it, and ``n_left_out`` is how many characters of the clean text are not in it. AnalysisError
    for no documents, and for a view by tense, which has a document several times.
    """

    def __init__(self, corpus: Corpus) -> None:
        if "tense" in corpus.documents:
            raise AnalysisError(
                'a view by tense has documents several times: export corpus.where(tense="plan") and so on'
            )
        if not len(corpus):
            raise AnalysisError("this corpus has no documents to export")
        self.corpus = corpus
        self.columns = (*corpus.documents.columns, LEFT_OUT)

    @cached_property
    def words(self) -> Words:
        """The words of each document."""
        return Words(self.corpus)

    def records(self) -> Iterator[Record]:
        """Every document, in the order of the corpus."""
        documents = self.corpus.documents
        others = [name for name in documents.columns if name != "text"]
        for row, values in enumerate(zip(*(documents[name].tolist() for name in others), strict=True)):
            cells = dict(zip(others, map(plain, values), strict=True))
            whole = str(documents["text"].iat[row])
            found = self._sections(cells["doc_id"])
            left_out = self._left_out(row, whole, found)
            cells |= {"text": whole, LEFT_OUT: 0}
            if left_out:
                cells |= self._of_part(row, whole, left_out)
            ordered = {name: cells[name] for name in self.columns}
            yield Record(row, ordered, _moved(found, left_out, len(cells["text"])))

    def documents(self) -> Table:
        """The documents as a table."""
        return Table("documents", self.columns, lambda: (record.values.values() for record in self.records()))  # type: ignore[misc]

    def sections(self) -> Table:
        """The sections of the exported texts as a table."""
        return Table(
            "sections", SECTIONS, lambda: ([*of.values()] for record in self.records() for of in record.sections)
        )

    def rejected(self) -> Table:
        """The files that became no document, of the whole corpus."""
        frame = self.corpus.rejected
        return Table("rejected", tuple(frame.columns), lambda: frame.itertuples(index=False, name=None))

    def about(self) -> dict[str, Any]:
        """What was exported, from which corpus: for the appendix of a paper, and to do it again."""
        tenses = sorted(self.corpus.tenses) if self.corpus.tenses is not None else None
        return {
            "corpus_tools": __version__,
            "corpus": self.corpus.manifest["identity"],
            "documents": len(self.corpus),
            "view": ".".join(self.corpus.view) or "all documents",
            "texts": f"sections of tense {', '.join(tenses)}"
            if tenses
            else ("whole" if self.corpus.notes else "without notes"),
        }

    @cached_property
    def _section_rows(self) -> Any:
        return self.corpus.sections.groupby("doc_id").indices

    @cached_property
    def _section_columns(self) -> dict[str, Any]:
        return {name: self.corpus.sections[name].to_numpy() for name in SECTIONS}

    def _sections(self, doc_id: str) -> list[dict[str, Any]]:
        rows = self._section_rows.get(doc_id, np.empty(0, dtype=np.int64))
        columns = [[plain(value) for value in of[rows]] for of in self._section_columns.values()]
        found = [dict(zip(SECTIONS, values, strict=True)) for values in zip(*columns, strict=True)]
        return sorted(found, key=lambda section: section["start"])

    def _left_out(self, row: int, whole: str, sections: list[dict[str, Any]]) -> list[tuple[int, int]]:
        """Where the sections stand that are not counted."""
        counted = self.corpus.texts[row]
        if counted == whole:
            return []
        places = ((section["start"], section["end"]) for section in sections)
        return [(start, end) for start, end in places if end > start and not counted[start:end].strip(BLANK)]

    def _of_part(self, row: int, whole: str, left_out: list[tuple[int, int]]) -> dict[str, Any]:
        pieces, done = [], 0
        for start, end in left_out:
            pieces.append(whole[done:start])
            done = end
        text = "".join([*pieces, whole[done:]]).removesuffix("\n")
        return {
            "text": text,
            "n_chars": len(text),
            "n_han": int(self.corpus.n_han[row]),
            "n_tokens": self.words.count(row),
            "n_masks": sum(1 for _ in placeholders(text)),
            "text_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            LEFT_OUT: len(whole) - len(text),
        }


def _moved(sections: list[dict[str, Any]], left_out: list[tuple[int, int]], length: int) -> list[dict[str, Any]]:
    """The sections that are exported, at their places in the text that is."""
    kept, gone, out = [], 0, set(left_out)
    for section in sections:
        start, end = section["start"], section["end"]
        if (start, end) in out:
            gone += end - start
        else:
            kept.append({**section, "start": min(start - gone, length), "end": min(end - gone, length)})
    return kept
