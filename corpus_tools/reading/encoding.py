"""Bytes to text: byte order mark, strict UTF-8, declared charset, detector, and a contest of the Chinese encodings.

The order matters less than the judge: a candidate is worth the share of its non-ASCII characters that are common
Chinese ones, so that GB18030, which decodes almost any bytes, cannot win by decoding without complaint.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

from corpus_tools.characters import HAN, common_characters
from corpus_tools.errors import Rejected

BOMS = (  # longest first: the UTF-32 mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A page that says gb2312 or gbk is written in some year's Windows code page: 镕, · and — are outside gb2312.
FAMILIES = (
    (re.compile(r"(x-)?(gb|cp936|ms936|euc-?cn|chinese|iso-ir-58|csgb)"), "gb18030"),
    (re.compile(r"(x-)*(big-?5|cp950|csbig5|cn-big5)"), "big5hkscs"),
    (re.compile(r"hz"), "hz"),
)
EAST_ASIAN = {"shift_jis", "cp932", "euc_jp", "euc-jp", "euc_kr", "euc-kr", "cp949", "iso2022_jp", "hz"}

SAMPLE = 1 << 14  # bytes, ASCII runs cut short: 5,000 characters or more, where 20 settled every choice in trials
CONVINCING = 0.5  # 245 real reports: at least .98 in their own encoding, at most .51 in another; damage costs some
ALIKE = 0.9  # every character common: Greek, Cyrillic and accented Latin read as GBK stay below
BIG5_LEAD = 0.1  # GBK text decoded as Big5 often looks half common; the rarer encoding must be clearly better
BIG5_LEAST = 4  # characters outside ASCII; fewer say nothing about GBK against Big5, and GBK is the likelier
BAD_WEIGHT = 3  # an undecodable character speaks louder than an uncommon one
# In these no byte of another character is one that a control character has, so that bytes can be counted.
ASCII_ALONE = ("utf-8", "gb18030", "big5hkscs")
MAX_CONTROL = 0.01  # real text has none, random bytes have 11 %
MAX_UNDECODABLE = 0.3  # above this what is left cannot be read by a person either

_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_ASCII_RUN = re.compile(rb"[\x00-\x7f]{10,}")
_HAN = re.compile(f"[{HAN}]")
# Java and old databases write a character beyond U+FFFF as its two UTF-16 halves in UTF-8 each (CESU-8).
_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


class Decoded(NamedTuple):
    """Text with universal newlines, the codec that gave it, and the share of characters it could not decode."""

    text: str
    encoding: str
    undecodable: float


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    r"""Turn the bytes of a text file into text.

    ``declared`` is what the file says of its own charset, and is believed only if it fits. ``\r\n`` and lone ``\r``
    become ``\n``, byte order marks at the start are dropped. Raises Rejected("read", "binary") for bytes that are no
    text. Damaged bytes defeat detectors that demand a clean decode; resiliparse's, which is asked here, does not.
    """
    text, codec, bad = _plain_utf8(data) or _chosen(data, declared)
    text = text.lstrip("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = _controls(data) if codec in ASCII_ALONE else len(_CONTROL.findall(text))
    if controls > MAX_CONTROL * len(text) or bad > MAX_UNDECODABLE:
        raise Rejected("read", "binary", f"not a text in an encoding known here (tried {codec})")
    return Decoded(text, codec, bad)


def _plain_utf8(data: bytes) -> Decoded | None:
    """What needs no further question: valid UTF-8 without marks and NULs that has a Chinese character near its start."""
    if b"\0" in data or data.startswith(codecs.BOM_UTF8) or _mostly_control(data[:SAMPLE]):
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        return None
    return Decoded(text, "utf-8", 0.0) if _HAN.search(text, 0, SAMPLE // 4) else None


def _chosen(data: bytes, declared: str | None) -> Decoded:
    codec = choose(data, declared=declared)
    if not codec.startswith("utf"):
        data = data.removeprefix(codecs.BOM_UTF8)  # before other bytes it is no letter, and would shift all pairs
    text, bad = _decode(data, codec)
    return Decoded(text, codec, bad)


def choose(data: bytes, *, declared: str | None = None) -> str:
    """Name the codec to decode ``data`` with."""
    marked = next((codec for mark, codec in BOMS if data.startswith(mark)), None)
    if marked and (marked != "utf-8-sig" or _clean(data, "utf-8")):
        return marked
    if not marked and b"\0" in data:
        wide = _wide(data)
        if wide:
            return wide
    if _mostly_control(data[:SAMPLE]):
        raise Rejected("read", "binary", "control characters where text should be")
    said = _codec(declared)
    if said == "hz" and data.isascii():
        return said
    # What has a Chinese character near its start is no chance, and a sample, made of all of it, need not be asked.
    if _clean(data, "utf-8") and (_has_han(data[:SAMPLE], "utf-8") or not _utf8_by_chance(_dense(data), said)):
        return "utf-8"
    return _contest(data, _dense(data), said)


def _utf8_by_chance(sample: bytes, declared: str | None) -> bool:
    """Whether valid UTF-8 is rather a few Chinese characters in GBK, of which 联通 is the classic case."""
    text, _ = _decode(sample, "utf-8")
    if text.isascii() or _HAN.search(text):
        return False
    letters = sum(c.isascii() and c.isalpha() for c in text)  # naïve, café: French has many of them
    outside = sum(not c.isascii() for c in text)
    alike = _clean(sample, "gb18030") and _score(sample, "gb18030") >= ALIKE and outside > letters
    return alike or declared in ("gb18030", "big5hkscs")


def declared_charset(data: bytes) -> str | None:
    """Give the charset that an HTML or XML file declares in its head, as written, or None."""
    from bs4.dammit import EncodingDetector

    # It looks at a twentieth, in time that grows with the square of it.
    return EncodingDetector.find_declared_encoding(data[: 20 * SAMPLE], is_html=True)


def _codec(label: str | None) -> str | None:
    """Python's codec for a charset label; None for none, for unknown ones and for those a page cannot truly mean."""
    if not label:
        return None
    name = label.strip().lower().replace("_", "-")
    family = next((codec for pattern, codec in FAMILIES if pattern.match(name)), None)
    if family:
        return family
    from resiliparse.parse.encoding import map_encoding_to_html5

    # Only WHATWG names come back, so neither utf-7 nor a Python transform (rot13, zlib) is run on a stranger's word.
    codec = map_encoding_to_html5(name)
    return None if codec is None or codec.startswith(("utf-16", "utf-32")) else codec


