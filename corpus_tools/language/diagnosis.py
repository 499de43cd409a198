"""How a term is cut and why, and what a user's list of words does besides adding words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from corpus_tools.characters import narrow
from corpus_tools.language import dictionary, lexicon
from corpus_tools.language.dictionary import Entry, in_one_block
from corpus_tools.language.engines import Cut, jieba_dictionary
from corpus_tools.language.lexicon import Word
from corpus_tools.language.segment import Setting, segmenter, words_of
from corpus_tools.language.vocabulary import HAN, kind
from corpus_tools.placeholders import PLACEHOLDER

EXAMPLES = 5  # broken words that a conflict names
JIEBA = "jieba"  # the list of an entry that is in jieba's own dictionary only


class Cutting(NamedTuple):
    """A term, the words that it is cut into, and why.

    ``source``: the list that holds it: a file of data/, the user's file, ``jieba`` for jieba's own dictionary, None where none
    does. ``freq``: its frequency there, None where the engine chooses the lowest that keeps it whole. ``reason``: a
    sentence.
    """

    term: str
    words: tuple[str, ...]
    source: str | None
    freq: int | None
    reason: str


class Conflict(NamedTuple):
    """A line of a user's list that does more than add a word.

    ``kind``: ``twice`` (an earlier line of the word does not hold), ``overrides`` (a list of ours has the word otherwise),
    ``not_whole`` (the word is cut all the same), ``breaks`` (words that were one no longer are; ``detail`` names the most
    frequent).
    """

    word: str
    kind: str
    detail: str


def cuttings(terms: Iterable[str], how: Setting) -> list[Cutting]:
    """How each term is cut when it stands alone, under these settings."""
    asked = list(dict.fromkeys(terms))
    known, cut = words_of(how), segmenter(how)
    frequencies = jieba_dictionary.frequencies(set(asked))
    merged = frozenset(dictionary.all_forms()) if how.granularity.formulae == "whole" else frozenset[str]()
    return [_cutting(term, _looked_up(term, known, merged), frequencies.get(term), cut) for term in asked]


def _looked_up(term: str, known: Mapping[str, Entry], merged: Collection[str]) -> Entry | None:
    """The entry of a term, with narrow letters where the term has none; a form that is joined whole counts as one."""
    found = known.get(term) or known.get(narrow(term))
    return found or (Entry(Word(term, None, None), "slogans.csv") if lexicon.matched(term) in merged else None)


def _cutting(term: str, entry: Entry | None, in_jieba: int | None, cut: Cut) -> Cutting:
    words = tuple(cut(term))
    whole, what = len(words) == 1, kind(narrow(term))
    if entry is not None:
        source, freq, reason = entry.source, entry.word.freq, _reason_of_entry(entry, in_jieba, whole=whole)
    elif whole and (what != HAN or len(term) == 1):
        source, freq, reason = None, None, f"one word by rule: {what if what != HAN else 'a single character'}"
    elif in_jieba is not None:
        rare = "" if whole else ", but its parts are more probable together"
        source, freq, reason = JIEBA, in_jieba, f"in jieba's dictionary{rare}"
    else:
        guess = "guessed from its characters" if whole else "the most probable words that make it"
        source, freq, reason = None, None, f"in no dictionary: {guess}"
    return Cutting(term, words, source, freq, reason)


def _reason_of_entry(entry: Entry, in_jieba: int | None, *, whole: bool) -> str:
    was = f"; jieba's dictionary has it with frequency {in_jieba}" if in_jieba else ""
    if entry.word.freq == 0:
        return f"taken out of the dictionary by {entry.source}{was}"
    if whole:
        return f"a word of {entry.source}{was}"
    return f"in {entry.source}, but {_cause(entry)}{was}"


def conflicts(own: Path, how: Setting) -> list[Conflict]:
    """What the list ``own`` does besides adding words, under these settings; DataError for a broken line."""
    listed = lexicon.word_list(own)
    before, after = how._replace(own=None), how._replace(own=own)
    mine = dictionary.of_a_user(own, narrowed=how.granularity.genre)
    ours = words_of(before)
    lines, cut = Counter(word.word for word in listed), segmenter(after)
    found = [Conflict(word, "twice", f"{n} lines; the last holds") for word, n in lines.items() if n > 1]
    found += [_override(mine[word], ours[word]) for word in mine if word in ours and _differ(mine[word], ours[word])]
    for word, entry in mine.items():
        if entry.word.freq != 0 and len(pieces := cut(word)) > 1:
            found.append(Conflict(word, "not_whole", f"{'|'.join(pieces)}: {_cause(entry)}"))
    return found + list(_broken(mine, ours, segmenter(before), cut))


def _differ(mine: Entry, theirs: Entry) -> bool:
    return mine.word.freq != theirs.word.freq or (mine.word.tag or theirs.word.tag) != theirs.word.tag


def _override(mine: Entry, theirs: Entry) -> Conflict:
    old, new = (" ".join(str(part) for part in entry.word[1:] if part is not None) for entry in (theirs, mine))
    detail = f"{theirs.source} has {old or 'no frequency'}, this list {new or 'no frequency'}"
    return Conflict(mine.word.word, "overrides", detail)


def _cause(entry: Entry) -> str:
    """Why a word of a list is cut all the same, and what helps."""
    if PLACEHOLDER.search(entry.word.word):
        return "what hides something in it is a word of its own"
    if not in_one_block(entry.word.word):
        return "no engine takes all of its characters into a word; numbers = 'join' would keep it whole"
    if entry.word.freq:
        return "its frequency is too low against its parts; leave it out, and the lowest that keeps it whole is taken"
    return "no frequency keeps it whole"


def _broken(mine: dict[str, Entry], ours: dict[str, Entry], before: Cut, after: Cut) -> Iterator[Conflict]:
    """Words of ours and of jieba's dictionary that were one word before and are cut now, by the entry that did it."""
    broken: dict[str, list[str]] = defaultdict(list)
    frequencies = {word: freq for word, freq, _ in jieba_dictionary.entries()}
    asked = sorted({*frequencies, *ours} - mine.keys(), key=lambda w: (w not in ours, -frequencies.get(w, 0), w))
    for old, new in zip(_one_by_one(asked, before), _one_by_one(asked, after), strict=True):
        if len(old) == 1 and len(new) > 1:
            cause = next((piece for piece in new if piece in mine), next(iter(mine)))
            broken[cause].append("|".join(new))
    for cause, words in broken.items():
        more = f" and {len(words) - EXAMPLES:,} more" if len(words) > EXAMPLES else ""
        yield Conflict(cause, "breaks", f"no longer one word: {', '.join(words[:EXAMPLES])}{more}")


def _one_by_one(terms: Iterable[str], cut: Cut) -> Iterator[list[str]]:
    """The words of each term; all are cut in one text, which takes a tenth of the time of cutting each."""
    words: list[str] = []
    for token in cut("\n".join(terms)):
        if token == "\n":
            yield words
            words = []
        else:
            words.append(token)
    yield words
