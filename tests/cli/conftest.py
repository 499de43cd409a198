from __future__ import annotations

from pathlib import Path

import pytest
from command import ROOT, apart


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "out"
    result = apart("build", ROOT / "raw", folder)
    assert result.returncode == 3, result.stderr  # raw/rejects holds two files that cannot become documents
    assert result.stdout == ""
    assert "91 documents, 2 rejected" in result.stderr
    return folder
