"""Pieces of HTML that notebooks show: no script, no style sheet, colours that any background bears, all text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from corpus_tools.showing.cells import visible

# Half-transparent greys are seen on white and on black; type has the colour of the notebook.
RULE = "1px solid rgba(128,128,128,.4)"
FAINT = "opacity:.75"
BAR = "#3b82a0"
HIGH, WIDE, LEAST_WIDE = 60, 720, 7  # pixels of a chart: the longest bar, the whole, the narrowest bar with its gap
LABEL = 30  # pixels that a year takes below the bars


def safe(text: object) -> str:
    """Text as HTML, in attributes too; control characters are written out."""
    return escape(visible(str(text)), quote=True)


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """A list of labels and what they say; the second is HTML."""
    cells = "".join(
        f'<tr style="background:none"><th scope="row" style="text-align:left;font-weight:normal;{FAINT};padding:1px 14px 1px 0;'
        f'vertical-align:top">{safe(label)}</th><td style="text-align:left;padding:1px 0">{said}</td></tr>'
        for label, said in rows
    )
    return f'<table style="border-collapse:collapse;border:0;margin:4px 0">{cells}</table>'


def counted(numbers: Mapping[str, int]) -> str:
    """Names with their numbers, in a row."""
    return " · ".join(f"{safe(name)} <b>{number:,}</b>" for name, number in numbers.items())


def head(text: str) -> str:
    """What an object is, above its parts."""
    return f'<div style="font-weight:bold;margin:2px 0">{safe(text)}</div>'


def block(*parts: str) -> str:
    """Parts below each other, as wide as there is room."""
    return f'<div style="overflow-x:auto;max-width:100%;line-height:1.5">{"".join(parts)}</div>'


def bars(numbers: Mapping[int, int], *, title: str) -> str:
    """Numbers of years, ascending, as bars; a year of 0 is a gap, and as many years as there is room for have a label."""
    if not numbers:
        return ""
    step = max(LEAST_WIDE, min(36, WIDE // len(numbers)))
    every = -(-LABEL // step)
    greatest = max(numbers, key=lambda year: numbers[year])
    drawn = []
    for place, (year, number) in enumerate(numbers.items()):
        left = LABEL // 2 + place * step
        if number:
            labelled = step >= LABEL - 4 or year == greatest
            drawn.append(_bar(left, step, number / numbers[greatest], said=(year, number), labelled=labelled))
        if place % every == 0:
            drawn.append(_type(left + step / 2, HIGH + 27, str(year)))
    line = f'<path d="M{LABEL // 2} {14 + HIGH}.5h{step * len(numbers)}" stroke="currentColor" stroke-opacity=".4"/>'
    said = ", ".join(f"{year} {number}" for year, number in numbers.items() if number)
    return (
        f'<svg role="img" aria-label="{safe(title)}: {said}" width="{step * len(numbers) + LABEL}" height="{HIGH + 32}" '
        f'style="display:block;overflow:visible">{line}{"".join(drawn)}</svg>'
    )


def _bar(left: int, step: int, share: float, *, said: tuple[int, int], labelled: bool) -> str:
    """One bar, ``share`` of the longest; pointed at it says its year and number."""
    high, (year, number) = round(HIGH * share, 1), said
    bar = f'<rect x="{left + 1}" y="{14 + HIGH - high:g}" width="{step - 2}" height="{high:g}" fill="{BAR}">'
    label = _type(left + step / 2, 11 + HIGH - high, f"{number:,}") if labelled else ""
    return f"{bar}<title>{year}: {number:,}</title></rect>{label}"


def _type(x: float, y: float, text: str) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="middle" font-size="10" fill="currentColor">{text}</text>'
