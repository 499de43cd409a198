"""What every analysis counts with: words, or sequences of words, as a sparse matrix.

A corpus is counted part by part, and the parts of a count add up: what one process does after another may be done by many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.ngrams import LONGEST, Integers, Terms, terms_of
from corpus_tools.analysis.places import in_sections
from corpus_tools.analysis.words import ANY, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part, Tokens
from corpus_tools.errors import AnalysisError
from corpus_tools.language.segment import line_cutter, setting
from corpus_tools.language.vocabulary import Numbered

PER = 10_000  # Han characters: rates of a report of ordinary length are then numbers between 0.1 and 100
UNITS = ("document", "section", "paragraph")


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """How often terms stand in units of text.

    ``counts``: units × terms, int32, sparse rows. ``terms``: str, one a column, words of a sequence with blanks between.
    ``units``: one row a unit, with ``doc_id`` and ``section`` or ``paragraph`` where these are the units. ``document``: the row
    of ``corpus.documents`` each unit belongs to. ``words``: int64, words of each unit, punctuation not among them: its length.
    """

    counts: csr_matrix
    terms: npt.NDArray[np.object_]
    units: pd.DataFrame
    document: Integers
    words: Integers

    @property
    def documents(self) -> Integers:
        """Documents that hold each term."""
        if len(np.unique(self.document)) == len(self.document):
            return np.asarray(self.counts.getnnz(axis=0), dtype=np.int64)
        held = grouping.indicator(self.document, int(self.document.max(initial=-1)) + 1) @ self.counts
        return np.asarray(csr_matrix(held).getnnz(axis=0), dtype=np.int64)

    def only(self, columns: npt.NDArray[Any]) -> TermMatrix:
        """The same units with these columns alone."""
        return TermMatrix(
            csr_matrix(self.counts[:, columns]), self.terms[columns], self.units, self.document, self.words
        )


def matrix(
    corpus: Corpus, *, unit: str = "document", n: int = 1, words: WordFilter = ANY, min_documents: int = 1
) -> TermMatrix:
    """Count words, or sequences of ``n`` words (n-grams, 2 to 5), in documents, sections or paragraphs.

    ``words`` are those counted; a sequence holds no other one, and crosses neither punctuation nor the end of a paragraph.
    Terms in fewer than ``min_documents`` of these documents are left out. Terms in the order of the vocabulary (sequences by
    their words), units in that of the documents; a document without a term has a row too, an empty section or paragraph
    has none. A paragraph belongs to the innermost section it stands in; ``section`` is missing where there is none.
    Memory: 8 bytes for each term of each unit, and one part of the folder; of sequences besides 16 bytes for each different
    one of the corpus. AnalysisError for another ``unit`` or ``n``, an empty corpus, and where no term is left.
    """
    whole = found(corpus, unit=unit, n=n, words=words, min_documents=min_documents)
    if not len(whole.terms):
        what = "word" if n == 1 else f"sequence of {n} such words"
        raise AnalysisError(
            f"no such {what} stands in at least {max(1, min_documents)} of these {len(corpus)} documents; "
            "lower min_documents or ask for more words"
        )
    return whole


def found(
    corpus: Corpus, *, unit: str = "document", n: int = 1, words: WordFilter = ANY, min_documents: int = 1
) -> TermMatrix:
    """The same as :func:`matrix`, with no column where no term is left: a side of a comparison need not say any."""
    pieces = list(parts(corpus, unit=unit, n=n, words=words, min_documents=min_documents))
    if n == 1:  # before they are put together: of a large matrix memory would not hold a second
        keep = np.flatnonzero(np.sum([part.documents for part in pieces], axis=0) >= max(1, min_documents))
        pieces = [pieces.pop(0).only(keep) for _ in range(len(pieces))]
    return _stacked(pieces, corpus, every=unit == "document")


def parts(
    corpus: Corpus, *, unit: str = "document", n: int = 1, words: WordFilter = ANY, min_documents: int = 1
) -> Iterator[TermMatrix]:
    """The same as :func:`matrix`, a part of the corpus folder at a time: sums over parts are those of the whole.

    All parts have the same columns. Of single words those are left out that stand in fewer than ``min_documents`` documents
    of the folder; which of the rest do so in these documents, only all parts can tell.
    """
    if unit not in UNITS:
        raise AnalysisError(f"unit is {unit!r}; it can be {', '.join(UNITS)}")
    if not 1 <= n <= LONGEST:
        raise AnalysisError(f"n is {n}; sequences have 1 to {LONGEST} words")
    if not len(corpus):
        raise AnalysisError("this corpus has no documents")
    is_word = ANY.mask(corpus.vocabulary)
    # A document has a row for each of its tenses where these are counted apart: so often can a word's documents count.
    rows = int(corpus.described["doc_id"].value_counts().max())
    keep = words.mask(corpus.vocabulary) & (corpus.vocabulary["documents"].to_numpy() * rows >= min_documents)
    terms = terms_of(corpus, keep, n=n, min_documents=min_documents)
    count = partial(_of_part, word_ids=corpus.word_ids, terms=terms, is_word=is_word, unit=unit)
    found = corpus.over_parts(count, "words")
    return (replace(part, terms=terms.names, document=rows[part.document]) for rows, part in found)


def _of_part(part: Part, *, word_ids: pa.Array, terms: Terms, is_word: npt.NDArray[np.bool_], unit: str) -> TermMatrix:
    """What is counted in a part, documents by their row there; without the names of the terms, which all parts share."""
    tokens = part.tokens(word_ids)
    units, document, of_paragraph = units_of(part, tokens, unit)
    of_token = np.repeat(of_paragraph, np.diff(tokens.ends, prepend=0))
    number = terms.numbers(tokens)
    there = number >= 0
    ones = np.ones(int(there.sum()), dtype=np.int32)
    counted = csr_matrix((ones, (of_token[there], number[there])), shape=(len(units), len(terms)))
    length = np.bincount(of_token[is_word[tokens.ids]], minlength=len(units))
    return TermMatrix(counted, np.empty(0, dtype=object), units, document, length.astype(np.int64))


def units_of(part: Part, tokens: Tokens, unit: str) -> tuple[pd.DataFrame, npt.NDArray[Any], npt.NDArray[Any]]:
    """The units of these paragraphs of a part, the document of each, and the unit of each paragraph."""
    frame = pd.DataFrame({"document": tokens.document.astype(np.int64)})
    if unit == "paragraph":
        frame["paragraph"] = tokens.paragraph.astype(np.int64)
    elif unit == "section":
        frame["section"] = _sections(part, tokens)
    columns = list(frame.columns)
    of_paragraph = frame.groupby(columns, sort=True, dropna=False).ngroup().to_numpy(dtype=np.int64)
    units = frame.drop_duplicates().sort_values(columns, ignore_index=True, na_position="last")
    document = units.pop("document").to_numpy(dtype=np.int64)
    units.insert(0, "doc_id", part.described["doc_id"].to_numpy()[document])
    return units, document, of_paragraph


def _sections(part: Part, tokens: Tokens) -> pd.Series:
    """The innermost section of each paragraph, missing where there is none."""
    names, texts = part.described["doc_id"].to_numpy(), part.written
    starts = np.empty(len(tokens.document), dtype=np.int64)
    for row in np.unique(tokens.document).tolist():
        lines = [len(line) + 1 for line in texts[row].split("\n")]
        of_row = tokens.document == row
        starts[of_row] = np.cumsum([0, *lines])[tokens.paragraph[of_row]]
    placed = in_sections(part.sections, pd.DataFrame({"doc_id": names[tokens.document], "start": starts}))
    return placed["section"].reset_index(drop=True)


def _stacked(found: list[TermMatrix], corpus: Corpus, *, every: bool) -> TermMatrix:
    """Parts as one matrix, in the order of the documents; with ``every`` document, also those without a word."""
    document = np.concatenate([part.document for part in found]) if found else np.empty(0, dtype=np.int64)
    terms = found[0].terms if found else np.empty(0, dtype=object)
    units = pd.concat([part.units for part in found], ignore_index=True) if found else pd.DataFrame({"doc_id": []})
    words = np.concatenate([part.words for part in found]) if found else np.empty(0, dtype=np.int64)
    counted = [part.counts for part in found]
    found.clear()
    if every and len(missing := np.setdiff1d(np.arange(len(corpus)), document)):
        document = np.concatenate([document, missing])
        units = pd.concat([units, corpus.described[["doc_id"]].iloc[missing]], ignore_index=True)
        words = np.concatenate([words, np.zeros(len(missing), dtype=np.int64)])
        counted.append(csr_matrix((len(missing), len(terms)), dtype=np.int32))
    order = np.argsort(document, kind="stable")
    whole = grouping.stacked(counted, order) if counted else csr_matrix((0, len(terms)), dtype=np.int32)
    return TermMatrix(whole, terms, units.iloc[order].reset_index(drop=True), document[order], words[order])


def check_options(*, match: str = "longest", resamples: int = 1, top: int | None = None) -> None:
    """Raise AnalysisError unless ``match`` is ``longest`` or ``all``, ``resamples`` at least 1, and so is ``top`` if given."""
    if match not in ("longest", "all"):
        raise AnalysisError(f"match is {match!r}; it can be 'longest' or 'all'")
    if not isinstance(resamples, int | np.integer) or resamples < 1:
        raise AnalysisError(f"resamples is {resamples!r}; it must be a whole number of at least 1")
    if top is not None and top < 1:
        raise AnalysisError(f"top is {top}; it must be at least 1")


@progress.bar("term matrix")
def term_matrix(texts: Iterable[str], **options: Any) -> tuple[csr_matrix, list[str]]:
    """Count words in texts that are in no corpus: texts × words, int64, and the words in the order of the columns.

    ``options`` are those of :func:`corpus_tools.segment`. Words stand in the order in which they first occur; punctuation is
    counted, white space is not. No text is cleaned or simplified. Memory grows with the tokens of all texts: four bytes each.
    AnalysisError for one text where a list of them is wanted.
    """
    if isinstance(texts, str):
        raise AnalysisError("texts are a list of texts, not one: term_matrix([text])")
    cut, numbers = line_cutter(setting(**options)), Numbered()
    # Numbered line by line, while the processor has the words at hand: a third faster than all at the end.
    number, each = numbers.__getitem__, progress.steps(texts, "term matrix", unit="texts")
    ids = [np.fromiter(map(number, chain.from_iterable(cut(text))), dtype=np.int32) for text in each]
    ends = np.cumsum([0, *map(len, ids)])
    tokens = np.concatenate([np.empty(0, dtype=np.int32), *ids])
    counted = csr_matrix((np.ones(len(tokens), dtype=np.int64), tokens, ends), (len(ids), len(numbers)))
    counted.sum_duplicates()
    words = [word for word in numbers if not word.isspace()]
    return csr_matrix(counted[:, [numbers[word] for word in words]]), words
