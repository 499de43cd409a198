"""MHTML (.mht, .mhtml): a browser's saved page, which is a mail message with the page as its first HTML part."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading.encoding import declared_charset
from corpus_tools.reading.html import page_of

# Python's parser asks each line whether it ends one of the parts that it stands in: lines times boundaries.
MAX_LINES = 1_000_000  # a page of 20 MB in base64 has 270,000
MAX_BOUNDARIES = 100  # browsers write one or two

_BOUNDARY = re.compile(rb"boundary\s*[*=]", re.IGNORECASE)


def read_mhtml(data: bytes, name: str) -> Page:
    """Read the first HTML part; url is its Content-Location unless the page itself names a canonical address."""
    if data.count(b"\n") > MAX_LINES:
        raise Rejected("read", "too_large", f"a saved page of more than {MAX_LINES:,} lines")
    if len(_BOUNDARY.findall(data)) > MAX_BOUNDARIES:
        raise Rejected("read", "damaged", f"a saved page with more than {MAX_BOUNDARIES} boundaries of parts")
    try:
        message = message_from_bytes(data)
        part = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
        body = part.get_payload(decode=True) if part is not None else None
    except Exception as error:  # the parser lets through whatever a broken message makes it stumble over
        raise Rejected("read", "damaged", f"not a saved page that can be read: {error}") from error
    if part is None or not isinstance(body, bytes):
        raise Rejected("read", "unsupported", "a mail message or web archive without an HTML page")
    charset = part.get_content_charset()
    page = page_of(body, declared=charset or declared_charset(body), url=_location(part) or _location(message))
    return replace(page, format="mhtml")


def _location(part: Message) -> str | None:
    found = part.get("Content-Location") or part.get("Snapshot-Content-Location")
    url = "".join(str(found).split()) if found else ""
    return url if url.lower().startswith(("http://", "https://")) else None
