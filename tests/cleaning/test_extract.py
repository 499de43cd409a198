"""Pages of invented sites: the report is found in its container, with its title, and the frame around it is pointed at."""

from __future__ import annotations

from corpus_tools.cleaning.edits import apply, settle
from corpus_tools.cleaning.extract import markup, outside_body
from corpus_tools.document import Line, Page

TITLE = "2023年清河市科协工作报告"
SALUTATION = "各位委员、同志们："
FIRST = "过去一年，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成。"
SECOND = "新的一年，我们要突出重点，抓住关键，把人才培养放在首位，实施青年托举计划，建设院士工作站五家。"
MENU = [("首页", "li", "body>div.nav>ul>li", 1.0), ("新闻中心", "li", "body>div.nav>ul>li", 1.0)]
RELATED = [(f"某县科协召开第{n}次会议", "li", "body>div.related>ul>li", 1.0) for n in "一二三"]
FOOT = [("版权所有：清河市科协 联系电话：123456", "p", "body>div.footer>p", 0.0)]


def page(*parts: tuple[str, str, str, float], title: str | None = None, file_format: str = "html") -> Page:
    lines, at = [], 0
    for text, tag, path, links in parts:
        lines.append(Line(at, at + len(text), tag, path, links))
        at += len(text) + 1
    return Page("\n".join(p[0] for p in parts), file_format, title=title, lines=tuple(lines))


def kept(page: Page) -> list[str]:
    text = apply(page.text, settle(page.text, outside_body(page)))
    return [line for line in text.split("\n") if line]


def body(path: str) -> list[tuple[str, str, str, float]]:
    return [(text, "p", f"{path}>p", 0.0) for text in (SALUTATION, FIRST, SECOND)]


def test_the_container_of_a_common_cms_is_found() -> None:
    inner = "body>div.main>div.TRS_Editor"
    title = (TITLE, "h1", "body>div.main>h1", 0.0)
    assert kept(page(*MENU, title, *body(inner), *RELATED, *FOOT)) == [TITLE, SALUTATION, FIRST, SECOND]


def test_the_zoom_container_is_found() -> None:
    inner = "body>div.content>div#zoom"
    title = (TITLE, "div", "body>div.content>div.tit", 0.0)
    assert kept(page(*MENU, title, *body(inner), *RELATED)) == [TITLE, SALUTATION, FIRST, SECOND]


def test_a_layout_of_tables_is_read() -> None:
    nav = [("首页", "td", "body>table>tr>td.nav", 1.0), ("通知公告", "td", "body>table>tr>td.nav", 1.0)]
    title = (TITLE, "td", "body>table.main>tr>td.title", 0.0)
    inner = [(text, "td", "body>table.main>tr>td.text", 0.0) for text in (SALUTATION, FIRST, SECOND)]
    links = [
        ("某县科协召开会议", "td", "body>table.more>tr>td", 1.0),
        ("某县科普日开幕", "td", "body>table.more>tr>td", 1.0),
    ]
    assert kept(page(*nav, title, *inner, *links)) == [TITLE, SALUTATION, FIRST, SECOND]


def test_a_title_far_above_the_container_is_kept() -> None:
    title = (TITLE, "h2", "body>div.top>h2", 0.0)
    assert kept(page(title, *MENU, *body("body>div.text"), *RELATED)) == [TITLE, SALUTATION, FIRST, SECOND]


def test_a_title_without_a_heading_tag_is_told_by_what_the_page_calls_itself() -> None:
    title = ("清河市科协这一年", "div", "body>div.top>div", 0.0)
    other = ("欢迎来到本站浏览", "div", "body>div.top>div", 0.0)
    found = kept(page(title, other, *MENU, *body("body>div.text"), *RELATED, title="清河市科协这一年_清河网"))
    assert found == ["清河市科协这一年", SALUTATION, FIRST, SECOND]


def test_a_title_inside_the_container_is_enough() -> None:
    site = ("清河市科协工作简报", "h1", "body>div.top>h1", 0.0)
    inside = (TITLE, "p", "body>div.text>p", 0.0)
    assert kept(page(site, *MENU, inside, *body("body>div.text"), *RELATED)) == [TITLE, SALUTATION, FIRST, SECOND]


def test_a_table_inside_the_report_is_kept() -> None:
    cells = [(text, "td", "body>div.text>table>tr>td", 0.0) for text in ("指标", "完成", "讲座", "40")]
    found = kept(page(*MENU, *body("body>div.text"), *cells, *RELATED))
    assert found == [SALUTATION, FIRST, SECOND, "指标", "完成", "讲座", "40"]


def test_a_link_in_a_sentence_of_the_report_is_kept_and_a_line_of_links_is_not() -> None:
    inner = "body>div.text>p"
    sentence = (FIRST, "p", inner, 0.2)
    link = ("点击查看更多", "p", inner, 1.0)
    assert kept(page(*MENU, sentence, (SECOND, "p", inner, 0.0), link, *RELATED)) == [FIRST, SECOND]


def test_a_list_full_of_links_is_not_taken_for_the_report() -> None:
    links = [
        (f"某县科协举办第{n}期培训班，百余名代表参加了活动，现场气氛热烈。", "li", "body>ul>li", 1.0) for n in range(9)
    ]
    assert kept(page(*links, *body("body>div.text"))) == [SALUTATION, FIRST, SECOND]


def test_paragraphs_in_separate_blocks_stay_together() -> None:
    blocks = [(text, "p", f"body>div.text>div.b{i}>p", 0.0) for i, text in enumerate((FIRST, SECOND, FIRST + SECOND))]
    assert kept(page(*MENU, *blocks, *RELATED)) == [FIRST, SECOND, FIRST + SECOND]


def test_formats_without_a_page_around_the_text_are_left_alone() -> None:
    for file_format in ("txt", "docx", "pdf"):
        assert list(outside_body(page(*MENU, *body("body>div"), file_format=file_format))) == []
    assert list(outside_body(Page("甲\n乙", "html"))) == []


def test_marks_of_markdown_headings_are_removed_from_markdown_only() -> None:
    text = "# 报告\n## 一、回顾\n#标签\n第 # 号"
    found = Page(text, "md")
    assert apply(text, list(markup(found))) == "报告\n一、回顾\n#标签\n第 # 号"
    assert list(markup(Page(text, "txt"))) == []
