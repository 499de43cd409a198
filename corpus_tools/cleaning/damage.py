"""Damage inside the text: escapes, stray marks, split numbers, look-alikes. Each function points at one family."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from corpus_tools.cleaning.lines import HAN, split_lines
from corpus_tools.data import wording
from corpus_tools.document import Edit

_Replacement = str | Callable[[re.Match[str]], str]


def _each(
    pattern: re.Pattern[str], text: str, inserted: _Replacement, rule: str, kind: str = "repair"
) -> Iterator[Edit]:
    for m in pattern.finditer(text):
        yield Edit(m.start(), m.end(), inserted if isinstance(inserted, str) else inserted(m), kind, rule)


_ESCAPES = re.compile(r"(?:<U\+(?:00A0|3000|FEFF|200B)>|&nbsp;?|&ensp;|&emsp;)+")
_BREAKS = re.compile(r"(?:x0dx0a|_x000d_|\\r\\n|\\n(?![a-z]))+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufff9-\ufffb]+")


def escapes(text: str) -> Iterator[Edit]:
    """Literal escapes and control characters that stand for white space or nothing."""
    if "<U+" in text or "&" in text:
        yield from _each(_ESCAPES, text, " ", "escape", "escape")
    if "x0d" in text or "\\" in text:
        yield from _each(_BREAKS, text, "\n", "escape", "escape")
    yield from _each(_CONTROLS, text, "", "control", "escape")


_QUESTION_RUNS = re.compile(r"\?{2,}")


def question_runs(text: str) -> Iterator[Edit]:
    """Runs of ``?`` where a converter met a no-break space."""
    yield from _each(_QUESTION_RUNS, text, "", "question-run")


_PINYIN = r"[a-zêüāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ]{1,6}"
_TONED = re.compile(rf"(?<=[{HAN}])[(（][ ]?(?=[^)）]*[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹ]){_PINYIN}[ ]?[)）]")
_PLAIN = re.compile(rf"(?<=[{HAN}])[(（][^\sa-z(（)）{HAN}]?[a-z]{{1,6}}[)）](?=[{HAN}，。、；：”》])")
_PICTURES = re.compile("[\U0001f000-\U0001faff\ufe0f]+")
# A single (wifi) is a word of the report; a reader's aid stands behind word after word.
_PLAIN_AT_LEAST = 3


def reading_aids(text: str) -> Iterator[Edit]:
    """Pinyin in brackets after characters, and pictographs, that mirror sites sprinkle over a text."""
    yield from _each(_TONED, text, "", "pinyin", "injection")
    plain = list(_each(_PLAIN, text, "", "pinyin", "injection"))
    if len(plain) >= _PLAIN_AT_LEAST:
        yield from plain
    yield from _each(_PICTURES, text, "", "emoji", "injection")


_APOSTROPHE = re.compile(rf"(?<=[{HAN}，,])'(?=[{HAN}，,、])")


def stray_apostrophes(text: str) -> Iterator[Edit]:
    """An apostrophe alone in its paragraph; two would be quotation marks."""
    if "'" not in text:
        return
    for line in split_lines(text):
        if line.text.count("'") == 1:
            for m in _APOSTROPHE.finditer(text, line.start, line.end):
                yield Edit(m.start(), m.end(), "", "injection", "apostrophe")


_HYPHENS = re.compile(rf"(?<![\w\-<])[-－]{{2,8}}(?=[\d{HAN}“《])|(?<=[{HAN}”》])[-－]{{2,8}}(?=[\d{HAN}“《])")
_ONES = re.compile(
    rf"(?:(?<=[“《])[^”》\n]{{2,30}}?[{HAN}])(一一)(?=[{HAN}][^”》\n]{{1,29}}[”》])|(?m:^[ \t\u3000]*)(一一)(?=[{HAN}\d])"
)


def dashes(text: str) -> Iterator[Edit]:
    """Hyphens and the numeral 一一 that stand for a dash."""
    yield from _each(_HYPHENS, text, "——", "dash")
    for m in _ONES.finditer(text):
        group = 1 if m.group(1) else 2
        if not re.match(wording("one_by_one"), text[m.end(group) : m.end(group) + 4]):
            yield Edit(m.start(group), m.end(group), "——", "repair", "dash")


_SPLIT_YEAR = re.compile(r"(?<!\d)(?=\d* )(?:1 ?[89]|2 ?0) ?\d ?\d(?= ?年)")
_SPLIT_DATE = re.compile(r"(?<=\d) (?=[年月日])|(?<=年) (?=\d{1,2} ?月)|(?<=月) (?=\d{1,2} ?日)")


def split_numbers(text: str) -> Iterator[Edit]:
    """Years and dates that stand apart digit by digit."""
    years = list(_each(_SPLIT_YEAR, text, lambda m: m.group().replace(" ", ""), "split-number"))
    yield from years
    if years or re.search(r"\d \d 年|\d 年\d", text):
        yield from _each(_SPLIT_DATE, text, "", "split-number")


_SPACED_LINE = re.compile(rf"[{HAN}](?:[ \u3000]{{1,3}}[{HAN}]){{3,}}")


def spaced_titles(text: str) -> Iterator[Edit]:
    """Titles set with a space between all letters: 政 府 工 作 报 告."""
    for line in split_lines(text)[:30]:
        if _SPACED_LINE.fullmatch(line.text):
            for m in re.finditer("[ \u3000]+", line.text):
                yield Edit(line.start + m.start(), line.start + m.end(), "", "repair", "spaced-title")


_SPACE_BEFORE = re.compile(rf"(?<=[{HAN}\d”》）]) +(?=[，。；：！？、）》”])")
_ODD_DE = re.compile("旳")


def odd_letters(text: str) -> Iterator[Edit]:
    """Spaces before punctuation and the letter 旳 for 的, as text spinners leave them."""
    yield from _each(_SPACE_BEFORE, text, "", "space-before-mark")
    yield from _each(_ODD_DE, text, "的", "odd-letter")


DAMAGE: tuple[Callable[[str], Iterable[Edit]], ...] = (
    escapes,
    question_runs,
    reading_aids,
    stray_apostrophes,
    dashes,
    split_numbers,
    spaced_titles,
    odd_letters,
)
