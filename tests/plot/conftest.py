from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib import font_manager

mpl.use("Agg")


@pytest.fixture(autouse=True)
def only_the_shipped_font(monkeypatch):
    """A machine without any Chinese font of its own; figures that a test leaves open are closed."""
    from matplotlib import pyplot as plt

    entries = [entry for entry in font_manager.fontManager.ttflist if entry.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", entries)
    yield
    plt.close("all")
