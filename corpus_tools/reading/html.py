"""HTML: the visible lines of a page in document order, with what the markup says of each.

White space collapses as in a browser (ASCII only, U+3000 stays); a source line break inside a run of Chinese is
dropped, not shown as a space (CSS Text 3, segment break transformation). Ruby and its brackets stay as text. Automatic
list numbers are not shown. Style sheets are not read: only ``hidden`` and inline ``display`` count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from corpus_tools.document import CUT, Page
from corpus_tools.errors import Rejected
from corpus_tools.reading.encoding import declared_charset, decode
from corpus_tools.reading.layout import Block, assemble, refuse_many_tags

if TYPE_CHECKING:
    from lxml.etree import _Element

# fmt: off
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
        "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main",
        "marquee", "menu", "nav", "ol", "p", "plaintext", "pre", "search", "section", "summary", "table",
        "tbody", "td", "textarea", "tfoot", "th", "thead", "title", "tr", "ul", "xmp",
    }
)
INVISIBLE = frozenset(
    {
        "audio", "canvas", "datalist", "head", "iframe", "math", "noembed", "noframes", "noscript",
        "optgroup", "option", "script", "select", "style", "svg", "template", "title", "video",
    }
)
PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext", "textarea"))
NO_DATA = frozenset(
    {
        "article", "blockquote", "dl", "form", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "pre",
        "section", "table", "textarea", "ul",
    }
)
# fmt: on

MAX_BYTES = 20_000_000  # reading takes 30 times a page's size in memory; the largest of 224 real pages had 0.5 MB
LONG_TAG = 10_000  # characters between two ">", below which no tag has attributes enough to matter
MAX_META = 300  # characters of a value; what is longer is a description or a list of words for search engines
MAX_PATH = 300  # characters; enough for every id and class a site rule asks for, bounded for pages nested without end
CELL_CHARS = 500  # a longer cell holds running text, so the table is layout
CELL_PARAGRAPH_CHARS = 200  # of a cell with more than one paragraph
CELL_BLOCKS = 3  # "unit<br>in 10,000" in a table's head has one or two

_SPACE = re.compile("[ \t\n\f\r]+")
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
# begins with a set, so that the engine leaps from blank to blank
_SEGMENT_BREAK = re.compile(rf"[ \t\n\f](?<={_WIDE}[ \t\n\f])(?:(?<=\n)|[ \t\f]*\n)[ \t\n\f]*(?={_WIDE})")
_DISPLAY = re.compile(r"display\s*:\s*(none|block|table(?!-)|list-item|flex|grid)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_MANY_ATTRIBUTES = re.compile(rf"(<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,1000}}+)[^>]*+")
_KEPT_WHEN_FLAT = INVISIBLE | {"html", "body", "p", "br", "meta", "link"}


def read_html(data: bytes, name: str) -> Page:
    """Read a web page; title is its <title>, url its canonical address, og:url or the browser's "saved from".

    meta holds its <meta name=… content=…> and <meta property=… content=…>, values of 300 characters at most.
    """
    return page_of(data, declared=declared_charset(data))


def page_of(data: bytes, *, declared: str | None, url: str | None = None) -> Page:
    """Read HTML whose charset and address may be known from outside (MHTML); raises Rejected where no text is seen."""
    if len(data) > MAX_BYTES:
        raise Rejected("read", "too_large", f"a page of {len(data):,} bytes; the limit is {MAX_BYTES:,}")
    source, encoding, bad = decode(data, declared=declared)
    refuse_many_tags(source.count("<"))
    root = _parse(_without_many_attributes(source))
    if root is None:
        raise Rejected("read", "empty", "the page has no content")
    text, lines = assemble(_visible(root))
    url = _canonical(root) or url or _saved_from(source)
    return Page(text, "html", encoding, bad, title=_title(root), url=url, lines=lines, meta=tuple(_meta(root)))


def _parse(source: str) -> _Element | None:
    root, whole = _tree(source)
    if not whole:  # nested deeper than libxml2 goes: what follows would be lost without a word
        root, whole = _tree(_flat(source))
    if not whole:
        raise Rejected("read", "damaged", "the page is nested too deeply to be read")
    return root


def _without_many_attributes(source: str) -> str:
    """Cut what follows the first thousand attributes of a tag: libxml2's time grows with the square of their number."""
    start = 0
    while start + LONG_TAG <= len(source):  # from one ">" to the last that is near enough
        end = source.rfind(">", start, start + LONG_TAG)
        if end < 0:
            return _MANY_ATTRIBUTES.sub(r"\1", source)
        start = end + 1
    return source


