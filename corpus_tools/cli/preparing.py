"""Verbs that go from files to a corpus, and that look at files: build, clean, explain, sites, scripts, describe, words, …"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus_tools.cli.app import DONE, FAILED, FEW, SOME_REJECTED, app, load_corpus, say, settings_of
from corpus_tools.cli.help import OUTPUT, verb
from corpus_tools.cli.options import (
    ClusterOption,
    ConfigOption,
    CorpusArgument,
    DictionaryOption,
    Format,
    FormatOption,
    JobsOption,
    Language,
    MasksOption,
    MegabytesOption,
    PageLangOption,
    ScriptOption,
    SecondsOption,
    SitesOption,
)
from corpus_tools.cli.output import show
from corpus_tools.corpus.storage import place
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    from corpus_tools.building.report import BuildReport
    from corpus_tools.config import Config


@verb(app, "build raw processed")
def build(
    raw: Annotated[
        Path,
        typer.Argument(
            metavar="RAW", help="Folder of collected files, or its URL; nothing in it is changed.", parser=place
        ),
    ],
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="Corpus folder, or its URL, made or brought up to date.", parser=place)
    ],
    *,
    jobs: JobsOption = None,
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    dictionary: DictionaryOption = None,
    seconds: SecondsOption = None,
    megabytes: MegabytesOption = None,
    cluster: ClusterOption = None,
    retry: Annotated[
        bool, typer.Option("--retry", help="Try files again that hung, crashed or took too much memory.")
    ] = False,
    allow_removal: Annotated[
        bool, typer.Option("--allow-removal", help="Go on although most files of the corpus are gone from RAW.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Make a corpus folder from a folder of collected files, or bring one up to date.

    RAW may hold HTML, text, Markdown, Word and PDF files in any encoding, in folders as you like; nothing in it
    is changed. Only what is new or changed is read. It can be stopped and run again, with the same result. OUT
    holds documents, sections, edits, words and rejected as Parquet files, and manifest.json with all versions
    and hashes.

    Exit 0: all files are in documents. 3: some were rejected; standard error names them with the reason, of many
    the first, rejected.parquet all. 130: stopped by Ctrl-C; run the same command to go on.
    """
    from corpus_tools.building.build import build as build_corpus

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
    result = build_corpus(raw, out, config=settings, cluster=cluster, retry=retry, allow_removal=allow_removal)
    _tell(result)
    raise typer.Exit(SOME_REJECTED if result.rejected else DONE)


def _tell(built: BuildReport) -> None:
    """Say what a build did: in numbers, which files it rejected, and what is in the folder and is not counted."""
    from corpus_tools.corpus import store

    say(str(built))
    refused = store.read(built.out, "rejected").to_pandas().sort_values("source")
    for row in refused.head(FEW).itertuples():
        say(f"rejected {row.source}: {row.reason}: {row.detail}")
    if len(refused) > FEW:
        say(f"and {len(refused) - FEW:,} more: corpus.rejected in Python, or the report page, has them")
    column = store.read(built.out, "documents", columns=["duplicate_of"])["duplicate_of"]
    if repeats := len(column) - column.null_count:
        say(f"{repeats:,} of the documents repeat another (column duplicate_of); {column.null_count:,} are counted")


@verb(app, "clean raw/fanwen raw/md/fl2023.md --to cleaned")
def clean(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files, and folders of files.")],
    *,
    to: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for <stem>.txt and edits.jsonl; needed.", rich_help_panel=OUTPUT)
    ],
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    jobs: JobsOption = None,
    config: ConfigOption = None,
) -> None:
    """Clean files without making a corpus: a text file each, and a list of all changes.

    For some files, or for another program. DIR/<stem>.txt is the clean text; DIR/edits.jsonl has a line for
    each change: file, start and end in the raw text, what was removed and inserted, kind and rule.

    Exit 3: some files were rejected; standard error says which and why.
    """
    from corpus_tools.building.batch import clean as clean_files

    settings = settings_of(config, masks=masks, script=script, sites=sites, jobs=jobs)
    result = clean_files(files, to=to, config=settings)
    failed = result[result["reason"].notna()]
    for row in failed.itertuples():
        say(f"rejected {row.file}: {row.reason}: {row.detail}")
    say(f"{len(result) - len(failed):,} files cleaned into {to}, {len(failed):,} rejected")
    raise typer.Exit(SOME_REJECTED if len(failed) else DONE)


