"""The years of standing formulae: which loose variant has a year of its own, and that no real report is older than one."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from ahocorasick_rs import AhoCorasick, MatchKind

from corpus_tools.language.lexicon import matched, slogans
from corpus_tools.language.script import simplify
from corpus_tools.reading import read_bytes

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
SAME = ("state_council", "provincial", "local")  # the other folders hold the same reports


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


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the real reports beside a developer's checkout are missing")
def test_no_formula_stands_in_a_report_before_its_year() -> None:
    forms = [(form, slogan) for slogan in slogans() for form in slogan.forms]
    automaton = AhoCorasick([form for form, _ in forms], matchkind=MatchKind.LeftmostLongest)
    early = set()
    for year, file in _dated():
        text = matched(simplify(read_bytes(file.read_bytes(), file.name).text))
        for which in {hit[0] for hit in automaton.find_matches_as_indexes(text)}:
            form, slogan = forms[which]
            if slogan.year and slogan.confidence != "low" and year < slogan.year:
                early.add((year, form, slogan.year))
    assert early == set()


def _dated() -> list[tuple[int, Path]]:
    with (SHARED / "MANIFEST.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        (int(row["year"]), SHARED / row["file"])
        for row in rows
        if row["kind"] in SAME and re.fullmatch(r"\d{4}", row["year"])
    ]
