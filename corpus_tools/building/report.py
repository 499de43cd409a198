"""What a build says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from corpus_tools.corpus.overview import with_reasons
from corpus_tools.showing.markup import block, facts, head, safe
from corpus_tools.showing.words import both


@dataclass(frozen=True)
class BuildReport:
    """What a build did: files in the corpus by outcome (``documents``, ``rejected`` by reason), and work done this time.

    ``done`` were read now, ``skipped`` were already there unchanged, ``removed`` are gone from the raw folder. ``conflicts``
    counts what the user's dictionary does besides adding words (``building.words.conflicts``), where files were read.
    """

    out: Path
    documents: int
    rejected: Mapping[str, int] = field(default_factory=dict)
    done: int = 0
    skipped: int = 0
    removed: int = 0
    conflicts: int = 0

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {n}" for reason, n in self.rejected.items())
        refused = f"{sum(self.rejected.values()):,} rejected" + (f" ({reasons})" if reasons else "")
        work = f"{self.done:,} files done now, {self.skipped:,} unchanged, {self.removed:,} gone"
        clashes = (
            f"\n{self.conflicts:,} conflicts of your dictionary: corpus-tools words --conflicts"
            if self.conflicts
            else ""
        )
        return f"{self.documents:,} documents, {refused} in {self.out}; {work}{clashes}"

    def _repr_html_(self) -> str:
        rows = [
            (both("documents"), f"<b>{self.documents:,}</b>"),
            (both("rejected"), with_reasons(self.rejected)),
            (both("done"), f"{self.done:,}"),
            (both("skipped"), f"{self.skipped:,}"),
            (both("removed"), f"{self.removed:,}"),
            *([(both("conflicts"), f"{self.conflicts:,}")] if self.conflicts else []),
            (both("folder"), f"<code>{safe(self.out.name)}</code>"),
        ]
        return block(head("BuildReport"), facts(rows))
