"""All verbs, all public functions, and the table of what one has without the other."""

from __future__ import annotations

import importlib
import inspect
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import typer

import corpus_tools as ct
from corpus_tools.cli import app

EXCEPTIONS: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("exceptions.toml").read_text("utf-8"))


def _verbs(command: Any, path: tuple[str, ...] = ()) -> dict[str, Any]:
    if not hasattr(command, "commands"):
        return {" ".join(path): command}
    return {
        k: v for name in command.list_commands(None) for k, v in _verbs(command.commands[name], (*path, name)).items()
    }


PROGRAM: Any = typer.main.get_command(app)
VERBS = _verbs(PROGRAM)


def public() -> dict[str, Any]:
    """Every public function and class by its name below ``ct``."""
    found = {}
    for name in ct.__all__:
        value = getattr(ct, name)
        if isinstance(value, ModuleType):
            found |= {f"{name}.{inner}": getattr(value, inner) for inner in names(value)}
        else:
            found[name] = value
    return found


def names(module: ModuleType) -> list[str]:
    """What a module offers: ``__all__``, or the public names that are defined in it."""
    defined = [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and callable(value) and getattr(value, "__module__", "") == module.__name__
    ]
    return list(getattr(module, "__all__", defined))


def functions_of(verb: str) -> list[str]:
    """The public functions that a verb stands for."""
    given: list[str] = EXCEPTIONS["verbs"].get(verb, [verb.replace(" ", ".")])
    return given


def places_of(verb: str) -> list[tuple[Any, str]]:
    """Where these functions are looked up when the verb runs: an object and the name in it."""
    paths = EXCEPTIONS["asks"].get(verb)
    if paths is None:
        paths = [_path(name) for name in functions_of(verb)]
    return [_place(path) for path in paths]


def _path(name: str) -> str:
    head, *rest = name.split(".")
    base = ct._MODULES.get(head) or f"{ct._NAMES[head]}.{head}"
    return ".".join([base, *rest])


def _place(path: str) -> tuple[Any, str]:
    *owner, name = path.split(".")
    for length in range(len(owner), 0, -1):
        try:
            found: Any = importlib.import_module(".".join(["corpus_tools", *owner[:length]]))
        except ModuleNotFoundError:
            continue
        for inner in owner[length:]:
            found = getattr(found, inner)
        return found, name
    raise LookupError(path)


def signature(function: Any) -> inspect.Signature:
    return inspect.signature(function)
