"""How alike two texts are, for the benchmarks: the longest common subsequence of their characters."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import LCSseq


def plain(text: str) -> str:
    """NFKC without white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def overlap(found: str, wanted: str) -> tuple[float, float, float]:
    """F1, precision and recall of the characters of ``found`` against those of ``wanted``."""
    found, wanted = plain(found), plain(wanted)
    same = LCSseq.similarity(found, wanted)
    precision, recall = same / max(len(found), 1), same / max(len(wanted), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall
