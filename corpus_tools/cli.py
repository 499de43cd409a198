"""The command line: thin verbs over the public functions. Data to standard output, words and bars to standard error."""

from __future__ import annotations

import re
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus_tools.errors import AnalysisError, ConfigError, CorpusToolsError
from corpus_tools.options import (
    ByOption,
    ConfigOption,
    CorpusArgument,
    Format,
    FormatOption,
    JobsOption,
    Language,
    MasksOption,
    MegabytesOption,
    NotesOption,
    PlotOption,
    ScriptOption,
    SecondsOption,
    SitesOption,
    TopOption,
    WhereOption,
)
from corpus_tools.version import __version__

if TYPE_CHECKING:
    import pandas as pd

    from corpus_tools.config import Config
    from corpus_tools.corpus.corpus import Corpus

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False)

PICTURES = (".png", ".svg", ".pdf")
DONE, FAILED, USAGE, SOME_REJECTED, INTERRUPTED = 0, 1, 2, 3, 130


@app.callback(invoke_without_command=True)
def version(show: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Clean collected Chinese work reports, keep them as a corpus, and count what they say."""
    if show:
        typer.echo(__version__)
        raise typer.Exit(DONE)


@app.command()
def build(
    raw: Annotated[Path, typer.Argument(metavar="RAW", help="Folder of collected files; nothing in it is changed.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Corpus folder, made or brought up to date.")],
    *,
    jobs: JobsOption = None,
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    seconds: SecondsOption = None,
    megabytes: MegabytesOption = None,
    retry: Annotated[bool, typer.Option(help="Try files again that hung, crashed or took too much memory.")] = False,
    allow_removal: Annotated[
        bool, typer.Option(help="Go on although most files of the corpus are gone from RAW.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Build a corpus from a folder of files, or bring it up to date: only what changed is read.

    Exit 0: all files are in documents. 3: some were rejected; rejected.parquet says which and why. 130: stopped by
    Ctrl-C; run the same command to go on.
    """
    from corpus_tools.corpus.build import build as build_corpus

    settings = _config(config, jobs=jobs, masks=masks, script=script, sites=sites, seconds=seconds, megabytes=megabytes)
    result = build_corpus(raw, out, config=settings, retry=retry, allow_removal=allow_removal)
    _say(str(result))
    raise typer.Exit(SOME_REJECTED if result.rejected else DONE)


@app.command()
def clean(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files, or folders of files.")],
    *,
    to: Annotated[Path, typer.Option(metavar="DIR", help="Folder for <stem>.txt and edits.jsonl.")],
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    jobs: JobsOption = None,
    config: ConfigOption = None,
) -> None:
    """Clean single files without a corpus: DIR/<stem>.txt each, and every change in DIR/edits.jsonl."""
    from corpus_tools.corpus.batch import clean as clean_files

    settings = _config(config, masks=masks, script=script, sites=sites, jobs=jobs)
    result = clean_files(files, to=to, config=settings)
    failed = result[result["reason"].notna()]
    for row in failed.itertuples():
        _say(f"rejected {row.file}: {row.reason}: {row.detail}")
    _say(f"{len(result) - len(failed):,} files cleaned into {to}, {len(failed):,} rejected")
    raise typer.Exit(SOME_REJECTED if len(failed) else DONE)


@app.command()
def explain(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Raw files, or folders of files.")],
    *,
    html: Annotated[bool, typer.Option("--html", help="Write one page with every change marked in its place.")] = False,
    to: Annotated[Path | None, typer.Option(metavar="PAGE", help="That page; default: review.html.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of the page's labels.")] = Language.zh,
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    layout: Annotated[bool, typer.Option(help="Show changes of line breaks and blanks too.")] = False,
    format: Annotated[Format | None, typer.Option("--format", "-f", help="Print the edits as a table instead.")] = None,
    jobs: JobsOption = None,
    config: ConfigOption = None,
) -> None:
    """Show what cleaning does to files: what is removed, where, and by which rule; on a page with --html or --to."""
    settings = _config(config, masks=masks, script=script, sites=sites, jobs=jobs)
    if html or to:
        if format or layout:
            raise ConfigError("a page has no --format, and shows changes of layout by a box of its own: leave them out")
        raise typer.Exit(_review(files, to or Path("review.html"), settings, lang))
    from corpus_tools.corpus.inputs import expanded

    paths = expanded(files)
    if len(paths) != 1:
        raise ConfigError(f"{len(paths):,} files: add --html to see them on one page")
    _explain(paths[0], settings, format, layout=layout)


def _review(files: list[Path], to: Path, settings: Config, lang: Language) -> int:
    """Write the page; the exit code says whether files were rejected."""
    from corpus_tools.pages import review

    if to.suffix.lower() not in (".html", ".htm"):
        raise ConfigError(f"--to {to}: must end in .html")
    rejected = review(files, to, config=settings, lang=lang.value)
    for name, error in rejected.items():
        _say(f"rejected {name}: {error.reason}: {error.detail}")
    _say(f"review: {to}")
    return SOME_REJECTED if rejected else DONE


def _explain(path: Path, settings: Config, format: Format | None, *, layout: bool) -> None:
    """Print one file's changes."""
    from corpus_tools.corpus.batch import clean_file, edit_table
    from corpus_tools.terminal import marked

    cleaned = clean_file(path, config=settings)
    edits = edit_table(cleaned)
    edits = edits if layout else edits[edits["kind"] != "layout"]
    if format is None:
        typer.echo(marked(cleaned.raw, edits))
    else:
        _show(edits, format)


@app.command()
def sites(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILES...", help="Files, or folders of files.")] = None,
    *,
    sites: SitesOption = None,
    format: FormatOption = Format.table,
    config: ConfigOption = None,
) -> None:
    """List the rules of sites, or say which rule each file falls under and how many lines it keeps."""
    from corpus_tools.corpus.sites import sites as look_up

    found = look_up(files or (), config=_config(config, sites=sites))
    _show(found, format)
    raise typer.Exit(SOME_REJECTED if files and found["reason"].notna().any() else DONE)


@app.command()
def check(
    out: CorpusArgument,
    *,
    raw: Annotated[Path | None, typer.Option(metavar="RAW", help="Hash the raw files again too.")] = None,
    format: FormatOption = Format.table,
) -> None:
    """Examine a corpus folder: hashes, schemas, and that undoing every edit gives back the raw text. Exit 1 on findings."""
    from corpus_tools.corpus.check import check as examine

    findings = examine(out, raw=raw)
    if len(findings):
        _show(findings, format)
    _say(f"{len(findings):,} findings in {out}")
    raise typer.Exit(FAILED if len(findings) else DONE)


@app.command()
def slogans(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    top: TopOption = 30,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
) -> None:
    """Count slogans (提法): hits by longest match, documents, and hits per 10,000 Chinese characters."""
    from corpus_tools.analysis import slogans as analysis

    _check_picture(plot, by)
    frame = _top(analysis.count(_load(out, where, notes=notes), by=by), by=by, column="count", top=top)
    _show(frame, format)
    _bars(frame, plot)


@app.command()
def keywords(
    out: CorpusArgument,
    *,
    by: ByOption = None,
    top: TopOption = 30,
    max_share: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out words in more of the documents than this.")
    ] = 1.0,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
    plot: PlotOption = None,
) -> None:
    """Keywords by TF-IDF, of the whole corpus or of each group."""
    from corpus_tools.analysis import keywords as analysis

    _check_picture(plot, by)
    corpus = _load(out, where, notes=notes)
    frame = analysis.tfidf(corpus, by=by, top=top, min_documents=min(2, len(corpus)), max_share=max_share)
    _show(frame, format)
    _bars(frame, plot)


