"""PDF: the text layer page by page, lines as they come."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from corpus_tools.document import Page
from corpus_tools.errors import Rejected

MAX_PAGES = 3000  # longer than any yearbook; pypdf took 3 ms for a simple page, so minutes at worst
PAGE_CHARS = 20  # fewer on a page are a stamp or a page number laid over a picture
TEXT_PAGES = 0.1  # share of pages with text below which the file is a scan with, at best, a typed cover

_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def read_pdf(data: bytes, name: str) -> Page:
    """Read a PDF's text layer, pages one after the other; raises Rejected for scans, passwords and broken files."""
    with _quiet():
        try:
            pages = list(_pages(data))
        except Rejected:
            raise
        except Exception as error:  # pypdf lets through whatever a broken file makes it stumble over
            raise Rejected("read", "damaged", f"not a PDF that can be read: {error}") from error
    typed = sum(len("".join(page.split())) >= PAGE_CHARS for page in pages)
    if typed == 0 or typed < TEXT_PAGES * len(pages):
        detail = f"{typed} of {len(pages)} pages hold text, the rest are pictures: run text recognition (OCR) first"
        raise Rejected("read", "scanned", detail)
    text = "\n".join(page.strip("\n") for page in pages)
    return Page(text, "pdf", undecodable=text.count("\ufffd") / len(text))


def _pages(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(data))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Rejected("read", "encrypted", "the PDF is protected by a password")
    except DependencyError as error:
        raise Rejected("read", "encrypted", "the PDF is encrypted (AES); save it without protection first") from error
    if len(reader.pages) > MAX_PAGES:
        raise Rejected("read", "too_large", f"{len(reader.pages):,} pages; the limit is {MAX_PAGES:,}")
    for page in reader.pages:
        yield _mended(page.extract_text())


def _mended(text: str) -> str:
    """Universal newlines, and characters beyond U+FFFF whole: some font tables name them by their UTF-16 halves."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE_PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence pypdf's warnings, which come by the hundred, for as long as a file is read."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
