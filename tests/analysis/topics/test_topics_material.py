from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.analysis.topics import material
from corpus_tools.analysis.topics.courtesies import Courtesies
from corpus_tools.analysis.words import CONTENT

ASKED = material.Asked("paragraph", CONTENT, 3, 1.0, False)


def test_words_of_too_few_units_are_left_out_and_short_units_too(make):
    line = "渔业 渔港 渔船"
    corpus = make([{"words": "\n".join([line] * 4 + ["渔业 造林 苗圃", "渔业 渔港"])}])
    found = material.material(corpus, ASKED)
    assert found.terms.tolist() == ["渔业"]  # 渔港 and 渔船 stand in four units of three words, 造林 in one
    assert (found.size, found.left_out) == (5, {"courtesies": 0, "short": 1})
    assert found.spread.tolist() == [5]
    assert found.idf == pytest.approx([np.log(6 / 6) + 1])


def test_counts_and_order_of_words_are_kept(make):
    corpus = make([{"words": "\n".join(["渔港 渔业 渔港 渔船"] * 5)}])
    (block,) = material.material(corpus, ASKED).blocks()
    assert block.counts.toarray().tolist() == [[1, 1, 2]] * 5 or sorted(block.counts.toarray()[0]) == [1, 1, 2]
    of_unit = block.words[: block.ends[0]]
    assert (of_unit[0] == of_unit[2], of_unit[0] == of_unit[1]) == (True, False)


def test_parts_give_the_same_units_as_the_whole(make):
    documents = [{"words": f"渔业 渔港 渔船\n造林 苗圃 林场 号{n}"} for n in range(9)]
    corpus = make(documents, parts=4)
    whole, parts = material.material(corpus, ASKED), material.material(corpus, ASKED, streamed=True)
    assert whole.terms.tolist() == parts.terms.tolist()
    assert whole.spread.tolist() == parts.spread.tolist()
    one, many = material.joined(list(whole.blocks())), material.joined(list(parts.blocks()))
    order = np.lexsort((many.number, many.document))
    assert (many.of(order).counts != one.counts).nnz == 0


def test_units_that_stand_in_several_documents_are_known(make):
    again = "渔业 渔港 渔船"
    corpus = make([{"words": f"{again}\n造林 苗圃 林场"}, {"words": f"{again}\n{again}"}, {"words": "造林 林场 林场"}])
    found = material.material(corpus, ASKED)
    (block,) = found.blocks()
    assert np.isin(block.print, found.repeated).tolist() == [True, False, True, True, False]


@given(st.lists(st.lists(st.integers(0, 8), max_size=6), min_size=1, max_size=8), st.data())
def test_a_block_of_some_units_holds_their_words(units, data):
    ends = np.cumsum([len(unit) for unit in units])
    words = np.array([word for unit in units for word in unit], dtype=np.int32)
    number = np.arange(len(units))
    block = material.Block(words, ends, number, number, number.astype(np.uint64), 9)
    chosen = np.array(data.draw(st.lists(st.sampled_from(range(len(units))), max_size=9)), dtype=np.int64)
    some = block.of(chosen)
    found = np.split(some.words, some.ends[:-1]) if len(chosen) else []
    assert [piece.tolist() for piece in found] == [units[n] for n in chosen]
    assert some.document.tolist() == chosen.tolist()


@pytest.mark.parametrize(
    "line",
    [
        "现在 ， 我 代表 县 人民政府 ， 向 大会 报告 工作 ， 请 予 审议 。",
        "在 此 ， 我 代表 县委 ， 向 全县 干部 群众 表示 衷心 感谢 ！",
        "成绩 的 取得 ， 是 县委 正确 领导 的 结果 ， 是 全县 人民 奋斗 的 结果 。",
        "各位 委员 ！ 让 我们 团结 起来 ， 为 建设 美丽 云川 而 奋斗 ！",
        "各位 代表 ！ 让 我们 不断 开创 渔业 新 局面 ！",
        "我们 要 更加 紧密 地 团结 在 县委 周围 ， 为 云川 渔业 不懈 奋斗 ！",
        "云川 渔业 成绩 来之不易 。 这 是 县委 坚强 领导 的 结果 ， 是 渔民 出海 的 结果 。",
        "能够 取得 这样 的 成绩 ， 根本 在于 县委 的 坚强 领导 。",
        "渔港 建成 ， 得益于 县委 的 领导 。 我 向 大家 道 一声 辛苦 ！",
    ],
)
def test_courtesies_are_told(make, line):
    corpus = make([{"words": line}])
    assert Courtesies(corpus.vocabulary).mask(corpus.tokens).tolist() == [True]


@pytest.mark.parametrize(
    "line",
    [
        "依法 向 人民代表大会 报告 工作 ， 自觉 接受 监督 。",
        "审议 通过 云川县 渔业 规划 ， 建成 渔港 三 座 。",
        "全县 粮食 增产 ， 这 是 科技 兴农 的 结果 。",
        "主要 预期 目标 是 ： 粮食 总产 增长 五 成 ， 努力 争取 更好 结果 。",
        "渔业 增产 的 根本 在于 科技 领航 。",
        "各村 紧密 合作 ， 在 渔港 周围 建成 冷库 三 座 。",
        "我们 要 创造 条件 ， 让 养殖户 为 云川 发展 多 作 贡献 。",
        "我 代表 县委 表示 感谢 。 今年 建成 渔港 三 座 ， 新增 渔船 二十 艘 ， 水产 总量 翻番 。",  # the lesser part
    ],
)
def test_what_reports_say_is_no_courtesy(make, line):
    corpus = make([{"words": line}])
    assert Courtesies(corpus.vocabulary).mask(corpus.tokens).tolist() == [False]
