"""The measures by their names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import compress

import numpy as np
import numpy.typing as npt

from corpus_tools import progress
from corpus_tools.analysis import phrases
from corpus_tools.analysis.slogans.lexicon import known
from corpus_tools.analysis.slogans.matching import abouts, matcher
from corpus_tools.analysis.statistics import diversity
from corpus_tools.analysis.statistics.diversity import Words
from corpus_tools.analysis.style import sentences as parts
from corpus_tools.analysis.style.material import Material, Ratio
from corpus_tools.characters import count_han
from corpus_tools.corpus.counted import Part
from corpus_tools.language.slogans import Slogan
from corpus_tools.language.vocabulary import HAN

SHORTEST = 100  # words that MTLD needs: the shortest texts on which McCarthy and Jarvis (2010) tried it


def _formulas(material: Material) -> Ratio:
    covered = np.empty(len(material.corpus))
    for rows, of in material.corpus.over_parts(partial(_covered, slogans=known(material.lexicon)), "formulas"):
        covered[rows] = of
    return Ratio(covered, material.han)


def _covered(part: Part, *, slogans: tuple[Slogan, ...]) -> list[int]:
    """Han characters of each document of a part that stand inside a slogan."""
    wanted, covered = matcher(slogans), list[int]()
    texts = progress.steps(phrases.simplified(part), "formulas", unit="documents")
    for text, about in zip(texts, abouts(part), strict=True):
        clean = phrases.normalise(text)
        inside = bytearray(len(clean))
        for _, start, end in wanted.places_in(clean, text, about):
            inside[start:end] = b"\1" * (end - start)
        covered.append(count_han("".join(compress(clean, inside))))
    return covered


def _copied(material: Material) -> Ratio:
    years = material.corpus.described["year"]
    later = (years > years.min()).fillna(value=False).to_numpy(dtype=np.bool_)
    return _shared(material, parts.copied(material.sentences, years), later)


def _repeated(material: Material) -> Ratio:
    own, previous = material.reports
    return _shared(material, parts.repeated(material.sentences, own, previous), previous >= 0)


def _shared(material: Material, marked: npt.NDArray[np.bool_], comparable: npt.NDArray[np.bool_]) -> Ratio:
    """Han characters in marked sentences, of those in all sentences that are long enough; of comparable documents."""
    han = material.sentences.han * (material.sentences.han >= parts.LEAST)
    return Ratio(material.sums(han * marked) * comparable, material.sums(han) * comparable)


def _word_length(material: Material) -> Ratio:
    vocabulary = material.corpus.vocabulary
    chinese = (vocabulary["kind"] == HAN).to_numpy(dtype=np.float64)
    length = chinese * vocabulary["word"].map(count_han).to_numpy(dtype=np.float64)
    return Ratio(*(np.array([of[words].sum() for words in material.words]) for of in (length, chinese)))


def _mtld(words: Words) -> float:
    return diversity.mtld(words) if len(words) >= SHORTEST else float("nan")


# Shares, of which no more than all can be: no bound of an interval lies beyond 1.
SHARES = frozenset({"mattr", "formulas", "copied", "repeated"})
# Means that do not begin at 0, so that documents of a greater mean vary no more: their interval is Student's, of the others
# it is the score interval. MTLD is none of them: it has no upper end, and documents vary more where it is high.
STEADY = frozenset({"mattr"})

MEASURES: dict[str, Callable[[Material], Ratio]] = {
    "mattr": lambda m: m.of_words(partial(diversity.mattr, window=m.window)),
    "mtld": lambda m: m.of_words(_mtld),
    "sentence_length": lambda m: Ratio(m.in_sentences, m.n_sentences),
    "clause_length": lambda m: Ratio(m.in_sentences, m.sums(m.sentences.clauses)),
    "word_length": _word_length,
    "formulas": _formulas,
    "copied": _copied,
    "repeated": _repeated,
}
