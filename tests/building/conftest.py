"""Small folders of reports to build from.

A build works on its files in this process, where the dictionary is loaded once; tests of the worker processes themselves are
marked ``workers`` and get them.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus_tools.building import batch, build, runners


def report(number: int, *, year: int = 2019) -> str:
    return (
        f"{year}年青岚市科协第{number}次全委会工作报告\n各位委员：\n现在，我代表常委会向大会报告工作，请予审议。\n"
        f"一、{year - 1}年工作回顾\n"
        f"一年来，全市科协组织开展科普活动{number}场，举办讲座{number + 3}次，服务群众{number * 7}人次。\n"
        f"二、{year}年工作任务\n深入开展全民科学素质行动，建设科普教育基地{number + 1}个，为科技工作者办实事。\n"
        "各位委员，让我们团结起来，为建设科技强市而努力奋斗！\n"
    )


class Sent(runners.Here):
    """This process, to which chunks and from which answers are sent through bytes all the same."""

    def run(self, function: Any, chunks: Any, finish: Any) -> Iterator[Any]:
        sent = (pickle.loads(pickle.dumps(chunk)) for chunk in chunks)
        for answer in super().run(function, sent, pickle.loads(pickle.dumps(finish))):
            yield pickle.loads(pickle.dumps(answer))


@contextlib.contextmanager
def here(*_: Any) -> Iterator[Sent]:
    """What ``build.workers`` gives, without processes."""
    yield Sent()


def run_here(function: Callable[[Any], Any], tasks: Any, **_: Any) -> Iterator[tuple[Any, Any]]:
    """What ``runners.run`` does, without its processes."""
    for pairs in Sent().run(function, ([task] for task in tasks), list):
        yield from pairs


@pytest.fixture(autouse=True)
def _in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "workers" not in request.keywords:
        monkeypatch.setattr(build, "workers", here)
        monkeypatch.setattr(batch, "run", run_here)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Twelve reports in two folders, a copy of one of them, and an empty file."""
    folder = tmp_path / "raw"
    for number in range(12):
        place = folder / ("a" if number % 2 else "b")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:02d}.txt").write_text(report(number + 1, year=2012 + number), "utf-8")
    (folder / "z-copy.txt").write_text(report(1, year=2012), "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    return folder


@pytest.fixture(scope="session")
def written() -> Callable[..., str]:
    """A report by its number and ``year``."""
    return report


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, str]]:
    """The files of a corpus folder with their hashes, the build's own notes left out."""

    def read(out: Path) -> dict[str, str]:
        files = [p for p in sorted(out.rglob("*")) if p.is_file() and ".build" not in p.parts]
        return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    return read
