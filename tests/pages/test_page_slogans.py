"""The slogans of the page: numbers that are those of the analyses, a map, and data that hold what its script shows."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
import small_corpus
from bs4 import BeautifulSoup
from test_report_page import HANDLER, NASTY, page_of

import corpus_tools as ct
from corpus_tools.analysis.slogans.lexicon import lexicon
from corpus_tools.language.slogans import CATEGORIES
from corpus_tools.pages import inline, shell
from corpus_tools.pages.sections import keywords, slogan_map, slogans
from corpus_tools.pages.sections.shown import rate_text


@pytest.fixture
def corpus(tmp_path):
    """Of 2019 three documents of 10, 10 and 20 Han characters, of 2022 one of 10, one of 15 of no known year."""
    documents = [
        {"words": "高质量发展 推动 渔业 好", "year": 2019},
        {"words": "渔业 渔业 渔业 渔业 苗圃", "year": 2019},
        {"words": "乡村振兴 高质量发展 高质量发展 抓好 渔业 渔 港", "year": 2019},
        {"words": "乡村振兴 渔业 苗圃 渔港", "year": 2022},
        {"words": "乡村振兴 新质生产力 渔业 渔业 渔港", "year": None},
    ]
    corpus = small_corpus.make(tmp_path / "c", documents)
    assert corpus.documents["n_han"].tolist() == [10, 10, 20, 10, 15]
    return corpus


def said(data):
    """The data of the page by slogan and year."""
    return {(entry[0], data["years"][cell[0]][0]): tuple(cell[1:6]) for entry in data["slogans"] for cell in entry[9]}


def test_numbers_are_those_counted_by_hand(corpus):
    data = slogans.part(corpus, lang="zh")["data"]
    assert [year[:2] for year in data["years"]] == [(2019, 3), (2022, 1)]
    found = said(data)
    # 3 of 40 characters, and 1 of 40, in ten thousand; a year with a single document has no interval.
    assert found["高质量发展", 2019][:3] == (3, 2, "750.00")
    assert found["乡村振兴", 2019][:3] == (1, 1, "250.00")
    assert found["乡村振兴", 2022] == (1, 1, "1000.00", None, None)
    assert ("新质生产力", 2022) not in found
    names = [entry[0] for entry in data["slogans"]]
    assert names == ["乡村振兴", "高质量发展", "新质生产力"]  # 3, 3 and 1 times
    entries = {entry[0]: entry for entry in data["slogans"]}
    # count, count of all, documents, rate: of 65 characters; first year here.
    assert entries["乡村振兴"][4:9] == (3, 3, 3, "461.54", 2019)
    assert entries["新质生产力"][4:9] == (1, 1, 1, "153.85", None)
    assert [sample[3] for sample in entries["新质生产力"][10]] == ["新质生产力"]
    assert data["n"] == 5


def test_numbers_are_those_of_count_and_rate_to_the_digit(tmp_path):
    words = ["高质量发展 渔业", "乡村振兴 高质量发展", "渔业 渔业 乡村振兴 乡村振兴", "四个全面 渔业", "改革开放"]
    documents = [{"words": " ".join(words[i % n] for n in (2, 3, 5)), "year": 2015 + i % 4} for i in range(24)]
    corpus = small_corpus.make(tmp_path / "c", documents)
    data = slogans.part(corpus, lang="en")["data"]
    counted = ct.slogans.count(corpus, by="year")
    rates = ct.trends.rate(corpus, sorted(counted["slogan"].unique()))
    found = said(data)
    assert len(found) == (counted["count"] > 0).sum() > 8
    for frame, name, rate, low, high in (
        (counted, "slogan", "per_10k", "per_10k_low", "per_10k_high"),
        (rates, "term", "rate", "low", "high"),
    ):
        for row in frame.to_dict("records"):
            numbers = tuple(rate_text(row[column]) for column in (rate, low, high))
            if row["count"]:
                assert found[row[name], row["year"]] == (row["count"], row["documents"], *numbers)
            else:
                _, n, bound = next(year for year in data["years"] if year[0] == row["year"])
                assert (n, "0.00", "0.00", bound) == (row["n"], *numbers)


def test_what_has_no_room_is_left_out_from_the_rarest_on_and_said(tmp_path, monkeypatch):
    names = ["高质量发展", "乡村振兴", "新质生产力", "改革开放"]
    documents = [
        {"words": " ".join(names[: 1 + (i + n) % 4] * 2), "year": 2015 + i} for i in range(6) for n in range(4)
    ]
    corpus = small_corpus.make(tmp_path / "c", documents)
    full = slogans.part(corpus, lang="zh")
    monkeypatch.setattr(slogans, "NUMBERS", inline.size([entry[:9] for entry in full["data"]["slogans"]]) // 2 + 300)
    monkeypatch.setattr(slogans, "ROOM", slogans.NUMBERS + 500)
    less = slogans.part(corpus, lang="zh")
    assert (full["all"], full["listed"], less["all"]) == (4, 4, 4)
    assert 0 < less["listed"] < 4
    numbers = [(*entry[:9], *(cell[:6] for cell in entry[9])) for entry in full["data"]["slogans"]]
    assert [(*entry[:9], *(cell[:6] for cell in entry[9])) for entry in less["data"]["slogans"]] == numbers[
        : less["listed"]
    ]
    assert inline.size([less["data"]["slogans"], less["data"]["documents"]]) <= slogans.ROOM
    assert f"另有 {4 - less['listed']} 个更少见的提法" in page_of(corpus, tmp_path)


def test_the_bound_of_a_rate_of_none_is_the_same_for_all_slogans(tmp_path):
    documents = [{"words": f"高质量发展 乡村振兴 {'渔业 ' * i}苗圃", "year": 2019} for i in range(9)]
    documents += [{"words": f"{'苗圃 ' * i}渔业", "year": 2020} for i in range(7)]
    counted = ct.slogans.count(small_corpus.make(tmp_path / "c", documents), by="year").query("count == 0")
    assert len(counted) == 2
    assert counted["per_10k_high"].nunique() == 1


@pytest.mark.parametrize(
    ("rate", "shown"),
    [(0, "0.00"), (12.345, "12.35"), (0.1, "0.10"), (0.0123, "0.012"), (0.00056, "0.00056"), (float("nan"), None)],
)
def test_rates_have_two_decimals_and_small_ones_two_figures(rate, shown):
    assert rate_text(rate) == shown


def test_the_picture_is_drawn_from_the_rates_of_trends(corpus, monkeypatch):
    drawn = []
    monkeypatch.setattr(slogans.figures, "trend", lambda frame, *, lang: drawn.append(frame))
    slogans.part(corpus, lang="zh")
    leading = ["乡村振兴", "高质量发展", "新质生产力"]
    columns = ["term", "year", "rate", "low", "high", "count", "documents", "n"]
    rates = ct.trends.rate(corpus, leading).sort_values(["term", "year"], ignore_index=True)[columns]
    assert list(dict.fromkeys(drawn[0]["term"])) == leading
    pd.testing.assert_frame_equal(
        drawn[0].sort_values(["term", "year"], ignore_index=True)[columns], rates, check_dtype=False
    )


def frame(rates):
    """Rates of terms by year, as the section has them."""
    return pd.DataFrame(
        [{"term": term, "year": year, "rate": rate} for term, of in rates.items() for year, rate in of.items()]
    )


def test_rows_of_the_map_go_by_mean_year_and_shades_by_the_root_of_the_rate():
    yearly = frame({"late": {2010: 0.0, 2013: 16.0}, "early": {2010: 4.0, 2013: 1.0}, "none": {2010: 0.0, 2013: 0.1}})
    made = slogan_map.part(yearly, ["late", "early", "none"])
    # Mean years: 2013; (4 · 2010 + 2013) / 5 = 2010.6; 2013, and of equal ones the more frequent first.
    assert [(number, name) for number, name, _ in made["rows"]] == [(1, "early"), (0, "late"), (2, "none")]
    assert made["columns"] == [(2010, 2010), (2011, 2011), (2012, 2012), (2013, 2013)]
    (_, _, early), (_, _, late), (_, _, few) = made["rows"]
    # 8 · √(4 / 16) = 4 and 8 · √(1 / 16) = 2; what is said at all has a shade: 8 · √(.1 / 16) = .63.
    assert early == [(0, "4.00", 4), None, None, (1, "1.00", 2)]
    assert late == [(0, "0.00", 0), None, None, (1, "16.00", 8)]
    assert [cell and cell.shade for cell in few] == [0, None, None, 1]
    assert made["bounds"] == ["0.00", "0.25", "1.00", "2.25", "4.00", "6.25", "9.00", "12.25", "16.00"]


def test_years_without_a_character_that_counts_have_no_rate_and_are_left_out(tmp_path):
    documents = [
        {"words": words, "year": year} for words, year in (("高质量发展", 2019), ("ABC", 2020), ("渔业", 2021))
    ]
    part = slogans.part(small_corpus.make(tmp_path / "c", documents), lang="zh")
    assert [year for year, *_ in part["data"]["years"]] == [2019, 2021]
    (row,) = part["map"]["rows"]
    assert row == (0, "高质量发展", [(0, "2000.00", 8), None, (1, "0.00", 0)])


def test_what_has_no_rate_has_no_shade():
    yearly = frame({"a": {2010: float("nan"), 2011: 1.0}, "b": {2010: float("nan"), 2011: 0.0}})
    shades = {name: [cell.shade for cell in cells] for _, name, cells in slogan_map.part(yearly, ["a", "b"])["rows"]}
    assert shades == {"a": [0, 8], "b": [0, 0]}
    none = slogan_map.part(frame({"a": {2010: 0.0, 2011: 0.0}}), ["a"])
    assert [cell.shade for _, _, cells in none["rows"] for cell in cells] == [0, 0]


def test_long_runs_of_years_without_documents_are_one_column():
    made = slogan_map.part(frame({"a": {1950: 1.0, 1954: 1.0, 1959: 2.0}}), ["a"])
    assert made["columns"] == [*((year, year) for year in range(1950, 1955)), (1955, 1958), (1959, 1959)]
    assert [cell is None for cell in made["rows"][0][2]] == [False, True, True, True, False, True, False]


def test_the_map_holds_the_most_frequent_slogans_alone():
    made = slogan_map.part(frame({f"s{n}": {2019: 1.0, 2020: 1.0} for n in range(60)}), [f"s{n}" for n in range(60)])
    assert {name for _, name, _ in made["rows"]} == {f"s{n}" for n in range(slogan_map.MAPPED)}


def blocks(page):
    soup = BeautifulSoup(page, "html.parser")
    return soup, {block["id"]: json.loads(block.string) for block in soup.find_all("script", type="application/json")}


def test_the_page_has_numbers_and_a_map_without_script_and_data_with_it(corpus, tmp_path):
    soup, data = blocks(page_of(corpus, tmp_path))
    rows = [[cell.get_text(strip=True) for cell in row(["th", "td"])] for row in soup.select("#slogans-table tbody tr")]
    assert rows[0][0] == "乡村振兴"
    assert rows[0][2:6] == ["3", "3", "3 / 5", "461.54"]
    cells = soup.select("#slogans-map tbody tr")[0].select("td")
    assert [cell.button["title"] if cell.button else cell.get("class") for cell in cells] == [
        "2019: 750.00", ["gap"], ["gap"], None
    ]  # fmt: skip
    assert all(button.has_attr("disabled") for button in soup.select("#slogans-map button, #keywords-table button"))
    for row in soup.select("#slogans-map tbody tr"):
        entry = data["slogans-data"]["slogans"][int(row["data-slogan"])]
        assert entry[0] == row.th.get_text(strip=True)
        numbers = {cell[0]: cell[3] for cell in entry[9]}
        for button in row.select("button"):
            year = int(button["data-year"])
            assert button["title"] == f"{data['slogans-data']['years'][year][0]}: {numbers[year]}"


def test_all_slogans_are_in_the_data_the_first_in_the_table(tmp_path):
    wordings = lexicon()["slogan"].loc[lambda names: ~names.str.contains("[〔、，]")].tolist()[:60]
    documents = [{"words": " 。 ".join(wordings), "year": year} for year in (2019, 2020)]
    soup, data = blocks(page_of(small_corpus.make(tmp_path / "c", documents), tmp_path, lang="en"))
    assert len(soup.select("#slogans-table tbody tr")) == slogans.SLOGANS
    n = len(data["slogans-data"]["slogans"])
    assert n > slogans.SLOGANS
    assert f"of {n} slogans that are said" in soup.select_one("#slogans .static").get_text()


def test_every_keyword_is_a_button_to_its_samples(tmp_path):
    documents = [
        {"words": "渔业 渔业 苗圃", "year": 2019},
        {"words": "渔业 林场", "year": 2019},
        {"words": "林场 苗圃", "year": 2020},
    ]
    corpus = small_corpus.make(tmp_path / "c", documents)
    data = keywords.part(corpus)["data"]
    found = {(year, name): rest for year, _, terms in data["years"] for name, *rest in terms}
    assert set(found) == {(2019, "渔业"), (2019, "苗圃"), (2019, "林场"), (2020, "林场"), (2020, "苗圃")}
    count, documents, samples = found[2019, "渔业"]
    assert (count, documents) == (3, 2)
    assert sorted(sample[1:] for sample in samples) == [
        (0, "", "渔业", "林场"), (0, "", "渔业", "渔业苗圃"), (2, "渔业", "渔业", "苗圃")
    ]  # fmt: skip
    soup, _ = blocks(page_of(corpus, tmp_path, k=2))
    for button in soup.select("#keywords-table button"):
        year, _, terms = data["years"][int(button["data-year"])]
        assert button.find_parent("tr").th.get_text() == str(year)
        assert terms[int(button["data-term"])][0] == button.get_text()


@pytest.mark.parametrize("years", [[None, None], [2019, 2019]])
def test_without_two_years_there_is_no_map_and_samples_remain(tmp_path, years):
    corpus = small_corpus.make(tmp_path / "c", [{"words": "高质量发展 渔业", "year": year} for year in years])
    soup, data = blocks(page_of(corpus, tmp_path))
    (entry,) = data["slogans-data"]["slogans"]
    assert entry[4] == 2
    assert not soup.select("#slogans-map")
    assert len(entry[9]) == len(data["slogans-data"]["years"]) == (1 if years[0] else 0)
    assert len(entry[9][0][6] if years[0] else entry[10]) == 2


def test_slogans_of_unknown_year_alone_make_no_map(tmp_path):
    documents = [
        {"words": "高质量发展", "year": None},
        {"words": "渔业", "year": 2019},
        {"words": "渔业", "year": 2020},
    ]
    part = slogans.part(small_corpus.make(tmp_path / "c", documents), lang="zh")
    assert part["map"] is None
    assert [entry[:1] + entry[8:10] for entry in part["data"]["slogans"]] == [("高质量发展", None, [])]


def test_a_corpus_without_slogans_says_so(tmp_path):
    corpus = small_corpus.make(tmp_path / "c", [{"words": "渔业 苗圃", "year": year} for year in (2019, 2020)])
    page = page_of(corpus, tmp_path)
    assert "一次也没有出现" in page
    assert "slogans-data" not in BeautifulSoup(page, "html.parser").select_one("#slogans").decode()


def test_a_slogan_may_have_any_name(tmp_path):
    names = ["__proto__", "constructor", "toString"]
    own = pd.DataFrame({"slogan": names, "category": "other"})
    documents = [{"words": " 。 ".join([*names, "渔业"]), "year": year} for year in (2019, 2020)]
    _, data = blocks(page_of(small_corpus.make(tmp_path / "c", documents), tmp_path, lexicon=own))
    block = data["slogans-data"]
    assert sorted(entry[0] for entry in block["slogans"]) == sorted(names)
    assert all(len(entry[9]) == 2 for entry in block["slogans"])


ATTACKS = [NASTY, "</script>", HANDLER, "<!--", "]]>", "\u2028", "{{7*7}}"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_text_says_beside_a_slogan_stays_text(tmp_path, lang):
    documents = [
        {
            "words": f"{attack} 高质量发展 {attack} 渔业 {attack}",
            "year": 2019 + i % 2,
            "title": attack,
            "source": f"{attack}.txt",
        }
        for i, attack in enumerate(ATTACKS * 2)
    ]
    page = page_of(small_corpus.make(tmp_path / "c", documents), tmp_path, lang=lang)
    soup, data = blocks(page)
    assert {script.get("type") for script in soup("script")} == {"application/json", None}
    assert len([script for script in soup("script") if not script.get("type")]) == 1
    assert soup.find("img") is None
    assert not re.search("[\u2028\ud800-\udfff]", page)
    shown = json.dumps(data["slogans-data"], ensure_ascii=False)
    titles = {title for title, _ in data["slogans-data"]["documents"]}
    assert {attack for attack in ATTACKS if attack != "\u2028"} | {"⟨U+2028⟩"} >= titles
    assert "⟨U+2028⟩" in shown


def test_words_of_the_script_are_those_of_the_language(corpus, tmp_path):
    for lang in ("zh", "en"):
        _, data = blocks(page_of(corpus, tmp_path, lang=lang))
        words = shell.words(lang)
        assert data["words-data"] == words["script"] | {
            name: words[name] for name in ("early", "per_10k", "documents", "categories")
        }
        assert words["categories"].keys() == CATEGORIES
        script = shell.read("report.js")
        assert set(re.findall(r"\bwords\.(\w+)", script)) == data["words-data"].keys()


def test_the_script_names_the_fields_in_the_order_of_the_data():
    named = [re.findall(r'"(\w+)"', of) for of in re.findall(r"named\(([^)]*)\)", shell.read("report.js"))]
    assert ["name", *slogans.FIELDS, "years", "undated"] in named


def test_the_script_makes_no_markup_of_data():
    script = shell.read("report.js")
    assert script.startswith('"use strict"')
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(|fetch|XMLHttp|import", script
    )
