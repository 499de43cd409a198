"""The command line speaks English; the labels of its pictures are in the language that is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from command import run

from corpus_tools.cli.app import app
from corpus_tools.cli.options import Language

SOURCES = sorted((Path(__file__).parents[2] / "corpus_tools" / "cli").glob("*.py"))
CALL = re.compile(r"\bdraw\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")


def verbs(group=None, before: str = ""):
    """Every verb by its name."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from verbs(command, f"{before}{name} ")
        else:
            yield before + name, command


DRAWING = [(name, verb) for name, verb in verbs() if any(option.name == "plot" for option in verb.params)]


def test_there_are_verbs_that_draw():
    assert len(DRAWING) >= 20


@pytest.mark.parametrize(("name", "verb"), DRAWING, ids=[name for name, _ in DRAWING])
def test_every_verb_that_draws_takes_a_language_and_writes_chinese_labels_without_one(name, verb):
    options = {option.name: option for option in verb.params}
    assert options["lang"].opts == ["--lang"]
    assert options["lang"].default == Language.zh


def test_every_picture_gets_the_language():
    calls = [call for source in SOURCES for call in CALL.findall(source.read_text("utf-8")) if "chart: str" not in call]
    assert len(calls) >= 20
    assert [call for call in calls if "lang=lang" not in call and "**picture" not in call] == []


def test_a_picture_is_another_one_in_english(out, tmp_path):
    pictures = {lang: tmp_path / f"{lang}.svg" for lang in ("zh", "en")}
    for lang, path in pictures.items():
        assert run("trends", "rate", out, "科普", "--plot", path, "--lang", lang).returncode == 0
    assert pictures["zh"].read_bytes() != pictures["en"].read_bytes()


def test_another_language_is_an_error_that_names_those_there_are(out, tmp_path):
    result = run("trends", "rate", out, "科普", "--plot", tmp_path / "x.svg", "--lang", "de")
    assert result.returncode == 2
    assert "'zh', 'en'" in result.stderr
