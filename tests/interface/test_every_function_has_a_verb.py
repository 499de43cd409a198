"""Docs, command line and Python have the same: every function a verb or a reason, every option a parameter or a reason."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from verbs import EXCEPTIONS, PROGRAM, VERBS, functions_of, public

from corpus_tools.cli import help as verb_help

ROOT = Path(__file__).parents[2]


def drawn() -> set[str]:
    """The charts that --plot draws: their names in the sources of the command line."""
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "corpus_tools" / "cli").glob("*.py"))
    return {f"plot.{name}" for name in re.findall(r'"(\w+)"', sources)} & public().keys()


def test_every_public_function_has_a_verb_or_a_reason() -> None:
    of_verbs = {name for verb in VERBS for name in functions_of(verb)}
    lacking = public().keys() - of_verbs - drawn() - EXCEPTIONS["python_only"].keys()
    assert lacking == set()
    needless = EXCEPTIONS["python_only"].keys() & (of_verbs | drawn())
    unknown = (EXCEPTIONS["python_only"].keys() | of_verbs) - public().keys() - {"topics.Topics.transform"}
    assert (needless, unknown) == (set(), set())


def test_every_verb_has_its_place_in_the_list() -> None:
    placed = [name for names in verb_help.SECTIONS.values() for name in names]
    assert sorted(placed) == sorted(PROGRAM.commands)
    assert EXCEPTIONS["verbs"].keys() <= VERBS.keys()


@pytest.mark.parametrize("verb", VERBS)
def test_help_is_complete(verb: str) -> None:
    command = VERBS[verb]
    assert isinstance(command, verb_help.Verb), "made by cli.help.verb"
    assert verb_help.examples(command)
    assert all(f" {verb} " in f"{line} " for line in verb_help.examples(command))
    head = verb_help.headline(command)
    assert head.endswith(".")
    assert "\n\n" in command.help, "after the first line: when to use it, and what its columns are"
    for entry in verb_help.entries(command):
        assert entry.help.endswith((".", "…", "year")), (entry.name, entry.help)
        assert "TEXT" not in entry.written.split() or entry.name in ("occasion", "source"), entry
        assert len(entry.written) <= 70, entry


@pytest.mark.parametrize("verb", [*VERBS, ""])
def test_help_fits_eighty_columns(verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    command = VERBS.get(verb, PROGRAM)
    text = command.get_help(context(verb, command))
    assert max(map(len, text.splitlines())) <= 80
    assert not re.search(r"[a-z]-\n", text), "a name is broken at its hyphen"


def context(verb: str, command: Any) -> Any:
    return command.make_context(f"corpus-tools {verb}".strip(), [], resilient_parsing=True)


def test_choices_and_defaults_are_said() -> None:
    entries = {entry.name: entry for entry in verb_help.entries(VERBS["keywords keyness"])}
    assert entries["test"].written == "--test mann-whitney|permutation"
    assert (entries["test"].default, entries["top"].default) == ("mann-whitney", "20")
    assert entries["format"].written == "-f, --format table|csv|json"
    assert (entries["negative"].written, entries["negative"].default) == ("--negative", "")
    assert verb_help.arguments(VERBS["trends rate"]) == ["OUT", "TERMS..."]
    for command in VERBS.values():
        for param in command.params:
            if isinstance(param.default, Enum):
                entry = next(entry for entry in verb_help.entries(command) if entry.name == param.name)
                assert entry.default in entry.written.split(" ")[-1].split("|"), entry


def test_every_verb_is_in_the_pages_by_subject() -> None:
    """By its name, or by that of its function on a page that says that both are called the same."""
    pages = [ROOT / "README.md", *(page for page in (ROOT / "docs").glob("*.md") if page.name != "commands.md")]
    text = " ".join(" ".join(page.read_text("utf-8") for page in pages).split())
    named = {verb: rf"[ `]{verb}[ `,.:]|ct\.{verb.replace(' ', '.')}\(" for verb in VERBS}
    assert [verb for verb, pattern in named.items() if not re.search(pattern, text)] == []
