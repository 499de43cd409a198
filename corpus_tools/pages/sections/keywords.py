"""Keywords: the words that tell each year from the others, with samples of each."""

from __future__ import annotations

from corpus_tools.analysis import keywords
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages import samples
from corpus_tools.pages.marks import with_codes
from corpus_tools.pages.sections import Part

TERMS = 12  # words shown a year
COMMON, ENOUGH = 0.5, 20  # share of documents a keyword may stand in, in a corpus of 20 documents or more
ROOM = 200_000  # bytes of samples: slogans.py says what the page holds in all


def part(corpus: Corpus) -> Part:
    """The words of highest TF-IDF of each year; in a large corpus, of those that do not stand everywhere.

    ``rows``: year, documents, words. ``data``: ``documents`` of samples (title, file) and ``years``: year, documents, and
    of each word the word, count, documents, samples.
    """
    most = COMMON if len(corpus) >= ENOUGH else 1.0
    frame = keywords.tfidf(corpus, by="year", top=TERMS, max_share=most)
    frame["year"] = frame["year"].astype(int)
    shown = samples.of_words(corpus, zip(frame["term"], frame["year"], strict=True), room=ROOM)
    years = [
        (
            int(of["year"].iloc[0]),
            int(of["n"].iloc[0]),
            [
                (with_codes(term), count, documents, shown.of.get((term, year), []))
                for term, year, count, documents in zip(
                    *(of[name].tolist() for name in ("term", "year", "count", "documents")), strict=True
                )
            ],
        )
        for _, of in frame.groupby("year")
    ]
    rows = [(year, n, [term for term, *_ in terms]) for year, n, terms in years]
    return {"rows": rows, "most": most, "data": {"documents": shown.documents, "years": years}}
