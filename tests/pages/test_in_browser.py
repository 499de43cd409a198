"""The pages as a reader has them: opened from a file in a browser that has no network."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import chromium
import pandas as pd
import pytest
import small_corpus
from chromium import shown

import corpus_tools as ct

ROOT = Path(__file__).parents[2]
RAW = [ROOT / "raw" / name for name in ("wenku/gl-0042.txt", "qixiao-kexie/art_1_7712.html")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    driver, running = chromium.browser()
    yield running
    running.close()
    driver.stop()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of forty made reports of eight years, each slogan said from another year on."""
    said = ("高质量发展", "乡村振兴", "新质生产力", "自主创新", "改革开放")
    filled = ("林业 造林 树种 林场 苗圃", "渔业 捕捞 渔港 渔船 鱼苗")
    documents = [
        {
            "title": f"{place}{year}年工作报告",
            "year": year,
            "place": place,
            "level": "county",
            "words": "\n".join(
                f"{said[n % (1 + year % 5)]} {filled[n % 2]} " * 3 + f"{year} 塘{year}" for n in range(6)
            ),
        }
        for year in (2015, 2016, 2017, 2019, 2020, 2021, 2022, 2023)
        for place in ("云川县", "青禾县", "白石县", "柳溪县", "南浦县")
    ]
    removed = {"doc_id": "d000", "start": 0, "end": 4, "removed": "打印本页", "inserted": ""}
    edits = [removed | {"kind": "site", "rule": "bar"}]
    folder = tmp_path_factory.mktemp("report")
    corpus = small_corpus.make(folder / "corpus", documents, edits=edits).where(level=["county", "一" * 80])
    return ct.report(corpus, folder / "report.html", k=2)


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "review.html"
    ct.review(RAW, path)
    return path


@pytest.fixture(params=["report", "review"])
def page(request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(request.param)
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_page_asks_nothing_of_the_net_complains_of_nothing_and_fits(
    browser: Any, page: Path, width: str, scheme: str
) -> None:
    with shown(browser, page, width=width, scheme=scheme) as seen:
        seen.page.mouse.wheel(0, 20_000)
        assert seen.complaints == []
        assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
        assert seen.sideways() <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_of_the_colours_the_reader_asked_for(browser: Any, page: Path, scheme: str) -> None:
    with shown(browser, page, scheme=scheme) as seen:
        colour = "getComputedStyle(document.body).{}.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0) / 3"
        paper, ink = (seen.page.evaluate(colour.format(name)) for name in ("backgroundColor", "color"))
        assert (paper > 200 and ink < 80) if scheme == "light" else (paper < 60 and ink > 180)


def test_a_page_brings_its_type(browser: Any, page: Path) -> None:
    with shown(browser, page) as seen:
        assert seen.page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(font => font.status))") == [
            "loaded"
        ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_has_ink(browser: Any, report: Path, scheme: str) -> None:
    with shown(browser, report, scheme=scheme) as seen:
        charts = seen.page.locator("figure svg:visible")
        assert charts.count() == 4  # documents, the chosen slogan, the most frequent ones, topics
        for number, chart in enumerate(charts.all()):
            chart.evaluate(f"chart => {{ chart.id = 'chart-{number}'; }}")
            assert seen.ink(f"#chart-{number}") > 0.005
        assert seen.ink("#slogans-map") > 0.05


@pytest.fixture(scope="module")
def read(browser: Any, report: Path) -> Iterator[Any]:
    """The page of the report as those have it who use it; each test leaves it as it was."""
    with shown(browser, report) as seen:
        yield seen
        assert seen.complaints == []


@pytest.fixture
def reader(read: Any) -> Iterator[Any]:
    yield read.page
    read.page.keyboard.press("Escape")
    read.page.fill("#slogans-search", "")


def test_a_search_shows_the_rows_that_hold_it_and_says_how_many(reader: Any) -> None:
    every = reader.locator("#slogans-table tbody tr").count()
    assert every == 5
    for wanted, found in {"振兴": ["乡村振兴"], "xyz": [], "自主 创新": ["自主创新"], "": None}.items():
        reader.fill("#slogans-search", wanted)
        names = reader.locator("#slogans-table tbody button").all_inner_texts()
        said = reader.locator("#slogans-shown").inner_text()
        assert names == found if found is not None else len(names) == every
        assert f"{len(names)} / {every}" in said if names else "没有找到" in said


