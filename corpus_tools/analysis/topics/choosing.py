"""How many topics: what each number of them is worth, and which one can be defended."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis.topics import coherence, engines, matching, ranking
from corpus_tools.analysis.topics.engines import Floats, Task, weighted
from corpus_tools.analysis.topics.material import MAX_SHARE, MIN_WORDS, Asked, Block, Material, check_k, material
from corpus_tools.analysis.topics.resampling import loadings_of_resamples
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

LADDER = (5, 10, 15, 20, 25, 30, 40)
SEEDS = 5
STEADY = 0.8  # share of refits in which topics must come back on average, for a number of topics to be recommended
HELD_OUT = 5  # every fifth document, drawn by chance, is held out


@progress.bar("numbers of topics")
def choose(
    corpus: Corpus,
    ks: Iterable[int] = LADDER,
    *,
    unit: str = "paragraph",
    seed: int = 0,
    seeds: int = SEEDS,
    words: WordFilter = CONTENT,
    min_words: int = MIN_WORDS,
    max_share: float | None = None,
) -> pd.DataFrame:
    """Compare numbers of topics, found as by ``fit`` with method ``nmf``: one row a k.

    Columns: ``k``; ``npmi`` and ``c_v``, means over topics, with ``exclusivity`` and ``stability`` as of ``Topics.quality``;
    ``steady``, topics that come back in at least 70 % of the refits; ``residual``, ‖X − WH‖ / ‖X‖ of the fit (0 to 1);
    ``held_out``, the same of words that were not seen: topics are found in four fifths of the documents, each unit of the
    others is given half of the words, and its other half is foretold (document completion, Wallach et al. 2009; for
    factorisations Owen & Perry 2009), mean over documents, with its standard error ``held_out_error``; ``recommended``, true
    in one row; ``reason``.

    Recommended is the smallest k whose held-out error is within one standard error of the least (Breiman et al. 1984), of
    those whose topics come back: mean stability of at least .8, or where none has it, the highest. More topics than that
    would say more, but not the same again. Documents and words that are held out are one draw by ``seed``, the same for
    every k. ``unit``, ``seeds``, ``words``, ``min_words`` and ``max_share`` as of :func:`fit`. AnalysisError for no k, one
    that the corpus cannot carry, and fewer than 10 documents.
    """
    if isinstance(ks, int):
        raise AnalysisError(f"ks is {ks}; name the numbers of topics to compare: for instance ks=[10, 20, 30]")
    asked = Asked(unit, words, min_words, MAX_SHARE.get(unit, 1.0) if max_share is None else max_share, False)
    return compare(material(corpus, asked), list(ks), seed=seed, seeds=seeds)


def ladder(found: Material) -> list[int]:
    """The usual numbers of topics that this corpus can carry."""
    most = min(found.size, len(found.terms)) - 1
    return [k for k in LADDER if k <= most] or [max(2, most)]


def compare(found: Material, ks: list[int], *, seed: int, seeds: int) -> pd.DataFrame:
    """The frame of :func:`choose` for units that were counted."""
    if not ks:
        raise AnalysisError("no numbers of topics to compare: for instance ks=[10, 20, 30]")
    if seeds < 2:
        raise AnalysisError(f"seeds is {seeds}; whether topics come back takes at least 2")
    for k in ks:
        check_k(k, found)
    (block,) = found.blocks()
    reports = len(np.unique(found.report[block.document]))
    if reports < 2 * HELD_OUT:
        raise AnalysisError(f"how many topics cannot be told from {reports} documents: at least {2 * HELD_OUT}; give k")
    rows = [
        _row(found, block, k, seed=seed, seeds=seeds)
        for k in progress.steps(sorted(set(ks)), "numbers of topics", unit="k")
    ]
    return _recommended(pd.DataFrame(rows))


def _row(found: Material, block: Block, k: int, *, seed: int, seeds: int) -> dict[str, float]:
    task = Task(block.counts, found.idf, k, seed)
    fitted = engines.nmf(task)
    columns = ranking.best(fitted.loadings, fitted.weights.sum(axis=0), by="weight", top=coherence.TOP)
    npmi, c_v = coherence.coherence([block], ranking.known(fitted.loadings, columns))
    report = found.report[block.document]
    others = loadings_of_resamples(engines.nmf, task, report, seeds=seeds)
    recurs = matching.refits_of(fitted.loadings, others).groupby("topic")["recurs"].mean()
    errors = _held_out(task, report, seed=seed)
    return {
        "k": k,
        "npmi": np.nanmean(npmi),
        "c_v": np.nanmean(c_v),
        "exclusivity": ranking.exclusive(fitted.loadings, columns).mean(),
        "stability": recurs.mean(),
        "steady": int((recurs >= matching.STEADY).sum()),
        "residual": _of_all(weighted(task.counts, task.idf), fitted.weights, fitted.loadings),
        "held_out": errors.mean(),
        "held_out_error": errors.std(ddof=1) / np.sqrt(len(errors)),
    }


def _of_all(matrix: csr_matrix, weights: Floats, loadings: Floats) -> float:
    return float(np.sqrt(_residual(matrix, weights, loadings).sum() / _squares(matrix).sum()))


def _residual(matrix: csr_matrix, weights: Floats, loadings: Floats) -> Floats:
    """‖x − wH‖² of each unit, without filling the matrix."""
    crossed = np.einsum("ij,ij->i", np.asarray(matrix @ loadings.T), weights)
    modelled = np.einsum("ij,jk,ik->i", weights, loadings @ loadings.T, weights)
    found: Floats = np.maximum(_squares(matrix) - 2 * crossed + modelled, 0)
    return found


def _squares(matrix: csr_matrix) -> Floats:
    return np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float64).ravel()


def _held_out(task: Task, document: npt.NDArray[np.int64], *, seed: int) -> Floats:
    """‖X − WH‖ / ‖X‖ of the unseen half of the words, one number a document held out."""
    random, names = np.random.default_rng(seed), np.unique(document)
    held = np.isin(document, random.permutation(names)[: max(2, len(names) // HELD_OUT)])
    loadings = engines.nmf(task._replace(counts=task.counts[~held])).loadings
    seen = random.permutation(loadings.shape[1]) < loadings.shape[1] // 2
    matrix = weighted(csr_matrix(task.counts[held]), task.idf)
    weights = engines.folded(csr_matrix(matrix[:, seen]), loadings[:, seen])
    unseen = csr_matrix(matrix[:, ~seen])
    of, number = np.unique(document[held], return_inverse=True)
    wrong, whole = (
        np.bincount(number, weights=values, minlength=len(of))
        for values in (_residual(unseen, weights, loadings[:, ~seen]), _squares(unseen))
    )
    return np.sqrt(wrong[whole > 0] / whole[whole > 0])


def _recommended(frame: pd.DataFrame) -> pd.DataFrame:
    """Mark the number of topics that the rule of :func:`choose` finds, and say why, and why not the others."""
    enough = STEADY if (frame["stability"] >= STEADY).any() else frame["stability"].max()
    comes_back = frame["stability"] >= enough
    best = frame[comes_back].nsmallest(1, "held_out").iloc[0]
    close = comes_back & (frame["held_out"] <= best["held_out"] + best["held_out_error"])
    chosen = close.idxmax()
    reasons = [
        _why(stability, back=back, near=near)
        for stability, back, near in zip(frame["stability"], comes_back, close, strict=True)
    ]
    reasons[chosen] = _why_this(frame, chosen, alone=comes_back.sum() == 1)
    return frame.assign(recommended=frame.index == chosen, reason=reasons)


def _why(stability: float, *, back: bool, near: bool) -> str:
    """Why a number of topics is not recommended."""
    if not back:
        return f"topics do not come back often enough: stability {stability:.2f}, asked for {STEADY:.2f}"
    if not near:
        return "foretells unseen words worse by more than one standard error"
    return "foretells unseen words no better than fewer topics, by more than one standard error"


def _why_this(frame: pd.DataFrame, chosen: int, *, alone: bool) -> str:
    """Why a number of topics is recommended."""
    stability = frame["stability"].iloc[chosen]
    if stability < STEADY:
        return f"no topics come back often enough, these most: stability {stability:.2f}, asked for {STEADY:.2f}"
    most = "" if chosen < len(frame) - 1 else "; more topics were not compared"
    found = "alone" if alone else "the fewest topics that foretell unseen words within one standard error of the best"
    return f"{found} of those whose topics come back (stability {stability:.2f}, asked for {STEADY:.2f}){most}"
