"""Samples behind the numbers of the page: where they stand, how they are spread, and that nothing in them is markup."""

from __future__ import annotations

import json
import re

import pytest
import small_corpus
from hypothesis import given
from hypothesis import strategies as st

import corpus_tools as ct
from corpus_tools.pages import samples
from corpus_tools.pages.inline import json_block

ROOM = 100_000  # bytes: more than these small corpora need
BREAKOUTS = [
    "</script>", "</SCRIPT >", "<!--", "<script>", "<![CDATA[", "]]>", '"><img onerror=1>', "&lt;", "\u2028\u2029", "\\u003c",
    "\ud800", "__proto__", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("text", BREAKOUTS)
def test_nothing_in_data_ends_their_block(text):
    block = json_block({"key": [text], text: "新质生产力"})
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", block)
    assert "新质生产力" in block  # the font of the page is cut to the letters that it sees
    assert json.loads(block) == {"key": [text], text: "新质生产力"}
    block.encode("utf-8")


@given(st.text(alphabet=st.characters(codec=None)))
def test_data_come_back_as_they_were(text):
    assert json.loads(json_block([text])) == [text]


def test_data_that_json_does_not_know_are_refused():
    with pytest.raises(ValueError, match="JSON"):
        json_block([float("nan")])


@pytest.fixture
def corpus(tmp_path):
    documents = [
        {
            "words": "坚持 高质量发展 。 渔业\n推动 高质量发展 渔业",
            "year": 2019,
            "title": "甲县报告",
            "source": "a.txt",
        },
        {"words": "高质量发展 。 高质量发展 。 高质量发展 渔业", "year": 2019, "title": None, "source": "b.txt"},
        {"words": "谋划 高质量发展 渔业", "year": 2020, "source": "c.txt"},
        {"words": "落实 高质量发展 渔业", "year": None, "source": "d.txt"},
    ]
    removed = {
        "doc_id": "d002",
        "start": 0,
        "end": 7,
        "removed": "打印 本页 \n",
        "inserted": "",
        "kind": "site",
        "rule": "x",
    }
    return small_corpus.make(tmp_path / "c", documents, edits=[removed])


def test_places_of_slogans_have_their_context_and_their_offset_in_the_raw_text(corpus):
    found = samples.of_slogans(corpus, room=ROOM)
    ((document, offset, left, node, right),) = found.of["高质量发展", 2020]
    assert found.documents[document] == ("云川县科协工作报告", "c.txt")
    # Seven characters were removed before the text, 谋划 stands before the slogan.
    assert (offset, left, node, right) == (7 + 2, "谋划", "高质量发展", "渔业")
    ((document, *place),) = found.of["高质量发展", samples.UNDATED]
    assert (found.documents[document][1], place) == ("d.txt", [2, "落实", "高质量发展", "渔业"])


def test_samples_are_spread_over_documents_before_one_has_a_second(corpus):
    found = samples.of_slogans(corpus, room=ROOM).of["高质量发展", 2019]
    # Of five places in two documents three are shown: both documents, one of them twice.
    assert len(found) == samples.EACH == 3
    assert {document for document, *_ in found} == {0, 1}


def test_a_document_without_title_is_named_by_its_file(corpus):
    assert ("b.txt", "b.txt") in samples.of_slogans(corpus, room=ROOM).documents


def test_the_end_of_a_paragraph_is_shown_and_nothing_from_far_away(tmp_path):
    words = f"{'远' * 30} {'近' * 18}\n高质量发展 {'后' * 40}"
    found = samples.of_slogans(small_corpus.make(tmp_path / "c", [{"words": words, "year": 2020}]), room=ROOM)
    ((_, offset, left, _, right),) = found.of["高质量发展", 2020]
    assert (offset, left, right) == (49, "近" * 17 + "⏎", "后" * 18)


def test_every_slogan_has_a_sample_before_any_has_two_in_a_page_that_is_full(tmp_path, monkeypatch):
    documents = [
        {"words": f"高质量发展 。 {also}", "year": year} for year in (2019, 2020) for also in ("渔业", "乡村振兴")
    ]
    corpus = small_corpus.make(tmp_path / "c", documents)
    monkeypatch.setattr(samples, "MOST", 4)
    found = samples.of_slogans(corpus, room=ROOM).of
    # 高质量发展 stands in four documents, 乡村振兴 in two of them: both have one in each year, no third fits.
    each = [("高质量发展", 2019), ("高质量发展", 2020), ("乡村振兴", 2019), ("乡村振兴", 2020)]
    assert {key: len(of) for key, of in found.items()} == dict.fromkeys(each, 1)


def test_samples_take_no_more_room_than_they_are_given(tmp_path):
    documents = [{"words": f"高质量发展 <&> 乡村振兴 {n}", "year": 2019 + n % 2, "title": "<题>" * n} for n in range(9)]
    corpus = small_corpus.make(tmp_path / "c", documents)
    for find in (samples.of_slogans, lambda corpus, room: samples.of_words(corpus, [("乡村振兴", 2019)], room=room)):
        held = []
        for room in (0, 300, 600, 1500):
            found = find(corpus, room=room)
            blocks = [json_block(of) for of in (*found.documents, *(one for of in found.of.values() for one in of))]
            assert sum(len(block.encode()) for block in blocks) <= room
            held.append(sum(map(len, found.of.values())))
        assert held[0] == 0 < held[1] < held[2]  # it is used


def test_words_are_shown_in_the_years_asked_for_and_as_words(tmp_path):
    documents = [
        {"words": "今年 渔业 增产 。 渔业局 成立", "year": 2019},
        {"words": "渔业 局\n发展 渔业", "year": 2020},
        {"words": "渔业", "year": 2021},
    ]
    found = samples.of_words(
        small_corpus.make(tmp_path / "c", documents), [("渔业", 2019), ("渔业", 2020), ("局", 2020)], room=ROOM
    )
    assert sorted(found.of) == [("局", 2020), ("渔业", 2019), ("渔业", 2020)]
    assert [sample[1:] for sample in found.of["渔业", 2019]] == [(2, "今年", "渔业", "增产。渔业局成立")]
    assert [sample[1:4] for sample in found.of["渔业", 2020]] == [(0, "", "渔业"), (6, "渔业局⏎发展", "渔业")]


def test_the_same_corpus_gives_the_same_samples(corpus):
    assert samples.of_slogans(corpus, room=ROOM) == samples.of_slogans(corpus, room=ROOM)


def test_what_steers_the_direction_of_writing_is_written_out(tmp_path):
    document = {"words": "\u202e 高质量发展 \u200b", "year": 2020, "title": "题\u202e", "source": "a\u2066.txt"}
    found = samples.of_slogans(small_corpus.make(tmp_path / "c", [document]), room=ROOM)
    assert found.documents == [("题⟨U+202E⟩", "a⟨U+2066⟩.txt")]
    assert found.of["高质量发展", 2020] == [(0, 1, "⟨U+202E⟩", "高质量发展", "⟨U+200B⟩")]


def test_every_place_is_one_that_a_concordance_has(tmp_path):
    documents = [
        {
            "words": f"推进 “ 四个 全面 ” 战略 布局 ， 高质量 发展 {'全面 建成 小康社会 ' * n}小康社会",
            "year": 2015 + n % 2,
        }
        for n in range(6)
    ]
    corpus = small_corpus.make(tmp_path / "c", documents)
    found = samples.of_slogans(corpus, room=ROOM)
    assert len(found.of) > 4
    for (name, year), of in found.of.items():
        lines = ct.kwic(corpus.where(year=year), name, width=samples.WIDTH)
        known = set(zip(lines["raw_start"], lines["left"], lines["node"], lines["right"], strict=True))
        assert {tuple(sample[1:]) for sample in of} <= known
        assert len(of) == min(samples.EACH, len(lines))


def test_a_corpus_without_slogans_has_no_samples(tmp_path):
    assert samples.of_slogans(small_corpus.make(tmp_path / "c", [{"words": "渔业", "year": 2020}]), room=ROOM) == (
        [],
        {},
    )
