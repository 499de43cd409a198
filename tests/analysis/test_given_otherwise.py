"""What is given otherwise than the examples do: read as it is meant where that is sure, else refused by name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from corpus_tools.analysis import counts, keywords, slogans, topics, trends
from corpus_tools.analysis.concordance import kwic
from corpus_tools.analysis.keywords.reference import frequency_list
from corpus_tools.errors import AnalysisError, CorpusToolsError, DataError

PLAN, REVIEW = "计划", "回顾"


def sections_of(doc_id: str, words: str) -> list[dict[str, object]]:
    """Two sections, the first line a review and the second a plan."""
    first = len(words.split("\n")[0].replace(" ", ""))
    end = len(words.replace(" ", ""))
    common = {"doc_id": doc_id, "depth": 1, "heading": "一"}
    return [
        {**common, "section": 0, "tense": "review", "start": 0, "end": first + 1},
        {**common, "section": 1, "tense": "plan", "start": first + 1, "end": end},
    ]


@pytest.fixture
def tensed(make):
    """Four reports, each of a line that looks back and one that looks ahead."""
    words = [f"{REVIEW} 河谷 河谷\n{PLAN} 创新", f"{REVIEW} 河谷\n{PLAN} 创新 创新"] * 2
    sections = [row for n, text in enumerate(words) for row in sections_of(f"d{n:03d}", text)]
    return make([{"words": text, "year": 2020} for text in words], sections=sections)


def test_views_of_one_tense_each_are_compared_however_they_were_made(tensed):
    rows = [tensed.by_tense().where(tense=tense) for tense in ("plan", "review")]
    views = [tensed.where(tense=tense) for tense in ("plan", "review")]
    for plan, review in ((rows[0], rows[1]), (views[0], views[1]), (views[0], rows[1]), (rows[0], views[1])):
        frame = keywords.keyness(plan, reference=review, min_documents=1).set_index("term")
        assert frame.loc["创新", ["n", "n_reference", "count", "count_reference"]].tolist() == [4, 4, 6, 0]
    with pytest.raises(AnalysisError, match="nothing is left to compare with"):
        keywords.keyness(tensed.by_tense().where(tense="plan"), reference=tensed.by_tense(), min_documents=1)


@pytest.fixture
def reports(make):
    levels = ["city", "county", "province", "national"] * 3
    return make(
        [{"words": "创新 河谷" * (n % 3 + 1), "year": 2001 + n // 6, "level": level} for n, level in enumerate(levels)]
    )


@pytest.mark.parametrize("ask", [trends.compare, trends.contrast])
@pytest.mark.parametrize(
    "groups", [(["city", "county"], ["province", "national"]), {"city", "county"}, ("city",), "city", ("city", "city")]
)
def test_a_group_is_one_value(reports, ask, groups):
    with pytest.raises(AnalysisError, match="groups are"):
        ask(reports, ["河谷"], groups=groups)


def test_groups_of_several_values_are_views(reports):
    one, other = (reports.where(level=levels) for levels in (["city", "county"], ["province", "national"]))
    frame = trends.compare(one, ["河谷", "创新"], between=other, groups=("地方", "省以上"))
    assert frame[["a", "b"]].drop_duplicates().to_numpy().tolist() == [["地方", "省以上"]]
    assert frame[["n_a", "n_b"]].to_numpy().tolist() == [[4, 2], [4, 2], [2, 4], [2, 4]]


@pytest.fixture
def with_condition():
    """A slogan that is one where water is spoken of nearby; elsewhere nobody can tell."""
    return pd.DataFrame([{"slogan": "三河治理", "variants": "", "category": "other", "year": 2001, "near": "水利"}])


@pytest.mark.parametrize("name", ["三河治理", "“三河治理”", "三河 治理"])
def test_quotation_marks_around_a_name_change_no_count(make, with_condition, name):
    corpus = make([{"words": "三河治理", "year": 2001}, {"words": "水利 三河治理", "year": 2001}])
    counted = slogans.count(corpus, lexicon=with_condition).set_index("slogan")["count"].to_dict()
    assert counted == {"三河治理": 1, "三河治理〔未定〕": 1}
    assert trends.rate(corpus, name, by=None, lexicon=with_condition)["count"].tolist() == [1]
    assert len(kwic(corpus, name, lexicon=with_condition)) == 1


def test_a_word_is_counted_as_it_stands_before_it_is_simplified(make):
    corpus = make([{"words": "昇 升 升", "year": 2001}])
    assert len(kwic(corpus, "升", kind="word")) == 2
    assert len(kwic(corpus, "昇", kind="word")) == 1
    assert trends.rate(corpus, ["升", "昇"], unit="word", by=None)["count"].tolist() == [2, 1]


def test_figures_of_full_width_name_the_same_word(make):
    corpus = make([{"words": "2020年 河谷", "year": 2020}])
    assert trends.rate(corpus, "２０２０年", unit="word", by=None)["count"].tolist() == [1]


@pytest.mark.parametrize("line", ["1 发展 5000", "1\t发展\t5000", "1,发展,5000"])
def test_a_list_that_begins_with_ranks_is_refused(tmp_path: Path, line: str):
    path = tmp_path / "ranks.txt"
    path.write_text(f"{line}\n", "utf-8")
    with pytest.raises(DataError, match=r"ranks\.txt:1: .* is no line of a word and its count"):
        frequency_list(path)


def test_a_phrase_may_stand_before_a_tab(tmp_path: Path):
    (tmp_path / "pairs.txt").write_text("科普 工作\t12\n发展 5\n", "utf-8")
    assert frequency_list(tmp_path / "pairs.txt").to_dict() == {"发展": 5, "科普 工作": 12}


def test_a_traditional_list_is_simplified_and_one_without_a_common_word_refused(reports):
    of = {name: pd.DataFrame({"term": [name, "其他"], "count": [5, 9]}) for name in ("創新", "创新")}
    one, other = (keywords.keyness(reports, reference=frame, min_documents=1) for frame in of.values())
    pd.testing.assert_frame_equal(one, other)
    assert one.set_index("term")["count_reference"].to_dict()["创新"] == 5
    with pytest.raises(
        DataError, match="none of the words of the corpus stands in the frequency list, which has '其他'"
    ):
        keywords.keyness(reports, reference=of["创新"].iloc[1:], min_documents=1)


@pytest.mark.parametrize(
    "conditions", [{"flags": "truncatedd"}, {"level": 3}, {"level": [["city"]]}, {"year": slice(2001, 2003)}]
)
@pytest.mark.parametrize("verb", ["where", "without"])
def test_what_a_column_cannot_hold_is_no_condition(reports, verb, conditions):
    with pytest.raises(AnalysisError):
        getattr(reports, verb)(**conditions)


def test_a_misspelt_flag_is_told_which_one_is_near(reports):
    with pytest.raises(AnalysisError, match="no flag 'truncatedd'; did you mean 'truncated'"):
        reports.without(flags="truncatedd")
    assert len(reports.without(flags=["truncated", "spun"])) == 12


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: slogans.course(c, by=["year", "level"]),
        lambda c: slogans.lifecycle(c, by=[]),
        lambda c: slogans.replacements(c, by=None),
        lambda c: trends.compare(c, "河谷", by=["year", "place"], groups=("city", "county")),
        lambda c: trends.compare(c, "河谷", between=["level", "place"]),
        lambda c: trends.contrast(c, "河谷", cluster=["place", "level"], groups=("city", "county")),
        lambda c: trends.rate(c, [2020]),
        lambda c: trends.rate(c, "河谷", resamples="10"),
        lambda c: slogans.count(c, lexicon=["四个意识"]),
        lambda c: keywords.keyness(c, reference=["河谷"]),
        lambda c: kwic(c, ["河谷"]),
        lambda c: counts.term_matrix("河谷"),
        lambda c: slogans.adoption(c, []),
        lambda c: topics.choose(c, 10),
        lambda c: topics.fit(c, k=5.5),
    ],
)
def test_what_cannot_be_meant_is_an_error_of_ours(reports, ask):
    with pytest.raises(CorpusToolsError):
        ask(reports)


def test_one_column_in_a_list_is_that_column(reports):
    one, listed = (trends.compare(reports, "河谷", by=by, groups=("city", "county")) for by in ("year", ["year"]))
    pd.testing.assert_frame_equal(one, listed)
    pd.testing.assert_frame_equal(slogans.course(reports, by=["year"]), slogans.course(reports))
