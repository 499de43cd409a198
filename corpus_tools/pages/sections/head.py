"""The head of the page: how large the corpus is, and what of it is counted."""

from __future__ import annotations

from corpus_tools.analysis.words import ANY
from corpus_tools.corpus import views
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages.marks import with_codes
from corpus_tools.pages.sections import Part


def part(corpus: Corpus) -> Part:
    """Size of the corpus: n, span of years, places, documents of unknown year; what is counted; which view it is.

    ``han`` and ``tokens`` are the Chinese characters and words that analyses count, without punctuation.
    """
    documents = corpus.documents
    years = documents["year"].dropna().astype(int)
    span = None if years.empty else f"{years.min()}" if years.nunique() == 1 else f"{years.min()}–{years.max()}"
    return {
        "n": len(corpus),
        "span": span,
        "places": documents["place"].nunique(),
        "han": int(corpus.n_han.sum()),
        "tokens": int(ANY.mask(corpus.vocabulary)[corpus.tokens.ids].sum()),
        "undated": len(corpus) - len(years),
        "view": with_codes(views.shortened(corpus.view)),
        "notes": corpus.notes,
        "tenses": sorted(corpus.tenses or ()),
    }
