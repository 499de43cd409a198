"""Places that a line names before a body: those of data/places.csv, and names that are in no list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from corpus_tools.characters import HAN
from corpus_tools.language.gazetteer import Place, places
from corpus_tools.placeholders import CROSSES, STARS

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

MASK = f"{CROSSES}{STARS}某"
_SUFFIX = "自治区|特别行政区|自治州|自治县|自治旗|地区|街道|[省市州盟县旗区镇乡]"
# A name that is in no list ends with the word that makes it one, has two letters before it or masks, begins where a clause
# does or behind one of these, and holds none of them.
_WALL = "在年月日于向受由的和与、我全各本"
_BODY_ENDS = "协共党团"  # 政协和县委员会, 中共和县委
_NAME = rf"(?:(?![{_WALL}]|代表|关于|召开|委托|以来|全体)[{HAN}{MASK}])"
_UNKNOWN = re.compile(rf"(?:{_NAME}{{2,8}}?|[{MASK}]|(?<![{HAN}]))(?:{_SUFFIX})")
_BARE = re.compile(_SUFFIX)
# Bodies that stand before the name of their place, and numbers: no part of a name.
_NO_NAME = re.compile(rf"中国共产党|政协|中共|共青团|第.{{1,4}}[届次号师]|[{HAN}]{{0,6}}兵团")
_BODY = re.compile(
    "科协|科学技术|人民政府|政府|人大|人民代表大会|政协|政治协商会议|(?:高级|中级)?人民法院|法院|(?:人民)?检察院|总工会|工会|妇联|妇女联合会|"
    "委(?:员会|全会|工作报告|书记|常委会)|第.{1,4}[届次]|[XxＸ×*〇一二三四五六七八九十\\d]{1,4}[届次]|代表团|文联|残联|工商联|共青团|团委|纪委|20\\d\\d年|工作|国民经济|"
    f"[省市州县区镇乡旗盟]长|党政|党代会|社会|[{HAN}]{{1,12}}?(?:局|厅|办公室|领导小组|管委会|管理委员会)|(?:关于|在)"
)
_TITLE_START = re.compile(r"(?:(?:19|20)\d\d年度?|关于|在)?")
_LEVELS = (
    ("province", re.compile("(?:省|自治区|特别行政区)$")),
    ("township", re.compile("(?:镇|乡|街道)$")),
    ("city", re.compile("(?:市|自治州|州|盟|地区)$")),
    ("county", re.compile("(?:县|旗|区)$")),
)


class Named(NamedTuple):
    """A place that a line names, its parts from the largest to the smallest, and where its words begin."""

    start: int
    parts: tuple[str, ...]
    words: str


def named(line: str, *, title: bool = False) -> list[Named]:
    """The places that stand before a body in ``line``, in order; at the beginning of a ``title`` a known one needs no body."""
    known = list(_known(line, title=title))
    taken = {at for found in known for at in range(found.start, found.start + len(found.words))}
    hidden = _NO_NAME.sub(lambda m: "，" * len(m.group()), line)
    unknown = [found for found in _unknown(hidden, 0) if found.start not in taken and _BODY.match(line, _end(found))]
    return sorted([*known, *unknown], key=lambda found: (found.start, -len(found.words)))


def _end(found: Named) -> int:
    return found.start + len(found.words)


def _known(line: str, *, title: bool) -> Iterator[Named]:
    begun: Named | None = None
    first = _TITLE_START.match(line)
    opening = first.end() if title and first else -1
    for start, end in _places_in(line):
        name = line[start:end]
        begun = (
            Named(begun.start, (*begun.parts, name), line[begun.start : end])
            if begun and _end(begun) == start
            else Named(start, (name,), name)
        )
        if _BODY.match(line, end) or (begun.start == opening and name not in _short_names()):
            yield begun
        else:
            yield from (
                Named(begun.start, (*begun.parts, *below.parts), begun.words + below.words)
                for below in _unknown(line, end)
                if below.start == end and _BODY.match(line, _end(below))
            )


def _unknown(line: str, at: int) -> Iterator[Named]:
    for found in _UNKNOWN.finditer(line, at):
        yield Named(found.start(), (found.group(),), found.group())


def _places_in(line: str) -> list[tuple[int, int]]:
    """Known names: one of two letters only where a name can begin, a short one (新疆) only before a body."""
    found = [(start, end) for _, start, end in _automaton().find_matches_as_indexes(line)]
    ends = {end for _, end in found}
    kept = []
    for start, end in found:
        name, before = line[start:end], line[start - 1 : start]
        if name in _short_names():
            keep = bool(_BODY.match(line, end))
        else:
            keep = len(name) > 2 or start in ends or not re.match(f"[{HAN}]", before) or before in _WALL + _BODY_ENDS
        if keep:
            kept.append((start, end))
    return kept


def placed(parts: tuple[str, ...], text: str) -> tuple[str, str | None, str | None]:
    """Level, place and province of the last of ``parts``; a bare 省, 市 or 自治区 names no place."""
    last = parts[-1]
    candidates = _by_name().get(last, ())
    if candidates:
        chosen = max(candidates, key=lambda place: (_named_before(place, parts[:-1]), _mentions(place, text)))
        told = _named_before(chosen, parts[:-1]) or _mentions(chosen, text) > 0
        one = len({c.province for c in candidates}) == 1
        province = chosen.name if chosen.level == "province" else chosen.province
        return {"prefecture": "city"}.get(chosen.level, chosen.level), chosen.name, province if one or told else None
    level = next(level for level, pattern in _LEVELS if pattern.search(last))
    outer = [place for part in parts[:-1] for place in _by_name().get(part, ())]
    province = next((p.name if p.level == "province" else p.province for p in outer), None)
    return level, None if _BARE.fullmatch(last) else last, province


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


@cache
def _short_names() -> frozenset[str]:
    return frozenset(p.short for p in places() if p.short and p.level == "province")


@cache
def _automaton() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(list(_by_name()), matchkind=MatchKind.LeftmostLongest)


def _named_before(place: Place, outer: tuple[str, ...]) -> bool:
    return any(name in outer for name in (place.province, place.prefecture) if name)


def _mentions(place: Place, text: str) -> int:
    above = [name for name in (place.province, place.prefecture) if name]
    return sum(text.count(name.removesuffix("省").removesuffix("市")) for name in above)
