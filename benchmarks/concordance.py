"""How long a concordance takes, beside a plain loop of re.finditer over the same texts in the same run.

    python benchmarks/concordance.py OUT                     # how long queries of each kind take, and the same again
    python benchmarks/concordance.py OUT --reports 100000    # the same in so many, OUT's repeated under new names
    python benchmarks/concordance.py OUT --calibration       # share of words that the test of collocations flags by chance
    python benchmarks/concordance.py OUT --calibration --where year=2025 level=province  # of some of the reports
    python benchmarks/concordance.py OUT --coverage          # how often the interval of log Dice holds the true value

OUT is a corpus folder. Ratios are to the loop: 1 is as fast as looking through all texts once for the plain string. A repeated
corpus lies in the folder for temporary files, some 2 GB for 100,000 reports, and is deleted.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from repeating import repeated
from scipy.sparse import csr_matrix
from scipy.stats import false_discovery_control

import corpus_tools as ct
from corpus_tools.analysis.collocations import nearby, windows
from corpus_tools.analysis.concordance import kwic, queries
from corpus_tools.analysis.concordance.words import Spans
from corpus_tools.analysis.statistics.contingency import log_dice_interval
from corpus_tools.analysis.words import CONTENT
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.language.vocabulary import MARK, SPACE

QUERIES = (
    ("新质生产力", "slogan"), ("改革开放", "slogan"), ("科技人员", "phrase"), ("科技", "phrase"), ("坚持.{0,6}领导", "regex"),
    ("[0-9]+%", "regex"), ("^第.章", "regex"), ("新质生产力", "word"), ("就业", "word"), ("坚持 *{0,3} 领导", "pattern"),
    ("/v 发展", "pattern"),
)  # fmt: skip


def latency(folder: str, *, collocations: bool) -> None:
    """Seconds and ratios of each query and of the same again; the first in texts, and in words, pays for reading them."""
    start = time.perf_counter()
    corpus = ct.load(folder)
    print(f"{len(corpus)} documents, loaded in {time.perf_counter() - start:.1f} s, {_peak()}")
    loop = _loop(corpus)
    one = Corpus(corpus.folder, corpus.documents[:1])
    once = _seconds(lambda: kwic(one, "改革开放", sample=1))
    print(f"what the first query of a process loads, whatever the corpus: {once:.1f} s")
    for query, kind in QUERIES:
        seconds = []
        for _ in range(2):
            start, cpu = time.perf_counter(), time.process_time()
            found = kwic(corpus, query, kind=kind, sample=100).attrs
            seconds.append((time.perf_counter() - start, time.process_time() - cpu))
        (first, of_first), (second, of_second) = seconds
        asked = (
            f"{kind:8}{query:18}{found['hits']:8} in {found['documents']:6}: first {first:6.2f} s ({of_first:6.2f} CPU)"
        )
        print(f"{asked}, second {second:6.2f} s ({of_second:6.2f}, {second / loop:5.1f} loops), {_peak()}", flush=True)
    for window in (5, "paragraph") if collocations else ():
        seconds = _seconds(lambda w=window: nearby.around(corpus, "就业", kind="word", window=w))
        print(f"collocations of 就业, window {window}: {seconds:.2f} s ({seconds / loop:.1f})")


def _loop(corpus: Corpus) -> float:
    texts = corpus.documents["text"].tolist()
    seconds = min(_seconds(lambda: [list(re.finditer("改革开放", text)) for text in texts]) for _ in range(3))
    print(f"{sum(map(len, texts)) / 1e6:.1f} M characters; loop of re.finditer {seconds:.2f} s")
    return seconds


def _peak() -> str:
    return f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"


def _seconds(part: Callable[[], object]) -> float:
    start = time.perf_counter()
    part()
    return time.perf_counter() - start


def _columns(corpus: Corpus) -> np.ndarray:
    chosen = np.flatnonzero(CONTENT.mask(corpus.vocabulary))
    column = np.full(len(corpus.vocabulary), -1, dtype=np.int64)
    column[chosen] = np.arange(len(chosen))
    return column


def calibration(corpus: Corpus) -> None:
    """Nodes at random words, near which no word has a reason to stand."""
    random, column = np.random.default_rng(0), _columns(corpus)
    is_word = ~corpus.vocabulary["kind"].isin((MARK, SPACE)).to_numpy(dtype=bool)
    solid = np.flatnonzero(is_word[corpus.tokens.ids])
    for nodes in (100, 1500):
        for window in (5, "paragraph"):
            p, flagged = [], 0
            for _ in range(5):
                first = np.sort(random.choice(solid, nodes, replace=False))
                counted = windows.count(corpus, Spans(first, first + 1), column, window=window)
                tested = nearby._family(counted.reported, counted.nodes, 5, 3)
                p.append(nearby._tests(counted.tokens, tested)["p_value"].to_numpy())
                flagged += int((false_discovery_control(p[-1]) < 0.05).sum())
            all_p = np.concatenate(p)
            shares = ", ".join(f"p<{level} {(all_p < level).mean():.4f}" for level in (0.05, 0.01, 0.001))
            print(f"{nodes} nodes, window {window}: {shares}, q<.05 {flagged} of {len(all_p)} words")


def coverage(corpus: Corpus) -> None:
    """Samples of documents, with replacement; all documents are the truth."""
    random, column = np.random.default_rng(0), _columns(corpus)
    for node in ("就业", "农业"):
        for window in (5, "paragraph"):
            asked = queries.read(node, "word", match="longest", lexicon=None)
            counted = windows.count(corpus, queries.spans(corpus, asked), column, window=window)
            table, nodes = counted.reported, counted.nodes
            count = np.asarray(table.joint.sum(axis=0)).ravel()
            chosen = np.flatnonzero((count >= 15) & (table.joint.getnnz(axis=0) >= 10))
            joint, words = csr_matrix(table.joint[:, chosen]), csr_matrix(table.words[:, chosen])
            true = 14 + np.log2(2 * count[chosen] / (nodes.sum() + np.asarray(words.sum(axis=0)).ravel()))
            for size in (30, 100):
                held = tried = 0
                for _ in range(200):
                    rows = random.integers(0, len(corpus), size)
                    low, high = log_dice_interval(joint[rows], nodes[rows], words[rows])
                    shown = ~np.isnan(low) & (joint[rows].getnnz(axis=0) >= 3)
                    held += int((shown & (low <= true) & (true <= high)).sum())
                    tried += int(shown.sum())
                print(f"{node}, window {window}, {size} documents: {held / tried:.3f} of {tried} intervals")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--reports", type=int)
    parser.add_argument("--calibration", action="store_true")
    parser.add_argument("--coverage", action="store_true")
    parser.add_argument("--where", nargs="+", default=[], metavar="COLUMN=VALUE")
    given = parser.parse_args()
    if given.calibration or given.coverage:
        conditions = (condition.split("=", 1) for condition in given.where)
        corpus = ct.load(given.out).where(**{name: int(of) if of.isdigit() else of for name, of in conditions})
        print(corpus)
        (calibration if given.calibration else coverage)(corpus)
    elif given.reports:
        with tempfile.TemporaryDirectory() as folder:
            repeated(Path(given.out), Path(folder), given.reports)
            latency(folder, collocations=False)  # of 100,000 reports these take many times the memory of queries
    else:
        latency(given.out, collocations=True)


if __name__ == "__main__":
    main()
