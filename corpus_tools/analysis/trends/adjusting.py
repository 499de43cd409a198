"""Rates as they would be if the mix of documents were the same every year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.statistics import intervals
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.trends.estimates import Estimate, Measured, Rows, measured, tidy
from corpus_tools.analysis.trends.terms import Terms
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

_WHOLE = 1 - 1e-9  # a sum of shares that is all but rounding


@progress.bar("adjusted rates")
def adjusted(
    corpus: Corpus,
    terms: Terms,
    *,
    over: str | Sequence[str] = "level",
    by: str | Sequence[str] | None = "year",
    weights: Mapping[Any, float] | None = None,
    renormalise: bool = False,
    measure: str = "rate",
    unit: str = "phrase",
    match: str = "longest",
    lexicon: Lexicon = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Rates that do not follow the mix of levels (places, kinds) from year to year: post-stratification.

    The rate of each stratum of ``over`` (a column, or several) in a year is weighted by the stratum's share of a standard
    composition (Holt and Smith 1979; in epidemiology direct standardisation): ``weights``, from the value of the column (a
    tuple of several) to any numbers, which are scaled to 1; by default the share of the stratum in the characters (for
    shares and means: documents) of all years. A composition that is the same every year changes nothing. ``by`` as for
    ``rate``, but no column of ``over``, which cannot be ``tense``: tenses of a report are no documents of their own.

    Columns: those of ``rate`` (``year``, ``term``, the value, ``low``, ``high``, ``count``, ``documents``, ``n``), with
    ``crude``, the value without adjustment, over the same documents; ``coverage``, how much of the standard (0 to 1) has
    documents in that year; ``unknown``, documents of the year whose stratum is unknown, which count nowhere. Where a
    stratum has none its rate is not known and not guessed: the value is NaN, unless ``renormalise`` takes the strata that
    are there, scaled to 1, for all. Intervals of shares are Wilson's, of as many documents as would tell as much unweighted
    (Kish 1965); else score intervals: bootstrap errors within stratum and year, degrees of freedom by Satterthwaite; NaN
    where a stratum has a single document, or these are below 2, and for a value of 0. ``measure``, ``unit`` and
    ``resamples`` as for :func:`rate`. AnalysisError as for ``rate``, and for weights that are negative or do not name
    exactly the strata of the corpus: name one that shall not count with 0.
    """
    strata = grouping.columns(over)
    if not strata or "tense" in strata or set(grouping.columns(by)) & set(strata):
        raise AnalysisError(f"over is {over!r}: name columns of documents, other than tense and what by names, {by!r}")
    found = measured(
        corpus, terms, by=by, measure=measure, unit=unit, match=match, lexicon=lexicon, resamples=resamples, seed=seed
    )
    mix = grouping.groups(found.corpus, strata)
    there = (found.groups.code >= 0) & (mix.code >= 0)
    standard, columns = _standard(found, mix, there, weights), []
    for group, key in found.groups.each():
        rows = found.rows(group)
        known = rows[there[rows]]
        parts = [known[mix.code[known] == stratum] for stratum in range(len(mix.keys))]
        has = np.asarray([found.sizes[part].sum() > 0 for part in parts])
        coverage = float(standard[has].sum())
        share = standard / coverage if renormalise and coverage else standard
        value, low, high = standardised(found, parts, share, key=key)
        if coverage < _WHOLE and not renormalise:
            value, low, high = (np.full_like(value, np.nan) for _ in range(3))
        column = {measure: value, "low": low, "high": high, "crude": found.ratio(known), "coverage": coverage}
        columns.append(column | found.counted(known) | {"unknown": len(rows) - len(known)})
    return tidy(found.groups.keys, found.terms, columns)


def standardised(found: Measured, parts: Sequence[Rows], weights: Floats, *, key: tuple[object, ...]) -> Estimate:
    """Weighted sum of the ratios of parts that do not overlap, over those that have a weight and documents."""
    value, variance, below = (np.zeros(len(found.terms)) for _ in range(3))
    used = [n for n, part in enumerate(parts) if weights[n] > 0 and found.sizes[part].sum() > 0]
    if not used:
        return Estimate(*(np.full(len(found.terms), np.nan) for _ in range(3)))
    if found.measure == "share":
        return _share(found, [parts[n] for n in used], weights[used])
    for n in used:
        error, documents = found.error(parts[n], key=(*key, n))
        share = (weights[n] * error) ** 2
        value += weights[n] * found.ratio(parts[n])
        variance += share
        below += share**2 / max(documents - 1, 1)
    # Satterthwaite 1946; where nothing varies any number will do.
    freedom = np.divide(variance**2, below, out=np.full(len(value), np.inf), where=below > 0)
    return Estimate(value, *intervals.score(value, np.sqrt(variance), freedom))


def _share(found: Measured, parts: list[Rows], weights: Floats) -> Estimate:
    """The same of shares, of which the score interval would reach beyond 1 and know no doubt where all documents hold it."""
    value, sizes = weights @ [found.ratio(part) for part in parts], np.asarray([len(part) for part in parts])
    effective = weights.sum() ** 2 / (weights**2 / sizes).sum()
    least = sizes.sum() >= intervals.LEAST
    return Estimate(value, *(np.where(least, bound, np.nan) for bound in intervals.wilson(value, effective)))


def _standard(
    found: Measured, mix: grouping.Groups, there: npt.NDArray[np.bool_], weights: Mapping[Any, float] | None
) -> Floats:
    """The share of each stratum in the standard composition."""
    names = [key[0] if len(key) == 1 else tuple(key) for key in mix.keys.itertuples(index=False)]
    if weights is None:
        shares = np.bincount(mix.code[there], found.sizes[there], minlength=len(names)).astype(np.float64)
    else:
        if wrong := set(names) ^ set(weights):
            raise AnalysisError(f"weights must name the strata {', '.join(map(str, names))}; look at {_first(wrong)!r}")
        shares = np.asarray([float(weights[name]) for name in names])
    if (shares < 0).any() or not np.isfinite(shares).all() or not shares.sum():
        raise AnalysisError("weights must be numbers of 0 or more, not all 0")
    standard: Floats = shares / shares.sum()
    return standard


def _first(names: set[Any]) -> Any:
    return min(names, key=str)
