"""Whether a wording begins and ends where words do: 新发展理念 is none in 创新|发展|理念, nor 高质量发展 in 提高|质量|发展."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate, pairwise

from corpus_tools.language import dictionary, engines
from corpus_tools.language.engines import Cut, jieba_dictionary
from corpus_tools.language.segment import segmenter, setting, words_of

# Characters that are cut on each side of a border: enough that the edge of the window moves no word that stands across it.
REACH = 6
# What frames wordings makes no word with them: 以|为人民服务|为核心, 生态美|的, though 以为, 心为 and 美的 are words.
_BEFORE, _AFTER = ("以",), ("为", "的")


def crossed(text: str, start: int, end: int) -> bool:
    """Whether the first or last character of ``text[start:end]`` belongs to a word that stands across the border there.

    The text around is cut into words as if no standing formula were known. A word that only lengthens the first or last word
    of the wording (社会主义市场|经济体制, 脱贫|攻坚战) takes no character away from it; a number or Latin word does: 四个自信 is
    none in 十四个自信. What is left of a wording of three characters or more must be words: 强富美高新江苏 is no 强|富|美|高新.
    """
    before = text[start - 3 if start > 3 else 0 : start + 1]
    return (_ends_a_word(before) and _crossed_left(text, start, end)) or (
        _begins_a_word(text[end - 1 : end + 3]) and _crossed_right(text, start, end)
    )


def _crossed_left(text: str, start: int, end: int) -> bool:
    tokens = _tokens(text, start)
    for n, (a, b) in enumerate(tokens):
        if a < start < b and text[a:start] not in _BEFORE:
            beside = min(tokens[n + 1][1], end) - b if n + 1 < len(tokens) else 0
            return _takes(text, start, min(b, end) - start, beside, end - start)
    return False


def _crossed_right(text: str, start: int, end: int) -> bool:
    tokens = _tokens(text, end)
    for n, (a, b) in enumerate(tokens):
        if a < end < b and text[end:b] not in _AFTER:
            beside = a - max(tokens[n - 1][0], start) if n else 0
            return _takes(text, end, end - max(a, start), beside, end - start)
    return False


def _takes(text: str, border: int, inside: int, beside: int, length: int) -> bool:
    """Whether a word across a border takes something from a wording: the one character ``inside`` it, or of a number any."""
    return _joined(text[border - 1 : border + 1]) or (inside == 1 and (beside > 1 or length < 3))


def _tokens(text: str, border: int) -> list[tuple[int, int]]:
    """The words around a border, where each begins and ends."""
    first = border - REACH if border > REACH else 0
    cut = _cutter() if _joined(text[border - 1 : border + 1]) else _word_cutter()
    return list(pairwise(accumulate(map(len, cut(text[first : border + REACH])), initial=first)))


@lru_cache(maxsize=100_000)
def _ends_a_word(letters: str) -> bool:
    """Whether a word could end with the last of these letters and begin before it: asked of all places, for little."""
    return any(letters[n:] in _words() for n in range(len(letters) - 1)) or _joined(letters[-2:])


@lru_cache(maxsize=100_000)
def _begins_a_word(letters: str) -> bool:
    """Whether a word could begin with the first of these letters and end after it."""
    return any(letters[:n] in _words() for n in range(2, len(letters) + 1)) or _joined(letters[:2])


def _joined(pair: str) -> bool:
    """Whether two characters may be parts of one number or Latin word."""
    return len(pair) == 2 and ((pair.isascii() and pair.isalnum()) or pair.isnumeric())


@cache
def _cutter() -> Cut:
    return segmenter(setting(formulae="parts"))


@cache
def _word_cutter() -> Cut:
    """The engine with the same words, without what knows of numbers: that takes half the time."""
    how = setting(formulae="parts")
    return engines.make(how.engine, [entry.word for entry in words_of(how).values()], hmm=how.granularity.hmm)


@cache
def _words() -> frozenset[str]:
    """The words that are known when no formula is, of two to four characters; longer ones hold whole wordings."""
    words = (*jieba_dictionary.words(), *dictionary.terms(), *dictionary.places())
    return frozenset(word for word in words if 2 <= len(word) <= 4)
