"""Verbs about topics: ``corpus-tools topics fit OUT``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import listed, themes_of, words_of
from corpus_tools.cli.help import OUTPUT, WORDS, Verbs, verb
from corpus_tools.cli.options import (
    ByOption,
    CorpusArgument,
    Format,
    FormatOption,
    LangOption,
    Language,
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

topics = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="Groups of words that stand in the same paragraphs, and their course."
)
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


KOption = Annotated[
    int | None,
    typer.Option(
        "-k", metavar="N", min=2, help="Number of topics; default: what 'topics choose' recommends, in some minutes."
    ),
]
UnitOption = Annotated[Unit, typer.Option(help="The pieces of text that topics are found in.")]
ResamplingSeedOption = Annotated[
    int, typer.Option(metavar="N", min=0, help="Seed of resampling, and of methods that start by chance.")
]
SeedsOption = Annotated[
    int,
    typer.Option(
        metavar="N", min=1, help="Fits in all: the others, on documents drawn anew, tell which topics come back."
    ),
]
MinWordsOption = Annotated[int, typer.Option(metavar="N", min=1, help="Words that a piece of text must have.")]
MaxShareOption = Annotated[
    float | None,
    typer.Option(
        metavar="X",
        min=0,
        max=1,
        help="Leave out words in more than this share of the pieces, 0 to 1; default: .15 of paragraphs, .3 of sections, "
        ".5 of documents.",
        rich_help_panel=WORDS,
    ),
]
CourtesiesOption = Annotated[
    bool, typer.Option("--courtesies", help="Keep paragraphs by which reports open, thanks and close.")
]
TableOption = Annotated[Table, typer.Option("--show", help="The table to print.", rich_help_panel=OUTPUT)]
ModelArgument = Annotated[Path, typer.Argument(metavar="TOPICS", help="A folder that 'topics fit --to' wrote.")]


@verb(topics, "topics fit processed -k 8", "topics fit processed -k 8 --show quality --to topics")
def fit(
    out: CorpusArgument,
    *,
    k: KOption = None,
    unit: UnitOption = Unit.paragraph,
    method: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="nmf; streamed_nmf for corpora that outgrow memory; lda, gibbs_lda; dmr, gdmr with --covariate.",
        ),
    ] = "nmf",
    covariate: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN", help="The column that topics may depend on, for dmr (level, place) and gdmr (year)."
        ),
    ] = None,
    seed: ResamplingSeedOption = 0,
    seeds: SeedsOption = 5,
    min_words: MinWordsOption = 15,
    max_share: MaxShareOption = None,
    courtesies: CourtesiesOption = False,
    stopwords: StopwordsOption = "all",
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    show_table: TableOption = Table.terms,
    by: ByOption = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the topics into this folder as well.", rich_help_panel=OUTPUT),
    ] = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
    lang: LangOption = Language.zh,
) -> None:
    """Find topics, words that stand in the same paragraphs: the terms of each, or shares by group.

    Read --show quality before you trust one: stability is the share of refits on other documents in which it
    comes back. How many: 'topics choose'. --to keeps the topics for 'topics load' and 'topics transform'.

    Columns of terms: topic, term, rank, weight, relevance, frex. Of labels: topic, label, share. Of quality:
    topic, npmi, c_v, exclusivity, stability, similarity, documents, units, largest, repeated, note. Of
    examples: topic, doc_id, paragraph (or section), text. Of documents: doc_id, topic, share. Of refits: refit,
    topic, similarity, words, recurs. Of positions: topic, label, share, x, y, note. With --by: its columns,
    topic, label, share, low, high, n.

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
    _tell(found, show_table, groups, format, plot=plot, size=plot_size, lang=lang)


