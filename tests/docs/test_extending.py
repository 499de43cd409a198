"""The changes of docs/extending.md fit the package, and do what the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pages
from pages import ROOT

PAGE = ROOT / "docs" / "extending.md"
END = "-" * 20


def apply(difference: str, folder: Path) -> None:
    """Apply a difference in which every hunk stands by its lines alone: they must be in the file exactly once."""
    old, new, *hunks = re.split(r"^(?:--- |\+\+\+ |@@\n)", difference, flags=re.MULTILINE)[1:]
    path = folder / new.strip().removeprefix("b/")
    text = path.read_text("utf-8") if old.strip() != "/dev/null" else ""
    for hunk in hunks:
        before, after = (
            "".join(line[1:] for line in hunk.splitlines(keepends=True) if line[0] in signs) for signs in (" -", " +")
        )
        places = f"\n{text}".count(f"\n{before}") if before else 1
        assert places == 1, f"{path.name} has these lines {places} times:\n{before}"
        text = f"\n{text}".replace(f"\n{before}", f"\n{after}", 1)[1:]
    path.write_text(text, "utf-8")


def make_known(name: str, folder: Path) -> None:
    """What pip makes of the entry points of a project."""
    project = tomllib.loads(Path(name).read_text("utf-8"))["project"]
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n")
    lines = [
        f"[{group}]\n" + "\n".join(f"{k} = {v}" for k, v in points.items())
        for group, points in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(lines))


def test_files_that_the_page_names_exist() -> None:
    named = re.findall(r"`((?:tests|corpus_tools)/[\w/.]+)`", PAGE.read_text("utf-8"))
    assert len(named) >= 12
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_package_can_be_changed_so(place: Path) -> None:
    blocks = list(pages.blocks(PAGE))
    checkout = place / "checkout"
    shutil.copytree(ROOT / "corpus_tools", checkout / "corpus_tools", ignore=shutil.ignore_patterns("__pycache__"))
    for block in blocks:
        if name := pages.written(block):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(block.code, "utf-8")
        elif block.language == "diff":
            apply(block.code, checkout)
    make_known("pyproject.toml", checkout)
    asked = [block for block in blocks if block.mark == "changed package"]
    assert len(asked) == 5
    program = f"\nprint({END!r})\n".join(block.code for block in asked)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (checkout, place))), "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    assert run.returncode == 0, run.stderr
    for block, printed in zip(asked, run.stdout.split(END), strict=True):
        assert block.output is not None
        assert pages.same(printed, block.output), printed
