"""Verbs that ask a corpus as a whole: coverage, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import listed
from corpus_tools.cli.options import CorpusArgument, Format, FormatOption, Language, NotesOption, WhereOption
from corpus_tools.cli.output import show


@app.command()
def coverage(
    out: CorpusArgument,
    *,
    by: Annotated[
        str | None,
        typer.Option(metavar="COLUMNS", help="Columns of documents, with commas between; default: the usual ones."),
    ] = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Documents and characters of every year, kind, body and place of a corpus, and how many are unknown."""
    from corpus_tools.corpus.describe import COVERED
    from corpus_tools.corpus.describe import coverage as count

    show(count(load_corpus(out, where, notes=notes), by=listed("--by", by) or COVERED), format)


@app.command()
def report(
    out: CorpusArgument,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")] = Path("report.html"),
    lang: Annotated[Language, typer.Option(help="Language of the labels.")] = Language.zh,
    where: WhereOption = None,
    notes: NotesOption = False,
) -> None:
    """Write one HTML page that needs no network: coverage, removals, slogans, keywords, topics, trends."""
    from corpus_tools.pages import report as write

    say(f"report: {write(load_corpus(out, where, notes=notes), to, lang=lang.value)}")
