"""PDF: text layers, scans, passwords, broken files. The files are written by hand, object by object."""

from __future__ import annotations

import io
import logging

import pytest
from pypdf import PdfReader, PdfWriter

from corpus_tools.errors import Rejected
from corpus_tools.reading import pdf, read_bytes

FIRST = "云岭市人民政府工作报告由市长在大会上向各位代表作出"
SECOND = "各位代表，过去的一年全市经济平稳发展，民生不断改善。"


def written(pages: list[list[str]]) -> bytes:
    """A PDF of one list of lines a page, in a Chinese font named but not embedded (encoding UniGB-UTF16-H)."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td" for line in lines)
        stream = f"BT /F 12 Tf 50 700 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> "
            f"/Contents {6 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode()


def reason(data: bytes) -> str:
    with pytest.raises(Rejected) as refusal:
        read_bytes(data, "a.pdf")
    return refusal.value.reason


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(written([[FIRST]]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_pages_and_lines_in_order() -> None:
    page = read_bytes(written([[FIRST, SECOND], [SECOND]]), "a.pdf")
    assert page.text.split("\n") == [FIRST, SECOND, SECOND]
    assert (page.format, page.encoding, page.lines) == ("pdf", None, ())


def test_pictures_of_pages_are_scanned() -> None:
    assert reason(written([[]])) == "scanned"
    assert reason(written([[FIRST], *([["第 1 页"]] * 20)])) == "scanned"


def test_a_few_empty_pages_do_no_harm() -> None:
    assert read_bytes(written([[FIRST], [], []]), "a.pdf").text.strip() == FIRST


def test_passwords() -> None:
    assert reason(locked("secret")) == "encrypted"
    assert read_bytes(locked(""), "a.pdf").text == FIRST  # protected against printing only: anyone may read it


@pytest.mark.parametrize("keep", [9, 60, 400])
def test_broken_files(keep: int) -> None:
    assert reason(written([[FIRST]])[:keep]) in ("damaged", "scanned")


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    assert reason(written([[FIRST]] * 3)) == "too_large"


def test_a_pdf_is_known_by_its_content() -> None:
    assert read_bytes(written([[FIRST]]), "a.txt").format == "pdf"


def test_warnings_are_silent_and_the_logger_is_left_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("pypdf")
    level = logger.level
    read_bytes(written([[FIRST]]).replace(b"startxref\n", b"startxref\n9"), "a.pdf")
    assert logger.level == level
    assert not caplog.records
