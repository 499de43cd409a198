"""Where slogans stand: exact wordings, between words, in a reading that holds there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from scipy.sparse import csr_matrix

from corpus_tools import progress
from corpus_tools.analysis import grouping, phrases
from corpus_tools.analysis.phrases import Found
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.counted import Part
from corpus_tools.errors import AnalysisError
from corpus_tools.language import borders, lexicon
from corpus_tools.language.slogans import Slogan
from corpus_tools.placeholders import STAND_IN

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

NEAR = 100  # characters on each side in which a word may decide between readings: a paragraph's sentence or two
TELLING = 6  # characters of a form beside a masked name, from which it is known whose name that was
BESIDE = 3  # characters of a word across a border that can lie outside
UNDECIDED = "〔未定〕"  # a wording whose reading cannot be told: counted apart, under no slogan


class About(NamedTuple):
    """What decides between readings, of one document: its year, or None, and its places."""

    year: int | None
    places: tuple[str, ...]


class Deciding(NamedTuple):
    """What decides about places of some forms: those and the ``forms`` that hold one, so many ``letters`` on each side."""

    forms: tuple[int, ...]
    found: AhoCorasick
    letters: int


@dataclass(frozen=True)
class Matcher:
    """The slogans of a lexicon, ready to be looked for."""

    slogans: tuple[Slogan, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What is counted: the slogans, then the wordings of several readings where none can be told."""
        masked = {self.slogans[n].wording for form, of in self.readings.items() if STAND_IN in form for n in of}
        several = dict.fromkeys(s.wording + UNDECIDED for s in self.slogans if s.is_conditional or s.wording in masked)
        return (*(slogan.slogan for slogan in self.slogans), *several)

    def numbers(self, slogan: str) -> list[int]:
        """The columns that a name stands for: its own, of a bare wording of several readings all of them; none of a free phrase.

        Script, width and quotation marks do not matter. AnalysisError for a gloss in 〔〕 that the lexicon does not have.
        """
        if slogan in self.names:
            return [self.names.index(slogan)]
        if "〔" in slogan:
            raise AnalysisError(f"the lexicon has no slogan {slogan!r}")
        readings = self._by_form.get(phrases.form_of(slogan), [])
        return [n for n in readings if "〔" not in self.names[n]] or readings

    @cached_property
    def _by_form(self) -> dict[str, list[int]]:
        """The columns of each wording without its gloss."""
        found: dict[str, list[int]] = {}
        for number, name in enumerate(self.names):
            found.setdefault(phrases.normalise(name.split("〔")[0]), []).append(number)
        return found

    @cached_property
    def readings(self) -> dict[str, list[int]]:
        """The slogans, by number, that each normalised form may be."""
        leaders = [w.word for w in lexicon.word_list() if w.tag == "nr"]
        owners: dict[str, list[int]] = {}
        for number, slogan in enumerate(self.slogans):
            for form in slogan.forms:
                for written in (form, *_masked(form, slogan.forms, leaders)):
                    owners.setdefault(phrases.normalise(written), []).append(number)
        return owners

    @cached_property
    def _forms(self) -> tuple[str, ...]:
        return tuple(self.readings)

    @cached_property
    def _candidates(self) -> tuple[tuple[int, ...], ...]:
        return tuple(map(tuple, self.readings.values()))

    @cached_property
    def _plain(self) -> tuple[int | None, ...]:
        """The one slogan that each form is, wherever it stands; None where that has to be asked."""
        asked = {n for n, s in enumerate(self.slogans) if s.is_conditional or s.not_after or s.not_before}
        return tuple(
            of[0] if asked.isdisjoint(of) and STAND_IN not in form else None
            for form, of in zip(self._forms, self._candidates, strict=True)
        )

    def places(self, written: str, about: About) -> list[Found]:
        """Every place of every slogan in a text, nested ones too; offsets in the normalised text."""
        return self.places_in(phrases.normalise(written), written, about)

    def deciding(self, forms: Iterable[str]) -> Deciding:
        """What has to be known to tell which places of these normalised forms count."""
        those = frozenset(forms)
        near = tuple(number for number, form in enumerate(self._forms) if any(one in form for one in those))
        longest = max((len(self._forms[number]) for number in near), default=0)
        asked = any(self._plain[number] is None for number in near)
        found = phrases.automaton(tuple(self._forms[number] for number in near))
        return Deciding(near, found, longest + borders.REACH + 1 + (NEAR if asked else 0))

    @cached_property
    def _all(self) -> Deciding:
        return Deciding(tuple(range(len(self._forms))), phrases.automaton(self._forms), 0)

    def places_in(self, text: str, written: str, about: About, *, only: Deciding | None = None) -> list[Found]:
        """The same, of a text that was normalised before; with ``only`` places of no other forms."""
        found, plain, crossed = list[Found](), self._plain, borders.crossed
        parted: frozenset[int] | None = None
        looked_for = only or self._all
        for number, start, end in looked_for.found.find_matches_as_indexes(text, overlapping=True):
            form = looked_for.forms[number]
            slogan = plain[form]
            if slogan is None and (slogan := self._reading(form, text, start, end, about)) is None:
                continue
            if crossed(text, start, end):
                if _is_whole(text, written, start, end):
                    continue
                parted = phrases.parted(written, len(text)) if parted is None else parted
                if crossed(*_within(text, start, end, parted)):
                    continue
            found.append((slogan, start, end))
        return found

    def _reading(self, form: int, text: str, start: int, end: int, about: About) -> int | None:
        """The slogan that is meant there: the reading with most conditions that all hold; None where it is none at all."""
        allowed = [n for n in self._candidates[form] if not self._forbidden(n, text, start, end)]
        if not allowed:
            return None
        around, masked = text[max(0, start - NEAR) : end + NEAR], STAND_IN in self._forms[form]
        held = {
            n: None if masked and _too_early(self.slogans[n], about) else _conditions(self.slogans[n], around, about)
            for n in allowed
        }
        best = max((score for score in held.values() if score is not None), default=None)
        fitting = [n for n, score in held.items() if score is not None and score == best]
        if len(fitting) == 1:
            return fitting[0]
        return self.names.index(self.slogans[allowed[0]].wording + UNDECIDED)

    def _forbidden(self, number: int, text: str, start: int, end: int) -> bool:
        slogan = self.slogans[number]
        return bool(slogan.not_after and text.endswith(slogan.not_after, 0, start)) or bool(
            slogan.not_before and text.startswith(slogan.not_before, end)
        )


