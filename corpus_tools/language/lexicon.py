"""Lists of knowledge, read from ``corpus_tools/data`` and checked line by line: slogans, words, stop words."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from corpus_tools.errors import DataError

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
COLUMNS = ("slogan", "variants", "category", "year", "occasion", "confidence")
# The Party's founding; formulae before it belong to another corpus. The upper bound only catches typing slips.
FIRST_YEAR, LAST_YEAR = 1921, 2100

LEFT_OUT = r"[\s“”‘’\"'「」『』〝〞]"
_WORD_LINE = re.compile(r"(\S+)(?:\s+([0-9]{1,12}))?(?:\s+([A-Za-z]+))?")
_LAYER = re.compile(r"#\s*layer:\s*(.+)")


@dataclass(frozen=True, slots=True)
class Slogan:
    """A standing formula (提法), its declared variants, and what is known of its first use.

    ``category`` is one of CATEGORIES, ``year`` the year of introduction or None where it is not public knowledge,
    ``occasion`` where it was introduced, ``confidence`` (high, medium, low) how far the year can be trusted.
    """

    slogan: str
    variants: tuple[str, ...] = ()
    category: str = "other"
    year: int | None = None
    occasion: str = ""
    confidence: str = "medium"

    @property
    def forms(self) -> tuple[str, ...]:
        """The slogan and its variants as they are matched in ``matched(text)``; the slogan comes first."""
        return tuple(dict.fromkeys(map(matched, (self.slogan, *self.variants))))


class Word(NamedTuple):
    """One line of a word list: ``freq`` None lets the engine choose, 0 takes the word out of its dictionary."""

    word: str
    freq: int | None
    tag: str | None


def matched(text: str) -> str:
    """Return ``text`` as slogans are matched in it: NFKC, without white space and quotation marks (《》 stay)."""
    # NFC again: a letter and an accent may come together where white space stood between them.
    return unicodedata.normalize("NFC", re.sub(f"{LEFT_OUT}+", "", unicodedata.normalize("NFKC", text)))


def slogans(extra: Path | None = None) -> tuple[Slogan, ...]:
    """Return the shipped slogans, and those of a user's CSV with the same columns (only ``slogan`` is required).

    A row of ``extra`` replaces the shipped row of the same slogan. DataError names file and line of a bad row, also
    where a form already belongs to another slogan.
    """
    if extra is None:
        return _shipped()
    return tuple(s for s, _ in _merged(_rows(_read(extra), str(extra))).values())


def word_list(path: Path | None = None) -> tuple[Word, ...]:
    """Return the entries of ``data/words.txt``, or of a user's dictionary in jieba's format (``word freq? tag?``).

    Lines that start with ``#`` are comments. DataError names file and line of what cannot be read.
    """
    return _shipped_words("words.txt") if path is None else tuple(_word_lines(_read(path), str(path)))


def split_list() -> tuple[str, ...]:
    """Return the entries of jieba's dictionary that glue two words together (``data/split.txt`` says how made)."""
    return tuple(w.word for w in _shipped_words("split.txt"))


@cache
def stopwords(layers: tuple[str, ...] | None = None) -> frozenset[str]:
    """Return the stop words of the named layers of ``data/stopwords.txt``, or of all of them.

    Layers: ``function words``, ``salutations``, ``procedure``. DataError for a layer that does not exist.
    """
    known = stopword_layers()
    unknown = sorted(set(layers or ()) - known.keys())
    if unknown:
        raise DataError(f"stopwords.txt has no layer {unknown[0]!r}; it has {', '.join(known)}")
    return frozenset().union(*(known[layer] for layer in (known if layers is None else layers)))


@cache
def stopword_layers() -> dict[str, frozenset[str]]:
    """Return the layers of ``data/stopwords.txt``, each with its words."""
    layers: dict[str, set[str]] = {}
    current: set[str] | None = None
    for number, line in enumerate(_data("stopwords.txt").splitlines(), 1):
        if head := _LAYER.fullmatch(line.strip()):
            current = layers.setdefault(head[1], set())
        elif line.strip() and not line.startswith("#"):
            if current is None:
                raise DataError(f"stopwords.txt, line {number}: a word before the first '# layer:'")
            current.update(line.split())
    return {name: frozenset(layer) for name, layer in layers.items()}


@cache
def _shipped() -> tuple[Slogan, ...]:
    return tuple(s for s, _ in _merged(()).values())


@cache
def _shipped_words(name: str) -> tuple[Word, ...]:
    return tuple(_word_lines(_data(name), name))


def _data(name: str) -> str:
    return (files("corpus_tools") / "data" / name).read_text("utf-8")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 (byte {error.start}); save the list as UTF-8") from error
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error


def _word_lines(text: str, name: str) -> Iterator[Word]:
    for number, line in enumerate(text.splitlines(), 1):
        if not (line := line.strip()) or line.startswith("#"):
            continue
        if not (fields := _WORD_LINE.fullmatch(line)):
            raise DataError(f"{name}, line {number}: {line!r} is not 'word', 'word freq' or 'word freq tag'")
        yield Word(fields[1], None if fields[2] is None else int(fields[2]), fields[3])


def _rows(text: str, name: str) -> Iterator[tuple[Slogan, str]]:
    table = csv.DictReader(text.splitlines(keepends=True))
    if "slogan" not in (table.fieldnames or ()) or (unknown := set(table.fieldnames or ()) - set(COLUMNS)):
        what = "no column 'slogan'" if "slogan" not in (table.fieldnames or ()) else f"unknown column {min(unknown)!r}"
        raise DataError(f"{name}, line 1: {what}; columns are {', '.join(COLUMNS)}")
    for row in table:
        where = f"{name}, line {table.line_num}"
        if None in row:
            raise DataError(f"{where}: more fields than columns")
        yield _slogan({key: (value or "").strip() for key, value in row.items()}, where), where


def _slogan(row: dict[str, str], where: str) -> Slogan:
    if not matched(row["slogan"]):
        raise DataError(f"{where}: empty slogan")
    category, confidence = row.get("category") or "other", row.get("confidence") or "medium"
    for value, allowed, column in ((category, CATEGORIES, "category"), (confidence, CONFIDENCES, "confidence")):
        if value not in allowed:
            raise DataError(f"{where}: {column} {value!r} is none of {', '.join(sorted(allowed))}")
    variants = tuple(v for v in row.get("variants", "").split("|") if matched(v))
    year = _year(row.get("year", ""), where)
    return Slogan(row["slogan"], variants, category, year, row.get("occasion", ""), confidence)


def _year(value: str, where: str) -> int | None:
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or not FIRST_YEAR <= int(value) <= LAST_YEAR:
        raise DataError(f"{where}: year {value!r} is not between {FIRST_YEAR} and {LAST_YEAR}")
    return int(value)


def _merged(extra: Iterable[tuple[Slogan, str]]) -> dict[str, tuple[Slogan, str]]:
    found: dict[str, tuple[Slogan, str]] = {}
    for slogan, where in _rows(_data("slogans.csv"), "slogans.csv"):
        if slogan.forms[0] in found:
            raise DataError(f"{where}: {slogan.slogan!r} stands twice")
        found[slogan.forms[0]] = slogan, where
    found.update({slogan.forms[0]: (slogan, where) for slogan, where in extra})
    owner: dict[str, str] = {}
    for key, (slogan, where) in found.items():
        for form in slogan.forms:
            if owner.setdefault(form, key) != key:
                raise DataError(f"{where}: {form!r} already belongs to {owner[form]!r}")
    return found
