"""What stands where something was hidden (XX, ××, ***, __, 某某, 20XX年): one class, whatever mark a site chose.

Matching folds its members into STAND_IN, counts leave them out, the segmenter keeps each one word. Not in the class,
because they mostly mean something else: one 某 (某些), dots (……), one X or * without a context that makes it a mask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.characters import HAN

# The geta mark, which printers set for a letter that is missing: NFKC leaves it alone and no dictionary holds it.
STAND_IN = "〓"

# The insides of [...]: letters and crosses, asterisks, strokes, rings, shapes; and what they must not be part of.
CROSSES, STARS, STROKES, RINGS, SHAPES = "XxＸｘ×✕Хх", "*＊", "_＿", "○〇◯", "□■△▲●◆"
_LATIN, _FIGURES, _NUMERALS = "A-Za-zＡ-Ｚａ-ｚ", "0-9０-９", "零一二三四五六七八九十百千"
# Asterisks and strokes are rules, code and notes too: those of a mask touch Chinese text or its punctuation.
_LEFT, _RIGHT = rf"{HAN}“‘《（(【\[：:，,、。；;", rf"{HAN}“”‘’《》）)】\]：:，,、。；;{_FIGURES}"
# One mark alone is a mask only before what is numbered or belongs to the Party: 科协X届, 第×次, 科协X大, X的十七大, X委政府.
_NUMBERED = "[届次]|[月日](?![a-z])|大(?=[和会、，,])|的(?:十[五六七八九]|二十)大|委政府"

# From the second character on: a year whose last figures are hidden, with 年 one word as 2021年 is.
_YEAR = (
    "(?:(?<=[2２])[0０]|(?<=[1１])[9９]|(?<=二)[○〇零]|(?<=一)九)"
    rf"(?:[{_FIGURES}〇○零一二三四五六七八九]?[{CROSSES}{STARS}{STROKES}]{{1,2}}[^\S\r\n]*年|[{CROSSES}{STARS}]{{2}}(?![{_LATIN}{_FIGURES}{STARS}]))"
)
MASKED_YEAR = re.compile(rf"(?<![{_LATIN}{_FIGURES}])[12１２一二]{_YEAR}")
# From the second character on, too: the first stands alone so that the engine can skip to it.
_BRANCHES = (
    rf"(?<=[{CROSSES}])[{CROSSES}]++(?![{_LATIN}_]|染色)",
    rf"(?<=[{CROSSES}]) [{CROSSES}](?=[{HAN}])",
    *(
        rf"(?<=[{marks}])(?<![{marks}].)(?:(?<=[{_LEFT}].)[{marks}]++(?![{_LATIN}])|[{marks}]++(?=[{_RIGHT}]))"
        for marks in (STARS, STROKES)
    ),
    rf"(?<=[{CROSSES}{STARS}])(?<![{STARS}+＋].)(?={_NUMBERED})",
    rf"(?<=[{RINGS}])(?<![{_NUMERALS}{RINGS}].)[{RINGS}]++(?![{_NUMERALS}年])",
    rf"(?<=[{SHAPES}])(?<=[{HAN}“《].)[{SHAPES}]++(?=[{HAN}”》])",
    "(?<=某)某+",
    "(?<=〓)",
    _YEAR,
)
PLACEHOLDER = re.compile(
    rf"[{CROSSES}{STARS}{STROKES}{RINGS}{SHAPES}某〓12１２一二](?<![{_LATIN}{_FIGURES}].)(?:{'|'.join(_BRANCHES)})"
)

# A text without one of these marks hides nothing, masked years included: that is asked first, in a third of the time.
_MARK = re.compile(f"[{CROSSES}{STARS}{STROKES}{RINGS}{SHAPES}某〓]")
_SPLIT = re.compile(f"({PLACEHOLDER.pattern})").split

_ENDS = r"\s，。；：、！？,;:!?"
_EMPHASIS = re.compile(rf"(?m)(?:^|(?<=[{_ENDS}“（]))(\*{{1,3}})(?![\s*])[^*\n]{{1,200}}(?<!\s)(\1)(?=[{_ENDS}”）]|$)")


def emphasis(text: str) -> frozenset[int]:
    """Offsets where asterisks of Markdown's **emphasis** begin, opening and closing ones: those hide nothing."""
    if "*" not in text:
        return frozenset()
    return frozenset(found.start(group) for found in _EMPHASIS.finditer(text) for group in (1, 2))


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """Every placeholder of a text, in order; Markdown's emphasis left out."""
    if not _MARK.search(text):
        return iter(())
    marks = emphasis(text)
    return (found for found in PLACEHOLDER.finditer(text) if found.start() not in marks)


def split(text: str) -> list[str]:
    """The text in pieces: what stands between placeholders, a placeholder, what stands between them, and so on."""
    return _SPLIT(text) if _MARK.search(text) else [text]


def fold(text: str) -> str:
    """Write every placeholder as STAND_IN, so that XX市, ××市 and **市 are one wording."""
    return PLACEHOLDER.sub(STAND_IN, text) if _MARK.search(text) else text
