"""What every analysis counts with: words as a sparse matrix."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from corpus_tools.analysis import grouping
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.language.segment import line_cutter, setting

PER = 10_000  # Han characters: rates of a report of ordinary length are then numbers between 0.1 and 100


def check_options(*, match: str = "longest", resamples: int = 1) -> None:
    """Raise AnalysisError unless ``match`` is ``longest`` or ``all`` and ``resamples`` at least 1."""
    if match not in ("longest", "all"):
        raise AnalysisError(f"match is {match!r}; it can be 'longest' or 'all'")
    if resamples < 1:
        raise AnalysisError(f"resamples is {resamples}; it must be at least 1")


def paragraph_term(corpus: Corpus) -> csr_matrix:
    """How often each word stands in each paragraph: paragraphs × vocabulary, int64."""
    tokens = corpus.tokens
    starts = np.concatenate([[0], tokens.ends]).astype(np.int64)
    ones = np.ones(len(tokens.ids), dtype=np.int64)
    # Copied: sum_duplicates sorts in place, and the corpus' own numbers must stay in the order of the text.
    matrix = csr_matrix((ones, tokens.ids, starts), shape=(len(tokens.ends), len(corpus.vocabulary)), copy=True)
    matrix.sum_duplicates()
    return matrix


def document_term(corpus: Corpus) -> csr_matrix:
    """How often each word stands in each document: documents × vocabulary, int64, rows as in ``corpus.documents``."""
    return grouping.indicator(corpus.tokens.document, len(corpus)) @ paragraph_term(corpus)


def term_matrix(texts: Iterable[str], **options: Any) -> tuple[csr_matrix, list[str]]:
    """Count words in texts that are in no corpus: texts × words, int64, and the words in the order of the columns.

    ``options`` are those of :func:`corpus_tools.segment`. Words stand in the order in which they first occur; punctuation is
    counted, white space is not. No text is cleaned or simplified. Memory grows with the tokens of all texts: four bytes each.
    """
    cut, numbers = line_cutter(setting(**options)), _Numbers()
    # Numbered line by line, while the processor has the words at hand: a third faster than all at the end.
    number = numbers.__getitem__
    ids = [np.fromiter(map(number, chain.from_iterable(cut(text))), dtype=np.int32) for text in texts]
    ends = np.cumsum([0, *map(len, ids)])
    tokens = np.concatenate([np.empty(0, dtype=np.int32), *ids])
    matrix = csr_matrix((np.ones(len(tokens), dtype=np.int64), tokens, ends), (len(ids), len(numbers)))
    matrix.sum_duplicates()
    counted = [word for word in numbers if not word.isspace()]
    return csr_matrix(matrix[:, [numbers[word] for word in counted]]), counted


class _Numbers(dict[str, int]):
    """Words numbered as they come."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number
