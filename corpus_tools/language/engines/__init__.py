"""Engines that cut a text into words, behind one small interface (contract.py); a file each.

An engine of another package registers in the entry point group ``corpus_tools.engines`` and is then known by its name.
Every engine keeps what tests/language/test_engines.py asks: its tokens join to the text; white space and private
characters are tokens of their own; words that are added are found; any thread and process gives the same tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points, version
from importlib.util import find_spec

from corpus_tools.errors import DataError
from corpus_tools.language.engines import jieba, pkuseg, rjieba
from corpus_tools.language.engines.contract import Cut as Cut
from corpus_tools.language.engines.contract import Engine as Engine
from corpus_tools.language.lexicon import Word

ENGINES: dict[str, Engine] = {"rjieba": rjieba.make, "jieba": jieba.make, "pkuseg": pkuseg.make}
WITHOUT_MODEL = ("rjieba", "jieba")
GROUP = "corpus_tools.engines"


def default() -> str:
    """The fastest installed engine that gives jieba's tokens."""
    return "rjieba" if find_spec("rjieba") else "jieba"


def check(name: str) -> None:
    """Raise DataError where no engine has this name, or a model is named that it does not take; nothing is loaded."""
    plain, colon, _ = name.partition(":")
    if colon and plain in WITHOUT_MODEL:
        raise DataError(f"engine {name!r}: {plain} takes no model")
    if plain not in ENGINES and plain not in _others():
        raise DataError(f"unknown engine {plain!r}: choose one of {', '.join([*ENGINES, *sorted(_others())])}")


def make(name: str, entries: Sequence[Word], *, hmm: bool) -> Cut:
    """Return the ``cut`` of the engine ``name``, behind a colon its model (``pkuseg:DIR``); DataError for an unknown name."""
    check(name)
    plain, _, model = name.partition(":")
    engine: Engine = ENGINES[plain] if plain in ENGINES else _others()[plain].load()
    return engine(entries, hmm=hmm, model=model or None)


def distribution(name: str) -> tuple[str, str]:
    """Name and version of the package that brings an engine."""
    plain = name.partition(":")[0]
    if plain in _others() and plain not in ENGINES and (dist := _others()[plain].dist):
        return dist.name, dist.version
    package = {"pkuseg": "spacy-pkuseg"}.get(plain, plain)
    return package, version(package)


def _others() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}
