from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import small_corpus

from corpus_tools.language import slogans as lexicon
from corpus_tools.language.slogans import Slogan

Make = Callable[..., Any]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return lambda documents, **more: small_corpus.make(tmp_path / "processed", documents, **more)


@pytest.fixture
def own_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slogans of an invented land, so that counts can be worked out by hand and do not change with the shipped list."""
    entries = (
        Slogan("四个坚守", ("增强四个坚守", "“四个坚守”意识"), "ideology", 2016),
        Slogan("小康河谷", (), "economy", 2002),
        Slogan("全面建成小康河谷", (), "economy", 2012),
        Slogan("双减双提", (), "other", None),
        Slogan("从未说过", (), "other", None),
        Slogan("守正、创新", (), "other", None),
    )
    monkeypatch.setattr(lexicon, "slogans", lambda extra=None, *, shipped=True: entries)
