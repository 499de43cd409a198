"""Verbs about how reports are written: ``corpus-tools style measure OUT``."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus
from corpus_tools.cli.choices import lexicon_of, listed
from corpus_tools.cli.options import (
    AloneOption,
    CorpusArgument,
    Format,
    FormatOption,
    LexiconOption,
    NotesOption,
    PlotOption,
    PlotSize,
    PlotSizeOption,
    SeedOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw, show

style = typer.Typer(
    no_args_is_help=True, help="How varied the words of reports are, how long their sentences, how much is copied."
)
app.add_typer(style, name="style")

MeasuresOption = Annotated[
    str | None,
    typer.Option(
        "--measure",
        metavar="NAMES",
        help="Only these, with commas: mattr, mtld, sentence_length, clause_length, word_length, formulas, copied, repeated.",
    ),
]
WindowOption = Annotated[
    int, typer.Option(min=2, help="Words in a row of which mattr takes the share of different ones.")
]


@style.command()
def measure(
    out: CorpusArgument,
    *,
    by: Annotated[str, typer.Option(metavar="COLUMNS", help="Columns of documents, with commas between.")] = "year",
    measures: MeasuresOption = None,
    window: WindowOption = 100,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Measures of style over the years, with 95 % intervals over documents."""
    from corpus_tools.analysis import style as analysis

    groups = listed("--by", by)
    check_picture(plot, None if groups == ("year",) else by)
    frame = analysis.measure(
        load_corpus(out, where, notes=notes),
        by=groups,
        measures=listed("--measure", measures),
        window=window,
        lexicon=lexicon_of(lexicon, alone=alone),
        seed=seed,
    )
    show(frame, format)
    named = frame.rename(columns={"measure": "term"})
    draw("small_multiples", plot, named, size=plot_size, value="value", share_y=False)  # each in its own unit


@style.command()
def documents(
    out: CorpusArgument,
    *,
    measures: MeasuresOption = None,
    window: WindowOption = 100,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Measures of style of each document, one a column."""
    from corpus_tools.analysis import style as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    show(analysis.documents(corpus, measures=listed("--measure", measures), window=window, lexicon=chosen), format)
