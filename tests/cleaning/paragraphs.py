"""Paragraphs of an invented report, and one cleaner run over a text made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from corpus_tools.cleaning.edits import apply, settle
from corpus_tools.document import Edit

TITLE = "清河市科协工作报告"
FIRST = "过去一年，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成，成绩来之不易。"
SECOND = "在学术交流方面，先后召开年会三次，评选论文八十篇，其中十二篇获得省级奖励。学会治理更加规范，会员突破一万人。"
THIRD = "新的一年，我们要突出重点，抓住关键，把人才培养放在首位，实施青年托举计划，建设院士工作站五家，引进专家三十名。"
FOURTH = "要加强自身建设，改进工作作风，严格执行各项规定，深入一线调查研究，帮助科技工作者解决实际困难，建成温暖的家。"


def run(cleaner: Callable[[str], Iterable[Edit]], text: str) -> str:
    return apply(text, settle(text, cleaner(text)))
