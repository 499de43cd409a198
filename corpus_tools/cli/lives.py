"""Verbs about the lives of slogans: ``corpus-tools slogans course OUT``, and what they stand beside and give way to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli.app import load_corpus
from corpus_tools.cli.choices import lexicon_of
from corpus_tools.cli.help import verb
from corpus_tools.cli.options import (
    AloneOption,
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
    WhereOption,
    Within,
    YearsOption,
)
from corpus_tools.cli.output import check_picture, draw, show
from corpus_tools.cli.slogans import LeastOption, RowsOption, slogans
from corpus_tools.errors import AnalysisError

if TYPE_CHECKING:
    import pandas as pd

    from corpus_tools.analysis.slogans.lexicon import Lexicon

SlogansArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SLOGANS]...", help="Only these slogans, named as in the lexicon; default: all."),
]
SloganOption = Annotated[str | None, typer.Option("--slogan", metavar="SLOGAN", help="Only pairs with this slogan.")]
FewestOption = Annotated[
    int,
    typer.Option(
        "--min-n", metavar="N", min=1, help="Documents that a year must have to be a peak, and to have a tier."
    ),
]


@verb(slogans, "slogans course processed 新质生产力 脱贫攻坚 --plot course.png")
def course(
    out: CorpusArgument,
    names: SlogansArgument = None,
    *,
    by: YearsOption = "year",
    min_n: FewestOption = 1,
    match: MatchOption = Match.longest,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
    plot_size: PlotSizeOption = PlotSize.screen,
    lang: LangOption = Language.zh,
) -> None:
    """Follow slogans from year to year: shares and rates with 95 % intervals, heat, bursts.

    For tables and heat maps over years. Without SLOGANS every slogan of the corpus. Years without documents
    have no row.

    Columns: year, slogan, count, count_all, documents, n (documents of the year), share_documents (0 to 1),
    share_low, share_high, per_10k (hits per 10,000 Chinese characters), per_10k_low, per_10k_high, tier (how
    hot it is), burst (whether it bursts).

    --plot draws a heat map; name some slogans.
    """
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot, None if by == "year" else by)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    _check_names(names, chosen)
    frame = analysis.course(corpus, by=by, match=match.value, lexicon=chosen, min_n=min_n, seed=seed)
    frame = _only(frame, names)
    show(frame, format)
    draw("heatmap", plot, frame, size=plot_size, lang=lang)


@verb(slogans, "slogans lifecycle processed 新质生产力 脱贫攻坚 四个意识")
def lifecycle(
    out: CorpusArgument,
    names: SlogansArgument = None,
    *,
    by: YearsOption = "year",
    min_n: FewestOption = 1,
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
    """Sum up the life of each slogan: first and last year, peak, half-life, bursts, heat.

    Without SLOGANS every slogan of the corpus. Take one kind of document (--where kind=work_report): shares
    follow what the corpus holds of each year. A single document makes a share of 1: --min-n 3 asks for more.

    Columns: slogan, category, official (year of the lexicon), confidence, after (last year with documents
    before first), first, last, lag (first - official, years), early (before its official year: look at the
    date), years (that hold it), peak (year of the greatest share), peak_share, peak_low, peak_high (95 %
    interval), peak_n (documents of that year), half_life (years), bursts, peak_tier, tier (in the last year),
    tier_n.

    --plot draws a line of life each.
    """
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    _check_names(names, chosen)
    frame = _only(analysis.lifecycle(corpus, by=by, match=match.value, lexicon=chosen, min_n=min_n), names)
    show(frame, format)
    draw("lifecycle", plot, frame, size=plot_size, lang=lang)


@verb(slogans, "slogans diffusion processed 新质生产力 四个意识")
def diffusion(
    out: CorpusArgument,
    names: SlogansArgument = None,
    *,
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
    """Tell in which year each slogan reaches each level, and how long after its official year.

    Levels: national, province, city, county, …, association. Without SLOGANS every slogan of the corpus.

    Columns: slogan, level, official (year of the lexicon), first (year on the level; empty: not seen), after,
    after_n (last year with documents of the level before that, and how many), until (last year with documents),
    documents (that hold it), n, lag, lag_low (first - official, years, and the least that unseen years leave
    open), lag_national, lag_national_low, lag_national_high.

    --plot draws steps from level to level.
    """
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    _check_names(names, chosen)
    frame = _only(analysis.diffusion(corpus, match=match.value, lexicon=chosen), names)
    show(frame, format)
    draw("staircase", plot, frame, size=plot_size, lang=lang)


@verb(slogans, "slogans adoption processed 新质生产力")
def adoption(
    out: CorpusArgument,
    names: Annotated[list[str], typer.Argument(metavar="SLOGANS...", help="Slogans of the lexicon.")],
    *,
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
    """Count how many places have taken up a slogan, year by year, on each level.

    Columns: slogan, level, year, places (that have said it by then), n (places whose documents begin by then),
    share (places / n, 0 to 1), low, high (95 % interval over places).

    --plot draws curves of adoption.
    """
    from corpus_tools.analysis import slogans as analysis

    check_picture(plot)
    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = analysis.adoption(corpus, names, match=match.value, lexicon=chosen)
    show(frame, format)
    draw("adoption", plot, frame, size=plot_size, lang=lang)


@verb(slogans, "slogans together processed --slogan 四个意识")
def together(
    out: CorpusArgument,
    *,
    slogan: SloganOption = None,
    within: Annotated[Within, typer.Option(help="Where they stand together.")] = Within.paragraph,
    unit: Annotated[
        str,
        typer.Option(metavar="COLUMN", help="One observation is a document (doc_id), or all of a year, or of a place."),
    ] = "doc_id",
    min_documents: LeastOption = 5,
    top: RowsOption = 50,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """List slogans that stand together in a paragraph, tested over documents.

    For what a slogan is said with; without --slogan all pairs. Read q_value: below .05, length and chance do
    not explain it.

    Columns: slogan_a, slogan_b, paragraphs (with both), paragraphs_a, paragraphs_b, expected, log_likelihood,
    documents (with such a paragraph), documents_a, documents_b, documents_both (with both anywhere),
    documents_expected, p_value, q_value.
    """
    from corpus_tools.analysis import slogans as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = analysis.together(
        corpus, slogan=slogan, within=within.value, unit=unit, min_documents=min_documents, lexicon=chosen
    )
    show(frame.head(top), format)


@verb(slogans, "slogans replacements processed --slogan 脱贫攻坚")
def replacements(
    out: CorpusArgument,
    *,
    slogan: SloganOption = None,
    by: YearsOption = "year",
    min_documents: LeastOption = 5,
    top: RowsOption = 50,
    lexicon: LexiconOption = None,
    alone: AloneOption = False,
    where: WhereOption = None,
    notes: NotesOption = False,
    seed: SeedOption = 0,
    format: FormatOption = Format.table,
) -> None:
    """List pairs of slogans of which one rises as the other falls, in the same slot of sentences.

    Candidates to read, not findings: look at both with 'kwic'. Give it one kind of document, and rather one
    slogan.

    Columns: old, new, slot (what both stand between), similarity (of slots, 0 to 1), theme (of wider
    surroundings, 0 to 1), fall, rise (of the share of documents), crossing (year from which the new one leads),
    association (correlation of both shares), score, p_value, q_value, documents_old, documents_new.
    """
    from corpus_tools.analysis import slogans as analysis

    corpus, chosen = load_corpus(out, where, notes=notes), lexicon_of(lexicon, alone=alone)
    frame = analysis.replacements(corpus, slogan=slogan, by=by, min_documents=min_documents, lexicon=chosen, seed=seed)
    show(frame.head(top), format)


def _check_names(names: list[str] | None, lexicon: Lexicon) -> None:
    """AnalysisError, before the work, for a name that the lexicon does not have."""
    from corpus_tools.analysis.slogans.lexicon import known
    from corpus_tools.analysis.slogans.matching import check_names

    check_names(names or (), known(lexicon))


def _only(frame: pd.DataFrame, names: list[str] | None) -> pd.DataFrame:
    """The rows of these slogans; AnalysisError for one that has none."""
    if not names:
        return frame
    if missing := [name for name in names if name not in set(frame["slogan"])]:
        raise AnalysisError(f"no document of known year holds {missing[0]!r}")
    return frame[frame["slogan"].isin(names)].reset_index(drop=True)
