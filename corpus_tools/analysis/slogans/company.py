"""Which slogans keep company: pairs that stand in one paragraph, more often than the length of paragraphs explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy
from scipy.sparse import csc_matrix, csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import grouping, phrases
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import abouts, check_names, matcher
from corpus_tools.analysis.statistics import poisson_binomial
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.statistics.contingency import Tables
from corpus_tools.characters import count_han
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part
from corpus_tools.errors import AnalysisError
from corpus_tools.language.slogans import Slogan

Integers = npt.NDArray[np.int64]

_ENDS = {"paragraph": None, "sentence": re.compile("(?<=[。!?])")}  # of normalised text
_CERTAIN = 1 - 1e-12


@progress.bar("slogans together")
def together(
    corpus: Corpus,
    *,
    slogan: str | None = None,
    within: str = "paragraph",
    unit: str = "doc_id",
    min_documents: int = 5,
    lexicon: Lexicon = None,
) -> pd.DataFrame:
    """Which slogans stand together in a paragraph (or a ``sentence``: ``within``); with ``slogan``, those beside this one.

    One row a pair that stands together anywhere. ``slogan_a``, ``slogan_b``; ``paragraphs`` (of this ``within``) that hold
    both, ``paragraphs_a`` and ``paragraphs_b`` that hold each, longest match; ``expected``, paragraphs with both if they were
    spread over all paragraphs alike; ``log_likelihood``, Dunning's G2 (1993) of that table, below 0 where they avoid each
    other. It also grows where both were in use in the same years, and long paragraphs hold more of everything. So
    ``documents`` with at least one such paragraph, ``documents_a``, ``documents_b``, ``documents_both`` (that hold both
    anywhere) and ``documents_expected`` (below), and of them ``p_value``, one-sided, and ``q_value``.

    The test takes from each document which slogans stand in it, in how many paragraphs, and how long each paragraph is
    (Han characters); what is left to chance is in which paragraphs, longer ones in proportion. That gives each document a
    chance to hold the pair together at least once, ``documents_expected`` their sum, and ``p_value`` the probability of so
    many documents or more: one document, one observation, whatever it repeats (Poisson-binomial, as Veech 2013 for species
    in sites; mid-p, Lancaster 1961). Reports that copy each other are not independent either: with ``unit="year"`` or
    ``"place"``, one observation is all reports of a year or place, and the columns named documents count these instead.

    ``q_value`` is Benjamini and Hochberg's over all pairs that at least ``min_documents`` documents hold both of, wherever; other
    pairs have neither row nor test, pairs never together no row. Rows: by q (those that documents, not length, bring
    together first), then G2. AnalysisError for a slogan that is not in the lexicon, an unknown ``within`` or ``unit``, and
    an empty corpus.
    """
    if within not in _ENDS:
        raise AnalysisError(f"within is {within!r}; it can be {' or '.join(map(repr, _ENDS))}")
    entries = known(lexicon)
    check_names(() if slogan is None else (slogan,), entries)
    wanted = matcher(entries)
    code = grouping.groups(corpus, unit).code
    pieces = _pieces(corpus, entries, within)
    of = range(len(wanted.names)) if slogan is None else [wanted.names.index(slogan)]
    company = _Company(pieces, code)
    each = progress.steps(of, "pairs", unit="slogans")
    rows = pd.concat([company.of(number, min_documents, one=slogan is not None) for number in each], ignore_index=True)
    rows["q_value"] = scipy.stats.false_discovery_control(rows["p_value"]) if len(rows) else np.empty(0)
    rows = rows[rows["paragraphs"] > 0].sort_values(
        ["q_value", "log_likelihood"], ascending=[True, False], kind="stable"
    )
    names = np.asarray(wanted.names, dtype=object)
    return rows.assign(**{name: names[rows[name]] for name in ("slogan_a", "slogan_b")}).reset_index(drop=True)


class _Pieces(NamedTuple):
    """Paragraphs or sentences: ``held``, pieces × slogans of 0 and 1; the ``document`` and the Han characters of each."""

    held: csr_matrix
    document: Integers
    han: Integers


def _pieces(corpus: Corpus, slogans: tuple[Slogan, ...], within: str) -> _Pieces:
    """The pieces of every document that hold a character; slogans belong to where they begin."""
    found = corpus.over_parts(partial(_of_part, slogans=slogans, within=within), "matching")
    parts = [of._replace(document=rows[of.document]) for rows, of in found]
    document = np.concatenate([of.document for of in parts])
    (held,) = grouping.in_order(((of.document, [of.held]) for of in parts), len(matcher(slogans).names))
    order = np.argsort(document, kind="stable")
    return _Pieces(held, document[order], np.concatenate([of.han for of in parts])[order])


def _of_part(part: Part, *, slogans: tuple[Slogan, ...], within: str) -> _Pieces:
    wanted = matcher(slogans)
    rows, owner, han = list[list[int]](), list[int](), list[int]()
    texts = progress.steps(phrases.simplified(part), "matching", unit="documents")
    for number, (text, about) in enumerate(zip(texts, abouts(part), strict=True)):
        for paragraph in text.split("\n"):
            clean = phrases.normalise(paragraph)
            found = list(phrases.longest(wanted.places_in(clean, paragraph, about)))
            for start, end in pairwise(_borders(clean, within)):
                held = sorted({slogan for slogan, at, _ in found if start <= at < end})
                if held or (length := count_han(clean[start:end])):
                    rows.append(held)
                    owner.append(number)
                    han.append(count_han(clean[start:end]) if held else length)
    matrix = phrases.matrix(rows, columns=len(wanted.names))
    # A piece of figures alone (1+6+N) has a slogan and no Han character; no chance would let it stand there.
    return _Pieces(matrix, np.asarray(owner, dtype=np.int64), np.maximum(np.asarray(han, dtype=np.int64), 1))


def _borders(clean: str, within: str) -> Iterator[int]:
    yield 0
    if pattern := _ENDS[within]:
        yield from (match.end() for match in pattern.finditer(clean) if 0 < match.end() < len(clean))
    yield len(clean)


class _Company:
    """Pairs of slogans, one slogan's at a time, so that memory holds no more than its partners in its documents."""

    def __init__(self, pieces: _Pieces, unit: Integers) -> None:
        held = csr_matrix(pieces.held)
        self.held, self.by_slogan = held, csc_matrix(held)
        self.totals = np.asarray(held.sum(axis=0), dtype=np.int64).ravel()
        self.unit_of_document, self.unit_of_piece = unit, unit[pieces.document]
        self.apart = _Apart(pieces, len(unit))
        units = grouping.indicator(unit, int(unit.max()) + 1)
        self.units = (units @ self.apart.rank.astype(bool)).astype(bool).getnnz(axis=0)

    def of(self, a: int, least: int, *, one: bool) -> pd.DataFrame:
        """Pairs of a slogan with those after it, or with all others when only this ``one`` is asked for."""
        partner, chance = self._chances(a)
        both = np.bincount(partner, minlength=len(self.totals))
        others = np.flatnonzero(both >= max(1, least))
        others = others[others != a] if one else others[others > a]
        paragraphs, documents = self._seen(a)
        keep = np.isin(partner, others)
        row = np.searchsorted(others, partner[keep])
        expected, p = poisson_binomial.tail(row, chance[keep], documents[others])
        return pd.DataFrame(
            {
                "slogan_a": np.full(len(others), a),
                "slogan_b": others,
                **self._table(a, others, paragraphs[others]),
                "documents": documents[others],
                "documents_a": self.units[a],
                "documents_b": self.units[others],
                "documents_both": both[others],
                "documents_expected": expected,
                "p_value": p,
            }
        )

    def _chances(self, a: int) -> tuple[Integers, Floats]:
        """The other slogan of every unit that holds ``a`` too, and the chance that both stand together in one of its pieces."""
        documents, partner, apart = self.apart.of(a)
        unit = self.unit_of_document[documents]
        keep = unit >= 0
        pairs = np.stack([partner, unit])[:, keep]
        pairs, inverse = np.unique(pairs, axis=1, return_inverse=True)
        return pairs[0], -np.expm1(np.bincount(inverse, weights=apart[keep], minlength=pairs.shape[1]))

    def _seen(self, a: int) -> tuple[Integers, Integers]:
        """How many pieces and how many units hold ``a`` with each slogan."""
        pieces = self.by_slogan.indices[self.by_slogan.indptr[a] : self.by_slogan.indptr[a + 1]]
        beside = self.held[pieces]
        units = grouping.indicator(self.unit_of_piece[pieces], int(self.unit_of_document.max()) + 1)
        n = len(self.totals)
        return np.bincount(beside.indices, minlength=n), np.bincount((units @ beside).indices, minlength=n)

    def _table(self, a: int, others: Integers, both: Integers) -> dict[str, npt.NDArray[np.generic]]:
        n, in_a, in_b = self.held.shape[0], self.totals[a], self.totals[others]
        table = Tables.of_margins(both, np.full(len(others), in_a), in_b, n)
        return {
            "paragraphs": both,
            "paragraphs_a": np.full(len(others), in_a),
            "paragraphs_b": in_b,
            "expected": table.expected,
            "log_likelihood": table.log_likelihood(),
        }


