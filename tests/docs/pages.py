"""The pages of the documentation: their code blocks, and how a block is run.

A ```python or ```bash block is run; a ```text block directly below it is what it prints, compared line by line ("…" stands for
any lines). A comment directly above a block says otherwise:

- ``<!-- not run: why -->``: the block cannot run here (counted in test_snippets.py);
- ``<!-- file: NAME -->``: the block is a file of that name, written before the next block runs;
- ``<!-- changed package -->``: it runs with the changes that docs/extending.md shows (test_extending.py);
- ``<!-- run -->``, ``<!-- test -->``: the two commands, which .ci/run runs in environments of their own.

Of a bash block the commands of ``corpus-tools`` run, in this process. Those of ``SETTING_UP`` make an environment or lead to a
folder, and are left out; anything else is an error. Code in other languages than these two is not run.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from command import ROOT, run

PAGES = [*sorted(ROOT.glob("README*.md")), *sorted(ROOT.glob("docs/*.md"))]
SETTING_UP = ("python3 -m venv", ". .venv", "pip install", "python -m pytest", "cd ")
DONE, SOME_REJECTED = 0, 3  # raw/rejects holds two files that cannot become documents

_BLOCK = re.compile(
    r"(?:^ *<!-- (?P<mark>.*?) -->\n)?^(?P<indent> *)```(?P<language>\w*)\n(?P<code>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """A block of code: its line on the page, language, text, the comment above it, and what it prints if the page says so."""

    line: int
    language: str
    code: str
    mark: str
    output: str | None


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    found = list(_BLOCK.finditer(text))
    for block, below in zip(found, [*found, None][1:], strict=True):
        output = None
        if below and below["language"] == "text" and not text[block.end() : below.start()].strip():
            output = _flush(below)
        line = text.count("\n", 0, block.start("code")) + 1
        yield Block(line, block["language"], _flush(block), block["mark"] or "", output)


def _flush(block: re.Match[str]) -> str:
    """The block's lines, without the indent of the list that it stands in."""
    return re.sub(rf"^ {{{len(block['indent'])}}}", "", block["code"], flags=re.MULTILINE)


def of_ci(block: Block) -> bool:
    """Whether .ci/run runs the block, as a person with an empty machine does."""
    return block.mark in ("run", "test")


def written(block: Block) -> str | None:
    """The name of the file that the block is."""
    return block.mark.removeprefix("file: ") if block.mark.startswith("file: ") else None


def run_python(block: Block, scope: dict[str, object], page: Path) -> str:
    """What the block prints; its lines keep the page's numbers, so that a traceback leads there."""
    printed = io.StringIO()
    code = compile("\n" * (block.line - 1) + block.code, str(page), "exec")
    with contextlib.redirect_stdout(printed):
        exec(code, scope)
    return printed.getvalue()


def run_bash(block: Block) -> str:
    """What the block's commands write to standard output, or into the file behind ``>``."""
    printed = ""
    for command in commands(block):
        words = shlex.split(command, comments=True)
        target = Path(words[words.index(">") + 1]) if ">" in words else None
        result = run(*(words[1 : words.index(">")] if target else words[1:]))
        assert result.returncode in (DONE, SOME_REJECTED), f"line {block.line}: {command}\n{result.stderr}"
        if target:
            target.write_text(result.stdout, "utf-8")
        else:
            printed += result.stdout
    return printed


def commands(block: Block) -> list[str]:
    """The commands of corpus-tools in a bash block."""
    lines = block.code.replace("\\\n", " ").splitlines()
    found = [command.strip() for line in lines for command in line.split("&&")]
    found = [command for command in found if command and not command.startswith(("#", *SETTING_UP))]
    wrong = [command for command in found if not command.startswith("corpus-tools ")]
    assert not wrong, f"line {block.line}: not of corpus-tools: {wrong}"
    return found


def same(printed: str, shown: str) -> bool:
    """Whether this was printed; blanks at the end of lines do not matter."""
    lines = [re.escape(line.rstrip()) for line in shown.strip("\n").splitlines()]
    pattern = "\n".join(lines).replace("\n…", "(?:\n.*)*")
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())) is not None
