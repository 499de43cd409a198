"""Topics of one period after another: which go on, part, meet, are new, or are heard of no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from numbers import Integral
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis import grouping
from corpus_tools.analysis.topics import engines, overview
from corpus_tools.analysis.topics.engines import Floats, Task
from corpus_tools.analysis.topics.fitting import topics_of
from corpus_tools.analysis.topics.matching import STEADY, cosines
from corpus_tools.analysis.topics.material import MAX_SHARE, MIN_WORDS, Asked, Material, check_k, material
from corpus_tools.analysis.topics.resampling import loadings_of_resamples
from corpus_tools.analysis.topics.result import Topics
from corpus_tools.analysis.trends.terms import years_of
from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

# Cosine from which on topics of two periods are like. Of topics of one fit, which are different, one in twenty at most reaches
# it; of topics of random halves of a period, where nothing changed, nine in ten (benchmarks/periods.py --likeness).
LIKE = 0.3
FEWEST_UNITS = 5  # a topic; of fewer paragraphs topics are these paragraphs

_TOPICS = ("period", "topic", "line", "label", "share", "documents", "units", "n", "stability", "note")
_TERMS = ("period", "topic", "term", "rank", "weight")
_LINKS = ("period", "topic", "label", "next_period", "next_topic", "next_label", "similarity", "event", "steady")

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Periods:
    """Topics of each period, and what became of them in the next.

    ``periods``, one row a period: ``period`` (``1990–1999``), ``first`` and ``last`` year, ``documents``, ``units`` that are
    long enough, ``gap`` (why it has no topics; empty where it has). ``topics``: ``period``; ``topic``, numbered from 1 within
    the period, the largest first; ``line``, a number that a topic shares with those it continues; ``label``, its words in
    this period; ``share`` (mean over documents); ``documents`` and ``units`` of which a unit it has the largest share;
    ``n``, documents of the period that have shares; ``stability`` and ``note`` as of ``Topics.quality``, missing and
    silent of stability where a period has fewer than 3 documents. ``terms``: period, topic, term, rank, weight.

    ``links``: ``period``, ``topic``, ``label``, ``next_period``, ``next_topic``, ``next_label``; ``similarity``, their cosine;
    ``event``; ``steady``. Each topic has one row of ``continues``, ``merges`` or ``dies`` for what becomes of it, and one of
    ``continues``, ``splits`` or ``born`` for where it comes from:

    - ``continues``: each is the likest to the other;
    - ``splits``: ``topic`` is the likest to ``next_topic``, but is itself liker to another, in which it goes on: ``next_topic``
      came off it;
    - ``merges``: ``next_topic`` is the likest to ``topic``, but is itself liker to another: ``topic`` went into it;
    - ``born``: no topic of the period before is like ``next_topic``; ``similarity`` is that of the likest;
    - ``dies``: no topic of the next period is like ``topic``.

    Like are topics with a cosine of .3 or more: different topics of one fit hardly reach that, and a higher one would call
    more topics new that are not. ``steady``: the topics of the row come back in 70 % of the refits of their period, and of a
    birth or death as many refits of the other period have no topic like it either; never with fewer than 3 documents.

    Chance alone makes events. Of 100 topics of random halves of one period, where nothing changed, 9 to 14 die, 14 to 20 merge
    and 16 to 21 split, nearly as many as between neighbours (State Council and provincial reports, benchmarks/periods.py
    --events); steady are 0 to 4, 4, and 3 to 7. So read the steady ones, compare like documents with like (one ``level``), and
    take a death for what it is: there is no topic of its own any more, though its words may still be said (``ct.trends``).
    Only neighbours are compared: a gap has no rows, and lines end there.

    ``left_out``: documents in no period, by reason. ``fits``: the ``Topics`` of each period, by its name; their own
    ``left_out`` is empty.
    """

    periods: pd.DataFrame
    topics: pd.DataFrame
    terms: pd.DataFrame
    links: pd.DataFrame
    left_out: dict[str, int]
    fits: dict[str, Topics] = field(repr=False)

    def __len__(self) -> int:
        return len(self.fits)

    def __repr__(self) -> str:
        events = ", ".join(f"{n} {event}" for event, n in self.links["event"].value_counts().items())
        gaps = len(self.periods) - len(self)
        return f"Periods({len(self)} with topics{f', {gaps} without' if gaps else ''}; {events or 'no links'})"

    def _repr_html_(self) -> str:
        return overview.of_periods(self)


@progress.bar("topics of periods")
def periods(
    corpus: Corpus,
    *,
    k: int,
    breaks: Sequence[int] | None = None,
    width: int = 10,
    by: str = "year",
    unit: str = "paragraph",
    seed: int = 0,
    seeds: int = 5,
    words: WordFilter = CONTENT,
    min_words: int = MIN_WORDS,
    max_share: float | None = None,
    courtesies: bool = False,
) -> Periods:
    """Find ``k`` topics in each period by itself, and follow them from period to period by how like their words are.

    ``breaks``: the first year of each period (``[1978, 1992, 2012]``; earlier documents are in none); without them, periods
    of ``width`` years that begin with a multiple of it. The last ends with the last document. ``by``: the column of the
    years. Topics are those of ``fit`` with method ``nmf``, of one choice of words and one weighing of them for all periods,
    so that they can be compared. Other options (``unit``, ``seeds``, ``words``, ``min_words``, ``max_share``,
    ``courtesies``) as of :func:`fit`.

    A period with too few documents for so many topics, or none, is a gap. AnalysisError for ``breaks`` or ``width`` that make
    no period, where no period has enough documents, and as of :func:`fit`. Method: a factorisation for
    each window of time (Greene & Cross 2017), joined by the cosine of topics; events after Palla, Barabási & Vicsek 2007.
    """
    asked = Asked(unit, words, min_words, MAX_SHARE.get(unit, 1.0) if max_share is None else max_share, courtesies)
    if seeds < 1:
        raise AnalysisError(f"seeds is {seeds}; it must be at least 1")
    found = material(corpus, asked)
    check_k(k, found)
    cut, left_out = _cut(corpus, by, breaks, width)
    parts = [part(found, cut.code == number) for number in range(len(cut.names))]
    gaps = [_gap(one, k) for one in parts]
    if all(gaps):
        said = "; ".join(f"{name}: {gap}" for name, gap in zip(cut.names, gaps, strict=True))
        raise AnalysisError(f"no period can have {k} topics ({said})")
    each = progress.steps(list(zip(parts, gaps, strict=True)), "fits", unit="periods")
    fits = [None if gap else fitted(one, k, seed=seed, seeds=seeds) for one, gap in each]
    return Periods(
        periods=_periods(cut, parts, gaps),
        **_frames(cut.names, fits),
        left_out=left_out,
        fits={name: fit.topics for name, fit in zip(cut.names, fits, strict=True) if fit},
    )


class Cut(NamedTuple):
    """Periods: their names, first and last years, and the period of each document, -1 for none."""

    names: list[str]
    first: list[int]
    last: list[int]
    code: Integers


class Fit(NamedTuple):
    """The topics of a period, and the loadings of its refits."""

    topics: Topics
    others: list[Floats]

    @property
    def loadings(self) -> Floats:
        """Topics × words, in the order of their numbers."""
        return self.topics.model.loadings

    @property
    def steady(self) -> Mask:
        """Which topics come back in the refits; none where there are no refits."""
        return np.asarray(self.topics.quality["stability"] >= STEADY)

    def without(self, others: Floats) -> Mask:
        """Which topics of another period no topic is like, in as many of the refits."""
        lacking = [cosines(others, again).max(axis=1) < LIKE for again in self.others]
        return np.asarray(np.mean(lacking, axis=0) >= STEADY) if lacking else np.zeros(len(others), dtype=np.bool_)


def _cut(corpus: Corpus, by: str, breaks: Sequence[int] | None, width: int) -> tuple[Cut, dict[str, int]]:
    """The periods, and the documents that are in none."""
    groups = grouping.groups(corpus, by)
    of_group = years_of(groups, by)
    starts = _starts(of_group, breaks, width)
    code = np.full(len(corpus), -1, dtype=np.int64)
    known = groups.code >= 0
    code[known] = np.searchsorted(starts, of_group[groups.code[known]], side="right") - 1
    last = [*(start - 1 for start in starts[1:]), int(of_group.max())]
    names = [f"{a}–{b}" if a < b else str(a) for a, b in zip(starts, last, strict=True)]
    left_out = {f"{by} unknown": int((~known).sum()), f"before {starts[0]}": int((code[known] < 0).sum())}
    return Cut(names, starts, last, code), left_out


def _starts(years: Integers, breaks: Sequence[int] | None, width: int) -> list[int]:
    first, last = int(years.min()), int(years.max())
    if breaks is None:
        if width < 1:
            raise AnalysisError(f"width is {width} years; it must be at least 1")
        return list(range(first // width * width, last + 1, width))
    starts = [int(year) for year in breaks if isinstance(year, Integral)]
    if not starts or len(starts) < len(breaks) or max(starts) > last:
        raise AnalysisError(f"breaks are {list(breaks)}; they must be first years of periods, none after {last}")
    return sorted(set(starts))


def part(found: Material, inside: Mask) -> Material:
    """The units of some documents, with the words of all and their weights."""
    (block,) = found.blocks()
    of = block.of(inside[block.document])
    of = replace(of, document=np.cumsum(inside)[of.document] - 1)
    corpus = found.corpus.where(doc_id=found.corpus.described["doc_id"][inside].tolist())
    return replace(found, corpus=corpus, left_out={}, blocks=lambda: [of])


def _gap(of: Material, k: int) -> str:
    """Why a period has no topics."""
    (block,) = of.blocks()
    units, words = len(block.ends), len(np.unique(block.words))
    if not len(of.corpus):
        return "no documents"
    if units < FEWEST_UNITS * k:
        return f"{units} {of.asked.unit}s are too few for {k} topics, which take {FEWEST_UNITS * k}"
    return "" if words > k else f"{words} words are too few for {k} topics"


def fitted(of: Material, k: int, *, seed: int, seeds: int) -> Fit:
    """Topics of a period's units."""
    (block,) = of.blocks()
    task = Task(block.counts, of.idf, k, seed)
    first = engines.nmf(task)
    others = loadings_of_resamples(engines.nmf, task, of.report[block.document], seeds=seeds)
    topics = topics_of(of, "nmf", first, [(block, first.weights)], others)
    return Fit(replace(topics, units=len(block.ends)), others)


