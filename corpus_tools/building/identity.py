"""What a corpus' content follows from besides its files: settings, versions of engines, our own code and lists."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from corpus_tools.cleaning.sites import site_rules
from corpus_tools.config import Config
from corpus_tools.corpus.store import FORMAT
from corpus_tools.data import site_files
from corpus_tools.language import engines
from corpus_tools.language.segment import segmenter, setting, words_of
from corpus_tools.version import __version__

# With another version of these a text may come out differently, so everything is done anew.
ENGINES = ("beautifulsoup4", "jieba", "lxml", "opencc", "pypdf", "resiliparse", "rjieba")
ROOMS = ("reading", "cleaning", "describing", "language", "corpus", "building")


@cache
def versions() -> dict[str, str]:
    """Versions of this package and of the engines that decide a corpus' content."""
    return {"corpus-tools": __version__, **{name: version(name) for name in ENGINES}}


def identity(config: Config) -> str:
    """A short hash of all of it; two builds of one identity may share results.

    Raises DataError for a rule of a site or a dictionary that breaks its schema and for an engine that is not known, and
    MissingPackageError for one that is not installed: here, before any file is read.
    """
    site_rules(config.sites)
    how = setting(**config.cutting)
    if how.own:
        words_of(how)
    if config.engine:
        segmenter(how)
    content = {
        "format": FORMAT,
        "options": config.identity(),
        "versions": {**versions(), **dict([engines.distribution(how.engine)])},
        "knowledge": _knowledge(config),
        "code": _code(),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """A hash of the rooms that a file goes through, so that a changed rule is never mixed with results of the old one."""
    package = Path(__file__).parents[1]
    found = sorted([*package.glob("*.py"), *(path for room in ROOMS for path in (package / room).rglob("*.py"))])
    return hashlib.sha256(b"".join(path.read_bytes() for path in found)).hexdigest()


def _knowledge(config: Config) -> dict[str, str]:
    lists = {f.name: f.read_bytes() for f in files("corpus_tools.data").iterdir() if f.is_file()}
    lists |= {f"sites/{name}": text.encode() for name, text in site_files()}
    if config.dictionary:
        lists[f"own: {Path(config.dictionary).name}"] = Path(config.dictionary).read_bytes()
    if config.engine and (model := Path(config.engine.partition(":")[2])).name:
        lists |= {f"model: {path.name}": path.read_bytes() for path in model.rglob("*") if path.is_file()}
    if config.sites:
        lists |= {f"own: sites/{path.name}": path.read_bytes() for path in Path(config.sites).glob("*.toml")}
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(lists.items())}
