"""How terms are cut and why, for a notebook and the command line; what a user's dictionary does besides adding words."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from corpus_tools import progress
from corpus_tools.config import Config
from corpus_tools.errors import ConfigError
from corpus_tools.language import diagnosis, lexicon
from corpus_tools.language.segment import setting


def words(terms: str | Path | Iterable[str], *, config: Config | None = None) -> pd.DataFrame:
    """Tell how each term is cut when it stands alone, and why.

    ``terms``: terms, or the path of a list in jieba's format (one term a line; what follows a blank is not looked at).
    ``config``: the settings of a corpus, its own dictionary included. Columns: term; words (the words that it is cut into,
    joined by ``|``); whole (whether that is one); source (the list that holds the term: a file of corpus_tools/data, the
    user's file, ``jieba`` for jieba's dictionary, None where none does); freq (its frequency there, <NA> where the engine
    chooses it); reason (a sentence). ConfigError for a path that is not there, DataError for a list that cannot be read.
    """
    if isinstance(terms, str | Path):
        if not _is_file(Path(terms)):
            raise ConfigError(f"{terms}: no such file; terms themselves are given as a list")
        terms = [word.word for word in lexicon.word_list(Path(terms))]
    found = diagnosis.cuttings(terms, setting(**(config or Config()).cutting))
    rows = [(c.term, "|".join(c.words), len(c.words) == 1, c.source, c.freq, c.reason) for c in found]
    frame = pd.DataFrame(rows, columns=["term", "words", "whole", "source", "freq", "reason"])
    return frame.astype({"freq": "Int64"})


def names_a_list(argument: str) -> bool:
    """Whether an argument is the path of a list, not a term: there is such a file, or it is written as one (own.txt)."""
    return _is_file(Path(argument)) or argument.endswith(".txt") or "/" in argument or os.sep in argument


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


@progress.bar("conflicts of the dictionary")
def conflicts(config: Config) -> pd.DataFrame:
    """Tell what the dictionary of ``config`` does besides adding words; no row where it has none, or does nothing else.

    Columns: word; kind (``twice``, ``overrides``, ``not_whole``, ``breaks``: see ``language.diagnosis.Conflict``); detail.
    Every entry of jieba's dictionary and of ours is cut with and without the user's words: a second or two.
    """
    own = config.dictionary
    found = diagnosis.conflicts(Path(own), setting(**config.cutting)) if own else []
    return pd.DataFrame(found, columns=list(diagnosis.Conflict._fields))
