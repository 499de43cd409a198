"""What is one token whatever an engine says of it: each function returns a ``cut`` that keeps something whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise

from corpus_tools.characters import narrow
from corpus_tools.language.engines import Cut
from corpus_tools.language.lexicon import matched

_OPENING, _CLOSING = "“‘「『", "”’」』"


def apart(pattern: re.Pattern[str], cut: Cut) -> Cut:
    """Return ``cut`` with every match of ``pattern`` (which has no groups) a token of its own.

    A private character stands for each match meanwhile: to every engine that is a token of its own, and the rest of the
    text is still cut in one piece.
    """
    split = re.compile(f"({pattern.pattern})", pattern.flags).split

    def cut_apart(text: str) -> list[str]:
        pieces = split(text)
        if len(pieces) == 1:
            return cut(text)
        mark = _unused(text)
        tokens = cut(mark.join(pieces[::2]))
        at = -1
        for piece in pieces[1::2]:
            at = tokens.index(mark, at + 1)
            tokens[at] = piece
        return tokens

    return cut_apart


def _unused(text: str) -> str:
    """A private character that ``text`` does not hold."""
    return next(mark for mark in map(chr, chain(range(0xE000, 0xF900), range(0xF0000, 0x10FFFE))) if mark not in text)


def narrowed(cut: Cut) -> Cut:
    """Return ``cut`` as it reads narrow letters and figures; its tokens are those of the text as it stands."""

    def cut_narrow(text: str) -> list[str]:
        plain = narrow(text)
        return cut(text) if plain == text else _slices(text, accumulate(map(len, cut(plain)), initial=0))

    return cut_narrow


def merged(forms: Sequence[str], cut: Cut) -> Cut:
    """Return ``cut`` with its tokens joined where they make one of ``forms`` (as ``lexicon.matched`` writes them).

    The longest form from the left holds; quotation marks inside it go with it. A form that does not begin and end where
    tokens do is none there: 新发展理念 in 创新|发展|理念.
    """
    from ahocorasick_rs import AhoCorasick, MatchKind

    forms_in = AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes

    def cut_merged(text: str) -> list[str]:
        tokens = cut(text)
        bare, places = _as_matched(text)
        found = forms_in(bare)
        if not found:
            return tokens
        borders = list(accumulate(map(len, tokens), initial=0))
        known, inside = frozenset(borders), set[int]()
        for _, first, last in found:
            start, end = _with_its_quotes(text, places[first], places[last - 1] + 1)
            if start in known and end in known:
                inside.update(range(start + 1, end))
        return _slices(text, [border for border in borders if border not in inside])

    return cut_merged


def _with_its_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the other half of a quotation that begins or ends inside it: 共建“一带一路|”, |“三个代表”重要思想."""
    open_ = sum(map(text[start:end].count, _OPENING)) - sum(map(text[start:end].count, _CLOSING))
    if open_ > 0 and text[end : end + 1] in tuple(_CLOSING):
        return start, end + 1
    if open_ < 0 and text[start - 1 : start] in tuple(_OPENING):
        return start - 1, end
    return start, end


def _as_matched(text: str) -> tuple[str, list[int]]:
    """The text as forms are matched in it, character by character, and where in ``text`` each character stands."""
    kept = [(became, place) for place, became in enumerate(map(_matched, text)) if became]
    return "".join(became for became, _ in kept), [place for _, place in kept]


@cache
def _matched(character: str) -> str:
    became = matched(character)
    return became if len(became) <= 1 else character


def _slices(text: str, borders: Iterable[int]) -> list[str]:
    return [text[start:end] for start, end in pairwise(borders)]
