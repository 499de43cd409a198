"""What measures of style are taken of, and what they are: quotients, so that all are averaged and resampled alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_tools import progress
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.statistics import bootstrap
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.statistics.diversity import Words
from corpus_tools.analysis.style import sentences as parts
from corpus_tools.analysis.style.sentences import Integers, Sentences
from corpus_tools.analysis.words import WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError


class Ratio(NamedTuple):
    """A measure of documents as a quotient: what is added up, and by what it is divided; 0 by 0 where there is no measure."""

    values: Floats
    sizes: Floats

    @property
    def of_each(self) -> Floats:
        """The measure of each document."""
        return bootstrap.ratio(self.values, self.sizes)

    def only(self, rows: npt.NDArray[np.bool_]) -> Ratio:
        """Of some documents, without those that do not have it."""
        keep = rows & (self.sizes > 0)
        return Ratio(self.values[keep], self.sizes[keep])


class Material:
    """What measures are taken of: words, sentences and slogans of each document, found when they are first asked for."""

    def __init__(self, corpus: Corpus, *, window: int, words: WordFilter, lexicon: Lexicon) -> None:
        if window < 2:
            raise AnalysisError(f"window is {window}; it must be at least 2 words")
        self.corpus, self.window, self.lexicon = corpus, window, lexicon
        self.wanted = words.mask(corpus.vocabulary)
        self.han = corpus.n_han.astype(np.float64)

    @cached_property
    def sentences(self) -> Sentences:
        """All sentences."""
        return parts.sentences(self.corpus)

    def sums(self, values: npt.NDArray[np.generic]) -> Floats:
        """Add what was found of each sentence for each document."""
        return np.bincount(self.sentences.row, weights=values, minlength=len(self.corpus)).astype(np.float64)

    @cached_property
    def n_sentences(self) -> Floats:
        """Sentences of each document."""
        return self.sums(np.ones(len(self.sentences.row)))

    @cached_property
    def in_sentences(self) -> Floats:
        """Han characters in sentences of each document."""
        return self.sums(self.sentences.han)

    @cached_property
    def reports(self) -> tuple[Integers, Integers]:
        """The number of each document's report, and of the one before it."""
        return parts.reports_before(self.corpus.described)

    def of_words(self, measured: Callable[[Words], float]) -> Ratio:
        """Measure the words of every document; each document counts alike."""
        values = np.array([measured(words) for words in progress.steps(self.words, "words", unit="documents")])
        has = ~np.isnan(values)
        return Ratio(np.where(has, values, 0), has.astype(np.float64))

    @cached_property
    def words(self) -> list[Words]:
        """The words of each document that are wanted, in the order of the text."""
        tokens = self.corpus.tokens
        document = np.repeat(tokens.document, np.diff(tokens.ends, prepend=0))
        keep = self.wanted[tokens.ids]
        words, document = tokens.ids[keep], document[keep]
        order = np.argsort(document, kind="stable")  # a document of a view by tense need not lie in one piece
        ends = np.cumsum(np.bincount(document, minlength=len(self.corpus)))
        return np.split(words[order], ends[:-1])
