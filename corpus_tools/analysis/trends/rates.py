"""Rates over the years, with intervals that know that a document is one observation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, hstack

from corpus_tools.analysis import counts, grouping, phrases
from corpus_tools.analysis.counts import PER
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import matcher, tally
from corpus_tools.analysis.statistics import bootstrap
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError


def rate(
    corpus: Corpus,
    terms: str | Sequence[str],
    *,
    by: str | Sequence[str] = "year",
    match: str = "longest",
    lexicon: Lexicon = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """How often terms are said, a year: one row a year that has documents, and term.

    Columns: those of ``by``; ``term``; ``rate``, per 10 000 Han characters (sum of hits / sum of characters);
    ``low``, ``high``, 95 % percentile interval of a bootstrap over the documents of the year (ratio estimator; NaN
    where the year has fewer than 2); ``count``; ``documents`` with the term; ``n``, documents of the year. A term of
    the slogan lexicon (or of your own ``lexicon``, see ``slogans.count``) counts as in ``slogans.count`` with this ``match``,
    variants included; any other term counts
    wherever its exact wording stands. A year without documents is absent, never 0; documents of unknown year are in no
    row. The interval of a year depends on that year's documents and ``seed`` alone. Words are not independent within a
    document, so word-level intervals would be wrong (Gries 2022). AnalysisError for no terms, an unknown column or an
    empty corpus.
    """
    wanted = _terms(terms)
    counts.check_options(match=match, resamples=resamples)
    corpus, groups = grouping.grouped(corpus, by)
    hits = _count(corpus, wanted, match=match, lexicon=lexicon)
    han = corpus.n_han.astype(np.float64)
    frames = [
        _group(
            hits[groups.code == row], han[groups.code == row], seed=bootstrap.seed_of(seed, key), resamples=resamples
        )
        for row, key in enumerate(groups.keys.itertuples(index=False))
    ]
    keys = groups.keys.loc[groups.keys.index.repeat(len(wanted))].reset_index(drop=True)
    keys["term"] = wanted * len(groups.keys)
    return pd.concat([keys, pd.concat(frames, ignore_index=True)], axis=1)


def _terms(terms: str | Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys([terms] if isinstance(terms, str) else terms))
    if not wanted:
        raise AnalysisError("no terms: name at least one, for instance '高质量发展'")
    return wanted


def _count(corpus: Corpus, terms: list[str], *, match: str, lexicon: Lexicon) -> csr_matrix:
    """Documents × terms: slogans against the whole lexicon, other terms each by itself."""
    slogans = known(lexicon)
    columns = {term: numbers for term in terms if (numbers := matcher(slogans).numbers(term))}
    free = [term for term in terms if term not in columns]
    texts = map(phrases.normalise, phrases.simplified(corpus))
    exact = phrases.count(texts, free).tocsc() if free else csr_matrix((len(corpus), 0))
    parts = {term: exact[:, n] for n, term in enumerate(free)}
    if columns:
        found = tally(corpus, slogans).matched(match).tocsc()
        parts |= {term: csr_matrix(found[:, numbers].sum(axis=1)) for term, numbers in columns.items()}
    return csr_matrix(hstack([parts[term] for term in terms]))


def _group(hits: csr_matrix, han: Floats, *, seed: list[int], resamples: int) -> pd.DataFrame:
    low, high = bootstrap.of_ratios(hits, han, resamples=resamples, seed=seed)
    total = np.asarray(hits.sum(axis=0)).ravel()
    return pd.DataFrame(
        {
            "rate": bootstrap.ratio(total, han.sum()) * PER,
            "low": low * PER,
            "high": high * PER,
            "count": total.astype(np.int64),
            "documents": hits.getnnz(axis=0),
            "n": len(han),
        }
    )
