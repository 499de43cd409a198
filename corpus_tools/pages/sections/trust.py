"""Trust: what cleaning changed, kind by kind and rule by rule, and in which documents most."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from corpus_tools.corpus.corpus import Corpus
from corpus_tools.pages.marks import QUIET, with_codes
from corpus_tools.pages.sections import Part
from corpus_tools.pages.sections.changes import Changes

MOST_CHANGED = 10  # documents
RULES = 20  # of a kind that are shown by name, with samples: every site may bring its own


def part(corpus: Corpus) -> Part:
    """Changes by kind and rule with samples; how many documents were left alone, and those that lost most.

    ``chars`` and ``share`` leave out what only moved blanks and line breaks or converted letters.
    """
    edits = corpus.edits.assign(
        chars=lambda frame: frame["removed"].str.len(), put=lambda frame: frame["inserted"].str.len()
    )
    documents, n = corpus.documents, len(corpus)
    if edits.empty:
        return {"edits": 0, "n": n}
    raw, lost, changes = _raw_lengths(documents, edits), edits[~edits["kind"].isin(QUIET)], Changes(corpus, edits)
    kinds = sorted(_kinds(edits, int(raw.sum()), changes), key=lambda row: (row["quiet"], -row["chars"], row["kind"]))
    return {
        "kinds": kinds,
        "edits": len(edits),
        "chars": int(lost["chars"].sum()),
        "share": int(lost["chars"].sum()) / max(1, int(raw.sum())),
        "n": n,
        "untouched": n - edits["doc_id"].nunique(),
        "quiet": edits["doc_id"].nunique() - lost["doc_id"].nunique(),
        "changed": lost["doc_id"].nunique(),
        "most": _most_changed(lost, raw, changes),
    }


def _raw_lengths(documents: pd.DataFrame, edits: pd.DataFrame) -> pd.Series[int]:
    """Characters of each raw text, by doc_id: those of the clean text with what was removed, without what was put in."""
    clean = documents.set_index("doc_id")["n_chars"]
    change = edits.groupby("doc_id")[["chars", "put"]].sum().reindex(clean.index, fill_value=0)
    return clean + change["chars"] - change["put"]


def _kinds(edits: pd.DataFrame, raw: int, changes: Changes) -> Iterator[Part]:
    """Each kind with its rules, those that remove most first."""
    for kind, of in edits.groupby("kind"):
        counted = [(_counted(group) | {"rule": with_codes(str(rule))}, group) for rule, group in of.groupby("rule")]
        counted.sort(key=lambda pair: (-pair[0]["chars"], -pair[0]["edits"]))
        whole = _counted(of)
        yield whole | {
            "kind": with_codes(str(kind)),
            "quiet": kind in QUIET,
            "share": whole["chars"] / max(1, raw),
            "rules": [row | {"samples": changes.of(group)} for row, group in counted[:RULES]],
            "others": len(counted[RULES:]),
            "others_chars": sum(row["chars"] for row, _ in counted[RULES:]),
        }


def _counted(edits: pd.DataFrame) -> Part:
    sums = {"chars": int(edits["chars"].sum()), "put": int(edits["put"].sum())}
    return {"edits": len(edits), "documents": edits["doc_id"].nunique()} | sums


def _most_changed(lost: pd.DataFrame, raw: pd.Series[int], changes: Changes) -> list[Part]:
    """The documents that lost the largest share of their raw text, and to which kinds."""
    by_kind = lost.groupby(["doc_id", "kind"])["chars"].sum()
    chars = by_kind.groupby("doc_id").sum()
    shares = (chars / raw.reindex(chars.index).clip(lower=1)).sort_values(ascending=False, kind="stable")
    rows: list[Part] = []
    for doc_id, share in shares[shares > 0].head(MOST_CHANGED).items():
        name, length = str(doc_id), int(raw[str(doc_id)])
        of = by_kind.loc[[name]].droplevel("doc_id").sort_values(ascending=False, kind="stable")
        kinds = [(with_codes(str(kind)), int(n) / length) for kind, n in of.items() if n]
        named = {"name": changes.names[name], "source": changes.sources[name]}
        rows.append(named | {"share": float(share), "raw": length, "kinds": kinds})
    return rows
