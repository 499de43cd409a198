"""pkuseg (the distribution spacy-pkuseg): a trained model that the user names, ``pkuseg:DIR``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from corpus_tools.errors import DataError, MissingPackageError
from corpus_tools.language.engines.contract import Cut
from corpus_tools.language.lexicon import Word

# pkuseg drops white space, and takes what it has never seen for part of a word.
_ALONE = re.compile(r"(\r\n|[\s\ue000-\uf8ff])")
_LOADING = Lock()  # the package keeps the model's folder in a variable of its own while it loads


def make(entries: Sequence[Word], *, hmm: bool, model: str | None = None) -> Cut:
    """Return the ``cut`` of the model in the folder ``model``.

    Words of ``entries`` are kept wherever they stand, the longest first; frequencies mean nothing to a model, and a word of
    frequency 0 cannot be taken out of it. ``hmm`` changes nothing: a model always guesses. DataError where no model is
    named or the folder holds none, MissingPackageError where pkuseg is not installed.
    """
    if model is None:
        raise DataError("engine 'pkuseg' needs the folder of a model: write pkuseg:DIR")
    if not (Path(model) / "weights.npz").is_file():
        raise DataError(f"engine 'pkuseg:{model}': no model of spacy-pkuseg (weights.npz) in this folder")
    try:
        import spacy_pkuseg
    except ImportError:
        raise MissingPackageError("engine 'pkuseg'", "corpus-tools[pkuseg]") from None
    with _LOADING:
        segment = spacy_pkuseg.pkuseg(model, user_dict=[e.word for e in entries if e.freq != 0]).cut

    def cut(text: str) -> list[str]:
        tokens: list[str] = []
        for number, piece in enumerate(_ALONE.split(text)):
            tokens += [piece] if number % 2 else segment(piece)
        return tokens

    return cut
