"""Makes docs/commands.md, the reference of every verb, from what ``--help`` is made of.

    python tools/make_commands_page.py

tests/interface/test_page_of_commands.py fails where the page is not the one that this makes.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import typer

from corpus_tools.cli import app
from corpus_tools.cli import help as verb_help

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "commands.md"
EXCEPTIONS = ROOT / "tests" / "interface" / "exceptions.toml"
SHARED = (verb_help.WORDS, verb_help.SLOGANS, verb_help.DOCUMENTS, verb_help.SETTINGS, verb_help.OUTPUT)

Words = tuple[str, str, str]  # an option as it is written, its meaning, its section

HEAD = """# Commands

Every verb of `corpus-tools`: what comes out, its options with their defaults, and lines that work in a copy of the
repository once `corpus-tools demo` has made `processed/`. `corpus-tools VERB --help` says the same. What each column
means is in [columns](columns.md), or `corpus-tools columns NAME`; settings that last are keys of
[`corpus.toml`](settings.md).

Tables go to standard output, words and bars to standard error.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | failed: one line says why; of `check`: there are findings |
| 2 | wrong use: one line says what is right |
| 3 | done, but some files were rejected or could not be read |
| 130 | stopped by Ctrl-C |

## Options of many verbs

`OUT` is a corpus folder, made by `build`. Each verb's section names the options that it takes of these, with their
defaults there.
"""

PYTHON = """
## What only Python has

Functions without a verb, and options of functions that no option of a verb reaches, each with its reason.

| name | reason |
| --- | --- |
"""


def page() -> str:
    """The page as it should be."""
    program: Any = typer.main.get_command(app)
    shared = _shared(program)
    parts = [HEAD, *_shared_tables(shared)]
    for title, names in verb_help.SECTIONS.items():
        parts.append(f"\n## {title}\n")
        for name in names:
            parts += _room(name, program.commands[name], shared)
    return "".join([*parts, PYTHON, *_python_only()])


def _shared(program: Any) -> set[Words]:
    """What several verbs have in the same words."""
    found = Counter(_words(entry) for command in _verbs(program) for entry in verb_help.entries(command))
    return {words for words, times in found.items() if times > 1 and words[2] in SHARED}


def _shared_tables(shared: set[Words]) -> list[str]:
    program: Any = typer.main.get_command(app)
    order = dict.fromkeys(_words(entry) for command in _verbs(program) for entry in verb_help.entries(command))
    return [
        f"\n**{title}**\n\n| option | meaning |\n| --- | --- |\n"
        + "".join(f"| {_code(w[0])} | {_cell(w[1])} |\n" for w in order if w in shared and w[2] == title)
        for title in SHARED
    ]


def _words(entry: verb_help.Entry) -> Words:
    return entry.written, entry.help, entry.section


def _verbs(command: Any) -> list[Any]:
    inner = getattr(command, "commands", None)
    return [command] if inner is None else [verb for one in inner.values() for verb in _verbs(one)]


def _room(name: str, command: Any, known: set[Words]) -> list[str]:
    if not hasattr(command, "commands"):
        return _verb(name, command, known, level=3)
    verbs = [_verb(f"{name} {verb}", inner, known, level=4) for verb, inner in command.commands.items()]
    return [f"\n### {name}\n\n{command.help}\n", *(part for verb in verbs for part in verb)]


def _verb(path: str, command: Any, known: set[Words], *, level: int) -> list[str]:
    entries = verb_help.entries(command)
    own = [entry for entry in entries if _words(entry) not in known and entry.written != "OUT"]
    shared = [entry for entry in entries if _words(entry) in known]
    usage = " ".join(["corpus-tools", path, *verb_help.arguments(command), "[OPTIONS]"])
    paragraphs = [_text(part) for part in re.split(r"\n\s*\n", command.help)]
    parts = [f"\n{'#' * level} {path}\n", f"\n```text\n{usage}\n```\n", *(f"\n{part}\n" for part in paragraphs)]
    if own:
        rows = (f"| {_code(e.written)} | {_code(e.default)} | {_cell(e.help)} |\n" for e in own)
        parts.append("\n| argument or option | default | meaning |\n| --- | --- | --- |\n" + "".join(rows))
    if shared:
        parts.append(f"\nAlso {', '.join(map(_named, shared))}.\n")
    return [*parts, "\n```bash\n" + "\n".join(verb_help.examples(command)) + "\n```\n"]


def _named(entry: verb_help.Entry) -> str:
    name = entry.written.split(", ")[-1].split(" ")[0]
    return f"`{name}` ({entry.default})" if entry.default else f"`{name}`"


def _text(paragraph: str) -> str:
    """A paragraph of help: names of options and of other verbs as code."""
    words = " ".join(paragraph.split()).replace("<", "&lt;").replace("*", r"\*")
    return re.sub(r"(?<![\w-])(--[a-z][a-z-]*)", r"`\1`", words)


def _code(text: str) -> str:
    return f"`{text}`".replace("|", r"\|") if text else ""


def _cell(text: str) -> str:
    return _text(text).replace("|", r"\|")


def _python_only() -> list[str]:
    table = tomllib.loads(EXCEPTIONS.read_text("utf-8"))
    functions = {f"ct.{name}": reason for name, reason in table["python_only"].items()}
    options = {f"{name}=": reason for name, reason in table["parameters"].items()}
    special = {f"ct.{name}=": reason for name, reason in table["parameters_of"].items()}
    return [f"| `{name}` | {_cell(reason)} |\n" for name, reason in (functions | options | special).items()]


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
