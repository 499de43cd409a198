from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))  # small_corpus: one way to make a corpus for a test
