"""A Chinese font for a chart: the user's own, an installed one, or the one that comes with this package.

Nothing here changes ``rcParams``: a chart's texts are given their font families, so other charts stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

SHIPPED = "Corpus Tools Sans SC"
SHIPPED_FILE = "CorpusToolsSansSC-Regular.ttf"
# A font that has all of these is taken for a simplified Chinese one; Japanese fonts lack several.
PROBE = "工作报告两发贫词农们这"
# For what a Chinese font may lack (some have no U+2212, and the minus of an axis became a box); matplotlib brings it.
LATIN = "DejaVu Sans"


def families(*, shipped: bool = False) -> list[str]:
    """Font families for Chinese text, to be tried character by character in this order.

    First what the user set in ``rcParams["font.family"]`` if one of these fonts has Chinese; else the first installed
    family of ``data/fonts/families.txt``; else, or always with ``shipped``, the font of this package.
    """
    if not shipped:
        own = _users_families()
        if any(_has_chinese(_file(family)) for family in own):
            return [*own, LATIN]
        if installed := _installed_family():
            return [installed, LATIN]
    return [_register_shipped(), LATIN]


def shipped_path() -> Path:
    """Where the font of this package lies: Noto Sans SC cut to GB2312 and the frequent half of Big5 (OFL)."""
    return Path(str(files("corpus_tools") / "data" / "fonts" / SHIPPED_FILE))


def dress(ax: Axes, names: list[str]) -> None:
    """Set every text of ``ax`` and its panels in these families, also tick labels made later; ``$`` is an ordinary character."""
    for axes in (ax, *ax.child_axes):
        axes.tick_params(labelfontfamily=names)
    for text in ax.findobj(Text):
        assert isinstance(text, Text)
        text.set_fontfamily(names)
        text.set_parse_math(False)


def missing(text: Iterable[str], names: list[str]) -> set[str]:
    """Characters that no font of these families has."""
    held: set[int] = set().union(*(_characters(path) for name in names if (path := _file(name))))
    return {character for character in set("".join(text)) if ord(character) not in held and not character.isspace()}


def _users_families() -> list[str]:
    settings: dict[str, Any] = {str(name): value for name, value in mpl.rcParams.items()}
    named: list[str] = []
    for family in settings["font.family"]:
        named += settings.get(f"font.{family}", [family])  # sans-serif stands for a list of families
    return [family for family in named if _file(family)]


def _installed_family() -> str | None:
    text = (files("corpus_tools") / "data" / "fonts" / "families.txt").read_text("utf-8")
    known = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return next((family for family in known if _has_chinese(_file(family))), None)


def _register_shipped() -> str:
    if _file(SHIPPED) is None:
        font_manager.fontManager.addfont(shipped_path())
    return SHIPPED


def _file(family: str) -> str | None:
    """The regular file of an installed family, by its name alone: matplotlib's own search never says no."""
    entries = [entry for entry in font_manager.fontManager.ttflist if entry.name.lower() == family.lower()]
    upright = [entry for entry in entries if entry.style == "normal" and entry.weight in (400, "normal", "regular")]
    return next((entry.fname for entry in upright or entries), None)


def _has_chinese(path: str | None) -> bool:
    return path is not None and {ord(character) for character in PROBE} <= _characters(path)


@cache
def _characters(path: str) -> frozenset[int]:
    try:
        return frozenset(FT2Font(path).get_charmap())
    except (OSError, RuntimeError):  # in matplotlib's list of fonts, but gone or damaged since
        return frozenset()
