"""How large the report page of a corpus is, and what takes the room.

Usage: report_page.py CORPUS… CORPUS are folders made by ``corpus-tools build``. Printed are documents and kilobytes: of the
whole page, of its font, drawings and data, and of the rest; each corpus as it is counted, and again with its repeated reports.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus_tools as ct

PARTS = {
    "font": r"url\(data:font[^)]*\)",
    "drawings": r"<svg.*?</svg>",
    "slogans": r'<script[^>]*id="slogans-data".*?</script>',
    "keywords": r'<script[^>]*id="keywords-data".*?</script>',
}


def sizes(page: str) -> dict[str, int]:
    found = {
        name: sum(len(part.encode()) for part in re.findall(form, page, re.DOTALL)) for name, form in PARTS.items()
    }
    return found | {"rest": len(page.encode()) - sum(found.values())}


def main(folders: list[str]) -> None:
    print("corpus", "documents", "page", *PARTS, "rest", sep="\t")
    with TemporaryDirectory() as scratch:
        for folder in folders:
            for duplicates in (False, True):
                corpus = ct.load(folder, duplicates=duplicates)
                page = ct.report(corpus, Path(scratch) / "report.html").read_text("utf-8")
                kilobytes = [f"{n / 1000:.0f}" for n in (len(page.encode()), *sizes(page).values())]
                print(Path(folder).name, len(corpus), *kilobytes, sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:])
