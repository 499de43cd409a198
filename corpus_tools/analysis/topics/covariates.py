"""The column of the documents that topics may depend on: who takes one, which documents have it, and what units get of it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.analysis.topics.engines import Fitted
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import AnalysisError

TAKEN = {"dmr": "values", "gdmr": "numbers"}  # by the methods that depend on one


def known(corpus: Corpus, column: str | None, *, method: str) -> tuple[Corpus, dict[str, int]]:
    """The documents of known value, and how many are not, by reason; all where no column is given.

    AnalysisError for a column that does not exist or that the method cannot use, for a method that takes none, and for one
    that needs one.
    """
    takes = TAKEN.get(method)
    if column is None:
        if takes:
            raise AnalysisError(f"{method} needs a covariate: a column of the documents, as covariate='year'")
        return corpus, {}
    if takes is None:
        raise AnalysisError(f"{method} takes no covariate; {', '.join(TAKEN)} do")
    if column in ("text", "tense") and column not in corpus.described:
        raise AnalysisError(f"{column} cannot be the covariate: a covariate has one value a document")
    corpus.where(**{column: None})  # says which columns there are
    values = corpus.described[column]
    if takes == "numbers" and not pd.api.types.is_numeric_dtype(values):
        raise AnalysisError(f"{method} needs numbers; {column} holds {values.dtype}: dmr takes any values")
    if values.map(lambda value: isinstance(value, list | np.ndarray)).any():
        raise AnalysisError(f"{column} holds lists; a covariate has one value a document")
    if values.nunique() < 2:
        raise AnalysisError(f"{column} has {values.nunique()} known values here; topics can depend on 2 or more")
    unknown = int(values.isna().sum())
    return corpus.without(**{column: None}), {f"documents of unknown {column}": unknown} if unknown else {}


def of_units(corpus: Corpus, column: str | None, document: npt.NDArray[np.int64]) -> npt.NDArray[np.object_] | None:
    """The value of each unit's document."""
    return None if column is None else corpus.described[column].to_numpy(dtype=object)[document]


def named(fitted: Fitted, column: str | None) -> Fitted:
    """What an engine says by its covariate, under the name of the column."""
    if fitted.by_covariate is None:
        return fitted
    return fitted._replace(by_covariate=fitted.by_covariate.rename(columns={"value": column}))
