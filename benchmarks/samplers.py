"""How the samplers of tomotopy are best used: weights of words, iterations, their own shares of topics; and its DTM.

    python benchmarks/samplers.py CORPUS              # LDA with each weight of words and number of iterations
    python benchmarks/samplers.py CORPUS --degrees    # how far gdmr's expectation is from documents that it has not seen
    python benchmarks/samplers.py CORPUS --dynamic    # why topics that move with time (DTM) are not offered

CORPUS as of topics.py.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import tomotopy
from topics import K, agreement, found_in, prepared, worth_of

import corpus_tools as ct
from corpus_tools.analysis.topics import covariates, gibbs
from corpus_tools.analysis.topics.engines import Fitted, Task, queried


def sampling(corpus: ct.Corpus) -> Iterator[dict[str, object]]:
    """tomotopy's LDA with its weights of words and iterations; how far its own shares are from those folded in."""
    _, block, task, _ = prepared(corpus, "gibbs_lda")
    tasks = [task._replace(seed=seed) for seed in range(2)]
    for iterations in (200, 500, 1000):
        gibbs.ITERATIONS = iterations
        for weight in ("ONE", "IDF", "PMI"):
            models = [gibbs.sampled(one, "LDAModel", tw=tomotopy.TermWeight[weight])[0] for one in tasks]
            fits = [
                gibbs.fitted(one, of, prior=float(np.mean(of.alpha))) for one, of in zip(tasks, models, strict=True)
            ]
            filled = np.diff(task.counts.indptr) > 0
            own = np.array([unit.get_topic_dist() for unit in models[0].docs])
            folded_in, document = fits[0].weights[filled], block.document[filled]
            of_documents = [pd.DataFrame(of).groupby(document).mean().to_numpy() for of in (own, folded_in)]
            yield {
                "iterations": iterations, "weight": weight, **worth_of(block, fits[0]),
                "ARI seeds": agreement([fitted.weights.argmax(axis=1) for fitted in fits]),
                "ll a word": models[0].ll_per_word,
                "same largest topic": (own.argmax(axis=1) == folded_in.argmax(axis=1)).mean(),
                "difference of shares": np.abs(own - folded_in).mean(),
                "of documents": np.abs(of_documents[0] - of_documents[1]).mean(),
            }  # fmt: skip


def degrees(corpus: ct.Corpus) -> Iterator[dict[str, object]]:
    """Half the sum of differences between expected and found shares of every fifth document, which the model has not seen."""
    _, block, task, _ = prepared(corpus, "gdmr")
    held = block.document % 5 == 0
    year, document = task.covariate.astype(float), block.document[held]
    seen = task._replace(counts=task.counts[~held], covariate=task.covariate[~held])
    first, last = year[~held].min(), year[~held].max()
    when = np.clip([year[held][document == number][0] for number in np.unique(document)], first, last)
    for degree in (1, 2, 3, 4, 6):
        more = [{"numeric_metadata": [value]} for value in year[~held].tolist()]
        model, _ = gibbs.sampled(seen, "GDMRModel", more, degrees=[degree])
        shares = queried(task.counts[held], gibbs.loadings(seen, model), prior=0.05)
        found = pd.DataFrame(shares).groupby(document).mean().to_numpy()
        expected = np.array([model.tdf([value]) for value in when.tolist()])
        away = np.abs(found - expected).sum(axis=1) / 2
        error = away.std(ddof=1) / np.sqrt(len(away))
        yield {"degree": degree, "documents": len(away), "distance": away.mean(), "standard error": error}


def dynamic(corpus: ct.Corpus) -> Iterator[dict[str, object]]:
    """tomotopy's DTM by decades, and where four topics that never change are planted, which its LDA finds."""
    random = np.random.default_rng(0)
    planted = [[str(word) for word in random.integers(6 * (n % 4), 6 * (n % 4) + 6, 30)] for n in range(600)]
    truth = np.arange(600) % 4
    for name, iterations in (("LDAModel", 500), ("DTModel", 500), ("DTModel", 4000)):
        for seed in range(3):
            model = getattr(tomotopy, name)(k=4, seed=seed, **({"t": 3} if name == "DTModel" else {}))
            for n, words in enumerate(planted):
                model.add_doc(words, **({"timepoint": n // 4 % 3} if name == "DTModel" else {}))
            model.train(iterations, workers=1)
            found = np.array([unit.get_topic_dist() for unit in model.docs]).argmax(axis=1)
            yield {"units": "planted", "model": name, "iterations": iterations, "ARI truth": agreement([truth, found])}
    corpus, _ = covariates.known(corpus, "year", method="gdmr")
    found_units = found_in(corpus)
    (block,) = found_units.blocks()
    task = Task(block.counts, found_units.idf, K, 0)
    decade = covariates.of_units(corpus, "year", block.document).astype(int) // 10
    at = np.unique(decade, return_inverse=True)[1]
    for iterations in (200, 500):
        gibbs.ITERATIONS, start = iterations, time.process_time()
        model, _ = gibbs.sampled(task, "DTModel", [{"timepoint": int(number)} for number in at], t=at.max() + 1)
        took = time.process_time() - start
        of_slices = [gibbs.loadings(task, model, timepoint=number) for number in range(at.max() + 1)]
        loadings = np.average(of_slices, axis=0, weights=np.bincount(at))
        fitted = Fitted(loadings, queried(task.counts, loadings, prior=0.1), True, 0.1)
        row = {"units": "reports", "model": "DTModel", "iterations": iterations, "seconds": took}
        yield row | worth_of(block, fitted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    choice = parser.add_mutually_exclusive_group()
    for name in ("degrees", "dynamic"):
        choice.add_argument(f"--{name}", action="store_true")
    given = parser.parse_args()
    pd.set_option("display.precision", 3)
    asked = dynamic if given.dynamic else degrees if given.degrees else sampling
    print(pd.DataFrame(asked(ct.load(given.corpus))).to_string(index=False))


if __name__ == "__main__":
    main()
