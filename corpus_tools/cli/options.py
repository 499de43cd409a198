"""The options that verbs of the command line share: their names, choices and help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.cli.help import DOCUMENTS, OUTPUT, SETTINGS, SLOGANS, WORDS
from corpus_tools.corpus.storage import place


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


class Within(StrEnum):
    """What words, slogans or themes stand in."""

    paragraph = "paragraph"
    sentence = "sentence"


class PlotSize(StrEnum):
    """How large pictures are."""

    screen = "screen"
    page = "page"
    column = "column"


MasksOption = Annotated[
    Masks | None,
    typer.Option(
        help="Names masked by ***: keep them (the default), or restore those that only one reading fits.",
        rich_help_panel=SETTINGS,
    ),
]
ScriptOption = Annotated[
    Script | None,
    typer.Option(
        help="Write traditional text in simplified characters (the default), or keep it as it is.",
        rich_help_panel=SETTINGS,
    ),
]
DictionaryOption = Annotated[
    str | None,
    typer.Option(
        "--dictionary",
        metavar="FILE",
        help="Your own words, one a line, in the format of jieba's dictionary.",
        rich_help_panel=SETTINGS,
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", help="Processes; default: one a core.", rich_help_panel=SETTINGS),
]
SitesOption = Annotated[
    str | None,
    typer.Option(
        metavar="DIR",
        help="Folder of your own rules of sites (.toml); they are tried first.",
        rich_help_panel=SETTINGS,
    ),
]
SecondsOption = Annotated[
    float | None,
    typer.Option(
        metavar="S",
        help="Reject a file that takes longer than so many seconds; default: 120.",
        rich_help_panel=SETTINGS,
    ),
]
MegabytesOption = Annotated[
    int | None,
    typer.Option(
        metavar="MB",
        help="Reject a file for which a process takes more memory than this on top of its start; default: 2000.",
        rich_help_panel=SETTINGS,
    ),
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Let the machines of a Dask cluster do the work: the address of its scheduler, as tcp://host:8786.",
        rich_help_panel=SETTINGS,
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Settings file (TOML); default: corpus.toml of this folder, if there is one.",
        rich_help_panel=SETTINGS,
    ),
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        help="How to print the table: for reading, or every column and digit for other programs, cells as they are.",
        rich_help_panel=OUTPUT,
    ),
]
CorpusArgument = Annotated[
    Path, typer.Argument(metavar="OUT", help="A corpus folder, made by build, or its URL.", parser=place)
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CONDITION",
        help="Only these: COLUMN=VALUE, several values with commas between, or COLUMN=FROM:TO with either end left out, as "
        "level=city,county, year=2012:2020, tense=plan; nothing behind = for what is unknown. Given again, both must "
        "hold. 'coverage OUT' shows columns and values.",
        rich_help_panel=DOCUMENTS,
    ),
]
NotesOption = Annotated[
    bool,
    typer.Option("--notes", help="Count notes and glossaries below the reports too.", rich_help_panel=DOCUMENTS),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMNS",
        help="Groups: columns of documents, with commas between, as year, or level,tense; default: all as one.",
    ),
]
YearsOption = Annotated[
    str, typer.Option("--by", metavar="COLUMN", help="The column that holds the years: year, or planned_year, …")
]
TopOption = Annotated[int, typer.Option(metavar="N", min=1, help="Rows to show, of each group if there are groups.")]
StopwordsOption = Annotated[
    str,
    typer.Option(
        metavar="LAYERS",
        help="Layers of stop words to leave out: all, none, or some with commas between: 'function words', salutations, "
        "procedure.",
        rich_help_panel=WORDS,
    ),
]
LengthOption = Annotated[
    int,
    typer.Option(metavar="N", min=1, help="Characters that a word must have at least.", rich_help_panel=WORDS),
]
PosOption = Annotated[
    str | None,
    typer.Option(
        metavar="TAGS",
        help="Parts of speech, or how their tags begin, with commas between: n,v for nouns and verbs; default: any.",
        rich_help_panel=WORDS,
    ),
]
PatternOption = Annotated[
    str | None,
    typer.Option(metavar="REGEX", help="A regular expression that the whole word must match.", rich_help_panel=WORDS),
]
PlotOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Draw it as well: a .png, .svg or .pdf.", rich_help_panel=OUTPUT),
]
LexiconOption = Annotated[
    Path | None,
    typer.Option(
        "--lexicon",
        metavar="FILE",
        help="Your own slogans (CSV, see 'slogans add'), beside the shipped ones.",
        rich_help_panel=SLOGANS,
    ),
]
AloneOption = Annotated[
    bool,
    typer.Option("--alone", help="Only the slogans of --lexicon, none of the shipped ones.", rich_help_panel=SLOGANS),
]
MatchOption = Annotated[
    Match,
    typer.Option(
        "--match",
        help="Count a slogan where it is inside no longer one, or everywhere.",
        rich_help_panel=SLOGANS,
    ),
]
SeedOption = Annotated[
    int, typer.Option(metavar="N", min=0, help="Seed of what is drawn at random: the same seed, the same result.")
]
PlotSizeOption = Annotated[
    PlotSize,
    typer.Option(
        help="Size of the picture: for the screen, or a page (174 mm) or column (84 mm) of print.",
        rich_help_panel=OUTPUT,
    ),
]
LangOption = Annotated[
    Language, typer.Option("--lang", help="Language of the picture's labels.", rich_help_panel=OUTPUT)
]
PageLangOption = Annotated[
    Language, typer.Option("--lang", help="Language of the page's labels.", rich_help_panel=OUTPUT)
]
ThemesOption = Annotated[
    str,
    typer.Option(
        "--themes",
        metavar="WHICH",
        help="A shipped set (general, association), names of shipped themes with commas between, or your own .toml file.",
    ),
]
