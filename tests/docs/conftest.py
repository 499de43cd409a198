from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

import corpus_tools as ct

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "cli"))  # command: one way to call the program for a test

OWN = ("wenku/a3f9c1.txt", "gb/zf2012.txt", "gb/kx_13.txt", "yuanze-kexie/t20220318_2310.html", "ribao/n2-31177.html")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports and their corpus, built once."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "raw", folder / "raw")
    report = ct.build(folder / "raw", folder / "processed", progress=False)
    assert report.documents == 91
    return folder


@pytest.fixture
def place(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the names of the pages: raw/, processed/, OUT, NEW; collected/ of a few files; saved.html."""
    shutil.copytree(sample / "raw", tmp_path / "raw")
    for name in ("processed", "OUT", "NEW"):
        shutil.copytree(sample / "processed", tmp_path / name)
    (tmp_path / "collected").mkdir()
    for number, name in enumerate(OWN, 1):
        shutil.copy(ROOT / "raw" / name, tmp_path / "collected" / f"{number:03d}{Path(name).suffix}")
    shutil.copy(ROOT / "raw" / "qiuzhi" / "bg-20817.html", tmp_path / "saved.html")
    monkeypatch.chdir(tmp_path)
    return tmp_path
