"""Two groups of documents beside each other, year by year, and tests of whether they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix, diags, vstack

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.statistics import intervals
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.statistics.permutation import Integers, each, p_values, shuffles
from corpus_tools.analysis.statistics.ranks import q_values
from corpus_tools.analysis.trends.adjusting import standardised
from corpus_tools.analysis.trends.estimates import MEASURES, Estimate, Measured, blocks, measured, tidy
from corpus_tools.analysis.trends.terms import Terms, years_of
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError


@progress.bar("comparison")
def compare(
    corpus: Corpus,
    terms: Terms,
    *,
    between: str | Corpus = "level",
    groups: tuple[Any, Any] | None = None,
    by: str = "year",
    measure: str = "rate",
    unit: str = "phrase",
    match: str = "longest",
    lexicon: Lexicon = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Two groups' rates year by year: one row a year in which both have documents, and term.

    The groups are two values of the column ``between`` (``groups=("province", "city")``; where it has only two they need no
    naming), or this corpus and another: ``between=other``, named as ``groups`` says. Columns: ``year`` (or as ``by`` says);
    ``term``; ``a``, ``b``, the names of the groups; ``rate_a``, ``rate_b`` (or ``share_``, ``mean_``: as ``measure`` says);
    ``difference``, a - b, with ``low``, ``high``, its 95 % interval (Newcombe 1998, from the intervals of both; NaN where
    one has none); ``n_a``, ``n_b``, documents. Years of one group alone are absent. For tests see :func:`contrast`.
    ``measure``, ``unit`` and ``resamples`` as for :func:`rate`. AnalysisError as for ``rate``; for groups that are not
    there, that share a document, or no year; and for a column of other than two values without ``groups``.
    """
    found = _sides(
        corpus, terms, between, groups, by=by, measure=measure, unit=unit, match=match, lexicon=lexicon,
        resamples=resamples, seed=seed,
    )  # fmt: skip
    columns = []
    for year in progress.steps(found.shared, "years", unit="years"):
        rows = [side.rows_of(year) for side in found.sides]
        one, other = (
            side.found.estimate(of, key=(side.name, year)) for side, of in zip(found.sides, rows, strict=True)
        )
        columns.append(found.names | _beside(measure, one, other) | {"n_a": len(rows[0]), "n_b": len(rows[1])})
    return tidy(pd.DataFrame({found.by: found.shared}), found.terms, columns)


