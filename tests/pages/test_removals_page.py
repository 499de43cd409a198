from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from hypothesis import given
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.document import Document, Edit
from corpus_tools.errors import AnalysisError, ConfigError, Rejected
from corpus_tools.pages import marks, removals

NASTY = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&lt;"
NOTES = {"untouched": "{n} {chars}", "removed": "{n} {chars} {rules}", "middle": "{chars}"}


def soup(html: str) -> BeautifulSoup:
    """A parsed page; its own blanks are part of a text and must not be tidied away."""
    return BeautifulSoup(html, "lxml", preserve_whitespace_tags={"div"})


def document(raw: str, *edits: tuple[int, int, str, str], title: str | None = None) -> Document:
    """A report of ``raw`` and edits (start, end, inserted, kind/rule)."""
    made = tuple(Edit(a, b, new, *name.split("/", 1), removed=raw[a:b]) for a, b, new, name in edits)
    text = "".join(raw[a:b] + new for a, b, new in _kept(raw, made))
    return Document("d", "a.txt", "", "txt", "utf-8", 0.0, raw, text, made, "simplified", title=title)


def _kept(raw: str, edits: tuple[Edit, ...]) -> list[tuple[int, int, str]]:
    """What stands before each edit, with what it inserts; last what stands behind them all."""
    ends = [0, *(edit.end for edit in edits)]
    starts = [*(edit.start for edit in edits), len(raw)]
    return list(zip(ends, starts, [*(edit.inserted for edit in edits), ""], strict=True))


def page_of(*documents: Document | Rejected, tmp_path: Path, lang: str = "zh") -> BeautifulSoup:
    results = [(f"云州/{i}.txt", document) for i, document in enumerate(documents)]
    page = removals.write(results, tmp_path / "out" / "review.html", lang=lang).read_text("utf-8")  # type: ignore[arg-type]
    return soup(page)


def read_back(text: Tag, *, without: str) -> str:
    """The text of a file on the page without what is in ``without`` and without summaries of folded stretches."""
    copy = soup(str(text))
    for tag in copy.find_all([without, "summary"]):
        tag.decompose()
    return copy.get_text()


def number_of_edits(text: Tag) -> int:
    return sum(int(str(tag.get("data-n", 1))) for tag in text.select(".e"))


CHARACTERS = st.one_of(
    st.sampled_from("工作报告\n\n\n 　。<>&\"'\t\r\0\x1b\x85\u200b\u202e\u2028\ufeff\ue000\ufffe\ud800"),
    st.characters(),
)
NAMES = st.sampled_from(
    ["site/greeting", "site/share", "layout/blank", "script/traditional", "repair/dash", "<i>/</b>"]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    unit = draw(st.text(CHARACTERS, max_size=40))
    raw = "".join(draw(st.lists(st.sampled_from([unit, "各位代表：\n", "清河" * 150, "\n", "打印\n"]), max_size=30)))
    cuts = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=24, unique=True)))
    edits = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=False):
        b = draw(st.sampled_from([b, min(b, a + 1)]))
        edits.append((a, b, draw(st.sampled_from(["", "", "——", "\n", "发" * 500])), draw(NAMES)))
    return document(raw, *edits)


@given(documents())
def test_with_the_removals_it_is_the_raw_text_and_with_the_insertions_the_clean_one(made: Document) -> None:
    classes = {kind: n for n, kind in enumerate(dict.fromkeys(edit.kind for edit in made.edits))}
    markup = marks.text(made.raw, made.edits, classes=classes, anchors={}, notes=NOTES)
    text = soup(f'<div class="text">{markup}</div>')
    assert read_back(text, without="ins") == marks.with_codes(made.raw)
    assert read_back(text, without="del") == marks.with_codes(made.text)
    assert number_of_edits(text) == len(made.edits)
    assert {tag.name for tag in text.find_all(True)} <= {"html", "body", "div", "del", "ins", "details", "summary"}


def test_every_edit_of_every_file_is_there_once(tmp_path: Path) -> None:
    first = document("您好\n云州市工作报告\n打印\n", (0, 2, "", "site/greeting"), (2, 3, "", "layout/blank"))
    second = document("開會了", (0, 1, "开", "script/traditional"), (1, 2, "会", "script/traditional"))
    texts = page_of(first, second, tmp_path=tmp_path).select("article .text")
    assert [number_of_edits(text) for text in texts] == [2, 2]
    assert [str(mark["title"]) for mark in texts[0].select(".e")] == ["site/greeting", "layout/blank"]
    assert [(tag.name, tag.text) for tag in texts[1].select("del, ins")] == [("del", "開會"), ("ins", "开会")]


def test_nothing_from_a_file_becomes_markup(tmp_path: Path) -> None:
    hostile = document(NASTY * 12, (0, 20, NASTY, "<i>/\" onclick='x"), (20, 600, "", "site/</style>"), title=NASTY)
    page = page_of(hostile, Rejected(NASTY, NASTY, NASTY), tmp_path=tmp_path)
    assert len(page.find_all("script")) == 1
    assert not page.find_all(["img", "iframe", "object", "i"])
    assert not [key for tag in page.find_all(True) for key in tag.attrs if key.startswith("on")]
    assert read_back(page.select_one("article .text"), without="ins") == NASTY * 12
    assert NASTY in page.select_one("#rejected").text


