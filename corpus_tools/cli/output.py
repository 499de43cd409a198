"""What verbs print and draw: tables to standard output, pictures to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from corpus_tools.cli.app import say
from corpus_tools.cli.options import Format
from corpus_tools.errors import ConfigError

if TYPE_CHECKING:
    import pandas as pd

PICTURES = (".png", ".svg", ".pdf")


def show(frame: pd.DataFrame, form: Format) -> None:
    """Print a table in the form asked for."""
    if form is Format.csv:
        typer.echo(frame.to_csv(index=False), nl=False)
    elif form is Format.json:
        typer.echo(frame.to_json(orient="records", force_ascii=False, indent=1))
    else:
        from corpus_tools.cli.terminal import table

        typer.echo(table(frame), nl=False)


def top_rows(frame: pd.DataFrame, *, by: str | None, column: str, top: int) -> pd.DataFrame:
    """The rows with the largest values of ``column``, of each group."""
    ordered = frame.sort_values(column, ascending=False, kind="stable")
    return ordered.groupby(by, sort=False).head(top).sort_values(by, kind="stable") if by else ordered.head(top)


def draw_bars(frame: pd.DataFrame, path: Path | None) -> None:
    """Draw a table as bars, where a picture is asked for."""
    if path:
        from corpus_tools.plot import bars

        save_picture(bars(frame), path)


def check_picture(path: Path | None, by: str | None = None) -> None:
    """ConfigError, before the work, for a picture that could not be drawn."""
    if path is None:
        return
    if path.suffix.lower() not in PICTURES:
        raise ConfigError(f"--plot {path}: must end in {', '.join(PICTURES)}")
    if by:
        raise ConfigError(f"--plot draws no groups by {by}: leave --by out, or choose a group with --where")


def save_picture(axes: Any, path: Path) -> None:
    """Write the figure of ``axes`` to a file."""
    axes.figure.savefig(path, bbox_inches="tight")
    say(f"picture: {path}")
