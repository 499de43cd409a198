"""Slogans (提法): how often, in how many documents, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools.analysis import counts, phrases
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.language import lexicon

PER = 10_000  # Han characters: rates of a report of ordinary length are then numbers between 0.1 and 100
CONTEXT = 30  # characters shown on each side of a hit, about one clause


def count(corpus: Corpus, *, by: str | Sequence[str] | None = None, match: str = "longest") -> pd.DataFrame:
    """Count the slogans of the lexicon, a variant for its slogan.

    One row a group of ``by`` (a column of ``corpus.documents``, several, or None for the whole corpus) and slogan, for
    every slogan that stands anywhere in the corpus. Columns: those of ``by``, then ``slogan``; ``count``, where no
    longer slogan covers it (小康社会 inside 全面建成小康社会 is not counted); ``count_all``, as if the slogan were the
    only one in the lexicon; ``documents`` that hold it; ``n``, documents in the group; ``share_documents`` =
    documents / n; ``per_10k``, per 10 000 Han characters of the group. ``match`` (``longest`` or ``all``) says which
    of both counts ``documents``, ``share_documents`` and ``per_10k`` stand on.
    A group that has documents has a row for every slogan, also of count 0; a year without documents has none.
    Documents whose ``by`` is unknown are in no group. Rows: by group, then most frequent first. AnalysisError for an
    unknown column or ``match`` and for an empty corpus.
    """
    phrases.check_match(match)
    corpus, groups = counts.grouped(corpus, by)
    wanted = phrases.slogans()
    texts = phrases.normalised(corpus.texts)
    longest, everywhere = (phrases.count(texts, wanted, match=kind) for kind in ("longest", "all"))
    frame = _tidy(groups, names=list(wanted.names), longest=longest, everywhere=everywhere)
    chosen = longest if match == "longest" else everywhere
    frame["documents"] = groups.sums((chosen > 0).astype(np.int64)).toarray().ravel()
    frame["n"] = np.repeat(groups.sizes, len(wanted.names))
    frame["share_documents"] = frame["documents"] / frame["n"]
    han = np.repeat(groups.sums(corpus.n_han.astype(np.float64)), len(wanted.names))
    frame["per_10k"] = frame["count" if match == "longest" else "count_all"] / np.where(han > 0, han, np.nan) * PER
    seen = np.tile(np.asarray(everywhere.sum(axis=0)).ravel() > 0, len(groups.keys))
    order = [*groups.keys.columns, "count", "slogan"]
    ascending = [*[True] * len(groups.keys.columns), False, True]
    return frame[seen].sort_values(order, ascending=ascending, ignore_index=True)


def hits(corpus: Corpus, slogan: str) -> pd.DataFrame:
    """Show every place of a slogan (or of any other phrase, then matched exactly).

    Columns: ``doc_id``; ``start``, ``end``, in characters of the clean text; ``found``, the text there, quotation marks
    included; ``context``, the text around it. A slogan of the lexicon is found where ``count`` counts it.
    AnalysisError for a phrase without a character to look for.
    """
    known = slogan in {entry.slogan for entry in lexicon.slogans()}
    wanted = phrases.slogans() if known else phrases.Phrases.of({slogan: [slogan]})
    number = wanted.names.index(slogan)
    rows = [
        (doc_id, start, end, text[start:end], text[max(0, start - CONTEXT) : end + CONTEXT])
        for doc_id, text, counted in zip(
            *(corpus.documents[name] for name in ("doc_id", "text")), corpus.texts, strict=True
        )
        for start, end in _places(counted, wanted, number)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "start", "end", "found", "context"])


def _tidy(groups: counts.Groups, *, names: list[str], longest: csr_matrix, everywhere: csr_matrix) -> pd.DataFrame:
    frame = groups.keys.loc[groups.keys.index.repeat(len(names))].reset_index(drop=True)
    frame["slogan"] = names * len(groups.keys)
    frame["count"] = groups.sums(longest).toarray().ravel()
    frame["count_all"] = groups.sums(everywhere).toarray().ravel()
    return frame


def _places(text: str, wanted: phrases.Phrases, number: int) -> list[tuple[int, int]]:
    if not any(found.phrase == number for found in wanted.longest(phrases.normalise(text))):
        return []
    clean, starts, ends = phrases.with_positions(text)
    return [(int(starts[f.start]), int(ends[f.end - 1])) for f in wanted.longest(clean) if f.phrase == number]
