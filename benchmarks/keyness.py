"""How keyness holds up: words flagged where nothing differs, words found where much does, and the time it takes.

Usage: keyness.py [--calibration | --lengths | --power | --speed] CORPUS, a folder made by ``corpus-tools build``; calibration
and lengths want reports of one year and level (all provinces of a year), power the State Council's reports since 1978, speed a
thousand reports of some years.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from scipy.sparse import csc_matrix, csr_matrix

import corpus_tools as ct
from corpus_tools.analysis import counts, grouping
from corpus_tools.analysis.statistics import effect, ranks
from corpus_tools.analysis.words import CONTENT
from corpus_tools.characters import count_han
from corpus_tools.corpus.corpus import Corpus

SPLITS = 20


def calibration(corpus: Corpus) -> pd.DataFrame:
    """Share of words flagged by each rule in random halves of documents of one year and level, mean over 20 splits."""
    reports = _of_one_year(corpus)
    rows = []
    for test in ("mann-whitney", "permutation"):
        for size in (len(reports) // 2, 5, 2):
            rows += [_flagged(reports, size, test, split) for split in range(SPLITS)]
    frame = pd.DataFrame(rows)
    return frame.groupby(["test", "n"], sort=False).mean().round(4).reset_index()


def _of_one_year(corpus: Corpus) -> Corpus:
    reports = corpus.where(level="province", kind="work_report")
    year = reports.documents["year"].value_counts().idxmax()
    reports = reports.where(year=[year])
    print(f"{len(reports)} provincial reports of {year}, {SPLITS} random halves")
    return reports


def lengths(corpus: Corpus) -> pd.DataFrame:
    """Share of words flagged where nothing differs but that of one half's reports only some paragraphs are counted."""
    reports = _of_one_year(corpus)
    found = counts.matrix(reports, unit="paragraph", words=CONTENT)
    lines = [text.split("\n") for text in reports.documents["text"]]
    han = np.asarray([
        count_han(lines[row][line]) for row, line in zip(found.document, found.units["paragraph"], strict=True)
    ])  # fmt: skip
    rows = []
    for every in (1, 2, 5, 10):
        for split in range(SPLITS):
            random = np.random.default_rng(split)
            short = random.permutation(len(reports)) < len(reports) // 2
            kept = ~short[found.document] | (random.random(len(han)) < 1 / every)
            of = grouping.indicator(np.where(kept, found.document, -1), len(reports))
            table, sizes = csr_matrix(of @ found.counts), (of @ han).astype(np.float64)
            table = csr_matrix(table[:, table.getnnz(axis=0) >= 3])
            sums = [effect.sums(csr_matrix(table[side]), sizes[side]) for side in (short, ~short)]
            ratio = effect.log_ratio(*(effect.of_documents(side, sizes.sum()) for side in sums))
            by_test = {
                "Mann-Whitney": ranks.mann_whitney(csc_matrix(table), sizes, (~short).astype(np.int64), 2)[0],
                "permutation": ranks.permutation(table, sizes, short, resamples=999, seed=[split]),
            }
            flagged = {f"{name} {rule}": share for name, p in by_test.items() for rule, share in _shares(p).items()}
            rows.append({"one of": every, "words": table.shape[1], **flagged, "lrc": (ratio.conservative != 0).mean()})
    return pd.DataFrame(rows).groupby("one of").mean().round(4).reset_index()


def _shares(p: np.ndarray) -> dict[str, float]:
    return {"p<.05": (p < 0.05).mean(), "q<.05": (ranks.q_values(p) < 0.05).mean()}


def _flagged(reports: Corpus, size: int, test: str, split: int) -> dict[str, object]:
    names = reports.documents["doc_id"].to_numpy()
    chosen = np.random.default_rng(split).permutation(names)[:size].tolist()
    frame = ct.keywords.keyness(
        reports.where(doc_id=chosen), reference=reports.without(doc_id=chosen), test=test, seed=split
    )
    naive = stats.chi2.sf(frame["g2"], 1)
    outside = (frame["log_ratio_low"] > 0) | (frame["log_ratio_high"] < 0)
    return {
        "test": test,
        "n": size,
        "words": len(frame),
        "p<.05": (frame["p_value"] < 0.05).mean(),
        "p<.001": (frame["p_value"] < 0.001).mean(),
        "q<.05": (frame["q_value"] < 0.05).mean(),
        "lrc": outside.mean(),
        "G2 p<.05": (naive < 0.05).mean(),
        "G2 q<.05": (stats.false_discovery_control(naive) < 0.05).mean(),
        "BIC>2": (frame["bic"] > 2).mean(),
    }


