"""Chinese in GBK whose bytes have shifted: a site's program took one byte out, and every letter after it became another.

Two such programs are known from collected pages. One dropped a byte where two of value A3 met, so that ``。（一）成立了``
became ``。ㄒ唬┏闪⒘恕``. One turned the bytes A3 BF (the full-width question mark) into ``?`` wherever they stood, also
half in one letter and half in the next: ``高校科技`` became ``高??萍``. Both can be undone: with the byte put back, the
letters read as Chinese again. Nothing is put back where only rare letters, and no impossible ones, ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_tools.characters import HAN, common_characters
from corpus_tools.data import toml
from corpus_tools.document import Edit

LOST = "\ufffd"
_BRACKET, _QUESTION = b"\xa3", b"\xbf"
_QUESTION_PAIR = re.compile(r"(?<![?\ufffd])[?\ufffd]\?(?=[^\x00-\x7f?])(?!\ufffd)")
_TAG_END = re.compile(r"(?P<mark>\?！)?\?/(?:p|br|div|span|strong)>")
LONG = 4  # so many letters read as Chinese by chance once in some hundred times
BRACKET = 12  # a bracket closes again within so many letters: （一）, （２０１７年）
# A paragraph seldom has more letters; the limit keeps the time linear in any text.
PARAGRAPH = 1000
# A text in which so many brackets lead nowhere is not one whose bytes shifted; to try them all would take minutes.
TRIES = 20
# What only shifted bytes put between Chinese letters: kana, Bopomofo, toned vowels, boxes.
_SIGN = re.compile("[\u0100-\u01ff\u2500-\u256f\u3041-\u3129]")
_SWALLOWED = re.compile(rf"[{HAN}][A-Za-z]\Z")


def shifted_bytes(text: str) -> Iterator[Edit]:
    """Point at runs of letters whose bytes have shifted, and put what stood there in their place.

    A letter of which only half is left becomes U+FFFD: what stood there cannot be known.
    """
    yield from _after_a_lost_bracket(text)
    if "?" in text:
        yield from _after_a_lost_question_mark(text)
        yield from _swallowed_tags(text)


def _after_a_lost_bracket(text: str) -> Iterator[Edit]:
    failed = 0
    for before in _bracket_shifted().finditer(text):
        if failed == TRIES:
            return
        found = _realigned(text, before.end(), _BRACKET)
        failed += found is None
        if found and "）" in (found[1] + text[found[0] : found[0] + BRACKET])[:BRACKET]:
            yield Edit(before.end(), found[0], found[1], "repair", "shifted-bytes")


def _after_a_lost_question_mark(text: str) -> Iterator[Edit]:
    for pair in _QUESTION_PAIR.finditer(text):
        found = _realigned(text, pair.end(), _QUESTION)
        if found is None or len(found[1].rstrip(LOST)) < 2:
            continue
        if _SIGN.search(text, pair.end(), found[0]) or _SWALLOWED.search(text[pair.end() : found[0]]):
            yield Edit(pair.start(), found[0], _half(text, pair.start()) + found[1], "repair", "shifted-bytes")


def _half(text: str, at: int) -> str:
    """The letter whose second half went with a lost question mark, where the words before leave only one."""
    return next((letter for letter, before in _halves() if before.search(text, max(0, at - 8), at)), LOST)


def _swallowed_tags(text: str) -> Iterator[Edit]:
    """``？`` and the ``<`` of a closing tag: half a stop, and half a quotation mark that took the bracket with it."""
    for tag in _TAG_END.finditer(text):
        paragraph = text[text.rfind("\n", 0, tag.start()) + 1 : tag.start()]
        quoted = paragraph.count("“") > paragraph.count("”")
        yield Edit(
            tag.start(), tag.end(), ("。”" if quoted else "。") if tag["mark"] else "", "repair", "shifted-bytes"
        )


def _realigned(text: str, start: int, lost: bytes) -> tuple[int, str] | None:
    """Where the shift that begins at ``start`` ends, and the letters that stood there; None where it makes no sense."""
    letters, half, safe = list[str](), lost, None
    for at in range(start, min(len(text), start + PARAGRAPH)):
        code = _gbk(text[at])
        letter = _letter(half + code[:1])
        if not code or (len(code) == 1 and letter is None):
            return _cut_off(text, at, "".join(letters), half)
        if letter is None:
            whole = len(letters) >= LONG and not text[at].isalpha()  # a mark: what stood before it lost half a letter
            return safe or (_cut_off(text, at, "".join(letters), half) if whole else None)
        letters.append(letter)
        if len(code) == 1:
            return at + 1, "".join(letters)
        if code[:1] == _BRACKET:  # another A3 met an A3 here: from this letter on the text is whole again
            safe = (at, "".join(letters))
        half = code[1:]
    return _cut_off(text, len(text), "".join(letters), half) if start + PARAGRAPH >= len(text) else safe


def _cut_off(text: str, at: int, letters: str, half: bytes) -> tuple[int, str]:
    """The run ends within a letter; a converter's mark for the half of it goes with it."""
    return at + (text[at : at + 1] in ("?", LOST)), letters + LOST


def _gbk(letter: str) -> bytes:
    """The bytes of a letter in GBK (GB18030 adds those for the user's own letters); none where it has no two bytes."""
    code = letter.encode("gb18030", "ignore")
    return b"" if letter == LOST or len(code) > 2 else code


def _letter(code: bytes) -> str | None:
    letter = code.decode("gb18030", "ignore") if len(code) == 2 else ""
    return letter if letter in common_characters() and not letter.isspace() else None


@cache
def _bracket_shifted() -> re.Pattern[str]:
    """A letter whose second byte is A3, before one whose first is A8: the two halves around a lost full-width （."""
    before = "".join(bytes((lead, 0xA3)).decode("gb2312") for lead in (0xA1, *range(0xB0, 0xD8)))
    second = (*range(0x40, 0x7F), *range(0x80, 0xFF))
    after = "".join(bytes((0xA8, trail)).decode("gbk", "ignore") for trail in second)
    return re.compile(f"[{before}](?=[{after}])")


@cache
def _halves() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """data/mojibake.toml: a letter that may stand half in a lost question mark, and what comes before no other."""
    return tuple((letter, re.compile(f"(?:{before})\\Z")) for letter, before in toml("mojibake.toml")["halves"].items())
