"""Topics guided by themes: each begins with the terms of a theme and learns the other words by which it is spoken of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, vstack

from corpus_tools import progress
from corpus_tools.analysis.themes.dictionary import Theme, Themes, known
from corpus_tools.analysis.topics import engines
from corpus_tools.analysis.topics.engines import Fitted, Floats, Task, rows_to_one, weighted
from corpus_tools.analysis.topics.fitting import topics_of
from corpus_tools.analysis.topics.matching import cosines
from corpus_tools.analysis.topics.material import MAX_SHARE, MIN_WORDS, Asked, Material, check_k, material
from corpus_tools.analysis.topics.resampling import loadings_of_resamples
from corpus_tools.analysis.topics.result import Topics
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

METHOD = "guided_nmf"
FREE = 10  # of 0, 5, 10 and 20: from 5 on no shipped theme drifts, from 20 on they find fewer terms that were kept from them
# What the words of a theme weigh beside the units, as a share of those that a topic has on average. At a tenth themes drift,
# above a fifth nothing is gained (FREE and PULL: benchmarks/periods.py --guided).
PULL = 0.2
DRIFTED = 0.3  # cosine with its theme from which down a topic is another; with other themes most topics stay below .1

Terms: TypeAlias = Mapping[str, Sequence[str] | Mapping[str, float]]


@progress.bar("guided topics")
def guided(
    corpus: Corpus,
    themes: Themes | Terms = "general",
    *,
    free: int = FREE,
    unit: str = "paragraph",
    seed: int = 0,
    seeds: int = 5,
    words: WordFilter = CONTENT,
    min_words: int = MIN_WORDS,
    max_share: float | None = None,
    courtesies: bool = False,
) -> Topics:
    """Find a topic for each theme of a dictionary, and the words that are said with its terms.

    ``themes``: as of ``ct.themes.dictionary``; or your own terms, ``{"科技": ["科技", "创新"]}``, or with weights up to 1,
    ``{"科技": {"科技": 1, "创新": 0.5}}``. Terms count where they are words of the corpus that topics may have: a word that only
    holds one is often of another theme (商品房 and 商品), and is learnt where it belongs. ``free``: topics beside them, for what
    the themes do not cover; without these the themes share out all text between them, whatever it is about. Other options
    (``unit``, ``seeds``, ``words``, ``min_words``, ``max_share``, ``courtesies``), and what is returned, as of :func:`fit`;
    ``method`` is ``guided_nmf``.

    ``labels`` has besides ``theme``, missing for free topics; ``theme_similarity``, the cosine of what was learnt with the
    terms it began with; ``words``, how many terms these were. ``label`` begins with the theme. Where ``theme_similarity``
    is below .3 the topic has drifted away: then its label is its words alone, and its ``note`` in ``quality`` says so.
    ``stability`` is of refits that begin with the same words.

    Method: the words of each theme stand beside the units as one more row of much weight (guided NMF, Vendrow et al. 2021);
    from the weights of topics in the units that are found so, the words are then learnt without that row. Free topics begin
    as the topics of an unguided fit that are least like any theme. AnalysisError for a theme of which no term is a word that
    topics may have, and as of :func:`fit`; errors of a bad dictionary as of ``ct.themes.dictionary``.
    """
    asked = Asked(unit, words, min_words, MAX_SHARE.get(unit, 1.0) if max_share is None else max_share, courtesies)
    if seeds < 1:
        raise AnalysisError(f"seeds is {seeds}; it must be at least 1")
    if free < 0:
        raise AnalysisError(f"free is {free}; it must be at least 0")
    wanted = known(_frame(themes) if isinstance(themes, Mapping) else themes)
    found = material(corpus, asked)
    check_k(len(wanted) + free, found)
    (block,) = found.blocks()
    task = Task(block.counts, found.idf, len(wanted) + free, seed)
    start = started(task, found, wanted, free=free)
    engine = partial(guided_nmf, themes=len(wanted))
    first = engine(task._replace(start=start))
    others = loadings_of_resamples(engine, task._replace(start=start), found.report[block.document], seeds=seeds)
    names = _names(wanted, first.loadings, start)
    return _named(topics_of(found, METHOD, first, [(block, first.weights)], others, names=names))


def _frame(themes: Terms) -> pd.DataFrame:
    """A user's terms as a dictionary of themes."""
    if lacking := [theme for theme, terms in themes.items() if not terms or isinstance(terms, str)]:
        raise AnalysisError(f"theme {lacking[0]!r} needs a list of terms, or terms with their weights")
    rows = [
        (theme, term, terms[term] if isinstance(terms, Mapping) else 1.0)
        for theme, terms in themes.items()
        for term in terms
    ]
    return pd.DataFrame(rows, columns=["theme", "term", "weight"])


