"""What charts read: columns of frames, checked, and words in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.data import toml
from corpus_tools.errors import AnalysisError
from corpus_tools.showing.languages import Lang, check_lang
from corpus_tools.showing.values import names_of

PERCENT = ("share", "share_documents", "share_paragraphs")  # parts of a whole, drawn as percentages


def table_of(lang: str, name: str) -> dict[str, str]:
    """A table of data/plot_words.toml in one language; AnalysisError for another one."""
    check_lang(lang)
    return {key: word[lang] for key, word in _words()[name].items()}


def words_of(lang: str, *more: str) -> dict[str, str]:
    """The words that every chart knows, and those of these tables; AnalysisError for an unknown language."""
    return {key: word for name in ("all", *more) for key, word in table_of(lang, name).items()}


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    return toml("plot_words.toml")


def name_of(cell: object, column: str, lang: Lang) -> str:
    """A value of a column as a chart writes it: under its name, if it has one."""
    return names_of(column, lang).get(str(cell), str(cell))


def first_of(frame: pd.DataFrame, wanted: Sequence[str], usual: str) -> str:
    """The first of these columns that the frame has."""
    if frame.empty:
        raise AnalysisError("nothing to draw: the frame has no rows")
    for column in wanted:
        if column in frame:
            return column
    raise AnalysisError(f"no column {usual!r} to draw; there are: {', '.join(map(str, frame.columns))}")


def check_columns(frame: pd.DataFrame, *columns: str) -> None:
    """AnalysisError unless the frame has rows and all these columns."""
    for column in columns:
        first_of(frame, (column,), column)


def check_once(frame: pd.DataFrame, *columns: str) -> None:
    """AnalysisError where these columns, such as term and year, name a row twice."""
    if frame.duplicated(list(columns)).any():
        times = "several times in a year" if "year" in columns else "in several rows"
        raise AnalysisError(f"a {columns[0]} stands {times}: choose one group, then draw it")


def numbers_of(frame: pd.DataFrame, column: str) -> npt.NDArray[np.float64]:
    """A column as numbers, NaN where missing; AnalysisError for anything else."""
    try:
        return pd.to_numeric(frame[column]).to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise AnalysisError(f"column {column!r} must hold numbers") from None


def years_of(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Every year from the first to the last, those without documents too."""
    first_of(frame, ("year",), "year")
    numbers = pd.to_numeric(frame["year"], errors="coerce").astype(float)
    if numbers.isna().any() or (numbers % 1 != 0).any():
        raise AnalysisError("years must be whole numbers")
    return np.arange(int(numbers.min()), int(numbers.max()) + 1)


def check_rows(rows: int, *, most: int, what: str = "slogans", column: str = "slogan") -> None:
    """AnalysisError for more slogans than can be read."""
    if rows > most:
        raise AnalysisError(
            f"{rows} {what} are too many to draw (at most {most}): "
            f"choose some first, as in frame[frame[{column!r}].isin([…])]; on the command line by name, --where or --top"
        )


def check_top(top: int) -> None:
    """AnalysisError for fewer rows than one."""
    if top < 1:
        raise AnalysisError(f"top is {top}; it must be 1 or more")


def each(frame: pd.DataFrame, names: Sequence[str]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Each slogan with its rows."""
    return ((name, frame[frame["slogan"] == name]) for name in names)
