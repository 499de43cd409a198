"""Rules of sites: their schema, which rule holds, what it points at, and that one which no longer fits is not trusted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.cleaning.edits import apply, settle, undo
from corpus_tools.cleaning.sites import Ruling, SiteRule, ruling, site_rules
from corpus_tools.cleaning.skeleton import Skeleton, selector_fault
from corpus_tools.document import Line, Page
from corpus_tools.errors import DataError

TITLE = "2023年清河市科协工作报告"
FIRST = "过去一年，我们服务企业三百家，举办讲座四十场，群众满意度稳步提升，各项任务如期完成，成绩来之不易。"
SECOND = "新的一年，我们要突出重点，抓住关键，把人才培养放在首位，实施青年托举计划，建设院士工作站五家以上。"
OTHER = "清河市今晨发布大风预警，请各位市民关好门窗，注意高空坠物，出行时尽量绕开广告牌和临时搭建物。"
RULE = SiteRule("qinghe", "div#text", hosts=("qinghe.example",), fingerprint="div#text", title="h1", date="p.info")


def page(*lines: tuple[str, str], url: str | None = None, links: float = 0.0) -> Page:
    found, at = [], 0
    for text, path in lines:
        found.append(Line(at, at + len(text), path.split(">")[-1].split(".")[0].split("#")[0], path, links))
        at += len(text) + 1
    return Page("\n".join(text for text, _ in lines), "html", url=url, lines=tuple(found))


def kept(of: Page, rule: SiteRule = RULE) -> list[str]:
    edits = settle(of.text, ruling(of, (rule,)).edits)
    return [line for line in apply(of.text, edits).split("\n") if line]


def numbers(paths: list[str], selector: str) -> set[int]:
    return set(Skeleton(tuple(Line(i, i, "p", path) for i, path in enumerate(paths))).lines(selector))


def test_a_skeleton_answers_ids_classes_tags_and_descent() -> None:
    paths = ["div.nav>ul>li", "div#main.wide>h1.t", "div#main.wide>p", "div#main.wide>div.ad>p.x", "div.foot>p"]
    assert numbers(paths, "#main") == {1, 2, 3}
    assert numbers(paths, "div.wide p") == {2, 3}
    assert numbers(paths, "li, div.foot") == {0, 4}
    assert numbers(paths, "h1.t, .x") == {1, 3}
    assert numbers(paths, ".foot .x") == set()
    assert numbers(paths, "#absent") == set()


def test_lines_without_a_path_and_odd_names_are_no_obstacle() -> None:
    paths = ["", "text#http://x.example/a.htm>table>tr>td", "o:p.MsoNormal", ">", "…>div#main>p"]
    assert numbers(paths, "td") == {1}
    assert numbers(paths, ".MsoNormal") == {2}
    assert numbers(paths, "#main") == {4}


@pytest.mark.parametrize(
    "selector",
    ["", "div > p", "p[align]", "p:nth-child(2)", "*", "div + p", "#1a", "div#a,", "p::before", "span", "body p"],
)
def test_what_a_skeleton_cannot_answer_is_a_fault(selector: str) -> None:
    assert selector_fault(selector)


@pytest.mark.parametrize("selector", ["div", "#zoom", "div.TRS_Editor p", "span.date, .a.b, td#x.y", "#p-detail h2"])
def test_what_a_skeleton_can_answer_is_none(selector: str) -> None:
    assert selector_fault(selector) is None


def _descends(path: str) -> bool:
    steps = path.split(">")
    return any(step == "li.c" and any(s.startswith("div") for s in steps[:i]) for i, step in enumerate(steps))


@given(
    st.lists(st.lists(st.sampled_from(["div#a", "div.b", "p", "ul", "li.c"]), max_size=5).map(">".join), max_size=12)
)
def test_a_selector_finds_the_lines_whose_path_holds_it(paths: list[str]) -> None:
    assert numbers(paths, "#a") == {i for i, path in enumerate(paths) if "#a" in path}
    assert numbers(paths, "div li.c") == {i for i, path in enumerate(paths) if _descends(path)}


def tree(paths: list[str]) -> BeautifulSoup:
    """The elements of paths, each with the number of its line, for a program that knows all of CSS."""
    page = []
    for number, path in enumerate(paths):
        line = f"<i>{number}</i>"
        for step in reversed(path.split(">")):
            rest, *names = step.split(".")
            tag, _, ident = rest.partition("#")
            name, classes = tag or "div", " ".join(names)
            line = f'<{name} id="{ident}" class="{classes}">{line}</{name}>'
        page.append(line)
    return BeautifulSoup("".join(page), "html.parser")


STEP = st.sampled_from(["div", "div#a", "div.b", "div#a.b.c", "p", "p.b", "ul.c", ".b", "#a", "section#a.c"])
ASKED = st.lists(
    st.sampled_from(["div", "p", "#a", ".b", ".b.c", "div#a", "p.b", "#a.c", "section"]), min_size=1, max_size=3
)


@given(
    st.lists(st.lists(STEP, min_size=1, max_size=4).map(">".join), max_size=6), st.lists(ASKED, min_size=1, max_size=2)
)
def test_a_skeleton_selects_what_css_does(paths: list[str], asked: list[list[str]]) -> None:
    selector = ", ".join(map(" ".join, asked))
    found = {int(line.get_text()) for element in tree(paths).select(selector) for line in element.select("i")}
    assert numbers(paths, selector) == found


def test_what_stands_outside_the_body_is_pointed_at_by_name() -> None:
    found = page(
        ("首页", "ul>li"), (TITLE, "h1"), ("2023-02-01", "p.info"), (FIRST, "div#text>p"), (OTHER, "div.side>p")
    )
    edits = ruling(found, (RULE,)).edits
    assert [(found.text[e.start : e.end], e.kind, e.rule) for e in edits] == [
        ("首页", "page", "site:qinghe"),
        ("2023-02-01", "metadata", "site:qinghe"),
        (OTHER, "page", "site:qinghe"),
    ]
    assert kept(found) == [TITLE, FIRST]


def test_what_the_rule_reads_is_handed_on() -> None:
    found = ruling(page((TITLE, "h1"), ("2023-02-01", "p.info"), (FIRST, "div#text>p")), (RULE,))
    assert (found.rule, found.failed, found.date, found.source) == ("qinghe", False, "2023-02-01", None)


def test_a_title_inside_the_body_is_enough() -> None:
    assert kept(page(("2023年工作总结", "h1"), (TITLE, "div#text>p"), (FIRST, "div#text>p"))) == [TITLE, FIRST]


def test_a_title_in_two_lines_is_kept_whole_and_another_heading_far_above_is_not() -> None:
    parts = [
        ("清河在线", "h1"),
        ("首页", "ul>li"),
        ("在清河市科协", "h1"),
        ("全委会议上的讲话", "h1"),
        (FIRST, "div#text>p"),
    ]
    assert kept(page(*parts)) == ["在清河市科协", "全委会议上的讲话", FIRST]


def test_a_title_the_rule_does_not_find_is_found_as_on_any_page() -> None:
    assert kept(page((TITLE, "div.tit"), ("2023-02-01", "p.info"), (FIRST, "div#text>p"))) == [TITLE, FIRST]


def test_blocks_and_lines_to_drop_inside_the_body() -> None:
    rule = SiteRule(
        "r", "div#text", hosts=("x",), fingerprint="div#text", drop="div.ad", drop_lines=(re.compile("责编.*"),)
    )
    found = page(
        (TITLE, "div#text>h1"), (FIRST, "div#text>p"), (OTHER, "div#text>div.ad>p"), ("责编：闻笛", "div#text>p")
    )
    assert kept(found, rule) == [TITLE, FIRST]


def test_a_body_with_little_of_the_running_text_is_not_trusted() -> None:
    parts = [(FIRST, "div#text>p"), (SECOND, "div.article>p"), (OTHER, "div.article>p")]
    assert ruling(page(*parts, url="http://www.qinghe.example/a.html"), (RULE,)).rule == "qinghe"
    found = ruling(page(*parts, (SECOND, "div.article>p")), (RULE,))
    assert found == Ruling(failed=True)


def test_a_site_without_the_body_its_rule_asks_for_has_failed() -> None:
    parts = [(TITLE, "h1"), (FIRST, "div.new>p"), (SECOND, "div.new>p")]
    assert ruling(page(*parts, url="https://news.qinghe.example/a.html"), (RULE,)) == Ruling(failed=True)
    assert ruling(page(*parts, url="https://notqinghe.example/a.html"), (RULE,)) == Ruling()
    assert ruling(page(*parts), (RULE,)) == Ruling()


def test_the_next_rule_that_applies_is_tried() -> None:
    old = SiteRule("a-old", "div.gone", hosts=("qinghe.example",))
    found = ruling(page((TITLE, "h1"), (FIRST, "div#text>p"), url="http://qinghe.example"), (old, RULE))
    assert (found.rule, found.failed) == ("qinghe", False)


def test_own_rules_come_first_then_hosts_then_fingerprints() -> None:
    by_name = SiteRule("aaa", "div#text", fingerprint="div#text")
    own = SiteRule("zzz", "div#text", fingerprint="div#text", own=True)
    of = page((TITLE, "h1"), (FIRST, "div#text>p"), url="http://qinghe.example/1")
    assert ruling(of, (by_name, RULE)).rule == "qinghe"
    assert ruling(of, (by_name, RULE, own)).rule == "zzz"


def test_a_line_whose_path_was_cut_goes_with_the_body_around_it() -> None:
    deep = "…>table>tr>td>p"
    parts = [
        ("首页", "ul>li"),
        (TITLE, "div#text>h1"),
        (FIRST, deep),
        (SECOND, "div#text>p"),
        (OTHER, deep),
        ("页脚", "div.foot>p"),
    ]
    assert kept(page(*parts)) == [TITLE, FIRST, SECOND, OTHER]
    assert ruling(page((TITLE, "h1"), (FIRST, deep), url="http://qinghe.example"), (RULE,)) == Ruling(failed=True)


def test_other_formats_have_no_site() -> None:
    of = page((TITLE, "div#text>p"), (FIRST, "div#text>p"))
    assert ruling(Page(of.text, "docx", lines=of.lines), (RULE,)) == Ruling()
    assert ruling(Page(of.text, "txt"), (RULE,)) == Ruling()


TEXTS = st.sampled_from([TITLE, FIRST, SECOND, "首页", "2023-02-01"])
PATHS = st.sampled_from(["div#text>p", "h1", "p.info", "ul>li", "…>td"])


@given(st.lists(st.tuples(TEXTS, PATHS), min_size=1, max_size=10))
def test_a_frame_can_always_be_undone(parts: list[tuple[str, str]]) -> None:
    of = page(*parts)
    edits = ruling(of, (RULE,)).edits
    recorded = [type(e)(e.start, e.end, "", e.kind, e.rule, of.text[e.start : e.end]) for e in edits]
    assert undo(apply(of.text, edits), recorded) == of.text


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ('hosts = ["x.example"]', "body: a rule needs a selector"),
        ('body = "#a"', "hosts: a rule needs hosts, or a fingerprint"),
        ('fingerprint = "div"\nbody = "#a"', "fingerprint: each of its parts needs an id or a class"),
        ('hosts = ["x.example"]\nbody = "div > p"', "body: 'div > p': only tags"),
        ('hosts = ["x.example"]\nbody = "#a"\ndrop = ["div.b"]', "drop: must be a string"),
        ('hosts = "x.example"\nbody = "#a"', "hosts: must be a list of strings"),
        ('hosts = ["x.example"]\nbody = "#a"\nbodi = "#b"', "bodi: no such key"),
        ('hosts = ["x.example"]\nbody = "#a"\ndrop_lines = ["("]', "drop_lines: not a regular expression"),
        ("hosts = [", r"own\.toml: "),
    ],
)
def test_a_rule_that_breaks_its_schema_names_file_and_key(tmp_path: Path, rule: str, words: str) -> None:
    (tmp_path / "own.toml").write_text(rule, "utf-8")
    with pytest.raises(DataError, match=words) as error:
        site_rules(tmp_path)
    assert "own.toml" in str(error.value)


def test_own_rules_are_read_anew_and_take_the_place_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text('hosts = ["people.example"]\nbody = "#a"\n', "utf-8")
    rules = site_rules(tmp_path)
    assert (rules[0].name, rules[0].hosts, rules[0].own) == ("people", ("people.example",), True)
    assert [rule.name for rule in rules].count("people") == 1
    file.write_text('hosts = ["people.example"]\nbody = "#b"\n', "utf-8")
    assert site_rules(tmp_path)[0].body == "#b"
