"""Verbs that ask a corpus: keywords, topics, trends, coverage, report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.options import (
    ByOption,
    CorpusArgument,
    Format,
    FormatOption,
    Language,
    LengthOption,
    NotesOption,
    PatternOption,
    PlotOption,
    PosOption,
    StopwordsOption,
    TopOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw_bars, save_picture, show
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    from corpus_tools.analysis.words import WordFilter


@app.command()
def keywords(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    top: TopOption = 30,
    max_share: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out words in more of the documents than this.")
    ] = 1.0,
    stopwords: StopwordsOption = None,
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
) -> None:
    """Keywords by TF-IDF, of the whole corpus or of each group."""
    from corpus_tools.analysis import keywords as analysis

    check_picture(plot, by)
    words = _words(stopwords, length, pos, pattern)
    corpus = load_corpus(out, where, notes=notes)
    least = min(2, len(corpus))
    frame = analysis.tfidf(corpus, by=by, top=top, min_documents=least, max_share=max_share, words=words)
    show(frame, format)
    draw_bars(frame, plot)


@app.command()
def topics(
    out: CorpusArgument,
    *,
    k: Annotated[int, typer.Option("-k", help="Number of topics.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the randomised start.")] = 0,
    by: ByOption = None,
    stopwords: StopwordsOption = None,
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Topics of paragraphs (NMF on TF-IDF): the terms of each, or with --by each topic's share in every group."""
    from corpus_tools.analysis import topics as analysis

    words = _words(stopwords, length, pos, pattern)
    found = analysis.fit(load_corpus(out, where, notes=notes), k=k, seed=seed, words=words)
    show(found.by(by) if by else found.terms, format)


@app.command()
def trends(
    out: CorpusArgument,
    terms: Annotated[list[str], typer.Argument(metavar="TERMS...", help="Words or slogans.")],
    *,
    by: Annotated[str, typer.Option(help="A column of documents.")] = "year",
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the bootstrap.")] = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
) -> None:
    """Rates of terms over years per 10,000 Chinese characters, with 95 % intervals by document bootstrap."""
    from corpus_tools.analysis import trends as analysis

    check_picture(plot, None if by == "year" else by)
    frame = analysis.rate(load_corpus(out, where, notes=notes), terms, by=by, seed=seed)
    show(frame, format)
    if plot:
        from corpus_tools.plot import trend

        save_picture(trend(frame), plot)


@app.command()
def coverage(
    out: CorpusArgument,
    *,
    by: Annotated[
        str | None,
        typer.Option(metavar="COLUMNS", help="Columns of documents, with commas between; default: the usual ones."),
    ] = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Documents and characters of every year, kind, body and place of a corpus, and how many are unknown."""
    from corpus_tools.corpus.describe import COVERED
    from corpus_tools.corpus.describe import coverage as count

    show(count(load_corpus(out, where, notes=notes), by=_listed("--by", by) or COVERED), format)


@app.command()
def report(
    out: CorpusArgument,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The page to write.")] = Path("report.html"),
    lang: Annotated[Language, typer.Option(help="Language of the labels.")] = Language.zh,
    where: WhereOption = None,
    notes: NotesOption = False,
) -> None:
    """Write one HTML page that needs no network: coverage, removals, slogans, keywords, topics, trends."""
    from corpus_tools.pages import report as write

    say(f"report: {write(load_corpus(out, where, notes=notes), to, lang=lang.value)}")


def _words(stopwords: str | None, length: int, pos: str | None, pattern: str | None) -> WordFilter:
    """Which words are counted, as the options say."""
    from corpus_tools.analysis.words import WordFilter

    layers = () if stopwords == "none" else _listed("--stopwords", stopwords)
    return WordFilter(stopwords=layers, length=length, pos=_listed("--pos", pos), pattern=pattern)


def _listed(option: str, text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not parts:
        raise ConfigError(f"{option} {text!r}: names nothing")
    return parts
