"""Families of boilerplate: every example is removed, every line to keep survives, genuine lines near the edges too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus_tools.cleaning import CLEANERS, boilerplate
from corpus_tools.cleaning.boilerplate import Family, boilerplate_lines, boilerplate_spans, families
from corpus_tools.cleaning.edits import apply, clean
from corpus_tools.errors import DataError

TITLE = "清河市科协工作报告"
BODY = (
    "过去一年，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成，成绩来之不易。",
    "一年来，我们坚持问题导向，走访乡镇二十六个，收集建议一百二十条，办结率达到九成以上，得到了基层的充分肯定和广泛好评。",
    "在学术交流方面，先后召开年会三次，评选论文八十篇，其中十二篇获得省级奖励。学会治理更加规范，会员总数突破一万人。",
    "在科学普及方面，新建科普馆两座，流动车行程三千公里；组织讲师团进校园、进社区、进企业，受众达到五万人次，反响热烈。",
    "我们也清醒看到，工作中还有不少短板，基层组织覆盖面不够广，服务手段比较单一，干部能力有待提高，这些都要认真加以解决。",
    "新的一年，我们要突出重点，抓住关键，把人才培养放在首位，实施青年托举计划，建设院士工作站五家，引进专家三十名。",
    "要加强自身建设，改进工作作风，严格执行各项规定，深入一线调查研究，帮助科技工作者解决实际困难，建成温暖的家。",
    "蓝图已经绘就，号角已经吹响。让我们携起手来，埋头苦干，勇毅前行，为建设现代化的清河作出新的更大贡献！",
)
ZONES = {
    "top": ("head",),
    "head": ("head",),
    "tail": ("tail",),
    "edge": ("head", "tail"),
    "any": ("head", "middle", "tail"),
}
AT = {"head": 0, "middle": 4, "tail": len(BODY)}


def report(line: str, zone: str) -> str:
    lines = list(BODY)
    lines.insert(AT[zone], line)
    return "\n".join(lines)


def only(monkeypatch: pytest.MonkeyPatch, family: Family) -> None:
    monkeypatch.setattr(boilerplate, "families", lambda: (family,))


def cases(column: str) -> Iterator[object]:
    for family in families():
        for i, case in enumerate(getattr(family, column)):
            for zone in ZONES[family.where]:
                yield pytest.param(family, case, zone, id=f"{family.name}-{i}-{zone}")


def test_every_family_has_an_example() -> None:
    assert [family.name for family in families() if not family.examples] == []


@pytest.mark.parametrize(("family", "example", "zone"), list(cases("examples")))
def test_an_example_is_removed_by_its_family(
    monkeypatch: pytest.MonkeyPatch, family: Family, example: tuple[str, str], zone: str
) -> None:
    only(monkeypatch, family)
    line, left = example
    text = report(line, zone)
    edits = sorted([*boilerplate_spans(text), *boilerplate_lines(text)])
    assert {(e.kind, e.rule) for e in edits} == {(family.kind, family.name)}
    assert apply(text, edits).split() == report(left, zone).split()


@pytest.mark.parametrize(("family", "example", "zone"), list(cases("examples")))
def test_an_example_is_removed_when_all_families_are_at_work(
    family: Family, example: tuple[str, str], zone: str
) -> None:
    line, left = example
    text = report(line, zone)
    rest = set(apply(text, clean(text, (boilerplate_spans, boilerplate_lines))).split())
    assert set(BODY) <= rest
    assert not {part for part in line.split() if len(part) > 3 and part not in left} & rest


@pytest.mark.parametrize(("family", "line", "zone"), list(cases("keeps")))
def test_a_line_to_keep_survives(family: Family, line: str, zone: str) -> None:
    text = report(line, zone)
    assert clean(text, (boilerplate_spans, boilerplate_lines)) == ()


GENUINE = """\
时间：2023年1月5日上午
时间：2023年1月5日
会议时间：2023年1月5日
地点：市会议中心二楼
报告人：王某某
主持人：李某
主办单位：市司法局
承办单位：清河市科协
附件：
附件
附件1
附件：1.主要指标完成情况表
附件：名词解释
各位代表
各位代表：
各位委员、同志们：
同志们！
谢谢大家！
清河市人民政府
清河市科学技术协会办公室
二〇二三年一月
二〇二三年一月五日
2023年1月
2023年1月5日
（2023年1月5日）
——2023年1月5日在清河市第五届人民代表大会第三次会议上
清河市市长　王某某
（讨论稿）
（此件公开发布）
（联系人：王某；电话：123）
抄送：市委办公室
主题词：工作 报告
教育
文化
党建
科技服务
文化教育
教育科技文化
社会党建
政务公开
互动交流
经济社会
新闻宣传
科普论坛
一、过去一年的工作回顾
（一）加强组织建设
1.建成科普馆三座
一是抓公告
名词解释
名词解释：
注释：
双减：指减轻学生作业负担和校外培训负担。
1.“双减”：减轻义务教育阶段学生作业负担和校外培训负担。
表1 主要指标
单位：亿元
关键词在于落实，关键在人。
我们把“关键词”定为实干，把落脚点放在基层。
以上材料供大家参考，请提出宝贵意见。
现将有关情况汇报如下，供大家参考。
下面，我就今年工作向大家提供几点意见，供讨论。
今天，我们为大家准备了一份答卷。
笔者认为，要推荐一批典型。
建设相关链接三十条，打通数据壁垒。
记者站全年刊发稿件三百篇。
中央媒体记者走进清河，拍摄宣传片三部。
组织摄影家、记者进村拍摄。
举办摄影培训班，邀请市报记者王某主讲。
编辑部全年出刊十二期。
编辑：出版科普读物三种，发行两万册。
编辑出版《清河科普》12期
加强门户网站建设
全年更新门户网站信息三千条。
推进政务信息网建设
建立镜像站点三个
首页改版完成
当前位置优越
目前位置优越
前一年：基础较弱
下一年：目标更高
汇集民智、凝聚民心、服务民生
汇聚人才、资本、技术、数据
博采众长、精益求精、追求卓越
推动科普资源分享，扫除科盲
扫码支付普及率达九成
识别二维码追溯产品三百种
为劳动者点赞
收藏品
关闭煤矿十二家
3310人次参加培训
扎实开展棋牌室、彩票网点整治
新注册企业送政策上门
彩票公益金支出三千万元
电话：12345热线受理诉求三万件。
未经许可不得设摊，取缔三十处
加强版权所有权保护
国家网站标识码覆盖率100%
继续阅读推广活动
会员专享服务
如需转载科普作品三百件
来源于基层，服务于基层
公文是机关运转的重要载体，全年办理公文三千件。
导语：今年以来，全市科协系统各项工作取得新的进展。
这部作品在全国出版发行
本文件是全市科普工作的基本遵循
今天是清河建市四十周年。
让我们更加紧密地团结起来，为建设幸福清河而努力奋斗！
""".splitlines()


@pytest.mark.parametrize("zone", ["head", "tail"])
@pytest.mark.parametrize("line", GENUINE)
def test_genuine_lines_near_the_edges_survive_all_cleaners(line: str, zone: str) -> None:
    lines = [TITLE, *BODY]
    lines.insert(1 if zone == "head" else len(lines), line)
    assert clean("\n".join(lines), CLEANERS) == ()


def test_long_digits_of_a_table_below_the_text_are_no_counters() -> None:
    text = "\n".join([TITLE, *BODY, "附表", "指标", "完成", "粮食产量（吨）", "4874268", "工业产值（万元）", "1203400"])
    assert clean(text, CLEANERS) == ()


def test_lines_deep_in_the_text_are_not_touched() -> None:
    text = "\n".join([*BODY[:4], "下载", "来源：市统计局", "相关阅读", *BODY[4:]])
    assert list(boilerplate_lines(text)) == []


def test_a_licence_mark_above_the_text_does_not_take_the_text_with_it() -> None:
    text = "\n".join(["维基文库，自由的图书馆", TITLE, "↑", *BODY])
    assert set(BODY) <= set(apply(text, clean(text, CLEANERS)).split("\n"))


def test_all_below_a_licence_is_cut() -> None:
    text = "\n".join([TITLE, *BODY, "本作品是清河市的公文，不受保护。", "Public domain", "false", "false"])
    assert apply(text, clean(text, CLEANERS)) == "\n".join([TITLE, *BODY])


def test_short_lines_below_a_list_of_links_go_with_it_to_the_next_paragraph() -> None:
    text = "\n".join([TITLE, *BODY[:6], "相关阅读：", "某县科普日开幕", "某县召开年会", *BODY[6:]])
    assert apply(text, list(boilerplate_lines(text))).split() == [TITLE, *BODY]


@pytest.mark.parametrize(
    "table",
    [
        {"kind": "site", "where": "roof", "patterns": ["a"]},
        {"kind": "site", "where": "head", "match": "part", "patterns": ["a"]},
        {"kind": "site", "where": "head"},
        {"kind": "site", "where": "head", "patterns": "a"},
        {"where": "head", "patterns": ["a"]},
        {"kind": "site", "where": "head", "patterns": ["("]},
        {"kind": "site", "where": "head", "patterns": ["a"], "needels": ["a"]},
    ],
)
def test_a_broken_family_is_named(monkeypatch: pytest.MonkeyPatch, table: dict[str, object]) -> None:
    monkeypatch.setattr(boilerplate, "toml", lambda name: {"broken-one": table})
    families.cache_clear()
    with pytest.raises(DataError, match=r"boilerplate\.toml: \[broken-one\]"):
        families()
    families.cache_clear()
