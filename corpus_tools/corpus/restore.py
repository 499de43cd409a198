"""The raw text of a document of a corpus, restored from its clean text and its edits."""

from __future__ import annotations

import pandas as pd

from corpus_tools.cleaning.edits import undo
from corpus_tools.document import Edit


def restored(text: str, edits: pd.DataFrame) -> tuple[str, list[Edit]]:
    """The raw text that became ``text``, and its edits in order; ``edits`` are its rows of ``Corpus.edits``.

    ValueError where the edits do not belong to the text.
    """
    rows = edits.sort_values(["start", "end"], kind="stable")
    columns = (rows[name].tolist() for name in Edit._fields)
    recorded = [Edit(*row) for row in zip(*columns, strict=True)]
    return undo(text, recorded), recorded