def _periods(cut: Cut, parts: list[Material], gaps: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": cut.names,
            "first": cut.first,
            "last": cut.last,
            "documents": [len(one.corpus) for one in parts],
            "units": [len(block.ends) for one in parts for block in one.blocks()],
            "gap": gaps,
        }
    )


def _frames(names: list[str], fits: list[Fit | None]) -> dict[str, pd.DataFrame]:
    """The topics of all periods, their words, and their links with the next period."""
    there = [(name, fit) for name, fit in zip(names, fits, strict=True) if fit]
    topics = pd.concat([_topics(name, fit.topics) for name, fit in there], ignore_index=True)
    terms = pd.concat([fit.topics.terms.assign(period=name) for name, fit in there], ignore_index=True)
    pairs = [
        links(one, other).assign(period=period, next_period=following)
        for (period, one), (following, other) in pairwise(zip(names, fits, strict=True))
        if one and other
    ]
    joined = pd.concat(pairs, ignore_index=True) if pairs else pd.DataFrame(columns=list(_LINKS))
    topics["line"] = _lines(topics, joined)
    return {"topics": topics[list(_TOPICS)], "terms": terms[list(_TERMS)], "links": joined[list(_LINKS)]}


def _topics(period: str, of: Topics) -> pd.DataFrame:
    said = of.labels.merge(of.quality[["topic", "documents", "units", "stability", "note"]], on="topic")
    return said.assign(period=period, n=of.documents["doc_id"].nunique())


