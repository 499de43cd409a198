"""How far work has come: one line on a terminal or in a notebook that a person looks at, and nothing anywhere else.

It appears after two seconds and goes away when the work is done. Loops only count; a thread looks at their counts from time
to time and draws. So a step costs an addition, and a clock runs while a library is at work that tells of no steps. Work
inside other work shares its line: ``numbers of topics:  29%|██▍     | 2/7 k [00:31<01:17, refits 3/4]``.

Silent: output to a file or a pipe, a notebook that is run by a program (nbclient, nbconvert, papermill), so that what is stored
of it does not hang on the speed of a machine, and everything where the environment variable TQDM_DISABLE is set.
"""

from __future__ import annotations

import contextlib
import contextvars
import html
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from typing import Any, Protocol, TextIO, TypeVar

T = TypeVar("T")

PATIENCE = 2.0  # seconds of work before a line is shown
SETTLED = 1.0  # seconds of work inside other work before it is named; what is shorter would flicker
REST = 0.2  # seconds between two looks at the counts

METER = "{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} {unit} [{elapsed}<{remaining}{postfix}]"
COUNT = "{desc}: {n_fmt}/{total_fmt} {unit} [{elapsed}<{remaining}{postfix}]"
OPEN_COUNT = "{desc}: {n_fmt} {unit} [{elapsed}{postfix}]"
CLOCK = "{desc} [{elapsed}{postfix}]"


class Bar:
    """Work that goes on: add to ``done`` what is finished; ``note`` is said beside the count."""

    def __init__(self, name: str, unit: str, total: int | None, done: int) -> None:
        self.name, self.unit, self.total = name, unit, total if total != 1 else None  # 0 of 1 says nothing
        self.before = self.done = done
        self.note = ""
        self.began = time.monotonic()

    def __str__(self) -> str:
        return f"{self.name} {self.done}/{self.total}"


_open: list[Bar] = []  # the outermost first


@contextlib.contextmanager
def bar(name: str, *, unit: str = "", total: int | None = None, done: int = 0, show: bool = True) -> Iterator[Bar]:
    """Work of ``total`` steps, so many of them already done; without a total it has a name and a clock."""
    opened = Bar(name, unit, total, done)
    stop = _paint() if show and not _open else None
    _open.append(opened)
    try:
        yield opened
    finally:
        # With all inside it: an error keeps a loop of steps, and its bar, as long as its traceback is kept.
        with contextlib.suppress(ValueError):  # the end of an outer bar took it away, in another thread perhaps
            del _open[_open.index(opened) :]
        if stop:
            stop()


def steps(items: Iterable[T], name: str, *, unit: str, total: int | None = None) -> Iterator[T]:
    """The items, counted as they are asked for; ``total`` where they do not know their number."""
    number = len(items) if total is None and isinstance(items, Sized) else total
    with bar(name, unit=unit, total=number) as opened:
        for item in items:
            yield item
            opened.done += 1


class _Screen(Protocol):
    def show(self, bars: Sequence[Bar]) -> None: ...

    def clear(self) -> None: ...


def _paint() -> Callable[[], None] | None:
    """Begin to draw, where somebody looks; what ends it."""
    if (screen := _screen()) is None:
        return None
    over = threading.Event()
    # A notebook's kernel knows by the context which cell an output belongs to.
    painter = threading.Thread(target=contextvars.copy_context().run, args=(_look, screen, over), daemon=True)
    painter.start()

    def stop() -> None:
        over.set()
        painter.join()

    return stop


def _look(screen: _Screen, over: threading.Event) -> None:
    if over.wait(PATIENCE):
        return
    with contextlib.suppress(Exception):  # a terminal that was closed, a kernel that was stopped: that ends no work
        while True:
            now = time.monotonic()
            if bars := [one for n, one in enumerate(list(_open)) if n == 0 or now - one.began >= SETTLED]:
                screen.show(bars)
            if over.wait(REST):
                break
        screen.clear()


def _screen() -> _Screen | None:
    """Where a person looks."""
    if os.environ.get("TQDM_DISABLE"):
        return None
    stream: TextIO | None = sys.stderr  # None in programs without a console
    if stream is not None and stream.isatty():
        return _Terminal(stream)
    python = sys.modules.get("IPython")
    shell: Any = python.get_ipython() if python else None
    if hasattr(shell, "kernel") and shell.get_parent().get("content", {}).get("allow_stdin"):
        return _Notebook(shell)  # who cannot be asked for input does not look either
    return None


class _Terminal:
    """A line of standard error."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.write: Any = None

    def show(self, bars: Sequence[Bar]) -> None:
        from tqdm import tqdm

        self.write = self.write or tqdm.status_printer(self.stream)
        unicode = "utf" in (self.stream.encoding or "").lower()
        self.write(_line(bars, METER, columns=self._columns(), unicode=unicode))

    def _columns(self) -> int:
        try:
            return (os.get_terminal_size(self.stream.fileno()).columns or 80) - 1
        except OSError:
            return 79

    def clear(self) -> None:
        if self.write:
            self.write("")
            self.stream.write("\r")
            self.stream.flush()


class _Notebook:
    """An output of the cell, empty when the work is done; a kernel has no way to take back a single output."""

    def __init__(self, shell: Any) -> None:
        self.publisher, self.name, self.there = shell.display_pub, uuid.uuid4().hex, False

    def show(self, bars: Sequence[Bar]) -> None:
        main, line = bars[_main(bars)], _line(bars, COUNT)
        known = f' value="{main.done}" max="{main.total}"' if main.total else ""
        self._publish({"text/plain": line, "text/html": f"<progress{known}></progress> {html.escape(line)}"})

    def _publish(self, data: dict[str, str]) -> None:
        self.publisher.publish(data, transient={"display_id": self.name}, update=self.there)
        self.there = True

    def clear(self) -> None:
        if self.there:
            self._publish({})


def _main(bars: Sequence[Bar]) -> int:
    """The bar that is drawn: the outermost with a total, else the innermost."""
    return next((n for n, one in enumerate(bars) if one.total), len(bars) - 1)


def _line(bars: Sequence[Bar], form: str, *, columns: int | None = None, unicode: bool = True) -> str:
    from tqdm import tqdm

    at = _main(bars)
    main, names = bars[at], dict.fromkeys((bars[0].name, bars[at].name))
    if not main.total:
        form = OPEN_COUNT if main.done else CLOCK
    line: str = tqdm.format_meter(
        main.done, main.total, time.monotonic() - main.began, ncols=columns, ascii=not unicode, initial=main.before,
        prefix=", ".join(names), unit=main.unit, bar_format=form,
        postfix=", ".join(filter(None, [main.note, *(str(one) for one in bars[at + 1 :] if one.total)])),
    )  # fmt: skip
    return line
