"""Keyness: what one group of documents says more, or less, often than others; documents are the sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csc_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.counts import PER
from corpus_tools.analysis.grouping import Groups
from corpus_tools.analysis.keywords.reference import frequency_list
from corpus_tools.analysis.keywords.samples import (
    Against,
    Sample,
    against_documents,
    against_list,
    joined,
    sample_of,
)
from corpus_tools.analysis.statistics import bootstrap, effect, ranks
from corpus_tools.analysis.statistics.bootstrap import Floats
from corpus_tools.analysis.statistics.contingency import Tables, bic
from corpus_tools.analysis.statistics.dispersion import dispersion
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

TESTS = ("mann-whitney", "permutation")


@progress.bar("keyness")
def keyness(
    corpus: Corpus,
    *,
    by: str | Sequence[str] | None = None,
    reference: Corpus | str | Path | pd.DataFrame | None = None,
    n: int = 1,
    words: WordFilter = CONTENT,
    min_documents: int = 3,
    test: str = "mann-whitney",
    resamples: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare how often terms are said: each group of ``by`` with all other groups, or with a ``reference``.

    ``reference``: another corpus (documents that are in both count in ``corpus`` alone, unless each side counts other tenses of
    them), or a frequency list (a frame or file with ``term`` and ``count``, or lines of a word and its count), which must be
    whole: its sums are its size. Terms are content words, or those of ``words``, or (without a list) sequences of ``n`` of
    them, in at least ``min_documents`` documents of both sides together; a list has none. Documents of unknown ``by``, and
    those without a Chinese character, count on no side.

    One row a group and term. Columns: those of ``by``; ``term``; ``count``, ``count_reference``; ``per_10k``,
    ``per_10k_reference``, per 10 000 Han characters; ``documents``, ``documents_reference`` that hold it, of ``n``,
    ``n_reference``; ``length_ratio``, how many times as long the group's documents are on the mean; ``log_ratio``, binary
    logarithm of the ratio of both rates (1: twice as often; Hardie 2014; a count of 0 stands as the share of one occurrence
    that falls to the size of its side), ``log_ratio_low``, ``log_ratio_high``, its 95 % interval over documents, and ``lrc``, the
    bound nearer to 0, or 0 (after Evert's conservative log ratio, 2022); ``g2`` (Dunning 1993) and ``bic`` = G² - ln(words)
    (Wilson 2013), which take words for independent and are no tests of documents (a side is as large as its words, also
    where sequences are counted); ``p_value``: Mann-Whitney over the rates of documents (``statistics.ranks``), which finds too
    many rare words where ``length_ratio`` is above 2 or below 1/2; with ``test="permutation"`` the log ratio in standard
    errors, over ``resamples`` permutations of documents, which does not; against a frequency list Student's t of the log ratio;
    ``q_value`` over the terms of the group (Benjamini & Hochberg 1995); spread over the group's documents: ``range`` =
    documents / n, ``dp_norm`` (Lijffijt & Gries 2012; 0 even, 1 all in the shortest document), ``juilland_d`` (1 even, 0 in
    one). NaN where too few documents are for a measure. Rows: by group, then ``lrc``, then ``log_ratio``, the greatest first.

    AnalysisError where neither ``by`` nor ``reference`` is given, for a single group, an unknown column or test, and where no
    term is left or a list is to give sequences; DataError for a list that is none.
    """
    if test not in TESTS:
        raise AnalysisError(f"test is {test!r}; it can be {' or '.join(map(repr, TESTS))}")
    counts.check_options(resamples=resamples)
    corpus, groups = grouping.grouped(corpus, by)
    if reference is None and len(groups.keys) < 2:
        names = " and ".join(grouping.columns(by))
        raise AnalysisError(
            f"all documents are of one {names}: there is nothing to compare it with; take all documents and choose from the "
            f"table, or name a reference"
            if names
            else "nothing to compare with: name groups (by='year') or a reference"
        )
    if n > 1 and not (reference is None or isinstance(reference, Corpus)):
        raise AnalysisError(
            "a list of sequences does not tell how long its texts are: n must be 1, or the reference a corpus"
        )
    sample = _sample(corpus, groups, reference, n=n, words=words, min_documents=min_documents)
    fixed = _fixed(sample, len(groups.keys), reference)
    seeds = [bootstrap.seed_of(seed, key) for key in groups.tuples]
    if fixed is not None and fixed.totals is None:
        tests: Iterator[Floats | None] = iter([None] * len(seeds))
    elif test == "permutation":
        tests = _permutations(sample, seeds, rest=reference is None, resamples=resamples)
    else:
        tests = _mann_whitney(sample, len(seeds), rest=reference is None)
    frames = []
    for row, p in enumerate(progress.steps(tests, "tests", unit="groups", total=len(seeds))):
        group = sample.only(sample.side == row)
        against = fixed or against_documents(sample.totals.minus(group.totals))
        frames.append(_table(group, against, p).assign(_group=row))
    frame = pd.concat(frames, ignore_index=True)
    keys = groups.keys.iloc[frame.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, frame], axis=1)


