"""What a dictionary of themes misses: words and slogans of the paragraphs that no theme touches."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping, phrases
from corpus_tools.analysis.slogans import matching
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.slogans.lexicon import known as known_slogans
from corpus_tools.analysis.statistics.contingency import Tables
from corpus_tools.analysis.themes.dictionary import Themes
from corpus_tools.analysis.themes.matching import Integers, Tally, counted, tally
from corpus_tools.analysis.words import CONTENT
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part
from corpus_tools.errors import AnalysisError
from corpus_tools.language.slogans import Slogan

UNITS = ("word", "slogan")


@progress.bar("words that themes miss")
def missed(
    corpus: Corpus,
    *,
    themes: Themes = "general",
    unit: str = "word",
    min_documents: int = 2,
    top: int = 100,
    lexicon: Lexicon = None,
) -> pd.DataFrame:
    """Which content words (``unit="slogan"``: slogans of the lexicon) stand where no theme is held: what to think of adding.

    One row a word in which no term stands. ``term``; ``documents`` that say it; ``paragraphs`` that hold it, ``untouched``,
    those of them that hold no theme, and ``expected``, as many if they were spread over all paragraphs alike;
    ``log_likelihood``, Dunning's G2 of that table, below 0 where it keeps to themes. ``themes`` as for :func:`dictionary`.
    Rows: the ``top`` words by G2, in at least ``min_documents`` documents. Long paragraphs hold themes and words alike, so
    that words of short ones lead: salutations and headings. AnalysisError for another ``unit``, a ``top`` or
    ``min_documents`` below 1, and an empty corpus.
    """
    if unit not in UNITS:
        raise AnalysisError(f"unit is {unit!r}; it can be {' or '.join(map(repr, UNITS))}")
    if min_documents < 1:
        raise AnalysisError(f"min_documents is {min_documents}; it must be at least 1")
    counts.check_options(top=top)
    found = tally(corpus, themes)
    names, holding = _words(corpus, found) if unit == "word" else _slogans(corpus, lexicon)
    documents = found.by_document(holding, len(corpus)).getnnz(axis=0)
    keep = np.flatnonzero(
        (documents >= min_documents) & np.asarray([not found.matcher.places(name).kept for name in names], dtype=bool)
    )
    untouched = found.held.getnnz(axis=1) == 0
    paragraphs, without = (_sums(holding[:, keep]), _sums(holding[untouched][:, keep]))
    table = Tables.of_margins(without, paragraphs, np.full(len(keep), untouched.sum()), len(untouched))
    frame = pd.DataFrame(
        {
            "term": np.asarray(names, dtype=object)[keep],
            "documents": documents[keep],
            "paragraphs": paragraphs,
            "untouched": without,
            "expected": table.expected,
            "log_likelihood": table.log_likelihood(),
        }
    )
    return frame.sort_values("log_likelihood", ascending=False, kind="stable").head(top).reset_index(drop=True)


def _words(corpus: Corpus, found: Tally) -> tuple[list[str], csr_matrix]:
    """Content words, and which passages hold them."""
    words = counts.found(corpus, unit="paragraph", words=CONTENT)
    passages = pd.MultiIndex.from_arrays([found.document, found.paragraph])
    code = passages.get_indexer(pd.MultiIndex.from_arrays([words.document, words.units["paragraph"]]))
    held = grouping.indicator(code, len(passages)) @ (words.counts > 0).astype(np.int64)
    return [phrases.normalise(word) for word in words.terms], csr_matrix(held)


def _slogans(corpus: Corpus, lexicon: Lexicon) -> tuple[list[str], csr_matrix]:
    """Slogans, and which passages hold them."""
    slogans = known_slogans(lexicon)
    names = matching.matcher(slogans).names
    parts = corpus.over_parts(partial(_slogans_of, slogans=slogans), "matching")
    (held,) = grouping.in_order(((rows[document], [found]) for rows, (found, document) in parts), len(names))
    return list(names), held


def _slogans_of(part: Part, *, slogans: tuple[Slogan, ...]) -> tuple[csr_matrix, Integers]:
    """Passages × slogans of a part, and the document of each."""
    wanted = matching.matcher(slogans)
    abouts, rows, document = list(matching.abouts(part)), list[list[int]](), list[int]()
    for passage in counted(part, "paragraph"):
        places = phrases.longest(wanted.places(passage.written, abouts[passage.document]))
        rows.append(sorted({slogan for slogan, _, _ in places}))
        document.append(passage.document)
    return phrases.matrix(rows, columns=len(wanted.names)), np.asarray(document, dtype=np.int64)


def _sums(matrix: csr_matrix) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.asarray(matrix.sum(axis=0), dtype=np.int64).ravel()
