"""Damage inside the text: escapes, stray marks, split numbers, look-alikes. Each function points at one family."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise

from corpus_tools.characters import HAN
from corpus_tools.cleaning.lines import is_prose, split_lines
from corpus_tools.cleaning.needles import found_near
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


# The longest quotation that is looked for, in letters: reports quote slogans and sentences, not pages.
QUOTED = 200


def _is_quoted(text: str, at: int) -> bool:
    """Whether quotation marks that open before ``at``, in its line, are still open there."""
    before = text[max(text.rfind("\n", 0, at), at - QUOTED, 0) : at]
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in ("“”", "「」", "『』"))


_ESCAPES = _run(r"(?:<U\+(?:00A0|3000|FEFF|200B)>|&nbsp;?|&ensp;|&emsp;)")
_BREAKS = _run(r"(?:x0dx0a|_x000d_|\\r\\n|\\n(?![a-z]))")
_CONTROLS = _run("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufff9-\ufffb]")
_LINE_ENDS = _run("[\x0b\x0c\u2028\u2029]")


def escapes(text: str) -> Iterator[Edit]:
    """Literal escapes and control characters that stand for white space or nothing."""
    # to look for one letter takes a tenth of the time of looking for two, or for one of a set
    if "&" in text or ("<" in text and "<U+" in text):
        yield from _each(_ESCAPES.finditer(text), " ", "escape", "escape")
    if "\\" in text or ("x" in text and "x0d" in text):
        yield from _each(_BREAKS.finditer(text), "\n", "escape", "escape")
    for start, end in _unprintable(text):
        yield from _each(_CONTROLS.finditer(text, start, end), "", "control", "escape")
        yield from _each(_LINE_ENDS.finditer(text, start, end), "\n", "control", "escape")


def _unprintable(text: str) -> Iterator[tuple[int, int]]:
    """Where control characters can be: lines that cannot be printed, which is known in half the time of a search.

    A line is shown without the blanks at its ends, two of which are control characters: with those the whole text is meant.
    """
    if "\u200b" in text or "\ufeff" in text:
        yield 0, len(text)
        return
    yield from ((line.start, line.end) for line in split_lines(text) if not line.text.isprintable())


_QUESTION_RUNS = re.compile(rf"\?\?++(?![{HAN}][A-Za-z])")


def question_runs(text: str) -> Iterator[Edit]:
    """Runs of ``?`` where a converter met a no-break space; before a torn letter (``??茀f``) they are mojibake, and stay."""
    if "?" in text:
        yield from _each(_QUESTION_RUNS.finditer(text), "", "question-run")


_SYLLABLE = (
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:a|ai|an|ang|ao|e|ei|en|eng|er|i|ia|ian|iang|iao|ie|in|ing|iong|iu|o|ong|ou|u"
    "|ua|uai|uan|uang|ue|ui|un|uo|v|ve)"
)
_TONED = "[ ]?(?=[^)）]{0,8}[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹ])[a-zêüāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ]{1,6}[ ]?[)）]"
_PLAIN = rf"[^\sa-z(（)）{HAN}]?(?=[a-z]{{2}}){_SYLLABLE}[)）](?=[{HAN}，。、；：”》]|$)"
# No pinyin begins with a Chinese character, and most brackets do: asked first, it saves looking at the rest.
_TONED_AIDS, _PLAIN_AIDS = (
    tuple(re.compile(rf"{bracket}(?![{HAN}])(?<=[{HAN}].){aid}", re.MULTILINE) for bracket in (r"\(", "（"))
    for aid in (_TONED, _PLAIN)
)
# Sites that sprinkle plain pinyin do it dozens of times; authors gloss a unit or two: 公顷（ha）, 人工智能（ai）.
MANY_AIDS = 6
_PICTURES = _run("[\U0001f000-\U0001faff\ufe0f]")


def reading_aids(text: str) -> Iterator[Edit]:
    """Pinyin in brackets after characters, and pictographs, that mirror sites sprinkle over a text."""
    for m in (*_toned_aids(text), *_plain_aids(text)):
        yield Edit(m.start(), m.end(), "", "injection", "pinyin")
    # All pictographs but U+FE0F take two units of UTF-16; to count units takes a fifth of the time of looking for a set.
    if "\ufe0f" in text or len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):
        yield from _each(_PICTURES.finditer(text), "", "emoji", "injection")


def _toned_aids(text: str) -> list[re.Match[str]]:
    """Those of a quotation only where others stand outside: “蹽（liāo）” is a gloss that is meant."""
    found = [m for pattern in _TONED_AIDS for m in pattern.finditer(text)]
    return found if any(not _is_quoted(text, m.start()) for m in found) else []


def _plain_aids(text: str) -> list[re.Match[str]]:
    """Those outside quotations; what may be an abbreviation only where there are many different ones."""
    found = [m for pattern in _PLAIN_AIDS for m in pattern.finditer(text) if not _is_quoted(text, m.start())]
    many = len({m.group().strip("(（)）") for m in found}) >= MANY_AIDS
    # A stray mark in the bracket is no author's.
    return [m for m in found if many or not m.group()[1].isascii() or not _abbreviation().fullmatch(m.group()[1:-1])]


@cache
def _abbreviation() -> re.Pattern[str]:
    return re.compile(wording("abbreviations_like_pinyin"))


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
    if "-" in text or "－" in text:
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
    if " " not in text:
        return
    split = found_near(_DIGIT_BLANK, _SPLIT_YEAR, text)
    years = list(_each(split, lambda m: m.group().replace(" ", ""), "split-number"))
    yield from years
    if years or _SPLIT_PARTS.search(text):
        yield from _each(_SPLIT_DATE.finditer(text), "", "split-number")


def spaced_titles(text: str) -> Iterator[Edit]:
    """Titles and names set with a space between all letters: 政 府 工 作 报 告, 省长　王 某 某.

    A line with gaps of two widths is a list of names (张 三  李 四), and so is one with a name among its letters; both stay.
    """
    if " " not in text and "\u3000" not in text:
        return
    for line in split_lines(text)[:30]:
        if " " not in line.text and "\u3000" not in line.text:
            continue
        name = _speaker().search(line.text) if len(line.text) < 40 else None
        start = 0 if _is_spaced(line.text.strip()) else name.start(1) if name else len(line.text)
        gaps = [m for m in _GAP.finditer(line.text, start) if line.text[: m.start()].strip()]
        if len({m.group() for m in gaps if m.end() < len(line.text)}) == 1:
            for m in gaps:
                yield Edit(line.start + m.start(), line.start + m.end(), "", "repair", "spaced-title")


def _is_spaced(line: str) -> bool:
    letters = _GAP.split(line)
    single = sum(len(letter) == 1 for letter in letters)
    return single >= 3 and single >= 0.8 * len(letters) and not any(map(_NAME.fullmatch, letters))


_NAME = re.compile(f"[{HAN}]{{2,3}}")
_GAP = _run("[ \u3000]")


@cache
def _speaker() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('offices')})[ \u3000]+([{HAN}](?:[ \u3000]{{1,2}}[{HAN}]){{1,2}})$")


_PAGE_NUMBER = re.compile(rf" (?<=[{HAN}，、] )(?<!第 )(\d{{1,3}}) (?=[{HAN}])")
# A page holds several hundred characters; figures that happen to count up stand closer together.
PAGE = 200


def page_numbers(text: str) -> Iterator[Edit]:
    """Numbers inside sentences that count up one by one through the text: the pages of what it was copied from."""
    found = list(_PAGE_NUMBER.finditer(text)) if " " in text else []
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


# A text torn by its layout holds dozens (114 in the one report of 226 that is); in others a blank stands for a 、 or two.
TORN = 8


def spaces_in_sentences(text: str) -> Iterator[Edit]:
    """One space alone between the letters of a clause of running text, where a text has many; several part names."""
    found = list(_inner_spaces(text))
    if len(found) >= TORN:
        for at in found:
            yield Edit(at, at + 1, "", "repair", "inner-space")


def _inner_spaces(text: str) -> Iterator[int]:
    if " " not in text:
        return
    for line in split_lines(text):
        # A space in a clause stands between letters in the line too, and few lines have such a one.
        if " " not in line.text or not _INNER_SPACE.search(line.text) or not is_prose(line.text):
            continue
        for clause in _CLAUSE.finditer(line.text):
            space = _INNER_SPACE.search(clause.group())
            if space and clause.group().count(" ") == 1 and not _before_name().search(clause.group()[: space.start()]):
                yield line.start + clause.start() + space.start()


@cache
def _before_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('offices')}|记者|同志|代表|委员|作者)\Z")


_SPACE_BEFORE = re.compile(r" (?<=\S ) *(?=[，。；：！？、）》”])")
_ODD_DE = re.compile("旳")


def odd_letters(text: str) -> Iterator[Edit]:
    """Spaces before punctuation and the letter 旳 for 的, as text spinners leave them."""
    if " " in text:
        yield from _each(_SPACE_BEFORE.finditer(text), "", "space-before-mark")
    yield from _each(_ODD_DE.finditer(text), "的", "odd-letter")


_WORDS = r"[A-Z][A-Za-z0-9.'’&%/-]*(?:[ ,;:()“”\"—–]+[A-Za-z0-9.'’&%/-]+)"
_ENGLISH_NEEDLES = (re.compile(f"{_WORDS}{{4}}"),)
_ENGLISH = re.compile(
    rf"(?m:(?<=[{HAN}。！？；：”])|^)[ \t]*(?P<number>(?:\d{{1,2}}|[IVX]{{1,4}})[.)][ \t]*)?"
    rf"{_WORDS}{{4,}}[!?;:]?"
    rf"(?=(?m:[ \t]*$))"
)
# Titles of works are capitalised; a sentence has at least two words of small letters.
_TWO_WORDS = re.compile(" [a-z](?<=[A-Za-z] .)")
_SMALL_WORD = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")


# A translation follows every paragraph or every heading; what English fewer have is the author's, or quoted.
TRANSLATED = 1 / 3


def translations(text: str) -> Iterator[Edit]:
    """English at the end of a third of the Chinese paragraphs or below them, or that repeats the number of its heading."""
    if not _TWO_WORDS.search(text):
        return
    found = [m for m in found_near(_ENGLISH_NEEDLES, _ENGLISH, text) if len(_SMALL_WORD.findall(m.group())) >= 2]
    found = [m for m in found if not _is_quoted(text, m.start()) and not _is_announced(text, m.start())]
    paragraphs = sum(bool(_CHINESE.search(line.text)) for line in split_lines(text)) if found else 0
    habit = len(found) >= 2 and len(found) >= TRANSLATED * paragraphs
    for m in found:
        if habit or (m["number"] and _is_numbered(text, m.start())):
            yield Edit(m.start(), m.end(), "", "injection", "translation")


_CHINESE = re.compile(f"[{HAN}]")
_NUMBERED = re.compile(r"[ \t\u3000]*[（(]?(?:第?[一二三四五六七八九十]|\d)")


def _is_numbered(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return bool(start < at and _NUMBERED.match(text, start, at))


def _is_announced(text: str, at: int) -> bool:
    """Whether the last Chinese before ``at``, English lines left out, ends in a colon or a word of saying: 主题是."""
    lines = text[max(0, at - 2000) : at].split("\n")
    before = next((line.rstrip() for line in reversed(lines) if _CHINESE.search(line)), "")
    return bool(_announcing().search(before))


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(rf"(?:[：:]|{wording('announcing')})[^{HAN}。！？；]*\Z")


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
