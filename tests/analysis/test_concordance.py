"""Every place of a query, with what stands around it, and where it came from."""

from __future__ import annotations

import re
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from corpus_tools.analysis import phrases, slogans, trends
from corpus_tools.analysis.concordance import kwic, queries
from corpus_tools.analysis.concordance.letters import aligned
from corpus_tools.analysis.concordance.wordings import all_places, wording
from corpus_tools.analysis.slogans.matching import About
from corpus_tools.building.build import build
from corpus_tools.cleaning.edits import apply
from corpus_tools.corpus import places
from corpus_tools.corpus.corpus import load
from corpus_tools.document import Edit
from corpus_tools.errors import AnalysisError

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
# 科普 twice in the first (once as a word, once inside 科普馆), once in the third.
DOCUMENTS = [
    {"words": "云川 科普 工作\n办 好 科普馆 ， 坚持 党 的 领导", "year": 2019, "place": "云川县"},
    {"words": "坚持 领导 ， 推动 发展", "year": None},
    {"words": "大力 促进 科普 发展\n全面 发展", "year": 2021},
]


def nodes(frame):
    return frame["node"].tolist()


def test_a_phrase_stands_wherever_its_wording_does(make):
    frame = kwic(make(DOCUMENTS), "科普", width=4)
    assert frame.attrs == {"query": "科普", "kind": "phrase", "hits": 3, "documents": 2}
    assert frame["hit"].tolist() == [1, 2, 3]
    assert frame[["left", "node", "right"]].to_numpy().tolist() == [
        ["云川", "科普", "工作⏎办"],
        ["作⏎办好", "科普", "馆，坚持"],
        ["大力促进", "科普", "发展⏎全"],
    ]
    assert frame["paragraph"].tolist() == [0, 1, 0]
    assert frame["position"].tolist() == [2 / 19, 9 / 19, 4 / 13]
    assert frame["year"].tolist() == [2019, 2019, 2021]


def test_a_word_stands_where_the_tokens_have_it(make):
    frame = kwic(make(DOCUMENTS), "科普", kind="word")
    assert frame["doc_id"].tolist() == ["d000", "d002"]
    assert frame["start"].tolist() == [2, 4]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("坚持 领导", ["坚持领导"]),
        ("坚持 *{0,2} 领导", ["坚持党的领导", "坚持领导"]),
        ("坚持 * * 领导", ["坚持党的领导"]),
        ("坚持 * 领导", []),
        ("推动|促进 *{0,1} 发展", ["推动发展", "促进科普发展"]),
        ("科普*", ["科普", "科普馆", "科普"]),
        ("坚持 /n", ["坚持党", "坚持领导"]),
        ("*动/v 发展", ["推动发展"]),
    ],
)
def test_patterns(make, query, found):
    assert nodes(kwic(make(DOCUMENTS), query, kind="pattern")) == found


def test_a_pattern_goes_across_quotation_marks_and_spaces(make):
    corpus = make([{"words": "坚持 “ 科普 ” \u3000 发展", "text": "坚持“科普”\u3000发展"}])
    frame = kwic(corpus, "坚持 科普 发展", kind="pattern")
    assert nodes(frame) == ["坚持“科普”\u3000发展"]


def test_regular_expressions_stay_within_paragraphs(make):
    corpus = make(DOCUMENTS)
    assert nodes(kwic(corpus, "科普.{2}", kind="regex")) == ["科普工作", "科普馆，", "科普发展"]
    assert nodes(kwic(corpus, r"工作\s办", kind="regex")) == []
    assert nodes(kwic(corpus, "^全", kind="regex")) == ["全"]
    assert nodes(kwic(corpus, "x*", kind="regex")) == []


@pytest.mark.parametrize(
    ("query", "kind", "said"),
    [
        ("科(普", "regex", "科▸(◂普"),
        ("坚持 *{3,1} 领导", "pattern", "坚持 ▸*◂{3,1} 领导"),
        ("坚持 *{a} 领导", "pattern", "坚持 ▸*◂{a} 领导"),
        ("* 领导", "pattern", "▸*◂ 领导"),
        ("领导 *", "pattern", "领导 ▸*◂"),
        ("推动| 发展", "pattern", "推动▸|◂ 发展"),
        ("|推动", "pattern", "▸|◂推动"),
        ("坚持 */ 领导", "pattern", "坚持 */▸ ◂领导"),
        ("领导\\", "pattern", "领导▸\\◂"),
        ("坚持 *{0,60} 领导", "pattern", "more than 50 words"),
        ("天文台", "word", "'天文台' is no word"),
        ("坚持 天文台|领导", "pattern", "天文台"),
        ("坚持 * 领导", None, "坚持 ▸*◂ 领导"),
        ("推动|促进", None, "kind='pattern'"),
        ("无此提法", "slogan", "no slogan of the lexicon"),
        ("“”", None, "no character"),
        (" ", None, "empty query"),
        ("领导", "sentence", "kind is 'sentence'"),
    ],
)
def test_bad_queries_say_where(make, query, kind, said):
    with pytest.raises(AnalysisError) as error:
        kwic(make(DOCUMENTS), query, kind=kind)
    assert said in str(error.value)


