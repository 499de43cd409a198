"""What columns mean: those of a frame, of a table on disk, of a function's result, or any by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from corpus_tools import data
from corpus_tools.errors import AnalysisError
from corpus_tools.showing.languages import Lang, check_lang

NAMES = ("column", "frame", "unit", "meaning", "label_zh", "label_en")
BY = "<by>"  # in a list of columns: those that were asked for, which are columns of documents


class Text(NamedTuple):
    """Words in both languages."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """The words in one of them."""
        return self.zh if lang == "zh" else self.en


class Meaning(NamedTuple):
    """What a column is called for short, its unit (or type, where it has none), and one sentence on what it says."""

    label: Text
    unit: Text
    sentence: Text


class Frame(NamedTuple):
    """A table on disk or a frame of a public function: what a row is, and its columns in order, ``<by>`` among them."""

    row: Text
    columns: tuple[str, ...]


def columns(what: pd.DataFrame | str | None = None, *, lang: Lang = "en") -> pd.DataFrame:
    """Tell what columns mean: of a frame, by a name, or all of them.

    ``what``: a frame of this package; the name of a column (``"lrc"``), of a table on disk (``"sections"``) or of what returns
    a frame (``"trends.rate"``, ``"Topics.quality"``); a name that is several of these gives all. None: every column.

    Columns: ``column``; ``frame``, the table or function in which it means this, missing for what it means everywhere
    else; ``unit`` and ``meaning``, in the language ``lang``; ``label_zh``, ``label_en``, short names. One row a column, those of
    a frame or table in its order; by a column's name one row more for each meaning that it has in some frame. In a frame
    ``frame`` is missing: the meaning is the one of the functions that return such a frame, and where these differ the general
    one. A column of a frame that this package did not make has no meaning. AnalysisError for an unknown name or language.
    """
    check_lang(lang)
    if isinstance(what, pd.DataFrame):
        found = meanings([str(name) for name in what.columns])
        return _frame([(name, None, meaning) for name, meaning in found.items()], lang)
    if what is None:
        return _frame([row for name in all_columns() for row in _everywhere(name)], lang)
    rows = list(_everywhere(what)) if _key(what) in all_columns() else []
    if what in frames():
        rows += [(name, what, meaning_of(name, what)) for name in frames()[what].columns if name in all_columns()]
    if not rows:
        raise AnalysisError(_unknown(what))
    return _frame(rows, lang)


def meanings(names: Sequence[str]) -> dict[str, Meaning | None]:
    """What the columns of a frame mean, taken together; None for a column that is not ours.

    Where several functions return such frames and do not agree on a column, its general meaning.
    """
    ours = [name for name in names if _key(name) in all_columns()]
    makers = [maker for maker, frame in frames().items() if set(map(_key, ours)) <= _possible(frame)]
    found: dict[str, Meaning | None] = dict.fromkeys(names)
    for name in ours:
        agreed = {meaning_of(name, maker) for maker in makers}
        found[name] = agreed.pop() if len(agreed) == 1 else meaning_of(name)
    return found


def meaning_of(name: str, frame: str | None = None) -> Meaning:
    """What a column means in one frame, or in general."""
    own = all_columns()[_key(name)]
    if frame is not None and _key(name) not in frames()[frame].columns:
        frame = "documents"  # one of those that were asked for with by
    return own.get(frame) or own[None]


@cache
def all_columns() -> dict[str, dict[str | None, Meaning]]:
    """Every column: its general meaning under None, and those it has in some frames."""
    units = {en: Text(zh, en) for en, zh in _toml()["units"].items()}
    found = dict[str, dict[str | None, Meaning]]()
    for name, entry in _toml()["columns"].items():
        special = {frame: entry | own for frames, own in entry.get("in", {}).items() for frame in frames.split()}
        found[name] = {
            frame: Meaning(Text(said["zh"][0], said["en"][0]), units[said["unit"]], Text(said["zh"][1], said["en"][1]))
            for frame, said in {None: entry, **special}.items()
        }
    return found


@cache
def frames() -> dict[str, Frame]:
    """Tables on disk, then the frames of public functions."""
    entries = tables() | _toml()["frames"]
    return {name: Frame(Text(entry["zh"], entry["en"]), tuple(entry["columns"])) for name, entry in entries.items()}


def tables() -> dict[str, Any]:
    """The tables on disk, as data/columns.toml has them."""
    found: dict[str, Any] = _toml()["tables"]
    return found


@cache
def _toml() -> dict[str, Any]:
    return data.toml("columns.toml")


def _key(name: str) -> str:
    """The entry of a column: coder_1 and coder_2 are one."""
    return name if name in all_columns() else re.sub(r"_\d+$", "_N", name)


def _possible(frame: Frame) -> set[str]:
    asked = {*frames()["documents"].columns, "tense"} if BY in frame.columns else set()
    return asked.union(frame.columns)


def _everywhere(name: str) -> Iterator[tuple[str, str | None, Meaning]]:
    for frame, meaning in all_columns()[_key(name)].items():
        yield name, frame, meaning


def _frame(rows: Sequence[tuple[str, str | None, Meaning | None]], lang: Lang) -> pd.DataFrame:
    cells = [
        (name, frame, m and m.unit.of(lang), m and m.sentence.of(lang), m and m.label.zh, m and m.label.en)
        for name, frame, m in rows
    ]
    return pd.DataFrame(cells, columns=list(NAMES))


def _unknown(name: str) -> str:
    known = [*all_columns(), *frames()]
    near = get_close_matches(name, known, 3) or [other for other in known if name and name in other][:3]
    said = f"no column, table or function is called {name!r}"
    return f"{said}; near it: {', '.join(near)}" if near else f"{said}; all of them: corpus-tools columns"
