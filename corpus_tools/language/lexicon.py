"""Lists of words, read from ``corpus_tools/data`` and checked line by line: terms, stop words, what comes apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_tools import data
from corpus_tools.errors import DataError
from corpus_tools.language.codes import EVERY, codes, letters

QUOTES = "“”‘’\"'「」『』〝〞"
LEFT_OUT = rf"[\s{QUOTES}]"
_WIDE, _TO_NARROW = (0xFF01, 0xFF5E), 0xFEE0  # the full-width forms of ASCII, and how far from it they are
_WORD_LINE = re.compile(r"(\S+)(?:\s+([0-9]{1,12}))?(?:\s+([A-Za-z]+))?")
_LAYER = re.compile(r"#\s*layer:\s*(.+)")


class Word(NamedTuple):
    """One line of a word list: ``freq`` None lets the engine choose, 0 takes the word out of its dictionary."""

    word: str
    freq: int | None
    tag: str | None


def matched(text: str) -> str:
    """Return ``text`` as slogans are matched in it: NFKC, without white space and quotation marks (《》 stay)."""
    # NFC again: a letter and an accent may come together where white space stood between them.
    return unicodedata.normalize("NFC", re.sub(f"{LEFT_OUT}+", "", unicodedata.normalize("NFKC", text)))


def lean(text: str) -> tuple[str, npt.NDArray[np.intp]]:
    """A text nearly as ``matched`` has it (of its forms in NFKC those of ASCII alone), and where in it each letter stood."""
    numbers = codes(text)
    places = np.flatnonzero(_is_kept().take(numbers))
    numbers = numbers[places]
    is_wide = (numbers >= _WIDE[0]) & (numbers <= _WIDE[1])
    return letters(numbers - is_wide * np.uint32(_TO_NARROW)), places


@cache
def _is_kept() -> npt.NDArray[np.bool_]:
    """By code point, whether a letter is matched: all but white space and quotation marks."""
    kept = np.ones(EVERY, bool)
    plane = letters(np.arange(0x10000, dtype=np.uint32))  # none of them lies beyond
    kept[[found.start() for found in re.finditer(LEFT_OUT, plane)]] = False
    return kept


def word_list(path: Path | None = None) -> tuple[Word, ...]:
    """Return the entries of ``data/words.txt``, or of a user's dictionary in jieba's format (``word freq? tag?``).

    Lines that start with ``#`` are comments. DataError names file and line of what cannot be read.
    """
    return _shipped_words("words.txt") if path is None else tuple(_word_lines(read(path), str(path)))


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
    for number, line in enumerate(data.text("stopwords.txt").splitlines(), 1):
        if head := _LAYER.fullmatch(line.strip()):
            current = layers.setdefault(head[1], set())
        elif line.strip() and not line.startswith("#"):
            if current is None:
                raise DataError(f"stopwords.txt, line {number}: a word before the first '# layer:'")
            current.update(line.split())
    return {name: frozenset(layer) for name, layer in layers.items()}


@cache
def _shipped_words(name: str) -> tuple[Word, ...]:
    return tuple(_word_lines(data.text(name), name))


def read(path: Path) -> str:
    """Return a user's list; DataError where it cannot be read or is not UTF-8."""
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
