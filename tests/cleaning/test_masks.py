"""Masks are restored where one reading is left, and only there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.cleaning import CLEANERS, restore_masks
from corpus_tools.cleaning import masks as module
from corpus_tools.cleaning.edits import apply, clean
from corpus_tools.cleaning.masks import Mask, masks
from corpus_tools.errors import DataError
from corpus_tools.placeholders import placeholders

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def readings(text: str) -> list[str]:
    return [edit.inserted for edit in restore_masks(text)]


@pytest.mark.parametrize(("mask", "text"), [(m, text) for m in masks() for text in m.examples])
def test_an_example_gets_its_reading(mask: Mask, text: str) -> None:
    assert (mask.name, mask.reading) in [(edit.rule, edit.inserted) for edit in restore_masks(text)]


@pytest.mark.parametrize(("mask", "text"), [(m, text) for m in masks() for text in m.keeps])
def test_a_mask_to_keep_stays(mask: Mask, text: str) -> None:
    assert readings(text) == []


@pytest.mark.parametrize("text", [text for m in masks() for text in m.examples])
def test_no_two_families_read_one_mask_differently(text: str) -> None:
    edits = list(restore_masks(text))
    places = {(edit.start, edit.end) for edit in edits}
    assert len({(edit.start, edit.end, edit.inserted) for edit in edits}) == len(places)


def test_the_whole_formula_is_restored() -> None:
    text = "紧密团结在以***同志为核心的党***周围，坚持***新时代中国特色社会主义思想"
    wanted = "紧密团结在以习近平同志为核心的党中央周围，坚持习近平新时代中国特色社会主义思想"
    assert apply(text, clean(text, (restore_masks,))) == wanted


def test_the_series_decides() -> None:
    text = "坚持马克思列宁主义、***思想、***理论和“三个代表”重要思想，X的十七大"
    wanted = "坚持马克思列宁主义、毛泽东思想、邓小平理论和“三个代表”重要思想，党的十七大"
    assert apply(text, clean(text, (restore_masks,))) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "****年工作总结",
        "***市科协工作报告",
        "***同志代表常委会作报告",
        "**市人民政府",
        "********************",
        "联系人：***，电话：****",
        "认真学习***精神，做到“两个维护”",
        "党的***五中、***和省第十一次党代会，学习党的二十大精神",
        "对标***、省委要求",
        "围绕X委政府中心工作，一手抓发展，一手抓_",
        "2×35万千瓦机组，沿x轴排列，G20**，3**2",
        "XXX有限公司总经理",
        "**新时代中国特色社会主义思想**是行动指南",
        "国务院***总理作报告，学习党的二十大精神",
    ],
)
def test_other_masks_stay(text: str) -> None:
    assert readings(text) == []


def test_masks_are_kept_unless_asked_for() -> None:
    text = "坚持以***新时代中国特色社会主义思想为指导，推动XX省科协XX届各项工作。"
    assert clean(text, CLEANERS) == ()


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="the real reports are not here")
def test_a_real_report_is_restored_where_it_can_be() -> None:
    """Its other three asterisk masks are 党的***五中, 、***和省第十一次党代会 and 对标***、省委: each has two readings."""
    text = next(SEEDS.glob("000_*.txt")).read_text("utf-8")
    edits = clean(text, (restore_masks,))
    assert Counter(e.inserted for e in edits) == {"习近平": 8, "共产党": 3, "习近平总书记": 3, "中央": 3}
    assert [m.group() for m in placeholders(apply(text, edits)) if "*" in m.group()] == ["***"] * 3


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="the real reports are not here")
def test_reports_in_which_nothing_is_hidden_stay() -> None:
    for file in (SEEDS.parent / "corpus").glob("*/*.txt"):
        assert readings(file.read_bytes().decode("utf-8", "replace")) == [], file.name


GOOD: dict[str, Any] = {
    "marks": "any", "letters": [2, 3], "after": "精神", "reading": "云州", "examples": ["**精神"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"reading": ""}, "lacks 'reading'"),
        ({"examples": []}, "lacks 'examples'"),
        ({"marks": "dots"}, "marks is one of"),
        ({"letters": [3]}, "letters the shortest and the longest"),
        ({"needs": ["since_1900"]}, "evidence 'since_1900'"),
        ({"after": "("}, "missing \\)"),
    ],
)
def test_a_family_that_breaks_the_schema_is_named(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], says: str
) -> None:
    broken = {"evidence": {}, "mask": {"cloud": GOOD | change}}
    monkeypatch.setattr(module, "toml", lambda name: broken)
    with pytest.raises(DataError, match=rf"\[mask\.cloud\].*{says}"):
        masks.__wrapped__()
