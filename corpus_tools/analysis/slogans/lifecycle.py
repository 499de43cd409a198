"""The life of a slogan: when it comes, how hot it gets, when it cools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.slogans.counting import count
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.statistics.bursts import Burst, bursts
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.data import toml
from corpus_tools.errors import AnalysisError

COLUMNS = [
    "slogan", "category", "official", "confidence", "after", "first", "last", "lag", "early", "years", "peak", "peak_share",
    "peak_low", "peak_high", "peak_n", "half_life", "bursts", "peak_tier", "tier", "tier_n",
]  # fmt: skip
_ENDS = ["share_documents", "share_low", "share_high"]


@progress.bar("slogans by year")
def course(
    corpus: Corpus,
    *,
    by: str = "year",
    match: str = "longest",
    lexicon: Lexicon = None,
    tiers: Mapping[str, float] | None = None,
    min_n: int = 1,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Follow every slogan of the corpus from year to year.

    The columns of ``count(corpus, by=by)``: ``year`` (as ``by`` says), ``slogan``, ``count``, ``count_all``, ``documents``,
    ``n``, ``share_documents``, ``per_10k``, both with their bounds ``share_low``, ``share_high``, ``per_10k_low``,
    ``per_10k_high``; and ``tier``, how hot the slogan is in that year (:func:`tiers_of`), and ``burst``, whether it bursts
    then (analysis/bursts.py, on shares of documents). One row a year with documents and slogan, also of count 0; a year
    without documents has none. A tier is missing where nobody says the slogan, and in years of fewer than ``min_n``
    documents. ``by`` is a column of years. ``tiers``: the least share of documents of each tier, by its name (None: those
    of data/tiers.toml); ``resamples``: bootstrap draws of the intervals of rates. AnalysisError for another column, for
    tiers that are no falling shares down to 0, and for ``min_n`` that no year has.
    """
    cut, by = tiers_of(tiers), grouping.one(by)
    frame = count(corpus, by=by, match=match, lexicon=lexicon, resamples=resamples, seed=seed)
    if by not in frame or not pd.api.types.is_integer_dtype(frame[by]):
        raise AnalysisError(f"{by} holds no years")
    frame = frame.sort_values(["slogan", by], ignore_index=True)
    enough = frame["n"] >= min_n
    if len(frame) and not enough.any():
        raise AnalysisError(f"min_n is {min_n}; no {by} has more than {frame['n'].max()}")
    frame["tier"] = _tier(frame["share_documents"].where(enough, 0), cut)
    burst = [_in_burst(rows) for _, rows in frame.groupby("slogan", sort=False)]
    return frame.assign(burst=np.concatenate([np.empty(0, dtype=np.bool_), *burst]))


@progress.bar("lives of slogans")
def lifecycle(
    corpus: Corpus,
    *,
    by: str = "year",
    match: str = "longest",
    lexicon: Lexicon = None,
    tiers: Mapping[str, float] | None = None,
    min_n: int = 1,
) -> pd.DataFrame:
    """Sum up the life of every slogan that stands in documents of known year.

    Columns: ``slogan``; ``category``; ``official``, the year that the lexicon knows, and ``confidence`` in it; ``first`` and
    ``last`` year in the corpus; ``after``, the last year with documents before ``first``, missing where the corpus begins
    with the slogan, which may then be older; ``lag`` = first - official, in years; ``early``, whether the corpus has it
    before its official year: the lexicon or the date of a document is wrong; ``years``, how many hold it; ``peak``, the year
    of the largest share of documents (of equal shares that in which it is said most often, then the first), ``peak_share``
    with its 95 % interval ``peak_low`` to ``peak_high`` (Wilson 1927), and ``peak_n``, the documents of that year;
    ``half_life``, years from the peak to the first year with documents after which no share is above half of the peak's,
    missing where the last year of the corpus still is; ``bursts``, such as ``2013–2017; 2022`` (Kleinberg 2002);
    ``peak_tier`` and ``tier``, how hot it was at its peak and is in the last year of the corpus (:func:`tiers_of`; missing:
    nobody says it), of which ``tier_n`` is the number of documents.

    One document makes a share of 1, so that the peak falls on a year of few documents where others have many: with
    ``min_n`` peak, half-life and tiers are told from the years that have as many, and are missing for a slogan that
    stands in none of these. Bursts need no such bound, their likelihood weighs the number. Where levels or kinds of document
    change from year to year shares follow that: take one, ``corpus.where(level="province", kind="work_report")``.

    Years without documents are gaps: nothing is read from them, and a burst spans one when it holds on both sides. Of a
    single report a year a share is 0 or 1: the peak is then the year in which the slogan is said most often, the half-life
    tells since when the report is silent, a burst is a run of years with few silent ones, and tiers tell nothing. ``tiers``
    as for :func:`course`. Rows: by first year, then slogan. AnalysisError as for :func:`course`.
    """
    by = grouping.one(by)
    # A share needs no resampling, and no rate is shown.
    frame = course(corpus, by=by, match=match, lexicon=lexicon, tiers=tiers, min_n=min_n, resamples=1)
    entries = {slogan.slogan: slogan for slogan in known(lexicon)}
    rows = []
    for name, of in frame.groupby("slogan", sort=False):
        if of["documents"].any():
            entry = entries.get(str(name))
            about = {"slogan": name, "category": entry and entry.category, "official": entry and entry.year}
            rows.append(about | {"confidence": entry and entry.confidence} | _life(of, by, min_n))
    lives = pd.DataFrame(rows, columns=COLUMNS)
    lives["lag"] = lives["first"].astype("Int64") - lives["official"].astype("Int64")
    lives["early"] = (lives["lag"] < 0).fillna(value=False).astype(bool)
    whole = ["official", "after", "first", "last", "lag", "years", "peak", "peak_n", "half_life", "tier_n"]
    lives = lives.astype(dict.fromkeys(whole, "Int64"))
    return lives.sort_values(["first", "slogan"], ignore_index=True)


