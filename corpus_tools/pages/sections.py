"""What each section of the page says: frames of the analyses, cut to what fits on a page."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pandas as pd

from corpus_tools.analysis import keywords, slogans, trends
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.language.slogans import slogans as known_slogans
from corpus_tools.pages import figures
from corpus_tools.pages.topics import topics_part
from corpus_tools.plot.charts import Lang
from corpus_tools.version import __version__

Part = dict[str, Any]

VALUES = 12  # values of a column shown in coverage; years are all shown
FILES = 50  # rejected files shown by name
SAMPLES, LONGEST = 3, 60  # samples a cleaning rule, and characters of each
SLOGANS, LEADING = 30, 6  # slogans in the table, and in the picture: more lines than that cannot be told apart
TERMS = 12  # words shown a year
RECORD = 2000  # characters of a manifest entry; longer ones (lists of all inputs) are for the file itself
COMMON, ENOUGH = 0.5, 20  # share of documents a keyword may stand in, in a corpus of 20 documents or more


def all_parts(corpus: Corpus, *, lang: Lang, k: int | None) -> dict[str, Part]:
    """Every section by its name; one that cannot be computed is ``{"why": reason}``."""
    return {
        "head": head(corpus),
        "coverage": _try(lambda: coverage(corpus)),
        "trust": _try(lambda: trust(corpus)),
        "slogans": _try(lambda: leading_slogans(corpus, lang=lang)),
        "keywords": _try(lambda: yearly_keywords(corpus)),
        "topics": _try(lambda: topics_part(corpus, lang=lang, k=k)),
        "methods": methods(corpus),
    }


def head(corpus: Corpus) -> Part:
    """Size of the corpus: n, span of years, Han characters, words, documents of unknown year."""
    years = corpus.documents["year"].dropna().astype(int)
    span = None if years.empty else f"{years.min()}" if years.nunique() == 1 else f"{years.min()}–{years.max()}"
    totals = corpus.documents[["n_han", "n_tokens"]].sum()
    undated = len(corpus) - len(years)
    return {"n": len(corpus), "span": span, "han": totals["n_han"], "tokens": totals["n_tokens"], "undated": undated}


def coverage(corpus: Corpus) -> Part:
    """Documents by year, kind, organisation, level and place, and the files that became none."""
    tables = [_values(corpus.documents, column) for column in ("year", "kind", "level", "organisation", "place")]
    rejected = corpus.rejected
    reasons = rejected.groupby(["stage", "reason"]).size().sort_values(ascending=False, kind="stable")
    return {
        "tables": tables,
        "rejected": {
            "n": len(rejected),
            "reasons": reasons.reset_index(name="n").to_numpy().tolist(),
            "files": rejected[["source", "reason", "detail"]].head(FILES).to_numpy().tolist(),
            "more": max(0, len(rejected) - FILES),
        },
    }


def trust(corpus: Corpus) -> Part:
    """Changes by kind and rule, with the most frequent ones."""
    edits = corpus.edits.assign(chars=lambda frame: frame["removed"].str.len())
    removed, kept = int(edits["chars"].sum()), int(corpus.documents["n_chars"].sum())
    rows: list[Part] = [
        {
            "kind": kind,
            "rule": rule,
            "edits": len(of),
            "documents": of["doc_id"].nunique(),
            "chars": of["chars"].sum(),
            "samples": _samples(of),
        }
        for (kind, rule), of in edits.groupby(["kind", "rule"])
    ]
    rows.sort(key=lambda row: -row["edits"])
    inserted = int(edits["inserted"].str.len().sum())
    share = removed / max(1, kept + removed - inserted)  # raw text = clean text + what was removed - what was put in
    return {"rows": rows, "edits": len(edits), "n": edits["doc_id"].nunique(), "chars": removed, "share": share}


def leading_slogans(corpus: Corpus, *, lang: Lang) -> Part:
    """The most frequent slogans, where they were first said, and the rates of the leading ones over the years."""
    best = slogans.count(corpus).query("count > 0").head(SLOGANS)
    introduced = {entry.slogan: entry.year for entry in known_slogans()}
    first = _first_years(corpus)
    rows = best.to_dict("records")
    for row in rows:
        row |= {"introduced": introduced.get(row["slogan"]), "first": first.get(row["slogan"])}
        row["early"] = bool(row["introduced"] and row["first"] and row["first"] < row["introduced"])
    leading = best["slogan"].head(LEADING).tolist()
    several = corpus.documents["year"].nunique() > 1
    figure = figures.trend(trends.rate(corpus, leading), lang=lang) if leading and several else None
    return {"rows": rows, "figure": figure, "leading": len(leading), "early": any(row["early"] for row in rows)}


def yearly_keywords(corpus: Corpus) -> Part:
    """The words of highest TF-IDF of each year; in a large corpus, of those that do not stand everywhere."""
    most = COMMON if len(corpus) >= ENOUGH else 1.0
    frame = keywords.tfidf(corpus, by="year", top=TERMS, max_share=most)
    rows = [(year, of["n"].iloc[0], of["term"].tolist()) for year, of in frame.groupby("year")]
    return {"rows": rows, "most": most}


def methods(corpus: Corpus) -> Part:
    """Versions of what computed the page, and what the manifest says of the build."""
    names = ("pandas", "scikit-learn", "matplotlib", "ahocorasick-rs")
    record = {key: value for key, value in corpus.manifest.items() if len(json.dumps(value, default=str)) <= RECORD}
    return {
        "versions": [("corpus_tools", __version__), *((name, version(name)) for name in names)],
        "manifest": json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True, default=str),
    }


def _try(section: Callable[[], Part]) -> Part:
    try:
        return section()
    except AnalysisError as error:
        return {"why": str(error)}


def _values(documents: pd.DataFrame, column: str) -> Part:
    """Documents by the values of a column: years in order, all of them; others by number, the most frequent."""
    known = documents[column].dropna()
    counted = known.value_counts()
    counted = (
        counted.sort_index() if column == "year" else counted.sort_index().sort_values(ascending=False, kind="stable")
    )
    shown = counted if column == "year" else counted.head(VALUES)
    rows = [*shown.items(), *([(None, len(documents) - len(known))] if len(known) < len(documents) else [])]
    return {
        "column": column,
        "rows": rows,
        "most": max(n for _, n in rows),
        "others": len(counted) - len(shown),
        "others_n": counted.sum() - shown.sum(),
    }


def _samples(edits: pd.DataFrame) -> list[tuple[str, str, int]]:
    """The most frequent changes of a rule, shortened."""
    frequent = edits.groupby(["removed", "inserted"]).size().sort_values(ascending=False, kind="stable").head(SAMPLES)
    rows = frequent.reset_index(name="n").to_numpy().tolist()
    return [(_short(removed), _short(inserted), n) for removed, inserted, n in rows]


def _short(text: str) -> str:
    """One line that shows what is there: ¶ for a line break, · for blanks that stand alone, a code for what has no shape."""
    text = text if text.strip(" \u3000\n") else text.replace(" ", "·").replace("\u3000", "··")
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    shown = text.replace("\n", "¶")
    return "".join(c if c.isprintable() or c == "\u3000" else c.encode("unicode_escape").decode("ascii") for c in shown)


def _first_years(corpus: Corpus) -> dict[str, int]:
    """The first year in which each slogan is counted."""
    if corpus.documents["year"].isna().all():
        return {}
    counted = slogans.count(corpus, by="year").query("count > 0")
    return {str(slogan): int(year) for slogan, year in counted.groupby("slogan")["year"].min().items()}
