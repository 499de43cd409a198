"""What holds for every test: a law is right or wrong, however busy the machine is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# Folders whose tests hang on no version of Python (marker ``once``).
ONCE = ("docs", "fuzzing", "notebooks", "pages", "plot")


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Mark what CI asks with one version of Python only."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in ONCE:
            item.add_marker(pytest.mark.once)
