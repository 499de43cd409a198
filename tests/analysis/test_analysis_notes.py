"""Notes below a report are kept out of every count, and numerator and denominator leave out the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corpus_tools.analysis import counts, keywords, slogans, topics, trends
from corpus_tools.analysis.words import WordFilter
from corpus_tools.corpus.corpus import Corpus, load
from corpus_tools.language.vocabulary import KINDS

BODY = "增强 四个坚守 ， 建设 河谷"  # 10 Han characters
NOTES = "四个坚守 是 提法 ， 四个坚守"  # 11 of them
WORDS = f"{BODY}\n名词解释\n{NOTES}\n{BODY}"  # the last paragraph stands below the notes, in a section of its own

EVERY = WordFilter(stopwords=(), length=1, kinds=KINDS, slogans=False)  # marks too


@pytest.fixture
def corpus(make: Callable[..., Any], own_lexicon: None) -> Corpus:
    text = WORDS.replace(" ", "")
    start, end = text.index("名词"), text.rindex("增强")
    sections = [
        {"doc_id": "d000", "section": i, "tense": tense, "start": a, "end": b}
        for i, (tense, a, b) in enumerate([("other", 0, start), ("notes", start, end), ("other", end, len(text))])
    ]
    return make([{"words": WORDS, "year": 2020}, {"words": BODY, "year": 2020}], sections=sections)


def both(corpus: Corpus) -> tuple[Corpus, Corpus]:
    return corpus, load(corpus.folder, notes=True)


def test_slogans_and_their_rates_leave_out_the_notes(corpus: Corpus) -> None:
    without, with_notes = (slogans.count(c).set_index("slogan").loc["四个坚守"] for c in both(corpus))
    assert (without["count"], with_notes["count"]) == (3, 5)
    assert without["per_10k"] == pytest.approx(3 / 30 * 10_000)
    assert with_notes["per_10k"] == pytest.approx(5 / 45 * 10_000)


def test_trends_agree_with_slogans(corpus: Corpus) -> None:
    without, with_notes = (trends.rate(c, ["四个坚守", "提法"]).set_index("term") for c in both(corpus))
    assert without["count"].to_dict() == {"四个坚守": 3, "提法": 0}
    assert with_notes["count"].to_dict() == {"四个坚守": 5, "提法": 1}
    assert without.loc["四个坚守", "rate"] == pytest.approx(1000)


def test_hits_have_their_places_in_the_whole_text(corpus: Corpus) -> None:
    without, with_notes = (slogans.hits(c, "四个坚守") for c in both(corpus))
    assert (len(without), len(with_notes)) == (3, 5)
    text = corpus.documents["text"].iloc[0]
    assert [text[a:b] for a, b in zip(without["start"], without["end"], strict=True)][:2] == ["增强四个坚守"] * 2
    assert without["context"].iloc[1].startswith(text[without["start"].iloc[1] - 30 : without["start"].iloc[1]])


def test_no_phrase_is_found_across_what_is_left_out(corpus: Corpus) -> None:
    # 河谷 ends the body, 增强 begins what follows the notes
    assert trends.rate(corpus, ["河谷增强"])["count"].tolist() == [0]


def test_words_are_counted_without_the_notes(corpus: Corpus) -> None:
    for view, standing, terms in zip(both(corpus), (0, 1), (3, 5), strict=True):
        matrix = counts.matrix(view, words=EVERY)
        found = dict(zip(matrix.terms, matrix.counts.toarray().T.tolist(), strict=True))
        assert found.get("提法", [0])[0] == standing
        assert sum(found["四个坚守"]) == terms
        assert len(view.tokens.ends) == 5 - 2 * (1 - standing)
        assert sum(view.n_han) == (30, 45)[standing]
    ranked = [set(keywords.tfidf(view, min_documents=1)["term"]) for view in both(corpus)]
    assert ["提法" in terms for terms in ranked] == [False, True]


def test_topics_are_fitted_on_what_is_counted(make: Callable[..., Any]) -> None:
    lines, notes = ["科普 讲座 活动", "河谷 建设 道路"] * 5, ["术语 词条 名称"] * 5
    text = "\n".join([*lines, *notes])
    start = text.replace(" ", "").index("术语")
    corpus = make(
        [{"words": text}],
        sections=[{"doc_id": "d000", "tense": "notes", "start": start, "end": len(text.replace(" ", ""))}],
    )
    with_notes = load(corpus.folder, notes=True)
    found = [topics.fit(view, k=2, min_words=3, max_share=1.0) for view in (corpus, with_notes)]
    assert [(model.units, model.words) for model in found] == [(10, 6), (15, 9)]


def test_a_view_counts_as_its_corpus_does(corpus: Corpus) -> None:
    assert corpus.where(year=2020).n_han.tolist() == [20, 10]
    assert load(corpus.folder, notes=True).where(year=2020).n_han.tolist() == [35, 10]
