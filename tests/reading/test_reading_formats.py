"""Which reader a file gets, what is refused and why, and that nothing but Rejected ever comes out."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading import FORMATS, doc, read, read_bytes, reader

PAGE = "<!DOCTYPE html>\n<html><head><title>报告</title></head><body><p>云岭市工作报告</p></body></html>"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
WORD = OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 100


def reason(data: bytes, name: str = "a.txt") -> str:
    with pytest.raises(Rejected) as refusal:
        read_bytes(data, name)
    assert refusal.value.stage == "read"
    assert refusal.value.detail
    return refusal.value.reason


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PAGE.encode(), "a.txt", "html"),
        (PAGE.encode(), "a.doc", "html"),
        (PAGE.encode("utf-16"), "a.txt", "html"),
        ("\ufeff\n<HTML><p>云岭</p></HTML>".encode(), "a", "html"),
        ("<p>云岭市</p>".encode(), "a.htm", "html"),
        ("云岭市，1 < 2，没有标记".encode(), "a.html", "txt"),
        ("云岭市<p>残留</p>".encode(), "a.txt", "txt"),
        ("# 云岭市".encode(), "a.md", "md"),
        ("云岭市".encode(), "A.TXT", "txt"),
        ("云岭市".encode(), "报告", "txt"),
        ("来源: 云岭\n作者: 某某\n正文".encode(), "a.txt", "txt"),
    ],
)
def test_format_by_content_then_by_name(data: bytes, name: str, expected: str) -> None:
    assert read_bytes(data, name).format == expected


def test_every_format_has_a_reader() -> None:
    assert set(FORMATS) == {"txt", "md", "html", "mhtml", "docx", "pdf", "doc", "rtf"}


def test_text_is_left_as_it_stands() -> None:
    page = read_bytes("  云岭\u3000市 \r\n\r\n报告\t末尾\r".encode(), "a.txt")
    assert page == Page("  云岭\u3000市 \n\n报告\t末尾\n", "txt", "utf-8")


def test_markdown_marks_headings_and_leaves_the_text() -> None:
    page = read_bytes("# 报告\n\n正文 # 不是\n### 一、回顾\n#标签".encode(), "a.md")
    assert page.text == "# 报告\n\n正文 # 不是\n### 一、回顾\n#标签"
    assert [line.tag for line in page.lines] == ["h1", "p", "p", "h3", "p"]
    assert "\n".join(page.text[line.start : line.end] for line in page.lines) == page.text


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_saved_pages(encoding: str) -> None:
    from base64 import encodebytes
    from quopri import encodestring

    body = "<html><head><title>报告</title></head><body><p>云岭市＝工作报告</p></body></html>".encode("gbk")
    packed = {"base64": encodebytes, "quoted-printable": encodestring, "8bit": lambda raw: raw}[encoding](body)
    data = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\tboundary="b"\r\n\r\n'
        b'--b\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: '
        + encoding.encode()
        + b"\r\nContent-Location: http://yunling.example/1.htm\r\n\r\n"
        + packed
        + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nxx\r\n--b--\r\n"
    )
    page = read_bytes(data, "a.mht")
    assert (page.format, page.text, page.title) == ("mhtml", "云岭市＝工作报告", "报告")
    assert (page.encoding, page.url) == ("gb18030", "http://yunling.example/1.htm")


def test_a_saved_page_of_parts_nested_without_end() -> None:
    head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n\n"
    nest = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(3000))
    assert reason((head + nest).encode(), "a.mht") in ("damaged", "unsupported")


def test_mail_without_a_page() -> None:
    assert reason("MIME-Version: 1.0\nContent-Type: text/plain\n\n云岭".encode()) == "unsupported"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\0\0\0", b"\xef\xbb\xbf", "\u3000\n\xa0".encode()])
def test_empty(data: bytes) -> None:
    assert reason(data) == "empty"


@pytest.mark.parametrize("data", [bytes(range(256)) * 9, b"\x7fELF" + b"\1\0\2" * 200])
def test_binary(data: bytes) -> None:
    assert reason(data) == "binary"


def test_other_office_files() -> None:
    assert reason(OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "a.xls") == "unsupported"
    assert reason(b"PK\x03\x04 nothing more", "a.docx") == "damaged"


@pytest.mark.parametrize(("data", "kind"), [(WORD, "doc"), (rb"{\rtf1\ansi text}", "rtf")])
def test_old_word_files_need_libreoffice(data: bytes, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert reason(data, "a.doc") == f"{kind}_needs_libreoffice"


def program(folder: Path, script: str) -> None:
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
def test_old_word_files_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("云岭市工作报告")
    document.save(str(tmp_path / "ready"))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    # its arguments end in: --convert-to docx --outdir FOLDER FOLDER/input.doc
    program(tmp_path, f'cp "{tmp_path}/ready" "$7/input.docx"')
    page = read_bytes(WORD, "a.doc")
    assert (page.format, page.text) == ("doc", "云岭市工作报告")
    program(tmp_path, "exit 1")
    assert reason(WORD, "a.doc") == "damaged"
    monkeypatch.setattr(doc, "TIMEOUT", 0.2)
    program(tmp_path, "sleep 60 & wait")
    assert reason(WORD, "a.doc") == "timeout"


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases: dict[Path, str] = {tmp_path / "gone.txt": "unreadable", tmp_path: "unreadable", Path("a\0b"): "unreadable"}
    large = tmp_path / "large.txt"
    large.write_text("云岭" * 10, encoding="utf-8")
    cases[large] = "too_large"
    monkeypatch.setattr(reader, "MAX_BYTES", 50)
    for path, expected in cases.items():
        with pytest.raises(Rejected) as refusal:
            read(path)
        assert refusal.value.reason == expected


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Rejected) as refusal:
        read(tmp_path / "pipe.txt")
    assert refusal.value.reason == "unreadable"


def test_read_is_read_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "页.html"
    path.write_bytes(PAGE.encode("gbk"))
    assert read(path) == read_bytes(PAGE.encode("gbk"), "页.html")


HEADS = [
    b"", b"%PDF-1.4\n", b"PK\x03\x04", OLE, rb"{\rtf1", b"<html>", b"<!doctype html>", b"\xff\xfe", b"\xfe\xff",
    b"\xef\xbb\xbf", b"<meta charset=gbk>", b"<meta charset=utf-7></p>",
    b"\xff\xfe\0\0", b"MIME-Version: 1.0\nContent-Type: text/html\n\n",
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n",
    b"<?xml version='1.0' encoding='rot13'?><p>",
]  # fmt: skip
NAMES = [f"a.{suffix}" for suffix in (*FORMATS, "htm", "zip")] + ["a", ""]
BYTES = st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("gb18030", "replace")))


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(HEADS), BYTES, st.sampled_from(NAMES))
def test_any_bytes_give_a_page_or_a_refusal(head: bytes, data: bytes, name: str) -> None:
    try:
        page = read_bytes(head + data, name)
    except Rejected:
        return
    assert page.text.encode("utf-8").decode() == page.text  # no lone surrogates
    assert page.text.strip()
    assert "\r" not in page.text or page.format != "txt"
    assert 0 <= page.undecodable <= 1
    assert all(0 <= line.start <= line.end <= len(page.text) for line in page.lines)
