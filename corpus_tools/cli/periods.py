"""The verb that finds topics period by period: ``corpus-tools topics periods OUT``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from corpus_tools.cli.app import load_corpus, say
from corpus_tools.cli.choices import words_of
from corpus_tools.cli.help import OUTPUT, verb
from corpus_tools.cli.options import (
    CorpusArgument,
    Format,
    FormatOption,
    LengthOption,
    NotesOption,
    PatternOption,
    PosOption,
    StopwordsOption,
    WhereOption,
    YearsOption,
)
from corpus_tools.cli.output import show
from corpus_tools.cli.topics import (
    CourtesiesOption,
    MaxShareOption,
    MinWordsOption,
    ResamplingSeedOption,
    SeedsOption,
    Unit,
    UnitOption,
    numbers,
    topics,
)


class PeriodsTable(StrEnum):
    """What to print of topics of periods."""

    links = "links"
    topics = "topics"
    terms = "terms"
    periods = "periods"


@verb(topics, "topics periods processed -k 3 --width 5 --seeds 1")
def periods(
    out: CorpusArgument,
    *,
    k: Annotated[int, typer.Option("-k", metavar="N", min=2, help="Topics of each period.")] = 10,
    breaks: Annotated[
        str | None,
        typer.Option(metavar="YEARS", help="First year of each period, with commas between: 1978,1992,2012."),
    ] = None,
    width: Annotated[
        int, typer.Option(metavar="N", min=1, help="Years of a period, where no --breaks are given.")
    ] = 10,
    by: YearsOption = "year",
    show_table: Annotated[
        PeriodsTable, typer.Option("--show", help="The table to print.", rich_help_panel=OUTPUT)
    ] = PeriodsTable.links,
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
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Find topics in each period by itself, and what became of them in the next.

    For long corpora, in which topics themselves change. An event is continues, splits, merges, born or dies.

    Columns of links: period, topic, label, next_period, next_topic, next_label, similarity (0 to 1), event,
    steady. Of topics: period, topic, line, label, share, documents, units, n, stability, note. Of terms:
    period, topic, term, rank, weight. Of periods: period, first, last, documents, units, gap (why it has no
    topics).
    """
    from corpus_tools.analysis import topics as analysis

    found = analysis.periods(
        load_corpus(out, where, notes=notes),
        k=k,
        breaks=None if breaks is None else numbers("--breaks", breaks),
        width=width,
        by=by,
        unit=unit.value,
        seed=seed,
        seeds=seeds,
        words=words_of(stopwords, length, pos, pattern),
        min_words=min_words,
        max_share=max_share,
        courtesies=courtesies,
    )
    show(getattr(found, show_table.value), format)
    for row in found.periods[found.periods["gap"] != ""].itertuples():
        say(f"{row.period} has no topics: {row.gap}")