def _sample(
    corpus: Corpus,
    groups: Groups,
    reference: Corpus | str | Path | pd.DataFrame | None,
    *,
    n: int,
    words: WordFilter,
    min_documents: int,
) -> Sample:
    """The documents of all groups, and of a reference corpus, whose side is the number of groups."""
    if not isinstance(reference, Corpus):
        matrix = counts.found(corpus, n=n, words=words, min_documents=min_documents)
        return sample_of(corpus, matrix, groups.code).of_common(min_documents)
    if not len(reference):
        raise AnalysisError("the reference has no documents")
    if corpus.folder.resolve() == reference.folder.resolve() and not _of_other_tenses(corpus, reference):
        reference = reference.without(doc_id=corpus.described["doc_id"].tolist())
        if not len(reference):
            raise AnalysisError("all documents of the reference are in the corpus too: nothing is left to compare with")
    mine = sample_of(corpus, counts.found(corpus, n=n, words=words), groups.code)
    side = np.full(len(reference), len(groups.keys), dtype=np.int64)
    other = sample_of(reference, counts.found(reference, n=n, words=words), side)
    return joined(mine, other).of_common(min_documents)


def _of_other_tenses(corpus: Corpus, reference: Corpus) -> bool:
    """Whether they count other sections, so that no text is on both sides though documents are."""
    mine, others = _tenses(corpus), _tenses(reference)
    return mine is not None and others is not None and mine.isdisjoint(others)


def _tenses(corpus: Corpus) -> frozenset[str] | None:
    """The tenses of the sections that count, None for all: by its rows where it has one for each."""
    return frozenset(corpus.described["tense"]) if "tense" in corpus.described else corpus.tenses


def _fixed(sample: Sample, side: int, reference: Corpus | str | Path | pd.DataFrame | None) -> Against | None:
    """What every group is compared with; None where that is the other groups."""
    if reference is None:
        return None
    if isinstance(reference, Corpus):
        return against_documents(sample.only(sample.side == side).totals)
    return against_list(frequency_list(reference), sample.terms)


def _mann_whitney(sample: Sample, groups: int, *, rest: bool) -> Iterator[Floats]:
    """p of each group, against the ``rest`` of the groups or a reference; for the rest all are ranked once."""
    if rest:
        yield from ranks.mann_whitney(csc_matrix(sample.counts), sample.han, sample.side, groups)
        return
    for row in range(groups):
        both = sample.only((sample.side == row) | (sample.side == groups))
        other = (both.side != row).astype(np.int64)
        yield ranks.mann_whitney(csc_matrix(both.counts), both.han, other, 2)[0]


def _permutations(sample: Sample, seeds: list[list[int]], *, rest: bool, resamples: int) -> Iterator[Floats]:
    for row, seed in enumerate(seeds):
        both = sample if rest else sample.only((sample.side == row) | (sample.side == len(seeds)))
        yield ranks.permutation(both.counts, both.han, both.side == row, resamples=resamples, seed=seed)


def _table(group: Sample, against: Against, p: Floats | None) -> pd.DataFrame:
    """One row a term; ``p`` is that of the log ratio where no test of documents was possible."""
    totals, its = group.totals, against.totals
    count, han, n = totals.sums.x, float(totals.sums.m), totals.sums.n
    whole = han + against.han
    ratio = effect.log_ratio(effect.of_documents(totals.sums, whole), against.rate(whole))
    tables = Tables(count, totals.words - count, against.count, against.words - against.count)
    g2, spread, p = np.abs(tables.log_likelihood()), dispersion(group.counts, group.han), ratio.p if p is None else p
    frame = pd.DataFrame(
        {
            "term": group.terms,
            "count": count.astype(np.int64),
            "count_reference": against.count.astype(np.int64),
            "per_10k": bootstrap.ratio(count, np.float64(han)) * PER,
            "per_10k_reference": bootstrap.ratio(against.count, np.float64(against.han)) * PER,
            "documents": totals.documents,
            "documents_reference": pd.array(its.documents if its else [pd.NA] * len(count), dtype="Int64"),
            "n": n,
            "n_reference": pd.array([its.sums.n if its else pd.NA] * len(count), dtype="Int64"),
            "length_ratio": _length(han, n) / _length(against.han, its.sums.n if its else 0),
            "log_ratio": ratio.log_ratio,
            "log_ratio_low": ratio.low,
            "log_ratio_high": ratio.high,
            "lrc": ratio.conservative,
            "g2": g2,
            "bic": bic(g2, totals.words + against.words),
            "p_value": p,
            "q_value": ranks.q_values(p),
            "range": totals.documents / n if n else np.nan,
            "dp_norm": spread.dp_norm,
            "juilland_d": spread.juilland_d,
        }
    )
    return frame.sort_values(["lrc", "log_ratio", "term"], ascending=[False, False, True], ignore_index=True)


def _length(han: float, n: int) -> float:
    """Mean Han characters of a document; NaN of a list, which has none."""
    return han / n if n else np.nan
