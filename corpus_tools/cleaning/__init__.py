"""Cleaning: functions that point at what does not belong to a report, and one place that applies them.

``CLEANERS`` is the order in which a text is cleaned; nothing else knows it. Each is ``text -> Iterable[Edit]``.
"""

from __future__ import annotations

from corpus_tools.cleaning.boilerplate import boilerplate_lines, boilerplate_spans
from corpus_tools.cleaning.damage import DAMAGE
from corpus_tools.cleaning.edits import Cleaner
from corpus_tools.cleaning.joining import join_broken, join_pieces, join_wrapped
from corpus_tools.cleaning.lines import tidy
from corpus_tools.cleaning.masks import restore_masks
from corpus_tools.cleaning.parting import (
    mend_headings,
    split_indented,
    split_outline,
    split_run_in,
    split_salutation,
    split_series,
    split_title_lines,
)
from corpus_tools.cleaning.repeats import drop_echo, drop_outline, drop_repeated_title, drop_second_copy
from corpus_tools.cleaning.templates import site_lines

__all__ = ["CLEANERS", "cleaners", "restore_masks"]

CLEANERS: tuple[Cleaner, ...] = (
    join_wrapped,
    join_pieces,
    *DAMAGE,
    boilerplate_spans,
    boilerplate_lines,
    split_indented,
    split_salutation,
    split_title_lines,
    split_series,
    split_run_in,
    split_outline,
    drop_outline,
    drop_repeated_title,
    tidy,
    drop_second_copy,
    drop_echo,
    join_broken,
    mend_headings,
)


def cleaners(known: frozenset[int] = frozenset(), *, masks: str = "keep") -> tuple[Cleaner, ...]:
    """Return the order for one file: with the lines ``known`` of its site, and with masks restored where asked for.

    Families go before known lines: many run from their first line to the end of a block, and need to find that line.
    """
    order = list(CLEANERS)
    if known:
        order.insert(order.index(boilerplate_lines) + 1, site_lines(known))
    return (*order, restore_masks) if masks == "restore" else tuple(order)
