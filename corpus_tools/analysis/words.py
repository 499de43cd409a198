"""Which words are counted: decided once a word of the vocabulary, not once a token."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.errors import AnalysisError
from corpus_tools.language import lexicon
from corpus_tools.language import slogans as entries
from corpus_tools.language.vocabulary import HAN, KINDS, LATIN, MARK, SPACE


@dataclass(frozen=True, slots=True)
class WordFilter:
    """Conditions that a word must meet, all of them; by default those of words that say what a text is about.

    ``stopwords``: layers of data/stopwords.txt whose words are left out (None: all layers, ``()``: none). ``length``:
    characters at least. ``kinds``: kinds of word (``language.vocabulary.KINDS``). ``pos``: parts of speech, or how their
    tags begin (``("n", "v")``: nouns, names and verbs), None for any; a word without a known one is left out then.
    ``pattern``: a regular expression that the whole word matches. ``slogans``: wordings of the slogan lexicon are no stop
    words and of any kind (三农, 863计划). AnalysisError for a kind that does not exist and a pattern
    that is none, DataError for a layer that does not exist.
    """

    stopwords: tuple[str, ...] | None = None
    length: int = 2
    kinds: tuple[str, ...] = (HAN, LATIN)
    pos: tuple[str, ...] | None = None
    pattern: str | None = None
    slogans: bool = True

    def __post_init__(self) -> None:
        for name in ("stopwords", "kinds", "pos"):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given))
        if unknown := set(self.kinds) - set(KINDS):
            raise AnalysisError(f"unknown kind of word {min(unknown)!r}; kinds are {', '.join(KINDS)}")
        try:
            re.compile(self.pattern or "")
        except re.error as error:
            raise AnalysisError(f"{self.pattern!r} is no regular expression: {error}") from None

    def mask(self, vocabulary: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Mark the rows of ``Corpus.vocabulary`` (columns word, kind, pos) that meet the conditions."""
        word, tags = vocabulary["word"], vocabulary["pos"]
        keep = vocabulary["kind"].isin(self.kinds) & ~word.isin(lexicon.stopwords(self.stopwords))
        if self.slogans:
            keep |= word.map(lexicon.matched).isin({form for slogan in entries.slogans() for form in slogan.forms})
        keep &= word.str.len() >= self.length
        if self.pos is not None:
            keep &= tags.notna() & tags.fillna("").str.startswith(self.pos)
        if self.pattern is not None:
            keep &= word.str.fullmatch(self.pattern)
        return keep.to_numpy(dtype=np.bool_)


CONTENT = WordFilter()
# Everything that is a word: what a frequency list holds, and what the length of a text in words is.
ANY = WordFilter(
    stopwords=(), length=1, kinds=tuple(kind for kind in KINDS if kind not in (SPACE, MARK)), slogans=False
)
