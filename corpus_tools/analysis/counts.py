"""What every analysis counts with: words as a sparse matrix, and groups of documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.language.segment import line_cutter, setting

PER = 10_000  # Han characters: rates of a report of ordinary length are then numbers between 0.1 and 100
# Columns whose values are one word or number, so that documents can be grouped by them, are all but these.
NOT_GROUPS = frozenset({"text", "flags", "n_chars", "n_han", "n_tokens", "n_masks", "undecodable"})


@dataclass(frozen=True, slots=True)
class Groups:
    """Documents sorted into groups.

    ``code``: int64, one a document, the row of ``keys`` it belongs to, -1 where a grouping column is unknown. ``keys``:
    one row a group that has documents, one column a grouping column (no column at all when everything is one group).
    """

    code: npt.NDArray[np.int64]
    keys: pd.DataFrame

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Documents in each group."""
        return np.bincount(self.code[self.code >= 0], minlength=len(self.keys)).astype(np.int64)

    def sums(self, values: csr_matrix | npt.NDArray[Any]) -> Any:
        """Add the rows of ``values`` (one a document) within each group."""
        return indicator(self.code, len(self.keys)) @ values


def indicator(code: npt.NDArray[Any], rows: int) -> csr_matrix:
    """Matrix of rows × len(code) with a 1 where an item belongs to a row; items of code -1 belong to none."""
    known = np.flatnonzero(code >= 0)
    ones = np.ones(len(known), dtype=np.int64)
    return csr_matrix((ones, (code[known], known)), shape=(rows, len(code)))


def check_options(*, match: str = "longest", resamples: int = 1) -> None:
    """Raise AnalysisError unless ``match`` is ``longest`` or ``all`` and ``resamples`` at least 1."""
    if match not in ("longest", "all"):
        raise AnalysisError(f"match is {match!r}; it can be 'longest' or 'all'")
    if resamples < 1:
        raise AnalysisError(f"resamples is {resamples}; it must be at least 1")


def columns(by: str | Sequence[str] | None) -> list[str]:
    """Grouping columns as a list."""
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(dict.fromkeys(by))


def grouped(corpus: Corpus, by: str | Sequence[str] | None) -> tuple[Corpus, Groups]:
    """The corpus as it is counted by these columns (one row for each document and tense where that is one), and its groups.

    Raises AnalysisError as :func:`groups` does.
    """
    if "tense" in columns(by) and "tense" not in corpus.documents:
        corpus = corpus.by_tense()
    return corpus, groups(corpus, by)


def groups(corpus: Corpus, by: str | Sequence[str] | None) -> Groups:
    """Sort documents by the values of one or more columns; documents of unknown value belong to no group.

    Raises AnalysisError for an empty corpus and for a column that is not there or not one to group by.
    """
    documents, names = corpus.documents, columns(by)
    if documents.empty:
        raise AnalysisError("this corpus has no documents")
    valid = [name for name in documents.columns if name not in NOT_GROUPS]
    if wrong := [name for name in names if name not in valid]:
        raise AnalysisError(f"cannot group by {wrong[0]!r}; columns to group by: {', '.join(valid)}")
    if not names:
        return Groups(np.zeros(len(documents), dtype=np.int64), pd.DataFrame(index=pd.RangeIndex(1)))
    grouped = documents.groupby(names, sort=True, dropna=True, observed=True)
    code = grouped.ngroup().fillna(-1).to_numpy(dtype=np.int64)
    if (code < 0).all():
        raise AnalysisError(f"no document has a known {' and '.join(names)}")
    keys = documents[names].assign(_code=code)[code >= 0].drop_duplicates("_code").sort_values("_code")
    return Groups(code.astype(np.int64), keys[names].reset_index(drop=True))


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
    return indicator(corpus.tokens.document, len(corpus)) @ paragraph_term(corpus)


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
