"""Every error this package raises on purpose.

CorpusToolsError
├── ConfigError (ValueError)      corpus.toml or an option is wrong: names file and key
├── DataError (ValueError)        a file of data/ or a user's own list breaks its schema
├── WrongPackageError (ImportError)   an installed package is not the one, or the version, that gives right results
├── MissingPackageError (ImportError) a package is not installed: names what brings it
├── Rejected (ValueError)         one input file cannot become a document: stage, reason, detail
├── StoreError (OSError)          a corpus folder is missing, locked, unfinished or not ours
└── AnalysisError (ValueError)    a question the corpus cannot answer: too few documents, unknown column

Each can be pickled with its fields, so that a worker's error arrives whole.
"""

from __future__ import annotations


class CorpusToolsError(Exception):
    """Base of all errors raised on purpose."""


class ConfigError(CorpusToolsError, ValueError):
    """A setting is unknown or has a wrong value."""


class DataError(CorpusToolsError, ValueError):
    """A list or table of knowledge breaks its schema."""


class WrongPackageError(CorpusToolsError, ImportError):
    """An installed package is not the one, or not of a version, that gives right results."""


class MissingPackageError(CorpusToolsError, ImportError):
    """A package is not installed; ``brought_by`` is what pip installs to bring it: an extra (corpus-tools[…]) or the package."""

    def __init__(self, what: str, brought_by: str) -> None:
        super().__init__(what, brought_by)
        self.what, self.brought_by = what, brought_by

    def __str__(self) -> str:
        return f"{self.what} needs: pip install '{self.brought_by}'"


class Rejected(CorpusToolsError, ValueError):
    """One input file cannot become a document.

    ``stage`` is the room that refused it (``read``, ``clean``, ``run``), ``reason`` a short constant name that can be
    counted, ``detail`` a sentence for a person.
    """

    def __init__(self, stage: str, reason: str, detail: str) -> None:
        super().__init__(stage, reason, detail)
        self.stage, self.reason, self.detail = stage, reason, detail

    def __str__(self) -> str:
        return f"{self.stage}: {self.reason}: {self.detail}"


class StoreError(CorpusToolsError, OSError):
    """A corpus folder is missing, locked, unfinished or was not written by this package."""


class AnalysisError(CorpusToolsError, ValueError):
    """A question that this corpus cannot answer."""