@verb(topics, "topics choose processed --ks 5,8,12 --seeds 2")
def choose(
    out: CorpusArgument,
    *,
    ks: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBERS", help="Numbers of topics to compare, with commas between; default: 5,10,15,20,25,30,40."
        ),
    ] = None,
    unit: UnitOption = Unit.paragraph,
    seed: ResamplingSeedOption = 0,
    seeds: SeedsOption = 5,
    min_words: MinWordsOption = 15,
    max_share: MaxShareOption = None,
    stopwords: StopwordsOption = "all",
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
    lang: LangOption = Language.zh,
) -> None:
    """Compare numbers of topics, and say which one can be defended, and why.

    Recommended is the smallest k whose error on words held out is as good as the best, of those whose topics
    come back.

    Columns: k, npmi, c_v (coherence), exclusivity, stability, steady (topics that come back), residual,
    held_out (error on words not seen, 0 to 1), held_out_error, recommended, reason.

    --plot draws them.
    """
    from corpus_tools.analysis import topics as analysis

    check_picture(plot)
    asked = {} if ks is None else {"ks": numbers("--ks", ks)}
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
    draw("choice", plot, frame, size=plot_size, lang=lang)


@verb(topics, "topics load topics --show labels")
def load(
    topics: ModelArgument,
    *,
    show_table: TableOption = Table.terms,
    format: FormatOption = Format.table,
) -> None:
    """Print topics that 'topics fit --to' wrote: their terms, or another table.

    Columns of terms: topic, term, rank, weight, relevance, frex. Of labels: topic, label, share. Of the other
    tables of --show: see 'topics fit --help'.
    """
    from corpus_tools.analysis import topics as analysis

    _tell(analysis.load(topics), show_table, None, format, plot=None)


@verb(topics, "topics transform topics processed")
def transform(
    topics: ModelArgument,
    out: CorpusArgument,
    *,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Find shares of topics, written before, in the documents of another corpus.

    For new reports, without topics changing under you.

    Columns: doc_id, topic, share (the shares of a document make 1).
    """
    from corpus_tools.analysis import topics as analysis

    show(analysis.load(topics).transform(load_corpus(out, where, notes=notes)), format)


@verb(topics, "topics guided processed --themes 科技,生态,党建 --free 3 --seeds 2")
def guided(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    free: Annotated[
        int, typer.Option(metavar="N", min=0, help="Topics beside the themes, for what they do not cover.")
    ] = 10,
    unit: UnitOption = Unit.paragraph,
    seed: ResamplingSeedOption = 0,
    seeds: SeedsOption = 5,
    min_words: MinWordsOption = 15,
    max_share: MaxShareOption = None,
    courtesies: CourtesiesOption = False,
    stopwords: StopwordsOption = "all",
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    show_table: TableOption = Table.labels,
    by: ByOption = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the topics into this folder as well.", rich_help_panel=OUTPUT),
    ] = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
    lang: LangOption = Language.zh,
) -> None:
    """Find topics that begin with the terms of themes, and the words that are said with them.

    To see what a theme's dictionary lacks, and how much of the corpus lies beside the themes.

    Columns of labels: topic, label, share, theme (empty: a free topic), theme_similarity (below .3 it drifted
    away), words (of the theme that it began with). Other tables of --show, and --by, as of 'topics fit'.
    """
    from corpus_tools.analysis import topics as analysis

    groups = listed("--by", by)
    check_picture(plot, None if groups in (None, ("year",)) else by)
    found = analysis.guided(
        load_corpus(out, where, notes=notes),
        themes_of(which),
        free=free,
        unit=unit.value,
        seed=seed,
        seeds=seeds,
        words=words_of(stopwords, length, pos, pattern),
        min_words=min_words,
        max_share=max_share,
        courtesies=courtesies,
    )
    if to:
        say(f"topics: {found.save(to)}")
    _tell(found, show_table, groups, format, plot=plot, size=plot_size, lang=lang)


def _tell(
    found: Topics, table: Table, by: tuple[str, ...] | None, form: Format, *, plot: Path | None, **picture: Any
) -> None:
    """Print what is asked of topics, draw them where a picture is asked for, and warn of those that are marked."""
    if by:
        frame = found.by(by)
        draw("small_multiples", plot, frame, share_y=False, **picture)
    else:
        frame = found.positions() if table is Table.positions else getattr(found, table.value)
        if plot:
            draw("topic_map", plot, found.positions(), **picture)
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


def numbers(option: str, text: str) -> list[int]:
    """The whole numbers in an option; ConfigError for anything else."""
    try:
        return [int(number) for number in listed(option, text)]
    except ValueError:
        raise ConfigError(f"{option} {text!r}: whole numbers with commas between, for instance 10,20,30") from None
