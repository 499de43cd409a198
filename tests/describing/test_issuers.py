"""Who reports: the body, its level and place, the meeting and the speaker, in invented reports and real place names."""

from __future__ import annotations

import pytest

from corpus_tools.describing.issuers import issuer
from corpus_tools.language.gazetteer import places

BODY = "过去一年，我们服务企业三百家，举办讲座四十场，各项任务如期完成。"
SPOKEN = "政府工作报告\n——2019年3月4日在义乌市第十五届人民代表大会第三次会议上"
OPENING = "各位代表：\n现在，我代表区人民政府向大会报告工作，请予审议。"


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
    assert issuer(title, text).organisation == name


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
    assert issuer(title, text).level == where


@pytest.mark.parametrize(
    ("title", "text", "level", "place", "province"),
    [
        ("2025年云南省政府工作报告", BODY, "province", "云南省", "云南省"),
        ("2025年新疆政府工作报告", BODY, "province", "新疆维吾尔自治区", "新疆维吾尔自治区"),
        ("北京市政府工作报告", BODY, "province", "北京市", "北京市"),
        ("长治市科学技术协会2022年工作要点", BODY, "city", "长治市", "山西省"),
        ("义乌市政府工作报告", BODY, "county", "义乌市", "浙江省"),
        ("阿坝州政府工作报告", BODY, "city", "阿坝藏族羌族自治州", "四川省"),
        ("吉林省吉林市政府工作报告", BODY, "city", "吉林市", "吉林省"),
        ("长春市朝阳区政府工作报告", BODY, "county", "朝阳区", "吉林省"),
        ("朝阳区政府工作报告", f"{BODY}在北京市委、市政府领导下，北京经济平稳。", "county", "朝阳区", "北京市"),
        ("朝阳区政府工作报告", BODY, "county", "朝阳区", None),  # two provinces have one, and the text does not tell
        ("沧岭省科协工作报告", BODY, "province", "沧岭省", None),
        ("云溪县柳溪镇人民政府工作报告", BODY, "township", "柳溪镇", None),
        ("在XX市科协XX届XX次全委会议上的讲话", BODY, "city", "XX市", None),
        ("××县政府工作报告", BODY, "county", "××县", None),
        ("市科协工作报告", BODY, "city", None, None),
        ("政府工作报告", f"{SPOKEN}\n{OPENING}", "county", "义乌市", "浙江省"),
        ("工作总结", f"工作总结\n{BODY}\n长治市科学技术协会\n2022年7月18日", "city", "长治市", "山西省"),
        ("国务院政府工作报告", f"{BODY}支持云南省发展。", "national", None, None),
        ("加快建设步伐", "同志们：\n现在，我代表第十四届中央委员会向大会作报告。", "national", None, None),
        ("清河师范学院教代会工作报告", BODY, "school", None, None),
        ("清河矿业集团工作报告", BODY, "enterprise", None, None),
    ],
)  # fmt: skip
def test_level_and_place(title: str, text: str, level: str, place: str | None, province: str | None) -> None:
    found = issuer(title, text)
    assert (found.level, found.place, found.province) == (level, place, province)


@pytest.mark.parametrize(
    ("head", "event", "session", "speaker"),
    [
        (
            "——2019年3月4日在云溪县第十五届人民代表大会第三次会议上\n县长 林 岚",
            "人民代表大会",
            "第十五届第三次",
            "林岚",
        ),
        ("2025年1月20日在云溪县十五届人大四次会议上县长林岚同志作政府工作报告", "人民代表大会", "十五届四次", "林岚"),
        (
            "——在云溪县科协五届五次全委（扩大）会议上\n（2021年2月3日）\n主席\n欧阳明川",
            "全委会",
            "五届五次",
            "欧阳明川",
        ),
        ("——在云溪县总工会职工代表大会上\n主席 阿依古丽·买买提", "职代会", None, "阿依古丽·买买提"),
        ("——在政协云溪县第三届委员会第二次会议上\n主席 ×××", "政协会议", "第三届第二次", "×××"),
        ("——在中国共产党云溪县第九次代表大会上\n书记 林岚", "党代会", None, "林岚"),
        ("2021年2月3日", None, None, None),
    ],
)
def test_meeting_and_speaker(head: str, event: str | None, session: str | None, speaker: str | None) -> None:
    found = issuer("工作报告", f"工作报告\n{head}\n{OPENING}{BODY}")
    assert (found.event, found.session, found.speaker) == (event, session, speaker)


@pytest.mark.parametrize(
    "title",
    [
        "{}人民政府工作报告",
        "政协{}委员会常务委员会工作报告",
        "中共{}委工作报告",
        "在{}第十五届人民代表大会第五次会议上的报告",
    ],
)
def test_every_place_is_read_wherever_its_name_holds_a_word_that_ends_or_begins_names(title: str) -> None:
    missed = [p.name for p in places() if issuer(title.format(p.name), BODY).place != p.name]
    assert missed == (["和县"] if title.startswith("中共") else [])  # 中共和县委: there is a 共和县 too


@pytest.mark.parametrize(
    ("title", "level", "place"),
    [
        ("2008年第3号市科协全委会工作报告", "city", None),
        ("自县第十次党代会召开以来工作情况的报告", None, None),
        ("新疆生产建设兵团第十师北屯市政府工作报告", "county", "北屯市"),
        ("湖南省高级人民法院工作报告", "province", "湖南省"),
        ("最高人民法院工作报告", "national", None),
        ("平山县人民政府关于贯彻实施《中华人民共和国水法》情况的报告", "county", "平山县"),
        ("平山县教育局2019年中小学安全工作总结", "county", "平山县"),
        ("平山县科协2019年科普进学校工作总结", "county", "平山县"),
    ],
)
def test_what_is_no_name_and_who_is_not_speaking(title: str, level: str, place: str | None) -> None:
    found = issuer(title, BODY)
    assert (found.level, found.place) == (level, place)


def test_each_field_says_where_it_was_read() -> None:
    found = issuer("2025年云南省政府工作报告", f"2025年云南省政府工作报告\n省长 林岚\n{OPENING}")
    assert dict(found.found) == {
        "organisation": "政府工作报告", "level": "云南省", "place": "云南省", "speaker": "省长 林岚",
    }  # fmt: skip
