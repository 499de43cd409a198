"""How fast words are cut and counted, beside jieba and the script that researchers write.

    python benchmarks/segmentation_speed.py ../shared/corpus [--runs 5]

One process, one thread; each pair in turn, several times; printed are medians of ratios of one run, with the least and
the greatest. ``cutting``: jieba.lcut against ours, with and without its HMM. ``matrix``: from decoded text to a document-term
matrix, OpenCC (t2s) + jieba.lcut + CountVectorizer against simplify + term_matrix: with OpenCC's t2s too and jieba's tokens
(identical counts: checked), and with only what is traditional simplified, in jieba's standard and in that of reports.
``limit``: ours as a share of rjieba.cut alone, which makes one Python string a word. ``clause cache``: what
cutting each clause once would save, on texts where no paragraph stands twice.
"""

from __future__ import annotations

import argparse
import logging
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import jieba
import opencc
import rjieba
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from corpus_tools.analysis.counts import term_matrix
from corpus_tools.language.script import simplify
from corpus_tools.language.segment import Setting, line_cutter, segmenter, setting

# Each report once: the other folders hold the same texts in other forms.
FOLDERS = ("anomalies", "cpc_congress", "local", "npc_resolutions", "policy_docs", "provincial", "state_council")
CLAUSE = re.compile(r"[^，。；：！？、\n]*[，。；：！？、\n]?")

Cut = Callable[[str], list[str]]


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def versus(name: str, theirs: Callable[[], object], ours: Callable[[], object], runs: int) -> None:
    ratios = [timed(theirs) / timed(ours) for _ in range(runs)]
    print(f"{name:52} {median(ratios):6.1f} times as fast ({min(ratios):.1f} to {max(ratios):.1f})", flush=True)


def over(cut: Cut, texts: Sequence[str]) -> Callable[[], object]:
    return lambda: sum(len(cut(text)) for text in texts)


def over_lines(how: Setting, texts: Sequence[str]) -> Callable[[], object]:
    """As a build cuts: the words of each line."""
    cut = line_cutter(how)
    return lambda: sum(len(words) for text in texts for words in cut(text))


def with_clause_cache(cut: Cut) -> tuple[Cut, dict[str, list[str]]]:
    known: dict[str, list[str]] = {}

    def cached(text: str) -> list[str]:
        tokens: list[str] = []
        for clause in CLAUSE.findall(text):
            if clause not in known:
                known[clause] = cut(clause)
            tokens += known[clause]
        return tokens

    return cached, known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    jieba.setLogLevel(logging.CRITICAL)
    jieba.initialize()
    raw = [f.read_text("utf-8", "replace") for name in FOLDERS for f in sorted((args.folder / name).glob("*.txt"))]
    texts = [simplify(text) for text in raw]
    print(f"{len(texts)} texts, {sum(len(text.encode()) for text in texts) / 1e6:.1f} MB as UTF-8")

    for hmm in (True, False):
        cut = segmenter(setting("jieba", hmm=hmm))
        theirs = over(lambda text, hmm=hmm: jieba.lcut(text, HMM=hmm), texts)
        versus(f"cutting, standard jieba, HMM {hmm}", theirs, over(cut, texts), args.runs)
        versus(
            f"cutting, standard reports, against jieba's HMM {hmm}",
            theirs,
            over_lines(setting(), texts),
            args.runs,
        )

    t2s = opencc.OpenCC("t2s")

    def script_of_today() -> tuple[CountVectorizer, csr_matrix]:
        counter = CountVectorizer(analyzer=lambda text: jieba.lcut(t2s.convert(text)))
        return counter, counter.fit_transform(raw)

    def ours(standard: str, variant: str) -> tuple[csr_matrix, list[str]]:
        return term_matrix((simplify(text, variant=variant) for text in raw), standard=standard)

    _check_identical(*script_of_today(), *ours("jieba", "t2s"))
    for standard, variant in (("jieba", "t2s"), ("jieba", "auto"), ("reports", "auto")):
        versus(
            f"matrix, standard {standard}, script {variant}",
            script_of_today,
            lambda s=standard, v=variant: ours(s, v),
            args.runs,
        )

    engine = rjieba.Jieba()
    alone = over(lambda text: engine.cut(text, False), texts)
    for standard in ("jieba", "reports"):
        share = [timed(alone) / timed(over_lines(setting(standard, hmm=False), texts)) for _ in range(args.runs)]
        print(
            f"share of rjieba.cut alone, standard {standard:8} {median(share):.2f} ({min(share):.2f} to {max(share):.2f})"
        )

    cut = segmenter(setting("jieba", hmm=False))
    cached, known = with_clause_cache(cut)
    over(cached, texts)()
    clauses = [clause for text in texts for clause in CLAUSE.findall(text)]
    repeated = 1 - sum(map(len, known)) / sum(map(len, clauses))
    print(f"clause cache: {repeated:.1%} of the characters stand in clauses seen before")
    versus(
        "clause cache, empty at first, against none",
        over(cut, texts),
        lambda: over(with_clause_cache(cut)[0], texts)(),
        args.runs,
    )


def _check_identical(counter: CountVectorizer, theirs: csr_matrix, matrix: csr_matrix, words: list[str]) -> None:
    columns = [counter.vocabulary_[word] for word in words]
    assert len(words) == sum(not word.isspace() for word in counter.vocabulary_)
    assert (theirs[:, columns] != matrix).nnz == 0
    print(f"identical counts: {matrix.shape[0]} texts, {matrix.shape[1]} words, {matrix.sum()} tokens")


if __name__ == "__main__":
    main()
