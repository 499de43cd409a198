"""The years of standing formulae: which loose variant has a year of its own, and that no real report is older than one."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from ahocorasick_rs import AhoCorasick, MatchKind

from corpus_tools.language.lexicon import matched
from corpus_tools.language.script import simplify
from corpus_tools.language.slogans import Slogan, slogans
from corpus_tools.reading import read_bytes

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
# When the congresses met whose reports the list leaves without a year.
CONGRESSES = {7: 1945, 9: 1969, 10: 1973, 11: 1977, 12: 1982, 14: 1992, 15: 1997, 17: 2007, 18: 2012, 20: 2022}
SAME = ("state_council", "provincial", "local")  # the other folders hold the same reports
NEAR = 100  # characters on each side in which a word may tell which reading is meant


@pytest.mark.parametrize(
    ("form", "year"),
    [
        ("社会主义教育运动", 1957),
        ("四清", 1963),
        ("从严治党", 1985),
        ("全面从严治党", 2014),
        ("建设有中国特色社会主义理论", 1992),
        ("稳中求进", 1996),
        ("稳中求进工作总基调", 2011),
        ("自贸区", 2002),
        ("自贸试验区", 2013),
        ("军民融合", 2007),
        ("营商环境", 2013),
        ("党是领导一切的", 1962),
        ("群防群控", 2003),
        ("两新一重", 2020),
        ("创新发展理念", None),
    ],
)
def test_a_loose_variant_has_a_year_of_its_own(form: str, year: int | None) -> None:
    (slogan,) = (s for s in slogans() if form in s.forms)
    assert slogan.year == year


@pytest.mark.parametrize(
    ("form", "years"),
    [
        ("两个确保", [1998, 2021]),
        ("社会主义新农村", [1960, 2005]),
        ("五个统筹", [2003, 2024]),
        ("两个大局", [1988, 2019]),
        ("三个面向", [1983, 2016]),
        ("三步走", [1987, 1997]),
    ],
)
def test_each_reading_of_a_wording_has_a_year_of_its_own(form: str, years: list[int]) -> None:
    assert sorted(s.year or 0 for s in slogans() if form in s.forms) == years


def test_every_row_says_how_its_year_is_known() -> None:
    assert [s.slogan for s in slogans() if not s.source] == []


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the real reports beside a developer's checkout are missing")
def test_no_formula_stands_in_a_report_before_its_year() -> None:
    owners: dict[str, list[Slogan]] = {}
    for slogan in slogans():
        for form in slogan.forms:
            owners.setdefault(form, []).append(slogan)
    forms = list(owners)
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
    early = set()
    for year, place, file in _dated():
        text = matched(simplify(read_bytes(file.read_bytes(), file.name).text))
        for which, start, end in automaton.find_matches_as_indexes(text):
            readings = [s for s in owners[forms[which]] if _may_be(s, text, start, end, year, place)]
            # Where two readings may be meant it is not the younger one that is too early.
            if readings and all(s.year and s.confidence != "low" and year < s.year for s in readings):
                early.add((year, forms[which], min(s.year or 0 for s in readings)))
    assert early == set()


def _may_be(slogan: Slogan, text: str, start: int, end: int, year: int, place: str) -> bool:
    first, last = slogan.years
    around = text[max(0, start - NEAR) : end + NEAR]
    return (
        (first or 0) <= year <= (last or year)
        and (not slogan.places or any(name in place for name in slogan.places))
        and (not slogan.near or any(word in around for word in slogan.near))
        and not text[:start].endswith(slogan.not_after)
        and not text[end:].startswith(slogan.not_before)
    )


def _dated() -> list[tuple[int, str, Path]]:
    with (SHARED / "MANIFEST.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    reports = [
        (int(row["year"]), row["region"], SHARED / row["file"])
        for row in rows
        if row["kind"] in SAME and re.fullmatch(r"\d{4}", row["year"])
    ]
    return reports + [(year, "", SHARED / f"cpc_congress/{n:02}_1.txt") for n, year in CONGRESSES.items()]
