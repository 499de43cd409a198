"""Dictionaries of themes: the shipped ones, a user's own, or any choice of both, checked entry by entry.

Read from ``data/themes.toml`` and files of the same form.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from corpus_tools import data
from corpus_tools.analysis.phrases import form_of
from corpus_tools.errors import AnalysisError, DataError
from corpus_tools.language.lexicon import read

# A shipped set by name; a user's TOML by path; names of shipped themes; or a frame as :func:`dictionary` gives it.
Themes: TypeAlias = str | Path | Sequence[str] | pd.DataFrame

SETS = ("general", "association")
KEYS = ("english", "for", "terms", "weights", "exclusions", "why")
COLUMNS = ("theme", "english", "term", "weight", "exclusions", "why")

_FILE = "themes.toml"
# As other programs write "and what begins so", "or". Two asterisks and more stand for what a site has hidden.
_WILDCARD = re.compile(r"(?<!\*)\*(?!\*)|[?|]")


@dataclass(frozen=True, slots=True)
class Term:
    """One wording of a theme: as it was ``written`` and as it is matched, how much of a hit counts, and ``why`` it is there."""

    written: str
    form: str
    weight: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its terms, and the phrases inside which none of them counts, as written."""

    name: str
    english: str
    terms: tuple[Term, ...]
    exclusions: tuple[str, ...] = ()
    sets: tuple[str, ...] = SETS

    def excluding(self, term: Term) -> tuple[str, ...]:
        """The exclusions that hold this term."""
        return tuple(phrase for phrase in self.exclusions if term.form in form_of(phrase))


