"""The head of the page: how large the corpus is, and what of it is counted."""

from __future__ import annotations

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages.sections import Part


def part(corpus: Corpus) -> Part:
    """Size of the corpus: n, span of years, places, Han characters, words, documents of unknown year; what is counted."""
    documents = corpus.documents
    years = documents["year"].dropna().astype(int)
    span = None if years.empty else f"{years.min()}" if years.nunique() == 1 else f"{years.min()}–{years.max()}"
    return {
        "n": len(corpus),
        "span": span,
        "places": documents["place"].nunique(),
        "han": documents["n_han"].sum(),
        "tokens": documents["n_tokens"].sum(),
        "undated": len(corpus) - len(years),
        "notes": corpus.notes,
        "tenses": sorted(corpus.tenses or ()),
    }