def power(corpus: Corpus) -> None:
    """What the State Council's reports of the 2020s say more, and less, often than those of the 1980s."""
    reports = corpus.where(level="national", kind="work_report")
    eighties, twenties = reports.where(year=range(1980, 1990)), reports.where(year=range(2020, 2030))
    print(f"{len(twenties)} reports of the 2020s against {len(eighties)} of the 1980s")
    frame = ct.keywords.keyness(twenties, reference=eighties)
    sure = frame[frame["q_value"] < 0.05]
    print(f"{len(frame)} words, {len(sure)} with q < .05, {(sure['log_ratio'] > 0).sum()} of them more often")
    print("more:", "　".join(sure.head(30)["term"]))
    print("less:", "　".join(sure.tail(30)["term"][::-1]))


def speed(folder: Path) -> None:
    """Keyness by year, against the same table by CountVectorizer, pandas and scipy on words already cut, in turn."""
    corpus = ct.load(folder)
    tokens, spelled = corpus.tokens, corpus.vocabulary["word"].to_numpy()
    paragraphs = np.split(tokens.ids, tokens.ends[:-1])
    texts = [""] * len(corpus)
    for document, ids in zip(tokens.document, paragraphs, strict=True):
        texts[document] += " ".join(spelled[ids]) + "\n"
    wanted = frozenset(spelled[CONTENT.mask(corpus.vocabulary)])
    marks = frozenset(spelled[corpus.vocabulary["kind"].isin(["mark", "space"])])
    years, han = corpus.documents["year"], corpus.n_han
    ours, theirs = [], []
    for _ in range(3):
        start = time.perf_counter()
        mine = ct.keywords.keyness(ct.load(folder), by="year")
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        table = _by_hand(texts, wanted, years, han, marks)
        theirs.append(time.perf_counter() - start)
    both = mine.merge(table, on=["year", "term"], suffixes=("", "_by_hand"))
    assert len(both) == len(mine) == len(table)
    assert (both["count"] == both["count_by_hand"]).all()
    print(f"{len(corpus)} reports, {mine['year'].nunique()} years, {len(mine)} rows, counts equal")
    print(f"largest difference of G²: {(both['g2'] - both['g2_by_hand']).abs().max():.2g}")
    ratio = np.asarray(ours) / np.asarray(theirs)
    print(f"time of keyness / time by hand: {np.median(ratio):.3f} ({ratio.min():.3f}–{ratio.max():.3f})")


def _by_hand(
    texts: list[str], wanted: frozenset[str], years: pd.Series, han: np.ndarray, marks: frozenset[str]
) -> pd.DataFrame:
    """What a careful script does today: counts, G², log ratio, Mann-Whitney for each year."""
    from sklearn.feature_extraction.text import CountVectorizer

    model = CountVectorizer(tokenizer=str.split, token_pattern=None, lowercase=False, vocabulary=sorted(wanted))
    frame = pd.DataFrame.sparse.from_spmatrix(model.fit_transform(texts), columns=model.get_feature_names_out())
    frame = frame.loc[:, (frame[years.notna().to_numpy()] > 0).sum() >= 3]
    words = np.asarray([sum(word not in marks for word in text.split()) for text in texts])
    dense = frame.sparse.to_dense()
    rates = dense.div(han, axis=0)
    rows = []
    for year in sorted(years.dropna().unique()):
        of = (years == year).to_numpy(dtype=bool, na_value=False)
        rest = years.notna().to_numpy() & ~of
        a, c = dense[of].sum(), dense[rest].sum()
        p = stats.mannwhitneyu(rates[of], rates[rest], method="asymptotic").pvalue
        table = pd.DataFrame(
            {"year": year, "term": a.index, "count": a.to_numpy(), "count_reference": c.to_numpy(), "p": p}
        )
        table["log_ratio"] = np.log2((a.to_numpy() + 0.5) / han[of].sum()) - np.log2(
            (c.to_numpy() + 0.5) / han[rest].sum()
        )
        n1, n2 = words[of].sum(), words[rest].sum()
        observed = np.stack([a, c, n1 - a, n2 - c]).astype(float)
        total = a.to_numpy() + c.to_numpy()
        expected = np.stack([n1 * total, n2 * total, n1 * (n1 + n2 - total), n2 * (n1 + n2 - total)]) / (n1 + n2)
        with np.errstate(divide="ignore", invalid="ignore"):
            table["g2"] = 2 * np.where(observed > 0, observed * np.log(observed / expected), 0).sum(axis=0)
        table["q"] = stats.false_discovery_control(p)
        rows.append(table)
    return pd.concat(rows, ignore_index=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    choice = parser.add_mutually_exclusive_group(required=True)
    for name in ("calibration", "lengths", "power", "speed"):
        choice.add_argument(f"--{name}", action="store_true")
    given = parser.parse_args()
    if given.speed:
        speed(given.corpus)
    elif given.power:
        power(ct.load(given.corpus))
    else:
        measured = lengths if given.lengths else calibration
        print(measured(ct.load(given.corpus)).to_string(index=False))


if __name__ == "__main__":
    main()
