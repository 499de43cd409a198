"""Verbs about the years: ``corpus-tools trends rate OUT TERMS``, and what can be asked of the course of a rate."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus
from corpus_tools.cli.options import (
    CorpusArgument,
    Format,
    FormatOption,
    NotesOption,
    PlotOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, save_picture, show

trends = typer.Typer(no_args_is_help=True, help="Rates over the years, their changes, and their differences.")
app.add_typer(trends, name="trends")


@trends.command()
def rate(
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
