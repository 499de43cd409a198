"""What pages of one site share is the site's; what reports share is not."""

from __future__ import annotations

import random
from array import array
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.cleaning import templates
from corpus_tools.cleaning.edits import apply, clean, settle
from corpus_tools.cleaning.templates import Frame, frame, is_frame, known_lines, learn, number, site_lines
from corpus_tools.document import Page

HEAD = ["乡音网 让乡音传遍四方", "今日访客 1203 人", "频道：要论 乡情 影像"]
TAIL = ["欢迎把本页告诉朋友", "乡音网编务组 值班 88012"]
GREETING = "各位委员、同志们："
CLOSING = "让我们高举旗帜、团结奋斗，为把我市科协事业推向前进而不懈努力，为实现宏伟目标作出新的更大的贡献！"


def body(n: int) -> list[str]:
    village, town, season = "甲乙丙丁戊己庚辛壬癸"[n], "子丑寅卯辰巳午未申酉"[n], "春夏秋冬"[n % 4]
    return [
        f"一、第{'零一二三四五六七八九'[n]}项工作",
        f"{village}村建起科普驿站，{season}天办讲座{n + 3}场，到场群众逐年增多，收效良好；站里添了图书与仪器。",
        f"{town}镇请来专家{n + 2}位，为果农答疑解难，防住了病虫害，全镇增收明显，农户交口称赞；经验已经推开。",
    ]


def page(n: int, *, site: str = "https://xiangyin.example/a", visitors: int = 0) -> Page:
    head = [HEAD[0], f"今日访客 {1203 + visitors} 人", HEAD[2]]
    text = "\n".join([*head, "云州市科协工作报告", GREETING, *body(n), CLOSING, "云州市科学技术协会", *TAIL])
    return Page(text, "txt", url=f"{site}/{n}")


def cleaned(one: Page, known: frozenset[int]) -> list[str]:
    return apply(one.text, clean(one.text, (site_lines(known),))).split("\n")


def test_lines_above_and_below_are_known_from_other_pages_and_what_reports_share_stays() -> None:
    pages = [page(n, visitors=n * 17) for n in range(3)]
    frames = [frame(p) for p in pages]
    learnt = learn(frames)
    assert [f.site for f in frames] == ["url:xiangyin.example"] * 3
    kept = [line for line in cleaned(pages[0], known_lines(frames[0], learnt)) if line]
    assert kept == ["云州市科协工作报告", GREETING, *body(0), CLOSING, "云州市科学技术协会"]


