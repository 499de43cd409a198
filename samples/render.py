"""Writes damaged lines as bytes of a file: plain text, HTML, docx, Markdown or MHTML, the same bytes every time."""

from __future__ import annotations

import html
import io
import quopri
import zipfile
from itertools import groupby
from random import Random
from typing import Any

Lines = list[tuple[str, str]]
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip entry can carry


def text(lines: Lines, site: dict[str, Any], values: dict[str, str], *, rng: Random) -> str:
    """Return a plain text: the site's head, the lines with or without indents and blank lines, the site's tail."""
    indent, gap = rng.choice(["", "　　", "    "]), rng.choice(["\n", "\n\n", "\n"])
    if any("\n" in line for _, line in lines):
        indent = ""  # wrapped files carry their own
    body = gap.join(indent + line if role == "para" and indent else line for role, line in lines)
    head, tail = (site[part].format(**values).lstrip("\n") for part in ("head", "tail"))
    return f"{head}{body}\n{tail}"


def page(lines: Lines, site: dict[str, Any], values: dict[str, str]) -> str:
    """Return an HTML page; the title goes where the template wants it, the other lines into its content."""
    title = next(line for role, line in lines if role == "title")
    blocks = []
    for kind, group in _runs([line for line in lines if line[0] != "title"]):
        marked = [_block(role, line, site["para"]) for role, line in group]
        blocks.append(_table([line for _, line in group]) if kind == "table" else "\n".join(marked))
    return str(site["page"].format(**values | {"title": html.escape(title)}, content="\n".join(blocks)))


def _runs(lines: Lines) -> list[tuple[str, Lines]]:
    """Group lines into runs of table rows and runs of anything else."""
    runs = groupby(lines, key=lambda line: "table" if line[0] == "table" else "text")
    return [(kind, list(group)) for kind, group in runs]


def _block(role: str, line: str, style: str) -> str:
    """Mark up one line in one of the ways content systems do."""
    line = html.escape(line, quote=False)
    centred = role == "meta"
    if style == "br":
        line = f"<b>{line}</b>" if role == "head1" else line
        return f"{'' if centred else '&nbsp;' * 4}{line}<br><br>"
    if style == "div":
        return f'<div class="{role}">　　{line}</div>' if role == "para" else f"<div><strong>{line}</strong></div>"
    if style == "span":
        align = "center" if centred else "right" if role == "sign" else "justify"
        inner = f'<span style="font-family:仿宋_GB2312;font-size:16pt">{line}</span>'
        return f'<p style="text-align:{align};text-indent:2em" class="MsoNormal">{inner}</p>'
    if role == "meta":
        return f'<p align="center">{line}</p>'
    return f"<p>　　<strong>{line}</strong></p>" if role in ("head1", "head2") else f"<p>　　{line}</p>"


def _table(rows: list[str]) -> str:
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row.split("\t")) for row in rows)
    body = "".join(f"<tr>{row}</tr>\n" for row in cells)
    return f'<table border="1" cellspacing="0"><tbody>{body}</tbody></table>'


def markdown(lines: Lines, site: dict[str, Any], values: dict[str, str]) -> str:
    """Return Markdown with the headings marked by hashes."""
    marks = {"title": "# ", "head1": "## ", "head2": "### "}
    head, tail = (site[part].format(**values).strip("\n") for part in ("head", "tail"))
    return "\n\n".join(part for part in (head, *(marks.get(r, "") + t for r, t in lines), tail) if part) + "\n"


def mhtml(source: str, url: str) -> bytes:
    """Return a saved page as browsers write it: one quoted-printable part."""
    body = quopri.encodestring(source.encode("utf-8")).decode("ascii").replace("\n", "\r\n")
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: saved page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----MultipartBoundary--sample----"\r\n\r\n'
        "------MultipartBoundary--sample----\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {url}\r\n\r\n"
    )
    return (head + body + "\r\n------MultipartBoundary--sample------\r\n").encode("ascii")


def word(lines: Lines, site: dict[str, Any], values: dict[str, str]) -> bytes:
    """Return a docx with title and heading styles and real tables."""
    import docx

    document = docx.Document()
    document.core_properties.author = "sample"
    styles = {"title": "Title", "head1": "Heading 1", "head2": "Heading 2"}
    for line in site["head"].format(**values).strip("\n").splitlines():
        document.add_paragraph(line)
    for kind, group in _runs(lines):
        if kind == "table":
            _word_table(document, [line.split("\t") for _, line in group])
            continue
        for role, line in group:
            document.add_paragraph(line, style=styles.get(role, "Normal"))
    for line in site["tail"].format(**values).strip("\n").splitlines():
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return _timeless(buffer.getvalue())


def _word_table(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, cells, strict=True):
            cell.text = value


def _timeless(data: bytes) -> bytes:
    """Pack a zip again with the same time on every entry, so that equal content is equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
