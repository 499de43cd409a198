"""HTML: what a reader of the page sees, line by line, and what the markup says of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading import read_bytes
from corpus_tools.reading.html import _SEGMENT_BREAK


def html(body: str, head: str = "") -> Page:
    return read_bytes(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def rows(page: Page) -> list[tuple[str, str]]:
    return [(line.tag, page.text[line.start : line.end]) for line in page.lines]


def test_one_line_a_block_and_br_breaks() -> None:
    page = html("<h1>云岭市报告</h1><div>第一<p>第二<br>第三</p>第四</div><ul><li>五</li><li>六</li></ul>")
    assert rows(page) == [
        ("h1", "云岭市报告"), ("div", "第一"), ("p", "第二"), ("p", "第三"),
        ("div", "第四"), ("li", "五"), ("li", "六"),
    ]  # fmt: skip
    assert page.text == "云岭市报告\n第一\n第二\n第三\n第四\n五\n六"
    assert page.format == "html"


def test_lines_cover_the_text_exactly() -> None:
    page = html("<p>甲</p><p>  </p><p>乙</p>")
    assert [(line.start, line.end) for line in page.lines] == [(0, 1), (2, 3)]


def test_white_space_collapses_as_in_a_browser() -> None:
    page = html("<p>\n  a \t b\n<b>c</b> <i> d</i>\n</p><p>\u3000\u3000全市&nbsp;工作</p><p>&nbsp;&#12288;</p>")
    assert page.text == "a b c d\n\u3000\u3000全市\xa0工作"


def test_a_source_line_break_inside_chinese_is_no_space() -> None:
    page = html("<p>具\r\n   有优越性\nand more</p><p><a>首页</a>\n<a>新闻</a></p>")
    assert page.text == "具有优越性 and more\n首页 新闻"


def test_preformatted_text_keeps_its_lines_and_spaces() -> None:
    page = html("<p>前</p><pre>一  二\n\n  三</pre>后")
    assert rows(page) == [("p", "前"), ("pre", "一  二"), ("pre", "  三"), ("body", "后")]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var a='看不见'</script>", "<style>看不见</style>", "<noscript>看不见</noscript>", "<!-- 看不见 -->",
        "<template>看不见</template>", "<iframe>看不见</iframe>", "<p hidden>看不见</p>",
        "<div style='color:red; DISPLAY : none'>看<b>不</b>见</div>", "<select><option>看不见</option></select>",
        "<title>看不见</title>",
    ],
)  # fmt: skip
def test_the_unseen_is_skipped_and_its_neighbours_are_not(unseen: str) -> None:
    assert html(f"<p>前</p>{unseen}<p>后</p>").text == "前\n后"
    assert html(f"<div>前{unseen}尾</div>").text.replace("\n", "") == "前尾"


def test_entities_and_character_references() -> None:
    page = html("<p>&ldquo;三农&rdquo;&hellip;&#151;&#x4E91; &lt;b&gt; &#xD800; &unknown;</p>")
    assert page.text == "“三农”…—云 <b> \ufffd &unknown;"


def test_a_table_of_data_is_one_line_a_row() -> None:
    page = html(
        "<table><tr><th>指标<th>单位<th>数值</tr><tr><td><p>粮食</p><td></td><td>12<br>万吨</td></tr>"
        "<tr><td colspan=3>合计</td></tr></table>"
    )
    assert rows(page)[:2] == [("tr", "指标\t单位\t数值"), ("tr", "粮食\t\t12 万吨")]
    assert rows(page)[2][1] == "合计"


def test_a_layout_table_is_walked_as_blocks() -> None:
    long = "这是一段很长的正文。" * 60
    page = html(
        "<table><tr><td>栏目<td><div><p>第一段</p><p>第二段</p><p>第三段</p><p>第四段</p></div></tr>"
        f"<tr><td>左</td><td>{long}</td></tr><tr><td><table><tr><td>内甲<td>内乙</tr></table></td><td>外</td></tr></table>"
    )
    assert [text for _, text in rows(page)] == [
        "栏目", "第一段", "第二段", "第三段", "第四段", "左", long, "内甲\t内乙", "外",
    ]  # fmt: skip


def test_path_names_tags_ids_and_classes_outermost_first() -> None:
    inner = '<p>甲<b>乙</b></p><span class="src">来源</span>'
    page = html(f'<div id="main"><div class="content TRS_Editor">{inner}</div></div>')
    assert [line.path for line in page.lines] == [
        "div#main>div.content.TRS_Editor>p", "div#main>div.content.TRS_Editor>span.src",
    ]  # fmt: skip
    assert [line.tag for line in page.lines] == ["p", "div"]


def test_path_is_bounded_and_keeps_the_innermost() -> None:
    page = html("<div class=outermost>" * 100 + "<p id=last>甲</p>")
    path = page.lines[-1].path
    assert len(path) <= 302
    assert path.startswith("…>div.outermost>")
    assert path.endswith("div.outermost>p#last")


def test_a_path_is_marked_as_cut_only_where_it_was() -> None:
    page = html("<div class=twenty-characters-long>" * 12 + "甲" + "</div>" * 12 + "<p>乙</p>")
    assert [line.path.startswith("…>") for line in page.lines] == [True, False]
    assert page.lines[1].path == "p"


def test_meta_is_what_the_head_states() -> None:
    head = (
        '<meta charset="utf-8"><meta name="PubDate" content=" 2023-01-12\n08:15 "><meta name="empty" content="">'
        '<meta property="og:title" content="云州市工作报告"><meta content="x"><meta name="Description" content="'
        + "长" * 400
        + '">'
    )
    assert html("<p>甲</p>", head).meta == (
        ("pubdate", "2023-01-12 08:15"),
        ("og:title", "云州市工作报告"),
        ("description", "长" * 300),
    )


def test_links_is_the_share_of_linked_characters() -> None:
    page = html("<p><a href=x>首页</a> <a>新闻</a></p><p>见<a href=y>全文</a>。</p><p>无</p>")
    assert [line.links for line in page.lines] == [1.0, 0.5, 0.0]


def test_title_and_address() -> None:
    canonical = '<link rel="canonical" href="https://yunling.example/1.html">'
    og = '<meta property="og:url" content="https://yunling.example/2.html">'
    page = html("<p>甲</p>", f"<title> 云岭市\n政府 </title>{og}{canonical}")
    assert (page.title, page.url) == ("云岭市 政府", "https://yunling.example/1.html")
    assert html("<p>甲</p>", og).url == "https://yunling.example/2.html"
    assert html("<p>甲</p>", '<link rel=canonical href="/1.html">').url is None
    assert html("<p>甲</p>").title is None


def test_address_that_a_browser_saved() -> None:
    data = "<!DOCTYPE html>\n<!-- saved from url=(0030)http://yunling.example/gzbg.htm -->\n<html><p>甲</p></html>"
    assert read_bytes(data.encode(), "a.htm").url == "http://yunling.example/gzbg.htm"


@pytest.mark.parametrize("codec", ["gbk", "utf-8", "utf-16"])
def test_charset_declared_truly_and_falsely(codec: str) -> None:
    head = '<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
    source = f"<html>{head}<p>镕镇·云岭市</p></html>"
    page = read_bytes(source.encode(codec), "a.html")
    assert page.text == "镕镇·云岭市"
    assert page.encoding == {"gbk": "gb18030"}.get(codec, codec)


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<p hidden>甲</p>", "<img src=a.png>", "<p>&nbsp;</p>"])
def test_a_page_without_text_is_empty(body: str) -> None:
    with pytest.raises(Rejected) as refusal:
        html(body)
    assert refusal.value.reason == "empty"


@pytest.mark.parametrize("tag", ["div", "font", "table><tr><td", "ul><li", "blockquote"])
@pytest.mark.parametrize("depth", [300, 3000, 100_000])
def test_nesting_without_end_loses_no_text(tag: str, depth: int) -> None:
    page = html(f"<p>头</p>{f'<{tag}>' * depth}深处<p>末尾</p>")
    assert page.text.replace("\n", "") == "头深处末尾"


def test_a_text_longer_than_ten_megabytes_is_whole() -> None:
    assert len(html(f"<p>{'报' * 3_500_000}</p><p>末</p>").text) == 3_500_002


def test_a_frozen_tag_soup_is_read() -> None:
    assert html("<p>甲<p>乙</div></span><td>丙</p<p>丁<a<b>戊").text.replace("\n", "").startswith("甲乙丙丁")


TAGS = "p /p div /div table tr td /td /table br pre /pre a /a ul li span select title script /script body h1"
PIECES = [*(f"<{tag}>" for tag in TAGS.split()), "&nbsp;", "&#0;", "&lt", "甲", "乙丙", "abc", "\n", " "]
SOUP = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_whatever_the_tags_lines_partition_the_text(soup: str) -> None:
    try:
        page = html(f"始{soup}")
    except Rejected:
        pytest.fail("the first character is visible")
    assert "\n".join(page.text[line.start : line.end] for line in page.lines) == page.text
    assert page.text.count("\n") == len(page.lines) - 1
    assert all(0 <= line.links <= 1 for line in page.lines)


@settings(max_examples=300, deadline=None)
@given(st.text("甲，a \t\f\n\u3000", max_size=12))
def test_a_break_is_dropped_between_wide_letters_only(text: str) -> None:
    wide = "[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60]"
    plain = re.sub(f"(?<={wide})[ \t\f]*\n[ \t\n\f]*(?={wide})", "", text)
    assert _SEGMENT_BREAK.sub("", text) == plain
    inside = text.strip(" \t\n\f\r")
    assert "\n" in inside or plain == text
