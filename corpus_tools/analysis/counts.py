"""What every analysis counts with: words as a sparse matrix, content words, and groups of documents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools.characters import count_han
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.language import lexicon
from corpus_tools.placeholders import PLACEHOLDER

# Columns whose values are one word or number, so that documents can be grouped by them, are all but these.
NOT_GROUPS = frozenset({"text", "flags", "n_chars", "n_han", "n_tokens", "n_masks", "undecodable"})

_LATIN = re.compile(r"[A-Za-z]")
# Numbers and dates as the segmenter leaves them: 20余万, 1.3亿, 百分之五, 2021年度, 3月份.
_NUMBER = re.compile(
    r"(?=.*\d)[\d.,:%+\-–—/年月日号时分秒季度份届世纪代余多几来约第零〇一二三四五六七八九十百千万亿两半之点元人次个倍]+"
    r"|[第百分之点零〇○一二三四五六七八九十千万亿余多几两]+[年月日]?"
)


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


def columns(by: str | Sequence[str] | None) -> list[str]:
    """Grouping columns as a list."""
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(by)


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


def content_words(words: pd.Series) -> npt.NDArray[np.bool_]:
    """Mark the words that say what a text is about.

    Kept: two or more Han characters, or a Latin letter and two or more characters. Left out: stop words (lexicon),
    numbers, dates, punctuation, and what stands for a hidden name (XX, 某某, 20XX年). Wordings of the slogan lexicon are
    always kept. Decided once a word, not once a token.
    """
    stop = lexicon.stopwords()
    slogans = {form for slogan in lexicon.slogans() for form in slogan.forms}
    return np.fromiter((w in slogans or (w not in stop and _says_something(w)) for w in words), np.bool_, len(words))


def _says_something(word: str) -> bool:
    if PLACEHOLDER.fullmatch(word):
        return False
    if _LATIN.search(word):
        return len(word) > 1
    return count_han(word) > 1 and not _NUMBER.fullmatch(word)
