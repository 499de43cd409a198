"""Traditional or simplified, and how to simplify what is traditional without touching what is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_tools.data import toml
from corpus_tools.errors import DataError, WrongPackageError
from corpus_tools.language.codes import EVERY, codes

# Share of traditional characters among those of one script only. In 252 collected reports it is under .05 (simplified
# with a few letters left by a converter) or over .97: nothing lies between, so that the bounds may be round.
TRADITIONAL_FROM = 0.9
SIMPLIFIED_TO = 0.1
VARIANTS = ("auto", "t2s", "tw2s", "hk2s")
# Letters that no traditional standard has in their place make a mirror site's conversion from this number and this share
# of the traditional letters on. Of the four collected texts the one that was converted has 41 in 1 236, of the others
# a print of 1923 has most: 13 in 836.
MIRRORED, MIRRORED_SHARE = 5, 0.02
_HALF = re.compile("([\ud800-\udfff]+)")
OLDEST_OPENCC = (1, 1)


@dataclass(frozen=True, slots=True)
class Script:
    """The script of a text (``simplified``, ``traditional``, ``mixed``, ``none``), and the characters that say so.

    ``traditional`` and ``simplified`` count characters that exist in one script only (國, 国), not those of both (后).
    """

    script: str
    traditional: int
    simplified: int


class Sign(NamedTuple):
    """A place of traditional text where another letter or word is expected.

    ``kind``: ``mirror`` or ``taiwan`` (see ``signs``); ``start``: characters of the text; ``found``: what stands there;
    ``usual``: what one writes, in traditional letters for ``mirror`` (鬥), in simplified ones for ``taiwan`` (信息).
    """

    kind: str
    start: int
    found: str
    usual: str


def detect(text: str) -> Script:
    """Return the script of ``text``; ``none`` where no character tells (no Chinese, or only shared characters)."""
    sides = _side().take(codes(text))
    traditional, simplified = (int(np.count_nonzero(sides == side)) for side in (1, 2))
    return Script(_script(traditional, simplified), traditional, simplified)


def _script(traditional: int, simplified: int) -> str:
    if not traditional + simplified:
        return "none"
    share = traditional / (traditional + simplified)
    if share >= TRADITIONAL_FROM:
        return "traditional"
    return "simplified" if share <= SIMPLIFIED_TO else "mixed"


def detect_lines(text: str) -> list[Script]:
    """Return the script of each line of ``text``: its paragraphs."""
    return [detect(line) for line in text.split("\n")]


def simplify(text: str, *, variant: str = "auto") -> str:
    """Return ``text`` in simplified characters.

    ``auto``: only what is traditional is converted (of a mixed text its traditional lines), by OpenCC's tw2s, which also
    mends 著力 → 着力 and leaves 顯著 → 显著; names of data/scripts.toml keep their letters (昇騰 → 昇腾), Taiwan's words for
    mainland ones are put back, and every line is as long as before. ``t2s``, ``tw2s``, ``hk2s``: the whole text as OpenCC
    converts it, be it traditional or not. DataError for another variant.
    """
    if variant not in VARIANTS:
        raise DataError(f"unknown variant {variant!r}: choose one of {', '.join(VARIANTS)}")
    if variant != "auto":
        return _opencc(variant)(text)
    if not _perhaps_traditional().search(text):
        return text  # what detecting the script would say too, for short texts in a tenth of the time
    script = detect(text).script
    if script == "traditional":
        return _converted(text)
    if script == "mixed":
        return "\n".join(
            _converted(line) if detect(line).script == "traditional" else line for line in text.split("\n")
        )
    return text


def signs(text: str) -> list[Sign]:
    """Return what tells that traditional text was not written so; nothing for simplified text, whose lines are not looked at.

    ``mirror``: a letter that no traditional standard (OpenCC's own, Taiwan's, Hong Kong's) has in its place, because a site
    converted simplified text letter by letter: 戰斗, 聯系, 示范. ``taiwan``: a word of Taiwan's usage for a mainland one (資訊);
    data/scripts.toml lists them. Careful traditional texts have a few of either; ``mirrored`` says when they are a habit.
    """
    found, start = list[Sign](), 0
    for line in text.split("\n") if detect(text).traditional else ():
        if detect(line).script == "traditional":
            found += (sign._replace(start=start + sign.start) for sign in _signs_of_line(line))
        start += len(line) + 1
    return found


def mirrored(text: str, found: Sequence[Sign]) -> bool:
    """Whether the ``mirror`` signs of a text are so many that a site must have converted all of it."""
    letters = sum(sign.kind == "mirror" for sign in found)
    return letters >= MIRRORED and letters >= MIRRORED_SHARE * detect(text).traditional


def _signs_of_line(line: str) -> Iterator[Sign]:
    simple = _opencc("t2s")(line)
    yield from _mirror_signs(line, simple)
    plain = _as_long(line, simple)
    for word, usual in _table("taiwan").items():
        for found in re.finditer(word, plain) if word in plain else ():
            yield Sign("taiwan", found.start(), line[found.start() : found.end()], usual)


def _mirror_signs(line: str, simple: str) -> Iterator[Sign]:
    """Letters that are simplified ones too, where every standard has another; the regional ones are asked last, of few lines."""
    full = _opencc("s2t")(simple)
    if not len(line) == len(simple) == len(full):
        return
    kept, other = codes(line) == codes(simple), codes(simple) != codes(full)
    places = [place for place in np.flatnonzero(kept & other).tolist() if line[place] not in _told_apart()[1]]
    standards = [_opencc(config)(simple) for config in ("s2tw", "s2hk")] if places else []
    if all(len(standard) == len(line) for standard in standards):
        for place in places:
            if line[place] not in (standard[place] for standard in standards):
                yield Sign("mirror", place, line[place], full[place])


def _converted(text: str) -> str:
    """Convert ``text`` with every line's length kept: phrase tables may replace a word by a longer or shorter one."""
    before = text.split("\n")
    after = _opencc("tw2s")(text).split("\n")
    if len(before) != len(after):
        after = [_opencc("tw2s")(line) for line in before]
    simple = "\n".join(_line(old, new) for old, new in zip(before, after, strict=True))
    for name, kept_name in _table("protected").items():
        for place in (found.start() for found in re.finditer(name, text)):
            simple = simple[:place] + kept_name + simple[place + len(name) :]
    for taiwan, mainland in _table("converted").items():
        simple = simple.replace(taiwan, mainland)
    return simple


@cache
def _table(name: str) -> dict[str, str]:
    """A table of data/scripts.toml; DataError where two words that replace each other differ in length."""
    pairs: dict[str, str] = toml("scripts.toml")[name]
    for old, new in pairs.items():
        if name != "taiwan" and len(old) != len(new):
            raise DataError(f"data/scripts.toml: {old!r} and {new!r} differ in length")
    return pairs


def _line(old: str, new: str) -> str:
    """A converted line, as long as before; letters that a regional table does not know (産, 爲) as the general one has them.

    A letter that the general table leaves alone too belongs to a name (陳昇, 楊聯陞) and stays.
    """
    if len(new) == len(old) and not _perhaps_traditional().search(new):
        return new
    general = _by_character(old)
    if len(new) != len(old):
        return general
    return "".join(map(_settled, new, general))


def _settled(letter: str, general: str) -> str:
    """The letter, or where it is traditional what the general table makes of it, twice if need be: 薴 → 苧 → 苎."""
    traditional = _told_apart()[0]
    if letter not in traditional or letter == general:
        return letter
    return traditional.get(general, general)


def _by_character(line: str) -> str:
    """A line in simplified letters by the general table, as long as before."""
    return _as_long(line, _opencc("t2s")(line))


def _as_long(line: str, simple: str) -> str:
    """What the general table made of a line, or where it made it longer or shorter, each letter by itself."""
    return simple if len(simple) == len(line) else line.translate(_last_table())


# Unified ideographs and their extensions; compatibility forms are left out, as OpenCC only normalises those.
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2F800), (0x30000, 0x323B0))


@cache
def _told_apart() -> tuple[dict[str, str], frozenset[str]]:
    """Return the characters of the traditional script only, each with its simplified form, and of the simplified only.

    A character that OpenCC changes may still be used in both scripts (后, 干, 著). The national character sets decide:
    what GB 2312 has is no sign of traditional script, what Big5 has none of simplified.
    """
    characters = "\n".join(chr(c) for start, end in _IDEOGRAPHS for c in range(start, end))
    simple = _opencc("t2s")(characters).split("\n")
    full = _opencc("s2t")(characters).split("\n")
    both = list(zip(characters.split("\n"), simple, full, strict=True))
    traditional = {c: s for c, s, _ in both if c != s and len(s) == 1 and not _in_charset(c, "gb2312")}
    simplified = {c for c, _, f in both if c != f and not _in_charset(c, "big5")}
    return {c: s for c, s in traditional.items() if c not in simplified}, frozenset(simplified - traditional.keys())


@cache
def _side() -> npt.NDArray[np.uint8]:
    """By code point: 1 for a letter of the traditional script only, 2 for one of the simplified only, 0 for others."""
    side = np.zeros(EVERY, np.uint8)
    for number, letters in enumerate(_told_apart(), 1):
        side[codes("".join(letters))] = number
    return side


@cache
def _perhaps_traditional() -> re.Pattern[str]:
    """A letter of the traditional script only, or one beyond U+FFFF: single ones of these make a set slow."""
    letters = "".join(letter for letter in _told_apart()[0] if letter <= "\uffff")
    return re.compile(f"[{letters}\U00010000-\U0010ffff]")


@cache
def _last_table() -> dict[int, str]:
    return str.maketrans(_told_apart()[0])


def _in_charset(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _opencc(config: str) -> Callable[[str], str]:
    """Return the conversion of one configuration, made once per process (it cannot be pickled)."""
    import opencc

    check_opencc(opencc)
    convert: Callable[[str], str] = opencc.OpenCC(config).convert
    return lambda text: _around_halves(convert, text) if _HALF.search(text) else convert(text)


def _around_halves(convert: Callable[[str], str], text: str) -> str:
    """Convert what stands between halves of surrogate pairs, which no encoder takes."""
    return "".join(piece if n % 2 else convert(piece) for n, piece in enumerate(_HALF.split(text)))


def check_opencc(package: Any) -> None:
    """Raise WrongPackageError unless ``package`` is the official OpenCC, version 1.1 or later.

    ``opencc-python-reimplemented`` installs under the same import name; its class is plain Python and has older tables.
    """
    compiled = getattr(package, "OpenCC", object).__base__ not in (object, None)
    version = tuple(int(part) for part in str(getattr(package, "__version__", "0")).split(".")[:2] if part.isdigit())
    if not compiled or version < OLDEST_OPENCC:
        raise WrongPackageError(
            "the module 'opencc' is not the official OpenCC (distribution 'opencc', 1.1 or later) but perhaps "
            "'opencc-python-reimplemented': pip uninstall opencc-python-reimplemented, then "
            "pip install --force-reinstall opencc"
        )
