"""Texts: wrong and broken encodings, halves of characters, NULs, lines without end."""

from __future__ import annotations

import codecs
import random

from danger import READ, REPORT, danger

UTF8 = REPORT.encode()
HALF = b"\xed\xa0\xbd"  # U+D83D alone: WTF-8
CESU = b"\xed\xa0\xbd\xed\xb8\x80"  # an emoji by its two halves


def _between(data: bytes, insert: bytes) -> bytes:
    """The bytes with others after each line."""
    return data.replace(b"\n", insert + b"\n")


def _noise(size: int) -> bytes:
    return random.Random(0).randbytes(size)


def _utf16(order: str, broken: bytes) -> bytes:
    return (
        codecs.BOM_UTF16_LE + broken + REPORT.encode(order) if order == "utf-16-le" else REPORT.encode(order) + broken
    )


TEXTS = (
    danger("one-line-of-50-mb.txt", lambda: "报告".encode() * 8_333_334, "too_large"),
    danger("one-line-of-9-mb.txt", lambda: "报".encode() * 3_000_000, READ),
    danger("many-characters.txt", lambda: "报告".encode("gbk") * 2_200_000, "too_large"),
    danger("many-lines.txt", lambda: "报\n".encode() * 400_001, "too_large"),
    danger("line-breaks.txt", lambda: b"\n" * 9_000_000 + UTF8, "too_large"),
    danger("a-letter-under-many-marks.txt", lambda: UTF8 + ("e" + "\u0301" * 100_000).encode(), READ),
    danger("directions-and-joiners.txt", lambda: ("\u202e\u200d\u2066\u200b" * 5000 + REPORT).encode(), READ),
    danger("private-use.txt", lambda: (REPORT + "\ue000\uf8ff\U000f0000\U0010fffd" * 200).encode(), READ),
    danger("escapes-of-a-terminal.txt", lambda: b"\x1b[2J\x1b]0;title\x07" + UTF8, READ),
    danger("nul-bytes-alone.txt", lambda: b"\0" * 5000, "empty"),
    danger("a-nul-in-each-line.txt", lambda: _between(UTF8, b"\0"), READ, "binary"),
    danger("a-nul-after-each-byte.txt", lambda: b"\0".join(UTF8[i : i + 1] for i in range(len(UTF8))), "binary"),
    danger("halves-in-utf-8.txt", lambda: _between(UTF8, HALF), READ),
    danger("pairs-of-halves.txt", lambda: _between(UTF8, CESU), READ),
    danger("halves-alone.txt", lambda: HALF * 400, READ, "binary"),
    danger("overlong-utf-8.txt", lambda: _between(UTF8, b"\xc0\xaf\xe0\x80\xaf"), READ),
    danger("beyond-unicode.txt", lambda: _between(UTF8, b"\xf4\x90\x80\x80\xff\xfe"), READ),
    danger("cut-in-a-character.txt", lambda: UTF8[:-3], READ),
    danger("half-of-a-pair-in-utf-16.txt", lambda: _utf16("utf-16-le", b"\x3d\xd8"), READ),
    danger("an-odd-byte-in-utf-16.txt", lambda: codecs.BOM_UTF16_BE + _utf16("utf-16-be", b"\x4e"), READ),
    danger("utf-32.txt", lambda: REPORT.encode("utf-32"), READ),
    danger("broken-utf-32.txt", lambda: codecs.BOM_UTF32_LE + b"\xff" * 401, READ, "binary"),
    danger("mark-of-utf-8-on-gbk.txt", lambda: codecs.BOM_UTF8 + REPORT.encode("gbk"), READ),
    danger("two-encodings.txt", lambda: UTF8 + REPORT.encode("gbk"), READ),
    danger("gbk-read-as-latin.txt", lambda: REPORT.encode("gbk").decode("latin-1").encode(), READ, "binary"),
    danger("escapes-of-hz.txt", lambda: b"~{" * 50_000, READ, "binary"),
    danger("escapes-of-iso-2022.txt", lambda: b"\x1b$B" * 50_000 + b"\x1b(B", READ, "binary"),
    danger("utf-7.txt", lambda: REPORT.encode("utf-7"), READ),
    danger("noise.txt", lambda: _noise(50_000), "binary"),
    danger("noise-without-controls.txt", lambda: bytes(b | 0x80 for b in _noise(50_000)), READ, "binary"),
    danger("brackets.txt", lambda: UTF8 + ("（" * 100_000).encode(), READ),
    danger("question-marks.txt", lambda: UTF8 + b"?" * 300_000, READ),
    danger("blanks.txt", lambda: "报".encode() + b" " * 300_000 + "告".encode(), READ),
    danger("stars.txt", lambda: UTF8 + b"***" * 100_000, READ),
    danger("figures.txt", lambda: UTF8 + b"2" * 300_000, READ),
    danger("headings.md", lambda: b"#" * 300_000 + b" " + UTF8, READ),
    danger("nothing.txt", lambda: b"", "empty"),
)
