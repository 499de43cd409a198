"""The real files beside the checkout: all are read, without loss."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from corpus_tools.reading import read

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real reports is not here"),
]


@pytest.mark.parametrize("folder", ["seeds", "corpus", "html", "html_sites"])
def test_every_file_is_read_without_loss(folder: str) -> None:
    files = [path for path in (SHARED / folder).rglob("*") if path.suffix in (".txt", ".html", ".docx")]
    assert files
    for path in files:
        page = read(path)
        assert page.undecodable == 0, path
        if page.lines:
            assert "\n".join(page.text[line.start : line.end] for line in page.lines) == page.text, path


def test_gb18030_originals() -> None:
    files = list((SHARED / "corpus" / "encodings").glob("*.gb18030.txt"))
    assert files
    for path in files:
        expected = path.read_bytes().decode("gb18030").replace("\r\n", "\n").replace("\r", "\n")
        assert read(path).text == expected, path


def test_pages_hold_the_main_text() -> None:
    """The lines of the hand-made main text stand in what was read, white space aside."""
    found = total = 0
    for gold in (SHARED / "html_sites").rglob("*.gold.txt"):
        text = "".join(read(gold.with_name(gold.name.replace(".gold.txt", ".html"))).text.split())
        lines = [squeezed for line in read(gold).text.split("\n") if (squeezed := "".join(line.split()))]
        found += sum(line in text for line in lines)
        total += len(lines)
    assert found / total > 0.97


def test_no_row_of_a_table_is_lost() -> None:
    for path in (SHARED / "corpus").rglob("*.docx"):
        page = read(path)
        squeezed = "".join(page.text.split())
        document = docx.Document(str(path))
        for table in document.tables:
            for row in table.rows:
                for cell in row.cells:
                    assert all("".join(part.text.split()) in squeezed for part in cell.paragraphs), path
        for paragraph in document.paragraphs:
            assert "".join(paragraph.text.split()) in squeezed, path