@pytest.mark.parametrize("options", [{"sort": "up"}, {"width": -1}, {"sample": 0}, {"match": "some"}])
def test_bad_options(make, options):
    with pytest.raises(AnalysisError):
        kwic(make(DOCUMENTS), "科普", **options)


def test_sorting_goes_outward_from_the_node(make):
    corpus = make(
        [{"words": "乙甲 科普 丁", "year": 2020}, {"words": "甲乙 科普 丙", "year": 1999}, {"words": "丙甲 科普 戊"}]
    )
    assert kwic(corpus, "科普", sort="left")["left"].tolist() == ["甲乙", "丙甲", "乙甲"]
    assert kwic(corpus, "科普", sort="right")["right"].tolist() == sorted("丁丙戊")
    assert kwic(corpus, "科普", sort="year")["hit"].tolist() == [2, 1, 3]
    assert kwic(corpus, "科普", sort=["node", "left"])["hit"].tolist() == [2, 3, 1]


@pytest.mark.parametrize("kind", ["phrase", "word"])
def test_a_sample_is_reproducible_and_knows_of_all(make, kind):
    corpus = make([{"words": "甲 科普 " * 50 + "乙", "text": "甲科普" * 50 + "乙"}])
    whole, first, again = (kwic(corpus, "科普", kind=kind, sample=n, seed=3) for n in (None, 7, 7))
    assert first.equals(again)
    assert (len(first), first.attrs["hits"]) == (7, 50)
    assert first["hit"].tolist() != kwic(corpus, "科普", kind=kind, sample=7, seed=4)["hit"].tolist()
    rows = whole[whole["hit"].isin(first["hit"])].reset_index(drop=True)
    assert rows.equals(first)


def test_what_is_not_counted_is_neither_found_nor_shown(make):
    text = "科普工作\n附注：科普即科学普及\n发展科普"
    sections = [
        {"doc_id": "d000", "section": n, "depth": 1, "heading": "", "tense": tense, "start": start, "end": end}
        for n, (tense, start, end) in enumerate([("review", 0, 5), ("notes", 5, 16), ("plan", 16, 20)])
    ]
    words = "科普 工作\n附注 ： 科普 即 科学 普及\n发展 科普"
    corpus = make([{"words": words, "text": text, "year": 2020}], sections=sections)
    for kind in ("phrase", "word"):
        frame = kwic(corpus, "科普", kind=kind)
        assert frame[["left", "right"]].to_numpy().tolist() == [["", "工作⏎"], ["发展", ""]]
        assert frame["tense"].tolist() == ["review", "plan"]
        assert frame["paragraph"].tolist() == [0, 2]
        by_tense = kwic(corpus.by_tense(), "科普", kind=kind)
        assert by_tense[["start", "tense"]].to_numpy().tolist() in (
            [[0, "review"], [18, "plan"]],
            [[18, "plan"], [0, "review"]],
        )
        assert by_tense.attrs["documents"] == 1


@pytest.mark.usefixtures("own_lexicon")
def test_slogans_stand_where_they_are_counted(make):
    text = "要增强“四个坚守”，\n守住四个 坚守。小康河谷在望，全面建成小康河谷。" * 3 + "双减“双提”，守正、创新。"
    corpus = make([{"words": "甲", "text": text, "year": 2019}, {"words": "甲", "text": "小康河谷", "year": 2020}])
    for name in ("四个坚守", "小康河谷", "双减双提", "守正、创新", "从未说过"):
        for match in ("longest", "all"):
            frame, hits = kwic(corpus, name, match=match), slogans.hits(corpus, name, match=match)
            assert frame.attrs["kind"] == "slogan"
            assert (
                frame[["doc_id", "start", "end", "node"]].to_numpy().tolist()
                == hits[["doc_id", "start", "end", "found"]].to_numpy().tolist()
            )
    assert len(kwic(corpus, "小康河谷", kind="phrase")) == 7


