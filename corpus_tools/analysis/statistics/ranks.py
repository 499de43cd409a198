"""Tests over documents for many terms at once: ranks, permutations, and what many tests do to p."""

from __future__ import annotations

from itertools import chain, combinations
from math import comb
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy
from scipy import special
from scipy.sparse import csc_matrix, csr_matrix

from corpus_tools import progress
from corpus_tools.analysis.statistics import effect
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.statistics.effect import Sums

BLOCK = 4_000_000  # values ranked, or weights drawn, at a time: 32 MB for each array of them

# Variance of the number of documents that have a term, from which on the normal approximation is good: skewness is then
# below .15, and p of 1e-4 right within a third.
CROWD = 50
EVERY = 2000  # choices of a group's documents that are gone through one by one: one of 2000, two of 60, three of 20
_EQUAL = 1e-6  # sums of ranks are whole or half numbers
LEAST = 1e-15  # the least p that is told apart: the other end of the distribution is 1 - p

Integers = npt.NDArray[np.int64]


def mann_whitney(counts: csc_matrix, sizes: Floats, code: Integers, groups: int) -> Floats:
    """Two-sided p of the Mann-Whitney test (1947) of each group against all other rows: groups × columns.

    Ranked are ``counts`` (documents × terms) / ``sizes``; ``code``: the group of each row, all known. Most rates are 0, and the
    normal approximation makes p of a rare term too small by orders of magnitude. So the sum of ranks is taken in two steps: how
    many of the documents that have the term are of the group is hypergeometric, and the ranks of these among them are about
    normal (with the correction for ties). Where both steps are large, both are normal together; where documents are few, every
    choice of them is gone through. p is a mid-p (Lancaster 1961): what is as extreme as the observed counts half. NaN for a
    group that has no row or no other row, 1 where all rates are equal.
    """
    rows, columns = counts.shape
    members = np.bincount(code, minlength=groups)
    p = np.full((groups, columns), np.nan)
    for first, last in _blocks(counts.indptr):
        block = csc_matrix(counts[:, first:last], dtype=np.float64)
        block.data /= sizes[block.indices]
        ranked = _ranks(block)
        held = _group_sums(csc_matrix((np.ones(block.nnz), block.indices, block.indptr), block.shape), code, groups)
        sums = _group_sums(ranked.ranks, code, groups)
        for group in np.flatnonzero((members > 0) & (members < rows)):
            p[group, first:last] = _p_of_ranks(ranked, held[group], sums[group], int(members[group]))
    return p


def _blocks(indptr: npt.NDArray[np.integer]) -> list[tuple[int, int]]:
    """Runs of columns that hold about a block of values each."""
    edges = np.searchsorted(indptr, np.arange(0, int(indptr[-1]) + BLOCK, BLOCK))
    edges = np.unique(np.concatenate([[0], np.minimum(edges, len(indptr) - 1), [len(indptr) - 1]]))
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


class _Ranked(NamedTuple):
    """Ranks of each column's values above 0 among themselves, how many there are, and the sum of t³ - t over their ties."""

    ranks: csc_matrix
    size: Floats
    ties: Floats


def _ranks(values: csc_matrix) -> _Ranked:
    column = np.repeat(np.arange(values.shape[1]), np.diff(values.indptr))
    order = np.lexsort((values.data, column))
    ordered, of = values.data[order], column[order]
    new = np.append(True, (np.diff(ordered) != 0) | (np.diff(of) != 0))[: len(ordered)]
    starts = np.flatnonzero(new)
    sizes = np.diff(np.append(starts, len(ordered)))
    ranks = np.empty(len(ordered))
    ranks[order] = np.repeat(starts + (sizes + 1) / 2, sizes) - values.indptr[of]
    ties = np.bincount(of[starts], weights=sizes.astype(np.float64) ** 3 - sizes, minlength=values.shape[1])
    shifted = csc_matrix((ranks, values.indices, values.indptr), shape=values.shape)
    return _Ranked(shifted, np.diff(values.indptr).astype(np.float64), np.asarray(ties, dtype=np.float64))


