"""Who reports: the body, its level, its place, the meeting and the speaker, as the text itself names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus_tools.characters import HAN
from corpus_tools.data import toml, wording
from corpus_tools.describing.openings import above_salutation, first_clause, spoken_for
from corpus_tools.language.gazetteer import Place, places
from corpus_tools.placeholders import CROSSES, STARS

TAIL_LINES = 4
# As often a text must say 我市, 全市 for that to settle the level where nothing names the body.
SELF_REFERENCES = 3

_MASK = f"{CROSSES}{STARS}某"
_SUFFIX = "自治区|特别行政区|自治州|自治县|自治旗|地区|街道|[省市州盟县旗区镇乡]"
# A name ends where the word that makes it one begins, and holds no word that stands before names.
_NAME = rf"(?:(?!代表|关于|召开|委托|以来|全体)[{HAN}{_MASK}])"
_WALL = "在年月日于向受由的和与、我全各本"
_PART = rf"(?:(?![{_WALL}])(?:{_NAME}(?![{_WALL}])){{0,7}}?{_NAME}?(?:{_SUFFIX}))"
_BODY = (
    "科协|科学技术协会|科学技术局|人民政府|政府|人大|人民代表大会|政协|政治协商会议|中级人民法院|人民法院|法院|人民检察院|检察院|总工会|工会|"
    "妇联|妇女联合会|委(?:员会|全会|工作报告|书记)|第.{1,4}[届次]|[XxＸ×*〇一二三四五六七八九十\\d]{1,4}届|代表团|文联|残联|工商联|共青团|团委|纪委|"
    f"20\\d\\d年|工作|国民经济|[省市州县区镇乡旗盟]长|党政|社会|[{HAN}]{{1,12}}?(?:局|厅|办公室|领导小组)"
)
_WE = {
    "province": "[全我]省|全区各族|自治区",
    "city": "[全我]市",
    "county": "[全我]县|[全我]区(?!域)",
    "township": "[全我](?:乡|镇)",
}
_LEVELS = (
    ("province", re.compile("(?:省|自治区|特别行政区)$")),
    ("township", re.compile("(?:镇|乡|街道)$")),
    ("city", re.compile("(?:市|自治州|州|盟|地区)$")),
    ("county", re.compile("(?:县|旗|区)$")),
)
_SCHOOL = re.compile(rf"[{HAN}{_MASK}]{{2,14}}(?:大学|学院|中学|小学|学校|幼儿园)(?!习|生)")
_ENTERPRISE = re.compile(rf"[{HAN}{_MASK}]{{2,20}}(?:公司|集团|总厂)(?!员)")
_SPEAKER = (
    rf"(?:[{HAN}]{{1,6}}(?:[·•．][{HAN}]{{1,6}})+|(?:(?!同志|在|作)[{HAN}]){{2,4}}|[{HAN}]\s+[{HAN}](?:\s*[{HAN}])?"
    rf"|[{_MASK}]{{2,3}}|[{HAN}][{_MASK}]{{1,2}})"
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


class _Named(NamedTuple):
    """A place that a text names before a body: its parts from the largest to the smallest."""

    parts: tuple[str, ...]
    words: str


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
    if national := _first("level", zones):
        return "national", None, None, national[1]
    inner = _inside(zones[0])
    level, words = inner or (None, "")
    for named in (named for zone in filter(None, [*zones, *signed]) for named in _named(zone)):
        found, place, province = _placed(named.parts, text)
        if inner is None and level is None:
            level, words = found, named.words
        if place and (inner or level == found):
            return level, place, province, named.words
    return (level, None, None, words) if level else _self_reference(text)


def _inside(line: str) -> tuple[str, str] | None:
    """A school or an enterprise that reports, whatever place it lies in."""
    for level, pattern in (("school", _SCHOOL), ("enterprise", _ENTERPRISE)):
        if found := pattern.search(line):
            return level, found.group()
    return None


@cache
def _chain() -> re.Pattern[str]:
    return re.compile(rf"(?P<parts>{_PART}+)(?={_BODY})")


@cache
def _short() -> re.Pattern[str]:
    names = sorted({p.short for p in places() if p.short and p.level == "province"}, key=len, reverse=True)
    return re.compile(rf"(?P<parts>{'|'.join(names)})(?=(?:{_BODY}))")


def _named(zone: str) -> Iterator[_Named]:
    for found in _chain().finditer(zone):
        words = found.group("parts")
        parts = re.findall(_PART, words)
        if parts:
            yield _Named(tuple(parts), words)
    for found in _short().finditer(zone):
        yield _Named((found.group("parts"),), found.group("parts"))


def _placed(parts: tuple[str, ...], text: str) -> tuple[str, str | None, str | None]:
    """Level, place and province of the last of ``parts``; a bare 省, 市 or 自治区 names no place."""
    last = parts[-1]
    candidates = _by_name().get(last, ())
    if candidates:
        chosen = _chosen(candidates, parts[:-1], text)
        province = chosen.name if chosen.level == "province" else chosen.province
        level = {"prefecture": "city"}.get(chosen.level, chosen.level)
        return (
            level,
            chosen.name,
            province if len({c.province for c in candidates}) == 1 or _told(chosen, parts, text) else None,
        )
    level = next(level for level, pattern in _LEVELS if pattern.search(last))
    outer = [place for part in parts[:-1] for place in _by_name().get(part, ())]
    province = next((p.name if p.level == "province" else p.province for p in outer), None)
    bare = bool(re.fullmatch(_SUFFIX, last))
    return level, None if bare else last, province


@cache
def _by_name() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in places():
        found.setdefault(place.name, []).append(place)
        if place.short and place.level == "province":
            found.setdefault(place.short, []).append(place)
        if place.short and place.name.endswith(("自治州", "自治县", "自治旗")):
            found.setdefault(place.short + place.name[-1], []).append(place)
    return {name: tuple(rows) for name, rows in found.items()}


def _chosen(candidates: tuple[Place, ...], outer: tuple[str, ...], text: str) -> Place:
    """The place whose prefecture and province the text names before it, or else most often."""
    return max(candidates, key=lambda place: (_named_before(place, outer), _mentions(place, text)))


def _told(chosen: Place, parts: tuple[str, ...], text: str) -> bool:
    return _named_before(chosen, parts[:-1]) or _mentions(chosen, text) > 0


def _named_before(place: Place, outer: tuple[str, ...]) -> bool:
    return any(name in outer for name in (place.province, place.prefecture) if name)


def _mentions(place: Place, text: str) -> int:
    above = [name for name in (place.province, place.prefecture) if name]
    return sum(text.count(name.removesuffix("省").removesuffix("市")) for name in above)


def _self_reference(text: str) -> tuple[str | None, str | None, str | None, str]:
    counts = {level: re.findall(pattern, text) for level, pattern in _WE.items()}
    best = max(counts, key=lambda level: len(counts[level]))
    if len(counts[best]) < SELF_REFERENCES:
        return None, None, None, ""
    return best, None, None, counts[best][0]


_SESSION = re.compile(
    rf"(?P<term>第?(?:[{_MASK}一二三四五六七八九十\d]{{1,4}})届).{{0,24}}?(?P<time>第?(?:[{_MASK}一二三四五六七八九十\d]{{1,3}})次)"
)


def _session(zones: list[str]) -> str | None:
    for zone in zones:
        if found := _SESSION.search(zone):
            return found["term"] + found["time"]
    return None


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('offices')})[\s:：]*(?P<name>{_SPEAKER})(?=同志|[作做]|在|[)）]|\s*$)")


def _speaker(head: list[str]) -> tuple[str, str] | None:
    for i, line in enumerate(head):
        if found := _office().search(line):
            return re.sub(r"\s", "", found["name"]), found.group()
        alone = re.search(rf"(?:{wording('offices')})$", line.strip())
        after = head[i + 1] if i + 1 < len(head) else ""
        if alone and re.fullmatch(_SPEAKER, after.strip()):
            return re.sub(r"\s", "", after), f"{line} {after}"
    return None
