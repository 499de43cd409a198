"""The topics of a corpus as the page shows them: a map, a card for each, and their shares over the years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from corpus_tools.analysis import topics
from corpus_tools.analysis.topics.material import MIN_WORDS
from corpus_tools.analysis.words import ANY
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages import figures
from corpus_tools.pages.sections import Part, shown
from corpus_tools.showing.languages import Lang

TERMS = 12  # words of a topic
EXAMPLES, LONGEST = 2, 160  # paragraphs of a topic, and characters of each
LEADING = 3  # documents of a topic
SEEDS = 3  # fits in all: the page shall not take minutes
SHADES = 8  # of the cells of shares by year
PARAGRAPHS_A_TOPIC, FEWEST, MOST = 50, 5, 20


def part(corpus: Corpus, *, lang: Lang, k: int | None) -> Part:
    """The topics of a corpus: ``map`` (a figure), ``cards``, ``years`` (year, documents, each topic's share and its shade)."""
    wanted = _number_of_topics(corpus) if k is None else k
    found = topics.fit(corpus, k=wanted, seeds=SEEDS)
    shares = _by_year(found, corpus)
    return {
        "map": figures.topic_map(found.positions(), lang=lang),
        "cards": _cards(found, corpus, shares),
        "years": [] if shares is None else _years(shares),
        "k": wanted,
        "chosen": k is None,
        "refits": found.refits["refit"].nunique(),
        "paragraphs": found.units,
        "words": found.words,
        "short": found.left_out["short"],
        "courtesies": found.left_out["courtesies"],
        "converged": found.converged,
    }


def _cards(found: topics.Topics, corpus: Corpus, shares: pd.DataFrame | None) -> list[Part]:
    """What is said of each topic: its row of labels and quality with words, course, examples and documents."""
    names = shown.names(corpus)
    cards: list[Part] = []
    for record in found.labels.merge(found.quality, on="topic").to_dict("records"):
        row: Part = {str(name): value for name, value in record.items()}
        terms, refits, examples, documents = (
            frame[frame["topic"] == row["topic"]]
            for frame in (found.terms, found.refits, found.examples.groupby("topic").head(EXAMPLES), found.documents)
        )
        leading = documents.nlargest(LEADING, "share")
        row["terms"] = terms.loc[terms["rank"] <= TERMS, "term"].tolist()
        row["back"] = int(refits["recurs"].sum())
        row["notes"] = [note for note in row["note"].split("; ") if note]
        row["course"] = None if shares is None else _course(shares, row["topic"])
        row["examples"] = [
            (names[doc_id], shown.excerpt(text, LONGEST))
            for doc_id, text in zip(examples["doc_id"], examples["text"], strict=True)
        ]
        row["leading"] = [
            (names[doc_id], share) for doc_id, share in zip(leading["doc_id"], leading["share"], strict=True)
        ]
        cards.append(row)
    return cards


def _by_year(found: topics.Topics, corpus: Corpus) -> pd.DataFrame | None:
    """``Topics.by("year")``; None where no document of a known year has topics."""
    with_topics = corpus.documents["doc_id"].isin(found.documents["doc_id"])
    return found.by("year") if corpus.documents.loc[with_topics, "year"].notna().any() else None


def _course(shares: pd.DataFrame, topic: int) -> Part:
    """A topic's shares over the years of all topics."""
    first, last = int(shares["year"].min()), int(shares["year"].max())
    rows = shares[shares["topic"] == topic]
    by_year = {int(year): float(share) for year, share in zip(rows["year"], rows["share"], strict=True)}
    return shown.course(by_year, first=first, last=last)


def _years(shares: pd.DataFrame) -> list[tuple[int, int, list[tuple[float, int]]]]:
    """Each year with its documents, and of each topic the share and how dark its cell is."""
    most = shares["share"].max() or 1
    return [
        (
            int(of["year"].iloc[0]),
            int(of["n"].iloc[0]),
            [(share, round(SHADES * share / most)) for share in of["share"]],
        )
        for _, of in shares.groupby("year")
    ]


def _number_of_topics(corpus: Corpus) -> int:
    """One topic for every 50 paragraphs long enough, from 5 to 20: the page says so, and what came of it."""
    tokens, is_word = corpus.tokens, ANY.mask(corpus.vocabulary)
    paragraph = np.repeat(np.arange(len(tokens.ends)), np.diff(tokens.ends, prepend=0))
    long = int((np.bincount(paragraph[is_word[tokens.ids]]) >= MIN_WORDS).sum())
    return min(MOST, max(FEWEST, long // PARAGRAPHS_A_TOPIC))
