"""Settings of a project, from corpus.toml: what decides a corpus and how a build is run."""

from __future__ import annotations

import math
import os
import tomllib
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from corpus_tools.errors import ConfigError

CHOICES = {
    "masks": ("keep", "restore"),
    "script": ("simplified", "keep"),
    "standard": ("reports", "jieba"),
    "collocations": ("split", "keep"),
    "numbers": ("join", "split"),
    "formulae": ("words", "parts", "whole"),
}


PATHS = ("dictionary", "sites")


@dataclass(frozen=True, slots=True)
class Config:
    """Settings with their defaults.

    These change the result and are part of a corpus' identity: ``masks`` (keep, restore), ``script`` (simplified, keep),
    ``standard`` (reports, jieba), ``engine`` (rjieba, jieba, pkuseg:DIR, or one of another package; None takes the fastest
    installed), ``hmm``, ``collocations``, ``numbers``, ``formulae`` (what is one word; None lets the standard decide),
    ``dictionary`` (path of a file in jieba's format), ``sites`` (of a folder of rules of sites).
    These change only how it is run: ``jobs`` (processes; None: one a core), ``seconds`` (limit for one file), ``megabytes``
    (memory limit of one process), ``cluster`` (address of a Dask scheduler whose machines do the work).
    """

    masks: str = "keep"
    script: str = "simplified"
    standard: str = "reports"
    engine: str | None = None
    hmm: bool | None = None
    collocations: str | None = None
    numbers: str | None = None
    formulae: str | None = None
    dictionary: str | None = None
    sites: str | None = None
    jobs: int | None = None
    seconds: float = 120.0
    megabytes: int = 2000
    cluster: str | None = None

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            value = getattr(self, name)
            if value is not None and value not in allowed:
                raise ConfigError(f"{name} = {value!r}: must be one of {', '.join(allowed)}")
        for name in PATHS:  # a Path is written as text: a manifest holds it
            if isinstance(value := getattr(self, name), Path):
                object.__setattr__(self, name, str(value))
        for name in ("seconds", "megabytes", "jobs"):
            _check_number(name, getattr(self, name), whole=name != "seconds")
        if self.cluster is not None and not isinstance(self.cluster, str):
            raise ConfigError(f"cluster = {self.cluster!r}: must be an address, such as tcp://host:8786")
        if self.engine is not None and not isinstance(self.engine, str):
            raise ConfigError(f"engine = {self.engine!r}: must be the name of an engine")
        if self.hmm is not None and not isinstance(self.hmm, bool):
            raise ConfigError(f"hmm = {self.hmm!r}: must be true or false")
        if self.dictionary is not None and not (isinstance(self.dictionary, str) and Path(self.dictionary).is_file()):
            raise ConfigError(f"dictionary = {self.dictionary!r}: no such file")
        if self.sites is not None and not (isinstance(self.sites, str) and Path(self.sites).is_dir()):
            raise ConfigError(f"sites = {self.sites!r}: no such folder")

    @property
    def processes(self) -> int:
        """How many processes to run."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

    @property
    def limits(self) -> dict[str, Any]:
        """How files are run through worker processes: what building/runners.py asks for."""
        return {"jobs": self.processes, "seconds": self.seconds, "megabytes": self.megabytes}

    @property
    def cutting(self) -> dict[str, Any]:
        """How texts are cut into words: what language/segment.py asks for."""
        names = ("standard", "engine", "hmm", "collocations", "numbers", "formulae", "dictionary")
        return {name: getattr(self, name) for name in names}

    def identity(self) -> dict[str, Any]:
        """The settings that change a corpus' content; of files their names, for what stands in them counts, not where."""
        kept = {k: v for k, v in asdict(self).items() if k not in ("jobs", "seconds", "megabytes", "cluster")}
        engine, colon, model = (self.engine or "").partition(":")
        kept |= {"engine": engine + colon + Path(model).name if colon else self.engine}
        return kept | {name: Path(kept[name]).name for name in PATHS if kept[name]}


def _check_number(name: str, value: Any, *, whole: bool) -> None:
    if value is None and name == "jobs":
        return
    number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or value <= 0:
        raise ConfigError(f"{name} = {value!r}: must be a positive {'whole ' if whole else ''}number")


def _beside(source: Path, value: Any) -> Any:
    """A path as the file means it: from the folder that the file lies in, ~ being the home of its user."""
    if not isinstance(value, str):
        return value
    try:
        return str(source.parent / Path(value).expanduser())
    except RuntimeError as error:
        raise ConfigError(f"{source}: {value}: {error}") from None


def read_config(path: Path | None = None, **given: Any) -> Config:
    """Read corpus.toml (default: the one in the working directory, if any); ``given`` values that are not None win.

    Paths in the file are relative to its folder.

    Raises ConfigError naming the file and the key for a key that does not exist or a value that cannot be.
    """
    values: dict[str, Any] = {}
    source = path or Path("corpus.toml")
    if path is not None or source.is_file():
        try:
            values = tomllib.loads(source.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{source}: {error}") from None
    known = [f.name for f in fields(Config)]
    for key in values:
        if key not in known:
            near = get_close_matches(key, known, 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known keys: {', '.join(known)}"
            raise ConfigError(f"{source}: unknown key {key!r}{hint}")
    values = {key: _beside(source, value) if key in PATHS else value for key, value in values.items()}
    try:
        return Config(**{**values, **{k: v for k, v in given.items() if v is not None}})
    except ConfigError as error:
        raise ConfigError(f"{source}: {error}" if values else str(error)) from None
