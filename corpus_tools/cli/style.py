"""Verbs about how reports are written: ``corpus-tools style measure OUT``."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus
from corpus_tools.cli.choices import lexicon_of, listed
from corpus_tools.cli.help import Verbs, verb
from corpus_tools.cli.options import (
    AloneOption,
    CorpusArgument,
    Format,
    FormatOption,
    LangOption,
    Language,
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
    cls=Verbs,
    no_args_is_help=True,
    help="How varied the words of reports are, how long their sentences, how much is copied.",
)
app.add_typer(style, name="style")

MeasuresOption = Annotated[
    str | None,
    typer.Option(
        "--measure",
        metavar="NAMES",
        help="Only these, with commas between: mattr, mtld, sentence_length, clause_length, word_length, formulas, copied, "
        "repeated.",
    ),
]
WindowOption = Annotated[
    int, typer.Option(metavar="N", min=2, help="Words in a row of which mattr takes the share of different ones.")
]


@verb(
    style,
    "style measure processed --measure mattr,formulas,copied",
    "style measure processed --plot style.png",
)
def measure(
    out: CorpusArgument,
    *,
    by: Annotated[
        str, typer.Option(metavar="COLUMNS", help="Groups: columns of documents, with commas between.")
    ] = "year",
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
    lang: LangOption = Language.zh,
) -> None:
    """Measure how reports are written, year by year or by group, with 95 % intervals over documents.

    mattr, mtld: variety of words. sentence_length, clause_length, word_length: in Chinese characters. formulas:
    share of the characters in slogans. copied: share of the characters in sentences that an earlier report has
    word for word; repeated: the same of the last report of the same body.

    Columns: year (or those of --by), measure, value (in the measure's own unit), low, high, n (documents that
    have it).

    --plot draws a panel for each measure over the years.
    """
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
    draw(
        "small_multiples", plot, frame, size=plot_size, lang=lang, value="value", share_y=False
    )  # each in its own unit


@verb(style, "style documents processed")
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
    """Measure how each document is written, one column a measure.

    For regressions in another program. 'style measure --help' says what the measures are.

    Columns: doc_id, year, organisation, level, place, kind, words (how many), sentences, in_sentences (share of
    the characters that lie in sentences), previous (year of the report that repeated compares with), mattr,
    mtld, sentence_length, clause_length, word_length, formulas, copied, repeated.
    """
    from corpus_tools.analysis import style as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    show(analysis.documents(corpus, measures=listed("--measure", measures), window=window, lexicon=chosen), format)
