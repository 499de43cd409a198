"""Which words are counted, and what a word is."""

from __future__ import annotations

import pandas as pd
import pytest

from corpus_tools.analysis.words import CONTENT, WordFilter
from corpus_tools.errors import AnalysisError, DataError
from corpus_tools.language import lexicon
from corpus_tools.language.lexicon import Word
from corpus_tools.language.vocabulary import describer, kind

describe = describer({"十四五": Word("十四五", None, "n"), "云溪新路": Word("云溪新路", None, None)})


def vocabulary(*words: str) -> pd.DataFrame:
    kinds, tags = zip(*map(describe, words), strict=True)
    return pd.DataFrame({"word": words, "kind": kinds, "pos": tags})


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("han", "科协 i科普 多 百年 万众"),
        ("latin", "G20 1+6+N PM2.5"),
        ("date", "2021年 二〇二一年 2024年底 3月份 十二日 90年代 20世纪"),
        ("number", "20余万 1.3亿 三 第四 50.3% 百分之十二点五 三分之二 亿元 一个 1,200"),
        ("hidden", "XX ×× *** 某某 20XX年"),
        ("mark", "， 《 + %"),
    ],
)
def test_kinds_of_word(expected, words):
    assert {word: kind(word) for word in words.split()} == dict.fromkeys(words.split(), expected)
    assert kind("\u3000") == "space"


def test_a_word_of_the_dictionary_is_no_number():
    assert describe("十四五") == ("han", "n")
    assert kind("十四五") == "number"


@pytest.mark.parametrize(
    ("word", "tag"),
    [("科协工作", "n"), ("推动", "v"), ("2021年", "t"), ("50.3%", "m"), ("PM2.5", "eng"), ("云溪新路", None)],
)
def test_parts_of_speech(word, tag):
    assert describe(word)[1] == tag


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("科技", True), ("G20", True), ("5G", True), ("的", False), ("县", False), ("X", False), ("，", False),
        ("2021年", False), ("20余万", False), ("1.3亿", False), ("三十", False), ("百分之五", False), ("3月份", False),
        ("2019", False), ("一九八○年", False), ("12.5%", False), ("我们", False), ("三农", True), ("12345热线", True),
        ("XX", False), ("××", False), ("某某", False), ("20XX年", False), ("xxXX", False),
    ],
)  # fmt: skip
def test_content_words(word, kept):
    assert CONTENT.mask(vocabulary(word)).tolist() == [kept]


def test_wordings_of_the_lexicon_are_content(own_lexicon):
    assert CONTENT.mask(vocabulary("双减双提", "四个坚守")).tolist() == [True, True]
    assert WordFilter(kinds=("latin",)).mask(vocabulary("双减双提", "双减")).tolist() == [True, False]
    assert WordFilter(kinds=("latin",), slogans=False).mask(vocabulary("双减双提")).tolist() == [False]


def test_slogans_are_asked_for_their_part_of_speech_like_any_word():
    words = vocabulary("三农", "共建“一带一路”", "科技")
    assert WordFilter(kinds=("latin",)).mask(words).tolist() == [True, True, False]
    assert WordFilter(pos=("v",)).mask(words).tolist() == [False, False, False]
    assert WordFilter(pattern="三.").mask(words).tolist() == [True, False, False]


def test_one_value_or_a_list_is_as_good_as_a_tuple():
    assert WordFilter(pos="n", kinds=["han"], stopwords="procedure") == WordFilter(
        pos=("n",), kinds=("han",), stopwords=("procedure",)
    )


def test_layers_of_stop_words_can_be_left_in():
    assert WordFilter(stopwords=("function words",)).mask(vocabulary("同志们", "我们")).tolist() == [True, False]
    assert WordFilter(stopwords=()).mask(vocabulary("同志们", "我们")).tolist() == [True, True]
    assert lexicon.stopwords(()) == frozenset()


def test_words_can_be_asked_for_by_length_kind_part_of_speech_and_pattern():
    words = vocabulary("科技", "推动", "高质量发展", "2021年", "G20", "云溪新路")
    plain = {"slogans": False}
    assert WordFilter(length=4, **plain).mask(words).tolist() == [False, False, True, False, False, True]
    assert WordFilter(kinds=("date",), **plain).mask(words).tolist() == [False, False, False, True, False, False]
    assert WordFilter(pos=("v",), **plain).mask(words).tolist() == [False, True, False, False, False, False]
    assert WordFilter(pattern=".*发展|G.*", **plain).mask(words).tolist() == [False, False, True, False, True, False]


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"kinds": ("noun",)}, AnalysisError, "unknown kind of word 'noun'; kinds are hidden"),
        ({"pattern": "("}, AnalysisError, "no regular expression"),
        ({"stopwords": ("weather",)}, DataError, "no layer 'weather'"),
    ],
)
def test_conditions_that_cannot_be_are_refused(options, error, says):
    with pytest.raises(error, match=says):
        WordFilter(**options).mask(vocabulary("科技"))
