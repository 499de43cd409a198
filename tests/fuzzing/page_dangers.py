"""Web pages and saved pages: nesting, attributes, entities, references, mail without end."""

from __future__ import annotations

from base64 import encodebytes

from danger import READ, REPORT, danger

MANY = 100_000
BODY = "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{BODY}{body}</body></html>".encode()


def nested(tag: str) -> bytes:
    return page(f"<{tag}>" * MANY + "深处" + f"</{tag}>" * MANY)


def unclosed(tag: str) -> bytes:
    return page(f"<{tag}>" * MANY + "深处")


def laughing(address: str = "") -> bytes:
    """An entity that stands for ten of the next kind, eleven times over, and one that stands for a file."""
    outside = f'<!ENTITY x SYSTEM "{address}">' if address else ""
    return (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "笑">{LAUGHS}{outside}]><html>{BODY}&e11;&x;</html>'.encode()
    )


def mail(body: bytes, *, head: str = 'Content-Type: text/html; charset="utf-8"', coding: str = "8bit") -> bytes:
    return f"MIME-Version: 1.0\r\n{head}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n".encode() + body


def _nested_mail(levels: int) -> bytes:
    head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n\n"
    return (
        head
        + "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(levels))
        + "x\n" * 10_000
    ).encode()


def _many_parts() -> bytes:
    part = b"--b\nContent-Type: text/plain\n\nx\n"
    return b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + part * 10_000 + b"--b--\n"


PAGES = (
    *(danger(f"nested-{tag}.html", lambda tag=tag: nested(tag), READ) for tag in ("div", "span", "table", "b", "a")),
    *(
        danger(f"unclosed-{tag}.html", lambda tag=tag: unclosed(tag), READ)
        for tag in ("div", "td", "ul", "font", "form")
    ),
    danger("rows-in-rows.html", lambda: page("<table><tr><td>甲<td>" * (MANY // 4)), READ),
    danger("rows-without-tables.html", lambda: page("<tr><td>甲<td>乙" * (MANY // 4)), READ),
    danger("only-closed.html", lambda: page("</div></p></td>" * MANY), READ),
    danger("many-attributes.html", lambda: page("<p " + " ".join(f"a{n}=b" for n in range(MANY)) + ">属性</p>"), READ),
    danger(
        "many-quoted-attributes.html",
        lambda: page("<p" + "".join(f"/a{n}='b'" for n in range(MANY)) + ">属性</p>"),
        READ,
    ),
    danger("tags-in-a-tag.html", lambda: page("<a" * 900_000), READ),
    danger("statements-in-a-tag.html", lambda: page("<meta " * 900_000), READ),
    danger("open-quotes-in-a-tag.html", lambda: page("<a " + "b='c=\"" * 900_000), READ),
    danger("one-attribute-without-end.html", lambda: page(f'<p class="{"c" * 5_000_000}">属性</p>'), READ),
    danger("a-class-of-many-names.html", lambda: page(f'<p class="{"c " * 1_000_000}">属性</p>'), READ),
    danger("an-open-quote.html", lambda: page('<p class="' + "甲" * MANY), READ),
    danger("an-open-comment.html", lambda: page("<!-- " + "甲" * MANY), READ),
    danger("an-open-script.html", lambda: page("<script>" + "甲" * MANY), READ),
    danger("open-tags.html", lambda: page("<" * MANY), READ),
    danger("a-title-without-end.html", lambda: page("", f"<title>{'题' * 1_000_000}</title>"), READ),
    danger("many-statements.html", lambda: page("", '<meta name="a" content="b">' * MANY), READ),
    danger("entities.html", laughing, READ),
    danger("entities.xhtml", laughing, READ),
    danger(
        "halves-by-reference.html", lambda: page("<p>&#xD83D;&#55357;&#x110000;&#0;&#99999999999;</p>" * 1000), READ
    ),
    danger("references.html", lambda: page("&nbsp;&lt;&" * MANY), READ),
    danger("styles-without-end.html", lambda: page(f'<p style="{"display:" * MANY}none">样式</p>'), READ),
    danger(
        "an-address-without-end.html", lambda: page("", f'<link rel=canonical href="http://{"a" * 1_000_000}">'), READ
    ),
    danger("charset-of-a-program.html", lambda: page("").replace(b"<head>", b"<head><meta charset=rot13>"), READ),
    danger("charset-utf-7.html", lambda: page("").replace(b"<head>", b"<head><meta charset=utf-7>"), READ),
    danger(
        "charset-without-end.html",
        lambda: page("").replace(b"<head>", b"<head><meta charset=" + b"g" * 100_000),
        READ,
        "empty",
    ),
    danger("a-frame-of-21-mb.html", lambda: page(f'<img src="data:,{"A" * 21_000_000}">'), "too_large"),
    danger("many-tags.html", lambda: page("<i>" * 1_000_001), "too_large"),
    danger("breaks.html", lambda: page("<pre>" + "甲\n" * 400_001), "too_large"),
    danger("frames.html", lambda: b"<html><frameset><frame src='http://127.0.0.1:9/'></frameset></html>", "empty"),
    danger("nested-5000-times.mhtml", lambda: _nested_mail(5000), "damaged"),
    danger("nested-99-times.mhtml", lambda: _nested_mail(99), "unsupported"),
    danger("many-lines.mhtml", lambda: mail(b"\n" * 1_000_001), "too_large"),
    danger("many-parts.mhtml", _many_parts, "unsupported"),
    danger(
        "broken-base64.mhtml",
        lambda: mail(b"@@" + encodebytes(page(""))[1:-9], coding="base64"),
        READ,
        "empty",
        "binary",
    ),
    danger("broken-quoting.mhtml", lambda: mail(page("=ZZ=\n=E6=8A=")), READ),
    danger(
        "uuencoded.mhtml",
        lambda: mail(b"begin 666 x\n~~~~\nend\n", coding="x-uuencode"),
        READ,
        "empty",
        "binary",
        "unsupported",
    ),
    danger(
        "charset-of-a-program.mhtml",
        lambda: mail(page(""), head="Content-Type: text/html; charset=unicode_escape"),
        READ,
    ),
    danger(
        "charset-in-pieces.mhtml",
        lambda: mail(page(""), head="Content-Type: text/html; charset*0*=%ff''g; charset*9=b"),
        READ,
    ),
    danger("head-without-end.mhtml", lambda: b"MIME-Version: 1.0\nX: " + b"a" * 3_000_000 + b"\n\n" + page(""), READ),
)
