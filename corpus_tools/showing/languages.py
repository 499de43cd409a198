"""The languages that labels, meanings and pages are written in."""

from __future__ import annotations

from typing import Literal, get_args

from corpus_tools.errors import AnalysisError

Lang = Literal["zh", "en"]
LANGS: tuple[str, ...] = get_args(Lang)


def check_lang(lang: str) -> None:
    """AnalysisError for a language that there is not."""
    if lang not in LANGS:
        raise AnalysisError(f"lang is {lang!r}; it can be {' or '.join(map(repr, LANGS))}")