def _tree(source: str) -> tuple[_Element | None, bool]:
    """The root, and whether libxml2 read to the end.

    huge_tree lifts the limits to 2,048 levels and texts of 1 GB (else 256 and 10 MB, beyond which text is lost
    silently); it is safe here because HTML has no entities to expand and the size of the page is bounded.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    limits = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR)
    return root, not any(entry.type in limits for entry in parser.error_log)


def _flat(source: str) -> str:
    """The page without nesting: every block tag becomes a <p>, which closes the one before; other tags go."""

    def flat(tag: re.Match[str]) -> str:
        name = tag[1].lower()
        if name in _KEPT_WHEN_FLAT:
            return tag[0]
        return "<p>" if name in BLOCKS else ""

    return _TAG.sub(flat, source)


def _title(root: _Element) -> str | None:
    found = root.find(".//title")
    title = "" if found is None else _collapse("".join(found.itertext()))
    return title or None


def _meta(root: _Element) -> Iterator[tuple[str, str]]:
    for meta in root.iterfind(".//meta[@content]"):
        name = _collapse(meta.get("name") or meta.get("property") or "").lower()
        value = _collapse(meta.get("content", ""))[:MAX_META]
        if name and value:
            yield name, value


def _canonical(root: _Element) -> str | None:
    links = root.iterfind(".//link[@href]")
    said = [link.get("href", "") for link in links if link.get("rel", "").lower() == "canonical"]
    said += [meta.get("content", "") for meta in root.iterfind(".//meta[@property='og:url']")]
    return next((url.strip() for url in said if url.strip().lower().startswith(("http://", "https://"))), None)


def _saved_from(source: str) -> str | None:
    found = _SAVED_FROM.search(source[:4096])
    return found[1] if found else None


def _collapse(text: str) -> str:
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or "\f" in text:
        text = _SPACE.sub(" ", text)
    return text.strip(" ")


def _visible(root: _Element) -> list[Block]:
    """Walk the tree without recursion: pages nested a thousand deep exist."""
    from lxml import etree

    flow = _Flow()
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: _Element | None = None
    for event, element in walker:
        if event == "start":
            tag, names = str(element.tag), element.keys()
            display = _display(element) if "style" in names else None
            if tag in INVISIBLE or display == "none" or "hidden" in names:
                skipped = element
                walker.skip_subtree()
            else:
                flow.open(element, tag, block=tag in BLOCKS or display is not None)
                if text := element.text:
                    flow.write(text)
            continue
        if element is not skipped:
            flow.close(element)
        if tail := element.tail:
            flow.write(tail)
    flow.end_line()
    return flow.blocks


def _display(element: _Element) -> str | None:
    found = _DISPLAY.search(element.get("style", ""))
    return found[1].lower() if found else None


class _Flow:
    """The line being written, and where in the page it stands."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[tuple[_Element, str, bool]] = []
        self._paths = [
            ("body", "")
        ]  # block and path of the page and of the first open elements: of those asked for so far
        self._pieces: list[str] = []
        self._linked = 0
        self._where: tuple[str, str] | None = None
        self._links = self._pre = 0
        self._row: tuple[_Element, str] | None = None

    def open(self, element: _Element, tag: str, *, block: bool) -> None:
        """Enter an element; a block ends the line before it."""
        if (self._pieces or self._row) and (block or tag == "br"):
            self._break(cell=tag in ("td", "th"))
        self._open.append((element, tag, block))
        if tag == "tr" and self._row is None and _is_data_row(element):
            self._row = (element, self._place()[1])
        self._links += tag == "a"
        self._pre += tag in PREFORMATTED

    def close(self, element: _Element) -> None:
        """Leave an element; a block ends its line."""
        _, tag, block = self._open.pop()
        if self._row and self._row[0] is element:
            self.end_line()
            self._row = None
        elif block and (self._pieces or self._row):
            self._break()
        if len(self._paths) > len(self._open) + 1:
            self._paths.pop()
        self._links -= tag == "a"
        self._pre -= tag in PREFORMATTED

    def _place(self) -> tuple[str, str]:
        """The tag of the innermost open block, and the path of the innermost open element."""
        for element, tag, block in self._open[len(self._paths) - 1 :]:
            tag_of_block, path = self._paths[-1]
            ident, names = element.get("id"), element.get("class")
            if (block or ident is not None or names is not None) and tag not in ("html", "body"):
                path = _extended(path, tag, ident or "", names or "")
            self._paths.append((tag if block else tag_of_block, path))
        return self._paths[-1]

    def write(self, text: str) -> None:
        """Add text to the line."""
        if self._pre and not self._row:
            first, *rest = text.split("\n")
            self._add(first)
            for line in rest:
                self.end_line()
                self._add(line)
        elif not (inner := text.strip(" \t\n\f\r")):  # most texts of a page are the white space between two tags
            if self._pieces:  # at the start of a line it shows nothing
                self._pieces.append(text)
        else:
            self._add(_SEGMENT_BREAK.sub("", text) if "\n" in inner else text)

    def end_line(self) -> None:
        """Close the line; one without a visible character is no line."""
        if not self._pieces:
            return
        if self._where is not None:
            joined = "".join(self._pieces)
            text = self._cells(joined) if self._row else joined.rstrip(" \t\f\r") if self._pre else _collapse(joined)
            links = self._linked / _count_seen(joined.replace("\0", "")) if self._linked else 0.0
            self.blocks.append(Block(text, *self._where, links))
        self._pieces.clear()
        self._linked = 0
        self._where = None

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        if text.isspace() or not text:
            return
        if self._links:
            self._linked += _count_seen(text)
        if self._where is None:
            self._where = ("tr", self._row[1]) if self._row else self._place()

    def _break(self, *, cell: bool = False) -> None:
        if self._row is None:
            self.end_line()
        else:  # NUL cannot come from the page: the parser turns it into U+FFFD
            self._pieces.append("\0" if cell else " ")

    @staticmethod
    def _cells(joined: str) -> str:
        before, *cells = (_collapse(cell) for cell in joined.split("\0"))
        cells = [before, *cells] if before else cells
        filled = [cell for cell in cells if cell.strip()]
        return filled[0] if len(filled) == 1 else "\t".join(cells)


