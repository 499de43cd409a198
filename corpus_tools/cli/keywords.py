"""Verbs about words: ``corpus-tools keywords tfidf OUT``, and how else words are weighed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli.app import app, load_corpus, say
from corpus_tools.cli.choices import listed, words_of
from corpus_tools.cli.help import Verbs, verb
from corpus_tools.cli.options import (
    ByOption,
    CorpusArgument,
    Format,
    FormatOption,
    LangOption,
    Language,
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


keywords = typer.Typer(cls=Verbs, no_args_is_help=True, help="Words that mark out documents, or groups of them.")
app.add_typer(keywords, name="keywords")

# What a terminal has room for; csv and json have every column.
SHOWN = [
    "term", "count", "count_reference", "per_10k", "per_10k_reference", "documents", "documents_reference", "log_ratio", "lrc",
    "p_value", "q_value",
]  # fmt: skip

CELLS = 60  # words of a picture: more cannot be read
UNEVEN = 2  # length_ratio from which on Mann-Whitney flags more rare words than it should (docs/keywords.md)

SequenceOption = Annotated[
    int, typer.Option("-n", metavar="N", help="Words of a sequence: 1 for words, 2 to 5 for sequences.")
]
LeastOption = Annotated[
    int, typer.Option("--min-documents", metavar="N", min=1, help="Documents that must hold a term.")
]
CommonOption = Annotated[
    float,
    typer.Option(
        metavar="X", min=0.0, max=1.0, help="Leave out words in more than this share of the documents, 0 to 1."
    ),
]


@verb(
    keywords,
    "keywords frequencies processed --by year --top 5",
    "keywords frequencies processed -n 2 --pos n,v --stopwords 'function words'",
)
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
    lang: LangOption = Language.zh,
) -> None:
    """Count words, or sequences of words, with rates and how evenly they spread.

    For a plain frequency list, of the whole corpus or of groups. Punctuation is not counted; all other words
    are, unless the options below leave some out.

    Columns: term, count, documents (that hold it), n (documents in all), per_10k (hits per 10,000 Chinese
    characters), per_10k_low, per_10k_high (95 % interval over documents), dp_norm (0 even, 1 all in one
    document), juilland_d (1 even, 0 all in one document). With --by the group stands first.

    --plot draws bars, without --by.
    """
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
    draw("bars", plot, frame, size=plot_size, lang=lang, top=top)


@verb(keywords, "keywords tfidf processed --by doc_id --top 3", "keywords tfidf processed --max-share 0.5")
def tfidf(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    n: SequenceOption = 1,
    top: TopOption = 30,
    min_documents: Annotated[
        int | None,
        typer.Option("--min-documents", metavar="N", min=1, help="Documents that must hold a term; default: 2."),
    ] = None,
    max_share: CommonOption = 1.0,
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
    """Rank words by TF-IDF: frequent in some documents, rare in others.

    With --by doc_id the keywords of each report; with --by year those of each year. An upper limit keeps the
    commonest words of the genre away, which the score alone does not: --max-share 0.5. For differences that are
    tested take 'keywords keyness'.

    Columns: term, score (0 to 1), count, documents (that hold it), n (documents of the group). With --by the
    group stands first.

    --plot draws bars, without --by.
    """
    from corpus_tools.analysis import keywords as analysis

    check_picture(plot, by)
    words, corpus = words_of(stopwords, length, pos, pattern), load_corpus(out, where, notes=notes)
    # A corpus of one document has words too.
    least = min_documents or min(2, len(corpus))
    groups = listed("--by", by)
    frame = analysis.tfidf(corpus, by=groups, n=n, top=top, min_documents=least, max_share=max_share, words=words)
    show(frame, format)
    draw("bars", plot, frame, size=plot_size, lang=lang, top=top)


@verb(keywords, "keywords textrank processed --top 3 --where year=2024:")
def textrank(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    top: TopOption = 20,
    window: Annotated[int, typer.Option(metavar="N", min=2, help="Words within which two words keep company.")] = 5,
    stopwords: StopwordsOption = "all",
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Rank the words of each document by TextRank, or with --by of each group.

    Follows how often a word is said in this text; what marks it out among others tells 'keywords tfidf'.

    Columns: doc_id (or those of --by), term, score (all of a document's make 1), count, rank (from 1).
    """
    from corpus_tools.analysis import keywords as analysis

    words, corpus = words_of(stopwords, length, pos, pattern), load_corpus(out, where, notes=notes)
    show(analysis.textrank(corpus, by=listed("--by", by), top=top, window=window, words=words), format)


@verb(
    keywords,
    "keywords keyness processed --by organisation --top 5",
    "keywords keyness processed --where level=city --reference-where level=province",
)
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
        typer.Option(
            metavar="CONDITION",
            help="The reference is these documents of OUT, or of the corpus of --reference; written as --where.",
        ),
    ] = None,
    n: SequenceOption = 1,
    top: TopOption = 20,
    negative: Annotated[bool, typer.Option("--negative", help="Show what the group says least, not most.")] = False,
    min_documents: LeastOption = 3,
    test: Annotated[
        Test,
        typer.Option(help="How documents are compared; permutation where lengths differ much (length_ratio above 2)."),
    ] = Test.mann_whitney,
    stopwords: StopwordsOption = "all",
    length: LengthOption = 2,
    pos: PosOption = None,
    pattern: PatternOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
    lang: LangOption = Language.zh,
) -> None:
    """Find what a group says more often than the others, or than a reference, tested over documents.

    Give --by (each group against all others), --reference (another corpus, or a frequency list) or
    --reference-where. Read lrc: by how much at least, as a binary logarithm (1: twice as often), 0 where
    nothing is certain; and q_value: below .05, chance does not explain it. Terms with the greatest lrc come
    first.

    Columns: term, count, count_reference, per_10k, per_10k_reference (hits per 10,000 Chinese characters),
    documents, documents_reference (that hold it), n, n_reference, length_ratio (how many times as long the
    documents are), log_ratio, log_ratio_low, log_ratio_high (95 % interval), lrc, g2, bic, p_value, q_value,
    range, dp_norm, juilland_d. The table leaves out some; csv and json have all. With --by the group stands
    first.

    --plot draws both rates of each word, or with --by a heat map of the words shown (by year only).
    """
    from corpus_tools.analysis import keywords as analysis

    groups, words = listed("--by", by), words_of(stopwords, length, pos, pattern)
    if not (groups or reference or reference_where):
        raise ConfigError("nothing to compare with: give --by year, --reference PATH or --reference-where COLUMN=VALUE")
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
        draw("heatmap", plot, frame[frame["term"].isin(leading)], size=plot_size, lang=lang, value="log_ratio")
    else:
        draw("keyness", plot, frame, size=plot_size, lang=lang, top=min(top, CELLS // 2))


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
