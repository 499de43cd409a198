"""Laws of cleaning, for arbitrary text: it can be undone, doing it again changes nothing, and it takes linear time."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_tools.building.prepare import edits_of
from corpus_tools.cleaning import CLEANERS, joining, lines, parting, restore_masks
from corpus_tools.cleaning.boilerplate import Family, families
from corpus_tools.cleaning.edits import apply, clean, settle, undo
from corpus_tools.config import Config
from corpus_tools.describing.sections import sections
from corpus_tools.describing.titles import report_title
from corpus_tools.describing.years import report_year
from corpus_tools.document import Page
from corpus_tools.placeholders import placeholders

PROSE = (
    "过去一年，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成，成绩来之不易。",
    "要加强自身建设，改进工作作风，严格执行各项规定，深入一线调查研究，帮助科技工作者解决实际困难",
)
# parted by |
MARKS = (
    "各位代表：|各位委员、同志们：|目录|一、|（一）|第一，|——|一一|一一对应|(ke)|(kē)|2 0 2 3 年|政 府 工 作 报 告|市长 王 某 某"
    "|\u3000\u3000|\n|\n\n|????|'|****|***|科协|，|。|；|：|（|）|“|”|《|》|x0dx0a|&nbsp;|<U+00A0>| 3 | 4 |旳"
)
PIECES = sorted(
    {
        *MARKS.split("|"),
        *(e for f in families() for e, _ in f.examples),
        *(n.pattern for f in families() for n in f.needles),
    }
)
LETTERS = "科协工作报告一二第各位代表同志们会上长，。、；：（）()“”《》—-'?|*·.>012年月日 \t\n\u3000ab<U+\\x&;\ufeff"
TEXT = st.lists(
    st.one_of(
        st.sampled_from(PIECES), st.text(LETTERS, max_size=12), st.sampled_from([f"{PROSE[0]}\n", PROSE[1], "\n"])
    ),
    max_size=25,
).map("".join)
FULL = "過去一年，全市科協系統圍繞中心、服務大局，學術交流、科學普及和組織建設都取得了新的進展，國際聯繫繼續發展。"
SIMPLE = "过去一年，全市科协系统围绕中心、服务大局，学术交流、科学普及和组织建设都取得了新的进展，国际联系继续发展。"
PAIRS = (
    (FULL, SIMPLE),
    ("????", "????"),
    ("\n", "\n"),
    ("發布時間:2023-03-11 23:45 來源:雲州社 編輯:張靜", "发布时间:2023-03-11 23:45 来源:云州社 编辑:张静"),
    ("各位委員、同志們：", "各位委员、同志们："),
    ("工作(zuo)報告", "工作(zuo)报告"),
    ("奉獻、協當前隱藏內容免費查看同、育人。", "奉献、协当前隐藏内容免费查看同、育人。"),
    ("一、組織建設", "一、组织建设"),
    ("\u3000\u3000", "\u3000\u3000"),
    ("當前位置:首頁 > 工作報告", "当前位置:首页 > 工作报告"),
)
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(TEXT, st.booleans())
def test_cleaning_can_be_undone_and_doing_it_again_changes_nothing(raw: str, masks: bool) -> None:
    cleaners = (*CLEANERS, restore_masks) if masks else CLEANERS
    edits = clean(raw, cleaners)
    text = apply(raw, edits)
    assert undo(text, edits) == raw
    assert clean(text, cleaners) == ()


LINE_CLEANERS = (
    joining.join_wrapped,
    joining.join_pieces,
    parting.split_indented,
    parting.split_salutation,
    parting.split_title_lines,
    lines.tidy,
    joining.join_broken,
    parting.split_series,
    parting.split_run_in,
    parting.split_outline,
    parting.mend_headings,
)
BLANK = "[\\s\u200b\ufeff\ue004\ue5e5]"


@many
@given(
    TEXT
    | st.lists(st.sampled_from([PROSE[0], PROSE[1], "第三，", "“", "”", "\n", "\n\n", "\u3000\u3000"])).map("".join)
)
def test_joining_and_parting_lines_changes_no_character_but_blanks(raw: str) -> None:
    text = raw
    for cleaner in LINE_CLEANERS:
        text = apply(text, settle(text, cleaner(text)))
        assert re.sub(BLANK, "", text) == re.sub(BLANK, "", raw)


@many
@given(st.text(max_size=200))
def test_any_text_at_all_can_be_cleaned_and_described(raw: str) -> None:
    edits = clean(raw, CLEANERS)
    text = apply(raw, edits)
    assert undo(text, edits) == raw
    report_year(text, report_title(text), headings=tuple(s.heading for s in sections(text)))


@many
@given(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=12))
def test_a_text_kept_in_its_script_differs_from_the_simplified_one_in_script_only(pairs: list[tuple[str, str]]) -> None:
    # a line of the report first and last, so that the whole is told to be traditional
    raw, simple = ("".join(half) for half in zip((FULL + "\n", SIMPLE + "\n"), *pairs, strict=True))
    as_found = edits_of(Page(raw, "txt"), config=Config(script="keep"))
    simplified = edits_of(Page(raw, "txt"), config=Config())
    kept, result = apply(raw, as_found), apply(raw, simplified)
    assert undo(kept, as_found) == raw
    assert undo(result, simplified) == raw
    assert len(kept) == len(result)
    table = dict(zip(raw, simple, strict=True))
    assert "".join(table.get(c, c) for c in kept) == result


UNITS = (
    "一", " ", "\u3000", "(", "1 ", "?", "\n", "。", "a.b.", "科\u3000\u3000", "，", "1", "来源:", "编辑 ", "| ", "—",
    "2021年", "“", "***", "<!--", "<image>", "<img ", "首页 ", "各位代表、", "各位代表：", "()", "第一", "[",
    "××", "某", "○", "20X", "*科", "省长 ", "科' ", "科(ke)", "\\n", "&nbsp;", "打印 ", "浏览次数: ", "1、",
)  # fmt: skip
SHAPES: dict[str, Callable[[str, int], str]] = {
    "one line": lambda unit, n: "科" + unit * (n // len(unit)) + "科",
    "paragraphs": lambda unit, n: "\n".join([(unit * 400)[:400]] * (n // 400)),
    "short lines": lambda unit, n: "\n".join([(unit * 60)[:60]] * (n // 60)),
    "outline": lambda unit, n: "目录\n" + f"科协{unit}\n" * (n // (3 + len(unit))),
}
# Four times the text may take this many times as long: linear is 4, quadratic 16; the rest is for a busy machine.
GROWTH = 12


def seconds(text: str) -> float:
    start = process_time()
    everything(text)
    return process_time() - start


def grows_too_fast(unit: str, shape: str) -> bool:
    small, large = (SHAPES[shape](unit, n) for n in (5_000, 20_000))
    # below the clock's grain a ratio says nothing
    return seconds(large) > GROWTH * max(seconds(small), 0.005)


def everything(text: str) -> None:
    for cleaner in (*CLEANERS, restore_masks):
        for _ in cleaner(text):
            pass
    for _ in placeholders(text):
        pass
    report_year(text, report_title(text), headings=tuple(s.heading for s in sections(text)))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_grows_with_the_length_not_its_square(shape: str) -> None:
    everything(SHAPES[shape]("科", 1000))  # patterns are compiled once
    # what another process disturbed is measured again
    slow = [unit for unit in UNITS if all(grows_too_fast(unit, shape) for _ in range(3))]
    assert slow == []


@pytest.mark.parametrize("family", families(), ids=lambda f: f.name)
def test_no_pattern_backtracks_without_end(family: Family) -> None:
    """Examples with a long run of blanks or digits in them: a pattern that backtracks takes minutes on one of these."""
    for example, _ in family.examples:
        for filler in (" ", "1", "一", "\u3000"):
            for i in range(0, len(example) + 1, 3):
                line = (example[:i] + filler * 380 + example[i:])[:419] + "~"
                family.pattern.fullmatch(line)
                for needle in family.needles:
                    needle.search(line)
