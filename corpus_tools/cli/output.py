"""What verbs print and draw: tables to standard output, pictures to files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from corpus_tools import progress
from corpus_tools.cli.app import say
from corpus_tools.cli.options import Format, Language, PlotSize
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

PICTURES = (".png", ".svg", ".pdf")


def show(frame: pd.DataFrame, form: Format) -> None:
    """Print a table in the form asked for."""
    if form is Format.csv:
        typer.echo(frame.to_csv(index=False, lineterminator="\n"), nl=False)
    elif form is Format.json:
        typer.echo(_json(frame))
    else:
        from corpus_tools.cli.terminal import table

        typer.echo(table(frame), nl=False)


def _json(frame: pd.DataFrame) -> str:
    """The rows as JSON, each number to its last digit: pandas' own writer cuts at ten decimals, and a small p becomes 0."""
    cells = frame.astype(object)
    rows = cells.where(cells.notna(), None).to_dict("records")
    return json.dumps(rows, ensure_ascii=False, indent=1, allow_nan=False)


def top_rows(frame: pd.DataFrame, *, by: Sequence[str] | None, top: int, column: str | None = None) -> pd.DataFrame:
    """The first rows of each group, in the order of the frame or with the largest values of ``column`` first.

    What is left out is said: a word that is missing in a table of the first 30 is not a word that nobody uses.
    """
    ordered = frame.sort_values(column, ascending=False, kind="stable") if column else frame
    groups = list(by or ())
    first = (
        ordered.groupby(groups, sort=False).head(top).sort_values(groups, kind="stable")
        if groups
        else ordered.head(top)
    )
    if len(first) < len(frame):
        say(
            f"{len(first):,} of {len(frame):,} rows, the first {top:,}{' of each group' if groups else ''}: more by --top"
        )
    return first


def check_picture(path: Path | None, by: str | None = None) -> None:
    """ConfigError, before the work, for a picture that could not be drawn."""
    if path is None:
        return
    if path.suffix.lower() not in PICTURES:
        raise ConfigError(f"--plot {path}: must end in {', '.join(PICTURES)}")
    if by:
        raise ConfigError(f"--plot draws no groups by {by}: leave --by out, or choose a group with --where")


def draw(
    chart: str,
    path: Path | None,
    *frames: pd.DataFrame,
    size: PlotSize = PlotSize.screen,
    lang: Language = Language.zh,
    **options: Any,
) -> None:
    """Draw tables by the chart of this name, for the screen or in a size of print, where a picture is asked for.

    Equal tables give equal bytes.
    """
    if path:
        with progress.bar("picture"):
            _draw(chart, path, frames, size=size, lang=str(lang), **options)
        say(f"picture: {path}")


def _draw(chart: str, path: Path, frames: Sequence[pd.DataFrame], *, size: PlotSize, **options: Any) -> None:
    import matplotlib as mpl

    mpl.use("Agg")  # files only: what a notebook or a desktop sets for its windows may not be there
    from matplotlib import pyplot as plt

    from corpus_tools import plot

    ax = None if size is PlotSize.screen else plot.figure(size.value)  # type: ignore[arg-type]
    axes = getattr(plot, chart)(*frames, ax=ax, **options)
    plot.save(axes, path)
    plt.close(axes.figure)
