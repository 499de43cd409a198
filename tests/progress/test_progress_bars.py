"""Bars that tell how far work has come: seen by a person who waits, and by nobody else."""

from __future__ import annotations

import inspect
import os
import re
import select
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

import corpus_tools as ct
from corpus_tools import progress

NEVER = 3600.0  # a patience that no test outlasts
# Three files; after the first the work waits to be told to go on, however slow the machine is.
WORK = """
import sys
from corpus_tools import progress

progress.PATIENCE = {patience}
for number in progress.steps(["a", "b", "c"], "reading", unit="files"):
    if number == "b" and {waits}:
        sys.stdin.readline()
print("done", file=sys.stderr)
"""


class Recorder:
    """A screen that keeps its lines, and tells when it has one that holds some words."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.changed = threading.Condition()

    def show(self, bars):
        with self.changed:
            self.lines.append(progress._line(bars, progress.COUNT))
            self.changed.notify_all()

    def clear(self):
        with self.changed:
            self.lines.append("")
            self.changed.notify_all()

    def wait_for(self, words: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: any(words in line for line in self.lines), timeout=60), self.lines


@pytest.fixture
def screen(monkeypatch):
    found = Recorder()
    monkeypatch.setattr(progress, "_screen", lambda: found)
    for name in ("PATIENCE", "SETTLED"):
        monkeypatch.setattr(progress, name, 0.0)
    monkeypatch.setattr(progress, "REST", 0.001)
    return found


def on_terminal(patience: float, *, until: str | None, **environment: str) -> str:
    """What the work writes on a terminal, which goes on when it has shown ``until``; with None it need not wait."""
    import pty

    parent, child = pty.openpty()
    code = WORK.format(patience=patience, waits=until is not None)
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stderr=child, env={**os.environ, **environment}
    )
    os.close(child)
    written = b""
    while select.select([parent], [], [], 60)[0]:
        try:
            read = os.read(parent, 4096)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        written += read
        if until is not None and until in written.decode(errors="ignore"):
            until = None
            process.stdin.write(b"\n")
            process.stdin.flush()
    os.close(parent)
    assert process.wait(60) == 0
    process.stdin.close()
    return written.decode()


def left_on(written: str) -> list[str]:
    """The lines of a terminal after what was written: a carriage return goes back to the beginning of the line."""
    lines = []
    for text in written.replace("\r\n", "\n").split("\n"):
        shown: list[str] = []
        for piece in text.split("\r"):
            shown[: len(piece)] = piece
        lines.append("".join(shown).rstrip())
    return lines


needs_terminals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")


@needs_terminals
def test_a_terminal_shows_a_bar_while_work_goes_on_and_nothing_of_it_afterwards():
    written = on_terminal(0.0, until="1/3 files")
    assert re.search(r"\rreading:  33%\|[^|]+\| 1/3 files \[\d\d:\d\d<", written)
    assert left_on(written) == ["done", ""]


@needs_terminals
def test_work_that_is_done_before_patience_ends_shows_nothing():
    assert on_terminal(NEVER, until=None) == "done\r\n"


@needs_terminals
def test_tqdm_disable_silences_a_terminal():
    assert on_terminal(0.0, until=None, TQDM_DISABLE="1") == "done\r\n"


@needs_terminals
def test_a_terminal_without_unicode_gets_a_bar_of_plain_letters():
    written = on_terminal(0.0, until="1/3 files", PYTHONIOENCODING="ascii")
    assert re.search(r"\|#+\d? *\| 1/3 files", written)


def test_a_pipe_gets_nothing():
    code = WORK.format(patience=0.0, waits=False)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert (run.stdout, run.stderr) == ("", "done\n")


def test_steps_are_the_items_in_their_order():
    assert list(progress.steps(["b", "a"], "letters", unit="letters")) == ["b", "a"]
    assert list(progress.steps(iter([2, 1]), "numbers", unit="numbers", total=2)) == [2, 1]
    assert progress._open == []


def test_a_count_without_a_total_is_open_and_a_single_step_is_a_clock(screen):
    for _ in progress.steps(iter("abc"), "letters", unit="signs"):
        screen.wait_for("letters [00:")
    for number, _ in enumerate(progress.steps(iter("abc"), "letters", unit="signs")):
        if number == 2:
            screen.wait_for("letters: 2 signs [00:")
    for _ in progress.steps(["whole"], "one", unit="parts"):
        screen.wait_for("one [00:")
    assert not any("/" in line for line in screen.lines)


def test_work_inside_work_shares_its_line(screen):
    with progress.bar("topics"):
        for k in progress.steps([5, 10, 20], "compared", unit="numbers"):
            with progress.bar("resampling"):
                for refit in progress.steps(range(4), "refits", unit="fits"):
                    if k == 10 and refit == 3:
                        screen.wait_for("topics, compared: 1/3 numbers [00:")
                        screen.wait_for(", refits 3/4]")
    assert screen.lines[-1] == ""
    assert screen.lines.count("") == 1  # one line from beginning to end


def test_what_was_done_before_is_counted_and_does_not_make_the_rest_look_fast(screen):
    with progress.bar("files", unit="files", total=1000, done=990) as bar:
        screen.wait_for("files: 990/1000 files [00:00<?")
        bar.note = "rejected 2"
        screen.wait_for("rejected 2]")


def test_silent_work_silences_what_is_inside(screen):
    with progress.bar("build", show=False), progress.bar("files", total=2):
        pass
    assert screen.lines == []


def test_errors_and_loops_that_are_left_early_close_their_bars(screen):
    @progress.bar("topics")
    def fails():
        for _ in progress.steps([1, 2], "fits", unit="fits"):
            screen.wait_for("fits")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    for _ in progress.steps([1, 2], "fits", unit="fits"):
        break
    assert progress._open == []
    assert screen.lines[-1] == ""


def test_an_error_whose_traceback_is_kept_keeps_no_bar_open(screen):
    def fails():
        with progress.bar("topics"):
            each = progress.steps([1, 2], "fits", unit="fits")
            for _ in each:
                raise KeyError

    with pytest.raises(KeyError) as kept:  # as a notebook keeps the last error
        fails()
    assert progress._open == []
    with progress.bar("later"):
        screen.wait_for("later [00:")
    del kept
    assert progress._open == []


@pytest.mark.parametrize(
    ("module", "inner", "call"),
    [
        ("building.describe", "_of_file", lambda file: ct.describe.files([file])),
        ("building.scripts", "_rows", lambda file: ct.scripts([file])),
        ("building.sites", "_row", lambda file: ct.sites([file])),
        ("analysis.counts", "line_cutter", lambda file: ct.term_matrix([file.name])),
    ],
)
def test_functions_of_files_and_texts_leave_no_bar_behind_an_error(module, inner, call, monkeypatch, tmp_path):
    def fails(*_, **__):
        raise KeyError

    (tmp_path / "a.txt").write_text("云溪县科协工作报告", "utf-8")
    monkeypatch.setattr(f"corpus_tools.{module}.{inner}", (lambda *_, **__: fails) if inner == "line_cutter" else fails)
    with pytest.raises(KeyError) as kept:
        call(tmp_path / "a.txt")
    assert progress._open == []
    del kept


def test_an_outer_bar_may_end_in_another_thread_first(monkeypatch):
    class Ended(list):
        def index(self, *args):
            self.clear()
            return super().index(*args)

    monkeypatch.setattr(progress, "_open", Ended())
    with progress.bar("topics"):
        pass
    assert progress._open == []


def test_a_decorated_function_keeps_its_name_and_signature():
    assert list(inspect.signature(ct.keywords.keyness).parameters)[:2] == ["corpus", "by"]
    assert ct.keywords.keyness.__name__ == "keyness"


def of_a_corpus() -> list[tuple[str, object]]:
    """The public functions of analyses that go through a corpus."""
    found = []
    for name in ct.__all__:
        value = getattr(ct, name)
        members = [(f"{name}.{one}", getattr(value, one)) for one in getattr(value, "__all__", ())]
        for called, function in members if isinstance(value, ModuleType) else [(name, value)]:
            if inspect.isfunction(function) and function.__module__.startswith("corpus_tools.analysis"):
                parameters = list(inspect.signature(function).parameters.values())
                if parameters and parameters[0].annotation == "Corpus":
                    found.append((called, function))
    return found


@pytest.mark.parametrize(("name", "function"), of_a_corpus(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_analysis_of_a_corpus_tells_how_far_it_is(name, function, monkeypatch):
    opened = []
    monkeypatch.setattr(progress, "_paint", lambda: opened.append(progress._open) and None)
    with pytest.raises((TypeError, AttributeError)):
        function(
            None, *[None] * (sum(p.default is p.empty for p in inspect.signature(function).parameters.values()) - 1)
        )
    assert opened, f"{name} opens no bar: @progress.bar(…)"


def test_there_are_analyses_to_ask():
    assert len(of_a_corpus()) > 30


def test_bars_are_drawn_in_one_place():
    package = Path(ct.__file__).parent
    users = [path.name for path in package.rglob("*.py") if "import tqdm" in path.read_text("utf-8")]
    assert users == ["progress.py"]
