"""Numbered sessions of the national congresses, and the year that each met."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from corpus_tools.data import toml

_NUMBER = r"([一二三四五六七八九十]{1,3}|\d{1,2})"
_PEOPLE = (
    re.compile(rf"第{_NUMBER}届全国人民代表大会第{_NUMBER}次会议"),
    re.compile(rf"(?:全国人大{_NUMBER}届|{_NUMBER}届全国人大){_NUMBER}次会议"),
)
# Without "national" it may be any place's, unless the State Council or its head is named with it.
_SHORT = re.compile(rf"{_NUMBER}届人大{_NUMBER}次会议")
_CENTRE = re.compile("国务院|总理|温家宝|李克强|朱镕基|李鹏")
_PARTY = (
    re.compile(rf"(?:中国共产党|党的)第{_NUMBER}次全国代表大会"),
    re.compile(rf"党的{_NUMBER}大(?=报告)"),
)
_BRACKETED = re.compile(rf"[（(]{_NUMBER}大[)）]")  # any body's, unless the Party or its committee speaks
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


class Session(NamedTuple):
    """A national congress that a text names, and the year it met."""

    year: int
    found: str


def session(text: str) -> Session | None:
    """The first session of the National People's Congress, or else of the Party's congress, that ``text`` names."""
    for pattern in (*_PEOPLE, *([_SHORT] if _CENTRE.search(text) else [])):
        for found in pattern.finditer(text):
            term, which = (number(group) for group in found.groups() if group)
            if year := people_year(term, which):
                return Session(year, found.group())
    for pattern in (*_PARTY, *([_BRACKETED] if re.search("中国共产党|中央委员会", text) else [])):
        for found in pattern.finditer(text):
            if which := number(found[1]):
                return Session(party_year(which), found.group())
    return None


def people_year(congress: int, which: int) -> int | None:
    """The year of a session of the National People's Congress, None where it held none; one to come meets by the rule."""
    years = _years("people").get(str(congress)) or [1988 + 5 * (congress - 7) + i for i in range(5)]
    return int(years[which - 1]) if 0 < which <= len(years) else None


def party_year(congress: int) -> int:
    """The year of a national congress of the Party; those to come meet every five years, as since the twelfth."""
    return int(_years("party").get(str(congress)) or 1982 + 5 * (congress - 12))


def number(text: str) -> int:
    """The value of a Chinese or Arabic number below a hundred: 十四, 二十, 14."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + _DIGITS.get(ones, 0)


@cache
def _years(congress: str) -> dict[str, Any]:
    return dict(toml("sessions.toml")[congress])
