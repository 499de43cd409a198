import csv
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.errors import DataError
from corpus_tools.language import lexicon
from corpus_tools.language import slogans as slogan_list
from corpus_tools.language.slogans import Slogan

QUOTES_AND_SPACE = set(" \t\u3000“”‘’\"'「」『』")


def shipped_rows() -> list[dict[str, str]]:
    text = (files("corpus_tools") / "data" / "slogans.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_slogans_csv_has_no_byte_order_mark_and_the_documented_columns() -> None:
    raw = (files("corpus_tools") / "data" / "slogans.csv").read_bytes()
    columns = b"slogan,variants,category,year,occasion,confidence,source,years,places,near,not_after,not_before"
    assert raw.startswith(columns + b"\n")


def test_slogans_csv_is_sound() -> None:
    rows = shipped_rows()
    forms = [form for row in rows for form in (row["slogan"], *filter(None, row["variants"].split("|")))]
    assert len(rows) >= 1100
    assert all(row["source"] for row in rows)
    assert not [form for form in forms if QUOTES_AND_SPACE & set(form)]
    assert {row["category"] for row in rows} <= slogan_list.CATEGORIES
    assert {row["confidence"] for row in rows} <= slogan_list.CONFIDENCES
    assert all(not row["year"] or 1921 <= int(row["year"]) <= 2026 for row in rows)


def test_a_form_of_two_slogans_has_conditions_that_tell_them_apart() -> None:
    owners: dict[str, list[Slogan]] = {}
    for slogan in slogan_list.slogans():
        for form in slogan.forms:
            owners.setdefault(form, []).append(slogan)
    shared = {form: slogans for form, slogans in owners.items() if len(slogans) > 1}
    assert {"两个确保", "双创", "两新"} <= shared.keys()
    assert all(slogan.is_conditional for slogans in shared.values() for slogan in slogans)


@pytest.mark.parametrize(
    ("form", "year"),
    [
        ("四个意识", 2016),
        ("四服务", 2016),
        ("科创中国", 2020),
        ("三重一大", 1996),
        ("三会一课", None),
        ("双碳", 2020),
    ],
)
def test_years_of_known_slogans(form: str, year: int | None) -> None:
    (slogan,) = (s for s in slogan_list.slogans() if form in s.forms)
    assert slogan.year == year


def test_matched_unifies_width_and_drops_quotes_and_space() -> None:
    assert lexicon.matched("“四个 意识”，《章程》\n２０２１") == "四个意识,《章程》2021"


@given(st.text())
def test_matched_is_idempotent_on_what_it_gives(text: str) -> None:
    once = lexicon.matched(text)
    assert not QUOTES_AND_SPACE & set(once)
    assert lexicon.matched(once) == once


def test_users_slogans_join_and_replace(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("slogan,year,variants\n云溪新路,2019,走云溪新路|“云溪”新路\n科创中国,,\n", "utf-8-sig")
    found = {s.slogan: s for s in slogan_list.slogans(own)}
    assert found["云溪新路"].forms == ("云溪新路", "走云溪新路")
    assert found["云溪新路"].category == "other"
    assert found["科创中国"].year is None
    assert len(found) == len(slogan_list.slogans()) + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slogan,year\n云溪新路,2019\n云溪之光,十九\n", "line 3: year '十九'"),
        ("slogan,category\n云溪新路,weather\n", "line 2: category 'weather'"),
        ("slogan,colour\n云溪新路,red\n", "line 1: unknown column 'colour'"),
        ("name\n云溪新路\n", "line 1: no column 'slogan'"),
        ("slogan,variants\n云溪新路,四个意识\n", "line 2: '四个意识' already belongs"),
        ("slogan,years\n云溪新路,2019-18\n", "line 2: years '2019-18'"),
        ("slogan,years\n云溪新路,2019-2018\n", "line 2: years '2019-2018': 2019 comes after 2018"),
        ("slogan,years\n双创〔云溪〕,\n", "line 2: '双创' already belongs"),
        ("slogan,year\n”,2019\n", "line 2: empty slogan"),
    ],
)
def test_bad_rows_are_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(text, "utf-8")
    with pytest.raises(DataError, match=f"own.csv, {message}"):
        slogan_list.slogans(own)


def test_a_list_in_another_encoding_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes("slogan\n云溪新路\n".encode("gb18030"))
    with pytest.raises(DataError, match="not UTF-8"):
        slogan_list.slogans(own)