def started(task: Task, found: Material, themes: tuple[Theme, ...], *, free: int) -> Floats:
    """Topics to begin with, rows of Euclidean length 1: those of the themes, then the free ones."""
    rows = _of_themes(found, themes, np.asarray(weighted(task.counts, task.idf).sum(axis=0)).ravel())
    if free:
        unguided = engines.nmf(task).loadings
        least = np.argsort(cosines(unguided, rows).max(axis=1), kind="stable")[:free]
        rows = np.vstack([rows, unguided[least]])
    lengths: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.maximum(lengths, 1e-12)


def _of_themes(found: Material, themes: tuple[Theme, ...], total: Floats) -> Floats:
    """Each theme's terms: their weight times the root of their TF-IDF in all units.

    Between all terms alike, which lets the rare ones decide, and as much as they are said, which leaves the most common alone.
    """
    column = {word: number for number, word in enumerate(found.terms.tolist())}
    rows = np.zeros((len(themes), len(column)))
    for row, theme in enumerate(themes):
        for term in theme.terms:
            if (place := column.get(term.form)) is not None:
                rows[row, place] = term.weight * np.sqrt(total[place])
    if lacking := [theme.name for theme, row in zip(themes, rows, strict=True) if not row.any()]:
        raise AnalysisError(
            f"no term of {', '.join(lacking)} is one of the {len(column)} words that topics of this corpus may have: "
            "leave out what it does not speak of, for instance from the frame of ct.themes.dictionary()"
        )
    return rows


def guided_nmf(task: Task, *, themes: int) -> Fitted:
    """NMF that begins with ``task.start`` and is held to its first rows, those of ``themes``; then words without that hold."""
    assert task.start is not None
    matrix = weighted(task.counts, task.idf)
    hold = np.sqrt(PULL * matrix.shape[0] / task.k) * task.start[:themes]
    held = csr_matrix(vstack([matrix, hold])).astype(np.float32)
    start = task.start.astype(held.dtype)
    fitted = engines.factorised(held, engines.folded(held, start), start)
    weights = fitted.weights[: matrix.shape[0]]
    loadings = rows_to_one(engines.folded(csr_matrix(matrix.T), np.ascontiguousarray(weights.T)).T)
    # Weights of these words, so that a document gets the same shares here and from Topics.transform.
    return fitted._replace(loadings=loadings, weights=engines.folded(matrix, loadings))


def _names(themes: tuple[Theme, ...], loadings: Floats, start: Floats) -> pd.DataFrame:
    """Columns theme, theme_similarity, words; of free topics none."""
    names = [theme.name for theme in themes]
    own = slice(len(names))
    frame = pd.DataFrame(
        {
            "theme": names,
            "theme_similarity": np.diag(cosines(loadings[own], start[own])),
            "words": pd.array((start[own] > 0).sum(axis=1), dtype="Int64"),
        }
    )
    return frame.reindex(range(len(loadings)))


def _named(topics: Topics) -> Topics:
    """The same with themes in the labels of topics that are still theirs, and a note on the others."""
    labels, quality = topics.labels, topics.quality
    drifted = labels["theme_similarity"] < DRIFTED
    label = labels["label"].where(labels["theme"].isna() | drifted, labels["theme"] + "：" + labels["label"])
    said = "drifted from " + labels["theme"]
    note = quality["note"].mask(drifted, (quality["note"] + "; " + said).str.removeprefix("; "))
    return replace(topics, labels=labels.assign(label=label), quality=quality.assign(note=note))
