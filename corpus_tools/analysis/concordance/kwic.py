"""A concordance: every place of a query as one row, with the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis.concordance import queries
from corpus_tools.analysis.concordance.words import Places
from corpus_tools.analysis.places import in_sections
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.corpus.corpus import BLANK, Corpus
from corpus_tools.corpus.places import raw_places
from corpus_tools.errors import AnalysisError

WIDTH = 30  # characters on each side: with a node of four letters one line of a wide terminal
ORDERS = ("document", "year", "left", "right", "node")
COLUMNS = (
    "hit", "doc_id", "year", "place", "title", "section", "tense", "paragraph", "start", "end", "raw_start", "raw_end",
    "left", "node", "right", "position",
)  # fmt: skip
_LINE_END = "⏎"


@progress.bar("concordance")
def kwic(
    corpus: Corpus,
    query: str,
    *,
    kind: str | None = None,
    width: int = WIDTH,
    sort: str | Sequence[str] = "document",
    sample: int | None = None,
    seed: int = 0,
    match: str = "longest",
    lexicon: Lexicon = None,
) -> pd.DataFrame:
    """Show every place of a query with the words around it (key word in context): one row a place.

    ``kind`` says what the query is. ``slogan``: a slogan of the lexicon (or of your own ``lexicon``) by its name, where
    ``slogans.count`` counts it with this ``match``, variants included; ``phrase``: an exact wording, wherever it stands, as
    ``trends.rate`` counts one; ``word``: a word of ``corpus.vocabulary``; ``regex``: a regular expression, matched
    within each paragraph of the text as it is written; ``pattern``: words with gaps, such as ``坚持 *{0,3} 领导``,
    ``推动|促进 发展``, ``/v 发展``, ``*主义`` (docs/concordance.md). None: a slogan where the lexicon has it, else a phrase.
    ``attrs["kind"]`` tells which it was.

    Columns: ``hit``, the number of the place among all, from 1 in the order of documents and texts, whatever the order of
    rows; ``doc_id``; ``year``, ``place``, ``title`` of the document; ``section`` and ``tense``, missing where it has no sections;
    ``paragraph``, from 0; ``start``, ``end``, characters of the clean text, and ``raw_start``, ``raw_end``, of the raw
    text; ``left``, ``node``, ``right``, the text there and up to ``width`` characters on either side, ⏎ for the end of
    a paragraph, nothing from beyond sections that are not counted; ``position``, where in its document the place begins,
    from 0 to 1.

    ``sort``: ``document`` (as in ``corpus.documents``), ``year`` (unknown ones last), ``left`` (by the letters before the
    node, the nearest first), ``right``, ``node``, or several of these. ``sample``: only so many places, drawn at
    random with ``seed``; ``attrs["hits"]`` and ``attrs["documents"]`` count all of them. Traditional texts are matched in
    simplified letters and shown as they are written. AnalysisError for an empty corpus, a bad query (it points at the
    place), a ``word`` that the corpus does not have, and a bad option.
    """
    _check(corpus, width=width, sample=sample)
    orders = _orders(sort)
    asked = queries.read(query, kind, match=match, lexicon=lexicon)
    found = queries.Hits(corpus, asked)
    chosen = _drawn(len(found.row), sample, seed)
    rows = _sorted(lines(corpus, found.places(chosen), chosen, width=width), orders)
    documents = corpus.described["doc_id"].iloc[np.unique(found.row)].nunique()
    rows.attrs.update(query=query, kind=asked.kind, hits=len(found.row), documents=documents)
    return rows


def _check(corpus: Corpus, *, width: int, sample: int | None) -> None:
    if not len(corpus):
        raise AnalysisError("this corpus has no documents")
    if width < 0:
        raise AnalysisError(f"width is {width}; it must be at least 0")
    if sample is not None and sample < 1:
        raise AnalysisError(f"sample is {sample}; it must be at least 1")


def _orders(sort: str | Sequence[str]) -> list[str]:
    orders = [sort] if isinstance(sort, str) else list(sort)
    if wrong := [order for order in orders if order not in ORDERS]:
        raise AnalysisError(f"sort is {wrong[0]!r}; it can be {', '.join(map(repr, ORDERS))}, or several of them")
    return orders


def _drawn(n: int, sample: int | None, seed: int) -> np.ndarray:
    if sample is None or sample >= n:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, size=sample, replace=False))


def lines(corpus: Corpus, found: Places, hits: np.ndarray, *, width: int) -> pd.DataFrame:
    """The rows of :func:`kwic` of these places, which are in order, with their numbers among all hits, from 0."""
    # The columns first: rows with their texts, one for each hit, would not fit in memory.
    documents = corpus.described[["doc_id", "year", "place", "title"]].iloc[found.row]
    of_documents = {name: documents[name].to_numpy(dtype=object) for name in ("doc_id", "place", "title")}
    raw = raw_places(corpus, *found)
    frame = pd.DataFrame(
        {
            "hit": hits + 1,
            **of_documents,
            "year": documents["year"].array,
            "start": found.start,
            "end": found.end,
            "raw_start": raw.start,
            "raw_end": raw.end,
        }
    )
    around = pd.DataFrame(_around(corpus, found, width), columns=["left", "node", "right", "paragraph", "position"])
    return in_sections(corpus.sections, pd.concat([frame, around], axis=1))[list(COLUMNS)]


def _around(corpus: Corpus, found: Places, width: int) -> list[tuple[Any, ...]]:
    """Left context, node, right context, paragraph and position of every place."""
    counted, written = corpus.texts, corpus.documents["text"]
    rows = list[tuple[Any, ...]]()
    of, at, line, clean = -1, 0, 0, ""
    for row, start, end in zip(*(part.tolist() for part in found), strict=True):
        text = counted[row]
        if row != of:
            of, at, line, clean = row, 0, 0, str(written.iat[row])
        line += clean.count("\n", at, start)
        at = start
        left = text[max(0, start - width) : start].rpartition(BLANK)[2].replace("\n", _LINE_END)
        right = text[end : end + width].partition(BLANK)[0].replace("\n", _LINE_END)
        rows.append((left, text[start:end], right, line, start / len(text)))
    return rows


def _sorted(rows: pd.DataFrame, orders: list[str]) -> pd.DataFrame:
    keys = {"document": rows["hit"], "year": rows["year"], "node": rows["node"], "right": rows["right"]}
    keys["left"] = rows["left"].map(lambda left: left[::-1])
    table = pd.DataFrame({str(number): keys[order] for number, order in enumerate(orders)} | {"hit": rows["hit"]})
    order = table.sort_values(list(table.columns), kind="stable", na_position="last").index
    return rows.loc[order].reset_index(drop=True)
