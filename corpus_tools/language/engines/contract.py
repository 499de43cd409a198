"""What an engine is: a function that takes words to add and returns a ``cut``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from corpus_tools.language.lexicon import Word

Cut = Callable[[str], list[str]]


class Engine(Protocol):
    """Makes a ``cut`` out of words for its dictionary (in order; a later one of the same word holds).

    ``hmm`` says whether words that no dictionary holds are guessed, ``model`` is what stands behind the colon of an engine's
    name (``pkuseg:DIR``), None where nothing does.
    """

    def __call__(self, entries: Sequence[Word], *, hmm: bool, model: str | None) -> Cut:
        """Return the ``cut``; DataError or MissingPackageError where it cannot be made."""


def with_force_split(cut: Cut, entries: Iterable[Word]) -> Cut:
    """Return ``cut`` with words of frequency 0 in pieces wherever the HMM guesses them, as jieba's own loader has it."""
    apart = frozenset(e.word for e in entries if e.freq == 0 and e.word.isalpha() and not e.word.isascii())
    if not apart:
        return cut

    def cut_apart(text: str) -> list[str]:
        tokens = cut(text)
        if apart.isdisjoint(tokens):
            return tokens
        return [piece for token in tokens for piece in (token if token in apart else (token,))]

    return cut_apart
