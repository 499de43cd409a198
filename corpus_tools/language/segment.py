"""Cutting a text into words: jieba's own tokens, or the words that reports are counted by.

``segmenter`` joins an engine (engines/), the words of the genre (dictionary.py) and what is one token whatever an engine
says of it (atoms.py): numbers and dates, hidden names, formulae with punctuation inside. Tokens always join to the text.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from corpus_tools.errors import DataError
from corpus_tools.language import dictionary as dictionaries
from corpus_tools.language import engines
from corpus_tools.language.atoms import apart, merged, narrowed
from corpus_tools.language.dictionary import Entry
from corpus_tools.language.engines import Cut
from corpus_tools.language.numerals import numerals
from corpus_tools.placeholders import PLACEHOLDER


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
CHOICES = {"collocations": ("split", "keep"), "numbers": ("join", "split"), "formulae": ("words", "parts", "whole")}


def segment(
    text: str,
    *,
    standard: str = "reports",
    engine: str | None = None,
    hmm: bool | None = None,
    dictionary: Path | None = None,
    collocations: str | None = None,
    numbers: str | None = None,
    formulae: str | None = None,
) -> list[str]:
    """Cut ``text`` into words, white space and punctuation included: ``"".join(segment(text)) == text``.

    See ``segmenter`` for the options; use it directly where many texts are cut.
    """
    return segmenter(
        standard,
        engine=engine,
        hmm=hmm,
        dictionary=dictionary,
        collocations=collocations,
        numbers=numbers,
        formulae=formulae,
    )(text)


def segmenter(
    standard: str = "reports",
    *,
    engine: str | None = None,
    hmm: bool | None = None,
    dictionary: str | Path | None = None,
    collocations: str | None = None,
    numbers: str | None = None,
    formulae: str | None = None,
) -> Cut:
    """Return the function that cuts a text into words; it is made once per process and setting.

    ``standard="jieba"`` gives exactly the tokens of jieba 0.42.1's ``lcut``. ``"reports"`` gives the words that reports are
    counted by; what it decides is in STANDARDS (see Granularity), and each of ``hmm``, ``collocations``, ``numbers`` and
    ``formulae`` can be chosen otherwise. ``engine``: a name in engines.ENGINES or of an entry point, with a colon and a
    folder where it needs a model (``pkuseg:DIR``); default: rjieba, or jieba where that is missing. ``dictionary``: a
    user's list in jieba's format. DataError for an unknown name or a broken list, MissingPackageError for an engine that
    is not installed, WrongPackageError for one that gives wrong tokens.
    """
    if standard not in STANDARDS:
        raise DataError(f"unknown standard {standard!r}: choose one of {', '.join(STANDARDS)}")
    given = {"hmm": hmm, "collocations": collocations, "numbers": numbers, "formulae": formulae}
    for name, allowed in CHOICES.items():
        if given[name] is not None and given[name] not in allowed:
            raise DataError(f"unknown {name} {given[name]!r}: choose one of {', '.join(allowed)}")
    chosen = STANDARDS[standard]._replace(**{name: value for name, value in given.items() if value is not None})
    own = Path(dictionary) if dictionary else None
    return _made(chosen, engine or engines.default(), own, own.stat().st_mtime_ns if own else 0)


@lru_cache(maxsize=8)
def _made(chosen: Granularity, engine: str, own: Path | None, stamp: int) -> Cut:
    known = words_of(chosen, own)
    cut = engines.make(engine, [entry.word for entry in known.values()], hmm=chosen.hmm)
    words = [word for word, entry in known.items() if entry.word.freq != 0]
    if chosen.numbers == "join":
        cut = apart(numerals(words, measures=dictionaries.measures()), cut)
    if chosen.genre:
        cut = apart(PLACEHOLDER, cut)
    if chosen.formulae == "whole":
        cut = merged(dictionaries.all_forms(), cut)
    return narrowed(cut) if chosen.genre else cut


def words_of(chosen: Granularity, own: Path | None) -> dict[str, Entry]:
    """The words that are added to an engine's dictionary or taken out of it; a user's own hold against all others."""
    known: dict[str, Entry] = {}
    if chosen.collocations == "split":
        known |= dictionaries.glued()
    if chosen.formulae != "parts":
        known |= dictionaries.formulae()
    if chosen.genre:
        known |= dictionaries.places() | dictionaries.terms()
    return known | (dictionaries.of_a_user(own) if own else {})