def test_nothing_is_fetched_and_only_its_own_script_runs(tmp_path: Path) -> None:
    page = page_of(document("打印", (0, 2, "", "site/share")), tmp_path=tmp_path)
    assert not page.select("[src], [srcset], link, base, [action]")
    assert all(str(link["href"]).startswith("#") for link in page.select("[href]"))
    source = str(page)
    assert all(url.startswith("data:font/woff;base64,") for url in re.findall(r"url\(([^)]*)\)", source))
    policy = str(page.select_one("meta[http-equiv]")["content"])
    script = str(page.find("script").string)
    assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy


def test_what_has_no_shape_is_written_out() -> None:
    assert marks.with_codes("a\0\u200b\ud800\u202e") == "a⟨U+0000⟩⟨U+200B⟩⟨U+D800⟩⟨U+202E⟩"
    assert marks.with_codes("一\n\t　\xa0二") == "一\n\t　\xa0二"


def test_a_surrogate_in_a_text_does_not_stop_the_page(tmp_path: Path) -> None:
    page = page_of(document("云\ud800州\0", (1, 2, "", "escape/control"), title="\udfff"), tmp_path=tmp_path)
    assert read_back(page.select_one("article .text"), without="ins") == "云⟨U+D800⟩州⟨U+0000⟩"


def test_removed_lines_stand_on_lines_of_their_own() -> None:
    raw = "首页\n报告\n正文上\n半\n打印\n关闭"
    edits = [
        (0, 2, "", "site/a"),
        (2, 3, "", "layout/blank"),
        (9, 10, "", "layout/broken-line"),  # 正文上 and 半 are one paragraph
        (11, 12, "", "layout/blank"),
        (12, 14, "", "site/a"),
        (14, 15, "", "layout/blank"),
        (15, 17, "", "site/a"),
    ]
    found = marks.rows(list(marks.pieces(raw, document(raw, *edits).edits)))
    assert ["".join(p.old for p in row) for row in found] == ["首页\n", "报告\n", "正文上\n半\n", "打印\n", "关闭"]


def test_only_a_break_inside_a_kept_line_is_marked_as_joined() -> None:
    raw = "上\n半\n\n下"
    made = document(raw, (1, 2, "", "layout/broken-line"), (4, 5, "", "layout/blank"), (5, 6, "", "site/a"))
    markup = marks.text(raw, made.edits, classes={"layout": 0, "site": 1}, anchors={}, notes=NOTES)
    found = [str(tag["class"]) for tag in soup(markup).select(".e")]
    assert found == ["['e', 'k0', 'j']", "['e', 'k0', 'r']", "['e', 'k1']"]


def test_long_stretches_are_folded_and_their_ends_stay_in_sight() -> None:
    raw = "甲" * 500 + "\n" + "\n".join(["乙乙"] * 9) + "\n打印\n" + "丙" * 900
    made = document(raw, (0, 500, "", "repeat/second-copy"), (529, 531, "", "site/share"))
    markup = marks.text(raw, made.edits, classes={"repeat": 0, "site": 1}, anchors={}, notes=NOTES)
    folds = [(fold["class"], fold.summary.text) for fold in soup(markup).select("details")]
    # 500 - 2 · 80 of the removal; seven lines between two that stand beside an edit; 900 - 2 · 80 of the last one
    assert folds == [(["more"], "340"), (["rest"], "7 14"), (["mid"], "740")]


def test_many_removed_lines_are_folded_with_the_rules_that_removed_them() -> None:
    raw = "".join(f"链接{i:02}栏目名称\n" for i in range(80))  # 8 characters each
    edits = [(9 * i, 9 * i + 9, "", "page/links" if i % 2 else "site/toolbar") for i in range(80)]
    markup = marks.text(raw, document(raw, *edits).edits, classes={"page": 0, "site": 1}, anchors={}, notes=NOTES)
    (fold,) = soup(markup).select("details")
    # ten lines of eight characters stay on either side
    assert fold.summary.text == "60 480 site/toolbar ×30, page/links ×30"
    assert len(fold.select(".e")) == 60


def test_a_rule_is_named_once_in_a_row_of_its_lines() -> None:
    raw = "一\n二\n三\n正文\n"
    made = document(raw, (0, 2, "", "site/a"), (2, 4, "", "site/a"), (4, 6, "", "site/b"))
    markup = marks.text(raw, made.edits, classes={"site": 0}, anchors={}, notes=NOTES)
    assert ["s" in tag["class"] for tag in soup(markup).select(".e")] == [False, True, False]