def _group_sums(values: csc_matrix, code: Integers, groups: int) -> Floats:
    """Sums of the rows of each group: groups × columns."""
    column = np.repeat(np.arange(values.shape[1]), np.diff(values.indptr))
    cell = code[values.indices] * values.shape[1] + column
    sums = np.bincount(cell, weights=values.data, minlength=groups * values.shape[1])
    return np.asarray(sums, dtype=np.float64).reshape(groups, values.shape[1])


def _p_of_ranks(ranked: _Ranked, held: Floats, sums: Floats, n: int) -> Floats:
    """p of one group of ``n`` rows, ``held`` of which have the term, their ranks adding up to ``sums``."""
    rows, k = ranked.ranks.shape[0], ranked.size
    step = (rows - k - 1) / 2  # by so much, and its rank, a document that has the term outranks one that has not
    seen = sums + held * step
    if comb(rows, n) <= EVERY:
        upper = _of_every_choice(ranked, seen, step, n)
    else:
        crowd = n / rows * k * (rows - k) / rows * (1 - n / rows)  # about the variance of the hypergeometric number
        upper, spread, rare = np.empty(len(k)), _unit_variance(ranked), crowd < CROWD
        upper[rare] = _mixture(seen[rare], k[rare], step[rare], spread[rare], n, rows)
        upper[~rare] = _normal(seen[~rare], k[~rare], step[~rare], ranked.ties[~rare], n, rows)
    return np.asarray(np.clip(2 * np.minimum(upper, 1 - upper), LEAST, 1.0))


