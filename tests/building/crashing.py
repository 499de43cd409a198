"""A build that is killed, or that can write no more, at one of its steps on disk; and the build after it. Run as a program:

    python crashing.py HOW FOLDER EVERY

Prints JSON: one object for each step that was tried. A process that has everything loaded forks for each build, so that a
build takes a fraction of a second. A step is what changes files: one opened for writing, renamed or removed, a folder made or
removed, a table written.

``kill``: the process is gone at that step, a table half written. ``full``, ``readonly``: from that step on nothing can be
written, with the error of a full disk or a read-only one; on a full one names can still be moved and removed.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

KILLED = 137
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
MOVING = ("os.rename", "os.remove", "os.rmdir")
ERRORS = {"full": errno.ENOSPC, "readonly": errno.EROFS}


class Steps:
    """Counts the steps of this process below a folder, and stops it at the one that is chosen (0: never)."""

    def __init__(self, folder: Path, how: str, at: int) -> None:
        self.folder, self.how, self.at = str(folder), how, at
        self.count = 0
        sys.addaudithook(self._heard)

    def _heard(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[0], str) and (args[2] or 0) & WRITING:
            self.step(event, args[0])
        elif event in (*MOVING, "os.mkdir"):
            self.step(event, os.fsdecode(args[0]))

    def step(self, event: str, path: str) -> bool:
        """Count a step; says whether the process is to end in the middle of it."""
        # What is removed with a folder is named by its last name alone.
        ours = path.startswith(self.folder) or not Path(path).is_absolute()
        if not ours or (event == "os.mkdir" and Path(path).is_dir()):
            return False
        self.count += 1
        if not self.at or self.count < self.at:
            return False
        if self.how == "kill":
            if event == "table":
                return True
            os._exit(KILLED)
        if self.how == "readonly" or event not in MOVING:
            raise OSError(ERRORS[self.how], os.strerror(ERRORS[self.how]), path)
        return False


def command(raw: Path, out: Path, how: str, at: int) -> tuple[int, str, int]:
    """Build in a process of its own: the exit code of the command, what it says, and how many steps it took."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiver)
        with open(sender, "w", encoding="utf-8") as pipe:  # noqa: PTH123 - a descriptor
            answer = _build(raw, out, how, at)
            json.dump(answer, pipe)
            pipe.flush()
            os._exit(answer[0])
    os.close(sender)
    with open(receiver, encoding="utf-8") as pipe:  # noqa: PTH123 - a descriptor
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if not said:
        return os.waitstatus_to_exitcode(status), "", 0
    code, words, count = json.loads(said)
    return code, words, count


def _build(raw: Path, out: Path, how: str, at: int) -> tuple[int, str, int]:
    """What the command does, but for reading its words, which takes longer than such a build."""
    from corpus_tools.building.build import build
    from corpus_tools.cli import app
    from corpus_tools.config import Config

    def asked(**_: Any) -> int:
        return 3 if build(raw, out, config=Config(jobs=1), progress=False).rejected else 0

    steps = Steps(out, how, at)
    _tear_tables(steps)
    cli = sys.modules["corpus_tools.cli.app"]
    assert app is cli.app
    cli.app = asked
    words = io.StringIO()
    code: Any = 0
    with contextlib.redirect_stderr(words), contextlib.redirect_stdout(words):
        try:
            cli.main()
        except SystemExit as end:
            code = end.code or 0
        except BaseException as error:
            code, _ = 70, words.write(f"Traceback: {type(error).__name__}: {error}")
    steps.at = 0
    return int(code), words.getvalue(), steps.count


def _tear_tables(steps: Steps) -> None:
    """Arrow opens its files itself, and nobody hears of it."""
    import pyarrow.parquet as pq

    write = pq.write_table

    def written(table: Any, where: Any, *args: Any, **options: Any) -> None:
        ends = steps.step("table", str(where)) if isinstance(where, str | os.PathLike) else False
        write(table, where, *args, **options)
        if ends:
            os.truncate(where, Path(where).stat().st_size // 2)
            os._exit(KILLED)

    pq.write_table = written


def contents(out: Path) -> dict[str, str]:
    files = [p for p in sorted(out.rglob("*")) if p.is_file() and ".build" not in p.parts]
    return {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def opened(out: Path) -> str:
    """What ``load`` makes of the folder: ``whole``, or its error."""
    from corpus_tools.corpus.corpus import load
    from corpus_tools.errors import StoreError

    try:
        load(out).documents  # noqa: B018
    except StoreError as error:
        return str(error)
    return "whole"


def in_a_fork(function: Callable[[], Any]) -> Any:
    """The value of a function that starts threads, which must not be in the process that forks."""
    receiver, sender = os.pipe()
    if (child := os.fork()) == 0:
        with open(sender, "w", encoding="utf-8") as pipe:  # noqa: PTH123 - a descriptor
            json.dump(function(), pipe)
        os._exit(0)
    os.close(sender)
    with open(receiver, encoding="utf-8") as pipe:  # noqa: PTH123 - a descriptor
        value = json.load(pipe)
    os.waitpid(child, 0)
    return value


def tried(how: str, folder: Path, every: int) -> Iterator[dict[str, Any]]:
    """Every so many steps of a first build, and of a build after changes."""
    before, after, out = folder / "before", folder / "after", folder / "out"
    bases = {"first": None, "again": folder / "base"}
    assert command(before, folder / "base", "", 0)[0] in (0, 3)
    for name, base in bases.items():
        fresh(base, out)
        code, words, total = command(after, out, "", 0)
        assert code in (0, 3), words
        expected, old = contents(out), contents(base) if base else {}
        for at in range(1, total + 1, every):
            fresh(base, out)
            code, words, _ = command(after, out, how, at)
            between = contents(out)
            state = in_a_fork(lambda: opened(out))
            again, more, _ = command(after, out, "", 0)
            yield {
                "build": name,
                "at": at,
                "of": total,
                "exit": code,
                "said": words,
                "untouched": between == old,
                "load": state,
                "next": again,
                "next_said": more,
                "equal": contents(out) == expected,
                "left": [path.name for path in (out / ".build").rglob("*.tmp")],
            }


def fresh(base: Path | None, out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    if base:
        shutil.copytree(base, out)


def main() -> None:
    how, folder, every = sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3])
    from corpus_tools.building import build
    from corpus_tools.building.prepare import prepare
    from corpus_tools.building.runners import Here
    from corpus_tools.config import Config

    @contextlib.contextmanager
    def here(*_: Any) -> Iterator[Here]:
        yield Here()

    build.workers = here
    report = next(path for path in (folder / "after").rglob("*.txt") if path.stat().st_size)
    prepare(report.read_bytes(), report.name, config=Config(jobs=1))  # reads the dictionaries
    for name in in_a_fork(
        lambda: [command(report.parent, folder / "first", "", 0), opened(folder / "first"), *sys.modules][2:]
    ):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    print(json.dumps(list(tried(how, folder, every)), ensure_ascii=False))


if __name__ == "__main__":
    main()
