"""Verbs that go from files to a corpus, and that look at files: build, clean, explain, sites, scripts, describe, words, …"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli.app import DONE, FAILED, SOME_REJECTED, app, load_corpus, say, settings_of
from corpus_tools.cli.options import (
    ConfigOption,
    CorpusArgument,
    DictionaryOption,
    Format,
    FormatOption,
    JobsOption,
    Language,
    MasksOption,
    MegabytesOption,
    ScriptOption,
    SecondsOption,
    SitesOption,
)
from corpus_tools.cli.output import show
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    from corpus_tools.config import Config


@app.command()
def build(
    raw: Annotated[Path, typer.Argument(metavar="RAW", help="Folder of collected files; nothing in it is changed.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Corpus folder, made or brought up to date.")],
    *,
    jobs: JobsOption = None,
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    dictionary: DictionaryOption = None,
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

    settings = settings_of(
        config,
        jobs=jobs,
        masks=masks,
        script=script,
        sites=sites,
        dictionary=dictionary,
        seconds=seconds,
        megabytes=megabytes,
    )
    result = build_corpus(raw, out, config=settings, retry=retry, allow_removal=allow_removal)
    say(str(result))
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

    settings = settings_of(config, masks=masks, script=script, sites=sites, jobs=jobs)
    result = clean_files(files, to=to, config=settings)
    failed = result[result["reason"].notna()]
    for row in failed.itertuples():
        say(f"rejected {row.file}: {row.reason}: {row.detail}")
    say(f"{len(result) - len(failed):,} files cleaned into {to}, {len(failed):,} rejected")
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
    settings = settings_of(config, masks=masks, script=script, sites=sites, jobs=jobs)
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
        say(f"rejected {name}: {error.reason}: {error.detail}")
    say(f"review: {to}")
    return SOME_REJECTED if rejected else DONE


def _explain(path: Path, settings: Config, format: Format | None, *, layout: bool) -> None:
    """Print one file's changes."""
    from corpus_tools.cli.terminal import marked
    from corpus_tools.corpus.batch import clean_file, edit_table

    cleaned = clean_file(path, config=settings)
    edits = edit_table(cleaned)
    edits = edits if layout else edits[edits["kind"] != "layout"]
    if format is None:
        typer.echo(marked(cleaned.raw, edits))
    else:
        show(edits, format)


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

    found = look_up(files or (), config=settings_of(config, sites=sites))
    show(found, format)
    raise typer.Exit(SOME_REJECTED if files and found["reason"].notna().any() else DONE)


@app.command()
def scripts(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files, or folders of files.")],
    *,
    lines: Annotated[bool, typer.Option("--lines", help="A row a line, not a file.")] = False,
    format: FormatOption = Format.table,
) -> None:
    """Say which script files are written in, simplified or traditional, and what tells that a converter wrote it."""
    from corpus_tools.corpus.scripts import scripts as look_up

    found = look_up(files, lines=lines)
    show(found if lines else found.drop(columns="line"), format)
    raise typer.Exit(SOME_REJECTED if found["reason"].notna().any() else DONE)


@app.command()
def describe(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files, or folders of files.")],
    *,
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    format: FormatOption = Format.table,
    config: ConfigOption = None,
) -> None:
    """Say what files say of themselves: title, year, body, place, kind, dates, sections, and the words that say it."""
    from corpus_tools.corpus.describe import files as look_up

    found = look_up(files, config=settings_of(config, masks=masks, script=script, sites=sites))
    show(found, format)
    raise typer.Exit(SOME_REJECTED if (found["field"] == "rejected").any() else DONE)


@app.command()
def words(
    terms: Annotated[
        list[str] | None, typer.Argument(metavar="FILE|TERMS...", help="A list of terms, or terms.")
    ] = None,
    *,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="What your dictionary does besides adding words.")
    ] = False,
    dictionary: DictionaryOption = None,
    format: FormatOption = Format.table,
    config: ConfigOption = None,
) -> None:
    """Show how terms are cut into words and why, or with --conflicts what your dictionary changes for others.

    FILE is a list in the format of jieba's dictionary: a term a line. Without terms the words of your dictionary are shown.
    """
    from corpus_tools.corpus.words import conflicts as find_conflicts
    from corpus_tools.corpus.words import names_a_list
    from corpus_tools.corpus.words import words as look_up

    settings = settings_of(config, dictionary=dictionary)
    if conflicts:
        if terms or not settings.dictionary:
            raise ConfigError("--conflicts looks at a dictionary (--dictionary, or a key of corpus.toml), not at terms")
        found = find_conflicts(settings)
        say(f"{len(found):,} conflicts in {settings.dictionary}")
    else:
        asked = terms or ([settings.dictionary] if settings.dictionary else [])
        if not asked:
            raise ConfigError("name a list, or terms; without a dictionary there is nothing else to show")
        found = look_up(asked[0] if len(asked) == 1 and names_a_list(asked[0]) else asked, config=settings)
    if len(found):
        show(found, format)


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
    if len(findings) or format is not Format.table:
        show(findings, format)
    say(f"{len(findings):,} findings in {out}")
    raise typer.Exit(FAILED if len(findings) else DONE)


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

    result = build_corpus(raw, out, config=settings_of(None, jobs=jobs))
    page = write(load_corpus(out, None), out / "report.html")
    say(str(result))
    say(f"Open {page.resolve()} in a browser, or go on: corpus-tools slogans count {out} --by year")
