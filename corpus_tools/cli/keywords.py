"""Verbs about words: ``corpus-tools keywords tfidf OUT``, and how else words are weighed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import listed, words_of
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
    SeedOption,
    StopwordsOption,
    TopOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw, show, top_rows
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

    from corpus_tools.corpus.corpus import Corpus


class Test(StrEnum):
    """How groups of documents are compared."""

    mann_whitney = "mann-whitney"
    permutation = "permutation"


keywords = typer.Typer(no_args_is_help=True, help="Words that mark out documents, or groups of them.")
app.add_typer(keywords, name="keywords")

# What a terminal has room for; csv and json have every column.
SHOWN = [
    "term", "count", "count_reference", "per_10k", "per_10k_reference", "documents", "documents_reference", "log_ratio", "lrc",
    "p_value", "q_value",
]  # fmt: skip

CELLS = 60  # words of a picture: more cannot be read
UNEVEN = 2  # length_ratio from which on Mann-Whitney flags more rare words than it should (docs/keywords.md)

SequenceOption = Annotated[int, typer.Option("-n", help="Words of a sequence: 1 for words, 2 to 5 for n-grams.")]
LeastOption = Annotated[int, typer.Option("--min-documents", min=1, help="Documents that must hold a term.")]
CommonOption = Annotated[
    float, typer.Option(min=0.0, max=1.0, help="Leave out words in more of the documents than this.")
]


@keywords.command()
def frequencies(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    n: SequenceOption = 1,
    top: TopOption = 30,
    min_documents: LeastOption = 1,
    stopwords: StopwordsOption = "none",
    length: LengthOption = 1,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """How often words, or sequences of words, are said: counts, documents, rates with intervals, spread."""
    from corpus_tools.analysis import keywords as analysis
    from corpus_tools.analysis.words import ANY

    check_picture(plot, by)
    chosen = words_of(stopwords, length, pos, pattern, kinds=ANY.kinds)
    frame = analysis.frequencies(
        load_corpus(out, where, notes=notes),
        by=listed("--by", by),
        n=n,
        words=chosen,
        min_documents=min_documents,
        top=top,
        seed=seed,
    )
    show(frame, format)
    draw("bars", plot, frame, size=plot_size, top=top)


@keywords.command()
def tfidf(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    n: SequenceOption = 1,
    top: TopOption = 30,
    max_share: CommonOption = 1.0,
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
    """Words by TF-IDF, of the whole corpus or of each group; --by doc_id: of each document."""
    from corpus_tools.analysis import keywords as analysis

    check_picture(plot, by)
    words, corpus = words_of(stopwords, length, pos, pattern), load_corpus(out, where, notes=notes)
    least, groups = min(2, len(corpus)), listed("--by", by)
    frame = analysis.tfidf(corpus, by=groups, n=n, top=top, min_documents=least, max_share=max_share, words=words)
    show(frame, format)
    draw("bars", plot, frame, size=plot_size, top=top)


@keywords.command()
def textrank(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    top: TopOption = 20,
    window: Annotated[int, typer.Option(min=2, help="Words within which two words keep company.")] = 5,
    stopwords: StopwordsOption = None,
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Words by TextRank, of each document, or with --by of each group."""
    from corpus_tools.analysis import keywords as analysis

    words, corpus = words_of(stopwords, length, pos, pattern), load_corpus(out, where, notes=notes)
    show(analysis.textrank(corpus, by=listed("--by", by), top=top, window=window, words=words), format)


@keywords.command()
def keyness(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    reference: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="Another corpus folder, or a frequency list: CSV of term,count or lines of both."
        ),
    ] = None,
    reference_where: Annotated[
        list[str] | None,
        typer.Option(help="The reference is these documents of OUT, or of the corpus of --reference; as --where."),
    ] = None,
    n: SequenceOption = 1,
    top: TopOption = 20,
    negative: Annotated[bool, typer.Option("--negative", help="Show what the group says least, not most.")] = False,
    min_documents: LeastOption = 3,
    test: Annotated[Test, typer.Option(help="How documents are compared.")] = Test.mann_whitney,
    stopwords: StopwordsOption = None,
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
) -> None:
    """What a group says more often than the others, or than a reference: effects, and tests over documents.

    --plot draws both rates of each word, or with --by year a heat map of the words shown.
    """
    from corpus_tools.analysis import keywords as analysis

    groups, words = listed("--by", by), words_of(stopwords, length, pos, pattern)
    check_picture(plot, None if groups == ("year",) else by)
    corpus = load_corpus(out, where, notes=notes)
    other = _reference(out, reference, reference_where, notes=notes)
    frame = analysis.keyness(
        corpus, by=groups, reference=other, n=n, words=words, min_documents=min_documents, test=test.value, seed=seed
    )
    ordered = top_rows(frame.iloc[::-1] if negative else frame, by=groups, top=top)
    show(ordered[[*(groups or ()), *SHOWN]] if format is Format.table else ordered, format)
    _tell_of_lengths(frame, test)
    if groups:
        leading = ordered.sort_values("lrc", ascending=negative, kind="stable")["term"].unique()[:CELLS]
        draw("heatmap", plot, frame[frame["term"].isin(leading)], size=plot_size, value="log_ratio")
    else:
        draw("keyness", plot, frame, size=plot_size, top=min(top, CELLS // 2))


def _tell_of_lengths(frame: pd.DataFrame, test: Test) -> None:
    """Say where documents differ so much in length that Mann-Whitney finds too much."""
    ratio = frame["length_ratio"]
    if test is Test.mann_whitney and (uneven := (ratio > UNEVEN) | (ratio < 1 / UNEVEN)).any():
        least, most = ratio[uneven].min(), ratio[uneven].max()
        span = f"{least:.1f}" if f"{least:.1f}" == f"{most:.1f}" else f"{least:.1f} to {most:.1f}"
        say(
            f"documents are {span} times as long as those they are compared with; for rare words use --test permutation"
        )


def _reference(out: Path, path: Path | None, where: list[str] | None, *, notes: bool) -> Corpus | Path | None:
    """A corpus, its documents chosen, or a frequency list."""
    if where or (path is not None and path.is_dir()):
        if path is not None and not path.is_dir():
            raise ConfigError(f"--reference-where: {path} is no corpus folder, it has no documents to choose from")
        return load_corpus(path or out, where, notes=notes)
    return path
