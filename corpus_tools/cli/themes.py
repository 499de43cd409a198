"""Verbs about themes: ``corpus-tools themes count OUT``, and what can be asked of their dictionary."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import lexicon_of, listed, themes_of
from corpus_tools.cli.help import OUTPUT, Verbs, verb
from corpus_tools.cli.options import (
    AloneOption,
    ByOption,
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
    ThemesOption,
    WhereOption,
    Within,
)
from corpus_tools.cli.output import check_picture, draw, show
from corpus_tools.errors import ConfigError

themes = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="Count themes by dictionaries, and say what the dictionaries are worth."
)
app.add_typer(themes, name="themes")

LINES = 6  # themes that one picture can hold apart; more get a panel each


class Measure(StrEnum):
    """What is said of a year."""

    share_paragraphs = "share_paragraphs"
    share = "share"
    rate = "rate"


class Number(StrEnum):
    """What is said of a document."""

    hits = "count"
    share_paragraphs = "share_paragraphs"


class Unit(StrEnum):
    """What may be missed."""

    word = "word"
    slogan = "slogan"


WithinOption = Annotated[Within, typer.Option(help="What holds a theme: a paragraph, or a sentence.")]


@verb(themes, "themes dictionary --themes 科技,三农")
def dictionary(*, which: ThemesOption = "general", format: FormatOption = Format.table) -> None:
    """Print what a dictionary of themes holds: terms, weights, exclusions, reasons.

    Before you count with it, and to write your own after its pattern.

    Columns: theme, english, term, weight (how much of a hit counts), exclusions (| between: phrases inside
    which it does not count), why (the reason of what is not plain).
    """
    from corpus_tools.analysis import themes as analysis

    show(analysis.dictionary(themes_of(which)), format)


@verb(themes, "themes count processed", "themes count processed --themes 科技,三农,生态 --by level")
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
    lang: LangOption = Language.zh,
) -> None:
    """Count themes by their dictionaries: hits, documents, paragraphs, rates, with 95 % intervals.

    A paragraph holds a theme where the weights of its terms sum to 1.

    Columns: theme, count (weighted hits), hits, documents (with such a paragraph), n (documents in all),
    share_documents (0 to 1), share_low, share_high, paragraphs (that hold it), n_paragraphs, share_paragraphs
    (0 to 1), paragraphs_low, paragraphs_high, per_10k (count per 10,000 Chinese characters), per_10k_low,
    per_10k_high. With --by the group stands first.

    --plot draws rates as bars, without --by.
    """
    from corpus_tools.analysis import themes as analysis

    check_picture(plot, by)
    corpus, groups = load_corpus(out, where, notes=notes), listed("--by", by)
    frame = analysis.count(corpus, themes=themes_of(which), by=groups, within=within.value, seed=seed)
    show(frame, format)
    draw("bars", plot, frame, size=plot_size, lang=lang, value="per_10k", top=len(frame))


@verb(themes, "themes trend processed --themes 科技,三农,生态 --plot themes.png")
def trend(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    by: Annotated[
        str, typer.Option(metavar="COLUMNS", help="Groups: columns of documents, with commas between.")
    ] = "year",
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
    lang: LangOption = Language.zh,
) -> None:
    """Follow themes over the years, with 95 % intervals.

    Years without documents have no row.

    Columns: year (or those of --by), theme, share_paragraphs (0 to 1; or rate or share, as --measure says),
    low, high, count (weighted hits), documents (that hold it), n (documents of the year).

    --plot draws lines, more than six themes in panels.
    """
    from corpus_tools.analysis import themes as analysis

    groups = listed("--by", by)
    check_picture(plot, None if groups == ("year",) else by)
    corpus = load_corpus(out, where, notes=notes)
    frame = analysis.trend(corpus, themes_of(which), by=groups, measure=measure.value, within=within.value, seed=seed)
    show(frame, format)
    chart = "small_multiples" if frame["theme"].nunique() > LINES else "trend"
    draw(chart, plot, frame, size=plot_size, lang=lang, value=measure.value)


@verb(themes, "themes documents processed --themes 科技,三农 --measure share_paragraphs")
def documents(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    measure: Annotated[
        Number, typer.Option(help="Weighted hits, or the share of the document's paragraphs that hold it.")
    ] = Number.hits,
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Print numbers of each document, one column a theme: for regressions in another program.

    Columns: doc_id, then the names of the themes.
    """
    from corpus_tools.analysis import themes as analysis

    corpus = load_corpus(out, where, notes=notes)
    frame = analysis.documents(corpus, themes=themes_of(which), measure=measure.value, within=within.value)
    show(frame.reset_index(), format)


@verb(themes, "themes coverage processed --themes association")
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
    """Say how much of the corpus each theme touches, each alone, and any of them (任一议题).

    Where little is touched, the dictionary does not fit the corpus: see 'themes missed'.

    Columns: theme, documents, n (documents in all), share_documents (0 to 1), paragraphs (that hold it),
    n_paragraphs, share_paragraphs, share_han (of the Chinese characters), alone (paragraphs that hold no other
    theme). With --by the group stands first.
    """
    from corpus_tools.analysis import themes as analysis

    corpus, groups = load_corpus(out, where, notes=notes), listed("--by", by)
    show(analysis.coverage(corpus, themes=themes_of(which), by=groups, within=within.value), format)


