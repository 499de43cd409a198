"""Each option of a verb changes what its function is asked, each parameter is reached by an option, and defaults agree.

The functions are put out of work: they only tell with what they were called.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from verbs import EXCEPTIONS, PROGRAM, VERBS, functions_of, places_of, public

from corpus_tools.analysis.topics import Topics
from corpus_tools.cli import help as verb_help
from corpus_tools.corpus import corpus as corpora
from corpus_tools.corpus.corpus import Corpus

pytestmark = pytest.mark.once

ARGUMENTS = {
    "OUT": "processed", "RAW": "raw", "TOPICS": "topics", "SHEET": "coded.csv", "QUERY": "科普", "NODE": "科普",
    "SLOGAN": "四个意识", "TERMS...": "科普", "SLOGANS...": "四个意识", "FILES...": "raw/md/fl2023.md",
    "FILE...": "raw/md/fl2023.md",
}  # fmt: skip
TEXTS = {
    "where": "year=2020:", "reference_where": "year=:2019", "reference": "processed", "stopwords": "function words", "pos": "n",
    "pattern": "..", "lexicon": "mine.csv", "which": "association", "measures": "mattr", "sort": "right",
    "groups": "city,county", "other": "processed", "breaks": "2015,2020", "ks": "4,8", "config": "own.toml",
    "dictionary": "words.txt", "sites": "rules", "key": "new_key.csv", "window": "sentence", "method": "lda",
    "slogan": "四个意识", "over": "province", "raw": "raw", "to": "new.html", "into": "new.txt",
}  # fmt: skip
NEEDED = {
    "clean": ("--to", "cleaned"), "export": ("--to", "csv"), "keywords keyness": ("--by", "level"),
    "words": ("科协",),  "themes sample": ("--to", "sheet.csv", "--key", "sheet_key.csv"),
}  # fmt: skip


class Asked(Exception):
    """Tells which function was called, with what."""

    def __init__(self, function: Any, arguments: dict[str, Any]) -> None:
        super().__init__()
        self.function, self.arguments = function, arguments


@pytest.fixture(scope="module")
def folder(project: Path) -> Iterator[Path]:
    (project / "mine.csv").write_text("slogan,category\n云溪新路,other\n", "utf-8")
    (project / "words.txt").write_text("云溪新路\n", "utf-8")
    (project / "own.toml").write_text('masks = "restore"\n', "utf-8")
    (project / "rules").mkdir(exist_ok=True)
    with contextlib.chdir(project), pytest.MonkeyPatch.context() as patch:
        opened = functools.cache(corpora.load)
        patch.setattr(corpora, "load", opened)
        yield project


def asked(verb: str, *more: str) -> dict[str, Any]:
    """What the function of a verb is called with, in the command line's words made plain."""
    arguments = [ARGUMENTS[name] for name in verb_help.arguments(VERBS[verb]) if not name.startswith("[")]
    needed = () if "--conflicts" in more else NEEDED.get(verb, ())
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in places_of(verb):
            patch.setattr(owner, name, teller(getattr(owner, name)))
        with pytest.raises(Asked) as told:
            PROGRAM.main([*verb.split(), *arguments, *needed, *more], standalone_mode=False)
    return {"": told.value.function.__name__} | {name: plain(value) for name, value in told.value.arguments.items()}


def teller(function: Any) -> Callable[..., Any]:
    signature = inspect.signature(function)

    def tell(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        raise Asked(function, dict(bound.arguments))

    return tell


def plain(value: Any) -> Any:
    """A value that can be compared."""
    if isinstance(value, Corpus):
        return (tuple(value.documents["doc_id"]), value.notes)
    if isinstance(value, pd.DataFrame):
        return value.to_csv()
    if isinstance(value, Topics):
        return "topics"
    if isinstance(value, list | tuple):
        parts = tuple(map(plain, value))
        return parts[0] if len(parts) == 1 else parts
    return str(value) if isinstance(value, Path) else value


def options(verb: str) -> dict[str, list[str]]:
    """Each option with a value that is not its default."""
    found = {}
    for param in VERBS[verb].params:
        if param.param_type_name == "option" and param.name != "help":
            kind = verb_help._types(VERBS[verb])[param.name]
            flag = max(param.opts, key=len)
            found[param.name] = [flag] if kind is bool else [flag, other(param, kind)]
    return found


def other(param: Any, kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return str([item.value for item in kind if item != param.default][-1])
    if kind is int:
        return str((param.default or 3) + 2)
    if kind is float:
        return "0.5"
    if param.name == "by":
        return "planned_year" if param.default == "year" else "kind"
    return TEXTS.get(param.name, "place")


def extra(name: str) -> list[str]:
    """What an option needs beside it."""
    return {"alone": ["--lexicon", "mine.csv"], "conflicts": ["--dictionary", "words.txt"]}.get(name, [])


CHANGED: dict[str, dict[str, set[str]]] = {}


def changed(verb: str) -> dict[str, set[str]]:
    """For each option the parameters that it changes."""
    if verb not in CHANGED:
        CHANGED[verb] = {
            name: differing(asked(verb, *extra(name)), asked(verb, *extra(name), *given))
            for name, given in options(verb).items()
            if name not in ("plot", "plot_size", "format", "html", "layout")
        }
    return CHANGED[verb]


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "slogans lexicon"])
def test_every_option_changes_the_question(folder: Path, verb: str) -> None:
    idle = {name for name, parameters in changed(verb).items() if not parameters}
    assert idle - EXCEPTIONS["options"].keys() == set()


@pytest.mark.parametrize("verb", VERBS)
def test_every_parameter_is_reached(folder: Path, verb: str) -> None:
    name = functions_of(verb)[0]
    if name != verb and name in VERBS:
        return  # the other verb of the same function has all of its options
    reached = {param.name for param in VERBS[verb].params if param.param_type_name == "argument"}.union(
        *changed(verb).values()
    )
    function = public().get(name, Topics.transform)
    free = {p.name for p in inspect.signature(function).parameters.values() if p.default is not p.empty}
    stated = {p for p in free if p in EXCEPTIONS["parameters"] or f"{name}.{p}" in EXCEPTIONS["parameters_of"]}
    assert (free - reached - stated, stated & reached) == (set(), set())


@pytest.mark.parametrize("verb", VERBS)
def test_defaults_are_those_of_the_function(folder: Path, verb: str) -> None:
    told = asked(verb)
    function = public().get(functions_of(verb)[0], Topics.transform)
    own = {p.name: p.default for p in inspect.signature(function).parameters.values() if p.default is not p.empty}
    given = {option.strip("-") for option in NEEDED.get(verb, ())}
    different = {
        f"{verb}.{name}" for name, value in own.items() if name in told.keys() - given and told[name] != plain(value)
    }
    assert different - {f"{verb}.config"} == {name for name in EXCEPTIONS["defaults"] if name.startswith(f"{verb}.")}
