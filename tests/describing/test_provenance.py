"""When a page was put up and where its text comes from: lines as pages write them, in the order of trust."""

from __future__ import annotations

import pytest

from corpus_tools.describing.provenance import origin, published, stated_lines, stated_titles
from corpus_tools.document import Edit


def taken(line: str, *, kind: str = "page") -> tuple[tuple[str, bool], ...]:
    """A line as it stands where a cleaner took it out above the text."""
    return stated_lines(line + "\n正文", [Edit(0, len(line), "", kind, "rule", line)])


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布时间:2023-03-11 23:45 来源:云州社 编辑:张静", "2023-03-11"),
        ("来源:清河市妇联撰稿人:郭某发布时间:2015-01-20[关闭][打印]", "2015-01-20"),
        ("发布日期：２０２０年１月６日", "2020-01-06"),
        ("时间:2022-05-21 11:05:02  阅读:", "2022-05-21"),
        ("2021-03-04 09:12", "2021-03-04"),
        ("2019/7/8　来源：清河日报", "2019-07-08"),
        ("格式:DOC 上传日期:2024-01-12 14:45:09", "2024-01-12"),
        ("成文日期：2020年3月1日", None),
        ("更新时间：2020-03-01 10:00", None),
        ("发布日期：2020-13-01", None),
        ("发布日期：1956-01-01", None),
        ("2021-03-04", None),
        ("云州召开会议 2021-03-04 10:00", None),
    ],
)
def test_the_day_on_a_line_of_the_page(line: str, day: str | None) -> None:
    assert published((), taken(line)) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2021-03-04", "2021-03-04"),
        ("原创 云州科协 云州科普 2024-07-17 18:30 发表于云州", "2024-07-17"),
        ("第3号", None),
    ],
)
def test_a_line_known_to_be_about_the_text_needs_less(line: str, day: str | None) -> None:
    assert published((), taken(line, kind="metadata")) == day


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("来源：清河日报", "清河日报"),
        ("信息来源：云州市人民政府办公室浏览量：字号：〖大 中 小〗", "云州市人民政府办公室"),
        ("来源:清河市妇联撰稿人:郭某发布时间:2015-01-20", "清河市妇联"),
        ("来 源", None),
        ("来源:    作者:    编辑:董丽", None),
        ("（来源：云州社）", "云州社"),
        ("来源 | 云州市科学技术协会", "云州市科学技术协会"),
        ("来源：http://www.qinghe.example/1.htm", None),
        ("水的来源：主要是河水。", None),
    ],
)
def test_the_source_on_a_line_of_the_page(line: str, name: str | None) -> None:
    assert origin((), taken(line)) == name


def test_the_rule_of_a_site_comes_before_the_head_and_the_head_before_lines() -> None:
    meta = (("pubdate", "2020-02-02 10:00:00"), ("contentsource", "云州网"))
    lines = taken("发布时间：2020-03-03 来源：清河网")
    assert (published(meta, lines, stated="2020年1月1日 08:00"), origin(meta, lines, stated="云州日报")) == (
        "2020-01-01",
        "云州日报",
    )
    assert (published(meta, lines), origin(meta, lines)) == ("2020-02-02", "云州网")
    assert (published((), lines), origin((), lines)) == ("2020-03-03", "清河网")
    assert (published((), ()), origin((), ())) == (None, None)


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("青岚科普 2024-12-30 18:30", "青岚科普"),
        ("2024-03-01 18:20·云州科协", "云州科协"),
        ("http://www.x.example  2012年03月16日13:20  青岚日报", "青岚日报"),
        ("2013年12月30日09:18云州科技网我要评论(0)", "云州科技网"),
        ("2023-01-12 08:15 来源： 清河日报\n字号：默认 大", "清河日报"),
        ("2023-01-12 08:15", None),
    ],
)
def test_the_source_on_the_line_a_rule_names(stated: str, name: str | None) -> None:
    assert origin((), (), stated=stated) == name


def test_days_without_marks_and_in_iso_form_stand_in_the_head() -> None:
    assert published((("publishdate", "20210708"),), ()) == "2021-07-08"
    assert published((("article:published_time", "2021-07-08T09:00:00+08:00"),), ()) == "2021-07-08"
    assert published((("pubdate", "soon"), ("publishdate", "2021-7-8")), ()) == "2021-07-08"


def test_the_line_nearest_to_the_beginning_of_the_text_speaks_of_it() -> None:
    raw = "发布时间：2001-01-01\n云州要闻\n标题\n发布时间：2002-02-02\n正文\n发布时间：2003-03-03"
    starts = [raw.index(f"发布时间：{year}") for year in (2001, 2002, 2003)]
    edits = [Edit(at, at + 15, "", "page", "outside-body", raw[at : at + 15]) for at in starts]
    edits.insert(1, Edit(16, 21, "", "page", "outside-body", raw[16:21]))
    assert published((), stated_lines(raw, edits)) == "2002-02-02"


def test_a_sentence_is_no_statement_and_neither_is_what_was_kept() -> None:
    long = "发布时间：2001-01-01" + "这是一个很长的句子，" * 12
    assert stated_lines(long + "正文", [Edit(0, len(long), "", "page", "outside-body", long)]) == ()
    assert stated_lines("正文", []) == ()


def test_what_the_head_calls_the_text() -> None:
    meta = (("og:title", "云州"), ("viewport", "x"), ("articletitle", "云州市工作报告"))
    assert stated_titles(meta) == ("云州市工作报告", "云州")
