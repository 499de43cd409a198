"""Verbs about slogans: ``corpus-tools slogans count OUT``, and what else can be asked of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import lexicon_of, listed
from corpus_tools.cli.options import (
    AloneOption,
    ByOption,
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
    TopOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw, show, top_rows
from corpus_tools.errors import AnalysisError

if TYPE_CHECKING:
    import pandas as pd


slogans = typer.Typer(no_args_is_help=True, help="Count slogans (提法), find them, follow them through the years.")
app.add_typer(slogans, name="slogans")

SlogansArgument = Annotated[list[str] | None, typer.Argument(metavar="[SLOGANS]...", help="Only these slogans.")]
SloganOption = Annotated[str | None, typer.Option("--slogan", help="Only pairs with this slogan.")]
RowsOption = Annotated[int, typer.Option("--top", min=1, help="Rows to show.")]
LeastOption = Annotated[int, typer.Option("--min-documents", min=1, help="Documents that must hold what is shown.")]
FewestOption = Annotated[
    int, typer.Option("--min-n", min=1, help="Documents that a year must have for peak and tiers.")
]


@slogans.command()
def count(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    top: TopOption = 30,
    match: MatchOption = Match.longest,
    seed: SeedOption = 0,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Count slogans: hits by longest match, documents, and hits per 10,000 Chinese characters, with 95 % intervals."""
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot, by)
    corpus, chosen, groups = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone), listed("--by", by)
    frame = analysis.count(corpus, by=groups, match=match.value, lexicon=chosen, seed=seed)
    frame = top_rows(frame, by=groups, column="count" if match is Match.longest else "count_all", top=top)
    show(frame, format)
    draw("bars", plot, frame, size=plot_size, top=top)


@slogans.command()
def hits(
    out: CorpusArgument,
    slogan: Annotated[str, typer.Argument(help="A slogan of the lexicon, or any other wording.")],
    *,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Show every place of a slogan: document, section, tense, offsets in the clean text, and the words around."""
    from corpus_tools.analysis import slogans as analysis

    chosen = lexicon_of(lexicon, alone=alone)
    show(analysis.hits(load_corpus(out, where, notes=notes), slogan, match=match.value, lexicon=chosen), format)


@slogans.command()
def discover(
    out: CorpusArgument,
    *,
    top: RowsOption = 100,
    min_documents: LeastOption = 1,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Find what may be a slogan: quoted, with numerals, in parallel, named, or returning across documents."""
    from corpus_tools.analysis import slogans as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    show(analysis.discover(corpus, top=top, min_documents=min_documents, lexicon=chosen), format)


@slogans.command()
def course(
    out: CorpusArgument,
    names: SlogansArgument = None,
    *,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    min_n: FewestOption = 1,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Follow slogans from year to year: shares with intervals, tiers, bursts. --plot draws a heat map of named slogans."""
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = _only(analysis.course(corpus, lexicon=chosen, min_n=min_n, seed=seed), names)
    show(frame, format)
    draw("heatmap", plot, frame, size=plot_size)


@slogans.command()
def lifecycle(
    out: CorpusArgument,
    names: SlogansArgument = None,
    *,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    min_n: FewestOption = 1,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """The life of each slogan: first and last year, official year, peak, half-life, bursts, tier."""
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = _only(analysis.lifecycle(corpus, lexicon=chosen, min_n=min_n), names)
    show(frame, format)
    draw("lifecycle", plot, frame, size=plot_size)


@slogans.command()
def diffusion(
    out: CorpusArgument,
    names: SlogansArgument = None,
    *,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """The year in which each slogan reaches each level, and how long after its official year."""
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot)
    frame = analysis.diffusion(load_corpus(out, where, notes=notes), lexicon=lexicon_of(lexicon, alone=alone))
    frame = _only(frame, names)
    show(frame, format)
    draw("staircase", plot, frame, size=plot_size)


@slogans.command()
def adoption(
    out: CorpusArgument,
    names: Annotated[list[str], typer.Argument(metavar="SLOGANS...", help="Slogans of the lexicon.")],
    *,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """How many places have taken up a slogan, year by year, on each level."""
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = analysis.adoption(corpus, names, lexicon=chosen)
    show(frame, format)
    draw("adoption", plot, frame, size=plot_size)


@slogans.command()
def together(
    out: CorpusArgument,
    *,
    slogan: SloganOption = None,
    within: Annotated[str, typer.Option(help="paragraph or sentence.")] = "paragraph",
    min_documents: LeastOption = 5,
    top: RowsOption = 50,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Which slogans stand together in a paragraph, tested over documents."""
    from corpus_tools.analysis import slogans as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = analysis.together(corpus, slogan=slogan, within=within, min_documents=min_documents, lexicon=chosen)
    show(frame.head(top), format)


@slogans.command()
def replacements(
    out: CorpusArgument,
    *,
    slogan: SloganOption = None,
    min_documents: LeastOption = 5,
    top: RowsOption = 50,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
) -> None:
    """Pairs of which one rises as the other falls, in the same slot: candidates to read, not findings."""
    from corpus_tools.analysis import slogans as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = analysis.replacements(corpus, slogan=slogan, min_documents=min_documents, lexicon=chosen, seed=seed)
    show(frame.head(top), format)


@slogans.command("lexicon")
def show_lexicon(
    *, lexicon: LexiconOption = None, alone: AloneOption = False, format: FormatOption = Format.table
) -> None:
    """Show the slogans that are looked for, with their variants, years and conditions."""
    from corpus_tools.analysis import slogans as analysis

    show(analysis.lexicon(lexicon, shipped=not alone), format)


@slogans.command()
def add(
    slogan: Annotated[str, typer.Argument(help="The wording; of one of several readings with a gloss in 〔〕.")],
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="Your CSV; it is made where it is missing.")] = Path(
        "slogans.csv"
    ),
    variants: Annotated[str, typer.Option(help="Other exact wordings, | between.")] = "",
    category: Annotated[str, typer.Option(help="Such as economy, culture, S&T.")] = "other",
    year: Annotated[str, typer.Option(help="Year of introduction.")] = "",
    occasion: Annotated[str, typer.Option(help="Where it was introduced.")] = "",
    confidence: Annotated[str, typer.Option(help="high, medium or low.")] = "medium",
    source: Annotated[str, typer.Option(help="How the year is known.")] = "",
    years: Annotated[str, typer.Option(help="Only in reports of these years: 2021-, 1998-2008.")] = "",
    places: Annotated[str, typer.Option(help="Only in reports of these places, | between.")] = "",
    near: Annotated[str, typer.Option(help="Only near one of these words, | between.")] = "",
    not_after: Annotated[str, typer.Option(help="Never directly after these, | between.")] = "",
    not_before: Annotated[str, typer.Option(help="Never directly before these, | between.")] = "",
) -> None:
    """Append a slogan to your own CSV, checked against the shipped ones."""
    given = {name: value for name, value in locals().items() if name != "to"}
    from corpus_tools.analysis import slogans as analysis

    analysis.add(given, to)
    say(f"{to}: {slogan} added")


def _only(frame: pd.DataFrame, names: list[str] | None) -> pd.DataFrame:
    """The rows of these slogans; AnalysisError for one that has none."""
    if not names:
        return frame
    if missing := [name for name in names if name not in set(frame["slogan"])]:
        raise AnalysisError(f"no document of known year holds {missing[0]!r}; slogans are named as in the lexicon")
    return frame[frame["slogan"].isin(names)].reset_index(drop=True)
