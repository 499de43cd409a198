"""What the page says of removals: sums worked out by hand, samples in the raw text that they came from."""

from __future__ import annotations

import pytest
import small_corpus

from corpus_tools.document import Edit
from corpus_tools.pages.sections import changes, trust
from corpus_tools.pages.sections.changes import Stretch


def edit(doc_id, start, removed, kind, rule, inserted=""):
    place = {"doc_id": doc_id, "start": start, "end": start + len(removed)}
    return place | {"removed": removed, "inserted": inserted, "kind": kind, "rule": rule}


@pytest.fixture
def corpus(tmp_path):
    """Raw texts: 「打印本页\\n渔港渔港」, 「打印本页渔业 2 0 19 年」, 「漁業」, 「苗圃」, 「首页打印全文」."""
    documents = [
        {"words": "渔港 渔港"},
        {"words": "渔业 2019年"},
        {"words": "渔业"},
        {"words": "苗圃"},
        {"words": "全文"},
    ]
    edits = [
        edit("d000", 0, "打印本页", "site", "toolbar"),
        edit("d000", 4, "\n", "layout", "blank"),
        edit("d001", 0, "打印本页", "site", "toolbar"),
        edit("d001", 6, " 2 0 19 年", "repair", "inner-space", "2019年"),
        edit("d002", 0, "漁業", "script", "traditional", "渔业"),
        edit("d004", 0, "首页", "site", "breadcrumb"),
        edit("d004", 2, "打印", "site", "toolbar"),
    ]
    return small_corpus.make(tmp_path / "c", documents, edits=edits)


def test_sums_by_kind_and_rule(corpus):
    part = trust.part(corpus)
    # Raw: 4 + 1 + 4 = 9; 4 + 2 + 9 = 15; 2; 2; 2 + 2 + 2 = 6: 34 characters.
    assert (part["n"], part["edits"], part["untouched"], part["quiet"], part["changed"]) == (5, 7, 1, 1, 3)
    assert part["chars"] == 4 + 4 + 9 + 2 + 2
    assert part["share"] == pytest.approx(21 / 34)
    rows = [
        (row["kind"], row["edits"], row["documents"], row["chars"], row["put"], row["quiet"]) for row in part["kinds"]
    ]
    assert rows == [
        ("site", 4, 3, 12, 0, False),
        ("repair", 1, 1, 9, 5, False),
        ("script", 1, 1, 2, 2, True),
        ("layout", 1, 1, 1, 0, True),
    ]
    assert part["kinds"][0]["share"] == pytest.approx(12 / 34)
    assert [(rule["rule"], rule["edits"], rule["chars"]) for rule in part["kinds"][0]["rules"]] == [
        ("toolbar", 3, 10),
        ("breadcrumb", 1, 2),
    ]


def test_of_many_rules_those_that_remove_most_are_shown_and_the_others_summed(tmp_path):
    edits = [edit("d000", at, "删" * (1 + at % 2), "site", f"site{at}") for at in range(0, 60, 3)]
    edits += [edit("d000", 60 + at, "删" * 9, "site", f"great{at}") for at in range(0, 20, 10)]
    corpus = small_corpus.make(tmp_path / "c", [{"words": "渔" * 80}], edits=edits)
    (kind,) = trust.part(corpus)["kinds"]
    # Two that remove nine; of twenty rules ten remove two, of which all are shown, and ten one, of which eight are.
    assert [rule["chars"] for rule in kind["rules"]] == [9] * 2 + [2] * 10 + [1] * 8
    assert (kind["others"], kind["others_chars"], kind["chars"]) == (2, 2, 18 + 20 + 10)


def test_documents_that_lost_most_come_first_with_what_took_it(corpus):
    rows = trust.part(corpus)["most"]
    assert [(row["source"], row["raw"]) for row in rows] == [("r001.txt", 15), ("r004.txt", 6), ("r000.txt", 9)]
    assert rows[0]["share"] == pytest.approx(13 / 15)
    assert rows[0]["kinds"] == [("repair", pytest.approx(9 / 15)), ("site", pytest.approx(4 / 15))]


def test_samples_are_the_most_frequent_change_and_others(corpus):
    toolbar = trust.part(corpus)["kinds"][0]["rules"][0]["samples"]
    assert tuple(toolbar[0][key] for key in ("why", "n", "source", "start")) == (
        "frequent", 2, "r000.txt", 0,
    )  # fmt: skip
    assert {stretch.old for sample in toolbar for stretch in sample["stretches"] if stretch.role == "this"} == {
        "打印本页",
        "打印",
    }
    assert toolbar == trust.part(corpus)["kinds"][0]["rules"][0]["samples"]


def test_a_corpus_that_was_not_changed(tmp_path):
    assert trust.part(small_corpus.make(tmp_path / "c", [{"words": "全文"}])) == {"edits": 0, "n": 1}


def test_a_change_stands_in_the_raw_text_with_those_beside_it():
    raw = "首页\n漁港建成。打印本页\n作者：某某\n全文"
    edits = [
        Edit(0, 2, "", "site", "breadcrumb", "首页"),
        Edit(2, 3, "", "layout", "blank", "\n"),
        Edit(3, 4, "渔", "script", "traditional", "漁"),
        Edit(8, 12, "", "site", "toolbar", "打印本页"),
        Edit(13, 18, "甲", "metadata", "author", "作者：某某"),
    ]
    found = [stretch for stretch in changes.around(raw, edits, 3) if stretch.old or stretch.new]
    assert found == [
        Stretch("other", "首页"),
        Stretch("kept", "¶漁港建成。"),
        Stretch("this", "打印本页"),
        Stretch("kept", "¶"),
        Stretch("other", "作者：某某", "甲"),
        Stretch("kept", "¶全文"),
    ]


def test_of_long_changes_the_ends_are_shown_and_of_the_text_around_a_little():
    raw = "前" * 100 + "甲" * 500 + "后" * 100
    found = list(changes.around(raw, [Edit(100, 600, "", "site", "frame", "甲" * 500)], 0))
    assert [len(stretch.old) for stretch in found] == [changes.AROUND, 2 * changes.ENDS + 5, changes.AROUND]
    assert found[1].old == "甲" * 60 + " […] " + "甲" * 60


def test_a_neighbour_that_reaches_into_the_context_is_cut_there():
    raw = "甲" * 100 + "乙"
    edits = [Edit(0, 100, "", "site", "frame", "甲" * 100), Edit(100, 101, "", "site", "dot", "乙")]
    assert next(iter(changes.around(raw, edits, 1))) == Stretch("kept", "")
    assert list(changes.around(raw, edits, 1))[1] == Stretch("other", "甲" * changes.AROUND)


@pytest.mark.parametrize(
    ("text", "shown"), [("\n\n  ", "¶¶··"), ("a\n", "a¶"), ("\x07x", "⟨U+0007⟩x"), ("　", "··"), ("\u202e", "⟨U+202E⟩")]
)
def test_samples_show_what_has_no_shape(text, shown):
    assert changes.one_line(text) == shown
