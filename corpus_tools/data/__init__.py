"""What grows without code: lists and tables of knowledge. Each file's head says who reads it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def text(name: str) -> str:
    """The content of a data file."""
    return files("corpus_tools.data").joinpath(name).read_text("utf-8")


def toml(name: str) -> dict[str, Any]:
    """A data file as nested tables."""
    return tomllib.loads(text(name))


@cache
def wording(key: str) -> str:
    """A list of wording.toml as an alternation for a regular expression."""
    return "|".join(_wordings()[key])


@cache
def _wordings() -> dict[str, list[str]]:
    return toml("wording.toml")


def site_files() -> list[tuple[str, str]]:
    """Name and content of every rule of a site, by name."""
    folder = files("corpus_tools.data").joinpath("sites")
    return [(f.name, f.read_text("utf-8")) for f in sorted(folder.iterdir(), key=lambda f: f.name)]
