"""What is one token whatever an engine says of it: numbers, hidden names, formulae with punctuation inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from typing import Protocol

from corpus_tools.language.engines import Cut
from corpus_tools.language.lexicon import matched

# A text as pieces in turn: what is to be cut, one token, what is to be cut, …
Split = Callable[[str], list[str]]


class LineCut(Protocol):
    """Cuts a text into the words of each of its lines; with ``whole`` the text is taken for one line."""

    def __call__(self, text: str, *, whole: bool = False) -> Iterator[list[str]]:
        """Yield a list of words for each line."""


# Stands for what no form goes across: the end of a line, and halves of surrogate pairs, which Rust's strings cannot hold.
_NO_LETTER = "\ufffd"
_HALVES = frozenset(map(chr, range(0xD800, 0xE000)))
_OPENING, _CLOSING = "“‘「『", "”’」』"


def with_atoms(splits: Sequence[Split], cut: Cut) -> LineCut:
    """Return a function that cuts a text line by line, where what a split parts from the rest is a token of its own.

    A private character stands for each such piece meanwhile: to every engine that is a token of its own, and the rest of the
    line is still cut in one. The text is split as a whole and cut in lines, which is the fastest way of both.
    """

    def cut_lines(text: str, *, whole: bool = False) -> Iterator[list[str]]:
        taken = list[tuple[str, Iterator[str]]]()
        for split in splits:
            pieces = split(text)
            if len(pieces) > 1:
                mark = _unused(text)
                taken.append((mark, iter(pieces[1::2])))
                text = mark.join(pieces[::2])
        for line in (text,) if whole else text.split("\n"):
            tokens = cut(line)
            for mark, found in taken:
                if mark in line:
                    _put_back(tokens, mark, found)
            yield tokens

    return cut_lines


def _unused(text: str) -> str:
    """A private character that ``text`` does not hold."""
    return next(mark for mark in map(chr, chain(range(0xE000, 0xF900), range(0xF0000, 0x10FFFE))) if mark not in text)


def _put_back(tokens: list[str], mark: str, found: Iterator[str]) -> None:
    at = -1
    for _ in range(tokens.count(mark)):
        at = tokens.index(mark, at + 1)
        tokens[at] = next(found)


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
        return slices(text, [border for border in borders if border not in inside])

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
    if character == "\n" or character in _HALVES:
        return _NO_LETTER
    became = matched(character)
    return became if len(became) <= 1 else character


def slices(text: str, borders: Iterable[int]) -> list[str]:
    """The pieces of a text between neighbouring borders."""
    return [text[start:end] for start, end in pairwise(borders)]
