"""Slogans without a lexicon: how they are written in one report, and what returns across reports."""

from __future__ import annotations

import math
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.analysis import slogans
from corpus_tools.analysis.slogans import recurrence, surface
from corpus_tools.errors import AnalysisError

OWN = pd.DataFrame({"slogan": ["四个坚守"], "variants": ["增强四个坚守"]})


def found(paragraph: str) -> set[tuple[str, str]]:
    return {(one.kind, one.text) for one in surface.candidates(paragraph)}


@pytest.mark.parametrize(
    ("paragraph", "kind", "text"),
    [
        ("开展“云岭科普行”活动。", "quoted", "云岭科普行"),
        ("推进「双提」行动。", "quoted", "双提"),
        ("建立1+6+N服务体系。", "numeral", "1+6+N"),
        ("落实三会一课、一岗双责。", "numeral", "三会一课"),
        ("牢牢守住四个坚守不放松。", "numeral", "四个坚守"),
        ("要守正创新、勇毅前行，再上台阶。", "parallel", "守正创新、勇毅前行"),
        ("引导会员听党话、跟党走。", "parallel", "听党话、跟党走"),
        ("讲学习、讲奉献、讲实效。", "parallel", "讲学习、讲奉献、讲实效"),
        ("今年要实施云岭青年科技英才培养计划。", "coinage", "云岭青年科技英才培养计划"),
    ],
)
def test_a_slogan_is_known_by_its_dress(paragraph, kind, text):
    assert (kind, text) in found(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "获评“优秀组织单位”称号。",  # an honour
        "开通“科普云岭”公众号。",  # an account
        "“十四五”期间、“五四”前后。",  # a period, a day
        "他说“我觉得办得很好了”。",  # talk
        "召开五届五次全委会。",  # a session
        "走访了两个月、三个方面、四个学会。",  # what is simply counted
        "云岭区、石桥区、河谷区参加。",  # a list of places
        "“创新”与“科普”并重。",  # two characters that are no number
    ],
)
def test_what_only_looks_like_one_is_left_alone(paragraph):
    assert found(paragraph) == set()


def test_candidates_stand_where_they_say():
    paragraph = "开展“云岭科普行”，要守正创新、勇毅前行，落实三会一课。"
    assert all(paragraph[one.start : one.end] == one.text for one in surface.candidates(paragraph))


def test_discovery_counts_and_sorts(make):
    corpus = make(
        [
            {"words": "甲", "text": "开展“云岭科普行”。\n增强四个坚守。", "place": "云岭"},
            {"words": "甲", "text": "又是“云岭科普行”，“云岭科普行”。", "place": "云岭"},
            {"words": "甲", "text": "还有“云岭科普行”和“石桥之约”。", "place": "云岭"},
            *({"words": "甲", "text": "这里有“石桥之约”。", "place": "石桥"} for _ in range(3)),
        ]
    )
    frame = slogans.discover(corpus, lexicon=OWN).set_index("candidate")
    assert frame.loc["云岭科普行", ["kind", "count", "documents", "local"]].tolist() == ["quoted", 4, 3, "云岭"]
    assert frame.loc["石桥之约", ["count", "documents"]].tolist() == [4, 4]
    assert pd.isna(frame.loc["石桥之约", "local"])  # said in two places
    assert frame.loc["四个坚守", "kind"] == "lexicon"
    assert frame["score"].is_monotonic_decreasing
    assert frame.loc["云岭科普行", "example"] == "开展“云岭科普行”。 增强四个坚守。"
    assert slogans.discover(corpus, top=1, lexicon=OWN)["candidate"].tolist() == [frame.index[0]]
    assert slogans.discover(corpus, min_documents=4, lexicon=OWN)["candidate"].tolist() == ["石桥之约"]


def test_a_candidate_is_counted_wherever_it_stands(make):
    dressed = [{"words": "甲", "text": "开展“云岭科普行”。", "place": "云岭"} for _ in range(3)]
    bare = [{"words": "甲", "text": "又开展云岭科普行。", "place": "石桥"} for _ in range(4)]
    (row,) = slogans.discover(make([*dressed, *bare]), lexicon=OWN).to_dict("records")
    assert (row["candidate"], row["count"], row["documents"]) == ("云岭科普行", 7, 7)
    assert pd.isna(row["local"])


def test_questions_without_answer(make):
    with pytest.raises(AnalysisError, match="top is 0"):
        slogans.discover(make([{"words": "甲"}]), top=0)


def test_an_empty_corpus_has_no_slogans(make):
    with pytest.raises(AnalysisError, match="no documents"):
        slogans.discover(make([{"words": "甲"}]).where(year=1999))


WORDS = [f"词{letter}组" for letter in "甲乙丙丁戊"]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([*WORDS, "，"]), min_size=1, max_size=12), min_size=6, max_size=20),
    st.sampled_from([7, 100]),
)
def test_words_that_return_are_what_counting_by_hand_finds(tmp_path_factory, documents, block):
    import small_corpus

    # Stored in another order than the documents are shown in.
    named = [{"words": " ".join(words), "source": f"{90 - n}.txt"} for n, words in enumerate(documents)]
    corpus = small_corpus.make(tmp_path_factory.mktemp("c"), named)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recurrence, "PMI_FROM", -math.inf)
        patch.setattr(recurrence, "ENTROPY_FROM", -1.0)
        patch.setattr(recurrence, "BLOCK", block)
        given_ones = {one.text: (one.times, one.documents) for one in recurrence.collocations(corpus)}
    assert given_ones == by_hand(documents)


def by_hand(documents: list[list[str]]) -> dict[str, tuple[int, int]]:
    counts, spread = Counter[str](), Counter[str]()
    for words in documents:
        here = Counter(
            "".join(words[i : i + n])
            for n in range(2, recurrence.LONGEST + 1)
            for i in range(len(words) - n + 1)
            if "，" not in words[i : i + n]
        )
        counts += here
        spread += Counter(dict.fromkeys(here, 1))
    return {text: (counts[text], spread[text]) for text in counts if spread[text] >= recurrence.FEWEST}


def test_company_is_the_entropy_of_neighbours(make):
    # 甲词 乙词 has on its left 丙词 four times and an edge four times; on its right 丁词 four times, 戊词 four times.
    lines = ["丙词 甲词 乙词 丁词"] * 4 + ["甲词 乙词 戊词"] * 4
    corpus = make([{"words": line} for line in lines])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recurrence, "PMI_FROM", -math.inf)
        patch.setattr(recurrence, "ENTROPY_FROM", 0.0)
        (one,) = [c for c in recurrence.collocations(corpus) if c.text == "甲词乙词"]
    # Left: half of the places 丙词, the other half edges that are all different: ½ ln 2 + 4 · ⅛ ln 8; right: ln 2, the lesser.
    # Cohesion: 28 words, both stand 8 times, together 8: ln(8 · 28 / (8 · 8)).
    assert one.weight == pytest.approx(0.03 * math.log(28 / 8) + 0.08 * math.log(2))
