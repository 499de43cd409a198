"""Write the pictures of the report page in docs/: ``python tools/take_screenshots.py CORPUS``, a built corpus folder.

Needs a browser as the tests of the pages do (extra ``test``; ``CORPUS_TOOLS_BROWSER`` names one).
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

import corpus_tools as ct

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "pages"))
import chromium  # noqa: E402  (beside the tests, which need the same browser)

COLOURS = 64  # of the palette: text on paper needs no more
CHOSEN = "高质量发展"
TALL = 1460  # pixels: the section down to the first samples


def choose(page: Any) -> None:
    """Let the page show a slogan, its section at the top of the window."""
    page.evaluate("document.fonts.ready")
    page.locator("#slogans-table").get_by_role("button", name=CHOSEN, exact=True).click()
    page.mouse.move(0, 0)
    page.set_viewport_size({"width": page.viewport_size["width"], "height": TALL})
    page.evaluate("document.querySelector('#slogans').scrollIntoView()")


def top(page: Any) -> None:
    """Show the head of the page."""
    page.evaluate("document.fonts.ready")


def keep(page: Any, name: str) -> None:
    """Save what the window shows, in few colours."""
    path = ROOT / "docs" / name
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")


def main(folder: str) -> None:
    """Make the page of the corpus and photograph it in both widths and both schemes."""
    driver, browser = chromium.browser()
    with TemporaryDirectory() as scratch:
        page = ct.report(ct.load(folder), Path(scratch) / "report.html")
        for name, width, scheme, show in (
            ("report-wide.png", "wide", "light", choose),
            ("report-dark.png", "wide", "dark", top),
            ("report-narrow.png", "narrow", "light", choose),
        ):
            with chromium.shown(browser, page, width=width, scheme=scheme) as seen:
                show(seen.page)
                keep(seen.page, name)
    browser.close()
    driver.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