@app.command()
def topics(
    out: CorpusArgument,
    *,
    k: Annotated[int, typer.Option("-k", help="Number of topics.")] = 20,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the randomised start.")] = 0,
    by: ByOption = None,
    where: WhereOption = None,
    notes: NotesOption = False,
    format: FormatOption = Format.table,
) -> None:
    """Topics of paragraphs (NMF on TF-IDF): the terms of each, or with --by each topic's share in every group."""
    from corpus_tools.analysis import topics as analysis

    found = analysis.fit(_load(out, where, notes=notes), k=k, seed=seed)
    _show(found.by(by) if by else found.terms, format)


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

    _check_picture(plot, None if by == "year" else by)
    frame = analysis.rate(_load(out, where, notes=notes), terms, by=by, seed=seed)
    _show(frame, format)
    if plot:
        from corpus_tools.plot import trend

        _save(trend(frame), plot)


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

    _say(f"report: {write(_load(out, where, notes=notes), to, lang=lang.value)}")


@app.command()
def demo(
    raw: Annotated[Path, typer.Argument(metavar="RAW", help="The sample reports.")] = Path("raw"),
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Where the corpus goes.")] = Path("processed"),
    *,
    jobs: JobsOption = None,
) -> None:
    """Build the sample reports in raw/ into processed/, write the report page, and say where to look."""
    from corpus_tools.corpus.build import build as build_corpus
    from corpus_tools.pages import report as write

    result = build_corpus(raw, out, config=_config(None, jobs=jobs))
    page = write(_load(out, None), out / "report.html")
    _say(str(result))
    _say(f"Open {page.resolve()} in a browser, or go on: corpus-tools slogans {out} --by year")


