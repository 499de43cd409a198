"""Where a wording is none because a word of ordinary language takes one of its characters."""

from __future__ import annotations

import pytest

from corpus_tools.language.borders import crossed


@pytest.mark.parametrize(
    ("text", "wording", "is_crossed"),
    [
        ("围绕创新发展理念转变", "新发展理念", True),  # 创新|发展|理念
        ("坚持新发展理念不动摇", "新发展理念", False),
        ("进一步提高质量发展水平", "高质量发展", True),  # 提高|质量|发展
        ("推动高质量发展", "高质量发展", False),
        ("放飞中国梦想", "中国梦", True),  # 中国|梦想
        ("服务第三农贸市场", "三农", True),
        ("依法从严打击", "严打", True),
        ("增长到五十四万亿元", "四万亿", True),  # part of a number
        ("推出四万亿投资", "四万亿", False),
        ("建立社会主义市场经济体制", "社会主义市场经济", False),  # 经济体制 only lengthens the last word
        ("打赢脱贫攻坚战", "脱贫攻坚", False),
        ("开展以为人民服务为核心的活动", "为人民服务", False),  # 以 … 为 frames it
        ("落实中央八项规定精神", "八项规定", False),
        ("谱写强富美高新江苏", "强富美高", False),  # 高新 is a word, 强 富 美 are none
        ("建立健全人地钱挂钩", "人地钱", False),
        ("连通第三通道", "三通", True),
        ("只有中国特色社会主义", "有中国特色社会主义", True),
        ("推进1+6+N体系", "6+N", False),
        ("编号A5610", "5610", True),
    ],
)
def test_a_wording_stands_between_words(text: str, wording: str, is_crossed: bool) -> None:
    start = text.index(wording)
    assert crossed(text, start, start + len(wording)) is is_crossed


def test_the_edges_of_a_text_are_borders() -> None:
    assert not crossed("新发展理念", 0, 5)
