"""What docs/themes.md says: its snippets run, its file is a dictionary, its numbers of themes are right."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import corpus_tools as ct
from corpus_tools.corpus.corpus import Corpus

PAGE = (Path(__file__).parents[3] / "docs" / "themes.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_snippets_run(make: Callable[..., Corpus]) -> None:
    text = "一、回顾\n农业和科技发展。\n香港同胞办厂。\n三农工作扎实。\n种茶园。\n二、计划\n修路。"
    sections = [
        {"doc_id": f"d{n:03d}", "section": 0, "depth": 1, "tense": "review", "start": 0, "end": len(text)}
        for n in range(8)
    ]
    reports = [
        {"words": text.replace("发展", " 发展 "), "text": text, "year": 2018 + n // 2, "level": "county"}
        for n in range(8)
    ]
    scope: dict[str, object] = {"ct": ct, "corpus": make(reports, sections=sections)}
    assert len(blocks("python")) == 4
    for block in blocks("python"):
        exec(block, scope)


def test_the_file_is_a_dictionary(tmp_path: Path) -> None:
    (text,) = blocks("toml")
    (tmp_path / "tea.toml").write_text(text, "utf-8")
    frame = ct.themes.dictionary(tmp_path / "tea.toml").set_index("term")
    assert frame.loc["茶", ["weight", "exclusions"]].tolist() == [0.5, "茶话会|茶馆"]


def test_numbers_of_themes() -> None:
    general, association = (set(ct.themes.dictionary(name)["theme"]) for name in ("general", "association"))
    assert f"{len(general)} themes for general reports, {len(association)} for associations" in PAGE
    assert f"{len(general & association)} of them in both" in PAGE
    for name in ("general", "association"):
        assert f"{name} | {len(ct.themes.dictionary(name))} |" in PAGE
