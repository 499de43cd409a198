"""Patterns of words against a loop over every word."""

from __future__ import annotations

import re
from typing import Any, cast

import hypothesis.strategies as st
import numpy as np
import pandas as pd
from hypothesis import given, settings

from corpus_tools.analysis.concordance import words
from corpus_tools.corpus.corpus import Tokens

WORDS = ("甲", "乙", "丙", "甲乙", "“", "。")
PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), min_size=1, max_size=4)
PARTS = st.sampled_from(("甲", "乙", "甲|丙", "甲*", "*乙", "。"))
GAPS = st.sampled_from(("", "*", "* *", "*{0,2}", "*{1,3}", "*{2}", "*{0,1} *"))
PATTERNS = st.tuples(PARTS, st.lists(st.tuples(GAPS, PARTS), max_size=3))


def naive(paragraph: list[str], first: str, following: list[tuple[str, str]]) -> list[str]:
    """Matches from the left, each as short as it can be, none overlapping another."""
    solid = [(n, word) for n, word in enumerate(paragraph) if word != "“"]

    def is_one(word: str, part: str) -> bool:
        return any(re.fullmatch(one.replace("*", ".*"), word) for one in part.split("|"))

    def widths(gap: str) -> range:
        low = high = 0
        for piece in gap.split():
            bounds = [int(n) for n in re.findall("[0-9]+", piece)] or [1]
            low, high = low + bounds[0], high + bounds[-1]
        return range(low, high + 1)

    def ends(at: int, rest: list[tuple[str, str]]) -> list[int]:
        if not rest:
            return [at]
        (gap, part), *later = rest
        found = [at + 1 + width for width in widths(gap)]
        return [e for to in found if to < len(solid) and is_one(solid[to][1], part) for e in ends(to, later)]

    matches, free = [], 0
    for start, (_, word) in enumerate(solid):
        if start >= free and is_one(word, first) and (reached := ends(start, following)):
            matches.append("".join(paragraph[solid[start][0] : solid[min(reached)][0] + 1]))
            free = min(reached) + 1
    return matches


class Words:
    """As much of a corpus as patterns look at: its words."""

    def __init__(self, paragraphs: list[list[str]]) -> None:
        number = {word: n for n, word in enumerate(WORDS)}
        self.written = [word for paragraph in paragraphs for word in paragraph]
        ids = np.array([number[word] for word in self.written], dtype=np.int32)
        lines = np.arange(len(paragraphs), dtype=np.int32)
        self.tokens = Tokens(ids, np.cumsum([len(p) for p in paragraphs]), np.zeros_like(lines), lines)
        counts = np.bincount(ids, minlength=len(WORDS))
        self.vocabulary = pd.DataFrame({"word": WORDS, "pos": ["n", "v", "n", "n", "x", "x"], "count": counts})


@settings(max_examples=400)
@given(PARAGRAPHS, PATTERNS)
def test_patterns_match_as_a_loop_does(paragraphs, pattern):
    first, following = pattern
    query = " ".join([first, *(piece for gap, part in following for piece in (gap, part) if piece)])
    corpus = Words(paragraphs)
    found = words.pattern(cast(Any, corpus), query)
    matches = ["".join(corpus.written[a:b]) for a, b in zip(found.first, found.end, strict=True)]
    assert matches == [match for paragraph in paragraphs for match in naive(paragraph, first, following)]
