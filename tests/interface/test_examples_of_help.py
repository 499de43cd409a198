"""The lines that help shows run as they stand, and what comes out has the columns that help and docstring name."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pandas as pd
import pytest
from running import run
from verbs import VERBS, functions_of, public

from corpus_tools.analysis.topics import Topics
from corpus_tools.cli import help as verb_help

pytestmark = pytest.mark.once

NAME = re.compile(r"[a-z][a-z0-9_]*")
# raw/rejects holds files that cannot become documents.
SOME_REJECTED = {"build": 3}
# Columns of groups: they are there because an example asks for them.
GROUPS = {"year", "kind", "level", "organisation", "doc_id", "province"}
MADE_BEFORE = {"topics load": ["topics"], "topics transform": ["topics"], "themes agreement": ["coded.csv", "key.csv"]}


def columns(frames: list[pd.DataFrame]) -> set[str]:
    """Their names, but those of themes, which are Chinese."""
    return {str(name) for frame in frames for name in frame.columns if str(name).isascii()}


def told(text: str) -> set[str]:
    """The names in the paragraph of a help that begins with "Columns:", what stands in brackets left out."""
    found = re.search(r"Columns: (.*?)\.\s", re.sub(r"\s*\([^()]*\)", "", text) + "\n", re.DOTALL)
    parts = [part.strip() for part in found[1].split(",")] if found else []
    return {part for part in parts if NAME.fullmatch(part)}


def test_names_in_a_help_are_read() -> None:
    assert told("What.\n\nColumns: a, b_c (d, e\nf),\ng (h). With --by i.") == {"a", "b_c", "g"}
    assert told("What.\n\nColumns of a table: a.") == set()


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "demo"])  # that is run to make ``project``
def test_examples_run_and_give_what_is_said(project: Path, verb: str) -> None:
    folder = project / verb.replace(" ", "-")
    folder.mkdir()
    for name in ("raw", "processed", *MADE_BEFORE.get(verb, [])):
        (folder / name).symlink_to(project / name)
    lines = verb_help.examples(VERBS[verb])
    runs = [run(verb, line, folder) for line in lines]
    for line, ran in zip(lines, runs, strict=True):
        assert ran.code == SOME_REJECTED.get(verb, 0), ran.words
        assert ("picture: " in ran.words) == ("--plot" in line)
    shown = columns([frame for ran in runs for frame in ran.shown])
    returned = columns([frame for ran in runs for frame in ran.returned])
    assert shown - GROUPS - set(NAME.findall(VERBS[verb].help)) == set(), "columns that help does not name"
    assert told(VERBS[verb].help) - GROUPS - shown - returned == set(), "columns that are not there"
    docstring = inspect.getdoc(public().get(functions_of(verb)[0], Topics.transform)) or ""
    assert returned - GROUPS - set(NAME.findall(docstring)) == set(), "columns that the docstring does not name"
