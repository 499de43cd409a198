"""Memory and time of analyses of as many as 100,000 reports, texts and all.

    python benchmarks/memory.py CORPUS [--reports 10000 100000] [--only ANALYSIS …]

CORPUS is a folder made by ``corpus-tools build``; its documents are written again and again, a part each time, under new names,
until there are so many reports. Each analysis runs in a process of its own; printed are the peak of its memory, what the
process had taken when the corpus was open, and seconds a thousand reports.
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

TABLES = ("documents", "sections", "tokens")
TERMS = ["高质量发展", "新质生产力", "乡村振兴", "科普", "营商环境"]
ASKED = {
    "counts.matrix": lambda corpus: counts.matrix(corpus),
    "keyness": lambda corpus: ct.keywords.keyness(corpus, by="year", min_documents=max(3, len(corpus) // 100)),
    "slogans.count": lambda corpus: ct.slogans.count(corpus, by="year"),
    "trends.rate": lambda corpus: ct.trends.rate(corpus, TERMS),
    "topics.fit": lambda corpus: ct.topics.fit(corpus, k=20, method="streamed_nmf", seeds=1),
    "themes.count": lambda corpus: ct.themes.count(corpus, by="year"),
}


def measured(folder: Path, asked: str) -> None:
    corpus = ct.load(folder)
    before, start = peak(), time.perf_counter()
    ASKED[asked](corpus)
    print(json.dumps([len(corpus), before, peak(), time.perf_counter() - start]))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--reports", type=int, nargs="+", default=[10_000])
    parser.add_argument("--only", nargs="+", choices=ASKED, default=list(ASKED))
    parser.add_argument("--one", choices=ASKED, help=argparse.SUPPRESS)  # what a process of its own is asked
    given = parser.parse_args()
    if given.one:
        measured(given.corpus, given.one)
        return
    for reports in given.reports:
        with tempfile.TemporaryDirectory() as folder:
            repeated(given.corpus, Path(folder), reports, tables=TABLES)
            for asked in given.only:
                command = [sys.executable, __file__, folder, "--one", asked]
                result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
                n, before, most, seconds = json.loads(result.stdout)
                rate = seconds / n * 1000
                said = f"{n:>7,} reports  {asked:<14} {before:.2f} → {most:.2f} GB  {rate:.2f} s a thousand"
                print(said, flush=True)


if __name__ == "__main__":
    main()
