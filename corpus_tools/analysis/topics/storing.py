"""Topics on disk: Parquet and JSON, nothing that could run."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from corpus_tools.analysis.topics.material import Asked
from corpus_tools.analysis.topics.model import Model
from corpus_tools.analysis.words import WordFilter
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.errors import StoreError
from corpus_tools.version import __version__

if TYPE_CHECKING:
    from corpus_tools.analysis.topics.result import Topics

FRAMES = ("terms", "documents", "labels", "quality", "refits", "examples", "choice", "by_covariate")
FORMAT = 1  # of what is written; another number is refused
ABOUT = "topics.json"
FILES = {ABOUT, "model.parquet", *(f"{name}.parquet" for name in FRAMES)}


def save(topics: Topics, folder: Path) -> Path:
    """Write the frames, the model and what they were made with."""
    try:
        others = sorted({path.name for path in folder.iterdir()} - FILES) if folder.exists() else []
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error.strerror}") from None
    if others:
        raise StoreError(f"{folder} holds something else than topics ({others[0]}): name a new folder")
    model = topics.model
    about: dict[str, Any] = {
        "format": FORMAT,
        "corpus_tools": __version__,
        "method": topics.method,
        "units": topics.units,
        "words": topics.words,
        "left_out": topics.left_out,
        "converged": topics.converged,
        "prior": model.prior,
        "asked": asdict(model.asked),
        "texts": topics.texts,
    }
    (folder / ABOUT).unlink(missing_ok=True)  # written last: a folder without it is no topics
    for name in FRAMES:
        frame = getattr(topics, name)
        if frame is not None:
            frame.to_parquet(folder / f"{name}.parquet", index=False)
        else:
            (folder / f"{name}.parquet").unlink(missing_ok=True)
    loadings = pd.DataFrame(model.loadings.T, columns=[str(n + 1) for n in range(len(model.loadings))])
    loadings.insert(0, "idf", model.idf)
    loadings.insert(0, "term", model.terms)
    loadings.to_parquet(folder / "model.parquet", index=False)
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


def load(folder: str | Path, corpus: Corpus | None = None) -> Topics:
    """Read topics that ``Topics.save`` wrote; with their corpus they can also be asked ``by`` and ``words_by``.

    StoreError where the folder holds no topics, or those of another version's format, and where the documents are not those
    that they were found in, with the same texts and the same view of them: ``transform`` shares out other documents.
    """
    from corpus_tools.analysis.topics.result import Topics

    folder = Path(folder)
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        frames: dict[str, Any] = {
            name: pd.read_parquet(folder / f"{name}.parquet") if (folder / f"{name}.parquet").exists() else None
            for name in FRAMES
        }
        columns = pd.read_parquet(folder / "model.parquet")
        written = about["format"]
        known = {name: about[name] for name in ("method", "units", "words", "left_out", "converged", "texts")}
        asked, prior = _asked(about["asked"]), about["prior"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{folder} holds no topics: {error}") from None
    if written != FORMAT:
        raise StoreError(f"{folder} was written in format {written}; this version reads {FORMAT}")
    corpus = _known(corpus, frames["by_covariate"])
    if corpus is not None and texts_of(corpus) != known["texts"]:
        raise StoreError(
            f"this corpus is not the one that the topics of {folder} were found in, or another view of it: "
            "load the topics alone, and ask topics.transform(corpus)"
        )
    model = Model(
        known["method"],
        asked,
        columns.pop("term").to_numpy(dtype=str),
        columns.pop("idf").to_numpy(dtype=np.float64),
        columns.to_numpy(dtype=np.float64).T,
        prior,
    )
    return Topics(**frames, **known, model=model, corpus=corpus)


def _known(corpus: Corpus | None, by_covariate: pd.DataFrame | None) -> Corpus | None:
    """The documents that topics can be found in: those whose covariate is known, where there is one."""
    if corpus is None or by_covariate is None or (name := by_covariate.columns[0]) not in corpus.described:
        return corpus
    return corpus.without(**{name: None})


def texts_of(corpus: Corpus) -> str:
    """A short hash of which documents, and how much of each, a corpus holds."""
    columns = [name for name in ("doc_id", "tense", "text_sha256") if name in corpus.described]
    frame = corpus.described[columns].assign(counted=corpus.n_han)
    return hashlib.sha256(frame.to_csv(index=False, lineterminator="\n").encode()).hexdigest()[:16]


def _asked(values: dict[str, Any]) -> Asked:
    return Asked(**(values | {"words": WordFilter(**values["words"])}))