@verb(app, "explain raw/fanwen/bk-30215.txt", "explain raw/fanwen raw/wendang --to review.html")
def explain(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files, and folders of files.")],
    *,
    html: Annotated[
        bool, typer.Option("--html", help="Write one page with every change in its place.", rich_help_panel=OUTPUT)
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option(metavar="PAGE", help="That page (.html); default: review.html.", rich_help_panel=OUTPUT),
    ] = None,
    lang: PageLangOption = Language.zh,
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    layout: Annotated[bool, typer.Option("--layout", help="Show changes of line breaks and blanks too.")] = False,
    format: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Print the edits as a table instead.", rich_help_panel=OUTPUT),
    ] = None,
    jobs: JobsOption = None,
    config: ConfigOption = None,
) -> None:
    """Show what cleaning removes from a file, where, and by which rule.

    Prints the lines that change: what goes in [-…-], what is put in its place in {+…+}, in a terminal in
    colour; then a summary by kind and rule. Several files are shown on one page that needs no network: --html,
    or --to PAGE.

    Columns with --format: start, end (characters of the raw text), line (from 1), removed, inserted, kind,
    rule.

    Exit 3: some files of the page were rejected.
    """
    settings = settings_of(config, masks=masks, script=script, sites=sites, jobs=jobs)
    if html or to:
        if format or layout:
            raise ConfigError("a page has no --format, and shows changes of layout by a box of its own: leave them out")
        raise typer.Exit(_review(files, to or Path("review.html"), settings, lang))
    from corpus_tools.building.inputs import expanded

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
    from corpus_tools.building.batch import clean_file, edit_table
    from corpus_tools.cli.terminal import marked

    cleaned = clean_file(path, config=settings)
    edits = edit_table(cleaned)
    edits = edits if layout else edits[edits["kind"] != "layout"]
    if format is None:
        typer.echo(marked(cleaned.raw, edits))
    else:
        show(edits, format)


@verb(app, "sites", "sites raw/gongzhonghao raw/wiki")
def sites(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILES]...", help="Files, and folders of files.")
    ] = None,
    *,
    sites: SitesOption = None,
    format: FormatOption = Format.table,
    config: ConfigOption = None,
) -> None:
    """List the rules of sites, or which rule each file falls under and how many lines it keeps.

    For pages that come out wrong: a file without a rule is cleaned by what all sites have in common. Write your
    own rules into a folder and name it with --sites.

    Columns of rules: name, hosts, fingerprint, body, own (whether it is yours).

    Columns of files: file, rule (empty: none holds), failed (one should hold and could not be trusted), lines,
    kept (lines left by the page's frame), date, source, reason (why a file cannot be read).

    Exit 3: some files cannot be read.
    """
    from corpus_tools.building.sites import sites as look_up

    found = look_up(files or (), config=settings_of(config, sites=sites))
    show(found, format)
    raise typer.Exit(SOME_REJECTED if files and found["reason"].notna().any() else DONE)


@verb(app, "scripts raw/jingxiang raw/wiki")
def scripts(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files, and folders of files.")],
    *,
    lines: Annotated[bool, typer.Option("--lines", help="A row for each line, not each file.")] = False,
    format: FormatOption = Format.table,
) -> None:
    """Say in which script files are written, and what tells that a converter wrote them.

    For mirror sites that convert simplified reports into traditional letters, and for texts from Taiwan or Hong
    Kong.

    Columns: file, script (simplified, traditional, mixed, none), traditional, simplified (characters that only
    that script has), mirror (letters that a careful writer would not use, with the right one), taiwan (words of
    Taiwan's usage), reason (why a file cannot be read). With --lines also line, from 1.

    Exit 3: some files cannot be read.
    """
    from corpus_tools.building.scripts import scripts as look_up

    found = look_up(files, lines=lines)
    show(found if lines else found.drop(columns="line"), format)
    raise typer.Exit(SOME_REJECTED if found["reason"].notna().any() else DONE)


