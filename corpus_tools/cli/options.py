"""The options that verbs of the command line share: their names, choices and help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Masks(StrEnum):
    """What to do with masked names."""

    keep = "keep"
    restore = "restore"


class Script(StrEnum):
    """Which characters to write."""

    simplified = "simplified"
    keep = "keep"


class Format(StrEnum):
    """How to print a table."""

    table = "table"
    csv = "csv"
    json = "json"


class Language(StrEnum):
    """The language of labels."""

    zh = "zh"
    en = "en"


class Match(StrEnum):
    """Which places of a slogan count."""

    longest = "longest"
    all = "all"


class PlotSize(StrEnum):
    """How large pictures are."""

    screen = "screen"
    page = "page"
    column = "column"


MasksOption = Annotated[
    Masks | None, typer.Option(help="Names masked by ***: keep them, or restore those with one reading.")
]
ScriptOption = Annotated[
    Script | None, typer.Option(help="Write traditional text in simplified characters, or keep it.")
]
DictionaryOption = Annotated[
    str | None,
    typer.Option("--dictionary", metavar="FILE", help="Your own words, in the format of jieba's dictionary."),
]
JobsOption = Annotated[int | None, typer.Option("--jobs", "-j", help="Processes; default: one a core.")]
SitesOption = Annotated[
    str | None, typer.Option(metavar="DIR", help="Folder of your own rules of sites; they are tried first.")
]
SecondsOption = Annotated[float | None, typer.Option(help="Give a file up after so many seconds.")]
MegabytesOption = Annotated[int | None, typer.Option(help="Memory that one process may take on top of its start.")]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Settings file; default: corpus.toml, if there is one.")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the table.")]
CorpusArgument = Annotated[Path, typer.Argument(metavar="OUT", help="A corpus folder made by build.")]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(help="Keep some documents: COLUMN=VALUE, or COLUMN=FROM:TO with either end left out; repeatable."),
]
NotesOption = Annotated[bool, typer.Option("--notes", help="Count notes and glossaries below the reports too.")]
ByOption = Annotated[
    str | None,
    typer.Option(metavar="COLUMNS", help="Group by columns of documents, with commas between: year, or level,tense."),
]
TopOption = Annotated[int, typer.Option(min=1, help="Rows for each group.")]
StopwordsOption = Annotated[
    str | None,
    typer.Option(
        metavar="LAYERS", help="Layers of stop words to leave out, with commas between; 'none' for none of them."
    ),
]
LengthOption = Annotated[int, typer.Option(min=1, help="Characters that a word must have.")]
PosOption = Annotated[
    str | None, typer.Option(metavar="TAGS", help="Parts of speech, or how their tags begin, with commas between: n,v.")
]
PatternOption = Annotated[str | None, typer.Option(help="A regular expression that the whole word must match.")]
PlotOption = Annotated[Path | None, typer.Option(help="Draw the table into this file (.png, .svg or .pdf) as well.")]
LexiconOption = Annotated[
    Path | None, typer.Option("--lexicon", metavar="FILE", help="Your own slogans (CSV), beside the shipped ones.")
]
AloneOption = Annotated[bool, typer.Option("--alone", help="Only the slogans of --lexicon, none of the shipped ones.")]
MatchOption = Annotated[Match, typer.Option("--match", help="Places inside no longer slogan, or all of them.")]
SeedOption = Annotated[int, typer.Option(min=0, help="Seed of the resampling.")]
PlotSizeOption = Annotated[
    PlotSize, typer.Option(help="Size of the picture: for the screen, or a page (174 mm) or column (84 mm) of print.")
]
ThemesOption = Annotated[
    str,
    typer.Option(
        "--themes",
        metavar="WHICH",
        help="A shipped set (general, association), names of shipped themes with commas between, or your own .toml file.",
    ),
]
