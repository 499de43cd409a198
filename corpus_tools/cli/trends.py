"""Verbs about the years: ``corpus-tools trends rate OUT TERMS``, and what can be asked of the course of a rate."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus_tools.cli.app import app, load_corpus
from corpus_tools.cli.choices import lexicon_of, listed
from corpus_tools.cli.options import (
    AloneOption,
    CorpusArgument,
    Format,
    FormatOption,
    LexiconOption,
    Match,
    MatchOption,
    NotesOption,
    PlotOption,
    PlotSize,
    PlotSizeOption,
    SeedOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw, show
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

    from corpus_tools.analysis.slogans.lexicon import Lexicon
    from corpus_tools.corpus.corpus import Corpus

trends = typer.Typer(no_args_is_help=True, help="Rates over the years, their changes, and their differences.")
app.add_typer(trends, name="trends")

LINES = 6  # terms that one picture can hold apart; more get a panel each


class Measure(StrEnum):
    """What is said of a year."""

    rate = "rate"
    share = "share"
    mean = "mean"


class Unit(StrEnum):
    """What a term is."""

    phrase = "phrase"
    word = "word"


TermsArgument = Annotated[list[str], typer.Argument(metavar="TERMS...", help="Slogans, phrases or words.")]
YearOption = Annotated[str, typer.Option("--by", help="A column of years.")]
MeasureOption = Annotated[
    Measure,
    typer.Option(help="Hits per 10,000 Chinese characters, share of documents that hold it, or hits per document."),
]
UnitOption = Annotated[
    Unit, typer.Option(help="Count a term wherever its wording stands, or only where it is one word of the corpus.")
]
WithinOption = Annotated[
    str | None, typer.Option(help="Shuffle documents of one value of this column only, such as place.")
]
BetweenOption = Annotated[str, typer.Option(help="A column of documents, two of whose values are compared.")]
GroupsOption = Annotated[
    str | None, typer.Option(metavar="A,B", help="The two values; needed where the column has more.")
]
OtherOption = Annotated[
    Path | None,
    typer.Option("--other", metavar="OUT", help="Compare with this corpus instead; --where holds for both."),
]


@trends.command()
def rate(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    by: Annotated[str, typer.Option(metavar="COLUMNS", help="Columns of documents, with commas between.")] = "year",
    measure: MeasureOption = Measure.rate,
    unit: UnitOption = Unit.phrase,
    moving: Annotated[
        int | None, typer.Option(help="Also pool so many years around each: an odd number. Pictures stay as they are.")
    ] = None,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Rates of terms over years per 10,000 Chinese characters, or shares of documents, with 95 % intervals.

    --plot draws lines over the years, or with --by of other columns a row for each group.
    """
    from corpus_tools.analysis import trends as analysis

    check_picture(plot)
    groups = listed("--by", by) or ()
    corpus = load_corpus(out, where, notes=notes)
    options = _counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)
    by_columns = groups[0] if len(groups) == 1 else groups
    frame = analysis.rate(corpus, terms, by=by_columns, moving=moving, **options)
    show(frame, format)
    chart = _chart(frame) if groups == ("year",) else "intervals"
    draw(chart, plot, frame, size=plot_size, value=measure.value)


@trends.command()
def adjusted(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    over: Annotated[str, typer.Option(help="Columns whose mix is held fast, with commas between.")] = "level",
    renormalise: Annotated[
        bool, typer.Option("--renormalise", help="Where a stratum is missing let the others stand for all.")
    ] = False,
    by: YearOption = "year",
    measure: MeasureOption = Measure.rate,
    unit: UnitOption = Unit.phrase,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Rates as they would be if every year had the same mix of levels (or other columns) as all years together."""
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    corpus = load_corpus(out, where, notes=notes)
    options = _counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)
    strata = listed("--over", over) or ()
    frame = analysis.adjusted(corpus, terms, over=strata, by=by, renormalise=renormalise, **options)
    show(frame, format)
    draw(_chart(frame), plot, frame, size=plot_size, value=measure.value)


@trends.command()
def changes(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    by: YearOption = "year",
    within: WithinOption = None,
    measure: MeasureOption = Measure.rate,
    unit: UnitOption = Unit.phrase,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Years in which a term begins to be said markedly more or less often, tested by shuffled documents."""
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    corpus = load_corpus(out, where, notes=notes)
    options = {"by": by, **_counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)}
    frame = analysis.changes(corpus, terms, within=within, **options)
    show(frame, format)
    if plot:
        rates = analysis.rate(corpus, terms, **options)
        draw("changes", plot, rates, frame, size=plot_size, value=measure.value)


