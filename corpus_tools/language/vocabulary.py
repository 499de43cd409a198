"""The words of a vocabulary: their numbers, and what each is (kind, part of speech), told once a word, not once a token."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from corpus_tools.characters import HAN as HAN_CHARACTERS
from corpus_tools.language.engines import rjieba
from corpus_tools.language.lexicon import Word
from corpus_tools.placeholders import PLACEHOLDER

HIDDEN, SPACE, DATE, NUMBER, HAN, LATIN, MARK = "hidden", "space", "date", "number", "han", "latin", "mark"
KINDS = (HIDDEN, SPACE, DATE, NUMBER, HAN, LATIN, MARK)

_NUMERAL = "0-9〇○零一二三四五六七八九十百千万亿兆两"
_YEAR = "(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})年"
_DAY = "[0-9一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"{_YEAR}[底末初度]?|{_DAY}(?:月[底末初份]?|[日号]|季度)|(?:{_YEAR})?{_DAY}月{_DAY}日|(?:[0-9]{{2,4}}|[二三四五六七八九]十)年代|{_DAY}世纪"
    "|[0-9]{1,2}:[0-9]{2}"
)
# With the measure words that jieba's own dictionary glues to a number: 一个, 亿元, 万人次.
_NUMBER = re.compile(rf"(?=.*[{_NUMERAL}几])第?[{_NUMERAL}几多余半数点分之.,%‰+\-–—~:/]+[个元人次倍]*")
_HAN = re.compile(f"[{HAN_CHARACTERS}]")

# Parts of speech that need no dictionary, by kind (jieba's tags: m numeral, t time, eng Latin letters, x other).
_TAGS = {HIDDEN: "x", SPACE: "x", DATE: "t", NUMBER: "m", LATIN: "eng", MARK: "x"}


def kind(word: str) -> str:
    """One of KINDS for a word with narrow figures.

    ``hidden``: stands for something hidden (XX, ***, 20XX年); ``space``; ``date``: a part of a calendar date (2021年, 3月份,
    90年代); ``number``: 20余万, 百分之五, 第四, 亿元; ``han``: any other word with a Chinese character (i科普 too);
    ``latin``: with a letter of another script; ``mark``: punctuation and symbols.
    """
    hidden = PLACEHOLDER.match(f"市{word}市", 1)  # asterisks hide something between letters only
    if hidden and hidden.end() == len(word) + 1:
        return HIDDEN
    if word.isspace():
        return SPACE
    if _DATE.fullmatch(word):
        return DATE
    if _NUMBER.fullmatch(word):
        return NUMBER
    if _HAN.search(word):
        return HAN
    return LATIN if any(map(str.isalpha, word)) else MARK


def describer(entries: Mapping[str, Word]) -> Callable[[str], tuple[str, str | None]]:
    """Return the function that tells the kind and the part of speech of a word, and remembers them.

    ``entries`` are the words that were added to the engine's dictionary: none of them is a mere number (十四五). The part of
    speech is a tag of jieba's dictionary (n, v, vn, a, ns, …): the one that ``entries`` gives, else what the kind settles,
    else that of jieba's dictionary, and for a word that no dictionary has, rjieba's guess from its characters. It is None
    where rjieba is not installed, and for a word that is several words to jieba and was added without a tag.
    """
    tag = _tagger()

    @lru_cache(maxsize=1_000_000)
    def describe(word: str) -> tuple[str, str | None]:
        entry = entries.get(word)
        found = HAN if entry and entry.freq != 0 and _HAN.search(word) else kind(word)
        if entry and entry.tag:
            return found, entry.tag
        if found in _TAGS:
            return found, _TAGS[found]
        pieces = tag(word)
        return found, pieces[0][1] if len(pieces) == 1 else None

    return describe


@cache
def _tagger() -> Callable[[str], list[tuple[str, str]]]:
    try:
        engine = rjieba.plain()
    except ImportError:
        return lambda word: []
    return lambda word: engine.tag(word, True)


class Numbered(dict[str, int]):
    """Words and their numbers, given as the words come: 0, 1, 2 …"""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number
