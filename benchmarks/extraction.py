"""How well pages are told from their frames: clean text against known main text, page by page.

    python benchmarks/extraction.py FOLDER...

Each FOLDER holds pages (NAME.html, at any depth) with their main text (NAME.gold.txt). Characters are compared by the
longest common subsequence, after NFKC and without white space. Prints pages, mean precision, recall and F1 of each folder,
and its worst pages. Needs: pip install '.[bench]'
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from pathlib import Path
from statistics import mean

from rapidfuzz.distance import LCSseq

from corpus_tools.cleaning.edits import apply
from corpus_tools.config import Config
from corpus_tools.corpus.prepare import edits_of
from corpus_tools.errors import Rejected
from corpus_tools.reading import read

AS_FOUND = Config(script="keep")


def plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def clean(path: Path) -> str:
    try:
        page = read(path)
    except Rejected:
        return ""
    return apply(page.text, edits_of(page, config=AS_FOUND))


def score(path: Path, gold: Path) -> tuple[float, float, float]:
    """F1, precision and recall of one page."""
    found, wanted = plain(clean(path)), plain(gold.read_text("utf-8"))
    same = LCSseq.similarity(found, wanted)
    precision, recall = same / max(len(found), 1), same / max(len(wanted), 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), precision, recall


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--worst", type=int, default=5, help="how many of the worst pages to name")
    args = parser.parse_args()
    for folder in args.folders:
        pairs = [(page, page.with_name(page.stem + ".gold.txt")) for page in sorted(folder.rglob("*.html"))]
        scores = {page: score(page, gold) for page, gold in pairs if gold.exists()}
        f1, precision, recall = (mean(column) for column in zip(*scores.values(), strict=True))
        print(f"{folder}: {len(scores)} pages, precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
        for page in sorted(scores, key=lambda p: scores[p])[: args.worst]:
            print(f"    {scores[page][0]:.2f} {page.relative_to(folder)}")


if __name__ == "__main__":
    main()
