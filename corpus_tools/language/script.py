"""Traditional or simplified, and how to simplify what is traditional without touching what is not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus_tools.data import toml
from corpus_tools.errors import DataError, WrongPackageError

# Share of traditional characters among those of one script only. In 252 collected reports it is under .05 (simplified
# with a few letters left by a converter) or over .97: nothing lies between, so that the bounds may be round.
TRADITIONAL_FROM = 0.9
SIMPLIFIED_TO = 0.1
VARIANTS = ("auto", "t2s", "tw2s", "hk2s")
OLDEST_OPENCC = (1, 1)


@dataclass(frozen=True, slots=True)
class Script:
    """The script of a text (``simplified``, ``traditional``, ``mixed``, ``none``), and the characters that say so.

    ``traditional`` and ``simplified`` count characters that exist in one script only (國, 国), not those of both (后).
    """

    script: str
    traditional: int
    simplified: int


def detect(text: str) -> Script:
    """Return the script of ``text``; ``none`` where no character tells (no Chinese, or only shared characters)."""
    traditional_only, simplified_only = _told_apart()
    counts = Counter(text)
    traditional = sum(counts[c] for c in counts.keys() & traditional_only.keys())
    simplified = sum(counts[c] for c in simplified_only.intersection(counts))
    return Script(_script(traditional, simplified), traditional, simplified)


def _script(traditional: int, simplified: int) -> str:
    if not traditional + simplified:
        return "none"
    share = traditional / (traditional + simplified)
    if share >= TRADITIONAL_FROM:
        return "traditional"
    return "simplified" if share <= SIMPLIFIED_TO else "mixed"


def simplify(text: str, *, variant: str = "auto") -> str:
    """Return ``text`` in simplified characters, each line as long as before; simplified text comes back as it is.

    Of a mixed text only the traditional lines are converted. ``variant`` is an OpenCC configuration (t2s, tw2s, hk2s)
    or ``auto``: tw2s, which also mends 著力 → 着力 and leaves 顯著 → 显著. DataError for another variant.
    """
    if variant not in VARIANTS:
        raise DataError(f"unknown variant {variant!r}: choose one of {', '.join(VARIANTS)}")
    config = "tw2s" if variant == "auto" else variant
    if not _perhaps_traditional().search(text):
        return text  # a tenth of the time of detecting the script, which would say the same
    script = detect(text).script
    if script == "traditional":
        return _converted(text, config)
    if script == "mixed":
        lines = text.split("\n")
        return "\n".join(_converted(line, config) if detect(line).script == "traditional" else line for line in lines)
    return text


def _converted(text: str, config: str) -> str:
    """Convert ``text`` with every line's length kept: phrase tables may replace a word by a longer or shorter one."""
    before = text.split("\n")
    after = _opencc(config).convert(text).split("\n")
    if len(before) != len(after):
        after = [_opencc(config).convert(line) for line in before]
    kept = (new if len(new) == len(old) else _by_character(old) for old, new in zip(before, after, strict=True))
    simple = "\n".join(kept)
    if _perhaps_traditional().search(simple):  # rare letters (産, 爲) that a regional table may not know
        simple = simple.translate(_last_table())
    for taiwan, mainland in _taiwan().items():
        simple = simple.replace(taiwan, mainland)
    return simple


@cache
def _taiwan() -> dict[str, str]:
    """Read data/taiwan.toml; DataError where two words differ in length."""
    phrases: dict[str, str] = toml("taiwan.toml")["phrases"]
    for taiwan, mainland in phrases.items():
        if len(taiwan) != len(mainland):
            raise DataError(f"data/taiwan.toml: {taiwan!r} and {mainland!r} differ in length")
    return phrases


def _by_character(line: str) -> str:
    whole: str = _opencc("t2s").convert(line)
    return whole if len(whole) == len(line) else line  # the last table, character by character, follows anyway


# Unified ideographs and their extensions; compatibility forms are left out, as OpenCC only normalises those.
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2F800), (0x30000, 0x323B0))


@cache
def _told_apart() -> tuple[dict[str, str], frozenset[str]]:
    """Return the characters of the traditional script only, each with its simplified form, and of the simplified only.

    A character that OpenCC changes may still be used in both scripts (后, 干, 著). The national character sets decide:
    what GB 2312 has is no sign of traditional script, what Big5 has none of simplified.
    """
    characters = "\n".join(chr(c) for start, end in _IDEOGRAPHS for c in range(start, end))
    simple = _opencc("t2s").convert(characters).split("\n")
    full = _opencc("s2t").convert(characters).split("\n")
    both = list(zip(characters.split("\n"), simple, full, strict=True))
    traditional = {c: s for c, s, _ in both if c != s and len(s) == 1 and not _in_charset(c, "gb2312")}
    simplified = {c for c, _, f in both if c != f and not _in_charset(c, "big5")}
    return {c: s for c, s in traditional.items() if c not in simplified}, frozenset(simplified - traditional.keys())


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
def _opencc(config: str) -> Any:
    """Return the converter of one configuration, made once per process (it cannot be pickled)."""
    import opencc

    check_opencc(opencc)
    return opencc.OpenCC(config)


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
