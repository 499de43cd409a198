"""One file to one Page: which format it is, by its content first and its name second, and the reader for it."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading.doc import read_doc, read_rtf
from corpus_tools.reading.docx import read_docx
from corpus_tools.reading.html import read_html
from corpus_tools.reading.mhtml import read_mhtml
from corpus_tools.reading.pdf import read_pdf
from corpus_tools.reading.text import read_markdown, read_text

MAX_BYTES = 100_000_000  # a report is below 1 MB of text; leaves room for PDFs full of pictures
# Ten times the longest report known, and eighty times its lines: longer texts are no reports, and each line costs memory
# in every stage, so that a text of line breaks alone would need more than a process may take.
MAX_CHARACTERS = 4_000_000
MAX_LINES = 400_000
HEAD = 4096  # bytes looked at to tell a format

# A new format is one reader here, and a line in _container or _markup that recognises it.
FORMATS: dict[str, Callable[[bytes, str], Page]] = {
    "txt": read_text,
    "md": read_markdown,
    "html": read_html,
    "mhtml": read_mhtml,
    "docx": read_docx,
    "pdf": read_pdf,
    "doc": read_doc,
    "rtf": read_rtf,
}
HTML_NAMES = (".html", ".htm", ".shtml", ".xhtml", ".asp", ".aspx", ".jsp", ".php")
# Tables, settings and programs are text too, but no reports: a list of files beside the reports must not be counted.
# fmt: off
OTHER_NAMES = (
    ".csv", ".tsv", ".json", ".jsonl", ".xml", ".yaml", ".yml", ".toml", ".ini", ".log", ".sql", ".py", ".js", ".css", ".sh",
)
# fmt: on
MARKDOWN_NAMES = (".md", ".markdown")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")

_WHOLE_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<(?:head|body)\s*>", re.IGNORECASE)
_ANY_TAG = re.compile(rb"<(?:!--|!doctype|/?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_MAIL_HEAD = re.compile(rb"\s*(?:[a-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,40}", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def read(path: Path) -> Page:
    """Read one file; raises Rejected("read", reason, detail) for whatever cannot become text.

    Reasons: unreadable, too_large, empty, binary, unsupported, damaged, encrypted, zip_bomb, scanned, timeout,
    doc_needs_libreoffice, rtf_needs_libreoffice. Files of more than 100 MB and texts of more than 4,000,000 characters
    or 400,000 lines are too_large; the bounds of the formats are listed in docs/limits.md.
    """
    return read_bytes(read_file(path), path.name)


def read_file(path: Path) -> bytes:
    """The bytes of one file; raises Rejected where it cannot be opened, is no regular file or is too large."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe or a device would never end
            raise Rejected("read", "unreadable", "not a regular file")
        if status.st_size > MAX_BYTES:
            raise _too_large()
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (Rejected, MemoryError):
        raise
    except Exception as error:  # not of the system alone: packages of stores have errors of their own
        raise Rejected("read", "unreadable", getattr(error, "strerror", None) or str(error)) from error
    if len(data) > MAX_BYTES:  # it grew while it was read, or its size is not told
        raise _too_large()
    return data


def _too_large() -> Rejected:
    return Rejected("read", "too_large", f"more than {MAX_BYTES:,} bytes")


def read_bytes(data: bytes, name: str) -> Page:
    """Read the bytes of one file called ``name``; the same Page and the same errors as ``read``."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    if not data.strip(b" \t\r\n\f\v\0"):
        raise Rejected("read", "empty", "the file is empty or white space only")
    page = FORMATS[recognise(data, name)](data, name)
    if not page.text.strip("\ufeff\u200b\0") or page.text.isspace():
        raise Rejected("read", "empty", "the file holds no visible text")
    if len(page.text) > MAX_CHARACTERS:
        raise Rejected("read", "too_large", f"more than {MAX_CHARACTERS:,} characters")
    if page.text.count("\n") >= MAX_LINES:
        raise Rejected("read", "too_large", f"more than {MAX_LINES:,} lines")
    try:
        page.text.encode()
    except UnicodeEncodeError:  # half a surrogate pair (a character reference, a PDF's font table) fits into no file
        return replace(page, text=_SURROGATE.sub("\ufffd", page.text))
    return page


def recognise(data: bytes, name: str) -> str:
    """Give the key of FORMATS for a file; raises Rejected for containers that hold something else."""
    suffix = PurePath(name).suffix.lower()
    if suffix in OTHER_NAMES:
        raise Rejected("read", "unsupported", f"{suffix} files are tables, settings or programs, not reports")
    return _container(data, suffix) or _markup(data, suffix) or ("md" if suffix in MARKDOWN_NAMES else "txt")


def _container(data: bytes, suffix: str) -> str | None:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in head):
        return "pdf"
    if head.startswith(rb"{\rtf"):
        return "rtf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    if data.startswith(OLE):
        return _ole(data)
    return None


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except Exception as error:  # besides BadZipFile: struct, value and overflow errors from broken directories
        raise Rejected("read", "damaged", f"a ZIP or Office file that cannot be opened: {error}") from error
    if "[Content_Types].xml" in names and any(entry.startswith("word/document") for entry in names):
        return "docx"
    raise Rejected("read", "unsupported", "a ZIP archive or Office file that is not a Word document")


def _ole(data: bytes) -> str:
    """Old Office files name their parts in UTF-16 in a directory that may lie anywhere in the file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Rejected("read", "encrypted", "the document is protected by a password")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    raise Rejected("read", "unsupported", "an old Office file that is not a Word document")


def _markup(data: bytes, suffix: str) -> str | None:
    """HTML and saved pages are known by their tags; NULs are dropped so that UTF-16 shows its ASCII."""
    head = data[:HEAD].replace(b"\0", b"")
    mail = _MAIL_HEAD.match(head)
    if mail and b"mime-version:" in mail[0].lower() and b"content-type:" in mail[0].lower():
        return "mhtml"
    if _WHOLE_PAGE.search(head[:1024]) and b"</" in data.replace(b"\0", b""):
        return "html"
    if suffix in HTML_NAMES and _ANY_TAG.search(data.replace(b"\0", b"")):
        return "html"
    return None
