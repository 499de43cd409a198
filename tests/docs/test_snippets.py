"""Every snippet of the READMEs and of docs/ runs, and prints what the page shows."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pages
import pytest
from pages import PAGES, Block

import corpus_tools as ct

ELSEWHERE = ("not run:", "changed package")  # comments above blocks that do not run here


# Both READMEs hold the same blocks (test_readme.py); the lines of commands.md are the examples of --help, tested with it.
RUN_ELSEWHERE = ("README.zh-CN.md", "commands.md")


@pytest.mark.parametrize("page", [p for p in PAGES if p.name not in RUN_ELSEWHERE], ids=lambda page: page.name)
def test_the_page_runs(page: Path, place: Path) -> None:
    mpl.use("agg")
    scope: dict[str, object] = {"__name__": "__main__", "ct": ct, "corpus": ct.load("processed")}
    for block in pages.blocks(page):
        if name := pages.written(block):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(block.code, "utf-8")
        elif not block.mark.startswith(ELSEWHERE) and not pages.of_ci(block):
            printed = _run(block, scope, page)
            if block.output is not None:
                assert pages.same(printed, block.output), f"{page.name}, line {block.line} prints\n{printed}"


def _run(block: Block, scope: dict[str, object], page: Path) -> str:
    if block.language == "python":
        return pages.run_python(block, scope, page)
    return pages.run_bash(block) if block.language == "bash" else ""


def test_blocks_that_cannot_run_say_why() -> None:
    marked = [block for page in PAGES for block in pages.blocks(page) if block.mark.startswith("not run:")]
    assert all(len(block.mark) > len("not run: ") + 10 for block in marked)
    assert len(marked) == 0  # count them here, so that none is left out unseen


def test_most_blocks_run() -> None:
    blocks = [block for page in PAGES for block in pages.blocks(page)]
    run = [block for block in blocks if block.language in ("python", "bash") and not pages.of_ci(block)]
    assert len(run) >= 40
    assert sum(block.output is not None for block in run) >= 8


def test_what_is_printed_is_compared() -> None:
    assert pages.same(" a  \nb\n", " a\nb")
    assert pages.same("a\nb\nc\n", "a\n…")
    assert not pages.same("a\nb\n", "a\nc")
    assert not pages.same("a.b\n", "a+b")
