"""Word documents (.docx): paragraphs, tables, text boxes and content controls of the body, in order.

Left out, because Word shows but does not store them as text of the body: automatic numbers of lists and headings,
headers, footers, footnotes, comments. Deleted and hidden text is not shown and not read.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading.layout import Block, assemble, refuse_many_tags

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED = 200_000_000  # bytes, pictures included; three real reports had 0.1 to 0.2 MB
MAX_RATIO = 200  # real reports pack 4 times, deflate at its limit 1,000 times
RATIO_FROM = 20_000_000  # bytes; small files may pack as well as they like
MAX_ENTRIES = 10_000  # three real reports had 16 to 22
CELL_CHARS, CELL_PARAGRAPHS = 500, 3  # beyond these a table is layout, and its cells are read paragraph by paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "sectPr")}
_SKIPPED.add(FALLBACK)  # the same text box again, for old versions of Word
TEXT_BOX = f"{W}txbxContent"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_HEADING = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)


def read_docx(data: bytes, name: str) -> Page:
    """Read a Word document: one line a paragraph (or soft line), one a table row with its cells joined by tabs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive)
            main = _related(archive, "", "officeDocument")
            body = _xml(archive, main).find(f"{W}body")
            if body is None:
                raise Rejected("read", "damaged", "a Word document without a body")
            text, lines = assemble(_blocks(body, _styles(archive, main)))
    except Rejected:
        raise
    except Exception as error:  # zipfile alone raises at least eight kinds of error on damaged archives
        raise Rejected("read", "damaged", f"not a Word document that can be opened: {error}") from error
    return Page(text, "docx", lines=lines)


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Rejected("read", "encrypted", "the document is protected by a password")
    if len(entries) > MAX_ENTRIES:
        raise Rejected("read", "zip_bomb", f"{len(entries):,} parts; the limit is {MAX_ENTRIES:,}")
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if size > MAX_UNPACKED or (size > RATIO_FROM and size > MAX_RATIO * packed):
        raise Rejected("read", "zip_bomb", f"{packed:,} bytes would unpack to {size:,}")


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> str:
    """The part of the package that ``part`` names as its ``kind``; KeyError for none. "" is the package itself."""
    folder, name = posixpath.split(part)
    for link in _xml(archive, posixpath.join(folder, "_rels", f"{name}.rels")).iter(RELATIONSHIP):
        if link.get("Type", "").endswith(f"/{kind}") and link.get("TargetMode") != "External":
            return posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
    raise KeyError(f"{part or 'the package'} names no {kind}")


def _xml(archive: zipfile.ZipFile, part: str) -> _Element:
    """The root of a part: no entity is resolved and no address opened, as Word's own parts need neither."""
    from lxml import etree

    content = _content(archive, part)
    refuse_many_tags(content.count(b"<"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(content, parser)


def _content(archive: zipfile.ZipFile, part: str) -> bytes:
    """What the entry holds, in steps that stop at its declared size: read() at once would unpack all before cutting."""
    with archive.open(part) as stream:
        return b"".join(iter(lambda: stream.read(1 << 20), b""))


def _styles(archive: zipfile.ZipFile, main: str) -> dict[str, str]:
    """The names of the document's styles; some programs write none."""
    try:
        root = _xml(archive, _related(archive, main, "styles"))
    except KeyError:
        return {}
    names = ((style.get(f"{W}styleId", ""), style.find(f"{W}name")) for style in root.iterchildren(f"{W}style"))
    return {identity: name.get(f"{W}val", "") for identity, name in names if name is not None}


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
    cells = [list(_blocks(cell, styles)) for cell in _cells(row)]
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


def _cells(row: _Element) -> Iterator[_Element]:
    """The cells of a row, also those in content controls, without those of tables inside them."""
    waiting = list(row)[::-1]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{W}tc":
            yield element
        elif element.tag != f"{W}tr":
            waiting.extend(list(element)[::-1])


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
    used = style.get(f"{W}val", "") if style is not None else ""
    name = styles.get(used, used)
    heading = _HEADING.match(name)
    if heading:
        return f"h{heading[1]}"
    if name.lower() in ("title", "标题"):
        return "title"
    outline = paragraph.find(f"{W}pPr/{W}outlineLvl")
    level = outline.get(f"{W}val", "") if outline is not None else ""
    return f"h{int(level) + 1}" if level in tuple("012345") else "p"