def dictionary(themes: Themes = "general") -> pd.DataFrame:
    """Show what a dictionary of themes holds: one row a theme and term.

    Columns: ``theme``; ``english``, its English name; ``term``, a wording that counts wherever it stands; ``weight``, how much
    of a hit counts, above 0 to 1: a passage holds a theme where the weights of its terms, each once, sum to 1; ``exclusions``,
    phrases inside which the term does not count, ``|`` between; ``why``, the reason of a term that is not plain.

    ``themes``: ``"general"`` or ``"association"`` (科协, 学会, 协会), the shipped sets; the path of your own TOML file of the
    form of data/themes.toml; names of shipped themes (``["三农", "科技"]``); or what is left of this frame after your own
    choice or change. AnalysisError for a name that is neither; DataError names file, theme and key of a bad entry.
    """
    rows = [
        (theme.name, theme.english, term.written, term.weight, "|".join(sorted(theme.excluding(term))), term.why)
        for theme in known(themes)
        for term in theme.terms
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def known(themes: Themes) -> tuple[Theme, ...]:
    """The themes of a choice, in the order of their file; errors as of :func:`dictionary`."""
    if isinstance(themes, pd.DataFrame):
        return _of_frame(themes)
    if isinstance(themes, Path) or (isinstance(themes, str) and themes.lower().endswith(".toml")):
        return _of_text(read(Path(themes)), str(themes))
    if isinstance(themes, str) and themes in SETS:
        return tuple(theme for theme in _shipped() if themes in theme.sets)
    wanted = dict.fromkeys([themes] if isinstance(themes, str) else themes)
    names = [theme.name for theme in _shipped()]
    if unknown := [name for name in wanted if name not in names]:
        raise AnalysisError(
            f"no theme {unknown[0]!r}; themes are {', '.join(names)}; or name a set ({', '.join(SETS)}), a .toml file or a frame"
        )
    if not wanted:
        raise AnalysisError("no themes: name at least one, for instance '三农'")
    return tuple(theme for name in wanted for theme in _shipped() if theme.name == name)


@cache
def _shipped() -> tuple[Theme, ...]:
    return _of_text(data.text(_FILE), _FILE)


def _of_text(text: str, name: str) -> tuple[Theme, ...]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(
            f'{name}: {error}; names and phrases stand between straight marks ("三农"), plain commas between'
        ) from None
    if not tables:
        raise DataError(f"{name}: holds no theme")
    return tuple(_theme(theme, table, f"{name}, {theme}") for theme, table in tables.items())


def _theme(name: str, table: Any, where: str) -> Theme:
    if not isinstance(table, Mapping):
        raise DataError(f'{where}: is no table; write ["{name}"] and below it {", ".join(KEYS)}')
    if unknown := set(table) - set(KEYS):
        raise DataError(f"{where}: unknown key {min(unknown)!r}; keys are {', '.join(KEYS)}")
    terms, exclusions = (_phrases(table.get(key, []), f"{where}, {key}") for key in ("terms", "exclusions"))
    if not terms:
        raise DataError(f"{where}, terms: a theme needs at least one")
    weights, why = (_notes(table.get(key, {}), f"{where}, {key}") for key in ("weights", "why"))
    for key, notes, may in (("weights", weights, terms), ("why", why, terms | exclusions)):
        if unknown := set(notes) - set(may):
            raise DataError(
                f"{where}, {key}: {min(unknown)!r} is none of its {'terms' if key == 'weights' else 'phrases'}"
            )
    found = tuple(
        Term(term, form, _weight(weights.get(term, 1), f"{where}, weights, {term}"), str(why.get(term, "")))
        for term, form in terms.items()
    )
    _check_exclusions(terms, exclusions, f"{where}, exclusions")
    sets = table.get("for", list(SETS))
    if not isinstance(sets, list) or not sets or not all(name in SETS for name in sets):
        raise DataError(f"{where}, for: {sets!r} must be a list of some of {', '.join(SETS)}")
    return Theme(name, str(table.get("english", "")), found, tuple(exclusions), tuple(sets))


def _phrases(listed: Any, where: str) -> dict[str, str]:
    """Phrases as written, each with its form; DataError for what is none, or stands twice."""
    if not isinstance(listed, list) or not all(isinstance(phrase, str) for phrase in listed):
        raise DataError(f"{where}: must be a list of phrases")
    forms: dict[str, str] = {}
    for phrase in listed:
        if _WILDCARD.search(phrase):
            raise DataError(
                f"{where}: {phrase!r} has a wildcard, and a phrase is exact; 农村 stands in 农村公路 without one"
            )
        try:
            form = form_of(phrase)
        except AnalysisError as error:
            raise DataError(f"{where}: {error}") from None
        if form in forms.values():
            raise DataError(f"{where}: {phrase!r} stands twice")
        forms[phrase] = form
    return forms


def _notes(table: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(table, Mapping):
        raise DataError(f"{where}: must be a table of phrases")
    return table


def _weight(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise DataError(f"{where}: {value!r} is no weight above 0 and up to 1")
    return float(value)


def _check_exclusions(terms: Mapping[str, str], exclusions: Mapping[str, str], where: str) -> None:
    for phrase, form in exclusions.items():
        if form in terms.values():
            raise DataError(f"{where}: {phrase!r} is a term of the theme")
        if not any(term in form for term in terms.values()):
            raise DataError(f"{where}: {phrase!r} holds no term of the theme, so that it would exclude nothing")


def _of_frame(frame: pd.DataFrame) -> tuple[Theme, ...]:
    """The themes of a frame with the columns of :func:`dictionary`; only ``theme`` and ``term`` are required."""
    for name in ("theme", "term"):
        if name not in frame:
            raise DataError(f"themes: has no column {name!r}; columns are {', '.join(COLUMNS)}")
    if frame.empty:
        raise DataError("themes: has no row")
    if frame["theme"].isna().any():
        raise DataError("themes: has a row without a theme")
    if unknown := [str(name) for name in frame.columns if name not in COLUMNS]:
        raise DataError(f"themes: unknown column {unknown[0]!r}; columns are {', '.join(COLUMNS)}")
    return tuple(
        _theme(str(name), dict(_entries(rows)), f"themes, {name}") for name, rows in frame.groupby("theme", sort=False)
    )


def _entries(rows: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    """The rows of one theme as the table of a file."""
    terms = rows["term"].tolist()
    yield "terms", terms
    if "english" in rows:
        yield "english", _filled(rows["english"])[0]
    if "weight" in rows:
        yield "weights", dict(zip(terms, rows["weight"].tolist(), strict=True))
    if "exclusions" in rows:
        phrases = "|".join(_filled(rows["exclusions"])).split("|")
        yield "exclusions", list(dict.fromkeys(phrase for phrase in phrases if phrase))
    if "why" in rows:
        yield "why", dict(zip(terms, _filled(rows["why"]), strict=True))


def _filled(cells: pd.Series[str]) -> list[str]:
    """The cells as text, blank where a file had none."""
    return ["" if pd.isna(cell) else str(cell) for cell in cells]
