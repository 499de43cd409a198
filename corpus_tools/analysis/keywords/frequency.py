"""Frequency lists: how often each word, or sequence of words, is said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.counts import PER
from corpus_tools.analysis.statistics import bootstrap, intervals
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.statistics.dispersion import dispersion
from corpus_tools.analysis.words import ANY, WordFilter
from corpus_tools.corpus.corpus import Corpus


@progress.bar("frequencies")
def frequencies(
    corpus: Corpus,
    *,
    by: str | Sequence[str] | None = None,
    n: int = 1,
    words: WordFilter = ANY,
    min_documents: int = 1,
    top: int | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Count words, or sequences of ``n`` words (2 to 5), in each group.

    One row a group and term that stands in it. Columns: those of ``by``; ``term``; ``count``; ``documents`` that hold it; ``n``,
    documents of the group; ``per_10k``, per 10 000 Han characters, with ``per_10k_low`` and ``per_10k_high``, its 95 % score
    interval over the group's documents, with the error of ``resamples`` bootstrap draws (docs/trends.md; NaN for fewer than 3);
    ``dp_norm`` and ``juilland_d``, its spread (see ``keyness``). Punctuation is not counted; ``words`` may leave out more.
    Terms in fewer than ``min_documents`` documents of the corpus are left out. Rows: by group, then most frequent first, the
    ``top`` ones of each or all. A list without groups may be the ``reference`` of ``keyness``. AnalysisError for an unknown
    column, an empty corpus, another ``n``, and where no term is left.
    """
    counts.check_options(resamples=resamples, top=top)
    corpus, groups = grouping.grouped(corpus, by)
    terms = counts.matrix(corpus, n=n, words=words, min_documents=min_documents)
    terms = terms.only(np.argsort(terms.terms.astype(str), kind="stable"))
    han, frames = corpus.n_han.astype(np.float64), []
    for row, key in groups.each():
        of = groups.code == row
        seeds = bootstrap.seed_of(seed, key)
        frame = _counted(csr_matrix(terms.counts[of]), han[of], terms.terms, top=top, resamples=resamples, seed=seeds)
        frames.append(frame.assign(_group=row))
    whole = pd.concat(frames, ignore_index=True)
    keys = groups.keys.iloc[whole.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, whole], axis=1)


def _counted(
    counted: csr_matrix,
    han: Floats,
    terms: npt.NDArray[np.object_],
    *,
    top: int | None,
    resamples: int,
    seed: list[int],
) -> pd.DataFrame:
    total = np.asarray(counted.sum(axis=0), dtype=np.int64).ravel()
    best = np.argsort(-total, kind="stable")[: min(top or len(terms), int((total > 0).sum()))]
    shown = csr_matrix(counted[:, best])
    rate, spread = intervals.of_rates(shown, han, resamples=resamples, seed=seed), dispersion(shown, han)
    return pd.DataFrame(
        {
            "term": terms[best],
            "count": total[best],
            "documents": shown.getnnz(axis=0),
            "n": len(han),
            "per_10k": bootstrap.ratio(total[best], han.sum()) * PER,
            "per_10k_low": rate.low * PER,
            "per_10k_high": rate.high * PER,
            "dp_norm": spread.dp_norm,
            "juilland_d": spread.juilland_d,
        }
    )
