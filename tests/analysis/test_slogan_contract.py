"""What counts as a slogan: the contract of ``ct.slogans.count``, case by case."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from corpus_tools.analysis import slogans, trends
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError, DataError

OWN = pd.DataFrame(
    [
        {"slogan": "新发展理念"},
        {"slogan": "双提〔河谷〕", "near": "河谷|河滩"},
        {"slogan": "双提〔2019年〕", "years": "2019-"},
        {"slogan": "守正", "not_after": "不", "not_before": "人"},
        {"slogan": "以习近平同志为核心的党中央"},
        {"slogan": "6G+科普"},
        {"slogan": "深化河谷改革"},
        {"slogan": "改革开路"},
        {"slogan": "邓小平理论"},
        {"slogan": "習近平強谷思想", "year": "2018"},
        {"slogan": "新路", "near": "“双减” 政策", "not_after": "１＋１"},
        {"slogan": "两桥〔河南〕", "places": "河南"},
        {"slogan": "科普进万家", "variants": "科普走进万家"},
    ]
).fillna("")


def counted(corpus, **options):
    frame = slogans.count(corpus, lexicon=OWN, **options)
    return frame.set_index("slogan")["count"].to_dict()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("创新发展理念，坚持新发展理念", {"新发展理念": 1}),
        ("要创“新发展理念”之优", {"新发展理念": 1}),  # the quotation mark parts it from 创
        ("求创\n新发展理念", {"新发展理念": 1}),  # so does the end of a line
        ("新 发展\n理念", {"新发展理念": 1}),
        ("以***同志为核心的党中央，以××同志为核心的党中央", {"以习近平同志为核心的党中央": 2}),
        ("守正，不守正，守正人", {"守正": 1}),
        ("科普进万家、科普走进万家、科普进入万家", {"科普进万家": 2}),
        ("推进深化河谷改革开路", {"深化河谷改革": 1, "改革开路": 1}),  # both are said, neither lies inside the other
        ("XX思想、某某理论", {}),  # whose?
        ("提“科普进万家”…，***说", {"科普进万家": 1}),
        ("落实“双减”政策，走新路", {"新路": 1}),
        ("双减政策１＋１新路", {}),
        ("专栏7 6G+科普，76G+科普", {"6G+科普": 1}),  # a blank parts figures
        ("新發展理念", {}),  # script says simplified: nothing is guessed of it
    ],
)
def test_exact_wordings_between_words(make, text, found):
    assert counted(make([{"words": "甲", "text": text}])) == found


def test_traditional_texts_are_matched_in_simplified_letters(make):
    corpus = make([{"words": "甲", "text": "堅持「新發展理念」，科普進萬家"}])
    corpus = Corpus(corpus.folder, corpus.documents.assign(script="traditional"))
    assert counted(corpus) == {"新发展理念": 1, "科普进万家": 1}
    assert slogans.hits(corpus, "新发展理念", lexicon=OWN)["found"].tolist() == ["新發展理念"]


@pytest.mark.parametrize(
    ("text", "year", "name"),
    [
        ("河谷里的双提", 2015, "双提〔河谷〕"),
        ("双提", 2020, "双提〔2019年〕"),
        ("河谷里的双提", 2020, "双提〔河谷〕"),  # a word beside it tells more than the year
        ("双提", 2015, "双提〔未定〕"),
        ("双提", None, "双提〔未定〕"),
        ("河谷" + "字" * 120 + "双提", 2015, "双提〔未定〕"),  # too far away to tell
    ],
)
def test_a_reading_is_counted_where_it_holds(make, text, year, name):
    assert counted(make([{"words": "甲", "text": text, "year": year}])) == {name: 1}


@pytest.mark.parametrize(
    ("year", "name"), [(2019, "習近平強谷思想"), (2017, "習近平強谷思想〔未定〕"), (None, "習近平強谷思想〔未定〕")]
)
def test_a_masked_name_is_told_by_what_is_left_and_by_the_year(make, year, name):
    own = pd.DataFrame({"slogan": ["习近平深入推进强谷的思想"], "year": ["2018"]})
    frame = slogans.count(make([{"words": "甲", "text": "***深入推进强谷的思想", "year": year}]), lexicon=own)
    assert frame["slogan"].tolist() == [name.replace("習近平強谷思想", "习近平深入推进强谷的思想")]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("河南省", "两桥〔河南〕"),
        ("河南", "两桥〔河南〕"),
        ("河南蒙古族自治县", "两桥〔未定〕"),
        (None, "两桥〔未定〕"),
    ],
)
def test_a_place_is_told_by_its_whole_name(make, place, name):
    assert counted(make([{"words": "甲", "text": "两桥", "place": place}])) == {name: 1}


def test_a_wording_without_its_reading_stands_for_all_of_them(make):
    corpus = make([{"words": "甲", "text": "河谷双提。" + "字" * 120 + "双提", "year": 2015}])
    assert len(slogans.hits(corpus, "双提", lexicon=OWN)) == 2
    assert len(slogans.hits(corpus, "“双提”", lexicon=OWN)) == 2
    assert len(slogans.hits(corpus, "双提〔河谷〕", lexicon=OWN)) == 1
    assert trends.rate(corpus, ["双提", "双提〔河谷〕"], lexicon=OWN)["count"].tolist() == [2, 1]
    with pytest.raises(AnalysisError, match="no slogan '双提〔火星〕'"):
        slogans.hits(corpus, "双提〔火星〕", lexicon=OWN)


def test_hits_of_nested_places_and_of_none(make):
    own = pd.DataFrame({"slogan": ["河谷", "绿色河谷"]})
    corpus = make([{"words": "甲", "text": "绿色河谷，河谷"}])
    assert slogans.hits(corpus, "河谷", lexicon=own)["start"].tolist() == [5]
    assert slogans.hits(corpus, "河谷", match="all", lexicon=own)["start"].tolist() == [2, 5]
    assert slogans.hits(corpus, "没有", lexicon=own).empty


def test_a_traditional_lexicon_finds_simplified_texts(make):
    corpus = make([{"words": "甲", "text": "坚持新发展理念", "year": 2020}])
    own = pd.DataFrame({"slogan": ["新發展理念"], "year": [2015.0], "years": [2015.0]}).assign(years="2015-")
    assert slogans.count(corpus, lexicon=own)["slogan"].tolist() == ["新发展理念"]
    assert len(slogans.hits(corpus, "新發展理念", lexicon=OWN)) == 1


def test_own_slogans_join_the_shipped_ones_or_stand_alone(make, tmp_path):
    own = tmp_path / "mine.csv"
    own.write_text("slogan,category,year\n云溪新路,ecology,2019\n", "utf-8")
    corpus = make([{"words": "甲", "text": "走云溪新路，落实四个意识", "year": 2020}])
    assert set(slogans.count(corpus, lexicon=own)["slogan"]) == {"云溪新路", "四个意识"}
    alone = slogans.lexicon(own, shipped=False)
    assert slogans.count(corpus, lexicon=alone)["slogan"].tolist() == ["云溪新路"]
    assert alone["year"].tolist() == [2019]
    ecology = slogans.lexicon(own).query("category == 'ecology'")
    assert slogans.count(corpus, lexicon=ecology)["slogan"].tolist() == ["云溪新路"]
    with pytest.raises(DataError, match="lexicon: has no row"):
        slogans.count(corpus, lexicon=alone.head(0))
    with pytest.raises(DataError, match="lexicon, row 1: category 'weather'"):
        slogans.count(corpus, lexicon=alone.assign(category="weather"))


def test_hits_name_section_and_tense(make):
    text = "工作回顾\n新发展理念\n工作打算\n新发展理念"
    sections = [
        {"doc_id": "d000", "section": 1, "depth": 1, "heading": "工作回顾", "tense": "review", "start": 0, "end": 11},
        {"doc_id": "d000", "section": 2, "depth": 1, "heading": "工作打算", "tense": "plan", "start": 11, "end": 21},
    ]
    corpus = make([{"words": "甲", "text": text}, {"words": "甲", "text": "新发展理念"}], sections=sections)
    frame = slogans.hits(corpus, "新发展理念", lexicon=OWN)
    assert frame["section"].fillna(0).tolist() == [1, 2, 0]
    assert frame["tense"].fillna("").tolist() == ["review", "plan", ""]
    assert [text[a:b] for a, b in zip(frame["start"][:2], frame["end"][:2], strict=True)] == ["新发展理念"] * 2


def test_the_intervals_of_a_share_and_of_a_rate(make):
    texts = ["新发展理念" if i < 9 else "别的字别的" for i in range(30)]
    frame = slogans.count(
        make([{"words": "甲", "text": text} for text in texts]), lexicon=OWN, resamples=20_000, seed=1
    )
    (row,) = frame.itertuples()
    assert row.share_documents == 9 / 30
    assert [row.share_low, row.share_high] == pytest.approx(stats.binomtest(9, 30).proportion_ci(method="wilson"))
    # All texts have 5 Han characters, so that the rate is the mean of 0 and 2,000 per 10,000; its error is s / √n.
    # The bounds θ are those of (r - θ)² = t² s² / n · θ / r.
    hits = np.repeat([2000, 0], [9, 21])
    excess = (stats.t.ppf(0.975, 29) * stats.sem(hits)) ** 2 / 600
    low, high = sorted(np.roots([1, -2 * 600 - excess, 600**2]))
    assert [row.per_10k_low, row.per_10k_high] == pytest.approx([low, high], rel=0.01)


def test_two_documents_have_no_interval_and_a_silent_group_reaches_up(make):
    said = [{"words": "甲", "text": "新发展理念", "year": 2018}] * 2
    silent = [{"words": "甲", "text": "别的字别的", "year": 2019}] * 5
    few, none = slogans.count(make([*said, *silent]), by="year", lexicon=OWN).itertuples()
    assert np.isnan([few.share_low, few.share_high, few.per_10k_low, few.per_10k_high]).all()
    highest = stats.binomtest(0, 5).proportion_ci(method="wilson").high
    assert [none.share_low, none.share_high] == pytest.approx([0, highest])
    assert [none.per_10k_low, none.per_10k_high] == pytest.approx([0, highest * 5 / 25 * 10_000])
