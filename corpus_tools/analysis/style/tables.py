"""Measures of style: of each document, and of groups of documents with intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.slogans.lexicon import Lexicon
from corpus_tools.analysis.statistics import bootstrap, intervals
from corpus_tools.analysis.style.material import Material, Ratio
from corpus_tools.analysis.style.measures import MEASURES, SHARES, STEADY
from corpus_tools.analysis.style.sentences import Integers
from corpus_tools.analysis.words import WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

# Words of a stretch for MATTR. On real reports it is as independent of length with 100 as with 500 (Covington and McFall's for
# style); the halves of a report agree at least as well, and short reports and sections have it too.
WINDOW = 100
# Words in the order of the text, function words too. Figures and dates are none: no figure is like another.
RUNNING = WordFilter(stopwords=(), length=1, slogans=False)

_ISSUER = ["organisation", "level", "place", "kind"]


@progress.bar("style")
def measure(
    corpus: Corpus,
    *,
    by: str | Sequence[str] | None = "year",
    measures: str | Sequence[str] | None = None,
    window: int = WINDOW,
    words: WordFilter = RUNNING,
    lexicon: Lexicon = None,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """How the documents of each year, or of each group of ``by``, are written: one row a group and measure.

    Columns: those of ``by``; ``measure``; ``value``; ``low``, ``high``, its 95 % interval over the documents, of ``mattr``
    Student's, else the score interval with the error of ``resamples`` bootstrap draws (docs/trends.md; NaN where fewer than
    3 have the measure, and for a value of 0); ``n``, documents that have it. A group of which no document has it has no
    row, documents of unknown ``by`` are in none. ``measures``: the names of those wanted (None: all):

    ``mattr``: share of different words in ``window`` words in a row, the mean of all such stretches (Covington and McFall 2010),
    none for shorter documents; ``mtld``: words after which that share falls below .72 (McCarthy and Jarvis 2010), none
    below 100 words. Words of both are ``words``: Chinese and Latin ones, without figures, dates, masks and punctuation.
    ``sentence_length``, ``clause_length``: Han characters up to 。！？, and up to ，；： too. ``word_length``: Han characters of
    a Chinese one of ``words``. ``formulas``: share of the Han characters that lie in a slogan of the lexicon (or of your
    own ``lexicon``, see ``slogans.count``). ``copied``: share of the Han characters, in sentences of at least 10, whose
    sentence stands word for word in a document of an earlier year, none where the corpus has no such document.
    ``repeated``: the same of the last earlier report of the same organisation, level, place and kind.

    The values of ``mattr`` and ``mtld`` are means over documents, the others ratios of sums (characters of all by sentences of
    all), as rates are. AnalysisError for an unknown measure or column, a ``window`` below 2 and an empty corpus.
    """
    counts.check_options(resamples=resamples)
    names = _known(measures)
    corpus, groups = grouping.grouped(corpus, by)
    material = Material(corpus, window=window, words=words, lexicon=lexicon)
    ratios = {name: MEASURES[name](material) for name in names}
    rows = []
    for row, key in groups.each():
        of = groups.code == row
        seeds = bootstrap.seed_of(seed, key)
        rows += [
            (row, name, *estimate(name, ratio.only(of), resamples=resamples, seed=seeds))
            for name, ratio in ratios.items()
        ]
    frame = pd.DataFrame(rows, columns=["_group", "measure", "value", "low", "high", "n"])
    frame = frame[frame["n"] > 0].reset_index(drop=True)
    keys = groups.keys.iloc[frame.pop("_group")].reset_index(drop=True)
    return pd.concat([keys, frame], axis=1)


@progress.bar("style of documents")
def documents(
    corpus: Corpus,
    *,
    measures: str | Sequence[str] | None = None,
    window: int = WINDOW,
    words: WordFilter = RUNNING,
    lexicon: Lexicon = None,
) -> pd.DataFrame:
    """How each document is written: one row a document, one column a measure, NaN where it has none.

    Columns: ``doc_id``, ``year``, ``tense`` (of a view by tense), ``organisation``, ``level``, ``place``, ``kind``;
    ``words`` (how many of those ``words``); ``sentences``, and ``in_sentences``, the share of the Han characters that lie
    in them (where it is low, the text is headings and lists, and its sentences speak for little of it); ``previous``, the
    year of the report that ``repeated`` compares with; then the measures as in :func:`measure`: ``mattr``, ``mtld``,
    ``sentence_length``, ``clause_length``, ``word_length``, ``formulas``, ``copied``, ``repeated``. ``measures`` and
    ``window`` as there. AnalysisError as there.
    """
    names = _known(measures)
    if not len(corpus):
        raise AnalysisError("this corpus has no documents")
    material = Material(corpus, window=window, words=words, lexicon=lexicon)
    shown = [name for name in ("doc_id", "year", "tense", *_ISSUER) if name in corpus.described]
    frame = corpus.described[shown].copy()
    frame["words"] = list(map(len, material.words))
    frame["sentences"] = material.n_sentences.astype(np.int64)
    frame["in_sentences"] = bootstrap.ratio(material.in_sentences, material.han)
    frame["previous"] = _years_before(corpus.described, material.reports)
    return frame.assign(**{name: MEASURES[name](material).of_each for name in names})


def _known(measures: str | Sequence[str] | None) -> list[str]:
    names = list(MEASURES) if measures is None else grouping.columns(measures)
    if unknown := [name for name in names if name not in MEASURES]:
        raise AnalysisError(f"unknown measure {unknown[0]!r}; measures are {', '.join(MEASURES)}")
    if not names:
        raise AnalysisError("no measures: name at least one, for instance 'mattr'")
    return names


def estimate(name: str, ratio: Ratio, *, resamples: int, seed: list[int]) -> tuple[float, float, float, int]:
    """Value, bounds and number of the documents that have a measure."""
    values, sizes = ratio
    value = bootstrap.ratio(values.sum(keepdims=True), sizes.sum(keepdims=True))
    if name in STEADY:
        bounds = intervals.mean(values[:, None])
    else:
        bounds = intervals.of_ratios(csr_matrix(values[:, None]), sizes, resamples=resamples, seed=seed)
    low, high = np.clip(np.ravel(bounds), 0, 1 if name in SHARES else None)
    return float(value[0]), float(low), float(high), len(sizes)


def _years_before(documents: pd.DataFrame, reports: tuple[Integers, Integers]) -> pd.Series[int]:
    """The year of the report before of each document, missing where there is none."""
    own, previous = reports
    years = pd.Series(documents["year"].to_numpy(), index=own)[lambda found: ~found.index.duplicated()]
    return pd.Series(years.drop(-1, errors="ignore").reindex(previous).to_numpy(), index=documents.index, dtype="Int64")
