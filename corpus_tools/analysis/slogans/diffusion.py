"""How slogans travel: when they reach each level, and how many places have taken them up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import check_names, tally
from corpus_tools.analysis.statistics import intervals
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.data import toml
from corpus_tools.errors import AnalysisError
from corpus_tools.placeholders import PLACEHOLDER

ASSOCIATION = "association"
LEVELS = ("national", "province", "city", "county", "township", "school", "enterprise", ASSOCIATION)

Ints = npt.NDArray[np.int64]


@progress.bar("diffusion")
def diffusion(corpus: Corpus, *, match: str = "longest", lexicon: Lexicon = None) -> pd.DataFrame:
    """Tell when each slogan reaches each level.

    One row a slogan and level that has documents of known year; levels are those of ``corpus.documents``, but the documents of
    mass organisations (any body that is no court, congress, government or committee of the Party) make the level
    ``association``. Columns: ``slogan``; ``level``; ``official`` year of the lexicon; ``first``, the first year in which a
    document of the level holds it, missing where none does; ``after``, the last year before it that has documents of the
    level, ``after_n`` of them, none of which holds it: the slogan came after that year and by ``first`` (missing where the
    corpus begins with it); ``until``, the last year with documents of the level: a slogan without ``first`` was not seen until
    then, and one that is younger could not be; ``documents`` that hold it, ``n`` of the level; ``lag`` =
    first - official, and ``lag_national`` = first - its first year on the national level, in years, each with the least and
    largest value that the years without documents leave open (``lag_low``; ``lag_national_low``, ``lag_national_high``).

    The bounds are of what was not seen, no sampling error, because a first year has no distribution that a resample could
    show. They hold for the bodies whose documents were collected: where none of ``after_n`` holds the slogan, up to
    1 - .05^(1/after_n) of all bodies may have said it (95 %, were the documents a random sample): 63 % for three. Kinds of
    document differ in what they say: take one, ``corpus.where(kind="work_report")``. Rows: by slogan, then level.
    AnalysisError where no document has both year and level.
    """
    counts.check_options(match=match)
    slogans = known(lexicon)
    years, level = _dated(corpus)
    found = tally(corpus, slogans)
    seen = np.flatnonzero(found.everywhere.getnnz(axis=0))
    held = csr_matrix(found.matched(match)[:, seen] > 0)
    official = {slogan.slogan: slogan.year for slogan in slogans}
    names = [found.names[column] for column in seen]
    frames = []
    for one in (name for name in LEVELS if ((level == name) & (years >= 0)).any()):
        of = np.flatnonzero((level == one) & (years >= 0))
        frame = _reached(held[of], years[of]).assign(slogan=names, level=one)
        frames.append(frame.assign(official=pd.array([official.get(name) for name in names], dtype="Int64")))
    return _with_lags(pd.concat(frames, ignore_index=True))


@progress.bar("adoption")
def adoption(
    corpus: Corpus,
    slogans: str | Sequence[str],
    *,
    match: str = "longest",
    lexicon: Lexicon = None,
) -> pd.DataFrame:
    """Draw how many places have taken up a slogan, year by year: an adoption curve for each level.

    Columns: ``slogan``; ``level`` (as in :func:`diffusion`); ``year``, every one with documents of the level; ``places``, how
    many of those whose documents begin by that year have said it by then; ``n``, how many there are; ``share`` = places / n;
    ``low``, ``high``, its 95 % interval over the places (a place is one observation; Wilson 1927; NaN for fewer than 3).

    A place is one however many bodies report from it, and the nation is one; of associations each body of a place counts.
    Documents of unknown or masked place (XX市) are left out below the national level: which of them are of one place cannot
    be told. A place that was silent in what was collected is taken not to have said it, and one whose documents end stays:
    the share falls only where new places enter the corpus. AnalysisError for a slogan that the lexicon does not have, and
    where no document has year, level and place.
    """
    counts.check_options(match=match)
    wanted = list(dict.fromkeys([slogans] if isinstance(slogans, str) else slogans))
    if not wanted:
        raise AnalysisError("no slogans: name at least one")
    entries = known(lexicon)
    check_names(wanted, entries)
    found = tally(corpus, entries)
    years, level = _dated(corpus)
    place = _places(corpus, level)
    placed = (years >= 0) & pd.notna(place)
    frames = []
    for name in wanted:
        holds = np.asarray((found.matched(match)[:, found.names.index(name)] > 0).todense()).ravel()
        for one in (other for other in LEVELS if (placed & (level == other)).any()):
            of = placed & (level == one)
            frames.append(_curve(years[of], place[of], holds[of]).assign(slogan=name, level=one))
    if not frames:
        raise AnalysisError("no document has a known year, level and place")
    columns = ["slogan", "level", "year", "places", "n", "share", "low", "high"]
    return pd.concat(frames, ignore_index=True)[columns]


def _dated(corpus: Corpus) -> tuple[Ints, npt.NDArray[np.object_]]:
    """Year (-1: unknown) and level (None: unknown) of each document."""
    documents = corpus.described
    years = documents["year"].fillna(-1).to_numpy(dtype=np.int64)
    authorities = toml("kinds.toml")["authorities"]["words"]
    association = documents["organisation"].notna() & ~documents["organisation"].isin(authorities)
    level = documents["level"].astype(object).where(~association, ASSOCIATION)
    level = level.where(level.isin(LEVELS), None)
    if not (level.notna().to_numpy() & (years >= 0)).any():
        raise AnalysisError("no document has a known year and level")
    return years, level.to_numpy(dtype=object)


def _places(corpus: Corpus, level: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """The place of each document, of associations the body too; None where documents of one place cannot be told."""
    documents = corpus.described
    parts = documents[["province", "place", "organisation"]].astype(object).fillna("")
    parts["organisation"] = parts["organisation"].where(level == ASSOCIATION, "")
    told = documents["place"].map(_is_place) | (documents["level"] == "national")
    return parts.agg("|".join, axis=1).where(told, None).to_numpy(dtype=object)


def _is_place(name: object) -> bool:
    return isinstance(name, str) and not name.startswith("某") and not PLACEHOLDER.search(name)


def _reached(held: csr_matrix, years: Ints) -> pd.DataFrame:
    """When each column comes, the last year before it that has documents, and how many documents hold it."""
    known_years, sizes = np.unique(years, return_counts=True)
    held = held.astype(np.int64)
    by_year = grouping.indicator(np.searchsorted(known_years, years), len(known_years)) @ held
    said: npt.NDArray[np.bool_] = np.asarray(by_year.todense()) > 0
    ever, row = np.atleast_1d(said.any(axis=0)), said.argmax(axis=0)
    earlier = ever & (row > 0)
    return pd.DataFrame(
        {
            "first": _only(known_years[row], ever),
            "after": _only(known_years[row - 1], earlier),
            "after_n": _only(sizes[row - 1], earlier),
            "until": known_years[-1],
            "documents": np.asarray(held.sum(axis=0)).ravel(),
            "n": len(years),
        }
    )


def _only(values: Ints, there: npt.NDArray[np.bool_]) -> pd.Series[int]:
    return pd.Series(values, dtype="Int64").where(there)


def _with_lags(frame: pd.DataFrame) -> pd.DataFrame:
    national = frame[frame["level"] == "national"].set_index("slogan")
    first, after = (frame["slogan"].map(national[name]).astype("Int64") for name in ("first", "after"))
    frame = frame.assign(
        lag=frame["first"] - frame["official"],
        lag_low=frame["after"] + 1 - frame["official"],
        lag_national=frame["first"] - first,
        lag_national_low=frame["after"] + 1 - first,
        lag_national_high=frame["first"] - (after + 1),
    )
    # Of the nation after itself no gap leaves anything open.
    same = (frame["level"] == "national") & frame["first"].notna()
    frame.loc[same, ["lag_national_low", "lag_national_high"]] = 0
    frame["level"] = pd.Categorical(frame["level"], LEVELS, ordered=True)
    frame = frame.sort_values(["slogan", "level"], ignore_index=True).astype({"level": object})
    columns = ["slogan", "level", "official", "first", "after", "after_n", "until", "documents", "n", "lag", "lag_low"]
    return frame[[*columns, "lag_national", "lag_national_low", "lag_national_high"]]


def _curve(years: Ints, place: npt.NDArray[np.object_], holds: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Of each place the years in which its documents begin and in which it first says the slogan, added up year by year."""
    frame = pd.DataFrame({"place": place, "year": years, "said": np.where(holds, years, np.iinfo(np.int64).max)})
    starts = frame.groupby("place").agg(begins=("year", "min"), says=("said", "min"))
    rows = []
    for year in np.unique(years):
        there = starts[starts["begins"] <= year]
        places, n = int((there["says"] <= year).sum()), len(there)
        low, high = intervals.share(np.asarray([places]), n)
        rows.append((int(year), places, n, places / n, low[0], high[0]))
    return pd.DataFrame(rows, columns=["year", "places", "n", "share", "low", "high"])
