"""docs/commands.md is what ``tools/make_commands_page.py`` makes of the help of verbs."""

from __future__ import annotations

import runpy
from pathlib import Path

from verbs import VERBS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "commands.md").read_text("utf-8")


def test_the_page_is_that_of_the_help() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "make_commands_page.py"))["page"]()
    assert made == PAGE, "the help of verbs has changed: run python tools/make_commands_page.py"


def test_every_verb_has_its_section() -> None:
    heads = [line.lstrip("# ") for line in PAGE.splitlines() if line.startswith(("### ", "#### "))]
    assert set(heads) >= VERBS.keys()
    assert len(heads) == len(set(heads))