def test_tables_lead_to_the_edits_they_count(tmp_path: Path) -> None:
    first = document("打印\n正文。正文", (0, 2, "", "site/share"), (2, 3, "", "layout/blank"))
    second = document("您好。云州打印", (0, 3, "", "site/greeting"), (5, 7, "", "site/share"), title="云州市工作报告")
    page = page_of(first, second, Rejected("read", "empty", "空的"), tmp_path=tmp_path)
    rows = [[cell.text for cell in row.select("td")] for row in page.select("#rules tr[data-rule]")]
    assert rows == [["site/share", "4", "2", "2"], ["site/greeting", "3", "1", "1"], ["layout/blank", "1", "1", "1"]]
    longest = [[cell.text for cell in row.select("td")] for row in page.select("#longest tr[data-rule]")]
    assert longest[0] == ["3", "1", "site/greeting", "您好。", "2"]
    assert len(longest) == 3  # changes of layout are not among them
    for link in page.select("a[href^='#e']"):
        target = page.select_one(str(link["href"]))
        assert target["title"] == link.text
    assert [cell.text for cell in page.select("#rejected td")] == ["云州/2.txt", "read", "empty", "空的"]
    assert "云州市工作报告" in page.select_one("#f2").text
    assert "site 5 (71.4%)" in page.select_one("#f2").text  # 5 of 7 characters


def test_layout_and_script_are_off_until_asked_for(tmp_path: Path) -> None:
    made = document("開打印", (0, 1, "开", "script/traditional"), (1, 2, "", "site/share"), (2, 3, "", "layout/blank"))
    page = page_of(made, tmp_path=tmp_path)
    boxes = {
        label.span.text: (label.input["value"], label.input.has_attr("checked"))
        for label in page.select("#kinds label")
    }
    assert {kind: on for kind, (_, on) in boxes.items()} == {"site": True, "layout": False, "script": False}
    assert set(page.main["class"]) == {f"h{boxes['layout'][0]}", f"h{boxes['script'][0]}"}


def test_no_rule_fills_the_list_of_longest_removals(tmp_path: Path) -> None:
    raw = "打印" * 20 + "您好"
    edits = [(2 * i, 2 * i + 2, "", "site/share") for i in range(20)]
    page = page_of(document(raw, *edits, (40, 42, "", "site/greeting")), tmp_path=tmp_path)
    names = [str(row["data-rule"]) for row in page.select("#longest tr[data-rule]")]
    assert sorted(set(names)) == ["site/greeting", "site/share"]
    assert names.count("site/share") == removals.OF_A_RULE


def test_files_are_read_cleaned_and_shown(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "a.txt").write_text("您好,欢迎访问云帆文档\n2019年云渡县科协工作报告\n各位委员：\n我作报告。\n", "utf-8")
    (folder / "b.txt").write_bytes(b"")
    target = tmp_path / "review.html"
    rejected = ct.review([folder], target, lang="en")
    assert {name: error.reason for name, error in rejected.items()} == {str(folder / "b.txt"): "empty"}
    page = soup(target.read_text("utf-8"))
    assert [mark.text for mark in page.select("article del") if mark["title"] != "layout/blank"] == [
        "您好,欢迎访问云帆文档"
    ]
    assert "2019" in page.select_one("#f1").text
    assert "Longest removals" in page.text


def test_a_raw_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>工作报告</p>", "utf-8")
    with pytest.raises(ConfigError, match="would be written over"):
        ct.review([tmp_path], path)
    with pytest.raises(ConfigError, match="no such file"):
        ct.review([tmp_path / "none.txt"], tmp_path / "review.html")
    with pytest.raises(AnalysisError, match="'zh' or 'en'"):
        ct.review([path], tmp_path / "review.html", lang="fr")  # type: ignore[arg-type]
    assert path.read_text("utf-8") == "<p>工作报告</p>"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_both_languages_have_the_same_words() -> None:
    from corpus_tools.pages import shell

    zh, en = (shell.words(lang, "review.toml") for lang in ("zh", "en"))
    assert zh.keys() == en.keys()
    assert zh["notes"].keys() == en["notes"].keys() == NOTES.keys()
    fields = re.compile(r"\{\w+\}")
    for a, b in ((zh, en), (zh["notes"], en["notes"])):
        assert all(sorted(fields.findall(str(a[key]))) == sorted(fields.findall(str(b[key]))) for key in a)


@pytest.mark.shared
def test_the_page_of_real_reports_holds_their_texts(tmp_path: Path) -> None:
    folder = Path(__file__).parents[3] / "shared" / "corpus" / "local"
    if not folder.is_dir():
        pytest.skip("../shared/corpus/local is not there")
    files = sorted(path for path in folder.iterdir() if path.suffix == ".txt")[:5]
    results = removals.documents(files)
    page = soup(removals.write(results, tmp_path / "r.html").read_text("utf-8"))
    for (_, made), text in zip(results, page.select("article .text"), strict=True):
        assert isinstance(made, Document)
        assert read_back(text, without="ins") == marks.with_codes(made.raw)
        assert read_back(text, without="del") == marks.with_codes(made.text)
        assert number_of_edits(text) == len(made.edits)
