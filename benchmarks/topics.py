"""What topics are worth: are they coherent, do they come back, how long do they take, and do parts of a corpus change them?

    python benchmarks/topics.py CORPUS                    # every method: coherence, steadiness, time against bare scikit-learn
    python benchmarks/topics.py CORPUS --read             # the topics of the default method, to read
    python benchmarks/topics.py CORPUS --limits           # words in at most so many paragraphs; single and double precision
    python benchmarks/topics.py CORPUS --stability        # how like are topics of one fit, and of refits?
    python benchmarks/topics.py CORPUS --parts            # one part of the folder or sixteen
    python benchmarks/topics.py CORPUS --against-batch    # streamed_nmf against nmf, and scikit-learn
    python benchmarks/topics.py CORPUS --reports 100000   # time and memory of streamed_nmf, in a process of its own

CORPUS is a folder made by `corpus-tools build` from the State Council, party congress and provincial reports of ../shared/corpus.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from repeating import repeated

import corpus_tools as ct
from corpus_tools.analysis.topics import coherence, covariates, engines, matching, ranking, streaming
from corpus_tools.analysis.topics.engines import Engine, Fitted, Floats, Task, folded, queried, rows_to_one, weighted
from corpus_tools.analysis.topics.fitting import ENGINES
from corpus_tools.analysis.topics.material import MAX_SHARE, MIN_WORDS, Asked, Block, Material, joined, material
from corpus_tools.analysis.topics.resampling import loadings_of_resamples
from corpus_tools.analysis.words import CONTENT
from corpus_tools.corpus import store

K = 20
SEEDS = 5
COVARIATES = {"dmr": "level", "gdmr": "year"}
LIMITS = (0.1, 0.12, 0.15, 0.2, 0.25)
PARTS = 16
Labels = npt.NDArray[np.int64]


def found_in(corpus: ct.Corpus, *, max_share: float = MAX_SHARE["paragraph"], streamed: bool = False) -> Material:
    return material(corpus, Asked("paragraph", CONTENT, MIN_WORDS, max_share, courtesies=False), streamed=streamed)


def bare(task: Task) -> Fitted:
    """What a plain script does."""
    from sklearn.decomposition import NMF

    plain = NMF(task.k, init="nndsvda", random_state=task.seed)
    weights = plain.fit_transform(weighted(task.counts, task.idf))
    return Fitted(rows_to_one(plain.components_), weights * plain.components_.sum(axis=1), True)


def prepared(corpus: ct.Corpus, method: str) -> tuple[Material, Block, Task, Engine]:
    """The units that a method is fitted on, and the method."""
    column = COVARIATES.get(method)
    corpus, _ = covariates.known(corpus, column, method=method)
    found = found_in(corpus, streamed=method == streaming.METHOD)
    block = joined(list(found.blocks()))
    task = Task(block.counts, found.idf, K, 0, covariates.of_units(corpus, column, block.document))

    def streamed(task: Task) -> Fitted:
        fitted, weighed = streaming.fit(found, k=K, seed=task.seed)
        return fitted._replace(weights=np.concatenate([weights for _, weights in weighed]))

    return found, block, task, {"bare NMF": bare, streaming.METHOD: streamed}.get(method) or ENGINES[method]


def methods(corpus: ct.Corpus, names: list[str]) -> Iterator[dict[str, object]]:
    """One row a method; its time and that of bare NMF are taken in turn."""
    _, _, plain, _ = prepared(corpus, "bare NMF")
    seconds(bare, plain)  # libraries are loaded before the clock starts
    for name in names:
        found, block, task, engine = prepared(corpus, name)
        fits, ratios = [], []
        for seed in range(SEEDS):
            took, fitted = seconds(engine, task._replace(seed=seed))
            ratios.append(took / seconds(bare, plain)[0])
            fits.append(fitted)
        worth = [worth_of(block, fitted) for fitted in fits]
        labels = [fitted.weights.argmax(axis=1) for fitted in fits]
        if name == streaming.METHOD:
            others = streaming.others(found, k=K, seed=0, seeds=SEEDS)
        else:
            others = loadings_of_resamples(engine, task, block.document, seeds=SEEDS)
        again = [shares(task, loadings, fits[0].prior).argmax(axis=1) for loadings in others]
        yield {
            "method": name,
            "npmi": np.mean([one["npmi"] for one in worth]),
            "c_v": np.mean([one["c_v"] for one in worth]),
            "gensim c_v": by_gensim(found, block, fits[0]),
            "diversity@25": np.mean([one["diversity"] for one in worth]),
            "ARI seeds": agreement(labels),
            "ARI documents": np.mean([agreement([labels[0], other]) for other in again]),
            "time": np.median(ratios),
        }


def seconds(engine: Engine, task: Task) -> tuple[float, Fitted]:
    start = time.perf_counter()
    fitted = engine(task)
    return time.perf_counter() - start, fitted


def shares(task: Task, loadings: Floats, prior: float | None) -> Floats:
    if prior is None:
        return folded(weighted(task.counts, task.idf), loadings)
    return queried(task.counts, loadings, prior=prior)


def words_of(fitted: Fitted) -> npt.NDArray[np.int64]:
    by = "weight" if fitted.prior is None else "relevance"
    return ranking.best(fitted.loadings, fitted.weights.sum(axis=0), by=by)


def worth_of(block: Block, fitted: Fitted) -> dict[str, float]:
    columns = words_of(fitted)
    npmi, c_v = coherence.coherence([block], columns[:, : coherence.TOP])
    return {"npmi": npmi.mean(), "c_v": c_v.mean(), "diversity": len(np.unique(columns)) / columns.size}


def by_gensim(found: Material, block: Block, fitted: Fitted) -> float:
    from gensim.corpora import Dictionary
    from gensim.models.coherencemodel import CoherenceModel

    texts = [unit.tolist() for unit in np.split(found.terms[block.words], block.ends[:-1])]
    words = found.terms[words_of(fitted)[:, : coherence.TOP]].tolist()
    measured = CoherenceModel(topics=words, texts=texts, dictionary=Dictionary(texts), coherence="c_v", processes=1)
    return float(measured.get_coherence())


def agreement(labels: list[Labels]) -> float:
    """Adjusted Rand index of the units' largest topics, mean over pairs."""
    from sklearn.metrics import adjusted_rand_score

    return float(np.mean([adjusted_rand_score(one, other) for one, other in combinations(labels, 2)]))


