"""What values of columns are called for readers (data/value_words.toml)."""

from __future__ import annotations

from functools import cache
from typing import Any

from corpus_tools import data
from corpus_tools.showing.languages import Lang


def named_columns() -> list[str]:
    """The columns whose values have names."""
    return list(_toml())


def names_of(column: str, lang: Lang) -> dict[str, str]:
    """The names of a column's values in one language, in their order; empty for a column whose values name themselves."""
    return {value: name[lang] for value, name in _toml().get(column, {}).items()}


@cache
def _toml() -> dict[str, Any]:
    return data.toml("value_words.toml")
