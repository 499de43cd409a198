"""What reports say in words that sites use too stays in them, and cleaning twice changes nothing."""

from __future__ import annotations

import re

import pytest

from corpus_tools.building.prepare import prepare
from corpus_tools.config import Config
from corpus_tools.document import Document

TITLE = "2023年云帆市总工会工作报告"
RUNNING = [
    "一年来，全市各级工会紧紧围绕中心任务，深入基层走访企业三百余家，为职工解决了一大批急难愁盼的问题。",
    "我们坚持把服务职工放在首位，举办技能培训班四十期，参训职工逾两千人次，职工满意度稳步提高。",
    "同时也要看到，工作中还有不少短板，基层力量仍显薄弱，服务的办法还不够多，需要在今后认真加以解决。",
]


def prepared(text: str, name: str = "a.txt") -> Document:
    return prepare(text.encode(), name, config=Config())


@pytest.mark.parametrize(
    "line",
    [
        "（一）推行会员专享优惠",
        "（二）引导读者登录后阅读全文",
        "（四）推动文博体育事业发展",
        "（二）建设大游客服务体系",
        "（三）发展棋牌运动",
        "二是体育彩票网点",
        "（二）建设政府门户网站",
        "（三）推进科普资源扫码阅读",
        "► 坚持党建引领",
        "本站将继续为农民提供服务，再创佳绩。",
    ],
)
@pytest.mark.parametrize("place", [0, 3])
def test_a_heading_or_item_stays_near_the_ends(line: str, place: int) -> None:
    more = ["（五）开展困难职工帮扶", "（六）加强劳模工作"]
    lines = [TITLE, *RUNNING]
    lines[1 + place : 1 + place] = [line, *more]
    document = prepared("\n".join(lines))
    assert document.text.split("\n") == lines
    assert document.flags == ("short",)


def test_dots_between_letters_of_a_phrase_are_no_watermark() -> None:
    line = "我们统筹推进山.水.林.田.湖.草.沙，系统治理。"
    assert line in prepared("\n".join([TITLE, RUNNING[0], line, *RUNNING[1:]])).text


@pytest.mark.parametrize("below", [[], RUNNING[1:]])
def test_a_list_of_names_is_no_broken_sentence(below: list[str]) -> None:
    names = re.findall("..", "张伟李强王芳赵敏孙丽周杰吴刚郑爽冯远陈晨褚卫蒋华沈洁韩梅杨光朱明")
    head = "全市涌现出一批先进典型，要大力宣传他们的事迹，号召广大职工向他们学习，这些同志是"
    lines = [TITLE, RUNNING[0], head, *names, *below]
    once = prepared("\n".join(lines)).text
    assert once.split("\n") == lines
    assert prepared(once).text == once


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\u2028", "\u2029"])
def test_what_other_programs_write_for_the_end_of_a_line_is_one(mark: str) -> None:
    lines = [TITLE, "一、工作回顾", RUNNING[0], "二、工作打算", RUNNING[1]]
    document = prepared(mark.join(lines))
    assert document.text.split("\n") == lines
    assert document.title == TITLE
    assert [section.heading for section in document.sections if section.heading] == ["一、工作回顾", "二、工作打算"]


def test_a_traditional_text_is_simplified_though_a_notice_in_it_was_not() -> None:
    notice = "更多范文请关注微信公众号“云帆文库”，免费下载全文。"
    traditional = [
        "2023年雲帆市總工會工作報告",
        f"過去一年，全市各級工會緊緊圍繞中心任務，深入基層走訪企業三百餘家。{notice}為職工解決了一大批問題。",
        f"我們堅持把服務職工放在首位，舉辦技能培訓班四十期，參訓職工逾兩千人次。{notice}職工滿意度穩步提高。",
    ]
    document = prepared("\n".join(traditional))
    assert "總" not in document.text
    assert "舉" not in document.text
    assert prepared(document.text).text == document.text


@pytest.mark.parametrize("signer", ["云帆市总工会机关党支部", "云帆市总工会党组", "云帆市职工服务中心", "云帆市总工会"])
def test_a_date_in_figures_below_a_signature_is_the_reports(signer: str) -> None:
    document = prepared("\n".join(["云帆市总工会工作报告", *RUNNING, signer, "2023-12-28"]))
    assert document.text.endswith(f"{signer}\n2023-12-28")


@pytest.mark.parametrize(
    "line",
    [
        "评出一等奖（10篇）、二等奖（20篇）、三等奖（30篇）。",
        "发表科技论文（320篇）",
        f"第一篇 工作回顾\n{RUNNING[2]}\n第二篇 工作打算",
    ],
)
def test_counting_papers_makes_no_collection(line: str) -> None:
    document = prepared("\n".join([TITLE, RUNNING[0], line, RUNNING[1]]))
    assert document.kind == "work_report"
    assert "collection" not in document.flags


@pytest.mark.parametrize(
    "text",
    [
        "工会工作总结（5篇）\n" + RUNNING[0],
        "第一篇：2022年工会工作总结\n" + RUNNING[0] + "\n第二篇：2023年工会工作总结\n" + RUNNING[1],
    ],
)
def test_several_reports_in_one_file_are_a_collection_still(text: str) -> None:
    assert prepared(text).kind == "collection"


def test_a_mark_of_utf8_before_gbk_is_taken_off() -> None:
    data = b"\xef\xbb\xbf" + "\n".join([TITLE, *RUNNING]).encode("gbk")
    document = prepare(data, "a.txt", config=Config())
    assert document.text.split("\n")[0] == TITLE
    assert (document.title, document.undecodable) == (TITLE, 0)
