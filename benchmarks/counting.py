"""Memory and time of counting words in as many as 100,000 reports.

Usage: counting.py CORPUS [--reports 100000 …]. CORPUS is a folder made by ``corpus-tools build``; its parts are repeated under
new names until there are so many reports, without their texts, which counting does not read. Each count runs in a process of
its own; printed are the terms, the numbers kept, the peak of its memory and of what it began with, and time by thousand reports.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from repeating import repeated

import corpus_tools as ct
from corpus_tools.analysis import counts
from corpus_tools.analysis.words import CONTENT

ASKED = {
    "nothing": None,
    "matrix of content words": lambda corpus: counts.matrix(corpus, words=CONTENT, min_documents=3).counts,
    "matrix of all words": lambda corpus: counts.matrix(corpus).counts,
    "matrix of word pairs in 1 % of reports": lambda corpus: (
        counts.matrix(corpus, n=2, min_documents=len(corpus) // 100).counts
    ),
    "keyness by year": lambda corpus: ct.keywords.keyness(corpus, by="year", min_documents=len(corpus) // 100),
}


def measured(folder: Path, asked: str) -> None:
    corpus = ct.load(folder)
    corpus.vocabulary  # noqa: B018 - read before the clock starts
    before, start = _peak(), time.perf_counter()
    found = ASKED[asked](corpus) if ASKED[asked] else None
    seconds = time.perf_counter() - start
    size = (
        f"{found.shape[1]:,} terms, {found.nnz:,} counts"
        if hasattr(found, "nnz")
        else f"{0 if found is None else len(found):,} rows"
    )
    print(json.dumps([len(corpus), size, before, _peak(), seconds]))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--reports", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--one", choices=ASKED, help=argparse.SUPPRESS)  # what a process of its own is asked
    given = parser.parse_args()
    if given.one:
        measured(given.corpus, given.one)
        return
    for reports in given.reports:
        with tempfile.TemporaryDirectory() as folder:
            repeated(given.corpus, Path(folder), reports, tables=("tokens",), texts=False)
            for asked in ASKED:
                command = [sys.executable, __file__, folder, "--one", asked]
                result = subprocess.run(command, capture_output=True, text=True, check=True)
                n, size, before, peak, seconds = json.loads(result.stdout)
                print(
                    f"{n:>7,} reports  {asked:<40} {size:<38} {before:.2f} → {peak:.2f} GB  {seconds / n * 1000:.2f} s a thousand"
                )


if __name__ == "__main__":
    main()
