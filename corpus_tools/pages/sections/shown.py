"""How documents, stretches of their text, rates and courses are shown."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages import figures
from corpus_tools.pages.marks import with_codes
from corpus_tools.pages.sections import Part

NAME = 80  # characters of a title that are shown


def names(corpus: Corpus) -> dict[str, str]:
    """How documents are named: by title, or by file, with the year where the title lacks it."""
    names = {}
    for row in corpus.documents[["doc_id", "title", "source", "year"]].to_dict("records"):
        name, year = str(row["source"] if pd.isna(row["title"]) else row["title"]), row["year"]
        name = excerpt(name, NAME)
        names[row["doc_id"]] = name if pd.isna(year) or str(year) in name else f"{name} ({year})"
    return names


def excerpt(text: str, longest: int) -> str:
    """The start of a text, in so many characters."""
    text = text.strip()
    return with_codes(text if len(text) <= longest else f"{text[: longest - 1]}…")


def rate_text(rate: float) -> str | None:
    """A rate: two decimals, of one below 0.1 two figures; None where there is none."""
    if pd.isna(rate):
        return None
    return f"{rate:.2f}" if rate == 0 or rate >= 0.1 else f"{rate:.2g}"


def course(by_year: Mapping[int, float], *, first: int, last: int) -> Part:
    """Shares over the years from ``first`` to ``last``: the picture, its ends, and the highest share with its year."""
    highest = max(by_year, key=lambda year: by_year[year])
    line = figures.sparkline(by_year, first=first, last=last)
    return {"line": line, "first": first, "last": last, "most": by_year[highest], "in": highest}
