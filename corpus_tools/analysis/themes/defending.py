"""What can be said for a dictionary, and against it: what it covers and misses, where themes overlap, what each term does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.statistics.bootstrap import Floats, ratio
from corpus_tools.analysis.themes.dictionary import Themes
from corpus_tools.analysis.themes.matching import ENOUGH, Integers, Numbers, Tally, tally
from corpus_tools.corpus.corpus import Corpus

ANY = "任一议题"
FEWEST = 5  # paragraphs of a term below which its lift is chance: one paragraph more or less would move it by a fifth
CLASSES = 20  # of paragraphs of about one length: fewer leave length in, more leave some too few to be compared


@progress.bar("coverage of themes")
def coverage(
    corpus: Corpus,
    *,
    themes: Themes = "general",
    by: str | Sequence[str] | None = None,
    within: str = "paragraph",
) -> pd.DataFrame:
    """How much of a corpus each theme touches, and any of them: one row a group of ``by`` and theme, 任一议题 (any) last.

    Columns: those of ``by``; ``theme``; ``documents`` with a paragraph that holds it, ``n``, ``share_documents``;
    ``paragraphs`` (of this ``within``) that hold it, ``n_paragraphs``, ``share_paragraphs``; ``share_han``, the share of
    the Han characters that lie in those paragraphs; ``alone``, paragraphs that hold this theme and no other: what the
    corpus would lose without it. ``themes`` as for :func:`dictionary`. AnalysisError as for :func:`count`.
    """
    corpus, groups = grouping.grouped(corpus, by)
    found = tally(corpus, themes, within=within)
    many = found.held.getnnz(axis=1)
    touched = csr_matrix((many > 0)[:, None].astype(np.int64))
    alone = csr_matrix(found.held.multiply((many == 1)[:, None]))
    frames = []
    for row in range(len(groups.keys)):
        of = np.flatnonzero(groups.code[found.document] == row)
        each = _covered(found.held[of], alone[of], found, of)
        whole = _covered(touched[of], csr_matrix(alone[of].sum(axis=1)), found, of)
        n = int(groups.sizes[row])
        frame = pd.concat([pd.DataFrame(part) for part in (each, whole)], ignore_index=True)
        frame.insert(1, "n", n)
        frame.insert(2, "share_documents", frame["documents"] / n)
        frame.insert(0, "theme", [*found.names, ANY])
        frames.append(frame.assign(_group=row))
    whole_frame = pd.concat(frames, ignore_index=True)
    keys = groups.keys.iloc[whole_frame.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, whole_frame], axis=1)


def _covered(held: csr_matrix, alone: csr_matrix, found: Tally, of: Integers) -> dict[str, Any]:
    han, n = found.han[of], np.float64(len(of))
    documents = grouping.indicator(found.document[of], int(found.document.max(initial=0)) + 1) @ held
    paragraphs = _sums(held)
    return {
        "documents": csr_matrix(documents).getnnz(axis=0),
        "paragraphs": paragraphs,
        "n_paragraphs": len(of),
        "share_paragraphs": ratio(paragraphs, n),
        "share_han": ratio(held.T @ han, np.float64(han.sum())),
        "alone": _sums(alone),
    }


@progress.bar("overlap of themes")
def overlap(corpus: Corpus, *, themes: Themes = "general", within: str = "paragraph") -> pd.DataFrame:
    """Where themes meet: one row a pair, those that share most paragraphs for their size first.

    Columns: ``theme_a``, ``theme_b``, in the order of the dictionary; ``paragraphs`` (of this ``within``) that hold both,
    ``paragraphs_a``, ``paragraphs_b`` that hold each; ``jaccard``, both / either; ``npmi``, normalised pointwise mutual
    information (Bouma 2009), 1 always together, 0 as chance has it, -1 never; both NaN where either is held nowhere.
    ``places``: pairs of hits, one of each theme, that have characters in common, which counts the same words twice;
    ``terms`` that stand in both, ``|`` between. ``themes`` as for :func:`dictionary`. AnalysisError as for :func:`count`.
    """
    found = tally(corpus, themes, within=within)
    both = np.asarray((found.held.T @ found.held).todense(), dtype=np.int64)
    a, b = np.triu_indices(len(found.names), k=1)
    alone, n, together = np.diag(both), max(found.held.shape[0], 1), both[a, b]
    names = np.asarray(found.names, dtype=object)
    terms = [frozenset(term.written for term in theme.terms) for theme in found.matcher.themes]
    frame = pd.DataFrame(
        {
            "theme_a": names[a],
            "theme_b": names[b],
            "paragraphs": together,
            "paragraphs_a": alone[a],
            "paragraphs_b": alone[b],
            "jaccard": ratio(together, alone[a] + alone[b] - together),
            "npmi": _npmi(together / n, alone[a] / n, alone[b] / n),
            "places": found.shared[a, b],
            "terms": ["|".join(sorted(terms[i] & terms[j])) for i, j in zip(a, b, strict=True)],
        }
    )
    frame.loc[(alone[a] == 0) | (alone[b] == 0), ["jaccard", "npmi"]] = np.nan
    return frame.sort_values("jaccard", ascending=False, kind="stable", ignore_index=True)


def _npmi(both: Floats, a: Floats, b: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(both > 0, np.log(both / (a * b)) / -np.log(both), -1.0)
    # Two themes of every paragraph are always together, though the quotient is 0 by 0.
    return np.where(both >= 1, 1.0, found)


@progress.bar("terms of themes")
def terms(corpus: Corpus, *, themes: Themes = "general", within: str = "paragraph") -> pd.DataFrame:
    """What each term does for its theme: one row a theme and term, those of the most hits first within a theme.

    Columns: ``theme``, ``term``, ``weight``; ``count``, hits without weight; ``documents`` that have one; ``first_year`` of
    these (Int64); ``share`` of the hits of the theme; ``excluded``, places that do not count as they stand inside an
    exclusion, ``across``, as a word of ordinary language stands across their border; ``n``, paragraphs (of this ``within``)
    with a hit; ``beside``, those that hold the theme by its other terms too; ``expected``, as many as would be expected of
    paragraphs as long; ``lift`` = beside / expected: below 1 the term avoids its theme. NaN for ``n`` below 5. Expected is
    the share of paragraphs that hold the theme by other terms, in each twentieth of the paragraphs by Han characters, times
    the paragraphs of the term there: long paragraphs hold more of everything. ``why``, the reason that the dictionary
    gives. ``themes`` as for :func:`dictionary`. AnalysisError as for :func:`count`.
    """
    found = tally(corpus, themes, within=within)
    length = _classes(found.han)
    by_document = found.by_document(found.hits, len(corpus))
    total = _sums(found.hits)
    of_theme = np.bincount(found.matcher.theme_of, total, minlength=len(found.names))
    expected = np.asarray(list(_beside(found, length)), dtype=np.float64).reshape(-1, 3)
    frame = pd.DataFrame(
        {
            "theme": np.asarray(found.names, dtype=object)[found.matcher.theme_of],
            "term": [term.written for _, term in found.matcher.terms],
            "weight": found.matcher.weight_of,
            "count": total,
            "documents": by_document.getnnz(axis=0),
            "first_year": _first_years(by_document, corpus.described["year"]),
            "share": ratio(total, of_theme[found.matcher.theme_of]),
            "excluded": found.excluded,
            "across": found.across,
            "n": expected[:, 0].astype(np.int64),
            "beside": expected[:, 1].astype(np.int64),
            "expected": expected[:, 2],
            "lift": np.where(expected[:, 0] >= FEWEST, ratio(expected[:, 1], expected[:, 2]), np.nan),
            "why": [term.why for _, term in found.matcher.terms],
        }
    )
    order = np.lexsort((-total, found.matcher.theme_of))
    return frame.iloc[order].reset_index(drop=True)


def _classes(han: Numbers) -> Integers:
    """Of each passage the class of its length: as many passages in each, equal lengths in one."""
    edges = np.unique(np.quantile(han, np.arange(1, CLASSES) / CLASSES)) if len(han) else np.empty(0)
    return np.searchsorted(edges, han, side="right")


def _beside(found: Tally, length: Integers) -> Iterator[tuple[int, int, float]]:
    """Of each term: passages, those of them that hold the theme by its other terms, and as many as lengths let one expect."""
    columns, weights = found.hits.tocsc(), found.once.tocsc()
    every = np.bincount(length, minlength=CLASSES)
    for number, (theme, term) in enumerate(found.matcher.terms):
        there = columns[:, [number]].toarray().ravel() > 0
        others = weights[:, [theme]].toarray().ravel() - there * term.weight >= ENOUGH
        share = ratio(np.bincount(length, others, minlength=CLASSES), every)
        of = np.bincount(length[there], minlength=CLASSES)
        yield int(there.sum()), int((there & others).sum()), float((of[of > 0] * share[of > 0]).sum())


def _first_years(by_document: csr_matrix, years: pd.Series[int]) -> pd.Series[int]:
    """The first year of the documents that hold each column, missing where none has a year."""
    known = np.flatnonzero(years.notna().to_numpy())
    order = known[np.argsort(years.iloc[known].to_numpy(dtype=np.int64), kind="stable")]
    of, sorted_years = by_document[order].tocsc(), years.iloc[order].tolist()
    first = [
        sorted_years[int(of.indices[start:end].min())] if end > start else None
        for start, end in zip(of.indptr, of.indptr[1:], strict=False)
    ]
    return pd.Series(first, dtype="Int64")


def _sums(matrix: csr_matrix) -> Integers:
    return np.asarray(matrix.sum(axis=0), dtype=np.int64).ravel()