class _Apart:
    """The log of the chance that two slogans of a document nowhere stand in one piece, given in how many each stands.

    Slogans that stand in as many pieces have the same chance, so that a document needs a small table, of numbers of pieces
    × numbers of pieces. ``rank``: documents × slogans, 1 + the row of its table, 0 where the slogan is not.
    """

    def __init__(self, pieces: _Pieces, documents: int) -> None:
        held = csr_matrix(grouping.indicator(pieces.document, documents) @ pieces.held)
        held.sort_indices()
        tables, width, ranks = [np.empty(0)], np.zeros(documents, dtype=np.int64), np.zeros_like(held.data)
        ends = np.searchsorted(pieces.document, np.arange(documents + 1))
        for row in progress.steps(range(documents), "chances", unit="documents"):
            entries = slice(held.indptr[row], held.indptr[row + 1])
            numbers, ranks[entries] = np.unique(held.data[entries], return_inverse=True)
            width[row] = len(numbers)
            tables.append(_table_of(numbers, pieces.han[ends[row] : ends[row + 1]]).ravel())
        self.width, self.start = width, np.cumsum([0, *map(len, tables)])[1:]
        self.flat = np.concatenate(tables)
        self.rank = csr_matrix((ranks + 1, held.indices, held.indptr), shape=held.shape)
        self.by_slogan = csc_matrix(self.rank)

    def of(self, a: int) -> tuple[Integers, Integers, Floats]:
        """Document, slogan and log chance for every slogan in the documents of ``a``."""
        column = slice(self.by_slogan.indptr[a], self.by_slogan.indptr[a + 1])
        documents, own = self.by_slogan.indices[column], self.by_slogan.data[column] - 1
        beside = self.rank[documents]
        sizes = np.diff(beside.indptr)
        document = np.repeat(documents, sizes)
        place = self.start[document] + np.repeat(own, sizes) * self.width[document] + beside.data - 1
        return document, beside.indices, self.flat[place]


