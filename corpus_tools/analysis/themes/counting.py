"""How much reports speak of themes: hits, rates, and the share of their paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.counts import PER
from corpus_tools.analysis.statistics import bootstrap, intervals
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.themes.dictionary import Themes
from corpus_tools.analysis.themes.matching import tally
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

# Of each measure of a trend the columns of count: its value and its bounds.
MEASURES = {
    "share_paragraphs": ("share_paragraphs", "paragraphs_low", "paragraphs_high"),
    "share": ("share_documents", "share_low", "share_high"),
    "rate": ("per_10k", "per_10k_low", "per_10k_high"),
}
NUMBERS = ("count", "share_paragraphs")


@progress.bar("themes")
def count(
    corpus: Corpus,
    *,
    themes: Themes = "general",
    by: str | Sequence[str] | None = None,
    within: str = "paragraph",
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Count the themes of a dictionary: one row a group of ``by`` (None: the whole corpus) and theme, in the dictionary's order.

    Columns: those of ``by``; ``theme``; ``count``, hits, each with the weight of its term; ``hits``, without weights;
    ``documents`` with a paragraph that holds the theme, ``n``, documents of the group, ``share_documents`` = documents / n, with
    ``share_low`` and ``share_high``; ``paragraphs`` that hold it (of this ``within``: paragraph or sentence), ``n_paragraphs``
    with a Han character, ``share_paragraphs``, with ``paragraphs_low`` and ``paragraphs_high``; ``per_10k``, count per 10 000 Han
    characters, with ``per_10k_low`` and ``per_10k_high``. A paragraph holds a theme where the weights of its terms, each
    once, sum to 1 or more. Bounds are 95 % intervals over documents: Wilson's of shares of documents, else score intervals with
    the error of ``resamples`` bootstrap draws of the group's documents; NaN for fewer than 3 (docs/trends.md).

    A term counts where its exact wording stands, in simplified letters of one width, without quotation marks; not inside an
    exclusion, and not where a word of ordinary language stands across its border (产能 in 生产能力). Of the terms of one
    theme no character counts twice; for two themes it may (``overlap`` says where). ``themes`` as for :func:`dictionary`.
    Documents whose ``by`` is unknown are in no group. AnalysisError for an unknown column or option and an empty corpus.
    """
    counts.check_options(resamples=resamples)
    corpus, groups = grouping.grouped(corpus, by)
    found, han = tally(corpus, themes, within=within), corpus.n_han.astype(np.float64)
    weighted = found.by_document(found.weighted, len(corpus))
    hits = found.by_document(found.plain, len(corpus))
    held = found.by_document(found.held, len(corpus))
    every = np.bincount(found.document, minlength=len(corpus)).astype(np.float64)
    frames = []
    for row, key in groups.each():
        of, seeds = np.flatnonzero(groups.code == row), bootstrap.seed_of(seed, key)
        documents = _documents(held[of])
        passages = _passages(held[of], every[of], resamples=resamples, seed=seeds)
        rates = _rates(weighted[of], han[of], resamples=resamples, seed=seeds)
        columns = {"theme": found.names, "count": _sums(weighted[of]), "hits": _sums(hits[of]).astype(np.int64)}
        frames.append(pd.DataFrame(columns | documents | passages | rates).assign(_group=row))
    whole = pd.concat(frames, ignore_index=True)
    keys = groups.keys.iloc[whole.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, whole], axis=1)


@progress.bar("themes by year")
def trend(
    corpus: Corpus,
    themes: Themes = "general",
    *,
    by: str | Sequence[str] = "year",
    measure: str = "share_paragraphs",
    within: str = "paragraph",
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """How much of each year's reports speaks of themes: one row a year that has documents, and theme.

    Columns as of ``trends.rate``: those of ``by``; ``theme``; a column named by ``measure``: ``share_paragraphs``,
    paragraphs that hold the theme / paragraphs; ``rate``, weighted hits per 10 000 Han characters; or ``share``, documents
    with such a paragraph / documents; ``low``, ``high``, its 95 % interval; ``count``, weighted hits; ``documents`` that
    hold the theme; ``n``, documents. All are those of :func:`count`, and so are ``within``, ``resamples`` and errors.
    """
    if measure not in MEASURES:
        raise AnalysisError(f"measure is {measure!r}; it can be {', '.join(MEASURES)}")
    frame = count(corpus, themes=themes, by=by, within=within, resamples=resamples, seed=seed)
    columns = [*grouping.columns(by), "theme", *MEASURES[measure], "count", "documents", "n"]
    names = dict(zip(MEASURES[measure], (measure, "low", "high"), strict=True))
    return frame[columns].rename(columns=names)


@progress.bar("themes of documents")
def documents(
    corpus: Corpus, *, themes: Themes = "general", measure: str = "count", within: str = "paragraph"
) -> pd.DataFrame:
    """Numbers of each document for every question of ``ct.trends``: index ``doc_id``, one column a theme.

    ``measure``: ``count``, weighted hits (``trends.changes(corpus, numbers, measure="rate")`` divides them by Han
    characters), or ``share_paragraphs``, the share of the document's paragraphs that hold the theme (``measure="mean"``),
    of which documents without a paragraph have none. ``themes`` as for :func:`dictionary`. AnalysisError for another
    ``measure`` or ``within`` and an empty corpus.
    """
    if measure not in NUMBERS:
        raise AnalysisError(f"measure is {measure!r}; it can be {' or '.join(map(repr, NUMBERS))}")
    found = tally(corpus, themes, within=within)
    index = pd.Index(corpus.described["doc_id"], name="doc_id")
    if measure == "count":
        return pd.DataFrame(found.by_document(found.weighted, len(corpus)).toarray(), index, found.names)
    every = np.bincount(found.document, minlength=len(corpus)).astype(np.float64)
    shares = bootstrap.ratio(found.by_document(found.held, len(corpus)).toarray(), every[:, None])
    return pd.DataFrame(shares, index, found.names).loc[every > 0]


def _documents(held: csr_matrix) -> dict[str, Any]:
    """In how many documents each theme is held."""
    n, documents = held.shape[0], held.getnnz(axis=0)
    low, high = intervals.share(documents, n)
    columns = {"documents": documents, "n": n, "share_documents": documents / n}
    return columns | {"share_low": low, "share_high": high}


def _passages(held: csr_matrix, every: Floats, *, resamples: int, seed: list[int]) -> dict[str, Any]:
    """In how many paragraphs, and which share that is."""
    sums = _sums(held).astype(np.int64)
    low, high = intervals.of_rates(held, every, resamples=resamples, seed=seed)
    columns = {"paragraphs": sums, "n_paragraphs": int(every.sum())}
    share = bootstrap.ratio(sums, np.float64(every.sum()))
    return columns | {"share_paragraphs": share, "paragraphs_low": low, "paragraphs_high": np.minimum(high, 1.0)}


def _rates(weighted: csr_matrix, han: Floats, *, resamples: int, seed: list[int]) -> dict[str, Any]:
    """Weighted hits per 10 000 Han characters."""
    low, high = intervals.of_rates(weighted, han, resamples=resamples, seed=seed)
    rate = bootstrap.ratio(_sums(weighted), np.float64(han.sum()))
    return {"per_10k": rate * PER, "per_10k_low": low * PER, "per_10k_high": high * PER}


def _sums(matrix: csr_matrix) -> Floats:
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()
