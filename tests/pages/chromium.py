"""A browser for the tests of pages: found on this machine, and watched while it shows one.

``CORPUS_TOOLS_BROWSER`` names the browser to use; a machine on which it is set must have it, so that the tests fail there
where elsewhere they are skipped.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NO_SANDBOX = ["--no-sandbox", "--disable-gpu"]  # machines that test are often containers run by root
WIDTHS = {"wide": (1280, 900), "narrow": (390, 844)}


def browser() -> Any:
    """A running browser, or a skipped test that says why there is none."""
    wanted = os.environ.get("CORPUS_TOOLS_BROWSER")
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return _none("playwright is not installed (extra test)", wanted)
    driver = sync_playwright().start()
    brought = driver.chromium.executable_path
    paths = [wanted] if wanted else [brought if Path(brought).exists() else None, *map(shutil.which, NAMES)]
    path = next(filter(None, paths), None)
    if path is None:
        driver.stop()
        return _none(
            "no browser is installed: `playwright install chromium`, or Chromium or Chrome on the PATH", wanted
        )
    try:
        return driver, driver.chromium.launch(executable_path=path, args=NO_SANDBOX)
    except Error as error:
        driver.stop()
        return _none(f"{path} does not start: {error}", wanted)


def _none(why: str, wanted: str | None) -> None:
    if wanted:
        pytest.fail(f"CORPUS_TOOLS_BROWSER is set, but {why}")
    pytest.skip(why)


@dataclass
class Watched:
    """A shown page and what it did: complaints on its console, addresses it asked for, questions it put up."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def sideways(self) -> int:
        """Pixels by which the page is wider than its window."""
        width = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        return int(self.page.evaluate(width))

    def ink(self, selector: str) -> float:
        """The share of an element's pixels that differ from its most frequent colour."""
        from matplotlib.image import imread

        pixels = imread(io.BytesIO(self.page.locator(selector).first.screenshot()), format="png")
        colours = (pixels[..., :3] * 255).astype(np.int64) @ np.array([65536, 256, 1])
        return float(1 - np.unique(colours, return_counts=True)[1].max() / colours.size)


@contextmanager
def shown(
    browser: Any, path: Path, *, width: str = "wide", scheme: str = "light", script: bool = True
) -> Iterator[Watched]:
    """Open a file as a reader does, by a double click: from a file:// address, with no network."""
    across, down = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": across, "height": down}, color_scheme=scheme, java_script_enabled=script, offline=True
    )
    seen = Watched(context.new_page())
    seen.page.on("console", lambda message: _heard(seen, message))
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    seen.page.on("request", lambda request: seen.requests.append(request.url))
    seen.page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    seen.page.goto(path.resolve().as_uri())
    try:
        yield seen
    finally:
        context.close()


def _heard(seen: Watched, message: Any) -> None:
    if message.type in ("error", "warning"):
        seen.complaints.append(message.text)
