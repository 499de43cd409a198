"""How like are topics of neighbouring periods, how many events does chance make, and how far do guided topics go?

    python benchmarks/periods.py CORPUS --likeness   # cosines of topics within a fit, of neighbours, of halves of one period
    python benchmarks/periods.py CORPUS --events     # events between neighbours, and between halves, where nothing changed
    python benchmarks/periods.py CORPUS --guided     # terms of themes that are found when kept back, by free topics and pull

CORPUS is a folder made by `corpus-tools build` from the real reports (../shared/corpus).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

import corpus_tools as ct
from corpus_tools.analysis.themes.dictionary import known
from corpus_tools.analysis.topics import guiding
from corpus_tools.analysis.topics.engines import Task
from corpus_tools.analysis.topics.matching import cosines
from corpus_tools.analysis.topics.material import Asked, Material, material
from corpus_tools.analysis.topics.periods import Fit, fitted, links, part
from corpus_tools.analysis.words import CONTENT

ASKED = Asked("paragraph", CONTENT, 15, 0.15, False)
BREAKS = {
    "decades": [1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020],
    "turns": [1954, 1978, 1993, 2003, 2013],
}
KS = (10, 20)
HALVINGS = 3
LIKE = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
EVENTS = ("continues", "merges", "dies", "splits", "born")


def parts(found: Material, starts: list[int]) -> list[Material]:
    year = found.corpus.documents["year"].to_numpy(dtype=np.float64, na_value=0)
    return [part(found, (year >= a) & (year < b)) for a, b in pairwise([*starts, 9999])]


def halves(of: Material, k: int, seeds: int) -> Iterator[tuple[Fit, Fit]]:
    """Topics of two random halves of the documents of a period, some times; none of fewer than four documents."""
    n = len(of.corpus)
    for seed in range(HALVINGS if n >= 4 else 0):
        first = np.random.default_rng(seed).permutation(n) < n // 2
        yield tuple(fitted(part(of, side), k, seed=0, seeds=seeds) for side in (first, ~first))


def likest(one: Fit, other: Fit) -> list[float]:
    like = cosines(one.loadings, other.loadings)
    return [*like.max(axis=1), *like.max(axis=0)]


def likeness(found: Material) -> None:
    """The likest topic that each topic has in another fit, or among the others of its own."""
    for name, k in ((name, k) for name in BREAKS for k in KS):
        periods = parts(found, BREAKS[name])
        fits = [fitted(of, k, seed=0, seeds=1) for of in periods]
        own = [cosines(fit.loadings, fit.loadings) - np.eye(k) for fit in fits]
        seen = {
            "others of one fit": np.concatenate([of.max(axis=1) for of in own]),
            "three periods apart": np.concatenate([likest(*pair) for pair in zip(fits, fits[3:], strict=False)]),
            "neighbours": np.concatenate([likest(*pair) for pair in pairwise(fits)]),
            "halves of a period": np.concatenate([likest(*pair) for of in periods for pair in halves(of, k, 1)]),
        }
        print(f"\n{name}, k={k}: likest cosine, and the share of topics that have one of at least")
        print(" " * 22 + "   10%   50%   90%  |" + "".join(f"  ≥{like:.2f}" for like in LIKE))
        for which, values in seen.items():
            print(
                f"{which:22}" + "".join(f"{q:6.2f}" for q in np.quantile(values, (0.1, 0.5, 0.9))) + "  |"
                + "".join(f"{(values >= like).mean():7.1%}" for like in LIKE)
            )  # fmt: skip


def events(found: Material) -> None:
    """Events for each hundred topics, all and steady."""
    for name, k in ((name, k) for name in BREAKS for k in KS):
        periods = parts(found, BREAKS[name])
        fits = [fitted(of, k, seed=0, seeds=5) for of in periods]
        pairs = {"neighbours": list(pairwise(fits)), "halves": [pair for of in periods for pair in halves(of, k, 5)]}
        print(f"\n{name}, k={k}: events for 100 topics (steady ones)")
        for which, joined in pairs.items():
            frame = pd.concat([links(*pair) for pair in joined])
            per = 100 / (k * len(joined))
            print(
                f"{which:12}"
                + "".join(
                    f"  {event} {(frame['event'] == event).sum() * per:.0f}"
                    f" ({((frame['event'] == event) & frame['steady']).sum() * per:.0f})"
                    for event in EVENTS
                )
            )


def guided(found: Material) -> None:
    """Half of each theme's terms are kept back: are they among the first fifty words that its topic learns?"""
    themes = known("general")
    (block,) = found.blocks()
    for free, pull in ((0, 0.0), (0, 0.2), (5, 0.2), (10, 0.0), (10, 0.05), (10, 0.1), (10, 0.2), (10, 0.4), (20, 0.2)):
        guiding.PULL = pull
        task = Task(block.counts, found.idf, len(themes) + free, 0)
        begun = guiding.started(task, found, themes, free=free)
        start, kept_back = _kept_back(begun, len(themes))
        before = time.perf_counter()
        loadings = partial(guiding.guided_nmf, themes=len(themes))(task._replace(start=start)).loadings[: len(themes)]
        took = time.perf_counter() - before
        shares = [_found(*one) for one in zip(loadings, start, kept_back, strict=False) if one[2].any()]
        like = cosines(loadings, start[: len(themes)])
        own = np.diag(like)
        print(
            f"free {free:2}, pull {pull:.2f}: kept-back terms found {np.mean(shares):.2f}; similarity {np.median(own):.2f}, "
            f"drifted {(own < guiding.DRIFTED).sum()} of {len(themes)}; likest other theme "
            f"{np.quantile((like - np.diag(own)).max(axis=1), 0.95):.2f} (95 %); {took:.0f} s",
            flush=True,
        )


def _kept_back(begun: np.ndarray, themes: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of themes with half of their words, and which words were taken out."""
    random, start = np.random.default_rng(0), begun.copy()
    for row in start[:themes]:
        words = random.permutation(np.flatnonzero(row))
        row[words[(len(words) + 1) // 2 :]] = 0
    taken = (begun > 0) & (start == 0)
    return start / np.linalg.norm(start, axis=1, keepdims=True), taken[:themes]


def _found(loadings: np.ndarray, start: np.ndarray, taken: np.ndarray, first: int = 50) -> float:
    """The share of words taken out (of fifty, where they are more) among the first that the theme did not begin with."""
    learnt = np.argsort(-np.where(start > 0, -1, loadings), kind="stable")[:first]
    return float(taken[learnt].sum() / min(first, taken.sum()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    for name in ("likeness", "events", "guided"):
        parser.add_argument(f"--{name}", action="store_true")
    asked = parser.parse_args()
    found = material(ct.load(asked.corpus), ASKED)
    for name, show in (("likeness", likeness), ("events", events), ("guided", guided)):
        if getattr(asked, name):
            show(found)


if __name__ == "__main__":
    main()
