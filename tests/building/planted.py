"""A worker's function with planted files: one hangs, one kills its process, one eats memory, one meets a bug."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

from corpus_tools.building.chunks import Job, Prepared, work


def planted(job: Job) -> Prepared:
    name = Path(job.source).stem
    if name == "hangs":
        time.sleep(3600)
    if name == "crashes":
        os._exit(7)
    if name == "eats":
        held = []
        while True:
            held.append(bytearray(50_000_000))
    if name == "bug":
        raise ZeroDivisionError("planted")
    return work(job)


def changed_after(job: Job) -> Prepared:
    prepared = work(job)
    if job.source == "a/01.txt":
        job.path.write_text("云渡县工会工作报告\n各位代表：\n我向大会报告工作。\n", "utf-8")
    return prepared


def eats_together(done: list[tuple[int, int]]) -> list[int]:
    """Cannot finish more than two tasks at once."""
    if len(done) > 2:
        raise MemoryError
    return [result for _, result in done]


def writes_on_a_full_disk(done: list[tuple[int, int]]) -> None:
    raise OSError(28, "No space left on device", "/disk/batch")


def dies_in_the_end(done: list[tuple[int, int]]) -> None:
    os._exit(9)


def dies_of_three(number: int) -> int:
    return os._exit(5) if number == 3 else -number


def dies_the_first_time(mark: Path) -> str:
    if mark.suffix and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return mark.name


class Odd:
    """Cannot be read back by who receives it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return int, ("no number",)


def answer(task: str) -> object:
    if task == "leaves":
        raise SystemExit(3)
    return Odd() if task == "odd" else task


def never_matches(task: str) -> None:
    re.match("(a+)+$", "a" * 60 + "b")


def sleep(task: str) -> None:
    time.sleep(3600)
