"""Verbs about topics: ``corpus-tools topics fit OUT``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import listed, themes_of, words_of
from corpus_tools.cli.options import (
    ByOption,
    CorpusArgument,
    Format,
    FormatOption,
    LengthOption,
    NotesOption,
    PatternOption,
    PlotOption,
    PlotSize,
    PlotSizeOption,
    PosOption,
    StopwordsOption,
    ThemesOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw, show
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

    from corpus_tools.analysis.topics import Topics

topics = typer.Typer(no_args_is_help=True, help="Groups of words that stand in the same paragraphs, and their course.")
app.add_typer(topics, name="topics")


class Unit(StrEnum):
    """What topics are found in."""

    paragraph = "paragraph"
    section = "section"
    document = "document"


class Table(StrEnum):
    """What to print of topics."""

    terms = "terms"
    labels = "labels"
    quality = "quality"
    examples = "examples"
    documents = "documents"
    refits = "refits"
    positions = "positions"


class PeriodsTable(StrEnum):
    """What to print of topics of periods."""

    links = "links"
    topics = "topics"
    terms = "terms"
    periods = "periods"


KOption = Annotated[
    int | None, typer.Option("-k", help="Number of topics; default: what 'topics choose' recommends, in some minutes.")
]
UnitOption = Annotated[Unit, typer.Option(help="The pieces of text that topics are found in.")]
SeedOption = Annotated[int, typer.Option(min=0, help="Seed of resampling, and of methods that start by chance.")]
SeedsOption = Annotated[
    int, typer.Option(min=1, help="Fits in all: the others, on documents drawn anew, tell which topics come back.")
]
MinWordsOption = Annotated[int, typer.Option(min=1, help="Words that a piece of text must have.")]
MaxShareOption = Annotated[
    float | None,
    typer.Option(min=0, max=1, help="Leave out words in more than this share of the pieces; default: by --unit."),
]
CourtesiesOption = Annotated[
    bool, typer.Option("--courtesies", help="Keep paragraphs by which reports open, thanks and close.")
]
TableOption = Annotated[Table, typer.Option("--show", help="The table to print.")]
ModelArgument = Annotated[Path, typer.Argument(metavar="TOPICS", help="A folder that 'topics fit --to' wrote.")]


@topics.command()
def fit(
    out: CorpusArgument,
    *,
    k: KOption = None,
    unit: UnitOption = Unit.paragraph,
    method: Annotated[
        str,
        typer.Option(help="nmf; streamed_nmf for corpora that outgrow memory; lda and others, see docs/topics.md."),
    ] = "nmf",
    covariate: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="What topics may depend on, for methods that take one.")
    ] = None,
    seed: SeedOption = 0,
    seeds: SeedsOption = 5,
    min_words: MinWordsOption = 15,
    max_share: MaxShareOption = None,
    courtesies: CourtesiesOption = False,
    stopwords: StopwordsOption = None,
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    show_table: TableOption = Table.terms,
    by: ByOption = None,
    to: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the topics into this folder as well.")] = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Topics of paragraphs: the terms of each, or with --by each topic's share in every group, with 95 % intervals.

    --plot draws the shares of --by over the years, or without --by a map of the topics.
    """
    from corpus_tools.analysis import topics as analysis

    groups = listed("--by", by)
    check_picture(plot, None if groups in (None, ("year",)) else by)
    found = analysis.fit(
        load_corpus(out, where, notes=notes),
        k=k,
        unit=unit.value,
        method=method,
        covariate=covariate,
        seed=seed,
        seeds=seeds,
        words=words_of(stopwords, length, pos, pattern),
        min_words=min_words,
        max_share=max_share,
        courtesies=courtesies,
    )
    if to:
        say(f"topics: {found.save(to)}")
    _tell(found, show_table, groups, format, plot, plot_size)


