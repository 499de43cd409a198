"""How well the first words of a topic stand together in the texts."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from corpus_tools.analysis.topics.engines import Floats
from corpus_tools.analysis.topics.material import Block

TOP = 10  # words of a topic that are compared, as in Röder et al. 2015
WINDOW = 110  # words of a sliding window: the one that agreed best with readers there
EPSILON = 1e-12  # as in gensim's C_V


def coherence(blocks: Iterable[Block], columns: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """NPMI and C_V of each topic, from the columns of its first words (topics × 10, -1 for none); NaN for fewer than two.

    NPMI: mean over pairs of words of ln(p(a, b) / (p(a) p(b))) / −ln p(a, b), p the share of units that hold them (Lau,
    Newman & Baldwin 2014); −1 for a pair that is in no unit. C_V: windows of 110 words; each word's NPMI with all words of
    the topic as a vector, its cosine with the sum of these vectors, mean over words (Röder, Both & Hinneburg 2015).
    """
    chosen = np.unique(columns[columns >= 0])
    places = [np.searchsorted(chosen, of[of >= 0]) for of in columns]
    joint, windows = np.zeros((2, len(chosen), len(chosen)))
    units = slides = 0
    for block in blocks:
        of_unit, more = _together(block, chosen)
        joint += of_unit
        units += len(block.ends)
        windows += of_unit + more[0]
        slides += len(block.ends) + more[1]
    npmi, c_v = _npmi(joint, units, missing=-1.0), _npmi(windows, slides, missing=None)
    return (
        np.array([_of_pairs(npmi[np.ix_(of, of)]) for of in places]),
        np.array([_cosines(c_v[np.ix_(of, of)]) for of in places]),
    )


def _together(block: Block, chosen: npt.NDArray[np.int64]) -> tuple[Floats, tuple[Floats, int]]:
    """Units that hold both words of each pair, and what windows add in long units: more of both, and more windows."""
    column = np.full(block.columns, -1, dtype=np.int32)
    column[chosen] = np.arange(len(chosen))
    held = csr_matrix(block.only(column, len(chosen)).counts > 0, dtype=np.float32)
    joint = (held.T @ held).toarray().astype(np.float64)
    length = np.diff(block.ends, prepend=0)
    long = np.flatnonzero(length > WINDOW)
    more, slides = -(held[long].T @ held[long]).toarray().astype(np.float64), -len(long)
    for unit in long.tolist():
        seen = _windows(column[block.words[block.ends[unit] - length[unit] : block.ends[unit]]])
        words = np.flatnonzero(seen.any(axis=0))
        more[np.ix_(words, words)] += seen[:, words].T @ seen[:, words]
        slides += len(seen)
    return joint, (more, slides)


def _windows(words: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
    """Windows × words: 1 where a window of 110 words holds one."""
    there = np.zeros((len(words) + 1, int(words.max(initial=-1)) + 1), dtype=np.int32)
    places = np.flatnonzero(words >= 0)
    there[places + 1, words[places]] = 1
    so_far = there.cumsum(axis=0)
    return (so_far[WINDOW:] > so_far[:-WINDOW]).astype(np.float32)


def _npmi(joint: Floats, n: int, *, missing: float | None) -> Floats:
    """NPMI of each pair; where it is never seen ``missing``, or as if seen a little (EPSILON)."""
    p = joint / n
    alone = np.maximum(np.diag(p), EPSILON)
    seen = p + EPSILON
    found: Floats = np.log(seen / np.outer(alone, alone)) / -np.log(np.minimum(seen, 1 - EPSILON))
    return found if missing is None else np.where(joint > 0, found, missing)


def _of_pairs(values: Floats) -> float:
    """Mean over pairs of different words."""
    return float(values[np.triu_indices(len(values), 1)].mean()) if len(values) > 1 else np.nan


def _cosines(vectors: Floats) -> float:
    """Mean cosine of each word's vector with the sum of all."""
    if len(vectors) < 2:
        return np.nan
    total = vectors.sum(axis=0)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(total)
    return float((vectors @ total / np.maximum(lengths, EPSILON)).mean())
