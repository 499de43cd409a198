"""Words of what is shown (data/showing.toml)."""

from __future__ import annotations

from functools import cache
from typing import Any

from corpus_tools import data
from corpus_tools.showing.languages import Lang


def said(table: str, key: str, lang: Lang, **values: int) -> str:
    """Words in one language, with figures set in."""
    words: str = _toml()[table][key][lang]
    return words.format(**{name: f"{value:,}" for name, value in values.items()})


def both(key: str) -> str:
    """A label in both languages."""
    label = _toml()["labels"][key]
    return f"{label['zh']} {label['en']}"


@cache
def _toml() -> dict[str, Any]:
    return data.toml("showing.toml")
