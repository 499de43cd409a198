"""A corpus as one page that can be sent to a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus_tools.pages.page import report as report

__all__ = ["report"]


def __getattr__(name: str) -> Any:
    """Load the page when it is asked for: showing one file's changes on a terminal needs no charts."""
    if name == "report":
        from corpus_tools.pages.page import report

        return report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