def _masked(form: str, forms: tuple[str, ...], leaders: list[str]) -> Iterator[str]:
    """A form with the mark of a mask for a leader's name, where what is left tells whose it was: no 〓思想, no 〓理论."""
    for name in leaders:
        left = form.replace(name, "")
        if name in form and len(left) >= TELLING and left not in forms:
            yield form.replace(name, STAND_IN)


def _too_early(slogan: Slogan, about: About) -> bool:
    """Whether a masked name may be another leader's, as it is not known that the report is as young as the slogan."""
    return slogan.year is not None and (about.year is None or about.year < slogan.year)


def _is_whole(text: str, written: str, start: int, end: int) -> bool:
    """Whether nothing stood inside a place or the words at its borders as they were written, at none of its like."""
    first, last = start, end
    while first and start - first < BESIDE and text[first - 1].isalnum():
        first -= 1
    while last < len(text) and last - end < BESIDE and text[last].isalnum():
        last += 1
    return written.count(text[first:last]) == text.count(text[first:last])


def _within(text: str, start: int, end: int, parted: frozenset[int]) -> tuple[str, int, int]:
    """The text around a place as far as no quotation mark and no end of a line parts it from there."""
    first, last = start, end
    while first and first not in parted and start - first <= borders.REACH:
        first -= 1
    while last < len(text) and last not in parted and last - end <= borders.REACH:
        last += 1
    return text[first:last], start - first, end - first


def _conditions(slogan: Slogan, around: str, about: About) -> int | None:
    """How many conditions of a reading hold, None where one does not; an unknown year or place holds none."""
    first, last = slogan.years
    dated = first is not None or last is not None
    if dated and (about.year is None or not (first or 0) <= about.year <= (last or about.year)):
        return None
    if slogan.places and not any(_is_of(place, name) for name in slogan.places for place in about.places):
        return None
    if slogan.near and not any(word in around for word in slogan.near):
        return None
    # A word beside the wording tells more than the year of the report.
    return dated + bool(slogan.places) + 2 * bool(slogan.near)


def _is_of(place: str, name: str) -> bool:
    """Whether a place is the one of this name, with or without what kind of place it is: 河南省, but no 河南蒙古族自治县."""
    return place.removeprefix(name) in ("", *"省市县区州盟") or (place.startswith(name) and place.endswith("自治区"))


@lru_cache(maxsize=8)
def matcher(slogans: tuple[Slogan, ...]) -> Matcher:
    """The matcher of these slogans, made once."""
    return Matcher(slogans)


def check_names(names: Iterable[str], slogans: tuple[Slogan, ...]) -> None:
    """AnalysisError for a name that no slogan of these has; it says which are near."""
    known = matcher(slogans).names
    for name in names:
        if name not in known:
            near = [slogan.slogan for slogan in slogans if name in slogan.variants]
            near = near or get_close_matches(name, known) or [other for other in known if name in other][:3]
            said = f"; near it: {', '.join(near)}" if near else "; see slogans.lexicon()"
            raise AnalysisError(f"the lexicon has no slogan {name!r}{said}")


@dataclass(frozen=True)
class Tally:
    """How often each slogan stands in each document.

    ``names``: the columns. ``longest``, ``everywhere``: documents × slogans, int64: places that no longer slogan covers, and
    all places as if the slogan were the only one.
    """

    names: tuple[str, ...]
    longest: csr_matrix
    everywhere: csr_matrix

    def matched(self, match: str) -> csr_matrix:
        """The counts of this way of matching."""
        return self.longest if match == "longest" else self.everywhere


def tally(corpus: Corpus, slogans: tuple[Slogan, ...]) -> Tally:
    """Count slogans in the documents of a corpus, rows as in ``corpus.documents``."""
    names = matcher(slogans).names
    parts = corpus.over_parts(partial(_of_part, slogans=slogans), "matching")
    return Tally(names, *grouping.in_order(parts, len(names), len(names)))


def _of_part(part: Part, *, slogans: tuple[Slogan, ...]) -> tuple[csr_matrix, csr_matrix]:
    wanted = matcher(slogans)
    outer, every = list[list[int]](), list[list[int]]()
    texts = progress.steps(phrases.simplified(part), "matching", unit="documents")
    for text, about in zip(texts, abouts(part), strict=True):
        places = wanted.places(text, about)
        outer.append([slogan for slogan, _, _ in phrases.longest(places)])
        every.append([slogan for slogan, _, _ in phrases.apart(places)])
    columns = len(wanted.names)
    return phrases.matrix(outer, columns=columns), phrases.matrix(every, columns=columns)


def abouts(corpus: Corpus | Part) -> Iterator[About]:
    """What decides between readings, of each document."""
    columns = [corpus.described[name] for name in ("year", "province", "place")]
    for year, *places in zip(*columns, strict=True):
        yield About(None if pd.isna(year) else int(year), tuple(place for place in places if isinstance(place, str)))
