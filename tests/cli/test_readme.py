"""Both READMEs hold the same commands and code, and the snippet in them runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def blocks(name: str) -> list[str]:
    return re.findall(r"```(?:bash|python)\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)


def test_code_is_the_same_in_both_languages() -> None:
    assert len(blocks("README.md")) == 4
    assert blocks("README.md") == blocks("README.zh-CN.md")


def test_links_lead_somewhere() -> None:
    for page in (*ROOT.glob("README*.md"), *ROOT.glob("docs/*.md")):
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), (page.name, link)


def test_the_snippet_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "raw", tmp_path / "raw")
    monkeypatch.chdir(tmp_path)
    scope: dict[str, object] = {}
    exec(blocks("README.md")[3], scope)
    assert repr(scope["corpus"]) == "Corpus(89 reports, 2012–2025, 11 places)"
    assert (tmp_path / "trend.png").is_file()
    assert (tmp_path / "report.html").is_file()
