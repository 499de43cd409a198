"""What counts as a slogan: the contract of ``ct.slogans.count``, case by case."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy.stats import binom

from corpus_tools.analysis import slogans
from corpus_tools.errors import DataError

OWN = pd.DataFrame(
    [
        {"slogan": "新发展理念"},
        {"slogan": "双提〔河谷〕", "near": "河谷|河滩"},
        {"slogan": "双提〔2019年〕", "years": "2019-"},
        {"slogan": "守正", "not_after": "不", "not_before": "人"},
        {"slogan": "以习近平同志为核心的党中央"},
        {"slogan": "6G+科普"},
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
        ("专栏7 6G+科普，76G+科普", {"6G+科普": 1}),  # a blank parts figures
        ("新發展理念", {}),  # script says simplified: nothing is guessed of it
    ],
)
def test_exact_wordings_between_words(make, text, found):
    assert counted(make([{"words": "甲", "text": text}])) == found


def test_traditional_texts_are_matched_in_simplified_letters(make):
    corpus = make([{"words": "甲", "text": "堅持「新發展理念」，科普進萬家"}])
    corpus.documents["script"] = "traditional"
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


def test_the_interval_of_a_share_is_that_of_drawing_documents(make):
    # Each draw of 30 documents holds a binomial number of those 9 that have the slogan.
    texts = ["新发展理念" if i < 9 else "别的字别的" for i in range(30)]
    frame = slogans.count(
        make([{"words": "甲", "text": text} for text in texts]), lexicon=OWN, resamples=20_000, seed=1
    )
    (row,) = frame.itertuples()
    assert row.share_documents == 9 / 30
    assert [row.share_low, row.share_high] == pytest.approx(binom.ppf([0.025, 0.975], 30, 0.3) / 30)
    # All texts have 5 Han characters, so the rate is the share times 10 000 / 5.
    assert [row.per_10k_low, row.per_10k_high] == pytest.approx([row.share_low * 2000, row.share_high * 2000])
