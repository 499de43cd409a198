"""The slogans that are looked for: the shipped lexicon, a user's own, or any choice of both, as a frame."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import pandas as pd

from corpus_tools.errors import DataError
from corpus_tools.language import slogans as entries
from corpus_tools.language.slogans import Slogan
from corpus_tools.language.slogans import add as add

# A user's CSV that is added to the shipped lexicon; a frame as :func:`lexicon` gives it, which stands for all; or None.
Lexicon: TypeAlias = str | Path | pd.DataFrame | None

_YEAR = "year"


def lexicon(path: str | Path | None = None, *, shipped: bool = True) -> pd.DataFrame:
    """Show the slogans that are looked for: those shipped, those of your own CSV, or with ``shipped=False`` only yours.

    One row a slogan, its columns those of the CSV (only ``slogan`` is required): ``slogan``, its name and wording, for one
    of several readings with a gloss in 〔〕 that is not matched; ``variants``, other exact wordings, ``|`` between;
    ``category``; ``year`` of introduction (Int64, missing where it is not public knowledge) and ``occasion``;
    ``confidence`` in the year (high, medium, low); ``source``, how it is known; ``years`` (``2021-``), ``places`` and
    ``near`` (words within 100 characters), where alone the reading holds; ``not_after`` and ``not_before``, strings beside
    which it never does. A row of yours replaces the shipped one of the same name. What is left of the frame after your own
    choice (``frame[frame["category"] == "ecology"]``) may be given to every function as its ``lexicon``; a wording is then
    counted inside longer ones that you left out. DataError names file and line of a bad row.
    """
    found = entries.slogans(Path(path) if path is not None else None, shipped=shipped)
    frame = pd.DataFrame([entries.row_of(slogan) for slogan in found], columns=list(entries.COLUMNS))
    frame[_YEAR] = pd.array([slogan.year for slogan in found], dtype="Int64")
    return frame


def known(chosen: Lexicon) -> tuple[Slogan, ...]:
    """The slogans of a choice; DataError for a frame or file that is no lexicon, and for an empty one."""
    if not isinstance(chosen, pd.DataFrame | str | Path | None):
        raise DataError(
            f"lexicon: {type(chosen).__name__} is no lexicon; give a CSV file, or rows of slogans.lexicon()"
        )
    if not isinstance(chosen, pd.DataFrame):
        return entries.slogans(Path(chosen) if chosen is not None else None)
    for name in (_YEAR, "years"):
        # A frame that was read from a file has 2016.0 beside what is missing.
        if name in chosen and pd.api.types.is_float_dtype(chosen[name]):
            chosen = chosen.assign(**{name: chosen[name].map(lambda year: f"{year:g}", na_action="ignore")})
    texts = chosen.astype(object).where(chosen.notna(), "").astype(str)
    rows = [dict(zip(texts.columns, row, strict=True)) for row in texts.itertuples(index=False, name=None)]
    found = entries.of_rows(rows, name="lexicon")
    if not found:
        raise DataError("lexicon: has no row")
    return found