def main() -> None:
    """Run the command line; errors made on purpose are one line, without a traceback."""
    try:
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            _say("stopped; a build keeps what it has finished: run the same command to go on")
        sys.exit(code)
    except ConfigError as error:
        _say(f"error: {error}")
        sys.exit(USAGE)
    except CorpusToolsError as error:
        _say(f"error: {error}")
        sys.exit(FAILED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(FAILED)
    except OSError as error:
        _say(f"error: {error.filename or 'a file'}: {error.strerror or error}")
        sys.exit(FAILED)
    except Exception as error:
        if not hasattr(error, "show"):  # the command line's own errors can show themselves
            raise
        error.show()
        sys.exit(USAGE)


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _config(path: Path | None, **given: Any) -> Config:
    from corpus_tools.config import read_config

    return read_config(path, **{k: v.value if isinstance(v, Enum) else v for k, v in given.items()})


def _load(out: Path, where: list[str] | None, *, notes: bool = False) -> Corpus:
    from corpus_tools.corpus.corpus import load

    corpus = load(out, notes=notes)
    for condition in where or []:
        column, equals, value = condition.partition("=")
        if not equals:
            raise ConfigError(f"--where {condition}: write COLUMN=VALUE or COLUMN=FROM:TO")
        corpus = corpus.where(**{column: _value(value)})
        if not len(corpus):
            raise AnalysisError(f"no document of {out} meets --where {condition}")
    return corpus


def _value(text: str) -> Any:
    bounds = re.fullmatch(r"(\d*):(\d*)", text)
    if bounds is None or text == ":":
        return int(text) if text.isdecimal() else text
    start, end = int(bounds[1] or 0), int(bounds[2] or 9999)
    if start > end:
        raise ConfigError(f"--where …={text}: {start} comes after {end}")
    return range(start, end + 1)


def _top(frame: pd.DataFrame, *, by: str | None, column: str, top: int) -> pd.DataFrame:
    ordered = frame.sort_values(column, ascending=False, kind="stable")
    return ordered.groupby(by, sort=False).head(top).sort_values(by, kind="stable") if by else ordered.head(top)


def _show(frame: pd.DataFrame, form: Format) -> None:
    if form is Format.csv:
        typer.echo(frame.to_csv(index=False), nl=False)
    elif form is Format.json:
        typer.echo(frame.to_json(orient="records", force_ascii=False, indent=1))
    else:
        from corpus_tools.terminal import table

        typer.echo(table(frame), nl=False)


def _bars(frame: pd.DataFrame, path: Path | None) -> None:
    if path:
        from corpus_tools.plot import bars

        _save(bars(frame), path)


def _check_picture(path: Path | None, by: str | None) -> None:
    if path is None:
        return
    if path.suffix.lower() not in PICTURES:
        raise ConfigError(f"--plot {path}: must end in {', '.join(PICTURES)}")
    if by:
        raise ConfigError(f"--plot draws no groups by {by}: leave --by out, or choose a group with --where")


def _save(axes: Any, path: Path) -> None:
    axes.figure.savefig(path, bbox_inches="tight")
    _say(f"picture: {path}")


if __name__ == "__main__":
    main()
