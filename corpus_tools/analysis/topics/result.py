"""Topics of a corpus: the frames that say what they are, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from corpus_tools.analysis.topics import overview, prevalence, storing
from corpus_tools.analysis.topics.matching import cosines
from corpus_tools.analysis.topics.model import Model
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError


@dataclass(frozen=True)
class Topics:
    """Topics of a corpus, numbered from 1, the largest first.

    ``terms``: topic, term, rank (from 1), weight (share of the topic's words, 0 to 1), relevance (Sievert & Shirley 2014),
    frex (Bischof & Airoldi 2012); the first 25 words, by weight, or by relevance where the method is of the LDA family.
    ``documents``: doc_id (and tense, in a view by tense), topic, share; the shares of a document add up to 1, each of its
    units counts once. Shares are weights of a matrix factorisation scaled to 1, probabilities where the method is of the LDA
    family. A document without a unit that is long enough is in no row. ``labels``: topic, label (short, all different), share
    (mean over documents), and where topics were guided by themes, ``theme``, ``theme_similarity`` to it, and ``words``, how
    many of its terms it began with.

    ``quality``, one row a topic: ``npmi`` (−1 to 1) and ``c_v`` (0 to 1) of the first ten words, or of all where a topic has
    fewer (NaN for one), ``exclusivity`` (mean share of these words' weights that is this topic's), ``stability`` (share of
    the refits in which the topic comes back; not whether it is about one thing), ``similarity`` (mean cosine with its match
    there), ``documents`` and ``units`` of which a unit it has the largest share, ``largest`` (share of its weight in one
    document), ``repeated`` (in units that stand word for word in several documents), ``note`` (why not to rely on it, empty
    where nothing is known against it). ``refits``: refit, topic, similarity (cosine with its match), words (share of its
    first ten words that are among the first ten of its match, 0 to 1), recurs (.7 or more of the one, .6 of the other).
    ``examples``: topic, doc_id, paragraph (or section), text: the units of most weight, each of another document.

    ``method``; ``units`` and ``words``, which the model was fitted on; ``left_out``, units that were not, by reason;
    ``converged``, whether the fit had settled when it stopped (``lda`` makes 20 passes, and is not asked). ``choice``: the
    frame of ``choose`` where k was not given. ``by_covariate``: what a method with a covariate says of topics at each of its
    values. ``texts``: a hash of the documents.
    """

    terms: pd.DataFrame
    documents: pd.DataFrame
    labels: pd.DataFrame
    quality: pd.DataFrame
    refits: pd.DataFrame
    examples: pd.DataFrame
    method: str
    units: int
    words: int
    left_out: dict[str, int]
    converged: bool
    texts: str = field(repr=False)
    model: Model = field(repr=False)
    corpus: Corpus | None = field(repr=False)
    choice: pd.DataFrame | None = field(default=None, repr=False)
    by_covariate: pd.DataFrame | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.labels)

    def __repr__(self) -> str:
        marked = int((self.quality["note"] != "").sum())
        more = f", {marked} marked" if marked else ""
        return f"Topics({len(self)} by {self.method} of {self.units:,} {self.model.asked.unit}s{more})"

    def _repr_html_(self) -> str:
        return overview.of_topics(self)

    def by(self, column: str | Sequence[str], *, resamples: int = 1000, seed: int = 0) -> pd.DataFrame:
        """Prevalence: mean share of each topic in the documents of each group, ``tense`` among the columns to group by.

        Columns: those asked for; ``topic``; ``label``; ``share`` (mean over documents, 0 to 1); ``low``, ``high``, its 95 %
        interval as of ``trends.rate`` (documents are drawn anew, the topics are not found anew); ``n``, documents that have
        shares. Groups without such documents are absent, never 0. NaN bounds for fewer than 3 documents, and for a share of 0.
        Documents that are not in the corpus are not known to an interval: a topic of a few reports can have more than
        ``high``. AnalysisError for an unknown column, and for topics that were loaded without their corpus.
        """
        counted = prevalence.prevalence(self.model, self._own(), self.documents, column, resamples=resamples, seed=seed)
        labelled: pd.DataFrame = counted.merge(self.labels[["topic", "label"]], on="topic", how="left")
        names = [name for name in labelled.columns if name not in ("topic", "label", "share", "low", "high", "n")]
        return labelled[[*names, "topic", "label", "share", "low", "high", "n"]]

    def words_by(self, column: str | Sequence[str], *, top: int = 10) -> pd.DataFrame:
        """The words of each topic in the documents of each group: how a topic speaks at different times or places.

        Columns: those asked for; ``topic``; ``label``; ``term``; ``rank``; ``weight`` (the word's share of what the topic says
        in the group); ``lift`` (weight divided by the word's weight in the topic over all groups); ``units``, how many the
        topic takes up in the group, shares of units added up: of few, the words there say little; ``n``, documents that have
        shares. Each word of a unit is shared out among its topics, by the share of each times the weight the word has in it,
        as a mixture foretells it. Words are ranked by weight times inverse frequency in units, by weight alone where the
        method is of the LDA family. A topic is in no row of a group without it. AnalysisError as of :meth:`by`.
        """
        found = prevalence.words(self.model, self._own(), column, top=top)
        merged: pd.DataFrame = found.merge(self.labels[["topic", "label"]], on="topic", how="left")
        names = list(found.columns[: found.columns.get_loc("topic")])
        return merged[[*names, "topic", "label", "term", "rank", "weight", "lift", "units", "n"]]

    def transform(self, new: Corpus) -> pd.DataFrame:
        """Shares of these topics in the documents of another corpus: doc_id, topic, share, as ``documents``.

        Words that the topics do not know are passed over. AnalysisError for an empty corpus and where no document holds a
        unit with such words.
        """
        shares = self.model.shares(new)
        if np.isnan(shares).all():
            raise AnalysisError("no document of this corpus has a unit with words of these topics")
        return long(shares, new)

    def positions(self) -> pd.DataFrame:
        """Topics on a map, like ones near each other: topic, label, share, x, y, note.

        Places are the first two dimensions of classical scaling of 1 − cosine (Torgerson 1952), and have no unit.
        """
        distance = 1 - cosines(self.model.loadings, self.model.loadings)
        centred = np.eye(len(self)) - 1 / len(self)
        values, vectors = np.linalg.eigh(-0.5 * centred @ distance**2 @ centred)
        first = np.argsort(-values)[:2]
        x, y = (vectors[:, first] * np.sqrt(np.maximum(values[first], 0))).T
        x, y = (side * (1 if side[np.abs(side).argmax()] >= 0 else -1) for side in (x, y))
        return self.labels[["topic", "label", "share"]].assign(x=x, y=y, note=self.quality["note"])

    def save(self, folder: str | Path) -> Path:
        """Write the topics into a folder of Parquet files and one JSON file, which ``topics.load`` reads; returns the folder.

        The corpus is not written: pass it to ``load`` again. StoreError where the folder holds anything else.
        """
        return storing.save(self, Path(folder))

    def _own(self) -> Corpus:
        if self.corpus is None:
            raise AnalysisError("these topics were loaded without their corpus: ct.topics.load(folder, corpus)")
        return self.corpus


def long(shares: Any, corpus: Corpus) -> pd.DataFrame:
    """Documents × topics as doc_id (and tense, where these are counted apart), topic, share; those of NaN are in no row."""
    documents, topics = shares.shape
    names = [name for name in ("doc_id", "tense") if name in corpus.described]
    frame = corpus.described[names].loc[lambda rows: rows.index.repeat(topics)].reset_index(drop=True)
    frame["topic"] = np.tile(np.arange(1, topics + 1), documents)
    frame["share"] = shares.ravel()
    return frame.dropna(subset="share").reset_index(drop=True)