@verb(themes, "themes missed processed --top 20", "themes missed processed --unit slogan")
def missed(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    unit: Annotated[Unit, typer.Option(help="Content words, or slogans of the lexicon.")] = Unit.word,
    min_documents: Annotated[
        int, typer.Option("--min-documents", metavar="N", min=1, help="Documents that must say it.")
    ] = 2,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="Rows to show.")] = 50,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """List words, or slogans, of the paragraphs that no theme touches: what to think of adding.

    Columns: term, documents (that say it), paragraphs (that hold it), untouched (of these, without a theme),
    expected, log_likelihood (below 0: it keeps to themes).
    """
    from corpus_tools.analysis import themes as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = analysis.missed(
        corpus, themes=themes_of(which), unit=unit.value, min_documents=min_documents, top=top, lexicon=chosen
    )
    show(frame, format)


@verb(themes, "themes overlap processed --top 10")
def overlap(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    within: WithinOption = Within.paragraph,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="Rows to show.")] = 50,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """List pairs of themes that share paragraphs, words or terms.

    Where two themes count the same words twice, their trends are not two findings.

    Columns: theme_a, theme_b, paragraphs (with both), paragraphs_a, paragraphs_b, jaccard (both / either, 0 to
    1), npmi (-1 never, 1 always together), places (words that count for both), terms (that stand in both).
    """
    from corpus_tools.analysis import themes as analysis

    corpus = load_corpus(out, where, notes=notes)
    show(analysis.overlap(corpus, themes=themes_of(which), within=within.value).head(top), format)


@verb(themes, "themes terms processed --themes 科技")
def terms(
    out: CorpusArgument,
    *,
    which: ThemesOption = "general",
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Say what each term does for its theme: hits, share, company.

    Look for one term that makes most of a theme, and for lift below 1: the term avoids its theme, so it may
    mean something else.

    Columns: theme, term, weight, count, documents (that have it), first_year, share (of the theme's hits),
    excluded, across (places that do not count: inside an exclusion, across a border of words), n (paragraphs
    with a hit), beside (that hold the theme by other terms too), expected, lift (beside / expected), why.
    """
    from corpus_tools.analysis import themes as analysis

    corpus = load_corpus(out, where, notes=notes)
    show(analysis.terms(corpus, themes=themes_of(which), within=within.value), format)


@verb(themes, "themes sample processed --themes 科技 -n 20")
def sample(
    out: CorpusArgument,
    *,
    to: Annotated[
        Path, typer.Option(metavar="FILE", help="The sheet for coders (CSV).", rich_help_panel=OUTPUT)
    ] = Path("sheet.csv"),
    key: Annotated[
        Path, typer.Option(metavar="FILE", help="What coders must not see (CSV).", rich_help_panel=OUTPUT)
    ] = Path("key.csv"),
    which: ThemesOption = "general",
    n: Annotated[int, typer.Option("-n", metavar="N", min=2, help="Paragraphs of each theme.")] = 50,
    coders: Annotated[int, typer.Option(metavar="N", min=1, help="Coders: so many blank columns.")] = 2,
    within: WithinOption = Within.paragraph,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
) -> None:
    """Draw paragraphs to be coded by hand, and write a sheet for coders and a key.

    Half of them hold the theme as the dictionary says, half do not. Coders write 1 or 0 into the sheet, without
    seeing the key; then 'themes agreement SHEET --key KEY' says what the dictionary is worth. Files that are
    there are never overwritten.

    Columns of the sheet: item, theme, text, coder_1, coder_2, … Columns of the key: item, theme, doc_id,
    paragraph, piece, verdict, population, drawn.
    """
    from corpus_tools.analysis import themes as analysis
    from corpus_tools.exports.cells import safe

    _check_new(to, key)
    corpus = load_corpus(out, where, notes=notes)
    drawn = analysis.sample(corpus, themes=themes_of(which), n=n, coders=coders, within=within.value, seed=seed)
    sheet = drawn.sheet.assign(text=drawn.sheet["text"].map(safe))  # a paragraph is no formula
    for frame, file in zip((sheet, drawn.key), (to, key), strict=True):
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


@verb(themes, "themes agreement coded.csv --key key.csv")
def agreement(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="A sheet of sample with codes written into it.")],
    *,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Its key; without it only coders are compared.")
    ] = None,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
) -> None:
    """Compare coders with each other, and the dictionary with them, with 95 % intervals.

    SHEET and KEY are those of 'themes sample', the sheet with codes in it.

    Columns: theme, a, b (who is compared), n (items coded by both), agreement (share, 0 to 1), agreement_low,
    agreement_high, kappa (Cohen's), kappa_low, kappa_high, precision, precision_low, precision_high, recall,
    recall_low, recall_high (of the dictionary, the coder being the truth).
    """
    from corpus_tools.analysis import themes as analysis

    show(analysis.agreement(sheet, key, seed=seed), format)
