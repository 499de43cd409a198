"""Do intervals hold the truth as often as they say, are tests calibrated, and how long do a million rates take?

    python benchmarks/intervals.py CORPUS --coverage      # real reports as a population, samples of 3 to 30 of them
    python benchmarks/intervals.py CORPUS --calibration   # terms that tests call changed where labels are shuffled
    python benchmarks/intervals.py CORPUS --dependence    # the same where documents are not independent, or not alike
    python benchmarks/intervals.py CORPUS --speed         # 1,000 resamples × 1,000 terms × 50 years, and plain pandas

CORPUS is a folder made by `corpus-tools build` from the real reports (../shared/corpus).
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import random as random_matrix

import corpus_tools as ct
from corpus_tools.analysis import counts, trends
from corpus_tools.analysis.statistics import changepoints, intervals
from corpus_tools.analysis.statistics.ranks import q_values
from corpus_tools.analysis.style import tables
from corpus_tools.analysis.style.material import Material, Ratio
from corpus_tools.analysis.style.measures import MEASURES
from corpus_tools.analysis.trends.estimates import Measured, measured
from corpus_tools.analysis.words import WordFilter

SAMPLES = (3, 5, 10, 20, 30)  # documents of a year
DRAWS = 200  # years drawn of each size, for hundreds of words
MORE_DRAWS = 2000  # for a single number
BINS = (0.0, 0.1, 0.25, 0.5, 1.01)  # share of the population that holds a term
OPTIONS = {"by": None, "unit": "phrase", "match": "longest", "lexicon": None, "resamples": 400, "seed": 0}
SHUFFLES = 20
SERIES, YEARS, EACH = 400, 20, 6  # invented terms, and the years of so many documents each in which they are said


def populations(corpus: ct.Corpus) -> dict[str, ct.Corpus]:
    reports = corpus.where(kind="work_report")
    return {
        "provincial": reports.where(level="province"),
        "State Council": reports.where(level="national", year=range(1954, 2027)),
    }


def numbers(corpus: ct.Corpus, *, least: int, most: int = 600) -> pd.DataFrame:
    """Counts of words that at least so many documents hold, a random choice of them, documents × words."""
    found = counts.matrix(corpus, words=WordFilter(), min_documents=least)
    chosen = np.sort(np.random.default_rng(1).permutation(len(found.terms))[:most])
    return pd.DataFrame(
        found.counts[:, chosen].toarray(), index=corpus.documents["doc_id"], columns=found.terms[chosen]
    )


def coverage(corpus: ct.Corpus) -> None:
    """How often the interval of a sample, drawn with replacement, holds the value of the population."""
    for name, population in populations(corpus).items():
        for measure in ("rate", "share"):
            found = measured(population, numbers(population, least=2), measure=measure, **OPTIONS)
            truth, held = found.ratio(np.arange(len(population))), (found.hits > 0).mean(axis=0).A1
            print(
                f"\n{name}, {measure}: {len(population)} reports, {len(truth)} words; held by a share of the reports of"
            )
            print("   n  method      " + "".join(f"  {a:.2f}-{min(b, 1):.2f}" for a, b in pairwise(BINS)) + "     all")
            for n in SAMPLES:
                for method, share in _held(found, truth, n).items():
                    parts = [share[(held >= a) & (held < b)].mean() for a, b in pairwise(BINS)]
                    print(
                        f"{n:4}  {method:11} "
                        + "".join(f"     {part:.3f} " for part in parts)
                        + f"  {share.mean():.3f}"
                    )
    _differences(corpus)
    _styles(corpus)


def _held(found: Measured, truth: np.ndarray, n: int) -> dict[str, np.ndarray]:
    """Of each word the share of samples whose interval holds the truth, by ours and by percentiles of the bootstrap."""
    random, ours, percentile = np.random.default_rng(n), np.zeros(len(truth)), np.zeros(len(truth))
    for draw in range(DRAWS):
        rows = random.integers(0, len(found.corpus), n)
        _, low, high = found.estimate(rows, key=(n, draw))
        ours += (low <= truth) & (truth <= high)
        low, high = _percentiles(found.values[rows].toarray(), found.sizes[rows], seed=[n, draw]) * found.scale
        percentile += (low <= truth) & (truth <= high)
    return {"ours": ours / DRAWS, "percentile": percentile / DRAWS}


def _percentiles(values: np.ndarray, sizes: np.ndarray, *, seed: list[int]) -> np.ndarray:
    """What is compared with: bounds of the percentile bootstrap of sum / sum, two rows, one column a term."""
    n = len(sizes)
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=400)
    return np.percentile((weights @ values) / (weights @ sizes)[:, None], (2.5, 97.5), axis=0)


def _differences(corpus: ct.Corpus) -> None:
    """The same for the difference of two groups, of words that a tenth of both populations hold."""
    frames = [
        numbers(population, least=len(population) // 10, most=5000) for population in populations(corpus).values()
    ]
    shared = sorted(set(frames[0]) & set(frames[1]))
    both = [
        measured(population, frame[shared], measure="rate", **OPTIONS)
        for population, frame in zip(populations(corpus).values(), frames, strict=True)
    ]
    truth = np.subtract(*(found.ratio(np.arange(len(found.corpus))) for found in both))
    print(f"\ndifference of provincial and State Council rates, {len(shared)} words")
    for n in SAMPLES:
        random, inside = np.random.default_rng(n), 0.0
        for draw in range(DRAWS):
            sides = [
                found.estimate(random.integers(0, len(found.corpus), n), key=(n, draw, k))
                for k, found in enumerate(both)
            ]
            _, low, high = intervals.difference(*sides)
            inside += ((low <= truth) & (truth <= high)).mean()
        print(f"{n:4} and {n:2}: {inside / DRAWS:.3f}")


def _styles(corpus: ct.Corpus) -> None:
    """The same for measures of style."""
    for name, population in populations(corpus).items():
        material = Material(population, window=tables.WINDOW, words=tables.RUNNING, lexicon=None)
        for measure, taken in MEASURES.items():
            ratio = taken(material).only(np.ones(len(population), dtype=np.bool_))
            parts = [_style_held(measure, ratio, n) for n in SAMPLES]
            print(f"{name:13} {measure:15} " + "  ".join(parts))


def _style_held(measure: str, ratio: Ratio, n: int) -> str:
    values, sizes = ratio
    random, truth, ours, percentile = np.random.default_rng(n), values.sum() / sizes.sum(), 0, 0
    for draw in range(MORE_DRAWS):
        rows = random.integers(0, len(sizes), n)
        sample = Ratio(values[rows], sizes[rows])
        _, low, high, _ = tables.estimate(measure, sample, resamples=400, seed=[n, draw])
        ours += low <= truth <= high
        plain = _percentiles(sample.values[:, None], sample.sizes, seed=[n, draw])
        percentile += plain[0, 0] <= truth <= plain[1, 0]
    return f"{n}: {ours / MORE_DRAWS:.3f} ({percentile / MORE_DRAWS:.3f})"


def calibration(corpus: ct.Corpus) -> None:
    """Shares of terms with p and q below .05 where nothing differs, and where something does."""
    provinces, council = populations(corpus).values()
    words = numbers(council, least=10)
    results = {
        "movement, years shuffled": list[pd.DataFrame](),
        "contrast, groups shuffled": [],
        "course, groups shuffled": [],
    }
    for shuffled in _shuffled(council, "year"):
        results["movement, years shuffled"].append(trends.movement(shuffled, words)[["p_value", "q_value"]])
    reports = numbers(provinces, least=10)
    for split in _split(provinces):
        frame = trends.contrast(split, reports, between="organisation")
        results["contrast, groups shuffled"].append(frame[["p_value", "q_value"]])
        results["course, groups shuffled"].append(
            frame[["p_shape", "q_shape"]].set_axis(["p_value", "q_value"], axis=1)
        )
    for name, frames in results.items():
        _print(name, pd.concat(frames))
    _print(
        "changes, years shuffled", pd.concat([_changes(one, words.iloc[:, :60]) for one in _shuffled(council, "year")])
    )
    decades = council.where(year=[*range(1980, 1990), *range(2020, 2027)])
    _print(f"movement, {len(decades)} reports of 1980-89 and 2020-26 as they are", trends.movement(decades, words))
    _print("movement, all State Council reports as they are", trends.movement(council, words))


def _print(name: str, frame: pd.DataFrame) -> None:
    p, q = frame["p_value"].dropna(), frame["q_value"].dropna()
    print(f"{name:80} p < .05: {(p < 0.05).mean():6.2%}  q < .05: {(q < 0.05).mean():6.2%}  of {len(p)}")


def _shuffled(corpus: ct.Corpus, column: str) -> Iterator[ct.Corpus]:
    for seed in range(SHUFFLES):
        values = np.random.default_rng(seed).permutation(corpus.documents[column].to_numpy())
        years = pd.array(values, dtype="Int64")
        yield ct.Corpus(corpus.folder, corpus.documents.assign(**{column: years}), notes=corpus.notes)


def _split(corpus: ct.Corpus) -> Iterator[ct.Corpus]:
    """Reports of each year parted at random into two groups of about one size, in the column organisation."""
    for seed in range(SHUFFLES):
        order = corpus.documents.assign(_r=np.random.default_rng(seed).random(len(corpus))).groupby("year")["_r"].rank()
        yield ct.Corpus(
            corpus.folder,
            corpus.documents.assign(organisation=np.where(order % 2 == 0, "even", "odd")),
            notes=corpus.notes,
        )


def _changes(corpus: ct.Corpus, numbers_of: pd.DataFrame, measure: str = "rate") -> pd.DataFrame:
    """The test that q of changes stands on, for every term, also those in whose course no change was found."""
    found = measured(corpus, numbers_of, measure=measure, **(OPTIONS | {"by": "year"}))
    code, none = found.groups.code, np.zeros(len(corpus), dtype=np.int64)
    values = found.values.toarray()
    p = [
        changepoints.chance(column, found.sizes, code, where=changepoints.stretches, strata=none, resamples=199, seed=0)
        for column in values.T
    ]
    frame = pd.DataFrame({"p_value": p})
    return frame.assign(q_value=q_values(frame["p_value"].to_numpy()))


def dependence(corpus: ct.Corpus) -> None:
    """Terms called changed where nothing but the lengths, the years or the places of documents differ."""
    random, year = np.random.default_rng(0), np.repeat(np.arange(YEARS), EACH)
    by_length = corpus.documents["doc_id"].to_numpy()[np.argsort(corpus.n_han, kind="stable")][-len(year) :]
    for name, order in {
        "dealt at random": random.permutation(len(year)),
        "longer by the year": np.arange(len(year)),
    }.items():
        one = _told(corpus, by_length[order], year=2000 + year)
        for per in (1, 5, 20):
            frame = _numbers(one, random.poisson(np.outer(one.n_han, np.full(SERIES, per / 10_000))))
            _print(f"movement, reports {name}, {per} hits of 10,000", trends.movement(one, frame))
            _print(f"changes, reports {name}, {per} hits of 10,000", _changes(one, frame.iloc[:, :100]))
    one = _told(corpus, by_length, year=2000 + year)
    for part, lag in ((0.1, 0.0), (0.1, 0.5), (0.3, 0.0), (0.3, 0.5)):
        frame = _numbers(one, _mixed(_course(lag, random)[year], part, random))
        name = f"{part:.0%} of the variance is the year's, {lag} of it the year's before"
        _print(f"movement, {name}", trends.movement(one, frame, measure="mean"))
        _print(f"changes, {name}", _changes(one, frame.iloc[:, :100], "mean"))
    alone = _told(corpus, by_length[:YEARS], year=2000 + np.arange(YEARS))
    for lag in (0.3, 0.6):
        frame = _numbers(alone, np.exp(_course(lag, random)))
        _print(
            f"movement, a report a year, {lag} of it the year's before", trends.movement(alone, frame, measure="mean")
        )
        _print(f"changes, the same, {lag}", _changes(alone, frame.iloc[:, :100], "mean"))
    _groups(corpus, by_length, random)


def _groups(corpus: ct.Corpus, by_length: np.ndarray, random: np.random.Generator) -> None:
    """The same of two groups of places, or of short and long reports, which say all terms as often."""
    place, year = np.tile(np.arange(2 * EACH), YEARS // 2), np.repeat(np.arange(YEARS // 2), 2 * EACH)
    told = {"year": 2000 + year, "place": place.astype(str), "organisation": np.where(place % 2, "odd", "even")}
    one = _told(corpus, random.permutation(by_length), **told)
    frame = _numbers(one, _mixed(random.normal(size=(2 * EACH, SERIES))[place], 0.3, random))
    for cluster in (None, "place"):
        found = trends.contrast(one, frame, between="organisation", cluster=cluster, measure="mean")
        _print_groups(f"contrast, 30% of the variance is the place's, cluster={cluster}", found)
    lengths = np.empty_like(by_length)
    lengths[np.argsort(place % 2, kind="stable")] = by_length  # the shorter half to the first group
    one = _told(corpus, lengths, **told)
    ratio = one.n_han[place % 2 == 1].mean() / one.n_han[place % 2 == 0].mean()
    for spread in (0.0, 0.5):
        rate = np.full((len(year), SERIES), 5 / 10_000)
        rate = rate * (random.gamma(1 / spread, spread, rate.shape) if spread else 1)
        found = trends.contrast(one, _numbers(one, random.poisson(one.n_han[:, None] * rate)), between="organisation")
        _print_groups(
            f"contrast, one group {ratio:.0f} times as long, variance of rates {spread} of their square", found
        )


def _told(corpus: ct.Corpus, doc_ids: np.ndarray, **columns: np.ndarray) -> ct.Corpus:
    """These documents in this order with other columns."""
    documents = corpus.documents.set_index("doc_id", drop=False).loc[doc_ids].reset_index(drop=True)
    columns = columns | {"year": pd.array(columns["year"], dtype="Int64")}
    return ct.Corpus(corpus.folder, documents.assign(**columns), notes=corpus.notes)


def _numbers(corpus: ct.Corpus, values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(values, index=corpus.documents["doc_id"])


def _course(lag: float, random: np.random.Generator) -> np.ndarray:
    """Courses of variance 1, each year ``lag`` times the year before and noise: years × terms."""
    course = random.normal(size=(YEARS, SERIES))
    for year in range(1, YEARS):
        course[year] = lag * course[year - 1] + np.sqrt(1 - lag**2) * course[year]
    return course


def _mixed(shared: np.ndarray, part: float, random: np.random.Generator) -> np.ndarray:
    """Numbers above 0 whose logarithms are in part shared with other documents."""
    return np.exp(np.sqrt(part) * shared + np.sqrt(1 - part) * random.normal(size=shared.shape))


def _print_groups(name: str, found: pd.DataFrame) -> None:
    missed = ((found["low"] > 0) | (found["high"] < 0)).mean()
    shape = (found["p_shape"] < 0.05).mean()
    print(
        f"{name:80} p < .05: {(found['p_value'] < 0.05).mean():6.2%}  p_shape: {shape:6.2%}  not in interval: {missed:6.2%}"
    )


def speed(corpus: ct.Corpus) -> None:
    """1,000 resamples of 1,000 terms in 50 years of 20 documents, and one term of them the plain way."""
    random = np.random.default_rng(0)
    hits = random_matrix(
        1000, 1000, density=0.3, format="csr", random_state=1, data_rvs=lambda k: random.integers(1, 9, k)
    )
    han, years = random.integers(5_000, 20_000, 1000).astype(np.float64), np.repeat(np.arange(50), 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    for year in range(50):
        of = years == year
        intervals.of_rates(hits[of], han[of], resamples=1000, seed=[0, year])
    ours = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    frame = pd.DataFrame({"year": years, "hits": hits[:, 0].toarray()[:, 0], "han": han})
    start = time.perf_counter()
    sums = [
        frame.groupby("year").sample(frac=1, replace=True, random_state=seed).groupby("year")[["hits", "han"]].sum()
        for seed in range(1000)
    ]
    pd.concat([one["hits"] / one["han"] for one in sums], axis=1).quantile([0.025, 0.975], axis=1)
    plain = time.perf_counter() - start
    print(f"1,000 terms: {ours:.1f} s, {grown / 1024:.0f} MB; one term with pandas: {plain:.1f} s")
    print(f"a term takes 1/{1000 * plain / ours:,.0f} of the time")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    for name in ("coverage", "calibration", "dependence", "speed"):
        parser.add_argument(f"--{name}", action="store_true")
    given = parser.parse_args()
    opened = ct.load(given.corpus)
    for part in (coverage, calibration, dependence, speed):
        if getattr(given, part.__name__):
            part(opened)
