"""Real reports: the seeds' titles and years, and that cleaning takes no sentence of a report away."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpus_tools.building.prepare import edits_of
from corpus_tools.cleaning.edits import apply, undo
from corpus_tools.config import Config
from corpus_tools.describing.sections import sections
from corpus_tools.describing.titles import report_title
from corpus_tools.describing.years import report_year
from corpus_tools.document import Edit, Page
from corpus_tools.language.script import simplify
from corpus_tools.reading import read_bytes

SHARED = Path(__file__).parents[3] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
REPORTS = [f for folder in ("provincial", "local") for f in sorted((SHARED / "corpus" / folder).glob("*.txt"))]
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS, reason="the real reports beside a developer's checkout are missing"),
]
TITLES = (
    "在XX省科协XX届XX次全委会议上的工作报告",
    "2013年市科协全委会工作报告",
    "XX书记在科协五届五次全委会议上的讲话",
    "XX市科协技术协会2024年上半年工作总结及下半年工作计划",
    "长治市科学技术协会2022年工作要点",
)
# Rules that drop what stands elsewhere in the text, or all that follows a licence.
REPEATS = {"second-copy", "echo", "wiki"}
# What these remove are sentences: of a site to its readers, and captions under pictures of the session.
SENTENCES_OF_SITES = {"lead-in", "copyright", "photo", "photo-inline"}


@cache
def cleaned(path: Path) -> tuple[Page, tuple[Edit, ...], str]:
    page = read_bytes(path.read_bytes(), path.name)
    edits = edits_of(page, config=Config())
    return page, edits, apply(page.text, edits)


@pytest.mark.parametrize(
    ("number", "title", "year"), list(zip(range(5), TITLES, (2022, 2013, 2023, 2024, 2022), strict=True))
)
def test_titles_and_years_of_the_seeds(number: int, title: str, year: int) -> None:
    text = simplify(cleaned(SEEDS[number])[2])
    headings = tuple(s.heading for s in sections(text))
    assert report_title(text) == title
    assert report_year(text, title, headings=headings).year == year


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_year_of_a_report_named_after_it(path: Path) -> None:
    text = cleaned(path)[2]
    title = report_title(text)
    found = report_year(text, title, headings=tuple(s.heading for s in sections(text)), file_name=path.stem)
    assert found.year == int(path.stem.rpartition("_")[2])


@pytest.mark.parametrize("path", [*SEEDS, *REPORTS], ids=lambda p: p.stem)
def test_no_sentence_of_a_report_is_removed(path: Path) -> None:
    edits = cleaned(path)[1]
    removed = [e.removed or "" for e in edits if e.rule not in REPEATS | SENTENCES_OF_SITES and not e.inserted]
    assert [text for text in removed if "。" in text and len(text) > 40] == []


@pytest.mark.parametrize("path", [*SEEDS, *REPORTS], ids=lambda p: p.stem)
def test_real_reports_obey_the_laws_of_cleaning(path: Path) -> None:
    page, edits, text = cleaned(path)
    assert undo(text, edits) == page.text
    assert edits_of(Page(text, "txt"), config=Config()) == ()
