"""Documents sorted into groups by their columns: what every ``by=`` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

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

    @property
    def tuples(self) -> list[Any]:
        """The key of each group; of one group of everything, for which pandas before 3.1 gives none, it is empty."""
        return list(self.keys.itertuples(index=False)) if len(self.keys.columns) else [()] * len(self.keys)

    def each(self) -> Iterator[tuple[int, Any]]:
        """The row and the key of each group, one after the other."""
        return enumerate(progress.steps(self.tuples, "groups", unit="groups"))

    def sums(self, values: csr_matrix | npt.NDArray[Any]) -> Any:
        """Add the rows of ``values`` (one a document) within each group."""
        return indicator(self.code, len(self.keys)) @ values


def indicator(code: npt.NDArray[Any], rows: int) -> csr_matrix:
    """Matrix of rows × len(code) with a 1 where an item belongs to a row; items of code -1 belong to none."""
    known = np.flatnonzero(code >= 0)
    ones = np.ones(len(known), dtype=np.int64)
    return csr_matrix((ones, (code[known], known)), shape=(rows, len(code)))


def in_order(parts: Iterable[tuple[npt.NDArray[Any], Sequence[csr_matrix]]], *columns: int) -> list[csr_matrix]:
    """What parts of a corpus have counted, each with the rows of its documents, in the order of these.

    ``columns``: how many each of the matrices of a part has.
    """
    rows, found = [np.empty(0, dtype=np.int64)], [[csr_matrix((0, n), dtype=np.int64)] for n in columns]
    for of_part, counted in parts:
        rows.append(of_part)
        for matrices, matrix in zip(found, counted, strict=True):
            matrices.append(matrix)
    order = np.argsort(np.concatenate(rows), kind="stable")
    return [stacked(matrices, order) for matrices in found]


def stacked(parts: list[csr_matrix], order: npt.NDArray[np.int64]) -> csr_matrix:
    """The rows of all parts, one below the other, in this order.

    The list is emptied on the way: a large matrix is in memory once, not twice.
    """
    size = np.concatenate([np.diff(part.indptr) for part in parts]).astype(np.int64)
    ends, start = np.cumsum(size[order]), np.empty(len(order), dtype=np.int64)
    start[order] = ends - size[order]
    columns, total, done = parts[0].shape[1], int(size.sum()), 0
    data = np.empty(total, dtype=np.result_type(*(part.dtype for part in parts)))
    indices = np.empty(total, dtype=np.int32 if total <= np.iinfo(np.int32).max else np.int64)
    while parts:
        part = parts.pop(0)
        rows = slice(done, done := done + part.shape[0])
        place = np.repeat(start[rows] - part.indptr[:-1], np.diff(part.indptr)) + np.arange(part.nnz)
        data[place], indices[place] = part.data, part.indices
    return csr_matrix((data, indices, np.append(0, ends).astype(indices.dtype)), shape=(len(order), columns))


def columns(by: str | Sequence[str] | None) -> list[str]:
    """Grouping columns as a list."""
    if by is None:
        return []
    return [by] if isinstance(by, str) else list(dict.fromkeys(by))


def one(by: str | Sequence[str] | None) -> str:
    """The one grouping column that is wanted; AnalysisError for none and for several."""
    names = columns(by)
    if len(names) != 1:
        raise AnalysisError(f"by is {by!r}; it must be one column")
    return names[0]


def grouped(corpus: Corpus, by: str | Sequence[str] | None) -> tuple[Corpus, Groups]:
    """The corpus as it is counted by these columns (one row for each document and tense where that is one), and its groups.

    Raises AnalysisError as :func:`groups` does.
    """
    if "tense" in columns(by) and "tense" not in corpus.described:
        corpus = corpus.by_tense()
    return corpus, groups(corpus, by)


def groups(corpus: Corpus, by: str | Sequence[str] | None) -> Groups:
    """Sort documents by the values of one or more columns; documents of unknown value belong to no group.

    Raises AnalysisError for an empty corpus and for a column that is not there or not one to group by.
    """
    documents, names = corpus.described, columns(by)
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
