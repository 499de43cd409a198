"""Files cleaned without a corpus: what `clean`, `explain` and the review page do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from corpus_tools import progress
from corpus_tools.building.frames import Glance, glance
from corpus_tools.building.inputs import expanded, readable
from corpus_tools.building.prepare import edits_of, prepare
from corpus_tools.building.runners import run
from corpus_tools.cleaning.edits import apply
from corpus_tools.cleaning.sites import site_rules
from corpus_tools.cleaning.templates import Frame, known_lines, learn
from corpus_tools.config import Config
from corpus_tools.corpus.looks import look
from corpus_tools.corpus.store import atomic
from corpus_tools.document import Document, Edit
from corpus_tools.errors import ConfigError, Rejected
from corpus_tools.reading import read, read_file


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
    site_lines: frozenset[int] = frozenset()


def clean_file(path: str | Path, *, config: Config | None = None, site_lines: frozenset[int] = frozenset()) -> Cleaned:
    """Read and clean one file; raises Rejected with stage and reason.

    ``site_lines`` are its lines that stand on other pages of its site (cleaning/templates.py).
    """
    page = read(Path(path))
    edits = edits_of(page, config=config or Config(), known=site_lines)
    return Cleaned(page.text, apply(page.text, edits), edits)


def _work(job: _Job) -> Cleaned:
    return clean_file(job.path, config=job.config, site_lines=job.site_lines)


def _jobs(paths: Sequence[Path], config: Config) -> list[_Job]:
    """Files to be cleaned, each told which of its lines the others show to be its site's."""
    if len(paths) < 2:
        return [_Job(path, config) for path in paths]
    frames = {}
    looked = run(glance, [Glance(path, str(path.resolve()), look(path)) for path in paths], **config.limits)
    for job, seen in progress.steps(looked, "looking at sites", unit="files", total=len(paths)):
        frames[job.path] = Frame(None) if isinstance(seen, Rejected) else seen[1]
    learnt = learn(frames.values())
    return [_Job(path, config, known_lines(frames[path], learnt)) for path in paths]


@progress.bar("clean")
def clean(files: Iterable[str | Path], *, to: str | Path, config: Config | None = None) -> pd.DataFrame:
    """Clean files (and all files of folders) into ``to``: ``<stem>.txt`` each, and all edits in ``edits.jsonl``.

    Lines that pages of one site share are taken for the site's, as in a corpus: several files cleaned together may lose
    a menu line more than each alone.
    Of files that share a stem each keeps its ending in the name (``a.docx.txt``). Returns one row a file: file, text
    (path of the clean text, None where rejected), n_edits, reason, detail. Raises ConfigError, before anything is
    written, where a file is not there, two would be written to one name, or a raw file would be written over, and DataError for a
    rule of a site that breaks its schema.
    """
    config = config or Config()
    site_rules(config.sites)  # a broken rule is reported once, before the work, and not once a file
    to = Path(to)
    targets = _targets(expanded(files), to)
    to.mkdir(parents=True, exist_ok=True)
    rows: dict[Path, tuple[str, str | None, int, str | None, str | None]] = {}
    edits: dict[Path, list[str]] = {}
    done = run(_work, _jobs(list(targets), config), **config.limits)
    for job, result in progress.steps(done, "cleaning", unit="files", total=len(targets)):
        name, target = readable(str(job.path)), targets[job.path]
        if isinstance(result, Rejected):
            rows[job.path] = (name, None, 0, result.reason, result.detail)
            continue
        with atomic(target) as text:
            text.write_text(result.text + "\n", "utf-8")
        rows[job.path] = (name, str(target), len(result.edits), None, None)
        edits[job.path] = [_line(name, edit) for edit in result.edits]
    with atomic(to / "edits.jsonl") as temporary, temporary.open("w", encoding="utf-8") as log:
        for path in targets:
            log.writelines(edits.get(path, ()))
    return pd.DataFrame([rows[path] for path in targets], columns=["file", "text", "n_edits", "reason", "detail"])


def _targets(paths: list[Path], to: Path) -> dict[Path, Path]:
    """Where each file's clean text goes."""
    stems = Counter(path.stem for path in paths)
    names = {path: readable(path.stem if stems[path.stem] == 1 else path.name) + ".txt" for path in paths}
    twice = [path for path in paths if Counter(names.values())[names[path]] > 1]
    if twice:
        clash = ", ".join(readable(str(path)) for path in twice)
        raise ConfigError(f"these would be written to one file: {clash}; clean them into two folders")
    raw = {path.resolve() for path in paths}
    over = [path for path, name in names.items() if (to / name).resolve() in raw]
    if over:
        raise ConfigError(f"{to} holds {readable(str(over[0]))}, which would be written over: name another folder")
    return {path: to / name for path, name in names.items()}


def _line(name: str, edit: Edit) -> str:
    fields = {key: getattr(edit, key) for key in ("start", "end", "removed", "inserted", "kind", "rule")}
    return json.dumps({"file": name, **fields}, ensure_ascii=False) + "\n"


def documents(paths: Sequence[Path], *, config: Config | None = None) -> list[tuple[str, Document | Rejected]]:
    """Prepare files at their own cost each (:func:`run`): their readable names with what came of them, in order.

    The documents come without tokens.
    """
    config = config or Config()
    done = run(_prepared, _jobs(paths, config), **config.limits)
    results = {job.path: result for job, result in progress.steps(done, "cleaning", unit="files", total=len(paths))}
    return [(readable(str(path)), results[path]) for path in paths]


def _prepared(job: _Job) -> Document:
    data, name = read_file(job.path), readable(str(job.path))
    return replace(prepare(data, name, config=job.config, known=job.site_lines), tokens=())


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
