"""A line that cannot be meant is answered by one that can: exit 2, and the right name in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("keyword keyness processed", "has no verb 'keyword'; did you mean 'words' or 'keywords'?"),
        ("count processed", "has no verb 'count'; did you mean 'slogans count' or 'themes count'?"),
        ("slogans lifecylce processed", "corpus-tools slogans has no verb 'lifecylce'; did you mean 'lifecycle'?"),
        ("keywords processed", "has no verb 'processed'; it has frequencies, tfidf, textrank, keyness"),
        ("trends rate processed 科普 --mesure share", "--measure"),
        ("slogans count processed --match longst", "'longest', 'all'"),
        ("trends rate 科普", "Missing argument 'TERMS"),
        ("keywords keyness processed", "give --by year, --reference PATH or --reference-where COLUMN=VALUE"),
        ("slogans together processed --within page", "'paragraph', 'sentence'"),
        ("themes documents processed --measure rate", "'count', 'share_paragraphs'"),
    ],
)
def test_the_right_use_is_named(tmp_path: Path, line: str, words: str) -> None:
    ran = run("kwic", f"corpus-tools {line}", tmp_path)
    assert ran.code == 2
    assert words in " ".join(ran.words.split())


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("level=cityy", "did you mean city?"),
        ("level=x", "level is city, county, province"),
        ("kind=work-report", "did you mean work_report?"),
        ("levl=city", "documents have no column 'levl'; they have: "),
    ],
)
def test_conditions_that_nothing_meets(project: Path, condition: str, words: str) -> None:
    ran = run("kwic", f"corpus-tools kwic processed 科普 --where {condition}", project)
    assert ran.code == 1
    assert words in ran.words
