"""Verbs that ask a corpus as a whole: coverage, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import lexicon_of, listed, themes_of
from corpus_tools.cli.help import verb
from corpus_tools.cli.options import (
    AloneOption,
    CorpusArgument,
    Format,
    FormatOption,
    Language,
    LexiconOption,
    NotesOption,
    PageLangOption,
    WhereOption,
)
from corpus_tools.cli.output import show


@verb(app, "coverage processed", "coverage processed --by province,kind --where year=2020:")
def coverage(
    out: CorpusArgument,
    *,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMNS",
            help="Columns of documents, with commas between; default: year, year_basis, kind, body, level and places.",
        ),
    ] = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Count what a corpus holds: documents of every year, kind, body and place, unknown ones too.

    The first thing to look at: which years are thin, what is unknown, and which values --where and --by can
    take.

    Columns: column, value (empty: unknown), documents, share (of all documents, 0 to 1), n_han (Chinese
    characters that are counted).
    """
    from corpus_tools.building.describe import COVERED
    from corpus_tools.building.describe import coverage as count

    show(count(load_corpus(out, where, notes=notes), by=listed("--by", by) or COVERED), format)


@verb(app, "report processed", "report processed --to cities.html --lang en --where level=city -k 8")
def report(
    out: CorpusArgument,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")] = Path("report.html"),
    lang: PageLangOption = Language.zh,
    k: Annotated[
        int | None,
        typer.Option(
            "--topics", "-k", metavar="N", min=2, help="Number of topics; default: by the number of paragraphs."
        ),
    ] = None,
    themes: Annotated[
        str | None,
        typer.Option(
            "--themes",
            metavar="WHICH",
            help="A set of themes (general, association), names of themes with commas between, or your own .toml file; "
            "default: the set that fits most of the documents.",
        ),
    ] = None,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
) -> None:
    """Write one HTML page about a corpus, to read, to send and to print; it needs no network.

    It holds coverage with all that is unknown or was left out, what cleaning removed with samples in their
    context, slogans, keywords of each year, topics, themes, and methods and versions for the appendix of a
    paper. It quotes the reports: send it to nobody who must not see them. docs/report.md says what each
    section means.
    """
    from corpus_tools.pages import report as write

    chosen, slogans = themes if themes is None else themes_of(themes), lexicon_of(lexicon, alone=alone)
    corpus = load_corpus(out, where, notes=notes)
    say(f"report: {write(corpus, to, lang=lang.value, k=k, themes=chosen, lexicon=slogans)}")
