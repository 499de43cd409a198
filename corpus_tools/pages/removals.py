"""The review page: the texts of many files with what cleaning removed struck through in its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_tools.building.batch import documents
from corpus_tools.building.inputs import expanded
from corpus_tools.config import Config
from corpus_tools.document import Document, Edit
from corpus_tools.errors import ConfigError, Rejected
from corpus_tools.pages import marks, shell
from corpus_tools.showing.languages import Lang

Results = Sequence[tuple[str, Document | Rejected]]

# The list of longest removals. Of 50 real reports 48 had a second copy: without a limit a rule would fill it.
LONGEST, OF_A_RULE = 40, 8
PREVIEW = 30  # characters of either end of a removal in that list
COLOURS = 7  # in review.css; kinds beyond them begin anew, and every mark names its kind


def review(
    files: Iterable[str | Path], path: str | Path, *, config: Config | None = None, lang: Lang = "zh"
) -> dict[str, Rejected]:
    """Write one HTML page about files (and all files of folders): their texts with every edit marked in its place.

    The page needs no network and brings its own font; its script only filters and jumps. Rejected files are listed in
    it and returned by name, with stage, reason and detail. Raises ConfigError, before anything is read, where a file is
    not there or ``path`` is one of the files, and AnalysisError for an unknown ``lang``.
    """
    shell.words(lang, "review.toml")
    paths = expanded(files)
    if Path(path).resolve() in {file.resolve() for file in paths}:
        raise ConfigError(f"{path} is one of the files to look at and would be written over: name another page")
    results = documents(paths, config=config)
    write(results, path, lang=lang)
    return {name: result for name, result in results if isinstance(result, Rejected)}


def write(results: Results, path: str | Path, *, lang: Lang = "zh") -> Path:
    """Write the review page of documents and rejections, each with its name, and return its path."""
    words = shell.words(lang, "review.toml")
    body = shell.template("review.html").render(w=words, **_parts(results, words["notes"]))
    style, script = shell.read("review.css"), shell.read("review.js")
    return shell.write(path, body, title=words["title"], lang=words["html_lang"], style=style, script=script)


@dataclass(frozen=True, slots=True)
class _Found:
    """An edit and where it stands: the number of its file and its own in that file."""

    edit: Edit
    file: int
    index: int

    @property
    def anchor(self) -> str:
        return f"e{self.file}-{self.index}"

    @property
    def removed(self) -> str:
        return self.edit.removed or ""

    @property
    def quiet(self) -> bool:
        return self.edit.kind in marks.QUIET


def _parts(results: Results, notes: Mapping[str, str]) -> dict[str, Any]:
    """What the template shows: counts, kinds, rules, the longest removals, the files and what was rejected."""
    kept = [(name, result) for name, result in results if isinstance(result, Document)]
    found = [_Found(edit, n, i) for n, (_, document) in enumerate(kept, 1) for i, edit in enumerate(document.edits)]
    rules, longest, kinds = _rules(found), _longest(found), _kinds(found)
    anchors: dict[int, dict[int, str]] = defaultdict(dict)
    for each in (*(row["first"] for row in rules), *longest):
        anchors[each.file][each.index] = each.anchor
    classes = {kind["kind"]: kind["number"] for kind in kinds}
    return {
        "raw": sum(len(document.raw) for _, document in kept),
        "removed": sum(len(each.removed) for each in found if not each.quiet),
        "kinds": kinds,
        "rules": rules,
        "longest": [(each, *_ends(each.removed)) for each in longest],
        "of_a_rule": OF_A_RULE,
        "files": [
            _file(name, document, n)
            | {"text": marks.text(document.raw, document.edits, classes=classes, anchors=anchors[n], notes=notes)}
            for n, (name, document) in enumerate(kept, 1)
        ],
        "rejected": [
            [marks.with_codes(cell) for cell in (name, result.stage, result.reason, result.detail)]
            for name, result in results
            if isinstance(result, Rejected)
        ],
    }


def _kinds(found: Iterable[_Found]) -> list[dict[str, Any]]:
    """Kinds with their edits and characters removed: the quiet ones last, of the others those that remove most first."""
    edits: Counter[str] = Counter()
    chars: Counter[str] = Counter()
    for each in found:
        edits[each.edit.kind] += 1
        chars[each.edit.kind] += len(each.removed)
    order = sorted(edits, key=lambda kind: (kind in marks.QUIET, -chars[kind], kind))
    return [
        {"kind": kind, "number": n, "edits": edits[kind], "chars": chars[kind], "quiet": kind in marks.QUIET}
        | {"colour": n % COLOURS}
        for n, kind in enumerate(order)
    ]


def _rules(found: Iterable[_Found]) -> list[dict[str, Any]]:
    """Rules with their edits, files and characters removed, most characters first, and where each occurs first."""
    by_rule: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for each in found:
        by_rule[each.edit.kind, each.edit.rule].append(each)
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "rule": rule,
            "edits": len(of),
            "files": len({each.file for each in of}),
            "chars": sum(len(each.removed) for each in of),
            "first": of[0],
        }
        for (kind, rule), of in by_rule.items()
    ]
    return sorted(rows, key=lambda row: -row["chars"])


def _longest(found: Iterable[_Found]) -> list[_Found]:
    """The longest removals of all files, not too many of one rule."""
    taken: Counter[tuple[str, str]] = Counter()
    out: list[_Found] = []
    for each in sorted(found, key=lambda each: -len(each.removed)):
        name = (each.edit.kind, each.edit.rule)
        if not each.quiet and each.removed and taken[name] < OF_A_RULE:
            taken[name] += 1
            out.append(each)
    return out[:LONGEST]


def _ends(removed: str) -> tuple[str, int]:
    """The first and the last characters of a removal on one line, and how many sentences end in it."""
    line = " ".join(removed.split())
    short = line if len(line) <= 2 * PREVIEW else f"{line[:PREVIEW]} … {line[-PREVIEW:]}"
    return marks.with_codes(short), sum(removed.count(mark) for mark in "。！？")


def _file(name: str, document: Document, number: int) -> dict[str, Any]:
    """The head of a file: what it is, and how much of it each kind removed."""
    chars: Counter[str] = Counter()
    for edit in document.edits:
        if edit.kind not in marks.QUIET:
            chars[edit.kind] += len(edit.removed or "")
    return {
        "name": marks.with_codes(name),
        "number": number,
        "document": document,
        "title": document.title and marks.with_codes(document.title),
        "raw": len(document.raw),
        "edits": len(document.edits),
        "removed": chars.total(),
        "share": chars.total() / max(1, len(document.raw)),
        "kinds": [(kind, n, n / max(1, len(document.raw))) for kind, n in chars.most_common() if n],
    }
