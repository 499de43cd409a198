"""Verbs about the years: ``corpus-tools trends rate OUT TERMS``, and what can be asked of the course of a rate."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus_tools.cli.app import app, load_corpus
from corpus_tools.cli.choices import lexicon_of, listed, pair
from corpus_tools.cli.help import Verbs, verb
from corpus_tools.cli.options import (
    AloneOption,
    CorpusArgument,
    Format,
    FormatOption,
    LangOption,
    Language,
    LexiconOption,
    Match,
    MatchOption,
    NotesOption,
    PlotOption,
    PlotSize,
    PlotSizeOption,
    SeedOption,
    WhereOption,
    YearsOption,
)
from corpus_tools.cli.output import check_picture, draw, show
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

    from corpus_tools.analysis.slogans.lexicon import Lexicon
    from corpus_tools.corpus.corpus import Corpus

trends = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="Rates over the years, their changes, and their differences."
)
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


TermsArgument = Annotated[
    list[str], typer.Argument(metavar="TERMS...", help="Slogans, or any other wordings, blanks between.")
]
MeasureOption = Annotated[
    Measure,
    typer.Option(help="Hits per 10,000 Chinese characters, share of documents that hold it, or hits per document."),
]
UnitOption = Annotated[
    Unit, typer.Option(help="Count a term wherever its wording stands, or only where it is one word of the corpus.")
]
WithinOption = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Shuffle among documents of one value of this column only, such as place."),
]
BetweenOption = Annotated[str, typer.Option(metavar="COLUMN", help="The column two of whose values are compared.")]
GroupsOption = Annotated[
    str | None,
    typer.Option(metavar="A,B", help="The two values, as province,city; needed where the column has more than two."),
]
OtherOption = Annotated[
    Path | None,
    typer.Option("--other", metavar="OUT", help="Compare with this corpus instead; --where holds for both."),
]


@verb(trends, "trends rate processed 新质生产力 脱贫攻坚 --plot trend.png", "trends rate processed 科普 --by level")
def rate(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    by: Annotated[
        str, typer.Option(metavar="COLUMNS", help="Groups: columns of documents, with commas between.")
    ] = "year",
    measure: MeasureOption = Measure.rate,
    unit: UnitOption = Unit.phrase,
    moving: Annotated[
        int | None, typer.Option(metavar="N", help="Also pool so many years around each: an odd number.")
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
    lang: LangOption = Language.zh,
) -> None:
    """Follow how often terms are said over the years, with 95 % intervals.

    TERMS are slogans of the lexicon, with their variants, or any other wording; with --unit word, words of the
    corpus. Years without documents have no row, and a rate of 0 has an upper bound.

    Columns: year (or those of --by), term, rate (hits per 10,000 Chinese characters; or share or mean, as
    --measure says), low, high, count, documents (with the term), n (documents of the year). With --moving also
    moving, moving_low, moving_high, moving_n, moving_years.

    --plot draws lines over the years, or with --by of other columns a row for each group.
    """
    from corpus_tools.analysis import trends as analysis

    check_picture(plot)
    groups = listed("--by", by)
    corpus = load_corpus(out, where, notes=notes)
    options = _counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)
    by_columns = groups[0] if len(groups) == 1 else groups
    frame = analysis.rate(corpus, terms, by=by_columns, moving=moving, **options)
    show(frame, format)
    chart = _chart(frame) if groups == ("year",) else "intervals"
    draw(chart, plot, frame, size=plot_size, lang=lang, value=measure.value)


@verb(trends, "trends adjusted processed 科普 --over level --renormalise")
def adjusted(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    over: Annotated[
        str, typer.Option(metavar="COLUMNS", help="Columns whose mix is held fast, with commas between.")
    ] = "level",
    renormalise: Annotated[
        bool, typer.Option("--renormalise", help="Where a stratum is missing let the others stand for all.")
    ] = False,
    by: YearsOption = "year",
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
    lang: LangOption = Language.zh,
) -> None:
    """Follow rates as they would be if every year had the same mix of levels.

    For corpora that hold other levels, places or kinds in some years than in others. Empty where a level has no
    document that year, unless --renormalise lets the others stand for all.

    Columns: year, term, rate (hits per 10,000 Chinese characters; or share or mean), low, high (95 % interval),
    crude (without adjustment), coverage (of the mix, 0 to 1), count, documents (with the term), n (documents of
    the year), unknown (documents that count nowhere).
    """
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    corpus = load_corpus(out, where, notes=notes)
    options = _counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)
    strata = listed("--over", over)
    frame = analysis.adjusted(corpus, terms, over=strata, by=by, renormalise=renormalise, **options)
    show(frame, format)
    draw(_chart(frame), plot, frame, size=plot_size, lang=lang, value=measure.value)


@verb(trends, "trends changes processed 科普 新质生产力")
def changes(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    by: YearsOption = "year",
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
    lang: LangOption = Language.zh,
) -> None:
    """Find years in which a term begins to be said markedly more or less often.

    Tested by shuffling documents over years: read q_value, below .05. A term without a change has no row.
    Needs the extra changes: pip install '.[changes]'.

    Columns: term, year (the first of the new level), last (the last with documents before it), before, after
    (in units of --measure), difference, low, high (95 % interval), n_before, n_after (documents), p_value,
    q_value.

    --plot draws rates and levels of at most four terms.
    """
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    corpus = load_corpus(out, where, notes=notes)
    options = {"by": by, **_counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)}
    frame = analysis.changes(corpus, terms, within=within, **options)
    show(frame, format)
    if plot:
        rates = analysis.rate(corpus, terms, **options)
        draw("changes", plot, rates, frame, size=plot_size, lang=lang, value=measure.value)


@verb(trends, "trends movement processed 科普 脱贫攻坚")
def movement(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    by: YearsOption = "year",
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
    lang: LangOption = Language.zh,
) -> None:
    """Test whether terms rise or fall with the years: rank correlation over documents.

    Columns: term, rho (-1 falls, 1 rises), p_value, q_value, documents (with the term), n (documents of known
    year), first, last (year).

    --plot draws the rates.
    """
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    corpus = load_corpus(out, where, notes=notes)
    options = {"by": by, **_counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)}
    show(analysis.movement(corpus, terms, within=within, **options), format)
    if plot:
        rates = analysis.rate(corpus, terms, **options)
        draw(_chart(rates), plot, rates, size=plot_size, lang=lang, value=measure.value)


@verb(trends, "trends bursts processed 脱贫攻坚 新质生产力")
def bursts(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    by: YearsOption = "year",
    unit: UnitOption = Unit.phrase,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
    lang: LangOption = Language.zh,
) -> None:
    """Find stretches of years in which markedly more documents hold a term (Kleinberg's bursts).

    A term without a burst has no row.

    Columns: term, start, end (first and last year), weight (nats), share_in, share_out (documents with the term
    in it, and in all other years, 0 to 1), rate_in, rate_out (hits per 10,000 Chinese characters).

    --plot draws shares of documents.
    """
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    options: dict[str, Any] = {"by": by, "unit": unit.value, "match": match.value, "lexicon": chosen}
    show(analysis.bursts(corpus, terms, **options), format)
    if plot:
        shares = analysis.rate(corpus, terms, measure="share", **options)
        draw(_chart(shares), plot, shares, size=plot_size, lang=lang, value="share")


@verb(trends, "trends compare processed 科普 --groups province,city")
def compare(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    between: BetweenOption = "level",
    groups: GroupsOption = None,
    other: OtherOption = None,
    by: YearsOption = "year",
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
    lang: LangOption = Language.zh,
) -> None:
    """Lay two groups beside each other, year by year, with their difference and its 95 % interval.

    Groups are two values of the column --between, or this corpus and --other. Only years that both have.

    Columns: year, term, a, b (the groups), rate_a, rate_b (hits per 10,000 Chinese characters; or share_,
    mean_, as --measure says), difference (a - b), low, high, n_a, n_b (documents).

    --plot draws the rates of one term.
    """
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    if plot and (measure is not Measure.rate or len(terms) > 1):
        raise ConfigError("--plot draws the comparison of one term's rates: name one term, and leave --measure out")
    corpus = load_corpus(out, where, notes=notes)
    options = {"by": by, **_counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)}
    frame = analysis.compare(
        corpus, terms, between=_sides(between, other, where, notes=notes), groups=pair("--groups", groups), **options
    )
    show(frame, format)
    draw("comparison", plot, frame, size=plot_size, lang=lang)


@verb(trends, "trends contrast processed 科普 --groups province,city")
def contrast(
    out: CorpusArgument,
    terms: TermsArgument,
    *,
    between: BetweenOption = "level",
    groups: GroupsOption = None,
    other: OtherOption = None,
    by: YearsOption = "year",
    cluster: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Keep the documents of one value of this column together, such as place."),
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
    """Test whether two groups differ over the years that they share, in level and in course.

    One row a term. Read q_value for the level, q_shape for the course: below .05, chance does not explain it.
    --cluster place where the same places report year after year.

    Columns: term, a, b (the groups), rate_a, rate_b (hits per 10,000 Chinese characters; or share_, mean_),
    difference (a - b), low, high (95 % interval), p_value, q_value, p_shape, q_shape, years (that both share),
    n_a, n_b (documents).
    """
    from corpus_tools.analysis import trends as analysis

    corpus = load_corpus(out, where, notes=notes)
    options = {"by": by, **_counting(measure, unit, match, lexicon_of(lexicon, alone=alone), seed)}
    sides = _sides(between, other, where, notes=notes)
    show(
        analysis.contrast(corpus, terms, between=sides, groups=pair("--groups", groups), cluster=cluster, **options),
        format,
    )


def _counting(measure: Measure, unit: Unit, match: Match, lexicon: Lexicon, seed: int) -> dict[str, Any]:
    """What every question about trends is asked with."""
    return {"measure": measure.value, "unit": unit.value, "match": match.value, "lexicon": lexicon, "seed": seed}


def _sides(between: str, other: Path | None, where: list[str] | None, *, notes: bool) -> str | Corpus:
    """What is compared: values of a column, or the corpus with another."""
    return between if other is None else load_corpus(other, where, notes=notes)


def _chart(frame: pd.DataFrame) -> str:
    """Lines over the years, or a panel for each of many terms."""
    return "small_multiples" if frame["term"].nunique() > LINES else "trend"