@verb(app, "describe raw/yuanze-kexie")
def describe(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files, and folders of files.")],
    *,
    masks: MasksOption = None,
    script: ScriptOption = None,
    sites: SitesOption = None,
    format: FormatOption = Format.table,
    config: ConfigOption = None,
) -> None:
    """Say what files say of themselves, with the words that say it.

    Title, year and how it is known, body, place, kind, dates, headings, flags: read as build reads them. For
    files whose year or place came out wrong or unknown.

    Columns: file, field (what is said: year, title, section, date, …; rejected: the file is no document),
    value, found (the words it was read from), start (where they stand, in characters of the clean text).

    Exit 3: some files are no documents.
    """
    from corpus_tools.building.describe import files as look_up

    found = look_up(files, config=settings_of(config, masks=masks, script=script, sites=sites))
    show(found, format)
    raise typer.Exit(SOME_REJECTED if (found["field"] == "rejected").any() else DONE)


@verb(app, "words 科协工作 第一议题 863计划")
def words(
    terms: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE|TERMS]...", help="Terms, or one file with a term a line.")
    ] = None,
    *,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Show what your dictionary changes besides adding words.")
    ] = False,
    dictionary: DictionaryOption = None,
    format: FormatOption = Format.table,
    config: ConfigOption = None,
) -> None:
    """Show how terms are cut into words, and why.

    For a term that is counted less often than you expect. TERMS are terms, or one FILE with a term a line;
    without either, the words of your own --dictionary. With --conflicts: what your dictionary changes besides
    adding words.

    Columns: term, words (| between), whole (whether it is one word), source (the list that holds it), freq (its
    frequency there), reason.

    Columns of conflicts: word, kind (twice, overrides, not_whole, breaks), detail.
    """
    from corpus_tools.building.words import conflicts as find_conflicts
    from corpus_tools.building.words import names_a_list
    from corpus_tools.building.words import words as look_up

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


@verb(app, "check processed --raw raw")
def check(
    out: CorpusArgument,
    *,
    raw: Annotated[
        Path | None, typer.Option(metavar="RAW", help="The folder it was built from: hash its files again too.")
    ] = None,
    format: FormatOption = Format.table,
) -> None:
    """Examine a corpus folder: hashes, schemas, and that undoing every edit gives the raw text.

    Do it after copying a corpus, and before you publish from one. Nothing is printed where all is well.

    Columns: where (the file or document), finding.

    Exit 0: no finding. 1: findings, or no corpus.
    """
    from corpus_tools.building.check import check as examine

    findings = examine(out, raw=raw)
    if len(findings) or format is not Format.table:
        show(findings, format)
    say(f"{len(findings):,} findings in {out}")
    raise typer.Exit(FAILED if len(findings) else DONE)


@verb(app, "demo")
def demo(
    raw: Annotated[Path, typer.Argument(metavar="[RAW]", help="The sample reports.")] = Path("raw"),
    out: Annotated[Path, typer.Argument(metavar="[OUT]", help="Where the corpus goes.")] = Path("processed"),
    *,
    jobs: JobsOption = None,
) -> None:
    """Build the 91 sample reports of raw/ into processed/, write the report page, say where to look.

    The reports are invented, with some eighty kinds of damage. Run it in a copy of the repository; the examples of all
    other verbs then work as they stand.
    """
    if not raw.is_dir():
        raise ConfigError(f"there is no folder {raw} here: run demo in a copy of the repository, which has the samples")
    from corpus_tools.building.build import build as build_corpus
    from corpus_tools.pages import report as write

    result = build_corpus(raw, out, config=settings_of(None, jobs=jobs))
    page = write(load_corpus(out, None), out / "report.html")
    _tell(result)
    say(f"Open {page.resolve()} in a browser, or go on: corpus-tools slogans count {out} --by year")
