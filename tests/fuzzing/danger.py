"""What a dangerous file is: a name, its bytes, and what reading it must end with; and one way to read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from corpus_tools.document import Page
from corpus_tools.errors import Rejected
from corpus_tools.reading import read_bytes

READ = "read"  # the outcome of a file that becomes a Page

REPORT = (
    "2019年青岚市科协工作报告\n各位委员：\n现在，我代表常委会向大会报告工作，请予审议。\n一、过去一年的工作\n"
    "一年来，全市科协系统开展科普活动三百场，服务群众两万人次，各项任务如期完成。\n二、今后一年的任务\n"
    "我们要深入基层，为科技工作者办实事，为建设科技强市而努力。\n"
)


class Danger(NamedTuple):
    """A file called ``name`` with the bytes of ``make``; reading it ends with one of ``outcomes``: READ or a reason."""

    name: str
    make: Callable[[], bytes]
    outcomes: frozenset[str]


def danger(name: str, make: Callable[[], bytes], *outcomes: str) -> Danger:
    return Danger(name, make, frozenset(outcomes))


def attempt(data: bytes, name: str) -> Page | Rejected:
    """The page or the refusal; whatever else reading raises goes through."""
    try:
        return read_bytes(data, name)
    except Rejected as refusal:
        return refusal
