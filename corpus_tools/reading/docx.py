"""Word documents (.docx): paragraphs, tables, text boxes and content controls of the body, in order.

Left out, because Word shows but does not store them as text of the body: automatic numbers of lists and headings,
headers, footers, footnotes, comments. Deleted and hidden text is not shown and not read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading.layout import Block, assemble

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED = 200_000_000  # bytes, pictures included; three real reports had 0.1 to 0.2 MB
MAX_RATIO = 200  # real reports pack 4 times, deflate at its limit 1,000 times
RATIO_FROM = 20_000_000  # bytes; small files may pack as well as they like
CELL_CHARS, CELL_PARAGRAPHS = 500, 3  # beyond these a table is layout, and its cells are read paragraph by paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "sectPr")}
_SKIPPED.add(FALLBACK)  # the same text box again, for old versions of Word
TEXT_BOX = f"{W}txbxContent"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
CONTENT_TYPES = "[Content_Types].xml"
# Documents with macros and templates are read like any other; python-docx would refuse them by this name.
_OTHER_KINDS = re.compile(rb"application/vnd\.[\w.-]*\.(?:template|macroEnabled\w*)\.main\+xml")
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)


def read_docx(data: bytes, name: str) -> Page:
    """Read a Word document: one line a paragraph (or soft line), one a table row with its cells joined by tabs."""
    from docx import Document

    package = _unpacked(data)
    try:
        document = Document(package)
        styles = {style.style_id: style.name or "" for style in document.styles}
        text, lines = assemble(_blocks(document.element.body, styles))
    except Exception as error:  # python-docx has no error of its own: a broken part raises whatever it stumbles over
        raise Rejected("read", "damaged", f"not a Word document that can be opened: {error}") from error
    return Page(text, "docx", lines=lines)


def _unpacked(data: bytes) -> io.BytesIO:
    """The package with its XML read under limits and its pictures left empty, so that no entry can lie of its size."""
    clean = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(clean, "w") as copy:
            _refuse_bombs(archive)
            for entry in archive.infolist():
                if not entry.is_dir():
                    copy.writestr(entry.filename, _content(archive, entry))
    except Rejected:
        raise
    except Exception as error:  # zipfile raises at least eight kinds of error on damaged archives
        raise Rejected("read", "damaged", f"the file's parts cannot be unpacked: {error}") from error
    clean.seek(0)
    return clean


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Rejected("read", "encrypted", "the document is protected by a password")
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if size > MAX_UNPACKED or (size > RATIO_FROM and size > MAX_RATIO * packed):
        raise Rejected("read", "zip_bomb", f"{packed:,} bytes would unpack to {size:,}")


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """What the entry holds, in steps that stop at its declared size: read() at once would unpack all before cutting."""
    if not entry.filename.lower().endswith((".xml", ".rels")):
        return b""
    parts: list[bytes] = []
    with archive.open(entry) as stream:
        while part := stream.read(1 << 20):
            parts.append(part)
    content = b"".join(parts)
    return _OTHER_KINDS.sub(_DOCUMENT, content) if entry.filename == CONTENT_TYPES else content


def _blocks(parent: _Element, styles: dict[str, str]) -> Iterator[Block]:
    """Lines of everything under ``parent`` (recursion ends at libxml2's 256 levels)."""
    for child in parent.iterchildren(tag="*"):
        if child.tag == f"{W}p":
            tag = _tag(child, styles)
            for line in _text(child).split("\n"):
                if line.strip():
                    yield Block(line, tag)
            for box in _boxes(child):
                yield from _blocks(box, styles)
        elif child.tag == f"{W}tr":
            yield from _row(child, styles)
        elif child.tag not in _SKIPPED:
            yield from _blocks(child, styles)


def _row(row: _Element, styles: dict[str, str]) -> Iterator[Block]:
    """One line for a row of short cells; a layout's columns are read one after the other."""
    cells = [list(_blocks(cell, styles)) for cell in row.iter(f"{W}tc") if _nearest(cell, f"{W}tr") is row]
    if len(cells) < 2 or any(_is_layout(cell) for cell in cells):
        for cell in cells:
            yield from cell
        return
    texts = [" ".join(block.text.strip() for block in cell) for cell in cells]
    if any(texts):
        yield Block("\t".join(texts), "tr")


def _is_layout(cell: list[Block]) -> bool:
    size = sum(len(block.text) for block in cell)
    return size > CELL_CHARS or len(cell) > CELL_PARAGRAPHS or any(block.tag != "p" for block in cell)


def _nearest(element: _Element, tag: str) -> _Element | None:
    return next(element.iterancestors(tag), None)


def _text(paragraph: _Element) -> str:
    """What Word shows of a paragraph: links, insertions and content controls too; not what was deleted or hidden."""
    pieces: list[str] = []
    waiting = list(paragraph)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag in _SIGNS:
            pieces.append(_SIGNS[str(element.tag)])
        elif element.tag not in _SKIPPED and element.tag != TEXT_BOX and not _vanished(element):
            waiting.extend(list(element)[::-1])
    return "".join(pieces)


def _vanished(element: _Element) -> bool:
    vanish = element.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false", "off")


def _boxes(paragraph: _Element) -> Iterator[_Element]:
    """The text boxes anchored in a paragraph, each once and without those inside another box."""
    waiting = list(paragraph)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag == TEXT_BOX:
            yield element
        elif element.tag not in _SKIPPED:
            waiting.extend(list(element)[::-1])


def _tag(paragraph: _Element, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = styles.get(style.get(f"{W}val", ""), "") if style is not None else ""
    heading = _HEADING.match(name)
    if heading:
        return f"h{heading[1]}"
    if name.lower() in ("title", "标题"):
        return "title"
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    level = outline.get(f"{W}val", "") if outline is not None else ""
    return f"h{int(level) + 1}" if level in tuple("012345") else "p"
