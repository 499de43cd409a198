"""Verbs about words in their company: ``corpus-tools kwic OUT QUERY``, ``collocations around OUT NODE``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import lexicon_of, listed, words_of
from corpus_tools.cli.help import Verbs, verb
from corpus_tools.cli.options import (
    AloneOption,
    ByOption,
    CorpusArgument,
    Format,
    FormatOption,
    LangOption,
    Language,
    LengthOption,
    LexiconOption,
    Match,
    MatchOption,
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
    Within,
)
from corpus_tools.cli.output import check_picture, draw, show, top_rows
from corpus_tools.errors import ConfigError


class Kind(StrEnum):
    """What a query is."""

    word = "word"
    phrase = "phrase"
    slogan = "slogan"
    regex = "regex"
    pattern = "pattern"


collocations = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="Which words stand near a word, and which stand together."
)
app.add_typer(collocations, name="collocations")

SHOWN = (
    "collocate", "count", "count_collocate", "documents", "log_dice", "log_dice_low", "log_dice_high", "mi", "g2",
    "delta_p_from", "delta_p_to", "left", "right", "q_value",
)  # fmt: skip
KindOption = Annotated[
    Kind | None,
    typer.Option(help="What the query is; default: a slogan where the lexicon has it, else a phrase."),
]
CountOption = Annotated[
    int, typer.Option("--min-count", metavar="N", min=1, help="Times that what is shown must be counted.")
]
LeastOption = Annotated[
    int, typer.Option("--min-documents", metavar="N", min=1, help="Documents that must hold what is shown.")
]


@verb(app, "kwic processed 科普 --sort right --sample 20", "kwic processed '推动|促进 发展' --kind pattern")
def kwic(
    out: CorpusArgument,
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help="What to look for: a slogan or wording, or as --kind says.")
    ],
    *,
    kind: KindOption = None,
    width: Annotated[int, typer.Option(metavar="N", min=0, help="Characters on either side.")] = 30,
    sort: Annotated[
        str,
        typer.Option(
            metavar="ORDERS",
            help="Order of rows: document, year, left, right (letters beside the place), node; several with commas between.",
        ),
    ] = "document",
    sample: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Only so many places, drawn at random.")
    ] = None,
    seed: SeedOption = 0,
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
    """Show every place of a word, phrase, slogan or pattern in its context.

    To read what a number counts. QUERY is a slogan where the lexicon has it, else an exact wording; --kind says
    otherwise: word (one word of the corpus), regex, or pattern (words with gaps: '坚持 *{0,3} 领导', '/v 发展',
    '*主义').

    --format csv and json have the columns: hit (number of the place), doc_id, year, place, title, section,
    tense, paragraph (from 0), start, end (characters of the clean text), raw_start, raw_end (of the raw text),
    left, node, right, position (in its document, 0 to 1). The table is made for reading: hit, year, title, and
    the line.

    --plot draws where in its documents the query stands.
    """
    from corpus_tools.analysis.concordance import kwic as analysis

    check_picture(plot)
    frame = analysis(
        load_corpus(out, where, notes=notes),
        query,
        kind=kind.value if kind else None,
        width=width,
        sort=listed("--sort", sort) or "document",
        sample=sample,
        seed=seed,
        match=match.value,
        lexicon=lexicon_of(lexicon, alone=alone),
    )
    if format is Format.table:
        from corpus_tools.cli.terminal import concordance

        typer.echo(concordance(frame), nl=False)
    else:
        show(frame, format)
    say(f"{frame.attrs['hits']:,} places of a {frame.attrs['kind']} in {frame.attrs['documents']:,} documents")
    draw("dispersion", plot, frame, size=plot_size, lang=lang)


@verb(
    collocations,
    "collocations around processed 科普 --top 15",
    "collocations around processed 四个意识 --window sentence --min-documents 5",
)
def around(
    out: CorpusArgument,
    node: Annotated[
        str,
        typer.Argument(metavar="NODE", help="The word whose company is asked: a slogan or wording, or as --kind says."),
    ],
    *,
    kind: KindOption = None,
    window: Annotated[
        str,
        typer.Option(metavar="N|paragraph|sentence", help="So many words on either side, or all that holds the node."),
    ] = "5",
    by: ByOption = None,
    top: TopOption = 50,
    min_count: CountOption = 5,
    min_documents: LeastOption = 3,
    stopwords: StopwordsOption = "all",
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
    lang: LangOption = Language.zh,
) -> None:
    """List the words that stand near a word, with measures, intervals and a test over documents.

    For the company a word keeps. NODE is any query of 'kwic'. Read log_dice for strength (14: always together;
    comparable between corpora), q_value for whether chance explains it: below .05, one document being one
    observation.

    Columns: collocate, count (its places in windows), count_node, count_collocate (all its places), expected,
    documents (that hold it in a window), log_dice, log_dice_low, log_dice_high (95 % interval), mi, t, g2,
    delta_p_from, delta_p_to, left, right (places on that side), documents_above, documents_expected, p_value,
    q_value. The table leaves out some; csv and json have all. With --by the group stands first.

    --plot draws log_dice as bars.
    """
    from corpus_tools.analysis import collocations as analysis

    check_picture(plot, by)
    groups = listed("--by", by)
    frame = analysis.around(
        load_corpus(out, where, notes=notes),
        node,
        window=_window(window),
        kind=kind.value if kind else None,
        by=groups,
        min_count=min_count,
        min_documents=min_documents,
        words=words_of(stopwords, length, pos, pattern),
        lexicon=lexicon_of(lexicon, alone=alone),
    )
    frame = top_rows(frame, by=groups, top=top)
    # A terminal has no room for all columns; csv and json have them.
    show(frame[[*(groups or ()), *SHOWN]] if format is Format.table else frame, format)
    draw(
        "bars", plot, frame.rename(columns={"collocate": "term"}), size=plot_size, lang=lang, value="log_dice", top=top
    )


def _window(text: str) -> int | str:
    if text in tuple(Within):
        return text
    if not text.isdecimal():
        raise ConfigError(f"--window {text}: write a number of words, {' or '.join(Within)}")
    return int(text)


@verb(
    collocations,
    "collocations network processed --top 40 --edges 30",
    "collocations network processed 创新 人才 科技 产业 -f csv",
)
def network(
    out: CorpusArgument,
    terms: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="Only these words.")] = None,
    *,
    within: Annotated[Within, typer.Option(help="Where words stand together.")] = Within.paragraph,
    top: Annotated[int, typer.Option(metavar="N", min=2, help="Without WORDS: so many, those in most documents.")] = 60,
    edges: Annotated[int, typer.Option(metavar="N", min=1, help="Pairs to show and draw, the strongest.")] = 80,
    min_count: CountOption = 5,
    min_documents: LeastOption = 3,
    stopwords: StopwordsOption = "all",
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
    lang: LangOption = Language.zh,
) -> None:
    """List pairs of words that stand together in paragraphs: the edges of a network.

    For maps of a vocabulary; as csv for Gephi. WORDS are those to look at; without them the words in most
    documents.

    Columns: source, target, count (paragraphs with both), count_source, count_target, expected, documents (with
    such a paragraph), log_dice, log_dice_low, log_dice_high (95 % interval), mi, t, g2, delta_p_from,
    delta_p_to.

    --plot draws the network (needs the extra pictures: pip install '.[pictures]').
    """
    from corpus_tools.analysis import collocations as analysis

    check_picture(plot)
    frame = analysis.network(
        load_corpus(out, where, notes=notes),
        terms or None,
        within=within.value,
        top=top,
        min_count=min_count,
        min_documents=min_documents,
        words=words_of(stopwords, length, pos, pattern),
    ).head(edges)
    show(frame, format)
    draw("network", plot, frame, size=plot_size, lang=lang)
