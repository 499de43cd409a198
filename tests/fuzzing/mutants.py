"""Samples changed at random, as disks, crawlers and hasty hands change files: each mutant follows from its seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath
from random import Random

Sample = tuple[str, bytes]
CODECS = (
    "utf-8",
    "gb18030",
    "big5hkscs",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "hz",
    "shift_jis",
    "utf-7",
    "euc_kr",
)
ODD = (
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xed\xb2\xa9",
    b"\xc0\xaf",
    b"\x1a",
    b"\x1b$B",
    b"~{",
    b"\r",
    b"\xef\xbb\xbf",
    b"<",
    b"&#xD800;",
)
SUFFIXES = (".txt", ".html", ".htm", ".md", ".docx", ".doc", ".pdf", ".mht", ".rtf", "")


def flipped(data: bytes, chance: Random, other: bytes) -> bytes:
    """One bit to one in fifty bytes flipped."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, max(1, len(data) // 50))):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: Random, other: bytes) -> bytes:
    return data[: chance.randrange(len(data))] if chance.random() < 0.7 else data[chance.randrange(len(data)) :]


def recoded(data: bytes, chance: Random, other: bytes) -> bytes:
    """Read in one encoding and written in another, rightly or not."""
    text = data.decode(chance.choice(("utf-8", "gb18030", "latin-1")), chance.choice(("ignore", "replace")))
    return text.encode(chance.choice(CODECS), "replace")


def sprinkled(data: bytes, chance: Random, other: bytes) -> bytes:
    """Bytes that no text has, put in at random places."""
    places = sorted(chance.randrange(len(data)) for _ in range(chance.randint(1, 60)))
    pieces = [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]
    return chance.choice(ODD).join(pieces)


def spliced(data: bytes, chance: Random, other: bytes) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def repeated(data: bytes, chance: Random, other: bytes) -> bytes:
    """One piece of the file again and again, up to 200 kB."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.randint(2, 200_000 // len(piece)) + data[start:]


def shuffled(data: bytes, chance: Random, other: bytes) -> bytes:
    size = chance.choice((1, 2, 512, 4096))
    blocks = [data[i : i + size] for i in range(0, len(data), size)]
    chance.shuffle(blocks)
    return b"".join(blocks)


def zeroed(data: bytes, chance: Random, other: bytes) -> bytes:
    """A block lost by a disk."""
    start, size = chance.randrange(len(data)), chance.choice((1, 512, 4096))
    return data[:start] + b"\0" * size + data[start + size :]


def unwrapped(data: bytes, chance: Random, other: bytes) -> bytes:
    """All on one line."""
    return data.replace(b"\r", b"").replace(b"\n", b"")


def tagged(data: bytes, chance: Random, other: bytes) -> bytes:
    """Tags put in at random, closed or not."""
    places = sorted(chance.randrange(len(data)) for _ in range(chance.randint(1, 300)))
    tags = [
        chance.choice((b"<div>", b"</div>", b"<table><tr><td>", b"<p", b"</", b"<!--", b"<script>", b"<pre>"))
        for _ in places
    ]
    pieces = [data[a:b] for a, b in zip([0, *places], [*places, len(data)], strict=True)]
    return b"".join(part for pair in zip(pieces, [*tags, b""], strict=True) for part in pair)


CHANGES: tuple[Callable[[bytes, Random, bytes], bytes], ...] = (
    flipped, cut, recoded, sprinkled, spliced, repeated, shuffled, zeroed, unwrapped, tagged,
)  # fmt: skip


def samples(folders: Sequence[Path], *, largest: int = 2_000_000) -> list[Sample]:
    """The files of folders with their names, in order; empty ones and very large ones cannot be changed and stay out."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    found = [(path.name, path.read_bytes()) for path in paths if path.stat().st_size <= largest]
    return [(name, data) for name, data in found if data]


def mutants(given: Sequence[Sample], count: int, *, seed: int = 0) -> Iterator[Sample]:
    """Make ``count`` files of samples, each changed once or twice; one in ten has another ending than its content."""
    for number in range(count):
        chance = Random(f"{seed}/{number}")
        name, data = chance.choice(given)
        _, other = chance.choice(given)
        done = []
        for change in chance.sample(CHANGES, chance.choice((1, 1, 2))):
            data = change(data, chance, other) or b"\0"
            done.append(change.__name__)
        suffix = chance.choice(SUFFIXES) if chance.random() < 0.1 else PurePath(name).suffix
        yield f"{number:05d}-{'-'.join(done)}{suffix}", data
