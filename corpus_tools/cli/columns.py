"""The verb that says what columns mean."""

from __future__ import annotations

from typing import Annotated

import typer

from corpus_tools.cli.app import app
from corpus_tools.cli.help import verb
from corpus_tools.cli.options import Format, FormatOption, Language
from corpus_tools.cli.output import show


@verb(app, "columns lrc per_10k", "columns trends.rate", "columns sections --lang zh")
def columns(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAMES]...", help="Columns (lrc), tables on disk (sections), functions (trends.rate)."),
    ] = None,
    *,
    lang: Annotated[Language, typer.Option(help="Language of units and meanings.")] = Language.en,
    format: FormatOption = Format.table,
) -> None:
    """Say what columns mean, with their units: those named, those of a table, or all.

    NAMES are columns (lrc), tables of a corpus folder (sections), or functions, for what comes out of them (trends.rate
    is what 'trends rate' prints).

    Columns: column, frame (where it means this; empty: everywhere else), unit, meaning, label_zh, label_en.
    """
    import pandas as pd

    from corpus_tools.showing.columns import columns as tell

    found = [tell(name, lang=lang.value) for name in names] if names else [tell(lang=lang.value)]
    show(pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True), format)
