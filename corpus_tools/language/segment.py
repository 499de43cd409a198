"""Cutting a text into words: jieba's own tokens, or the words that reports are counted by.

``segmenter`` joins an engine (engines/), the words of the genre (dictionary.py) and what is one token whatever an engine
says of it (atoms.py): numbers and dates, hidden names, formulae with punctuation inside. Tokens always join to the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from corpus_tools import placeholders
from corpus_tools.characters import narrow
from corpus_tools.config import CHOICES
from corpus_tools.errors import DataError
from corpus_tools.language import dictionary as dictionaries
from corpus_tools.language import engines
from corpus_tools.language.atoms import LineCut, Split, merged, slices, with_atoms
from corpus_tools.language.dictionary import Entry
from corpus_tools.language.engines import Cut
from corpus_tools.language.numerals import numerals


class Granularity(NamedTuple):
    """What is one word.

    ``genre``: the terms of reports are known, hidden names are one word, wide letters and figures are read as narrow ones.
    ``hmm``: words that no dictionary holds are guessed. ``collocations``: entries of jieba's dictionary that glue two words
    are kept (``keep``) or come apart (``split``: 深入|开展, 科协|工作). ``numbers``: a number with its powers of ten and its
    percent sign, and each part of a date, is one word (``join``: 20余万, 50.3%, 2021年) or as the engine has it (``split``).
    ``formulae``: standing formulae are cut like any text (``parts``), those that can be a word are one (``words``), or
    every form of the slogan lexicon is one, leaders' names, quotation marks and commas included (``whole``).
    """

    genre: bool
    hmm: bool
    collocations: str
    numbers: str
    formulae: str


STANDARDS = {
    "reports": Granularity(genre=True, hmm=False, collocations="split", numbers="join", formulae="words"),
    "jieba": Granularity(genre=False, hmm=True, collocations="keep", numbers="split", formulae="parts"),
}


class Setting(NamedTuple):
    """How texts are cut: what is one word, by which engine, and with which words of a user's (a file, or None)."""

    granularity: Granularity
    engine: str
    own: Path | None


def segment(
    text: str,
    *,
    standard: str = "reports",
    engine: str | None = None,
    hmm: bool | None = None,
    dictionary: str | Path | None = None,
    collocations: str | None = None,
    numbers: str | None = None,
    formulae: str | None = None,
) -> list[str]:
    """Cut ``text`` into words, white space and punctuation included: ``"".join(segment(text)) == text``.

    ``standard="jieba"`` gives exactly the tokens of jieba 0.42.1's ``lcut``. ``"reports"`` gives the words that reports are
    counted by; what that means is in STANDARDS (see Granularity), and each of ``hmm``, ``collocations``, ``numbers`` and
    ``formulae`` can be chosen otherwise. ``engine``: a name in engines.ENGINES or of an entry point, behind a colon the
    folder of its model (``pkuseg:DIR``); default: rjieba, or jieba where that is missing. ``dictionary``: a user's list in
    jieba's format. DataError for an unknown name or a broken list, MissingPackageError for an engine that is not installed,
    WrongPackageError for one that gives wrong tokens. Where many texts are cut, ``segmenter`` is faster.
    """
    how = setting(
        standard,
        engine=engine,
        hmm=hmm,
        dictionary=dictionary,
        collocations=collocations,
        numbers=numbers,
        formulae=formulae,
    )
    return segmenter(how)(text)


def setting(
    standard: str = "reports",
    *,
    engine: str | None = None,
    hmm: bool | None = None,
    dictionary: str | Path | None = None,
    collocations: str | None = None,
    numbers: str | None = None,
    formulae: str | None = None,
) -> Setting:
    """Check and join the options of ``segment``; None leaves a choice to the standard. DataError for an unknown name."""
    options = {"hmm": hmm, "collocations": collocations, "numbers": numbers, "formulae": formulae}
    if standard not in STANDARDS:
        raise DataError(f"unknown standard {standard!r}: choose one of {', '.join(STANDARDS)}")
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    if hmm is not None and not isinstance(hmm, bool):
        raise DataError(f"hmm {hmm!r}: must be True or False")
    for name in given.keys() & CHOICES.keys():
        if given[name] not in CHOICES[name]:
            raise DataError(f"unknown {name} {given[name]!r}: choose one of {', '.join(CHOICES[name])}")
    engine = engine or engines.default()
    engines.check(engine)
    return Setting(STANDARDS[standard]._replace(**given), engine, Path(dictionary) if dictionary else None)


def segmenter(how: Setting | None = None) -> Cut:
    """Return the function that cuts a text into words; it is made once per process and setting."""
    how = how or setting()
    cut_lines = _made(how, stamp(how))

    def cut(text: str) -> list[str]:
        plain = narrow(text) if how.granularity.genre else text
        (tokens,) = cut_lines(plain, whole=True) if plain else ([],)
        return tokens if plain == text else slices(text, accumulate(map(len, tokens), initial=0))

    return cut


def line_cutter(how: Setting | None = None) -> Callable[[str], Iterator[list[str]]]:
    """Return the function that yields the words of each line of a text as they are counted.

    In the standard of reports letters and figures are narrow, so that the words join to ``narrow(text)``.
    """
    how = how or setting()
    cut_lines = _made(how, stamp(how))
    return (lambda text: cut_lines(narrow(text))) if how.granularity.genre else cut_lines


def stamp(how: Setting) -> tuple[int, int]:
    """What changes where a user's list changes; DataError where it is not there."""
    if how.own is None:
        return 0, 0
    try:
        found = how.own.stat()
    except OSError as error:
        raise DataError(f"{how.own}: {error.strerror or error}") from error
    return found.st_mtime_ns, found.st_size


def words_of(how: Setting) -> dict[str, Entry]:
    """The words that are added to an engine's dictionary or taken out of it; a user's own hold against all others."""
    known: dict[str, Entry] = {}
    if how.granularity.collocations == "split":
        known |= dictionaries.glued()
    if how.granularity.formulae != "parts":
        known |= dictionaries.formulae()
    if how.granularity.genre:
        known |= {**dictionaries.places(), **dictionaries.terms()}
    return known | (dictionaries.of_a_user(how.own, narrowed=how.granularity.genre) if how.own else {})


@lru_cache(maxsize=8)
def _made(how: Setting, stamp: tuple[int, int]) -> LineCut:
    chosen, known = how.granularity, words_of(how)
    cut = engines.make(how.engine, [entry.word for entry in known.values()], hmm=chosen.hmm)
    if chosen.formulae == "whole":
        cut = merged(dictionaries.all_forms(), cut)
    splits: list[Split] = [placeholders.split] if chosen.genre else []
    if chosen.numbers == "join":
        words = [word for word, entry in known.items() if entry.word.freq != 0]
        splits.append(numerals(words, measures=dictionaries.measures()).split)
    return with_atoms(splits, cut)
