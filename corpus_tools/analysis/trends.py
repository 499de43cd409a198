"""Rates over the years, with intervals that know that a document is one observation."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csc_matrix, hstack

from corpus_tools.analysis import counts, phrases
from corpus_tools.analysis.slogans import PER
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

LEVEL = (2.5, 97.5)  # percentiles of a 95 % interval
BLOCK = 4_000_000  # weights drawn at a time (32 MB): documents × resamples of a large year would not fit in memory

Floats = npt.NDArray[np.float64]


def rate(
    corpus: Corpus,
    terms: str | Sequence[str],
    *,
    by: str | Sequence[str] = "year",
    match: str = "longest",
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """How often terms are said, a year: one row a year that has documents, and term.

    Columns: those of ``by``; ``term``; ``rate``, per 10 000 Han characters (sum of hits / sum of characters);
    ``low``, ``high``, 95 % percentile interval of a bootstrap over the documents of the year (ratio estimator; NaN
    where the year has fewer than 2); ``count``; ``documents`` with the term; ``n``, documents of the year. A term of
    the slogan lexicon counts as in ``slogans.count`` with this ``match``, variants included; any other term counts
    wherever its exact wording stands. A year without documents is absent, never 0; documents of unknown year are in no
    row. The interval of a year depends on that year's documents and ``seed`` alone. Words are not independent within a
    document, so word-level intervals would be wrong (Gries 2022). AnalysisError for no terms, an unknown column or an
    empty corpus.
    """
    wanted = _terms(terms)
    phrases.check_match(match)
    if resamples < 1:
        raise AnalysisError(f"resamples is {resamples}; it must be at least 1")
    corpus, groups = counts.grouped(corpus, by)
    hits = _count(corpus, wanted, match=match).toarray().astype(np.float64)
    han = corpus.n_han.astype(np.float64)
    frames = [
        _group(hits[groups.code == row], han[groups.code == row], seed=_seed(seed, key), resamples=resamples)
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


def _count(corpus: Corpus, terms: list[str], *, match: str) -> csc_matrix:
    """Documents × terms: slogans against the whole lexicon, other terms each by itself."""
    texts = phrases.normalised(corpus.texts)
    slogans = phrases.slogans()
    place = {name: number for number, name in enumerate(slogans.names)}
    free = [term for term in terms if term not in place]
    known = phrases.count(texts, slogans, match=match)
    others = phrases.count(texts, phrases.Phrases.of({term: [term] for term in free}), match="all") if free else None
    both = csc_matrix(known if others is None else hstack([known, others]))
    place |= {term: len(slogans.names) + number for number, term in enumerate(free)}
    return both[:, [place[term] for term in terms]]


def _seed(seed: int, key: tuple[object, ...]) -> list[int]:
    """A seed of each group's own, so that its interval does not depend on which other groups are asked for."""
    return [seed, zlib.crc32(repr([str(part) for part in key]).encode())]


def _group(hits: Floats, han: Floats, *, seed: list[int], resamples: int) -> pd.DataFrame:
    low, high = _interval(hits, han, resamples=resamples, seed=seed)
    return pd.DataFrame(
        {
            "rate": ratio(hits.sum(axis=0), han.sum()),
            "low": low,
            "high": high,
            "count": hits.sum(axis=0).astype(np.int64),
            "documents": (hits > 0).sum(axis=0),
            "n": len(han),
        }
    )


def ratio(hits: Floats, han: Floats | np.float64) -> Floats:
    """Hits per 10 000 Han characters; NaN where there is no character."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(han > 0, hits / han, np.nan) * PER


def _interval(hits: Floats, han: Floats, *, resamples: int, seed: list[int]) -> tuple[Floats, Floats]:
    n, terms = hits.shape
    if n < 2 or han.sum() == 0:
        return np.full(terms, np.nan), np.full(terms, np.nan)
    random = np.random.default_rng(seed)
    rates, step = np.empty((resamples, terms)), max(1, BLOCK // n)
    for first in range(0, resamples, step):
        size = min(step, resamples - first)
        weights = random.multinomial(n, np.full(n, 1 / n), size=size).astype(np.float64)
        rates[first : first + size] = ratio(weights @ hits, (weights @ han)[:, None])
    drawn = rates[~np.isnan(rates[:, 0])]  # a draw of documents without a single Han character has no rate
    low, high = np.percentile(drawn, LEVEL, axis=0)
    return low, high
