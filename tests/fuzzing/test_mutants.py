"""Samples broken at random, and arbitrary bytes behind the beginning of each format: a document or a refusal, nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random

import pytest
from danger import REPORT, attempt
from hypothesis import given, settings
from hypothesis import strategies as st
from mutants import CHANGES, Sample, mutants, samples
from page_dangers import mail, page
from pdf_dangers import pdf
from word_dangers import word

from corpus_tools.building.prepare import edits_of, prepare
from corpus_tools.cleaning.edits import apply, undo
from corpus_tools.config import Config
from corpus_tools.document import Document, Line, Page
from corpus_tools.errors import Rejected
from corpus_tools.reading import FORMATS
from corpus_tools.reading.reader import HTML_NAMES, MARKDOWN_NAMES, OTHER_NAMES

RAW = Path(__file__).parents[2] / "raw"
SUFFIXES = (*(f".{name}" for name in FORMATS), *HTML_NAMES, *MARKDOWN_NAMES, *OTHER_NAMES, ".mht", ".zip", "")


@pytest.fixture(scope="module")
def originals() -> list[Sample]:
    return samples([RAW], largest=40_000)


def prepared(data: bytes, name: str) -> Document | Rejected:
    try:
        return prepare(data, name, config=Config())
    except Rejected as refusal:
        return refusal


@pytest.mark.parametrize("seed", range(15))
def test_a_mutant_becomes_a_document_that_can_be_undone_or_is_refused(originals: list[Sample], seed: int) -> None:
    for name, data in mutants(originals, 10, seed=seed):
        document = prepared(data, name)
        if isinstance(document, Rejected):
            assert document.stage in ("read", "clean"), name
            continue
        assert undo(document.text, document.edits) == document.raw, name
        assert document.sha256 == hashlib.sha256(data).hexdigest()
        assert all(0 <= s.start <= s.end <= len(document.text) for s in document.sections)


def test_mutants_follow_from_their_seed_and_differ_from_their_samples(originals: list[Sample]) -> None:
    made = list(mutants(originals, 40, seed=7))
    assert made == list(mutants(originals, 40, seed=7))
    assert made != list(mutants(originals, 40, seed=8))
    assert sum(data in {data for _, data in originals} for _, data in made) <= 4  # a text may have no line to join


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_change_takes_a_single_byte(change: object) -> None:
    assert isinstance(change(b"a", Random(1), b"b"), bytes)  # type: ignore[operator]


WHOLE = {
    "txt": REPORT.encode(), "gbk": REPORT.encode("gbk"), "wide": REPORT.encode("utf-16"),
    "html": page("<table><tr><td>甲<td>乙</table>"), "mhtml": mail(page("")), "pdf": pdf(),
    "docx": word("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
}  # fmt: skip
CUTS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), st.binary(max_size=6)), max_size=6)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(WHOLE)), CUTS, st.sampled_from(SUFFIXES))
def test_pieces_replaced_in_any_format_give_a_page_or_a_refusal(
    kind: str, cuts: list[tuple[float, int, bytes]], suffix: str
) -> None:
    data = WHOLE[kind]
    for share, length, new in cuts:
        start = int(share * len(data))
        data = data[:start] + new + data[start + length :]
    found = attempt(data, f"a{suffix}")
    if isinstance(found, Rejected):
        assert found.stage == "read"
        return
    assert found.text.strip()
    assert found.text.encode().decode() == found.text
    assert len(found.text) <= len(data) * 3
    assert 0 <= found.undecodable <= 1
    assert all(0 <= line.start <= line.end <= len(found.text) for line in found.lines)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SUFFIXES), st.binary(max_size=400))
def test_any_bytes_under_any_name_give_a_page_or_a_refusal(suffix: str, data: bytes) -> None:
    found = attempt(data, f"a{suffix}")
    assert found.stage == "read" if isinstance(found, Rejected) else found.text.strip()


TAGS = st.sampled_from(("p", "h1", "li", "td", "tr", "div", "pre", "title"))
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\n")
LINES = st.lists(
    st.tuples(
        st.text(LETTERS, max_size=30) | st.sampled_from(REPORT.splitlines()),
        TAGS, st.sampled_from(("", "body>div#nav", "…>p.x", "div.main>p")), st.floats(0, 1),
    ),
    min_size=1, max_size=12,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_any_page_can_be_cleaned_and_the_cleaning_undone(rows: list[tuple[str, str, str, float]]) -> None:
    lines, start = [], 0
    for text, tag, path, links in rows:
        lines.append(Line(start, start + len(text), tag, path, links))
        start += len(text) + 1
    raw = "\n".join(text for text, *_ in rows)
    edits = edits_of(Page(raw, "html", lines=tuple(lines)), config=Config())
    assert undo(apply(raw, edits), edits) == raw
