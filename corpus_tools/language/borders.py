"""Whether a wording begins and ends where words do: 新发展理念 is none in 创新|发展|理念, nor 高质量发展 in 提高|质量|发展."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate, pairwise

from corpus_tools.language import dictionary
from corpus_tools.language.engines import Cut, jieba_dictionary
from corpus_tools.language.segment import segmenter, setting

# Characters that are cut on each side of a wording: a clause's worth, so that the edge of the window moves no word's border.
REACH = 10
# What opens and closes a frame around wordings makes no word with them: 以|为人民服务|为核心, though 以为 and 实为 are words.
_BEFORE, _AFTER = "以", "为"


def crossed(text: str, start: int, end: int) -> bool:
    """Whether the first or last character of ``text[start:end]`` belongs to a word that stands across the border there.

    The text around is cut into words as if no standing formula were known. A word that only lengthens the first or last word
    of the wording (社会主义市场|经济体制, 脱贫|攻坚战) takes no character away from it; a number or Latin word does: 四个自信 is
    none in 十四个自信.
    """
    left, right = _ends_a_word(text[max(0, start - 3) : start + 1]), _begins_a_word(text[end - 1 : end + 3])
    if not (left or right):
        return False
    first = max(0, start - REACH)
    borders = list(accumulate(map(len, _cutter()(text[first : end + REACH])), initial=first))
    for a, b in pairwise(borders):
        if left and a < start < b and text[a:start] != _BEFORE and _takes(text, start, min(b, end) - start):
            return True
        if right and a < end < b and text[end:b] != _AFTER and _takes(text, end, end - max(a, start)):
            return True
    return False


def _takes(text: str, border: int, inside: int) -> bool:
    """Whether a word across a border takes something from a wording, of which it holds ``inside`` characters."""
    return inside == 1 or _joined(text[border - 1 : border + 1])


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
def _words() -> frozenset[str]:
    """The words that are known when no formula is, of two to four characters; longer ones hold whole wordings."""
    words = [word for word, _, _ in jieba_dictionary.entries()]
    words += [*dictionary.terms(), *dictionary.places()]
    return frozenset(word for word in words if 2 <= len(word) <= 4)
