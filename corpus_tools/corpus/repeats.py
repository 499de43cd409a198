"""The documents of a folder that repeat one of a corpus: left out of it, or counted in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from corpus_tools.corpus import store

if TYPE_CHECKING:
    from corpus_tools.corpus.corpus import Corpus


class Repeats(NamedTuple):
    """``stored``: documents of the folder; ``left_out``: those that repeat one here and are not here, by kind, the most
    frequent first; ``counted``: those that repeat one here and are here too."""

    stored: int
    left_out: dict[str, int]
    counted: int


def of(corpus: Corpus) -> Repeats:
    """The repeats of the documents of a corpus, in its whole folder."""
    columns = ["doc_id", "duplicate_of", "duplicate_kind"]
    stored = store.read(corpus.folder, "documents", columns=columns).to_pandas()
    reports = corpus.described.drop_duplicates("doc_id")
    out = stored[stored["duplicate_of"].isin(reports["doc_id"]) & ~stored["doc_id"].isin(reports["doc_id"])]
    kinds = out["duplicate_kind"].fillna("unknown").value_counts().sort_index()
    by_kind = {str(kind): int(n) for kind, n in kinds.sort_values(ascending=False, kind="stable").items()}
    return Repeats(len(stored), by_kind, int(reports["duplicate_of"].isin(reports["doc_id"]).sum()))