def test_words_are_unique_and_some_only_come_apart() -> None:
    freq = {word.word: word.freq for word in lexicon.word_list()}
    assert len(freq) == len(lexicon.word_list())
    assert [freq[word] for word in ("科协", "科普教育基地", "第一议题", "县市区", "我市")] == [
        None,
        None,
        None,
        None,
        0,
    ]


@pytest.mark.parametrize("line", ["云溪新路  5\tn", "云溪新路\t5 n"])
def test_blanks_between_fields_may_be_several_or_tabs(tmp_path: Path, line: str) -> None:
    (tmp_path / "own.txt").write_text(line, "utf-8")
    assert lexicon.word_list(tmp_path / "own.txt") == (lexicon.Word("云溪新路", 5, "n"),)


@pytest.mark.parametrize("line", ["云溪 新路", "云溪 " + 23 * "9"])
def test_a_line_that_is_no_word_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "own.txt").write_text(line, "utf-8")
    with pytest.raises(DataError, match="line 1"):
        lexicon.word_list(tmp_path / "own.txt")


def test_a_broken_word_line_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("# mine\n云溪\n云溪 新路 3\n", "utf-8")
    with pytest.raises(DataError, match=r"own\.txt, line 3"):
        lexicon.word_list(own)


def test_stopword_layers_can_be_chosen() -> None:
    assert {"function words", "salutations", "procedure"} == set(lexicon.stopword_layers())
    assert "的" in lexicon.stopwords(("function words",))
    assert "同志们" not in lexicon.stopwords(("function words",))
    assert {"的", "同志们", "审议"} <= lexicon.stopwords()
    assert not {"科协", "科普", "发展", "改革"} & lexicon.stopwords()
    with pytest.raises(DataError, match="no layer 'weather'"):
        lexicon.stopwords(("weather",))


def test_a_gloss_tells_readings_apart_and_is_not_matched(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("slogan,years,near\n双提〔云溪〕,2019-,云溪\n双提〔石河〕,-2018,石河|石桥\n", "utf-8")
    first, second = slogan_list.slogans(own, shipped=False)
    assert (first.forms, first.years, first.near) == (("双提",), (2019, None), ("云溪",))
    assert (second.forms, second.years, second.near) == (("双提",), (None, 2018), ("石河", "石桥"))


def test_a_slogan_is_added_to_a_file_that_is_made(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    slogan_list.add({"slogan": "云溪新路", "variants": "走云溪新路", "category": "economy", "near": "云溪|溪口"}, own)
    slogan_list.add({"slogan": "石桥精神", "years": "2020-"}, own)
    assert slogan_list.slogans(own, shipped=False) == (
        Slogan("云溪新路", ("走云溪新路",), "economy", near=("云溪", "溪口")),
        Slogan("石桥精神", years=(2020, None)),
    )
    before = own.read_bytes()
    for bad, message in (
        ({"slogan": "云溪新路"}, "stands there already"),
        ({"slogan": "四个意识新说", "variants": "四个意识"}, "already belongs"),
        ({"slogan": "云溪", "category": "weather"}, "category 'weather'"),
        ({"slogan": "云溪", "year": "19"}, "year '19'"),
        ({"slogan": "“”"}, "empty slogan"),
    ):
        with pytest.raises(DataError, match=message):
            slogan_list.add(bad, own)
    assert own.read_bytes() == before


def test_a_row_needs_a_column_for_what_it_says(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("slogan,year\n云溪新路,2019", "utf-8-sig")
    slogan_list.add({"slogan": "石桥精神", "year": "2020"}, own)
    assert own.read_text("utf-8-sig").splitlines() == ["slogan,year", "云溪新路,2019", "石桥精神,2020"]
    with pytest.raises(DataError, match="has no column 'near'"):
        slogan_list.add({"slogan": "石桥新风", "near": "石桥"}, own)


def test_adding_leaves_what_stands_in_a_file_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    before = '\ufeff"slogan","year"\r\n云溪新路,2019\r\n'.encode()
    own.write_bytes(before)
    slogan_list.add({"slogan": "石桥精神", "year": 2020}, str(own))
    assert own.read_bytes() == before + "石桥精神,2020\r\n".encode()
    with pytest.raises(DataError, match="unknown column 'yeer'"):
        slogan_list.add({"slogan": "石桥新风", "yeer": "2019"}, own)
