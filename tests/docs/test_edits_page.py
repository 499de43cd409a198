"""docs/edits.md names every flag, every kind and every rule that cleaning can write, and no others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import corpus_tools as ct
from corpus_tools.data import toml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "edits.md").read_text("utf-8")
KINDS, RULES = PAGE.partition("## Every rule")[::2]
RULES = RULES.partition("## Checking what was removed")[0]
CODE = [*sorted((ROOT / "corpus_tools" / "cleaning").glob("*.py")), ROOT / "corpus_tools" / "building" / "prepare.py"]
# Where a call says what edit it makes: the number of the argument that is the kind, and of the one that is the rule.
CALLS = {"Edit": (3, 4), "_each": (3, 2), "_breaks": (None, 2), "difference": (None, None)}


def cells(text: str, *, column: int) -> set[str]:
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[column].strip("| ") for row in rows[2:]}


def written() -> Iterator[tuple[str | None, str | None]]:
    """Kinds and rules that stand in the code as they are."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                named = {keyword.arg: keyword.value for keyword in node.keywords}
                for number, place in enumerate(("kind", "rule")):
                    at = CALLS[node.func.id][number]
                    value = named.get(place) or (node.args[at] if at is not None and len(node.args) > at else None)
                    for part in ast.walk(value) if value else ():
                        if isinstance(part, ast.Constant) and isinstance(part.value, str):
                            yield (part.value, None) if place == "kind" else (None, part.value)
            elif isinstance(node, ast.FunctionDef) and node.name == "_each":
                yield ast.literal_eval(node.args.defaults[-1]), None
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "rule":
                yield from (
                    (None, part.value) for part in ast.walk(node.value) if isinstance(part, ast.Constant) and part.value
                )


def test_every_flag_stands_there_with_its_meaning() -> None:
    for flag, table in toml("flags.toml").items():
        assert f"| {flag} | {table['meaning']} |" in PAGE, flag


def test_every_kind_stands_there() -> None:
    kinds = {kind for kind, _ in written() if kind} | {family["kind"] for family in toml("boilerplate.toml").values()}
    assert len(kinds) >= 15
    assert cells(KINDS, column=0) == kinds


def test_every_rule_stands_there_and_no_other() -> None:
    rules = {rule for _, rule in written() if rule} - {"site:"}
    assert {"shifted-bytes", "control", "glued-outline", "talk", "traditional", "template", "emoji"} <= rules
    known = rules | set(toml("boilerplate.toml")) | set(toml("masks.toml")["mask"])
    told = set(re.findall(r"`([a-z][a-z_-]+)`", RULES)) - {"rule", "mask"}
    assert told == known


def test_rules_of_a_real_build_stand_there_under_their_kind(sample: Path) -> None:
    rows = [line.split(" | ") for line in RULES.splitlines() if line.startswith("| ")]
    told = {
        (kind, rule)
        for row in rows
        for kind in row[0].strip("| ").split(", ")
        for rule in re.findall(r"`(.+?)`", row[1])
    }
    seen = ct.load(sample / "processed").edits[["kind", "rule"]].drop_duplicates()
    assert len(seen) > 30
    for kind, rule in seen.itertuples(index=False):
        assert (kind, re.sub("site:.*", "site:NAME", rule)) in told
