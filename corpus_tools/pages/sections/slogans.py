"""Slogans: how often each is said, since when, over the years, and where; a map of the most frequent ones."""

from __future__ import annotations

from typing import Any, TypeAlias

import pandas as pd

from corpus_tools.analysis import slogans
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages import figures, inline, samples
from corpus_tools.pages.marks import with_codes
from corpus_tools.pages.samples import UNDATED
from corpus_tools.pages.sections import Part, slogan_map
from corpus_tools.pages.sections.shown import rate_text
from corpus_tools.showing.languages import Lang

SLOGANS, LEADING = 30, 6  # slogans in the table without script, and in the picture: more lines cannot be told apart
# Bytes of the data of slogans, and how many of them numbers may take; samples have the rest. Beside them stand a
# font (mostly 0.6 MB) and some 0.8 MB that hardly grow with the documents: a page of 1,000 rich reports has 2.4 MB.
ROOM, NUMBERS = 1_000_000, 600_000

# Of a slogan, what the data of the page have in this order; then its years and its samples of unknown year.
FIELDS = ("category", "introduced", "occasion", "count", "count_all", "documents", "rate", "first")

Year: TypeAlias = tuple[int, int, str | None]  # year, documents, upper bound of a rate of 0


def part(corpus: Corpus, *, lang: Lang, lexicon: Lexicon = None) -> Part:
    """The slogans that are said: ``rows``, the most frequent of ``all``; a figure, a map; ``data``, for the script.

    ``data`` hold as many slogans as have room, the rarest left out: ``listed`` of ``all``.
    """
    rows, yearly = _rows(corpus, lexicon), _yearly(corpus, lexicon)
    _add_first_years(rows, yearly)
    data = _data(corpus, rows, yearly, lexicon=lexicon)
    leading = [row["slogan"] for row in rows[:LEADING]]
    several = bool(rows) and yearly["year"].nunique() > 1
    return {
        "rows": rows[:SLOGANS],
        "all": len(rows),
        "figure": figures.trend(slogan_map.of(yearly, leading), lang=lang) if several else None,
        "leading": len(leading),
        "early": any(row["early"] for row in rows),
        "map": slogan_map.part(yearly, [row["slogan"] for row in rows]) if several and yearly["count"].any() else None,
        "listed": len(data["slogans"]),
        "data": data,
    }


def _rows(corpus: Corpus, lexicon: Lexicon) -> list[Part]:
    """The slogans that are said, most frequent first, with what the lexicon knows of them."""
    entries = {entry.slogan: entry for entry in known(lexicon)}
    rows: list[Part] = []
    for record in slogans.count(corpus, lexicon=lexicon).query("count > 0").to_dict("records"):
        row: Part = {str(name): value for name, value in record.items()}
        row |= {"rate": rate_text(row["per_10k"]), "category": "", "introduced": None, "occasion": ""}
        if entry := entries.get(row["slogan"]):  # wordings whose reading cannot be told have none
            row |= {"category": entry.category, "introduced": entry.year, "occasion": entry.occasion}
        rows.append(row)
    return rows


def _yearly(corpus: Corpus, lexicon: Lexicon) -> pd.DataFrame:
    """``slogans.count(by="year")`` with columns as ``trends.rate`` names them, of the years in which there is a rate.

    A year whose documents have no character that counts has none: to show 0 there would say that nothing was said.
    """
    if corpus.documents["year"].isna().all():
        return pd.DataFrame(columns=["year", "term", "count", "documents", "n", "rate", "low", "high"])
    counted = slogans.count(corpus, by="year", lexicon=lexicon)
    counted = counted[counted["per_10k"].notna()]
    return counted.rename(columns={"slogan": "term", "per_10k": "rate", "per_10k_low": "low", "per_10k_high": "high"})


def _add_first_years(rows: list[Part], yearly: pd.DataFrame) -> None:
    """The year in which each slogan is first counted, and whether that is before it is known to have been introduced."""
    first = yearly[yearly["count"] > 0].groupby("term")["year"].min().astype(int).to_dict()
    for row in rows:
        row["first"] = first.get(row["slogan"])
        row["early"] = bool(row["introduced"] and row["first"] and row["first"] < row["introduced"])


def _data(corpus: Corpus, rows: list[Part], yearly: pd.DataFrame, *, lexicon: Lexicon) -> Part:
    """What the script shows: ``n`` documents, ``documents`` of samples (title, file), ``years``, ``slogans``, and whether
    the lexicon is the reader's ``own``.

    Of each year: year, documents, upper bound of a rate of 0. Of each slogan: name, FIELDS, years in which it is said,
    samples of unknown year. Such a year: its number among the years, count, documents, rate, its bounds, samples.
    """
    years, courses = _courses(rows, yearly)
    entries, room = [], NUMBERS
    for row in rows:
        entry = (with_codes(row["slogan"]), *(row[field] for field in FIELDS), courses[row["slogan"]], [])
        room -= inline.size(entry)
        if room < 0:
            break
        entries.append(entry)
    shown = samples.of_slogans(corpus, lexicon=lexicon, room=ROOM - NUMBERS + max(room, 0))
    for row, entry in zip(rows, entries, strict=False):
        for cell in courses[row["slogan"]]:
            cell[-1].extend(shown.of.get((row["slogan"], years[cell[0]][0]), []))
        entry[-1].extend(shown.of.get((row["slogan"], UNDATED), []))
    return {
        "n": len(corpus),
        "documents": shown.documents,
        "years": years,
        "slogans": entries,
        "own": lexicon is not None,
    }


def _courses(rows: list[Part], yearly: pd.DataFrame) -> tuple[list[Year], dict[str, list[Any]]]:
    """The years, and of each slogan those in which it is said, as the data of the page have them, without samples yet."""
    courses: dict[str, list[Any]] = {row["slogan"]: [] for row in rows}
    years = []
    for number, (key, of) in enumerate(yearly.groupby("year")):
        said = of["count"] > 0
        # Of slogans that are not said the bound is the same: it follows from the documents of the year.
        years.append((int(str(key)), int(of["n"].iloc[0]), rate_text(of.loc[~said, "high"].max())))
        columns = [of.loc[said, name].tolist() for name in ("term", "count", "documents", "rate", "low", "high")]
        for term, count, documents, *rates in zip(*columns, strict=True):
            courses[term].append((number, count, documents, *map(rate_text, rates), []))
    return years, courses
