"""Each kind of damage that collected reports show: one raw text, and what comes of it by way of cleaning and flags."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_tools.building.prepare import prepare
from corpus_tools.config import Config
from corpus_tools.data import toml
from corpus_tools.describing.flags import DECIDED, known_flags
from corpus_tools.document import Document
from corpus_tools.errors import Rejected

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

TITLE = "2021年云州市科协工作报告"
HEAD = f"{TITLE}\n各位委员、同志们：\n"
FIRST = "过去一年，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成，成绩来之不易。"
SECOND = "今后一个时期，要加强自身建设，改进工作作风，深入一线调查研究，帮助科技工作者解决实际困难，办好实事。"
THIRD = "我们坚持问题导向，走访乡镇，收集建议，推动解决基层反映的突出问题，为高质量发展作出应有贡献。"
FOURTH = "学会改革稳步推进，云州十二家学会完成换届，会员之家建成九个，学术年会吸引两千名科技工作者参加交流。"
BODY = "\n".join((FIRST, SECOND, THIRD, FOURTH))
REPORT = HEAD + BODY
REST = "各项工作落到实处，取得实效，不负期望。"
LONG = "\n".join(f"第{i}项工作，{p}" for i in range(1, 5) for p in (FIRST, SECOND, THIRD, FOURTH))
OTHER = "\n".join(f"清河第{i}件事，{p}" for i in range(1, 5) for p in (FIRST, SECOND, THIRD, FOURTH))

# Lines above a report that are cut, one kind each.
ABOVE = {
    "greeting": "您好,欢迎访问云帆文档",
    "site line": "云州市党政门户网",
    "breadcrumb": "当前位置:首页 > 办公文档 > 工作报告 > 正文",
    "breadcrumb of a site": "您的位置:云帆文秘网>>科技/党委/会议致辞/>>正文",
    "breadcrumb, one token a line": "您的位置:\n首页\n>\n云州要闻",
    "breadcrumb with broken arrows": "您现在的位置:首页 ? 资讯中心 ? 组织建设 组织建设",
    "navigation words glued": "要闻直播两会图片中央领导下团组",
    "source, time, editor": "發布時間:2021-03-11 23:45 來源:雲州社 編輯:張靜",
    "fields without a gap": "来源:云州市妇联撰稿人:郭某发布时间:2021-01-20[关闭][打印]",
    "empty fields": "来源:    作者:    编辑:董某",
    "empty counters": "浏览次数:  字号:〖",
    "toolbar": "下载\n打印\n全屏\n收藏\n【字号：\n加大\n还原\n减小\n】",
    "font switch": "【字体：大 中 小】",
    "font size": "字体大小:[大][中][小]",
    "font and views": "放大 缩小 关闭 浏览量:",
    "counter alone": "4874268",
    "dateline": "新华社云州3月15日电",
    "released": "(两会受权发布)",
    "photo": "王某同志作政府工作报告。本报记者 戴某摄",
    "photo credit": "云州社记者 刘某某 摄",
    "lead-in": "下面是小编为大家整理的在云州市科协全委会议上的工作报告(2021年),供大家参考。",
    "definition": "工作报告是指各级各类机关工作人员,主要是领导干部向上级汇报的书面报告,下面是小编搜集整理的范文。",
    "disclaimer": "導語:一文來源于網友上傳,不代表本站觀點,若需要原創文章可咨詢客服老師,歡迎參考。",
    "preview": "内容预览:",
    "copy": "正文复制",
    "collection to load": "合集下载",
    "hint": "阅读提示",
    "document share": "格式:DOC 上传日期:2024-01-12 14:45:09",
    "size": "资源大小:321.50KB        全文页数:91页",
    "coins": "下载积分:16金币",
    "uploader": "上传人:b****6 文档编号:6685198",
    "page images": "企业评估规范_第1页 企业评估规范_第2页",
    "site slogan": "文海无涯勤作舟 — — 云帆文库◆记住我,来我~",
    "slogan of three": "荟聚奇文、博采众长、见贤思齐",
    "reading time": "共计135486个字,预计阅读时长452分钟",
    "title again": TITLE,
    "titles of other years": "2011年云州市科协工作报告 2012年云州市科协工作报告 2013年云州市科协工作报告",
    "hijack": "BG大游",
    "hijack, two": "乐博体育",
    "law database": "【法宝引证码】 CLI.12.6476457\nhttps://law.example/12",
}
BELOW = {
    "copyright": "版权所有:云帆文档网 2018-2024 未经授权禁止复制或建立镜像[云帆文档网]所有资源完全免费共享",
    "powered by": "Powered by 云帆范文网 © All Rights Reserved.。云ICP备12023014号",
    "related words": "相关热词搜索: 科协 工作报告 全委",
    "recommended": "推荐访问:科协 工作报告 全委会",
    "related reports": "相关报道：\n某地开会",
    "earlier issues": "往期回顾\n某地开会",
    "related with dots": "相关链接 · 《云州市工作报告》修改三处 · 委员审议工作报告",
    "title and link": "本文标题:某书记在会议上的讲话\n链接地址:https://www.doc.example/doc-10735438 .html",
    "editor": "（责任编辑： 郭某\n ）",
    "editor alone": "编辑：何某某",
    "mail": "【E-mail推荐】",
    "share": "—分享—",
    "qr": "微信扫码领取福利",
    "scan": "扫一扫在手机打开当前页",
    "share to": "分享到微信\n×",
    "print, close": "【 打印本页 】 【 关闭窗口 】",
    "copyright of a share": "版权说明:本文档由用户提供并上传,收益归属内容提供方,如有侵权请联系",
    "declaration": "【下载声明】1. 本站全部试题类文档均为上传",
    "vendor": "Produced By 大汉网络 大汉版通发布系统",
    "wechat": "- END -\n编辑整理:云州市委会\n如有转载请注明以上内容",
    "script": '40 3310010\n");',
    "date script": "今天是",
    "comment": "<!--\n-->",
    "attachments": "相关附件>>\nbe341a59f1dd422394845dcb3fce09dc: 云州市工作报告",
    "wiki footer": "Public domain\nPublic domain\nfalse\nfalse",
}
# A paragraph between others: what is left of it.
INSIDE = {
    "hidden content": (f"弘扬奉献、协 当前隐藏内容免费查看同、育人精神，{REST}", f"弘扬奉献、协同、育人精神，{REST}"),
    "dotted watermark": (f"要抓好文.海.云.帆.文.库.出.品,学风建设，{REST}", f"要抓好学风建设，{REST}"),
    "apostrophe": (f"非委员的'县(市、区)科协负责人，{REST}", f"非委员的县(市、区)科协负责人，{REST}"),
    "advert": ("開始之前先推薦一個非常厲害的Ai人工智能工具,一鍵生成工作報告。", ""),
    "editor in the middle": (f"要抓好学风建设。论文联盟编辑。{REST}", f"要抓好学风建设。{REST}"),
    "spaces before marks": (f"进入新时代 。{REST}", f"进入新时代。{REST}"),
    "toned pinyin": (
        "工作總結(jié),是體現(xiàn)成效的，常委會(huì )著(zhù)眼于大局。",
        "工作总结,是体现成效的，常委会着眼于大局。",
    ),
    "plain pinyin, emoji": (
        "對(dui)區政府工作(zuo)報告予(yu)以審議，意🌃見和(he)建(jian)議，營(ꦫying)商環境。",
        "对区政府工作报告予以审议，意见和建议，营商环境。",
    ),
    "byte shift": ("做了三件事。ㄒ唬┏闪⒘诵〗椤（二）建立了制度。", None),
    "swallowed tag": (f"他说：“任务完了，{REST}完了?！?/p>", f"他说：“任务完了，{REST}完了。”"),
    "question runs": ("????????????云州市科学技术协会", "云州市科学技术协会"),
    "escapes": (f"<U+00A0><U+00A0>{REST}", REST),
    "line breaks in letters": (f"{REST}x0dx0ax0dx0a公文还要精简，{REST}", f"{REST}\n公文还要精简，{REST}"),
    "table of contents field": ('TOC\\o"1-2"\\h\\u30650第一章绩效评估概述 3298821.1', ""),
    "mirror-site traditional": (
        "奮斗目標明確，面對嚴峻復雜形勢，關于改革發展，各項工作取得進展。",
        "奋斗目标明确，面对严峻复杂形势，关于改革发展，各项工作取得进展。",
    ),
    "Taiwan's words": (
        "推動高品質發展，指明瞭方向，各項工作取得進展。",
        "推动高质量发展，指明了方向，各项工作取得进展。",
    ),
    "odd de": (f"各方旳工作要抓好，{REST}", f"各方的工作要抓好，{REST}"),
    "dash lookalikes": (
        "举办“少年与科技一一与科学家面对面”活动，开展科普惠民--511主题服务。",
        "举办“少年与科技——与科学家面对面”活动，开展科普惠民——511主题服务。",
    ),
    "split digits": (
        f"协会始于1 954年，1 9 9 3 年3 月恢复，２００９年增长８．７％，{REST}",
        f"协会始于1954年，1993年3月恢复，２００９年增长８．７％，{REST}",
    ),
    "page numbers": (
        f"临时改换会 2 议地点。{SECOND * 4}临时调整时 3 间安排。",
        f"临时改换会议地点。{SECOND * 4}临时调整时间安排。",
    ),
    "space in a word, as often as a layout tears them": (
        f"过去一年，掌 握会议组织工作的环节，{SECOND}" * 8,
        f"过去一年，掌握会议组织工作的环节，{SECOND}" * 8,
    ),
    "wiki edit link": ("过去一年的主要工作 编辑", "过去一年的主要工作"),
    "image": ('<image>data:image/s3,"s3://x/1" alt="a"</image>', ""),
    "table mark": ("摘 要: |", "摘 要:"),
    "tag": (f"<正>{REST}", REST),
    "translation": ("五、推动科协工作5. We facilitated improvements in the work of associations", "五、推动科协工作"),
    "masked name": (f"学习贯彻***新时代中国特色社会主义思想，{REST}", f"学习贯彻***新时代中国特色社会主义思想，{REST}"),
}
# Whole files and the flags they must have (short is not looked at: these samples are).
FLAGGED = {
    "paywall": (f"{REPORT}\n…………\n本文共4944字,仅供站内会员学习参考(会员可", {"truncated"}),
    "paywall, pages": (f"{REPORT}\n已阅读5页,还剩13页未读 继续免费阅读", {"truncated"}),
    "paywall, privilege": (f"{REPORT}\n尊享超值权益", {"truncated"}),
    "cut off in a word": (
        f"{REPORT}\n要加强学风建设，改进工作作风，深入一线调查研究，解决群众的实际困难，尽量避免矛盾激",
        {"truncated"},
    ),
    "cut off in a date": (
        f"{REPORT}\n要加强学风建设，改进工作作风，深入一线调查研究，解决群众的实际困难，会议定于3月1",
        {"truncated"},
    ),
    "masked year": (f"{HEAD}201*年，{REST}\n{BODY}", {"masked", "masked_year"}),
    "whole year masked": (f"XXXX年{HEAD}{BODY}", {"masked", "masked_year"}),
    "pieces numbered behind their titles": (
        f"云州市科协工作报告 篇1\n各位委员：\n{BODY}\n云州市科协工作报告 篇2\n{OTHER}",
        {"collection"},
    ),
    "samples numbered": (f"范文一：云州市科协工作报告\n{BODY}\n范文二：云州市科协工作报告\n{OTHER}", {"collection"}),
    "year deleted": (f"{HEAD}{BODY}\n过去的一里，{REST}", {"lost_characters"}),
    "name deleted": (f"{HEAD}{BODY}\n成立了以区委副书记,区长同志为组长的领导小组，{REST}", {"lost_characters"}),
    "words deleted": (f"{HEAD}{BODY}\n开好这次大会,!对于总结过去十分重要，{REST}", {"lost_characters"}),
    "month lost": (f"{HEAD}{BODY}\n38日，举办了讲座，{REST}", {"lost_characters"}),
    "letter lost": (f"{HEAD}{BODY}\n云州市学技术协会{REST}", {"lost_characters"}),
    "letter lost for ever": (f"{HEAD}{BODY}\n云州市科\ufffd办好实事，{REST}", {"lost_characters"}),
    "year moved forward": (
        f"2022年云州市科协工作报告\n发布时间：2021-11-29 来源：云州\n（2022年1月17日在云州市科协全委会议上）\n{BODY}",
        {"year_after_publication"},
    ),
    "published years later": (f"2008年云州市科协工作报告\n时间：2022-07-15\n一、2007年工作回顾\n{BODY}", set()),
    "plan for the year to come": (f"云州市科协2022年工作要点\n发布时间：2021-12-29\n{BODY}", set()),
    "spun": (f"{HEAD}{BODY}\n要绝不摆荡抓好党的扶植，泛博干部当真贯彻落实，{REST}", {"spun"}),
    "one odd word": (f"{HEAD}{BODY}\n泛博干部{REST}", set()),
    "mojibake": (f"{HEAD}{BODY}\n三件事。ǘ┙⒘嘶制{REST}", {"mojibake"}),
    "retitled": (f"区长在代表会上工作汇报\n各位代表：\n{BODY}", {"retitled"}),
    "pieces": (
        f"云州市科协工作报告\n篇一\n各位委员：\n{FIRST}\n{SECOND}\n篇二\n各位委员：\n{THIRD}\n{FOURTH}",
        {"collection"},
    ),
    "so many pieces": (f"云州市科协工作报告15篇\n各位委员：\n{BODY}", {"collection", "not_a_report"}),
    "complete works": (f"云州市科协工作报告(大全13篇)\n各位委员：\n{BODY}", {"collection", "not_a_report"}),
    "last page of them": (f"云州市科协工作报告27篇(第49/49页)\n各位委员：\n{BODY}", {"collection", "not_a_report"}),
    "two reports": (f"{HEAD}{LONG}\n清河市总工会工作报告\n各位委员：\n{OTHER}", {"collection"}),
    "one report with many salutations": (f"{HEAD}{LONG}\n各位委员、同志们：\n{OTHER}", set()),
    "page n by its title": (f"党代会领导讲话(2)\n同志们：\n{BODY}", {"page_of_several", "retitled"}),
    "pager": (f"{REPORT}\n上一页 1 2 3 下一页", {"page_of_several"}),
    "first page": (f"{REPORT}\n[1] [2] [3] 下一页 尾页", {"page_of_several"}),
    "the whole text twice": (f"{HEAD}{LONG}\n{HEAD}{LONG}", {"text_repeated"}),
    "news": (f"云州市代市长参加第一代表团审议政府工作报告\n{BODY}", {"not_a_report"}),
    "resolution": (f"云州市第五届人民代表大会第一次会议关于政府工作报告的决议\n{BODY}", {"not_a_report"}),
    "advice": (f"怎么写科协工作报告\n{BODY}", {"not_a_report"}),
    "story": (
        "官场旧事\n" + "\n".join(f"老王低声说：“第{i}件事，今晚就办。”书记笑道：“好，都听你的。”" for i in range(12)),
        {"not_a_report"},
    ),
}


def made(text: str, source: str = "a.txt") -> Document:
    return prepare(text.encode(), source, config=Config())


@pytest.mark.parametrize("line", ABOVE.values(), ids=ABOVE)
def test_what_stands_above_is_cut(line: str) -> None:
    document = made(f"{line}\n{REPORT}")
    assert document.text == REPORT
    assert document.year == 2021


@pytest.mark.parametrize("line", BELOW.values(), ids=BELOW)
def test_what_stands_below_is_cut(line: str) -> None:
    assert made(f"{REPORT}\n{line}").text == REPORT


@pytest.mark.parametrize(("raw", "clean"), INSIDE.values(), ids=INSIDE)
def test_what_stands_inside_is_put_right(raw: str, clean: str | None) -> None:
    clean = "做了三件事。（一）成立了小组。（二）建立了制度。" if clean is None else clean
    if "ㄒ唬" in raw:  # made byte by byte, so that nobody has to trust the eye
        raw = clean.encode("gbk").replace(b"\xa3\xa3", b"\xa3").decode("gbk")
    between = "\n".join(filter(None, (FIRST, clean, THIRD)))
    assert made(f"{HEAD}{FIRST}\n{raw}\n{THIRD}").text == HEAD + between


def test_spaced_titles_and_names_are_closed_up() -> None:
    text = made(f"云 州 市 工 作 报 告\n市长　王　小　明\n各位代表：\n{BODY}").text
    assert text == f"云州市工作报告\n市长　王小明\n各位代表：\n{BODY}"


@pytest.mark.parametrize(("raw", "flags"), FLAGGED.values(), ids=FLAGGED)
def test_what_cannot_be_put_right_is_flagged(raw: str, flags: set[str]) -> None:
    assert set(made(raw).flags) - {"short"} == flags


def test_a_page_of_several_is_known_by_its_address() -> None:
    assert "page_of_several" in made(REPORT, "content_39842451_3.html").flags
    assert "page_of_several" not in made(REPORT, "t20160226_1187.html").flags


def test_marks_of_pieces_stay_as_headings() -> None:
    document = made(FLAGGED["pieces"][0])
    assert [s.heading for s in document.sections if s.heading] == ["篇一", "篇二"]


@pytest.mark.parametrize("text", ["ࡱ> uwt9 RBbjbj6~l 科", "".join(chr(0x4E00 + i * 37 % 20000) for i in range(3000))])
def test_what_no_person_can_read_is_rejected(text: str) -> None:
    with pytest.raises(Rejected) as refused:
        made(text)
    assert (refused.value.stage, refused.value.reason) == ("clean", "unreadable")


def test_a_stub_is_short() -> None:
    assert made("2021年云州市科协工作报告\n略。").flags == ("short",)


@pytest.mark.parametrize("name", known_flags())
def test_every_flag_is_decided_somewhere_and_explained(name: str) -> None:
    flag = known_flags()[name]
    assert flag.text or flag.title or name in DECIDED
    assert DECIDED.keys() <= known_flags().keys()
    for example in flag.examples:
        assert any(p.search(example) for p in (*flag.text, *flag.title)), example
    for keep in flag.keeps:
        assert not any(p.search(keep) for p in (*flag.text, *flag.title)), keep


def test_the_documentation_lists_the_flags_as_the_data_does() -> None:
    lines = (ROOT / "docs" / "edits.md").read_text("utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines[lines.index("| flag | meaning |") + 2 :] if "|" in line]
    assert dict(rows) == {name: flag.meaning for name, flag in known_flags().items()}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not here")
def test_whole_reports_have_no_flag_that_they_should_not() -> None:
    """Of each file by its folder: the site's pages of several, resolutions, a title without text, and no other."""
    wrong = {}
    for path in sorted((SHARED / "corpus").rglob("*.*")):
        if path.suffix not in (".txt", ".docx"):
            continue
        expected = {"npc_resolutions": {"not_a_report"}}.get(path.parent.name, set())
        if path.parent.name == "state_council_scraped" and path.stem in ("2006", "2007", "2008", "2009"):
            expected = {"page_of_several"}
        if path.name == "07_1.txt":  # a title only
            expected = {"short"}
        found = set(prepare(path.read_bytes(), path.name, config=Config()).flags) - {"text_repeated"}
        if found != expected:
            wrong[path.name] = found
    assert wrong == {}


def test_no_phrase_of_spinners_stands_twice() -> None:
    phrases = toml("spun.toml")["phrases"]
    assert len(phrases) == len(set(phrases))
