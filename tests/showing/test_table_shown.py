"""ct.table: what a notebook shows of a frame."""

from __future__ import annotations

import html
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

import corpus_tools as ct
from corpus_tools.cli import terminal
from corpus_tools.errors import AnalysisError
from corpus_tools.showing.cells import cell


class Reader(HTMLParser):
    """The cells of a table, its caption, and every tag with its attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags, self.cells, self.heads, self.texts = list[tuple[str, dict[str, str | None]]](), [], [], []
        self._into: list[str] | None = None
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self._into = self.cells if tag == "td" else self.heads
            self._into.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._into = None

    def handle_data(self, text: str) -> None:
        self.texts.append(text)
        if self._into is not None:
            self._into[-1] += text


def read(frame: pd.DataFrame | pd.Series, **options: object) -> Reader:
    return Reader(ct.table(frame, **options)._repr_html_())  # type: ignore[arg-type]


NUMBERS = pd.DataFrame(
    {"term": ["发展", "科普"], "p_value": [3.2e-9, 0.25], "count": [12345, 7], "lrc": [np.nan, -1.23456]}
)


def test_numbers_are_those_of_the_terminal() -> None:
    assert read(NUMBERS).cells == ["发展", "3.2e-09", "12345", "", "科普", "0.25", "7", "-1.235"]
    assert read(NUMBERS, digits=1).cells[-1] == "-1.2"
    assert read(NUMBERS, digits=0).cells[5:] == ["0.25", "7", "-1"]  # a quarter is no 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0005, "0.001"), (0.00049, "0.00049"), (-0.0, "0"), (100.0, "100"), (1e-300, "1e-300"), (None, ""), (pd.NA, ""),
        (pd.NaT, ""), (float("inf"), "inf"), (np.float32(0.5), "0.5"), (True, "True"), (np.array(["a", "b"]), "a, b"),
        ([], ""), (["<b>", None], "<b>, "), (2019, "2019"), (1e300, "1.000e+300"), (-123456789.5, "-123456789.5"),
    ],
)  # fmt: skip
def test_values_as_they_are_read(value: object, text: str) -> None:
    assert cell(value) == text


def test_heads_say_what_columns_mean() -> None:
    found = read(NUMBERS, lang="zh")
    assert found.heads == ["词语term", "p 值p_value", "次数count", "保守对数比lrc"]
    titles = [said["title"] for tag, said in found.tags if tag == "abbr"]
    assert titles[3].endswith("[以 2 为底的对数]")
    assert read(NUMBERS, lang="en").heads[3] == "conservative log ratiolrc"
    assert read(NUMBERS.rename(columns={"lrc": "mine"})).heads[3] == "mine"


def test_nothing_of_a_text_becomes_html() -> None:
    evil = "<script>alert(1)</script>\"' onmouseover='x"
    frame = pd.DataFrame({"title": [evil], evil: [[evil]], "text": [evil * 200]})
    shown = ct.table(frame, caption=evil)._repr_html_()
    tags = {tag for tag, _ in Reader(shown).tags}
    assert tags == {
        "div",
        "table",
        "caption",
        "thead",
        "tr",
        "th",
        "abbr",
        "br",
        "code",
        "tbody",
        "td",
        "details",
        "summary",
    }
    assert {name for _, said in Reader(shown).tags for name in said} == {"style", "scope", "title"}
    assert html.unescape(shown).count(evil) > 3
    assert "\u202e" not in ct.table(pd.DataFrame({"title": ["a\u202eb\x1b[31m"]}))._repr_html_()


def test_how_many_rows_there_are() -> None:
    frame = pd.DataFrame({"k": range(344)})
    assert read(frame, lang="en").texts[-1] == "rows 1–20 of 344"
    assert read(frame).texts[-1] == "第 1–20 行，共 344 行"
    assert read(frame, rows=None, lang="en").texts[-1] == "344 rows"
    assert read(frame[:1], lang="en").texts[-1] == "1 row"
    assert read(frame[:0], lang="en").texts[-1] == "no rows"
    assert len(read(frame, rows=3).cells) == 3


def test_long_texts_are_folded_and_huge_ones_cut() -> None:
    found = read(pd.DataFrame({"text": ["科" * 3000, "普" * 70]}), lang="en")
    assert found.cells[0] == "科" * 60 + "…" + "科" * 2000 + "… (3,000 characters)"
    assert found.cells[1] == "普" * 70
    assert len(ct.table(pd.DataFrame({"text": ["科" * 50_000] * 20}))._repr_html_()) < 60_000


def test_an_index_is_shown_where_it_says_something() -> None:
    frame = pd.DataFrame({"count": [3, 4]}, index=pd.Index(["x", "y"], name="doc_id"))
    assert read(frame).heads == ["文献号doc_id", "次数count"]
    assert read(frame).cells == ["x", "3", "y", "4"]
    assert read(frame.reset_index()[1:]).cells == ["y", "4"]  # the number of a row says nothing
    grouped = pd.DataFrame({"kind": ["a", "a", "b"], "rule": ["r", "r", "s"]}).groupby(["kind", "rule"]).size()
    assert read(grouped).cells == ["a", "r", "2", "b", "s", "1"]
    assert read(pd.DataFrame([[1, 2]], columns=["a", "a"])).cells == ["1", "2"]
    pivot = pd.DataFrame({"y": [1], "t": ["x"], "v": [2.5], "w": [1.0]}).pivot(
        index="y", columns="t", values=["v", "w"]
    )
    assert read(pivot).heads == ["纵坐标y", "v / x", "w / x"]


def test_yes_and_no_are_words_in_html_and_in_text() -> None:
    frame = pd.DataFrame({"whether_it_is": [True, False]})
    assert "text-align:right" not in ct.table(frame)._repr_html_()
    assert "\n True " in terminal.table(frame)


def test_the_frame_is_not_changed() -> None:
    before = NUMBERS.copy()
    table = ct.table(NUMBERS, rows=1)
    table._repr_html_()
    repr(table)
    pd.testing.assert_frame_equal(NUMBERS, before)
    assert table.frame is NUMBERS


def test_as_text_it_has_caption_numbers_and_rows() -> None:
    shown = repr(ct.table(NUMBERS, caption="关键词\x1b[31m", rows=1, lang="en"))
    assert shown.startswith("关键词\\x1b[31m\n")
    assert shown.endswith("rows 1–1 of 2")
    assert "3.2e-09" in shown
    wide = pd.DataFrame({f"column_{n}": [f"{n}" * 40] for n in range(9)})
    for n in range(9):
        assert f"{n}" * 40 in repr(ct.table(wide))  # columns go on below, none is cut


def test_a_kernel_that_asks_for_colours_stores_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in repr(ct.table(pd.DataFrame({"year": [2019]})))


def test_no_number_becomes_0_where_nothing_is_shown_behind_the_point() -> None:
    assert [cell(value, 0) for value in (0.5, 0.4, 1.4, -0.25)] == ["0.5", "0.4", "1", "-0.25"]


def test_lists_and_heads_do_not_steer_a_terminal_either() -> None:
    frame = pd.DataFrame({("a\x1b[2J", "b"): [["x\x1b[31m", "y"]]})
    for shown in (repr(ct.table(frame)), terminal.table(frame)):
        assert "\x1b" not in shown
        assert "x\\x1b[31m, y" in shown
    assert "a\\x1b[2J / b" in repr(ct.table(frame))


@pytest.mark.parametrize("options", [{"lang": "de"}, {"rows": -1}, {"digits": -1}])
def test_bad_options_are_errors(options: dict[str, object]) -> None:
    with pytest.raises(AnalysisError):
        ct.table(NUMBERS, **options)  # type: ignore[arg-type]
