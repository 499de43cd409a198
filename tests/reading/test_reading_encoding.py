"""Encodings: every Chinese encoding, short and long, whole and damaged, declared rightly and wrongly."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus_tools.errors import Rejected
from corpus_tools.reading import read_bytes
from corpus_tools.reading.encoding import (
    _CONTROL,
    SAMPLE,
    _controls,
    _dense,
    _has_han,
    _utf8_by_chance,
    choose,
    decode,
)

SHORT = "云岭市人民政府工作报告。各位代表，请予审议。"
LONG = (SHORT + "二〇一九年，全市生产总值增长百分之六，完成了年初确定的目标任务；城镇新增就业三万人。\n") * 40
TRADITIONAL = "雲嶺市政府工作報告。各位代表，請予審議，並請列席人員提出意見。"
MORE = "過去一年，全市經濟發展平穩，財政收入與農業產量繼續增長，學校和醫院的條件得到改善。\n"
TRADITIONAL_LONG = (TRADITIONAL + MORE) * 40
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be")


def spoil(data: bytes, *, count: int, seed: int) -> bytes:
    """Overwrite ``count`` random bytes with ones that no encoding allows (the damage that was seen in real files)."""
    draw = random.Random(seed)
    spoilt = bytearray(data)
    for place in draw.sample(range(len(data)), count):
        spoilt[place] = draw.choice((0xFF, 0x80, 0x3F))
    return bytes(spoilt)


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("codec", ["gb18030", "gbk", *UNICODE])
def test_simplified_text_comes_back(text: str, codec: str) -> None:
    text += "\n2019 end\n"  # the NULs by which UTF-16 without a mark is known
    page = read_bytes(text.encode(codec), "a.txt")
    assert page.text == text
    assert page.undecodable == 0


@pytest.mark.parametrize("text", [TRADITIONAL, TRADITIONAL_LONG], ids=["short", "long"])
@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "cp950", "utf-8", "gb18030"])
def test_traditional_text_comes_back(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).text == text


def test_gb2312_words_that_gb2312_cannot_hold() -> None:
    text = "镕、喆、堃、·、—、㐂和𠮷都在国标一八〇三〇里。"
    assert decode(text.encode("gb18030"), declared="gb2312").text == text


@pytest.mark.parametrize("count", [1, 3, 10])
@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "big5hkscs"])
def test_bad_bytes_do_not_change_the_choice(codec: str, count: int) -> None:
    text = TRADITIONAL_LONG if codec == "big5hkscs" else LONG
    for seed in range(20):
        data = spoil(text.encode(codec), count=count, seed=seed)
        got = decode(data)
        assert got.encoding == codec
        assert 0 <= got.undecodable < 0.02


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_one_bad_byte_in_a_short_text(codec: str) -> None:
    data = SHORT.encode(codec)
    right = sum(choose(spoil(data, count=1, seed=seed)) == codec for seed in range(40))
    assert right == 40


@pytest.mark.parametrize(("codec", "text"), [("gb18030", LONG), ("utf-8", LONG), ("big5hkscs", TRADITIONAL_LONG)])
def test_a_last_character_cut_in_two(codec: str, text: str) -> None:
    data = text.rstrip("\n").encode(codec)[:-1]
    got = decode(data)
    assert got.encoding == codec
    assert got.text.count("\ufffd") == 1
    assert got.undecodable == pytest.approx(1 / len(got.text))


def test_chinese_after_a_long_ascii_script() -> None:
    data = b"<script>" + b"var a = 1;\n" * 2000 + b"</script>" + SHORT.encode("gbk")
    assert decode(data).text.endswith(SHORT)


def test_utf8_that_looks_like_gbk_and_gbk_that_is_valid_utf8() -> None:
    assert decode("联通".encode("gbk"), declared="gb2312").text == "联通"  # also valid UTF-8: the classic trap
    assert decode("联通".encode("gbk")).text == "联通"
    assert decode("一".encode("gbk") * 20).text == "一" * 20
    for text in ("Привет, мир", "καλημέρα κόσμε", "안녕하세요", "façade"):
        assert decode(text.encode()).text == text
    assert decode("é à ü naïve café".encode()).text == "é à ü naïve café"


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "big5", "utf-16", "utf-7", "rot13", "nonsense", "", None])
def test_a_false_declaration_is_not_believed(declared: str | None) -> None:
    assert decode(LONG.encode(), declared=declared).encoding == "utf-8"
    assert decode(LONG.encode("gbk"), declared=declared).encoding == "gb18030"
    assert decode(TRADITIONAL_LONG.encode("big5"), declared=declared).encoding == "big5hkscs"


def test_a_true_declaration_of_another_language_is_believed() -> None:
    russian = "Отчёт о работе городского собрания за прошлый год"
    assert decode(russian.encode("windows-1251"), declared="windows-1251").text == russian
    korean = "시정 보고서를 의회에 제출합니다"
    assert decode(korean.encode("euc-kr"), declared="euc-kr").text == korean


def test_hz_when_declared() -> None:
    assert decode("云岭市工作报告".encode("hz"), declared="hz-gb-2312").text == "云岭市工作报告"


def test_a_mark_of_utf8_on_gbk_text() -> None:
    assert decode(b"\xef\xbb\xbf" + LONG.encode("gbk")).encoding == "gb18030"


def test_a_replacement_character_of_the_source_is_not_our_loss() -> None:
    text = LONG + "\ufffd" * 3
    assert decode(text.encode()).undecodable == 0
    spoilt = text.encode().replace("云".encode(), b"\xff", 1)
    assert decode(spoilt).undecodable == pytest.approx(1 / len(text))


def test_line_ends_become_newlines_and_marks_go() -> None:
    assert decode("\ufeff甲\r\n乙\r丙\n丁".encode()).text == "甲\n乙\n丙\n丁"


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\1\2" * 100])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(Rejected) as refusal:
        decode(data)
    assert (refusal.value.stage, refusal.value.reason) == ("read", "binary")


# GB2312's first level holds the 3,755 commonest characters: what a report is made of.
COMMON = "".join(bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
HAN = st.sampled_from(COMMON)
ASCII = st.sampled_from("abcXYZ0189 ,.%-\n")


def valid_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


# Unique, since a few characters repeated may be common ones of Big5: 埃埃埃挨挨挨唉茶柴… reads as 娃娃娃阿阿阿愛画会…, and no one
# can tell.
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(HAN, HAN, ASCII), min_size=20, unique=True).map("".join),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
def test_any_common_text_comes_back(text: str, codec: str) -> None:
    data = text.encode(codec)
    assume(codec != "gb18030" or text.isascii() or not valid_utf8(data))  # a few characters may be both
    assert decode(data).text == text


# Unique for the same reason.
RARE = st.lists(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=20, unique=True).map("".join)


@settings(max_examples=300, deadline=None)
@given(RARE, st.sampled_from(["utf-8", "gb18030"]))
def test_any_rare_text_comes_back(text: str, codec: str) -> None:
    assert decode(text.encode(codec)).text == text


@settings(max_examples=300, deadline=None)
@given(st.text("科é abc<>\x01\x1a\x7f\n", max_size=40), st.integers(0, 2 * SAMPLE))
def test_what_is_counted_in_bytes_is_so_in_letters(text: str, pad: int) -> None:
    data = ("<p> " * (pad // 4) + text).encode()
    assert _controls(data) == len(_CONTROL.findall(data.decode()))
    assert not (_has_han(data[:SAMPLE], "utf-8") and _utf8_by_chance(_dense(data), "gb18030"))
