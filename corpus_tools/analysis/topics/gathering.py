"""One pass through the units of a corpus with the weights of their topics: what topics take up, and where they stand out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.analysis.topics.engines import Floats, rows_to_one
from corpus_tools.analysis.topics.material import Block, Material
from corpus_tools.analysis.topics.model import sums
from corpus_tools.corpus.corpus import BLANK, Corpus

EXAMPLES = 3  # of each topic, each of another document
CANDIDATES = 40  # units of most weight that they are chosen from

Integers = npt.NDArray[np.int64]


@dataclass
class Gathered:
    """Sums over units. ``total``: documents × topics, weights of units scaled to 1. ``led``: documents × topics, units of which
    a topic has the largest share. ``repeated``: each topic's weight in units that stand in several documents.
    ``strongest``: topic, document, number, weight of the units of most weight,
    among those of which the topic has the largest share.
    """

    total: Floats
    led: Integers
    repeated: Floats
    strongest: pd.DataFrame


def gathered(material: Material, weighed: Iterable[tuple[Block, Floats]], k: int) -> Gathered:
    """Go through units with their weights once."""
    documents = len(material.corpus)
    found = Gathered(np.zeros((documents, k)), np.zeros((documents, k), dtype=np.int64), np.zeros(k), pd.DataFrame())
    best: list[pd.DataFrame] = []
    for block, weights in weighed:
        shares = rows_to_one(weights)
        found.total += sums(block.document, weights, documents)
        there = np.flatnonzero(shares.sum(axis=1))
        np.add.at(found.led, (block.document[there], shares[there].argmax(axis=1)), 1)
        found.repeated += shares[np.isin(block.print, material.repeated)].sum(axis=0)
        led = np.where(shares == shares.max(axis=1, keepdims=True), weights, 0)
        best = [_strongest(pd.concat([*best, *_candidates(block, led)], ignore_index=True))]
    found.strongest = best[0] if best else found.strongest
    return found


def ordered(found: Gathered, order: Integers) -> Gathered:
    """The same with the topics in another order."""
    return replace(found, total=found.total[:, order], led=found.led[:, order], repeated=found.repeated[order])


def _candidates(block: Block, weights: Floats) -> Iterable[pd.DataFrame]:
    for topic, of in enumerate(weights.T):
        first = np.argsort(-of, kind="stable")[:CANDIDATES]
        first = first[of[first] > 0]
        yield pd.DataFrame(
            {"topic": topic, "document": block.document[first], "number": block.number[first], "weight": of[first]}
        )


def _strongest(candidates: pd.DataFrame) -> pd.DataFrame:
    ordered = candidates.sort_values(["topic", "weight", "document"], ascending=[True, False, True])
    return ordered.groupby("topic").head(CANDIDATES).reset_index(drop=True)


def examples(material: Material, found: Gathered, order: Integers) -> pd.DataFrame:
    """The units of most weight of each topic, each of another document: topic, doc_id, paragraph (or section), text."""
    corpus, unit = material.corpus, material.asked.unit
    strongest = found.strongest.assign(report=material.report[found.strongest["document"].to_numpy()])
    chosen = strongest.drop_duplicates(["topic", "report"]).groupby("topic").head(EXAMPLES)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    rows = chosen["document"].to_numpy()
    shown, of = np.unique(rows, return_inverse=True)
    few = corpus.of(shown)
    documents = few.described["doc_id"].to_numpy()[of]
    frame = pd.DataFrame({"topic": rank[chosen["topic"].to_numpy()], "doc_id": documents})
    if unit == "document":  # of a view by tense what is counted, without the blanks in place of the rest
        frame["text"] = [few.texts[row].replace(BLANK, "").strip("\n") for row in of.tolist()]
    else:
        frame[unit] = chosen["number"].to_numpy()
        frame["text"] = _texts(few, few.documents.iloc[of], unit, chosen["number"].tolist())
    return frame.sort_values("topic", kind="stable", ignore_index=True)


def _texts(few: Corpus, documents: pd.DataFrame, unit: str, numbers: list[int]) -> list[str]:
    texts = documents["text"].tolist()
    if unit == "paragraph":
        return [text.split("\n")[number] for text, number in zip(texts, numbers, strict=True)]
    spans = few.sections.set_index(["doc_id", "section"])[["start", "end"]]
    keys = list(zip(documents["doc_id"], numbers, strict=True))
    places = [spans.loc[key].tolist() if key in spans.index else (0, 0) for key in keys]
    return [text[start:end] for text, (start, end) in zip(texts, places, strict=True)]