def test_columns_are_sorted_by_their_heads(reader: Any) -> None:
    counts = reader.locator("#slogans-table tbody td:nth-child(3)")
    head = reader.locator("#slogans-table th[aria-sort]").nth(2)
    for order in ("ascending", "descending"):
        head.locator("button").click()
        numbers = [int(n.replace(",", "")) for n in counts.all_inner_texts()]
        assert head.get_attribute("aria-sort") == order
        assert numbers == sorted(numbers, reverse=order == "descending")


def test_a_slogan_that_is_chosen_shows_its_course_and_samples(reader: Any, read: Any) -> None:
    buttons = reader.locator("#slogans-table tbody button[data-slogan]")

    def holds(name: str) -> None:
        assert reader.locator("#slogans-table [aria-pressed=true]").all_inner_texts() == [name]
        assert reader.locator("#slogan-name").inner_text() == name
        assert name in "".join(reader.locator("#slogan-samples mark").all_inner_texts())
        assert reader.locator("#slogan-course g[data-year]").count() == 8
        assert read.ink("#slogan-course svg") > 0.005

    names = buttons.all_inner_texts()
    buttons.nth(2).click()
    holds(names[2])
    reader.keyboard.press("ArrowUp")
    reader.keyboard.press("Enter")
    holds(names[1])
    buttons.nth(0).click()
    holds(names[0])


@pytest.mark.parametrize(
    "opener",
    [
        "#slogans-map tr[data-slogan] button[data-year]",
        "#keywords-table button[data-year][data-term]",
        "#slogan-course g[role=button]",
    ],
)
def test_a_number_opens_its_samples_and_gives_the_focus_back(reader: Any, opener: str) -> None:
    button = reader.locator(opener).first
    button.focus()
    reader.keyboard.press("Enter")
    name = reader.locator("#samples-title").inner_text()
    term, year = name.removesuffix(" 年").split("，")
    assert reader.locator("#samples[open]").count() == 1
    assert reader.locator("#samples-list li").count() == 3
    assert set(reader.locator("#samples-list mark").all_inner_texts()) == {term}
    assert all(line.startswith(f"{year} · ") for line in reader.locator("#samples-list .soft").all_inner_texts())
    assert f'corpus.where(year={year}), "{term}"' in reader.locator("#samples-code").inner_text()
    reader.keyboard.press("Escape")
    assert reader.locator("#samples[open]").count() == 0
    assert button.evaluate("button => button === document.activeElement")


def test_lists_of_many_buttons_are_one_stop_of_the_tab_key(reader: Any) -> None:
    for box in ("#slogans-table tbody", "#slogans-map", "#keywords-table", "#slogan-course"):
        assert reader.locator(f"{box} :is(button, g[data-year])").count() > 4
        assert reader.locator(f"{box} [tabindex='0']").count() == 1


def test_every_stop_of_the_tab_key_is_in_sight_and_marked(reader: Any) -> None:
    reader.locator("body").click(position={"x": 1, "y": 1})
    marked = """element => [element.tagName, getComputedStyle(element).outlineStyle !== 'none'
      || !!element.querySelector('.hit') && getComputedStyle(element.querySelector('.hit')).stroke !== 'none']"""
    seen = []
    for _ in range(45):
        reader.keyboard.press("Tab")
        seen.append(tuple(reader.evaluate_handle("document.activeElement").evaluate(marked)))
    assert {tag for tag, _ in seen} >= {"A", "BUTTON", "INPUT", "SUMMARY", "DIV"}
    assert [tag for tag, shows in seen if not shows and tag not in ("BODY", "HTML")] == []


