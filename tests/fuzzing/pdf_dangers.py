"""PDFs: streams that swell, trees and tables that lead back to themselves, numbers without end. Written by hand."""

from __future__ import annotations

import zlib

from danger import READ, danger

LINE = "云岭市人民政府工作报告由市长在大会上向各位代表作出"
TEXT = f"BT /F 12 Tf 50 700 Td <{LINE.encode('utf-16-be').hex()}> Tj ET".encode()
FONT = b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] >>"
INNER = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
)
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
TREE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
    b"/Resources << /Font << /F 5 0 R >> /XObject << /X 7 0 R >> >> /Contents 4 0 R >>"
)


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), head, data)


def pdf(changed: dict[int, bytes] | None = None, *, trailer: bytes = b"") -> bytes:
    """A PDF of one page of one line: objects 1 catalog, 2 tree, 3 page, 4 content, 5 and 6 font; some may be ``changed``."""
    objects = {1: CATALOG, 2: TREE, 3: PAGE, 4: stream(TEXT), 5: FONT, 6: INNER, **(changed or {})}
    body, places = b"%PDF-1.5\n", {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(objects) + 1
    table = b"".join(b"%010d 00000 %c \n" % (places.get(n, 0), b"nf"[n not in places]) for n in range(size))
    return b"%sxref\n0 %d\n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        body, size, table, size, trailer, len(body),
    )  # fmt: skip


def _swollen(times: int, filters: int = 1) -> bytes:
    data = TEXT + b" " * times
    for _ in range(filters):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [" + b"/FlateDecode " * filters + b"]")


def _map(rows: bytes) -> bytes:
    """A font whose table of Unicode holds ``rows``."""
    head = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    return pdf({5: FONT[:-2] + b"/ToUnicode 8 0 R >>", 8: stream(head + rows + b"\nendcmap end")})


def _tree(levels: int) -> dict[int, bytes]:
    """Pages whose tree splits in ten at each level, every branch being the same object."""
    nodes = {
        10 + n: b"<< /Type /Pages /Parent 2 0 R /Count 10 /Kids [" + b"%d 0 R " % (11 + n) * 10 + b"] >>"
        for n in range(levels)
    }
    return {2: b"<< /Type /Pages /Kids [10 0 R] /Count 10 >>", **nodes, 10 + levels: PAGE}


def _form(content: bytes) -> bytes:
    return stream(
        content, b"/Type /XObject /Subtype /Form /Resources << /Font << /F 5 0 R >> /XObject << /X 7 0 R >> >>"
    )


BROKEN = ("damaged", "scanned", "too_large", "empty", "encrypted", "binary")
PDFS = (
    danger("whole.pdf", pdf, READ),
    danger("swollen-to-100-mb.pdf", lambda: pdf({4: _swollen(100_000_000)}), READ, *BROKEN),
    danger("swollen-to-5-mb.pdf", lambda: pdf({4: _swollen(5_000_000)}), READ, *BROKEN),
    danger("swollen-five-times.pdf", lambda: pdf({4: _swollen(5_000_000, 5)}), READ, *BROKEN),
    danger(
        "many-filters.pdf",
        lambda: pdf({4: stream(TEXT, b"/Filter [" + b"/ASCIIHexDecode " * 50_000 + b"]")}),
        READ,
        *BROKEN,
    ),
    danger(
        "a-predictor-of-many-columns.pdf",
        lambda: pdf(
            {
                4: stream(
                    zlib.compress(TEXT), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 >>"
                )
            }
        ),
        READ,
        *BROKEN,
    ),
    danger("many-operators.pdf", lambda: pdf({4: stream(TEXT + b" q Q" * 50_000)}), READ, *BROKEN),
    danger(
        "many-lines.pdf", lambda: pdf({4: stream(TEXT[:-2] + b"0 -20 Td <62A5> Tj " * 5_000 + b"ET")}), READ, *BROKEN
    ),
    danger("deep-arrays.pdf", lambda: pdf({4: stream(b"[" * 100_000)}), READ, *BROKEN),
    danger("deep-dictionaries.pdf", lambda: pdf({1: b"<< /A " * 50_000 + CATALOG + b" >>" * 50_000}), READ, *BROKEN),
    danger("a-tree-of-itself.pdf", lambda: pdf({2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"}), READ, *BROKEN),
    danger("a-tree-of-10000-leaves.pdf", lambda: pdf(_tree(4)), READ, *BROKEN),
    danger("a-tree-of-10-to-the-60-leaves.pdf", lambda: pdf(_tree(60)), READ, *BROKEN),
    danger(
        "count-of-pages.pdf", lambda: pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"}), READ, *BROKEN
    ),
    danger(
        "a-form-of-itself.pdf",
        lambda: pdf({4: stream(TEXT + b" /X Do"), 7: _form(TEXT + b" /X Do /X Do")}),
        READ,
        *BROKEN,
    ),
    danger("an-object-that-is-itself.pdf", lambda: pdf({4: b"4 0 R"}), READ, *BROKEN),
    danger(
        "a-length-of-itself.pdf",
        lambda: pdf({4: b"<< /Length 4 0 R >>\nstream\n" + TEXT + b"\nendstream"}),
        READ,
        *BROKEN,
    ),
    danger(
        "a-length-without-end.pdf",
        lambda: pdf({4: b"<< /Length 99999999999999 >>\nstream\n" + TEXT + b"\nendstream"}),
        READ,
        *BROKEN,
    ),
    danger("a-table-before-itself.pdf", lambda: pdf(trailer=b"/Prev 9"), READ, *BROKEN),
    danger("a-table-of-many-entries.pdf", lambda: pdf().replace(b"xref\n0 7", b"xref\n0 2147483647"), READ, *BROKEN),
    danger("a-start-of-itself.pdf", lambda: b"%PDF-1.5\nstartxref\n9\n%%EOF\n", *BROKEN),
    danger(
        "a-map-of-all-codes.pdf", lambda: _map(b"1 beginbfrange <00000000> <FFFFFFFF> <0000> endbfrange"), READ, *BROKEN
    ),
    danger(
        "a-map-of-many-ranges.pdf",
        lambda: _map(b"100 beginbfrange " + b"<0000> <FFFF> <0041>\n" * 2000 + b"endbfrange"),
        READ,
        *BROKEN,
    ),
    danger("a-map-to-halves.pdf", lambda: _map(b"1 beginbfrange <0000> <FFFF> <D800> endbfrange"), READ, *BROKEN),
    danger(
        "encrypted-by-nonsense.pdf",
        lambda: pdf(trailer=b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 >> /ID [<00><00>]"),
        *BROKEN,
    ),
    danger("a-file-elsewhere.pdf", lambda: pdf({4: stream(b"", b"/F (/etc/hostname)")}), *BROKEN),
    danger(
        "an-address-elsewhere.pdf",
        lambda: pdf({1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /URI /URI (http://127.0.0.1:9/) >> >>"}),
        READ,
        *BROKEN,
    ),
    danger("figures-without-end.pdf", lambda: pdf({4: stream(TEXT.replace(b"700", b"7" * 100_000))}), READ, *BROKEN),
    danger("head-alone.pdf", lambda: b"%PDF-1.7\n", "damaged"),
    danger("marks-alone.pdf", lambda: b"%PDF-1.7\n" + b"obj endobj stream endstream xref trailer\n" * 50_000, *BROKEN),
    danger("objects-alone.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * 200_000, *BROKEN),
)
