"""The formulas of docs/methods.md, evaluated as they are printed, give what the package computes."""

from __future__ import annotations

import math
import re
import statistics as st
from importlib import import_module
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.sparse import csr_matrix

import corpus_tools as ct
from corpus_tools.analysis.slogans import discovery, recurrence
from corpus_tools.analysis.statistics import (
    bootstrap,
    changepoints,
    contingency,
    dispersion,
    diversity,
    effect,
    intervals,
    permutation,
    ranks,
)
from corpus_tools.analysis.statistics.poisson_binomial import tail
from corpus_tools.analysis.themes.agreement import kappa
from corpus_tools.analysis.topics import coherence, matching, ranking
from corpus_tools.building import signatures
from corpus_tools.corpus.corpus import Corpus, Tokens
from corpus_tools.data import toml

textrank = import_module("corpus_tools.analysis.keywords.textrank")  # the name in keywords is the function
PAGE = (Path(__file__).parents[2] / "docs" / "methods.md").read_text("utf-8")
LINES = [line for block in re.findall(r"```formula\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
FORMULAS = dict(line.split(" = ", 1) for line in LINES)
KNOWN = {
    **{name: getattr(math, name) for name in ("sqrt", "log", "log2")},
    "mean": st.fmean,
    "deviation": st.pstdev,
    "correlation": st.correlation,
    "ranks": lambda of: stats.rankdata(of).tolist(),
}


def printed(name: str, **values: Any) -> Any:
    """The value of a formula of the page; ``values`` are plain numbers and lists."""
    return eval(FORMULAS[name], KNOWN | values)


def test_a_formula_is_printed_twice_for_both_kinds_of_readers() -> None:
    assert len(FORMULAS) == len(LINES) >= 45
    parts = re.split(r"```formula\n.*?```", PAGE, flags=re.DOTALL)[:-1]
    assert all(re.search(r"\$\$ .+? \$\$\s*\Z", part) for part in parts)


X, M = [3, 0, 7, 1, 4], [900, 400, 1500, 800, 1000]


def test_rate_with_error_and_interval() -> None:
    values, sizes, seed = csr_matrix(np.array(X)[:, None]), np.array(M, dtype=float), [1, 2]
    r, n = printed("rate", x=X, m=M), len(X)
    weights = np.random.default_rng(seed).multinomial(n, [1 / n] * n, size=200)
    draws = [10_000 * float(w @ X) / float(w @ M) for w in weights]
    s = printed("error", n=n, r=r, draws=draws)
    assert bootstrap.errors_of_ratios(values, sizes, resamples=200, seed=seed)[0] * 10_000 == pytest.approx(s)
    known: dict[str, Any] = {"t": 2.7764451, "s": s, "r": r}
    h = printed("h", **known)
    found = intervals.of_ratios(values, sizes, resamples=200, seed=seed)
    of_mean = intervals.mean(np.array(X, dtype=float)[:, None])
    assert of_mean.high[0] - 3 == pytest.approx(printed("mean_reach", x=X, n=n, t=known["t"]))
    assert found.low[0] * 10_000 == pytest.approx(printed("low", h=h, **known))
    assert found.high[0] * 10_000 == pytest.approx(printed("high", h=h, **known))


def test_share_and_silence() -> None:
    low, high = intervals.share(np.array([3]), 7)
    known: dict[str, Any] = {"p": 3 / 7, "n": 7, "z": 1.959964}
    assert (low[0], high[0]) == pytest.approx((printed("share_low", **known), printed("share_high", **known)), rel=1e-6)
    assert intervals.silent(7) == pytest.approx(7 * 1.959964**2 / (7 + 1.959964**2), rel=1e-6)


def test_difference() -> None:
    known = {"a": 5.0, "a_low": 3.0, "a_high": 9.0, "b": 2.0, "b_low": 1.5, "b_high": 4.0}
    sides = [tuple(np.array([known[name + end]]) for end in ("", "_low", "_high")) for name in "ab"]
    _, low, high = intervals.difference(*sides)  # type: ignore[arg-type]
    assert (low[0], high[0]) == pytest.approx((printed("difference_low", **known), printed("difference_high", **known)))


def test_permutation_p_and_q() -> None:
    shuffled = [0.1, 0.5, 0.4, 0.2]
    found = permutation.p_values(np.array([0.4]), [np.array(shuffled)[:, None]])
    assert found[0] == printed("permutation_p", T=0.4, shuffled=shuffled) == 0.6
    p = [0.001, 0.02, 0.021, 0.5, 0.9]
    assert ranks.q_values(np.array(p)) == pytest.approx(printed("q", p=p, M=5))


def test_changes() -> None:
    r, w = [1.0, 1.4, 0.9, 3.0], [100.0, 50.0, 80.0, 200.0]
    noise = printed("noise", r=r, w=w)
    assert changepoints.noise(np.array(r), np.array(w)) == pytest.approx(noise)
    assert printed("penalty", r=r, noise=noise) == pytest.approx(2 * noise * 1.386294361)


def test_changes_are_where_squares_and_penalty_are_least() -> None:
    """All cuts of nine years gone through by hand, with the printed penalty."""
    pytest.importorskip("ruptures")
    r, w = [1.0, 1.2, 0.9, 4.0, 4.3, 3.9, 1.1, 1.0, 1.2], [90.0, 110, 100, 100, 80, 120, 100, 95, 105]
    penalty = printed("penalty", r=r, noise=printed("noise", r=r, w=w))

    def cost(cuts: tuple[int, ...]) -> float:
        total, edges = penalty * len(cuts), (0, *cuts, 9)
        for a, b in pairwise(edges):
            level = sum(x * y for x, y in zip(r[a:b], w[a:b], strict=True)) / sum(w[a:b])
            total += sum(y * (x - level) ** 2 for x, y in zip(r[a:b], w[a:b], strict=True))
        return total

    best = min([(), (3,), (4,), (5,), (6,), (3, 6)], key=cost)
    assert tuple(changepoints.changes(np.array(r), np.array(w))) == best == (3, 6)


def test_bursts() -> None:
    """All sequences of two states priced by hand with the printed costs."""
    from corpus_tools.analysis.statistics.bursts import bursts

    k, n = [1, 0, 4, 5, 3, 0, 1], [6, 5, 5, 6, 5, 6, 7]
    p_0 = sum(k) / sum(n)
    states = (p_0, printed("p_1", p_0=p_0))

    def cost(path: tuple[int, ...]) -> float:
        ups = sum(b > a for a, b in pairwise((0, *path)))
        return ups * math.log(7) + sum(
            printed("cost", k=a, n=b, p=states[s]) for a, b, s in zip(k, n, path, strict=True)
        )

    best = min(product((0, 1), repeat=7), key=cost)
    (burst,) = bursts(k, n)
    assert [int(burst.first <= year <= burst.last) for year in range(7)] == list(best)
    saved = cost(tuple([0] * 7)) - (cost(best) - math.log(7))
    assert burst.weight == pytest.approx(saved)


def test_keyness() -> None:
    other, sizes = [1, 0, 0, 2], [1000, 700, 900, 1100]
    sides = [
        effect.sums(csr_matrix(np.array(x)[:, None]), np.array(m, dtype=float)) for x, m in ((X, M), (other, sizes))
    ]
    rates = [effect.of_documents(side, float(sum(M) + sum(sizes))) for side in sides]
    found = effect.log_ratio(*rates)
    assert found.log_ratio[0] == pytest.approx(printed("log_ratio", x_1=15, m_1=sum(M), x_2=3, m_2=sum(sizes)))
    for rate, x, m in ((rates[0], X, M), (rates[1], other, sizes)):
        variance = printed("log_variance", x=x, m=m, equal=printed("equal", m=m))
        assert rate.log_variance[0] == pytest.approx(variance)


def test_tables() -> None:
    a, b, c, d = 30, 70, 20, 880
    expected = [100 * 50 / 1000, 100 * 950 / 1000, 900 * 50 / 1000, 900 * 950 / 1000]
    tables = contingency.Tables.of_margins(np.array([30]), np.array([100]), np.array([50]), 1000)
    g2 = printed("g2", cells=[a, b, c, d], expected=expected)
    assert tables.log_likelihood()[0] == pytest.approx(g2)
    assert contingency.bic(tables.log_likelihood(), 1000)[0] == pytest.approx(printed("bic", g2=g2, cells=[a, b, c, d]))
    assert tables.log_dice()[0] == pytest.approx(printed("log_dice", O=30, f_1=100, f_2=50))
    assert tables.mutual_information()[0] == pytest.approx(printed("mi", O=30, E=5))
    assert tables.t_score()[0] == pytest.approx(printed("t_score", O=30, E=5))
    deltas = [printed(name, a=a, b=b, c=c, d=d) for name in ("delta_p_from", "delta_p_to")]
    assert [float(delta[0]) for delta in tables.delta_p()] == pytest.approx(deltas)


def test_spread() -> None:
    found = dispersion.dispersion(csr_matrix(np.array(X)[:, None]), np.array(M, dtype=float))
    assert found.dp_norm[0] == pytest.approx(printed("dp_norm", x=X, m=M))
    rates = [x / m for x, m in zip(X, M, strict=True)]
    assert found.juilland_d[0] == pytest.approx(printed("juilland_d", rates=rates, n=5))


def test_poisson_binomial() -> None:
    pi = [0.1, 0.5, 0.3, 0.8]

    def chance(s: int) -> float:
        ways = [way for way in product((0, 1), repeat=4) if sum(way) == s]
        return sum(math.prod(p if hit else 1 - p for p, hit in zip(pi, way, strict=True)) for way in ways)

    _, p = tail(np.zeros(4, dtype=np.int64), np.array(pi), np.array([2]))
    assert p[0] == pytest.approx(printed("poisson_binomial_p", K=2, n=4, chance=chance))


def test_variety() -> None:
    words = [1, 2, 3, 1, 4, 2, 5, 5, 6, 1]
    assert diversity.mattr(np.array(words), window=4) == pytest.approx(printed("mattr", words=words, L=4))
    # Forwards a factor ends with 1 2 1 (types over tokens 2/3), and 1 3 4 are all different.
    # Backwards it ends with the last word: 4 3 1 1 (3/4), 2 (4/5), 1 (4/6).
    found = diversity.mtld(np.array([1, 2, 1, 1, 3, 4]))
    assert found == pytest.approx(printed("mtld", N=6, factors_forwards=1, factors_backwards=1))


def test_keywords_of_documents() -> None:
    from corpus_tools.analysis.keywords.weighting import weights

    found = weights(csr_matrix(np.array([[3, 1], [0, 2]]))).toarray()
    row = [printed("tf_idf", tf=3, N=2, df=1), printed("tf_idf", tf=1, N=2, df=2)]
    assert found[0] == pytest.approx([value / math.hypot(*row) for value in row])


def test_topics() -> None:
    joint = np.array([[40.0, 12.0], [12.0, 25.0]])
    found = coherence._npmi(joint, 100, missing=-1.0)[0, 1]
    assert found == pytest.approx(printed("npmi", p_ab=0.12, p_a=0.4, p_b=0.25))
    loadings, sizes = np.array([[0.6, 0.3, 0.1], [0.1, 0.2, 0.7]]), np.array([3.0, 1.0])
    p_w = 0.75 * 0.3 + 0.25 * 0.2
    assert ranking.relevance(loadings, sizes)[0, 1] == pytest.approx(printed("relevance", p_wk=0.3, p_w=p_w))
    # Exclusivity of topic 1: 6/7, 3/5, 1/8, so that the second word ranks 2 of 3 in both.
    assert ranking.frex(loadings)[0, 1] == pytest.approx(printed("frex", e=2 / 3, f=2 / 3))
    vectors = loadings.tolist()
    cosine = matching.cosines(loadings[:1], loadings[1:])[0, 0]
    assert cosine == pytest.approx(printed("cosine", u=vectors[0], v=vectors[1]))
    c_v = printed("c_v", vectors=vectors, cosine=lambda u, v: printed("cosine", u=u, v=v))
    assert coherence._cosines(loadings) == pytest.approx(c_v)


def test_themes() -> None:
    by_chance = (30 * 25 + 20 * 25) / 50**2
    assert kappa(np.array([[22.0, 8.0], [3.0, 17.0]])) == pytest.approx(
        printed("kappa", agree=39 / 50, by_chance=by_chance)
    )
    sheet = pd.DataFrame({"item": range(1, 11), "theme": "三农", "coder_1": [1, 1, 1, 1, 0, 0, 0, 0, 0, 1]})
    key = sheet[["item", "theme"]].assign(verdict=[True] * 5 + [False] * 5, population=[100] * 5 + [900] * 5)
    (recall,) = ct.themes.agreement(sheet, key)["recall"]
    assert recall == pytest.approx(printed("recall", F=100, p_F=4 / 5, M=900, p_M=1 / 5))


def test_likeness_of_two_reports() -> None:
    one, other = "云溪县科协举办科普讲座十二场", "云溪县科协举办技能比赛三场"
    runs = [{text[at : at + 5] for at in range(len(text) - 4)} for text in (one, other)]
    found = signatures.likeness(signatures.signature(one), signatures.signature(other))
    assert found.both == pytest.approx(printed("jaccard", A=runs[0], B=runs[1])) == pytest.approx(3 / 16)


def test_textrank() -> None:
    edges = np.array([[0, 2, 1, 0], [2, 0, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]])
    nothing = np.zeros(4, dtype=np.int64)
    score = textrank._ranked(textrank.Graph(nothing, nothing, nothing, csr_matrix(edges)), 0.85)
    for u in range(4):
        beside = [(edges[u, v], edges[v].sum(), score[v]) for v in range(4)]
        assert score[u] == pytest.approx(printed("S_u", d=0.85, N=4, neighbours=beside))


def test_wordings_that_return() -> None:
    """Ten lines of four words, 1 2 in eight of them after 0 or 3 and before 4 or 5."""
    lines = [[0, 1, 2, 4]] * 4 + [[3, 1, 2, 5]] * 4 + [[1, 6, 6, 2]] * 2
    ids = np.array([word for line in lines for word in line], dtype=np.int32)
    ends, document = np.arange(4, 41, 4), np.arange(10, dtype=np.int32)
    stream = recurrence._stream(Tokens(ids, ends, document, np.zeros(10, dtype=np.int32)), np.ones(7, dtype=np.bool_))
    single = np.bincount(ids)
    words = recurrence._singles(stream, single, 4)
    pairs = recurrence._longer(words, stream, 4, first=True)
    places = recurrence._places(pairs, stream)
    (gram,) = [n for n, at in enumerate(places) if ids[at : at + 2].tolist() == [1, 2]]
    cohesion = recurrence._cohesion(pairs, words, places, single, stream.ids, 2, len(ids))
    known = {"f_all": 8, "N": 40, "f_start": 10, "f_last": 10, "f_first": 10, "f_end": 10}
    assert cohesion[gram] == pytest.approx(printed("cohesion", **known))
    entropy = recurrence._company(pairs, stream, -1)[gram]
    assert entropy == pytest.approx(printed("entropy", neighbours_share=[1 / 2, 1 / 2])) == pytest.approx(math.log(2))


@pytest.fixture(scope="module")
def corpus(sample: Path) -> Corpus:
    return ct.load(sample / "processed").where(level=["city", "county"]).without(year=None)


@pytest.fixture(scope="module")
def hits(corpus: Corpus) -> pd.DataFrame:
    random = np.random.default_rng(4)
    return pd.DataFrame(
        {"made": random.poisson(4, len(corpus))}, index=pd.Index(corpus.documents["doc_id"], name="doc_id")
    )


def rows_of(corpus: Corpus, hits: pd.DataFrame, **values: Any) -> tuple[list[int], list[int]]:
    """Hits and characters of the documents with these values."""
    chosen = np.ones(len(corpus), dtype=np.bool_)
    for name, value in values.items():
        chosen &= (corpus.documents[name] == value).to_numpy()
    return hits["made"].to_numpy()[chosen].tolist(), corpus.n_han[chosen].tolist()


def test_movement(corpus: Corpus, hits: pd.DataFrame) -> None:
    x, m = rows_of(corpus, hits)
    (rho,) = ct.trends.movement(corpus, hits, resamples=1)["rho"]
    assert rho == pytest.approx(printed("rho", x=x, m=m, year=corpus.documents["year"].tolist()))


def test_adjusted(corpus: Corpus, hits: pd.DataFrame) -> None:
    """A year with three reports of each level, weighed by hand."""
    year, standard = 2013, {"city": 0.3, "county": 0.7}
    frame = ct.trends.adjusted(corpus, hits, weights=standard).set_index("year").loc[year]
    parts = [rows_of(corpus, hits, year=year, level=level) for level in standard]
    rates = [printed("rate", x=x, m=m) for x, m in parts]
    weights = list(standard.values())
    value = printed("adjusted", weights=weights, rates=rates)
    assert frame["rate"] == pytest.approx(value)
    errors = [
        10_000 * bootstrap.errors_of_ratios(
            csr_matrix(np.array(x)[:, None]), np.array(m, dtype=float), resamples=1000, seed=bootstrap.seed_of(0, (year, n))
        )[0]
        for n, (x, m) in enumerate(parts)
    ]  # fmt: skip
    freedom = printed("freedom", weights=weights, errors=errors, documents=[len(x) for x, _ in parts])
    assert freedom > 2
    s = math.hypot(*(w * error for w, error in zip(weights, errors, strict=True)))
    known: dict[str, Any] = {"t": stats.t.ppf(0.975, freedom), "s": s, "r": value}
    assert frame["high"] == pytest.approx(printed("high", h=printed("h", **known), **known))


def test_contrast(corpus: Corpus, hits: pd.DataFrame) -> None:
    (found,) = ct.trends.contrast(corpus, hits, groups=("city", "county"), resamples=1)["difference"]
    both = corpus.documents.groupby("year")["level"].nunique()
    sizes_a, sizes_b, differences = [], [], []
    for year in both[both == 2].index:
        a, b = (rows_of(corpus, hits, year=year, level=level) for level in ("city", "county"))
        sizes_a.append(sum(a[1]))
        sizes_b.append(sum(b[1]))
        differences.append(printed("rate", x=a[0], m=a[1]) - printed("rate", x=b[0], m=b[1]))
    assert found == pytest.approx(printed("contrast", sizes_a=sizes_a, sizes_b=sizes_b, differences=differences))


def test_succession_and_candidates(sample: Path) -> None:
    whole = ct.load(sample / "processed").where(kind="work_report").without(year=None)
    row = ct.slogans.replacements(whole, min_documents=3, resamples=1).iloc[0]
    shares = ct.slogans.course(whole).pivot(index="year", columns="slogan", values="share_documents")
    old, new = (shares[row[name]] for name in ("old", "new"))
    used = shares.index[(old > 0) | (new > 0)]
    known = {name: series.loc[used[0] : used[-1]].tolist() for name, series in (("old", old), ("new", new))}
    assert row["score"] == pytest.approx(
        printed("succession", similarity=row["similarity"], theme=row["theme"], **known)
    )
    entry = discovery._Entry("quoted", 0.6, "", count=4)
    assert discovery._score(entry) == pytest.approx(printed("dress_score", w=0.6, c=4))


COLUMNS = toml("columns.toml")
# Units of which a column is a number of things, a name, or a place in a text.
PLAIN = {
    "text", "list", "true or false", "number", "year", "day", "characters", "lines", "edits", "documents", "hits", "paragraphs",
    "items", "places", "topics", "units", "sentences", "Han characters", "runs", "as the column",
}  # fmt: skip


BOUND = re.compile(r".*(low|high)|position|start|end")


def unit(column: str, frame: str) -> str:
    """The unit of a column as it stands in this frame."""
    of = COLUMNS["columns"].get(column, {})
    here = [meant for frames, meant in of.get("in", {}).items() if frame in frames.split()]
    return str({**of, **(here[0] if here else {})}.get("unit", "text"))


def test_every_statistic_leads_to_its_formula() -> None:
    """Columns of all frames that are no mere counts stand in the page's last table, and no others."""
    named = {(column, frame) for frame, table in COLUMNS["frames"].items() for column in table["columns"]}
    wanted = {column for column, frame in named if unit(column, frame) not in PLAIN and not BOUND.fullmatch(column)}
    first = re.findall(r"^\| (`.+?) \| ", PAGE.partition("## Columns and")[2], re.MULTILINE)
    told = set(re.findall(r"`(\w+)`", "".join(first)))
    assert len(wanted) > 70
    assert wanted - told == set()
    assert told - {column for column, _ in named} == {"duplicate_similarity"}


def test_every_formula_was_evaluated() -> None:
    """Each name of the page stands in a call of ``printed`` above."""
    source = Path(__file__).read_text("utf-8")
    assert [name for name in FORMULAS if f'"{name}"' not in source] == []