def whole(corpus: ct.Corpus) -> None:
    """All that `fit` does, not the engine alone, against bare NMF on the finished matrix."""
    _, _, task, _ = prepared(corpus, "bare NMF")
    ratios = []
    for _ in range(SEEDS):
        start = time.perf_counter()
        ct.topics.fit(corpus, k=K, seeds=1)
        ratios.append((time.perf_counter() - start) / seconds(bare, task)[0])
    print(
        f"time of ct.topics.fit(k={K}, seeds=1) / bare NMF: {np.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    )


def read(corpus: ct.Corpus) -> None:
    topics = ct.topics.fit(corpus, k=K)
    words = topics.terms[topics.terms["rank"] <= 10].groupby("topic")["term"].agg(" ".join)
    columns = ["topic", "share", "npmi", "c_v", "stability", "note", "label"]
    print(
        topics.labels.merge(topics.quality, on="topic")[columns].assign(words=words.to_numpy()).to_string(index=False)
    )


def limits(corpus: ct.Corpus) -> Iterator[dict[str, object]]:
    for share in LIMITS:
        found = found_in(corpus, max_share=share)
        (block,) = found.blocks()
        task = Task(block.counts, found.idf, K, 0)
        fitted = engines.nmf(task)
        others = loadings_of_resamples(engines.nmf, task, block.document, seeds=SEEDS)
        refits = matching.refits_of(fitted.loadings, others)
        yield {
            "max_share": share, "words": len(found.terms), **worth_of(block, fitted),
            "stability": refits["recurs"].mean(), "similarity": refits["similarity"].mean(),
        }  # fmt: skip


def precision(corpus: ct.Corpus) -> None:
    """The same factorisation in double precision, from the same start."""
    from sklearn.decomposition import NMF

    _, _, task, _ = prepared(corpus, "nmf")
    single = engines.nmf(task)
    ratios = []
    for _ in range(SEEDS):
        start = time.perf_counter()
        matrix = weighted(task.counts, task.idf)
        weights, loadings = engines.first_guess(matrix, K)
        double = NMF(K, init="custom", max_iter=engines.MAX_ITERATIONS)
        weights = double.fit_transform(matrix, W=weights, H=loadings) * double.components_.sum(axis=1)
        took = time.perf_counter() - start
        ratios.append(seconds(engines.nmf, task)[0] / took)
    same = (weights.argmax(axis=1) == single.weights.argmax(axis=1)).mean()
    alike = np.diag(matching.cosines(single.loadings, double.components_)).min()
    print(f"single precision: {np.median(ratios):.2f} of the time of double precision, ", end="")
    print(f"{same:.4f} of the units in the same topic, least cosine of a topic {alike:.6f}")


def stability(corpus: ct.Corpus) -> None:
    _, block, task, engine = prepared(corpus, "nmf")
    loadings = engine(task).loadings
    within = np.sort(matching.cosines(loadings, loadings) - np.eye(K), axis=1)[:, -1]
    refits = matching.refits_of(loadings, loadings_of_resamples(engine, task, block.document, seeds=21))
    rows = {"likest other topic of the fit": within, "match in a refit": refits["similarity"]}
    quantiles = {
        name: np.quantile(values, (0, 0.05, 0.25, 0.5, 0.75, 0.95, 1)).round(2) for name, values in rows.items()
    }
    print(pd.DataFrame(quantiles, index=["least", "5 %", "25 %", "50 %", "75 %", "95 %", "most"]).T.to_string())
    same = (within >= matching.SAME).sum()
    print(
        f"of 0.7 and more: {(refits['similarity'] >= matching.SAME).mean():.3f} of the matches in 20 refits, ", end=""
    )
    print(f"{same} of {K} topics of the fit; come back, by their words too: {refits['recurs'].mean():.3f}")
    shuffled = replace(block, words=np.random.default_rng(0).permutation(block.words))
    chance = task._replace(counts=shuffled.counts)
    noise = matching.refits_of(engine(chance).loadings, loadings_of_resamples(engine, chance, block.document, seeds=6))
    print(f"of words shuffled over the paragraphs: {(noise['similarity'] >= matching.SAME).mean():.3f}, ", end="")
    print(f"come back, by their words too: {noise['recurs'].mean():.3f}")


def in_parts(source: Path, folder: Path, parts: int) -> Path:
    """The same corpus with its documents dealt out over so many parts, by their names."""
    tables = {name: store.read(source, name) for name in store.SCHEMAS}
    for part in range(parts):
        here = {}
        for name, table in tables.items():
            if "doc_id" in table.column_names:
                of = [int(doc_id, 16) % parts == part for doc_id in table["doc_id"].to_pylist()]
                table = table.filter(pa.array(of, pa.bool_()))
            here[name] = table if "doc_id" in table.column_names or part == 0 else table.slice(0, 0)
        store.write_part(folder, here, part=part)
    store.write_json(folder / "manifest.json", store.manifest(source))
    return folder


def compared(one: ct.topics.Topics, other: ct.topics.Topics) -> None:
    partner, similarity = matching.matched(matching.cosines(one.model.loadings, other.model.loadings))
    wide = [of.documents.pivot(index="doc_id", columns="topic", values="share").to_numpy() for of in (one, other)]
    away = np.abs(wide[0] - wide[1][:, partner])
    print(f"{one} | {other}: cosine of matched topics {similarity.min():.4f}, mean {similarity.mean():.4f}; ", end="")
    print(f"share of a document: mean difference {away.mean():.5f}, largest {away.max():.4f}")


def against_batch(corpus: ct.Corpus) -> Iterator[dict[str, object]]:
    """Steps from all units, and scikit-learn's MiniBatchNMF, from topics of a half of the units; against nmf of the whole."""
    from sklearn.decomposition import MiniBatchNMF

    found, block, task, _ = prepared(corpus, "nmf")
    streaming.SAMPLE = len(block.ends) // 2
    matrix, best = weighted(task.counts, task.idf), engines.nmf(task)
    first = engines.nmf(task._replace(counts=streaming.sample(found, seed=0, replace=False).counts)).loadings
    rows: list[tuple[str, Floats, float]] = [("nmf", best.loadings, 0.0), ("half of the units", first, 0.0)]
    loadings, took = first, 0.0
    for number in range(1, 6):
        start = time.process_time()
        loadings = streaming.learnt(found, loadings)
        took += time.process_time() - start
        rows.append((f"… step {number}", loadings, took))
    start = time.process_time()
    plain = MiniBatchNMF(K, init="custom", batch_size=4096, forget_factor=1.0, random_state=0)
    for at in range(0, matrix.shape[0], 4096):
        part = matrix[at : at + 4096]
        plain.partial_fit(part, W=np.ones((part.shape[0], K)), H=first.copy())
    rows.append(("… MiniBatchNMF", rows_to_one(plain.components_), time.process_time() - start))
    for name, of, seconds_of_processor in rows:
        weights = folded(matrix, of)
        _, similarity = matching.matched(matching.cosines(best.loadings, of))
        crossed, modelled = (weights * (matrix @ of.T)).sum(), ((weights.T @ weights) * (of @ of.T)).sum()
        yield {
            "topics of": name,
            "residual": np.sqrt(1 - (2 * crossed - modelled) / matrix.multiply(matrix).sum()),
            "cosine": similarity.mean(),
            "topics alike": (similarity >= matching.SAME).sum(),
            "seconds": seconds_of_processor,
        }


def parts(source: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpora = [ct.load(in_parts(source, Path(folder) / str(number), number)) for number in (1, PARTS)]
        compared(*(ct.topics.fit(corpus, k=K, method=streaming.METHOD, seeds=1) for corpus in corpora))


def large(source: Path, reports: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        repeated(source, Path(folder), reports, tables=("sections", "tokens"), texts=False)
        command = [sys.executable, __file__, folder, "--one"]
        result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    n, units, before, peak, took = json.loads(result.stdout)
    print(f"{n:,} reports, {units:,} paragraphs: {took:.0f} s, peak {peak:.2f} GB ({before:.2f} GB before)")


def one(folder: Path) -> None:
    corpus = ct.load(folder)
    corpus.vocabulary  # noqa: B018 - read before the clock starts
    before, start = peak(), time.perf_counter()
    topics = ct.topics.fit(corpus, k=K, method=streaming.METHOD, seeds=1)
    print(json.dumps([len(corpus), topics.units, before, peak(), time.perf_counter() - start]))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    known = ["bare NMF", "nmf", streaming.METHOD, "lda", "gibbs_lda", "dmr", "gdmr"]
    parser.add_argument("--methods", nargs="+", choices=known, default=known)
    choice = parser.add_mutually_exclusive_group()
    for name in ("read", "limits", "stability", "parts", "against-batch"):
        choice.add_argument(f"--{name}", action="store_true")
    choice.add_argument("--reports", type=int)
    choice.add_argument("--one", action="store_true", help=argparse.SUPPRESS)  # what a process of its own is asked
    given = parser.parse_args()
    pd.set_option("display.precision", 5)
    if given.reports:
        large(given.corpus, given.reports)
    elif given.one:
        one(given.corpus)
    elif given.parts:
        parts(given.corpus)
    else:
        small(ct.load(given.corpus), given)


def small(corpus: ct.Corpus, given: argparse.Namespace) -> None:
    corpus.tokens  # noqa: B018 - read before the clock starts
    if given.read:
        read(corpus)
    elif given.stability:
        stability(corpus)
    elif given.against_batch:
        compared(*(ct.topics.fit(corpus, k=K, method=method, seeds=1) for method in ("nmf", streaming.METHOD)))
        print(pd.DataFrame(against_batch(corpus)).to_string(index=False))
    elif given.limits:
        print(pd.DataFrame(limits(corpus)).to_string(index=False))
        precision(corpus)
    else:
        print(pd.DataFrame(methods(corpus, given.methods)).to_string(index=False))
        whole(corpus)


if __name__ == "__main__":
    main()
