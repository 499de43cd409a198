"""Verbs about themes: ``corpus-tools themes count OUT``, and what can be asked of their dictionary."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import lexicon_of, listed, themes_of
from corpus_tools.cli.options import (
    AloneOption,
    ByOption,
    CorpusArgument,
    Format,
    FormatOption,
    LexiconOption,
    NotesOption,
    PlotOption,
    PlotSize,
    PlotSizeOption,
    SeedOption,
    ThemesOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw, show
from corpus_tools.errors import ConfigError

themes = typer.Typer(
    no_args_is_help=True, help="Count themes by dictionaries, and say what the dictionaries are worth."
)
app.add_typer(themes, name="themes")

LINES = 6  # themes that one picture can hold apart; more get a panel each


class Within(StrEnum):
    """What holds a theme."""

    paragraph = "paragraph"
    sentence = "sentence"


class Measure(StrEnum):
    """What is said of a year."""

    share_paragraphs = "share_paragraphs"
    share = "share"
    rate = "rate"


class Unit(StrEnum):
    """What may be missed."""

    word = "word"
    slogan = "slogan"


WithinOption = Annotated[Within, typer.Option(help="What holds a theme: a paragraph, or a sentence.")]


@themes.command()
def dictionary(*, which: ThemesOption = "general", format: FormatOption = Format.table) -> None:
    """Show what a dictionary holds: themes, terms, weights, exclusions, and the reasons of what is not plain."""
    from corpus_tools.analysis import themes as analysis

    show(analysis.dictionary(themes_of(which)), format)


@themes.command()
def count(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    by: ByOption = None,
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Count themes: hits, documents, paragraphs that hold them, rates, with 95 % intervals. --plot draws rates as bars."""
    from corpus_tools.analysis import themes as analysis

    check_picture(plot, by)
    corpus, groups = load_corpus(out, where, notes=notes), listed("--by", by)
    frame = analysis.count(corpus, themes=themes_of(which), by=groups, within=within.value, seed=seed)
    show(frame, format)
    draw("bars", plot, frame, size=plot_size, value="per_10k", top=len(frame))


@themes.command()
def trend(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    by: Annotated[str, typer.Option(metavar="COLUMNS", help="Columns of documents, with commas between.")] = "year",
    measure: Annotated[
        Measure, typer.Option(help="Share of paragraphs or of documents that hold it, or hits per 10,000 characters.")
    ] = Measure.share_paragraphs,
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """Themes over the years, with 95 % intervals. --plot draws lines, more than six themes in panels."""
    from corpus_tools.analysis import themes as analysis

    groups = listed("--by", by) or ()
    check_picture(plot, None if groups == ("year",) else by)
    corpus = load_corpus(out, where, notes=notes)
    frame = analysis.trend(corpus, themes_of(which), by=groups, measure=measure.value, within=within.value, seed=seed)
    show(frame, format)
    chart = "small_multiples" if frame["theme"].nunique() > LINES else "trend"
    draw(chart, plot, frame, size=plot_size, value=measure.value)


@themes.command()
def documents(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    measure: Annotated[str, typer.Option(help="count (weighted hits) or share_paragraphs.")] = "count",
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Numbers of each document, one column a theme."""
    from corpus_tools.analysis import themes as analysis

    corpus = load_corpus(out, where, notes=notes)
    frame = analysis.documents(corpus, themes=themes_of(which), measure=measure, within=within.value)
    show(frame.reset_index(), format)


@themes.command()
def coverage(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    by: ByOption = None,
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """How much of the corpus each theme touches, each alone, and any of them."""
    from corpus_tools.analysis import themes as analysis

    corpus, groups = load_corpus(out, where, notes=notes), listed("--by", by)
    show(analysis.coverage(corpus, themes=themes_of(which), by=groups, within=within.value), format)


@themes.command()
def missed(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    unit: Annotated[Unit, typer.Option(help="Content words, or slogans of the lexicon.")] = Unit.word,
    min_documents: Annotated[int, typer.Option("--min-documents", min=1, help="Documents that must say it.")] = 2,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows to show.")] = 50,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Words or slogans of the paragraphs that no theme touches: what to think of adding."""
    from corpus_tools.analysis import themes as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = analysis.missed(
        corpus, themes=themes_of(which), unit=unit.value, min_documents=min_documents, top=top, lexicon=chosen
    )
    show(frame, format)


@themes.command()
def overlap(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    within: WithinOption = Within.paragraph,
    top: Annotated[int, typer.Option("--top", min=1, help="Rows to show.")] = 50,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Pairs of themes: paragraphs that hold both, words that count for both, terms that stand in both."""
    from corpus_tools.analysis import themes as analysis

    corpus = load_corpus(out, where, notes=notes)
    show(analysis.overlap(corpus, themes=themes_of(which), within=within.value).head(top), format)


@themes.command()
def terms(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """What each term does for its theme: hits, first year, share of the theme, how often it stands beside its other terms."""
    from corpus_tools.analysis import themes as analysis

    corpus = load_corpus(out, where, notes=notes)
    show(analysis.terms(corpus, themes=themes_of(which), within=within.value), format)


@themes.command()
def sample(
    out: CorpusArgument,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The sheet for coders (CSV).")] = Path("sheet.csv"),
    key: Annotated[Path, typer.Option(metavar="FILE", help="What coders must not see (CSV).")] = Path("key.csv"),
    which: ThemesOption = "general",
    n: Annotated[int, typer.Option("-n", min=2, help="Paragraphs a theme.")] = 50,
    coders: Annotated[int, typer.Option(min=1, help="Blank columns for codes.")] = 2,
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
) -> None:
    """Draw paragraphs to be coded by hand, half of them such as the dictionary finds, and write sheet and key."""
    from corpus_tools.analysis import themes as analysis

    _check_new(to, key)
    corpus = load_corpus(out, where, notes=notes)
    drawn = analysis.sample(corpus, themes=themes_of(which), n=n, coders=coders, within=within.value, seed=seed)
    for frame, file in zip(drawn, (to, key), strict=True):
        # With its mark spreadsheets know it for UTF-8.
        frame.to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")
    say(f"{to}: {len(drawn.sheet)} items to code; {key}: what the dictionary says of them")


def _check_new(sheet: Path, key: Path) -> None:
    """ConfigError for files that cannot be written, or are there: codes of hours may stand in them."""
    if sheet == key:
        raise ConfigError(f"--to and --key are both {sheet}: sheet and key are two files")
    for option, file in (("--to", sheet), ("--key", key)):
        if file.exists():
            raise ConfigError(f"{option} {file}: is there already, perhaps with codes in it; name another file")
        if not file.parent.is_dir():
            raise ConfigError(f"{option} {file}: there is no folder {file.parent}")


@themes.command()
def agreement(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="A sheet of sample with codes written into it.")],
    *,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Its key; without it only coders are compared.")
    ] = None,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
) -> None:
    """Compare coders with each other, and the dictionary with them: kappa, precision, recall, with 95 % intervals."""
    from corpus_tools.analysis import themes as analysis

    show(analysis.agreement(sheet, key, seed=seed), format)
