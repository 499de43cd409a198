"""Engines of the LDA family by Gibbs sampling (tomotopy), of which some let topics depend on a covariate of the documents.

Words of topics are probabilities. Shares of topics in a unit are found from them as in every model of probabilities
(``engines.queried``), not read from the sampler: they are those that ``transform`` gives, and without the noise of one draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from corpus_tools.analysis.topics.engines import Fitted, Floats, Task, queried, rows_to_one
from corpus_tools.errors import AnalysisError, MissingPackageError

# Words are counted as they are: weighted by PMI (tomotopy's tw), topics gain .02 of NPMI and lose .15 of the Rand index over
# seeds. Twice the iterations would gain .01 and .07 (benchmarks/samplers.py).
ITERATIONS = 500
SETTLED = 0.01  # change of the log-likelihood a word in the last fifth of the iterations, below which a fit had settled
# Of the polynomial of gdmr: no other of 1 to 6 foretells reports that were not seen better (benchmarks/samplers.py --degrees).
DEGREE = 2


def gibbs_lda(task: Task) -> Fitted:
    """Latent Dirichlet allocation by collapsed Gibbs sampling (Griffiths & Steyvers 2004), with learnt sizes of topics."""
    model, settled = sampled(task, "LDAModel")
    return fitted(task, model, settled, prior=float(np.mean(model.alpha)))


def dmr(task: Task) -> Fitted:
    """Dirichlet-multinomial regression: what topics to expect in a unit depends on a category (Mimno & McCallum 2008).

    ``by_covariate``: value, topic, share: the model's expected share where the covariate has this value.
    """
    values = _covariate(task)
    model, settled = sampled(task, "DMRModel", [{"metadata": str(value)} for value in values])
    distinct = pd.unique(values)
    priors = np.array([model.get_topic_prior(str(value)) for value in distinct])
    expected = _expected(distinct, rows_to_one(priors))
    return fitted(task, model, settled, prior=float(priors.mean()))._replace(by_covariate=expected)


def gdmr(task: Task) -> Fitted:
    """Generalised DMR: expected shares are a smooth function (Legendre polynomials) of a number (Lee & Song 2020).

    ``by_covariate``: value, topic, share: the function at each value of the units.
    """
    values = _covariate(task).astype(np.float64)
    numeric = [{"numeric_metadata": [value]} for value in values.tolist()]
    model, settled = sampled(task, "GDMRModel", numeric, degrees=[DEGREE])
    distinct = np.unique(values)
    raw = np.array([model.tdf([value], normalize=False) for value in distinct.tolist()])
    expected = _expected(np.unique(_covariate(task)), np.array([model.tdf([value]) for value in distinct.tolist()]))
    return fitted(task, model, settled, prior=float(np.exp(raw).mean()))._replace(by_covariate=expected)


def _covariate(task: Task) -> npt.NDArray[Any]:
    if task.covariate is None:
        raise AnalysisError("this engine needs a covariate")
    return task.covariate


def sampled(task: Task, name: str, more: list[dict[str, Any]] | None = None, **options: Any) -> tuple[Any, bool]:
    """A trained model, and whether it had settled. One worker: with more the same seed gives other topics."""
    try:
        import tomotopy
    except ImportError:
        raise MissingPackageError("topics by Gibbs sampling", "corpus-tools[topics]") from None
    model = getattr(tomotopy, name)(k=task.k, seed=task.seed, **options)
    for words, of_unit in zip(_words(task), more or [{}] * task.counts.shape[0], strict=True):
        if words:
            model.add_doc(words, **of_unit)
    likelihood = []
    for iterations in (ITERATIONS * 4 // 5, ITERATIONS // 5):
        model.train(iterations, workers=1, show_progress=False)
        likelihood.append(model.ll_per_word)
    return model, abs(likelihood[1] - likelihood[0]) < SETTLED


def _words(task: Task) -> Iterator[list[str]]:
    """The words of each unit, as the numbers of their columns: spelt, since tomotopy takes strings and orders them anew."""
    counts = task.counts.astype(np.int64)
    names = np.arange(counts.shape[1]).astype(str)
    for start, end in zip(counts.indptr[:-1], counts.indptr[1:], strict=True):
        yield names[np.repeat(counts.indices[start:end], counts.data[start:end])].tolist()


def loadings(task: Task, model: Any, **at: int) -> Floats:
    """Topics × words, in the order of the columns."""
    found = np.zeros((task.k, task.counts.shape[1]))
    columns = [int(word) for word in model.used_vocabs]
    found[:, columns] = [model.get_topic_word_dist(topic, **at) for topic in range(task.k)]
    return rows_to_one(found)


def fitted(task: Task, model: Any, settled: bool = True, *, prior: float) -> Fitted:
    """What a trained model has found; ``prior``: mean of its prior of a topic in a unit."""
    words = loadings(task, model)
    return Fitted(words, queried(task.counts, words, prior=prior), settled, prior)


def _expected(values: npt.NDArray[Any], shares: Floats) -> pd.DataFrame:
    """Values × topics as value, topic, share."""
    topics = shares.shape[1]
    frame = {
        "value": np.repeat(values, topics),
        "topic": np.tile(np.arange(topics), len(values)),
        "share": shares.astype(np.float64).ravel(),
    }
    return pd.DataFrame(frame).infer_objects()
