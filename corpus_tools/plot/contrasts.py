"""Two groups' courses with their difference, and courses with the years in which they change."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from corpus_tools.errors import AnalysisError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import (
    axes_of,
    direct_labels,
    letters,
    name_heights,
    percent_axis,
    small_of,
    style,
    type_of,
    width_of,
    year_axis,
)
from corpus_tools.plot.charts import course, course_columns, cut_of, finish, notes, unit_of
from corpus_tools.plot.frames import (
    check_columns,
    check_once,
    check_rows,
    first_of,
    numbers_of,
    words_of,
    years_of,
)
from corpus_tools.plot.panels import stack
from corpus_tools.showing.languages import Lang
from corpus_tools.showing.values import named_columns, names_of

UNITS = {"rate": "rate", "share": "share_documents", "mean": "mean"}
MOST_TERMS = 4  # steps of more cross too often to be followed


def comparison(frame: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh") -> Axes:
    """Draw the courses of a term in two groups, and below them their difference with its interval.

    ``frame``: ``trends.compare(…)`` of one term (term, year, a, b, rate_a, rate_b, difference, low, high; or share_a, mean_a
    and so on); a and b name the groups. The two panels are ``ax.child_axes``. AnalysisError for missing columns, several terms
    or pairs of groups, a year that stands twice, or an unknown ``lang``.
    """
    words = words_of(lang, "contrasts")
    measure = first_of(frame, ("rate_a", "share_a", "mean_a"), "rate_a").removesuffix("_a")
    check_columns(frame, "term", "year", "a", "b", f"{measure}_b", "difference", "low", "high")
    for column in ("term", "a", "b"):
        if frame[column].nunique(dropna=False) > 1:
            raise AnalysisError(f"several values in column {column!r}: choose one, then draw it")
    check_once(frame, "term", "year")
    years = years_of(frame)
    a, b = _names_of_sides([str(frame[column].iloc[0]) for column in ("a", "b")], lang)
    ax = axes_of(ax, height=5.4)
    upper, lower = stack(ax, (3, 2), gap=2.6 * type_of(ax))
    plain = frame[["year", f"{measure}_a", f"{measure}_b"]]
    ends = [
        course(upper, plain, years, value=value, smooth=False, style=style(number), label=label)
        for number, (value, label) in enumerate(((f"{measure}_a", a), (f"{measure}_b", b)))
    ]
    finish(upper, measure, f"{frame['term'].iloc[0]}　{words[UNITS[measure]]}")
    year_axis(upper, years[0], years[-1], label="")
    upper.tick_params(labelbottom=False)
    band = frame[["year", "difference", "low", "high"]].rename(columns={"difference": "rate"})
    course(lower, band, years, value="rate", smooth=False, style=style(6), label="")
    lower.axhline(0, color="#333333", linewidth=0.8)
    percent_axis(lower.yaxis, measure)
    name_heights(lower, words["difference"].format(a=a, b=b))
    lower.spines[["top", "right"]].set_visible(False)
    lower.grid(axis="y", alpha=0.25)
    said = [words["year"], *([words["bounds"]] if frame["low"].notna().any() else [])]
    year_axis(lower, years[0], years[-1], label="　".join(said), names=[a, b])
    direct_labels(upper, ends)
    fonts.dress(ax, fonts.families())
    return ax


def _names_of_sides(sides: list[str], lang: Lang) -> list[str]:
    """What two groups are called. The frame does not say of which column they are: of the one that knows most of them."""
    tables = (names_of(column, lang) for column in named_columns())
    names = max(tables, key=lambda names: sum(side in names for side in sides))
    return [names.get(side, side) for side in sides]


def changes(
    frame: pd.DataFrame, changes: pd.DataFrame, *, ax: Axes | None = None, lang: Lang = "zh", value: str | None = None
) -> Axes:
    """Draw the courses of a few terms with the means of their segments as steps.

    ``frame`` and ``value`` as in ``plot.trend``, of at most 4 terms; ``changes``: ``trends.changes(…)`` (term, year, the
    first of a new segment, before, after, the means on either side; p_value where it is tested). A term without a change has no
    steps; for one term the years of change and their p stand at the top. AnalysisError for missing columns, too many terms,
    a change outside the years of the frame, or an unknown ``lang``.
    """
    words = words_of(lang, "contrasts")
    name, value, _ = course_columns(frame, value)
    years = years_of(frame)
    terms = list(frame[name].unique())
    check_rows(len(terms), most=MOST_TERMS, what="terms", column=name)
    _check_changes(changes, years)
    ax = axes_of(ax, height=4.6)
    ends = []
    for number, term in enumerate(terms):
        rows, own = frame[frame[name] == term], changes[changes["term"] == term].sort_values("year")
        ends.append(course(ax, rows, years, value=value, smooth=False, style=style(number), label=str(term)))
        ax.lines[-1].set(linewidth=0.8, alpha=0.7)
        if len(own):
            _steps(ax, own, first=int(rows["year"].min()), last=int(rows["year"].max()), colour=style(number).colour)
    top = cut_of(frame, value, smooth=False)
    finish(ax, value, unit_of(frame, value, words), top=top)
    if len(terms) == 1:
        _name_changes(ax, changes[changes["term"] == terms[0]])
    says = "　".join([*notes(frame, value, words, smooth=False, cut=top is not None), words["steps"]])
    year_axis(ax, years[0], years[-1], label=says, names=[end.label for end in ends])
    direct_labels(ax, ends)
    fonts.dress(ax, fonts.families())
    return ax


def _check_changes(changes: pd.DataFrame, years: npt.NDArray[np.int64]) -> None:
    if missing := [column for column in ("term", "year", "before", "after") if column not in changes]:
        raise AnalysisError(f"no column {missing[0]!r} in changes; there are: {', '.join(map(str, changes.columns))}")
    if not len(changes):
        return
    found = years_of(changes)
    if found[0] <= years[0] or found[-1] > years[-1]:
        raise AnalysisError(f"changes lie outside the years of the frame, {years[0]} to {years[-1]}")


def _steps(ax: Axes, changes: pd.DataFrame, *, first: int, last: int, colour: str) -> None:
    """Means from one change to the next; a segment begins half a year before its first year."""
    edges = [first - 0.5, *(numbers_of(changes, "year") - 0.5), last + 0.5]
    means = [*numbers_of(changes, "before")[:1], *numbers_of(changes, "after")]
    for edge in edges[1:-1]:
        ax.axvline(edge, color=colour, linewidth=0.8, linestyle=":", zorder=0)
    ax.stairs(means, edges, baseline=None, color=colour, linewidth=2.4, zorder=3)


def _name_changes(ax: Axes, changes: pd.DataFrame) -> None:
    """The years of change and their p above the course, higher where the one before leaves no room."""
    first, last = ax.get_xlim()
    ends: list[float] = []  # of the labels in each line, in points
    changes = changes.sort_values("year")
    p_values = numbers_of(changes, "p_value") if "p_value" in changes else np.full(len(changes), np.nan)
    for year, p_value in zip(numbers_of(changes, "year"), p_values, strict=True):
        label = f"{year:.0f}{_p(p_value)}"
        left = (year - 0.5 - first) / (last - first) * width_of(ax)
        line = next((n for n, end in enumerate(ends) if end < left), len(ends))
        ends[line : line + 1] = [left + (letters(label) + 1) * small_of(ax)]
        ax.annotate(
            label, (year - 0.5, 1), xycoords=ax.get_xaxis_transform(), xytext=(-2, 1.4 * small_of(ax) * line + 2),
            textcoords="offset points", va="bottom", fontsize=small_of(ax), annotation_clip=False,
        )  # fmt: skip
    name_heights(ax, ax.get_title(loc="left"), above=1.4 * len(ends) * small_of(ax))


def _p(number: float) -> str:
    if np.isnan(number):
        return ""
    return " (p < .001)" if number < 0.001 else f" (p = {number:.3f})".replace("0.", ".")
