"""What else stands in folders: links that lead back or nowhere, pipes, sockets, devices, names that are no words."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from danger import READ, REPORT

NAMES = (
    "两\n行.txt", "🎉报告🏙️.txt", "\x1b[31m红.txt", "\u202e倒.txt", "上..\\..\\外.txt", "%2e%2e%2f外.txt", "-rf.txt", "$(报).txt",
    "'引\"号`.txt", " 空 .txt ", "点.txt.", "CON.txt", "nul", "é.txt", "e\u0301.txt", "\ufeff.txt", "\ue000.txt",
    "报" * 80 + ".txt", "a" * 255, "a,b;c\t.txt", "*?[x].txt", "file:﹕x.txt", "{}.txt", "\\xff.txt", "\\x5cxff.txt",
)  # fmt: skip
UNDECODABLE = (b"\xff.txt", b"\xb1\xa8\xb8\xe6.txt", b"\xed\xa0\x80.txt", b"\xc0\xaf.txt")


class Odd(NamedTuple):
    """A file's name below the folder, as the system gives it, and what must become of it: READ or a reason."""

    name: str
    outcome: str


def odd_files(folder: Path) -> Iterator[Odd]:
    """Fill an empty folder, as far as the system allows; names each file once."""
    for number, name in enumerate((*NAMES, *map(os.fsdecode, UNDECODABLE))):
        with contextlib.suppress(OSError):  # a system that knows no such name
            Path(folder, name).write_text(f"{REPORT}{number}\n", "utf-8")
            yield Odd(name, READ)
    yield from _links(folder)
    yield from _no_files(folder)


def _links(folder: Path) -> Iterator[Odd]:
    (folder / "round").mkdir()
    (folder / "round" / "在.txt").write_text(REPORT, "utf-8")
    yield Odd("round/在.txt", READ)
    for name, target in (("back", ".."), ("self", "self"), ("aside", "../round"), ("there", "nowhere")):
        (folder / "round" / name).symlink_to(target)
    yield Odd("round/self", "unreadable")
    yield Odd("round/there", "unreadable")
    (folder / "a link.txt").symlink_to("round/在.txt")
    yield Odd("a link.txt", READ)


def _no_files(folder: Path) -> Iterator[Odd]:
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")
        yield Odd("pipe.txt", "unreadable")
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as unheard:
        unheard.bind(os.path.relpath(folder / "socket.txt"))
        yield Odd("socket.txt", "unreadable")
    for device in ("zero", "random", "tty"):
        if Path("/dev", device).exists():
            (folder / f"{device}.txt").symlink_to(f"/dev/{device}")
            yield Odd(f"{device}.txt", "unreadable")
    with (folder / "hole.txt").open("wb") as hole:
        hole.truncate(1 << 40)
    yield Odd("hole.txt", "too_large")
    if hasattr(os, "geteuid") and os.geteuid():  # root reads everything
        (folder / "closed.txt").write_text(REPORT, "utf-8")
        (folder / "closed.txt").chmod(0)
        yield Odd("closed.txt", "unreadable")
