from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))  # small_corpus: one way to make a corpus for a test
from small_corpus import make

from corpus_tools.corpus import corpus

# The second is a report with a review, a plan and a glossary; the third begins as a formula does.
DOCUMENTS = [
    {
        "source": "b/云川.html",
        "words": "云川县 报告\n主席 \u3000 周砚 。 请 审议 ！ ”\n谢谢",
        "year": 2020,
        "level": "county",
    },
    {
        "source": "a/2.txt",
        "words": "工作 报告\n一 、 回顾\n开展 科普 。\n二 、 任务\n加强 科普 ；\n注释\n科普 ： 普及",
        "year": 2021,
    },
    {"source": "c.txt", "words": "= 1 + 1\n'= 是 “ a , b ”", "title": "=cmd|'/C calc'!A0", "year": None},
]
REPORT = "d001"
SECTIONS = [
    {
        "doc_id": REPORT,
        "section": number,
        "depth": depth,
        "heading": heading,
        "tense": tense,
        "start": start,
        "end": end,
    }
    for number, (depth, heading, tense, start, end) in enumerate(
        [
            (0, "", "other", 0, 5),
            (1, "一、回顾", "review", 5, 16),
            (1, "二、任务", "plan", 16, 27),
            (1, "注释", "notes", 27, 35),
        ]
    )
]
EDITS = [
    {"doc_id": REPORT, "start": 0, "end": 3, "removed": "=首页", "inserted": "", "kind": "site", "rule": "menu"},
    {"doc_id": "d000", "start": 9, "end": 9, "removed": "", "inserted": "\n", "kind": "layout", "rule": "break"},
]
REJECTED = [{"source": "x.doc", "sha256": "ab", "stage": "read", "reason": "unsupported", "detail": "an old file"}]


@pytest.fixture
def reports(tmp_path: Path) -> corpus.Corpus:
    """Three documents (d001, d000, d002 by source), in two parts."""
    return make(tmp_path / "out", DOCUMENTS, sections=SECTIONS, edits=EDITS, rejected=REJECTED, parts=2)
