"""Verbs about slogans: ``corpus-tools slogans count OUT``, and what else can be asked of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import lexicon_of, listed
from corpus_tools.cli.help import Verbs, verb
from corpus_tools.cli.options import (
    AloneOption,
    ByOption,
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
    TopOption,
    WhereOption,
)
from corpus_tools.cli.output import check_picture, draw, show, top_rows

slogans = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="Count slogans (提法), find them, follow them through the years."
)
app.add_typer(slogans, name="slogans")

RowsOption = Annotated[int, typer.Option("--top", metavar="N", min=1, help="Rows to show.")]
LeastOption = Annotated[
    int, typer.Option("--min-documents", metavar="N", min=1, help="Documents that must hold what is shown.")
]


@verb(slogans, "slogans count processed --by year --top 5", "slogans count processed --where kind=work_report")
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
    lang: LangOption = Language.zh,
) -> None:
    """Count the slogans of the lexicon: hits, documents, and rates with 95 % intervals.

    Longest match: 小康社会 inside 全面建成小康社会 is not counted for itself; --match all does. Variants count for their
    slogan.

    Columns: slogan, count, count_all (inside longer ones too), documents (that hold it), n (documents in all),
    share_documents (0 to 1), share_low, share_high, per_10k (hits per 10,000 Chinese characters), per_10k_low,
    per_10k_high. With --by the group stands first; the table then leaves out rows of count_all 0, but for those of
    your own slogans; csv and json have them. A slogan that stands nowhere in these documents has no row.

    --plot draws rates as bars, without --by.
    """
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot, by)
    corpus, chosen, groups = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone), listed("--by", by)
    frame = analysis.count(corpus, by=groups, match=match.value, lexicon=chosen, seed=seed)
    frame = top_rows(frame, by=groups, column="count" if match is Match.longest else "count_all", top=top)
    own = analysis.lexicon(lexicon, shipped=False)["slogan"] if lexicon else ()
    said = frame[(frame["count_all"] > 0) | frame["slogan"].isin(own)] if format is Format.table else frame
    show(said, format)
    if len(said) < len(frame):
        say(
            f"{len(frame) - len(said):,} rows of count_all 0 are not shown (slogans that other documents hold); "
            "csv and json have them"
        )
    draw("bars", plot, frame, size=plot_size, lang=lang, top=top)


@verb(slogans, "slogans hits processed 四个意识")
def hits(
    out: CorpusArgument,
    slogan: Annotated[str, typer.Argument(metavar="SLOGAN", help="A slogan of the lexicon, or any other wording.")],
    *,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Show every place of a slogan: document, section, tense, offsets, and the words around.

    To read what 'slogans count' counts. SLOGAN is one of the lexicon, or any other wording, which is matched
    exactly.

    Columns: doc_id, section, tense (review, plan, …), start, end (characters of the clean text), found, context
    (30 characters on either side).
    """
    from corpus_tools.analysis import slogans as analysis

    chosen = lexicon_of(lexicon, alone=alone)
    show(analysis.hits(load_corpus(out, where, notes=notes), slogan, match=match.value, lexicon=chosen), format)


@verb(slogans, "slogans discover processed --top 20")
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
    """Find what may be a slogan that no lexicon has: candidates to read, best first.

    Known by how they are written (quoted, with numerals, in parallel, named), and by returning word for word
    across documents. Add what you want to keep with 'slogans add'.

    Columns: candidate, kind (lexicon: known already; quoted, numeral, parallel, coinage), count, documents
    (that hold it), score (0 to 1), local (the only place that uses it), example (the text around its first
    place).
    """
    from corpus_tools.analysis import slogans as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    show(analysis.discover(corpus, top=top, min_documents=min_documents, lexicon=chosen), format)


@verb(slogans, "slogans lexicon -f csv", name="lexicon")
def show_lexicon(
    *, lexicon: LexiconOption = None, alone: AloneOption = False, format: FormatOption = Format.table
) -> None:
    """Print the slogans that are looked for, with their variants, years and conditions.

    As csv it is a file to choose from and to give back with --lexicon FILE --alone.

    Columns: slogan, variants (| between), category, year (of introduction), occasion, confidence (in the year),
    source, years, places, near (where alone it counts), not_after, not_before (beside what it never counts).
    """
    from corpus_tools.analysis import slogans as analysis

    show(analysis.lexicon(lexicon, shipped=not alone), format)


@verb(slogans, "slogans add 云溪新路 --variants 云溪振兴新路 --to mine.csv")
def add(
    slogan: Annotated[
        str, typer.Argument(metavar="SLOGAN", help="The wording; of one of several readings with a gloss in 〔〕.")
    ],
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="Your CSV; it is made where it is missing.")] = Path(
        "slogans.csv"
    ),
    variants: Annotated[str, typer.Option(metavar="WORDINGS", help="Other exact wordings, | between.")] = "",
    category: Annotated[str, typer.Option(metavar="NAME", help="Such as economy, culture, S&T.")] = "other",
    year: Annotated[str, typer.Option(metavar="YEAR", help="Year of introduction.")] = "",
    occasion: Annotated[str, typer.Option(metavar="TEXT", help="Where it was introduced.")] = "",
    confidence: Annotated[str, typer.Option(metavar="high|medium|low", help="How sure the year is.")] = "medium",
    source: Annotated[str, typer.Option(metavar="TEXT", help="How the year is known.")] = "",
    years: Annotated[str, typer.Option(metavar="YEARS", help="Only in reports of these years: 2021-, 1998-2008.")] = "",
    places: Annotated[str, typer.Option(metavar="PLACES", help="Only in reports of these places, | between.")] = "",
    near: Annotated[
        str, typer.Option(metavar="WORDS", help="Only within 100 characters of one of these words, | between.")
    ] = "",
    not_after: Annotated[str, typer.Option(metavar="TEXTS", help="Never directly after these, | between.")] = "",
    not_before: Annotated[str, typer.Option(metavar="TEXTS", help="Never directly before these, | between.")] = "",
) -> None:
    """Append a slogan to your own CSV, checked against the shipped ones.

    Give the file to other verbs with --lexicon. A row of yours replaces the shipped one of the same name, with its
    variants and conditions; that is said. Nothing is written where the row cannot be right; the error says why.
    """
    given = {name: value for name, value in locals().items() if name != "to"}
    from corpus_tools.analysis import slogans as analysis

    analysis.add(given, to)
    say(f"{to}: {slogan} added")
    _tell_of_shipped(slogan)


def _tell_of_shipped(slogan: str) -> None:
    """Say that a shipped slogan was there already: its variants count no more, unless the new row has them."""
    from corpus_tools.analysis import slogans as analysis

    shipped = analysis.lexicon().set_index("slogan")["variants"]
    if slogan in shipped.index:
        variants = f"; its variants were: {shipped[slogan]}" if shipped[slogan] else ""
        say(f"{slogan} is one of the shipped slogans, which are counted without a file; your row replaces it{variants}")
