"""From collected Chinese work reports to a corpus one can trust, and from the corpus to words, slogans, topics and trends.

Names are loaded when they are first used: importing this package loads neither pandas, matplotlib nor scikit-learn.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from corpus_tools.version import __version__ as __version__

if TYPE_CHECKING:
    from corpus_tools import plot as plot
    from corpus_tools.analysis import collocations as collocations
    from corpus_tools.analysis import keywords as keywords
    from corpus_tools.analysis import slogans as slogans
    from corpus_tools.analysis import style as style
    from corpus_tools.analysis import themes as themes
    from corpus_tools.analysis import topics as topics
    from corpus_tools.analysis import trends as trends
    from corpus_tools.analysis.concordance.kwic import kwic as kwic
    from corpus_tools.analysis.counts import term_matrix as term_matrix
    from corpus_tools.analysis.words import WordFilter as WordFilter
    from corpus_tools.building import dating as dating
    from corpus_tools.building import describe as describe
    from corpus_tools.building.batch import clean as clean
    from corpus_tools.building.batch import explain as explain
    from corpus_tools.building.build import build as build
    from corpus_tools.building.check import check as check
    from corpus_tools.building.scripts import scripts as scripts
    from corpus_tools.building.sites import sites as sites
    from corpus_tools.building.words import conflicts as conflicts
    from corpus_tools.building.words import words as words
    from corpus_tools.config import Config as Config
    from corpus_tools.config import read_config as read_config
    from corpus_tools.corpus.corpus import Corpus as Corpus
    from corpus_tools.corpus.corpus import load as load
    from corpus_tools.exports import export as export
    from corpus_tools.exports import save as save
    from corpus_tools.language import script as script
    from corpus_tools.language.segment import segment as segment
    from corpus_tools.language.tagging import tag as tag
    from corpus_tools.pages import report as report
    from corpus_tools.pages import review as review
    from corpus_tools.showing.columns import columns as columns
    from corpus_tools.showing.table import table as table

_MODULES = {
    "collocations": "analysis.collocations",
    "dating": "building.dating",
    "describe": "building.describe",
    "keywords": "analysis.keywords",
    "plot": "plot",
    "script": "language.script",
    "slogans": "analysis.slogans",
    "style": "analysis.style",
    "themes": "analysis.themes",
    "topics": "analysis.topics",
    "trends": "analysis.trends",
}
_NAMES = {
    "Config": "config",
    "Corpus": "corpus.corpus",
    "WordFilter": "analysis.words",
    "build": "building.build",
    "check": "building.check",
    "clean": "building.batch",
    "columns": "showing.columns",
    "conflicts": "building.words",
    "explain": "building.batch",
    "export": "exports",
    "kwic": "analysis.concordance",
    "load": "corpus.corpus",
    "read_config": "config",
    "report": "pages",
    "review": "pages",
    "save": "exports",
    "segment": "language.segment",
    "scripts": "building.scripts",
    "sites": "building.sites",
    "table": "showing.table",
    "tag": "language.tagging",
    "term_matrix": "analysis.counts",
    "words": "building.words",
}
__all__ = [
    "Config",
    "Corpus",
    "WordFilter",
    "build",
    "check",
    "clean",
    "collocations",
    "columns",
    "conflicts",
    "dating",
    "describe",
    "explain",
    "export",
    "keywords",
    "kwic",
    "load",
    "plot",
    "read_config",
    "report",
    "review",
    "save",
    "script",
    "scripts",
    "segment",
    "sites",
    "slogans",
    "style",
    "table",
    "tag",
    "term_matrix",
    "themes",
    "topics",
    "trends",
    "words",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value: Any = importlib.import_module(f"corpus_tools.{_MODULES[name]}")
    elif name in _NAMES:
        value = getattr(importlib.import_module(f"corpus_tools.{_NAMES[name]}"), name)
    else:
        raise AttributeError(f"module 'corpus_tools' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