ATTACKS = (
    "<script>window.hacked=1;alert(1)</script>",
    '"><img src=x onerror="window.hacked=2;alert(2)">',
    "</script><svg onload=alert(3)>",
    "<!--<script>",
    "javascript:alert(4)",
    "{{7*7}}",
    "</style><link rel=stylesheet href=//x>",
    "__proto__",
)
MARKUP = "<img src=x onerror=alert(5)>"  # a name of a file, which has no slash


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a corpus that has markup wherever a file can put it: texts, names, removals, slogans, themes."""
    folder = tmp_path_factory.mktemp("hostile")
    said = [attack.replace(" ", "") for attack in ATTACKS]
    documents = [
        {
            "doc_id": f"d{i}", "source": f"{attack}.txt", "title": f"{attack}工作报告", "year": 2018 + i % 3,
            "words": f"{said[i % len(said)]} 新质生产力 乡村振兴 苗圃\n渔业 {attack} 苗圃 提法{attack}好 乡村振兴 渔船",
            "kind": attack, "organisation": attack, "level": attack, "place": attack,
        }
        for i, attack in enumerate(ATTACKS * 2)
    ]  # fmt: skip
    edits = [
        {"doc_id": f"d{i}", "start": 0, "end": len(attack), "removed": attack, "inserted": said[i]}
        | {"kind": "site", "rule": attack}
        for i, attack in enumerate(ATTACKS)
    ]
    rejected = [{"source": attack, "stage": "read", "reason": attack, "detail": attack} for attack in ATTACKS]
    made = small_corpus.make(folder / "corpus", documents, edits=edits, rejected=rejected)
    with (folder / f"{MARKUP}.csv").open("w", encoding="utf-8", newline="") as own:
        rows = csv.writer(own)
        rows.writerow(["slogan", "category", "year", "occasion"])
        rows.writerows([f"提法{attack}好", "other", 2019, attack] for attack in ATTACKS)
    themes = [f"[{json.dumps(f'题{a}')}]\nenglish = {json.dumps(a)}\nterms = {json.dumps(['苗圃'])}" for a in ATTACKS]
    (folder / "themes.toml").write_text("\n".join(themes), "utf-8")
    return ct.report(made, folder / "report.html", k=2, lexicon=folder / f"{MARKUP}.csv", themes=folder / "themes.toml")


@pytest.fixture(scope="module")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of three reports of each year, and of 2020 a single one, in which a slogan of one's own is all there is."""
    folder = tmp_path_factory.mktemp("sparse")
    documents = [
        {"words": f"兴渔富民 {'渔业 苗圃 林场 ' * n}渔港", "year": year}
        for year, times in ((2019, (3, 4, 5)), (2020, (0,)), (2021, (3, 5, 6)))
        for n in times
    ]
    own = pd.DataFrame({"slogan": ["兴渔富民"], "category": "other"})
    return ct.report(small_corpus.make(folder / "corpus", documents), folder / "report.html", lexicon=own)


def test_a_year_of_few_documents_stands_as_high_as_its_rate(browser: Any, sparse: Path) -> None:
    with shown(browser, sparse) as seen:
        drawn = seen.page.locator("#slogan-course circle").evaluate_all("all => all.map(c => +c.getAttribute('cy'))")
        # 2020 has 1 in 6 characters, the others 3 in 90 and 3 in 102: the axis ends at 2.5 times the highest at most.
        heights = [200 - cy for cy in drawn]
        assert [round(height / heights[1], 3) for height in heights] == [0.2, 1, 0.176]


def test_the_call_behind_samples_finds_what_the_page_was_made_with(browser: Any, sparse: Path, report: Path) -> None:
    with shown(browser, sparse) as seen:
        assert seen.page.locator("#slogan-code").text_content() == (
            'ct.kwic(corpus, "兴渔富民", kind="slogan", lexicon=lexicon)'
        )
        seen.page.locator("#slogan-course g[role=button]").first.click()
        assert seen.page.locator("#samples-code").text_content() == (
            'ct.kwic(corpus.where(year=2019), "兴渔富民", kind="slogan", lexicon=lexicon)'
        )
    with shown(browser, report) as seen:
        assert "lexicon" not in seen.page.locator("#slogan-code").text_content()


def test_what_a_file_says_is_shown_and_never_done(browser: Any, hostile: Path) -> None:
    with shown(browser, hostile) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        for button in seen.page.locator("button:visible").all()[:40]:
            button.click()
            seen.page.keyboard.press("Escape")
        text = seen.page.locator("body").inner_text()
        assert [attack for attack in (*ATTACKS, MARKUP) if attack not in text] == []
        slogans = seen.page.locator("#slogans-table tbody th").all_inner_texts()
        assert [attack for attack in ATTACKS if f"提法{attack}好" not in slogans] == []
        assert seen.page.evaluate("window.hacked") is None
        assert seen.page.locator("body img, body iframe, body link, body [onload], body [onerror]").count() == 0
        assert (seen.dialogs, seen.complaints) == ([], [])


def test_the_report_can_be_read_without_script_and_printed(browser: Any, report: Path) -> None:
    with shown(browser, report, script=False) as seen:
        assert "新质生产力" in seen.page.locator("#slogans-table").inner_text()
        assert seen.page.locator("#slogans figure svg:visible").count() == 1
        assert seen.page.locator("#slogans-map button.h8").count() >= 1
        assert seen.page.locator("#slogan-panel:visible, #samples:visible, .finder:visible").count() == 0
    with shown(browser, report) as seen:
        printed = seen.page.pdf(format="A4")
        assert printed.startswith(b"%PDF")
        assert len(printed) > 100_000
