"""The words that a standard adds to an engine's dictionary or takes out of it, and the list that each comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus_tools.characters import narrow
from corpus_tools.language import gazetteer, lexicon
from corpus_tools.language.lexicon import Word
from corpus_tools.language.slogans import slogans

# What jieba takes as one block (its re_han): an engine can never find a word with any other character in it.
_ONE_BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+")


class Entry(NamedTuple):
    """A word as an engine is given it, with the list that it stands in: ``source`` is that list's name."""

    word: Word
    source: str


@cache
def terms() -> Mapping[str, Entry]:
    """Terms of the genre and names, from data/words.txt."""
    return {w.word: Entry(w, "words.txt") for w in lexicon.word_list() if not is_measure(w)}


@cache
def places() -> Mapping[str, Entry]:
    """Names of places of three characters or more; of provinces and prefectures short ones too (山西省, 山西; 长治市, 长治)."""
    full = {place.name for place in gazetteer.places() if len(place.name) > 2}
    brief = {place.short for place in gazetteer.places() if place.short and place.level != "county"}
    return {name: Entry(Word(name, None, "ns"), "places.csv") for name in sorted(full | brief)}


@cache
def glued() -> Mapping[str, Entry]:
    """The entries of jieba's dictionary that glue two words, to be taken out of it (frequency 0)."""
    return {word: Entry(Word(word, 0, None), "split.txt") for word in lexicon.split_list()}


@cache
def formulae() -> Mapping[str, Entry]:
    """The standing formulae of data/slogans.csv that can be one word.

    These have no punctuation inside, no leader's name, and three characters or more: two are too short to force (两重 would
    cut 双重|两重性 wrongly), those that are words stand in words.txt. A variant that only lengthens another form of the
    same slogan (增强四个意识) would hide it, and is left out.
    """
    leaders = [w.word for w in lexicon.word_list() if w.tag == "nr"]
    found = {}
    for slogan in slogans():
        for form in slogan.forms:
            longer = form != slogan.forms[0] and any(other in form for other in slogan.forms if other != form)
            if not longer and len(form) >= 3 and in_one_block(form) and not any(name in form for name in leaders):
                found[form] = Entry(Word(form, None, "l"), "slogans.csv")
    return found


def all_forms() -> list[str]:
    """Every form of every slogan, as ``lexicon.matched`` writes it."""
    return [form for slogan in slogans() for form in slogan.forms]


def of_a_user(path: Path, *, narrowed: bool) -> dict[str, Entry]:
    """A user's own list, letters and figures ``narrowed`` as those of the texts; of a word that stands there twice the last
    line holds.
    """
    entries = [w._replace(word=narrow(w.word)) if narrowed else w for w in lexicon.word_list(path)]
    return {w.word: Entry(w, path.name) for w in entries}


def is_measure(word: Word) -> bool:
    """Whether a line of words.txt names a measure word, which is no entry but a rule for ordinals (第四|届)."""
    return word.tag == "q" and len(word.word) == 1


@cache
def measures() -> str:
    """The measure words that an ordinal stands apart from."""
    return "".join(w.word for w in lexicon.word_list() if is_measure(w))


def in_one_block(word: str) -> bool:
    """Whether an engine can find a word by itself; any other has to be looked for before the text is cut."""
    return bool(_ONE_BLOCK.fullmatch(word))
