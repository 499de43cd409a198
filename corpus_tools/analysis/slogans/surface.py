"""Candidates for slogans inside one paragraph, by how they are written: in quotation marks, with numerals, in parallel, as names.

Most slogans stand once in a report, so that no frequency finds them; their dress does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from corpus_tools.characters import HAN
from corpus_tools.data import toml
from corpus_tools.language.tagging import tag

QUOTED, NUMERAL, PARALLEL, COINAGE, LEXICON = "quoted", "numeral", "parallel", "coinage", "lexicon"

LONGEST = 24  # characters of a quoted slogan; longer quotations are sentences of speech
_QUOTED = re.compile(rf"[“「『]([^“”「」『』。；;！!？?\n]{{2,{LONGEST}}})[”」』]")
_FIGURE = "一二三四五六七八九十百千万两双多0-9N"
# Numbers joined by signs: 1+6+N, 5+2, 1234567; codes of four and more figures only in quotation marks.
_CODE = re.compile(r"[0-9NnXx]{1,3}(?:\+[0-9NnXx]{1,3})+")
# 三会一课, 一岗双责, 两学一做, 四议两公开: two or three numbers, each with one to three letters.
_ABBREVIATION = re.compile(
    rf"(?<![第{_FIGURE}.年月])(?:[一二三四五六七八九十两双][{HAN}]{{1,3}}){{2,3}}(?![{_FIGURE}])"
)
# 四个意识, 两大战略, 三项清单, 六个一批
_COUNTED = re.compile(rf"(?<![第{_FIGURE}.年月])[一二三四五六七八九十两双]([个大项条种张支])([{HAN}]{{2,4}})")
# Parts side by side, with one of these marks between them all.
_PART = f"[{HAN}A-Za-z0-9]++"
_RUNS = {mark: re.compile(f"(?<![{HAN}A-Za-z0-9]){_PART}(?:{mark}{_PART})++") for mark in ("、", ",", "[ \u3000]")}
LONGEST_RUN = 12  # parts of a slogan; longer lists name bodies or places
SHORTEST = 4  # characters of a paragraph that is looked at word by word
SHORTEST_PART, LONGEST_PART = 3, 9  # characters of each part of a parallel run


class Candidate(NamedTuple):
    """A wording that may be a slogan: its kind, its place in the paragraph, and how sure its dress makes us (0 to 1)."""

    kind: str
    text: str
    start: int
    end: int
    weight: float


class Words:
    """A paragraph in words: where each begins, and its part of speech."""

    def __init__(self, paragraph: str) -> None:
        self.text = paragraph
        self.tagged = tag(paragraph)
        self.starts = list(accumulate((len(word) for word, _ in self.tagged), initial=0))
        self.borders = frozenset(self.starts)
        self._at = {start: n for n, start in enumerate(self.starts)}

    def pattern(self, start: int, end: int) -> str | None:
        """The parts of speech of a span, first letters; None where it cuts a word."""
        if start not in self.borders or end not in self.borders:
            return None
        return "".join((pos or "x")[0] for _, pos in self.tagged[self._at[start] : self._at[end]])


def candidates(paragraph: str) -> list[Candidate]:
    """Every candidate of a paragraph in simplified, narrow letters, its quotation marks in place."""
    found = [*quoted(paragraph), *codes(paragraph)]
    if len(paragraph) > SHORTEST:
        words = Words(paragraph)
        found += [*abbreviations(words), *counted(words), *parallel(words), *named(words)]
    return found


def quoted(paragraph: str) -> Iterator[Candidate]:
    """What stands in quotation marks and is neither talk nor the name of a body, an honour, a day, a document."""
    for match in _QUOTED.finditer(paragraph):
        text = match[1].strip()
        if _is_name(text) or _told("periods").fullmatch(text) or _told("talk").search(text):
            continue
        if paragraph.startswith(_listed("after_names"), match.end()):
            continue
        if len(text) == 2 and not re.match(f"[{_FIGURE}]", text):
            continue
        yield Candidate(QUOTED, text, *match.span(1), weight=0.9)


def codes(paragraph: str) -> Iterator[Candidate]:
    """Numbers joined by +: 1+6+N."""
    for match in _CODE.finditer(paragraph):
        yield Candidate(NUMERAL, match[0], *match.span(), weight=0.8)


def abbreviations(words: Words) -> Iterator[Candidate]:
    """Two or three numbers, each with a letter or more, that are no idiom of the dictionary: 三会一课."""
    for match in _ABBREVIATION.finditer(words.text):
        start, end = match.span()
        while end > start + 3 and end not in words.borders:
            end -= 1
        inside = start in words.borders and end in words.borders and 4 <= end - start <= 8
        if inside and not _told("no_abbreviation").search(words.text, start, end):
            yield Candidate(NUMERAL, words.text[start:end], start, end, weight=0.5)


def counted(words: Words) -> Iterator[Candidate]:
    """A number of abstract things: 四个意识, 三大攻坚战."""
    for match in _COUNTED.finditer(words.text):
        start = match.start()
        end = next((at for at in range(match.start(2) + 2, match.end() + 1) if at in words.borders), start)
        noun = words.text[match.start(2) : end]
        if start in words.borders and len(noun) >= 2 and not noun.startswith(_listed("counted")):
            yield Candidate(NUMERAL, words.text[start:end], start, end, weight=0.3)


def parallel(words: Words) -> Iterator[Candidate]:
    """Parts of equal length and make side by side that say what to do: 守正创新、勇毅前行; 听党话、跟党走."""
    for mark, runs in _RUNS.items():
        for run in runs.finditer(words.text):
            parts = [(run.start() + p.start(), run.start() + p.end()) for p in re.finditer(_PART, run[0])]
            yield from _alike(words, parts, whole=mark != "、")


def _alike(words: Words, parts: list[tuple[int, int]], *, whole: bool) -> Iterator[Candidate]:
    """The longest runs of parts that have one length and one make; the first may begin, the last end inside its part."""
    done = 0
    for first in range(len(parts) - 1):
        if first < done:
            continue
        for last in range(min(len(parts), first + LONGEST_RUN) - 1, first, -1):
            if span := _same(words, parts[first : last + 1], whole=whole):
                done = last
                yield span
                break


def _same(words: Words, parts: list[tuple[int, int]], *, whole: bool) -> Candidate | None:
    """These parts as one candidate, if they are alike; with ``whole`` nothing of the first and last may be left over."""
    inner = {end - start for start, end in parts[1:-1]}
    if len(inner) > 1:
        return None
    shortest = SHORTEST_PART - (len(parts) > 2)
    sizes = [size for size in inner or range(LONGEST_PART, shortest - 1, -1) if shortest <= size <= LONGEST_PART]
    found = [one for size in sizes if (one := _of_size(words, parts, size, whole=whole))]
    return max(found, key=lambda one: one.weight, default=None)


def _of_size(words: Words, parts: list[tuple[int, int]], size: int, *, whole: bool) -> Candidate | None:
    (head, first_end), (last_start, tail) = parts[0], parts[-1]
    start, end = first_end - size, last_start + size
    left_over = (start > head) + (end < tail)
    if start < head or end > tail or (whole and left_over):
        return None
    spans = [(start, first_end), *parts[1:-1], (last_start, end)]
    makes = [words.pattern(*span) for span in spans]
    if None in makes:
        return None
    texts = [words.text[a:b] for a, b in spans]
    if all(text.endswith(_listed("listed_things")) for text in texts) or any(map(_is_name, texts)):
        return None
    echoes = any(len(set(letters)) == 1 for letters in zip(*texts, strict=True))
    acting = sum(make[0] in "vil" for make in makes if make)
    if not echoes and (2 * acting < len(makes) or size == 2):
        return None
    alike = len(set(makes)) == 1
    weight = 0.45 + 0.15 * echoes + 0.1 * (acting == len(makes)) + 0.1 * alike - 0.06 * left_over - 0.2 * whole
    return Candidate(PARALLEL, words.text[start:end], start, end, weight)


def named(words: Words) -> Iterator[Candidate]:
    """Names of campaigns and programmes without quotation marks, where one is launched: 实施青年人才托举工程."""
    for number, (word, _) in enumerate(words.tagged):
        if word.endswith(_campaigns()) and len(word) <= 5:
            first = number
            while (
                first and _joins(words.tagged[first - 1]) and words.starts[number + 1] - words.starts[first - 1] <= 14
            ):
                first -= 1
            start, end = words.starts[first], words.starts[number + 1]
            before = words.tagged[first - 1][0] if first else ""
            if end - start >= 6 and first < number and (before in launching() or before in ("、", "“")):
                yield Candidate(COINAGE, words.text[start:end], start, end, 0.35)


def _joins(tagged: tuple[str, str | None]) -> bool:
    """Whether a word can be part of a name."""
    word, pos = tagged
    return word not in launching() and bool(re.match(f"[{HAN}A-Za-z]", word)) and (pos or "n")[0] in "nvaljbzt"


@cache
def _campaigns() -> tuple[str, ...]:
    return tuple(toml("discovery.toml")["names"]["campaigns"])


@cache
def launching() -> frozenset[str]:
    """Words that begin to speak of a slogan: 实施, 坚持."""
    return frozenset(["", *toml("discovery.toml")["names"]["launching"]])


@cache
def _told(name: str) -> re.Pattern[str]:
    return re.compile(toml("discovery.toml")[name])


@cache
def _listed(name: str) -> tuple[str, ...]:
    return tuple(toml("discovery.toml")[name])


def _is_name(text: str) -> bool:
    return text.endswith(_listed("name_ends"))
