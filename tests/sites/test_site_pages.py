"""Every rule of a site has a saved page in that site's shape, and cleans it to the text beside it.

NAME.html is the page, NAME.txt its clean text, NAME.json the rule it falls under, its title, and the day and the source
that it states. A page may be named for its rule, or its rule and what is different about it (people-2011).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus_tools.building.prepare import prepare
from corpus_tools.cleaning.edits import undo
from corpus_tools.cleaning.sites import ruling, site_rules
from corpus_tools.config import Config
from corpus_tools.reading import read

FOLDER = Path(__file__).parent
PAGES = sorted(path.stem for path in FOLDER.glob("*.html"))


def told(name: str) -> dict[str, str | None]:
    content: dict[str, str | None] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return content


def test_every_rule_has_a_page() -> None:
    assert {told(name)["rule"] for name in PAGES} == {rule.name for rule in site_rules()}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_falls_under_its_rule(name: str) -> None:
    found = ruling(read(FOLDER / f"{name}.html"), site_rules())
    assert (found.rule, found.failed) == (told(name)["rule"], False)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_becomes_its_text(name: str) -> None:
    path = FOLDER / f"{name}.html"
    document = prepare(path.read_bytes(), path.name, config=Config())
    assert f"{document.text}\n" == (FOLDER / f"{name}.txt").read_text("utf-8")
    assert undo(document.text, document.edits) == document.raw
    assert {
        "rule": told(name)["rule"],
        "title": document.title,
        "published": document.published,
        "origin": document.origin,
    } == told(name)
    assert "site_rule_failed" not in document.flags
