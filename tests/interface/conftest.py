"""A folder as the help of verbs takes it for granted: raw/, the corpus processed/, topics that were kept, a coded sheet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from running import run
from verbs import VERBS

import corpus_tools as ct
from corpus_tools.cli import help as verb_help

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "raw", folder / "raw")
    (line,) = verb_help.examples(VERBS["demo"])
    ran = run("demo", line, folder)
    assert ran.code == 0, ran.words
    corpus = ct.load(folder / "processed")
    ct.topics.fit(corpus, k=5, seeds=1).save(folder / "topics")
    sample = ct.themes.sample(corpus, themes=["科技"], n=8)
    codes = pd.Series(range(len(sample.sheet))) % 2
    coded = sample.sheet.assign(coder_1=codes, coder_2=codes.where(codes.index != 3, 1))
    coded.to_csv(folder / "coded.csv", index=False)
    sample.key.to_csv(folder / "key.csv", index=False)
    return folder
