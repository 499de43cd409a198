"""The map of slogans: a row a slogan, a column a year, the darker the more often said."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from corpus_tools.pages.sections import Part
from corpus_tools.pages.sections.shown import rate_text

MAPPED = 40  # rows: as many as a page of paper holds
SHADES = 8  # of cells: h1 to h8 in style.css
LONG = 4  # years in a row without documents that are drawn as one column: half a century of nothing tells no more


class Cell(NamedTuple):
    """A slogan in a year that has documents: the number of the year in the data of the page, rate, shade (0: not said)."""

    year: int
    rate: str | None
    shade: int


def part(yearly: pd.DataFrame, names: list[str]) -> Part:
    """The first of these names, those of the earliest mean year (of rates) first, each by its number, with its cells.

    ``columns``: first and last year of each, more than one only where years have no documents; a cell there is None.
    ``bounds``: the highest rate of each shade, from 0.
    """
    some = of(yearly, names[:MAPPED])
    most = some["rate"].max()
    number = {year: at for at, year in enumerate(sorted(yearly["year"].unique()))}
    cells = {
        (term, year): Cell(number[year], rate_text(rate), _shade(rate, most))
        for term, year, rate in zip(some["term"], some["year"], some["rate"], strict=True)
    }
    columns = list(_columns(list(number)))
    ordered = _mean_years(some).sort_values(kind="stable").index
    return {
        "columns": columns,
        "rows": [(names.index(name), name, [cells.get((name, first)) for first, _ in columns]) for name in ordered],
        "bounds": [rate_text(most * (shade / SHADES) ** 2) for shade in range(SHADES + 1)],
    }


def _columns(years: list[int]) -> Iterator[tuple[int, int]]:
    """A column for each of these years and the years between them, long runs of which share one."""
    for before, year in zip([years[0] - 1, *years], years, strict=False):
        gap = year - before - 1
        yield from [(before + 1, year - 1)] if gap >= LONG else ((one, one) for one in range(before + 1, year))
        yield year, year


def of(yearly: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The rows of these terms, in their order."""
    some = yearly[yearly["term"].isin(names)]
    return some.sort_values("term", key=lambda terms: terms.map(names.index), kind="stable")


def _mean_years(rates: pd.DataFrame) -> pd.Series:
    weighted = (rates["rate"] * rates["year"]).groupby(rates["term"], sort=False).sum()
    return weighted / rates.groupby("term", sort=False)["rate"].sum()


def _shade(rate: float, most: float) -> int:
    """By the root of the rate, as one great year would make all others pale; 0 for none alone."""
    return math.ceil(SHADES * math.sqrt(rate / most)) if rate > 0 else 0
