"""TextRank against networkx and jieba on the same graph, and by hand."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from corpus_tools.analysis.keywords.textrank import textrank
from corpus_tools.analysis.words import WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

module = importlib.import_module("corpus_tools.analysis.keywords.textrank")  # the name leads to the function

Make = Callable[..., Corpus]
ALL = WordFilter(stopwords=(), length=1)

REPORT = """\
云川县 科协 坚持 服务 科技 工作者 ， 坚持 服务 创新 发展 ， 推动 科普 工作 创新 。
县 科协 组织 科普 活动 12 场 ， 科普 服务 走进 乡村 、 社区 和 学校 ， 科技 工作者 参加 服务 。
全面 推动 科技 创新 ， 发展 科普 事业 ， 建设 科技 工作者 之 家 ， 家 家 满意 。"""
OTHER = "全县 粮食 生产 再 获 丰收 ， 粮食 生产 能力 提高 。\n工业 生产 增长 ， 工业 投资 增长 。"


def pairs(report: str, kept: set[str], window: int) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for line in report.split("\n"):
        words = line.split(" ")
        for at, word in enumerate(words):
            for other in words[at + 1 : at + window]:
                if {word, other} <= kept:
                    found[word, other] += 1
    return found


def kept_of(corpus: Corpus, words: WordFilter) -> set[str]:
    return set(corpus.vocabulary["word"][words.mask(corpus.vocabulary)])


@pytest.mark.parametrize(("window", "damping"), [(5, 0.85), (2, 0.85), (8, 0.5)])
def test_the_scores_are_pagerank(make: Make, window: int, damping: float) -> None:
    networkx = pytest.importorskip("networkx")
    corpus = make([{"words": REPORT}, {"words": OTHER}])
    found = textrank(corpus, top=1000, window=window, damping=damping, words=ALL)
    for doc_id, report in (("d000", REPORT), ("d001", OTHER)):
        graph = networkx.MultiGraph()
        graph.add_edges_from(pairs(report, kept_of(corpus, ALL), window).elements())
        weighted = networkx.DiGraph()
        for one, other in graph.edges():  # each counts from both its ends, also where they are the same word
            for a, b in ((one, other), (other, one)):
                weight = weighted.get_edge_data(a, b, {"weight": 0})["weight"]
                weighted.add_edge(a, b, weight=weight + 1)
        expected = networkx.pagerank(weighted, alpha=damping, tol=1e-12, max_iter=1000)
        ours = found[found["doc_id"] == doc_id].set_index("term")
        assert ours["score"].to_dict() == pytest.approx(expected, abs=1e-8)
        assert ours["score"].sum() == pytest.approx(1)
        counted = Counter(report.replace("\n", " ").split(" "))
        assert ours["count"].to_dict() == {word: counted[word] for word in expected}


def of_jieba(report: str, tags: dict[str, str | None]) -> pd.Series:
    """The scores that jieba gives these words with these tags."""
    from jieba.analyse import TextRank
    from jieba.posseg import pair

    ranker = TextRank()
    pieces = [pair(word, tags[word] or "x") for word in report.split(" ")]
    ranker.tokenizer = SimpleNamespace(cut=lambda text: pieces)
    allowed = {tag for tag in tags.values() if tag and tag[0] in "nv"}
    return pd.Series(dict(ranker.textrank(report, topK=None, withWeight=True, allowPOS=allowed)))


def spread(scores: pd.Series) -> pd.Series:
    """From 0 for the least to 1 for the best: jieba's scores are moved and scaled otherwise than ours."""
    return (scores - scores.min()) / (scores.max() - scores.min())


def test_the_scores_are_those_of_jieba(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the same words, tags and window. jieba stops after ten rounds; where it goes on, nothing is left between us."""
    report = REPORT.replace("\n", " ")  # jieba does not see the ends of lines
    corpus = make([{"words": report}])
    tags = dict(zip(corpus.vocabulary["word"], corpus.vocabulary["pos"], strict=True))
    words = WordFilter(stopwords=(), length=2, pos=("n", "v"), slogans=False)
    ours = spread(textrank(corpus, top=100, words=words).set_index("term")["score"])
    early = spread(of_jieba(report, tags))
    assert early.to_dict() == pytest.approx(ours.to_dict(), abs=0.02)
    rounds = sys.modules["jieba.analyse.textrank"]
    monkeypatch.setattr(rounds, "xrange", lambda *of: range(500) if of == (10,) else range(*of))
    late = spread(of_jieba(report, tags))
    assert late.to_dict() == pytest.approx(ours.to_dict(), abs=1e-6)
    assert late.sort_values(ascending=False).index[:10].tolist() == ours.index[:10].tolist()


def test_by_hand(make: Make) -> None:
    """A star of three: the middle gets (1 - d) / 3 + d × the rest, which is 1 less itself."""
    found = textrank(make([{"words": "甲地 中心\n乙地 中心"}]), window=2)
    middle = (0.15 / 3 + 0.85) / 1.85
    assert found["term"].tolist() == ["中心", "乙地", "甲地"]
    assert found["score"].tolist() == pytest.approx([middle, (1 - middle) / 2, (1 - middle) / 2])
    assert found["rank"].tolist() == [1, 2, 3]
    assert found["count"].tolist() == [2, 1, 1]


def test_what_is_left_out_takes_up_room_and_lines_are_not_crossed(make: Make) -> None:
    corpus = make([{"words": "梯田 ， ， ， 河谷\n丰收"}, {"words": "梯田 ， ， ， ， 河谷"}, {"words": "。"}])
    found = textrank(corpus)
    assert found[["doc_id", "term"]].to_numpy().tolist() == [["d000", "梯田"], ["d000", "河谷"]]
    assert textrank(corpus.where(doc_id="d001")).empty
    assert textrank(corpus.where(doc_id="d001")).columns.tolist() == ["doc_id", "term", "score", "count", "rank"]


def test_groups_have_one_graph(make: Make) -> None:
    """Both documents of a year are one graph, never joined across; the document of no year is in none."""
    corpus = make([{"words": "梯田 丰收", "year": 2020}, {"words": "丰收 河谷", "year": 2020}, {"words": "堤坝 水渠"}])
    found = textrank(corpus, by="year")
    assert found["term"].tolist() == ["丰收", "梯田", "河谷"]
    assert found["year"].tolist() == [2020] * 3
    (middle, *_) = found["score"]
    assert middle == pytest.approx((0.15 / 3 + 0.85) / 1.85)


def test_blocks_do_not_change_the_result(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [{"words": text, "year": year} for year, text in enumerate([REPORT, OTHER, REPORT, "。", OTHER], 2000)]
    corpus = make(reports)
    whole = textrank(corpus), textrank(corpus, by="year", top=3)
    for block in (1, 30, 70):
        monkeypatch.setattr(module, "BLOCK", block)
        for expected, found in zip(whole, (textrank(corpus), textrank(corpus, by="year", top=3)), strict=True):
            pd.testing.assert_frame_equal(expected, found)


def test_best_first(make: Make) -> None:
    found = textrank(make([{"words": REPORT}]), top=5)
    assert len(found) == 5
    assert all(one >= other for one, other in pairwise(found["score"]))


@pytest.mark.parametrize("wrong", [{"window": 1}, {"damping": 1.0}, {"damping": 0}, {"top": 0}, {"by": "text"}])
def test_wrong_questions(make: Make, wrong: dict[str, Any]) -> None:
    with pytest.raises(AnalysisError):
        textrank(make([{"words": REPORT}]), **wrong)
