"""Slogans: how fast they are matched, where their tiers come from, their first years, whether the test of company is calibrated.

    python benchmarks/slogans.py FOLDER --speed          # 100 MB of text, 1,000 slogans
    python benchmarks/slogans.py FOLDER --tiers          # shares of documents in a year of provincial reports
    python benchmarks/slogans.py FOLDER --lives FILE     # lives of well-known slogans in State Council reports, and a picture
    python benchmarks/slogans.py FOLDER --together       # share of pairs called related where labels are shuffled

FOLDER holds collected reports (../shared/corpus); it is built into a temporary corpus first.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.stats import false_discovery_control

import corpus_tools as ct
from corpus_tools.analysis import grouping, phrases
from corpus_tools.analysis.slogans import company
from corpus_tools.analysis.slogans.lexicon import known
from corpus_tools.analysis.slogans.matching import About, matcher

LIVES = (
    "四项基本原则", "社会主义市场经济", "科教兴国", "西部大开发", "三个代表", "科学发展观", "中国梦", "互联网+",
    "供给侧结构性改革", "乡村振兴", "新质生产力", "人工智能+",
)  # fmt: skip
SHUFFLES = 5


def speed(corpus: ct.Corpus) -> None:
    """Medians of seven runs, each part in turn, over one text a document, repeated to 100 MB."""
    wanted = matcher(known(None)[:1000])
    texts = corpus.texts * 50
    sizes = np.cumsum([len(text.encode()) for text in texts])
    texts = texts[: int(np.searchsorted(sizes, 100e6))]
    size, nowhere = sum(len(text.encode()) for text in texts) / 1e6, About(2020, ())
    automaton = phrases.automaton(wanted._forms)
    for text in corpus.texts:
        wanted.places(text, nowhere)  # what is loaded once is loaded
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = sum(len(wanted.places(text, nowhere)) for text in texts)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    clean = [phrases.normalise(text) for text in texts]
    parts: dict[str, Callable[[], object]] = {
        "normalising": lambda: sum(len(phrases.normalise(text)) for text in texts),
        "automaton alone": lambda: sum(
            len(automaton.find_matches_as_indexes(text, overlapping=True)) for text in clean
        ),
        "matching pass": lambda: sum(len(wanted.places_in(a, b, nowhere)) for a, b in zip(clean, texts, strict=True)),
        "both": lambda: sum(len(wanted.places(text, nowhere)) for text in texts),
    }
    runs = {name: [_seconds(part) for _ in range(7)] for name, part in parts.items()}
    print(f"{size:.0f} MB, {len(wanted.slogans)} slogans, {len(wanted._forms)} forms, {found} places")
    for name, seconds in runs.items():
        rates = sorted(size / s for s in seconds)
        print(f"{name:16} {statistics.median(rates):6.1f} MB/s ({rates[0]:.1f} to {rates[-1]:.1f})")
    print(f"memory on top of the texts: {grown / 1024:.0f} MB")


def _seconds(part: Callable[[], object]) -> float:
    start = time.perf_counter()
    part()
    return time.perf_counter() - start


def tiers(corpus: ct.Corpus) -> None:
    frame = ct.slogans.count(corpus.where(level="province", kind="work_report"), by="year", resamples=1)
    said = frame[(frame["n"] >= 15) & (frame["documents"] > 0)]
    for year, of in said.groupby("year"):
        print(f"{year}: {of['n'].iloc[0]} reports, {len(of)} slogans in use")
        print("  " + ", ".join(f"≥{share} {(of['share_documents'] >= share).mean():.2f}" for share in SHARES))


SHARES = (0.9, 0.8, 0.6, 0.5, 0.3, 0.15, 0.1, 0.06)


def lives(corpus: ct.Corpus, picture: Path) -> None:
    reports = corpus.where(level="national", kind="work_report", organisation="政府", year=range(1978, 2027))
    print(reports)
    frame = ct.slogans.lifecycle(reports)
    chosen = frame[frame["slogan"].isin(LIVES)]
    columns = ["slogan", "official", "first", "lag", "last", "peak", "half_life", "bursts"]
    print(chosen[columns].to_string(index=False))
    print(f"before their official year: {frame.loc[frame['early'], 'slogan'].tolist()}")
    ct.plot.lifecycle(chosen).figure.savefig(picture, bbox_inches="tight")


def together(corpus: ct.Corpus) -> None:
    """Labels dealt out anew within each document, longer paragraphs first in proportion: nothing is related then."""
    pieces = company._pieces(corpus, known(None), "paragraph")
    code, random = grouping.groups(corpus, "doc_id").code, np.random.default_rng(1)
    print("real:", _row(_tested(pieces, code)))
    for _ in range(SHUFFLES):
        print("shuffled:", _row(_tested(_shuffled(pieces, random), code)))


def _tested(pieces: company._Pieces, code: np.ndarray) -> pd.DataFrame:
    found = company._Company(pieces, code)
    return pd.concat([found.of(number, 5, one=False) for number in range(pieces.held.shape[1])])


def _shuffled(pieces: company._Pieces, random: np.random.Generator) -> company._Pieces:
    rows, columns = list[int](), list[int]()
    for document in range(pieces.document.max() + 1):
        of = np.flatnonzero(pieces.document == document)
        held = np.asarray(pieces.held[of].sum(axis=0)).ravel()
        for slogan in np.flatnonzero(held):
            race = random.exponential(size=len(of)) / pieces.han[of]
            rows += of[np.argpartition(race, held[slogan] - 1)[: held[slogan]]].tolist()
            columns += [int(slogan)] * int(held[slogan])
    held = csr_matrix((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=pieces.held.shape)
    return pieces._replace(held=held)


def _row(frame: pd.DataFrame) -> str:
    p, expected = frame["p_value"], frame["documents_expected"]
    shares = ", ".join(f"E>{least} {(p[expected > least] < 0.05).mean():.3f}" for least in (0, 0.5, 2))
    return f"{len(frame)} pairs, p<.05: {shares}; q<.05: {(false_discovery_control(p) < 0.05).sum()}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--tiers", action="store_true")
    parser.add_argument("--lives", type=Path, metavar="FILE")
    parser.add_argument("--together", action="store_true")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as out:
        ct.build(args.folder, out)
        corpus = ct.load(out)
        if args.speed:
            speed(corpus)
        if args.tiers:
            tiers(corpus)
        if args.lives:
            lives(corpus, args.lives)
        if args.together:
            together(corpus)


if __name__ == "__main__":
    main()
