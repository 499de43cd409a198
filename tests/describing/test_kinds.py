"""Kind, organisation and level of invented reports."""

from __future__ import annotations

import pytest

from corpus_tools.describing.kinds import level, organisation, report_kind

BODY = "过去一年，我们服务企业三百家，举办讲座四十场，各项任务如期完成。"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2023年清河市科协工作报告", "work_report"),
        ("清河市市长述职报告", "work_report"),
        ("在清河市科协全委会议上的讲话", "speech"),
        ("2024年上半年工作总结及下半年工作计划", "summary"),
        ("清河市科协2023年工作要点", "plan"),
        ("清河市科普实施方案", "plan"),
        ("清河市人大会议关于政府工作报告的决议", "resolution"),
        ("清河市人大代表审议政府工作报告", "news"),
        ("清河市科协大会闭幕", "news"),
        ("在清河市科协大会闭幕式上的讲话", "speech"),
        ("工作报告范文15篇", "template"),
        ("科协工作报告怎么写", "template"),
        ("清河科协这一年", None),
        (None, None),
    ],
)
def test_kind(title: str | None, kind: str | None) -> None:
    assert report_kind(title) == kind


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("清河市科协工作报告", BODY, "科协"),
        ("清河市科学技术协会2023年工作要点", BODY, "科协"),
        ("政府工作报告", BODY, "政府"),
        ("清河市中级人民法院工作报告", BODY, "法院"),
        ("清河市人民检察院工作报告", BODY, "检察院"),
        ("政协清河市委员会常务委员会工作报告", BODY, "政协"),
        ("清河市人大常委会工作报告", BODY, "人大"),
        ("清河市总工会工作报告", BODY, "工会"),
        ("清河市妇联工作总结", BODY, "妇联"),
        ("共青团清河市委工作报告", BODY, "共青团"),
        ("工作报告", f"各位代表：\n现在，我代表市妇联向大会报告工作，请予审议。{BODY}", "妇联"),
        ("工作报告", f"工作报告\n——在清河市工会代表大会上\n各位代表：\n{BODY}", "工会"),
        ("工作报告", f"各位代表：\n{BODY}", None),
        (None, "", None),
    ],
)
def test_organisation(title: str | None, text: str, name: str | None) -> None:
    assert organisation(title, text) == name


@pytest.mark.parametrize(
    ("title", "text", "where"),
    [
        ("国务院政府工作报告", BODY, "national"),
        ("苍岭省政府工作报告", BODY, "province"),
        ("清河市政府工作报告", BODY, "city"),
        ("霁垣县政府工作报告", BODY, "county"),
        ("XX省科协工作报告", BODY, "province"),
        ("××市科协工作报告", BODY, "city"),
        ("柳溪镇人民政府工作报告", BODY, "township"),
        ("工作报告", "我市科普工作走在前列，我市会员突破一万，我市企业受益，我市取得突破。", "city"),
        ("工作报告", "全县科普工作走在前列，我县会员突破一万，我县企业受益。", "county"),
        ("工作报告", "我市科普工作走在前列。", None),
        (None, "", None),
    ],
)
def test_level(title: str | None, text: str, where: str | None) -> None:
    assert level(title, text) == where