def test_a_slogan_of_several_readings_stands_where_each_is_counted(make, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("slogan,years\n双河〔治水〕,-1999\n双河〔文明〕,2012-\n", "utf-8")
    lexicon = slogans.lexicon(mine, shipped=False)
    corpus = make([{"words": "双河 工程", "year": year} for year in (1990, 2005, 2020)])
    found = {
        name: kwic(corpus, name, lexicon=lexicon)["year"].tolist()
        for name in ("双河", "双河〔治水〕", "双河〔文明〕", "双河〔未定〕")
    }
    assert found == {"双河": [1990, 2005, 2020], "双河〔治水〕": [1990], "双河〔文明〕": [2020], "双河〔未定〕": [2005]}


# What texts are written with, what NFKC changes, masks, marks that join, letters beyond the tables.
ALPHABET = "科普创新一二年大市某某XX**２０22〓 \n\u3000“”\"'㎡㈠⼀…Ａe\u0301\u309aが①ﬁ𠮷\ud800﹁＂、。-—"


@settings(max_examples=300)
@given(st.text(ALPHABET, max_size=40))
def test_letters_stand_where_the_slow_way_finds_them(text):
    found, starts, ends = phrases.with_positions(text)
    fast = aligned(text)
    assert fast.text == found
    assert fast.starts.tolist() == starts.tolist()
    assert fast.ends.tolist() == ends.tolist()


# Besides: what ends a masked year, letters that become several (1日, 大正), letters beyond the tables, accents.
WRITTEN = ALPHABET + "年日正1290x㏠㍽㋀𝐀Aé\0"


def slow(form: str, text: str, *, overlapping: bool = False) -> list[tuple[int, int]]:
    found, starts, ends = phrases.with_positions(text)
    places = re.finditer(f"(?={re.escape(form)})" if overlapping else re.escape(form), found)
    return [(starts[at.start()], ends[at.start() + len(form) - 1]) for at in places]


@settings(max_examples=1000)
@given(st.text(WRITTEN, max_size=40), st.data())
def test_wordings_stand_where_the_slow_way_finds_them(text, data):
    clean = phrases.with_positions(text)[0]
    start = data.draw(st.integers(0, max(0, len(clean) - 1)))
    forms = [
        clean[start : start + data.draw(st.integers(1, 5))],
        phrases.normalise(data.draw(st.text(WRITTEN, max_size=3))),
    ]
    forms = [form for form in forms if form]
    for form in forms:
        assert wording(form).apart(text) == slow(form, text)
    assert all_places(forms)(text) == sorted(at for form in forms for at in slow(form, text, overlapping=True))


PIECES = (
    "改革开放", "全面深化", "新发展理念", "创", "四个自信", "十", "以人民为中心的发展思想", "高质量发展", "提高", "双创",
    "科技", "环境", "“", "”", "\n", "，", "XX", "**", "20XX年", "2019", "\u3000" * 40, " " * 200, "推进经济社会各项事业", "。",
    "坚持中国特色社会主义", "〓", "某某", "邓小平理论", "理论",
)  # fmt: skip
NAMES = ("改革开放", "新发展理念", "四个自信", "高质量发展", "双创", "邓小平理论", "中国特色社会主义")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from((None, 1985, 2019)))
def test_slogans_are_judged_around_their_places_as_in_whole_texts(text, year):
    about = About(year, ())
    _, starts, ends = phrases.with_positions(text)
    for name in NAMES:
        for match, chosen in (("longest", phrases.longest), ("all", phrases.apart)):
            query = queries.read(name, "slogan", match=match, lexicon=None)
            places = [at for at in chosen(query.wanted.places(text, about)) if at[0] in query.numbers]
            expected = sorted((starts[start], ends[end - 1]) for _, start, end in places)
            assert queries._slogan(query)(text, about) == expected


@settings(max_examples=500, deadline=None)
@given(
    st.text("科普12%， \n\0^", max_size=30),
    st.sampled_from(
        ("科", "科.*普", "[^，]+", "[0-9]+%", "科\\s*普", "^科", "^科|普", "^[^普]*", "普$", "(科|普)+",
         "\\W+", "(?<=科)普", "[^]科]", "[^\\]1]普", r"\[^科]",
         "科*+", "1{2}?科", "科+?普", "普%?1", "科{0,2}%",
         "1*", "[科^]", r"\b1")
    ),
)  # fmt: skip
def test_expressions_match_as_in_each_paragraph_alone(text, query):
    expected = [
        (paragraph.start() + found.start(), paragraph.start() + found.end())
        for paragraph in re.finditer("[^\n\0]+", text)
        for found in re.finditer(query, paragraph[0])
        if found[0]
    ]
    assert queries._regex(query)(text) == expected


