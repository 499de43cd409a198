"""Verbs about words in their company: ``corpus-tools kwic OUT QUERY``, ``collocations around OUT NODE``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import lexicon_of, listed, words_of
from corpus_tools.cli.options import (
    AloneOption,
    ByOption,
    CorpusArgument,
    Format,
    FormatOption,
    LengthOption,
    LexiconOption,
    Match,
    MatchOption,
    NotesOption,
    PatternOption,
    PlotOption,
    PlotSize,
    PlotSizeOption,
    PosOption,
    SeedOption,
    StopwordsOption,
    TopOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw, show, top_rows
from corpus_tools.errors import ConfigError


class Kind(StrEnum):
    """What a query is."""

    word = "word"
    phrase = "phrase"
    slogan = "slogan"
    regex = "regex"
    pattern = "pattern"


class Within(StrEnum):
    """Where words stand together."""

    paragraph = "paragraph"
    sentence = "sentence"


collocations = typer.Typer(no_args_is_help=True, help="Which words stand near a word, and which stand together.")
app.add_typer(collocations, name="collocations")

SHOWN = (
    "collocate", "count", "count_collocate", "documents", "log_dice", "log_dice_low", "log_dice_high", "mi", "g2",
    "delta_p_from", "delta_p_to", "left", "right", "q_value",
)  # fmt: skip
KindOption = Annotated[
    Kind | None, typer.Option(help="What the query is; default: a slogan where the lexicon has it, else a phrase.")
]
CountOption = Annotated[int, typer.Option("--min-count", min=1, help="Times that what is shown must be counted.")]
LeastOption = Annotated[int, typer.Option("--min-documents", min=1, help="Documents that must hold what is shown.")]


@app.command()
def kwic(
    out: CorpusArgument,
    query: Annotated[str, typer.Argument(help="What to look for: a slogan or phrase, or see --kind.")],
    *,
    kind: KindOption = None,
    width: Annotated[int, typer.Option(min=0, help="Characters on either side.")] = 30,
    sort: Annotated[
        str, typer.Option(metavar="ORDERS", help="document, year, left, right, node; several with commas between.")
    ] = "document",
    sample: Annotated[int | None, typer.Option(min=1, help="Only so many places, drawn at random.")] = None,
    seed: SeedOption = 0,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Show every place of a query with the words around it. --plot draws where in its documents it stands."""
    from corpus_tools.analysis.concordance import kwic as analysis

    check_picture(plot)
    frame = analysis(
        load_corpus(out, where, notes=notes),
        query,
        kind=kind.value if kind else None,
        width=width,
        sort=listed("--sort", sort) or "document",
        sample=sample,
        seed=seed,
        match=match.value,
        lexicon=lexicon_of(lexicon, alone=alone),
    )
    if format is Format.table:
        from corpus_tools.cli.terminal import concordance

        typer.echo(concordance(frame), nl=False)
    else:
        show(frame, format)
    say(f"{frame.attrs['hits']:,} places of a {frame.attrs['kind']} in {frame.attrs['documents']:,} documents")
    draw("dispersion", plot, frame, size=plot_size)


@collocations.command()
def around(
    out: CorpusArgument,
    node: Annotated[str, typer.Argument(help="A slogan or phrase, or see --kind.")],
    *,
    kind: KindOption = None,
    window: Annotated[str, typer.Option(help="Words on either side, or paragraph, or sentence.")] = "5",
    by: ByOption = None,
    top: TopOption = 50,
    min_count: CountOption = 5,
    min_documents: LeastOption = 3,
    stopwords: StopwordsOption = None,
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Which words stand near a node: log Dice with a 95 % interval, MI, t, G2, delta P, and a test over documents."""
    from corpus_tools.analysis import collocations as analysis

    check_picture(plot, by)
    groups = listed("--by", by)
    frame = analysis.around(
        load_corpus(out, where, notes=notes),
        node,
        window=_window(window),
        kind=kind.value if kind else None,
        by=groups,
        min_count=min_count,
        min_documents=min_documents,
        words=words_of(stopwords, length, pos, pattern),
        lexicon=lexicon_of(lexicon, alone=alone),
    )
    frame = top_rows(frame, by=groups, top=top)
    # A terminal has no room for all columns; csv and json have them.
    show(frame[[*(groups or ()), *SHOWN]] if format is Format.table else frame, format)
    draw("bars", plot, frame.rename(columns={"collocate": "term"}), size=plot_size, value="log_dice", top=top)


def _window(text: str) -> int | str:
    if text in tuple(Within):
        return text
    if not text.isdecimal():
        raise ConfigError(f"--window {text}: write a number of words, {' or '.join(Within)}")
    return int(text)


@collocations.command()
def network(
    out: CorpusArgument,
    terms: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="Only these words.")] = None,
    *,
    within: Annotated[Within, typer.Option(help="Where words stand together.")] = Within.paragraph,
    top: Annotated[int, typer.Option(min=2, help="Words, those in most documents.")] = 60,
    edges: Annotated[int, typer.Option(min=1, help="Pairs to show and draw.")] = 80,
    min_count: CountOption = 5,
    min_documents: LeastOption = 3,
    stopwords: StopwordsOption = None,
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Which words stand together in paragraphs: a list of edges, as csv for Gephi. --plot draws the network."""
    from corpus_tools.analysis import collocations as analysis

    check_picture(plot)
    frame = analysis.network(
        load_corpus(out, where, notes=notes),
        terms or None,
        within=within.value,
        top=top,
        min_count=min_count,
        min_documents=min_documents,
        words=words_of(stopwords, length, pos, pattern),
    ).head(edges)
    show(frame, format)
    draw("network", plot, frame, size=plot_size)