def _of_every_choice(ranked: _Ranked, seen: Floats, step: Floats, n: int) -> Floats:
    """Chance of a larger sum (of as large a one half) over every choice of ``n`` rows."""
    rows, columns = ranked.ranks.shape
    members = np.fromiter(chain.from_iterable(combinations(range(rows), n)), dtype=np.int64)
    choices = csr_matrix(
        (np.ones(len(members)), members, np.arange(0, len(members) + 1, n)), shape=(len(members) // n, rows)
    )
    shifts = np.repeat(step, np.diff(ranked.ranks.indptr))
    values = csc_matrix(
        (ranked.ranks.data + shifts, ranked.ranks.indices, ranked.ranks.indptr), shape=ranked.ranks.shape
    )
    upper, width = np.empty(columns), max(1, BLOCK // choices.shape[0])
    for first in range(0, columns, width):
        part = slice(first, first + width)
        above = (choices @ values[:, part]).toarray() - seen[part]
        upper[part] = (above > _EQUAL).mean(axis=0) + (np.abs(above) <= _EQUAL).mean(axis=0) / 2
    return upper


def _unit_variance(ranked: _Ranked) -> Floats:
    """Variance of a sum of j of k ranks, divided by j (k - j)."""
    k = ranked.size
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(k > 1, np.maximum(k + 1 - ranked.ties / (k * (k - 1)), 0) / 12, 0.0)


def _mixture(seen: Floats, k: Floats, step: Floats, spread: Floats, n: int, rows: int) -> Floats:
    """Chance of a larger sum (of as large a one half) over the hypergeometric number j of documents that have the term."""
    least, most = np.maximum(0, n - (rows - k)), np.minimum(k, n)
    chance = np.exp(
        _log_choose(k, least) + _log_choose(rows - k, n - least) - _log_choose(np.float64(rows), np.float64(n))
    )
    upper, active = np.zeros(len(k)), np.arange(len(k))
    j = least.copy()
    while len(active):
        now, size = j[active], k[active]
        upper[active] += chance[active] * _above(now, size, seen[active] - now * step[active], spread[active])
        ways = (size - now) * (n - now) / ((now + 1) * (rows - size - n + now + 1))
        chance[active] *= np.where(now < most[active], ways, 0)
        j[active] += 1
        active = active[j[active] <= most[active]]
    return np.asarray(np.clip(upper, 0, 1))


def _above(j: Floats, k: Floats, seen: Floats, spread: Floats) -> Floats:
    """Chance that j of k ranks add up to more than ``seen`` (half of the chance of as much): exact for one and all but one."""
    deviation = np.sqrt(np.maximum(j * (k - j), 0) * spread)
    distance = j * (k + 1) / 2 - seen
    with np.errstate(divide="ignore", invalid="ignore"):
        above = np.where(deviation > 0, special.ndtr(distance / deviation), (np.sign(np.round(distance, 6)) + 1) / 2)
        one = (k + 0.5 - seen) / k
        all_but_one = (k * (k + 1) / 2 - seen - 0.5) / k
    return np.asarray(np.clip(np.where(j == 1, one, np.where(j == k - 1, all_but_one, above)), 0, 1))


def _normal(seen: Floats, k: Floats, step: Floats, ties: Floats, n: int, rows: int) -> Floats:
    """The same where numbers are large: the usual normal approximation with all ties, that of the zeros among them."""
    zeros = rows - k
    mean = n / rows * (k * (k + 1) / 2 + k * step)
    spread = rows + 1 - (ties + zeros**3 - zeros) / (rows * (rows - 1))
    return np.asarray(special.ndtr((mean - seen) / np.sqrt(n * (rows - n) / 12 * spread)))


def _log_choose(n: npt.NDArray[np.floating] | np.float64, k: npt.NDArray[np.floating] | np.float64) -> Floats:
    return np.asarray(special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1))


def permutation(
    counts: csr_matrix, sizes: Floats, group: npt.NDArray[np.bool_], *, resamples: int, seed: list[int]
) -> Floats:
    """Two-sided p of the log ratio of a group's rate to that of the other rows, one a column, by permuted documents.

    The rate is sum of counts / sum of sizes, all above 0. Which documents are of the group is drawn anew ``resamples`` times, all
    columns from the same draws; p = (1 + draws with as large a log ratio) / (1 + draws) (Phipson & Smyth 2010). Log ratios
    are compared in standard errors (:func:`effect.studentised`), so that p holds also where the documents of one side are
    shorter, or fewer, and vary more (Janssen 1997, Statistics & Probability Letters 36; Chung & Romano 2013, Annals of
    Statistics 41). NaN where the group, or its rest, is empty.
    """
    rows, columns = counts.shape
    if not 0 < group.sum() < rows:
        return np.full(columns, np.nan)
    x, whole = csr_matrix(counts, dtype=np.float64), float(sizes.sum())
    per_term = [csr_matrix(part).T.tocsr() for part in (x, x.power(2), x.multiply(sizes[:, None]), x > 0)]
    size = int(group.sum())

    def sums(labels: Floats, n: int) -> Sums:
        xs, squares, crossed, held = (np.asarray(part @ labels) for part in per_term)
        return Sums(xs, squares, crossed, held, sizes @ labels, sizes**2 @ labels, n)

    everything = sums(np.ones((rows, 1)), rows)

    def distances(labels: Floats) -> Floats:  # rows × draws -> columns × draws
        inside = sums(labels, size)
        outside = everything.minus(inside)
        return effect.studentised(effect.of_documents(inside, whole), effect.of_documents(outside, whole))

    seen = distances(group.astype(np.float64)[:, None])
    random, extreme = np.random.default_rng(seed), np.zeros(columns, dtype=np.int64)
    step = max(1, BLOCK // (4 * max(rows, columns)))  # a dozen arrays are held at a time
    for first in progress.steps(range(0, resamples, step), "shuffles", unit="blocks"):
        labels = np.repeat(group.astype(np.float64)[:, None], min(step, resamples - first), axis=1)
        drawn = distances(random.permuted(labels, axis=0))
        extreme += (drawn >= seen * (1 - 1e-9)).sum(axis=1)
    p: Floats = (1 + extreme) / (1 + resamples)
    return p


def q_values(p: Floats) -> Floats:
    """Benjamini & Hochberg's (1995) adjusted p over the last axis; NaN, which was not tested, stays."""
    q = np.full(p.shape, np.nan)
    for row in np.ndindex(p.shape[:-1]):
        tested = np.isfinite(p[row])
        if tested.any():
            q[row][tested] = scipy.stats.false_discovery_control(p[row][tested])
    return q
