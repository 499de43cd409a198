"""A worker's function with planted files: one hangs, one kills its process, one eats memory, one meets a bug."""

from __future__ import annotations

import os
import time
from pathlib import Path

from corpus_tools.corpus.parts import Job, Prepared, work


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


class Odd:
    """Cannot be read back by who receives it."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return int, ("no number",)


def answer(task: str) -> object:
    if task == "leaves":
        raise SystemExit(3)
    return Odd() if task == "odd" else task


def sleep(task: str) -> None:
    time.sleep(3600)
