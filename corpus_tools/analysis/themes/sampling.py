"""A sample for coding by hand: what coders see, and apart from it what the dictionary says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from corpus_tools import progress
from corpus_tools.analysis.statistics import bootstrap
from corpus_tools.analysis.themes.dictionary import Themes
from corpus_tools.analysis.themes.matching import Integers, Tally, pieces, tally
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError
from corpus_tools.showing.table import table
from corpus_tools.showing.words import both


class Sample(NamedTuple):
    """A ``sheet`` for coders, and the ``key`` to it, which they must not see."""

    sheet: pd.DataFrame
    key: pd.DataFrame

    def _repr_html_(self) -> str:
        return table(self.sheet, caption=both("sheet"))._repr_html_()


@progress.bar("sample of passages")
def sample(
    corpus: Corpus,
    *,
    themes: Themes = "general",
    n: int = 50,
    coders: int = 2,
    within: str = "paragraph",
    seed: int = 0,
) -> Sample:
    """Draw ``n`` paragraphs (of this ``within``) a theme: half that the dictionary says hold it, half that it says do not.

    ``sheet``, one row a theme and paragraph, themes one after the other, paragraphs of each in random order: ``item``, a
    number; ``theme``; ``text``; ``coder_1``, ``coder_2``, … (as many as ``coders``), blank: 1 where the paragraph speaks of
    the theme, 0 where not. ``key``, one row an item: ``item``, ``theme``, ``doc_id``, ``paragraph`` and ``piece`` (its line
    in the text, its number there), ``verdict``, whether the dictionary says so; ``population``, paragraphs of the corpus of
    which it says the same, ``drawn``, how many of these are in the sample: fewer than half of ``n`` where there are no
    more. The paragraphs of a theme depend on ``seed`` and that theme alone. ``themes`` as for :func:`dictionary`. Give both
    to :func:`agreement`.

    AnalysisError for an ``n`` below 2, fewer than one coder, another ``within``, and an empty corpus.
    """
    if n < 2 or coders < 1:
        raise AnalysisError(f"n is {n} and coders is {coders}; n must be at least 2 and coders at least 1")
    found = tally(corpus, themes, within=within)
    rows = [row for number in range(len(found.names)) for row in _drawn(found, number, n=n, seed=seed)]
    key = pd.DataFrame(rows, columns=["theme", "passage", "verdict", "population", "drawn"])
    passage = key.pop("passage").to_numpy(dtype=np.int64)
    key.insert(0, "item", np.arange(1, len(key) + 1))
    key.insert(2, "doc_id", corpus.described["doc_id"].to_numpy()[found.document[passage]])
    key.insert(3, "paragraph", found.paragraph[passage].astype(np.int64))
    key.insert(4, "piece", found.piece[passage].astype(np.int64))
    sheet = key[["item", "theme"]].assign(text=list(_texts(corpus, found, passage, within)))
    blank = {f"coder_{number}": None for number in range(1, coders + 1)}
    return Sample(sheet.assign(**blank), key)


def _drawn(found: Tally, number: int, *, n: int, seed: int) -> Iterator[tuple[str, int, bool, int, int]]:
    """Theme, passage, verdict, population and number of draws, in random order."""
    name = found.names[number]
    random = np.random.default_rng(bootstrap.seed_of(seed, (name,)))
    held = found.held[:, [number]].toarray().ravel() > 0
    rows = list[tuple[str, int, bool, int, int]]()
    for verdict, size in ((True, n - n // 2), (False, n // 2)):
        of = np.flatnonzero(held == verdict)
        chosen = random.choice(of, min(size, len(of)), replace=False)
        rows += [(name, int(passage), verdict, len(of), len(chosen)) for passage in chosen]
    return (rows[place] for place in random.permutation(len(rows)))


def _texts(corpus: Corpus, found: Tally, passages: Integers, within: str) -> Iterator[str]:
    """The passages as they are written."""
    rows, of = np.unique(found.document[passages], return_inverse=True)
    texts = corpus.of(rows).documents["text"].tolist()
    for passage, row in zip(passages.tolist(), of.tolist(), strict=True):
        line = texts[row].split("\n")[found.paragraph[passage]]
        yield pieces(line, within)[found.piece[passage]].strip()
