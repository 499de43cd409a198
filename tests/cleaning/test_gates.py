"""Gates and rewritten patterns save time only: what they let through is what the plain rule finds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_tools.characters import HAN
from corpus_tools.cleaning import boilerplate, damage, joining, lines, parting, repeats, templates
from corpus_tools.cleaning.boilerplate import Family, families
from corpus_tools.cleaning.edits import clean, compose, difference, settle
from corpus_tools.cleaning.lines import is_prose, split_lines
from corpus_tools.cleaning.needles import found_near, lines_holding
from corpus_tools.data import wording
from corpus_tools.document import Edit

pytestmark = pytest.mark.once

some = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
GATED = [family for family in families() if family.match == "span" and family.needles]


@pytest.mark.parametrize(
    ("needle", "found"),
    [
        ("科", [(0, 3), (6, 9)]),  # whole lines, their breaks included
        ("协", [(3, 6), (9, 11)]),  # the last line has no break
        ("科|协", [(0, 3), (3, 6), (6, 9), (9, 11)]),
        ("甲\n", [(0, 3)]),  # a line break belongs to the line it ends
        ("甲\n协", [(0, 6)]),  # a needle over two lines holds both
        ("\n协", [(0, 6), (6, 11)]),
        ("丙", []),
    ],
)
def test_lines_that_a_needle_touches(needle: str, found: list[tuple[int, int]]) -> None:
    assert list(lines_holding((re.compile(needle),), "科甲\n协乙\n科乙\n协乙")) == found


def test_needles_that_share_a_line_hold_their_lines_together() -> None:
    needles = (re.compile("一\n二"), re.compile("乙\n丙"))
    assert list(lines_holding(needles, "一\n二乙\n丙\n丁")) == [(0, 7)]


def test_lines_are_held_only_between_the_bounds() -> None:
    assert list(lines_holding((re.compile("科"),), "科\n科科\n科", 3, 4)) == [(3, 4)]


@pytest.mark.parametrize("family", GATED, ids=lambda family: family.name)
@some
@given(data=st.data())
def test_a_family_finds_in_the_lines_of_its_needles_what_it_finds_in_the_text(
    family: Family, data: st.DataObject
) -> None:
    given_texts = [*(example for example, _ in family.examples), "\n", "科协", "\u3000"]
    piece = st.one_of(st.from_regex(family.pattern), st.sampled_from(given_texts))
    text = "".join(data.draw(st.lists(piece, min_size=1, max_size=4)))
    everywhere = [m.span() for m in family.pattern.finditer(text) if m.group()]
    assert [m.span() for m in found_near(family.needles, family.pattern, text) if m.group()] == everywhere
    assert not everywhere or boilerplate._gates(tuple(GATED))[family.where].search(text)


def cut(pattern: str, inserted: str, text: str) -> Iterator[tuple[int, int, str]]:
    return ((m.start(), m.end(), inserted) for m in re.finditer(pattern, text, re.MULTILINE))


def plain_hyphens(text: str) -> Iterator[tuple[int, int, str]]:
    pattern = rf"(?<![\w\-<])[-－]{{2,8}}(?=[\d{HAN}“《])|(?<=[{HAN}”》]) ?[-－]{{2,8}}(?=[\d{HAN}“《])"
    return cut(pattern, "——", text)


def plain_years(text: str) -> Iterator[tuple[int, int, str]]:
    for m in re.finditer(r"(?<!\d)(?=\d* )(?:1 ?[89]|2 ?0) ?\d ?\d(?= ?年)", text):
        yield m.start(), m.end(), m.group().replace(" ", "")


def plain_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    years = list(plain_years(text))
    yield from years
    if years or re.search(r"\d \d 年|\d 年\d", text):
        yield from cut(r"(?<=\d) (?=[年月日])|(?<=年) (?=\d{1,2} ?月)|(?<=月) (?=\d{1,2} ?日)", "", text)


def plain_odd_letters(text: str) -> Iterator[tuple[int, int, str]]:
    yield from cut(r"(?<=\S) +(?=[，。；：！？、）》”])", "", text)
    yield from cut("旳", "的", text)


def plain_reading_aids(text: str) -> Iterator[tuple[int, int, str]]:
    toned = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹ"
    yield from cut(rf"(?<=[{HAN}])[(（][ ]?(?=[^)）]{{0,8}}[{toned}])[a-zêüḿ{toned}]{{1,6}}[ ]?[)）]", "", text)
    syllable = rf"[^\sa-z(（)）{HAN}]?(?=[a-z]{{2}}){damage._SYLLABLE}"
    yield from cut(rf"(?<=[{HAN}])[(（]{syllable}[)）](?=[{HAN}，。、；：”》]|$)", "", text)
    yield from cut("[\U0001f000-\U0001faff\ufe0f]+", "", text)


def plain_escapes(text: str) -> Iterator[tuple[int, int, str]]:
    yield from cut(r"(?:<U\+(?:00A0|3000|FEFF|200B)>|&nbsp;?|&ensp;|&emsp;)+", " ", text)
    yield from cut(r"(?:x0dx0a|\\r\\n|\\n(?![a-z]))+", "\n", text)
    yield from cut("[\x07\u200b\u2060]+", "", text)


PLAIN = {
    damage.escapes: plain_escapes,
    damage.dashes: plain_hyphens,
    damage.split_numbers: plain_numbers,
    damage.odd_letters: plain_odd_letters,
    damage.reading_aids: plain_reading_aids,
    damage.question_runs: lambda text: cut(r"\?{2,}", "", text),
}
LETTERS = {
    damage.escapes: (
        "<U+3000>",
        "&nbsp;",
        "x0dx0a",
        "\\r\\n",
        "\\n",
        "<",
        "&",
        "x",
        "\\",
        "\x07",
        "\u200b",
        "\u2060",
        "\u3000",
        "\n",
        "n",
        "科",
    ),
    damage.dashes: "科a1 -－<”》“《\n",
    damage.split_numbers: "12089 年月日科\n",
    damage.odd_letters: "科 \u3000，。）”旳\n",
    damage.reading_aids: "科()（）kēei ,。\n🌃\ufe0f",
    damage.question_runs: "?科\n",
}


@pytest.mark.parametrize("cleaner", PLAIN, ids=lambda cleaner: cleaner.__name__)
@many
@given(data=st.data())
def test_a_pattern_that_begins_with_a_letter_finds_what_the_plain_one_finds(
    cleaner: Callable[[str], Iterable[Edit]], data: st.DataObject
) -> None:
    text = data.draw(st.lists(st.sampled_from(LETTERS[cleaner]), max_size=30).map("".join))
    plain = [Edit(start, end, inserted, "repair", "plain") for start, end, inserted in PLAIN[cleaner](text)]
    found = settle(text, cleaner(text))
    assert [(e.start, e.end, e.inserted) for e in found] == [(e.start, e.end, e.inserted) for e in settle(text, plain)]


@many
@given(st.text("科a \t\u3000\u200b\n", max_size=12))
def test_a_tidy_text_has_its_lines_side_by_side(text: str) -> None:
    side_by_side = "\n".join(line.text for line in split_lines(text)) == text
    assert (list(lines.tidy(text)) == []) == side_by_side
    if text:
        assert lines.is_tidy(text, split_lines(text)) == side_by_side


PIECE = st.sampled_from(
    ["科" * 400, "科。", "书记", "一、", "（二）科", " ", "\t", "\xa0", "\u2003", "\u3000", "\u3000\u3000", "\n"]
)


@many
@given(st.lists(PIECE, max_size=12).map("".join))
def test_indents_are_found_from_the_first_of_their_blanks(text: str) -> None:
    plain = [
        (line.start + gap.start(), line.start + gap.end())
        for line in split_lines(text)
        if len(line.text) >= 400
        for gap in parting._INDENT.finditer(line.text)
        if parting._ends_paragraph(line.text, gap.start())
    ]
    assert [(edit.start, edit.end) for edit in parting.split_indented(text)] == plain


@many
@given(st.lists(st.text("科报告。；！？，：（）《》“”a1一、— ", min_size=1, max_size=8), max_size=5).map("\n".join))
def test_a_whole_line_is_never_one_that_goes_on(text: str) -> None:
    found = split_lines(text)
    for i, (line, below) in enumerate(pairwise(found)):
        assert not joining._is_whole(line.text, below.text) or joining._broken_between(found, i) is False


@many
@given(
    st.lists(
        st.sampled_from(["Study of the work, 2023", "Work the plan.", "The", " and ", "科", "3. ", "。", "\n"]),
        max_size=14,
    )
)
def test_translations_stand_where_five_words_do(pieces: list[str]) -> None:
    text = "".join(pieces)
    near = found_near(damage._ENGLISH_NEEDLES, damage._ENGLISH, text)
    assert [m.span() for m in near] == [m.span() for m in damage._ENGLISH.finditer(text)]
    assert bool(damage._TWO_WORDS.search(text)) == bool(re.search("[A-Za-z] [a-z]", text))


@many
@given(
    st.lists(st.sampled_from(["科协" * 20, "科", "协 ", " 会", "，", "。", "市长", "a", "\n"]), max_size=14).map(
        "".join
    )
)
def test_a_space_in_a_clause_is_one_in_its_line(text: str) -> None:
    plain = re.compile(rf"(?<=[{HAN}]{{2}}) (?=[{HAN}])|(?<=[{HAN}]) (?=[{HAN}]{{2}})")
    for line in split_lines(text):
        for clause in damage._CLAUSE.finditer(line.text):
            found = damage._INNER_SPACE.search(clause.group())
            expected = plain.search(clause.group())
            assert (found and found.span()) == (expected and expected.span())
            assert found is None or damage._INNER_SPACE.search(line.text)


@many
@given(st.lists(st.sampled_from(["科" * 40 + "。", "协" * 40 + "。", "甲" + "科" * 40 + "。", "题"]), max_size=8))
def test_a_text_has_no_second_copy_whose_first_paragraph_stands_once(paragraphs: list[str]) -> None:
    prose = [paragraph for paragraph in paragraphs if is_prose(paragraph)]
    if len(prose) == len(set(prose)):
        assert list(repeats.drop_second_copy("\n".join(paragraphs))) == []


@many
@given(st.text("科协", max_size=12), st.sampled_from(["科科", "科协", "协科"]))
def test_pairs_of_letters_are_counted_where_they_overlap_too(text: str, pair: str) -> None:
    assert joining._Habits(text, {pair[0]}).pairs[pair] == sum(text.startswith(pair, i) for i in range(len(text)))


GREETING = st.lists(
    st.sampled_from(["尊敬的", "各位", "代表", "委员", "同志们", "主席团", "、", "和", " ", "：", "!", "科"]),
    max_size=9,
).map("".join)


@many
@given(GREETING)
def test_a_greeting_is_found_where_the_plain_pattern_finds_it(text: str) -> None:
    addressed, alone = wording("addressed"), wording("greeted_alone")
    one = f"(?:尊敬的)?(?:(?:各位(?:{addressed})+)|{alone})"
    plain = re.search(rf"{one}(?:[、，,和及\s]*(?:各位)?(?:尊敬的)?(?:{addressed}))*\s*[:：!！]", text)
    found = lines.salutation().search(text)
    assert (found and found.span()) == (plain and plain.span())


@many
@given(st.text("上下一篇:-/|｜>»│201科", max_size=12))
def test_a_word_of_a_page_is_found_behind_its_letter(line: str) -> None:
    plain = r"[上下]一篇|\d{1,2}:\d\d|\d{4}[-/]\d{1,2}[-/]\d|[|｜>＞»│]"
    assert bool(templates._frame_words().search(line)) == bool(re.search(plain, line))


SHARED = [
    "谢谢",
    "会上",
    "会议上",
    "〔",
    "〕",
    "号",
    "附件",
    "报告",
    "科" * 13,
    "科",
    "2",
    "，",
    "。",
    "转载",
    "局",
    "文件",
    "同志们：",
    "一、",
]


@many
@given(st.lists(st.sampled_from(SHARED), min_size=1, max_size=6).map("".join))
def test_a_line_of_reports_is_what_the_plain_rule_says(line: str) -> None:
    anywhere = "谢谢|完毕|审议|附件|附表|注释|名词解释|附注|目录"
    ends = rf"会议?上.{{0,24}}|〔.{{2,6}}〕.*号|(?:{wording('title_nouns')}).{{0,12}}"
    plain = re.fullmatch(rf"{wording('shared_lines')}|.*(?:{anywhere}).*|.*(?:{ends})", line)
    speaks = re.search("[。；！？]", line) or (len(line) >= 30 and "，" in line)
    said = plain or lines.salutation().search(line) or lines.BEGINS.match(line)
    assert templates._of_report(line) == bool(said or (speaks and not re.search(wording("frame_sentences"), line)))


@pytest.mark.parametrize("mark", templates._site_marks(), ids=lambda mark: mark[0])
@some
@given(data=st.data())
def test_the_sign_of_a_site_holds_its_letters(mark: tuple[str, re.Pattern[str]], data: st.DataObject) -> None:
    letters, sign = mark
    assert letters in data.draw(st.from_regex(sign))


@many
@given(st.lists(st.tuples(st.text("国國\U0001f33e", max_size=4), st.text("国國\U0001f33e", max_size=4)), max_size=5))
def test_texts_of_one_length_differ_letter_by_letter_at_once_too(pairs: list[tuple[str, str]]) -> None:
    before, after = "\n".join(a for a, _ in pairs), "\n".join(b.ljust(len(a), "国")[: len(a)] for a, b in pairs)
    plain = [(i, i + 1, b, a) for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    found = difference(before, after, kind="script", rule="plain")
    assert [(e.start, e.end, e.inserted, e.removed) for e in found] == plain


def test_edits_joined_with_none_stay() -> None:
    edits = [Edit(1, 2, "", "site", "menu"), Edit(4, 4, "，", "repair", "mark")]
    assert compose(edits, []) == compose([], edits) == edits


def test_a_cleaner_looks_at_one_text_once() -> None:
    seen: list[str] = []

    def first(text: str) -> Iterator[Edit]:
        seen.append(text)
        return iter(())

    def second(text: str) -> Iterator[Edit]:
        if text.endswith("乙"):
            yield Edit(len(text) - 1, len(text), "", "site", "second")

    def third(text: str) -> Iterator[Edit]:
        seen.append(text)
        return iter(())

    clean("甲乙", (first, second, third))
    assert seen == ["甲乙", "甲", "甲"]  # before and after the cut; the third has seen the end when the first has
    seen.clear()
    clean("甲", (first, second, third))
    assert seen == ["甲", "甲"]
