"""Public functions are of one style: what comes first, what is keyword-only, what one name means, what a docstring says."""

from __future__ import annotations

import inspect
from collections import defaultdict
from typing import Any

import pytest
from verbs import EXCEPTIONS, public

PUBLIC = public()
FUNCTIONS = {name: value for name, value in PUBLIC.items() if inspect.isfunction(value)}
ANALYSES = {name: f for name, f in FUNCTIONS.items() if "corpus" in list(inspect.signature(f).parameters)[:1]}
CHARTS = {
    name: f for name, f in FUNCTIONS.items() if name.startswith("plot.") and name not in ("plot.figure", "plot.save")
}
KINDS = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def test_there_is_something_to_look_at() -> None:
    assert len(ANALYSES) > 35
    assert len(CHARTS) > 15
    assert {"keywords.keyness", "trends.rate", "kwic", "report"} <= ANALYSES.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_at_most_three_are_positional_and_all_are_annotated(name: str) -> None:
    signature = inspect.signature(FUNCTIONS[name])
    assert sum(p.kind in KINDS for p in signature.parameters.values()) <= 3
    assert signature.return_annotation is not signature.empty
    assert [p.name for p in signature.parameters.values() if p.annotation is p.empty] == []


@pytest.mark.parametrize("name", ANALYSES)
def test_options_of_an_analysis_are_keywords(name: str) -> None:
    """Positional may be the corpus and what is asked of it: a query, terms, themes, numbers, a page."""
    first, *rest = inspect.signature(ANALYSES[name]).parameters.values()
    assert str(first.annotation) == "Corpus"
    assert all(p.kind is p.KEYWORD_ONLY for p in rest if p.name not in EXCEPTIONS["asked"])


@pytest.mark.parametrize("name", CHARTS)
def test_charts_take_a_frame_and_axes_and_give_axes(name: str) -> None:
    signature = inspect.signature(CHARTS[name])
    assert next(iter(signature.parameters)) == "frame"
    assert signature.return_annotation == "Axes"
    options = {p.name: p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY}
    assert (options["ax"].default, options["lang"].default) == (None, "zh")
    assert signature.parameters.keys() - options.keys() <= {"frame", "changes"}


def uses() -> dict[str, dict[str, tuple[str, str]]]:
    """For each parameter name the annotation and default of each function that has it."""
    found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for name, function in FUNCTIONS.items():
        for p in inspect.signature(function).parameters.values():
            if p.kind is p.KEYWORD_ONLY:
                found[p.name][name] = (str(p.annotation), repr(p.default))
    return found


def test_one_name_is_one_thing_everywhere() -> None:
    different = {name for name, where in uses().items() if len(set(where.values())) > 1}
    assert different - EXCEPTIONS["signatures"].keys() == set(), "say why in exceptions.toml, or make them alike"
    assert EXCEPTIONS["signatures"].keys() - different == set(), "no longer needed in exceptions.toml"


def test_what_never_differs() -> None:
    defaults = {name: {default for _, default in where.values()} for name, where in uses().items()}
    alike = {"seed": "0", "match": "'longest'", "config": "None", "progress": "True", "ax": "None"}
    assert {name: defaults[name] for name in alike} == {name: {value} for name, value in alike.items()}


@pytest.mark.parametrize("name", PUBLIC)
def test_docstrings_begin_with_one_sentence(name: str) -> None:
    first, *rest = (inspect.getdoc(PUBLIC[name]) or "").split("\n")
    assert first.endswith(".")
    assert not rest or rest[0] == "", "one line, then a blank one"


@pytest.mark.parametrize("name", sorted(ANALYSES.keys() | CHARTS.keys()))
def test_docstrings_name_errors_and_every_option(name: str) -> None:
    docstring = inspect.getdoc(FUNCTIONS[name]) or ""
    assert "Error" in docstring or "errors" in docstring
    said_elsewhere: Any = EXCEPTIONS["plain"].keys()
    options = [p.name for p in inspect.signature(FUNCTIONS[name]).parameters.values() if p.kind is p.KEYWORD_ONLY]
    assert [option for option in options if option not in said_elsewhere and f"``{option}" not in docstring] == []
