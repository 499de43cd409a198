"""A corpus as files for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args

from corpus_tools import data, progress
from corpus_tools.corpus.corpus import Corpus
from corpus_tools.corpus.store import atomic
from corpus_tools.errors import AnalysisError, StoreError
from corpus_tools.exports.annotated import write_conll, write_vertical
from corpus_tools.exports.cells import Table
from corpus_tools.exports.database import write_sqlite
from corpus_tools.exports.folder import write_folder
from corpus_tools.exports.material import Material
from corpus_tools.exports.targets import target
from corpus_tools.exports.text_files import write_csv, write_jsonl
from corpus_tools.exports.workbook import write_xlsx
from corpus_tools.showing.columns import meanings

Form = Literal["csv", "xlsx", "jsonl", "txt", "conll", "vertical", "sqlite"]

FORMS: tuple[str, ...] = get_args(Form)
SEGMENTED = ("csv", "txt")


def export(corpus: Corpus, path: str | Path, *, to: Form, segmented: bool = False) -> Path:
    """Write a corpus, or a view of one, for another program, and return the path (docs/export.md shows how each is opened).

    ``to``: ``csv`` (a row a document: R with quanteda or stm), ``xlsx`` (Excel: sheets documents, sections, rejected, columns,
    about), ``jsonl`` (an object a document, its sections inside), ``txt`` (AntConc: a folder with a text file a document and
    metadata.csv), ``conll`` (CoNLL-U), ``vertical`` (Sketch Engine), ``sqlite`` (documents, sections, edits, rejected, words,
    counts). ``segmented``: in csv and txt the words of the text with a blank between them, as analyses count them.

    Each text is what analyses count: without notes below it unless the corpus was loaded with ``notes``, and of a view of some
    tenses only those; n_chars, n_han, n_tokens, n_masks, text_sha256 and the places of sections are of this text, and
    n_left_out is the number of characters that the clean text has besides. Unknown is empty. A file that is there is replaced,
    whole or not at all; a folder only where it holds an earlier export and nothing else, else StoreError, as for what cannot be
    written. AnalysisError for an unknown form, a corpus without documents, and a view by tense; MissingPackageError where xlsx
    lacks ``corpus-tools[excel]``.
    """
    path = Path(path)
    if to not in FORMS:
        raise AnalysisError(f"to is {to!r}; it can be {', '.join(FORMS[:-1])} or {FORMS[-1]}")
    if segmented and to not in SEGMENTED:
        raise AnalysisError(
            f"{to} is not for words with blanks between them: segmented goes with {' and '.join(SEGMENTED)}"
        )
    material = Material(corpus)
    with progress.bar("export"), target(path) as place:
        if to == "txt":
            write_folder(place, material, segmented=segmented)
            return path
        if place.is_dir():
            raise StoreError(f"{path} is a folder: name a file")
        with atomic(place) as temporary:
            if to == "csv":
                write_csv(temporary, _shown(_segmented(material) if segmented else material.documents()))
            else:
                _WRITERS[to](temporary, material)
    return path


def _segmented(material: Material) -> Table:
    table = material.documents()

    def rows() -> Iterator[list[Any]]:
        for record in material.records():
            yield [*(record.values | {"text": material.words.apart(record.row)}).values()]

    return table._replace(rows=rows)


def _write_jsonl(path: Path, material: Material) -> None:
    rows = (
        record.values | {"sections": [{name: of[name] for name in of if name != "doc_id"} for of in record.sections]}
        for record in material.records()
    )
    write_jsonl(path, progress.steps(rows, "export", unit="documents", total=len(material.corpus)))


def _write_xlsx(path: Path, material: Material) -> None:
    documents = material.documents()
    # Texts are last: where one is longer than a cell, more columns follow.
    last = [*(name for name in documents.columns if name != "text"), "text"]
    ordered = Table(
        "documents", last, lambda: ([record.values[name] for name in last] for record in material.records())
    )
    tables = [ordered, material.sections(), material.rejected()]
    about = Table("about", ("key", "value"), lambda: material.about().items())
    write_xlsx(path, [_shown(ordered), *tables[1:], _columns(tables), about])


def _shown(table: Table) -> Table:
    """The table, with its rows counted on a line of progress."""
    return table._replace(rows=lambda: progress.steps(table.rows(), "export", unit="documents"))


def _columns(tables: list[Table]) -> Table:
    """What each column of these tables means, in English and Chinese; nothing for one that a user added."""
    known, rows = data.toml("exported.toml"), list[tuple[str | None, ...]]()
    for table in tables:
        meant = meanings([name for name in table.columns if name not in known.get(table.name, {})])
        said = {name: meaning.sentence for name, meaning in meant.items() if meaning}
        own = known.get(table.name, {}) | {name: (sentence.en, sentence.zh) for name, sentence in said.items()}
        rows += [(table.name, name, *own.get(name, (None, None))) for name in table.columns]
    return Table("columns", ("table", "column", "meaning", "含义"), lambda: rows)


_WRITERS: dict[str, Callable[[Path, Material], None]] = {
    "xlsx": _write_xlsx,
    "jsonl": _write_jsonl,
    "conll": write_conll,
    "vertical": write_vertical,
    "sqlite": write_sqlite,
}
