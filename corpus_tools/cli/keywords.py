"""Verbs about words: ``corpus-tools keywords tfidf OUT``, and how else words are weighed."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus
from corpus_tools.cli.choices import words_of
from corpus_tools.cli.options import (
    ByOption,
    CorpusArgument,
    Format,
    FormatOption,
    LengthOption,
    NotesOption,
    PatternOption,
    PlotOption,
    PosOption,
    StopwordsOption,
    TopOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw_bars, show

keywords = typer.Typer(no_args_is_help=True, help="Words that mark out documents, or groups of them.")
app.add_typer(keywords, name="keywords")


@keywords.command()
def tfidf(
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
    words = words_of(stopwords, length, pos, pattern)
    corpus = load_corpus(out, where, notes=notes)
    least = min(2, len(corpus))
    frame = analysis.tfidf(corpus, by=by, top=top, min_documents=least, max_share=max_share, words=words)
    show(frame, format)
    draw_bars(frame, plot)
