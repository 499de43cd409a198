"""data/split.txt is what tools/make_split_list.py makes of the installed jieba's dictionary, and does what it should."""

import sys
from importlib.resources import files
from pathlib import Path

from corpus_tools.language import lexicon
from corpus_tools.language.segment import segment

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from make_split_list import HEAD, glued_words, is_glued


def test_split_list_is_what_the_rule_gives() -> None:
    assert list(lexicon.split_list()) == glued_words()
    assert (files("corpus_tools") / "data" / "split.txt").read_text("utf-8").startswith(HEAD)


def test_the_rule_on_entries_worked_out_by_hand() -> None:
    halves = {"深入": (2000, "ad"), "开展": (3000, "v"), "海拉": (2, "nr"), "科学": (9000, "n"), "技术": (9000, "n")}
    glued = {"深入开展": (3, "nr"), "技术科学": (40, "n")}
    entries = halves | glued | {"海拉尔区": (3, "ns"), "科学技术": (2324, "n")}
    assert is_glued("深入开展", entries)  # a guessed person whose halves are words
    assert not is_glued("海拉尔区", entries)
    assert not is_glued("科学技术", entries)  # too frequent to be chance
    assert is_glued("技术科学", entries)
    assert not is_glued("科学", entries)


def test_glued_words_come_apart_and_listed_ones_do_not() -> None:
    assert segment("深入开展宣传教育") == ["深入", "开展", "宣传", "教育"]
    assert segment("建立健全中央财政") == ["建立", "健全", "中央", "财政"]
    assert segment("社会主义知识分子守正创新") == ["社会主义", "知识分子", "守正创新"]