@progress.bar("contrast")
def contrast(
    corpus: Corpus,
    terms: Terms,
    *,
    between: str | Corpus = "level",
    groups: tuple[Any, Any] | None = None,
    by: str = "year",
    cluster: str | None = None,
    measure: str = "rate",
    unit: str = "phrase",
    match: str = "longest",
    lexicon: Lexicon = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Whether two groups differ over all years in which both have documents, in level and in course: one row a term.

    Groups as in :func:`compare`. Columns: ``term``; ``a``, ``b``; ``rate_a``, ``rate_b`` (as ``measure`` says), of all shared
    years, each of which weighs ab / (a + b) of its characters (documents for shares and means) in both groups, as in Mantel
    and Haenszel 1959, so that a group's lean to some years is no difference; ``difference``, a - b, with ``low``, ``high``,
    its 95 % interval (as in :func:`adjusted`; of rates and means NaN where one has a single document in some year, or says
    nothing; with ``cluster`` the error over its values, of which each group needs 3); ``p_value``,
    the share of ``resamples`` shuffles of the groups' names among the documents of a year that give as large a difference;
    ``p_shape``, for the course: the share of shuffles in which the yearly differences vary as much about ``difference``,
    after that is taken away from a (NaN for a single shared year); ``q_value``, ``q_shape`` (Benjamini and Hochberg) over
    the terms; ``years`` that both share; ``n_a``, ``n_b``, documents in them.

    A shuffle takes documents as independent. Where the same places report year after year, ``cluster="place"`` deals the
    names to places, all years of one together; documents of unknown place, and without characters, are left out of every
    column, and so are years that this leaves to one group. ``between``, ``groups``, ``unit`` and AnalysisError as for
    :func:`compare`, and for a cluster that is in both groups.
    """
    found = _sides(
        corpus, terms, between, groups, by=by, measure=measure, unit=unit, match=match, lexicon=lexicon,
        resamples=resamples, seed=seed,
    )  # fmt: skip
    cluster = cluster if cluster is None else grouping.one(cluster)
    found = _comparable(found, cluster)
    pooled = _pooled(found, cluster)
    _, weights = _differences(np.zeros((len(pooled.sizes), 1)), pooled, pooled.label)
    share = weights / weights.sum()
    if cluster is None:
        levels = [
            standardised(of.found, list(map(of.rows_of, found.shared)), share, key=(of.name, "level"))
            for of in found.sides
        ]
    else:
        levels = [_clustered(pooled, label, share, measure=measure) for label in (1, 0)]
    p, p_shape = _tests(pooled, resamples=resamples, seed=seed)
    tests = {"p_value": p, "q_value": q_values(p), "p_shape": p_shape, "q_shape": q_values(p_shape)}
    n = {"years": len(found.shared), "n_a": int(pooled.label.sum()), "n_b": int((1 - pooled.label).sum())}
    return pd.DataFrame({"term": found.terms} | found.names | _beside(measure, *levels) | tests | n)


@dataclass(frozen=True)
class _Side:
    """One group: its name, what was counted in it, and its documents that are compared, with the year of each."""

    name: Any
    found: Measured
    rows: Integers
    year: Integers

    def rows_of(self, year: int) -> Integers:
        """Its documents of a year."""
        found: Integers = self.rows[self.year == year]
        return found

    def only(self, which: npt.NDArray[np.bool_]) -> _Side:
        """The same of some of its documents."""
        return replace(self, rows=self.rows[which], year=self.year[which])


@dataclass(frozen=True)
class _Sides:
    sides: tuple[_Side, _Side]
    by: str

    @cached_property
    def shared(self) -> Integers:
        """The years in which both have documents; AnalysisError for none."""
        one, other = self.sides
        shared: Integers = np.unique(one.year[np.isin(one.year, other.year)])
        if not len(shared):
            raise AnalysisError(f"groups {one.name!r} and {other.name!r} share no {self.by}")
        return shared

    @property
    def terms(self) -> list[str]:
        return self.sides[0].found.terms

    @property
    def names(self) -> dict[str, Any]:
        return {"a": self.sides[0].name, "b": self.sides[1].name}


def _sides(
    corpus: Corpus, terms: Terms, between: str | Corpus, groups: tuple[Any, Any] | None, *, by: str, **options: Any
) -> _Sides:
    """Count the terms in both groups; AnalysisError where there is nothing to compare."""
    by = grouping.one(by)
    if not isinstance(between, Corpus):
        between = grouping.one(between)
    if isinstance(between, Corpus):
        names = _two(groups or ("this", "other"))
        parts: tuple[Corpus, Corpus] = (corpus, between)
    else:
        names = _two(groups or _only_two(corpus, between))
        parts = (corpus.where(**{between: names[0]}), corpus.where(**{between: names[-1]}))
    if empty := [name for name, part in zip(names, parts, strict=True) if not len(part)]:
        raise AnalysisError(f"no document is of group {empty[0]!r}")
    if set(parts[0].described["doc_id"]) & set(parts[1].described["doc_id"]):
        raise AnalysisError("both groups hold the same documents: what is in both cannot tell them apart")
    one, other = (
        _side(name, measured(part, terms, by=by, **options), by) for name, part in zip(names, parts, strict=True)
    )
    return _Sides((one, other), by)


def _two(groups: Any) -> tuple[Any, Any]:
    if not isinstance(groups, tuple | list) or len(groups) != 2 or groups[0] == groups[1]:
        raise AnalysisError(f"groups are {groups!r}: name two")
    if any(isinstance(name, Iterable) and not isinstance(name, str) for name in groups):
        raise AnalysisError(
            f"groups are {groups!r}: each must be one value; for several compare a view with another, between=corpus.where(…)"
        )
    return groups[0], groups[1]


def _side(name: Any, found: Measured, by: str) -> _Side:
    code = found.groups.code
    return _Side(name, found, np.flatnonzero(code >= 0), years_of(found.groups, by)[code[code >= 0]])


def _only_two(corpus: Corpus, column: str) -> tuple[Any, Any]:
    values = grouping.groups(corpus, column).keys[column].tolist()
    if len(values) != 2:
        raise AnalysisError(
            f"{column} has {len(values)} values ({', '.join(map(str, values[:9]))}): name two of them as groups"
        )
    return values[0], values[1]


def _beside(measure: str, one: Estimate, other: Estimate) -> dict[str, Any]:
    away, low, high = intervals.difference(one, other)
    return {f"{measure}_a": one.value, f"{measure}_b": other.value, "difference": away, "low": low, "high": high}


@dataclass(frozen=True)
class _Pooled:
    """The documents of both groups in shared years, from 0; ``label`` 1 for the first group; ``cluster`` -1 for none."""

    values: csr_matrix
    sizes: Floats
    year: Integers
    label: Integers
    cluster: Integers

    def deals(self, *, resamples: int, seed: int) -> Iterator[Integers]:
        """Labels dealt anew, deals × documents: among the documents of a year, or all of a cluster together."""
        if (self.cluster < 0).all():
            yield from (self.label[some] for some in shuffles(self.year, resamples=resamples, seed=seed))
            return
        whole = np.zeros(int(self.cluster.max()) + 1, dtype=np.int64)
        whole[self.cluster] = self.label
        for some in shuffles(np.zeros_like(whole), resamples=resamples, seed=seed):
            yield whole[some][:, self.cluster]


def _comparable(found: _Sides, cluster: str | None) -> _Sides:
    """The same of documents that have anything to divide by and a known ``cluster``, in years that both still share."""
    sides = list[_Side]()
    for side in found.sides:
        there = side.found.sizes[side.rows] > 0
        if cluster is not None:
            there &= grouping.groups(side.found.corpus, cluster).code[side.rows] >= 0
        sides.append(side.only(there))
    shared = _Sides((sides[0], sides[1]), found.by).shared
    one, other = (side.only(np.isin(side.year, shared)) for side in sides)
    return _Sides((one, other), found.by)


def _pooled(found: _Sides, cluster: str | None) -> _Pooled:
    """Put the documents of both groups together."""
    one, other = found.sides
    label = np.repeat([1, 0], [len(one.rows), len(other.rows)])
    year = np.searchsorted(found.shared, np.concatenate([one.year, other.year]))
    names = pd.concat([_names(side, cluster) for side in found.sides], ignore_index=True)
    groups_of = pd.Series(label).groupby(names).nunique()
    if (groups_of > 1).any():
        raise AnalysisError(
            f"{cluster} {groups_of.idxmax()!r} is in both groups: its documents cannot be dealt together"
        )
    codes, _ = pd.factorize(names)
    values, sizes = ([getattr(side.found, of)[side.rows] for side in found.sides] for of in ("values", "sizes"))
    return _Pooled(csr_matrix(vstack(values)), np.concatenate(sizes), year, label, codes.astype(np.int64))


def _names(side: _Side, cluster: str | None) -> pd.Series[Any]:
    """The cluster of each document, none without one."""
    if cluster is None:
        return pd.Series(None, index=range(len(side.rows)), dtype=object)
    return side.found.corpus.described[cluster].iloc[side.rows].astype(object)


def _clustered(pooled: _Pooled, label: int, weights: Floats, *, measure: str) -> Estimate:
    """The mean ratio of a group over the years; its error, linearised, takes all documents of a cluster as one observation."""
    rows = np.flatnonzero(pooled.label == label)
    values, sizes, year = pooled.values[rows], pooled.sizes[rows], pooled.year[rows]
    clusters, code = np.unique(pooled.cluster[rows], return_inverse=True)
    years, whole = grouping.indicator(year, len(weights)), grouping.indicator(code, len(clusters))
    size = years @ sizes
    ratio = (years @ values).toarray() / size[:, None]
    part = diags(weights[year] / size[year])  # what one hit in a document adds to the mean
    away = (whole @ part @ values).toarray() - (whole @ part @ diags(sizes) @ years.T) @ ratio
    freedom = len(clusters) - 1
    value, error = weights @ ratio, np.sqrt((away**2).sum(axis=0) * len(clusters) / max(freedom, 1))
    if measure == "share" and freedom >= intervals.LEAST - 1:
        bounds = intervals.wilson(value, intervals.effective(value, error, len(clusters)))
    else:
        bounds = intervals.score(value, error, freedom)
    return Estimate(value * MEASURES[measure], *(bound * MEASURES[measure] for bound in bounds))


def _differences(values: Floats, pooled: _Pooled, label: Integers) -> tuple[Floats, Floats]:
    """Differences of the groups' ratios, years × columns, and the weight of each year: 0 where one has no document."""
    cell = grouping.indicator(2 * pooled.year + label, 2 * (int(pooled.year.max()) + 1))
    sums, sizes = cell @ values, cell @ pooled.sizes
    ratios = np.divide(sums, sizes[:, None], out=np.zeros_like(sums), where=sizes[:, None] > 0)
    a, b = sizes[1::2], sizes[::2]
    return ratios[1::2] - ratios[::2], np.divide(a * b, a + b, out=np.zeros_like(a), where=a + b > 0)


def _mean(away: Floats, weights: Floats) -> Floats:
    """Mean difference over the years; 0 where a deal of whole places leaves no year to both groups."""
    return np.asarray(weights @ away / (weights.sum() or 1.0))


def _tests(pooled: _Pooled, *, resamples: int, seed: int) -> tuple[Floats, Floats]:
    """The chance of each term's difference and of its course."""

    def level(values: Floats, label: Integers) -> Floats:
        away, weights = _differences(values, pooled, label)
        difference: Floats = np.abs(_mean(away, weights))
        return difference

    def shape(values: Floats, label: Integers) -> Floats:
        away, weights = _differences(values, pooled, label)
        varied: Floats = weights @ (away - _mean(away, weights)) ** 2
        return varied

    p, p_shape = list[Floats](), list[Floats]()
    for block in blocks(pooled.values):
        seen = _mean(*_differences(block, pooled, pooled.label))
        aligned = block - np.outer(pooled.label * pooled.sizes, seen)
        varied = shape(aligned, pooled.label)
        silent = ~block.any(axis=0)  # what nobody says is not tested
        seen[silent], varied[silent] = np.nan, np.nan
        for statistic, of, observed, found in ((level, block, np.abs(seen), p), (shape, aligned, varied, p_shape)):
            deals = pooled.deals(resamples=resamples, seed=seed)
            found.append(p_values(observed, each(deals, partial(statistic, of))))
    courses = np.concatenate(p_shape)
    return np.concatenate(p), courses if len(np.unique(pooled.year)) > 1 else np.full_like(courses, np.nan)
