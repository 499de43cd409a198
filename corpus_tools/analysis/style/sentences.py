"""The sentences of texts, and which of them stood in an earlier report.

A sentence ends with 。！？ (the marks at its end in GB/T 15834; ；：， stand inside). A line that ends with ，、；： goes on in
the next. What stands at the end of any other line and is closed by no such mark is a heading or a fragment, and no sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis import phrases
from corpus_tools.characters import HAN, count_han
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part

Integers = npt.NDArray[np.int64]

LEAST = 10  # Han characters of a sentence that can be copied: shorter ones (各位代表！请予审议。) are forms of address

_OPEN_LINE = re.compile(r"(?<=[，、；：,;:])\n")
_LINE = re.compile("[\n\0]+")  # NULs are what is not counted
_END = re.compile("[。！？!?｡]+[”’』」）)\"']*")
_FIGURE = "[0-9０-９]"
_MARK = "[，；：,;:]"
# Not the mark of 1,000 and 10:30.
_CLAUSE = re.compile(f"(?<!{_FIGURE}){_MARK}|{_MARK}(?!{_FIGURE})")
_HAN = re.compile(f"[{HAN}]")
_BORDER = "\ue001"  # a private letter, which normalising leaves alone
_SILENT = re.compile(rf"[^\w{_BORDER}]+")


@dataclass(frozen=True, slots=True)
class Sentences:
    """All sentences of a corpus with a Han character, one after the other.

    ``row``: of ``Corpus.documents``; ``han``: Han characters; ``clauses``: stretches between ，；： and the ends that hold a Han
    character; ``key``: the same number for sentences of the same letters and figures, whatever their script, width and
    punctuation.
    """

    row: Integers
    han: Integers
    clauses: Integers
    key: Integers


def sentences(corpus: Corpus) -> Sentences:
    """Find the sentences of the texts as they are counted."""
    parts = [_of_part(part, rows) for rows, part in corpus.parts("sentences")]  # here: other processes hash otherwise
    order = np.argsort(np.concatenate([part.row for part in parts]), kind="stable")
    columns = (np.concatenate([getattr(part, of.name) for part in parts])[order] for of in fields(Sentences))
    return Sentences(*columns)


def _of_part(part: Part, row: Integers) -> Sentences:
    texts = progress.steps(phrases.simplified(part), "sentences", unit="documents")
    found = [_of_text(text) for text in texts]
    rows = np.repeat(row, [len(of) for of in found])
    han, clauses = ([measure(s) for of in found for s in of] for measure in (count_han, _clauses))
    keys = chain.from_iterable(map(_keys, found))
    return Sentences(rows, *(np.fromiter(values, dtype=np.int64, count=len(rows)) for values in (han, clauses, keys)))


def _of_text(text: str) -> list[str]:
    lines = _LINE.split(_OPEN_LINE.sub("", text))
    return [piece for line in lines for piece in _END.split(line)[:-1] if _HAN.search(piece)]


def ends(line: str) -> list[int]:
    """Where the sentences of a line end, in characters; what no mark closes has no end."""
    return [mark.end() for mark in _END.finditer(line)]


def _clauses(sentence: str) -> int:
    return sum(1 for clause in _CLAUSE.split(sentence) if _HAN.search(clause))


def _keys(found: list[str]) -> list[int]:
    """A number of 64 bits for each sentence of a text: in a corpus of a million two share one by chance once in 10⁷ times."""
    if not found:
        return []
    joined = _BORDER.join(sentence.replace(_BORDER, "") for sentence in found)  # fonts of old pages use such letters
    return [hash(sentence) for sentence in _SILENT.sub("", phrases.normalise(joined)).split(_BORDER)]


def copied(found: Sentences, years: pd.Series[Any]) -> npt.NDArray[np.bool_]:
    """Mark the sentences that stand in a document of an earlier year; ``years``: one a document, missing where unknown."""
    year = years.fillna(np.iinfo(np.int32).max).to_numpy(dtype=np.int64)[found.row]  # unknown: earlier than none
    _, number = np.unique(found.key, return_inverse=True)
    first = np.full(number.max(initial=-1) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, number, year)
    known = years.notna().to_numpy()[found.row]
    return known & (first[number] < year)


def repeated(found: Sentences, own: Integers, previous: Integers) -> npt.NDArray[np.bool_]:
    """Mark the sentences that stand in the report before: ``own`` numbers the reports of documents, ``previous`` those before.

    -1 is none.
    """
    _, number = np.unique(found.key, return_inverse=True)
    reports = max(own.max(initial=0), previous.max(initial=0)) + 1
    here, before = own[found.row], previous[found.row]
    known = np.unique((number * reports + here)[here >= 0])
    marked: npt.NDArray[np.bool_] = (before >= 0) & np.isin(number * reports + before, known)
    return marked


def reports_before(documents: pd.DataFrame) -> tuple[Integers, Integers]:
    """Number the reports, one an issuer (organisation, level, place, kind) and year, and for each document the one before.

    Both are -1 where issuer or year is unknown; the second where the corpus has no earlier report of the issuer.
    """
    place = documents["place"].where(documents["level"] != "national", "")  # the nation's place has no name
    keys = documents[["organisation", "level", "kind", "year"]].assign(place=place)
    keys["year"] = keys["year"].astype("Int64")
    names = ["organisation", "level", "kind", "place", "year"]
    own = keys.groupby(names, sort=True, dropna=True).ngroup().fillna(-1).to_numpy(dtype=np.int64)
    ordered = keys.assign(_own=own)[own >= 0].drop_duplicates("_own").sort_values("_own")
    before = ordered.groupby(names[:-1], sort=False)["_own"].shift(1, fill_value=-1)
    previous: Integers = np.full(len(own), -1, dtype=np.int64)
    previous[own >= 0] = before.to_numpy(dtype=np.int64)[own[own >= 0]]
    return np.asarray(own, dtype=np.int64), previous
