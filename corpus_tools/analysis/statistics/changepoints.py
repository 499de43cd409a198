"""Where the level of a series changes: least squares with a price for each change.

A series is cut into segments of constant level; the cut that is cheapest in squares around the levels plus a penalty for each
change is found by dynamic programming, exactly: PELT (Killick, Fearnhead and Eckley 2012), which is faster on long series, may
prune away the cheapest cut where segments have a least length. Each time weighs as much as was seen then, so that the level of a
segment is its pooled rate and a time with one document cannot outvote a time with twenty.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from corpus_tools.analysis.statistics.bootstrap import BLOCK, Floats
from corpus_tools.analysis.statistics.permutation import Integers, p_values, shuffles
from corpus_tools.errors import MissingPackageError

SHORTEST = 3  # times in a segment: one or two are an event, not a level


def noise(series: Floats, weights: Floats) -> float:
    """Variance of a time of weight 1 around its level, from differences of neighbours (Rice 1984).

    Jumps between levels are in it too, which makes the penalty rather too large than too small; the median of differences
    would be 0 wherever a term is silent half of the time.
    """
    return float(np.mean(np.diff(series) ** 2 / (1 / weights[:-1] + 1 / weights[1:])))


def changes(series: Floats, weights: Floats) -> list[int]:
    """Where new segments begin, counted from 0, at least 3 times apart; ``weights`` above 0.

    The penalty is that of the Bayesian information criterion, 2 · σ² · ln(times) a change, one for the level and one for
    the place (Yao 1988), σ² by :func:`noise`. MissingPackageError without ruptures.
    """
    variance = noise(series, weights) if len(series) > 1 else 0.0
    if len(series) < 2 * SHORTEST or not variance:
        return []
    try:
        from ruptures import Dynp
        from ruptures.base import BaseCost
    except ImportError:
        raise MissingPackageError("finding change points", "corpus-tools[changes]") from None

    class Squares(BaseCost):  # type: ignore[misc]  # ruptures has no types
        """Weighted squares around the level of a segment."""

        model, min_size = "weighted_l2", SHORTEST

        def fit(self, signal: npt.NDArray[np.float64]) -> Squares:
            x, w = signal.T
            self.signal = signal
            self.sums = np.vstack([np.zeros(3), np.cumsum([w, w * x, w * x * x], axis=1).T])
            return self

        def error(self, start: int, end: int) -> float:
            weight, first, second = self.sums[end] - self.sums[start]
            return float(second - first**2 / weight)

    # Centred, so that squares do not cancel; in units of the noise, so that the penalty has one scale.
    centred = (series - np.average(series, weights=weights)) / np.sqrt(variance)
    signal, penalty = np.column_stack([centred, weights]), 2 * np.log(len(series))
    costs = Squares().fit(signal)
    search = Dynp(custom_cost=costs, min_size=SHORTEST, jump=1).fit(signal)
    cheapest, found = costs.error(0, len(series)), list[int]()
    for number in range(1, len(series) // SHORTEST):
        if number * penalty >= cheapest:  # squares are never below 0: more changes cannot pay
            break
        ends = search.predict(n_bkps=number)
        total = costs.sum_of_costs(ends) + number * penalty
        if total < cheapest - 1e-9:
            cheapest, found = total, [int(end) for end in ends[:-1]]
    return found


def single(times: int) -> tuple[Integers, Integers]:
    """Where a change can be: all stretches from the first time on, as first times and ends, that leave 3 times each."""
    ends = np.arange(SHORTEST, times - SHORTEST + 1)
    return np.zeros_like(ends), ends


def stretches(times: int) -> tuple[Integers, Integers]:
    """All stretches of 3 times or more that leave none or 3 before them and after them, but for the whole."""
    first, end = np.triu_indices(times + 1, SHORTEST)
    before, after = first, times - end
    allowed = ((before == 0) | (before >= SHORTEST)) & ((after == 0) | (after >= SHORTEST)) & (before + after > 0)
    return first[allowed], end[allowed]


def gains(sums: Floats, sizes: Floats, where: tuple[Integers, Integers]) -> Floats:
    """What a level of its own for each stretch would save in weighted squares: … × stretches.

    ``sums``, ``sizes``: … × times; a level is sum of sums / sum of sizes.
    """
    first, end = where
    total, size = (np.insert(np.cumsum(part, axis=-1), 0, 0, axis=-1) for part in (sums, sizes))
    inside, width = (part[..., end] - part[..., first] for part in (total, size))
    away = inside - total[..., -1:] * (width / size[..., -1:])
    return np.asarray(away**2 * (1 / width + 1 / (size[..., -1:] - width)))


def chance(
    values: Floats,
    sizes: Floats,
    times: Integers,
    *,
    where: Callable[[int], tuple[Integers, Integers]],
    strata: Integers,
    resamples: int,
    seed: int,
) -> float:
    """Share of shuffles of documents over the times in which the best stretch saves as much as the best observed one.

    ``values``, ``sizes``, ``times``, ``strata``: one a document, which is shuffled within its stratum; all sizes above 0.
    ``where``: the stretches to search: :func:`single` asks for one change, :func:`stretches` also for a rise with its fall
    (circular binary segmentation, Olshen et al. 2004). NaN where nothing has a value.
    """
    if not values.any():
        return float("nan")
    order = np.argsort(times, kind="stable")
    values, sizes = values[order], sizes[order]
    starts = np.flatnonzero(np.diff(times[order], prepend=-1))
    places = where(len(starts))

    def best(orders: Integers) -> Floats:
        sums, whole = (np.add.reduceat(part[orders], starts, axis=1) for part in (values, sizes))
        step = max(1, BLOCK // len(places[0]))
        parts = [slice(first, first + step) for first in range(0, len(orders), step)]
        return np.concatenate([gains(sums[of], whole[of], places).max(axis=1, keepdims=True) for of in parts])

    orders = shuffles(strata[order], resamples=resamples, seed=seed)
    return float(p_values(best(np.arange(len(values))[None])[0], map(best, orders))[0])
