"""Rates over the years, with intervals that know that a document is one observation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.trends.estimates import Measured, measured, tidy
from corpus_tools.analysis.trends.terms import Terms, years_of
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError


@progress.bar("rates")
def rate(
    corpus: Corpus,
    terms: Terms,
    *,
    by: str | Sequence[str] = "year",
    measure: str = "rate",
    unit: str = "phrase",
    match: str = "longest",
    lexicon: Lexicon = None,
    moving: int | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """How often terms are said, a year: one row a year that has documents, and term.

    ``terms``: slogans of the lexicon (or of your own ``lexicon``), which count as in ``slogans.count`` with this ``match``,
    variants included; any other phrase, which counts wherever its exact wording stands; with ``unit="word"`` words of the
    corpus' vocabulary (科协 not inside 科协工作, where that is one word); or your own numbers of each document, a frame of
    doc_id × names, of which documents that it does not name are left out.

    Columns: those of ``by``; ``term``; a column named by ``measure``: ``rate``, sum of hits / sum of Han characters, per
    10 000; ``share``, documents that hold the term / documents; or ``mean``, sum / documents, for shares of topics; ``low``,
    ``high``, its 95 % interval; ``count``, hits, or the sum of your numbers; ``documents`` with the term; ``n``, documents of
    the year. A year without documents is absent, never 0; documents of unknown year are in no row. Rates and means have a
    score interval (quasi-likelihood) whose standard error is that of ``resamples`` bootstrap draws of the year's documents,
    shares that of Wilson (docs/trends.md); a rate of 0 goes up to what would be if as many documents as Wilson's bound
    allows held the term once. NaN for fewer than 3 documents with characters, and for a mean of 0. The interval of a year
    depends on that year's documents and ``seed`` alone.

    ``moving``: an odd number of years; adds ``moving``, the same ratio over all documents of that many years around each,
    with ``moving_low``, ``moving_high``, ``moving_n``, its documents, and ``moving_years``, how many of these years have
    any; NaN where they reach beyond the first or last year. AnalysisError for no terms, a word that the corpus does not have,
    an unknown column or option, and an empty corpus.
    """
    found = measured(
        corpus, terms, by=by, measure=measure, unit=unit, match=match, lexicon=lexicon, resamples=resamples, seed=seed
    )
    around = _windows(found, by, moving) if moving is not None else None
    columns = []
    for group, key in found.groups.each():
        rows = found.rows(group)
        value, low, high = found.estimate(rows, key=key)
        column = {measure: value, "low": low, "high": high} | found.counted(rows)
        columns.append(column | (around[group] if around else {}))
    return tidy(found.groups.keys, found.terms, columns)


def _windows(found: Measured, by: str | Sequence[str], width: int) -> list[dict[str, Any]]:
    """The pooled value of the years around each year, in columns."""
    if width < 3 or width % 2 == 0:
        raise AnalysisError(f"moving is {width}; it must be an odd number of years, 3 or more")
    years = years_of(found.groups, by)
    columns = []
    for year in years:
        near, whole = (
            np.abs(years - year) <= width // 2,
            years[0] <= year - width // 2 and year + width // 2 <= years[-1],
        )
        rows = np.flatnonzero(np.isin(found.groups.code, np.flatnonzero(near)))
        parts = found.estimate(rows, key=("moving", year)) if whole else (np.full(len(found.terms), np.nan),) * 3
        column = dict(zip(("moving", "moving_low", "moving_high"), parts, strict=True))
        columns.append(column | {"moving_n": len(rows), "moving_years": int(near.sum())})
    return columns
