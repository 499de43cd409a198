"""Both READMEs hold the same code and output, links lead somewhere, and commands that pages name exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pages
import pytest
import typer
from pages import PAGES, ROOT

from corpus_tools.cli import app

ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
# Pages whose writers show what is wrong on purpose, or the grammar of a command.
PLACEHOLDERS = ("VERB", "…")


def shown(page: Path) -> list[tuple[str, str]]:
    return [(block.language, block.code) for block in pages.blocks(page)]


def test_code_and_output_are_the_same_in_both_languages() -> None:
    assert [language for language, _ in shown(ENGLISH)] == ["bash", "bash", "python", "text", "bash"]
    assert shown(ENGLISH) == shown(CHINESE)


def test_ten_lines() -> None:
    (code,) = (code for language, code in shown(ENGLISH) if language == "python")
    assert len([line for line in code.splitlines() if line and not line.startswith("import")]) == 10


def test_the_two_commands_are_marked_for_ci() -> None:
    assert [block.mark for block in pages.blocks(ENGLISH) if pages.of_ci(block)] == ["run", "test"]
    for name in ("run", "test"):
        assert re.search(rf"^<!-- {name} -->\n```bash\n.+\n```$", ENGLISH.read_text("utf-8"), re.MULTILINE)


def slugs(page: Path) -> set[str]:
    """The anchors that GitHub makes of headings."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not link.startswith(("http://", "https://")):
            name, _, anchor = link.partition("#")
            target = page.parent / name if name else page
            assert target.exists(), link
            assert not anchor or anchor in slugs(target), link


def test_the_map_has_every_page() -> None:
    linked = set(re.findall(r"\]\(([\w-]+\.md)", (ROOT / "docs" / "index.md").read_text("utf-8")))
    assert linked == {page.name for page in (ROOT / "docs").glob("*.md")} - {"index.md"}


def commands(page: Path) -> Iterator[list[str]]:
    """Commands in running text and tables, and in blocks, as words."""
    text = re.sub(r"^ *```.*?^ *```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    spoken = re.findall(r"`(corpus-tools [^`]+|[a-z]+ [^`]*(?:OUT|--[a-z])[^`]*)`", text)
    inline = [f"corpus-tools {code.removeprefix('corpus-tools ')}".replace("\\|", "|") for code in spoken]
    blocks = [block for block in pages.blocks(page) if block.language == "bash" and not pages.of_ci(block)]
    for code in chain(inline, *map(pages.commands, blocks)):
        words = shlex.split(code, comments=True)[1:]
        if words[0] not in PLACEHOLDERS:
            yield words


def test_commands_are_found() -> None:
    assert ["slogans", "count", "OUT", "--lexicon", "mine.csv", "--alone"] in commands(ENGLISH)
    assert len(list(commands(ENGLISH))) >= 25


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_a_page_names_exist(page: Path) -> None:
    root = typer.main.get_command(app)
    for words in commands(page):
        command, rest = root, list(words)
        while hasattr(command, "commands") and rest and not rest[0].startswith("-") and rest[0] not in PLACEHOLDERS:
            assert rest[0] in command.commands, f"{' '.join(words)}: no verb {rest[0]!r}"
            command = command.commands[rest.pop(0)]
        options = set(chain(*(option.opts + option.secondary_opts for option in command.params))) | {"--help"}
        unknown = [word for word in rest if re.match(r"--?[a-z]", word) and word.partition("=")[0] not in options]
        assert not unknown or "VERB" in words, f"{' '.join(words)}: no option {unknown}"
