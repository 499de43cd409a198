"""Masks are restored where one reading is left, and only there."""

from __future__ import annotations

import pytest

from corpus_tools.cleaning import CLEANERS, restore_masks
from corpus_tools.cleaning.edits import apply, clean
from corpus_tools.cleaning.masks import Mask, masks


def readings(text: str) -> list[str]:
    return [edit.inserted for edit in restore_masks(text)]


@pytest.mark.parametrize(("mask", "text"), [(m, text) for m in masks() for text in m.examples])
def test_an_example_gets_its_reading(mask: Mask, text: str) -> None:
    assert mask.reading in readings(text)


@pytest.mark.parametrize(("mask", "text"), [(m, text) for m in masks() for text in m.keeps])
def test_a_mask_to_keep_stays(mask: Mask, text: str) -> None:
    assert readings(text) == []


def test_every_mask_has_an_example() -> None:
    assert [m.reading for m in masks() if not m.examples] == []


def test_the_whole_formula_is_restored() -> None:
    text = "紧密团结在以***同志为核心的党***周围，坚持***新时代中国特色社会主义思想"
    wanted = "紧密团结在以习近平同志为核心的党中央周围，坚持习近平新时代中国特色社会主义思想"
    assert apply(text, clean(text, (restore_masks,))) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "****年工作总结",
        "***市科协工作报告",
        "***同志代表常委会作报告",
        "**市人民政府",
        "中国***文学艺术界联合会",
        "********************",
        "联系人：***，电话：****",
        "认真学习***精神",
    ],
)
def test_other_masks_stay(text: str) -> None:
    assert readings(text) == []


def test_masks_are_kept_unless_asked_for() -> None:
    text = "坚持以***新时代中国特色社会主义思想为指导，推动XX省科协XX届各项工作。"
    assert clean(text, CLEANERS) == ()