def _table_of(numbers: Integers, han: Integers) -> Floats:
    """For slogans in so many pieces of one document: log of the chance that no piece holds both.

    Of two values that are a little too high the lower: pieces as independent trials, and each piece of the rarer slogan as
    one. The second is right where that slogan stands in one piece, as most do.
    """
    chance = _inclusion(numbers, han)
    both = chance[:, None] * chance[None]
    rarer = np.minimum(numbers[:, None], numbers[None])
    # Two slogans that must both be in a piece are never apart: a chance of 1 would be a log of minus infinity.
    pieces = np.log1p(-np.minimum(both, _CERTAIN)).sum(axis=2)
    draws = rarer * np.log1p(-np.minimum(both.sum(axis=2) / rarer, _CERTAIN))
    apart: Floats = np.minimum(pieces, draws)
    return apart


def _inclusion(numbers: Integers, han: Integers) -> Floats:
    """The chance of each piece to be among so many of the document, in proportion to its length and at most 1."""
    chance: Floats = numbers[:, None] * (han / max(1, han.sum()))
    while (over := chance > 1).any():
        full = chance >= 1
        open_han = np.where(full, 0, han)
        left = numbers - full.sum(axis=1)
        share = left[:, None] * open_han / np.maximum(open_han.sum(axis=1, keepdims=True), 1)
        chance = np.where(over.any(axis=1, keepdims=True), np.where(full, 1.0, share), chance)
    return chance
