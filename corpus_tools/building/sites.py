"""What is known of sites: the rules there are, and which of them each file falls under."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from corpus_tools import progress
from corpus_tools.building.inputs import expanded, readable
from corpus_tools.building.prepare import around, ruling_of
from corpus_tools.cleaning.sites import site_rules
from corpus_tools.config import Config
from corpus_tools.errors import Rejected
from corpus_tools.reading import read

RULE_COLUMNS = ("name", "hosts", "fingerprint", "body", "own")
FILE_COLUMNS = ("file", "rule", "failed", "lines", "kept", "date", "source", "reason")


@progress.bar("sites")
def sites(files: Iterable[str | Path] = (), *, config: Config | None = None) -> pd.DataFrame:
    """List the rules of sites, or say which rule each of ``files`` (and of the files of folders) falls under.

    Without files, one row a rule in the order in which they are tried: name, hosts and fingerprint (what they hold for;
    empty where nothing is said), body (the selector of the report), own (whether it is of the folder ``config.sites``).
    With files, one row a file: file, rule (None where no rule holds), failed (whether one should and could not be
    trusted), lines (of the raw text), kept (lines left by the page's frame, before the other cleaners), date and source
    (what the rule read, None where it read nothing), reason (why a file could not be read, else None).
    Raises ConfigError where a file is not there and DataError where a rule breaks its schema.
    """
    config = config or Config()
    paths = expanded(files)
    if not paths:
        rows = [(r.name, ", ".join(r.hosts), r.fingerprint, r.body, r.own) for r in site_rules(config.sites)]
        return pd.DataFrame(rows, columns=list(RULE_COLUMNS))
    return pd.DataFrame(
        [_row(path, config) for path in progress.steps(paths, "sites", unit="files")], columns=list(FILE_COLUMNS)
    )


def _row(path: Path, config: Config) -> tuple[str, str | None, bool, int, int, str | None, str | None, str | None]:
    name = readable(str(path))
    try:
        page = read(path)
    except Rejected as reason:
        return name, None, False, 0, 0, None, None, reason.reason
    found = ruling_of(page, config=config)
    lines = len(page.lines) or page.text.count("\n") + 1
    kept = lines - sum(1 for _ in around(page, found))
    return name, found.rule, found.failed, lines, kept, found.date, found.source, None
