"""How varied the words of one text are, by measures that do not fall with its length as types over tokens do.

Each takes the words of a text as numbers, in the order of the text, and gives NaN for a text that is too short.
HD-D (McCarthy and Jarvis 2007) is not among them: it draws from the whole text, and longer reports have more subjects.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[Any]

FACTOR = 0.72  # where the curve of types over tokens has flattened, McCarthy and Jarvis 2010


def mattr(words: Words, *, window: int) -> float:
    """Types over tokens of every stretch of ``window`` words, their mean (0 to 1); NaN for a text shorter than that.

    Covington and McFall 2010. A word adds a type to the stretches in which it is the first of its kind: those that begin
    after its last occurrence. So one pass over the occurrences gives the sum over all stretches.
    """
    n = len(words)
    if n < window:
        return float("nan")
    at = np.arange(n)
    first = np.maximum(at - window + 1, last_occurrence(words) + 1)
    stretches = np.minimum(at, n - window) - np.maximum(first, 0) + 1
    return float(np.maximum(stretches, 0).sum() / (window * (n - window + 1)))


def mtld(words: Words, *, factor: float = FACTOR) -> float:
    """Words after which types over tokens fall below ``factor``, in the mean, read forwards and backwards.

    McCarthy and Jarvis 2010: a factor ends with the word at which the ratio falls below, the next begins after it; what is
    left counts as the part of a factor that it has gone, (1 - ratio) / (1 - factor). NaN where no word returns.
    """
    forwards, backwards = (_factors(last_occurrence(order).tolist(), factor) for order in (words, words[::-1]))
    if not forwards or not backwards:
        return float("nan")
    return len(words) * (1 / forwards + 1 / backwards) / 2


def last_occurrence(words: Words) -> npt.NDArray[np.int64]:
    """For each place the place before it where the same word stood last, -1 where it is the first of its kind."""
    order = np.argsort(words, kind="stable")
    same = words[order][1:] == words[order][:-1]
    before = np.full(len(words), -1, dtype=np.int64)
    before[order[1:][same]] = order[:-1][same]
    return before


def _factors(before: list[int], factor: float) -> float:
    """Factors of a text, the last one in part."""
    factors, start, types = 0.0, 0, 0
    for at, last in enumerate(before):
        types += last < start
        if types / (at - start + 1) < factor:
            factors, start, types = factors + 1, at + 1, 0
    rest = len(before) - start
    return factors + (1 - types / rest) / (1 - factor) if rest else factors
