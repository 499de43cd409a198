"""Who reports: the body, its level, its place, the meeting and the speaker, as the text itself names them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from corpus_tools.characters import HAN
from corpus_tools.data import toml, wording
from corpus_tools.describing.openings import above_salutation, first_clause, spoken_for
from corpus_tools.describing.places import MASK, named, placed

TAIL_LINES = 4
# As often a text must say 我市, 全市 for that to settle the level where nothing names the body.
SELF_REFERENCES = 3

_WE = {
    "township": "[全我](?:乡|镇)",
    "county": "[全我]县|[全我]区(?!域)",
    "city": "[全我]市",
    "province": "我省|全区各族",
}
# Only where nothing else is said: lower bodies speak of their province too.
_PROVINCE = "全省|自治区"
_OPENS = r"^(?:(?:19|20)\d\d年度?|.{0,12}在)?"
_SCHOOL = re.compile(
    rf"{_OPENS}(?P<name>[{HAN}{MASK}]{{2,14}}?(?:大学|学院|中学|小学|学校|幼儿园))(?=第|党委|[教职工团科]|20|$)"
)
_ENTERPRISE = re.compile(rf"{_OPENS}(?P<name>[{HAN}{MASK}]{{2,20}}?(?:公司|集团|总厂))(?!员)")
# What a title is about is not who reports: 关于贯彻《…法》, 落实国务院文件.
_ABOUT = re.compile("《[^》]*》|(?:关于|贯彻|落实|实施|执行|学习|转发).*")
_SPEAKER = (
    rf"(?:[{HAN}]{{1,6}}(?:[·•．][{HAN}]{{1,6}})+|(?:(?!同志|在|作)[{HAN}]){{2,4}}|[{HAN}]\s+[{HAN}](?:\s*[{HAN}])?"
    rf"|[{MASK}]{{2,3}}|[{HAN}][{MASK}]{{1,2}})"
)


class Issuer(NamedTuple):
    """Who reports; None where the text does not say.

    ``organisation``: the kind of body (科协, 政府, …). ``level``: national, province, city, county, township, school or
    enterprise. ``place``: the full name of data/places.csv, a name that is not in it as written, or a masked one as found
    (XX市). ``province``: the province that the place lies in, itself for a province; None for names that are not in
    places.csv, and for one that several provinces have and the text does not tell. ``event``: the kind of meeting (全委会,
    人民代表大会, …), ``session`` its number as written (第十四届第三次). ``speaker``: who spoke. ``found``: for each field that
    is not None, the words it was read from.
    """

    organisation: str | None = None
    level: str | None = None
    place: str | None = None
    province: str | None = None
    event: str | None = None
    session: str | None = None
    speaker: str | None = None
    found: tuple[tuple[str, str], ...] = ()


def issuer(title: str | None, text: str) -> Issuer:
    """Read off the title, the lines above the salutation, in whose name the speaker speaks, and the signature, in this order."""
    head = above_salutation(text)
    zones = [title or "", *head, spoken_for(text)]
    signed = [line for line in text.split("\n")[-TAIL_LINES:] if len(line) <= 30]
    organisation = _first("organisation", zones)
    level, place, province, words = _level_and_place(zones, signed, text)
    meeting = _first("event", [title or "", *head, first_clause(text)])
    speaker = _speaker(head)
    found = {
        "organisation": organisation, "level": (level, words), "place": (place, words), "event": meeting,
        "speaker": speaker,
    }  # fmt: skip
    session = _session([title or "", *head]) if meeting else None
    return Issuer(
        organisation and organisation[0],
        level,
        place,
        province,
        meeting and meeting[0],
        session,
        speaker and speaker[0],
        tuple((name, value[1]) for name, value in found.items() if value and value[0]),
    )


@cache
def _tables() -> dict[str, dict[str, list[re.Pattern[str]]]]:
    tables = toml("kinds.toml")
    return {
        column: {value: [re.compile(p) for p in patterns] for value, patterns in values.items()}
        for column, values in tables.items()
    }


def _first(column: str, zones: list[str]) -> tuple[str, str] | None:
    """The first value of a table of kinds.toml that a zone names, and the words."""
    for zone in filter(None, zones):
        for value, patterns in _tables()[column].items():
            for pattern in patterns:
                if found := pattern.search(zone):
                    return value, found.group()
    return None


def _level_and_place(zones: list[str], signed: list[str], text: str) -> tuple[str | None, str | None, str | None, str]:
    """Level, place, province, and the words: of the first body that is named with its place, of the level named first."""
    inner = next((inside for zone in zones[:3] if (inside := _inside(zone))), None)
    level, words = inner or (None, "")
    for zone in filter(None, [*zones, *signed]):
        here = named(zone, title=zone is zones[0])
        nation = _first("level", [_ABOUT.sub("", zone)])
        if nation and level is None and (not here or zone.index(nation[1]) < here[0].start):
            return "national", None, None, nation[1]
        for one in here:
            its_level, place, province = placed(one.parts, text)
            if inner is None and level is None:
                level, words = its_level, one.words
            if place and (inner or level == its_level):
                return level, place, province, one.words
    return (level, None, None, words) if level else _self_reference(text)


def _inside(line: str) -> tuple[str, str] | None:
    """A school or an enterprise that reports, whatever place it lies in."""
    for level, pattern in (("school", _SCHOOL), ("enterprise", _ENTERPRISE)):
        if found := pattern.search(line):
            return level, found["name"]
    return None


def _self_reference(text: str) -> tuple[str | None, str | None, str | None, str]:
    counts = {level: re.findall(pattern, text) for level, pattern in _WE.items()}
    best = max(counts, key=lambda level: len(counts[level]))
    if len(counts[best]) < SELF_REFERENCES:
        best, counts = "province", {"province": re.findall(_PROVINCE, text)}
    if len(counts[best]) < SELF_REFERENCES:
        return None, None, None, ""
    return best, None, None, counts[best][0]


_SESSION = re.compile(
    rf"(?P<term>第?(?:[{MASK}一二三四五六七八九十\d]{{1,4}})届).{{0,24}}?(?P<time>第?(?:[{MASK}一二三四五六七八九十\d]{{1,3}})次)"
)


def _session(zones: list[str]) -> str | None:
    for zone in zones:
        if found := _SESSION.search(zone):
            return found["term"] + found["time"]
    return None


@cache
def _office() -> re.Pattern[str]:
    ends = r"(?=同志|[作做]|在|[)）]|\s*$)(?<!会议)(?<!报告)(?<!办公)"
    return re.compile(rf"(?:{wording('offices')})[\s:：]*(?P<name>{_SPEAKER}){ends}")


def _speaker(head: list[str]) -> tuple[str, str] | None:
    for i, line in enumerate(head):
        if found := _office().search(line):
            return re.sub(r"\s", "", found["name"]), found.group()
        alone = re.search(rf"(?:{wording('offices')})$", line.strip())
        after = head[i + 1] if i + 1 < len(head) else ""
        if alone and re.fullmatch(_SPEAKER, after.strip()):
            return re.sub(r"\s", "", after), f"{line} {after}"
    return None
