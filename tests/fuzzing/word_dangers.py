"""Word documents: bombs, entities, parts that lie, parts that lead elsewhere."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable

from danger import READ, REPORT, danger

DOCUMENT, TYPES, LINKS, STYLES = "word/document.xml", "[Content_Types].xml", "_rels/.rels", "word/styles.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BODY = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in REPORT.splitlines())
LAUGHS = '<!ENTITY e0 "笑">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


def relations(*links: tuple[str, str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target, mode) in enumerate(links)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def document(body: str, *, declared: str = "") -> str:
    return f'<?xml version="1.0"?>{declared}<w:document {W}><w:body>{BODY}{body}</w:body></w:document>'


PARTS = {
    TYPES: f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/{DOCUMENT}" ContentType="{OFFICE}.document.main+xml"/>'
    f'<Override PartName="/{STYLES}" ContentType="{OFFICE}.styles+xml"/></Types>',
    LINKS: relations(("officeDocument", DOCUMENT, "")),
    "word/_rels/document.xml.rels": relations(("styles", "styles.xml", "")),
    STYLES: f"<w:styles {W}/>",
    DOCUMENT: document(""),
}


def word(body: str = "", *, declared: str = "", more: Iterable[tuple[str, str | bytes]] = (), **parts: str) -> bytes:
    """A small Word document with ``body`` after its report; ``more`` entries are added, ``parts`` replaced by short names."""
    names = {
        "types": TYPES,
        "links": LINKS,
        "styles": STYLES,
        "document": DOCUMENT,
        "relations": "word/_rels/document.xml.rels",
    }
    content = {**PARTS, DOCUMENT: document(body, declared=declared), **{names[k]: v for k, v in parts.items()}}
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # two entries of one name
        for name, data in (*content.items(), *more):
            archive.writestr(name, data)
    return buffer.getvalue()


def outside(address: str) -> bytes:
    """A document that asks for ``address`` in each way XML and Word know."""
    declared = f'<!DOCTYPE d SYSTEM "{address}" [<!ENTITY x SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}">%p;]>'
    links = relations(("styles", "styles.xml", ""), ("attachedTemplate", address, ' TargetMode="External"'))
    return word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", declared=declared, relations=links)


def _lying(size: int) -> bytes:
    """An entry that says it is ``size`` bytes long."""
    data = word(more=[("word/more.xml", b" " * 5_000_000)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        true = archive.getinfo("word/more.xml").file_size
    return data.replace(true.to_bytes(4, "little"), size.to_bytes(4, "little"))


def _doll(levels: int) -> bytes:
    data = word(more=[("word/media/a.bin", b"\0" * 50_000_000)])
    for _ in range(levels):
        data = word(more=[("word/embeddings/inner.docx", data)] * 3)
    return data


def _overlapping() -> bytes:
    """Two hundred entries of the directory that all point at one packed part of 5 MB."""
    data = word(more=[("word/a.xml", b" " * 5_000_000)])
    end = data.rindex(b"PK\x05\x06")
    start = data.rindex(b"PK\x01\x02")
    entry, tail = data[start:end], bytearray(data[end:])
    entries = b"".join(entry.replace(b"word/a.xml", b"w%08d" % n + b".xml"[-1:]) for n in range(200))
    tail[8:12] = (205).to_bytes(2, "little") * 2
    tail[12:16] = (int.from_bytes(tail[12:16], "little") + len(entries) - len(entry)).to_bytes(4, "little")
    return data[:start] + entries + bytes(tail)


def _deep(tag: str, levels: int) -> str:
    return f"<w:{tag}>" * levels + "<w:p/>" + f"</w:{tag}>" * levels


PATHS = ("../../../../tmp/out.xml", "/etc/out.xml", "C:\\out.xml", "word/../../out.xml", "a\0b.xml", "..\\out.xml")
ROW = "<w:tr>" + "<w:tc><w:p><w:r><w:t>格</w:t></w:r></w:p></w:tc>" * 100 + "</w:tr>"
WORDS = (
    danger(
        "entities.docx",
        lambda: word("<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>", declared=f"<!DOCTYPE d [{LAUGHS}]>"),
        READ,
        "damaged",
    ),
    danger(
        "entities-in-styles.docx",
        lambda: word(styles=f"<!DOCTYPE d [{LAUGHS}]><w:styles {W}>&e11;</w:styles>"),
        READ,
        "damaged",
    ),
    danger(
        "entities-in-types.docx",
        lambda: word(types=f"<!DOCTYPE d [{LAUGHS}]>" + PARTS[TYPES].replace("></", ">&e11;</")),
        READ,
        "damaged",
    ),
    danger(
        "one-long-entity.docx",
        lambda: word(
            "<w:p><w:r><w:t>" + "&a;" * 10_000 + "</w:t></w:r></w:p>",
            declared=f'<!DOCTYPE d [<!ENTITY a "{"长" * 50_000}">]>',
        ),
        READ,
        "damaged",
    ),
    danger(
        "an-entity-of-itself.docx",
        lambda: word("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", declared='<!DOCTYPE d [<!ENTITY a "&a;">]>'),
        READ,
        "damaged",
    ),
    danger("a-file-by-entity.docx", lambda: outside("file:///etc/hostname"), READ, "damaged"),
    danger("an-address-by-entity.docx", lambda: outside("http://127.0.0.1:9/x"), READ, "damaged"),
    danger("packed-1000-times.docx", lambda: word(more=[("word/a.xml", b" " * 50_000_000)]), "zip_bomb"),
    danger(
        "packed-1000-times-as-a-picture.docx", lambda: word(more=[("word/media/a.bin", b"\0" * 50_000_000)]), "zip_bomb"
    ),
    danger("dolls.docx", lambda: _doll(4), READ, "zip_bomb"),
    danger("more-than-is-said.docx", lambda: _lying(100), READ),
    danger("less-than-is-said.docx", lambda: _lying(150_000_000), "zip_bomb"),
    danger("overlapping-entries.docx", _overlapping, "zip_bomb", "damaged"),
    danger("many-entries.docx", lambda: word(more=[(f"word/media/{n}.png", b"") for n in range(10_001)]), "zip_bomb"),
    danger("two-documents.docx", lambda: word(more=[(DOCUMENT, document("")), (TYPES, PARTS[TYPES])]), READ),
    danger("entries-outside.docx", lambda: word(more=[(path, "<x/>") for path in PATHS]), READ),
    danger("a-part-outside.docx", lambda: word(relations=relations(("styles", "../../../../etc/hostname", ""))), READ),
    danger(
        "a-part-of-itself.docx",
        lambda: word(relations=relations(("styles", "styles.xml", ""), ("x", "document.xml", ""))),
        READ,
    ),
    danger("no-document.docx", lambda: word(links=relations(("officeDocument", "word/documents.xml", ""))), "damaged"),
    danger("no-styles.docx", lambda: word(relations=relations()), READ),
    danger("no-body.docx", lambda: word(document=f"<w:document {W}/>"), "damaged"),
    danger(
        "a-style-of-itself.docx",
        lambda: word(styles=f'<w:styles {W}><w:style w:styleId="a"><w:basedOn w:val="a"/></w:style></w:styles>'),
        READ,
    ),
    danger("nested-100000-times.docx", lambda: word(_deep("sdtContent", 100_000)), "damaged"),
    danger("nested-240-times.docx", lambda: word(_deep("sdtContent", 240)), READ),
    danger(
        "tables-in-tables.docx",
        lambda: word("<w:tbl><w:tr><w:tc>" * 80 + ROW * 100 + "</w:tc></w:tr></w:tbl>" * 80),
        READ,
        "damaged",
    ),
    danger(
        "boxes-in-boxes.docx",
        lambda: word("<w:p><w:r><w:txbxContent>" * 80 + "<w:p/>" * 1000 + "</w:txbxContent></w:r></w:p>" * 80),
        READ,
        "damaged",
    ),
    danger(
        "entities-in-an-attribute.docx",
        lambda: word('<w:p w:a="&e11;"/>', declared=f"<!DOCTYPE d [{LAUGHS}]>"),
        READ,
        "damaged",
    ),
    danger(
        "many-attributes.docx",
        lambda: word("<w:p " + " ".join(f"a{n}='b'" for n in range(100_000)) + "/>"),
        READ,
        "damaged",
    ),
    danger(
        "a-line-without-end.docx",
        lambda: word(f"<w:p><w:r><w:t>{'报' * 4_000_001}</w:t></w:r></w:p>"),
        "damaged",
        "too_large",
        "zip_bomb",
    ),
    danger(
        "many-paragraphs.docx", lambda: word("<w:p><w:r><w:t>报</w:t></w:r></w:p>" * 400_001), "too_large", "zip_bomb"
    ),
    danger("xml-of-many-megabytes.docx", lambda: word("<w:p/>" * 4_000_000), "too_large", "zip_bomb"),
    danger("utf-16.docx", lambda: word(document=document("").replace("?>", ' encoding="utf-16"?>')), "damaged"),
    danger("no-archive.docx", lambda: b"PK\x03\x04" + b"\0" * 300, "damaged"),
    danger("an-empty-archive.docx", lambda: b"PK\x05\x06" + b"\0" * 18, "unsupported"),
    danger(
        "an-archive-of-2-to-the-64.docx",
        lambda: (
            b"PK\x03\x04"
            + b"\0" * 60
            + b"PK\x06\x06"
            + b"\xff" * 52
            + b"PK\x06\x07"
            + b"\0" * 16
            + b"PK\x05\x06"
            + b"\xff" * 18
        ),
        "damaged",
    ),
    danger(
        "an-old-document.doc",
        lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 5000 + "WordDocument".encode("utf-16-le"),
        "doc_needs_libreoffice",
        "damaged",
    ),
    danger("deep-groups.rtf", lambda: rb"{\rtf1" + b"{" * 1_000_000, "rtf_needs_libreoffice", "damaged"),
)
