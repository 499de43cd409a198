"""What is followed over the years: slogans, phrases, words, or your own numbers of each document."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from scipy.sparse import csr_matrix, hstack

from corpus_tools import progress
from corpus_tools.analysis import grouping, phrases
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import matcher, tally
from corpus_tools.characters import narrow
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part
from corpus_tools.errors import AnalysisError
from corpus_tools.language.script import simplify

# Slogans, phrases or words by name; or numbers of your own, documents (by doc_id) × names.
Terms: TypeAlias = str | Sequence[str] | pd.DataFrame

UNITS = ("phrase", "word")
_SHOWN = 5  # words that are named in place of one that does not exist


def names_of(terms: Terms) -> list[str]:
    """The terms asked for, each once; AnalysisError for none."""
    if isinstance(terms, pd.DataFrame):
        wanted = list(terms.columns)
        if terms.columns.has_duplicates:
            raise AnalysisError(
                f"two columns of your numbers are named {terms.columns[terms.columns.duplicated()][0]!r}"
            )
    else:
        wanted = list(dict.fromkeys([terms] if isinstance(terms, str) else terms))
        if wrong := [term for term in wanted if not isinstance(term, str)]:
            raise AnalysisError(f"{wrong[0]!r} is no term: a term is a text, for instance '高质量发展'")
    if not wanted:
        raise AnalysisError("no terms: name at least one, for instance '高质量发展'")
    return wanted


def known_to(corpus: Corpus, terms: Terms) -> Corpus:
    """The documents that have numbers: all, or of your own numbers those in the frame."""
    if not isinstance(terms, pd.DataFrame):
        return corpus
    if "tense" in corpus.described:
        raise AnalysisError("numbers of whole documents cannot be told apart by tense")
    if terms.index.has_duplicates:
        raise AnalysisError(f"your numbers have two rows for document {terms.index[terms.index.duplicated()][0]!r}")
    there = corpus.where(doc_id=set(terms.index))
    if not len(there):
        raise AnalysisError("your numbers name no document of this corpus: their index must be doc_id")
    return there


def count(corpus: Corpus, terms: Terms, *, unit: str, match: str, lexicon: Lexicon) -> csr_matrix:
    """Documents × terms, rows as in ``corpus.documents``, which :func:`known_to` chose."""
    if unit not in UNITS:
        raise AnalysisError(f"unit is {unit!r}; it can be 'phrase' or 'word'")
    if isinstance(terms, pd.DataFrame):
        return _own(corpus, terms)
    wanted = names_of(terms)
    return _words(corpus, wanted) if unit == "word" else _phrases(corpus, wanted, match=match, lexicon=lexicon)


def _own(corpus: Corpus, numbers: pd.DataFrame) -> csr_matrix:
    """Your numbers in the order of the documents."""
    if wrong := [name for name, kind in numbers.dtypes.items() if not pd.api.types.is_numeric_dtype(kind)]:
        raise AnalysisError(f"column {wrong[0]!r} of your numbers holds no numbers")
    values = numbers.loc[corpus.described["doc_id"]].to_numpy(dtype=np.float64, na_value=np.nan)
    if not np.isfinite(values).all() or (values < 0).any():
        raise AnalysisError("your numbers must be counts or shares: none missing, infinite or below 0")
    return csr_matrix(values)


def _words(corpus: Corpus, terms: list[str]) -> csr_matrix:
    """Tokens of the corpus' own vocabulary; AnalysisError for a string that is no word of it."""
    words = corpus.vocabulary["word"]
    number = dict(zip(words, range(len(words)), strict=True))
    wanted = [plain if (plain := narrow(term)) in number else simplify(plain) for term in terms]
    for term in wanted:
        if term not in number:
            holding = corpus.vocabulary[words.str.contains(term, regex=False)].nlargest(_SHOWN, "count")["word"]
            hint = f"; words that hold it: {', '.join(holding)}" if len(holding) else ""
            raise AnalysisError(f"{term!r} is no word of this corpus{hint}. Unit 'phrase' counts it wherever it stands")
    different = list(dict.fromkeys(wanted))  # 經濟 and 经济 are one word
    column = np.full(len(words), -1)
    column[[number[term] for term in different]] = np.arange(len(different))
    parts = corpus.over_parts(partial(_words_of, word_ids=corpus.word_ids, column=column), "words")
    (found,) = grouping.in_order(parts, len(different))
    return csr_matrix(found[:, [different.index(term) for term in wanted]])


def _words_of(part: Part, *, word_ids: pa.Array, column: npt.NDArray[np.int64]) -> list[csr_matrix]:
    """The words of a part that have a column: documents × columns."""
    tokens = part.tokens(word_ids)
    document = np.repeat(tokens.document, np.diff(tokens.ends, prepend=0))
    places = np.flatnonzero(column[tokens.ids] >= 0)
    at = document[places], column[tokens.ids[places]]
    return [csr_matrix((np.ones(len(places), dtype=np.int64), at), shape=(len(part), int(column.max()) + 1))]


def _phrases(corpus: Corpus, terms: list[str], *, match: str, lexicon: Lexicon) -> csr_matrix:
    """Slogans against the whole lexicon, other terms each by itself."""
    slogans = known(lexicon)
    columns = {term: numbers for term in terms if (numbers := matcher(slogans).numbers(term))}
    free = [term for term in terms if term not in columns]
    counted = corpus.over_parts(partial(_phrases_of, free=free), "phrases") if free else ()
    exact = grouping.in_order(counted, len(free))[0].tocsc()
    parts = {term: exact[:, n] for n, term in enumerate(free)}
    if columns:
        found = tally(corpus, slogans).matched(match).tocsc()
        parts |= {term: csr_matrix(found[:, numbers].sum(axis=1)) for term, numbers in columns.items()}
    return csr_matrix(hstack([parts[term] for term in terms]))


def _phrases_of(part: Part, *, free: list[str]) -> list[csr_matrix]:
    """The exact wordings of phrases in a part: documents × phrases."""
    texts = map(phrases.normalise, phrases.simplified(part))
    return [phrases.count(progress.steps(texts, "phrases", unit="documents", total=len(part)), free)]


def years_of(groups: grouping.Groups, by: str | Sequence[str]) -> npt.NDArray[np.int64]:
    """The years of groups by one column; AnalysisError for a column of anything else."""
    names = grouping.columns(by)
    if len(names) != 1 or not pd.api.types.is_integer_dtype(groups.keys[names[0]]):
        raise AnalysisError(f"{' and '.join(names) or 'no column'} holds no years")
    return groups.keys[names[0]].to_numpy(dtype=np.int64)
