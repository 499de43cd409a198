"""From a corpus to its topics."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis.topics import (
    choosing,
    covariates,
    engines,
    gathering,
    gibbs,
    matching,
    naming,
    quality,
    ranking,
    storing,
    streaming,
)
from corpus_tools.analysis.topics.engines import Engine, Fitted, Floats, Task
from corpus_tools.analysis.topics.material import MAX_SHARE, MIN_WORDS, Asked, Block, Material, check_k, material
from corpus_tools.analysis.topics.model import Model, shares
from corpus_tools.analysis.topics.resampling import loadings_of_resamples
from corpus_tools.analysis.topics.result import Topics, long
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

ENGINES: dict[str, Engine] = {
    "nmf": engines.nmf,
    "lda": engines.lda,
    "gibbs_lda": gibbs.gibbs_lda,
    "dmr": gibbs.dmr,
    "gdmr": gibbs.gdmr,
}
METHODS = (*ENGINES, streaming.METHOD)


@progress.bar("topics")
def fit(
    corpus: Corpus,
    *,
    k: int | None = None,
    unit: str = "paragraph",
    method: str = "nmf",
    seed: int = 0,
    seeds: int = 5,
    covariate: str | None = None,
    words: WordFilter = CONTENT,
    min_words: int = MIN_WORDS,
    max_share: float | None = None,
    courtesies: bool = False,
) -> Topics:
    """Find ``k`` topics: groups of words that stand in the same paragraphs (or ``section``, or ``document``: ``unit``).

    ``method``: ``nmf``, non-negative matrix factorisation of TF-IDF, which of the engines compared on Chinese reports is the
    most coherent, the steadiest and the fastest, and whose result does not depend on ``seed``; ``streamed_nmf``, the same a
    part of the corpus folder at a time, for corpora that outgrow memory; ``lda``, latent Dirichlet allocation; ``gibbs_lda``, the
    same by Gibbs sampling, more coherent and steadier; ``dmr`` and ``gdmr``, its kin whose topics to expect depend on
    ``covariate``, a column of the documents: its values (level, place), or a smooth function of its numbers (year). What to
    expect at each value is in ``Topics.by_covariate``. Documents of unknown value are left out, and counted in ``left_out``.

    ``seeds``: how many fits are made in all. All but the first are made on documents drawn anew, with another seed: a
    topic's ``stability`` is the share of them in which it comes back; 1 makes no other, and leaves it unknown. Without
    ``k`` it is what :func:`choose` recommends for ``nmf``, whatever the method, which takes some minutes; the frame that
    says why is ``Topics.choice``.

    Units are those of ``min_words`` words or more. Words are those of ``words`` that stand in at least 5 units (and one in a
    thousand) and at most ``max_share`` of them (default: .15 of paragraphs, .3 of sections, .5 of documents; never fewer than
    20 units). Paragraphs by which a report opens, thanks and closes are left out, as they make topics of their own;
    ``courtesies`` counts them too. AnalysisError says what is possible where ``k`` is too large for the corpus, and of
    a column that cannot be the covariate; ``k`` is never changed. MissingPackageError names the extra that a method needs.
    """
    asked = Asked(unit, words, min_words, MAX_SHARE.get(unit, 1.0) if max_share is None else max_share, courtesies)
    if method not in METHODS:
        raise AnalysisError(f"method is {method!r}; it can be {', '.join(METHODS)}")
    if seeds < 1:
        raise AnalysisError(f"seeds is {seeds}; it must be at least 1")
    if k is None and method == streaming.METHOD:
        raise AnalysisError(f"{method} is for corpora on which numbers of topics are not compared: give k")
    corpus, unknown = covariates.known(corpus, covariate, method=method)
    found = material(corpus, asked, streamed=method == streaming.METHOD)
    found.left_out.update(unknown)
    choice = None
    if k is None:
        choice = choosing.compare(found, choosing.ladder(found), seed=seed, seeds=choosing.SEEDS)
        k = int(choice.loc[choice["recommended"], "k"].iloc[0])
    check_k(k, found)
    if method == streaming.METHOD:
        fitted, weighed = streaming.fit(found, k=k, seed=seed)
        others = streaming.others(found, k=k, seed=seed, seeds=seeds)
    else:
        (block,) = found.blocks()
        task = Task(block.counts, found.idf, k, seed, covariates.of_units(corpus, covariate, block.document))
        fitted = covariates.named(ENGINES[method](task), covariate)
        weighed = [(block, fitted.weights)]
        others = loadings_of_resamples(ENGINES[method], task, found.report[block.document], seeds=seeds)
    return topics_of(found, method, fitted, weighed, others, choice=choice)


def topics_of(
    found: Material,
    method: str,
    fitted: Fitted,
    weighed: Iterable[tuple[Block, Floats]],
    others: list[Floats],
    *,
    choice: pd.DataFrame | None = None,
    names: pd.DataFrame | None = None,
) -> Topics:
    """Everything that is said of fitted topics, the largest first; ``names``: columns for ``labels``, one row a topic."""
    seen = gathering.gathered(found, weighed, len(fitted.loadings))
    of_documents = shares(seen.total)
    size = np.nan_to_num(np.nanmean(of_documents, axis=0))
    order = np.argsort(-size, kind="stable")
    loadings, units = fitted.loadings[order], seen.total.sum(axis=0)[order]
    by = "weight" if fitted.prior is None else "relevance"
    terms = ranking.terms(loadings, units, found.terms, by=by)
    labels = pd.DataFrame({"topic": np.arange(1, len(order) + 1), "label": naming.labels(terms, len(order))})
    labels["share"] = size[order]
    if names is not None:
        labels = pd.concat([labels, names.iloc[order].reset_index(drop=True)], axis=1)
    refits = matching.refits_of(loadings, others)
    return Topics(
        terms=terms,
        documents=long(of_documents[:, order], found.corpus),
        labels=labels,
        quality=quality.quality(found, loadings, units, by=by, found=gathering.ordered(seen, order), refits=refits),
        refits=refits,
        examples=gathering.examples(found, seen, order),
        method=method,
        units=found.size,
        words=len(found.terms),
        left_out=found.left_out,
        converged=fitted.converged,
        model=Model(method, found.asked, found.terms, found.idf, loadings, fitted.prior),
        texts=storing.texts_of(found.corpus),
        corpus=found.corpus,
        choice=choice,
        by_covariate=_by_covariate(fitted, order),
    )


def _by_covariate(fitted: Fitted, order: npt.NDArray[np.int64]) -> pd.DataFrame | None:
    """The engine's frame with topics numbered as they are shown."""
    if fitted.by_covariate is None:
        return None
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    frame = fitted.by_covariate
    return frame.assign(topic=rank[frame["topic"].to_numpy()]).sort_values(list(frame.columns[:2]), ignore_index=True)