def _count_seen(text: str) -> int:
    return len("".join(text.split()))


@lru_cache(maxsize=4096)  # the lines of a list and the pages of a site have the same paths
def _extended(path: str, tag: str, ident: str, names: str) -> str:
    ident = "#" + "".join(ident.split()) if ident else ""
    classes = "".join("." + name for name in names.split()) if names else ""
    path = f"{path}>{tag}{ident}{classes}" if path else f"{tag}{ident}{classes}"
    if len(path) <= MAX_PATH + len(CUT) + 1:
        return path
    whole = path.removeprefix(f"{CUT}>")[-MAX_PATH:]
    return f"{CUT}>{whole.partition('>')[2] or whole}"


def _is_data_row(row: _Element) -> bool:
    """Whether a row holds several short cells of data, and not a layout's columns."""
    several = len(list(islice(row.iter("td", "th"), 2))) > 1
    if not several or next(row.iter(*NO_DATA), None) is not None:
        return False
    blocks = size = 0
    for element in row.iter():
        tag = str(element.tag)
        if tag in ("td", "th"):
            blocks = size = 0
        elif (tag in BLOCKS and element is not row) or tag == "br":
            blocks += 1
        size += len((element.tail or "").strip())
        if tag not in INVISIBLE:
            size += len((element.text or "").strip())
        limit = CELL_CHARS if blocks < 2 else CELL_PARAGRAPH_CHARS
        if blocks > CELL_BLOCKS or size > limit:
            return False
    return True