def test_which_pages_are_heard_does_not_follow_from_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of pages with the same lines two are heard: two copies of one text tell nothing, two texts would."""
    monkeypatch.setattr(templates, "WITNESSES", 2)
    texts = ([10, 11], [10, 11], [20, 21])
    pages = [Frame("url:xiangyin.example", array("q", [1, 2]), array("q", text)) for text in texts]
    assert [learn(order) for order in permutations(pages)] == [learn(pages)] * 6


def test_a_page_alone_teaches_nothing() -> None:
    assert learn([frame(page(1))]) == {}


def test_copies_of_one_report_are_one_page() -> None:
    once, again = page(4), page(4, visitors=5)
    assert learn([frame(once), frame(again), frame(replace(again, text=again.text + "\n以上"))]) == {}


def test_pages_of_different_sites_teach_each_other_nothing() -> None:
    assert learn([frame(page(1)), frame(page(2, site="https://other.example/b"))]) == {}


def test_the_order_of_pages_is_of_no_matter() -> None:
    frames = [frame(page(n)) for n in range(6)]
    learnt = learn(frames)
    for seed in range(5):
        random.Random(seed).shuffle(frames)
        assert learn(frames) == learnt


def test_a_foot_names_the_site_where_no_address_does() -> None:
    def site(foot: str) -> str | None:
        return frame(Page(f"正文若干。\n{foot}", "txt"), folder="x").site

    assert site("滇ICP备18015855号-3\n网站标识码：3301000088") == "foot:滇icp备18015855"
    assert site("云ICP备18015855号-3") == "folder:x"  # no province is written so
    assert site("网站标识码：3301000088") == "foot:3301000088"
    assert site("链接地址:https://www.wenku.example/doc-1.html") == "foot:wenku.example"


def test_in_a_folder_half_of_the_pages_must_have_a_line() -> None:
    pages = [replace(page(n), url=None) for n in range(4)]
    strangers = [Page("\n".join([f"另一站 {c}", *body(n)]), "txt") for n, c in enumerate("金木水火土日", start=4)]
    frames = [frame(p, folder="files") for p in pages]
    assert number(HEAD[0]) in learn(frames)["folder:files"]
    mixed = frames + [frame(p, folder="files") for p in strangers]  # 4 of 10 have it now
    assert number(HEAD[0]) not in learn(mixed).get("folder:files", frozenset())


def test_office_files_have_no_frame() -> None:
    assert frame(replace(page(1), format="docx")) == Frame(None)


def test_a_known_line_in_the_middle_of_the_text_stays() -> None:
    more = "点击看更多精彩"
    known = frozenset({number(more)})
    text = "\n".join([more, body(1)[1], more, body(1)[2], more])
    assert cleaned(Page(text, "txt"), known) == ["", body(1)[1], more, body(1)[2], ""]


def test_tables_and_names_that_reports_of_one_issuer_share_stay() -> None:
    """Nothing in them is said of a page, and they stand below the title, or above whatever the page says of itself."""
    shared = [
        "主要指标",
        "诉源治理",
        "牵头领导：张三",
        "完成时限：2018年12月",
        "捐赠名单",
        "张三 6054元",
        "收案 4024件",
    ]
    above = ["乡音传四方", "云州法院工作报告", "总体要求"]
    below = ["云州市人民法院收结案情况表", *shared, "网站地图", "帮助页面"]
    known = frozenset(number(line) for line in (*above, *below))
    text = "\n".join([*above, GREETING, *body(1), "主要指标", *body(2), *below])
    kept = [line for line in cleaned(Page(text, "txt"), known) if line]
    assert kept == [*above[1:], GREETING, *body(1), "主要指标", *body(2), *below[:-2]]


def test_figures_that_differ_make_different_lines() -> None:
    assert number("收案 4024件") != number("收案 4025件")
    assert number("更新时间 2018-03-05 10:20") == number("更新时间 2019-11-12 09:45")


@pytest.mark.parametrize(
    "line",
    [
        GREETING,
        "各位代表：",
        "同志们！",
        "一、工作回顾",
        "（二）主要任务",
        "云州市人民政府",
        "市长　周某某",
        "——在云州市第三届人民代表大会第二次会议上",
        "（2019年1月10日）",
        "2019年1月10日",
        "二〇一九年一月",
        "谢谢大家！",
        "政府工作报告",
        "政 府 工 作 报 告",
        "名词解释",
        CLOSING,
        "现在，我代表常委会作报告，请予审议。",
        "一年来，我们主要做了以下工作。",
        "云州市注册会计师协会",
        "云州市收藏家协会",
        "云州市12345热线管理办公室",
        "云州市政府网站工作年度报告",
        "以上报告，连同相关附表，请予审议，并为之努力奋斗！",
        "云州市人民法院文件",
    ],
)
def test_what_reports_of_one_issuer_share_is_never_the_frame(line: str) -> None:
    assert not is_frame(line, frozenset({number(line)}))


@pytest.mark.parametrize(
    "line",
    [
        "乡音网编务组 值班 88012",
        "今日访客 1203 人",
        "欢迎转载，请注明本站。",
        "云州市人民政府网站",
        "欢迎把本页告诉朋友",
    ],
)
def test_what_a_site_says_is(line: str) -> None:
    assert is_frame(line, frozenset({number(line)}))
    assert not is_frame(line, frozenset())


def test_digits_and_blanks_do_not_count() -> None:
    assert number("访客 1203 人") == number("访客3457人") != number("访客12人")
    assert number("到会 1203 人") == number("到会1203人") != number("到会3457人")
    assert 0 <= number("访客") < 2**63


@given(st.lists(st.sampled_from([*HEAD, *TAIL, *body(1), *body(2), GREETING, CLOSING, ""]), max_size=14))
def test_only_known_lines_go_and_cleaning_twice_changes_nothing(lines: list[str]) -> None:
    known = frozenset(number(line) for line in (*HEAD, *TAIL, body(2)[0]))
    text = "\n".join(lines)
    once = apply(text, settle(text, site_lines(known)(text)))
    gone = [line for line in lines if line and once.count(line) < lines.count(line)]
    assert set(gone) <= {*HEAD, *TAIL}
    cleaners = (site_lines(known),)
    settled = apply(text, clean(text, cleaners))
    assert apply(settled, clean(settled, cleaners)) == settled
