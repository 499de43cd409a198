"""What a notebook shows of a corpus: counts, years, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from corpus_tools.corpus import repeats, views
from corpus_tools.showing.markup import bars, block, counted, facts, head, safe
from corpus_tools.showing.words import both

if TYPE_CHECKING:
    from corpus_tools.corpus.corpus import Corpus

LONGEST_SPAN = 120  # years: of a longer one, which holds a wrong year, only those with documents are drawn


def of_corpus(corpus: Corpus) -> str:
    """Reports, years, places, characters and words; kinds and levels; what is left out; which view it is; bars of years."""
    reports = corpus.described.drop_duplicates("doc_id")
    years = reports["year"].dropna().astype(int)
    rows = [
        (both("reports"), f"<b>{len(reports):,}</b>"),
        (both("years"), _years(years, unknown=len(reports) - len(years))),
        (both("places"), f"{reports['place'].nunique():,}"),
        (both("han"), f"{int(corpus.n_han.sum()):,}"),
        *([(both("words"), f"{int(reports['n_tokens'].sum()):,}")] if corpus.tenses is None else []),
        (both("kinds"), counted(_values(reports["kind"]))),
        (both("levels"), counted(_values(reports["level"]))),
        *_duplicates(corpus),
        (both("rejected"), with_reasons(_values(corpus.rejected["reason"]))),
        (both("view"), f"<code>{safe(views.shortened(corpus.view))}</code>" if corpus.view else safe(both("whole"))),
        *([(both("tenses"), safe(", ".join(sorted(corpus.tenses))))] if corpus.tenses is not None else []),
        *([(both("notes"), safe(both(_notes(corpus))))] if corpus.tenses is None else []),
        (both("folder"), f"<code>{safe(corpus.folder)}</code>"),
    ]
    return block(head(repr(corpus)), bars(_spread(years), title=both("per_year")), facts(rows))


def _years(years: pd.Series[int], *, unknown: int) -> str:
    span = f"{years.min()}–{years.max()}" if len(years) else "–"
    return span + (f" · {safe(both('no_year'))} <b>{unknown:,}</b>" if unknown else "")


def _spread(years: pd.Series[int]) -> dict[int, int]:
    """Documents of each year, those of gaps too."""
    numbers = dict(sorted(Counter(years.tolist()).items()))
    if not numbers or max(numbers) - min(numbers) >= LONGEST_SPAN:
        return numbers
    return {year: numbers.get(year, 0) for year in range(min(numbers), max(numbers) + 1)}


def _values(column: pd.Series[str]) -> dict[str, int]:
    """Documents of each value, the most frequent first, unknown ones last."""
    found = {str(value): int(number) for value, number in column.value_counts().items()}
    unknown = int(column.isna().sum())
    return found | ({both("unknown"): unknown} if unknown else {})


def _duplicates(corpus: Corpus) -> list[tuple[str, str]]:
    """How many documents of the folder repeat one of these and are left out, and how many of these do, where some do."""
    found = repeats.of(corpus)
    left_out = (both("left_out"), f"{sum(found.left_out.values()):,}")
    return [left_out, *([(both("among"), f"{found.counted:,}")] if found.counted else [])]


def with_reasons(reasons: Mapping[str, int]) -> str:
    """How many there are, and of which reasons."""
    total = sum(reasons.values())
    return f"{total:,}" + (f" ({counted(reasons)})" if total else "")


def _notes(corpus: Corpus) -> str:
    return "notes_counted" if corpus.notes else "notes_left_out"
