"""When the course of a term changes: new levels, bursts, and whether it rises or falls at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.statistics import bursts as automaton
from corpus_tools.analysis.statistics import changepoints, intervals
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.statistics.permutation import Integers, p_values, shuffles
from corpus_tools.analysis.statistics.ranks import q_values
from corpus_tools.analysis.trends.estimates import Measured, blocks, measured
from corpus_tools.analysis.trends.terms import Terms, years_of
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

_CHANGES = [
    "term",
    "year",
    "last",
    "before",
    "after",
    "difference",
    "low",
    "high",
    "n_before",
    "n_after",
    "p_value",
    "q_value",
]
_BURSTS = ["term", "start", "end", "weight", "share_in", "share_out", "rate_in", "rate_out"]


@progress.bar("changes")
def changes(
    corpus: Corpus,
    terms: Terms,
    *,
    by: str = "year",
    within: str | None = None,
    measure: str = "rate",
    unit: str = "phrase",
    match: str = "longest",
    lexicon: Lexicon = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Years in which a term begins to be said markedly more or less often than before: one row a change.

    Levels are those of least squares on the yearly values, each year weighted by its characters (documents for shares and means),
    with the penalty of the Bayesian information criterion and 3 years with documents a level at least
    (statistics/changepoints.py). Columns: ``term``; ``year``, the first of the new level; ``last``, the last year with
    documents before it: the change may have come at any time after that; ``before``, ``after``, the pooled values of
    both levels, in units of ``measure``; ``difference`` with ``low`` and ``high``, its 95 % interval for a change at that
    year, over the documents of both; ``n_before``, ``n_after``, documents; ``p_value``, the share of ``resamples`` shuffles
    of the documents of both levels over their years in which some change is as large: it allows for the search through these
    years, not for the choice of the row, so that ``q_value`` is to be read first; ``q_value`` of the term (Benjamini and
    Hochberg, over all terms asked for): whether it changes at all, by shuffles of all its documents and the stretch of years
    that stands out most (Olshen et al. 2004). Both take documents as exchangeable where nothing changes (docs/trends.md says
    where that fails).

    ``within``, such as ``place``, shuffles among the documents of one value only, which keeps what each place says more
    often than others out of it; documents of unknown value are left out then. ``measure`` and ``unit`` as for :func:`rate`.
    A term without a change has no row. AnalysisError as for ``rate``; MissingPackageError without ruptures (``pip install
    'corpus-tools[changes]'``).
    """
    found = measured(
        corpus, terms, by=by, measure=measure, unit=unit, match=match, lexicon=lexicon, resamples=resamples, seed=seed
    )
    years, used, strata = _dated(found, by, within)
    code, there = found.groups.code[used], np.unique(found.groups.code[used])
    if len(there) < 2 * changepoints.SHORTEST:
        raise AnalysisError(
            f"only {len(there)} {by}s have documents: a change needs {changepoints.SHORTEST} on each side"
        )
    sizes = grouping.indicator(code, len(years))[there] @ found.sizes[used]
    sums = (grouping.indicator(code, len(years))[there] @ found.values[used]).toarray()
    rows, chances = list[dict[str, Any]](), np.empty(0)
    for number, series in enumerate(progress.steps((sums / sizes[:, None]).T, "terms", unit="terms")):
        one = found.only(number)
        every = np.ones(len(used), dtype=np.bool_)
        chances = np.append(chances, _chance(one, every, used, strata, where=changepoints.stretches))
        for first, start, end in _cuts(changepoints.changes(series, sizes), len(there)):
            sides = [np.isin(code, there[a:b]) for a, b in ((first, start), (start, end))]
            p = _chance(one, sides[0] | sides[1], used, strata, where=changepoints.single)
            row = {"term": one.terms[0], "year": years[there[start]], "last": years[there[start - 1]]}
            row |= _levels(one, used[sides[0]], used[sides[1]], key=tuple(row.values()))
            rows.append(row | {"p_value": p, "_number": number})
    q = q_values(chances)
    frame = pd.DataFrame([row | {"q_value": q[row["_number"]]} for row in rows], columns=_CHANGES)
    return frame.astype(dict.fromkeys(["year", "last", "n_before", "n_after"], "int64"))


