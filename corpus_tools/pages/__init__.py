"""Pages that can be sent to a colleague: one about a corpus, one about what cleaning removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus_tools.pages.page import report as report
    from corpus_tools.pages.removals import review as review

__all__ = ["report", "review"]


def __getattr__(name: str) -> Any:
    """Load the page when it is asked for: showing one file's changes on a terminal needs no charts."""
    if name == "report":
        from corpus_tools.pages.page import report

        return report
    if name == "review":
        from corpus_tools.pages.removals import review

        return review
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
