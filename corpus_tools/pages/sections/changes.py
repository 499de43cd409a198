"""Changes that cleaning made, each shown in the text that it was made in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.restore import restored
from corpus_tools.document import Edit
from corpus_tools.pages.marks import QUIET, with_codes
from corpus_tools.pages.sections import Part, shown

AROUND = 48  # characters of the raw text shown before and after a change
ENDS = 60  # characters of a long change shown at either end

_BREAKS = re.compile(r"\s*\n\s*")


class Stretch(NamedTuple):
    """What is shown of a text: ``old`` became ``new``; ``role`` is ``kept``, ``other`` (changed as well) or ``this``."""

    role: str
    old: str
    new: str = ""


class Changes:
    """The edits of a corpus, to show some of a rule where they stand; a raw text is restored when it is needed."""

    def __init__(self, corpus: Corpus, edits: pd.DataFrame) -> None:
        self.names = shown.names(corpus)
        self.sources = {doc_id: with_codes(name) for doc_id, name in _column(corpus, "source").items()}
        self._texts, self._edits, self._rows = _column(corpus, "text"), edits, edits.groupby("doc_id").indices
        self._restored: dict[str, tuple[str, list[Edit]]] = {}

    def of(self, edits: pd.DataFrame) -> list[Part]:
        """Of these edits the most frequent change, one that a lot draws, and the longest; what is the same stands once."""
        changes = ["removed", "inserted"]
        each = edits.drop_duplicates(changes)
        times = edits.groupby(changes, sort=False).size().to_numpy()  # in the order of ``each``: by first occurrence
        chosen = {
            "frequent": int(times.argmax()),
            "drawn": _lot(each),
            "longest": int(each["chars"].to_numpy().argmax()),
        }
        why: dict[int, str] = {}
        for name, row in chosen.items():
            why.setdefault(row, name)
        return [
            self._sample(each.iloc[row].to_dict()) | {"why": name, "n": int(times[row])} for row, name in why.items()
        ]

    def _sample(self, row: Mapping[Any, Any]) -> Part:
        raw, edits = self._of(row["doc_id"])
        at = next(i for i, edit in enumerate(edits) if edit[:2] == (row["start"], row["end"]))
        source = {"source": self.sources[row["doc_id"]], "start": row["start"]}
        return {"stretches": list(around(raw, edits, at)), "chars": row["chars"]} | source

    def _of(self, doc_id: str) -> tuple[str, list[Edit]]:
        """The raw text of a document and its edits in order."""
        if doc_id not in self._restored:
            self._restored[doc_id] = restored(self._texts[doc_id], self._edits.iloc[self._rows[doc_id]])
        return self._restored[doc_id]


def around(raw: str, edits: Sequence[Edit], at: int) -> Iterator[Stretch]:
    """The change ``edits[at]`` and the raw text around it, in which other changes are marked.

    Line breaks, blanks and converted letters around it, which are many, stand as they were.
    """
    this = edits[at]
    yield from _near(raw, edits[:at], max(0, this.start - AROUND), this.start)
    yield Stretch("this", one_line(_ends(this.removed or "")), one_line(_ends(this.inserted)))
    yield from _near(raw, edits[at + 1 :], this.end, min(len(raw), this.end + AROUND))


def _near(raw: str, edits: Sequence[Edit], start: int, end: int) -> Iterator[Stretch]:
    for edit in edits:
        if edit.kind not in QUIET and edit.end > start and edit.start < end:
            yield Stretch("kept", one_line(_BREAKS.sub("\n", raw[start : edit.start])))
            gone = raw[max(start, edit.start) : min(end, edit.end)]
            yield Stretch("other", one_line(_BREAKS.sub("\n", gone)), one_line(edit.inserted))
            start = min(end, edit.end)
    yield Stretch("kept", one_line(_BREAKS.sub("\n", raw[start:end])))


def one_line(text: str) -> str:
    """A text on one line: ¶ for a line break, · for blanks that stand alone, a code for what has no shape."""
    text = text if text.strip(" \u3000\n") else text.replace(" ", "·").replace("\u3000", "··")
    return with_codes(text).replace("\n", "¶")


def _ends(text: str) -> str:
    return text if len(text) <= 2 * ENDS else f"{text[:ENDS]} […] {text[-ENDS:]}"


def _lot(edits: pd.DataFrame) -> int:
    """The row that a lot draws: the same one in the same corpus."""
    places = [f"{doc_id}:{start}".encode() for doc_id, start in zip(edits["doc_id"], edits["start"], strict=True)]
    return min(range(len(places)), key=lambda row: hashlib.sha256(places[row]).digest())


def _column(corpus: Corpus, name: str) -> dict[str, str]:
    return dict(zip(corpus.documents["doc_id"], corpus.documents[name], strict=True))