def _contest(data: bytes, sample: bytes, declared: str | None) -> str:
    if declared in EAST_ASIAN and _clean(data, declared):
        return declared
    detected = _detect(sample)
    scores = {codec: _score(sample, codec) for codec in (declared, detected, "utf-8", "gb18030") if codec}
    best = max(scores, key=lambda codec: scores[codec])
    if best == "gb18030" and scores[best] > 1 - BIG5_LEAD:  # too good for Big5 to lead
        return best
    scores.setdefault("big5hkscs", _score(sample, "big5hkscs"))
    best = max(scores, key=lambda codec: scores[codec])
    if best == "big5hkscs" and declared != best:
        text, _ = _decode(sample, best)
        few = sum(not c.isascii() for c in text) < BIG5_LEAST
        if few or scores[best] - scores["gb18030"] < BIG5_LEAD:
            best = "gb18030"
    if scores[best] >= CONVINCING or (best == "gb18030" and _clean(data, best) and _has_han(sample, best)):
        return best
    return next((codec for codec in (declared, detected) if codec and _clean(data, codec)), best)


def _detect(sample: bytes) -> str | None:
    from resiliparse.parse.encoding import detect_encoding

    return _codec(detect_encoding(sample, max_len=0, html5_compatible=False))


def _score(sample: bytes, codec: str) -> float:
    """Share of common Chinese characters among those outside ASCII, less what could not be decoded; 0 for none."""
    text, _ = _decode(sample, codec)
    outside = len(text) - len(text.encode("ascii", "ignore"))
    if not outside:
        return 0.0
    bad = text.count("\ufffd")
    if text[-1] == "\ufffd":
        bad -= 1  # a last character cut in two is no sign of a wrong codec
    common = len(text) - len(_common().sub("", text))
    return (common - BAD_WEIGHT * bad) / outside


@cache
def _common() -> re.Pattern[str]:
    """A run of common Chinese characters: counted by an expression in a twentieth of the time that asking a set takes."""
    return re.compile(f"[{re.escape(''.join(sorted(common_characters())))}]+")


def _dense(data: bytes) -> bytes:
    """A sample with long ASCII runs (scripts, tags) cut short: two bytes stay, since they may end a character."""
    dense = data if len(data) <= SAMPLE else _ASCII_RUN.sub(lambda run: run[0][:2] + b" ", data)
    return dense[:SAMPLE]


def _decode(data: bytes, codec: str) -> tuple[str, float]:
    """Text and the share of it that decoding had to replace (characters lost already in the source do not count)."""
    try:
        return data.decode(codec), 0.0
    except UnicodeError:
        text = (_whole(data) if codec.startswith("utf-8") else data).decode(codec, "replace")
    lost = text.count("\ufffd")
    if codec in ("utf-8", "utf-8-sig", "gb18030"):
        lost -= data.count("\ufffd".encode(codec.removesuffix("-sig")))
    return text, max(lost, 0) / max(len(text), 1)


def _whole(data: bytes) -> bytes:
    """UTF-8 with its pairs of UTF-16 halves joined; a half alone is one undecodable character, not three."""

    def joined(pair: re.Match[bytes]) -> bytes:
        halves = pair[0].decode("utf-8", "surrogatepass")
        return halves.encode("utf-16", "surrogatepass").decode("utf-16").encode()

    return _HALF.sub("\ufffd".encode(), _PAIR.sub(joined, data))


def _clean(data: bytes, codec: str) -> bool:
    """Whether the codec decodes all but perhaps a last character that was cut in two."""
    try:
        codecs.getincrementaldecoder(codec)("strict").decode(data, final=False)
    except UnicodeError:
        return False
    return True


def _has_han(sample: bytes, codec: str) -> bool:
    return bool(_HAN.search(_decode(sample, codec)[0]))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: its line breaks and ASCII leave NUL bytes; only the right byte order gives common text."""
    head = data[: SAMPLE // 2 * 2]
    for codec in ("utf-16-le", "utf-16-be"):
        if _clean(head, codec):
            text, _ = _decode(head, codec)
            if not _CONTROL.search(text) and (text.isascii() or _score(head, codec) >= CONVINCING):
                return codec
    return None


def _mostly_control(head: bytes) -> bool:
    return _controls(head) > MAX_CONTROL * len(head)


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROL_BYTES))
