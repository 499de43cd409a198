"""Coverage: what the corpus holds, how that is known, and what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from corpus_tools import data
from corpus_tools.corpus import repeats
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages import figures
from corpus_tools.pages.marks import with_codes
from corpus_tools.pages.sections import Part, shown

VALUES = 12  # values of a column shown by themselves
FILES, DETAIL = 50, 200  # rejected files shown by name, and characters of what is said of each
COLOURS = 6  # values told apart in the chart, what is unknown not among them
PLACES = 15  # rows of places
YEARS, PERIODS = 26, 16  # columns of one year, or of several, that fit on a page
STEPS = (1, 2, 5, 10, 20, 50, 100)  # years that a column may hold
SHADES = 8  # of the cells


def part(corpus: Corpus, *, meanings: Mapping[str, Mapping[str, str]]) -> Part:
    """Documents by year, place, kind, organisation and level; years' basis, duplicates, flags, and the rejected files.

    ``meanings`` are the names of values, by column.
    """
    documents = corpus.documents.assign(place=_places_of(corpus.documents))
    return {
        "years": _years(documents, meanings),
        "places": _places(documents),
        "tables": [_values(documents, column) for column in ("kind", "organisation", "level", "place")],
        "bases": _values(documents, "year_basis"),
        "copies": _copies(corpus),
        "flags": _flags(documents),
        "rejected": _rejected(corpus.rejected),
    }


def _years(documents: pd.DataFrame, meanings: Mapping[str, Mapping[str, str]]) -> Part | None:
    """Documents of each year by level, or by kind where that is known of more; None where no year is known."""
    dated = documents[documents["year"].notna()]
    if dated.empty:
        return None
    column = str(dated[["level", "kind"]].count().idxmax())
    leading = dated[column].value_counts().sort_index().sort_values(ascending=False, kind="stable").index[:COLOURS]
    of = dated[column].where(dated[column].isin(leading), "others").where(dated[column].notna(), "unknown")
    order = [name for name in (*leading, "others", "unknown") if (of == name).any()]
    counted = pd.crosstab(dated["year"].astype(int), of)[order]
    rows = {int(year): [int(n) for n in row] for year, row in zip(counted.index, counted.to_numpy(), strict=True)}
    names = [with_codes(meanings.get(column, {}).get(name, name)) for name in order]
    numbers = [order.index(name) if name in leading else COLOURS + (name == "unknown") for name in order]
    chart = figures.stack(rows, names=names, colours=numbers)
    empty = max(rows) - min(rows) + 1 - len(rows)
    legend = list(zip(names, numbers, counted.sum().tolist(), strict=True))
    return {"column": column, "chart": chart, "legend": legend, "rows": rows, "empty": empty}


def _places_of(documents: pd.DataFrame) -> pd.Series[str]:
    """The place of each document; reports on the whole country have one that no column names."""
    return documents["place"].where(documents["place"].notna() | documents["level"].ne("national"), "national")


def _places(documents: pd.DataFrame) -> Part | None:
    """Documents of the places that have most, in every period from the first year to the last; None without years."""
    dated = documents[documents["year"].notna()]
    if dated.empty:
        return None
    years = dated["year"].astype(int)
    step, periods = _periods(int(years.min()), int(years.max()))
    counted = pd.crosstab(dated["place"].fillna("unknown"), years // step).reindex(columns=periods, fill_value=0)
    order = counted.assign(_n=counted.sum(axis=1)).sort_index().sort_values("_n", ascending=False, kind="stable").index
    known = [name for name in order if name != "unknown"]
    rows = [(name, counted.loc[name]) for name in known[:PLACES]]
    if rest := known[PLACES:]:
        rows.append(("others", counted.loc[rest].sum()))
    if "unknown" in counted.index:
        rows.append(("unknown", counted.loc["unknown"]))
    most = max(int(of.max()) for _, of in rows)
    return {
        "periods": [f"{n * step}" if step == 1 else f"{n * step}–{(n * step + step - 1) % 100:02d}" for n in periods],
        "rows": [(name, int(of.sum()), [(int(n), -(-SHADES * int(n) // most)) for n in of]) for name, of in rows],
        "total": [int(n) for n in counted.sum()],
        "n": len(dated),
        "others": len(rest),
    }


def _periods(first: int, last: int) -> tuple[int, range]:
    """How many years a column holds, and the numbers of the columns: year // step."""
    room = ((step, YEARS if step == 1 else PERIODS) for step in STEPS)
    step = next((step for step, most in room if last // step - first // step < most), STEPS[-1])
    return step, range(first // step, last // step + 1)


def _values(documents: pd.DataFrame, column: str) -> Part:
    """Documents by the values of a column, the most frequent first; the unknown ones last, under None."""
    known = documents[column].dropna()
    counted = known.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    leading = counted.head(VALUES)
    rows: list[tuple[str | None, int]] = [(with_codes(value), n) for value, n in _named(leading)]
    if unknown := len(documents) - len(known):
        rows.append((None, unknown))
    others = {"others": len(counted) - len(leading), "others_n": int(counted.sum() - leading.sum())}
    return {"column": column, "rows": rows, "n": len(documents), "most": max(n for _, n in rows)} | others


def _copies(corpus: Corpus) -> Part:
    """Documents of the folder that repeat one of these: ``n`` that are left out, by kind in ``rows``, and ``counted``."""
    stored, left_out, counted = repeats.of(corpus)
    return {"all": stored, "n": sum(left_out.values()), "rows": left_out, "counted": counted}


def _flags(documents: pd.DataFrame) -> Part:
    """Flags with their documents and English meaning, the most frequent first, and how many documents have none."""
    raised = (
        documents["flags"].explode().dropna().value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    known = data.toml("flags.toml")
    rows = [(with_codes(name), int(n), known[name]["meaning"] if name in known else "") for name, n in _named(raised)]
    return {"rows": rows, "n": len(documents), "none": int((documents["flags"].str.len() == 0).sum())}


def _rejected(rejected: pd.DataFrame) -> Part:
    reasons = rejected.groupby(["stage", "reason"]).size().sort_values(ascending=False, kind="stable")
    files = rejected[["source", "reason", "detail"]].head(FILES)
    return {
        "n": len(rejected),
        "reasons": [
            (with_codes(row[0]), with_codes(row[1]), row[2]) for row in reasons.reset_index().itertuples(index=False)
        ],
        "files": [[shown.excerpt(cell, DETAIL) for cell in row] for row in files.itertuples(index=False)],
        "more": max(0, len(rejected) - FILES),
    }


def _named(counted: pd.Series[int]) -> list[tuple[str, int]]:
    return [(str(name), int(n)) for name, n in counted.items()]
