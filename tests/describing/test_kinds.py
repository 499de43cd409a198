"""Kinds of invented documents."""

from __future__ import annotations

import pytest

from corpus_tools.describing.kinds import report_kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2023年清河市科协工作报告", "work_report"),
        ("清河市市长述职报告", "work_report"),
        ("在清河市科协全委会议上的讲话", "speech"),
        ("2024年上半年工作总结及下半年工作计划", "summary"),
        ("清河市科协2023年工作要点", "plan"),
        ("清河市科普实施方案", "policy"),
        ("关于印发《清河市数据管理办法》的通知", "policy"),
        ("2022年政府工作报告关于年度计划的报告", "work_report"),
        ("清河市人大会议关于政府工作报告的决议", "resolution"),
        ("清河市人大代表审议政府工作报告", "news"),
        ("清河市科协大会闭幕", "news"),
        ("在清河市科协大会闭幕式上的讲话", "speech"),
        ("工作报告范文15篇", "template"),
        ("科协工作报告怎么写", "template"),
        ("政府工作报告（审议稿）", "work_report"),
        ("清河市科协工作报告（征求意见稿）", "work_report"),
        ("清河市自然资源和规划局2020年工作报告", "work_report"),
        ("计划生育局2010年工作报告", "work_report"),
        ("云帆省写作学会第五届理事会工作报告", "work_report"),
        ("在全市科协系统总结表彰大会上的工作报告", "work_report"),
        ("云帆市新闻发言人制度工作报告", "work_report"),
        ("云帆市法治政府建设实施纲要落实情况报告", "work_report"),
        ("云帆市“十三五”规划实施情况中期评估报告", "work_report"),
        ("关于2023年工作计划执行情况的汇报", "work_report"),
        ("2019年工作报告和2020年工作计划", "work_report"),
        ("市第十次党代会召开以来工作情况的报告", "work_report"),
        ("学习政府工作报告心得体会", "template"),
        ("清河首入政府工作报告", "news"),
        ("清河科协这一年", None),
        (None, None),
    ],
)
def test_kind(title: str | None, kind: str | None) -> None:
    assert report_kind(title) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("各位代表：\n现在，我代表区政府向大会报告工作，请予审议。", "work_report"),
        ("各位委员：\n我受常委会委托，作工作报告，请审议。", "work_report"),
        ("同志们：\n现在，我代表上届委员会向大会作报告。", "work_report"),
        ("清河市的科普工作走在前列，我们听取了工作报告，很受鼓舞。", None),
    ],
)
def test_the_opening_tells_where_the_title_does_not(text: str, kind: str | None) -> None:
    assert report_kind(None, text) == kind
    assert report_kind("在清河市科协会议上的讲话", text) == "speech"
