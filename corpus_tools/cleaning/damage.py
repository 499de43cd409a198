"""Damage inside the text: escapes, stray marks, split numbers, look-alikes. Each function points at one family."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise

from corpus_tools.characters import HAN
from corpus_tools.cleaning.lines import found_near, is_prose, split_lines
from corpus_tools.data import wording
from corpus_tools.document import Edit

# Patterns here begin with a letter or a set of letters, and what must stand before it is looked at after it: so the engine
# leaps from one such letter to the next (0.3 ns a character for one letter, 5 for a set), where a look-behind or a repeat in
# front makes it try every character of a text (20 to 50 ns). Measured on 226 reports, 8.2 million characters.
_Replacement = str | Callable[[re.Match[str]], str]


def _each(found: Iterable[re.Match[str]], inserted: _Replacement, rule: str, kind: str = "repair") -> Iterator[Edit]:
    for m in found:
        yield Edit(m.start(), m.end(), inserted if isinstance(inserted, str) else inserted(m), kind, rule)


def _run(one: str) -> re.Pattern[str]:
    return re.compile(f"{one}{one}*")


_ESCAPES = _run(r"(?:<U\+(?:00A0|3000|FEFF|200B)>|&nbsp;?|&ensp;|&emsp;)")
_BREAKS = _run(r"(?:x0dx0a|_x000d_|\\r\\n|\\n(?![a-z]))")
_CONTROLS = _run("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufff9-\ufffb]")


def escapes(text: str) -> Iterator[Edit]:
    """Literal escapes and control characters that stand for white space or nothing."""
    if "<U+" in text or "&" in text:
        yield from _each(_ESCAPES.finditer(text), " ", "escape", "escape")
    if "x0d" in text or "\\" in text:
        yield from _each(_BREAKS.finditer(text), "\n", "escape", "escape")
    yield from _each(_CONTROLS.finditer(text), "", "control", "escape")


_QUESTION_RUNS = re.compile(rf"\?\?++(?![{HAN}][A-Za-z])")


def question_runs(text: str) -> Iterator[Edit]:
    """Runs of ``?`` where a converter met a no-break space; before a torn letter (``??茀f``) they are mojibake, and stay."""
    yield from _each(_QUESTION_RUNS.finditer(text), "", "question-run")


_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u"
    "|ua|uai|uan|uang|ue|ui|un|uo|v|ve)"
)
_TONED = "[ ]?(?=[^)）]{0,8}[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹ])[a-zêüāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ]{1,6}[ ]?[)）]"
_PLAIN = rf"[^\sa-z(（)）{HAN}]?(?=[a-z]{{2}}){_SYLLABLE}[)）](?=[{HAN}，。、；：”》]|$)"
# No pinyin begins with a Chinese character, and most brackets do: asked first, it saves looking at the rest.
_PINYIN = tuple(
    re.compile(rf"{bracket}(?![{HAN}])(?<=[{HAN}].)(?:{_TONED}|{_PLAIN})", re.MULTILINE) for bracket in (r"\(", "（")
)
_PICTURES = _run("[\U0001f000-\U0001faff\ufe0f]")


def reading_aids(text: str) -> Iterator[Edit]:
    """Pinyin in brackets after characters, and pictographs, that mirror sites sprinkle over a text."""
    for pattern in _PINYIN:
        yield from _each(pattern.finditer(text), "", "pinyin", "injection")
    # All pictographs but U+FE0F take two units of UTF-16; to count units takes a fifth of the time of looking for a set.
    if "\ufe0f" in text or len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):
        yield from _each(_PICTURES.finditer(text), "", "emoji", "injection")


_APOSTROPHE = re.compile(rf"'(?<=[{HAN}，,]')(?=[{HAN}，,、])")


def stray_apostrophes(text: str) -> Iterator[Edit]:
    """An apostrophe alone in its paragraph; two would be quotation marks."""
    if "'" not in text:
        return
    for line in split_lines(text):
        if line.text.count("'") == 1:
            for m in _APOSTROPHE.finditer(text, line.start, line.end):
                yield Edit(m.start(), m.end(), "", "injection", "apostrophe")


_HYPHENS = re.compile(
    rf"[ \-－](?:(?<=[{HAN}”》] )[-－]{{2,8}}|(?<=[-－])(?:(?<![\w\-<].)|(?<=[{HAN}”》].))[-－]{{1,7}})(?=[\d{HAN}“《])"
)
_TWO_HYPHENS = (re.compile("-[-－]"), re.compile("－[-－]"))
_ONE_ONE = (re.compile("一一"),)
_ONES = re.compile(
    rf"(?:(?<=[“《])[^”》\n]{{2,30}}?[{HAN}])(一一)(?=[{HAN}][^”》\n]{{1,29}}[”》])|(?m:^[ \t\u3000]*)(一一)(?=[{HAN}\d])"
)


def dashes(text: str) -> Iterator[Edit]:
    """Hyphens and the numeral 一一 that stand for a dash."""
    yield from _each(found_near(_TWO_HYPHENS, _HYPHENS, text), "——", "dash")
    for m in found_near(_ONE_ONE, _ONES, text):
        group = 1 if m.group(1) else 2
        if not re.match(wording("one_by_one"), text[m.end(group) : m.end(group) + 4]):
            yield Edit(m.start(group), m.end(group), "——", "repair", "dash")


_DIGIT_BLANK = (re.compile(r" (?<=\d )"),)
_SPLIT_YEAR = re.compile(r"(?:[1１](?<!\d.)(?=\d* ) ?[89８９]|[2２](?<!\d.)(?=\d* ) ?[0０]) ?\d ?\d(?= ?年)")
_SPLIT_DATE = re.compile(r" (?:(?<=\d )(?=[年月日])|(?<=年 )(?=\d{1,2} ?月)|(?<=月 )(?=\d{1,2} ?日))")
_SPLIT_PARTS = re.compile(r" (?<=\d )(?:\d 年|年\d)")


def split_numbers(text: str) -> Iterator[Edit]:
    """Years and dates that stand apart digit by digit."""
    split = found_near(_DIGIT_BLANK, _SPLIT_YEAR, text)
    years = list(_each(split, lambda m: m.group().replace(" ", ""), "split-number"))
    yield from years
    if years or _SPLIT_PARTS.search(text):
        yield from _each(_SPLIT_DATE.finditer(text), "", "split-number")


def spaced_titles(text: str) -> Iterator[Edit]:
    """Titles and names set with a space between all letters: 政 府 工 作 报 告, 省长　王 某 某."""
    for line in split_lines(text)[:30]:
        if " " not in line.text and "\u3000" not in line.text:
            continue
        letters = [letter for letter in line.text.replace("\u3000", " ").split(" ") if letter]
        single = sum(len(letter) == 1 for letter in letters)
        spaced = single >= 3 and single >= 0.8 * len(letters)
        name = _speaker().search(line.text) if len(line.text) < 40 else None
        start = 0 if spaced else name.start(1) if name else len(line.text)
        for m in _GAP.finditer(line.text, start):
            yield Edit(line.start + m.start(), line.start + m.end(), "", "repair", "spaced-title")


_GAP = _run("[ \u3000]")


@cache
def _speaker() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('offices')})[ \u3000]+([{HAN}](?:[ \u3000]{{1,2}}[{HAN}]){{1,2}})$")


_PAGE_NUMBER = re.compile(rf" (?<=[{HAN}，、] )(?<!第 )(\d{{1,3}}) (?=[{HAN}])")
# A page holds several hundred characters; figures that happen to count up stand closer together.
PAGE = 200


def page_numbers(text: str) -> Iterator[Edit]:
    """Numbers inside sentences that count up one by one through the text: the pages of what it was copied from."""
    found = list(_PAGE_NUMBER.finditer(text))
    numbers = [int(m.group(1)) for m in found]
    apart = all(b.start() - a.end() >= PAGE for a, b in pairwise(found))
    if len(found) >= 2 and apart and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        for m in found:
            yield Edit(m.start(), m.end(), "", "injection", "page-number")


# A heading may be parted from its text by a space alone, so that nothing is closed up after its mark.
_CLAUSE = re.compile(
    r"(?<=[，；。：！？、])(?<![一二三四五六七八九十\d]、)[^，；。：！？、\n“”《》（）()]{10,}(?=[，；。：！？、])"
)
_INNER_SPACE = re.compile(rf" (?:(?<=[{HAN}]{{2}} )(?=[{HAN}])|(?<=[{HAN}] )(?=[{HAN}]{{2}}))")


def spaces_in_sentences(text: str) -> Iterator[Edit]:
    """One space alone between the letters of a clause of running text; several part names or columns."""
    for line in split_lines(text):
        # A space in a clause stands between letters in the line too, and few lines have such a one.
        if " " not in line.text or not _INNER_SPACE.search(line.text) or not is_prose(line.text):
            continue
        for clause in _CLAUSE.finditer(line.text):
            space = _INNER_SPACE.search(clause.group())
            if space and clause.group().count(" ") == 1 and not _before_name().search(clause.group()[: space.start()]):
                at = line.start + clause.start() + space.start()
                yield Edit(at, at + 1, "", "repair", "inner-space")


@cache
def _before_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('offices')}|记者|同志|代表|委员|作者)\Z")


_SPACE_BEFORE = re.compile(r" (?<=\S ) *(?=[，。；：！？、）》”])")
_ODD_DE = re.compile("旳")


def odd_letters(text: str) -> Iterator[Edit]:
    """Spaces before punctuation and the letter 旳 for 的, as text spinners leave them."""
    yield from _each(_SPACE_BEFORE.finditer(text), "", "space-before-mark")
    yield from _each(_ODD_DE.finditer(text), "的", "odd-letter")


_WORDS = r"[A-Z][A-Za-z0-9.'’&%/-]*(?:[ ,;:()“”\"—–]+[A-Za-z0-9.'’&%/-]+)"
_ENGLISH_NEEDLES = (re.compile(f"{_WORDS}{{4}}"),)
_ENGLISH = re.compile(
    rf"(?m:(?<=[{HAN}。！？；：”])|^)[ \t]*(?P<number>(?:\d{{1,2}}|[IVX]{{1,4}})[.)][ \t]*)?"
    rf"{_WORDS}{{4,}}[!?;:]?"
    rf"(?=(?m:[ \t]*$)|(?<=[.!?])[ \t]*[{HAN}])"
)
# Titles of works are capitalised; a sentence has at least two words of small letters.
_TWO_WORDS = re.compile(" [a-z](?<=[A-Za-z] .)")
_SMALL_WORD = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")


def translations(text: str) -> Iterator[Edit]:
    """English after each Chinese heading or paragraph: two such sentences, or one that repeats the heading's number."""
    if not _TWO_WORDS.search(text):
        return
    found = [m for m in found_near(_ENGLISH_NEEDLES, _ENGLISH, text) if len(_SMALL_WORD.findall(m.group())) >= 2]
    if len(found) >= 2 or any(m["number"] for m in found):
        for m in found:
            yield Edit(m.start(), m.end(), "", "injection", "translation")


DAMAGE: tuple[Callable[[str], Iterable[Edit]], ...] = (
    escapes,
    question_runs,
    reading_aids,
    stray_apostrophes,
    dashes,
    split_numbers,
    spaced_titles,
    page_numbers,
    translations,
    spaces_in_sentences,
    odd_letters,
)