EDITS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.text("甲乙", max_size=3)), max_size=8)


def edited(parts: list[tuple[int, int, str]], raw: str) -> list[Edit]:
    """Edits one after the other: so many characters kept, so many removed, this inserted."""
    edits, at = [], 0
    for kept, removed, inserted in parts:
        start = min(at + kept, len(raw))
        at = min(start + removed, len(raw))
        edits.append(Edit(start, at, inserted, "kind", "rule", raw[start:at]))
    return edits


def origins(raw: str, edits: list[Edit]) -> list[tuple[int, int]]:
    """For each character of the clean text the raw characters that it stands for, one by one."""
    found, at = [], 0
    for edit in edits:
        found += [(n, n + 1) for n in range(at, edit.start)] + [(edit.start, edit.end)] * len(edit.inserted)
        at = edit.end
    return found + [(n, n + 1) for n in range(at, len(raw))]


@given(st.lists(EDITS, min_size=1, max_size=3))
def test_raw_places_are_those_of_each_character(documents):
    raw = "".join(map(chr, range(0x4E00, 0x4E00 + 20)))
    edits = [edited(parts, raw) for parts in documents]
    numbers = [(n, e.start, e.end, len(e.inserted)) for n, of in enumerate(edits) for e in of]
    mapped = places._Edits(*np.array(numbers, dtype=np.int64).reshape(-1, 4).T)
    for n, of in enumerate(edits):
        expected = origins(raw, of)
        assert len(expected) == len(apply(raw, of))
        at, document = np.arange(len(expected)), np.full(len(expected), n)
        assert mapped.first(document, at).tolist() == [start for start, _ in expected]
        assert (mapped.last(document, at) + 1).tolist() == [end for _, end in expected]


def test_raw_places_of_a_corpus(make):
    # Raw: "科AA普工作", "工作XX科普": letters were removed inside a hit, and before one.
    edits = [
        {"doc_id": "d000", "start": 1, "end": 3, "removed": "AA", "inserted": ""},
        {"doc_id": "d001", "start": 0, "end": 4, "removed": "工作XX", "inserted": "工"},
    ]
    corpus = make([{"words": "科普 工作"}, {"words": "工 科普"}, {"words": "科普"}], edits=edits)
    assert kwic(corpus, "科普")[["raw_start", "raw_end"]].to_numpy().tolist() == [[0, 4], [4, 6], [0, 2]]
    assert kwic(corpus, "工", kind="word")[["raw_start", "raw_end"]].to_numpy().tolist() == [[0, 4]]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory):
    if not SHARED.is_dir():
        pytest.skip("the real reports beside a developer's checkout are missing")
    raw, out = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("out")
    for name in ("state_council/2013.txt", "state_council/1978.txt", "cpc_congress/12_1.txt"):
        (raw / Path(name).name).write_bytes((SHARED / name).read_bytes())
    build(raw, out)
    return load(out)


@pytest.mark.shared
def test_real_reports_are_counted_and_undone_alike(real):
    from corpus_tools.cleaning.edits import undo

    columns = ["start", "end", "inserted", "kind", "rule", "removed"]
    raw = {
        row.doc_id: undo(
            row.text,
            [Edit(*edit) for edit in real.edits[real.edits["doc_id"] == row.doc_id][columns].itertuples(index=False)],
        )
        for row in real.documents.itertuples()
    }
    clean = dict(zip(real.documents["doc_id"], real.documents["text"], strict=True))
    for query, kind in (
        ("改革开放", None), ("科技", "phrase"), ("发展", "word"), ("/v *{0,2} 发展", "pattern"), ("[0-9]+", "regex"),
    ):  # fmt: skip
        frame = kwic(real, query, kind=kind)
        assert len(frame)
        for row in frame.itertuples():
            assert clean[row.doc_id][row.start : row.end] == row.node
            left = iter(raw[row.doc_id][row.raw_start : row.raw_end])
            assert all(letter in left for letter in row.node if letter.isalnum()), row
    for query in ("改革开放", "科技"):
        counted = trends.rate(real, query, by="doc_id", resamples=1).set_index("doc_id")["count"]
        assert kwic(real, query)["doc_id"].value_counts().to_dict() == counted[counted > 0].to_dict()
