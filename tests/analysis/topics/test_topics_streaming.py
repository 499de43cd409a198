"""Topics of a folder of parts, a part at a time."""

from __future__ import annotations

import numpy as np
import pytest
import small_corpus
from planted_topics import FISH, ROAD, TOWN, WOOD, paragraphs

from corpus_tools.analysis import topics
from corpus_tools.analysis.topics import matching, streaming
from corpus_tools.analysis.topics.streaming import METHOD
from corpus_tools.errors import AnalysisError

DOCUMENTS = [
    {"words": paragraphs(theme, 6, n) + "\n" + paragraphs(other, 6, 50 + n)}
    for n in range(24)
    for theme, other in [([FISH, WOOD, TOWN, ROAD][n % 4], [WOOD, TOWN, ROAD, FISH][n // 4 % 4])]
]


@pytest.fixture
def in_parts(tmp_path):
    return lambda parts: small_corpus.make(tmp_path / f"parts{parts}", DOCUMENTS, parts=parts)


@pytest.mark.parametrize("sample", [20_000, 60])  # topics begin with all units, or with a fifth of them
def test_one_part_or_sixteen_give_the_same_topics(in_parts, sample, monkeypatch):
    monkeypatch.setattr(streaming, "SAMPLE", sample)
    one, many = (topics.fit(in_parts(parts), k=4, method=METHOD, max_share=0.5, seeds=2) for parts in (1, 16))
    partner, similarity = matching.matched(matching.cosines(one.model.loadings, many.model.loadings))
    assert similarity.min() > 0.999
    wide = [of.documents.pivot_table(index="doc_id", columns="topic", values="share").to_numpy() for of in (one, many)]
    assert np.abs(wide[0] - wide[1][:, partner]).max() < 0.01  # the tolerance of docs/topics.md
    assert one.units == many.units == 288


def test_a_part_at_a_time_finds_what_the_whole_finds(in_parts):
    whole = topics.fit(in_parts(3), k=4, max_share=0.5, seeds=1)
    parts = topics.fit(in_parts(3), k=4, method=METHOD, max_share=0.5, seeds=1)
    _, similarity = matching.matched(matching.cosines(whole.model.loadings, parts.model.loadings))
    assert similarity.min() > 0.95
    assert parts.examples["text"].notna().all()
    assert parts.quality[["npmi", "c_v"]].notna().all(axis=None)


def test_a_number_must_be_given(in_parts):
    with pytest.raises(AnalysisError, match="give k"):
        topics.fit(in_parts(2), method=METHOD)


def test_whole_reports_are_drawn_where_tenses_are_rows(tmp_path):
    """Two reports are too few to draw from, however many rows they make."""
    words = [f"{paragraphs(FISH, 6, n)}\n{paragraphs(WOOD, 6, n + 9)}" for n in range(2)]
    sections = []
    for n, text in enumerate(words):
        plain = text.replace(" ", "")
        half = plain.index("\n", len(plain) // 2) + 1
        for number, (tense, start, end) in enumerate([("review", 0, half), ("plan", half, len(plain))]):
            about = {"depth": 1, "heading": "一", "tense": tense, "start": start, "end": end}
            sections.append({"doc_id": f"d{n:03d}", "section": number, **about})
    corpus = small_corpus.make(tmp_path / "tensed", [{"words": text} for text in words], sections=sections).by_tense()
    assert len(corpus) == 4
    found = topics.fit(corpus, k=2, method=METHOD, max_share=0.9, seeds=4)
    assert found.quality["stability"].isna().all()
