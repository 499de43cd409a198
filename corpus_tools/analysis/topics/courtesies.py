"""Sentences by which a report opens, thanks and closes, told by their words."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools import data
from corpus_tools.corpus.corpus import Tokens

SENTENCE_ENDS = ("。", "！", "？", "；", "!", "?", ";")
MOST = 0.5  # share of a paragraph's tokens in such sentences from which on it is a courtesy

Mask = npt.NDArray[np.bool_]


class Courtesies:
    """Tells which paragraphs of a corpus are courtesies: data/courtesies.toml has the rules."""

    def __init__(self, vocabulary: pd.DataFrame) -> None:
        word = vocabulary["word"]
        self._ends = word.isin(SENTENCE_ENDS).to_numpy(dtype=np.bool_)
        rules = data.toml("courtesies.toml").values()
        self._rules = [[[_holding(word, piece) for piece in pattern.split(" ")] for pattern in rule] for rule in rules]

    def mask(self, tokens: Tokens) -> Mask:
        """Mark the paragraphs of which more than half is courtesies."""
        length = np.diff(tokens.ends, prepend=0)
        paragraph = np.repeat(np.arange(len(length)), length)
        sentence = self._sentences(tokens, paragraph)
        courteous = self._sentences_of_rules(tokens, sentence)[sentence]
        share = np.bincount(paragraph[courteous], minlength=len(length)) / np.maximum(length, 1)
        return np.asarray(share > MOST)

    def _sentences(self, tokens: Tokens, paragraph: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """The number of the sentence of each token."""
        new = np.zeros(len(tokens.ids), dtype=np.bool_)
        new[1:] = self._ends[tokens.ids[:-1]] | (paragraph[1:] != paragraph[:-1])
        return np.cumsum(new)

    def _sentences_of_rules(self, tokens: Tokens, sentence: npt.NDArray[np.int64]) -> Mask:
        """Mark the sentences that have a word for each pattern of some rule."""
        sentences = int(sentence[-1]) + 1 if len(sentence) else 0
        found = np.zeros(sentences, dtype=np.bool_)
        for rule in self._rules:
            all_of = np.ones(sentences, dtype=np.bool_)
            for pieces in rule:
                all_of &= np.bincount(sentence[_places(tokens, pieces)], minlength=sentences) > 0
            found |= all_of
        return found


def _holding(word: pd.Series[str], pattern: str) -> Mask:
    return word.str.contains(pattern).to_numpy(dtype=np.bool_)


def _places(tokens: Tokens, pieces: list[Mask]) -> Mask:
    """Mark the tokens where words of these kinds begin to stand one after the other."""
    found = pieces[0][tokens.ids]
    for after, piece in enumerate(pieces[1:], 1):
        found[:-after] &= piece[tokens.ids[after:]]
        found[-after:] = False
    return found
