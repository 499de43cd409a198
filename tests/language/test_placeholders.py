"""One class for everything that hides something, whatever its mark; nothing else is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_tools.language.segment import segment
from corpus_tools.placeholders import fold, placeholders

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


def found(text: str) -> list[str]:
    return [match.group() for match in placeholders(text)]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("在XX市科协xx届××次全委会上", ["XX", "xx", "××"]),
        ("**市、＊＊县、__乡、○○镇", ["**", "＊＊", "__", "○○"]),
        ("20XX年、201*年、２０XX年、二〇XX年、20**年", ["20XX年", "201*年", "２０XX年", "二〇XX年", "20**年"]),
        ("王某某同志，联系人：***，电话：****", ["某某", "***", "****"]),
        ("中国科协X大和省第X次党代会，第×届，×月×日", ["X", "X", "×", "×", "×"]),
        ("落实X的十七大，围绕X委政府", ["X", "X"]),
        ("X X市科协，贯彻***精神，“四个xx、一个高地”", ["X X", "***", "xx"]),
        ("学习■■精神，占比XX%，20XX-20XX学年", ["■■", "XX", "20XX", "20XX"]),
        ("******“七一”重要讲话", ["******"]),
    ],
)
def test_all_marks_are_found(text: str, hidden: list[str]) -> None:
    assert found(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "2×35万千瓦机组，7×24小时，“数据要素×”行动，人工智能×制造业",
        "“1+N+X”规划，10+X未来产业，555X产业，东营港PX上下游",
        "沿x轴，X光，X射线，XX染色体，XXL码",
        "G20**，用**Word写，3*5，3**2，产值*增长，* 注",
        "某些领域、某种程度、某市",
        "○○○年，二○○○年、二〇〇八年、一九八○年、一百○八、2022年、一年",
        "PM_2.5，div_page__roll，DOCX，http://sxxz.gov.cn",
        "正文\n********************\n* * *\n正文",
        "**重点工作**：抓好三件事。\n- **第一**，做实。",
        "…………",
    ],
)
def test_other_uses_of_the_marks_are_left(text: str) -> None:
    assert found(text) == []


def test_one_wording_whatever_the_mark() -> None:
    assert {fold(f"{mark}市科协") for mark in ("XX", "xx", "××", "**", "***", "__", "某某", "ＸＸ")} == {"〓市科协"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("XX市科协", "XX|市|科协"),
        ("坚持以***新时代中国特色社会主义思想为指导", "坚持|以|***|新时代中国特色社会主义思想|为|指导"),
        ("20XX年××县科协", "20XX年|××|县|科协"),
        ("第XX届，__乡，某某同志", "第|XX|届|，|__|乡|，|某某|同志"),
    ],
)
def test_a_placeholder_is_one_word(text: str, words: str) -> None:
    assert segment(text) == words.split("|")


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.exists(), reason="the real reports are not here")
def test_real_reports_hide_nothing() -> None:
    hits = {file.name: found(file.read_text("utf-8", "replace")) for file in CORPUS.glob("*/*.txt")}
    assert {name: marks for name, marks in hits.items() if marks} == {}
