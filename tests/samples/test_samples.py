"""The sample reports: made the same way every time, complete, plausible for their years, and free of foreign text."""

from __future__ import annotations

import csv
import html
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from corpus_tools.describing.dating import evidence

ROOT = Path(__file__).parents[2]
RAW, EXPECTED, SHARED = ROOT / "raw", ROOT / "tests/expected", ROOT.parent / "shared"
NO_REPORT = {"resolution", "news"}
# The first year in whose reports a slogan may stand; from the dates of the meetings that introduced them.
FIRST_YEARS = {
    "中国梦": 2013, "群众路线教育实践活动": 2014, "精准扶贫": 2014, "四个全面": 2015, "三严三实": 2015,
    "大众创业": 2015, "供给侧结构性改革": 2016, "新发展理念": 2016, "放管服": 2016, "两学一做": 2016, "四个意识": 2016,
    "习近平新时代中国特色社会主义思想": 2018, "乡村振兴": 2018, "高质量发展": 2018, "蓝天保卫战": 2017,
    "不忘初心": 2018, "两个维护": 2018, "新冠": 2020, "疫情": 2020, "十四五": 2021, "新发展格局": 2021,
    "党史学习教育": 2021, "科创中国": 2021, "有效衔接": 2021, "两个确立": 2022, "双减": 2022, "中国式现代化": 2023,
    "千万工程": 2023, "新质生产力": 2024, "十五五": 2025,
    "急难愁盼": 2021,
}  # fmt: skip
LAST_YEARS = {"科学发展观": 2015, "农民人均纯收入": 2015, "科普惠农兴村计划": 2017, "三严三实": 2018, "大众创业": 2019}
# Damage inside the text: in these files an expected line need not stand in the raw file as it is.
INSIDE = {
    "hidden_notice", "dotted_watermark", "apostrophe", "inline_advert", "question_runs", "wrapped_some", "wrapped_all",
    "split_digits", "page_numbers", "spaced_title", "pinyin_tone", "pinyin_plain", "emoji", "variant_de",
    "spaces_before_stops", "dash_lookalikes", "glued_head", "glued_all", "trad",
}  # fmt: skip
ENCODINGS = ("utf-8", "gb18030")


def _index() -> list[dict[str, str]]:
    with (EXPECTED / "index.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _text(row: dict[str, str]) -> str:
    return (EXPECTED / f"{Path(row['path']).stem}.txt").read_text("utf-8")


def _raw(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"{path} is in none of {ENCODINGS}")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_assembling_again_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "samples/assemble.py", "--root", tmp_path], check=True)
    made = _files(tmp_path)
    kept = {f"raw/{name}": data for name, data in _files(RAW).items()}
    kept |= {f"tests/expected/{name}": data for name, data in _files(EXPECTED).items()}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def test_index_expected_texts_and_raw_files_agree() -> None:
    paths = [row["path"] for row in _index()]
    stems = [Path(path).stem for path in paths]
    assert len(set(stems)) == len(stems) >= 64
    on_disk = {str(p.relative_to(RAW)) for p in RAW.rglob("*") if p.is_file()}
    assert on_disk - {"README.md", "rejects/empty.txt", "rejects/0a1b2c.doc"} == set(paths)
    assert {path.stem for path in EXPECTED.glob("*.txt")} == set(stems)


@pytest.mark.parametrize("row", _index(), ids=lambda row: Path(row["path"]).stem)
def test_an_expected_text_is_clean_and_of_a_reports_size(row: dict[str, str]) -> None:
    text = _text(row)
    lines = text.split("\n")
    assert lines[0] == row["title"]
    assert lines.pop() == ""
    assert all(line and line == line.strip() for line in lines)
    assert row["kind"] in NO_REPORT or 1500 <= len(text) <= 6000
    assert not re.search(r"[{}<>?|]|\(\w*[āáǎàēéěèīíǐìōóǒòūúǔù]\w*\)", text)


def test_every_year_has_four_reports() -> None:
    years = Counter(row["year"] for row in _index() if row["kind"] not in NO_REPORT)
    assert {year for year in map(str, range(2012, 2026)) if years[year] < 4} == set()


@pytest.mark.parametrize("slogan", FIRST_YEARS)
def test_no_slogan_stands_before_its_time(slogan: str) -> None:
    years = [int(row["year"]) for row in _index() if row["year"] and slogan in _text(row)]
    assert years
    assert min(years) >= FIRST_YEARS[slogan]


def test_no_formula_of_the_lexicon_stands_before_its_year() -> None:
    dated = [(row["path"], int(row["year"]), evidence(_text(row))) for row in _index() if row["year"]]
    early = [
        (path, year, w.found, w.earliest) for path, year, found in dated for w in found if (w.earliest or 0) > year
    ]
    assert early == []


@pytest.mark.parametrize("slogan", LAST_YEARS)
def test_slogans_fall_out_of_use(slogan: str) -> None:
    years = [int(row["year"]) for row in _index() if row["year"] and slogan in _text(row)]
    assert years
    assert max(years) <= LAST_YEARS[slogan]


def _undamaged_inside() -> list[dict[str, str]]:
    return [
        row for row in _index()
        if not INSIDE & set(row["families"].split(";")) and Path(row["path"]).suffix in (".txt", ".html", ".htm", ".md")
    ]  # fmt: skip


@pytest.mark.parametrize("row", _undamaged_inside(), ids=lambda row: Path(row["path"]).stem)
def test_the_raw_file_holds_every_expected_line_in_order(row: dict[str, str]) -> None:
    raw = html.unescape(re.sub("<[^>]*>", "", _raw(RAW / row["path"])))
    at = 0
    for line in _text(row).split("\n"):
        for cell in line.split("\t"):
            found = raw.find(cell, at)
            assert found >= 0, cell
            at = found + len(cell) if line != row["title"] else at


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared reports are not here")
def test_no_forty_characters_come_from_the_shared_reports() -> None:
    runs: set[str] = set()
    for row in _index():
        characters = _han(_text(row))
        runs |= {characters[i : i + 40] for i in range(len(characters) - 39)}
    for path in (p for part in ("seeds", "corpus", "html") for p in (SHARED / part).rglob("*.*")):
        if path.suffix in (".txt", ".html"):
            characters = _han(path.read_bytes().decode("utf-8", "ignore"))
            assert runs.isdisjoint(characters[i : i + 40] for i in range(len(characters) - 39)), path


def _han(text: str) -> str:
    return "".join(re.findall("[\u4e00-\u9fff]", text))
