"""The life of a slogan: when it comes, how hot it gets, when it cools."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.analysis.bursts import Burst, bursts
from corpus_tools.analysis.slogans.counting import count
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.data import toml
from corpus_tools.errors import AnalysisError

COLUMNS = [
    "slogan", "category", "official", "confidence", "first", "last", "lag", "early", "years", "peak", "peak_share",
    "peak_low", "peak_high", "half_life", "bursts", "peak_tier", "tier",
]  # fmt: skip
_ENDS = ["share_documents", "share_low", "share_high"]


def course(
    corpus: Corpus,
    *,
    by: str = "year",
    match: str = "longest",
    lexicon: Lexicon = None,
    tiers: Mapping[str, float] | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Follow every slogan of the corpus from year to year.

    The columns of ``count(corpus, by=by)``, and ``tier``, how hot the slogan is in that year (:func:`tiers_of`), and
    ``burst``, whether it bursts then (analysis/bursts.py, on shares of documents). One row a year with documents and slogan,
    also of count 0; a year without documents has none. ``by`` is a column of years. AnalysisError for another column, and for
    tiers that are no falling shares down to 0.
    """
    cut = tiers_of(tiers)
    frame = count(corpus, by=by, match=match, lexicon=lexicon, resamples=resamples, seed=seed)
    if not pd.api.types.is_integer_dtype(frame[by]):
        raise AnalysisError(f"{by} holds no years")
    frame = frame.sort_values(["slogan", by], ignore_index=True)
    frame["tier"] = _tier(frame["share_documents"], cut)
    burst = [_in_burst(rows) for _, rows in frame.groupby("slogan", sort=False)]
    return frame.assign(burst=np.concatenate(burst))


def lifecycle(
    corpus: Corpus,
    *,
    by: str = "year",
    match: str = "longest",
    lexicon: Lexicon = None,
    tiers: Mapping[str, float] | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Sum up the life of every slogan that stands in documents of known year.

    Columns: ``slogan``; ``category``; ``official``, the year that the lexicon knows, and ``confidence`` in it; ``first`` and
    ``last`` year in the corpus; ``lag`` = first - official, in years; ``early``, whether the corpus has it before its official
    year: the lexicon or the date of a document is wrong; ``years``, how many hold it; ``peak``, the year of the largest
    share of documents (of equal shares that in which it is said most often, then the first), ``peak_share`` with its 95 %
    bootstrap interval ``peak_low`` to ``peak_high``; ``half_life``, years from the peak to the first year with documents
    after which no share is above half of the peak's, missing where the last year of the corpus still is; ``bursts``, such as
    ``2013–2017; 2022`` (Kleinberg 2002); ``peak_tier`` and ``tier``, how hot it was at its peak and is in the last year of the
    corpus that has documents (:func:`tiers_of`).

    Years without documents are gaps: nothing is read from them, so that ``first`` is the first year that can be seen. Of a
    single report a year a share is 0 or 1: the half-life then tells since when the report is silent, and tiers tell nothing.
    Rows: by first year, then slogan. AnalysisError as for :func:`course`.
    """
    frame = course(corpus, by=by, match=match, lexicon=lexicon, tiers=tiers, resamples=resamples, seed=seed)
    entries = {slogan.slogan: slogan for slogan in known(lexicon)}
    rows = []
    for name, of in frame.groupby("slogan", sort=False):
        if of["documents"].any():
            entry = entries.get(str(name))
            about = {"slogan": name, "category": entry and entry.category, "official": entry and entry.year}
            rows.append(about | {"confidence": entry and entry.confidence} | _life(of, by))
    lives = pd.DataFrame(rows, columns=COLUMNS)
    lives["lag"] = lives["first"].astype("Int64") - lives["official"].astype("Int64")
    lives["early"] = (lives["lag"] < 0).fillna(value=False).astype(bool)
    whole = ["official", "first", "last", "lag", "years", "peak", "half_life"]
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


def _life(rows: pd.DataFrame, by: str) -> dict[str, Any]:
    """What the years of one slogan, in order, tell of it."""
    years, share = rows[by].to_numpy(dtype=np.int64), rows["share_documents"].to_numpy(dtype=np.float64)
    there = np.flatnonzero(share > 0)
    peak = int(np.lexsort((years, -rows["per_10k"].fillna(0).to_numpy(), -share))[0])
    above = np.flatnonzero(share > share[peak] / 2)[-1]
    return {
        "first": years[there[0]],
        "last": years[there[-1]],
        "years": len(there),
        "peak": years[peak],
        **dict(zip(("peak_share", "peak_low", "peak_high"), rows.iloc[peak][_ENDS], strict=True)),
        "half_life": years[above + 1] - years[peak] if above + 1 < len(years) else None,
        "bursts": "; ".join(_spans(_bursts(rows), years)),
        "peak_tier": rows["tier"].iloc[peak],
        "tier": rows["tier"].iloc[-1],
    }


def _spans(found: list[Burst], years: npt.NDArray[np.int64]) -> Iterator[str]:
    for burst in found:
        first, last = years[burst.first], years[burst.last]
        yield f"{first}–{last}" if first < last else f"{first}"
