"""Which script files are in, as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus_tools as ct
from corpus_tools.errors import ConfigError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("县科协开展科普活动。\n", "utf-8")
    (tmp_path / "b.txt").write_text("縣科協開展科普活動，堅持戰斗。\n\n县科协的报告。\n", "utf-8")
    (tmp_path / "c.txt").write_text("", "utf-8")
    (tmp_path / "d.txt").write_text("2021\n", "utf-8")
    return tmp_path


def test_a_row_a_file(folder: Path) -> None:
    found = ct.scripts([folder])
    assert found["file"].map(lambda name: Path(name).name).tolist() == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert found["script"].tolist()[:2] == ["simplified", "mixed"]
    assert found["script"].tolist()[3] == "none"
    # 縣 協 開 動 堅 戰 are traditional only; 县 协 报 are simplified only.
    assert found.loc[1, ["traditional", "simplified"]].tolist() == [6, 3]
    assert found.loc[1, "mirror"] == "斗→鬥"
    assert found["reason"].notna().tolist() == [False, False, True, False]
    assert found["line"].isna().all()


def test_a_row_a_line(folder: Path) -> None:
    found = ct.scripts([folder / "b.txt"], lines=True)
    assert found["line"].tolist() == [1, 3]
    assert found["script"].tolist() == ["traditional", "simplified"]
    assert found["mirror"].tolist() == ["斗→鬥", ""]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.txt"):
        ct.scripts([tmp_path / "none.txt"])
