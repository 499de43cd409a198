"""In which script files are written, for a notebook and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from corpus_tools import progress
from corpus_tools.building.inputs import expanded, readable
from corpus_tools.errors import Rejected
from corpus_tools.language import script
from corpus_tools.reading import read

COLUMNS = ("file", "line", "script", "traditional", "simplified", "mirror", "taiwan", "reason")


@progress.bar("scripts")
def scripts(files: Iterable[str | Path], *, lines: bool = False) -> pd.DataFrame:
    """Tell which script each file (and each file of folders) is written in, or with ``lines`` each of its lines.

    Columns: file; line (from 1; <NA> for the whole file); script (simplified, traditional, mixed, none); traditional,
    simplified (characters that exist in that script only); mirror (letters that no traditional standard has in their place,
    as found, with the expected one: ``戰斗`` gives ``斗→鬥``; each once); taiwan (words of Taiwan's usage, each once); reason
    (why a file could not be read, else None). Empty lines have no row. ConfigError for a file that is not there.
    """
    return pd.DataFrame(
        [row for path in progress.steps(expanded(files), "scripts", unit="files") for row in _rows(path, lines)],
        columns=list(COLUMNS),
    ).astype({"line": "Int64"})


def _rows(path: Path, lines: bool) -> list[tuple[object, ...]]:
    name = readable(str(path))
    try:
        text = read(path).text
    except Rejected as rejected:
        return [(name, None, None, 0, 0, "", "", rejected.reason)]
    if not lines:
        return [_row(name, None, text)]
    return [_row(name, number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _row(name: str, line: int | None, text: str) -> tuple[object, ...]:
    found, signs = script.detect(text), script.signs(text)
    mirror = dict.fromkeys(f"{sign.found}→{sign.usual}" for sign in signs if sign.kind == "mirror")
    taiwan = dict.fromkeys(sign.found for sign in signs if sign.kind == "taiwan")
    return name, line, found.script, found.traditional, found.simplified, " ".join(mirror), " ".join(taiwan), None