@topics.command()
def choose(
    out: CorpusArgument,
    *,
    ks: Annotated[str | None, typer.Option(metavar="NUMBERS", help="Numbers of topics, with commas between.")] = None,
    unit: UnitOption = Unit.paragraph,
    seed: SeedOption = 0,
    seeds: SeedsOption = 5,
    min_words: MinWordsOption = 15,
    max_share: MaxShareOption = None,
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
    """Numbers of topics compared: coherence, stability, error on words held out; which one is recommended, and why."""
    from corpus_tools.analysis import topics as analysis

    check_picture(plot)
    asked = {} if ks is None else {"ks": _numbers("--ks", ks)}
    frame = analysis.choose(
        load_corpus(out, where, notes=notes),
        **asked,
        unit=unit.value,
        seed=seed,
        seeds=seeds,
        words=words_of(stopwords, length, pos, pattern),
        min_words=min_words,
        max_share=max_share,
    )
    show(frame, format)
    draw("choice", plot, frame, size=plot_size)


@topics.command()
def load(
    topics: ModelArgument,
    *,
    show_table: TableOption = Table.terms,
    format: FormatOption = Format.table,
) -> None:
    """Topics that were written before: their terms, or another table."""
    from corpus_tools.analysis import topics as analysis

    _tell(analysis.load(topics), show_table, None, format, None, PlotSize.screen)


@topics.command()
def transform(
    topics: ModelArgument,
    out: CorpusArgument,
    *,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Shares of topics that were written before in the documents of another corpus."""
    from corpus_tools.analysis import topics as analysis

    show(analysis.load(topics).transform(load_corpus(out, where, notes=notes)), format)


@topics.command()
def periods(
    out: CorpusArgument,
    *,
    k: Annotated[int, typer.Option("-k", help="Topics of each period.")] = 10,
    breaks: Annotated[
        str | None,
        typer.Option(metavar="YEARS", help="First year of each period, with commas between: 1978,1992,2012."),
    ] = None,
    width: Annotated[int, typer.Option(min=1, help="Years of a period, where no --breaks are given.")] = 10,
    by: Annotated[str, typer.Option(help="A column of years.")] = "year",
    show_table: Annotated[PeriodsTable, typer.Option("--show", help="The table to print.")] = PeriodsTable.links,
    unit: UnitOption = Unit.paragraph,
    seed: SeedOption = 0,
    seeds: SeedsOption = 5,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Topics of each period by itself, and what became of them in the next: continues, splits, merges, born, dies."""
    from corpus_tools.analysis import topics as analysis

    found = analysis.periods(
        load_corpus(out, where, notes=notes),
        k=k,
        breaks=None if breaks is None else _numbers("--breaks", breaks),
        width=width,
        by=by,
        unit=unit.value,
        seed=seed,
        seeds=seeds,
    )
    show(getattr(found, show_table.value), format)
    for row in found.periods[found.periods["gap"] != ""].itertuples():
        say(f"{row.period} has no topics: {row.gap}")


@topics.command()
def guided(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    free: Annotated[int, typer.Option(min=0, help="Topics beside the themes, for what they do not cover.")] = 10,
    unit: UnitOption = Unit.paragraph,
    seed: SeedOption = 0,
    seeds: SeedsOption = 5,
    show_table: TableOption = Table.labels,
    by: ByOption = None,
    to: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the topics into this folder as well.")] = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Topics that begin with the terms of themes and learn the words that are said with them."""
    from corpus_tools.analysis import topics as analysis

    groups = listed("--by", by)
    check_picture(plot, None if groups in (None, ("year",)) else by)
    found = analysis.guided(
        load_corpus(out, where, notes=notes), themes_of(which), free=free, unit=unit.value, seed=seed, seeds=seeds
    )
    if to:
        say(f"topics: {found.save(to)}")
    _tell(found, show_table, groups, format, plot, plot_size)


def _tell(
    found: Topics, table: Table, by: tuple[str, ...] | None, form: Format, plot: Path | None, size: PlotSize
) -> None:
    """Print what is asked of topics, draw them where a picture is asked for, and warn of those that are marked."""
    if by:
        frame = found.by(by)
        draw("small_multiples", plot, frame, size=size, share_y=False)
    else:
        frame = found.positions() if table is Table.positions else getattr(found, table.value)
        if plot:
            draw("topic_map", plot, found.positions(), size=size)
    show(_on_one_line(frame), form)
    _warn(found)


def _on_one_line(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(text=frame["text"].str.replace("\n", " ")) if "text" in frame else frame


def _warn(found: Topics) -> None:
    marked = found.quality[found.quality["note"] != ""]
    for topic, note in zip(marked["topic"], marked["note"], strict=True):
        say(f"topic {topic} is marked: {note}")
    if not found.converged:
        say("the fit had not settled when it stopped: topics may still move")


def _numbers(option: str, text: str) -> list[int]:
    try:
        return [int(number) for number in listed(option, text) or ()]
    except ValueError:
        raise ConfigError(f"{option} {text!r}: whole numbers with commas between, for instance 10,20,30") from None
