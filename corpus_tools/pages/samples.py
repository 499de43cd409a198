"""Samples behind the numbers of a page: places of slogans and words in their context, spread over documents."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from corpus_tools.analysis import phrases
from corpus_tools.analysis.concordance.kwic import lines
from corpus_tools.analysis.concordance.letters import aligned
from corpus_tools.analysis.concordance.words import Places, Spans, characters
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import abouts, matcher
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages.inline import size
from corpus_tools.pages.marks import with_codes

WIDTH = 18  # characters on each side: a clause, and with the node one line of the page's width
EACH = 3  # places of a number: enough to see whether the wording is meant; all are one call away, which the page names
MOST = 6000  # samples that are looked up: a page has room for fewer
UNDATED = 0  # stands for the year of documents of unknown year

Key: TypeAlias = tuple[str, int]
# Number of the document in ``Samples.documents``, offset in its raw text, text before, the words themselves, text behind.
Sample: TypeAlias = tuple[int, int, str, str, str]


class Samples(NamedTuple):
    """Samples of names and years: ``documents`` (title or file, file) and of each name and year its places in them."""

    documents: list[tuple[str, str]]
    of: dict[Key, list[Sample]]


def of_slogans(corpus: Corpus, *, room: int, lexicon: Lexicon = None) -> Samples:
    """Samples of every slogan in every year, where ``slogans.count`` counts it; all are looked for together.

    ``room`` is how many bytes they may take in the page. Where it is too small for all, each slogan has one of its
    greatest year before any has a second.
    """
    wanted = matcher(known(lexicon))
    flat = array("q")
    for row, (text, about) in enumerate(zip(phrases.simplified(corpus), abouts(corpus), strict=True)):
        letters = aligned(text)
        counted = list(phrases.longest(wanted.places_in(letters.text, text, about)))
        for (number, _, _), at in zip(counted, letters.written(place[1:] for place in counted), strict=True):
            flat.extend((number, row, *at))
    found = pd.DataFrame(np.array(flat, dtype=np.int64).reshape(-1, 4), columns=["key", "row", "start", "end"])
    chosen = _spread(corpus, found)
    places = Places(*(chosen[name].to_numpy() for name in ("row", "start", "end")))
    return _shown(corpus, places, chosen, names=wanted.names, room=room)


def of_words(corpus: Corpus, asked: Iterable[Key], *, room: int) -> Samples:
    """Samples of words of the vocabulary in the years they are asked for, as many as have ``room``."""
    pairs = pd.DataFrame(list(asked), columns=["word", "year"])
    names = pairs["word"].unique()
    pairs["key"] = pd.Index(names).get_indexer(pairs["word"])
    key = pd.Index(names).get_indexer(corpus.vocabulary["word"])[corpus.tokens.ids]
    at = np.flatnonzero(key >= 0)
    row = corpus.tokens.document[np.searchsorted(corpus.tokens.ends, at, side="right")].astype(np.int64)
    found = pd.DataFrame({"key": key[at], "row": row, "start": at, "year": _years(corpus)[row]})
    chosen = _spread(corpus, found.merge(pairs[["key", "year"]]))
    first = chosen["start"].to_numpy()
    return _shown(corpus, characters(corpus, Spans(first, first + 1)), chosen, names=tuple(names), room=room)


def _years(corpus: Corpus) -> np.ndarray:
    return corpus.documents["year"].fillna(UNDATED).to_numpy(dtype=np.int64)


def _spread(corpus: Corpus, found: pd.DataFrame) -> pd.DataFrame:
    """Of each key and year EACH places, of different documents where there are as many, drawn the same every time.

    In the order of the texts; ``wanted`` numbers them: one of each key, then one of its next year, and so on; frequent
    keys first.
    """
    drawn = np.random.default_rng(0).permutation(len(corpus))
    found = found.sort_values(["row", "start"], kind="stable")
    found = found.assign(
        year=_years(corpus)[found["row"]],
        drawn=drawn[found["row"]],
        nth=found.groupby(["key", "row"]).cumcount(),
        total=found.groupby("key")["row"].transform("size"),
    )
    found["said"] = found.groupby(["key", "year"])["row"].transform("size")
    found = found.sort_values(["nth", "drawn"], kind="stable")
    found["turn"] = found.groupby(["key", "year"]).cumcount()
    found = found[found["turn"] < EACH]
    found = found.sort_values(["key", "turn", "said", "year"], ascending=[True, True, False, True], kind="stable")
    found["place"] = found.groupby(["key", "turn"]).cumcount()
    found = found.sort_values(["turn", "place", "total", "key"], ascending=[True, True, False, True], kind="stable")
    found = found.head(MOST).assign(wanted=range(len(found.head(MOST))))
    return found.sort_values(["row", "start"], kind="stable")


def _shown(corpus: Corpus, places: Places, chosen: pd.DataFrame, *, names: tuple[str, ...], room: int) -> Samples:
    """The context of places, which are those chosen, in the same order: as many as fit, those first that are wanted most."""
    frame = lines(corpus, places, np.arange(len(places.row)), width=WIDTH)
    columns = (frame[name].tolist() for name in ("raw_start", "left", "node", "right"))
    found = [
        (row, raw, *map(with_codes, texts)) for row, raw, *texts in zip(places.row.tolist(), *columns, strict=True)
    ]
    documents = {row: _named(*corpus.documents[["title", "source"]].iloc[row]) for row in {row for row, *_ in found}}
    numbers: dict[int, int] = {}
    of = defaultdict[Key, list[Sample]](list)
    for at in _fitting(found, documents, wanted=chosen["wanted"].tolist(), room=room):
        row, raw, left, node, right = found[at]
        key = names[chosen["key"].iloc[at]], int(chosen["year"].iloc[at])
        of[key].append((numbers.setdefault(row, len(numbers)), raw, left, node, right))
    return Samples([documents[row] for row in numbers], dict(of))


def _named(title: str | None, source: str) -> tuple[str, str]:
    return with_codes(source if pd.isna(title) else title), with_codes(source)


def _fitting(found: list[Sample], documents: dict[int, tuple[str, str]], *, wanted: list[int], room: int) -> list[int]:
    """Numbers of the samples that have room, in their order; the name of a document takes room once."""
    kept, named = list[int](), set[int]()
    for at in sorted(range(len(found)), key=wanted.__getitem__):
        row = found[at][0]
        room -= size(found[at]) + (0 if row in named else size(documents[row]))
        if room < 0:
            break
        named.add(row)
        kept.append(at)
    return sorted(kept)
