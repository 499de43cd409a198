"""What charts read: columns of frames, checked, and words in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.errors import AnalysisError

Lang = Literal["zh", "en"]

PERCENT = ("share", "share_documents", "share_paragraphs")  # parts of a whole, drawn as percentages

WORDS = {
    "zh": {"year": "年份", "rate": "每万汉字次数", "per_10k": "每万汉字次数", "score": "TF-IDF 均值", "count": "次数",
           "share": "份额", "documents": "篇数", "share_documents": "篇数比例", "mean": "均值", "value": "数值（单位各异）",
           "share_paragraphs": "段落比例",
           "log_ratio": "对数比（log₂）", "lrc": "对数比保守值（log₂）", "moving": "线：移动平均　点：各年",
           "cut": "部分区间超出图幅",
           "band": "阴影：95% 区间（以篇为样本）", "whisker": "线：95% 区间（以篇为样本）"},
    "en": {"year": "year", "rate": "per 10,000 Han characters", "per_10k": "per 10,000 Han characters",
           "score": "mean TF-IDF", "count": "occurrences", "share": "share", "documents": "documents",
           "share_documents": "share of documents", "share_paragraphs": "share of paragraphs",
           "mean": "mean", "value": "values, each in its unit",
           "log_ratio": "log ratio (log₂)", "lrc": "log ratio, conservative (log₂)",
           "moving": "lines: moving, points: single years", "band": "shaded: 95% interval over documents",
           "whisker": "lines: 95% interval over documents", "cut": "some intervals go beyond"},
}  # fmt: skip


def words_of(lang: str, *more: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The words of a language, those of ``more`` too; AnalysisError for another one."""
    if lang not in WORDS:
        raise AnalysisError(f"lang is {lang!r}; it can be {' or '.join(map(repr, WORDS))}")
    return {key: word for table in (WORDS, *more) for key, word in table[lang].items()}


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
