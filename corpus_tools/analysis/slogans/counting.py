"""How often slogans are said, in how many documents, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping, phrases
from corpus_tools.analysis.counts import PER
from corpus_tools.analysis.places import in_sections
from corpus_tools.analysis.slogans.lexicon import Lexicon, known
from corpus_tools.analysis.slogans.matching import About, Matcher, abouts, matcher, tally
from corpus_tools.analysis.statistics import bootstrap, intervals
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part
from corpus_tools.language.slogans import Slogan

CONTEXT = 30  # characters shown on each side of a hit, about one clause


@progress.bar("slogans")
def count(
    corpus: Corpus,
    *,
    by: str | Sequence[str] | None = None,
    match: str = "longest",
    lexicon: Lexicon = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Count the slogans of the lexicon, a declared variant for its slogan.

    One row a group of ``by`` (a column of ``corpus.documents``, ``tense``, several, or None for the whole corpus) and
    slogan, for every slogan that stands anywhere in the corpus. Columns: those of ``by``, then ``slogan``; ``count``, where
    it is inside no longer slogan (小康社会 inside 全面建成小康社会 is not counted); ``count_all``, as if the slogan were the only
    one in the lexicon; ``documents`` that hold it; ``n``, documents in the group; ``share_documents`` = documents / n, with
    ``share_low`` and ``share_high``; ``per_10k``, per 10 000 Han characters of the group, with ``per_10k_low`` and
    ``per_10k_high``. Bounds are 95 % intervals, the same as those of ``trends.rate``: Wilson's of shares, of rates a score
    interval with the error of ``resamples`` bootstrap draws of the group's documents; NaN for fewer than 3, and where none
    holds the slogan 0 up to what Wilson's bound allows (docs/trends.md). ``match`` (``longest`` or ``all``) says which of
    both counts ``documents`` and all that follows stand on.

    Matched are exact wordings, in simplified letters of one width, without quotation marks, spaces and line breaks; a mask
    in a leader's name is that name. A wording across which a word of ordinary language stands is none (新发展理念 in
    创新发展理念). A wording of several readings counts where one of them holds; where none can be told, in a row of
    its own (双创〔未定〕). ``lexicon``: your own CSV beside the shipped one, or a frame of :func:`lexicon` in its place.

    A group that has documents has a row for every slogan, also of count 0; a year without documents has none.
    Documents whose ``by`` is unknown are in no group. Rows: by group, then most frequent first. AnalysisError for an
    unknown column or ``match`` and for an empty corpus.
    """
    counts.check_options(match=match, resamples=resamples)
    slogans = known(lexicon)
    corpus, groups = grouping.grouped(corpus, by)
    found = tally(corpus, slogans)
    seen = np.flatnonzero(np.asarray(found.everywhere.sum(axis=0)).ravel())
    names = np.asarray(found.names, dtype=object)[seen]
    longest, everywhere = (csr_matrix(found.matched(kind)[:, seen]) for kind in ("longest", "all"))
    chosen, han = longest if match == "longest" else everywhere, corpus.n_han.astype(np.float64)
    frames = []
    for row, key in groups.each():
        of = np.flatnonzero(groups.code == row)
        seeds = bootstrap.seed_of(seed, key)
        frame = pd.DataFrame({"slogan": names, "count": _sums(longest[of]), "count_all": _sums(everywhere[of])})
        rates = _rates(chosen[of], han[of], resamples=resamples, seed=seeds)
        frame = pd.concat([frame, rates], axis=1).sort_values(["count", "slogan"], ascending=[False, True])
        frames.append(frame.assign(_group=row))
    whole = pd.concat(frames, ignore_index=True)
    keys = groups.keys.iloc[whole.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, whole], axis=1)


@progress.bar("places of a slogan")
def hits(corpus: Corpus, slogan: str, *, match: str = "longest", lexicon: Lexicon = None) -> pd.DataFrame:
    """Show every place of a slogan (or of any other phrase, then matched exactly), where ``count`` counts it.

    Columns: ``doc_id``; ``section`` (its number in ``corpus.sections``) and ``tense``, missing where the document has no
    sections; ``start``, ``end``, in characters of the clean text; ``found``, the text there, quotation marks included;
    ``context``, the text with 30 characters on either side. ``match="all"`` shows the places inside longer slogans too. The bare
    wording of a slogan of several readings stands for all of them. AnalysisError for a phrase without a character to look
    for, and a reading that the lexicon does not have.
    """
    counts.check_options(match=match)
    slogans = known(lexicon)
    matcher(slogans).numbers(slogan)  # an error before the work
    parts = corpus.over_parts(partial(_hits_of, slogan=slogan, match=match, slogans=slogans), "matching")
    hits = [(rows[row], *hit) for rows, found in parts for row, *hit in found]
    frame = pd.DataFrame(hits, columns=["row", "doc_id", "start", "end", "found", "context"])
    frame = frame.sort_values("row", kind="stable", ignore_index=True)
    return in_sections(corpus.sections, frame)[["doc_id", "section", "tense", "start", "end", "found", "context"]]


def _hits_of(
    part: Part, *, slogan: str, match: str, slogans: tuple[Slogan, ...]
) -> list[tuple[int, str, int, int, str, str]]:
    """Row of the part, doc_id, start, end, text and context of every place in it."""
    wanted = matcher(slogans)
    numbers = frozenset(wanted.numbers(slogan))
    texts = progress.steps(phrases.simplified(part), "matching", unit="documents")
    columns = texts, abouts(part), part.described["doc_id"], part.written
    return [
        (row, doc_id, start, end, text[start:end], text[max(0, start - CONTEXT) : end + CONTEXT])
        for row, (counted, about, doc_id, text) in enumerate(zip(*columns, strict=True))
        for start, end in _in_text(counted, _places(counted, about, slogan, wanted, numbers, match))
    ]


def _rates(hits: csr_matrix, han: Floats, *, resamples: int, seed: list[int]) -> pd.DataFrame:
    """Documents and rates of every slogan in the documents of one group, with intervals."""
    documents, n = _sums(hits > 0), hits.shape[0]
    share = intervals.share(documents, n)
    rate = intervals.of_rates(hits, han, resamples=resamples, seed=seed)
    return pd.DataFrame(
        {
            "documents": documents,
            "n": n,
            "share_documents": documents / n,
            "share_low": share.low,
            "share_high": share.high,
            "per_10k": bootstrap.ratio(_sums(hits), han.sum()) * PER,
            "per_10k_low": rate.low * PER,
            "per_10k_high": rate.high * PER,
        }
    )


def _sums(matrix: csr_matrix) -> npt.NDArray[np.int64]:
    return np.asarray(matrix.sum(axis=0), dtype=np.int64).ravel()


def _places(
    text: str, about: About, slogan: str, wanted: Matcher, numbers: frozenset[int], match: str
) -> list[phrases.Found]:
    if not numbers:
        return list(phrases.apart(phrases.everywhere(phrases.normalise(text), (phrases.form_of(slogan),))))
    places = wanted.places(text, about)
    chosen = phrases.longest(places) if match == "longest" else phrases.apart(places)
    return sorted((place for place in chosen if place[0] in numbers), key=lambda place: place[1])


def _in_text(text: str, found: list[phrases.Found]) -> Iterator[tuple[int, int]]:
    """Where places stand, in offsets of the text as it was written."""
    if found:
        _, starts, ends = phrases.with_positions(text)
        yield from ((int(starts[start]), int(ends[end - 1])) for _, start, end in found)
