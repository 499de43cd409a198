"""Names of text files that every system can hold: Windows' rules, which are the strictest, and the length of a name on Linux."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus_tools.exports.cells import safe

BYTES = 180  # of a name in UTF-8, without its ending and what makes it unique; a file system holds 255 with them
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
# Devices of Windows, whatever comes behind a point.
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?")
_ENDING = re.compile(r"\.[A-Za-z]{1,5}\d?$")


def names(documents: Iterator[tuple[str, str]]) -> Iterator[str]:
    """A name for each document, of which source and doc_id are given: ``a/b.html`` becomes ``a_b.txt``.

    Two names are never the same, on systems either that take large and small letters for the same; where they would be, or
    where a name is too long, doc_id stands at its end.
    """
    taken = set[str]()
    for source, doc_id in documents:
        name = _plain(source)
        short = _short(name)
        short = f"{short}-{doc_id}" if short != name else short
        while _key(short) in taken:
            short = f"{short}-{doc_id}"
        taken.add(_key(short))
        yield f"{short}.txt"


def _plain(source: str) -> str:
    name = unicodedata.normalize("NFC", _ENDING.sub("", source))
    name = _FORBIDDEN.sub("_", name).strip(" .") or "_"
    # metadata.csv names the file as it is called, which no spreadsheet may take for a formula.
    return f"_{name}" if _RESERVED.fullmatch(name) or safe(name) != name else name


def _short(name: str) -> str:
    return name.encode("utf-8")[:BYTES].decode("utf-8", "ignore").strip(" .") or "_"


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
