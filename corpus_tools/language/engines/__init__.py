"""Engines that cut a text into words, behind one small interface (contract.py); a file each.

An engine of another package registers in the entry point group ``corpus_tools.engines`` and is then known by its name.
Every engine keeps what tests/language/test_engines.py asks: its tokens join to the text; white space and private
characters are tokens of their own; words that are added are found; any thread and process gives the same tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec

from corpus_tools.errors import DataError
from corpus_tools.language.engines import jieba, pkuseg, rjieba
from corpus_tools.language.engines.contract import Cut as Cut
from corpus_tools.language.engines.contract import Engine as Engine
from corpus_tools.language.lexicon import Word

ENGINES: dict[str, Engine] = {"rjieba": rjieba.make, "jieba": jieba.make, "pkuseg": pkuseg.make}
GROUP = "corpus_tools.engines"


def default() -> str:
    """The fastest installed engine that gives jieba's tokens."""
    return "rjieba" if find_spec("rjieba") else "jieba"


def check(name: str) -> None:
    """Raise DataError where no engine has this name; nothing is loaded."""
    plain, others = name.partition(":")[0], _others()
    if plain not in ENGINES and plain not in others:
        raise DataError(f"unknown engine {plain!r}: choose one of {', '.join([*ENGINES, *sorted(others)])}")


def make(name: str, entries: Sequence[Word], *, hmm: bool) -> Cut:
    """Return the ``cut`` of the engine ``name``, behind a colon its model (``pkuseg:DIR``); DataError for an unknown name."""
    check(name)
    plain, _, model = name.partition(":")
    engine: Engine = ENGINES[plain] if plain in ENGINES else _others()[plain].load()
    return engine(entries, hmm=hmm, model=model or None)


def _others() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}
