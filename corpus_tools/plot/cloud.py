"""A word cloud."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from corpus_tools.errors import AnalysisError, MissingPackageError
from corpus_tools.plot import fonts
from corpus_tools.plot.canvas import CELL, COLOURS, axes_of, name_widths, type_of, width_of
from corpus_tools.plot.frames import check_columns, check_once, first_of, numbers_of, words_of
from corpus_tools.showing.languages import Lang

# A cloud of more is a grey field; fewer leave room to read.
MOST_WORDS = 150
SMALLEST = 6  # points of a word in a figure with type of 10; smaller ones cannot be read
CANVAS = 1000  # pixels across, in which words are laid out; they are drawn as outlines, sharp at every size
VALUES = ("lrc", "per_10k", "score", "rate", "count")


def word_cloud(
    frame: pd.DataFrame,
    *,
    ax: Axes | None = None,
    lang: Lang = "zh",
    value: str | None = None,
    top: int = 100,
    seed: int = 0,
) -> Axes:
    """Draw the ``top`` words of greatest ``value`` as a cloud, the greater the larger; place and colour mean nothing.

    ``frame``: keywords, slogans or topics' words, one row a word (choose one group first). ``value`` is a column; by default
    ``lrc``, ``per_10k``, ``score``, ``rate`` or ``count``, whichever is there; words with 0, less or none are left
    out. All words lie level, in the Chinese font of this package; ``seed`` decides where. What finds no room is counted below. A
    cloud shows a mood, not a measure: ``plot.bars`` and ``plot.keyness`` can be read off. Needs ``corpus-tools[pictures]``,
    else MissingPackageError. AnalysisError for missing columns, a word that stands twice, nothing above 0, a ``top`` that is
    not from 1 to 150, a character that the font lacks, or an unknown ``lang``.
    """
    words = words_of(lang, "cloud")
    name = first_of(frame, ("term", "slogan", "label"), "term")
    value = value or first_of(frame, VALUES, "count")
    check_columns(frame, value)
    check_once(frame, name)
    if not 1 <= top <= MOST_WORDS:
        raise AnalysisError(f"top is {top}; it must be from 1 to {MOST_WORDS}")
    best = frame.assign(**{value: numbers_of(frame, value)}).sort_values(value, ascending=False, kind="stable")
    best = best[best[value] > 0].head(top)
    if best.empty:
        raise AnalysisError(f"nothing to draw: no {value} is greater than 0")
    sizes = dict(zip(map(str, best[name]), best[value].astype(float), strict=True))
    if lacking := fonts.missing(sizes, [fonts.families(shipped=True)[0]]):
        raise AnalysisError(f"the font of this package lacks {''.join(sorted(lacking))}: leave the words with it out")
    try:
        import wordcloud  # noqa: F401 - before a figure is made
    except ImportError:
        raise MissingPackageError("a word cloud", "corpus-tools[pictures]") from None
    ax = axes_of(ax, height=4.6)
    box = ax.get_window_extent()
    smallest = int(SMALLEST / 10 * type_of(ax) * CANVAS / (CELL * width_of(ax)))
    cloud = _lay_out(sizes, height=int(CANVAS * box.height / box.width), seed=seed, smallest=smallest)
    _draw(ax, cloud)
    left = len(sizes) - len(cloud.layout_)
    says = words["size"].format(value=words.get(value, value))
    name_widths(ax, says + (words["left"].format(n=left) if left else ""))
    fonts.dress(ax, fonts.families())
    return ax


def _lay_out(sizes: dict[str, float], *, height: int, seed: int, smallest: int) -> Any:
    from wordcloud import WordCloud

    cloud = WordCloud(
        font_path=str(fonts.shipped_path()), width=CANVAS, height=height, prefer_horizontal=1, random_state=seed,
        min_font_size=smallest, max_font_size=height // 5, max_words=len(sizes), margin=4, collocations=False,
    )  # fmt: skip
    return cloud.generate_from_frequencies(sizes)


def _draw(ax: Axes, cloud: Any) -> None:
    """Words as outlines where the layout put them; its y-axis goes down."""
    font = FontProperties(fname=str(fonts.shipped_path()))
    for number, ((word, _), size, (down, across), _, _) in enumerate(cloud.layout_):
        outline = TextPath((0, 0), word, size=size, prop=font, usetex=False)
        ink = outline.get_extents()  # the layout's places are the left edge of the em and the upper edge of the ink
        placed = Affine2D().scale(1, -1).translate(across, down + ink.y1)
        ax.add_patch(
            PathPatch(placed.transform_path(outline), color=COLOURS[number % len(COLOURS)], linewidth=0, gid=word)
        )
    ax.set_xlim(0, cloud.width)
    ax.set_ylim(cloud.height, 0)
    ax.set_aspect("equal")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_frame_on(False)
