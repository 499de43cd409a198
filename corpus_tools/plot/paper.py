"""Pictures for the screen and for print: axes of a journal's widths, and files that are the same byte by byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corpus_tools.errors import AnalysisError, StoreError

Size = Literal["screen", "page", "column"]

# Width in inches, type in points. Two columns of 84 mm on a page of 174 mm, and type of 8 points, are what most journals ask for.
SIZES: dict[str, tuple[float, float]] = {"screen": (8, 10), "page": (174 / 25.4, 8), "column": (84 / 25.4, 8)}
FORMATS = ("png", "svg", "pdf")
DOTS = {"screen": 150, "print": 300}  # an inch


class Sheet(Figure):
    """A figure of a fixed width, whose height is open until a chart is drawn."""

    open = True


def figure(size: Size = "screen", *, height: float | None = None) -> Axes:
    """Axes to draw into, ``plot.trend(frame, ax=plot.figure("column"))``, in a figure as wide as a screen, page or column.

    ``size``: ``screen`` is 203 mm wide with type of 10 points, ``page`` 174 mm and ``column`` 84 mm with type of 8 points.
    ``height`` in millimetres; by default what the chart needs. AnalysisError for another size or no height.
    """
    if size not in SIZES:
        raise AnalysisError(f"size is {size!r}; it can be {', '.join(map(repr, SIZES))}")
    if height is not None and height <= 0:
        raise AnalysisError(f"height is {height} mm; it must be greater than 0")
    from matplotlib import pyplot as plt

    width, points = SIZES[size]
    inches = 4.2 if height is None else height / 25.4
    sheet = plt.figure(figsize=(width, inches), layout="constrained", FigureClass=Sheet)
    assert isinstance(sheet, Sheet)
    sheet.open = height is None
    return sized(sheet.add_subplot(), points)


def sized(ax: Axes, points: float) -> Axes:
    """Set the type of the names and ticks of these axes; what a chart writes into them follows."""
    for text in (ax.xaxis.label, ax.yaxis.label, ax.title):
        text.set_fontsize(points)
    ax.tick_params(labelsize=0.9 * points)
    return ax


def save(ax: Axes, path: str | Path) -> None:
    """Write the figure of ``ax`` as ``.png``, ``.svg`` or ``.pdf``: equal frames give equal bytes.

    A PNG has 300 dots an inch on a ``page`` or ``column``, else 150; an SVG has outlines instead of letters, so that a reader
    without a Chinese font sees them; a PDF carries the letters that it uses. Neither time nor machine is written into the file.
    A figure of ``plot.figure`` keeps its width; any other is cut to what is drawn. AnalysisError for another ending, StoreError
    where it cannot be written.
    """
    path = Path(path)
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise AnalysisError(f"{path.name}: a picture ends in .png, .svg or .pdf")
    sheet = ax.figure.figure  # of a part of a figure the whole
    assert isinstance(sheet, Figure)
    printed = isinstance(sheet, Sheet)
    dates: dict[str, dict[str, Any]] = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
    settings: dict[Any, Any] = {"svg.fonttype": "path", "svg.hashsalt": "corpus_tools", "pdf.fonttype": 42}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with mpl.rc_context(settings):
            sheet.savefig(
                path, format=form, dpi=DOTS["print" if printed and _small(sheet) else "screen"], metadata=dates[form],
                bbox_inches=None if printed else "tight",
            )  # fmt: skip
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}") from error


def _small(sheet: Figure) -> bool:
    return sheet.get_figwidth() < SIZES["screen"][0]
