"""The slogan lexicon: standing formulae (提法) with their variants, what is known of their origin, and where they hold.

Read from ``data/slogans.csv`` and a user's own file of the same columns, and checked line by line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus_tools import data
from corpus_tools.errors import DataError
from corpus_tools.language.lexicon import matched, read
from corpus_tools.language.script import simplify

CATEGORIES = frozenset(
    {
        "S&T",
        "culture",
        "ecology",
        "economy",
        "foreign",
        "ideology",
        "mass-organisation",
        "other",
        "party-building",
        "security",
        "social",
    }
)
CONFIDENCES = frozenset({"high", "medium", "low"})
COLUMNS = (
    "slogan",
    "variants",
    "category",
    "year",
    "occasion",
    "confidence",
    "source",
    "years",
    "places",
    "near",
    "not_after",
    "not_before",
)
# The Party's founding; formulae before it belong to another corpus. The upper bound only catches typing slips.
FIRST_YEAR, LAST_YEAR = 1921, 2100

_BESIDE = ("near", "not_after", "not_before")  # compared with texts as they are matched
_GLOSS = re.compile(r"〔[^〔〕]+〕$")
_YEARS = re.compile(r"(\d{4})?(-)?(\d{4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Slogan:
    """A standing formula (提法), its declared variants, what is known of its first use, and where it is meant.

    ``slogan`` is its name: the wording itself, for one of several readings of a wording with a gloss in 〔〕 that is not
    matched (两个确保〔河南〕). ``category`` is one of CATEGORIES, ``year`` the year of introduction or None where it is not
    public knowledge, ``occasion`` where it was introduced, ``confidence`` (high, medium, low) how far the year can be
    trusted, ``source`` how it is known.

    A reading may hold only in reports of some ``years`` (first and last, None without a limit) or ``places`` (a province or
    the place itself), or where one of the words ``near`` stands within 100 characters. Directly after a string of
    ``not_after`` or before one of ``not_before`` the wording is never this slogan.
    """

    slogan: str
    variants: tuple[str, ...] = ()
    category: str = "other"
    year: int | None = None
    occasion: str = ""
    confidence: str = "medium"
    source: str = ""
    years: tuple[int | None, int | None] = (None, None)
    places: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """The slogan without its gloss."""
        return _GLOSS.sub("", self.slogan)

    @property
    def forms(self) -> tuple[str, ...]:
        """The slogan and its variants as they are matched in ``matched(text)``; the slogan comes first."""
        return _matched((self.wording, *self.variants))

    @property
    def is_conditional(self) -> bool:
        """Whether the wording has this meaning only in some years, places or company."""
        return bool(self.years != (None, None) or self.places or self.near)


@cache
def _matched(wordings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(matched, wordings)))


def slogans(extra: Path | None = None, *, shipped: bool = True) -> tuple[Slogan, ...]:
    """Return the shipped slogans, and those of a user's CSV with the same columns (only ``slogan`` is required).

    A row of ``extra`` replaces the shipped row of the same slogan; without ``shipped`` its rows are all there are. DataError
    names file and line of a bad row, also where a form already belongs to another slogan.
    """
    if extra is None:
        return _shipped() if shipped else ()
    rows = tuple(_rows(read(extra), str(extra)))
    return tuple(s for s, _ in _merged(_shipped_rows() if shipped else (), rows).values())


def add(row: Mapping[str, Any], file: str | Path) -> None:
    """Append a row to a user's CSV, which is made where it is missing; fields as there, only ``slogan`` is required.

    DataError where the row does not pass the checks of :func:`slogans`, or stands there already; the file is not changed then,
    and what stands in it is never written anew.
    """
    file = Path(file)
    before = read(file) if file.exists() else ""
    columns = next(csv.reader(before.splitlines()), list(COLUMNS))
    _check_columns(row, f"{file}, new row")
    slogan = _slogan({name: "" if value is None else str(value) for name, value in row.items()}, f"{file}, new row")
    said, unsaid = row_of(slogan), row_of(Slogan(slogan.slogan))
    if missing := [name for name in COLUMNS if name not in columns and said[name] != unsaid[name]]:
        raise DataError(f"{file}: has no column {missing[0]!r}; its first line may be {','.join(COLUMNS)}")
    others = list(_rows(before, str(file))) if before else []
    if slogan.slogan in {other.slogan for other, _ in others}:
        raise DataError(f"{file}: {slogan.slogan!r} stands there already")
    _merged(() if _is_shipped(file) else _shipped_rows(), [*others, (slogan, f"{file}, new row")])
    line, end = io.StringIO(newline=""), "\r\n" if b"\r\n" in (file.read_bytes() if before else b"") else "\n"
    writer = csv.DictWriter(line, columns, extrasaction="ignore", lineterminator=end)
    if not before:
        writer.writeheader()
    elif not before.endswith("\n"):
        line.write(end)
    writer.writerow(said)
    with file.open("ab") as end_of_file:
        end_of_file.write(line.getvalue().encode("utf-8"))


def _is_shipped(file: Path) -> bool:
    return file.resolve() == (Path(__file__).parents[1] / "data" / "slogans.csv").resolve()


def row_of(slogan: Slogan) -> dict[str, str]:
    """The fields of a slogan as its row of the CSV has them."""
    first, last = slogan.years
    years = "" if slogan.years == (None, None) else f"{first or ''}-{last or ''}"
    lists = {
        name: "|".join(getattr(slogan, name)) for name in ("variants", "places", "near", "not_after", "not_before")
    }
    plain = {name: str(getattr(slogan, name) or "") for name in COLUMNS}
    return plain | lists | {"years": years}


@cache
def _shipped() -> tuple[Slogan, ...]:
    return tuple(s for s, _ in _merged(_shipped_rows(), ()).values())


@cache
def _shipped_rows() -> tuple[tuple[Slogan, str], ...]:
    return tuple(_rows(data.text("slogans.csv"), "slogans.csv"))


def of_rows(rows: Iterable[Mapping[str, str]], *, name: str) -> tuple[Slogan, ...]:
    """Return the slogans of rows that are all there are; DataError names row and fault (``name, row 3: …``)."""
    table = list(rows)
    _check_columns(table[0] if table else COLUMNS, name)
    numbered = [(_slogan(row, f"{name}, row {n}"), f"{name}, row {n}") for n, row in enumerate(table, 1)]
    return tuple(slogan for slogan, _ in _merged(numbered, ()).values())


def _rows(text: str, name: str) -> Iterator[tuple[Slogan, str]]:
    table = csv.DictReader(text.lstrip("\ufeff").splitlines(keepends=True), strict=True)
    _check_columns(table.fieldnames or (), f"{name}, line 1")
    while True:
        try:
            row = next(table, None)
        except csv.Error as error:
            raise DataError(f"{name}, line {table.line_num}: {error}") from None
        where = f"{name}, line {table.line_num}"
        if row is None:
            return
        if None in row:
            raise DataError(f"{where}: more fields than columns")
        yield _slogan({key: value or "" for key, value in row.items()}, where), where


def _check_columns(found: Iterable[str], where: str) -> None:
    unknown = set(found := list(found)) - set(COLUMNS)
    if "slogan" not in found or unknown:
        what = "no column 'slogan'" if "slogan" not in found else f"unknown column {min(unknown)!r}"
        raise DataError(f"{where}: {what}; columns are {', '.join(COLUMNS)}")


def _slogan(fields: Mapping[str, str], where: str) -> Slogan:
    try:
        row = {n: value.strip() if value.isascii() else simplify(value.strip()) for n, value in fields.items()}
    except UnicodeEncodeError:
        raise DataError(f"{where}: holds half a letter (a lone surrogate)") from None
    if not matched(_GLOSS.sub("", row["slogan"])):
        raise DataError(f"{where}: empty slogan")
    category, confidence = row.get("category") or "other", row.get("confidence") or "medium"
    for value, allowed, column in ((category, CATEGORIES, "category"), (confidence, CONFIDENCES, "confidence")):
        if value not in allowed:
            raise DataError(f"{where}: {column} {value!r} is none of {', '.join(sorted(allowed))}")
    lists = {name: tuple(p for p in row.get(name, "").split("|") if matched(p)) for name in ("variants", "places")}
    lists |= {name: tuple(filter(None, map(matched, row.get(name, "").split("|")))) for name in _BESIDE}
    return Slogan(
        row["slogan"],
        category=category,
        year=_year(row.get("year", ""), where),
        occasion=row.get("occasion", ""),
        confidence=confidence,
        source=row.get("source", ""),
        years=_years(row.get("years", ""), where),
        **lists,
    )


def _year(value: str, where: str) -> int | None:
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or not FIRST_YEAR <= int(value) <= LAST_YEAR:
        raise DataError(f"{where}: year {value!r} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return int(value)


def _years(value: str, where: str) -> tuple[int | None, int | None]:
    found = _YEARS.fullmatch(value)
    if found is None or value == "-" or (found[3] and not found[2]):
        raise DataError(f"{where}: years {value!r} is not a year, or FIRST-LAST with either left out")
    first = _year(found[1] or "", where)
    last = _year(found[3] or "", where) if found[2] else first
    if first and last and first > last:
        raise DataError(f"{where}: years {value!r}: {first} comes after {last}")
    return first, last


def _merged(
    shipped: Iterable[tuple[Slogan, str]], extra: Iterable[tuple[Slogan, str]]
) -> dict[str, tuple[Slogan, str]]:
    """Slogans by name, those of ``extra`` in place of shipped ones; DataError where two claim one form without conditions."""
    found: dict[str, tuple[Slogan, str]] = {}
    for slogan, where in shipped:
        if slogan.slogan in found:
            raise DataError(f"{where}: {slogan.slogan!r} stands twice")
        found[slogan.slogan] = slogan, where
    found.update({slogan.slogan: (slogan, where) for slogan, where in extra})
    owner: dict[str, Slogan] = {}
    for slogan, where in found.values():
        for form in slogan.forms:
            other = owner.setdefault(form, slogan)
            if other is not slogan and not (other.is_conditional and slogan.is_conditional):
                raise DataError(
                    f"{where}: {form!r} already belongs to {other.slogan!r}; a wording with several readings needs a row of "
                    "each, with its years, places or near"
                )
    return found