@cache
def _shipped_tiers() -> dict[str, float]:
    found: dict[str, float] = toml("tiers.toml")["tiers"]
    return found


def tiers_of(tiers: Mapping[str, float] | None = None) -> dict[str, float]:
    """The least share of a year's documents for each tier, hottest first; by default the six of data/tiers.toml.

    沸 .8, 烫 .5, 热 .3, 暖 .15, 温 .06, 冷 below: names of the China Media Project, cut-offs of our own, argued in the file.
    AnalysisError unless the shares fall and end with 0.
    """
    chosen = dict(tiers) if tiers is not None else dict(_shipped_tiers())
    shares = list(chosen.values())
    if not shares or shares[-1] != 0 or any(a <= b for a, b in pairwise(shares)) or shares[0] > 1:
        raise AnalysisError(f"tiers {chosen}: shares must fall from at most 1 to 0")
    return chosen


def _tier(shares: pd.Series[float], tiers: Mapping[str, float]) -> npt.NDArray[np.object_]:
    """The tier of each share; missing for a slogan that nobody says."""
    names, least = np.asarray(list(tiers), dtype=object), -np.asarray(list(tiers.values()))
    found = names[np.searchsorted(least, -shares.to_numpy(dtype=float), side="left")]
    found[shares.to_numpy() == 0] = None
    return found


def _bursts(rows: pd.DataFrame) -> list[Burst]:
    return bursts(rows["documents"].tolist(), rows["n"].tolist())


def _in_burst(rows: pd.DataFrame) -> npt.NDArray[np.bool_]:
    inside = np.zeros(len(rows), dtype=np.bool_)
    for burst in _bursts(rows):
        inside[burst.first : burst.last + 1] = True
    return inside


def _life(rows: pd.DataFrame, by: str, least: int) -> dict[str, Any]:
    """What the years of one slogan, in order, tell of it."""
    years = rows[by].to_numpy(dtype=np.int64)
    there = np.flatnonzero(rows["documents"])
    return {
        "after": years[there[0] - 1] if there[0] else None,
        "first": years[there[0]],
        "last": years[there[-1]],
        "years": len(there),
        "bursts": "; ".join(_spans(_bursts(rows), years)),
        **_heat(rows[rows["n"] >= least], by),
    }


def _heat(rows: pd.DataFrame, by: str) -> dict[str, Any]:
    """How hot a slogan was and is, from years with documents enough; of one that stands in none of them only that it is cold."""
    now = {"tier": rows["tier"].iloc[-1], "tier_n": rows["n"].iloc[-1]}
    years, share = rows[by].to_numpy(dtype=np.int64), rows["share_documents"].to_numpy(dtype=np.float64)
    if not share.any():
        return now
    peak = int(np.lexsort((years, -rows["per_10k"].fillna(0).to_numpy(), -share))[0])
    above = np.flatnonzero(share > share[peak] / 2)[-1]
    return now | {
        "peak": years[peak],
        **dict(zip(("peak_share", "peak_low", "peak_high", "peak_n"), rows.iloc[peak][[*_ENDS, "n"]], strict=True)),
        "half_life": years[above + 1] - years[peak] if above + 1 < len(years) else None,
        "peak_tier": rows["tier"].iloc[peak],
    }


def _spans(found: list[Burst], years: npt.NDArray[np.int64]) -> Iterator[str]:
    for burst in found:
        first, last = years[burst.first], years[burst.last]
        yield f"{first}–{last}" if first < last else f"{first}"
