"""What a document is, which organisation issued it and on which level."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

HEAD = 400


@cache
def _tables() -> dict[str, dict[str, list[re.Pattern[str]]]]:
    tables = tomllib.loads(files("corpus_tools.data").joinpath("kinds.toml").read_text("utf-8"))
    return {
        column: {value: [re.compile(p) for p in patterns] for value, patterns in values.items()}
        for column, values in tables.items()
    }


def report_kind(title: str | None) -> str | None:
    """work_report, speech, summary, plan, resolution, news or template; None where the title does not say."""
    return _first("kind", title or "")


def organisation(title: str | None, text: str) -> str | None:
    """The kind of body that reports (科协, 政府, 政协, …), from the title, else from the first lines."""
    return _first("organisation", title or "") or _first("organisation", text[:HEAD])


def level(title: str | None, text: str) -> str | None:
    """national, province, city, county or township, from the title, else from the first lines."""
    return _first("level", title or "") or _first("level", text[:HEAD])


def _first(column: str, text: str) -> str | None:
    for value, patterns in _tables()[column].items():
        if any(p.search(text) for p in patterns):
            return value
    return None