@trends.command()
def movement(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    by: YearOption = "year",
    within: WithinOption = None,
    measure: MeasureOption = Measure.rate,
    unit: UnitOption = Unit.phrase,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Whether terms rise or fall with the years: rank correlation over documents. --plot draws their rates."""
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    corpus = load_corpus(out, where, notes=notes)
    options = {"by": by, **_counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)}
    show(analysis.movement(corpus, terms, within=within, **options), format)
    if plot:
        rates = analysis.rate(corpus, terms, **options)
        draw(_chart(rates), plot, rates, size=plot_size, value=measure.value)


@trends.command()
def bursts(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    by: YearOption = "year",
    unit: UnitOption = Unit.phrase,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Stretches of years in which markedly more documents hold a term (Kleinberg). --plot draws shares of documents."""
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    options: dict[str, Any] = {"by": by, "unit": unit.value, "match": match.value, "lexicon": chosen}
    show(analysis.bursts(corpus, terms, **options), format)
    if plot:
        shares = analysis.rate(corpus, terms, measure="share", **options)
        draw(_chart(shares), plot, shares, size=plot_size, value="share")


@trends.command()
def compare(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    between: BetweenOption = "level",
    groups: GroupsOption = None,
    other: OtherOption = None,
    by: YearOption = "year",
    measure: MeasureOption = Measure.rate,
    unit: UnitOption = Unit.phrase,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Two groups beside each other, year by year, with their difference. --plot draws the rates of one term."""
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    if plot and (measure is not Measure.rate or len(terms) > 1):
        raise ConfigError("--plot draws the comparison of one term's rates: name one term, and leave --measure out")
    corpus = load_corpus(out, where, notes=notes)
    options = {"by": by, **_counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)}
    frame = analysis.compare(
        corpus, terms, between=_sides(between, other, where, notes=notes), groups=_pair(groups), **options
    )
    show(frame, format)
    draw("comparison", plot, frame, size=plot_size)


@trends.command()
def contrast(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    between: BetweenOption = "level",
    groups: GroupsOption = None,
    other: OtherOption = None,
    by: YearOption = "year",
    cluster: Annotated[
        str | None, typer.Option(help="Keep the documents of one value of this column together, such as place.")
    ] = None,
    measure: MeasureOption = Measure.rate,
    unit: UnitOption = Unit.phrase,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
) -> None:
    """Test whether two groups differ over all years that they share, in level and in course."""
    from corpus_tools.analysis import trends as analysis

    corpus = load_corpus(out, where, notes=notes)
    options = {"by": by, **_counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)}
    sides = _sides(between, other, where, notes=notes)
    show(analysis.contrast(corpus, terms, between=sides, groups=_pair(groups), cluster=cluster, **options), format)


def _counting(measure: Measure, unit: Unit, match: Match, lexicon: Lexicon, seed: int) -> dict[str, Any]:
    """What every question about trends is asked with."""
    return {"measure": measure.value, "unit": unit.value, "match": match.value, "lexicon": lexicon, "seed": seed}


def _sides(between: str, other: Path | None, where: list[str] | None, *, notes: bool) -> str | Corpus:
    """What is compared: values of a column, or the corpus with another."""
    return between if other is None else load_corpus(other, where, notes=notes)


def _pair(groups: str | None) -> tuple[str, str] | None:
    names = listed("--groups", groups)
    if names is None:
        return None
    if len(names) != 2:
        raise ConfigError(f"--groups {groups!r}: name two, with a comma between")
    return names[0], names[1]


def _chart(frame: pd.DataFrame) -> str:
    """Lines over the years, or a panel for each of many terms."""
    return "small_multiples" if frame["term"].nunique() > LINES else "trend"