def links(one: Fit, other: Fit) -> pd.DataFrame:
    """What becomes of the topics of a period, and where those of the next come from: ``Periods.links`` but for the periods."""
    like = cosines(one.loadings, other.loadings)
    ends, begins = _ends(like, "dies", "merges"), _ends(like.T, "born", "splits")
    begins = begins[begins["event"] != "continues"]  # which is said once
    ends["steady"] = _steady(ends, one, other, alone="dies")
    begins["steady"] = _steady(begins, other, one, alone="born")
    ends = ends.rename(columns={"own": "topic", "far": "next_topic"})
    begins = begins.rename(columns={"own": "next_topic", "far": "topic"})
    found = pd.concat([ends, begins], ignore_index=True)
    for side, fit, alone in (("topic", one, "born"), ("next_topic", other, "dies")):
        found[side] = (found[side] + 1).astype("Int64").mask(found["event"] == alone)
        found[side.replace("topic", "label")] = found[side].map(fit.topics.labels.set_index("topic")["label"])
    return found


def _ends(like: Floats, alone: str, aside: str) -> pd.DataFrame:
    """Each row's likest column: alone where it is not like, continues where the row is the likest of that column too."""
    own, far, similarity = np.arange(len(like)), like.argmax(axis=1), like.max(axis=1)
    mutual = like.argmax(axis=0)[far] == own
    event = np.where(similarity < LIKE, alone, np.where(mutual, "continues", aside))
    return pd.DataFrame({"own": own, "far": far, "similarity": similarity, "event": event})


def _steady(events: pd.DataFrame, own: Fit, far: Fit, *, alone: str) -> Mask:
    """Which events come back: the own topic does, and so does the other, or that there is none."""
    topic, other = events["own"].to_numpy(), events["far"].to_numpy()
    there = np.where(events["event"] == alone, far.without(own.loadings)[topic], far.steady[other])
    return np.asarray(own.steady[topic] & there, dtype=np.bool_)


def _lines(topics: pd.DataFrame, found: pd.DataFrame) -> list[int]:
    """A number for each topic, that of the topic it continues where it does."""
    on = found[found["event"] == "continues"]
    before = pd.Series(list(zip(on["period"], on["topic"], strict=True)), index=[on["next_period"], on["next_topic"]])
    line: dict[tuple[str, int], int] = {}
    for key in zip(topics["period"], topics["topic"], strict=True):
        line[key] = line[before[key]] if key in before.index else len(set(line.values())) + 1
    return list(line.values())
