import csv
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.errors import DataError
from corpus_tools.language import lexicon

QUOTES_AND_SPACE = set(" \t\u3000“”‘’\"'「」『』")


def shipped_rows() -> list[dict[str, str]]:
    text = (files("corpus_tools") / "data" / "slogans.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_slogans_csv_has_no_byte_order_mark_and_the_documented_columns() -> None:
    raw = (files("corpus_tools") / "data" / "slogans.csv").read_bytes()
    assert raw.startswith(b"slogan,variants,category,year,occasion,confidence\n")


def test_slogans_csv_is_sound() -> None:
    rows = shipped_rows()
    forms = [form for row in rows for form in (row["slogan"], *filter(None, row["variants"].split("|")))]
    assert len(rows) >= 580
    assert not [form for form in forms if QUOTES_AND_SPACE & set(form)]
    assert {row["category"] for row in rows} <= lexicon.CATEGORIES
    assert {row["confidence"] for row in rows} <= lexicon.CONFIDENCES
    assert all(not row["year"] or 1921 <= int(row["year"]) <= 2026 for row in rows)


def test_no_form_belongs_to_two_slogans() -> None:
    forms = [form for slogan in lexicon.slogans() for form in slogan.forms]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize(
    ("form", "year"),
    [
        ("四个意识", 2016),
        ("四服务", 2016),
        ("科创中国", 2020),
        ("三重一大", 1996),
        ("三会一课", None),
        ("两个确保", 1998),
    ],
)
def test_years_of_known_slogans(form: str, year: int | None) -> None:
    (slogan,) = (s for s in lexicon.slogans() if form in s.forms)
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
    found = {s.slogan: s for s in lexicon.slogans(own)}
    assert found["云溪新路"].forms == ("云溪新路", "走云溪新路")
    assert found["云溪新路"].category == "other"
    assert found["科创中国"].year is None
    assert len(found) == len(lexicon.slogans()) + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("slogan,year\n云溪新路,2019\n云溪之光,十九\n", "line 3: year '十九'"),
        ("slogan,category\n云溪新路,weather\n", "line 2: category 'weather'"),
        ("slogan,colour\n云溪新路,red\n", "line 1: unknown column 'colour'"),
        ("name\n云溪新路\n", "line 1: no column 'slogan'"),
        ("slogan,variants\n云溪新路,四个意识\n", "line 2: '四个意识' already belongs"),
        ("slogan,year\n”,2019\n", "line 2: empty slogan"),
    ],
)
def test_bad_rows_are_named_with_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    own = tmp_path / "own.csv"
    own.write_text(text, "utf-8")
    with pytest.raises(DataError, match=f"own.csv, {message}"):
        lexicon.slogans(own)


def test_a_list_in_another_encoding_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes("slogan\n云溪新路\n".encode("gb18030"))
    with pytest.raises(DataError, match="not UTF-8"):
        lexicon.slogans(own)


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
