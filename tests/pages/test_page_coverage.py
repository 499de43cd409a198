"""What the page says of coverage: years, places, bases, duplicates, flags."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import small_corpus

from corpus_tools.corpus.corpus import load
from corpus_tools.describing.flags import known_flags
from corpus_tools.pages import page
from corpus_tools.pages.sections import coverage


def made(tmp_path, rows):
    return small_corpus.make(tmp_path / "c", [{"words": "渔业"} | row for row in rows])


def test_years_are_stacked_by_what_is_known_best(tmp_path):
    rows = [
        {"year": 2018, "level": "city", "kind": "plan"},
        {"year": 2018, "level": "city"},
        {"year": 2021, "level": "county"},
        {"year": 2021},
        {"year": None, "level": "city"},
    ]
    meanings = {"level": {"city": "市级", "unknown": "未知"}, "kind": {"city": "城市"}}
    years = coverage.part(made(tmp_path, rows), meanings=meanings)["years"]
    assert years["column"] == "level"
    assert years["legend"] == [("市级", 0, 2), ("county", 1, 1), ("未知", 7, 1)]
    assert years["rows"] == {2018: [2, 0, 0], 2021: [0, 1, 1]}
    assert years["empty"] == 2


def test_levels_beyond_the_colours_are_summed(tmp_path):
    rows = [{"year": 2018, "level": f"level{n}"} for n in range(9) for _ in range(9 - n)]
    years = coverage.part(made(tmp_path, rows), meanings={})["years"]
    assert years["legend"][-1] == ("others", 6, 3 + 2 + 1)
    assert [n for _, _, n in years["legend"][:-1]] == [9, 8, 7, 6, 5, 4]


def test_places_by_year_show_gaps_and_sum_the_rest(tmp_path):
    rows = [{"year": 2018, "place": "云川县"}] * 3 + [
        {"year": 2020, "place": "云川县"},
        {"year": 2020, "place": "栖霄市"},
    ]
    rows += [{"year": 2018 + n % 3, "place": f"{n:02d}区"} for n in range(20)]
    rows += [{"year": 2019, "level": "national"}] * 2 + [{"year": 2019}, {"year": None, "place": "云川县"}]
    part = coverage.part(made(tmp_path, rows), meanings={})
    places, table = part["places"], part["tables"][-1]
    assert places["periods"] == ["2018", "2019", "2020"]
    assert places["rows"][0] == ("云川县", 4, [(3, 8), (0, 0), (1, 3)])  # shades: 8 · 3/3, 8 · 1/3 rounded up
    assert [name for name, *_ in places["rows"]][-2:] == ["others", "unknown"]
    assert places["others"] == 23 - coverage.PLACES  # 20 districts, the county, the city, the nation
    assert sum(n for _, n, _ in places["rows"]) == places["n"] == 28
    assert places["total"] == [3 + 7, 7 + 3, 2 + 6]
    assert places["rows"][1] == ("national", 2, [(0, 0), (2, 6), (0, 0)])
    assert (table["rows"][1], table["rows"][-1]) == (("national", 2), (None, 1))


def test_a_century_is_cut_into_periods(tmp_path):
    places = coverage.part(made(tmp_path, [{"year": 1923}, {"year": 2026}]), meanings={})["places"]
    assert places["periods"][0] == "1920–29"
    assert places["periods"][-1] == "2020–29"
    assert len(places["periods"]) == 11


@pytest.mark.parametrize(
    ("first", "last", "columns"), [(2000, 2025, 26), (2000, 2026, 14), (1954, 2026, 16), (1900, 2029, 13)]
)
def test_periods_are_as_short_as_the_page_allows(tmp_path, first, last, columns):
    places = coverage.part(made(tmp_path, [{"year": first}, {"year": last}]), meanings={})["places"]
    assert len(places["periods"]) == columns


def test_a_corpus_without_years_has_no_tables_of_years(tmp_path):
    part = coverage.part(made(tmp_path, [{}]), meanings={})
    assert part["years"] is None
    assert part["places"] is None


def test_duplicates_are_counted_once_and_said(tmp_path):
    rows = [
        {"doc_id": "a"},
        {"doc_id": "b", "duplicate_of": "a"},
        {"doc_id": "c"},
        {"doc_id": "e", "duplicate_of": "d"},
    ]
    corpus = made(tmp_path, rows)  # d is not in the folder: what repeats it is no duplicate of what is shown
    expected = {"all": 4, "n": 1, "rows": {"unknown": 1}, "counted": 0}
    assert coverage.part(corpus, meanings={})["copies"] == expected
    every = load(tmp_path / "c", duplicates=True)
    expected = {"all": 4, "n": 0, "rows": {}, "counted": 1}
    assert coverage.part(every, meanings={})["copies"] == expected


def test_flags_have_their_meaning_and_their_share(tmp_path):
    corpus = made(tmp_path, [{}, {}, {}])
    corpus.documents["flags"] = [["masked", "spun"], ["masked"], []]
    part = coverage.part(corpus, meanings={})["flags"]
    meanings = known_flags()
    assert part["rows"] == [("masked", 2, meanings["masked"].meaning), ("spun", 1, meanings["spun"].meaning)]
    assert (part["n"], part["none"]) == (3, 1)


def test_every_code_that_a_page_can_show_has_words():
    zh = page.words("zh")
    assert zh["flag_kinds"].keys() == known_flags().keys()
    docs = Path(page.__file__).parents[2] / "docs"
    kinds = re.search(r"\| kind \| what(.*?)\n\n", (docs / "edits.md").read_text("utf-8"), re.DOTALL)[1]
    assert zh["edit_kinds"].keys() == set(re.findall(r"(?m)^\| (\w+) \|", kinds))
    bases = re.search(r"\| basis \| where(.*?)\n\n", (docs / "describing.md").read_text("utf-8"), re.DOTALL)[1]
    assert zh["bases"].keys() == {
        name for row in re.findall(r"(?m)^\| ([a-z_, ]+) \|", bases) for name in row.split(", ")
    }
