from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))  # small_corpus: one way to make a corpus for a test

import small_corpus

from corpus_tools.corpus.corpus import Corpus

FIELDS = (
    ["科普", "讲座", "社区", "展览", "学校", "老师", "竞赛", "流动"],
    ["企业", "专利", "园区", "产业", "项目", "投资", "工程师", "转化"],
    ["农技协", "果园", "种植", "农民", "培训", "大棚", "合作社", "丰收"],
)
FORMULAE = ["高质量发展", "脱贫攻坚", "乡村振兴", "四个意识"]
PARAGRAPHS = 6


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Twenty reports of ten years and two levels, each of six paragraphs: three that look back and three that plan."""
    chance = random.Random(7)
    documents, sections = [], []
    for number in range(20):
        paragraphs = [
            " ".join(chance.choices(FIELDS[i % 3], k=16) + chance.choices(FORMULAE, k=2)) for i in range(PARAGRAPHS)
        ]
        late = ["新质生产力"] if number >= 12 else []
        words = "\n".join([*paragraphs[:-1], " ".join([paragraphs[-1], *late, "。"])])
        city = number % 2
        documents.append(
            {
                "words": words, "year": 2010 + number // 2, "kind": "work_report", "organisation": "科协",
                "level": "city" if city else "national", "place": f"云溪{'东西南北'[number // 5]}市" if city else None,
            }
        )  # fmt: skip
        text = words.replace(" ", "")
        middle = len("\n".join(text.split("\n")[:3]))
        for place, (tense, start, end) in enumerate((("review", 0, middle), ("plan", middle + 1, len(text)))):
            section = {"doc_id": f"d{number:03d}", "section": place, "depth": 1, "heading": tense, "tense": tense}
            sections.append(section | {"start": start, "end": end})
    rejected = [{"source": "<img src=x>.txt", "sha256": "0", "stage": "read", "reason": "empty", "detail": "no bytes"}]
    folder = tmp_path_factory.mktemp("showing") / "processed"
    return small_corpus.make(folder, documents, sections=sections, rejected=rejected)
