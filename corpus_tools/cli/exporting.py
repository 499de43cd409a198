"""The verb that takes a corpus to other programs: export."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.help import verb
from corpus_tools.cli.options import CorpusArgument, NotesOption, WhereOption
from corpus_tools.errors import ConfigError


class Form(StrEnum):
    """What a corpus can be written as."""

    csv = "csv"
    xlsx = "xlsx"
    jsonl = "jsonl"
    txt = "txt"
    conll = "conll"
    vertical = "vertical"
    sqlite = "sqlite"


ENDINGS = {Form.txt: "-txt", Form.conll: ".conllu", Form.vertical: ".vert"}


@verb(
    app,
    "export processed --to xlsx",
    "export processed --to csv --segmented --where kind=work_report --into reports.csv",
    "export processed --to txt --where tense=plan --into plans",
)
def export(
    out: CorpusArgument,
    *,
    to: Annotated[Form, typer.Option(help="Which form.")],
    into: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="The file to write, or for txt the folder; default: as OUT is called, here."),
    ] = None,
    segmented: Annotated[
        bool, typer.Option("--segmented", help="In csv and txt: words with blanks between them, as they are counted.")
    ] = False,
    where: WhereOption = None,
    notes: NotesOption = False,
) -> None:
    """Write a corpus for other programs: R, Excel, AntConc, Sketch Engine, SQL.

    csv: a row a document, for R (quanteda, stm). xlsx: documents, sections, rejected files, what the columns mean.
    jsonl: an object a document, its sections inside. txt: a text file a document and metadata.csv, for AntConc.
    conll: CoNLL-U. vertical: for Sketch Engine. sqlite: documents, sections, edits, rejected, words and their counts.

    The texts are what the other verbs count: without notes unless --notes is given, of --where tense=plan only the
    plans. A file that is there is replaced; a folder only if nothing but an earlier export is in it.
    """
    from corpus_tools.exports import export as write
    from corpus_tools.exports.exporting import SEGMENTED

    if segmented and to.value not in SEGMENTED:
        those = " and ".join(f"--to {form}" for form in SEGMENTED)
        raise ConfigError(f"--segmented is for {those}; {to.value} has no texts with blanks between words")
    corpus = load_corpus(out, where, notes=notes)
    path = into or Path(out.resolve().name + ENDINGS.get(to, f".{to.value}"))
    write(corpus, path, to=to.value, segmented=segmented)
    say(f"{len(corpus):,} documents: {path}")
