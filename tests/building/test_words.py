"""How terms are cut and why; what a user's dictionary does besides adding words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.errors import ConfigError, DataError


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.txt"
    path.write_text("云溪新路 5 n\n云溪新路 n\n科协工作\n第一议题 0\n产力 9000000 n\n红 星 村 n\n", "utf-8")
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    path = tmp_path / "clean.txt"
    path.write_text("云溪新路 n\n枫桥夜话 n\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("term", "words", "source", "reason"),
    [
        ("科协工作", "科协|工作", "split.txt", "taken out of the dictionary by split.txt; jieba's dictionary has it"),
        ("第一议题", "第一议题", "words.txt", "a word of words.txt"),
        ("长治市", "长治市", "places.csv", "a word of places.csv"),
        ("新质生产力", "新质生产力", "slogans.csv", "a word of slogans.csv"),
        ("20余万", "20余万", None, "one word by rule: number"),
        ("20XX年", "20XX年", None, "one word by rule: hidden"),
        ("我们", "我们", "jieba", "in jieba's dictionary"),
        ("ｉ科普", "ｉ科普", "slogans.csv", "a word of slogans.csv"),
        ("，", "，", None, "one word by rule: mark"),
        ("abc", "abc", None, "one word by rule: latin"),
        ("𠮷", "𠮷", None, "one word by rule: a single character"),
        ("云溪新路", "云|溪|新路", None, "in no dictionary: the most probable words that make it"),
    ],
)
def test_each_term_says_why_it_is_cut_so(term: str, words: str, source: str | None, reason: str) -> None:
    (row,) = ct.words([term]).itertuples()
    assert (row.words, row.whole, row.source) == (words, "|" not in words, source)
    assert row.reason.startswith(reason)


def test_a_frequency_that_is_too_low_is_told(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("推动发展 1 n\n", "utf-8")
    (row,) = ct.words(["推动发展"], config=ct.Config(dictionary=str(tmp_path / "own.txt"))).itertuples()
    assert (row.words, row.source, row.freq) == ("推动|发展", "own.txt", 1)
    assert "too low against its parts" in row.reason


@pytest.mark.parametrize(
    ("line", "options", "reason"),
    [
        ("某某科技 n", {}, "in own.txt, but what hides something in it is a word of its own"),
        ("7·20 n", {"numbers": "split"}, "in own.txt, but no engine takes all of its characters into a word"),
        ("５Ｇ云溪 n", {}, "a word of own.txt"),
    ],
)
def test_own_words_say_what_keeps_them_from_being_one(
    tmp_path: Path, line: str, options: dict[str, str], reason: str
) -> None:
    (tmp_path / "own.txt").write_text(line, "utf-8")
    config = ct.Config(dictionary=str(tmp_path / "own.txt"), **options)  # type: ignore[arg-type]
    (row,) = ct.words([line.split()[0]], config=config).itertuples()
    assert row.reason.startswith(reason)
    assert ct.conflicts(config)["kind"].tolist() == ([] if row.whole else ["not_whole"])


def test_a_form_that_is_joined_whole_is_of_the_slogans() -> None:
    (row,) = ct.words(["共建“一带一路”"], config=ct.Config(formulae="whole")).itertuples()
    assert (row.whole, row.source) == (True, "slogans.csv")


def test_a_term_may_be_longer_than_a_file_name() -> None:
    assert ct.words(["长" * 300])["whole"].tolist() == [False]
    with pytest.raises(ConfigError, match="no such file"):
        ct.words("长" * 300)


def test_a_list_is_read_and_a_missing_one_named(clean: Path) -> None:
    assert ct.words(clean)["term"].tolist() == ["云溪新路", "枫桥夜话"]
    with pytest.raises(ConfigError, match="no such file"):
        ct.words("云溪新路")


def test_settings_decide_how_terms_are_cut(clean: Path) -> None:
    config = ct.Config(dictionary=str(clean), collocations="keep", numbers="split")
    found = ct.words(["云溪新路", "科协工作", "20余万"], config=config).set_index("term")
    assert found["words"].to_dict() == {"云溪新路": "云溪新路", "科协工作": "科协工作", "20余万": "20|余万"}
    assert found.loc["云溪新路", "source"] == "clean.txt"


def test_each_kind_of_conflict_is_found(own: Path) -> None:
    lines = own.read_text("utf-8").replace("红 星 村 n\n", "科普+云溪 n\n")
    own.write_text(lines, "utf-8")
    found = ct.conflicts(ct.Config(dictionary=str(own)))
    kinds = found.groupby("word")["kind"].agg(set).to_dict()
    assert kinds["云溪新路"] == {"twice"}
    assert kinds["科协工作"] == {"overrides"}
    assert kinds["第一议题"] == {"overrides"}
    # 产力 is so frequent that 生产力, one word before, comes apart around it.
    assert "breaks" in kinds["产力"]
    detail = found.set_index(["word", "kind"])["detail"]
    assert detail["云溪新路", "twice"] == "2 lines; the last holds"
    assert detail["第一议题", "overrides"] == "words.txt has n, this list 0"
    assert detail["产力", "breaks"] == "no longer one word: 生|产力"
    assert "科普+云溪" not in kinds


def test_a_word_that_stays_cut_is_told_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("推动发展 1 n\n", "utf-8")
    (row,) = ct.conflicts(ct.Config(dictionary=str(tmp_path / "own.txt"))).itertuples()
    assert (row.word, row.kind) == ("推动发展", "not_whole")
    assert row.detail == (
        "推动|发展: its frequency is too low against its parts; leave it out, and the lowest that keeps it whole is taken"
    )


def test_a_list_that_only_adds_has_no_conflicts(clean: Path) -> None:
    for config in (ct.Config(dictionary=str(clean)), ct.Config()):
        found = ct.conflicts(config)
        assert isinstance(found, pd.DataFrame)
        assert found.empty
        assert list(found.columns) == ["word", "kind", "detail"]


def test_a_broken_line_is_named(own: Path) -> None:
    with pytest.raises(DataError, match=r"own\.txt.*6"):
        ct.conflicts(ct.Config(dictionary=str(own)))
