"""The year of a report: the year it was delivered or adopted, read off the text, with where that came from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from corpus_tools.describing.openings import above_salutation, first_clause
from corpus_tools.describing.sessions import session
from corpus_tools.placeholders import CROSSES, MASKED_YEAR, STARS

_NUMERALS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})日"
_YEAR = r"((?:19[2-9]|20[0-4])\d)年"

_MEETING = "(?:会议?|大会|全会|扩大会议)"
# In brackets or behind a dash, or with the words that say so: 在…会议上, …大会通过. A sentence with a date and a meeting is none.
DELIVERED = re.compile(
    rf"[(（—\-－\s]*{_YEAR}{_MONTH}(?:{_DAY})?[^。；]{{0,20}}?(?:在|于)[^。；]{{0,40}}{_MEETING}"
    r"(?:上|第?.{0,12}(?:通过|批准))[^。；]{0,30}。?"
    rf"|[(（—\-－]+\s*{_YEAR}{_MONTH}(?:{_DAY})?[^。；]{{0,46}}{_MEETING}[^。；]{{0,24}}"
)
DATE_LINE = re.compile(rf"[(（—\-－\s]*{_YEAR}{_MONTH}(?:{_DAY})?[)）\s]*")
ADOPTED = re.compile(rf"[(（]{_YEAR}{_MONTH}{_DAY}[^)）]{{0,60}}(?:通过|批准)[)）]")
# 到2025年, 2035年远景目标 and 2021年至2025年 are no year of a report; of a span that is reviewed the last one is.
_GOES_ON = r"(?!远景|\s?[—－–~～至到-])"
_PLAN_HEADING = re.compile(
    rf"(?<![到至])(?<!\d[—－–~～-])(?<!\d年[—－–~～-]){_YEAR}{_GOES_ON}[^，。；\n]{{0,20}}(?:建议|任务|安排|打算|部署|思路|要点|计划|目标|重点)"
)
_REVIEW_HEADING = re.compile(rf"{_YEAR}{_GOES_ON}[^，。；\n]{{0,20}}(?:回顾|总结|情况|成效)")
WORK_HEADING = re.compile(rf"{_YEAR}(?:度|全[年省市县区])?[^，。；\n]{{0,8}}(?:主要工作|重点工作|工作)$")
_SPAN = re.compile(rf"((?:19[2-9]|20[0-4])\d)年?\s?[—－–~～至到-]+\s?{_YEAR}.*(?:规划|计划|方案|纲要)")
_TURN = re.compile(rf"{_YEAR}[,，]?是[^。]{{2,60}}(?:之年|一年|开局年|起步年|关键年|攻坚年|收官年)")
# What is said of a year when it is over.
_OVER = re.compile(rf"{_YEAR}[,，]?是[^。，；]{{2,40}}(?:不平凡|不寻常|极为重要|极其重要|难忘|载入史册)的一年")
_NEXT = re.compile(rf"(?:回顾|总结)(?:了)?{_YEAR}(?:度)?(?:的)?(?:主要)?工作[^。]{{0,12}}?(?:今年|部署|安排|对)")
_SPOKEN_YEAR = re.compile(
    r"[〇○零一二三四五六七八九０-９](?:(?<=[０-９])[０-９]*|(?<!\d.)[〇○零一二三四五六七八九０-９]{3}(?=年))"
)

# The body that signs stands alone on the line above the date.
SIGNATURE = re.compile(r"^[^，。；：、]{2,24}(?:协会|科协|政府|委员会|办公室|[局厅会院])$")

HEAD_LINES, TAIL_LINES = 12, 6

# Parts of a year that a title names: what is reviewed comes first (上半年工作总结及下半年工作计划).
_PERIODS = {
    "H1": "上半年",
    "H2": "下半年",
    "Q1-Q3": "前三季度",
    "Q1": "(?<!前)第?[一1]季度",
    "Q2": "第?[二2]季度",
    "Q3": "(?<!前)第?[三3]季度",
    "Q4": "第?[四4]季度",
}


class Year(NamedTuple):
    """``year`` or None, and ``basis``: delivered, adopted, title, signed, session, plan, review, text or file_name."""

    year: int | None
    basis: str | None


def report_year(text: str, title: str | None, *, headings: tuple[str, ...] = (), file_name: str = "") -> Year:
    """Find the year a report was delivered or adopted; for plans and half-year summaries the year they are about.

    ``text`` is clean text, ``headings`` those of its sections. Bases are tried in the order of :class:`Year`; the file's
    name comes last and only where it holds exactly one year. Unknown is (None, None), never a guess.
    """
    head = [arabic(line) for line in text.split("\n", HEAD_LINES)[:HEAD_LINES]]
    tail = [arabic(line) for line in text.rsplit("\n", TAIL_LINES)[-TAIL_LINES:]]
    name = arabic(title or "")
    found = _delivered(head) or _in_title(name) or _signed(tail) or _in_session(text, title) or _in_headings(headings)
    if found is None:
        found = _in_text(arabic(text))
    if found is None and not MASKED_YEAR.search(name):
        years = set(re.findall(r"(?<!\d)((?:19[2-9]|20[0-4])\d)(?!\d)", file_name))
        found = Year(int(years.pop()), "file_name") if len(years) == 1 else None
    return found or Year(None, None)


def years_of_title(title: str | None) -> tuple[int | None, int | None]:
    """The year that a title sums up, and the one that it plans: 2019年工作总结及2020年工作计划."""
    summed_up, planned = (
        re.search(rf"{_YEAR}(?:[^，。；年]|(?<=半)年){{0,16}}?(?:{words})", arabic(title or ""))
        for words in ("总结", "计划|要点|安排|思路")
    )
    return int(summed_up[1]) if summed_up else None, int(planned[1]) if planned else None


def period(title: str | None) -> str | None:
    """The part of a year that a title says the report is about (H1, H2, Q1 to Q4, Q1-Q3), None for a whole year."""
    found = {name: m.start() for name, pattern in _PERIODS.items() if (m := re.search(pattern, title or ""))}
    return min(found, key=lambda name: found[name]) if found else None


@lru_cache(maxsize=4)  # the year and the dates of one text ask one after the other
def arabic(text: str) -> str:
    """Write years in Chinese or full-width figures (二〇一三年) in ASCII figures, letter for letter."""
    return _SPOKEN_YEAR.sub(lambda m: m.group().translate(_NUMERALS), text)


_HIDDEN_YEAR = re.compile(rf"[{CROSSES}{STARS}]{{2,4}}\s?年(?![级龄])")


def masked_year(text: str) -> bool:
    """Say whether a year is masked in the text (201*年, 20XX年, XX年)."""
    return bool(MASKED_YEAR.search(text) or _HIDDEN_YEAR.search(text))


def _delivered(head: list[str]) -> Year | None:
    above = ""
    for line in head:
        adopted = ADOPTED.search(line) if len(line) < 120 else None
        if adopted:
            return Year(int(adopted.group(1)), "adopted")
        found = len(line) < 100 and (DELIVERED.fullmatch(line) or DATE_LINE.fullmatch(line))
        if found:
            return Year(int(found.group(found.lastindex or 1)), "signed" if SIGNATURE.search(above) else "delivered")
        above = line
    return None


def _in_title(title: str) -> Year | None:
    span = _SPAN.search(title)
    if span:  # a plan for several years is made for the first of them
        return Year(int(span.group(1)), "title")
    years = [int(y) for y in re.findall(rf"{_YEAR}(?!远景|前)", title)] or [
        int(y) for y in re.findall(r"(?<!\d)((?:19[2-9]|20[0-4])\d)(?:年?度)", title)
    ]
    return Year(max(years), "title") if years else None


def _signed(tail: list[str]) -> Year | None:
    for line in reversed(tail):
        found = DATE_LINE.fullmatch(line)
        if found:
            return Year(int(found.group(1)), "signed")
    return None


def _in_session(text: str, title: str | None) -> Year | None:
    """The year of the national congress that the title, the lines above the salutation or the first clause name."""
    found = session("\n".join([title or "", *above_salutation(text), first_clause(text)]))
    return Year(found.year, "session") if found else None


def _in_headings(headings: Iterable[str]) -> Year | None:
    """The planned year, or else the reviewed one plus one."""
    reviewed, planned = reviewed_and_planned(headings)
    if planned and (reviewed is None or planned > reviewed):
        return Year(planned, "plan")
    return Year(reviewed + 1, "review") if reviewed else None


def reviewed_and_planned(headings: Iterable[str]) -> tuple[int | None, int | None]:
    """The last year that headings look back upon, and the last that they plan.

    2022年主要工作 alone says neither; after 2021年工作回顾 it plans.
    """
    headings = [arabic(heading) for heading in headings]
    plans = [int(m.group(1)) for h in headings if (m := _PLAN_HEADING.search(h)) and not _REVIEW_HEADING.search(h)]
    reviews = [int(m.group(1)) for h in headings if (m := _REVIEW_HEADING.search(h))]
    named = {int(m.group(1)) for h in headings if (m := WORK_HEADING.search(h))}
    plans += [year for year in named if year - 1 in named or year - 1 in reviews]
    return max(reviews, default=None), max(plans, default=None)


def _in_text(text: str) -> Year | None:
    over = {int(y) for y in _OVER.findall(text)}
    turns = {int(y) for y in _TURN.findall(text)} - over | {int(y) + 1 for y in (*over, *_NEXT.findall(text))}
    return Year(turns.pop(), "text") if len(turns) == 1 else None
