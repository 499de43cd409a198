"""What each repairer of damage inside a text points at, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from corpus_tools.cleaning import damage
from corpus_tools.cleaning.edits import apply, settle
from corpus_tools.document import Edit

PAGE = "我们坚持问题导向，走访乡镇，收集建议，推动解决基层反映的突出问题。" * 10
CHANGED = {
    "escapes": [
        ("科协<U+00A0>工作", "科协 工作"),
        ("科协&nbsp;&nbsp;工作", "科协 工作"),
        ("各位代表x0dx0ax0dx0a现在报告", "各位代表\n现在报告"),
        ("第一\\r\\n第二", "第一\n第二"),
        ("\ufeff科\u200b协", "科协"),
    ],
    "question_runs": [("????????清河市科学技术协会", "清河市科学技术协会")],
    "reading_aids": [
        ("工作總結(jié)報告", "工作總結報告"),
        ("提出意(yi)见和(he)建(jian)议", "提出意见和建议"),
        ("提出意🌃见", "提出意见"),
        ("加强“四(sì)个服务”建設(shè)", "加强“四个服务”建設"),
        ("土(tu)地(di)面(mian)积(ji)三公顷(ha)，共(gong)有(you)", "土地面积三公顷，共有"),
        ("改善營(ꦫying)商环境", "改善營商环境"),
        ("常委會(huì )著(zhù)眼于", "常委會著眼于"),
    ],
    "stray_apostrophes": [("各县'区科协负责人", "各县区科协负责人"), ("用语的',发现一次", "用语的,发现一次")],
    "dashes": [
        ("科普惠民--511主题服务", "科普惠民——511主题服务"),
        ("“科普惠民” --511主题服务", "“科普惠民”——511主题服务"),
        ("《少年与科技一一科学家的故事》", "《少年与科技——科学家的故事》"),
        ("一一2023年1月5日在清河市会议上", "——2023年1月5日在清河市会议上"),
        ("--在清河市科协全委会议上", "——在清河市科协全委会议上"),
    ],
    "split_numbers": [("2 0 2 3 年3 月1 日", "2023年3月1日"), ("始建于1 954年", "始建于1954年")],
    "spaced_titles": [
        ("政 府 工 作 报 告", "政府工作报告"),
        ("政　府　工　作　报　告", "政府工作报告"),
        ("清河市市长　王　小　明", "清河市市长　王小明"),
    ],
    "page_numbers": [
        ("改换会 2 议地点。" + PAGE + "调整时 3 间安排。", "改换会议地点。" + PAGE + "调整时间安排。"),
    ],
    "translations": [
        (
            "五、推动科协工作5. We facilitated improvements in the work of associations",
            "五、推动科协工作",
        ),
        (
            "一、回顾。Over the past year we have served 300 firms.\n二、安排。In the coming year we will serve more firms.",
            "一、回顾。\n二、安排。",
        ),
    ],
    "spaces_in_sentences": [
        (f"过去一年，掌 握会议组织工作的环节，{PAGE}" * 8, f"过去一年，掌握会议组织工作的环节，{PAGE}" * 8)
    ],
    "odd_letters": [("新时代 。", "新时代。"), ("科协旳工作", "科协的工作")],
}
KEPT = {
    "escapes": ["A&B公司", "路径C:\\new", "科协  工作\n下一行"],
    "question_runs": ["我们准备好了吗?", "好吗？？", "推进高??茀f会"],
    "reading_aids": [
        "加入世界贸易组织(WTO)以后",
        "引进人工智能(AI)人才",
        "开发应用(app)平台",
        "参加论坛(forum)",
        "增长(约两成)",
        "标准(ISO)体系",
        "推广短信(sms)服务",
        "造林五百公顷（ha）。",
        "发展人工智能(ai)、大数据(da)、商业智能(bi)，",
        "发展人工智能(ai)。",
        "识读“麻（má）”字",
        "方言“蹽（liāo）”和“瞅（chǒu）”收入词典",
        "教唱“多(duo)来(lai)米(mi)发(fa)”",
    ],
    "stray_apostrophes": ["围绕'四服务'开展工作", "the people's congress", "面积5'30"],
    "dashes": [
        "岗位与职责一一对应",
        "对意见一一落实",
        "《岗位一一对应表》",
        "2021-2025年",
        "2021--2025年",
        "C-919飞机",
        "建成5G-A基站",
    ],
    "split_numbers": ["第 1 届", "完成 20 项", "1 个项目 9 年", "2023年3月1日"],
    "spaced_titles": [
        "清河市市长　王某",
        "一是 二是",
        "各位委员 同志们",
        "发展 是 硬道理",
        "张 三  李 四  王小明",
        "张 三 李 四 王小明",
        "赵　六 钱　七",
    ],
    "page_numbers": ["全年完成 12 项，新增 8 家", "共有 5 人参加", "第 2 批和第 3 批", "完成 2 项、启动 3 项"],
    "translations": [
        "承办World Robot Conference Beijing 2023",
        "发表论文On the theory of shallow rivers and lakes",
        "引进ISO 9001、IEC 60601、GB 19001 等标准",
        "1. We serve science",
        "会议宣言指出：\nWe will build a shared home for all.\nWe will share what we know with all.",
        "举办论坛。\n论坛的主题是The rivers and the lakes of the north\n论坛口号是Clean water for all of the towns",
        "举办讲座。The topic of the talk is clean water for towns.讲座很成功。\n举办展览。" * 2,
        "宣读“大家好。We will build a shared home for all\n“大家好。We will share what we know with all",
        "过去一年，服务企业。\n" * 9 + "办论坛。The topic of the talk is clean water.\n" * 2,
    ],
    "spaces_in_sentences": [
        "掌 握会议组织工作的环节",
        f"会上，省科协主席 王某某作了工作报告，{PAGE}",
        f"过去一年，多次受到省教育厅 省总工会表彰奖励，{PAGE}" * 7,
        f"名单，张某某 李某某 王某某 赵某某，{PAGE}",
        f"开头，三、2014年重点工作 做好今年各项工作，{PAGE}",
        f"开头，举办《科普讲座系列 走进社区活动》，{PAGE}",
    ],
    "odd_letters": ["新时代。 新征程", "科协的工作"],
}


def run(name: str, text: str) -> str:
    repair: Callable[[str], Iterable[Edit]] = getattr(damage, name)
    return apply(text, settle(text, repair(text)))


def test_every_repairer_is_tested() -> None:
    assert {f.__name__ for f in damage.DAMAGE} == CHANGED.keys() == KEPT.keys()


@pytest.mark.parametrize(
    ("name", "text", "mended"), [(name, a, b) for name, pairs in CHANGED.items() for a, b in pairs]
)
def test_damage_is_mended(name: str, text: str, mended: str) -> None:
    assert run(name, text) == mended


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in KEPT.items() for text in texts])
def test_what_only_resembles_damage_stays(name: str, text: str) -> None:
    assert run(name, text) == text


def test_one_page_number_alone_may_be_a_figure_of_the_report() -> None:
    assert run("page_numbers", "全市建成 36 个站点") == "全市建成 36 个站点"
