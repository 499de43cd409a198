"""Files cleaned one by one, without a corpus: what `clean` and `explain` do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from corpus_tools.cleaning.edits import apply
from corpus_tools.config import Config
from corpus_tools.corpus.build import sources
from corpus_tools.corpus.prepare import edits_of
from corpus_tools.corpus.runners import run
from corpus_tools.corpus.store import atomic
from corpus_tools.document import Edit
from corpus_tools.errors import ConfigError, Rejected
from corpus_tools.reading import read


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One file's raw text, its clean text and the edits between them."""

    raw: str
    text: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    config: Config


def clean_file(path: str | Path, *, config: Config | None = None) -> Cleaned:
    """Read and clean one file; raises Rejected with stage and reason."""
    page = read(Path(path))
    edits = edits_of(page, config=config or Config())
    return Cleaned(page.text, apply(page.text, edits), edits)


def _work(job: _Job) -> Cleaned:
    return clean_file(job.path, config=job.config)


def clean(files: Iterable[str | Path], *, to: str | Path, config: Config | None = None) -> pd.DataFrame:
    """Clean files (and all files of folders) into ``to``: ``<stem>.txt`` each, and all edits in ``edits.jsonl``.

    Returns one row a file: file, text (path of the clean text, None where rejected), n_edits, reason, detail. Raises
    ConfigError where two files would be written to one name or a file is not there.
    """
    config = config or Config()
    paths, to = _expanded(files), Path(to)
    names = Counter(path.stem for path in paths)
    twice = [path for path in paths if names[path.stem] > 1]
    if twice:
        raise ConfigError(
            f"these would be written to one file: {', '.join(str(p) for p in twice)}; clean them into two folders"
        )
    to.mkdir(parents=True, exist_ok=True)
    jobs = [_Job(path, config) for path in paths]
    done = {
        job.path: result
        for job, result in run(_work, jobs, jobs=config.processes, seconds=config.seconds, megabytes=config.megabytes)
    }
    with atomic(to / "edits.jsonl") as temporary, temporary.open("w", encoding="utf-8") as log:
        rows: list[tuple[str, str | None, int, str | None, str | None]] = []
        for path in paths:
            result = done[path]
            if isinstance(result, Rejected):
                rows.append((str(path), None, 0, result.reason, result.detail))
                continue
            target = to / f"{path.stem}.txt"
            with atomic(target) as text:
                text.write_text(result.text + "\n", "utf-8")
            log.writelines(_line(path, edit) for edit in result.edits)
            rows.append((str(path), str(target), len(result.edits), None, None))
    return pd.DataFrame(rows, columns=["file", "text", "n_edits", "reason", "detail"])


def _expanded(files: Iterable[str | Path]) -> list[Path]:
    paths: list[Path] = []
    for path in map(Path, files):
        if path.is_dir():
            paths += [found for _, found in sources(path)]
        elif path.exists():
            paths.append(path)
        else:
            raise ConfigError(f"{path}: no such file")
    return paths


def _line(path: Path, edit: Edit) -> str:
    fields = {name: getattr(edit, name) for name in ("start", "end", "removed", "inserted", "kind", "rule")}
    return json.dumps({"file": str(path), **fields}, ensure_ascii=False) + "\n"


def explain(path: str | Path, *, config: Config | None = None) -> pd.DataFrame:
    """What cleaning does to one file, one row an edit (the columns of :func:`edit_table`); raises Rejected."""
    return edit_table(clean_file(path, config=config))


def edit_table(cleaned: Cleaned) -> pd.DataFrame:
    """Edits as a frame: line (of the raw text, from 1), start, end (characters of it), removed, inserted, kind, rule."""
    raw = cleaned.raw
    rows = [
        (raw.count("\n", 0, e.start) + 1, e.start, e.end, e.removed, e.inserted, e.kind, e.rule) for e in cleaned.edits
    ]
    return pd.DataFrame(rows, columns=["line", "start", "end", "removed", "inserted", "kind", "rule"])
