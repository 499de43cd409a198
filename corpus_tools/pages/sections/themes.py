"""Themes: how much of the paragraphs speaks of what, by a dictionary, over the years, and in which paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from markupsafe import Markup, escape

from corpus_tools import data
from corpus_tools.analysis import phrases
from corpus_tools.analysis.statistics import bootstrap, intervals
from corpus_tools.analysis.themes.dictionary import Themes
from corpus_tools.analysis.themes.matching import Tally, tally
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.language.script import simplify
from corpus_tools.pages import figures
from corpus_tools.pages.marks import with_codes
from corpus_tools.pages.sections import Part, shown

TERMS, EXAMPLES = 6, 2  # of a theme
FEW, MANY = 30, 220  # Han characters of a paragraph that can be read on its own; others only where there is none
DOCUMENTS = 3  # of a year that is drawn, where half of the years have so many: one report is no year
RESAMPLES, SEED = 1000, 0  # as ct.themes.count has them, so that its intervals are these


def part(corpus: Corpus, *, themes: Themes | None = None) -> Part:
    """The themes of a dictionary by their shares of paragraphs, with intervals, courses, terms and examples.

    Without ``themes`` the set is the one for associations where most documents with a known body are of such, which
    write of their members and their work, else the general one; ``mass`` of ``known`` documents say which.
    """
    bodies = corpus.documents["organisation"].dropna()
    mass = int((~bodies.isin(data.toml("kinds.toml")["authorities"]["words"])).sum())
    chosen = ("association" if mass > len(bodies) / 2 else "general") if themes is None else themes
    found = tally(corpus, chosen)
    rows = sorted(_rows(corpus, found), key=lambda row: -row["share"])
    most = max((row["high"] if row["high"] == row["high"] else row["share"] for row in rows), default=0) or 1
    for row in rows:
        row["bar"] = figures.interval(row["share"], row["low"], row["high"], most=most)
    return {
        "rows": [row for row in rows if row["paragraphs"]],
        "nowhere": [(row["theme"], row["english"]) for row in rows if not row["paragraphs"]],
        "set": chosen if themes is None else None,
        "mass": mass,
        "known": len(bodies),
        "paragraphs": found.held.shape[0],
        "any": int((found.held.getnnz(axis=1) > 0).sum()),
        "n": len(corpus),
        "themes": len(found.names),
        "terms": len(found.matcher.terms),
    }


def _rows(corpus: Corpus, found: Tally) -> Iterator[Part]:
    """Each theme with its paragraphs, documents and interval as ``ct.themes.count`` has them."""
    held, every = found.by_document(found.held, len(corpus)), np.bincount(found.document, minlength=len(corpus))
    paragraphs, documents = np.asarray(held.sum(axis=0)).ravel(), held.getnnz(axis=0)
    low, high = intervals.of_rates(
        held, every.astype(np.float64), resamples=RESAMPLES, seed=bootstrap.seed_of(SEED, ())
    )
    names, courses = shown.names(corpus), _courses(corpus, held.toarray(), every)
    for number, theme in enumerate(found.matcher.themes):
        yield {
            "theme": with_codes(theme.name),
            "english": with_codes(theme.english),
            "paragraphs": int(paragraphs[number]),
            "documents": int(documents[number]),
            "share": float(paragraphs[number] / max(1, every.sum())),
            "low": float(low[number]),
            "high": float(np.minimum(1.0, high[number])),
            "course": courses[number],
            "terms": _terms(found, number),
            "examples": list(_examples(corpus, found, number, names=names)),
        }


def _terms(found: Tally, number: int) -> list[tuple[str, int]]:
    """The terms of a theme that are hit most often, with their hits."""
    hits = np.asarray(found.hits.sum(axis=0)).ravel()
    of = [(term.written, int(hits[at])) for at, (theme, term) in enumerate(found.matcher.terms) if theme == number]
    return [(with_codes(term), n) for term, n in sorted(of, key=lambda pair: -pair[1])[:TERMS] if n]


def _courses(corpus: Corpus, held: npt.NDArray[np.int64], every: npt.NDArray[np.int64]) -> list[Part | None]:
    """The share of each theme in the paragraphs of each year: its picture and its highest point; None without two years."""
    years = corpus.documents["year"].fillna(0).to_numpy(dtype=np.int64)
    known, documents = np.unique(years[(years > 0) & (every > 0)], return_counts=True)
    if len(known) < 2:
        return [None] * held.shape[1]
    drawn = _drawn(known, documents).tolist()
    shares = {year: held[years == year].sum(axis=0) / every[years == year].sum() for year in drawn}
    out: list[Part | None] = []
    for number in range(held.shape[1]):
        by_year = {year: float(share[number]) for year, share in shares.items()}
        out.append(shown.course(by_year, first=drawn[0], last=drawn[-1]))
    return out


def _drawn(years: npt.NDArray[np.int64], documents: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The years with enough documents; all of them where most have too few."""
    enough = years[documents >= DOCUMENTS]
    return enough if len(enough) > 1 and 2 * len(enough) >= len(years) else years


def _examples(corpus: Corpus, found: Tally, number: int, *, names: Mapping[str, str]) -> Iterator[tuple[str, Markup]]:
    """Paragraphs of a theme, each with the name of its document; terms in <mark>, what is too long cut."""
    for passage in _chosen(found, number):
        document = corpus.documents.iloc[row := int(found.document[passage])]
        before = document["text"].split("\n")[: found.paragraph[passage] + 1]
        start, line = sum(map(len, before[:-1])) + len(before) - 1, before[-1][: 2 * MANY]
        counted = corpus.texts[row] if document["script"] == "simplified" else simplify(corpus.texts[row])
        text, starts, ends = phrases.with_positions(counted[start : start + len(line)])
        places = sorted((p.start, p.end) for p in found.matcher.places(text).kept if p.theme == number)
        marked = highlighted(line, [(int(starts[start]), int(ends[end - 1])) for start, end in places])
        yield names[document["doc_id"]], marked + ("…" if len(before[-1]) > len(line) else "")


def _chosen(found: Tally, number: int) -> list[int]:
    """Paragraphs that say most different terms of a theme, of different documents; those that can be read on their own."""
    weights = found.once[:, [number]].toarray().ravel()
    holding = np.flatnonzero(found.held[:, [number]].toarray().ravel())
    readable = (found.han[holding] >= FEW) & (found.han[holding] <= MANY)
    holding = holding[readable] if readable.any() else holding
    order = holding[np.lexsort((holding, found.han[holding], -weights[holding]))]
    taken: dict[int, int] = {}
    for passage in order.tolist():
        taken.setdefault(int(found.document[passage]), passage)
        if len(taken) == EXAMPLES:
            break
    return list(taken.values())


def highlighted(line: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """A line with these stretches of it, which do not overlap, in <mark>."""
    out, done = Markup(""), 0
    for start, end in spans:
        out += escape(with_codes(line[done:start])) + Markup("<mark>{}</mark>").format(with_codes(line[start:end]))
        done = end
    return out + escape(with_codes(line[done:]))
