"""How the help of verbs is written: verbs in the order of the work, options by what they are about, examples that run."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import typer
from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

Function = TypeVar("Function", bound=Callable[..., Any])

SECTIONS = {
    "From files to a corpus": ("demo", "build", "check", "coverage"),
    "Look into files": ("clean", "explain", "describe", "sites", "scripts", "words"),
    "Ask a corpus": ("slogans", "keywords", "kwic", "collocations", "trends", "topics", "themes", "style"),
    "Take it with you": ("report", "export", "columns"),
}
WORDS = "Which words count"
SLOGANS = "Which slogans count"
DOCUMENTS = "Which documents count"
SETTINGS = "Settings, which corpus.toml can hold too"
OUTPUT = "Output"
ORDER = ("Arguments", "Options", WORDS, SLOGANS, DOCUMENTS, SETTINGS, OUTPUT)
ROOM = 72  # columns of an example, beside the indent of help
VALUES = {int: "N", float: "X", Path: "FILE", str: "TEXT"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An argument or option: its name in Python, how it is written, what it means, its default as text."""

    name: str
    written: str
    help: str
    default: str
    section: str


class Verb(TyperCommand):
    """A verb, whose help names allowed values and defaults in words and has options of a kind together."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Arguments first: so a command line is read."""
        return [*arguments(self), "[OPTIONS]"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options, those of a kind together."""
        found = entries(self)
        for title in ORDER:
            rows = [(entry.written, _meaning(entry)) for entry in found if entry.section == title]
            if title == ORDER[-1]:
                rows.append(("--help", "Show this text."))
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class Verbs(TyperGroup):
    """A group of verbs: listed whole, in the order of the work; a wrong one is answered by right ones."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of SECTIONS, others as they were made."""
        order = [name for names in SECTIONS.values() for name in names]
        return sorted(self.commands, key=lambda name: order.index(name) if name in order else len(order))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write what comes out of each verb, sections apart."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            title = next((title for title, names in SECTIONS.items() if name in names), "Verbs")
            sections.setdefault(title, []).append((name, headline(self.commands[name])))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb; a UsageError names those that may have been meant."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            ctx.fail(self._instead(args[0], ctx.command_path))
        return super().resolve_command(ctx, args)

    def _instead(self, wrong: str, path: str) -> str:
        known = {name: name for name in self.commands}
        for group, name in ((g, n) for g, room in self.commands.items() for n in getattr(room, "commands", ())):
            known[f"{group} {name}"] = name
        near = [full for full, name in known.items() if name == wrong]
        near = near or [full for full, name in known.items() if name in get_close_matches(wrong, known.values())]
        if near:
            return f"{path} has no verb {wrong!r}; did you mean {' or '.join(map(repr, near))}?"
        return f"{path} has no verb {wrong!r}; it has {', '.join(self.list_commands(None))}"


def verb(room: typer.Typer, *examples: str, name: str | None = None) -> Callable[[Function], Function]:
    """Make a function a verb of ``room``, with command lines that show its use; tests run them."""
    head = "Example:" if len(examples) == 1 else "Examples:"
    lines = [part for line in examples for part in _folded(f"corpus-tools {line}")]
    return room.command(name, cls=Verb, epilog="\n".join(["\b", head, *lines]))


def _folded(line: str) -> list[str]:
    """A command line in lines that a terminal of 80 columns shows whole and a shell takes for one."""
    rows = [""]
    for word in line.split(" "):
        if cell_len(f"{rows[-1]} {word}") > ROOM:
            rows[-1] += " \\"
            rows.append("   ")
        rows[-1] += f" {word}"
    return [f" {row}" for row in rows]


def examples(command: Any) -> list[str]:
    """The command lines that a verb's help shows."""
    lines = (line.strip() for line in re.sub(r" \\\n\s*", " ", command.epilog or "").splitlines())
    return [line for line in lines if line.startswith("corpus-tools ")]


def headline(command: Any) -> str:
    """What comes out of a verb, in one sentence."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def arguments(command: Any) -> list[str]:
    """The arguments of a verb, as its usage line has them."""
    return [entry.written for entry in entries(command) if entry.section == "Arguments"]


def entries(command: Any) -> list[Entry]:
    """The arguments and options of a verb, in their order."""
    types = _types(command)
    return [_entry(param, types[param.name]) for param in command.params if param.name in types]


def _entry(param: Any, kind: Any) -> Entry:
    flag = kind is bool
    values = "|".join(item.value for item in kind) if _is_choice(kind) else VALUES.get(kind, "")
    value = param.metavar or values
    if param.param_type_name == "argument":
        written, section = value, "Arguments"
    else:
        written = ", ".join(sorted(param.opts, key=len)) + ("" if flag else f" {value}")
        section = param.rich_help_panel or "Options"
    return Entry(param.name, written, param.help or "", "" if flag else _default(param.default), section)


def _types(command: Any) -> dict[str, Any]:
    """What each parameter of a verb holds: bool, int, an Enum, … without None and lists around it."""
    hints = get_type_hints(inspect.unwrap(command.callback), include_extras=True)
    return {name: _core(hint) for name, hint in hints.items() if name != "return"}


def _core(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    inner = [part for part in get_args(hint) if part is not type(None)]
    return _core(inner[0]) if inner else hint


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _default(value: Any) -> str:
    if value is None or value == "" or (isinstance(value, Iterable) and not value):
        return ""
    return str(value.value if isinstance(value, Enum) else value)


def _meaning(entry: Entry) -> str:
    return f"{entry.help} [default: {entry.default}]" if entry.default else entry.help