@progress.bar("movement")
def movement(
    corpus: Corpus,
    terms: Terms,
    *,
    by: str = "year",
    within: str | None = None,
    measure: str = "rate",
    unit: str = "phrase",
    match: str = "longest",
    lexicon: Lexicon = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Whether terms are said more, or less, often as the years go on: one row a term.

    Columns: ``term``; ``rho``, the correlation over documents of the rank of the year with what the document says (-1 to 1;
    NaN for a term that never changes): of rates its hits beyond those that the rate of all documents gives its length, so
    that texts which only grow longer or shorter move nothing; of shares and means the rank of its share (0 or 1) or number,
    which makes it Spearman's; ``p_value``, two-sided, the share of ``resamples`` shuffles of the documents over the years
    that give as much; ``q_value`` (Benjamini and Hochberg) over the terms; ``documents`` with the term; ``n``, documents of
    known year; ``first``, ``last`` year. A rise and fall that is its mirror gives 0: for that ask ``changes``.

    p takes documents as independent: where those of one year resemble each other, or years their neighbours, it is too
    small (docs/trends.md). ``within`` shuffles among the documents of one value of a column only (``place``: does a place
    change?), each compared with the rate (mean rank) of that value. ``measure`` and ``unit`` as for :func:`rate`.
    AnalysisError as for ``rate``, and for a single year.
    """
    found = measured(
        corpus, terms, by=by, measure=measure, unit=unit, match=match, lexicon=lexicon, resamples=resamples, seed=seed
    )
    years, used, strata = _dated(found, by, within)
    of = years[found.groups.code[used]]
    if len(np.unique(of)) < 2:
        raise AnalysisError(f"all documents are of one {by}: nothing can move")
    rank, rho, p = _centred(scipy.stats.rankdata(of)[:, None], strata)[:, 0], np.empty(0), np.empty(0)
    for block in blocks(found.values[used]):
        said = (
            _said(block, found.sizes[used], strata)
            if measure == "rate"
            else _centred(scipy.stats.rankdata(block, axis=0), strata)
        )
        with np.errstate(invalid="ignore", divide="ignore"):
            said /= np.linalg.norm(said, axis=0) * np.linalg.norm(rank)
        seen = rank @ said
        rho = np.append(rho, seen)
        orders = shuffles(strata, resamples=resamples, seed=seed)
        p = np.append(p, p_values(np.abs(seen), (np.abs(rank[some] @ said) for some in orders)))
    about = {"documents": found.hits[used].getnnz(axis=0), "n": len(used), "first": of.min(), "last": of.max()}
    return pd.DataFrame({"term": found.terms, "rho": rho, "p_value": p, "q_value": q_values(p), **about})


@progress.bar("bursts")
def bursts(
    corpus: Corpus,
    terms: Terms,
    *,
    by: str = "year",
    unit: str = "phrase",
    match: str = "longest",
    lexicon: Lexicon = None,
    scaling: float = 2.0,
    gamma: float = 1.0,
) -> pd.DataFrame:
    """Stretches of years in which markedly more of the documents hold a term than over all years (Kleinberg 2002).

    As in ``slogans.lifecycle``: two states, of documents that hold the term among those of the year; ``scaling`` and
    ``gamma`` as in statistics/bursts.py. Columns: ``term``; ``start``, ``end``, its first and last year; ``weight``, the
    cost in nats that it saves; ``share_in``, ``share_out``, shares of documents with the term in it and in all other years;
    ``rate_in``, ``rate_out``, per 10 000 Han characters. A term without a burst has no row; a burst spans years without
    documents. ``unit`` as for :func:`rate`. AnalysisError as for ``rate``.
    """
    found = measured(corpus, terms, by=by, measure="rate", unit=unit, match=match, lexicon=lexicon, resamples=1, seed=0)
    years, used, _ = _dated(found, by, None)
    code, n = found.groups.code, found.groups.sizes
    held = found.groups.sums((found.hits > 0).astype(np.int64)).toarray()
    rows = list[dict[str, Any]]()
    for name, term in enumerate(found.terms):
        for burst in automaton.bursts(held[:, name].tolist(), n.tolist(), scaling=scaling, gamma=gamma):
            during = (code[used] >= burst.first) & (code[used] <= burst.last)
            row = {"term": term, "start": years[burst.first], "end": years[burst.last], "weight": burst.weight}
            for end, of in (("in", used[during]), ("out", used[~during])):
                row["share_" + end] = (found.hits[of][:, name] > 0).sum() / len(of) if len(of) else np.nan
                row["rate_" + end] = found.ratio(of)[name]
            rows.append(row)
    return pd.DataFrame(rows, columns=_BURSTS).astype({"start": "int64", "end": "int64"})


def _dated(found: Measured, by: str, within: str | None) -> tuple[Integers, Integers, Integers]:
    """The years; the documents that have one and anything to divide by; and the stratum of each of these."""
    years = years_of(found.groups, by)
    used = np.flatnonzero((found.groups.code >= 0) & (found.sizes > 0))
    if within is None:
        return years, used, np.zeros(len(used), dtype=np.int64)
    strata = grouping.groups(found.corpus, within).code
    used = used[strata[used] >= 0]
    return years, used, strata[used]


def _cuts(starts: list[int], times: int) -> Iterator[tuple[int, int, int]]:
    """Each change with the first time of the level before it and the end of the level after it."""
    for (first, start), (_, end) in pairwise(pairwise([0, *starts, times])):
        yield first, start, end


def _chance(
    found: Measured,
    which: npt.NDArray[np.bool_],
    used: Integers,
    strata: Integers,
    *,
    where: Callable[[int], tuple[Integers, Integers]],
) -> float:
    """The chance that one term changes as much in these of the documents."""
    of = used[which]
    return changepoints.chance(
        found.values[of].toarray()[:, 0],
        found.sizes[of],
        found.groups.code[of],
        where=where,
        strata=strata[which],
        resamples=found.resamples,
        seed=found.seed,
    )


def _levels(found: Measured, before: Integers, after: Integers, *, key: tuple[object, ...]) -> dict[str, Any]:
    """The levels of one term on both sides of a change, and how far they are apart."""
    old, new = (found.estimate(rows, key=(*key, side)) for side, rows in enumerate((before, after)))
    (away,), (low,), (high,) = intervals.difference(new, old)
    levels = {"before": old.value[0], "after": new.value[0], "difference": away, "low": low, "high": high}
    return levels | {"n_before": len(before), "n_after": len(after)}


def _said(hits: Floats, sizes: Floats, strata: Integers) -> Floats:
    """Hits beyond those that the rate of the stratum gives a document of this length.

    Ranks of rates would rise with length alone: a short document mostly lacks a rare term, a long one holds it.
    """
    _, code = np.unique(strata, return_inverse=True)
    strata_of = grouping.indicator(code, int(code.max()) + 1)
    expected = sizes[:, None] * ((strata_of @ hits) / (strata_of @ sizes)[:, None])[code]
    away: Floats = hits - expected
    away[np.abs(away) < 1e-9 * expected] = 0.0  # a document that is all of its stratum says nothing, but for rounding
    return away


def _centred(ranks: Floats, strata: Integers) -> Floats:
    """Ranks less their mean in the stratum."""
    _, code = np.unique(strata, return_inverse=True)
    strata_of = grouping.indicator(code, int(code.max()) + 1)
    means: Floats = (strata_of @ ranks) / np.bincount(code)[:, None]
    return ranks - means[code]
